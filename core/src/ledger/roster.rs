//! Who is in a conversation.

use crate::model::{Ordinal, Position, Role, Seq, TimeMs, UserId};
use std::collections::HashMap;

/// Somebody who is or was in a conversation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Who; `None`: erased (R32).
    pub user: Option<UserId>,
    /// What it may do.
    pub role: Role,
    /// Whether it is a member now.
    pub member: bool,
    /// Named by a registered message only (R19): in audiences, no member.
    pub guest: bool,
    /// Erased (R32).
    pub erased: bool,
    /// When it joined, last; 0 for guests.
    pub joined_ms: TimeMs,
    /// The last seq before it joined, last.
    pub joined_seq: Seq,
    /// The last seq before it left, last.
    pub left_seq: Seq,
    /// Its own mark (R14).
    pub mark: Seq,
    /// Where that was set; 0: never.
    pub mark_position: Position,
    /// As far as its peer sees the mark (R15).
    pub shown_mark: Seq,
    /// When that was set; 0: never.
    pub shown_mark_ms: TimeMs,
    /// Where that was set; 0: never.
    pub shown_mark_position: Position,
}

/// Who is in a conversation, and who was.
#[derive(Clone, Debug, Default)]
pub struct Roster {
    members: Vec<Option<Box<Member>>>,
    by_user: HashMap<UserId, Ordinal>,
}

impl Roster {
    /// The ordinal of this user; also of one who left, not of one erased.
    pub fn ordinal(&self, user: &str) -> Option<Ordinal> {
        self.by_user.get(user).copied()
    }

    /// Whose ordinal this is.
    pub fn member(&self, ordinal: Ordinal) -> Option<&Member> {
        self.members.get(ordinal as usize)?.as_deref()
    }

    /// Who are members now, by ordinal.
    pub fn members(&self) -> impl Iterator<Item = (Ordinal, &Member)> {
        self.everyone().filter(|(_, member)| member.member)
    }

    /// Also who left, guests, and the erased; by ordinal.
    pub fn everyone(&self) -> impl Iterator<Item = (Ordinal, &Member)> {
        (0..).zip(&self.members).filter_map(|(ordinal, member)| Some((ordinal, member.as_deref()?)))
    }

    /// How many are members now.
    pub fn count(&self) -> u32 {
        0
    }

    /// Grows by one with everybody who joins or leaves.
    pub fn version(&self) -> u32 {
        0
    }

    /// Who owns the group.
    pub fn owner(&self) -> Option<Ordinal> {
        None
    }
}
