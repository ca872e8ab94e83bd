//! R11: who has read a message and who has not, in pages that stay right while receipts arrive.

use super::bitmap::ones;
use super::conversation::Conversation;
use super::message::ReaderEntry;
use crate::model::{Error, ErrorCode, MemberFilter, Result, Seq, limits};

impl Conversation {
    /// A page of R11. `next` is 0 or what the last page gave. Pushes into `out` at most `count` (1 to 100) entries,
    /// without erased members, and gives the next `next` (0: finished). O(count + ordinals / 64).
    ///
    /// Fails with 6017 (count or next out of range) or 10062 (no such message, or without receipts).
    pub fn page(
        &self,
        seq: Seq,
        filter: MemberFilter,
        next: u64,
        count: u32,
        out: &mut Vec<ReaderEntry>,
    ) -> Result<u64> {
        if count == 0 || count > limits::PAGE {
            return Err(Error::invalid(format!("a page of {count} members; 1 to {} are allowed", limits::PAGE)));
        }
        let segment = self.segment(seq).filter(|segment| segment.receipts(seq).is_some());
        let segment = segment
            .ok_or_else(|| Error::new(ErrorCode::NoReceipts, format!("message {seq} is not known to have receipts")))?;
        match filter {
            MemberFilter::Read => self.read_page(seq, next, count as usize, out),
            MemberFilter::Unread => {
                let start = self.start(next, self.roster.ordinals())?;
                // A message with receipts has them; an empty set would only show too many.
                let Some(receipts) = segment.receipts(seq) else { return Ok(0) };
                let words = segment.audience_words(&self.roster, seq, start / 64);
                let unread = words.iter().zip(start / 64..).map(|(word, at)| word & !receipts.word(at));
                let mut unread =
                    ones(start / 64, unread).filter(|ordinal| *ordinal as usize >= start && !self.is_erased(*ordinal));
                let page = unread.by_ref().take(count as usize);
                out.extend(page.map(|ordinal| ReaderEntry { ordinal, time_ms: 0, index: 0, erased: false }));
                Ok(unread.next().map_or(0, |ordinal| 1 + u64::from(ordinal)))
            }
        }
    }

    fn read_page(&self, seq: Seq, next: u64, count: usize, out: &mut Vec<ReaderEntry>) -> Result<u64> {
        let read = self.summary(seq).map_or(0, |summary| summary.read as usize);
        let start = self.start(next, read)?;
        let mut readers = self.readers(seq, start).filter(|entry| !entry.erased);
        out.extend(readers.by_ref().take(count));
        Ok(readers.next().map_or(0, |entry| 1 + u64::from(entry.index)))
    }

    /// The index or ordinal that `next` stands for.
    fn start(&self, next: u64, end: usize) -> Result<usize> {
        match next.checked_sub(1) {
            None => Ok(0),
            Some(start) if start < end as u64 && next < limits::NEXT_SEQ_END => Ok(start as usize),
            Some(_) => Err(Error::invalid(format!(
                "nextSeq {next} is out of range; it must be 0, or what the last page of this list gave"
            ))),
        }
    }
}
