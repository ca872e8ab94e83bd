//! The fold of a conversation's log: what it holds, and what it answers. How events change it is in `events`, pages of
//! readers in `pages`, snapshots in `snapshot`.

use super::message::{Memory, MessageMeta, ReaderEntry, Summary};
use super::receipts::Entry;
use super::roster::Roster;
use super::segment::Segment;
use super::unread::Unread;
use crate::model::{GroupId, GroupKind, Ordinal, Position, Seq, TimeMs, UserId};
use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hasher as _};

/// The state of a conversation, as of a position of its log.
#[derive(Clone, Debug, Default)]
pub struct Conversation {
    pub(super) applied: Position,
    pub(super) head: Head,
    pub(super) roster: Roster,
    /// By first seq, without gaps between them.
    pub(super) segments: BTreeMap<Seq, Segment>,
    /// Hash of a live message's id, and its seq: a third of what the ids themselves would take.
    pub(super) ids: BTreeSet<(u64, Seq)>,
    pub(super) unread: Unread,
    /// The last live message that counts as one; 0: none.
    pub(super) last_message: Seq,
    /// The position of the last event that changed anything.
    pub(super) last_change: Position,
    /// The highest position that changed receipts.
    pub(super) receipts_change: Position,
    /// Segments that are gone, and still in the snapshot.
    pub(super) removed: Vec<Seq>,
    /// Anything changed since the last roll-up.
    pub(super) dirty: bool,
}

/// What there is once a conversation.
#[derive(Clone, Debug, Default)]
pub(super) struct Head {
    pub(super) exists: bool,
    pub(super) kind: Option<GroupKind>,
    pub(super) group: Option<GroupId>,
    pub(super) name: String,
    pub(super) creator: Option<UserId>,
    pub(super) created_ms: TimeMs,
    pub(super) dismissed: bool,
    pub(super) last_seq: Seq,
    /// Messages that ever counted as unread.
    pub(super) counted: u32,
    /// Of the latest message: times never go back in a conversation.
    pub(super) last_ms: TimeMs,
    /// The position of the last event that changed any of this, or the roster.
    pub(super) changed: Position,
    /// Not in a snapshot as it is now.
    pub(super) dirty: bool,
}

/// What ids are indexed by. Not stored, so it may be another one in another release.
pub(super) fn id_hash(id: &str) -> u64 {
    let mut hash = DefaultHasher::new();
    hash.write(id.as_bytes());
    hash.finish()
}

impl Conversation {
    /// Before the first event.
    pub fn new() -> Self {
        Self::default()
    }

    /// The highest position applied.
    pub fn applied(&self) -> Position {
        self.applied
    }

    /// The position of the last event that changed anything.
    pub fn last_change(&self) -> Position {
        self.last_change
    }

    /// Whether `Created` was applied.
    pub fn exists(&self) -> bool {
        self.head.exists
    }

    /// The kind of group; `None`: C2C, or not created.
    pub fn kind(&self) -> Option<GroupKind> {
        self.head.kind
    }

    /// The group; `None`: C2C, or not created.
    pub fn group_id(&self) -> Option<&GroupId> {
        self.head.group.as_ref()
    }

    /// The group's name; may be empty.
    pub fn name(&self) -> &str {
        &self.head.name
    }

    /// When it was created.
    pub fn created_ms(&self) -> TimeMs {
        self.head.created_ms
    }

    /// Who created it; `None` if nobody did (C2C, R19), or who did was erased.
    pub fn creator(&self) -> Option<&UserId> {
        self.head.creator.as_ref()
    }

    /// Whether the group has ended.
    pub fn is_dismissed(&self) -> bool {
        self.head.dismissed
    }

    /// Who is in it.
    pub fn roster(&self) -> &Roster {
        &self.roster
    }

    /// The highest seq ever given; 0: none.
    pub fn last_seq(&self) -> Seq {
        self.head.last_seq
    }

    /// Live messages are `first_live..=last_seq`.
    pub fn first_live(&self) -> Seq {
        self.segments.keys().next().copied().unwrap_or(self.head.last_seq.saturating_add(1))
    }

    /// The segment that holds this live message.
    pub(super) fn segment(&self, seq: Seq) -> Option<&Segment> {
        self.segments.range(..=seq).next_back().map(|(_, segment)| segment).filter(|segment| seq < segment.end())
    }

    pub(super) fn segment_mut(&mut self, seq: Seq) -> Option<&mut Segment> {
        self.segments.range_mut(..=seq).next_back().map(|(_, segment)| segment).filter(|segment| seq < segment.end())
    }

    /// A live message; a deleted one has `flags().deleted`.
    pub fn message(&self, seq: Seq) -> Option<&MessageMeta> {
        self.segment(seq)?.message(seq)
    }

    /// The live message with this id, deleted ones too.
    pub fn find(&self, id: &str) -> Option<Seq> {
        let hash = id_hash(id);
        let mut seqs = self.ids.range((hash, 0)..=(hash, Seq::MAX)).map(|(_, seq)| *seq);
        seqs.find(|seq| self.message(*seq).is_some_and(|message| message.id() == id))
    }

    /// Live messages that landed after `since`, ascending.
    pub fn messages_after(&self, since: Position) -> impl Iterator<Item = Seq> {
        let newer = |segment: &Segment| segment.messages().next_back().is_some_and(|(_, last)| last.position > since);
        let first = self.segments.iter().rev().take_while(|(_, segment)| newer(segment)).last().map(|(seq, _)| *seq);
        let segments = self.segments.range(first.unwrap_or(Seq::MAX)..);
        let messages = segments.flat_map(|(_, segment)| segment.messages());
        messages.skip_while(move |(_, message)| message.position <= since).map(|(seq, _)| seq)
    }

    /// Live messages of this sender, ascending, deleted ones too.
    pub fn sent_by(&self, sender: Ordinal) -> impl Iterator<Item = Seq> {
        let messages = self.segments.values().flat_map(Segment::messages);
        messages.filter(move |(_, message)| message.sender == sender).map(|(seq, _)| seq)
    }

    /// The last live message that counts as one: not for online users only, not excluded, not foreign, not deleted.
    pub fn last_message(&self) -> Option<Seq> {
        (self.last_message > 0).then_some(self.last_message)
    }

    /// The same, by looking.
    pub(super) fn find_last_message(&self) -> Seq {
        let mut messages = self.segments.values().rev().flat_map(|segment| segment.messages().rev());
        messages.find(|(_, message)| message.flags.can_be_last()).map_or(0, |(seq, _)| seq)
    }

    /// Whether this member may see the message in history: it is a member now, and was one when the message landed, or
    /// the group is a Meeting (R18). What messages are in history at all (flags) is not asked here.
    pub fn may_see(&self, who: Ordinal, seq: Seq) -> bool {
        self.roster.is_member(who)
            && self.message(seq).is_some_and(|message| {
                self.head.kind.is_some_and(GroupKind::shows_earlier_history)
                    || self.roster.was_member(message.version, who)
            })
    }

    /// O(1). `None`: no such live message, deleted, or without receipts.
    pub fn summary(&self, seq: Seq) -> Option<Summary> {
        let segment = self.segment(seq)?;
        let (message, receipts) = (segment.message(seq)?, segment.receipts(seq)?);
        let read = receipts.read();
        Some(Summary {
            read,
            unread: receipts.size.saturating_sub(read),
            last_change: receipts.last_change,
            first_reader: receipts.order().first().map(|entry| self.entry(message, 0, *entry)),
        })
    }

    pub(super) fn entry(&self, message: &MessageMeta, index: usize, entry: Entry) -> ReaderEntry {
        let erased = self.is_erased(entry.ordinal());
        let time_ms = message.time_ms.saturating_add(entry.after_ms() as i64);
        ReaderEntry { ordinal: entry.ordinal(), time_ms: if erased { 0 } else { time_ms }, index: index as u32, erased }
    }

    pub(super) fn is_erased(&self, who: Ordinal) -> bool {
        self.roster.member(who).is_none_or(|member| member.erased)
    }

    /// Whether the message is live and this one is in its audience (R7), with or without receipts, deleted or not.
    pub fn in_audience(&self, seq: Seq, who: Ordinal) -> bool {
        self.segment(seq).is_some_and(|segment| segment.in_audience(&self.roster, seq, who))
    }

    /// Whether this one's receipt is there.
    pub fn has_read(&self, seq: Seq, who: Ordinal) -> bool {
        self.segment(seq).and_then(|segment| segment.receipts(seq)).is_some_and(|receipts| receipts.has(who))
    }

    /// Readers in reading order, from this index on.
    pub fn readers(&self, seq: Seq, from: usize) -> impl Iterator<Item = ReaderEntry> {
        let found = self.segment(seq).and_then(|segment| Some((segment.message(seq)?, segment.receipts(seq)?)));
        found.into_iter().flat_map(move |(message, receipts)| {
            let entries = receipts.order().iter().enumerate().skip(from);
            entries.map(move |(index, entry)| self.entry(message, index, *entry))
        })
    }

    /// Messages of this sender whose receipts changed after `since`, ascending. One that nobody has read has not changed.
    pub fn receipts_changed_after(&self, sender: Ordinal, since: Position) -> impl Iterator<Item = Seq> {
        let first = if self.receipts_change > since { 0 } else { Seq::MAX };
        let segments = self.segments.range(first..).map(|(_, segment)| segment);
        segments.filter(move |segment| segment.receipts_change > since).flat_map(move |segment| {
            let changed = segment.all_receipts();
            let changed = changed.filter(move |(_, message, receipts)| {
                message.sender == sender && receipts.last_change > since && receipts.read() > 0
            });
            changed.map(|(seq, ..)| seq)
        })
    }

    /// Live messages deleted after `since`, ascending.
    pub fn deleted_after(&self, since: Position) -> impl Iterator<Item = Seq> {
        let segments = self.segments.values().filter(move |segment| segment.deleted_change > since);
        let messages = segments.flat_map(Segment::messages);
        messages.filter(move |(_, message)| message.flags.deleted && message.changed > since).map(|(seq, _)| seq)
    }

    /// Others' live messages after the own mark (and after joining) that count; recalled ones do not. 0 for who is no
    /// member.
    pub fn unread(&self, who: Ordinal) -> u32 {
        let Some(member) = self.roster.member(who).filter(|member| member.member) else { return 0 };
        let first = self.first_live();
        let after = member.mark.max(member.joined_seq).max(first.saturating_sub(1));
        if after >= self.head.last_seq {
            return 0;
        }
        // What counted up to `after`: of that message, or what the first live one counts less itself.
        let before = if after.saturating_add(1) == first {
            self.message(first).map(|message| message.counted.saturating_sub(u32::from(message.flags.counts())))
        } else {
            self.message(after).map(|message| message.counted)
        };
        let counted = self.head.counted.saturating_sub(before.unwrap_or(self.head.counted));
        counted.saturating_sub(self.unread.not_for(who, after))
    }

    /// Whether anything changed since the last roll-up.
    pub fn is_dirty(&self) -> bool {
        self.dirty
    }

    /// Bytes held in memory.
    pub fn memory(&self) -> Memory {
        let mut memory = Memory {
            messages: self.ids.len() * 24,
            receipts: 0,
            head: size_of::<Self>() + self.head.name.len() + self.roster.memory() + self.unread.memory(),
            message_count: self.ids.len(),
            receipt_count: self.segments.values().map(|segment| segment.receipt_count).sum(),
        };
        for segment in self.segments.values() {
            let (messages, receipts) = segment.memory();
            memory.messages += messages;
            memory.receipts += receipts;
        }
        memory
    }
}
