//! How events change a conversation. Each is a proposal: it is accepted or voided from the state at its position, so a
//! send that lost the race against a kick is settled alike on every replica (DESIGN.md). Who may do what is R25.

use super::RULES;
use super::bitmap::Bitmap;
use super::conversation::{Conversation, id_hash};
use super::journal::{self, event::Body};
use super::message::{MessageFlags, MessageMeta};
use super::outcome::{Change, Outcome, ReadOutcome};
use super::receipts::Receipts;
use super::segment::Segment;
use crate::model::{
    Error, ErrorCode, GroupId, GroupKind, MessageId, Ordinal, Position, Result, Role, Seq, TimeMs, UserId, limits,
};
use std::collections::BTreeSet;

/// 10007, with who wanted what.
fn denied(message: impl Into<String>) -> Error {
    Error::new(ErrorCode::PermissionDenied, message)
}

fn conflict(message: impl Into<String>) -> Error {
    Error::new(ErrorCode::Conflict, message)
}

fn no_message(seq: Seq) -> Error {
    Error::new(ErrorCode::NoReceipts, format!("message {seq} is not known"))
}

impl Conversation {
    /// Applies the event that landed at `at`. `reads` is cleared, and filled for `Read` events only: one entry a seq, in
    /// the order of the event. Allocates nothing per receipt.
    pub fn apply(&mut self, at: Position, event: &journal::Event, reads: &mut Vec<(Seq, ReadOutcome)>) -> Outcome {
        reads.clear();
        if at <= self.applied {
            return Outcome::Old;
        }
        let now_ms = event.time_ms;
        let result = match &event.body {
            Some(Body::Rules(rules)) if rules.version == RULES => Ok(Change::Nothing),
            Some(Body::Rules(rules)) => {
                return Outcome::Unsupported(format!("rules version {}; this program knows {RULES}", rules.version));
            }
            Some(Body::Created(created)) => self.created(now_ms, created),
            Some(Body::Joined(joined)) => self.joined(now_ms, joined),
            Some(Body::Left(left)) => self.left(left),
            Some(Body::RoleSet(set)) => self.role_set(set),
            Some(Body::Dismissed(dismissed)) => self.dismissed(dismissed),
            Some(Body::Sent(sent)) => self.sent(at, now_ms, sent),
            Some(Body::Marked(marked)) => self.marked(at, now_ms, marked),
            Some(Body::Expired(expired)) => Ok(self.expired(expired)),
            Some(Body::Erased(erased)) => Ok(self.erased(at, erased.ordinal)),
            Some(Body::Read(read)) => self.read(at, now_ms, read, reads),
            Some(Body::Requested(requested)) => self.requested(at, requested),
            Some(Body::Deleted(deleted)) => self.deleted(at, deleted),
            _ => return Outcome::Unsupported("an event that has no place in a conversation's log".into()),
        };
        self.applied = at;
        let change = match result {
            Ok(change) => change,
            Err(error) => return Outcome::Void(error),
        };
        let (changed, head) = match &change {
            Change::Nothing | Change::Sent { repeat: true, .. } | Change::Marked { moved: false, .. } => (false, false),
            Change::Read { .. } => (reads.iter().any(|(_, outcome)| *outcome == ReadOutcome::New), false),
            Change::Requested { .. } | Change::Deleted { .. } => (true, false),
            _ => (true, true),
        };
        if changed {
            self.last_change = at;
            self.dirty = true;
            if head {
                self.head.changed = at;
                self.head.dirty = true;
            }
        }
        Outcome::Applied(change)
    }

    /// 10010 unless it is there and has not ended.
    fn alive(&self) -> Result<()> {
        let what = match (self.head.exists, self.head.dismissed) {
            (true, false) => return Ok(()),
            (true, true) => "was dismissed",
            (false, _) => "does not exist",
        };
        let group = self.head.group.as_ref().map_or_else(String::new, |group| format!(" {group:?}"));
        Err(Error::new(ErrorCode::GroupMissing, format!("the group{group} {what}")))
    }

    /// The kind of group; 10007 in C2C, where nobody joins, leaves or rules.
    fn group_kind(&self) -> Result<GroupKind> {
        self.alive()?;
        self.head.kind.ok_or_else(|| denied("nobody joins, leaves or manages a C2C conversation"))
    }

    fn created(&mut self, now_ms: TimeMs, created: &journal::Created) -> Result<Change> {
        let kind = match created.kind {
            0 => None,
            number => Some(GroupKind::from_number(number).ok_or_else(|| {
                Error::invalid(format!("the group kind {number} is unknown; 1 to {} are kinds", GroupKind::ALL.len()))
            })?),
        };
        let group = kind.map(|_| GroupId::new(&created.group)).transpose()?;
        let creator = (!created.creator.is_empty()).then(|| UserId::new(&created.creator)).transpose()?;
        if created.name.len() > limits::GROUP_NAME_BYTES {
            let (len, max) = (created.name.len(), limits::GROUP_NAME_BYTES);
            return Err(Error::invalid(format!("the group's name has {len} bytes; at most {max} are allowed")));
        }
        if self.head.exists {
            // R25: a repeat by its creator with the same kind succeeds.
            let same = (&kind, &group, &creator) == (&self.head.kind, &self.head.group, &self.head.creator);
            return match kind {
                None if self.head.kind.is_none() => Ok(Change::Nothing),
                Some(_) if same && !self.head.dismissed => Ok(Change::Nothing),
                _ => Err(conflict(format!("the group id {:?} is in use, or was: take another", created.group))),
            };
        }
        self.head.exists = true;
        self.head.kind = kind;
        self.head.group = group;
        self.head.name.clone_from(&created.name);
        self.head.creator = creator;
        self.head.created_ms = now_ms;
        Ok(Change::Created)
    }

    fn joined(&mut self, now_ms: TimeMs, joined: &journal::Joined) -> Result<Change> {
        self.alive()?;
        let users = joined.users.iter().map(UserId::new).collect::<Result<Vec<_>>>()?;
        let known = |user: &UserId| self.roster.ordinal(user.as_str());
        let missing: Vec<&UserId> = users
            .iter()
            .filter(|user| match known(user) {
                Some(ordinal) => !joined.guest && !self.roster.is_member(ordinal),
                None => true,
            })
            .collect();
        if missing.is_empty() {
            return Ok(Change::Nothing);
        }
        if self.roster.ordinals() + missing.len() > super::roster::ORDINALS {
            return Err(denied("this conversation has had as many members as it can number"));
        }
        let first = if self.head.kind.is_none() {
            // The first names both users and decides who they are.
            let pair = !self.roster.had_members() && users.len() <= 2 && users.is_sorted_by(|a, b| a < b);
            if !pair || joined.guest {
                return Err(denied(format!("{:?} is none of the two users of this conversation", missing[0])));
            }
            false
        } else if joined.guest {
            false
        } else {
            self.may_join(joined, &users, &missing)?
        };
        let mut ordinals = Vec::with_capacity(missing.len());
        for user in &users {
            let new = self.roster.ordinal(user.as_str()).is_none();
            let Some(ordinal) = self.roster.give_ordinal(user) else { continue };
            let role = if first && self.head.creator.as_ref() == Some(user) { Role::Owner } else { Role::Member };
            if joined.guest {
                if new && let Some(member) = self.roster.member_mut(ordinal) {
                    member.guest = true;
                    ordinals.push(ordinal);
                }
            } else if !self.roster.is_member(ordinal) {
                self.roster.join(ordinal, role, now_ms, self.head.last_seq);
                ordinals.push(ordinal);
            }
        }
        Ok(Change::Joined(ordinals))
    }

    /// Whether these may join a group; true if it is the creator's own joining, which may bring the first members.
    fn may_join(&self, joined: &journal::Joined, users: &[UserId], missing: &[&UserId]) -> Result<bool> {
        let kind = self.group_kind()?;
        let role = match joined.role {
            0 => Role::Member,
            number => Role::from_number(number).unwrap_or(Role::Admin),
        };
        if role == Role::Admin {
            let what = "members join with role 200, the creator with 400";
            return Err(Error::invalid(format!("the role {} is not one to join with; {what}", joined.role)));
        }
        let by_creator = !users.is_empty() && users.first() == self.head.creator.as_ref();
        match joined.by.checked_sub(1) {
            None if by_creator && !self.roster.had_members() => Ok(role == Role::Owner),
            None if role == Role::Owner => {
                Err(denied(format!("{:?} cannot join as the owner: the group has begun", missing[0])))
            }
            None if kind.anyone_joins() => Ok(false),
            None => Err(denied(format!("{:?} cannot join a {} group; its members invite", missing[0], kind.name()))),
            Some(by) if role == Role::Member && !kind.anyone_joins() && self.roster.is_member(by) => Ok(false),
            Some(_) if kind.anyone_joins() => {
                Err(denied(format!("nobody is invited to a {} group; {:?} may join", kind.name(), missing[0])))
            }
            Some(_) => Err(denied(format!("only a member may invite {:?}", missing[0]))),
        }
    }

    /// What this one may do; 10007 if it is no member.
    fn role(&self, who: Ordinal) -> Result<Role> {
        let member = self.roster.member(who).filter(|member| member.member);
        member.map(|member| member.role).ok_or_else(|| denied(format!("member {who} is not in this conversation")))
    }

    fn left(&mut self, left: &journal::Left) -> Result<Change> {
        let kind = self.group_kind()?;
        let mut seen = BTreeSet::new();
        let gone = left.ordinals.iter().copied().filter(|who| self.roster.is_member(*who) && seen.insert(*who));
        let gone: Vec<Ordinal> = gone.collect();
        if gone.is_empty() {
            return Ok(Change::Nothing);
        }
        match left.by.checked_sub(1) {
            None if kind != GroupKind::Work && self.roster.owner().is_some_and(|owner| gone.contains(&owner)) => {
                return Err(denied(format!("the owner cannot quit a {} group; it may dismiss it", kind.name())));
            }
            None => {}
            Some(by) => {
                let role = self.role(by)?;
                if role == Role::Member {
                    return Err(denied(format!("member {by} cannot kick; owner and admins can")));
                }
                for ordinal in &gone {
                    if self.role(*ordinal)? >= role {
                        return Err(denied(format!("member {by} cannot kick member {ordinal}, who is no lower")));
                    }
                }
            }
        }
        for ordinal in &gone {
            self.roster.leave(*ordinal, self.head.last_seq);
        }
        Ok(Change::Left(gone))
    }

    fn role_set(&mut self, set: &journal::RoleSet) -> Result<Change> {
        self.group_kind()?;
        let role = Role::from_number(set.role).filter(|role| *role != Role::Owner).ok_or_else(|| {
            Error::invalid(format!("the role {} cannot be set; 200 (member) and 300 (admin) can", set.role))
        })?;
        if let Some(by) = set.by.checked_sub(1)
            && self.role(by)? != Role::Owner
        {
            return Err(denied(format!("member {by} cannot set roles; the owner can")));
        }
        match self.role(set.ordinal)? {
            Role::Owner => Err(denied("the owner's role cannot be set")),
            old if old == role => Ok(Change::Nothing),
            _ => {
                if let Some(member) = self.roster.member_mut(set.ordinal) {
                    member.role = role;
                }
                Ok(Change::RoleSet(set.ordinal))
            }
        }
    }

    fn dismissed(&mut self, dismissed: &journal::Dismissed) -> Result<Change> {
        self.group_kind()?;
        if let Some(by) = dismissed.by.checked_sub(1)
            && self.role(by)? != Role::Owner
        {
            return Err(denied(format!("member {by} cannot dismiss this group; the owner can")));
        }
        self.head.dismissed = true;
        Ok(Change::Dismissed)
    }

    fn sent(&mut self, at: Position, now_ms: TimeMs, sent: &journal::Sent) -> Result<Change> {
        // What is there already is answered first: a repeat succeeds, whatever happened since (R16).
        if let Some(seq) = self.find(&sent.id) {
            let same = self.message(seq).is_some_and(|old| (old.sender, old.digest) == (sent.sender, sent.digest));
            return match same {
                true => Ok(Change::Sent { seq, repeat: true }),
                false => Err(conflict(format!("the message id {:?} is in use, by another message", sent.id))),
            };
        }
        self.alive()?;
        let sender = self.roster.member(sent.sender).filter(|sender| !sender.erased);
        if !sender.is_some_and(|sender| sender.member || (sent.foreign && sender.guest)) {
            return Err(denied(format!("member {} is not in this conversation, and cannot send to it", sent.sender)));
        }
        let id = MessageId::new(&sent.id)?;
        let own_ms = if sent.foreign && sent.time_ms > 0 { Some(sent.time_ms.min(now_ms)) } else { None };
        let time_ms = own_ms.unwrap_or(now_ms.max(self.head.last_ms));
        let flags = MessageFlags {
            need_receipt: sent.need_receipt,
            online_only: sent.online_only,
            exclude_unread: sent.exclude_unread,
            exclude_last: sent.exclude_last,
            foreign: sent.foreign,
            deleted: false,
            downgrade: u8::try_from(sent.downgrade).unwrap_or(u8::MAX),
        };
        let outright = (!sent.audience.is_empty()).then(|| self.outright(sent));
        let receipts = sent.need_receipt.then(|| {
            let size = match &outright {
                Some(bits) => bits.count(),
                None => self.roster.count() - u32::from(self.roster.is_member(sent.sender)),
            };
            Receipts::new(size, at)
        });
        let seq = self.head.last_seq + 1;
        if flags.counts() {
            self.head.counted = self.head.counted.saturating_add(1);
            self.unread.sent(sent.sender, seq);
        }
        let message = MessageMeta {
            id: id.as_str().into(),
            position: at,
            time_ms,
            digest: sent.digest,
            changed: at,
            sender: sent.sender,
            version: self.roster.version(),
            counted: self.head.counted,
            body_bytes: sent.body_bytes,
            priority: u8::try_from(sent.priority).unwrap_or(0),
            flags,
        };
        self.head.last_seq = seq;
        self.head.last_ms = if own_ms.is_none() { time_ms } else { self.head.last_ms };
        self.ids.insert((id_hash(&sent.id), seq));
        if flags.can_be_last() {
            self.last_message = seq;
        }
        let open = self.segments.last_key_value().filter(|(_, last)| !last.is_full()).map_or(seq, |(first, _)| *first);
        self.segments.entry(open).or_insert_with(|| Segment::new(seq)).push(message, outright, receipts);
        Ok(Change::Sent { seq, repeat: false })
    }

    /// An audience given outright (R19): those of it whom the roster knows, less the sender.
    fn outright(&self, sent: &journal::Sent) -> Bitmap {
        let mut bits = Bitmap::from_bytes(&sent.audience, self.roster.ordinals());
        let nobody: Vec<_> = bits.iter().filter(|who| *who == sent.sender || self.is_erased(*who)).collect();
        for ordinal in nobody {
            bits.set(ordinal, false);
        }
        bits
    }

    fn marked(&mut self, at: Position, now_ms: TimeMs, marked: &journal::Marked) -> Result<Change> {
        self.alive()?;
        let reader = marked.reader;
        let seq = marked.seq.min(self.head.last_seq);
        self.role(reader)?;
        let sent_ms = self.message(seq).map_or(TimeMs::MIN, |message| message.time_ms);
        let Some(member) = self.roster.member_mut(reader) else { return Ok(Change::Nothing) };
        let moved = seq > member.mark;
        // While the switch is off the peer sees nothing, then or later (R15): only a mark that goes forward shows.
        let shown = moved && !marked.silent;
        if moved {
            member.mark = seq;
            member.mark_position = at;
            self.unread.marked(reader, seq);
        }
        if shown {
            member.shown_mark = seq;
            member.shown_mark_ms = marked.time_ms.min(now_ms).max(sent_ms);
            member.shown_mark_position = at;
        }
        Ok(Change::Marked { reader, moved, shown })
    }

    /// R17: whole segments, of which every message is old enough by seq and by time; and what of the roster's past only
    /// they needed.
    fn expired(&mut self, expired: &journal::Expired) -> Change {
        let mut positions = Vec::new();
        while let Some(entry) = self.segments.first_entry() {
            let segment = entry.get();
            if segment.end() > expired.seq.saturating_add(1) || segment.last_ms > expired.cut_ms {
                break;
            }
            let (first, segment) = entry.remove_entry();
            for (seq, message) in segment.messages() {
                positions.push(message.position);
                self.ids.remove(&(id_hash(message.id()), seq));
            }
            self.removed.push(first);
        }
        let first = self.first_live();
        self.unread.expired(first);
        if self.last_message < first {
            self.last_message = 0;
        }
        let version = self.message(first).map_or(self.roster.version(), |message| message.version);
        let segments = &self.segments;
        let forgot = self.roster.forget_before(version, || {
            let mut kept = Bitmap::default();
            for segment in segments.values() {
                segment.messages().for_each(|(_, message)| kept.set(message.sender, true));
                segment.all_outright().flat_map(Bitmap::iter).for_each(|who| kept.set(who, true));
            }
            kept
        });
        if positions.is_empty() && !forgot { Change::Nothing } else { Change::Expired { positions } }
    }

    fn erased(&mut self, at: Position, ordinal: Ordinal) -> Change {
        if self.is_erased(ordinal) {
            return Change::Nothing;
        }
        let user = self.roster.member(ordinal).and_then(|member| member.user.clone());
        if user.is_some() && user == self.head.creator {
            self.head.creator = None;
        }
        self.roster.leave(ordinal, self.head.last_seq);
        self.roster.erase(ordinal);
        // In C2C a summary shows the peer's time; in a group it is two counts, which stay.
        let told = self.head.kind.is_none();
        for segment in self.segments.values_mut() {
            segment.forget_times(ordinal, at, told);
            self.receipts_change = self.receipts_change.max(segment.receipts_change);
        }
        Change::Erased(ordinal)
    }

    fn read(
        &mut self,
        at: Position,
        now_ms: TimeMs,
        read: &journal::Read,
        reads: &mut Vec<(Seq, ReadOutcome)>,
    ) -> Result<Change> {
        let (runs, counts, times) = (read.first.len(), read.count.len(), read.time_ms.len());
        if runs != counts || runs != times {
            return Err(Error::invalid(format!("a report of {runs} runs with {counts} counts and {times} times")));
        }
        let total: u64 = read.count.iter().map(|count| u64::from(*count)).sum();
        if total > limits::REFS_PER_REQUEST as u64 {
            let max = limits::REFS_PER_REQUEST;
            return Err(Error::invalid(format!("a report of {total} messages; at most {max} are allowed")));
        }
        let known = self.roster.member(read.reader).is_some();
        let allowed = known && !self.is_erased(read.reader) && !self.head.dismissed;
        for ((first, count), time_ms) in read.first.iter().zip(&read.count).zip(&read.time_ms) {
            // By number, not by seq: at the end of all seqs there must still be one entry each.
            let (mut done, count) = (0, u64::from(*count));
            while done < count {
                let seq = first.saturating_add(done);
                let segment = self.segments.range_mut(..=seq).next_back().map(|(_, segment)| segment);
                let Some(segment) = segment.filter(|segment| seq < segment.end() && known) else {
                    reads.push((seq, ReadOutcome::Unknown));
                    done += 1;
                    continue;
                };
                // A run rarely leaves the segment it began in.
                let stop = count.min(segment.end() - first);
                for seq in seq..first + stop {
                    let outcome = match allowed {
                        true => segment.read(&self.roster, seq, read.reader, *time_ms, now_ms, at),
                        false => None,
                    };
                    let outcome = match outcome {
                        None => ReadOutcome::Dropped,
                        Some(false) => ReadOutcome::Repeat,
                        Some(true) => ReadOutcome::New,
                    };
                    if outcome == ReadOutcome::New {
                        self.receipts_change = at;
                    }
                    reads.push((seq, outcome));
                }
                done = stop;
            }
        }
        Ok(Change::Read { reader: read.reader })
    }

    fn requested(&mut self, at: Position, requested: &journal::Requested) -> Result<Change> {
        self.alive()?;
        let seq = requested.seq;
        let (sender, flags) = match self.message(seq) {
            Some(message) if !message.flags.deleted => (message.sender, message.flags),
            _ => return Err(no_message(seq)),
        };
        if sender != requested.by {
            return Err(denied(format!("member {} did not send message {seq}", requested.by)));
        }
        if flags.need_receipt {
            return Ok(Change::Nothing);
        }
        let Some(segment) = self.segments.range_mut(..=seq).next_back().map(|(_, segment)| segment) else {
            return Err(no_message(seq));
        };
        // The audience stays that of the message's position (R1).
        let size = segment.audience_words(&self.roster, seq, 0).iter().map(|word| word.count_ones()).sum();
        segment.add_receipts(seq, Receipts::new(size, at));
        if let Some(message) = segment.message_mut(seq) {
            message.flags.need_receipt = true;
            message.changed = at;
        }
        self.receipts_change = at;
        Ok(Change::Requested { seq })
    }

    fn deleted(&mut self, at: Position, deleted: &journal::Deleted) -> Result<Change> {
        let seq = deleted.seq;
        if deleted.by > 0 {
            self.alive()?;
        }
        let Some((sender, flags)) = self.message(seq).map(|message| (message.sender, message.flags)) else {
            return Err(no_message(seq));
        };
        if let Some(by) = deleted.by.checked_sub(1)
            && self.role(by)? == Role::Member
            && sender != by
        {
            return Err(denied(format!("member {by} cannot recall message {seq}; its sender, owner and admins can")));
        }
        if flags.deleted {
            return Ok(Change::Nothing);
        }
        if flags.counts() {
            self.unread.recall(sender, seq);
        }
        if let Some(segment) = self.segment_mut(seq) {
            segment.end_receipts(seq);
            segment.deleted_change = at;
            if let Some(message) = segment.message_mut(seq) {
                message.flags.deleted = true;
                message.body_bytes = 0;
                message.changed = at;
            }
        }
        if self.last_message == seq {
            self.last_message = self.find_last_message();
        }
        Ok(Change::Deleted { seq })
    }
}
