//! The journal of a service, on disk and in memory: both must do the same, and the one on disk after every opening too.

#![allow(clippy::unwrap_used)] // a test may

use proptest::prelude::*;
use seenby_core::hub::LogKey;
use seenby_core::model::{AppId, Position};
use seenby_store::{FileJournal, Journal, JournalRecord, MemoryJournal, StoreError};
use std::collections::BTreeMap;
#[cfg(unix)]
use std::path::Path;

fn log(n: u8) -> LogKey {
    LogKey([n; 16])
}

fn record(log_number: u8, event: &[u8], body: Option<&[u8]>) -> JournalRecord {
    JournalRecord {
        app: AppId(u32::from(log_number) % 2),
        log: log(log_number),
        event: event.to_vec(),
        body: body.map(<[u8]>::to_vec),
    }
}

type Snapshots = BTreeMap<(AppId, LogKey), (Position, BTreeMap<u64, Vec<u8>>)>;

/// Everything a journal says.
#[derive(Debug, PartialEq)]
struct Seen {
    head: Position,
    floor: Position,
    events: Vec<(Position, JournalRecord)>,
    snapshots: Snapshots,
    bodies: BTreeMap<Position, Vec<u8>>,
}

fn see(journal: &dyn Journal) -> Result<Seen, StoreError> {
    let mut events = Vec::new();
    journal.replay(0, &mut |position, record| {
        events.push((position, record));
        Ok(())
    })?;
    let mut snapshots = BTreeMap::new();
    journal.snapshots(&mut |app, log, as_of, parts| {
        let parts = parts.into_iter().map(|part| (part.part, part.bytes)).collect();
        assert!(snapshots.insert((app, log), (as_of, parts)).is_none(), "a log comes once");
        Ok(())
    })?;
    let (mut bodies, reader) = (BTreeMap::new(), journal.bodies());
    for position in 0..=journal.head() + 1 {
        bodies.extend(reader.get(position)?.map(|body| (position, body)));
    }
    Ok(Seen { head: journal.head(), floor: journal.floor(), events, snapshots, bodies })
}

fn both(test: impl Fn(&mut dyn Journal)) {
    test(&mut MemoryJournal::new().unwrap());
    let folder = tempfile::tempdir().unwrap();
    test(&mut FileJournal::open(folder.path()).unwrap());
}

#[test]
fn appended_records_stand_in_one_order_without_gaps() {
    both(|journal| {
        assert_eq!((journal.head(), journal.floor()), (0, 0));
        let first = [record(1, b"a", Some(b"hello")), record(1, b"b", None), record(2, b"", Some(b""))];
        assert_eq!(journal.append(&first).unwrap(), 1);
        assert_eq!(journal.append(&[]).unwrap(), 4);
        assert_eq!(journal.append(&[record(3, b"c", None)]).unwrap(), 4);
        let seen = see(journal).unwrap();
        assert_eq!(seen.head, 4);
        let kept = |n: usize| JournalRecord { body: None, ..first[n].clone() };
        assert_eq!(seen.events, [(1, kept(0)), (2, kept(1)), (3, kept(2)), (4, record(3, b"c", None))]);
        assert_eq!(seen.bodies, BTreeMap::from([(1, b"hello".to_vec()), (3, Vec::new())]));
        let mut tail = Vec::new();
        journal
            .replay(3, &mut |position, _| {
                tail.push(position);
                Ok(())
            })
            .unwrap();
        assert_eq!(tail, [4]);
    });
}

#[test]
fn what_is_rolled_up_may_be_forgotten_and_bodies_stay() {
    both(|journal| {
        journal.append(&[record(1, b"a", Some(b"x")), record(1, b"b", Some(b"y")), record(2, b"c", None)]).unwrap();
        journal.roll_up(AppId(1), log(1), 2, &[(0, Some(b"head".to_vec())), (7, Some(Vec::new()))]).unwrap();
        journal.forget(2).unwrap();
        journal.drop_bodies(&[1, 3, 99]).unwrap();
        let seen = see(journal).unwrap();
        assert_eq!((seen.floor, seen.head), (2, 3));
        assert_eq!(seen.events, [(3, record(2, b"c", None))]);
        assert_eq!(seen.bodies, BTreeMap::from([(2, b"y".to_vec())]));
        let parts = BTreeMap::from([(0, b"head".to_vec()), (7, Vec::new())]);
        assert_eq!(seen.snapshots, BTreeMap::from([((AppId(1), log(1)), (2, parts))]));
        journal.forget(3).unwrap();
        journal.forget(1).unwrap();
        assert_eq!((journal.floor(), journal.head()), (3, 3));
        assert_eq!(journal.append(&[record(1, b"d", None)]).unwrap(), 4, "positions go on");
        journal.roll_up(AppId(1), log(1), 4, &[(0, None), (7, None)]).unwrap();
        assert!(see(journal).unwrap().snapshots.is_empty());
    });
}

#[test]
fn dropping_a_body_that_is_yet_to_come_means_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let mut journal = FileJournal::open(folder.path()).unwrap();
    journal.drop_bodies(&[0, 1, u64::MAX]).unwrap();
    journal.append(&[record(1, b"a", Some(b"x"))]).unwrap();
    journal.close().unwrap();
    let bodies = see(&FileJournal::open(folder.path()).unwrap()).unwrap().bodies;
    assert_eq!(bodies, BTreeMap::from([(1, b"x".to_vec())]));
}

#[test]
fn what_cannot_be_is_refused() {
    both(|journal| {
        journal.append(&[record(1, b"a", None)]).unwrap();
        for result in [journal.roll_up(AppId(1), log(1), 2, &[]), journal.forget(2)] {
            assert!(matches!(&result, Err(StoreError::Invalid { what }) if what.contains("past the head 1")));
        }
        journal.append(&[record(1, b"b", None)]).unwrap(); // and nothing is the worse for it
        journal.close().unwrap();
        assert!(journal.append(&[record(1, b"c", None)]).is_err());
    });
}

#[test]
fn large_snapshots_are_cut_into_chunks_and_come_back_whole() {
    let folder = tempfile::tempdir().unwrap();
    let large: Vec<u8> = (0..(3 << 19) + 17).map(|n: u32| (n / 7) as u8).collect();
    let mut journal = FileJournal::open(folder.path()).unwrap();
    journal.append(&[record(1, b"a", None)]).unwrap();
    let exact = vec![3; 1 << 19];
    let parts = [(0, Some(large.clone())), (1, Some(exact.clone())), (u64::MAX, Some(vec![1]))];
    journal.roll_up(AppId(1), log(1), 1, &parts).unwrap();
    journal.roll_up(AppId(1), log(2), 1, &[(5, Some(large.clone()))]).unwrap();
    journal.roll_up(AppId(1), log(2), 1, &[(5, Some(vec![9]))]).unwrap(); // the chunks of the old one go
    journal.close().unwrap();
    let journal = FileJournal::open(folder.path()).unwrap();
    let snapshots = see(&journal).unwrap().snapshots;
    assert_eq!(snapshots[&(AppId(1), log(1))].1, BTreeMap::from([(0, large), (1, exact), (u64::MAX, vec![1])]));
    assert_eq!(snapshots[&(AppId(1), log(2))].1, BTreeMap::from([(5, vec![9])]));
}

#[test]
fn identity_is_made_once_and_a_folder_has_one_owner() {
    let folder = tempfile::tempdir().unwrap();
    let identity = |journal: &FileJournal| (journal.epoch(), journal.service_id().to_owned(), journal.secret());
    let mut journal = FileJournal::open(folder.path()).unwrap();
    let made = identity(&journal);
    assert!(made.0 != 0 && made.2 != [0; 32] && made.1.len() == 32);
    assert!(matches!(FileJournal::open(folder.path()), Err(StoreError::InUse { path }) if path == folder.path()));
    journal.close().unwrap();
    let journal_2 = FileJournal::open(folder.path()).unwrap(); // closed is free, even before it is dropped
    assert_eq!(identity(&journal_2), made);
    drop((journal, journal_2));
    assert_eq!(identity(&FileJournal::open(folder.path()).unwrap()), made);
    let other = tempfile::tempdir().unwrap();
    assert_ne!(identity(&FileJournal::open(other.path()).unwrap()).0, made.0);
}

#[test]
fn a_restored_journal_gets_a_new_epoch_and_keeps_the_rest() {
    let folder = tempfile::tempdir().unwrap();
    let mut journal = FileJournal::open(folder.path()).unwrap();
    journal.append(&[record(1, b"a", Some(b"x"))]).unwrap();
    assert!(matches!(FileJournal::renew_epoch(folder.path()), Err(StoreError::InUse { .. })));
    let (epoch, id, secret) = (journal.epoch(), journal.service_id().to_owned(), journal.secret());
    journal.close().unwrap();
    let seen = see(&FileJournal::open(folder.path()).unwrap()).unwrap();
    let renewed = FileJournal::renew_epoch(folder.path()).unwrap();
    let mut journal = FileJournal::open(folder.path()).unwrap();
    assert!(renewed != epoch && journal.epoch() == renewed);
    assert_eq!((journal.service_id(), journal.secret()), (id.as_str(), secret));
    assert_eq!(see(&journal).unwrap(), seen);
    journal.forget(1).unwrap(); // the segment that this begins belongs to the journal too
    journal.close().unwrap();
    assert_eq!(FileJournal::open(folder.path()).unwrap().epoch(), renewed);
    let error = FileJournal::renew_epoch(&folder.path().join("none")).unwrap_err();
    assert!(error.to_string().contains("no journal here"), "{error}");
}

#[test]
fn bodies_are_read_by_other_threads_while_this_one_appends() {
    let folder = tempfile::tempdir().unwrap();
    let mut journal = FileJournal::open(folder.path()).unwrap();
    let body = |position: u64| position.to_le_bytes().repeat(200);
    journal.append(&[record(1, b"e", Some(&body(1)))]).unwrap();
    let head = std::sync::Arc::new(std::sync::atomic::AtomicU64::new(1));
    let readers: Vec<_> = (0..2)
        .map(|_| {
            let (bodies, head) = (journal.bodies(), head.clone());
            std::thread::spawn(move || {
                let mut last = 1;
                while last < 2000 {
                    last = head.load(std::sync::atomic::Ordering::Acquire);
                    for position in [1, last / 2 + 1, last] {
                        assert_eq!(bodies.get(position).unwrap(), Some(body(position)), "{position} of {last}");
                    }
                }
            })
        })
        .collect();
    for from in (2..=2000).step_by(20) {
        let records: Vec<_> = (from..from + 20).map(|n| record(1, b"e", Some(&body(n)))).collect();
        journal.append(&records).unwrap();
        if from % 600 == 2 {
            journal.forget(journal.head()).unwrap();
        }
        head.store(journal.head(), std::sync::atomic::Ordering::Release);
    }
    readers.into_iter().for_each(|reader| reader.join().unwrap());
}

#[test]
fn the_space_of_forgotten_events_and_dropped_bodies_is_used_again() {
    let folder = tempfile::tempdir().unwrap();
    let mut journal = FileJournal::open(folder.path()).unwrap();
    let mut sizes = Vec::new();
    for round in 0..12_u8 {
        let from = journal.head() + 1;
        for _ in 0..10 {
            journal.append(&vec![record(1, &[round; 1000], Some(&[round; 500])); 100]).unwrap();
        }
        let before = journal.disk_usage().unwrap();
        assert!(before.events > 1_000_000 && before.bodies > 400_000, "{before:?}");
        journal.roll_up(AppId(1), log(1), journal.head(), &[(0, Some(vec![round; 1000]))]).unwrap();
        journal.drop_bodies(&(from..=journal.head()).collect::<Vec<_>>()).unwrap();
        journal.forget(journal.head()).unwrap();
        let after = journal.disk_usage().unwrap();
        assert!(after.events < 1000 && after.bodies < 10_000 && after.snapshots >= 1000, "{after:?}");
        sizes.push(after.files);
    }
    assert!(sizes[11] <= sizes[5], "the files do not grow with what was forgotten: {sizes:?}");
}

#[test]
fn an_old_log_is_split_into_segments_that_read_as_one() {
    let folder = tempfile::tempdir().unwrap();
    let mut journal = FileJournal::open(folder.path()).unwrap();
    for n in 0..20_u8 {
        journal.append(&[record(n, &vec![n; 2 << 20], Some(&[n]))]).unwrap();
    }
    assert!(std::fs::read_dir(folder.path().join("log")).unwrap().count() >= 3);
    drop(journal);
    let mut journal = FileJournal::open(folder.path()).unwrap();
    let mut at = 0;
    journal
        .replay(0, &mut |position, record| {
            at += 1;
            assert_eq!((position, record.event), (at, vec![at as u8 - 1; 2 << 20]));
            Ok(())
        })
        .unwrap();
    assert_eq!(at, 20);
    journal.forget(12).unwrap();
    assert_eq!(see(&journal).unwrap().events.iter().map(|e| e.0).collect::<Vec<_>>(), (13..=20).collect::<Vec<_>>());
}

#[cfg(unix)]
#[test]
fn only_the_owner_may_look() {
    use std::os::unix::fs::PermissionsExt as _;
    fn look(path: &Path) {
        let mode = std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode, if path.is_dir() { 0o700 } else { 0o600 }, "{}", path.display());
        if path.is_dir() {
            std::fs::read_dir(path).unwrap().for_each(|entry| look(&entry.unwrap().path()));
        }
    }
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("some/where");
    let mut journal = FileJournal::open(&data).unwrap();
    journal.append(&[record(1, b"a", Some(b"b"))]).unwrap();
    look(&data);
}

// ---- against a model ---------------------------------------------------------------------------------------------

#[derive(Clone, Debug)]
enum Op {
    Append(Vec<JournalRecord>),
    RollUp { log: u8, back: u64, parts: Vec<(u64, Option<Vec<u8>>)> },
    Forget { back: u64 },
    Drop(Vec<u64>),
}

fn op() -> impl Strategy<Value = Op> {
    let bytes = || prop::collection::vec(any::<u8>(), 0..60);
    let record = (0_u8..4, bytes(), prop::option::of(bytes()));
    let record = record.prop_map(|(log, event, body)| record_of(log, event, body));
    let parts = prop::collection::vec((0_u64..4, prop::option::of(bytes())), 0..4);
    prop_oneof![
        6 => prop::collection::vec(record, 0..6).prop_map(Op::Append),
        2 => (0_u8..4, 0_u64..3, parts).prop_map(|(log, back, parts)| Op::RollUp { log, back, parts }),
        1 => (0_u64..6).prop_map(|back| Op::Forget { back }),
        1 => prop::collection::vec(0_u64..40, 0..5).prop_map(Op::Drop),
    ]
}

fn record_of(log: u8, event: Vec<u8>, body: Option<Vec<u8>>) -> JournalRecord {
    record(log, &event, body.as_deref())
}

/// What a journal must do, without a line of its code.
#[derive(Default)]
struct Model {
    all: Vec<JournalRecord>,
    floor: u64,
    snapshots: Snapshots,
    bodies: BTreeMap<Position, Vec<u8>>,
}

impl Model {
    fn apply(&mut self, op: &Op) {
        let head = self.all.len() as u64;
        match op {
            Op::Append(records) => {
                for record in records {
                    self.all.push(JournalRecord { body: None, ..record.clone() });
                    if let Some(body) = &record.body {
                        self.bodies.insert(self.all.len() as u64, body.clone());
                    }
                }
            }
            Op::RollUp { log: n, back, parts } => {
                let kept = self.snapshots.entry((AppId(u32::from(*n) % 2), log(*n))).or_default();
                kept.0 = head.saturating_sub(*back);
                for (part, bytes) in parts {
                    match bytes {
                        Some(bytes) => drop(kept.1.insert(*part, bytes.clone())),
                        None => drop(kept.1.remove(part)),
                    }
                }
                self.snapshots.retain(|_, (_, parts)| !parts.is_empty());
            }
            Op::Forget { back } => self.floor = self.floor.max(head.saturating_sub(*back)),
            Op::Drop(positions) => positions.iter().for_each(|position| drop(self.bodies.remove(position))),
        }
    }

    fn seen(&self) -> Seen {
        let events = (1..).zip(self.all.iter().cloned()).skip(self.floor as usize).collect();
        let (snapshots, bodies) = (self.snapshots.clone(), self.bodies.clone());
        Seen { head: self.all.len() as u64, floor: self.floor, events, snapshots, bodies }
    }
}

fn run(journal: &mut dyn Journal, op: &Op) {
    let head = journal.head();
    match op {
        Op::Append(records) => assert_eq!(journal.append(records).unwrap(), head + 1),
        Op::RollUp { log: n, back, parts } => {
            journal.roll_up(AppId(u32::from(*n) % 2), log(*n), head.saturating_sub(*back), parts).unwrap();
        }
        Op::Forget { back } => journal.forget(head.saturating_sub(*back)).unwrap(),
        Op::Drop(positions) => journal.drop_bodies(positions).unwrap(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]
    #[test]
    fn random_operations_give_what_plain_maps_give(ops in prop::collection::vec(op(), 1..20), cleanly in any::<bool>()) {
        let folder = tempfile::tempdir().unwrap();
        let mut memory = MemoryJournal::new().unwrap();
        let mut file = Some(FileJournal::open(folder.path()).unwrap());
        let mut model = Model::default();
        // What was rolled up since the last `forget` may be lost with a journal that was not closed: the events are there.
        let mut durable_snapshots = Snapshots::new();
        for op in ops {
            model.apply(&op);
            run(&mut memory, &op);
            run(file.as_mut().unwrap(), &op);
            prop_assert_eq!(see(&memory).unwrap(), model.seen());
            prop_assert_eq!(see(file.as_ref().unwrap()).unwrap(), model.seen());
            if matches!(op, Op::Forget { .. }) || cleanly {
                durable_snapshots = model.snapshots.clone();
            }
            let mut open = file.take().unwrap();
            if cleanly {
                open.close().unwrap();
            }
            drop(open);
            let again = FileJournal::open(folder.path()).unwrap();
            let seen = see(&again).unwrap();
            if !cleanly {
                prop_assert!(seen.snapshots == durable_snapshots || seen.snapshots == model.snapshots);
                model.snapshots = seen.snapshots.clone();
                // The twin has nothing to lose; take it along.
                memory = twin(&model);
            }
            prop_assert_eq!(seen, model.seen());
            file = Some(again);
        }
    }
}

fn twin(model: &Model) -> MemoryJournal {
    let mut journal = MemoryJournal::new().unwrap();
    let with_body = |(position, record): (u64, &JournalRecord)| JournalRecord {
        body: model.bodies.get(&position).cloned(),
        ..record.clone()
    };
    journal.append(&(1..).zip(&model.all).map(with_body).collect::<Vec<_>>()).unwrap();
    journal.forget(model.floor).unwrap();
    for ((app, log), (as_of, parts)) in &model.snapshots {
        let parts: Vec<_> = parts.iter().map(|(part, bytes)| (*part, Some(bytes.clone()))).collect();
        journal.roll_up(*app, *log, *as_of, &parts).unwrap();
    }
    journal
}
