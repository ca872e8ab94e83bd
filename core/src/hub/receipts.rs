//! Reports, summaries and member lists (R2, R3, R5, R6, R9, R10, R11, R15, R22).

use super::book::{ConvIdx, Place, UserIdx};
use super::build::wire_conversation;
use super::history::too_many;
use super::hub::Hub;
use super::messages::{conversation_of, unknown_message};
use super::proposals::{Asker, Then};
use super::{Effect, Record};
use crate::ledger::journal::{Read, event};
use crate::model::{Error, ErrorCode, MemberFilter, MessageId, Ordinal, Result, Seq, TimeMs, Visibility, limits};
use crate::wire::{self, Outcome, frame};

/// What a list of seqs and ids is about.
struct Listed {
    /// The one conversation (R3) in which the caller is or was, if any of it was found.
    place: Option<(ConvIdx, Ordinal)>,
    /// Of the seqs, then of the ids; 0: not found.
    seqs: Vec<Seq>,
}

impl Hub {
    /// Finds what a report or a get names. 6017 for wrong parameters and for more than one conversation (R3); where the
    /// caller never was, everything is unknown.
    fn listed(
        &self,
        user: UserIdx,
        conversation: Option<&wire::Conversation>,
        seqs: &[u64],
        ids: &[String],
    ) -> Result<Listed> {
        let several = || Error::invalid("the messages are of more than one conversation; call once for each");
        let ids = ids.iter().map(MessageId::new).collect::<Result<Vec<_>>>()?;
        if let Some(seq) = seqs.iter().find(|seq| **seq == 0) {
            return Err(Error::invalid(format!("the seq {seq} names no message; seqs begin at 1")));
        }
        let mut listed = Listed { place: None, seqs: Vec::with_capacity(seqs.len() + ids.len()) };
        let mut searcher = self.book.searcher(user);
        let Some(conversation) = conversation else {
            if !seqs.is_empty() {
                return Err(Error::invalid("seqs without a conversation; name the conversation, or use ids"));
            }
            for id in &ids {
                let found = searcher.find(id);
                if let Some((conv, who, _)) = found
                    && *listed.place.get_or_insert((conv, who)) != (conv, who)
                {
                    return Err(several());
                }
                listed.seqs.push(found.map_or(0, |(_, _, seq)| seq));
            }
            return Ok(listed);
        };
        let id = conversation_of(Some(conversation))?;
        let here = self.book.find(user, &id);
        let who = here.and_then(|conv| self.book.users[user as usize].conversations.get(&conv).copied());
        let Some((conv, who)) = here.zip(who) else {
            listed.seqs.resize(seqs.len() + ids.len(), 0);
            return Ok(listed);
        };
        listed.place = Some((conv, who));
        listed.seqs.extend_from_slice(seqs);
        for id in &ids {
            let seq = self.book.conv(conv).fold.find(id.as_str());
            if seq.is_none() && searcher.find(id).is_some() {
                return Err(several());
            }
            listed.seqs.push(seq.unwrap_or(0));
        }
        Ok(listed)
    }

    pub(super) fn report(&mut self, asker: Asker, report: wire::Report, out: &mut Vec<Effect>) -> Result<()> {
        let count = report.seqs.len() + report.ids.len();
        if count == 0 {
            return Err(Error::invalid("the list of messages is empty; name at least one"));
        }
        if count > limits::REFS_PER_REQUEST {
            return Err(too_many("messages", count, limits::REFS_PER_REQUEST));
        }
        if !report.times_ms.is_empty() && report.times_ms.len() != count {
            return Err(Error::invalid(format!(
                "{} times for {count} messages; give none, or one for each",
                report.times_ms.len()
            )));
        }
        let listed = self.listed(asker.user, report.conversation.as_ref(), &report.seqs, &report.ids)?;
        let Some((conv, who)) = listed.place else {
            self.metrics.receipts_unknown += count as u64;
            let outcomes = vec![Outcome::Unknown as i32; count];
            let reported = wire::Reported { outcomes, receipts_off: false };
            self.reply(asker.conn, asker.request, frame::Body::Reported(reported), out);
            return Ok(());
        };
        let entry = self.book.conv(conv);
        let switch = self.book.fold(asker.user);
        let on_now = switch.receipts_enabled();
        let mut read = Read { reader: who, ..Read::default() };
        let mut outcomes = Vec::with_capacity(count);
        let (mut receipts_off, mut dropped, mut unknown, mut repeated) = (false, 0, 0, 0);
        for (i, seq) in listed.seqs.iter().copied().enumerate() {
            let outcome = match self.before_reporting(conv, who, seq) {
                Ok(message_ms) => {
                    // R6: within [message time, now]; the lower bound wins.
                    let told = report.times_ms.get(i).copied().filter(|time| *time != 0).unwrap_or(self.now);
                    let time = told.min(self.now).max(message_ms);
                    // R15: on when it was read, and on arrival.
                    if on_now && (report.times_ms.is_empty() || switch.receipts_enabled_at(told.min(self.now))) {
                        append_read(&mut read, seq, time);
                        // Decided by the event.
                        Outcome::Unspecified
                    } else {
                        receipts_off = true;
                        Outcome::Dropped
                    }
                }
                Err(outcome) => outcome,
            };
            match outcome {
                Outcome::Dropped => dropped += 1,
                Outcome::Unknown => unknown += 1,
                Outcome::Taken => repeated += 1,
                Outcome::Unspecified => {}
            }
            outcomes.push(outcome as i32);
        }
        let log = entry.log;
        self.metrics.receipts_dropped += dropped;
        self.metrics.receipts_unknown += unknown;
        self.metrics.receipts_repeated += repeated;
        if read.first.is_empty() {
            let reported = wire::Reported { outcomes, receipts_off };
            self.reply(asker.conn, asker.request, frame::Body::Reported(reported), out);
            return Ok(());
        }
        let event = self.event(event::Body::Read(read));
        let then = Then::Report { outcomes, receipts_off };
        self.propose(vec![Record { log, event, body: None }], Some(asker), then, out);
        Ok(())
    }

    /// What is clear before anything is appended; else the message's time.
    fn before_reporting(&self, conv: ConvIdx, who: Ordinal, seq: Seq) -> std::result::Result<TimeMs, Outcome> {
        let fold = &self.book.conv(conv).fold;
        if seq == 0 || seq > fold.last_seq() {
            return Err(Outcome::Unknown);
        }
        // Seqs have no gaps: what was there once and is not any more has expired.
        let Some(meta) = fold.message(seq) else { return Err(Outcome::Dropped) };
        let flags = meta.flags();
        if meta.sender() == who
            || !flags.need_receipt
            || flags.deleted
            || fold.is_dismissed()
            || self.book.is_over(meta.time_ms(), self.now)
            || !fold.in_audience(seq, who)
        {
            return Err(Outcome::Dropped);
        }
        // R5: durable already; the one accepted first stays.
        if fold.has_read(seq, who) { Err(Outcome::Taken) } else { Ok(meta.time_ms()) }
    }

    pub(super) fn get_receipts(&mut self, asker: Asker, get: wire::GetReceipts, out: &mut Vec<Effect>) -> Result<()> {
        let count = get.seqs.len() + get.ids.len();
        if count > limits::RECEIPTS_PER_REQUEST {
            return Err(too_many("messages", count, limits::RECEIPTS_PER_REQUEST));
        }
        let listed = self.listed(asker.user, get.conversation.as_ref(), &get.seqs, &get.ids)?;
        let mut receipts = Vec::new();
        if let Some((conv, who)) = listed.place {
            let named = match &get.conversation {
                Some(named) => named.clone(),
                None => self.book.seen_by(conv, asker.user).map(|id| wire_conversation(&id)).unwrap_or_default(),
            };
            let fold = &self.book.conv(conv).fold;
            for seq in listed.seqs.into_iter().filter(|seq| *seq != 0) {
                let Some(meta) = fold.message(seq) else { continue };
                if self.book.is_over(meta.time_ms(), self.now)
                    || !self.may_have_summary(conv, meta, asker.user, who)
                    || (meta.sender() != who && !fold.may_see(who, seq))
                {
                    continue;
                }
                receipts.extend(self.receipt(conv, seq, named.clone()));
            }
        }
        self.reply(asker.conn, asker.request, frame::Body::Receipts(wire::Receipts { receipts }), out);
        Ok(())
    }

    pub(super) fn read_members(&mut self, asker: Asker, list: wire::ReadMembers, out: &mut Vec<Effect>) -> Result<()> {
        let Some(filter) = MemberFilter::from_number(list.filter) else {
            return Err(Error::invalid(format!("the filter is {}; it must be 0 (read) or 1 (unread)", list.filter)));
        };
        if !(1..=limits::PAGE).contains(&list.count) {
            return Err(Error::invalid(format!("the count is {}; it must be 1 to {}", list.count, limits::PAGE)));
        }
        if list.next_seq >= limits::NEXT_SEQ_END {
            return Err(Error::invalid(format!(
                "the nextSeq is {}; it must be 0, or what the last page gave",
                list.next_seq
            )));
        }
        let found = self.find_one(asker.user, list.conversation.as_ref(), list.message.as_ref())?;
        let entry = self.book.conv(found.conv);
        let Some(meta) = entry.fold.message(found.seq) else { return Err(unknown_message()) };
        if !entry.is_group() {
            return Err(Error::new(
                ErrorCode::NoReceipts,
                "the message is of a C2C conversation; only groups have lists",
            ));
        }
        if entry.fold.summary(found.seq).is_none() {
            return Err(Error::new(ErrorCode::NoReceipts, "the message has no read receipts"));
        }
        if !self.may_have_summary(found.conv, meta, asker.user, found.who) {
            let own = meta.sender() == found.who;
            let sentence = if own {
                "your read receipts are off; switch them on to see those of others"
            } else if self.book.settings().visibility == Visibility::Members {
                "only members see who has read the message"
            } else {
                "only its sender sees who has read the message"
            };
            return Err(Error::new(ErrorCode::PermissionDenied, sentence));
        }
        let mut entries = Vec::new();
        let next_seq = entry.fold.page(found.seq, filter, list.next_seq, list.count, &mut entries)?;
        let with_time = filter == MemberFilter::Read;
        let members = entries.iter().filter_map(|entry| self.list_entry(found.conv, entry, with_time)).collect();
        let page = wire::MemberPage { members, next_seq, finished: next_seq == 0 };
        self.reply(asker.conn, asker.request, frame::Body::MemberPage(page), out);
        Ok(())
    }
}

impl Hub {
    /// Whether this user may be told anything of a place; used where a list names several.
    pub(super) fn inside(&self, user: UserIdx, id: &crate::model::ConversationId) -> Option<(ConvIdx, Ordinal, bool)> {
        match self.book.place(user, id) {
            Place::Inside { conv, who, member } => Some((conv, who, member)),
            Place::Missing | Place::Outside => None,
        }
    }
}

/// Adds a seq to the event: to its last run, if it follows on with the same time.
fn append_read(read: &mut Read, seq: Seq, time: TimeMs) {
    if let (Some(first), Some(count), Some(last)) = (read.first.last(), read.count.last_mut(), read.time_ms.last())
        && *last == time
        && *first + u64::from(*count) == seq
    {
        *count += 1;
        return;
    }
    read.first.push(seq);
    read.count.push(1);
    read.time_ms.push(time);
}
