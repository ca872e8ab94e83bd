//! What is to reach the service whatever happens (R15, R16): switches of the receipts, reports, marks, sent in this
//! order. An entry is in memory until it is answered, and on disk too once its call was completed without an answer.

use super::random::Random;
use super::remember::row;
use super::{CallId, StoreEntry, StoreOp, Table, device};
use crate::model::{ConversationId, Error, MessageId, Result, Seq, TimeMs};
use prost::Message as _;
use std::collections::{BTreeMap, BTreeSet};

/// Messages and marks that may wait. A device that is offline for so long that more wait is refused (90004).
pub(super) const CAPACITY: usize = 500_000;
/// Messages in one entry: a row that grows is written anew each time.
const ROW_ITEMS: usize = 256;
/// Messages in one entry that leaves at once, when that many are reported by one call.
const FRAME_ITEMS: usize = 4096;
/// What the lists of a report may take in a frame; the rest is the conversation and framing.
const FRAME_ROOM: usize = 60_000;

/// Orders entries: switches, reports, marks, each in the order in which they were made. Unlike in every namespace.
pub(super) type Key = [u8; 17];

/// How an entry was made.
#[derive(Clone, Copy, Debug)]
pub(super) struct Made {
    pub(super) now: TimeMs,
    /// The service's clock is not known: times are of the device's.
    pub(super) device_clock: bool,
    /// There is no line.
    pub(super) late: bool,
    /// By one call alone: the service may refuse it, and then that call is answered so (R3).
    pub(super) alone: bool,
}

/// A message of a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Item {
    pub(super) seq: Seq,
    pub(super) id: Option<MessageId>,
    pub(super) read_ms: TimeMs,
}

impl Item {
    fn cost(&self) -> usize {
        20 + self.id.as_ref().map_or(0, |id| id.as_str().len() + 3)
    }
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum What {
    Switch { enabled: bool, time_ms: TimeMs },
    Report { conversation: Option<ConversationId>, items: Vec<Item> },
    Mark { conversation: ConversationId, seq: Seq, time_ms: TimeMs },
}

#[derive(Debug)]
pub(super) struct Entry {
    pub(super) what: What,
    /// Its times are of the device's clock (the service's was not known).
    pub(super) device_clock: bool,
    /// It did not go out on the connection that it was made on: its times count (R6).
    pub(super) late: bool,
    /// It is on disk as it is now.
    pub(super) stored: bool,
    /// It was on disk at least once: its row is to be deleted with it.
    pub(super) on_disk: bool,
    /// The request it is out with.
    pub(super) in_flight: Option<u64>,
    /// Not to be sent before.
    pub(super) not_before: TimeMs,
    pub(super) tries: u32,
    /// When it was first answered "unknown" or refused for a while, by the service's clock; 0: never (R19).
    pub(super) unknown_since: TimeMs,
    /// Calls that wait for it.
    pub(super) calls: BTreeSet<CallId>,
    /// A mark refused together with others is tried alone; a report is of one call alone.
    pub(super) alone: bool,
}

/// A call that is complete when everything it waits for is durable, here or there.
#[derive(Debug)]
pub(super) struct Durable {
    pub(super) waits: BTreeSet<Key>,
    pub(super) deadline: TimeMs,
    pub(super) refused: Option<Error>,
}

/// Names a message of the outbox.
type ItemKey = (Option<ConversationId>, Seq, Option<MessageId>);

fn item_key(conversation: Option<&ConversationId>, item: &Item) -> ItemKey {
    let seq = if item.id.is_some() { 0 } else { item.seq };
    (conversation.cloned(), seq, item.id.clone())
}

#[derive(Debug, Default)]
pub(super) struct Outbox {
    pub(super) entries: BTreeMap<Key, Entry>,
    pub(super) durable: BTreeMap<CallId, Durable>,
    queued: BTreeMap<ItemKey, Key>,
    marks: BTreeMap<ConversationId, Key>,
    /// Where the next report of a conversation collects.
    collecting: BTreeMap<Option<ConversationId>, Key>,
    /// Conversations with a report out: the next ones collect meanwhile (R16).
    pub(super) flying: BTreeMap<Option<ConversationId>, Key>,
    /// Rows to delete.
    gone: Vec<Key>,
    size: usize,
    counter: u32,
}

impl Outbox {
    fn key(&mut self, kind: u8, now: TimeMs, random: &mut Random) -> Key {
        self.counter = self.counter.wrapping_add(1);
        let mut key = [0; 17];
        key[0] = kind;
        key[1..9].copy_from_slice(&now.max(0).to_be_bytes());
        key[9..13].copy_from_slice(&self.counter.to_be_bytes());
        key[13..].copy_from_slice(&(random.next() as u32).to_be_bytes());
        key
    }

    fn entry(what: What, device_clock: bool, late: bool) -> Entry {
        Entry {
            what,
            device_clock,
            late,
            stored: false,
            on_disk: false,
            in_flight: None,
            not_before: 0,
            tries: 0,
            unknown_since: 0,
            calls: BTreeSet::new(),
            alone: false,
        }
    }

    fn full(&self, more: usize) -> Result<()> {
        if self.size.saturating_add(more) > CAPACITY {
            return Err(Error::new(
                crate::model::ErrorCode::Store,
                format!("{} reports wait on this device; no more than {CAPACITY} may: connect first", self.size),
            ));
        }
        Ok(())
    }

    /// Adds a report; gives the entries that it is in, those that held a message already among them.
    pub(super) fn report(
        &mut self,
        made: Made,
        random: &mut Random,
        conversation: Option<&ConversationId>,
        items: Vec<Item>,
    ) -> Result<BTreeSet<Key>> {
        let Made { now, device_clock, late, alone } = made;
        self.full(items.len())?;
        let mut own: BTreeSet<Key> = BTreeSet::new();
        let mut keys = BTreeSet::new();
        let room = if late { ROW_ITEMS } else { FRAME_ITEMS };
        let place = conversation.cloned();
        let mut bytes = usize::MAX;
        for item in items {
            let name = item_key(conversation, &item);
            if let Some(key) = self.queued.get(&name) {
                keys.insert(*key);
                continue;
            }
            let open = self.collecting.get(&place).copied().filter(|key| {
                self.entries.get(key).is_some_and(|entry| {
                    let What::Report { items, .. } = &entry.what else { return false };
                    if bytes == usize::MAX {
                        bytes = items.iter().map(Item::cost).sum();
                    }
                    entry.in_flight.is_none()
                        && entry.tries == 0
                        && entry.alone == alone
                        && (!alone || own.contains(key))
                        && entry.late == late
                        && entry.device_clock == device_clock
                        && items.len() < room
                        && bytes.saturating_add(item.cost()) <= FRAME_ROOM
                })
            });
            let key = match open {
                Some(key) => key,
                None => {
                    let key = self.key(1, now, random);
                    let what = What::Report { conversation: place.clone(), items: Vec::new() };
                    let entry = Entry { alone, ..Self::entry(what, device_clock, late) };
                    self.entries.insert(key, entry);
                    self.collecting.insert(place.clone(), key);
                    own.insert(key);
                    bytes = 0;
                    key
                }
            };
            if let Some(Entry { what: What::Report { items, .. }, stored, .. }) = self.entries.get_mut(&key) {
                bytes = bytes.saturating_add(item.cost());
                items.push(item);
                // The row does not have this message yet.
                *stored = false;
                self.size += 1;
                self.queued.insert(name, key);
                keys.insert(key);
            }
        }
        Ok(keys)
    }

    /// Moves the waiting mark of a conversation forward; gives its entry.
    pub(super) fn mark(
        &mut self,
        made: Made,
        random: &mut Random,
        conversation: &ConversationId,
        seq: Seq,
        time_ms: TimeMs,
    ) -> Result<Key> {
        let Made { now, device_clock, late, .. } = made;
        if let Some(key) = self.marks.get(conversation).copied()
            && let Some(entry) = self.entries.get_mut(&key)
        {
            if let What::Mark { seq: waiting, time_ms: at, .. } = &mut entry.what
                && seq > *waiting
            {
                *waiting = seq;
                *at = time_ms;
                entry.device_clock = device_clock;
                entry.stored = false;
            }
            return Ok(key);
        }
        self.full(1)?;
        let key = self.key(2, now, random);
        let what = What::Mark { conversation: conversation.clone(), seq, time_ms };
        self.entries.insert(key, Self::entry(what, device_clock, late));
        self.marks.insert(conversation.clone(), key);
        self.size += 1;
        Ok(key)
    }

    /// Adds a switch; gives its entry.
    pub(super) fn switch(&mut self, made: Made, random: &mut Random, enabled: bool, time_ms: TimeMs) -> Result<Key> {
        let Made { now, device_clock, late, .. } = made;
        self.full(1)?;
        let key = self.key(0, now, random);
        self.entries.insert(key, Self::entry(What::Switch { enabled, time_ms }, device_clock, late));
        self.size += 1;
        Ok(key)
    }

    /// Whether a switch waits, and to what the last one switches.
    pub(super) fn last_switch(&self) -> Option<bool> {
        self.entries.range(..[1; 17]).rev().find_map(|(_, entry)| match entry.what {
            What::Switch { enabled, .. } => Some(enabled),
            _ => None,
        })
    }

    /// Whether a mark of this conversation waits.
    pub(super) fn has_mark(&self, conversation: &ConversationId) -> bool {
        self.marks.contains_key(conversation)
    }

    /// An entry goes: answered, or given up.
    pub(super) fn remove(&mut self, key: &Key) -> Option<Entry> {
        let entry = self.entries.remove(key)?;
        match &entry.what {
            What::Report { conversation, items } => {
                self.size = self.size.saturating_sub(items.len());
                for item in items {
                    self.queued.remove(&item_key(conversation.as_ref(), item));
                }
                if self.collecting.get(conversation) == Some(key) {
                    self.collecting.remove(conversation);
                }
                if self.flying.get(conversation) == Some(key) {
                    self.flying.remove(conversation);
                }
            }
            What::Mark { conversation, .. } => {
                self.size = self.size.saturating_sub(1);
                if self.marks.get(conversation) == Some(key) {
                    self.marks.remove(conversation);
                }
            }
            What::Switch { .. } => self.size = self.size.saturating_sub(1),
        }
        if entry.on_disk {
            self.gone.push(*key);
        }
        Some(entry)
    }

    /// Only these items of a report are left.
    pub(super) fn keep(&mut self, key: &Key, left: Vec<Item>) {
        let Some(entry) = self.entries.get_mut(key) else { return };
        let What::Report { conversation, items } = &mut entry.what else { return };
        for item in items.iter().filter(|item| !left.contains(item)) {
            self.queued.remove(&item_key(conversation.as_ref(), item));
            self.size = self.size.saturating_sub(1);
        }
        *items = left;
        entry.stored = false;
    }

    /// Cuts a report in two, so that what is wrong with one message does not hold up the others.
    pub(super) fn halve(&mut self, key: &Key, now: TimeMs, random: &mut Random) -> bool {
        let new = self.key(1, now, random);
        let Some(entry) = self.entries.get_mut(key) else { return false };
        let What::Report { conversation, items } = &mut entry.what else { return false };
        if items.len() < 2 {
            return false;
        }
        let rest = items.split_off(items.len() / 2);
        for item in &rest {
            self.queued.insert(item_key(conversation.as_ref(), item), new);
        }
        entry.stored = false;
        entry.tries += 1;
        let what = What::Report { conversation: conversation.clone(), items: rest };
        let (clock, tries, unknown_since) = (entry.device_clock, entry.tries, entry.unknown_since);
        let other = Entry { tries, unknown_since, ..Self::entry(what, clock, true) };
        self.entries.insert(new, other);
        true
    }

    /// The request that an entry was out with is over.
    pub(super) fn landed(&mut self, key: &Key) {
        if let Some(entry) = self.entries.get_mut(key) {
            entry.in_flight = None;
            if let What::Report { conversation, .. } = &entry.what
                && self.flying.get(conversation) == Some(key)
            {
                self.flying.remove(conversation);
            }
        }
    }

    /// The seqs of another epoch may name other messages: ids alone count from here on. What has no id goes.
    pub(super) fn new_epoch(&mut self) {
        let mut over = Vec::new();
        for (key, entry) in &mut self.entries {
            match &mut entry.what {
                What::Report { items, .. } => {
                    items.retain(|item| item.id.is_some());
                    for item in items.iter_mut() {
                        item.seq = 0;
                    }
                    entry.stored = false;
                    if items.is_empty() {
                        over.push(*key);
                    }
                }
                What::Mark { .. } => over.push(*key),
                What::Switch { .. } => {}
            }
        }
        for key in over {
            self.remove(&key);
        }
        self.size = 0;
        self.queued.clear();
        for (key, entry) in &self.entries {
            if let What::Report { conversation, items } = &entry.what {
                self.size += items.len();
                for item in items {
                    self.queued.insert(item_key(conversation.as_ref(), item), *key);
                }
            } else {
                self.size += 1;
            }
        }
    }

    /// Takes the rows of the store that are not in memory; gives how many could not be read.
    pub(super) fn load(&mut self, entries: &[StoreEntry]) -> u64 {
        let mut unreadable = 0;
        for entry in entries.iter().filter(|entry| entry.table == Table::Outbox) {
            let Ok(key) = Key::try_from(entry.key.as_slice()) else {
                unreadable += 1;
                continue;
            };
            if !self.entries.contains_key(&key) && self.load_row(key, &entry.value).is_none() {
                unreadable += 1;
            }
        }
        unreadable
    }

    fn load_row(&mut self, key: Key, value: &[u8]) -> Option<()> {
        let row = device::Waiting::decode(value).ok()?;
        let what = match row.what? {
            device::waiting::What::Report(report) => {
                let conversation = match report.conversation.as_str() {
                    "" => None,
                    text => Some(ConversationId::parse(text).ok()?),
                };
                let n = report.seqs.len();
                if report.ids.len() != n || report.read_ms.len() != n {
                    return None;
                }
                let items: Vec<Item> = report
                    .seqs
                    .into_iter()
                    .zip(report.ids)
                    .zip(report.read_ms)
                    .map(|((seq, id), read_ms)| Item { seq, id: MessageId::new(id).ok(), read_ms })
                    .filter(|item| item.id.is_some() || (item.seq != 0 && conversation.is_some()))
                    .collect();
                for item in &items {
                    self.queued.insert(item_key(conversation.as_ref(), item), key);
                }
                self.size += items.len();
                What::Report { conversation, items }
            }
            device::waiting::What::Mark(mark) => {
                let conversation = ConversationId::parse(&mark.conversation).ok()?;
                // Two namespaces may have had one each: both are sent, the later of them is found again.
                self.marks.insert(conversation.clone(), key);
                self.size += 1;
                What::Mark { conversation, seq: mark.seq, time_ms: mark.time_ms }
            }
            device::waiting::What::Switch(switch) => {
                self.size += 1;
                What::Switch { enabled: switch.enabled, time_ms: switch.time_ms }
            }
        };
        let mut entry = Self::entry(what, row.device_clock, true);
        entry.stored = true;
        entry.on_disk = true;
        entry.unknown_since = row.unknown_since_ms;
        self.entries.insert(key, entry);
        Some(())
    }

    /// The row of an entry, which from now on counts as stored.
    pub(super) fn store(&mut self, key: &Key, ops: &mut Vec<StoreOp>) {
        let Some(entry) = self.entries.get_mut(key) else { return };
        if entry.stored {
            return;
        }
        entry.stored = true;
        entry.on_disk = true;
        let what = match &entry.what {
            What::Report { conversation, items } => device::waiting::What::Report(device::WaitingReport {
                conversation: conversation.as_ref().map(ToString::to_string).unwrap_or_default(),
                seqs: items.iter().map(|item| item.seq).collect(),
                ids: items.iter().map(|i| i.id.as_ref().map(ToString::to_string).unwrap_or_default()).collect(),
                read_ms: items.iter().map(|item| item.read_ms).collect(),
            }),
            What::Mark { conversation, seq, time_ms } => device::waiting::What::Mark(device::WaitingMark {
                conversation: conversation.to_string(),
                seq: *seq,
                time_ms: *time_ms,
            }),
            What::Switch { enabled, time_ms } => {
                device::waiting::What::Switch(device::WaitingSwitch { enabled: *enabled, time_ms: *time_ms })
            }
        };
        let row = device::Waiting {
            device_clock: entry.device_clock,
            unknown_since_ms: entry.unknown_since,
            what: Some(what),
        };
        ops.push(self::row(Table::Outbox, key.to_vec(), Some(row.encode_to_vec())));
    }

    /// The rows that went since the last time.
    pub(super) fn rows(&mut self, ops: &mut Vec<StoreOp>) {
        for key in std::mem::take(&mut self.gone) {
            ops.push(row(Table::Outbox, key.to_vec(), None));
        }
    }

    /// Messages, marks and switches that wait.
    pub(super) fn len(&self) -> usize {
        self.size
    }
}
