//! The store of a device, on disk and in memory: both must do the same.

#![allow(clippy::unwrap_used)] // a test may

use proptest::prelude::*;
use seenby_core::model::{AppId, UserId};
use seenby_core::session::{StoreEntry, StoreOp, Table};
use seenby_store::{DeviceStore, StoreError};
use std::collections::BTreeMap;

const APP: AppId = AppId(7);
const AT: &str = "wss://a.example";

fn user(name: &str) -> UserId {
    UserId::new(name).unwrap()
}

fn entry(table: Table, key: &[u8], value: &[u8]) -> StoreEntry {
    StoreEntry { table, key: key.to_vec(), value: value.to_vec() }
}

fn put(table: Table, key: &[u8], value: &[u8]) -> StoreOp {
    StoreOp::Put(entry(table, key, value))
}

/// Runs a test on both homes.
fn both(test: impl Fn(DeviceStore)) {
    test(DeviceStore::in_memory());
    let folder = tempfile::tempdir().unwrap();
    test(DeviceStore::open(folder.path()).unwrap());
}

#[test]
fn r28_a_folder_is_opened_once_a_process_and_shared() {
    let folder = tempfile::tempdir().unwrap();
    let one = DeviceStore::open(folder.path()).unwrap();
    let two = DeviceStore::open(&folder.path().join(".")).unwrap();
    assert!(one.is_same(&two));
    let id = one.device_id("").unwrap();
    assert_eq!(two.device_id("").unwrap(), id);
    assert_ne!(two.device_id("tablet").unwrap(), id);
    drop((one, two));
    let again = DeviceStore::open(folder.path()).unwrap();
    assert_eq!(again.device_id("").unwrap(), id, "R30: made once an installation");
}

#[test]
fn openings_on_several_threads_meet() {
    let folder = tempfile::tempdir().unwrap();
    let threads: Vec<_> = (0..4)
        .map(|n| {
            let path = folder.path().to_owned();
            std::thread::spawn(move || {
                for round in 0..5_u8 {
                    let store = DeviceStore::open(&path).unwrap();
                    let account = store.open_account(AT, APP, &user(&format!("u{n}")), "").unwrap();
                    account.commit(&[put(Table::Meta, b"round", &[round])], round % 2 == 0).unwrap();
                }
            })
        })
        .collect();
    for thread in threads {
        thread.join().unwrap();
    }
    let store = DeviceStore::open(folder.path()).unwrap();
    for n in 0..4 {
        let rows = store.peek(AT, APP, &user(&format!("u{n}")), "").unwrap();
        assert_eq!(rows, [entry(Table::Meta, b"round", &[4])]);
    }
}

#[test]
fn accounts_are_apart_and_survive() {
    let folder = tempfile::tempdir().unwrap();
    let names = [(AT, "a", ""), (AT, "b", ""), ("wss://b.example", "a", ""), (AT, "a", "tablet")];
    {
        let store = DeviceStore::open(folder.path()).unwrap();
        for (n, (at, name, label)) in names.iter().enumerate() {
            let account = store.open_account(at, APP, &user(name), label).unwrap();
            assert!(account.load().unwrap().is_empty(), "nothing of another account");
            account.commit(&[put(Table::Outbox, b"1", &[n as u8])], true).unwrap();
        }
    }
    let store = DeviceStore::open(folder.path()).unwrap();
    assert_eq!(store.last_user(AT, APP, "").unwrap(), Some(user("b")));
    assert_eq!(store.last_user(AT, APP, "tablet").unwrap(), Some(user("a")));
    assert_eq!(store.last_user(AT, AppId(8), "").unwrap(), None);
    for (n, (at, name, label)) in names.iter().enumerate() {
        let account = store.open_account(at, APP, &user(name), label).unwrap();
        assert_eq!(account.load().unwrap(), [entry(Table::Outbox, b"1", &[n as u8])]);
    }
}

#[test]
fn r26_what_is_stored_can_be_read_before_login() {
    both(|store| {
        assert!(store.peek(AT, APP, &user("a"), "").unwrap().is_empty());
        let account = store.open_account(AT, APP, &user("a"), "").unwrap();
        account.commit(&[put(Table::Meta, b"unread", b"3")], false).unwrap();
        assert_eq!(store.peek(AT, APP, &user("a"), "").unwrap(), [entry(Table::Meta, b"unread", b"3")]);
        account.commit(&[put(Table::Meta, b"unread", b"4")], false).unwrap(); // looking took nothing away
    });
}

#[test]
fn r16_what_was_made_before_the_first_contact_moves_to_the_service() {
    both(|store| {
        let first = store.open_account(AT, APP, &user("a"), "").unwrap();
        first.commit(&[put(Table::Outbox, &[0, 1], b"early"), put(Table::Meta, b"m", b"old")], true).unwrap();
        assert_eq!(first.service(), None);
        let here = first.bind("service-1").unwrap();
        assert_eq!(here, [entry(Table::Meta, b"m", b"old"), entry(Table::Outbox, &[0, 1], b"early")]);
        assert_eq!(first.bind("service-1").unwrap(), here, "again changes nothing");
        assert_eq!(store.service_of(AT).unwrap().as_deref(), Some("service-1"));
        drop(first);

        // The same service under another name: rows made there before contact join, and of the outbox none is lost.
        let other = store.open_account("wss://b.example", APP, &user("a"), "").unwrap();
        let late =
            [put(Table::Outbox, &[0, 1], b"late"), put(Table::Meta, b"m", b"new"), put(Table::Index, b"i", b"x")];
        other.commit(&late, true).unwrap();
        let expected = [
            entry(Table::Meta, b"m", b"old"),
            entry(Table::Outbox, &[0, 1], b"early"),
            entry(Table::Outbox, &[0, 2], b"late"),
            entry(Table::Index, b"i", b"x"),
        ];
        assert_eq!(other.bind("service-1").unwrap(), expected);
        assert_eq!(other.load().unwrap(), expected);
        // Nothing is left behind to join twice.
        let again = store.open_account("wss://b.example", APP, &user("a"), "").unwrap();
        assert_eq!(again.load().unwrap(), expected);
    });
}

#[test]
fn r16_another_users_early_rows_move_when_that_user_comes() {
    both(|store| {
        let b = store.open_account(AT, APP, &user("b"), "").unwrap();
        b.commit(&[put(Table::Outbox, &[1], b"of b")], true).unwrap();
        drop(b);
        let a = store.open_account(AT, APP, &user("a"), "").unwrap();
        assert!(a.bind("service-1").unwrap().is_empty());
        let b = store.open_account(AT, APP, &user("b"), "").unwrap();
        assert_eq!(b.service().as_deref(), Some("service-1"));
        assert_eq!(b.load().unwrap(), [entry(Table::Outbox, &[1], b"of b")]);
    });
}

#[test]
fn r16_another_service_behind_the_endpoint_gets_nothing_of_the_old_one() {
    both(|store| {
        let account = store.open_account(AT, APP, &user("a"), "").unwrap();
        account.bind("service-1").unwrap();
        account.commit(&[put(Table::Outbox, &[1], b"for 1")], true).unwrap();
        assert!(account.bind("service-2").unwrap().is_empty());
        account.commit(&[put(Table::Outbox, &[1], b"for 2")], true).unwrap();
        assert_eq!(account.bind("service-1").unwrap(), [entry(Table::Outbox, &[1], b"for 1")], "and it comes back");
    });
}

#[test]
fn r30_the_newer_session_of_a_user_on_a_device_owns_the_rows() {
    both(|store| {
        let old = store.open_account(AT, APP, &user("a"), "").unwrap();
        old.commit(&[put(Table::Outbox, &[1], b"x")], true).unwrap();
        let new = store.open_account(AT, APP, &user("a"), "").unwrap();
        assert!(matches!(old.commit(&[put(Table::Outbox, &[1], b"y")], true), Err(StoreError::TakenOver { .. })));
        assert!(matches!(old.bind("s"), Err(StoreError::TakenOver { .. })));
        assert_eq!(new.load().unwrap(), [entry(Table::Outbox, &[1], b"x")]);
        let labelled = store.open_account(AT, APP, &user("a"), "tablet").unwrap();
        assert!(labelled.load().unwrap().is_empty());
        new.commit(&[put(Table::Outbox, &[2], b"z")], true).unwrap();
    });
}

#[test]
fn labels_are_checked() {
    let store = DeviceStore::in_memory();
    let error = store.device_id(&"x".repeat(65)).unwrap_err();
    assert!(matches!(&error, StoreError::Invalid { what } if what.contains("64")), "{error}");
}

#[cfg(unix)]
#[test]
fn only_the_owner_may_look() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let store = DeviceStore::open(&data).unwrap();
    let account = store.open_account(AT, APP, &user("a"), "").unwrap();
    account.commit(&[put(Table::Meta, b"k", b"v")], true).unwrap();
    seenby_store::spool::enqueue(&data, AT, APP, &user("a"), &[], 5).unwrap();
    fn look(path: &std::path::Path) {
        let mode = std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode, if path.is_dir() { 0o700 } else { 0o600 }, "{}", path.display());
        if path.is_dir() {
            std::fs::read_dir(path).unwrap().for_each(|entry| look(&entry.unwrap().path()));
        }
    }
    look(&data);
}

#[test]
fn a_flipped_byte_is_an_error_or_harmless_never_a_panic_or_other_rows() {
    let folder = tempfile::tempdir().unwrap();
    let rows: Vec<StoreOp> = (0..200_u32).map(|n| put(Table::Index, &n.to_be_bytes(), &[n as u8; 60])).collect();
    let expected = {
        let store = DeviceStore::open(folder.path()).unwrap();
        let account = store.open_account(AT, APP, &user("a"), "").unwrap();
        rows.chunks(20).for_each(|rows| account.commit(rows, true).unwrap());
        account.load().unwrap()
    };
    let path = folder.path().join("device.redb");
    let whole = std::fs::read(&path).unwrap();
    let load = || DeviceStore::open(folder.path()).and_then(|s| s.open_account(AT, APP, &user("a"), "")?.load());
    let mut found = 0;
    for n in 0..150 {
        let at = n * whole.len() / 150 + n % 7;
        let mut bytes = whole.clone();
        bytes[at] ^= 1 << (n % 8);
        std::fs::write(&path, &bytes).unwrap();
        match load() {
            Ok(rows) => assert_eq!(rows, expected, "byte {at}"),
            Err(StoreError::Damaged { path: named, what }) => {
                found += 1;
                assert!(named.ends_with("device.redb") && what.contains("move the folder away"), "{what}");
            }
            Err(StoreError::Version { .. }) => found += 1,
            Err(error) => panic!("byte {at}: {error}"),
        }
    }
    assert!(found > 10, "{found} of 150 found: the test must hit what is in use");
    for length in [1, 100, whole.len() / 2, whole.len() - 1] {
        std::fs::write(&path, &whole[..length]).unwrap();
        match load() {
            Ok(rows) => assert_eq!(rows, expected, "length {length}"),
            Err(StoreError::Damaged { .. }) => {}
            Err(error) => panic!("length {length}: {error}"),
        }
    }
}

const TABLES: [Table; 3] = [Table::Meta, Table::Outbox, Table::Conversations];

fn op() -> impl Strategy<Value = StoreOp> {
    let key = prop::collection::vec(0_u8..3, 0..3);
    let value = prop::option::of(prop::collection::vec(any::<u8>(), 0..40));
    (0..TABLES.len(), key, value).prop_map(|(table, key, value)| match value {
        Some(value) => StoreOp::Put(StoreEntry { table: TABLES[table], key, value }),
        None => StoreOp::Delete { table: TABLES[table], key },
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]
    #[test]
    fn random_commits_give_what_a_map_gives(
        commits in prop::collection::vec((0_usize..2, prop::collection::vec(op(), 0..6), any::<bool>(), 0..6), 1..25)
    ) {
        let folder = tempfile::tempdir().unwrap();
        let mut disk = DeviceStore::open(folder.path()).unwrap();
        let memory = DeviceStore::in_memory();
        let users = [user("a"), user("b")];
        let mut model = [BTreeMap::new(), BTreeMap::new()];
        for (who, ops, sync, then) in commits {
            for op in &ops {
                match op.clone() {
                    StoreOp::Put(e) => drop(model[who].insert((e.table, e.key), e.value)),
                    StoreOp::Delete { table, key } => drop(model[who].remove(&(table, key))),
                }
            }
            for store in [&disk, &memory] {
                store.open_account(AT, APP, &users[who], "").unwrap().commit(&ops, sync).unwrap();
            }
            if then == 0 {
                drop(std::mem::replace(&mut disk, DeviceStore::in_memory()));
                disk = DeviceStore::open(folder.path()).unwrap();
            }
            for store in [&disk, &memory] {
                let rows = store.peek(AT, APP, &users[who], "").unwrap();
                let rows: Vec<_> = rows.into_iter().map(|e| ((e.table, e.key), e.value)).collect();
                prop_assert_eq!(&rows, &model[who].clone().into_iter().collect::<Vec<_>>());
            }
        }
    }
}
