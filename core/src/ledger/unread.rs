//! Unread counts without walking a conversation: every message knows how many counted up to it, and what a reader does not
//! count (its own, and recalled ones) is in two short lists (R26).

use crate::model::{Ordinal, Seq};
use std::collections::{BTreeMap, VecDeque};

/// What follows from the live messages; rebuilt from them, not stored.
#[derive(Clone, Debug, Default)]
pub(crate) struct Unread {
    /// Of each sender, its counted, live, not recalled messages after its own mark. Shorter with every mark.
    own: BTreeMap<Ordinal, VecDeque<Seq>>,
    /// Recalled messages that had counted, ascending.
    recalled: Vec<Seq>,
}

impl Unread {
    /// A message that counts; seqs only grow.
    pub(crate) fn sent(&mut self, sender: Ordinal, seq: Seq) {
        self.own.entry(sender).or_default().push_back(seq);
    }

    /// A message that counted was recalled.
    pub(crate) fn recall(&mut self, sender: Ordinal, seq: Seq) {
        if let Some(own) = self.own.get_mut(&sender)
            && let Ok(at) = own.binary_search(&seq)
        {
            own.remove(at);
        }
        if let Err(at) = self.recalled.binary_search(&seq) {
            self.recalled.insert(at, seq);
        }
    }

    /// This one's mark went forward.
    pub(crate) fn marked(&mut self, who: Ordinal, mark: Seq) {
        if let Some(own) = self.own.get_mut(&who) {
            own.drain(..own.partition_point(|seq| *seq <= mark));
            if own.is_empty() {
                self.own.remove(&who);
            }
        }
    }

    /// Messages before this one are gone.
    pub(crate) fn expired(&mut self, first_live: Seq) {
        self.own.retain(|_, own| {
            own.drain(..own.partition_point(|seq| *seq < first_live));
            !own.is_empty()
        });
        self.recalled.drain(..self.recalled.partition_point(|seq| *seq < first_live));
    }

    /// How many of those that counted after `after` are none for this one.
    pub(crate) fn not_for(&self, who: Ordinal, after: Seq) -> u32 {
        let own = self.own.get(&who).map_or(0, |own| own.len() - own.partition_point(|seq| *seq <= after));
        let recalled = self.recalled.len() - self.recalled.partition_point(|seq| *seq <= after);
        (own + recalled) as u32
    }

    pub(crate) fn memory(&self) -> usize {
        let own: usize = self.own.values().map(|own| 48 + own.capacity() * 8).sum();
        own + self.recalled.capacity() * 8
    }
}
