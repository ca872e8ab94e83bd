//! History, older and newer, and finding by id (R18).

use super::Effect;
use super::book::{ConvIdx, Place};
use super::build::{Room, message_bytes, wire_conversation};
use super::hub::Hub;
use super::messages::{conversation_of, group_missing, no_member, unknown_message};
use super::proposals::Asker;
use crate::ledger::MessageMeta;
use crate::model::{Error, MessageId, Ordinal, Result, Seq, TimeMs, limits};
use crate::wire::{self, frame};

impl Hub {
    pub(super) fn history(&mut self, asker: Asker, query: wire::History, out: &mut Vec<Effect>) -> Result<()> {
        let id = conversation_of(query.conversation.as_ref())?;
        if !(1..=limits::HISTORY_PAGE).contains(&query.count) {
            return Err(Error::invalid(format!(
                "the count is {}; it must be 1 to {}",
                query.count,
                limits::HISTORY_PAGE
            )));
        }
        if query.begin_ms < 0 || query.period_ms < 0 {
            return Err(Error::invalid(format!(
                "the time {} or the period {} is negative; both are milliseconds, 0 or more",
                query.begin_ms, query.period_ms
            )));
        }
        let (conv, who) = match self.book.place(asker.user, &id) {
            Place::Missing => return Err(group_missing(&id)),
            // Nobody has said anything to this peer yet, nor the peer: an empty history, and nothing else is told.
            Place::Outside if id.is_c2c() => {
                let empty = wire::Messages { messages: Vec::new(), finished: true };
                self.reply(asker.conn, asker.request, frame::Body::Messages(empty), out);
                return Ok(());
            }
            Place::Outside => return Err(unknown_message()),
            Place::Inside { member: false, .. } => return Err(no_member(&id)),
            Place::Inside { conv, who, .. } => (conv, who),
        };
        let named = wire_conversation(&id);
        let (begin, end) = interval(&query, self.now);
        let mut messages = wire::Messages { messages: Vec::new(), finished: true };
        let mut bodies = Vec::new();
        let mut room = Room::new();
        for seq in self.seqs(conv, &query) {
            let fold = &self.book.conv(conv).fold;
            let Some(meta) = fold.message(seq) else { continue };
            if !self.in_history(meta) || !fold.may_see(who, seq) {
                continue;
            }
            if meta.time_ms() < begin || meta.time_ms() > end {
                continue;
            }
            if messages.messages.len() >= query.count as usize {
                messages.finished = false;
                break;
            }
            let Some((message, body, bytes)) = self.message(conv, seq, asker.user, who, &named) else { continue };
            if !room.take(message_bytes(&message, bytes)) {
                messages.finished = false;
                break;
            }
            messages.messages.push(message);
            bodies.push(body);
        }
        self.reply_with_bodies(asker.conn, asker.request, frame::Body::Messages(messages), bodies, out);
        Ok(())
    }

    /// The seqs that a query goes through, in its direction.
    fn seqs(&self, conv: ConvIdx, query: &wire::History) -> Box<dyn Iterator<Item = Seq>> {
        let fold = &self.book.conv(conv).fold;
        let (first, last) = (fold.first_live().max(1), fold.last_seq());
        let beside = u64::from(!query.from_included);
        if query.newer {
            let from = if query.from_seq == 0 { first } else { query.from_seq.saturating_add(beside).max(first) };
            Box::new(from..=last)
        } else {
            let to = if query.from_seq == 0 { last } else { query.from_seq.saturating_sub(beside).min(last) };
            Box::new((first..=to).rev())
        }
    }

    /// Whether a message is in history at all: not for online users only, not carried by somebody else, not over.
    fn in_history(&self, meta: &MessageMeta) -> bool {
        let flags = meta.flags();
        !flags.online_only && !flags.foreign && !self.book.is_over(meta.time_ms(), self.now)
    }

    pub(super) fn find_messages(&mut self, asker: Asker, find: wire::Find, out: &mut Vec<Effect>) -> Result<()> {
        if find.ids.len() > limits::REFS_PER_REQUEST {
            return Err(too_many("message ids", find.ids.len(), limits::REFS_PER_REQUEST));
        }
        let ids = find.ids.iter().map(MessageId::new).collect::<Result<Vec<_>>>()?;
        let mut found: Vec<(ConvIdx, Ordinal, Seq)> = Vec::new();
        let mut searcher = self.book.searcher(asker.user);
        found.extend(ids.iter().filter_map(|id| searcher.find(id)));
        let mut messages = wire::Messages { messages: Vec::new(), finished: true };
        let mut bodies = Vec::new();
        let mut room = Room::new();
        for (conv, who, seq) in found {
            let fold = &self.book.conv(conv).fold;
            let Some(meta) = fold.message(seq) else { continue };
            if !self.in_history(meta) || !fold.may_see(who, seq) || fold.is_dismissed() {
                continue;
            }
            let Some(id) = self.book.seen_by(conv, asker.user) else { continue };
            let named = wire_conversation(&id);
            let Some((message, body, bytes)) = self.message(conv, seq, asker.user, who, &named) else { continue };
            if !room.take(message_bytes(&message, bytes)) {
                messages.finished = false;
                break;
            }
            messages.messages.push(message);
            bodies.push(body);
        }
        self.reply_with_bodies(asker.conn, asker.request, frame::Body::Messages(messages), bodies, out);
        Ok(())
    }
}

/// The closed interval of a query: from `begin_ms` back (older) or on (newer).
fn interval(query: &wire::History, now: TimeMs) -> (TimeMs, TimeMs) {
    if query.newer {
        let end = if query.period_ms == 0 { TimeMs::MAX } else { query.begin_ms.saturating_add(query.period_ms) };
        (query.begin_ms, end)
    } else {
        let end = if query.begin_ms == 0 { TimeMs::MAX } else { query.begin_ms };
        let begin = if query.period_ms == 0 { TimeMs::MIN } else { end.min(now).saturating_sub(query.period_ms) };
        (begin, end)
    }
}

/// 6017: a list is longer than one request may name.
pub(super) fn too_many(what: &str, given: usize, allowed: usize) -> Error {
    Error::invalid(format!("{given} {what} in one request; at most {allowed} are allowed"))
}
