//! A conversation as bytes and back: part 0 is the head, part n the segment that begins at seq n. The bytes follow from
//! the state alone, however it was reached, so they are also what replicas compare.

use super::bitmap::Bitmap;
use super::conversation::{Conversation, Head, id_hash};
use super::history::History;
use super::journal::{HeadSnapshot, MemberRecord, MessageRecord, SegmentSnapshot};
use super::message::{MessageFlags, MessageMeta};
use super::receipts::Receipts;
use super::roster::{Member, ORDINALS, Roster};
use super::segment::Segment;
use super::{RULES, hash_parts};
use crate::model::{GroupId, GroupKind, MessageId, Position, Role, UserId, limits::NEXT_SEQ_END};
use prost::Message as _;
use std::collections::BTreeMap;

impl Conversation {
    /// The parts that changed since the last call (or all): part number, and bytes or `None` to delete it. Part 0 is the
    /// head, part n the segment that begins at seq n. Together with the parts not given they are the state as of
    /// [`Conversation::applied`].
    pub fn roll_up(&mut self, all: bool) -> Vec<(u64, Option<Vec<u8>>)> {
        let mut parts: Vec<_> = std::mem::take(&mut self.removed).into_iter().map(|first| (first, None)).collect();
        self.dirty = false;
        if std::mem::take(&mut self.head.dirty) || all {
            parts.push((0, Some(self.encode_head())));
        }
        for (first, segment) in &mut self.segments {
            if std::mem::take(&mut segment.dirty) || all {
                parts.push((*first, Some(encode_segment(segment))));
            }
        }
        parts
    }

    /// Of the whole state: equal on any two replicas that applied the same positions, however they got there.
    pub fn state_hash(&self) -> u64 {
        let segments = self.segments.iter().map(|(first, segment)| (*first, encode_segment(segment)));
        hash_parts(std::iter::once((0, self.encode_head())).chain(segments))
    }

    fn encode_head(&self) -> Vec<u8> {
        let (head, history) = (&self.head, self.roster.history());
        HeadSnapshot {
            rules: RULES,
            kind: head.kind.map_or(0, |kind| kind as u32),
            name: head.name.clone(),
            dismissed: head.dismissed,
            created_ms: head.created_ms,
            next_seq: head.last_seq + 1,
            expired_seq: self.first_live().saturating_sub(1),
            members: self.roster.slots().iter().map(|member| encode_member(member.as_deref())).collect(),
            changes: history.changes().to_vec(),
            last_change: head.changed,
            first_version: history.first_version(),
            first_members: history.base().to_bytes(),
            counted: head.counted,
            last_time_ms: head.last_ms,
            segments: self.segments.keys().copied().collect(),
            creator: head.creator.as_ref().map(ToString::to_string).unwrap_or_default(),
            group: head.group.as_ref().map(ToString::to_string).unwrap_or_default(),
            exists: head.exists,
        }
        .encode_to_vec()
    }

    /// From all parts, as of a position. The error says what is wrong with which part.
    pub fn restore(as_of: Position, parts: impl IntoIterator<Item = (u64, Vec<u8>)>) -> Result<Self, String> {
        let mut parts: BTreeMap<u64, Vec<u8>> = parts.into_iter().collect();
        let head = parts.remove(&0).ok_or("the snapshot has no part 0, the head")?;
        let head = HeadSnapshot::decode(head.as_slice()).map_err(|error| format!("part 0: {error}"))?;
        let mut conversation = decode_head(&head).map_err(|error| format!("part 0: {error}"))?;
        if !head.segments.iter().eq(parts.keys()) {
            let (named, found) = (head.segments, parts.keys().collect::<Vec<_>>());
            return Err(format!("part 0 names the segments {named:?}; the snapshot has {found:?}"));
        }
        let mut next = head.expired_seq.checked_add(1).ok_or("part 0: an expired seq beyond all")?;
        for (first, bytes) in parts {
            let segment = SegmentSnapshot::decode(bytes.as_slice()).map_err(|error| error.to_string());
            let segment = segment.and_then(|record| decode_segment(record, &conversation.roster));
            let segment = segment.map_err(|error| format!("part {first}: {error}"))?;
            if segment.first() != first || next != first {
                return Err(format!("part {first} begins at seq {}; {next} comes next", segment.first()));
            }
            next = segment.end();
            conversation.segments.insert(first, segment);
        }
        if next.checked_sub(1) != Some(conversation.head.last_seq) {
            return Err(format!("the messages end before seq {next}, the head says {}", head.next_seq));
        }
        conversation.index();
        conversation.applied = as_of.max(conversation.last_change);
        Ok(conversation)
    }

    /// What follows from the messages.
    fn index(&mut self) {
        self.last_change = self.head.changed;
        for segment in self.segments.values() {
            self.receipts_change = self.receipts_change.max(segment.receipts_change);
            self.last_change = self.last_change.max(segment.receipts_change);
            for (seq, message) in segment.messages() {
                self.last_change = self.last_change.max(message.changed);
                self.ids.insert((id_hash(message.id()), seq));
                if !message.flags.counts() {
                    continue;
                }
                let mark = self.roster.member(message.sender).map_or(0, |sender| sender.mark);
                if message.flags.deleted {
                    self.unread.recall(message.sender, seq);
                } else if seq > mark {
                    self.unread.sent(message.sender, seq);
                }
            }
        }
        self.last_message = self.find_last_message();
    }
}

fn decode_head(head: &HeadSnapshot) -> Result<Conversation, String> {
    if head.rules != RULES {
        return Err(format!("rules version {}; this program knows {RULES}", head.rules));
    }
    let members = head.members.iter().map(decode_member).collect::<Result<Vec<_>, String>>()?;
    let outside = |ordinal: usize| format!("the history has ordinal {ordinal}, the roster {}", members.len());
    if members.len() > ORDINALS {
        return Err(outside(members.len()));
    }
    if let Some(change) = head.changes.iter().find(|change| (**change >> 1) as usize >= members.len()) {
        return Err(outside((change >> 1) as usize));
    }
    let base = Bitmap::from_bytes(&head.first_members, members.len());
    let history = History::new(head.first_version, base, &head.changes)?;
    let kind = match head.kind {
        0 => None,
        number => Some(GroupKind::from_number(number).ok_or(format!("the group kind {number} is unknown"))?),
    };
    let text = |error: crate::model::Error| error.message;
    Ok(Conversation {
        head: Head {
            exists: head.exists,
            kind,
            group: kind.map(|_| GroupId::new(&head.group)).transpose().map_err(text)?,
            name: head.name.clone(),
            creator: (!head.creator.is_empty()).then(|| UserId::new(&head.creator)).transpose().map_err(text)?,
            created_ms: head.created_ms,
            dismissed: head.dismissed,
            last_seq: match head.next_seq {
                1..NEXT_SEQ_END => head.next_seq - 1,
                next => return Err(format!("the next seq is {next}; 1 to 2^53 - 1 can be")),
            },
            counted: head.counted,
            last_ms: head.last_time_ms,
            changed: head.last_change,
            dirty: false,
        },
        roster: Roster::restore(members, history)?,
        ..Conversation::default()
    })
}

/// A forgotten one is an empty record: nobody else has neither a name nor `erased`.
fn encode_member(member: Option<&Member>) -> MemberRecord {
    let Some(member) = member else { return MemberRecord::default() };
    MemberRecord {
        user: member.user.as_ref().map(ToString::to_string).unwrap_or_default(),
        role: if member.role == Role::Member { 0 } else { member.role as u32 },
        member: member.member,
        guest: member.guest,
        joined_ms: member.joined_ms,
        mark_seq: member.mark,
        shown_mark_seq: member.shown_mark,
        shown_mark_ms: member.shown_mark_ms,
        joined_seq: member.joined_seq,
        left_seq: member.left_seq,
        erased: member.erased,
        mark_position: member.mark_position,
        shown_mark_position: member.shown_mark_position,
    }
}

fn decode_member(record: &MemberRecord) -> Result<Option<Box<Member>>, String> {
    if record.user.is_empty() && !record.erased {
        return match *record == MemberRecord::default() {
            true => Ok(None),
            false => Err("a member without a name".into()),
        };
    }
    let user = match record.erased {
        true => None,
        false => Some(UserId::new(&record.user).map_err(|error| error.message)?),
    };
    let role = match record.role {
        0 => Role::Member,
        number => Role::from_number(number).ok_or(format!("the role {number} is unknown"))?,
    };
    Ok(Some(Box::new(Member {
        role,
        member: record.member,
        guest: record.guest,
        erased: record.erased,
        joined_ms: record.joined_ms,
        joined_seq: record.joined_seq,
        left_seq: record.left_seq,
        mark: record.mark_seq,
        mark_position: record.mark_position,
        shown_mark: record.shown_mark_seq,
        shown_mark_ms: record.shown_mark_ms,
        shown_mark_position: record.shown_mark_position,
        ..Member::new(user)
    })))
}

fn encode_segment(segment: &Segment) -> Vec<u8> {
    let messages = segment.messages().map(|(seq, message)| MessageRecord {
        id: message.id.to_string(),
        position: message.position,
        time_ms: message.time_ms,
        sender: message.sender,
        digest: message.digest,
        flags: message.flags.bits(),
        counted: message.counted,
        receipts: segment.receipts(seq).map(Receipts::encode),
        // Mostly nothing changes after landing.
        changed: if message.changed == message.position { 0 } else { message.changed },
        body_bytes: message.body_bytes,
        priority: u32::from(message.priority),
        version: message.version,
        outright: segment.outright(seq).is_some(),
        audience: segment.outright(seq).map(Bitmap::to_bytes).unwrap_or_default(),
    });
    SegmentSnapshot { first_seq: segment.first(), messages: messages.collect() }.encode_to_vec()
}

fn decode_segment(record: SegmentSnapshot, roster: &Roster) -> Result<Segment, String> {
    if record.messages.is_empty() || record.first_seq >= NEXT_SEQ_END {
        let count = record.messages.len();
        return Err(format!("{count} messages from seq {}; a segment has some, below 2^53", record.first_seq));
    }
    let mut segment = Segment::new(record.first_seq);
    let mut last = 0;
    let end = roster.ordinals();
    for record in record.messages {
        let id = MessageId::new(&record.id).map_err(|error| error.message)?;
        let fail = |error: String| format!("message {id}: {error}");
        if roster.member(record.sender).is_none() {
            return Err(fail(format!("the sender {} is not in the roster", record.sender)));
        }
        if record.version < roster.history().first_version() || record.version > roster.version() {
            return Err(fail(format!("version {} of the roster is not in its history", record.version)));
        }
        if record.position <= last {
            return Err(fail(format!("position {} after {last}", record.position)));
        }
        last = record.position;
        let seq = segment.end();
        let message = MessageMeta {
            id: id.as_str().into(),
            position: record.position,
            time_ms: record.time_ms,
            digest: record.digest,
            changed: if record.changed == 0 { record.position } else { record.changed },
            sender: record.sender,
            version: record.version,
            counted: record.counted,
            body_bytes: record.body_bytes,
            priority: u8::try_from(record.priority).unwrap_or(0),
            flags: MessageFlags::from_bits(record.flags),
        };
        let outright = record.outright.then(|| Bitmap::from_bytes(&record.audience, end));
        segment.push(message, outright, None);
        if let Some(receipts) = &record.receipts {
            let receipts = Receipts::decode(receipts, end, |who| segment.in_audience(roster, seq, who));
            segment.add_receipts(seq, receipts.map_err(fail)?);
        }
    }
    segment.dirty = false;
    Ok(segment)
}
