//! Requests and their answers: numbers, deadlines (6012), and putting together the answers of a call that took several.

use super::outbox::Key;
use super::session::Session;
use super::{Answer, CallId, Effect, MessageHandle};
use crate::model::{ConversationId, Error, ErrorCode, Message, MessageId, Result, Seq, TimeMs};
use crate::wire::{self, frame, request};

/// What a request is for, and so who wants its answer.
#[derive(Clone, Debug)]
pub(super) enum Purpose {
    Hello {
        sent: TimeMs,
    },
    Ping {
        sent: TimeMs,
    },
    Renew {
        call: CallId,
    },
    /// A part of a call.
    Part {
        call: CallId,
        part: usize,
    },
    /// A message: as [`Purpose::Part`], and whether the call is there or not, the service may have it.
    Send {
        call: CallId,
        conversation: ConversationId,
        id: MessageId,
    },
    /// An entry of the outbox. The items that went, in the order of the frame.
    Report {
        key: Key,
        order: Vec<usize>,
    },
    Marks {
        sent: Vec<(Key, Seq)>,
    },
    Switch {
        key: Key,
    },
    /// The session itself wants to know about conversations.
    Refresh {
        conversations: Vec<ConversationId>,
    },
    ListAll {
        page: u32,
    },
}

#[derive(Clone, Debug)]
pub(super) struct Request {
    pub(super) purpose: Purpose,
    /// How many frames had come when it was sent.
    pub(super) heard: u64,
    pub(super) deadline: TimeMs,
}

/// What a call asked, for making its answer.
#[derive(Clone, Debug)]
pub(super) enum Asked {
    Send(Box<Message>),
    Recall { conversation: Option<ConversationId>, message: MessageHandle },
    Receipts(Vec<MessageHandle>),
    ReadMembers,
    History,
    Find(Vec<MessageId>),
    CreateGroup,
    Done,
    QuitGroup(ConversationId),
    MemberResults,
    Groups,
    GroupMembers,
    Conversations,
    Conversation(ConversationId),
    Profiles,
}

/// A call whose answers have not all come.
#[derive(Debug)]
pub(super) struct Ongoing {
    pub(super) asked: Asked,
    pub(super) missing: usize,
    pub(super) bodies: Vec<Option<frame::Body>>,
}

impl Session {
    /// Sends a request. 9508 without a line, 9522 if it does not fit a frame.
    pub(super) fn request(
        &mut self,
        now: TimeMs,
        body: request::Body,
        purpose: Purpose,
        out: &mut Vec<Effect>,
    ) -> Result<u64> {
        let id = self.next_request + 1;
        let bytes = wire::encode_request(&wire::Request { id, seen: self.seen, body: Some(body) })?;
        self.next_request = id;
        self.said_at = now;
        let deadline = now.saturating_add(self.config.request_timeout_ms);
        self.requests.insert(id, Request { purpose, heard: self.heard, deadline });
        out.push(Effect::Send(bytes));
        Ok(id)
    }

    /// Sends the requests of a call; its answer is made when all of them are answered.
    pub(super) fn ask(
        &mut self,
        now: TimeMs,
        call: CallId,
        asked: Asked,
        bodies: Vec<request::Body>,
        out: &mut Vec<Effect>,
    ) -> Result<Option<Answer>> {
        self.need_line()?;
        let missing = bodies.len();
        self.ongoing.insert(call, Ongoing { asked, missing, bodies: vec![None; missing] });
        for (part, body) in bodies.into_iter().enumerate() {
            self.request(now, body, Purpose::Part { call, part }, out)?;
        }
        Ok(None)
    }

    /// 9508 (or why the service refuses this userSig) unless the line is up.
    pub(super) fn need_line(&self) -> Result<()> {
        if self.link == super::connection::Link::Live {
            return Ok(());
        }
        Err(match &self.sig_refused {
            Some(error) if error.code == ErrorCode::UserSigExpired => {
                Error::new(ErrorCode::UserSigExpiredLocally, "the userSig has run out; log in with a new one")
            }
            Some(error) => error.clone(),
            None => Error::new(
                ErrorCode::Disconnected,
                "there is no connection to the service now; call again when onConnectSuccess came",
            ),
        })
    }

    /// The answer of a request came.
    pub(super) fn answered(&mut self, now: TimeMs, frame: wire::Frame, out: &mut Vec<Effect>) {
        // An answer to what has timed out: too late for its call, but what a report was told still counts.
        let Some(request) = self.requests.remove(&frame.request) else { return };
        if let Purpose::Hello { sent } = request.purpose {
            match frame.body {
                Some(frame::Body::Error(error)) => self.refused(now, error_of(&error), out),
                Some(frame::Body::Close(close)) => {
                    let error =
                        wire::Error { code: close.code, message: close.reason, retry_after_ms: close.retry_after_ms };
                    self.refused(now, error_of(&error), out);
                }
                _ => self.welcome(now, sent, frame, out),
            }
            return;
        }
        self.seen = self.seen.max(frame.position);
        let result = match frame.body {
            Some(frame::Body::Error(error)) => Err(error_of(&error)),
            Some(body) => Ok(body),
            None => Err(Error::new(ErrorCode::Protocol, "the service's answer is of a kind not known here")),
        };
        match (request.purpose, result) {
            (Purpose::Hello { .. }, _) => {}
            (Purpose::Ping { sent }, Ok(frame::Body::Pong(pong))) => {
                self.clock(now, sent, pong.server_time_ms);
                self.state_dirty = true;
            }
            (Purpose::Ping { .. }, _) => {}
            (Purpose::Renew { call }, Ok(_)) => self.complete(call, Ok(Answer::Done), out),
            (Purpose::Renew { call }, Err(error)) => self.complete(call, Err(error), out),
            (Purpose::Part { call, part }, result) => self.part(now, call, part, result, out),
            (Purpose::Send { call, conversation, id }, result) => {
                self.send_answered(now, call, conversation, id, result, out);
            }
            (Purpose::Report { key, order }, result) => self.report_answered(now, &key, &order, result, out),
            (Purpose::Marks { sent }, result) => self.marks_answered(now, sent, result, out),
            (Purpose::Switch { key }, result) => self.switch_answered(now, &key, result, out),
            (Purpose::Refresh { .. }, Ok(frame::Body::Conversations(list))) => self.states(&list.conversations),
            (Purpose::Refresh { .. }, _) => {}
            (Purpose::ListAll { page }, Ok(frame::Body::Conversations(list))) => {
                self.listed(now, page, &list, out);
            }
            (Purpose::ListAll { .. }, _) => {}
        }
    }

    /// A part of a call was answered.
    pub(super) fn part(
        &mut self,
        now: TimeMs,
        call: CallId,
        part: usize,
        result: Result<frame::Body>,
        out: &mut Vec<Effect>,
    ) {
        let body = match result {
            Ok(body) => body,
            Err(error) => return self.complete(call, Err(error), out),
        };
        let Some(ongoing) = self.ongoing.get_mut(&call) else { return };
        if let Some(slot) = ongoing.bodies.get_mut(part)
            && slot.replace(body).is_none()
        {
            ongoing.missing -= 1;
        }
        if ongoing.missing > 0 {
            return;
        }
        if let Some(ongoing) = self.ongoing.remove(&call) {
            let bodies = ongoing.bodies.into_iter().flatten().collect();
            let result = self.answer(now, ongoing.asked, bodies);
            self.complete(call, result, out);
        }
    }

    /// The line went, or no answer came: whoever waited hears of it. Reports and marks stay in the outbox.
    pub(super) fn request_over(&mut self, request: Request, error: &Error, out: &mut Vec<Effect>) {
        match request.purpose {
            Purpose::Hello { .. } | Purpose::Ping { .. } | Purpose::ListAll { .. } => {}
            Purpose::Renew { call } | Purpose::Part { call, .. } => self.complete(call, Err(error.clone()), out),
            Purpose::Send { call, conversation, id } => {
                self.no_longer_sending(&conversation, &id);
                self.complete(call, Err(error.clone()), out);
            }
            Purpose::Report { key, .. } | Purpose::Switch { key } => self.back(&key),
            Purpose::Marks { sent } => {
                for (key, _) in sent {
                    self.back(&key);
                }
            }
            Purpose::Refresh { conversations } => self.refresh.extend(conversations),
        }
    }

    /// An entry goes back to wait: whether the service has it is not known, so its time counts.
    fn back(&mut self, key: &Key) {
        self.outbox.landed(key);
        if let Some(entry) = self.outbox.entries.get_mut(key) {
            entry.late = true;
            entry.tries = entry.tries.saturating_add(1);
        }
    }

    /// Ends requests that waited too long. If nothing at all came meanwhile, the line is dead.
    pub(super) fn expire_requests(&mut self, now: TimeMs, out: &mut Vec<Effect>) {
        let over: Vec<u64> =
            self.requests.iter().filter(|(_, request)| request.deadline <= now).map(|(id, _)| *id).collect();
        let error = Error::new(
            ErrorCode::RequestTimeout,
            format!(
                "no answer came within {} ms; what was asked may have taken effect",
                self.config.request_timeout_ms
            ),
        );
        let mut dead = false;
        for id in over {
            let Some(request) = self.requests.remove(&id) else { continue };
            let hello = matches!(request.purpose, Purpose::Hello { .. });
            // While the app is slow and nothing is read, silence says nothing.
            dead |= hello || (self.heard == request.heard && !self.deliver.paused());
            self.request_over(request, &error, out);
        }
        if dead {
            let error = Error::new(
                ErrorCode::RequestTimeout,
                format!("nothing came from the service for {} ms", self.config.request_timeout_ms),
            );
            self.attempt_failed(now, error, true, out);
        }
    }
}

/// An error as the service sent it. A number not known here becomes 10002: something failed there.
pub(super) fn error_of(wire: &wire::Error) -> Error {
    let code = ErrorCode::from_number(wire.code).unwrap_or(ErrorCode::ServiceInternal);
    let message = if wire.message.is_empty() {
        format!("the service answered with error {}", wire.code)
    } else {
        wire.message.clone()
    };
    Error { code, message, retry_after_ms: wire.retry_after_ms }
}

/// An answer of the wrong kind.
pub(super) fn unexpected() -> Error {
    Error::new(ErrorCode::Protocol, "the service answered with something that does not belong to this call")
}
