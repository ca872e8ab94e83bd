//! R16: what another process leaves in the spool reaches the store's owner.

#![allow(clippy::unwrap_used)] // a test may

use seenby_core::model::{AppId, ConversationId, GroupId, MessageId, UserId};
use seenby_core::session::MessageHandle;
use seenby_store::{DeviceStore, spool};
use std::path::{Path, PathBuf};

const APP: AppId = AppId(7);
const AT: &str = "wss://a.example";

fn user(name: &str) -> UserId {
    UserId::new(name).unwrap()
}

fn handle(id: &str) -> MessageHandle {
    MessageHandle {
        conversation: Some(ConversationId::Group(GroupId::new("g").unwrap())),
        id: Some(MessageId::new(id).unwrap()),
        seq: 0,
        is_self: None,
        need_read_receipt: Some(true),
    }
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<_> = std::fs::read_dir(folder.join("spool")).unwrap().map(|e| e.unwrap().path()).collect();
    files.sort();
    files
}

fn ids(batch: &spool::Batch) -> Vec<(String, i64)> {
    let mut ids = Vec::new();
    for receipts in &batch.receipts {
        let of = |m: &MessageHandle| (m.id.clone().unwrap().as_str().to_owned(), receipts.read_ms);
        ids.extend(receipts.messages.iter().map(of));
    }
    ids
}

#[test]
fn r16_receipts_of_a_notification_action_stay_until_they_are_durable_elsewhere() {
    let folder = tempfile::tempdir().unwrap();
    // No store is open, and none is needed.
    spool::enqueue(folder.path(), AT, APP, &user("a"), &[handle("m1"), handle("m2")], 5).unwrap();
    spool::enqueue(folder.path(), AT, APP, &user("b"), &[handle("other")], 6).unwrap();
    spool::enqueue(folder.path(), "wss://b.example", APP, &user("a"), &[handle("elsewhere")], 7).unwrap();
    spool::enqueue(folder.path(), AT, APP, &user("a"), &[handle("m3")], 8).unwrap();
    let store = DeviceStore::open(folder.path()).unwrap();
    let account = store.open_account(AT, APP, &user("a"), "").unwrap();
    let expected = [("m1".to_owned(), 5), ("m2".to_owned(), 5), ("m3".to_owned(), 8)];
    let lost = account.drain_spool().unwrap();
    assert_eq!(ids(&lost), expected);
    assert_eq!(lost.receipts[0].messages, [handle("m1"), handle("m2")]);
    drop(lost); // killed before the outbox had them
    let batch = account.drain_spool().unwrap();
    assert_eq!(ids(&batch), expected);
    batch.done().unwrap();
    assert!(account.drain_spool().unwrap().receipts.is_empty());
    assert_eq!(files(folder.path()).len(), 2, "what is another's stays");

    // Once both endpoints are known to lead to one service, its user gets what was left under the other name.
    account.bind("s").unwrap();
    store.open_account("wss://b.example", APP, &user("c"), "").unwrap().bind("s").unwrap();
    assert_eq!(ids(&account.drain_spool().unwrap()), [("elsewhere".to_owned(), 7)]);
}

#[test]
fn damaged_files_are_set_aside_and_the_others_still_come() {
    let folder = tempfile::tempdir().unwrap();
    let store = DeviceStore::open(folder.path()).unwrap();
    let account = store.open_account(AT, APP, &user("a"), "").unwrap();
    for n in 0..3 {
        spool::enqueue(folder.path(), AT, APP, &user("a"), &[handle("m")], n).unwrap();
    }
    let written = files(folder.path());
    let mut bytes = std::fs::read(&written[0]).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(&written[0], &bytes).unwrap();
    std::fs::write(&written[1], &std::fs::read(&written[1]).unwrap()[..9]).unwrap();
    // One of a size that no writer of ours makes.
    let whose = written[2].file_name().unwrap().to_str().unwrap().split('-').nth(1).unwrap().to_owned();
    let huge = std::fs::File::create(written[2].with_file_name(format!("0-{whose}-0.receipts"))).unwrap();
    huge.set_len(9 << 20).unwrap();
    drop(huge);
    let batch = account.drain_spool().unwrap();
    assert_eq!(ids(&batch), [("m".to_owned(), 2)]);
    assert_eq!(batch.set_aside.len(), 3);
    assert!(batch.set_aside.iter().all(|path| path.extension().is_some_and(|e| e == "bad") && path.exists()));
    batch.done().unwrap();
    assert!(account.drain_spool().unwrap().set_aside.is_empty(), "reported once");
}

#[test]
fn a_full_spool_comes_in_batches() {
    let folder = tempfile::tempdir().unwrap();
    spool::enqueue(folder.path(), AT, APP, &user("a"), &[handle("m")], 0).unwrap();
    let first = files(folder.path()).remove(0);
    let name = first.file_name().unwrap().to_str().unwrap().to_owned();
    for n in 0..300 {
        std::fs::copy(&first, first.with_file_name(name.replace(".receipts", &format!("{n:03}.receipts")))).unwrap();
    }
    let store = DeviceStore::open(folder.path()).unwrap();
    let account = store.open_account(AT, APP, &user("a"), "").unwrap();
    let batch = account.drain_spool().unwrap();
    assert!(batch.more && batch.receipts.len() == 256, "{}", batch.receipts.len());
    batch.done().unwrap();
    let batch = account.drain_spool().unwrap();
    assert!(!batch.more && batch.receipts.len() == 45, "{}", batch.receipts.len());
}

#[test]
fn what_is_too_much_is_refused_and_a_store_in_memory_has_no_spool() {
    let folder = tempfile::tempdir().unwrap();
    let many = vec![handle(&"m".repeat(128)); 70_000];
    let error = spool::enqueue(folder.path(), AT, APP, &user("a"), &many, 0).unwrap_err();
    assert!(error.to_string().contains("70000 receipts"), "{error}");
    spool::enqueue(folder.path(), AT, APP, &user("a"), &many[..10_000], 0).unwrap();
    let account = DeviceStore::in_memory().open_account(AT, APP, &user("a"), "").unwrap();
    assert!(account.drain_spool().unwrap().receipts.is_empty());
}
