//! The ledger, rule by rule.

mod support;

use proptest::prelude::*;
use seenby_core::ledger::journal::{self, event::Body};
use seenby_core::ledger::{App, Change, Conversation, Outcome, ReadOutcome, User};
use seenby_core::model::{MemberFilter, Role};
use support::events::*;

/// A log under test, each event a second after the one before.
struct Log {
    conversation: Conversation,
    at: u64,
    reads: Vec<(u64, ReadOutcome)>,
}

impl Log {
    fn c2c() -> Self {
        Self::of([created(0, "", ""), joined(&["alice", "bob"], 0, 0)])
    }

    /// alice owns it; bob and carol are in it.
    fn group(kind: u32) -> Self {
        Self::of([created(kind, "g", "alice"), joined(&["alice", "bob", "carol"], 400, 0)])
    }

    fn of(bodies: [Body; 2]) -> Self {
        let mut log = Self { conversation: Conversation::new(), at: 0, reads: Vec::new() };
        for body in bodies {
            log.ok(body);
        }
        log
    }

    /// Of the next event.
    fn time(&self) -> i64 {
        (self.at as i64 + 1) * 1_000
    }

    fn land(&mut self, body: Body) -> Outcome {
        let time_ms = self.time();
        self.at += 1;
        self.conversation.apply(self.at, &event(time_ms, body), &mut self.reads)
    }

    fn ok(&mut self, body: Body) -> Change {
        match self.land(body.clone()) {
            Outcome::Applied(change) => change,
            other => panic!("{body:?}: {other:?}"),
        }
    }

    fn refused(&mut self, body: Body) -> i32 {
        let before = self.conversation.state_hash();
        match self.land(body.clone()) {
            Outcome::Void(error) => {
                assert!(error.message.len() > 10, "{error}");
                assert_eq!(self.conversation.state_hash(), before, "a voided event changes nothing");
                error.code.number()
            }
            other => panic!("{body:?}: {other:?}"),
        }
    }

    fn reported(&mut self, reader: u32, runs: &[(u64, u32, i64)]) -> Vec<ReadOutcome> {
        self.ok(read(reader, runs));
        self.reads.iter().map(|(_, outcome)| *outcome).collect()
    }

    fn counts(&self, seq: u64) -> (u32, u32) {
        self.conversation.summary(seq).map(|summary| (summary.read, summary.unread)).expect("it has receipts")
    }
}

use ReadOutcome::{Dropped, New, Repeat, Unknown};

#[test]
fn r1_receipts_only_where_asked_for_or_requested_later() {
    let mut log = Log::group(1);
    log.ok(Body::Sent(message(0, "m1")));
    assert_eq!(log.conversation.summary(1), None);
    assert_eq!(log.reported(1, &[(1, 1, 0)]), [Dropped]);
    log.ok(joined(&["dave"], 0, 1));
    assert_eq!(log.refused(requested(1, 1)), 10007);
    assert_eq!(log.refused(requested(9, 0)), 10062);
    assert_eq!(log.ok(requested(1, 0)), Change::Requested { seq: 1 });
    assert_eq!(log.ok(requested(1, 0)), Change::Nothing);
    // The audience is that of the message's position: without dave.
    assert_eq!(log.counts(1), (0, 2));
    assert_eq!(log.reported(3, &[(1, 1, 0)]), [Dropped]);
    assert_eq!(log.reported(1, &[(1, 1, 0)]), [New]);
}

#[test]
fn r2_what_becomes_of_a_report() {
    let mut log = Log::group(2);
    log.ok(sent(0, "m1"));
    log.ok(sent(1, "m2"));
    assert_eq!(log.reported(1, &[(0, 4, 0)]), [Unknown, New, Dropped, Unknown], "own messages are dropped");
    assert_eq!(log.reported(1, &[(1, 1, 0)]), [Repeat]);
    assert_eq!(log.reported(9, &[(1, 1, 0)]), [Unknown], "one who was never here");
    log.ok(left(&[2], 0));
    assert_eq!(log.reported(2, &[(1, 2, 0)]), [New, New], "who left may report");
    log.ok(joined(&["dave"], 0, 0));
    assert_eq!(log.reported(3, &[(1, 1, 0)]), [Dropped], "who came later is not in the audience");
    log.ok(deleted(2, 2));
    assert_eq!(log.reported(0, &[(2, 1, 0)]), [Dropped]);
    log.ok(sent(0, "m3"));
    log.ok(dismissed(1));
    assert_eq!(log.reported(1, &[(3, 1, 0)]), [Dropped]);
    assert_eq!(log.refused(read(1, &[(1, 5_000, 0)])), 6017);
    let uneven = journal::Read { reader: 1, first: vec![1], count: vec![], time_ms: vec![0] };
    assert_eq!(log.refused(Body::Read(uneven)), 6017);
    assert_eq!(log.reported(1, &[(u64::MAX - 1, 3, i64::MIN)]), [Unknown; 3]);
}

#[test]
fn r6_times_stay_between_the_message_and_now() {
    let mut log = Log::group(2);
    log.ok(sent(0, "m1"));
    let sent_ms = log.conversation.message(1).unwrap().time_ms();
    let now_ms = log.time();
    log.ok(read(1, &[(1, 1, i64::MIN)]));
    log.ok(read(2, &[(1, 1, i64::MAX)]));
    let times: Vec<_> = log.conversation.readers(1, 0).map(|entry| entry.time_ms).collect();
    assert_eq!(times, [sent_ms, now_ms + 1_000]);
    // A clock that went back does not take the messages with it, and the lower bound wins.
    let (mut reads, at) = (Vec::new(), log.at);
    log.conversation.apply(at + 1, &event(10, sent(0, "m2")), &mut reads);
    assert_eq!(log.conversation.message(2).unwrap().time_ms(), sent_ms);
    log.conversation.apply(at + 2, &event(20, read(1, &[(2, 1, 15)])), &mut reads);
    assert_eq!(log.conversation.readers(2, 0).next().unwrap().time_ms, sent_ms);
}

#[test]
fn r7_the_audience_is_fixed() {
    let mut log = Log::group(2);
    log.ok(sent(0, "m1"));
    assert_eq!(log.counts(1), (0, 2));
    log.ok(joined(&["dave"], 0, 0));
    log.ok(left(&[1], 0));
    assert_eq!(log.counts(1), (0, 2));
    assert!(log.conversation.in_audience(1, 1) && !log.conversation.in_audience(1, 3));
    assert!(!log.conversation.in_audience(1, 0), "the sender is not in it");
    log.ok(sent(0, "m2"));
    assert!(!log.conversation.in_audience(2, 1) && log.conversation.in_audience(2, 3));
    // Back again: an ordinal is for life.
    assert_eq!(log.ok(joined(&["bob"], 0, 0)), Change::Joined(vec![1]));
    assert!(log.conversation.in_audience(1, 1) && !log.conversation.in_audience(2, 1));
}

#[test]
fn r10_a_c2c_summary_names_the_peer_and_its_time() {
    let mut log = Log::c2c();
    log.ok(sent(1, "m1"));
    assert_eq!(log.conversation.summary(1).unwrap().first_reader, None);
    let time = log.time() - 300;
    assert_eq!(log.reported(0, &[(1, 1, time)]), [New]);
    let summary = log.conversation.summary(1).unwrap();
    let reader = summary.first_reader.unwrap();
    assert_eq!((reader.ordinal, reader.time_ms, summary.last_change), (0, time, log.at));
    assert_eq!(log.refused(joined(&["carol"], 0, 0)), 10007, "nobody joins a pair");
    assert_eq!(log.refused(left(&[0], 0)), 10007);
    assert_eq!(log.ok(created(0, "", "")), Change::Nothing);
    assert_eq!(log.ok(joined(&["alice", "bob"], 0, 0)), Change::Nothing);
}

#[test]
fn r11_pages_are_refused_with_their_numbers() {
    let mut log = Log::group(2);
    log.ok(sent(0, "m1"));
    log.ok(read(2, &[(1, 1, 0)]));
    let mut out = Vec::new();
    let mut page = |filter, next, count| log.conversation.page(1, filter, next, count, &mut out);
    for (next, count) in [(0, 0), (0, 101), (2, 10), (u64::MAX, 10), (1 << 53, 10)] {
        assert_eq!(page(MemberFilter::Read, next, count).unwrap_err().code.number(), 6017, "{next} {count}");
    }
    assert_eq!(page(MemberFilter::Unread, 4, 10).unwrap_err().code.number(), 6017);
    assert_eq!(page(MemberFilter::Read, 0, 100), Ok(0));
    assert_eq!(page(MemberFilter::Unread, 1, 1), Ok(0));
    assert_eq!(out.iter().map(|entry| entry.ordinal).collect::<Vec<_>>(), [2, 1]);
    assert_eq!(log.conversation.page(2, MemberFilter::Read, 0, 1, &mut out).unwrap_err().code.number(), 10062);
}

#[test]
fn r14_r15_marks_go_forward_and_silent_ones_do_not_show() {
    let mut log = Log::c2c();
    for number in 1..=4 {
        log.ok(sent(0, &format!("m{number}")));
    }
    assert_eq!((log.conversation.unread(1), log.conversation.unread(0)), (4, 0));
    let mark = |moved, shown| Change::Marked { reader: 1, moved, shown };
    assert_eq!(log.ok(marked(1, 2, 0, false)), mark(true, true));
    assert_eq!(log.ok(marked(1, 1, 0, false)), mark(false, false));
    assert_eq!(log.ok(marked(1, 3, 0, true)), mark(true, false));
    assert_eq!(log.ok(marked(1, 3, 0, false)), mark(false, false), "what was read in silence never shows");
    let bob = log.conversation.roster().member(1).unwrap();
    assert_eq!((bob.mark, bob.shown_mark, log.conversation.unread(1)), (3, 2, 1));
    assert_eq!(log.counts(1), (0, 1), "marks create no receipts");
    assert_eq!(log.ok(marked(1, 99, 0, false)), mark(true, true));
    assert_eq!(log.conversation.roster().member(1).unwrap().shown_mark, 4, "no further than there are messages");
    log.ok(read(1, &[(1, 4, 0)]));
    assert_eq!(log.refused(marked(7, 1, 0, false)), 10007);
}

#[test]
fn r17_whole_segments_expire_when_both_seq_and_time_allow() {
    let mut log = Log::group(2);
    for number in 1..=300 {
        log.ok(sent(0, &format!("m{number}")));
    }
    log.ok(read(1, &[(1, 300, 0)]));
    let old = log.conversation.message(256).unwrap().time_ms();
    // The roster's past before the first message is forgotten, whatever else.
    assert_eq!(log.ok(expired(0, 0)), Change::Expired { positions: vec![] });
    assert_eq!(log.ok(expired(255, i64::MAX)), Change::Nothing, "a message of the segment is beyond the seq");
    assert_eq!(log.ok(expired(300, old - 1)), Change::Nothing, "one is newer than the cut");
    let Change::Expired { positions } = log.ok(expired(299, old)) else { panic!("it expires") };
    assert_eq!(positions, (3..=258).collect::<Vec<u64>>());
    assert_eq!((log.conversation.first_live(), log.conversation.last_seq()), (257, 300));
    assert_eq!((log.conversation.find("m1"), log.conversation.find("m257")), (None, Some(257)));
    assert_eq!(log.reported(2, &[(256, 2, 0)]), [Unknown, New]);
    assert_eq!(log.conversation.unread(1), 44);
    log.ok(expired(300, i64::MAX));
    assert_eq!(log.ok(sent(0, "m1")), Change::Sent { seq: 301, repeat: false }, "seq goes on; the id is free again");
}

#[test]
fn r18_one_id_is_one_message() {
    let mut log = Log::group(2);
    assert_eq!(log.ok(sent(0, "m1")), Change::Sent { seq: 1, repeat: false });
    assert_eq!(log.ok(sent(0, "m1")), Change::Sent { seq: 1, repeat: true });
    assert_eq!(log.refused(sent(1, "m1")), 10004, "another sender");
    assert_eq!(log.refused(Body::Sent(journal::Sent { digest: 8, ..message(0, "m1") })), 10004, "other content");
    assert_eq!(log.refused(sent(0, "")), 6017);
    log.ok(left(&[1], 0));
    assert_eq!(log.refused(sent(1, "m2")), 10007, "a send that lost against leaving");
    log.ok(dismissed(1));
    assert_eq!(log.refused(sent(0, "m3")), 10010);
    assert_eq!(log.ok(sent(0, "m1")), Change::Sent { seq: 1, repeat: true }, "what is stored is stored");
}

#[test]
fn r18_history_begins_with_joining_but_in_meetings_and_ends_with_leaving() {
    for (kind, earlier) in [(2, false), (3, true)] {
        let mut log = Log::group(kind);
        log.ok(sent(0, "m1"));
        log.ok(joined(&["dave"], 0, 0));
        log.ok(sent(0, "m2"));
        log.ok(left(&[1], 0));
        log.ok(sent(0, "m3"));
        assert!(!log.conversation.may_see(1, 1), "after leaving: none");
        log.ok(joined(&["bob"], 0, 0));
        log.ok(sent(0, "m4"));
        let seen = |who| (1..=4).map(|seq| log.conversation.may_see(who, seq)).collect::<Vec<_>>();
        assert_eq!(seen(3), [earlier, true, true, true]);
        assert_eq!(seen(1), [true, true, earlier, true], "away for the third");
        assert_eq!(log.conversation.unread(1), 1, "from joining on");
    }
}

#[test]
fn r19_registered_messages_have_guests_and_their_own_times() {
    let mut log = Log::of([created(1, "g", ""), guests(&["ann", "ben", "cem"])]);
    assert_eq!(log.conversation.roster().count(), 0);
    let time_ms = 500;
    let foreign = |id: &str, audience: Vec<u8>| {
        Body::Sent(journal::Sent { foreign: true, need_receipt: true, audience, time_ms, ..message(0, id) })
    };
    log.ok(foreign("f1", vec![0b1111_1111]));
    assert_eq!(log.counts(1), (0, 2), "less the sender, and nobody who is not there");
    assert_eq!(log.conversation.message(1).unwrap().time_ms(), 500);
    assert_eq!(log.reported(2, &[(1, 1, 700)]), [New]);
    assert_eq!(log.conversation.readers(1, 0).next().unwrap().time_ms, 700);
    assert_eq!((log.conversation.last_message(), log.conversation.unread(1)), (None, 0));
    assert_eq!(log.refused(sent(0, "m1")), 10007, "a guest is no member");
    assert_eq!(log.refused(joined(&["ann"], 0, 0)), 10007);
}

#[test]
fn r20_r26_what_counts_as_unread_and_as_last() {
    let mut log = Log::group(2);
    log.ok(sent(0, "m1"));
    log.ok(Body::Sent(journal::Sent { online_only: true, need_receipt: true, ..message(0, "m2") }));
    log.ok(Body::Sent(journal::Sent { exclude_unread: true, ..message(0, "m3") }));
    log.ok(Body::Sent(journal::Sent { exclude_last: true, ..message(0, "m4") }));
    log.ok(sent(1, "m5"));
    let unread = |log: &Log| (0..3).map(|who| log.conversation.unread(who)).collect::<Vec<_>>();
    assert_eq!(unread(&log), [1, 2, 3]);
    assert_eq!(log.counts(2), (0, 2), "receipts work for online messages");
    assert_eq!(log.conversation.last_message(), Some(5));
    log.ok(deleted(5, 2));
    assert_eq!((log.conversation.last_message(), unread(&log)), (Some(3), vec![0, 2, 2]));
}

#[test]
fn r25_who_may_do_what() {
    // (event, in a Work group, in a Public one); 0: accepted. alice owns, bob is an admin, carol a member.
    let cases: [(Body, i32, i32); 16] = [
        (joined(&["dave"], 0, 0), 10007, 0),
        (joined(&["dave"], 0, 3), 0, 10007),
        (joined(&["dave"], 0, 9), 10007, 10007),
        (joined(&["dave"], 400, 0), 10007, 10007),
        (joined(&["dave"], 300, 1), 6017, 6017),
        (left(&[0], 0), 0, 10007),
        (left(&[2], 0), 0, 0),
        (left(&[1], 3), 10007, 10007),
        (left(&[2], 2), 0, 0),
        (left(&[0], 2), 10007, 10007),
        (left(&[1, 2], 1), 0, 0),
        (role_set(2, 300, 1), 0, 0),
        (role_set(2, 300, 2), 10007, 10007),
        (role_set(2, 400, 1), 6017, 6017),
        (dismissed(2), 10007, 10007),
        (dismissed(1), 0, 0),
    ];
    for (body, work, public) in cases {
        for (kind, expected) in [(1, work), (2, public)] {
            let mut log = Log::group(kind);
            log.ok(role_set(1, 300, 1));
            match expected {
                0 => drop(log.ok(body.clone())),
                code => assert_eq!(log.refused(body.clone()), code, "{body:?} in kind {kind}"),
            }
        }
    }
    let mut log = Log::group(1);
    assert_eq!(log.conversation.roster().member(0).unwrap().role, Role::Owner);
    assert_eq!(log.ok(created(1, "g", "alice")), Change::Nothing, "a repeat by its creator");
    assert_eq!(log.refused(created(1, "g", "bob")), 10004);
    assert_eq!(log.refused(created(2, "g", "alice")), 10004);
    assert_eq!(log.refused(joined(&["bob", "mallory"], 400, 0)), 10007, "what came with a creation that lost");
    log.ok(left(&[0], 0));
    assert_eq!(log.conversation.roster().owner(), None, "a Work group goes on without its owner");
    log.ok(dismissed(0));
    assert_eq!(log.refused(joined(&["dave"], 0, 2)), 10010);
    assert_eq!(log.refused(dismissed(0)), 10010);
    assert_eq!(log.refused(created(1, "g", "alice")), 10004, "a dismissed id stays taken");
}

#[test]
fn r32_recalling_ends_receipts() {
    let mut log = Log::group(2);
    log.ok(sent(1, "m1"));
    log.ok(read(0, &[(1, 1, 0)]));
    assert_eq!(log.refused(deleted(1, 3)), 10007);
    assert_eq!(log.refused(deleted(2, 1)), 10062);
    assert_eq!(log.ok(deleted(1, 1)), Change::Deleted { seq: 1 }, "the owner may");
    assert_eq!(log.ok(deleted(1, 0)), Change::Nothing);
    assert_eq!(log.conversation.summary(1), None);
    let message = log.conversation.message(1).unwrap();
    assert!(message.flags().deleted && message.body_bytes() == 0);
    assert_eq!(log.conversation.deleted_after(log.at - 2).collect::<Vec<_>>(), [1]);
    assert_eq!(log.conversation.readers(1, 0).count(), 0);
    assert!(log.conversation.page(1, MemberFilter::Read, 0, 1, &mut Vec::new()).is_err());
}

#[test]
fn r32_erasing_a_reader_keeps_the_counts_and_nothing_else() {
    let mut log = Log::group(2);
    log.ok(sent(0, "m1"));
    log.ok(read(1, &[(1, 1, log.time())]));
    assert_eq!(log.ok(erased(1)), Change::Erased(1));
    assert_eq!(log.ok(erased(1)), Change::Nothing);
    assert_eq!(log.counts(1), (1, 1), "counts stay");
    assert_eq!(log.conversation.readers(1, 0).next().map(|entry| (entry.time_ms, entry.erased)), Some((0, true)));
    let mut out = Vec::new();
    assert_eq!(log.conversation.page(1, MemberFilter::Read, 0, 10, &mut out), Ok(0));
    assert!(out.is_empty());
    assert_eq!(log.conversation.roster().ordinal("bob"), None);
    assert!(log.conversation.roster().member(1).unwrap().user.is_none());
    let parts = log.conversation.roll_up(true);
    for (part, bytes) in &parts {
        let bytes = bytes.as_deref().unwrap_or_default();
        assert!(!bytes.windows(3).any(|three| three == b"bob"), "part {part} still knows bob");
    }
    assert_eq!(log.ok(joined(&["bob"], 0, 0)), Change::Joined(vec![3]), "who takes the id is somebody new");
    assert!(!log.conversation.may_see(3, 1));
}

#[test]
fn unknown_rules_and_events_are_not_folded() {
    let mut log = Log::group(2);
    log.ok(rules(1));
    let before = (log.conversation.state_hash(), log.conversation.applied());
    for body in [Some(rules(2)), None, Some(Body::TokensRevoked(journal::TokensRevoked { before_ms: 1 }))] {
        let event = journal::Event { time_ms: 1, body };
        let outcome = log.conversation.apply(100, &event, &mut Vec::new());
        assert!(matches!(outcome, Outcome::Unsupported(_)), "{outcome:?}");
        assert_eq!((log.conversation.state_hash(), log.conversation.applied()), before);
    }
}

#[test]
fn only_what_changed_is_rolled_up() {
    let mut log = Log::group(2);
    for number in 1..=300 {
        log.ok(sent(0, &format!("m{number}")));
    }
    let parts = |log: &mut Log| log.conversation.roll_up(false).iter().map(|(part, _)| *part).collect::<Vec<_>>();
    assert_eq!(parts(&mut log), [0, 1, 257]);
    assert!(!log.conversation.is_dirty() && parts(&mut log).is_empty());
    log.ok(read(1, &[(300, 1, 0)]));
    assert!(log.conversation.is_dirty());
    assert_eq!(parts(&mut log), [257], "a receipt does not write the roster again");
    log.ok(marked(1, 3, 0, false));
    assert_eq!(parts(&mut log), [0]);
    log.ok(expired(256, i64::MAX));
    let rolled = log.conversation.roll_up(false);
    assert!(rolled.contains(&(1, None)), "the snapshot forgets the segment too");
}

#[test]
fn damaged_snapshots_are_refused_with_the_part() {
    let mut log = Log::group(2);
    log.ok(sent(0, "m1"));
    log.ok(read(1, &[(1, 1, 0)]));
    let parts: Vec<(u64, Vec<u8>)> =
        log.conversation.roll_up(true).into_iter().filter_map(|(part, bytes)| Some((part, bytes?))).collect();
    let head = parts[0].clone();
    assert!(Conversation::restore(9, parts.clone()).is_ok());
    assert!(Conversation::restore(9, [head.clone()]).unwrap_err().contains("segments [1]"));
    assert!(Conversation::restore(9, [parts[1].clone()]).unwrap_err().contains("part 0"));
    assert!(Conversation::restore(9, [head, (1, vec![0xff; 9])]).unwrap_err().contains("part 1"));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever a disk makes of a snapshot: an error, or a state that can be asked and goes on; never a panic.
    #[test]
    fn r24_no_damage_of_a_snapshot_panics(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
        part in 0usize..2,
        cut in prop::option::of(any::<prop::sample::Index>()),
    ) {
        let mut log = Log::group(1);
        log.ok(guests(&["zoe"]));
        log.ok(sent(0, "m1"));
        log.ok(Body::Sent(journal::Sent { foreign: true, need_receipt: true, audience: vec![15], ..message(1, "f") }));
        log.ok(read(1, &[(1, 1, 0)]));
        log.ok(read(2, &[(1, 2, 0)]));
        log.ok(left(&[2], 0));
        log.ok(marked(1, 1, 0, false));
        let mut parts: Vec<(u64, Vec<u8>)> =
            log.conversation.roll_up(true).into_iter().filter_map(|(part, bytes)| Some((part, bytes?))).collect();
        let bytes = &mut parts[part].1;
        for (at, byte) in &changes {
            let at = at.index(bytes.len());
            bytes[at] ^= *byte;
        }
        if let Some(cut) = cut {
            let cut = cut.index(bytes.len());
            bytes.truncate(cut);
        }
        if let Ok(conversation) = Conversation::restore(20, parts) {
            log.conversation = conversation;
            log.at = log.conversation.applied().min(1 << 40);
            let _ = log.land(joined(&["new"], 0, 1));
            let _ = log.land(sent(0, "m9"));
            let _ = log.land(read(1, &[(0, 9, 0)]));
            let _ = log.land(erased(1));
            for seq in 0..6 {
                let _ = log.conversation.summary(seq);
                let _ = log.conversation.page(seq, MemberFilter::Unread, 0, 100, &mut Vec::new());
                let _ = (0..9).map(|who| log.conversation.unread(who)).max();
            }
            let _ = log.land(expired(u64::MAX, i64::MAX));
            log.conversation.roll_up(true);
        }
    }
}

fn switched(enabled: bool, time_ms: i64) -> journal::Event {
    event(10_000, Body::ReceiptsSwitched(journal::ReceiptsSwitched { enabled, time_ms }))
}

#[test]
fn r15_the_latest_toggle_wins_and_equal_times_mean_off() {
    let mut user = User::new();
    assert!(user.receipts_enabled() && user.receipts_enabled_at(0));
    let mut at = 0;
    let mut apply = |user: &mut User, enabled, time_ms| {
        at += 1;
        user.apply(at, &switched(enabled, time_ms))
    };
    let off = Outcome::Applied(Change::Switched { enabled: false });
    assert_eq!(apply(&mut user, false, 100), off);
    assert_eq!(apply(&mut user, true, 100), Outcome::Applied(Change::Nothing));
    apply(&mut user, true, 300);
    assert_eq!(apply(&mut user, false, 200), Outcome::Applied(Change::Switched { enabled: true }), "late, not latest");
    for (time_ms, on) in [(99, true), (100, false), (250, false), (300, true), (9_999, true)] {
        assert_eq!(user.receipts_enabled_at(time_ms), on, "{time_ms}");
    }
    assert_eq!(apply(&mut user, false, 300), off);
    apply(&mut user, true, i64::MAX);
    assert_eq!(user.switched_ms(), 10_000, "no toggle is of the future");
    let parts = user.roll_up(false).into_iter().filter_map(|(part, bytes)| Some((part, bytes?)));
    let again = User::restore(user.applied(), parts).unwrap();
    assert_eq!((again.state_hash(), again.receipts_enabled_at(99)), (user.state_hash(), true));
    assert!(!user.is_dirty() && user.roll_up(false).is_empty());
}

#[test]
fn r15_toggles_do_not_grow_without_bound() {
    let mut user = User::new();
    for time_ms in 0..5_000 {
        user.apply(1 + time_ms as u64, &switched(time_ms % 2 == 1, time_ms));
    }
    assert!(user.receipts_enabled() && !user.receipts_enabled_at(4_998) && user.receipts_enabled_at(4_001));
    let bytes: usize = user.roll_up(true).into_iter().filter_map(|(_, bytes)| Some(bytes?.len())).sum();
    assert!(bytes < 16 * 1024, "{bytes}");
}

#[test]
fn r27_a_profile_has_limits_and_r32_ends_it() {
    let mut user = User::new();
    let set = |nick_name: Option<String>| {
        event(5, Body::ProfileSet(journal::ProfileSet { nick_name, face_url: Some("u".into()) }))
    };
    assert_eq!(user.apply(1, &set(Some("n".repeat(256)))), Outcome::Applied(Change::ProfileSet));
    let Outcome::Void(error) = user.apply(2, &set(Some("n".repeat(257)))) else { panic!("too long") };
    assert!(error.code.number() == 6017 && error.message.contains("257"));
    assert_eq!(user.apply(3, &set(None)), Outcome::Applied(Change::Nothing), "what is not given stays");
    assert_eq!(user.apply(3, &set(None)), Outcome::Old);
    user.apply(4, &event(5, Body::TokensRevoked(journal::TokensRevoked { before_ms: 3 })));
    user.apply(5, &event(9, erased(0)));
    assert_eq!((user.nick_name(), user.face_url(), user.tokens_revoked_ms()), ("", "", 9));
}

#[test]
fn r32_deletions_are_counted_under_a_key_that_outlives_the_name() {
    let mut app = App::new();
    let deleted =
        |key: &[u8]| event(1, Body::UserDeleted(journal::UserDeleted { user: "bob".into(), key: key.into() }));
    let done = event(2, Body::UserErased(journal::UserErased { user: "bob".into(), key: b"k".to_vec() }));
    assert!(matches!(app.apply(1, &deleted(b"")), Outcome::Void(_)));
    assert_eq!(app.apply(2, &deleted(b"k")), Outcome::Applied(Change::UserDeleted));
    assert_eq!(app.apply(3, &deleted(b"k")), Outcome::Applied(Change::Nothing), "under way already");
    assert!(app.is_deleting("bob") && app.deleting().count() == 1);
    assert_eq!(app.apply(4, &done), Outcome::Applied(Change::UserErased));
    assert_eq!(app.apply(5, &done), Outcome::Applied(Change::Nothing));
    let settings = Body::SettingsSet(journal::SettingsSet { json: br#"{"receipt_members": 5}"#.to_vec() });
    assert_eq!(app.apply(6, &event(3, settings)), Outcome::Applied(Change::SettingsSet));
    let unknown = Body::SettingsSet(journal::SettingsSet { json: br#"{"of_next_year": 5}"#.to_vec() });
    assert!(matches!(app.apply(7, &event(3, unknown)), Outcome::Unsupported(_)));
    let parts: Vec<_> = app.roll_up(false).into_iter().filter_map(|(part, bytes)| Some((part, bytes?))).collect();
    assert!(!parts[0].1.windows(3).any(|three| three == b"bob"), "the name is gone");
    let again = App::restore(9, parts).unwrap();
    assert_eq!((again.generation(b"k"), again.generation(b"x")), (1, 0));
    assert_eq!((again.settings().receipt_members, again.state_hash()), (5, app.state_hash()));
}
