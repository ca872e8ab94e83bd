//! A process that appends is killed at any moment, again and again; whatever it was told is durable is there afterwards.
//! (A kill, unlike a power cut, leaves what was written to the system. Syncs are counted on by construction: an append
//! returns after its sync.)
//!
//! The killed process is this test program, started again with a folder in its environment.

#![allow(clippy::unwrap_used)] // a test may

use seenby_core::hub::LogKey;
use seenby_core::model::{AppId, UserId};
use seenby_core::session::{StoreEntry, StoreOp, Table};
use seenby_store::{DeviceStore, FileJournal, Journal, JournalRecord, StoreError};
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

const FOLDER: &str = "SEENBY_STORE_TEST_FOLDER";
const ROUNDS: &str = "SEENBY_STORE_TEST_ROUNDS";

fn record(n: u64) -> JournalRecord {
    let body = n.is_multiple_of(4).then(|| vec![n as u8; n as usize % 900]);
    JournalRecord {
        app: AppId(1),
        log: LogKey([n as u8 % 7; 16]),
        event: n.to_be_bytes().repeat(1 + n as usize % 9),
        body,
    }
}

/// Starts this program again to run one of the children below.
fn start(child: &str, folder: &Path) -> Child {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", child, "--nocapture", "--test-threads=1"]).env(FOLDER, folder);
    command.stdout(Stdio::piped()).stderr(Stdio::inherit()).spawn().unwrap()
}

/// Kills the child after this long; returns the last number it said.
fn kill_after(mut child: Child, wait: Duration) -> u64 {
    let output = child.stdout.take().unwrap();
    let reader = std::thread::spawn(move || {
        let mut last = 0;
        for line in BufReader::new(output).lines() {
            let Ok(line) = line else { break };
            // A line cut off by the kill has no full stop; the first one stands behind the test's name.
            if let Some(number) = line.strip_prefix("durable ").and_then(|n| n.strip_suffix('.')) {
                last = number.parse().unwrap();
            }
        }
        last
    });
    std::thread::sleep(wait);
    child.kill().unwrap();
    child.wait().unwrap();
    reader.join().unwrap()
}

fn say(number: u64) {
    let mut out = std::io::stdout().lock();
    writeln!(out, "durable {number}.").and_then(|()| out.flush()).unwrap();
}

fn rounds() -> u64 {
    std::env::var(ROUNDS).map_or(20, |rounds| rounds.parse().unwrap())
}

/// Moments that differ from run to run.
fn moment(round: u64) -> Duration {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().subsec_nanos();
    Duration::from_micros(5_000 + (u64::from(now) / 7 + round * 7919) % 150_000)
}

#[test]
fn child_of_the_journals_test() {
    let Some(folder) = std::env::var_os(FOLDER) else { return };
    let mut journal = FileJournal::open(Path::new(&folder)).unwrap();
    let mut turn = journal.head();
    loop {
        turn += 1;
        let from = journal.head() + 1;
        let records: Vec<_> = (from..from + 1 + turn % 40).map(record).collect();
        journal.append(&records).unwrap();
        say(journal.head());
        if turn.is_multiple_of(5) {
            let head = journal.head();
            for log in 0..3 {
                let parts = [(0, Some(head.to_le_bytes().to_vec())), (1 + head % 3, Some(vec![log; 40_000]))];
                journal.roll_up(AppId(1), LogKey([log; 16]), head, &parts).unwrap();
            }
            journal.forget(head - 3).unwrap();
            journal.drop_bodies(&[head / 8 * 4]).unwrap();
        }
    }
}

#[test]
fn what_was_acknowledged_survives_a_kill_at_any_moment() {
    let folder = tempfile::tempdir().unwrap();
    let mut acknowledged = 0;
    let mut rounds_with_progress = 0;
    for round in 0..rounds() {
        let said = kill_after(start("child_of_the_journals_test", folder.path()), moment(round));
        rounds_with_progress += u64::from(said > acknowledged);
        acknowledged = acknowledged.max(said);
        let journal = FileJournal::open(folder.path()).unwrap();
        assert!(journal.head() >= acknowledged, "round {round}: {} of {acknowledged}", journal.head());
        let mut next = journal.floor() + 1;
        journal
            .replay(0, &mut |position, found| {
                assert_eq!((position, &found), (next, &JournalRecord { body: None, ..record(position) }));
                next += 1;
                Ok(())
            })
            .unwrap();
        assert_eq!(next, journal.head() + 1);
        let bodies = journal.bodies();
        let mut missing = 0;
        for position in 1..=journal.head() {
            match (bodies.get(position).unwrap(), record(position).body) {
                (found @ Some(_), body) => assert_eq!(found, body, "round {round}, body {position}"),
                (None, Some(_)) => missing += 1, // dropped by the child
                (None, None) => {}
            }
        }
        assert!(missing * 4 < journal.head() + 40, "round {round}: {missing} bodies are missing of {}", journal.head());
        let mut snapshots = 0;
        journal
            .snapshots(&mut |_, _, as_of, parts| {
                snapshots += 1;
                assert_eq!(parts[0].bytes, as_of.to_le_bytes(), "a snapshot is of one moment");
                assert!(as_of >= journal.floor());
                Ok(())
            })
            .unwrap();
        assert_eq!(snapshots, if journal.floor() > 0 { 3 } else { snapshots });
    }
    assert!(
        acknowledged > 0 && rounds_with_progress > rounds() / 3,
        "the child must get somewhere before it is killed"
    );
}

#[test]
fn child_of_the_devices_test() {
    let Some(folder) = std::env::var_os(FOLDER) else { return };
    let store = DeviceStore::open(Path::new(&folder)).unwrap();
    let account = store.open_account("wss://a", AppId(1), &UserId::new("a").unwrap(), "").unwrap();
    let mut next = account.load().unwrap().len() as u64;
    loop {
        let put = |n: u64| {
            StoreOp::Put(StoreEntry { table: Table::Outbox, key: n.to_be_bytes().into(), value: vec![n as u8; 50] })
        };
        account.commit(&[put(next)], false).unwrap();
        account.commit(&[put(next + 1), put(next + 2)], true).unwrap();
        next += 3;
        say(next);
    }
}

#[test]
fn r16_a_devices_synced_outbox_survives_a_kill_at_any_moment() {
    let folder = tempfile::tempdir().unwrap();
    let mut acknowledged = 0;
    for round in 0..rounds() / 2 {
        let said = kill_after(start("child_of_the_devices_test", folder.path()), moment(round));
        acknowledged = acknowledged.max(said);
        let store = DeviceStore::open(folder.path()).unwrap();
        let rows = store.peek("wss://a", AppId(1), &UserId::new("a").unwrap(), "").unwrap();
        assert!(rows.len() as u64 >= acknowledged, "round {round}: {} of {acknowledged}", rows.len());
        for (n, row) in (0_u64..).zip(&rows) {
            assert_eq!(
                (row.key.as_slice(), row.value.as_slice()),
                (&n.to_be_bytes()[..], &[n as u8; 50][..]),
                "in order"
            );
        }
    }
    assert!(acknowledged > 0);
}

#[test]
fn child_that_holds_both() {
    let Some(folder) = std::env::var_os(FOLDER) else { return };
    let folder = Path::new(&folder);
    let _journal = FileJournal::open(&folder.join("journal")).unwrap();
    let _store = DeviceStore::open(&folder.join("device")).unwrap();
    say(1);
    std::thread::sleep(Duration::from_secs(60));
}

#[test]
fn another_process_is_told_that_it_is_in_use_and_a_killed_one_leaves_it_free() {
    let folder = tempfile::tempdir().unwrap();
    let mut child = start("child_that_holds_both", folder.path());
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    assert!(lines.any(|line| line.unwrap().ends_with("durable 1.")), "the child has both open");
    let (journal, device) = (folder.path().join("journal"), folder.path().join("device"));
    let error = FileJournal::open(&journal).err().unwrap();
    assert_eq!(error, StoreError::InUse { path: journal.clone() });
    assert!(error.to_string().contains("in use by another process"));
    assert!(matches!(DeviceStore::open(&device), Err(StoreError::InUse { .. })));
    child.kill().unwrap();
    child.wait().unwrap();
    FileJournal::open(&journal).unwrap();
    DeviceStore::open(&device).unwrap();
}
