//! Appends on their way, and the answers that wait for them: an answer goes out when the event has landed, from what the
//! fold made of it.

use super::book::{ConvIdx, Log, UserIdx};
use super::hub::Hub;
use super::{ConnId, Effect, LogKey, Record};
use crate::ledger::journal::event;
use crate::ledger::{Change, Outcome, ReadOutcome};
use crate::model::{Error, ErrorCode, Result, Seq, UserId};
use crate::wire::{self, frame, request};

/// Who asked.
#[derive(Clone, Copy, Debug)]
pub(super) struct Asker {
    pub(super) conn: ConnId,
    pub(super) request: u64,
    pub(super) user: UserIdx,
}

/// An append under way.
pub(super) struct Proposal {
    /// Records that have not landed.
    left: usize,
    asker: Option<Asker>,
    then: Then,
    /// The first refusal that counts.
    error: Option<Error>,
}

/// How an append is answered.
pub(super) enum Then {
    /// Done, or the first refusal.
    Done,
    /// Sent: from the last record.
    Send(Option<wire::Sent>),
    /// Reported: what was decided before; what is Unspecified is decided by the event, in its order.
    Report { outcomes: Vec<i32>, receipts_off: bool },
    /// Marked: where the caller stands in these.
    Marks(Vec<(crate::model::ConversationId, ConvIdx)>),
    /// GroupCreated: from the first record.
    CreateGroup { group: crate::model::GroupId, decided: bool },
    /// MemberResults.
    Members(Vec<wire::MemberResult>),
    /// R32: a part of the job.
    Erase(UserId),
    /// The app's settings.
    Configure,
}

impl Hub {
    /// Proposes records of one request: all land one after another, or none does.
    pub(super) fn propose(&mut self, records: Vec<Record>, asker: Option<Asker>, then: Then, out: &mut Vec<Effect>) {
        let ticket = self.next_ticket;
        self.next_ticket += 1;
        self.proposals.insert(ticket, Proposal { left: records.len(), asker, then, error: None });
        out.push(Effect::Append { ticket, records });
    }

    /// One record.
    pub(super) fn propose_one(
        &mut self,
        log: LogKey,
        body: event::Body,
        asker: Asker,
        then: Then,
        out: &mut Vec<Effect>,
    ) {
        let event = self.event(body);
        self.propose(vec![Record { log, event, body: None }], Some(asker), then, out);
    }

    /// A record of this ticket landed, and this is what came of it. Gives the connection that asked: it hears by the
    /// answer, not by a push. Where the answer is complete it goes out here, before any push.
    pub(super) fn settle(
        &mut self,
        ticket: Option<u64>,
        log: Log,
        outcome: &Outcome,
        reads: &[(Seq, ReadOutcome)],
        out: &mut Vec<Effect>,
    ) -> Option<ConnId> {
        let mut proposal = self.proposals.remove(&ticket?)?;
        proposal.left = proposal.left.saturating_sub(1);
        self.take_outcome(&mut proposal, log, outcome, reads);
        let conn = proposal.asker.map(|asker| asker.conn);
        let waits = matches!(proposal.then, Then::Marks(_) | Then::CreateGroup { .. } | Then::Erase(_));
        if proposal.left > 0 || waits {
            // What follows needs the indexes as the notices leave them: `settled`.
            self.proposals.insert(ticket?, proposal);
        } else {
            self.answer(proposal, out);
        }
        conn
    }

    /// After the notices of a record: answers that need the state after them.
    pub(super) fn settled(&mut self, ticket: Option<u64>, out: &mut Vec<Effect>) {
        let Some(ticket) = ticket else { return };
        if self.proposals.get(&ticket).is_some_and(|proposal| proposal.left == 0)
            && let Some(proposal) = self.proposals.remove(&ticket)
        {
            self.answer(proposal, out);
        }
    }

    fn take_outcome(&self, proposal: &mut Proposal, log: Log, outcome: &Outcome, reads: &[(Seq, ReadOutcome)]) {
        let refused = match outcome {
            Outcome::Void(error) => Some(error.clone()),
            Outcome::Unsupported(why) => Some(Error::new(ErrorCode::ServiceInternal, why.clone())),
            Outcome::Old => Some(Error::new(ErrorCode::ServiceInternal, "the journal gave a position twice")),
            Outcome::Applied(_) => None,
        };
        if let Outcome::Unsupported(_) = outcome {
            // Nothing of it counts, whatever was asked.
            proposal.error = proposal.error.take().or(refused);
            return;
        }
        match (&mut proposal.then, outcome) {
            (Then::Send(sent), Outcome::Applied(Change::Sent { seq, .. })) => {
                if let Log::Conversation(conv) = log {
                    *sent = self.sent(conv, *seq);
                }
            }
            // Created and Joined before it may be repeats; what counts is the message.
            (Then::Send(_), _) if proposal.left > 0 => {}
            (Then::Report { outcomes, .. }, Outcome::Applied(_)) => {
                let mut decided = reads.iter();
                for slot in outcomes.iter_mut().filter(|slot| **slot == 0) {
                    *slot = decided.next().map_or(wire::Outcome::Dropped as i32, |(_, read)| outcome_of(*read) as i32);
                }
            }
            (Then::Report { outcomes, .. }, _) => {
                // Dismissed, or gone, since it was proposed.
                outcomes.iter_mut().filter(|slot| **slot == 0).for_each(|slot| *slot = wire::Outcome::Dropped as i32);
            }
            (Then::CreateGroup { decided, .. }, _) if !*decided => {
                *decided = true;
                proposal.error = refused;
            }
            (Then::CreateGroup { .. } | Then::Members(_) | Then::Marks(_) | Then::Erase(_), Outcome::Applied(_)) => {}
            // One void mark or member does not undo the others: the answer shows where they are now.
            (Then::Marks(_) | Then::CreateGroup { .. } | Then::Erase(_), _) => {}
            _ => proposal.error = proposal.error.take().or(refused),
        }
    }

    fn answer(&mut self, proposal: Proposal, out: &mut Vec<Effect>) {
        let Proposal { asker, then, error, .. } = proposal;
        let group = match &then {
            Then::CreateGroup { group, .. } => Some(group.clone()),
            Then::Erase(user) => {
                let user = user.clone();
                return self.erased_some(&user, out);
            }
            Then::Configure => {
                self.configuring -= 1;
                return;
            }
            _ => None,
        };
        if let Some(asker) = asker {
            match error {
                Some(error) => {
                    if self.conns.get(asker.conn).is_some() {
                        self.refuse(asker.conn, asker.request, error, out);
                    }
                }
                None => self.answer_well(asker, then, out),
            }
        }
        if let Some(group) = group {
            self.created_or_not(&group, out);
        }
    }

    fn answer_well(&mut self, asker: Asker, then: Then, out: &mut Vec<Effect>) {
        let body = match then {
            Then::Done | Then::Erase(_) | Then::Configure => frame::Body::Done(wire::Done {}),
            Then::Send(Some(sent)) => frame::Body::Sent(sent),
            Then::Send(None) => frame::Body::Error(super::hub::wire_error(Error::new(
                ErrorCode::ServiceInternal,
                "the message did not land; send it again",
            ))),
            Then::Report { outcomes, receipts_off } => frame::Body::Reported(wire::Reported { outcomes, receipts_off }),
            Then::Marks(conversations) => return self.answer_marks(asker, &conversations, out),
            Then::CreateGroup { group, .. } => {
                frame::Body::GroupCreated(wire::GroupCreated { group: group.as_str().to_owned() })
            }
            Then::Members(results) => frame::Body::MemberResults(wire::MemberResults { results }),
        };
        self.reply(asker.conn, asker.request, body, out);
    }

    /// The journal refused an append.
    pub(super) fn append_failed(&mut self, ticket: u64, why: &str, out: &mut Vec<Effect>) {
        self.metrics.append_failures += 1;
        let Some(mut proposal) = self.proposals.remove(&ticket) else { return };
        if let Then::Erase(user) = &proposal.then {
            // The next housekeeping tries again.
            self.erasing.remove(user);
            return;
        }
        proposal.error =
            Some(Error::new(ErrorCode::ServiceInternal, format!("the service cannot store anything now: {why}")));
        self.answer(proposal, out);
    }

    /// R24: so many answers may be owed at a time.
    fn check_room(&self) -> Result<()> {
        if self.proposals.len() >= self.config.limits.proposals {
            return Err(Error::too_frequent("the service has too much to store; wait 100 ms", 100));
        }
        Ok(())
    }

    /// Hands a request to the part that knows its noun. An error is the answer.
    pub(super) fn dispatch(
        &mut self,
        conn: ConnId,
        user: UserIdx,
        request: wire::Request,
        out: &mut Vec<Effect>,
    ) -> Result<()> {
        use request::Body;
        let asker = Asker { conn, request: request.id, user };
        let Some(body) = request.body else {
            return Err(Error::new(ErrorCode::Protocol, "this service does not know this request"));
        };
        if request.id == 0 {
            return Err(Error::new(ErrorCode::Protocol, "the id of a request is 0; it must be 1 or more"));
        }
        let writes = matches!(
            body,
            Body::Send(_)
                | Body::Recall(_)
                | Body::RequestReceipts(_)
                | Body::Report(_)
                | Body::Mark(_)
                | Body::CreateGroup(_)
                | Body::JoinGroup(_)
                | Body::QuitGroup(_)
                | Body::Invite(_)
                | Body::Kick(_)
                | Body::SetRole(_)
                | Body::DismissGroup(_)
                | Body::SetProfile(_)
                | Body::SetReceipts(_)
        );
        if writes {
            self.check_room()?;
        }
        self.check_stopped(user, &body)?;
        match body {
            Body::Hello(_) => {
                Err(Error::new(ErrorCode::Protocol, "Hello was sent already; it is the first frame only"))
            }
            Body::Ping(_) => {
                self.reply(conn, request.id, frame::Body::Pong(wire::Pong { server_time_ms: self.now }), out);
                Ok(())
            }
            // Taken before the rate is asked, and by the driver.
            Body::Ack(_) => Ok(()),
            Body::RenewToken(_) => Err(Error::new(ErrorCode::ServiceInternal, "the token was not checked")),
            Body::Send(send) => self.send_message(asker, send, out),
            Body::Recall(recall) => self.recall(asker, recall, out),
            Body::History(history) => self.history(asker, history, out),
            Body::Find(find) => self.find_messages(asker, find, out),
            Body::RequestReceipts(request) => self.request_receipts(asker, request, out),
            Body::Report(report) => self.report(asker, report, out),
            Body::GetReceipts(get) => self.get_receipts(asker, get, out),
            Body::ReadMembers(list) => self.read_members(asker, list, out),
            Body::Mark(mark) => self.mark(asker, mark, out),
            Body::CreateGroup(create) => self.create_group(asker, create, out),
            Body::JoinGroup(join) => self.join_group(asker, &join.group, out),
            Body::QuitGroup(quit) => self.quit_group(asker, &quit.group, out),
            Body::Invite(invite) => self.invite(asker, &invite.group, &invite.users, out),
            Body::Kick(kick) => self.kick(asker, &kick.group, &kick.users, out),
            Body::SetRole(set) => self.set_role(asker, set, out),
            Body::DismissGroup(dismiss) => self.dismiss_group(asker, &dismiss.group, out),
            Body::ListGroups(_) => self.list_groups(asker, out),
            Body::GroupMembers(list) => self.group_members(asker, list, out),
            Body::ListConversations(list) => self.list_conversations(asker, list, out),
            Body::SetProfile(profile) => self.set_profile(asker, profile, out),
            Body::GetProfiles(get) => self.get_profiles(asker, get, out),
            Body::SetReceipts(set) => self.set_receipts(asker, set, out),
        }
    }
}

fn outcome_of(read: ReadOutcome) -> wire::Outcome {
    match read {
        ReadOutcome::New | ReadOutcome::Repeat => wire::Outcome::Taken,
        ReadOutcome::Dropped => wire::Outcome::Dropped,
        ReadOutcome::Unknown => wire::Outcome::Unknown,
    }
}
