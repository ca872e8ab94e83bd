//! Events on their way to the app: numbered, in order, bounded. What the app is slow to take waits here; waiting
//! summaries of one message become one, and at 4 096 the transport is not read any more (DESIGN.md).

use super::remember::Memory;
use super::{Effect, Event};
use crate::model::{ConversationId, MessageId, MessageReceipt, limits};
use std::collections::{BTreeMap, VecDeque};

/// Events given to the driver and not returned from yet; the rest waits here, where it can still coalesce.
const WINDOW: u64 = 256;

/// A cursor that may be stored once everything before it was handed to the app.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Marker {
    pub(super) cursor: u64,
    /// Which connection it came on, if the service waits for an Ack there.
    pub(super) ack: Option<u64>,
}

#[derive(Debug)]
enum Item {
    Event(Event),
    Marker(Marker),
}

#[derive(Debug, Default)]
pub(super) struct Deliver {
    waiting: VecDeque<Item>,
    /// The slot number of `waiting[0]`; slots are numbered without gaps.
    first_slot: u64,
    /// Where the waiting summary of a message is.
    summaries: BTreeMap<(ConversationId, MessageId), u64>,
    waiting_events: usize,
    /// The last number given.
    emitted: u64,
    delivered: u64,
    markers: VecDeque<(u64, Marker)>,
    paused: bool,
}

impl Deliver {
    pub(super) fn event(&mut self, event: Event) {
        let event = match event {
            Event::ReadReceipts(receipts) => {
                let fresh: Vec<MessageReceipt> =
                    receipts.into_iter().filter_map(|receipt| self.coalesce(receipt)).collect();
                if fresh.is_empty() {
                    return;
                }
                Event::ReadReceipts(fresh)
            }
            Event::TotalUnreadChanged(total) => {
                // Only the latest total says anything.
                for item in &mut self.waiting {
                    if let Item::Event(Event::TotalUnreadChanged(older)) = item {
                        *older = total;
                        return;
                    }
                }
                Event::TotalUnreadChanged(total)
            }
            event => event,
        };
        if let Event::ReadReceipts(receipts) = &event {
            let slot = self.first_slot + self.waiting.len() as u64;
            for receipt in receipts {
                if let Some(id) = &receipt.message {
                    self.summaries.insert((receipt.conversation.clone(), id.clone()), slot);
                }
            }
        }
        self.waiting_events += 1;
        self.waiting.push_back(Item::Event(event));
    }

    /// Puts a summary in the place of one of the same message that still waits; gives it back if there is none.
    fn coalesce(&mut self, receipt: MessageReceipt) -> Option<MessageReceipt> {
        let slot = receipt
            .message
            .as_ref()
            .and_then(|id| self.summaries.get(&(receipt.conversation.clone(), id.clone())))
            .and_then(|slot| usize::try_from(slot.checked_sub(self.first_slot)?).ok());
        let Some(Item::Event(Event::ReadReceipts(waiting))) = slot.and_then(|slot| self.waiting.get_mut(slot)) else {
            return Some(receipt);
        };
        let Some(older) = waiting
            .iter_mut()
            .find(|older| older.message == receipt.message && older.conversation == receipt.conversation)
        else {
            return Some(receipt);
        };
        let mut readers = std::mem::take(&mut older.readers);
        let more = older.more_readers || receipt.more_readers;
        *older = receipt;
        readers.append(&mut older.readers);
        older.more_readers = more || readers.len() > limits::PUSHED_READERS;
        readers.truncate(limits::PUSHED_READERS);
        older.readers = readers;
        None
    }

    pub(super) fn marker(&mut self, marker: Marker) {
        self.waiting.push_back(Item::Marker(marker));
    }

    /// The listener has returned from everything up to this number.
    pub(super) fn delivered(&mut self, number: u64) {
        self.delivered = self.delivered.max(number.min(self.emitted));
    }

    /// Cursors of an epoch that is over mean nothing.
    pub(super) fn forget_markers(&mut self) {
        self.markers.clear();
        // Kept as places, so that slots stay numbered without gaps.
        for item in &mut self.waiting {
            if let Item::Marker(marker) = item {
                *marker = Marker { cursor: 0, ack: None };
            }
        }
    }

    /// Hands on what there is room for, and says which markers are passed. A summary that waited while a get or a history
    /// page showed a newer one leaves as that newer one: none goes back (R12).
    pub(super) fn flow(&mut self, memory: &Memory, out: &mut Vec<Effect>) -> Vec<Marker> {
        while self.emitted - self.delivered < WINDOW || matches!(self.waiting.front(), Some(Item::Marker(_))) {
            let Some(item) = self.waiting.pop_front() else { break };
            self.first_slot += 1;
            match item {
                Item::Marker(marker) => self.markers.push_back((self.emitted, marker)),
                Item::Event(mut event) => {
                    if let Event::ReadReceipts(receipts) = &mut event {
                        for receipt in receipts {
                            if let Some(id) = receipt.message.clone()
                                && let Some(newest) = memory.receipt(&id, Some(&receipt.conversation))
                                && newest.position > receipt.position
                            {
                                let (readers, more_readers) =
                                    (std::mem::take(&mut receipt.readers), receipt.more_readers);
                                *receipt = MessageReceipt { readers, more_readers, ..newest };
                            }
                            if let Some(id) = &receipt.message {
                                self.summaries.remove(&(receipt.conversation.clone(), id.clone()));
                            }
                        }
                    }
                    self.waiting_events -= 1;
                    self.emitted += 1;
                    out.push(Effect::Emit { number: self.emitted, event });
                }
            }
        }
        let mut passed = Vec::new();
        while self.markers.front().is_some_and(|(number, _)| *number <= self.delivered) {
            passed.extend(self.markers.pop_front().map(|(_, marker)| marker));
        }
        let waiting = self.undelivered();
        if !self.paused && waiting >= limits::WAITING_EVENTS {
            self.paused = true;
            out.push(Effect::Reading(false));
        } else if self.paused && waiting <= limits::WAITING_EVENTS / 2 {
            self.paused = false;
            out.push(Effect::Reading(true));
        }
        passed
    }

    /// Events that the app has not returned from.
    pub(super) fn undelivered(&self) -> usize {
        self.waiting_events + usize::try_from(self.emitted - self.delivered).unwrap_or(usize::MAX)
    }

    /// Whether the transport is not being read.
    pub(super) fn paused(&self) -> bool {
        self.paused
    }
}
