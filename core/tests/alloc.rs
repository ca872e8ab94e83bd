//! What receipts cost: allocations, bytes in memory, bytes at rest. (An integration test of its own, because counting
//! allocations takes the process's allocator.)

mod support;

use allocation_counter::measure;
use seenby_core::ledger::journal::Event;
use seenby_core::ledger::{Conversation, ReadOutcome};
use support::events::{created, event, joined, message, read, sent};

fn group(members: u32, messages: u64, receipts: bool) -> Conversation {
    let names: Vec<String> = (0..members).map(|who| format!("u{who:06}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let (mut ledger, mut reads) = (Conversation::new(), Vec::new());
    ledger.apply(1, &event(1_000, created(2, "g", "u000000")), &mut reads);
    ledger.apply(2, &event(1_000, joined(&names, 400, 0)), &mut reads);
    for seq in 1..=messages {
        let id = format!("{seq:032}");
        let body = match receipts {
            true => sent(0, &id),
            false => seenby_core::ledger::journal::event::Body::Sent(message(0, &id)),
        };
        ledger.apply(2 + seq, &event(1_000 + seq as i64, body), &mut reads);
    }
    assert_eq!((ledger.roster().count(), ledger.last_seq()), (members, messages));
    ledger
}

/// Everybody of `1..members` reads messages `1..=30` in one event each, about ten a second.
fn reports(members: u32) -> Vec<(u64, Event)> {
    let time = |reader: u32| 2_000 + i64::from(reader) * 100 + i64::from(reader * 7_919 % 90);
    // An order that is not that of the ordinals, as in life.
    let order = (0..members - 1).map(|number| 1 + number * 7_919 % (members - 1));
    (100..)
        .zip((0..).zip(order))
        .map(|(at, (n, who))| (at, event(time(n) + 50, read(who, &[(1, 30, time(n))]))))
        .collect()
}

#[test]
fn a_batch_of_thirty_allocates_nothing_per_receipt() {
    let members = 1_010;
    let mut ledger = group(members, 30, true);
    let reports = reports(members);
    let mut reads = Vec::with_capacity(30);
    let (mut quiet, mut total) = (0, 0);
    for (at, event) in &reports {
        let counted = measure(|| {
            ledger.apply(*at, event, &mut reads);
        });
        assert!(reads.len() == 30 && reads.iter().all(|(_, outcome)| *outcome == ReadOutcome::New));
        quiet += u64::from(counted.count_total == 0);
        total += counted.count_total;
    }
    let receipts = u64::from(members - 1) * 30;
    println!("{total} allocations for {receipts} receipts in {} events, {quiet} events without any", reports.len());
    // Lists and bitmaps grow now and then, by half: a message's list of a thousand has grown some twenty times.
    assert!(total * 20 < receipts, "{total} allocations for {receipts} receipts");
    assert!(quiet * 10 > reports.len() as u64 * 9, "{quiet} of {} events allocate nothing", reports.len());
    // A repeat allocates nothing at all.
    for (at, event) in &reports {
        let counted = measure(|| {
            ledger.apply(*at + 10_000, event, &mut reads);
        });
        assert!(reads.iter().all(|(_, outcome)| *outcome == ReadOutcome::Repeat));
        assert_eq!(counted.count_total, 0);
    }
}

#[test]
fn a_summary_allocates_nothing() {
    let members = 500;
    let mut ledger = group(members, 30, true);
    for (at, event) in &reports(members) {
        ledger.apply(*at, event, &mut Vec::new());
    }
    let counted = measure(|| {
        for seq in 1..=30 {
            let summary = ledger.summary(seq).expect("it has receipts");
            assert_eq!((summary.read, summary.unread), (members - 1, 0));
        }
    });
    assert_eq!(counted.count_total, 0);
}

#[test]
fn a_message_without_receipts_costs_no_receipt_memory() {
    let without = group(100, 256, false).memory();
    assert_eq!((without.receipts, without.receipt_count, without.message_count), (0, 0, 256));
    println!("{} bytes in memory a message without receipts", without.messages / 256);
    let with = group(100, 256, true).memory();
    println!("{} bytes more with receipts that nobody gave yet", with.receipts / 256);
    assert!(with.receipts / 256 <= 64);
    assert!(without.messages / 256 <= 256, "{} bytes a message", without.messages / 256);
}

#[test]
fn receipts_are_small_in_memory_and_at_rest() {
    for members in [500, 10_000] {
        let mut ledger = group(members, 30, true);
        let part = |ledger: &mut Conversation| {
            let parts = ledger.roll_up(true);
            let segments = parts.into_iter().filter(|(part, _)| *part > 0);
            segments.filter_map(|(_, bytes)| bytes).map(|bytes| bytes.len()).sum::<usize>()
        };
        let (before, empty) = (part(&mut ledger), ledger.memory());
        for (at, event) in &reports(members) {
            ledger.apply(*at, event, &mut Vec::new());
        }
        let (memory, after) = (ledger.memory(), part(&mut ledger));
        let receipts = 30 * (members - 1) as usize;
        assert_eq!(memory.receipt_count, receipts);
        let in_memory = (memory.receipts - empty.receipts) as f64 / receipts as f64;
        let at_rest = (after - before) as f64 / receipts as f64;
        println!("group of {members}: {in_memory:.2} bytes a receipt in memory, {at_rest:.2} at rest (snapshot)");
        assert!(in_memory <= 16.0, "{in_memory} bytes a receipt in memory");
        assert!(at_rest <= 8.0, "{at_rest} bytes a receipt at rest");
    }
}

#[test]
fn a_hundred_thousand_members_half_read() {
    let members = 100_000;
    let mut ledger = group(members, 1, true);
    let empty = ledger.memory().receipts;
    let mut reads = Vec::new();
    for reader in (1..members).step_by(2) {
        let time = 5_000 + i64::from(reader);
        ledger.apply(10 + u64::from(reader), &event(time, read(reader, &[(1, 1, time)])), &mut reads);
    }
    let summary = ledger.summary(1).expect("it has receipts");
    assert_eq!((summary.read, summary.unread), (50_000, 49_999));
    let bytes = ledger.memory().receipts - empty;
    println!(
        "100 000 members, half read: {bytes} bytes, of which 9 a reader are order and time, with room to grow by half"
    );
    // 13 KB of bitmap, and nine bytes each in a list that grows by half.
    assert!(bytes < 13_000 + 50_000 * 9 * 3 / 2, "{bytes}");
}
