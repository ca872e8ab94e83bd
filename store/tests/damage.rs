//! What is damaged is said, never lost in silence. A journal is written, closed or "killed" (copied while open), then its
//! files are harmed one byte or one cut at a time. Every opening must give all that was acknowledged, or an error that
//! names a file and says what can be done.
//!
//! One thing no store can tell apart, and docs/storage.md says so: after a kill, harm to the very last append looks like
//! an append that was never finished.

#![allow(clippy::unwrap_used)] // a test may

use seenby_core::hub::LogKey;
use seenby_core::model::{AppId, Position};
use seenby_store::{FileJournal, Journal, JournalRecord, StoreError};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

const APP: AppId = AppId(1);

fn record(n: u64) -> JournalRecord {
    let body = n.is_multiple_of(3).then(|| n.to_le_bytes().repeat(12));
    JournalRecord { app: APP, log: LogKey([n as u8 % 5; 16]), event: n.to_be_bytes().repeat(1 + n as usize % 6), body }
}

type Parts = Vec<(u64, Vec<u8>)>;

#[derive(Debug, PartialEq)]
struct Seen {
    events: Vec<(Position, JournalRecord)>,
    snapshots: BTreeMap<LogKey, (Position, Parts)>,
    bodies: BTreeMap<Position, Vec<u8>>,
}

fn see(folder: &Path) -> Result<Seen, StoreError> {
    let journal = FileJournal::open(folder)?;
    let (mut events, mut snapshots, mut bodies) = (Vec::new(), BTreeMap::new(), BTreeMap::new());
    journal.replay(0, &mut |position, record| {
        events.push((position, record));
        Ok(())
    })?;
    journal.snapshots(&mut |_, log, as_of, parts| {
        snapshots.insert(log, (as_of, parts.into_iter().map(|part| (part.part, part.bytes)).collect()));
        Ok(())
    })?;
    for position in 1..=journal.head() {
        bodies.extend(journal.bodies().get(position)?.map(|body| (position, body)));
    }
    Ok(Seen { events, snapshots, bodies })
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let (path, to) = entry.map(|e| (e.path(), to.join(e.file_name()))).unwrap();
        if path.is_dir() {
            copy(&path, &to);
        } else {
            std::fs::write(&to, std::fs::read(&path).unwrap()).unwrap();
        }
    }
}

/// A journal with two segments, a floor, snapshots and bodies, some of them dropped. Returns the folder, and where the
/// last append begins in the last segment.
fn make(base: &Path, clean: bool) -> (PathBuf, u64) {
    let (open, folder) = (base.join("open"), base.join("made"));
    let mut journal = FileJournal::open(&open).unwrap();
    let mut next = 1..;
    let mut append = |journal: &mut FileJournal, count: usize| {
        let records: Vec<_> = next.by_ref().take(count).map(record).collect();
        journal.append(&records).unwrap()
    };
    for count in [1, 7, 30, 2] {
        append(&mut journal, count);
    }
    for log in 0..5 {
        let parts = [(0, Some(vec![log; 300])), (1, Some(vec![log; 70_000]))];
        journal.roll_up(APP, LogKey([log; 16]), 30, &parts).unwrap();
    }
    journal.forget(30).unwrap(); // position 31 to 40 stay in the first segment
    for count in [3, 50, 1] {
        append(&mut journal, count);
    }
    journal.drop_bodies(&[3, 33, 45]).unwrap();
    append(&mut journal, 12);
    let last = segment(&open, 2).metadata().unwrap().len();
    append(&mut journal, 4);
    if clean {
        journal.close().unwrap();
    }
    copy(&open, &folder);
    std::fs::remove_file(folder.join("LOCK")).unwrap();
    (folder, last)
}

fn segment(folder: &Path, number: u32) -> PathBuf {
    folder.join(format!("log/{number:010}.log"))
}

fn files(folder: &Path) -> Vec<PathBuf> {
    vec![segment(folder, 1), segment(folder, 2), folder.join("JOURNAL"), folder.join("tables.redb")]
}

/// Opens after some harm was done; what comes must be whole, or an error that is of use.
fn check(folder: &Path, whole: &Seen, harm: &str) -> bool {
    match see(folder) {
        Ok(seen) => {
            assert_eq!(&seen, whole, "{harm}: opened with other content, and nobody was told");
            false
        }
        Err(StoreError::Damaged { path, what }) => {
            assert!(path.starts_with(folder), "{harm}: names {}", path.display());
            assert!(
                what.contains("restore") && what.contains("backup"),
                "{harm}: does not say what can be done: {what}"
            );
            true
        }
        Err(StoreError::Version { path, .. }) => {
            assert!(path.starts_with(folder));
            true
        }
        Err(error) => panic!("{harm}: {error}"),
    }
}

/// Every byte of the small files, every few of the large one.
fn flips(clean: bool) {
    let base = tempfile::tempdir().unwrap();
    let (made, last_append) = make(base.path(), clean);
    let work = base.path().join("work");
    let fresh = || {
        let _ = std::fs::remove_dir_all(&work);
        copy(&made, &work);
    };
    fresh();
    let whole = see(&work).unwrap();
    assert_eq!((whole.events[0].0, whole.events.last().unwrap().0, whole.snapshots.len()), (31, 110, 5));
    assert!(whole.bodies.len() > 30 && !whole.bodies.contains_key(&45) && whole.bodies.contains_key(&6));
    for (file, of_work) in files(&made).iter().zip(files(&work)) {
        let name = file.file_name().unwrap().to_str().unwrap();
        let bytes = std::fs::read(file).unwrap();
        let mut found = 0;
        let tries = bytes.len().min(160);
        for n in 0..tries {
            let at = n * bytes.len() / tries;
            fresh();
            let mut harmed = bytes.clone();
            harmed[at] ^= 1 << (n % 8);
            std::fs::write(&of_work, &harmed).unwrap();
            let in_last_append = !clean && *file == segment(&made, 2) && at as u64 >= last_append;
            if in_last_append {
                // Indistinguishable from an append that never returned: all before it is there.
                let seen = see(&work).unwrap();
                assert_eq!(seen.events[..], whole.events[..whole.events.len() - 4], "{name} byte {at}");
                continue;
            }
            found += usize::from(check(&work, &whole, &format!("{name} with byte {at} flipped")));
        }
        let least = if name == "tables.redb" { tries / 4 } else { tries * 9 / 10 };
        let last_appends = if clean || name != "0000000002.log" { 0 } else { tries / 5 };
        assert!(found + last_appends >= least, "{name}: {found} of {tries} found");
    }
}

#[test]
fn a_flipped_bit_in_a_closed_journal_is_harmless_or_reported() {
    flips(true);
}

#[test]
fn a_flipped_bit_in_a_killed_journal_is_harmless_or_reported() {
    flips(false);
}

#[test]
fn files_cut_short_or_gone_are_reported() {
    for clean in [true, false] {
        let base = tempfile::tempdir().unwrap();
        let (made, last_append) = make(base.path(), clean);
        let work = base.path().join("work");
        let fresh = || {
            let _ = std::fs::remove_dir_all(&work);
            copy(&made, &work);
        };
        fresh();
        let whole = see(&work).unwrap();
        for (file, of_work) in files(&made).iter().zip(files(&work)) {
            let name = file.file_name().unwrap().to_str().unwrap();
            let bytes = std::fs::read(file).unwrap();
            fresh();
            std::fs::remove_file(&of_work).unwrap();
            assert!(check(&work, &whole, &format!("without {name}")));
            for n in 0..40 {
                let length = n * bytes.len() / 40;
                fresh();
                std::fs::write(&of_work, &bytes[..length]).unwrap();
                if !clean && *file == segment(&made, 2) && length >= 40 {
                    // The end of a log that was not closed: whole appends, as they were, up to some point. What other
                    // files witness of it was there before this segment began.
                    let seen = see(&work).unwrap();
                    assert!(whole.events.starts_with(&seen.events), "{name} cut to {length} bytes");
                    assert!(length as u64 >= last_append || seen.events.len() < whole.events.len());
                } else {
                    let harm = format!("{name} cut to {length} bytes");
                    let harmless = !check(&work, &whole, &harm);
                    assert!(!harmless || name == "tables.redb", "{harm}: not noticed");
                }
            }
        }
        // The whole log at once.
        fresh();
        std::fs::remove_dir_all(work.join("log")).unwrap();
        assert!(check(&work, &whole, "without the log"));
    }
}

#[test]
fn files_of_another_journal_are_not_taken_for_ones_own() {
    let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let ((made, _), (other, _)) = (make(one.path(), true), make(two.path(), true));
    for (file, others) in files(&made).iter().zip(files(&other)) {
        let mine = std::fs::read(file).unwrap();
        std::fs::copy(&others, file).unwrap();
        let error = see(&made).unwrap_err();
        assert!(matches!(error, StoreError::Damaged { .. }), "{}: {error}", file.display());
        std::fs::write(file, mine).unwrap();
    }
    see(&made).unwrap();
}

#[test]
fn a_newer_format_is_refused_by_its_number() {
    let base = tempfile::tempdir().unwrap();
    let (made, _) = make(base.path(), true);
    let path = made.join("JOURNAL");
    let mut bytes = std::fs::read(&path).unwrap();
    bytes[4] = 9;
    let sum = {
        let mut hash = crc32fast::Hasher::new();
        hash.update(&bytes[..8]);
        hash.update(&bytes[12..]);
        hash.finalize()
    };
    bytes[8..12].copy_from_slice(&sum.to_le_bytes());
    std::fs::write(&path, bytes).unwrap();
    let error = see(&made).unwrap_err();
    assert_eq!(error, StoreError::Version { path, found: 9, known: 1 });
    assert!(error.to_string().contains("use the newer program"));
}

#[test]
fn a_message_cannot_pass_for_an_entry_of_the_log() {
    // A torn end whose message text holds a whole entry, copied from the log itself: it is still a torn end.
    let base = tempfile::tempdir().unwrap();
    let mut journal = FileJournal::open(&base.path().join("a")).unwrap();
    journal.append(&[record(1)]).unwrap();
    let copied = std::fs::read(segment(&base.path().join("a"), 1)).unwrap()[40..].to_vec();
    drop(journal);
    // Another journal, as seen by whoever can only guess: same events, another salt.
    let folder = base.path().join("b");
    let mut journal = FileJournal::open(&folder).unwrap();
    journal.append(&[record(1)]).unwrap();
    let whole = segment(&folder, 1).metadata().unwrap().len();
    let evil = JournalRecord { body: Some(copied.repeat(20)), ..record(2) };
    journal.append(&[evil]).unwrap();
    drop(journal);
    let bytes = std::fs::read(segment(&folder, 1)).unwrap();
    std::fs::write(segment(&folder, 1), &bytes[..bytes.len() - 7]).unwrap();
    assert_eq!(see(&folder).unwrap().events, [(1, JournalRecord { body: None, ..record(1) })]);
    assert_eq!(segment(&folder, 1).metadata().unwrap().len(), whole, "the torn end is gone");
}

#[test]
fn a_creation_cut_short_is_begun_again() {
    let base = tempfile::tempdir().unwrap();
    let folder = base.path().join("j");
    drop(FileJournal::open(&folder).unwrap());
    std::fs::remove_file(folder.join("JOURNAL")).unwrap(); // it is written last
    let mut journal = FileJournal::open(&folder).unwrap();
    assert_eq!(journal.append(&[record(1)]).unwrap(), 1);
}
