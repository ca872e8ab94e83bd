//! Random conversations: steps that proptest makes and shrinks, turned into events against the model, and applied to
//! ledger and model alike.

use super::events::{self, event};
use super::model::{Model, Text};
use proptest::prelude::*;
use seenby_core::ledger::journal::{Event, Sent, event::Body};
use seenby_core::ledger::{Change, Conversation, Outcome, ReadOutcome, ReaderEntry};
use seenby_core::model::MemberFilter;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

/// What happens next. Numbers are taken modulo what there is.
#[derive(Clone, Debug)]
pub enum Step {
    Join {
        users: Vec<u8>,
        by: u8,
        role: u8,
    },
    Guests {
        users: Vec<u8>,
    },
    Leave {
        who: u8,
        by: u8,
    },
    Role {
        who: u8,
        by: u8,
        admin: bool,
    },
    Dismiss {
        by: u8,
    },
    Send {
        by: u8,
        flags: u8,
        again: bool,
    },
    Burst {
        by: u8,
        count: u8,
    },
    Foreign {
        by: u8,
        audience: u32,
        age: u16,
    },
    Read {
        by: u8,
        runs: Vec<(u16, u8, i32)>,
    },
    Mark {
        by: u8,
        back: u16,
        silent: bool,
    },
    Ask {
        by: u8,
        back: u16,
    },
    Delete {
        by: u8,
        back: u16,
    },
    Expire {
        keep: u16,
        age: u16,
    },
    Erase {
        who: u8,
    },
    /// The conversation is created again, alike or by another.
    Again {
        by: u8,
    },
    /// An event from before comes again at its old position.
    Replay {
        back: u16,
    },
}

pub fn step() -> impl Strategy<Value = Step> {
    let back = 0u16..40;
    let run = (prop_oneof![9 => 0u16..40, 1 => 0u16..700], 1u8..12, -5_000i32..5_000);
    prop_oneof![
        6 => (prop::collection::vec(0u8..24, 1..6), any::<u8>(), any::<u8>())
            .prop_map(|(users, by, role)| Step::Join { users, by, role }),
        1 => prop::collection::vec(0u8..30, 1..3).prop_map(|users| Step::Guests { users }),
        4 => (any::<u8>(), any::<u8>()).prop_map(|(who, by)| Step::Leave { who, by }),
        1 => (any::<u8>(), any::<u8>(), any::<bool>()).prop_map(|(who, by, admin)| Step::Role { who, by, admin }),
        14 => (any::<u8>(), any::<u8>(), prop::bool::weighted(0.1))
            .prop_map(|(by, flags, again)| Step::Send { by, flags, again }),
        2 => (any::<u8>(), 30u8..200).prop_map(|(by, count)| Step::Burst { by, count }),
        2 => (any::<u8>(), any::<u32>(), 0u16..9_000)
            .prop_map(|(by, audience, age)| Step::Foreign { by, audience, age }),
        45 => (any::<u8>(), prop::collection::vec(run, 1..4)).prop_map(|(by, runs)| Step::Read { by, runs }),
        8 => (any::<u8>(), back.clone(), any::<bool>()).prop_map(|(by, back, silent)| Step::Mark { by, back, silent }),
        3 => (any::<u8>(), back.clone()).prop_map(|(by, back)| Step::Ask { by, back }),
        3 => (any::<u8>(), back).prop_map(|(by, back)| Step::Delete { by, back }),
        1 => (0u16..600, 0u16..3_000).prop_map(|(keep, age)| Step::Expire { keep, age }),
        1 => any::<u8>().prop_map(|who| Step::Erase { who }),
        2 => any::<u16>().prop_map(|back| Step::Replay { back }),
        1 => (any::<u8>(), 0u8..40).prop_map(|(by, rare)| match rare {
            0 => Step::Dismiss { by },
            _ => Step::Again { by },
        }),
    ]
}

/// Events that landed in this process, over all worlds.
pub static EVENTS: AtomicU64 = AtomicU64::new(0);

pub struct World {
    pub ledger: Conversation,
    pub model: Model,
    pub log: Vec<(u64, Event)>,
    pub now: i64,
    /// read count and position of every summary seen: neither may go back.
    seen: BTreeMap<u64, (u32, u64)>,
    reads: Vec<(u64, ReadOutcome)>,
}

impl World {
    /// A group of this kind with an owner and two more, or (0) a C2C pair.
    pub fn new(kind: u32) -> Self {
        let mut world = Self {
            ledger: Conversation::new(),
            model: Model::default(),
            log: Vec::new(),
            now: 1_000_000,
            seen: BTreeMap::new(),
            reads: Vec::new(),
        };
        match kind {
            0 => {
                world.land(events::created(0, "", ""));
                world.land(events::joined(&["u00", "u01"], 0, 0));
            }
            _ => {
                world.land(events::created(kind, "g", "u00"));
                world.land(events::joined(&["u00", "u01", "u02"], 400, 0));
            }
        }
        assert_eq!(world.ledger.roster().count(), if kind == 0 { 2 } else { 3 });
        world
    }

    pub fn head(&self) -> u64 {
        self.log.last().map_or(0, |(at, _)| *at)
    }

    /// Lands an event on both, and compares what they say of it.
    pub fn land(&mut self, body: Body) {
        // Gaps: other logs share the journal.
        let at = self.head() + 1 + self.log.len() as u64 % 3;
        self.now += 37;
        let event = event(self.now, body);
        let verdict = self.model.apply(at, &event);
        let outcome = self.ledger.apply(at, &event, &mut self.reads);
        match (&outcome, &verdict) {
            (Outcome::Void(error), Err(code)) => assert_eq!(error.code.number(), *code, "{error}; {event:?}"),
            (Outcome::Applied(Change::Nothing), Ok((Change::Expired { positions }, _))) if positions.is_empty() => {}
            (Outcome::Applied(change), Ok((expected, reads))) => {
                assert_eq!((change, &self.reads), (expected, reads), "{event:?}");
            }
            _ => panic!("{event:?}: {outcome:?}, but {verdict:?}"),
        }
        assert_eq!(self.ledger.applied(), at);
        self.log.push((at, event));
        EVENTS.fetch_add(1, Relaxed);
    }

    fn who(&self, number: u8) -> u32 {
        // Now and then somebody who is not there.
        u32::from(number) % (self.model.people.len() as u32 + 1)
    }

    fn member(&self, number: u8) -> u32 {
        let members: Vec<_> = self.model.members.iter().collect();
        match members.len() {
            0 => 0,
            len if number < 250 => *members[usize::from(number) % len],
            _ => self.who(number),
        }
    }

    fn seq(&self, back: u16) -> u64 {
        self.model.last_seq.saturating_add(2).saturating_sub(u64::from(back))
    }

    fn send(&mut self, by: u32, flags: u8) {
        let id = format!("m{}", self.model.last_seq + 1);
        let digest = u64::from(flags) << 8 | u64::from(by);
        self.land(Body::Sent(Sent {
            sender: by,
            id,
            digest,
            need_receipt: flags & 3 != 0,
            online_only: flags >> 2 & 7 == 1,
            exclude_unread: flags >> 2 & 7 == 2,
            exclude_last: flags >> 2 & 7 == 3,
            body_bytes: u32::from(flags),
            priority: u32::from(flags & 3),
            ..Default::default()
        }));
    }

    pub fn step(&mut self, step: &Step) {
        match step {
            Step::Join { users, by, role } => {
                let users: Vec<String> = users.iter().map(|user| format!("u{user:02}")).collect();
                let users: Vec<&str> = users.iter().map(String::as_str).collect();
                let by = if by % 3 == 0 { 0 } else { 1 + self.member(*by) };
                let role = [0, 200, 200, 200, 300, 400][usize::from(*role) % 6];
                self.land(events::joined(&users, role, by));
            }
            Step::Guests { users } => {
                let users: Vec<String> = users.iter().map(|user| format!("u{user:02}")).collect();
                self.land(events::guests(&users.iter().map(String::as_str).collect::<Vec<_>>()));
            }
            Step::Leave { who, by } => {
                let (who, kicker) = (self.member(*who), self.member(*by));
                let by = if by % 2 == 0 { 0 } else { 1 + kicker };
                self.land(events::left(&[who, who], by));
            }
            Step::Role { who, by, admin } => {
                let by = if by % 2 == 0 { 1 + self.model.owner().unwrap_or(0) } else { 1 + self.member(*by) };
                self.land(events::role_set(self.who(*who), if *admin { 300 } else { 200 }, by));
            }
            Step::Dismiss { by } => self.land(events::dismissed(1 + self.member(*by))),
            Step::Send { by, flags, again } => {
                let old = self.model.texts.values().last().map(|text| (text.id.clone(), text.sender, text.digest));
                match old {
                    Some((id, sender, digest)) if *again => {
                        let digest = digest + u64::from(flags % 2);
                        self.land(Body::Sent(Sent { sender, id, digest, ..Default::default() }));
                    }
                    _ => self.send(self.member(*by), *flags),
                }
            }
            Step::Burst { by, count } => {
                for _ in 0..*count {
                    self.send(self.member(*by), *by);
                }
            }
            Step::Foreign { by, audience, age } => {
                let id = format!("f{}", self.log.len());
                self.land(Body::Sent(Sent {
                    sender: self.who(*by),
                    id,
                    digest: 1,
                    need_receipt: age % 4 != 0,
                    foreign: true,
                    audience: if age % 2 == 0 { Vec::new() } else { audience.to_le_bytes().to_vec() },
                    time_ms: if age % 3 == 0 { 0 } else { self.now - i64::from(*age) + 500 },
                    ..Default::default()
                }));
            }
            Step::Read { by, runs } => {
                let run = |(back, count, skew): &(u16, u8, i32)| {
                    (self.seq(*back), u32::from(*count), self.now + i64::from(*skew))
                };
                let runs: Vec<_> = runs.iter().map(run).collect();
                let by = if by % 5 == 0 { self.who(*by) } else { self.member(*by) };
                self.land(events::read(by, &runs));
            }
            Step::Mark { by, back, silent } => {
                let time_ms = self.now - 50 + i64::from(*back);
                self.land(events::marked(self.member(*by), self.seq(*back), time_ms, *silent));
            }
            Step::Ask { by, back } => {
                let seq = self.seq(*back);
                let sender = self.model.texts.get(&seq).map_or(0, |text| text.sender);
                self.land(events::requested(seq, if by % 4 == 0 { self.who(*by) } else { sender }));
            }
            Step::Delete { by, back } => {
                let seq = self.seq(*back);
                let sender = self.model.texts.get(&seq).map_or(0, |text| text.sender);
                let by = [0, 1 + sender, 1 + self.who(*by)][usize::from(*by) % 3];
                self.land(events::deleted(seq, by));
            }
            Step::Expire { keep, age } => {
                let seq = self.model.last_seq.saturating_sub(u64::from(*keep));
                self.land(events::expired(seq, self.now - i64::from(*age)));
            }
            Step::Erase { who } => self.land(events::erased(self.who(*who))),
            Step::Again { by } => {
                let (kind, group) = (self.model.kind, self.model.group.clone());
                let creator = if by % 2 == 0 { self.model.creator.clone() } else { format!("u{:02}", by % 24) };
                self.land(events::created(kind, &group, &creator));
                let kind = if kind == 0 { 1 } else { kind % 3 + 1 };
                self.land(events::created(kind, "g", &creator));
                self.land(events::rules(1));
            }
            Step::Replay { back } => {
                let at = self.log.len() - 1 - usize::from(*back) % self.log.len();
                let (position, event) = &self.log[at];
                let before = self.ledger.state_hash();
                assert_eq!(self.ledger.apply(*position, event, &mut self.reads), Outcome::Old);
                assert!(self.reads.is_empty());
                assert_eq!(self.ledger.state_hash(), before);
            }
        }
    }

    /// One message, as the ledger tells it and as it must be.
    pub fn check_message(&mut self, seq: u64) {
        let (ledger, model) = (&self.ledger, &self.model);
        let Some(text) = model.texts.get(&seq) else {
            assert!(ledger.message(seq).is_none() && ledger.summary(seq).is_none(), "{seq} is none");
            return;
        };
        let meta = ledger.message(seq).expect("a live message");
        let told = (meta.id(), meta.position(), meta.time_ms(), meta.sender(), meta.digest(), meta.flags().deleted);
        assert_eq!(told, (&*text.id, text.position, text.time_ms, text.sender, text.digest, text.deleted));
        assert_eq!(ledger.find(&text.id), Some(seq));
        for who in 0..model.people.len() as u32 {
            assert_eq!(ledger.in_audience(seq, who), text.audience.contains(&who), "audience of {seq}: {who}");
            assert_eq!(ledger.may_see(who, seq), model.may_see(who, seq), "history of {who}: {seq}");
            let read = text.readers.iter().any(|(by, _)| *by == who);
            assert_eq!(ledger.has_read(seq, who), read, "receipt of {seq}: {who}");
        }
        let Some(summary) = ledger.summary(seq) else {
            assert!(!text.receipts || text.deleted, "{seq} has receipts");
            self.seen.remove(&seq);
            return;
        };
        assert!(text.receipts && !text.deleted, "{seq} has no receipts");
        // R7: the sum is the audience, always.
        assert_eq!(summary.read as usize, text.readers.len());
        assert_eq!((summary.read + summary.unread) as usize, text.audience.len());
        assert_eq!(summary.last_change, text.changed, "last change of {seq}");
        let readers: Vec<ReaderEntry> = ledger.readers(seq, 0).collect();
        assert_eq!(readers, expected_readers(model, text), "readers of {seq}");
        assert_eq!(summary.first_reader, readers.first().copied());
        // No summary goes back.
        let (read, position) = self.seen.insert(seq, (summary.read, summary.last_change)).unwrap_or_default();
        assert!(summary.read >= read && summary.last_change >= position);
        assert!(summary.read == read || summary.last_change > position, "the count of {seq} changed in silence");
    }

    /// Everything.
    pub fn check(&mut self) {
        for seq in 0..=self.model.last_seq + 1 {
            self.check_message(seq);
        }
        self.check_head();
        let (ledger, model) = (&self.ledger, &self.model);
        for seq in model.texts.keys() {
            for filter in [MemberFilter::Read, MemberFilter::Unread] {
                assert_eq!(walk(ledger, *seq, filter), expected_list(model, *seq, filter), "{filter:?} of {seq}");
            }
        }
        let since: Vec<u64> = self.log.iter().rev().step_by(1 + self.log.len() / 8).map(|(at, _)| *at).collect();
        for since in since.into_iter().chain([0]) {
            let texts = || model.texts.iter();
            let told: Vec<u64> = ledger.messages_after(since).collect();
            let newer = texts().filter(|(_, text)| text.position > since).map(|(seq, _)| *seq);
            assert_eq!(told, newer.collect::<Vec<_>>(), "messages after {since}");
            let told: Vec<u64> = ledger.deleted_after(since).collect();
            let newer = texts().filter(|(_, text)| text.deleted_at > since).map(|(seq, _)| *seq);
            assert_eq!(told, newer.collect::<Vec<_>>(), "deleted after {since}");
            for sender in 0..model.people.len() as u32 {
                let told: Vec<u64> = ledger.receipts_changed_after(sender, since).collect();
                let live = |text: &Text| text.sender == sender && !text.readers.is_empty();
                let newer = texts().filter(|(_, text)| live(text) && text.changed > since).map(|(seq, _)| *seq);
                assert_eq!(told, newer.collect::<Vec<_>>(), "changed after {since} for {sender}");
                let own = texts().filter(|(_, text)| text.sender == sender).map(|(seq, _)| *seq);
                assert_eq!(ledger.sent_by(sender).collect::<Vec<_>>(), own.collect::<Vec<_>>());
            }
        }
    }

    /// People, marks, counts.
    pub fn check_head(&self) {
        let (ledger, model) = (&self.ledger, &self.model);
        let roster = ledger.roster();
        assert_eq!(roster.count() as usize, model.members.len());
        assert!(roster.members().map(|(who, _)| who).eq(model.members.iter().copied()));
        assert_eq!(roster.owner(), model.owner());
        assert_eq!((ledger.last_seq(), ledger.first_live()), (model.last_seq, model.first_live()));
        assert_eq!(ledger.last_message(), model.last_message());
        assert_eq!(ledger.is_dismissed(), model.dismissed);
        for who in 0..model.people.len() as u32 {
            let (told, person) = (roster.member(who), model.person(who));
            assert_eq!(told.is_some(), person.is_some(), "whether {who} is forgotten");
            let (Some(told), Some(person)) = (told, person) else { continue };
            assert_eq!(told.user.as_ref().map(|user| user.as_str()), person.name.as_deref());
            assert_eq!((told.role as u32, told.erased, told.guest), (person.role, person.erased, person.guest));
            let marks = (told.mark, told.shown_mark, told.shown_mark_ms);
            assert_eq!(marks, (person.mark, person.shown, person.shown_ms), "marks of {who}");
            assert_eq!(ledger.unread(who), model.unread(who), "unread of {who}");
            if let Some(name) = &person.name {
                assert_eq!(roster.ordinal(name), Some(who));
            }
        }
    }
}

fn expected_readers(model: &Model, text: &Text) -> Vec<ReaderEntry> {
    let erased = |who: u32| model.people[who as usize].erased;
    let entry = |(index, (ordinal, time_ms)): (u32, &(u32, i64))| ReaderEntry {
        ordinal: *ordinal,
        time_ms: if erased(*ordinal) { 0 } else { *time_ms },
        index,
        erased: erased(*ordinal),
    };
    (0..).zip(&text.readers).map(entry).collect()
}

/// Who is on the list: without the erased, whom answers do not know.
pub fn expected_list(model: &Model, seq: u64, filter: MemberFilter) -> Option<Vec<u32>> {
    let text = model.texts.get(&seq).filter(|text| text.receipts && !text.deleted)?;
    let known = |who: &u32| !model.people[*who as usize].erased;
    let readers: Vec<u32> = text.readers.iter().map(|(who, _)| *who).collect();
    Some(match filter {
        MemberFilter::Read => readers.into_iter().filter(known).collect(),
        MemberFilter::Unread => {
            text.audience.iter().copied().filter(|who| !readers.contains(who)).filter(known).collect()
        }
    })
}

/// A whole walk, with pages of different sizes.
pub fn walk(ledger: &Conversation, seq: u64, filter: MemberFilter) -> Option<Vec<u32>> {
    let (mut out, mut next, mut size) = (Vec::new(), 0, 1);
    loop {
        let before = out.len();
        next = ledger.page(seq, filter, next, size, &mut out).ok()?;
        assert!(out.len() - before <= size as usize);
        if next == 0 {
            return Some(out.iter().map(|entry| entry.ordinal).collect());
        }
        assert!(out.len() > before, "an empty page while more remain");
        size = size % 7 + 1;
    }
}

/// Events in the default run of a law, or by SEENBY_LAW_EVENTS; given the events of one case about, the number of cases.
pub fn cases(share: u64, per_case: u64) -> u32 {
    let all = std::env::var("SEENBY_LAW_EVENTS").ok().and_then(|events| events.parse().ok()).unwrap_or(400_000);
    u32::try_from((all * share / 100 / per_case).max(1)).unwrap_or(u32::MAX)
}
