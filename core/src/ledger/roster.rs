//! Who is in a conversation, and who was: members by ordinal, with their roles and marks.

use super::bitmap::Bitmap;
use super::history::History;
use crate::model::{Ordinal, Position, Role, Seq, TimeMs, UserId};
use std::collections::HashMap;

/// Ordinals below this are given: the history keeps one in 31 bits.
pub(crate) const ORDINALS: usize = 1 << 31;

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
    /// Its latest membership, in versions of the roster, and whether there was another before: so that nearly every
    /// question about the past is answered without the history.
    pub(crate) since: u32,
    pub(crate) until: u32,
    pub(crate) earlier: bool,
}

impl Member {
    /// One who is not a member yet.
    pub(crate) fn new(user: Option<UserId>) -> Self {
        Self {
            user,
            role: Role::Member,
            member: false,
            guest: false,
            erased: false,
            joined_ms: 0,
            joined_seq: 0,
            left_seq: 0,
            mark: 0,
            mark_position: 0,
            shown_mark: 0,
            shown_mark_ms: 0,
            shown_mark_position: 0,
            since: u32::MAX,
            until: u32::MAX,
            earlier: false,
        }
    }

    fn joins_at(&mut self, version: u32) {
        self.earlier = self.since != u32::MAX;
        self.since = version;
        self.until = u32::MAX;
    }
}

/// Who is in a conversation, and who was.
#[derive(Clone, Debug, Default)]
pub struct Roster {
    /// By ordinal; `None`: left long ago and forgotten, because nothing live refers to it.
    members: Vec<Option<Box<Member>>>,
    by_user: HashMap<UserId, Ordinal>,
    history: History,
    owner: Option<Ordinal>,
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
        self.history.now().iter().filter_map(|ordinal| Some((ordinal, self.member(ordinal)?)))
    }

    /// Also who left, guests, and the erased; by ordinal.
    pub fn everyone(&self) -> impl Iterator<Item = (Ordinal, &Member)> {
        (0..).zip(&self.members).filter_map(|(ordinal, member)| Some((ordinal, member.as_deref()?)))
    }

    /// How many are members now.
    pub fn count(&self) -> u32 {
        self.history.count()
    }

    /// Grows by one with everybody who joins or leaves.
    pub fn version(&self) -> u32 {
        self.history.version()
    }

    /// Who owns the group.
    pub fn owner(&self) -> Option<Ordinal> {
        self.owner
    }

    /// Ordinals given so far.
    pub(crate) fn ordinals(&self) -> usize {
        self.members.len()
    }

    /// Whether somebody ever was a member (guests never were).
    pub(crate) fn had_members(&self) -> bool {
        self.version() > 0
    }

    pub(crate) fn history(&self) -> &History {
        &self.history
    }

    pub(crate) fn slots(&self) -> &[Option<Box<Member>>] {
        &self.members
    }

    pub(crate) fn member_mut(&mut self, ordinal: Ordinal) -> Option<&mut Member> {
        self.members.get_mut(ordinal as usize)?.as_deref_mut()
    }

    /// Whether this one is a member now.
    pub(crate) fn is_member(&self, ordinal: Ordinal) -> bool {
        self.member(ordinal).is_some_and(|member| member.member)
    }

    /// Whether this one was a member at that version. O(1) but for who joined more than once.
    pub(crate) fn was_member(&self, version: u32, ordinal: Ordinal) -> bool {
        self.member(ordinal).is_some_and(|member| {
            if version >= member.since {
                version < member.until
            } else {
                member.earlier && self.history.was_member(version, ordinal)
            }
        })
    }

    /// The ordinal of this user, a new one if it has none; `None` if there are no more.
    pub(crate) fn give_ordinal(&mut self, user: &UserId) -> Option<Ordinal> {
        if let Some(ordinal) = self.by_user.get(user) {
            return Some(*ordinal);
        }
        if self.members.len() >= ORDINALS {
            return None;
        }
        let ordinal = self.members.len() as Ordinal;
        self.members.push(Some(Box::new(Member::new(Some(user.clone())))));
        self.by_user.insert(user.clone(), ordinal);
        Some(ordinal)
    }

    /// Makes it a member; the caller has seen that it is none.
    pub(crate) fn join(&mut self, ordinal: Ordinal, role: Role, now_ms: TimeMs, last_seq: Seq) {
        let version = self.history.version().saturating_add(1);
        let Some(member) = self.member_mut(ordinal) else { return };
        member.member = true;
        member.guest = false;
        member.role = role;
        member.joined_ms = now_ms;
        member.joined_seq = last_seq;
        member.joins_at(version);
        self.history.push(ordinal, true);
        if role == Role::Owner {
            self.owner = Some(ordinal);
        }
    }

    /// Ends its membership, if it is a member.
    pub(crate) fn leave(&mut self, ordinal: Ordinal, last_seq: Seq) {
        let version = self.history.version().saturating_add(1);
        let Some(member) = self.member_mut(ordinal) else { return };
        if !std::mem::take(&mut member.member) {
            return;
        }
        member.role = Role::Member;
        member.left_seq = last_seq;
        member.until = version;
        self.history.push(ordinal, false);
        if self.owner == Some(ordinal) {
            self.owner = None;
        }
    }

    /// Forgets who it was, and when it did what (R32). What counts needs stays: how far its marks went.
    pub(crate) fn erase(&mut self, ordinal: Ordinal) {
        let Some(member) = self.members.get_mut(ordinal as usize).and_then(|member| member.as_deref_mut()) else {
            return;
        };
        if let Some(user) = member.user.take() {
            self.by_user.remove(&user);
        }
        member.erased = true;
        member.joined_ms = 0;
        member.shown_mark_ms = 0;
    }

    /// Forgets what was before this version, and leavers whom nothing refers to: no membership since, and not `kept`.
    /// True if there was anything.
    pub(crate) fn forget_before(&mut self, version: u32, mut kept: impl FnMut() -> Bitmap) -> bool {
        let mut forgot = self.history.forget_before(version);
        let gone = |member: &Member| !member.member && (member.since == u32::MAX || member.until <= version);
        if self.everyone().any(|(_, member)| gone(member)) {
            let kept = kept();
            for (ordinal, slot) in (0..).zip(&mut self.members) {
                if slot.as_deref().is_some_and(gone) && !kept.get(ordinal) {
                    if let Some(user) = slot.take().and_then(|member| member.user) {
                        self.by_user.remove(&user);
                    }
                    forgot = true;
                }
            }
        }
        forgot
    }

    /// From a snapshot: the slots without what follows from the history.
    pub(crate) fn restore(members: Vec<Option<Box<Member>>>, history: History) -> Result<Self, String> {
        let mut roster = Self { members, by_user: HashMap::new(), owner: None, history };
        let mut version = roster.history.first_version();
        let at_first: Vec<_> = roster.history.base().iter().collect();
        for ordinal in at_first {
            let member = roster.member_mut(ordinal);
            member.ok_or(format!("the roster's history has ordinal {ordinal}, the roster has not"))?.joins_at(version);
        }
        let changes = roster.history.changes().to_vec();
        for change in changes {
            version += 1;
            let member = roster.members.get_mut((change >> 1) as usize).and_then(|member| member.as_deref_mut());
            let member =
                member.ok_or(format!("the roster's history has ordinal {}, the roster has not", change >> 1))?;
            if change & 1 == 1 {
                member.joins_at(version);
            } else {
                member.until = version;
            }
        }
        for (ordinal, slot) in (0..).zip(&roster.members) {
            let Some(member) = slot.as_deref() else { continue };
            if member.member != roster.history.now().get(ordinal) {
                return Err(format!("the roster and its history differ about whether ordinal {ordinal} is a member"));
            }
            if let Some(user) = &member.user
                && roster.by_user.insert(user.clone(), ordinal).is_some()
            {
                return Err(format!("ordinal {ordinal} of the roster is a user that has another ordinal too"));
            }
            if member.member && member.role == Role::Owner && roster.owner.replace(ordinal).is_some() {
                return Err(format!("the roster has two owners, one of them ordinal {ordinal}"));
            }
        }
        Ok(roster)
    }

    pub(crate) fn memory(&self) -> usize {
        let entries = self.members.iter().flatten();
        let users: usize = entries.map(|member| member.user.as_ref().map_or(0, |user| user.as_str().len() + 16)).sum();
        let slots = self.members.capacity() * size_of::<Option<Box<Member>>>();
        let members = self.members.iter().flatten().count() * size_of::<Member>();
        let index = self.by_user.capacity() * (size_of::<(UserId, Ordinal)>() + 1);
        users + slots + members + index + self.history.memory()
    }
}
