//! Members hear of changes of their group, batched, at most once a second (R25).

use super::Effect;
use super::book::{ConvIdx, UserIdx};
use super::conns::Push;
use super::hub::{Hub, Timer};
use crate::model::{ConvKey, Ordinal, Position, TimeMs, limits};
use crate::wire::{self, GroupChangeKind, frame};

/// The first notice waits this long for what belongs to it: a creation and its members land one after another.
const GATHER_MS: i64 = 20;
/// Members that one notice names; above, it carries the count only.
const NAMED: usize = 200;

/// What is to be told of a group.
pub(super) struct Notice {
    /// Not before this time.
    next: TimeMs,
    changes: Vec<(GroupChangeKind, Option<Ordinal>, Vec<Ordinal>)>,
    /// Members named in `changes`.
    named: usize,
    /// More happened than can be named.
    too_many: bool,
    /// Who left, and hears of it.
    gone: Vec<UserIdx>,
    pending: bool,
}

impl Hub {
    /// A group changed; its members are told when they may be.
    pub(super) fn note_group(
        &mut self,
        at: Position,
        conv: ConvIdx,
        kind: GroupChangeKind,
        by: Option<Ordinal>,
        who: &[Ordinal],
    ) {
        let now = self.now;
        let entry = self.book.conv(conv);
        let leaves = matches!(kind, GroupChangeKind::GroupChangeQuit | GroupChangeKind::GroupChangeKicked);
        let known = self.notices.contains_key(&conv);
        let notice = self.notices.entry(conv).or_insert_with(|| Notice {
            next: now.saturating_add(GATHER_MS),
            changes: Vec::new(),
            named: 0,
            too_many: false,
            gone: Vec::new(),
            pending: false,
        });
        if !known {
            self.timers.insert((notice.next, Timer::Notice(conv)));
        }
        if !notice.pending {
            notice.pending = true;
            // R12's rule for cursors holds for notices too: nobody's passes one that is held back.
            for (ordinal, _) in entry.fold.roster().members() {
                if let Some(user) = entry.user(ordinal) {
                    self.conns.hold(user, conv, at);
                }
            }
        }
        for user in who.iter().filter_map(|who| entry.user(*who)) {
            self.conns.hold(user, conv, at);
            if leaves {
                notice.gone.push(user);
            }
        }
        notice.named += who.len().max(1);
        if notice.named > NAMED {
            notice.too_many = true;
            notice.changes.clear();
        } else {
            notice.changes.push((kind, by, who.to_vec()));
        }
    }

    /// The time of a group's notice has come.
    pub(super) fn notice_due(&mut self, conv: ConvIdx, out: &mut Vec<Effect>) {
        let Some(notice) = self.notices.get_mut(&conv) else { return };
        if !notice.pending {
            self.notices.remove(&conv);
            return;
        }
        notice.pending = false;
        notice.named = 0;
        notice.next = self.now.saturating_add(limits::GROUP_NOTICE_EVERY_MS);
        let (changes, gone) = (std::mem::take(&mut notice.changes), std::mem::take(&mut notice.gone));
        let too_many = std::mem::replace(&mut notice.too_many, false);
        self.timers.insert((notice.next, Timer::Notice(conv)));

        let entry = self.book.conv(conv);
        let Some(ConvKey::Group(group)) = &entry.key else { return };
        let members = entry.fold.roster().count();
        let changes = if too_many || members as usize > limits::GROUP_NOTICE_MEMBERS {
            Vec::new()
        } else {
            changes.into_iter().map(|(kind, by, who)| self.group_change(conv, kind, by, &who)).collect()
        };
        let body = frame::Body::GroupChanges(wire::GroupChanges {
            group: group.as_str().to_owned(),
            changes,
            members,
            info: self.group_info(conv, None),
        });
        let mut told: Vec<UserIdx> = entry.fold.roster().members().filter_map(|(who, _)| entry.user(who)).collect();
        // Who left and is back hears it once.
        let mut gone: Vec<UserIdx> = gone
            .into_iter()
            .filter(|user| {
                self.book.users[*user as usize].conversations.get(&conv).is_none_or(|who| !entry.is_member(*who))
            })
            .collect();
        gone.sort_unstable();
        gone.dedup();
        told.append(&mut gone);
        let mut push = Push::new(self.book.head, body);
        for user in told {
            self.conns.release(user, conv);
            self.conns.push(user, None, &mut push, out);
        }
    }

    fn group_change(
        &self,
        conv: ConvIdx,
        kind: GroupChangeKind,
        by: Option<Ordinal>,
        who: &[Ordinal],
    ) -> wire::GroupChange {
        let roster = self.book.conv(conv).fold.roster();
        let members = who
            .iter()
            .filter_map(|who| roster.member(*who).and_then(|member| self.member(conv, *who, member)))
            .collect();
        wire::GroupChange { kind: kind as i32, operator: self.user_id(conv, by), members }
    }

    /// Groups with something to tell, in their order.
    pub(super) fn pending_notices(&self) -> Vec<ConvIdx> {
        let mut pending: Vec<ConvIdx> =
            self.notices.iter().filter(|(_, notice)| notice.pending).map(|(conv, _)| *conv).collect();
        pending.sort_unstable();
        pending
    }
}
