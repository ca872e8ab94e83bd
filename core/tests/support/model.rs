//! What a conversation must be, in plain sets: written from the rules, sharing no code with the ledger. Slow on purpose.

use seenby_core::ledger::journal::{Event, event::Body};
use seenby_core::ledger::{Change, ReadOutcome};
use std::collections::{BTreeMap, BTreeSet};

pub const WORK: u32 = 1;
pub const PUBLIC: u32 = 2;
pub const MEETING: u32 = 3;

/// Messages of a segment (limits::SEGMENT_MESSAGES); said again, so that a change of it is noticed.
const SEGMENT: usize = 256;

#[derive(Clone, Debug, PartialEq)]
pub struct Person {
    pub name: Option<String>,
    pub role: u32,
    pub erased: bool,
    pub guest: bool,
    pub mark: u64,
    pub shown: u64,
    pub shown_ms: i64,
    /// The last seq before joining.
    pub joined_seq: u64,
    /// The last seq before leaving.
    pub left_seq: u64,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Text {
    pub id: String,
    pub sender: u32,
    pub digest: u64,
    pub position: u64,
    pub time_ms: i64,
    pub receipts: bool,
    pub deleted: bool,
    pub counts: bool,
    pub can_be_last: bool,
    pub members: BTreeSet<u32>,
    pub audience: BTreeSet<u32>,
    /// In the order of acceptance, with times.
    pub readers: Vec<(u32, i64)>,
    /// Position of the last change of the receipts.
    pub changed: u64,
    pub deleted_at: u64,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Model {
    pub kind: u32,
    pub exists: bool,
    pub dismissed: bool,
    pub group: String,
    pub creator: String,
    pub people: Vec<Person>,
    pub members: BTreeSet<u32>,
    pub ever: bool,
    pub texts: BTreeMap<u64, Text>,
    pub last_seq: u64,
    pub last_ms: i64,
    pub segments: Vec<Vec<u64>>,
    /// Whom retention has forgotten.
    pub forgotten: BTreeSet<u32>,
}

/// What must come of an event: a number of an error, or a change and what became of each reported message.
pub type Verdict = Result<(Change, Vec<(u64, ReadOutcome)>), i32>;

impl Model {
    pub fn person(&self, who: u32) -> Option<&Person> {
        self.people.get(who as usize).filter(|_| !self.forgotten.contains(&who))
    }

    pub fn named(&self, name: &str) -> Option<u32> {
        let is = |who: &u32| self.person(*who).is_some_and(|person| person.name.as_deref() == Some(name));
        (0..self.people.len() as u32).find(is)
    }

    fn role(&self, who: u32) -> Result<u32, i32> {
        if self.members.contains(&who) { Ok(self.people[who as usize].role) } else { Err(10007) }
    }

    pub fn owner(&self) -> Option<u32> {
        self.members.iter().copied().find(|who| self.people[*who as usize].role == 400)
    }

    fn alive(&self) -> Result<(), i32> {
        if self.exists && !self.dismissed { Ok(()) } else { Err(10010) }
    }

    fn group(&self) -> Result<(), i32> {
        self.alive()?;
        if self.kind == 0 { Err(10007) } else { Ok(()) }
    }

    fn leave(&mut self, who: u32) {
        self.members.remove(&who);
        let person = &mut self.people[who as usize];
        person.role = 200;
        person.left_seq = self.last_seq;
    }

    pub fn apply(&mut self, at: u64, event: &Event) -> Verdict {
        let now = event.time_ms;
        let mut reads = Vec::new();
        let change = match event.body.as_ref().expect("a body") {
            Body::Created(created) => {
                if self.exists {
                    let same = self.kind == created.kind
                        && (self.kind == 0
                            || (self.group == created.group && self.creator == created.creator && !self.dismissed));
                    if same { Change::Nothing } else { return Err(10004) }
                } else {
                    self.exists = true;
                    self.kind = created.kind;
                    self.group = created.group.clone();
                    self.creator = created.creator.clone();
                    Change::Created
                }
            }
            Body::Joined(joined) => self.joined(joined)?,
            Body::Left(left) => {
                self.group()?;
                let mut gone: Vec<u32> =
                    left.ordinals.iter().copied().filter(|who| self.members.contains(who)).collect();
                let mut once = BTreeSet::new();
                gone.retain(|who| once.insert(*who));
                for who in &gone {
                    let role = self.role(*who)?;
                    let allowed = match left.by {
                        0 => role != 400 || self.kind == WORK,
                        by => self.role(by - 1)? > 200 && self.role(by - 1)? > role,
                    };
                    if !allowed {
                        return Err(10007);
                    }
                }
                for who in &gone {
                    self.leave(*who);
                }
                if gone.is_empty() { Change::Nothing } else { Change::Left(gone) }
            }
            Body::RoleSet(set) => {
                self.group()?;
                if set.role != 200 && set.role != 300 {
                    return Err(6017);
                }
                if set.by > 0 && self.role(set.by - 1)? != 400 {
                    return Err(10007);
                }
                match self.role(set.ordinal)? {
                    400 => return Err(10007),
                    role if role == set.role => Change::Nothing,
                    _ => {
                        self.people[set.ordinal as usize].role = set.role;
                        Change::RoleSet(set.ordinal)
                    }
                }
            }
            Body::Dismissed(dismissed) => {
                self.group()?;
                if dismissed.by > 0 && self.role(dismissed.by - 1)? != 400 {
                    return Err(10007);
                }
                self.dismissed = true;
                Change::Dismissed
            }
            Body::Sent(sent) => {
                if let Some((seq, old)) = self.texts.iter().find(|(_, text)| text.id == sent.id) {
                    if (old.sender, old.digest) != (sent.sender, sent.digest) {
                        return Err(10004);
                    }
                    return Ok((Change::Sent { seq: *seq, repeat: true }, reads));
                }
                self.alive()?;
                let guest = self.person(sent.sender).is_some_and(|person| person.guest && !person.erased);
                let may = self.members.contains(&sent.sender) || (sent.foreign && guest);
                if !may {
                    return Err(10007);
                }
                let mut audience = self.members.clone();
                if !sent.audience.is_empty() {
                    let bit =
                        |who: u32| sent.audience.get(who as usize / 8).is_some_and(|byte| byte >> (who % 8) & 1 == 1);
                    let known = |who: &u32| self.person(*who).is_some_and(|person| !person.erased);
                    audience = (0..self.people.len() as u32).filter(|who| bit(*who)).filter(known).collect();
                }
                audience.remove(&sent.sender);
                let time_ms = if sent.foreign && sent.time_ms > 0 {
                    sent.time_ms.min(now)
                } else {
                    self.last_ms = self.last_ms.max(now);
                    self.last_ms
                };
                self.last_seq += 1;
                let counts = !sent.online_only && !sent.exclude_unread && !sent.foreign;
                let text = Text {
                    id: sent.id.clone(),
                    sender: sent.sender,
                    digest: sent.digest,
                    position: at,
                    time_ms,
                    receipts: sent.need_receipt,
                    deleted: false,
                    counts,
                    can_be_last: !sent.online_only && !sent.exclude_last && !sent.foreign,
                    members: self.members.clone(),
                    audience,
                    readers: Vec::new(),
                    changed: at,
                    deleted_at: 0,
                };
                self.texts.insert(self.last_seq, text);
                match self.segments.last_mut() {
                    Some(last) if last.len() < SEGMENT => last.push(self.last_seq),
                    _ => self.segments.push(vec![self.last_seq]),
                }
                Change::Sent { seq: self.last_seq, repeat: false }
            }
            Body::Marked(marked) => {
                self.alive()?;
                self.role(marked.reader)?;
                let seq = marked.seq.min(self.last_seq);
                let lower = self.texts.get(&seq).map_or(i64::MIN, |text| text.time_ms);
                let person = &mut self.people[marked.reader as usize];
                let moved = seq > person.mark;
                let shown = moved && !marked.silent;
                if moved {
                    person.mark = seq;
                }
                if shown {
                    person.shown = seq;
                    person.shown_ms = marked.time_ms.min(now).max(lower);
                }
                Change::Marked { reader: marked.reader, moved, shown }
            }
            Body::Expired(expired) => self.expired(expired.seq, expired.cut_ms),
            Body::Erased(erased) => {
                let who = erased.ordinal;
                if self.person(who).is_none_or(|person| person.erased) {
                    Change::Nothing
                } else {
                    if self.members.contains(&who) {
                        self.leave(who);
                    }
                    let person = &mut self.people[who as usize];
                    person.erased = true;
                    person.shown_ms = 0;
                    if person.name.take().as_ref() == Some(&self.creator) {
                        self.creator.clear();
                    }
                    if self.kind == 0 {
                        for text in self.texts.values_mut().filter(|text| text.readers.iter().any(|(by, _)| *by == who))
                        {
                            text.changed = at;
                        }
                    }
                    Change::Erased(who)
                }
            }
            Body::Read(read) => {
                let total: u64 = read.count.iter().map(|count| u64::from(*count)).sum();
                if read.first.len() != read.count.len() || read.first.len() != read.time_ms.len() || total > 4096 {
                    return Err(6017);
                }
                for ((first, count), time_ms) in read.first.iter().zip(&read.count).zip(&read.time_ms) {
                    for step in 0..u64::from(*count) {
                        let seq = first.saturating_add(step);
                        reads.push((seq, self.receipt(at, now, read.reader, seq, *time_ms)));
                    }
                }
                Change::Read { reader: read.reader }
            }
            Body::Requested(requested) => {
                self.alive()?;
                let text = self.texts.get_mut(&requested.seq).filter(|text| !text.deleted).ok_or(10062)?;
                if text.sender != requested.by {
                    return Err(10007);
                }
                if text.receipts {
                    Change::Nothing
                } else {
                    text.receipts = true;
                    text.changed = at;
                    Change::Requested { seq: requested.seq }
                }
            }
            Body::Deleted(deleted) => {
                if deleted.by > 0 {
                    self.alive()?;
                }
                let sender = self.texts.get(&deleted.seq).ok_or(10062)?.sender;
                if deleted.by > 0 && self.role(deleted.by - 1)? == 200 && sender != deleted.by - 1 {
                    return Err(10007);
                }
                let text = self.texts.get_mut(&deleted.seq).expect("it is there");
                if text.deleted {
                    Change::Nothing
                } else {
                    text.deleted = true;
                    text.deleted_at = at;
                    text.readers.clear();
                    Change::Deleted { seq: deleted.seq }
                }
            }
            Body::Rules(_) => Change::Nothing,
            other => panic!("not an event of a conversation: {other:?}"),
        };
        Ok((change, reads))
    }

    fn joined(&mut self, joined: &seenby_core::ledger::journal::Joined) -> Result<Change, i32> {
        self.alive()?;
        let users: Vec<&str> = joined.users.iter().map(String::as_str).collect();
        if users.iter().any(|user| user.is_empty()) {
            return Err(6017);
        }
        let here = |model: &Self, user: &str| match model.named(user) {
            Some(who) => joined.guest || model.members.contains(&who),
            None => false,
        };
        if users.iter().all(|user| here(self, user)) {
            return Ok(Change::Nothing);
        }
        let mut owner = None;
        if self.kind == 0 {
            let pair = match users[..] {
                [_] => true,
                [a, b] => a < b,
                _ => false,
            };
            if self.ever || !pair || joined.guest {
                return Err(10007);
            }
        } else if !joined.guest {
            if joined.role == 300 || ![0, 200, 300, 400].contains(&joined.role) {
                return Err(6017);
            }
            let creation = joined.by == 0 && users[0] == self.creator && !self.ever;
            if joined.role == 400 && !creation {
                return Err(10007);
            }
            let allowed = match (self.kind, joined.by) {
                _ if creation => true,
                (WORK, 0) => false,
                (WORK, by) => self.members.contains(&(by - 1)),
                (_, by) => by == 0,
            };
            if !allowed {
                return Err(10007);
            }
            owner = (creation && joined.role == 400).then(|| self.creator.clone());
        }
        let mut new = Vec::new();
        for user in users {
            if here(self, user) {
                continue;
            }
            let who = self.named(user).unwrap_or_else(|| {
                self.people.push(Person {
                    name: Some(user.to_string()),
                    role: 200,
                    erased: false,
                    guest: joined.guest,
                    mark: 0,
                    shown: 0,
                    shown_ms: 0,
                    joined_seq: 0,
                    left_seq: 0,
                });
                self.people.len() as u32 - 1
            });
            if !joined.guest {
                let person = &mut self.people[who as usize];
                person.guest = false;
                person.role = if owner.as_deref() == Some(user) { 400 } else { 200 };
                person.joined_seq = self.last_seq;
                self.members.insert(who);
                self.ever = true;
            }
            new.push(who);
        }
        Ok(Change::Joined(new))
    }

    fn receipt(&mut self, at: u64, now: i64, reader: u32, seq: u64, time_ms: i64) -> ReadOutcome {
        let Some(person) = self.person(reader).cloned() else { return ReadOutcome::Unknown };
        let Some(text) = self.texts.get_mut(&seq) else { return ReadOutcome::Unknown };
        if person.erased || self.dismissed || text.deleted || !text.receipts || !text.audience.contains(&reader) {
            return ReadOutcome::Dropped;
        }
        if text.readers.iter().any(|(by, _)| *by == reader) {
            return ReadOutcome::Repeat;
        }
        text.readers.push((reader, time_ms.min(now).max(text.time_ms)));
        text.changed = at;
        ReadOutcome::New
    }

    /// Whole segments; then whoever left, and nothing that lives has to do with, is nobody any more.
    fn expired(&mut self, seq: u64, cut_ms: i64) -> Change {
        let mut positions = Vec::new();
        while let Some(first) = self.segments.first() {
            if !first.iter().all(|at| *at <= seq && self.texts[at].time_ms <= cut_ms) {
                break;
            }
            for at in self.segments.remove(0) {
                positions.push(self.texts.remove(&at).expect("it is there").position);
            }
        }
        let first = self.first_live();
        for who in 0..self.people.len() as u32 {
            let needed = self.texts.values().any(|text| text.sender == who || text.audience.contains(&who));
            if !self.members.contains(&who) && self.people[who as usize].left_seq < first && !needed {
                self.forgotten.insert(who);
            }
        }
        // Empty also where the ledger says Nothing: `World::step` takes either.
        Change::Expired { positions }
    }

    pub fn first_live(&self) -> u64 {
        self.texts.keys().next().copied().unwrap_or(self.last_seq + 1)
    }

    pub fn unread(&self, who: u32) -> u32 {
        if !self.members.contains(&who) {
            return 0;
        }
        let person = &self.people[who as usize];
        let after = person.mark.max(person.joined_seq);
        let counted = |(seq, text): &(&u64, &Text)| **seq > after && text.counts && !text.deleted && text.sender != who;
        self.texts.iter().filter(counted).count() as u32
    }

    pub fn last_message(&self) -> Option<u64> {
        self.texts.iter().rev().find(|(_, text)| text.can_be_last && !text.deleted).map(|(seq, _)| *seq)
    }

    pub fn may_see(&self, who: u32, seq: u64) -> bool {
        self.members.contains(&who)
            && self.texts.get(&seq).is_some_and(|text| self.kind == MEETING || text.members.contains(&who))
    }
}
