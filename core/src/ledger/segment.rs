//! A stretch of a conversation: its messages, and the receipts of those that have any. Fold, snapshot and expiry go by
//! segments, so that nothing grows with a conversation's age (DESIGN.md).

use super::bitmap::Bitmap;
use super::message::MessageMeta;
use super::receipts::Receipts;
use super::roster::Roster;
use crate::model::{Ordinal, Position, Seq, TimeMs, limits};

/// Messages `first ..`, without gaps.
#[derive(Clone, Debug)]
pub(crate) struct Segment {
    first: Seq,
    messages: Vec<MessageMeta>,
    /// By offset; a message without receipts has none here, and costs nothing.
    receipts: Vec<(u32, Receipts)>,
    /// Audiences that were given outright (R19), less the sender; by offset.
    audiences: Vec<(u32, Bitmap)>,
    pub(crate) receipt_count: usize,
    /// The highest position that changed receipts here.
    pub(crate) receipts_change: Position,
    /// The highest position that deleted a message here.
    pub(crate) deleted_change: Position,
    /// The latest time of a message.
    pub(crate) last_ms: TimeMs,
    /// Not in a snapshot as it is now.
    pub(crate) dirty: bool,
}

impl Segment {
    pub(crate) fn new(first: Seq) -> Self {
        Self {
            first,
            messages: Vec::new(),
            receipts: Vec::new(),
            audiences: Vec::new(),
            receipt_count: 0,
            receipts_change: 0,
            deleted_change: 0,
            last_ms: TimeMs::MIN,
            dirty: true,
        }
    }

    /// Whether the next message begins another segment.
    pub(crate) fn is_full(&self) -> bool {
        self.messages.len() >= limits::SEGMENT_MESSAGES || self.receipt_count >= limits::SEGMENT_RECEIPTS
    }

    pub(crate) fn first(&self) -> Seq {
        self.first
    }

    /// The seq after the last message.
    pub(crate) fn end(&self) -> Seq {
        self.first.saturating_add(self.messages.len() as u64)
    }

    pub(crate) fn messages(&self) -> impl DoubleEndedIterator<Item = (Seq, &MessageMeta)> {
        // Offsets are below SEGMENT_MESSAGES, and first + offset was a seq.
        self.messages.iter().enumerate().map(|(offset, message)| (self.first + offset as u64, message))
    }

    fn offset(&self, seq: Seq) -> Option<usize> {
        usize::try_from(seq.checked_sub(self.first)?).ok().filter(|offset| *offset < self.messages.len())
    }

    pub(crate) fn message(&self, seq: Seq) -> Option<&MessageMeta> {
        self.messages.get(self.offset(seq)?)
    }

    pub(crate) fn message_mut(&mut self, seq: Seq) -> Option<&mut MessageMeta> {
        let offset = self.offset(seq)?;
        self.messages.get_mut(offset)
    }

    /// Appends a message.
    pub(crate) fn push(&mut self, message: MessageMeta, audience: Option<Bitmap>, receipts: Option<Receipts>) {
        let offset = self.messages.len() as u32;
        self.last_ms = self.last_ms.max(message.time_ms);
        if message.flags.deleted {
            self.deleted_change = self.deleted_change.max(message.changed);
        }
        self.messages.push(message);
        if let Some(audience) = audience {
            self.audiences.push((offset, audience));
        }
        if let Some(receipts) = receipts {
            self.receipts_change = self.receipts_change.max(receipts.last_change);
            self.receipt_count += receipts.order().len();
            self.receipts.push((offset, receipts));
        }
        self.dirty = true;
    }

    /// Where a message's receipts are.
    fn slot(&self, offset: usize) -> Result<usize, usize> {
        // Mostly all or the first of a segment's messages have receipts.
        if self.receipts.get(offset).is_some_and(|(at, _)| *at as usize == offset) {
            return Ok(offset);
        }
        self.receipts.binary_search_by_key(&offset, |(at, _)| *at as usize)
    }

    pub(crate) fn receipts(&self, seq: Seq) -> Option<&Receipts> {
        let slot = self.slot(self.offset(seq)?).ok()?;
        self.receipts.get(slot).map(|(_, receipts)| receipts)
    }

    /// All receipts with their messages.
    pub(crate) fn all_receipts(&self) -> impl Iterator<Item = (Seq, &MessageMeta, &Receipts)> {
        self.receipts.iter().filter_map(|(offset, receipts)| {
            Some((self.first + u64::from(*offset), self.messages.get(*offset as usize)?, receipts))
        })
    }

    pub(crate) fn add_receipts(&mut self, seq: Seq, receipts: Receipts) {
        if let Some(offset) = self.offset(seq)
            && let Err(slot) = self.slot(offset)
        {
            self.receipts_change = self.receipts_change.max(receipts.last_change);
            self.receipt_count += receipts.order().len();
            self.receipts.insert(slot, (offset as u32, receipts));
            self.dirty = true;
        }
    }

    /// Receipts end (R32). Who was meant to read stays: they must hear of it.
    pub(crate) fn end_receipts(&mut self, seq: Seq) {
        let Some(offset) = self.offset(seq) else { return };
        if let Ok(slot) = self.slot(offset) {
            let (_, receipts) = self.receipts.remove(slot);
            self.receipt_count -= receipts.order().len();
        }
        self.dirty = true;
    }

    /// The audience that was given outright, if one was.
    pub(crate) fn outright(&self, seq: Seq) -> Option<&Bitmap> {
        if self.audiences.is_empty() {
            return None;
        }
        let offset = self.offset(seq)?;
        let at = self.audiences.binary_search_by_key(&offset, |(at, _)| *at as usize).ok()?;
        self.audiences.get(at).map(|(_, bits)| bits)
    }

    pub(crate) fn all_outright(&self) -> impl Iterator<Item = &Bitmap> {
        self.audiences.iter().map(|(_, bits)| bits)
    }

    /// Whether this one is in the message's audience (R7).
    pub(crate) fn in_audience(&self, roster: &Roster, seq: Seq, who: Ordinal) -> bool {
        self.message(seq).is_some_and(|message| {
            message.sender != who
                && match self.outright(seq) {
                    Some(bits) => bits.get(who),
                    None => roster.was_member(message.version, who),
                }
        })
    }

    /// The words of the message's audience, from `from_word` on.
    pub(crate) fn audience_words(&self, roster: &Roster, seq: Seq, from_word: usize) -> Vec<u64> {
        let Some(message) = self.message(seq) else { return Vec::new() };
        if let Some(bits) = self.outright(seq) {
            return bits.words().get(from_word..).unwrap_or_default().to_vec();
        }
        let mut words = roster.history().members_at(message.version, from_word);
        let own = (message.sender as usize / 64).checked_sub(from_word);
        if let Some(word) = own.and_then(|at| words.get_mut(at)) {
            *word &= !(1 << (message.sender % 64));
        }
        words
    }

    /// Adds a receipt at this time, kept within [message time, `now_ms`], the lower bound first (R6). `None`: the message
    /// has no receipts, or this one is not in its audience; else whether it is new.
    pub(crate) fn read(
        &mut self,
        roster: &Roster,
        seq: Seq,
        reader: Ordinal,
        time_ms: TimeMs,
        now_ms: TimeMs,
        at: Position,
    ) -> Option<bool> {
        let offset = self.offset(seq)?;
        let slot = self.slot(offset).ok()?;
        if !self.in_audience(roster, seq, reader) {
            return None;
        }
        let sent_ms = self.messages.get(offset)?.time_ms;
        let (_, receipts) = self.receipts.get_mut(slot)?;
        let after_ms = time_ms.min(now_ms).saturating_sub(sent_ms).max(0) as u64;
        let new = receipts.add(reader, after_ms, roster.ordinals());
        if new {
            receipts.last_change = at;
            self.receipts_change = at;
            self.receipt_count += 1;
            self.dirty = true;
        }
        Some(new)
    }

    /// Forgets when this one read what (R32). With `told`, the summaries are other ones now: they show times.
    pub(crate) fn forget_times(&mut self, reader: Ordinal, at: Position, told: bool) {
        for (_, receipts) in &mut self.receipts {
            if receipts.forget_time(reader) {
                self.dirty = true;
                if told {
                    receipts.last_change = at;
                    self.receipts_change = at;
                }
            }
        }
    }

    /// Bytes: of messages, of receipts.
    pub(crate) fn memory(&self) -> (usize, usize) {
        let ids: usize = self.messages.iter().map(|message| message.id.len()).sum();
        let audiences: usize = self.audiences.iter().map(|(_, bits)| bits.memory()).sum();
        let messages = self.messages.capacity() * size_of::<MessageMeta>() + ids;
        let heap: usize = self.receipts.iter().map(|(_, receipts)| receipts.heap()).sum();
        let receipts = self.receipts.capacity() * size_of::<(u32, Receipts)>() + heap;
        let lists = self.audiences.capacity() * size_of::<(u32, Bitmap)>();
        (size_of::<Self>() + messages, receipts + audiences + lists)
    }
}
