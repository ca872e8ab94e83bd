//! Messages: made ready, sent, received (R18, R20, R23, R32).

use super::check;
use super::convert::{self, content_to_wire, conversation_to_wire};
use super::deliver::Marker;
use super::requests::{Asked, Ongoing, Purpose, unexpected};
use super::session::Session;
use super::{Answer, CallId, Effect, Event};
use crate::model::{
    ConversationId, Error, ErrorCode, GroupId, Message, MessageId, MessageStatus, Result, Seq, TimeMs, made_message_id,
};
use crate::wire::{self, frame, request};

/// Messages sent by this session that are remembered as told already.
const SENT_HERE: usize = 10_000;

impl Session {
    /// Makes a message ready to send: checks receiver, group and size, gives it its id (kept if it has one already:
    /// sending the same object again cannot duplicate it, R16), conversation, sender and time. Empty text counts as unset
    /// (R18). 6017 if both or neither of receiver and group are set or the message says nothing, 80002 if it is too long.
    pub fn prepare_message(
        &mut self,
        now: TimeMs,
        message: Message,
        receiver: Option<&str>,
        group: Option<&str>,
    ) -> Result<Message> {
        let conversation = ConversationId::of(receiver, group)?;
        check::body(&message, &content_to_wire(&message))?;
        let mut message = message;
        // The same object sent to somebody else is another message.
        let kept = message.id.take().filter(|_| message.conversation.as_ref().is_none_or(|was| *was == conversation));
        let id = match kept {
            Some(id) => id,
            None => made_message_id(self.config.app, &conversation.key(&self.config.user), self.random.bytes16()),
        };
        message.id = Some(id);
        message.conversation = Some(conversation);
        message.sender = Some(self.config.user.clone());
        message.time_ms = self.server_time(now);
        message.status = MessageStatus::Sending;
        message.is_self = true;
        message.is_read = true;
        Ok(message)
    }

    pub(super) fn send_message(
        &mut self,
        now: TimeMs,
        call: CallId,
        message: Message,
        out: &mut Vec<Effect>,
    ) -> Result<Option<Answer>> {
        let content = content_to_wire(&message);
        check::body(&message, &content)?;
        let (Some(conversation), Some(id)) = (message.conversation.clone(), message.id.clone()) else {
            return Err(Error::invalid("the message has no id and no conversation yet; prepare it for its receiver"));
        };
        self.need_line()?;
        let body = request::Body::Send(wire::Send {
            conversation: Some(conversation_to_wire(&conversation)),
            id: id.to_string(),
            need_receipt: message.need_read_receipt,
            online_only: message.online_user_only,
            exclude_unread: message.is_excluded_from_unread_count,
            exclude_last: message.is_excluded_from_last_message,
            priority: message.priority as u32,
            content: Some(content),
        });
        let purpose = Purpose::Send { call, conversation: conversation.clone(), id: id.clone() };
        self.request(now, body, purpose, out)?;
        *self.sending.entry((conversation, id)).or_insert(0) += 1;
        let asked = Asked::Send(Box::new(message));
        self.ongoing.insert(call, Ongoing { asked, missing: 1, bodies: Vec::new() });
        Ok(None)
    }

    /// One send of this message is over.
    pub(super) fn no_longer_sending(&mut self, conversation: &ConversationId, id: &MessageId) {
        let place = (conversation.clone(), id.clone());
        if let Some(out) = self.sending.get_mut(&place) {
            *out -= 1;
            if *out == 0 {
                self.sending.remove(&place);
            }
        }
    }

    pub(super) fn send_answered(
        &mut self,
        now: TimeMs,
        call: CallId,
        conversation: ConversationId,
        id: MessageId,
        result: Result<frame::Body>,
        out: &mut Vec<Effect>,
    ) {
        self.no_longer_sending(&conversation, &id);
        let message = match self.ongoing.remove(&call) {
            Some(Ongoing { asked: Asked::Send(message), .. }) => Some(*message),
            _ => None,
        };
        let sent = match result {
            Ok(frame::Body::Sent(sent)) => sent,
            Ok(_) => return self.complete(call, Err(unexpected()), out),
            Err(error) => return self.complete(call, Err(error), out),
        };
        let place = (conversation.clone(), id.clone());
        if self.sent_here.insert(place.clone()) {
            self.sent_order.push_back(place.clone());
            if self.sent_order.len() > SENT_HERE
                && let Some(oldest) = self.sent_order.pop_front()
            {
                self.sent_here.remove(&oldest);
            }
        }
        let known = self.memory.know(&id, &conversation);
        known.seq = sent.seq;
        known.time_ms = sent.time_ms;
        known.is_self = Some(true);
        known.need_receipt = Some(sent.need_receipt);
        if let Some(mut message) = message {
            if message.need_read_receipt && !sent.need_receipt {
                // R8: one warning names the reason.
                let why = match sent.downgrade() {
                    wire::Downgrade::GroupSize => "the group has more members than the app allows receipts for",
                    wire::Downgrade::GroupKind => "receipts are off for groups of this kind",
                    wire::Downgrade::None => "the service did not say why",
                };
                out.push(Effect::Warn(format!("a message was sent without read receipts: {why}")));
            }
            message.seq = sent.seq;
            message.time_ms = sent.time_ms;
            message.need_read_receipt = sent.need_receipt;
            message.status = MessageStatus::SendSucc;
            self.memory.complete(&mut message);
            self.arrived(&convert::own_message_to_wire(&message), true);
            self.complete(call, Ok(Answer::Message(Box::new(message))), out);
        }
        let _ = now;
        if !self.sending.contains_key(&place)
            && let Some(receipt) = self.held_receipts.remove(&place)
        {
            self.deliver.event(Event::ReadReceipts(vec![receipt]));
        }
    }

    /// A message came, by whatever way: it is remembered, and handed out as the device knows it.
    pub(super) fn received(&mut self, wire: &wire::Message) -> Option<Message> {
        let mut message = convert::message(&self.config.user, wire)?;
        let (id, conversation) = (message.id.clone()?, message.conversation.clone()?);
        let known = self.memory.know(&id, &conversation);
        known.seq = message.seq;
        known.time_ms = message.time_ms;
        known.is_self = Some(message.is_self);
        known.need_receipt = Some(message.need_read_receipt);
        known.sent |= message.has_sent_receipt;
        if wire.recalled {
            self.memory.recall(&id, &conversation, message.seq);
            message.receipt = None;
        } else if let Some(mut receipt) = message.receipt.take() {
            receipt.message.get_or_insert_with(|| id.clone());
            receipt.conversation = conversation.clone();
            self.memory.learn(&id, &receipt);
            message.receipt = Some(receipt);
        }
        let conv = self.memory.conv_mut(&conversation);
        conv.received = conv.received.max(message.seq);
        conv.last_seq = conv.last_seq.max(message.seq);
        self.memory.complete(&mut message);
        Some(message)
    }

    /// What a message that has just been accepted changes in its conversation (R26); `live`: nothing that counts it has
    /// come yet.
    fn arrived(&mut self, wire: &wire::Message, live: bool) {
        let Some(conversation) = convert::conversation(wire.conversation.as_ref()) else { return };
        let own = wire.sender == self.config.user.as_str();
        let conv = self.memory.conv_mut(&conversation);
        conv.received = conv.received.max(wire.seq);
        conv.last_seq = conv.last_seq.max(wire.seq);
        conv.left = false;
        let newer = conv.last_message.as_ref().is_none_or(|last| last.seq < wire.seq);
        if newer && !wire.exclude_last && !wire.online_only {
            let mut last = wire.clone();
            last.receipt = None;
            conv.last_message = Some(last);
        }
        if live {
            let counts = !own && !wire.exclude_unread && !wire.online_only;
            if counts && wire.seq > conv.counted && wire.seq > conv.own_mark {
                conv.unread = conv.unread.saturating_add(1);
            }
            conv.counted = conv.counted.max(wire.seq);
        }
        if !conv.stated {
            self.refresh.insert(conversation.clone());
        }
        self.memory.changed.insert(conversation);
    }

    /// New messages, pushed or missed while away: each is told once.
    fn new_messages(&mut self, messages: &[wire::Message], live: bool) {
        for wire in messages {
            let Some(message) = self.received(wire) else { continue };
            let (Some(id), Some(conversation)) = (message.id.clone(), message.conversation.clone()) else { continue };
            self.arrived(wire, live);
            let place = (conversation.clone(), id);
            let conv = self.memory.conv_mut(&conversation);
            let told = conv.emitted >= message.seq;
            conv.emitted = conv.emitted.max(message.seq);
            if told || self.sent_here.contains(&place) || self.sending.contains_key(&place) {
                continue;
            }
            self.deliver.event(Event::NewMessage(Box::new(message)));
        }
    }

    /// R32: content and receipts are gone.
    pub(super) fn recalled(&mut self, conversation: &ConversationId, seq: Seq, id: &MessageId) {
        self.memory.recall(id, conversation, seq);
        self.held_receipts.remove(&(conversation.clone(), id.clone()));
        if let Some(conv) = self.memory.conv(conversation)
            && conv.last_message.as_ref().is_some_and(|last| last.id == id.as_str())
        {
            self.refresh.insert(conversation.clone());
        }
    }

    fn recalls(&mut self, wire: &wire::Recalled) {
        let Some(conversation) = convert::conversation(wire.conversation.as_ref()) else { return };
        for (seq, id) in wire.seqs.iter().zip(&wire.ids) {
            let Ok(message) = MessageId::new(id) else { continue };
            self.recalled(&conversation, *seq, &message);
            self.deliver.event(Event::MessageRecalled {
                conversation: conversation.clone(),
                seq: *seq,
                message,
                operator: wire.operator.clone(),
            });
        }
    }

    fn group_changes(&mut self, wire: &wire::GroupChanges) {
        let Ok(group) = GroupId::new(&wire.group) else { return };
        let id = ConversationId::Group(group.clone());
        let changes: Vec<_> = wire.changes.iter().filter_map(convert::group_change).collect();
        let me = &self.config.user;
        let gone = changes.iter().any(|change| match change {
            super::GroupChange::Quit { members } | super::GroupChange::Kicked { members, .. } => members.contains(me),
            super::GroupChange::Dismissed { .. } => true,
            _ => false,
        });
        if gone {
            self.memory.leave(&group);
        } else {
            let conv = self.memory.conv_mut(&id);
            conv.left = false;
            if let Some(info) = &wire.info {
                conv.group = Some(info.clone());
            } else if let Some(info) = &mut conv.group {
                info.members = wire.members;
            }
            if !conv.stated {
                self.refresh.insert(id.clone());
            }
            self.memory.changed.insert(id);
        }
        self.deliver.event(Event::GroupChanged { group, changes, members: wire.members });
    }

    /// What the service tells without having been asked, in its order.
    pub(super) fn pushed(&mut self, now: TimeMs, frame: wire::Frame, out: &mut Vec<Effect>) {
        let _ = now;
        let cursor = frame.cursor;
        let mut ack = None;
        match frame.body {
            Some(frame::Body::Messages(list)) => self.new_messages(&list.messages, true),
            Some(frame::Body::Receipts(list)) => self.summaries(&list.receipts),
            Some(frame::Body::Sync(sync)) => {
                // Messages before the summaries of them (R18). The states say what is unread now.
                self.new_messages(&sync.messages, false);
                self.summaries(&sync.receipts);
                self.peer_marks(&sync.peer_marks);
                for own in &sync.own_receipts {
                    self.own_receipts(own);
                }
                for recalled in &sync.recalled {
                    self.recalls(recalled);
                }
                for changes in &sync.group_changes {
                    self.group_changes(changes);
                }
                self.states(&sync.states);
                // The service waits for the app before its next page.
                ack = Some(self.generation).filter(|_| sync.more && cursor > 0);
            }
            Some(frame::Body::PeerMarks(marks)) => self.peer_marks(&marks.marks),
            Some(frame::Body::OwnReceipts(own)) => self.own_receipts(&own),
            Some(frame::Body::OwnMarks(marks)) => self.states(&marks.states),
            Some(frame::Body::GroupChanges(changes)) => self.group_changes(&changes),
            Some(frame::Body::Recalled(recalled)) => self.recalls(&recalled),
            Some(frame::Body::Settings(settings)) => self.settings(&settings, false),
            Some(frame::Body::Error(error)) => {
                let error = super::requests::error_of(&error);
                self.note(now, &error);
                if error.code == ErrorCode::UserSigExpired {
                    self.refused(now, error, out);
                }
            }
            // Of a later version (or an answer without a question): nothing to be done.
            _ => {}
        }
        if cursor > 0 {
            self.deliver.marker(Marker { cursor, ack });
        }
    }
}
