//! Who was a member at which version of the roster: a list of changes, with a bitmap of the members every so many
//! changes. So a message's audience is a number (DESIGN.md), and can be walked word by word: the bitmap before it, and
//! the few changes since.

use super::bitmap::Bitmap;
use crate::model::Ordinal;

/// Changes between two bitmaps at least; above that as many as a bitmap has words, so that the bitmaps cost eight bytes a
/// change however large the group is, and the changes after one no more than walking it.
const STEP: usize = 64;

/// The past of a roster's membership. Version v is the state after v changes.
#[derive(Clone, Debug, Default)]
pub(crate) struct History {
    /// The oldest version that is known.
    first: u32,
    /// The members then.
    base: Bitmap,
    /// What happened since: ordinal << 1 | joined.
    changes: Vec<u32>,
    /// Members after so many of the changes, ascending.
    checkpoints: Vec<(usize, Box<[u64]>)>,
    now: Bitmap,
    count: u32,
}

impl History {
    /// From the members at a version and the changes since. Refuses changes that change nothing.
    pub(crate) fn new(first: u32, base: Bitmap, changes: &[u32]) -> Result<Self, String> {
        let mut history =
            Self { first, now: base.clone(), count: base.count(), base, changes: Vec::new(), checkpoints: Vec::new() };
        for change in changes {
            let (ordinal, joined) = (change >> 1, change & 1 == 1);
            if history.now.get(ordinal) == joined {
                return Err(format!("ordinal {ordinal} joins or leaves twice in the roster's history"));
            }
            if history.version() == u32::MAX {
                return Err("the roster's history has more versions than a u32 counts".into());
            }
            history.push(ordinal, joined);
        }
        Ok(history)
    }

    /// Notes a change; the caller has seen that it is one.
    pub(crate) fn push(&mut self, ordinal: Ordinal, joined: bool) {
        self.now.set(ordinal, joined);
        self.count = if joined { self.count + 1 } else { self.count.saturating_sub(1) };
        self.changes.push(ordinal << 1 | u32::from(joined));
        let since = self.changes.len() - self.checkpoints.last().map_or(0, |(at, _)| *at);
        if since >= STEP.max(self.now.words().len()) {
            self.checkpoints.push((self.changes.len(), self.now.words().into()));
        }
    }

    pub(crate) fn version(&self) -> u32 {
        self.first.saturating_add(self.changes.len() as u32)
    }

    pub(crate) fn first_version(&self) -> u32 {
        self.first
    }

    pub(crate) fn base(&self) -> &Bitmap {
        &self.base
    }

    pub(crate) fn changes(&self) -> &[u32] {
        &self.changes
    }

    /// Members now.
    pub(crate) fn now(&self) -> &Bitmap {
        &self.now
    }

    /// How many they are.
    pub(crate) fn count(&self) -> u32 {
        self.count
    }

    /// The bitmap at or before a version, and the changes from there to it.
    fn around(&self, version: u32) -> (&[u64], &[u32]) {
        let end = (version.saturating_sub(self.first) as usize).min(self.changes.len());
        match self.checkpoints.partition_point(|(at, _)| *at <= end).checked_sub(1).map(|at| &self.checkpoints[at]) {
            Some((at, words)) => (words, &self.changes[*at..end]),
            None => (self.base.words(), &self.changes[..end]),
        }
    }

    /// Whether this ordinal was a member at that version.
    pub(crate) fn was_member(&self, version: u32, ordinal: Ordinal) -> bool {
        let (words, changes) = self.around(version);
        match changes.iter().rev().find(|change| **change >> 1 == ordinal) {
            Some(change) => change & 1 == 1,
            None => words.get(ordinal as usize / 64).is_some_and(|word| word >> (ordinal % 64) & 1 == 1),
        }
    }

    /// The members at that version: their words from `from_word` on.
    pub(crate) fn members_at(&self, version: u32, from_word: usize) -> Vec<u64> {
        let (words, changes) = self.around(version);
        let mut words = words.get(from_word..).unwrap_or_default().to_vec();
        for change in changes {
            let ordinal = change >> 1;
            let Some(word) = (ordinal as usize / 64).checked_sub(from_word) else { continue };
            if word >= words.len() {
                words.resize(word + 1, 0);
            }
            // Each change of an ordinal is the opposite of the one before.
            words[word] ^= 1 << (ordinal % 64);
        }
        words
    }

    /// Forgets what was before this version; true if there was anything.
    pub(crate) fn forget_before(&mut self, version: u32) -> bool {
        let version = version.min(self.version());
        let drop = version.saturating_sub(self.first) as usize;
        if drop == 0 {
            return false;
        }
        self.base = self.members_at(version, 0).into();
        self.changes.drain(..drop);
        self.changes.shrink_to(STEP.max(self.changes.len() * 2));
        self.checkpoints.retain_mut(|(at, _)| match at.checked_sub(drop) {
            Some(rest) if rest > 0 => {
                *at = rest;
                true
            }
            _ => false,
        });
        self.first = version;
        true
    }

    pub(crate) fn memory(&self) -> usize {
        let checkpoints: usize = self.checkpoints.iter().map(|(_, words)| words.len() * 8).sum();
        let list = self.checkpoints.capacity() * size_of::<(usize, Box<[u64]>)>();
        self.base.memory() + self.now.memory() + self.changes.capacity() * 4 + checkpoints + list
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn every_version_is_what_it_was(ordinals in prop::collection::vec(0u32..300, 1..400), cut in 0usize..400) {
            let (mut history, mut now, mut versions) = (History::default(), BTreeSet::new(), vec![BTreeSet::new()]);
            for ordinal in ordinals {
                let joined = now.insert(ordinal);
                if !joined {
                    now.remove(&ordinal);
                }
                history.push(ordinal, joined);
                versions.push(now.clone());
            }
            let cut = cut % versions.len();
            history.forget_before(cut as u32);
            let again = History::new(history.first_version(), history.base().clone(), history.changes()).unwrap();
            for history in [&history, &again] {
                prop_assert_eq!(history.version() as usize, versions.len() - 1);
                prop_assert_eq!(history.count() as usize, now.len());
                for (version, members) in versions.iter().enumerate().skip(cut) {
                    let words = history.members_at(version as u32, 0);
                    let walked: BTreeSet<_> = super::super::bitmap::ones(0, words).collect();
                    prop_assert_eq!(&walked, members);
                    for ordinal in [0, 1, 77, 299, 1000] {
                        prop_assert_eq!(history.was_member(version as u32, ordinal), members.contains(&ordinal));
                    }
                    let tail: BTreeSet<_> =
                        super::super::bitmap::ones(2, history.members_at(version as u32, 2)).collect();
                    prop_assert_eq!(tail, members.iter().copied().filter(|at| *at >= 128).collect::<BTreeSet<_>>());
                }
            }
        }
    }

    #[test]
    fn a_hundred_thousand_joining_one_by_one_cost_little() {
        let mut history = History::default();
        for ordinal in 0..100_000 {
            history.push(ordinal, true);
        }
        assert!(history.memory() < 100_000 * 20, "{}", history.memory());
        assert_eq!(history.members_at(50_000, 0).iter().map(|word| word.count_ones()).sum::<u32>(), 50_000);
    }
}
