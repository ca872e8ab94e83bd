//! The fold of a conversation's log.

use super::journal;
use super::{Memory, MessageMeta, Outcome, ReadOutcome, ReaderEntry, Roster, Summary};
use crate::model::{GroupId, GroupKind, MemberFilter, Ordinal, Position, Result, Seq, TimeMs, UserId};

/// The state of a conversation, as of a position of its log.
#[derive(Clone, Debug, Default)]
pub struct Conversation {
    roster: Roster,
}

#[allow(unused_variables)] // PLACEHOLDER: bodies follow
impl Conversation {
    /// Before the first event.
    pub fn new() -> Self {
        Self::default()
    }

    /// Applies the event that landed at `at`. `reads` is cleared, and filled for `Read` events only: one entry a seq, in
    /// the order of the event. Allocates nothing per receipt.
    pub fn apply(&mut self, at: Position, event: &journal::Event, reads: &mut Vec<(Seq, ReadOutcome)>) -> Outcome {
        Outcome::Unsupported(String::new())
    }

    /// The highest position applied.
    pub fn applied(&self) -> Position {
        0
    }

    /// The position of the last event that changed anything.
    pub fn last_change(&self) -> Position {
        0
    }

    /// Whether `Created` was applied.
    pub fn exists(&self) -> bool {
        false
    }

    /// The kind of group; `None`: C2C, or not created.
    pub fn kind(&self) -> Option<GroupKind> {
        None
    }

    /// The group; `None`: C2C, or not created.
    pub fn group_id(&self) -> Option<&GroupId> {
        None
    }

    /// The group's name; may be empty.
    pub fn name(&self) -> &str {
        ""
    }

    /// When it was created.
    pub fn created_ms(&self) -> TimeMs {
        0
    }

    /// Who created it; `None` if nobody did (C2C, R19), or who did was erased.
    pub fn creator(&self) -> Option<&UserId> {
        None
    }

    /// Whether the group has ended.
    pub fn is_dismissed(&self) -> bool {
        false
    }

    /// Who is in it.
    pub fn roster(&self) -> &Roster {
        &self.roster
    }

    /// The highest seq ever given; 0: none.
    pub fn last_seq(&self) -> Seq {
        0
    }

    /// Live messages are `first_live..=last_seq`.
    pub fn first_live(&self) -> Seq {
        1
    }

    /// A live message; a deleted one has `flags().deleted`.
    pub fn message(&self, seq: Seq) -> Option<&MessageMeta> {
        None
    }

    /// The live message with this id, deleted ones too.
    pub fn find(&self, id: &str) -> Option<Seq> {
        None
    }

    /// Live messages that landed after `since`, ascending.
    pub fn messages_after(&self, since: Position) -> impl Iterator<Item = Seq> {
        std::iter::empty()
    }

    /// Live messages of this sender, ascending, deleted ones too.
    pub fn sent_by(&self, sender: Ordinal) -> impl Iterator<Item = Seq> {
        std::iter::empty()
    }

    /// The last live message that counts as one: not for online users only, not excluded, not foreign, not deleted.
    pub fn last_message(&self) -> Option<Seq> {
        None
    }

    /// Whether this member may see the message in history: it is a member now, and was one when the message landed, or
    /// the group is a Meeting (R18). What messages are in history at all (flags) is not asked here.
    pub fn may_see(&self, who: Ordinal, seq: Seq) -> bool {
        false
    }

    /// O(1). `None`: no such live message, deleted, or without receipts.
    pub fn summary(&self, seq: Seq) -> Option<Summary> {
        None
    }

    /// Whether the message is live and this one is in its audience (R7), with or without receipts.
    pub fn in_audience(&self, seq: Seq, who: Ordinal) -> bool {
        false
    }

    /// Whether this one's receipt is there.
    pub fn has_read(&self, seq: Seq, who: Ordinal) -> bool {
        false
    }

    /// Readers in reading order, from this index on.
    pub fn readers(&self, seq: Seq, from: usize) -> impl Iterator<Item = ReaderEntry> {
        std::iter::empty()
    }

    /// A page of R11. `next` is 0 or what the last page gave. Pushes into `out` at most `count` (1 to 100) entries,
    /// without erased members, and gives the next `next` (0: finished).
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
        Ok(0)
    }

    /// Messages of this sender whose receipts changed after `since`, ascending.
    pub fn receipts_changed_after(&self, sender: Ordinal, since: Position) -> impl Iterator<Item = Seq> {
        std::iter::empty()
    }

    /// Live messages deleted after `since`, ascending.
    pub fn deleted_after(&self, since: Position) -> impl Iterator<Item = Seq> {
        std::iter::empty()
    }

    /// Others' messages after the own mark (and after joining) that count; recalled ones do not. 0 for who is no member.
    pub fn unread(&self, who: Ordinal) -> u32 {
        0
    }

    /// Whether anything changed since the last roll-up.
    pub fn is_dirty(&self) -> bool {
        false
    }

    /// The parts that changed since the last call (or all): part number, and bytes or `None` to delete it. Part 0 is the
    /// head, part n the segment that begins at seq n. Together with the parts not given they are the state as of
    /// [`Conversation::applied`].
    pub fn roll_up(&mut self, all: bool) -> Vec<(u64, Option<Vec<u8>>)> {
        Vec::new()
    }

    /// From all parts, as of a position. The error says what is wrong with which part.
    pub fn restore(as_of: Position, parts: impl IntoIterator<Item = (u64, Vec<u8>)>) -> Result<Self, String> {
        Ok(Self::default())
    }

    /// Of the whole state: equal on any two replicas that applied the same positions, however they got there.
    pub fn state_hash(&self) -> u64 {
        0
    }

    /// Bytes held in memory.
    pub fn memory(&self) -> Memory {
        Memory::default()
    }
}
