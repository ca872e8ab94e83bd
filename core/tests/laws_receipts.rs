//! Laws of the receipt set (R5) and of the member lists (R11).

mod support;

use proptest::prelude::*;
use seenby_core::ledger::{Conversation, Outcome, ReadOutcome, ReaderEntry};
use seenby_core::model::MemberFilter;
use std::collections::{BTreeMap, BTreeSet};
use support::events::{created, erased, event, joined, read, sent};
use support::world::cases;

const MESSAGES: u64 = 6;
const SENT_MS: i64 = 1_000;

/// A group with this many members, and messages from the first of them.
fn group(members: u32) -> (Conversation, u64) {
    let names: Vec<String> = (0..members).map(|who| format!("u{who}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let mut bodies = vec![created(2, "g", "u0"), joined(&names, 400, 0)];
    bodies.extend((0..MESSAGES).map(|number| sent(0, &format!("m{number}"))));
    let (mut ledger, mut at) = (Conversation::new(), 0);
    for body in bodies {
        at += 1;
        assert!(matches!(ledger.apply(at, &event(SENT_MS, body), &mut Vec::new()), Outcome::Applied(_)));
    }
    (ledger, at)
}

/// One report of one message.
#[derive(Clone, Copy, Debug)]
struct Report {
    reader: u32,
    seq: u64,
    time_ms: i64,
}

fn reports(members: u32) -> impl Strategy<Value = Vec<Report>> {
    let report = (0..members + 2, 0..MESSAGES + 2, 0i64..9_000);
    prop::collection::vec(report.prop_map(|(reader, seq, time_ms)| Report { reader, seq, time_ms }), 0..120)
}

fn apply(ledger: &mut Conversation, at: &mut u64, reports: &[Report]) -> Vec<ReadOutcome> {
    let mut outcomes = Vec::new();
    let mut reads = Vec::new();
    for report in reports {
        *at += 1;
        let body = read(report.reader, &[(report.seq, 1, report.time_ms)]);
        assert!(matches!(ledger.apply(*at, &event(8_000, body), &mut reads), Outcome::Applied(_)));
        assert_eq!(reads.len(), 1);
        outcomes.push(reads[0].1);
    }
    outcomes
}

/// Who has read what, as a set.
fn set(ledger: &Conversation) -> BTreeSet<(u64, u32)> {
    (1..=MESSAGES).flat_map(|seq| ledger.readers(seq, 0).map(move |entry| (seq, entry.ordinal))).collect()
}

fn config(share: u64, per_case: u64) -> ProptestConfig {
    ProptestConfig { cases: cases(share, per_case), failure_persistence: None, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(config(8, 240))]

    #[test]
    fn r5_merging_is_commutative_associative_idempotent(
        (reports, shuffled) in reports(9).prop_flat_map(|reports| (Just(reports.clone()), Just(reports).prop_shuffle())),
        again in prop::collection::vec(any::<prop::sample::Index>(), 0..20),
    ) {
        let (mut one, mut at) = group(9);
        apply(&mut one, &mut at, &reports);
        // In another order, and some twice or later again.
        let (mut other, mut at) = group(9);
        let mut doubled = shuffled.clone();
        if !doubled.is_empty() {
            doubled.extend(again.iter().map(|index| shuffled[index.index(shuffled.len())]));
        }
        let outcomes = apply(&mut other, &mut at, &doubled);
        prop_assert_eq!(set(&one), set(&other));
        // What it is: every report of an audience's member, once.
        let legal = |report: &&Report| (1..9).contains(&report.reader) && (1..=MESSAGES).contains(&report.seq);
        let expected: BTreeSet<_> = reports.iter().filter(legal).map(|report| (report.seq, report.reader)).collect();
        prop_assert_eq!(set(&other), expected.clone());
        prop_assert_eq!(outcomes.iter().filter(|outcome| **outcome == ReadOutcome::New).count(), expected.len());
        // Applying all of it once more changes nothing, not even a position.
        let (before, change) = (other.state_hash(), other.last_change());
        let outcomes = apply(&mut other, &mut at, &doubled);
        prop_assert!(!outcomes.contains(&ReadOutcome::New));
        prop_assert_eq!((other.state_hash(), other.last_change()), (before, change));
    }

    #[test]
    fn r5_the_first_accepted_stays_with_its_time(reports in reports(5)) {
        let (mut ledger, mut at) = group(5);
        apply(&mut ledger, &mut at, &reports);
        let mut first = BTreeMap::new();
        for report in &reports {
            // R6: between the message and the server's clock.
            first.entry((report.seq, report.reader)).or_insert(report.time_ms.clamp(SENT_MS, 8_000));
        }
        for seq in 1..=MESSAGES {
            for entry in ledger.readers(seq, 0) {
                prop_assert_eq!(entry.time_ms, first[&(seq, entry.ordinal)]);
            }
        }
    }

    /// A batch is what its parts are, one after another.
    #[test]
    fn r4_a_batch_is_its_parts(runs in prop::collection::vec((0u64..9, 0u32..9, 0i64..9_000), 0..12), reader in 0u32..6) {
        let (mut whole, at) = group(5);
        let mut reads = Vec::new();
        whole.apply(at + 1, &event(8_000, read(reader, &runs)), &mut reads);
        let (mut parts, mut at) = group(5);
        let singles: Vec<Report> = runs
            .iter()
            .flat_map(|(first, count, time_ms)| {
                (0..u64::from(*count)).map(move |step| Report { reader, seq: first + step, time_ms: *time_ms })
            })
            .collect();
        let outcomes = apply(&mut parts, &mut at, &singles);
        let expected: Vec<_> = singles.iter().zip(outcomes).map(|(single, outcome)| (single.seq, outcome)).collect();
        prop_assert_eq!(reads, expected);
        for seq in 1..=MESSAGES {
            prop_assert!(whole.readers(seq, 0).eq(parts.readers(seq, 0)));
        }
    }
}

/// What happens between two pages of a walk.
#[derive(Clone, Debug)]
enum Between {
    Read(u32),
    Erase(u32),
    Restart,
}

proptest! {
    #![proptest_config(config(8, 120))]

    #[test]
    fn r11_a_walk_meets_everybody_who_stays_exactly_once(
        members in prop_oneof![2u32..20, 60u32..70, 120u32..330],
        before in prop::collection::vec(any::<u32>(), 0..80),
        pages in prop::collection::vec(
            (
                1u32..=100,
                prop::collection::vec(
                    prop_oneof![
                        12 => any::<u32>().prop_map(Between::Read),
                        1 => any::<u32>().prop_map(Between::Erase),
                        1 => Just(Between::Restart),
                    ],
                    0..8,
                ),
            ),
            1..60,
        ),
        small in any::<bool>(),
        unread in any::<bool>(),
    ) {
        let filter = if unread { MemberFilter::Unread } else { MemberFilter::Read };
        let (mut ledger, mut at) = group(members);
        let report = |who: u32| Report { reader: who % members, seq: 3, time_ms: 2_000 };
        apply(&mut ledger, &mut at, &before.iter().copied().map(report).collect::<Vec<_>>());
        let inside = |ledger: &Conversation| -> BTreeSet<u32> {
            let listed = |who: &u32| ledger.has_read(3, *who) != unread && !ledger.roster().member(*who).unwrap().erased;
            (1..members).filter(listed).collect()
        };
        let mut stayed = inside(&ledger);
        let (mut met, mut next): (Vec<ReaderEntry>, u64) = (Vec::new(), 0);
        let mut turns = pages.iter().cycle();
        loop {
            let (count, between) = turns.next().expect("a cycle");
            let count = if small { count % 4 + 1 } else { *count };
            let had = met.len();
            next = ledger.page(3, filter, next, count, &mut met).expect("what the last page gave is in range");
            prop_assert!(met.len() - had <= count as usize);
            prop_assert!(next < 1 << 53);
            if next == 0 {
                break;
            }
            for happening in between {
                match happening {
                    Between::Read(who) => {
                        apply(&mut ledger, &mut at, &[report(*who)]);
                    }
                    Between::Erase(who) => {
                        at += 1;
                        ledger.apply(at, &event(8_000, erased(1 + who % (members - 1))), &mut Vec::new());
                    }
                    Between::Restart => {
                        let parts = ledger.roll_up(true).into_iter().filter_map(|(part, bytes)| Some((part, bytes?)));
                        ledger = Conversation::restore(at, parts.collect::<Vec<_>>()).expect("what was rolled up");
                    }
                }
                stayed = stayed.intersection(&inside(&ledger)).copied().collect();
            }
        }
        let once: BTreeSet<u32> = met.iter().map(|entry| entry.ordinal).collect();
        prop_assert_eq!(once.len(), met.len(), "somebody was met twice");
        prop_assert!(stayed.is_subset(&once), "{:?} stayed, and were not met", stayed.difference(&once));
        prop_assert!(!once.contains(&0), "the sender is in no list");
        for entry in &met {
            prop_assert!((entry.time_ms >= SENT_MS) != unread, "{:?}", entry);
        }
        // A later walk is in the same order as far as the first went.
        if !unread {
            let again: Vec<_> = ledger.readers(3, 0).filter(|entry| !entry.erased).map(|entry| entry.ordinal).collect();
            let known: Vec<_> =
                met.iter().map(|entry| entry.ordinal).filter(|who| inside(&ledger).contains(who)).collect();
            prop_assert!(again.starts_with(&known));
        } else {
            prop_assert!(met.is_sorted_by_key(|entry| entry.ordinal));
        }
    }
}
