//! Receipts: reporting (R2, R16), getting (R10), and what is pushed of them (R12, R13).

use super::calls::pack;
use super::check;
use super::connection::retry_pause;
use super::convert::{self, conversation_to_wire};
use super::marks::for_a_while;
use super::outbox::{Durable, Entry, Item, Key, Made, What};
use super::requests::{Asked, Purpose, unexpected};
use super::session::Session;
use super::{Answer, CallId, Effect, Event, MessageHandle, SpooledReceipts};
use crate::model::{ConversationId, Error, ErrorCode, MessageId, MessageReceipt, Result, Seq, TimeMs, limits};
use crate::wire::{self, frame, request};
use std::collections::{BTreeMap, BTreeSet};

/// Requests of the outbox out at a time: a device that comes back with much does not drown the service.
const WINDOW: usize = 32;
/// What spooled messages go together by: their conversation, else the tag of their ids, else nothing but themselves.
type SpoolPlace = (Option<ConversationId>, Option<[u8; 8]>, usize);
/// Summaries held back for sends that are out.
const HELD: usize = 10_000;

impl Session {
    /// The messages of a list that are to be reported: those of others, with receipts, not reported yet (R2, R13).
    fn reportable(&self, messages: &[MessageHandle], place: Option<&ConversationId>, read_ms: TimeMs) -> Vec<Item> {
        let mut items = Vec::new();
        for message in messages {
            let mut message = message.clone();
            message.conversation = message.conversation.or_else(|| place.cloned());
            check::fill(&self.memory, &mut message);
            let skip = message.is_self == Some(true) || message.need_read_receipt == Some(false);
            let named = message.id.is_some() || (message.seq != 0 && message.conversation.is_some());
            let sent = message.id.as_ref().is_some_and(|id| {
                self.memory.find(id, message.conversation.as_ref()).is_some_and(|known| known.sent || known.recalled)
            });
            if !skip && named && !sent {
                items.push(Item { seq: message.seq, id: message.id, read_ms });
            }
        }
        items
    }

    pub(super) fn send_receipts(
        &mut self,
        now: TimeMs,
        call: CallId,
        messages: Vec<MessageHandle>,
        out: &mut Vec<Effect>,
    ) -> Result<Option<Answer>> {
        check::not_empty("messages", &messages)?;
        let place = check::one_conversation(self.config.app, &self.config.user, &self.memory, &messages)?;
        if self.state.receipts_off {
            // R15: a device that believes the switch off queues none.
            return Ok(Some(Answer::Done));
        }
        let items = self.reportable(&messages, place.as_ref(), self.server_time(now));
        if items.is_empty() {
            return Ok(Some(Answer::Done));
        }
        // Where the service may find that it is about several conversations after all, the call is to hear of it.
        let doubt = place.is_none() || items.iter().any(|item| item.seq == 0);
        let made = Made { alone: doubt, ..self.made(now) };
        let keys = self.outbox.report(made, &mut self.random, place.as_ref(), items)?;
        self.wait_for(now, call, keys, out);
        Ok(None)
    }

    /// A call waits until these entries are durable: here at once if there is no line, else by their answers, or after
    /// 500 ms here (R16).
    pub(super) fn wait_for(&mut self, now: TimeMs, call: CallId, keys: BTreeSet<Key>, out: &mut Vec<Effect>) {
        for key in &keys {
            if let Some(entry) = self.outbox.entries.get_mut(key) {
                entry.calls.insert(call);
            }
        }
        let deadline = now.saturating_add(limits::REPORT_ANSWER_MS);
        let all: Vec<Key> = keys.iter().copied().collect();
        self.outbox.durable.insert(call, Durable { waits: keys, deadline, refused: None });
        if !self.is_connected() {
            self.make_durable(&all, out);
        }
    }

    /// How an entry of the outbox is made now.
    pub(super) fn made(&self, now: TimeMs) -> Made {
        Made { now, device_clock: !self.state.clock_known, late: !self.is_connected(), alone: false }
    }

    /// R16: what other processes left. Durable with the effects of this input; the spool may be emptied after them.
    pub(super) fn spooled(&mut self, now: TimeMs, spooled: Vec<SpooledReceipts>, out: &mut Vec<Effect>) {
        if self.state.receipts_off {
            return;
        }
        let mut keys = BTreeSet::new();
        for one in spooled {
            // The clock of the device is all that was known there; the two differ by the same now as then.
            let read_ms = one.read_ms.min(now).saturating_add(self.state.clock_ahead_ms);
            // Nobody waits who could be told of an error: each message finds its own conversation. What is not known
            // here goes by the tags of the ids; an id without one goes alone.
            let mut places: BTreeMap<SpoolPlace, Vec<MessageHandle>> = BTreeMap::new();
            for (n, mut message) in one.messages.into_iter().enumerate() {
                check::fill(&self.memory, &mut message);
                let place = message.conversation.clone();
                let tag = message.id.as_ref().and_then(MessageId::tag).filter(|_| place.is_none());
                let own = if place.is_none() && tag.is_none() { n } else { 0 };
                places.entry((place, tag, own)).or_default().push(message);
            }
            for ((place, ..), messages) in places {
                let items = self.reportable(&messages, place.as_ref(), read_ms);
                let made = Made { late: true, alone: true, ..self.made(now) };
                match self.outbox.report(made, &mut self.random, place.as_ref(), items) {
                    Ok(more) => keys.extend(more),
                    Err(error) => self.note(now, &error),
                }
            }
        }
        let keys: Vec<Key> = keys.into_iter().collect();
        self.make_durable(&keys, out);
    }

    /// Sends what of the outbox may go: switches first, alone; then reports, one a conversation; then marks (R15, R16).
    pub(super) fn pump(&mut self, now: TimeMs, out: &mut Vec<Effect>) {
        if !self.is_connected() {
            return;
        }
        self.give_up(now, out);
        let mut flying = self.outbox.entries.values().filter(|entry| entry.in_flight.is_some()).count();
        let mut reports: Vec<Key> = Vec::new();
        let mut marks: Vec<Key> = Vec::new();
        let mut switches = false;
        let mut reports_wait = false;
        let mut busy: BTreeSet<Option<ConversationId>> = self.outbox.flying.keys().cloned().collect();
        for (key, entry) in &self.outbox.entries {
            match &entry.what {
                What::Switch { .. } => switches = true,
                // A report counts only if the switch was on: the service must know of it first.
                _ if switches => break,
                What::Report { conversation, .. } => {
                    if entry.in_flight.is_none() && entry.not_before <= now {
                        if busy.insert(conversation.clone()) {
                            reports.push(*key);
                        } else {
                            reports_wait |= entry.late;
                        }
                    }
                }
                What::Mark { .. } if entry.in_flight.is_none() && entry.not_before <= now => marks.push(*key),
                What::Mark { .. } => {}
            }
        }
        if switches {
            self.send_switch(now, out);
            return;
        }
        for key in reports {
            if flying >= WINDOW {
                return;
            }
            self.send_report(now, &key, out);
            flying += 1;
        }
        if !reports_wait && flying < WINDOW && !marks.is_empty() {
            self.send_marks(now, marks, out);
        }
        self.ask_refresh(now, out);
    }

    /// R19: 24 h after the first answer "unknown" (or a refusal) an entry is dropped.
    fn give_up(&mut self, now: TimeMs, out: &mut Vec<Effect>) {
        let server_now = self.server_time(now);
        let over: Vec<Key> = self
            .outbox
            .entries
            .iter()
            .filter(|(_, entry)| {
                entry.in_flight.is_none()
                    && entry.unknown_since > 0
                    && server_now.saturating_sub(entry.unknown_since) >= limits::UNKNOWN_RETRY_MS
            })
            .map(|(key, _)| *key)
            .collect();
        for key in over {
            self.durable(&key, None, out);
            self.outbox.remove(&key);
        }
    }

    fn send_report(&mut self, now: TimeMs, key: &Key, out: &mut Vec<Effect>) {
        let ahead = self.state.clock_ahead_ms;
        let Some(Entry { what: What::Report { conversation, items }, late, device_clock, .. }) =
            self.outbox.entries.get(key)
        else {
            return;
        };
        // First the seqs, then the ids.
        let by_seq = |item: &Item| item.seq != 0 && conversation.is_some();
        let (seqs, ids): (Vec<usize>, Vec<usize>) = (0..items.len()).partition(|at| by_seq(&items[*at]));
        let order: Vec<usize> = seqs.iter().chain(&ids).copied().collect();
        let time = |at: &usize| items[*at].read_ms.saturating_add(if *device_clock { ahead } else { 0 });
        let report = wire::Report {
            conversation: conversation.as_ref().map(conversation_to_wire),
            seqs: seqs.iter().map(|at| items[*at].seq).collect(),
            ids: ids.iter().filter_map(|at| items[*at].id.as_ref().map(ToString::to_string)).collect(),
            times_ms: if *late { order.iter().map(time).collect() } else { Vec::new() },
        };
        let place = conversation.clone();
        let purpose = Purpose::Report { key: *key, order };
        match self.request(now, request::Body::Report(report), purpose, out) {
            Ok(request) => {
                if let Some(entry) = self.outbox.entries.get_mut(key) {
                    entry.in_flight = Some(request);
                }
                self.outbox.flying.insert(place, *key);
            }
            // It was cut to fit: cannot happen; kept, and tried again later rather than lost.
            Err(error) => self.put_off(now, key, &error, out),
        }
    }

    /// An entry was refused for a while, or its messages are not known yet: it is kept, and tried again later.
    pub(super) fn put_off(&mut self, now: TimeMs, key: &Key, error: &Error, out: &mut Vec<Effect>) {
        self.outbox.landed(key);
        let server_now = self.server_time(now);
        let jitter = self.random.between(0, 500);
        if let Some(entry) = self.outbox.entries.get_mut(key) {
            let pause = retry_pause(entry.tries).max(i64::try_from(error.retry_after_ms).unwrap_or(0));
            entry.not_before = now.saturating_add(pause).saturating_add(jitter);
            entry.tries = entry.tries.saturating_add(1);
            entry.late = true;
            if entry.unknown_since == 0 && !for_a_while(error) {
                entry.unknown_since = server_now.max(1);
                entry.stored = false;
            }
        }
        // Kept means kept: on disk, and the calls are answered.
        self.make_durable(&[*key], out);
    }

    pub(super) fn report_answered(
        &mut self,
        now: TimeMs,
        key: &Key,
        order: &[usize],
        result: Result<frame::Body>,
        out: &mut Vec<Effect>,
    ) {
        let reported = match result {
            Ok(frame::Body::Reported(reported)) => reported,
            Ok(_) => return self.put_off(now, key, &unexpected(), out),
            Err(error) => {
                self.note(now, &error);
                return self.report_refused(now, key, &error, out);
            }
        };
        let Some(Entry { what: What::Report { conversation, items }, .. }) = self.outbox.entries.get(key) else {
            return;
        };
        let (conversation, items) = (conversation.clone(), items.clone());
        let mut left = Vec::new();
        for (n, at) in order.iter().enumerate() {
            let Some(item) = items.get(*at) else { continue };
            match reported.outcomes.get(n).and_then(|outcome| wire::Outcome::try_from(*outcome).ok()) {
                Some(wire::Outcome::Taken) => self.receipt_sent(conversation.as_ref(), item.seq, item.id.as_ref()),
                Some(wire::Outcome::Dropped) => {}
                Some(wire::Outcome::Unknown | wire::Outcome::Unspecified) | None => left.push(item.clone()),
            }
        }
        if left.is_empty() {
            self.durable(key, None, out);
            self.outbox.remove(key);
            return;
        }
        self.outbox.keep(key, left);
        let unknown = Error::new(ErrorCode::NoReceipts, "the service does not know these messages (yet)");
        self.put_off(now, key, &unknown, out);
    }

    /// The service refuses a report as a whole.
    fn report_refused(&mut self, now: TimeMs, key: &Key, error: &Error, out: &mut Vec<Effect>) {
        if for_a_while(error) {
            return self.put_off(now, key, error, out);
        }
        self.outbox.landed(key);
        let Some(entry) = self.outbox.entries.get(key) else { return };
        // Of one call that still waits: R3, nothing is applied, and the call hears why. Else whatever is wrong with one
        // message must not cost the others their receipts: they are tried apart.
        let told = entry.alone && !entry.calls.is_empty();
        if !told && self.outbox.halve(key, now, &mut self.random) {
            let keys: Vec<Key> = self.outbox.entries.iter().filter(|(_, e)| !e.stored).map(|(key, _)| *key).collect();
            return self.make_durable(&keys, out);
        }
        self.durable(key, told.then_some(error), out);
        self.outbox.remove(key);
    }

    /// R13: this user's receipt for the message is there.
    fn receipt_sent(&mut self, conversation: Option<&ConversationId>, seq: Seq, id: Option<&MessageId>) {
        let Some(id) = id else { return };
        let place = match conversation {
            Some(conversation) => conversation.clone(),
            None => match self.memory.find(id, None) {
                Some(known) => known.conversation.clone(),
                None => return,
            },
        };
        let known = self.memory.know(id, &place);
        known.sent = true;
        if known.seq == 0 {
            known.seq = seq;
        }
    }

    pub(super) fn get_receipts(
        &mut self,
        now: TimeMs,
        call: CallId,
        messages: Vec<MessageHandle>,
        out: &mut Vec<Effect>,
    ) -> Result<Option<Answer>> {
        let place = check::one_conversation(self.config.app, &self.config.user, &self.memory, &messages)?;
        let mut handles: Vec<MessageHandle> = Vec::new();
        let mut seen = BTreeSet::new();
        for mut message in messages {
            message.conversation = message.conversation.or_else(|| place.clone());
            check::fill(&self.memory, &mut message);
            let named = message.id.is_some() || (message.seq != 0 && message.conversation.is_some());
            let name = (message.id.clone(), if message.id.is_some() { 0 } else { message.seq });
            if named && message.need_read_receipt != Some(false) && seen.insert(name) {
                handles.push(message);
            }
        }
        if handles.is_empty() {
            return Ok(Some(Answer::Receipts(Vec::new())));
        }
        self.need_line()?;
        let costs = handles.iter().map(|handle| {
            let cost = if handle.seq != 0 && place.is_some() {
                10
            } else {
                handle.id.as_ref().map_or(0, |id| id.as_str().len() + 3)
            };
            (handle, cost)
        });
        let bodies = pack(costs, limits::RECEIPTS_PER_REQUEST)
            .into_iter()
            .map(|part| {
                let mut get =
                    wire::GetReceipts { conversation: place.as_ref().map(conversation_to_wire), ..Default::default() };
                for handle in part {
                    match &handle.id {
                        Some(id) if handle.seq == 0 || place.is_none() => get.ids.push(id.to_string()),
                        _ => get.seqs.push(handle.seq),
                    }
                }
                request::Body::GetReceipts(get)
            })
            .collect();
        self.ask(now, call, Asked::Receipts(handles), bodies, out)
    }

    /// R10: in the order passed, those received; where a push has shown a newer summary, that one (R12).
    pub(super) fn got_receipts(&mut self, asked: &[MessageHandle], got: &[wire::Receipt]) -> Vec<MessageReceipt> {
        let mut by_id: BTreeMap<MessageId, MessageReceipt> = BTreeMap::new();
        let mut by_seq: BTreeMap<Seq, MessageId> = BTreeMap::new();
        for wire in got {
            let Some(mut receipt) = convert::receipt(wire) else { continue };
            if receipt.message.is_none() {
                // The service names it by seq: the caller knows the id, or nobody does.
                receipt.message = asked.iter().find(|h| h.seq != 0 && h.seq == receipt.seq).and_then(|h| h.id.clone());
            }
            let Some(id) = receipt.message.clone() else { continue };
            if !self.memory.learn(&id, &receipt) {
                match self.memory.receipt(&id, Some(&receipt.conversation)) {
                    Some(newer) => receipt = newer,
                    // Recalled meanwhile: its receipts have ended (R32).
                    None => continue,
                }
            }
            by_seq.insert(receipt.seq, id.clone());
            by_id.insert(id, receipt);
        }
        asked
            .iter()
            .filter_map(|handle| match &handle.id {
                Some(id) => by_id.remove(id),
                None => by_seq.get(&handle.seq).and_then(|id| by_id.remove(id)),
            })
            .collect()
    }

    /// R12: summaries that changed.
    pub(super) fn summaries(&mut self, wire: &[wire::Receipt]) {
        let mut shown = Vec::new();
        for receipt in wire.iter().filter_map(convert::receipt) {
            let Some(id) = receipt.message.clone() else { continue };
            let place = (receipt.conversation.clone(), id.clone());
            if !self.memory.learn(&id, &receipt) {
                continue;
            }
            if self.sending.contains_key(&place) {
                // None reaches the sender before that send's onSuccess.
                if self.held_receipts.len() < HELD || self.held_receipts.contains_key(&place) {
                    self.held_receipts.insert(place, receipt);
                }
                continue;
            }
            if self.memory.telling(&id, &receipt) {
                shown.push(receipt);
            }
        }
        if !shown.is_empty() {
            self.deliver.event(Event::ReadReceipts(shown));
        }
    }

    /// R13: another device of this user reported these.
    pub(super) fn own_receipts(&mut self, wire: &wire::OwnReceipts) {
        let Some(conversation) = convert::conversation(wire.conversation.as_ref()) else { return };
        let messages: Vec<(Seq, MessageId)> = wire
            .seqs
            .iter()
            .zip(&wire.ids)
            .filter_map(|(seq, id)| Some((*seq, MessageId::new(id).ok()?)))
            // Catching up names this device's own too: no news.
            .filter(|(_, id)| !self.memory.find(id, Some(&conversation)).is_some_and(|known| known.sent))
            .collect();
        for (seq, id) in &messages {
            self.receipt_sent(Some(&conversation), *seq, Some(id));
        }
        if !messages.is_empty() {
            self.deliver.event(Event::ReceiptsSent { conversation, messages });
        }
    }
}
