//! Marks (R14) and the switch (R15): forward only, kept like receipts, told to the peer by the service alone.

use super::convert::{self, conversation_to_wire};
use super::outbox::{Entry, Key, What};
use super::requests::{Purpose, unexpected};
use super::session::Session;
use super::{Answer, CallId, Effect, Event};
use crate::model::{ConversationId, Error, ErrorCode, MessageReceipt, Result, Seq, TimeMs, limits};
use crate::wire::{self, frame, request};
use std::collections::BTreeSet;

impl Session {
    /// R14: "c2c", "group" or "" for all, else one conversation.
    pub(super) fn clean_unread(
        &mut self,
        now: TimeMs,
        call: CallId,
        conversation: &str,
        timestamp_s: u64,
        sequence: u64,
        out: &mut Vec<Effect>,
    ) -> Result<Option<Answer>> {
        let all = |c2c: bool, group: bool| {
            let wanted = move |id: &ConversationId| if id.is_c2c() { c2c } else { group };
            self.memory.convs().map(|(id, _)| id).filter(|id| wanted(id)).cloned().collect::<Vec<_>>()
        };
        let conversations = match conversation {
            "" => all(true, true),
            "c2c" => all(true, false),
            "group" => all(false, true),
            one => vec![ConversationId::parse(one).map_err(|error| {
                Error::invalid(format!("{}, nor \"c2c\", \"group\" or empty for all of them", error.message))
            })?],
        };
        self.mark_as_read(now, call, &conversations, timestamp_s, sequence, out)
    }

    /// Marks what this device has received; the two numbers only lower the mark (0: everything).
    pub(super) fn mark_as_read(
        &mut self,
        now: TimeMs,
        call: CallId,
        conversations: &[ConversationId],
        timestamp_s: u64,
        sequence: u64,
        out: &mut Vec<Effect>,
    ) -> Result<Option<Answer>> {
        let (time_ms, made) = (self.server_time(now), self.made(now));
        let mut keys = BTreeSet::new();
        for conversation in conversations {
            let Some(conv) = self.memory.conv(conversation) else { continue };
            let (received, last, own_mark) = (conv.received, conv.last_seq, conv.own_mark);
            let seq = match conversation {
                ConversationId::C2c(_) if timestamp_s != 0 => {
                    // Callers say seconds: the whole last second counts.
                    let until = i64::try_from(timestamp_s).unwrap_or(i64::MAX).saturating_mul(1000).saturating_add(999);
                    received.min(self.memory.seq_at(conversation, until))
                }
                ConversationId::Group(_) if sequence != 0 => received.min(sequence),
                _ => received,
            };
            if seq <= own_mark && !self.outbox.has_mark(conversation) {
                continue;
            }
            keys.insert(self.outbox.mark(made, &mut self.random, conversation, seq, time_ms)?);
            let conv = self.memory.conv_mut(conversation);
            conv.own_mark = conv.own_mark.max(seq);
            if conv.own_mark >= conv.counted.max(last.min(received)) && conv.unread > 0 {
                conv.unread = 0;
            }
            self.memory.changed.insert(conversation.clone());
        }
        if keys.is_empty() {
            return Ok(Some(Answer::Done));
        }
        self.wait_for(now, call, keys, out);
        Ok(None)
    }

    pub(super) fn send_marks(&mut self, now: TimeMs, marks: Vec<Key>, out: &mut Vec<Effect>) {
        let ahead = self.state.clock_ahead_ms;
        let (alone, together): (Vec<Key>, Vec<Key>) =
            marks.into_iter().partition(|key| self.outbox.entries.get(key).is_some_and(|entry| entry.alone));
        let mut groups: Vec<Vec<Key>> = alone.into_iter().take(8).map(|key| vec![key]).collect();
        groups.extend(together.chunks(limits::CONVERSATIONS_PER_REQUEST).map(<[Key]>::to_vec));
        for keys in groups {
            let mut to = Vec::new();
            let mut sent = Vec::new();
            for key in keys {
                let Some(Entry { what: What::Mark { conversation, seq, time_ms }, late, device_clock, .. }) =
                    self.outbox.entries.get(&key)
                else {
                    continue;
                };
                let time = time_ms.saturating_add(if *device_clock { ahead } else { 0 });
                to.push(wire::MarkTo {
                    conversation: Some(conversation_to_wire(conversation)),
                    seq: *seq,
                    time_ms: if *late { time } else { 0 },
                });
                sent.push((key, *seq));
            }
            let keys: Vec<Key> = sent.iter().map(|(key, _)| *key).collect();
            match self.request(now, request::Body::Mark(wire::Mark { to }), Purpose::Marks { sent }, out) {
                Ok(request) => {
                    for key in keys {
                        if let Some(entry) = self.outbox.entries.get_mut(&key) {
                            entry.in_flight = Some(request);
                        }
                    }
                }
                Err(error) => keys.iter().for_each(|key| self.put_off(now, key, &error, out)),
            }
        }
    }

    pub(super) fn marks_answered(
        &mut self,
        now: TimeMs,
        sent: Vec<(Key, Seq)>,
        result: Result<frame::Body>,
        out: &mut Vec<Effect>,
    ) {
        let (states, error) = match result {
            Ok(frame::Body::Marked(marked)) => (marked.states, None),
            Ok(_) => (Vec::new(), Some(unexpected())),
            Err(error) => (Vec::new(), Some(error)),
        };
        let together = sent.len() > 1;
        for (key, seq) in sent {
            self.outbox.landed(&key);
            match &error {
                None => {
                    let more = match self.outbox.entries.get_mut(&key) {
                        Some(Entry { what: What::Mark { seq: now, .. }, .. }) => *now > seq,
                        _ => continue,
                    };
                    // Moved on while it was out: the rest goes next.
                    if !more {
                        self.durable(&key, None, out);
                        self.outbox.remove(&key);
                    }
                }
                Some(error) if for_a_while(error) => self.put_off(now, &key, error, out),
                // One of several may be to blame: each is tried alone.
                Some(_) if together => {
                    if let Some(entry) = self.outbox.entries.get_mut(&key) {
                        entry.alone = true;
                    }
                }
                Some(error) => {
                    self.note(now, error);
                    self.durable(&key, Some(error), out);
                    self.outbox.remove(&key);
                }
            }
        }
        self.states(&states);
    }

    /// R14: peers moved their marks; told once each.
    pub(super) fn peer_marks(&mut self, marks: &[wire::PeerMark]) {
        let mut told = Vec::new();
        for mark in marks {
            let Ok(peer) = crate::model::UserId::new(&mark.user) else { continue };
            let conversation = ConversationId::C2c(peer);
            let conv = self.memory.conv_mut(&conversation);
            if mark.seq <= conv.peer_mark {
                continue;
            }
            conv.peer_mark = mark.seq;
            conv.peer_mark_ms = mark.time_ms;
            self.memory.changed.insert(conversation.clone());
            told.push(MessageReceipt {
                message: None,
                conversation,
                seq: mark.seq,
                is_peer_read: true,
                time_ms: mark.time_ms,
                read_count: 0,
                unread_count: 0,
                readers: Vec::new(),
                more_readers: false,
                position: 0,
            });
        }
        if !told.is_empty() {
            self.deliver.event(Event::C2cReadReceipt(told));
        }
    }

    /// R15: believed at once, kept like a report, sent before everything else.
    pub(super) fn switch_receipts(
        &mut self,
        now: TimeMs,
        call: CallId,
        enabled: bool,
        out: &mut Vec<Effect>,
    ) -> Result<Option<Answer>> {
        if self.state.switch_forbidden && !enabled {
            return Err(Error::new(
                ErrorCode::PermissionDenied,
                "this app does not let its users switch read receipts off",
            ));
        }
        let (time_ms, made) = (self.server_time(now), self.made(now));
        let key = self.outbox.switch(made, &mut self.random, enabled, time_ms)?;
        self.switched_to(enabled);
        self.state.switched_ms = time_ms;
        self.state_dirty = true;
        self.wait_for(now, call, BTreeSet::from([key]), out);
        Ok(None)
    }

    /// The switch is on or off from here, as far as the device knows (R15).
    pub(super) fn switched_to(&mut self, enabled: bool) {
        self.state.receipts_off = !enabled;
        self.memory.hides_summaries = !enabled && !self.state.sees_while_off;
    }

    /// The first switch that waits; the next when it is answered.
    pub(super) fn send_switch(&mut self, now: TimeMs, out: &mut Vec<Effect>) {
        let ahead = self.state.clock_ahead_ms;
        let Some((key, entry)) = self.outbox.entries.iter().next() else { return };
        let What::Switch { enabled, time_ms } = entry.what else { return };
        if entry.in_flight.is_some() || entry.not_before > now {
            return;
        }
        let key = *key;
        let time = time_ms.saturating_add(if entry.device_clock { ahead } else { 0 });
        let body = wire::SetReceipts { enabled, time_ms: if entry.late { time } else { 0 } };
        match self.request(now, request::Body::SetReceipts(body), Purpose::Switch { key }, out) {
            Ok(request) => {
                if let Some(entry) = self.outbox.entries.get_mut(&key) {
                    entry.in_flight = Some(request);
                }
            }
            Err(error) => self.put_off(now, &key, &error, out),
        }
    }

    pub(super) fn switch_answered(
        &mut self,
        now: TimeMs,
        key: &Key,
        result: Result<frame::Body>,
        out: &mut Vec<Effect>,
    ) {
        self.outbox.landed(key);
        match result {
            Ok(_) => {
                self.durable(key, None, out);
                self.outbox.remove(key);
            }
            Err(error) if for_a_while(&error) => self.put_off(now, key, &error, out),
            Err(error) => {
                self.note(now, &error);
                let enabled = match self.outbox.entries.get(key).map(|entry| &entry.what) {
                    Some(What::Switch { enabled, .. }) => *enabled,
                    _ => return,
                };
                self.durable(key, Some(&error), out);
                self.outbox.remove(key);
                // It did not happen: back to what was, unless a later one waits.
                self.switched_to(self.outbox.last_switch().unwrap_or(!enabled));
                self.state_dirty = true;
            }
        }
    }

    /// What the service says of conversations, as it is now (R26).
    pub(super) fn states(&mut self, states: &[wire::ConversationState]) {
        for state in states {
            let Some(id) = convert::conversation(state.conversation.as_ref()) else { continue };
            let waits = self.outbox.has_mark(&id);
            let conv = self.memory.conv_mut(&id);
            let before = (conv.unread, conv.own_mark, conv.peer_mark, conv.last_seq, conv.left, conv.position);
            conv.stated = true;
            conv.left = state.left;
            conv.last_seq = conv.last_seq.max(state.last_seq);
            conv.position = conv.position.max(state.position);
            if let Some(last) = &state.last_message {
                // One that did not fit its frame comes without what it says.
                let less = |have: &wire::Message| {
                    have.seq == last.seq && have.content.is_some() && last.content.is_none() && !last.recalled
                };
                if conv.last_message.as_ref().is_none_or(|have| have.seq <= last.seq && !less(have)) {
                    conv.last_message = Some(last.clone());
                }
                // It was shown: a mark may cover it.
                conv.received = conv.received.max(last.seq);
            }
            // A mark of this device that is still on its way is newer than this.
            let mark_waits = waits && state.own_mark < conv.own_mark;
            conv.own_mark = conv.own_mark.max(state.own_mark);
            if state.last_seq >= conv.counted && !mark_waits {
                conv.unread = if state.left { 0 } else { state.unread };
                conv.counted = state.last_seq;
            }
            if conv.peer_mark < state.peer_mark {
                conv.peer_mark = state.peer_mark;
                conv.peer_mark_ms = state.peer_mark_ms;
            }
            if state.group.is_some() {
                conv.group = state.group.clone();
            }
            let after = (conv.unread, conv.own_mark, conv.peer_mark, conv.last_seq, conv.left, conv.position);
            if before != after {
                self.memory.changed.insert(id);
            }
        }
    }

    /// Asks for the whole list, page by page: a new device learns what is unread (R26).
    pub(super) fn list_all(&mut self, now: TimeMs, next_seq: u64, out: &mut Vec<Effect>) {
        self.list_page(now, next_seq, 0, out);
    }

    fn list_page(&mut self, now: TimeMs, next_seq: u64, page: u32, out: &mut Vec<Effect>) {
        let body = wire::ListConversations { conversations: Vec::new(), next_seq, count: limits::PAGE };
        if let Err(error) = self.request(now, request::Body::ListConversations(body), Purpose::ListAll { page }, out) {
            self.note(now, &error);
        }
    }

    pub(super) fn listed(&mut self, now: TimeMs, page: u32, list: &wire::Conversations, out: &mut Vec<Effect>) {
        self.states(&list.conversations);
        if !list.finished && list.next_seq != 0 && page + 1 < LISTED_PAGES {
            self.list_page(now, list.next_seq, page + 1, out);
            return;
        }
        let known = self.memory.total_unread().saturating_sub(self.memory.other_unread);
        self.memory.other_unread = if list.finished { 0 } else { u64::from(list.total_unread).saturating_sub(known) };
    }

    /// Asks for the conversations that something was heard of without their state.
    pub(super) fn ask_refresh(&mut self, now: TimeMs, out: &mut Vec<Effect>) {
        if self.refresh.is_empty() || self.requests.values().any(|r| matches!(r.purpose, Purpose::Refresh { .. })) {
            return;
        }
        let ids: Vec<ConversationId> = self.refresh.iter().take(limits::CONVERSATIONS_PER_REQUEST).cloned().collect();
        for id in &ids {
            self.refresh.remove(id);
        }
        let body = wire::ListConversations {
            conversations: ids.iter().map(conversation_to_wire).collect(),
            ..Default::default()
        };
        let purpose = Purpose::Refresh { conversations: ids };
        if let Err(error) = self.request(now, request::Body::ListConversations(body), purpose, out) {
            self.note(now, &error);
        }
    }
}

/// How many pages of conversations a new device asks for; the rest counts by the service's total.
const LISTED_PAGES: u32 = 20;

/// Whether the same request may succeed later.
pub(super) fn for_a_while(error: &Error) -> bool {
    error.code.is_network() || matches!(error.code, ErrorCode::ServiceInternal | ErrorCode::Protocol)
}
