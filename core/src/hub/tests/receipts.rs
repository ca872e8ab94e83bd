use super::world::{World, in_group, list, report, text, with};
use crate::hub::HubLimits;
use crate::ledger::journal::event;
use crate::model::{AppSettings, Visibility, limits};
use crate::wire::{self, Outcome, frame, request};

const TAKEN: i32 = Outcome::Taken as i32;
const DROPPED: i32 = Outcome::Dropped as i32;
const UNKNOWN: i32 = Outcome::Unknown as i32;

fn set_receipts(enabled: bool, time_ms: i64) -> request::Body {
    request::Body::SetReceipts(wire::SetReceipts { enabled, time_ms })
}

fn members(body: frame::Body) -> (Vec<String>, u64) {
    match body {
        frame::Body::MemberPage(page) => {
            assert_eq!(page.finished, page.next_seq == 0);
            (page.members.into_iter().map(|member| member.user).collect(), page.next_seq)
        }
        other => panic!("no page: {other:?}"),
    }
}

#[test]
fn r2_each_reported_message_is_taken_dropped_or_unknown() {
    let mut w = World::new();
    let (a, b, c) = (w.login("alice"), w.login("bob"), w.login("carol"));
    w.say(a, &with("bob"), "m1");
    w.ask(a, request::Body::Send(wire::Send { need_receipt: false, ..text(&with("bob"), "m2") }));
    w.say(b, &with("alice"), "m3");
    assert_eq!(w.read(b, &with("alice"), &[1, 2, 3, 4]), [TAKEN, DROPPED, DROPPED, UNKNOWN]);
    // R5: a repeat is taken, appends nothing and notifies nobody.
    w.pass(1000);
    w.pushes(a);
    let before = w.events.len();
    assert_eq!(w.read(b, &with("alice"), &[1, 1]), [TAKEN, TAKEN]);
    assert_eq!(w.events.len(), before);
    w.pass(1000);
    assert!(w.pushes(a).is_empty());
    // Never there, or nowhere: unknown, and nothing comes to be.
    assert_eq!(w.read(c, &with("alice"), &[1]), [UNKNOWN]);
    assert_eq!(w.read(c, &in_group("none"), &[1]), [UNKNOWN]);
    assert_eq!(w.events.len(), before);
    // By ids, with and without the conversation; answered after the seqs.
    let by_ids = wire::Report {
        conversation: Some(with("alice")),
        seqs: vec![1],
        ids: vec!["none".into(), "m2".into(), "m1".into()],
        times_ms: vec![],
    };
    match w.ask(b, request::Body::Report(by_ids)) {
        frame::Body::Reported(reported) => assert_eq!(reported.outcomes, [TAKEN, UNKNOWN, DROPPED, TAKEN]),
        other => panic!("{other:?}"),
    }
    let metrics = w.hub.metrics();
    assert_eq!((metrics.receipts_taken, metrics.receipts_repeated), (1, 4));
}

#[test]
fn r2_wrong_parameters_are_refused() {
    let mut w = World::new();
    let (a, b) = (w.login("alice"), w.login("bob"));
    w.say(a, &with("bob"), "m1");
    let plain = wire::Report { conversation: Some(with("alice")), ..wire::Report::default() };
    for bad in [
        plain.clone(),
        wire::Report { seqs: vec![0], ..plain.clone() },
        wire::Report { seqs: vec![1], conversation: None, ..plain.clone() },
        wire::Report { seqs: vec![1], times_ms: vec![1, 2], ..plain.clone() },
        wire::Report { ids: vec![String::new()], ..plain.clone() },
        wire::Report { seqs: (1..=limits::REFS_PER_REQUEST as u64 + 1).collect(), ..plain.clone() },
    ] {
        assert_eq!(w.refused(b, request::Body::Report(bad)), 6017);
    }
}

#[test]
fn r3_messages_of_more_than_one_conversation_are_refused_and_nothing_is_applied() {
    let mut w = World::new();
    let (a, b) = (w.login("alice"), w.login("bob"));
    let c = w.login("carol");
    w.say(a, &with("bob"), "m1");
    w.say(c, &with("bob"), "m2");
    let ids = vec!["m1".to_owned(), "m2".to_owned()];
    for conversation in [None, Some(with("alice"))] {
        let report = wire::Report { conversation: conversation.clone(), ids: ids.clone(), ..wire::Report::default() };
        assert_eq!(w.refused(b, request::Body::Report(report)), 6017);
        let get = wire::GetReceipts { conversation, ids: ids.clone(), ..Default::default() };
        assert_eq!(w.refused(b, request::Body::GetReceipts(get)), 6017);
    }
    assert_eq!(w.get(a, &with("bob"), &[1]), [(1, 0, 0, false)]);
    // One conversation, by ids alone (R23).
    let report = wire::Report { ids: vec!["m1".into()], ..wire::Report::default() };
    assert!(matches!(w.ask(b, request::Body::Report(report)), frame::Body::Reported(r) if r.outcomes == [TAKEN]));
    let get = wire::GetReceipts { ids: vec!["m1".into()], ..Default::default() };
    match w.ask(a, request::Body::GetReceipts(get)) {
        frame::Body::Receipts(receipts) => {
            let receipt = &receipts.receipts[0];
            assert_eq!(receipt.conversation, Some(with("bob")));
            assert!(receipt.peer_read && receipt.id == "m1");
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn r4_a_batch_is_one_event_and_r6_its_times_are_kept_within_message_time_and_now() {
    let mut w = World::new();
    let (a, b) = (w.login("alice"), w.login("bob"));
    for i in 1..=30 {
        w.say(a, &with("bob"), &format!("m{i}"));
    }
    let sent = w.now;
    w.pass(5000);
    let times: Vec<i64> = (0..30)
        .map(|i| {
            if i < 10 {
                1
            } else if i < 20 {
                sent + 100
            } else {
                i64::MAX
            }
        })
        .collect();
    let report =
        wire::Report { conversation: Some(with("alice")), seqs: (1..=30).collect(), ids: vec![], times_ms: times };
    let before = w.events.len();
    assert!(matches!(w.ask(b, request::Body::Report(report)), frame::Body::Reported(r) if r.outcomes == [TAKEN; 30]));
    assert_eq!(w.events.len(), before + 1);
    match &w.events.last().unwrap().1.event.body {
        Some(event::Body::Read(read)) => assert_eq!((read.first.len(), read.count.as_slice()), (3, &[10, 10, 10][..])),
        other => panic!("{other:?}"),
    }
    let time = |w: &mut World, seq| {
        let get = wire::GetReceipts { conversation: Some(with("bob")), seqs: vec![seq], ids: vec![] };
        match w.ask(a, request::Body::GetReceipts(get)) {
            frame::Body::Receipts(receipts) => receipts.receipts[0].time_ms,
            other => panic!("{other:?}"),
        }
    };
    assert_eq!([time(&mut w, 1), time(&mut w, 15), time(&mut w, 30)], [sent, sent + 100, w.now]);
}

#[test]
fn r7_the_audience_is_fixed() {
    let mut w = World::new();
    let a = w.login("alice");
    let g = w.group(a, "g", 2, &["bob", "carol"]);
    let (b, d) = (w.login("bob"), w.login("dave"));
    w.say(a, &g, "m1");
    w.done(d, request::Body::JoinGroup(wire::JoinGroup { group: "g".into() }));
    w.done(b, request::Body::QuitGroup(wire::QuitGroup { group: "g".into() }));
    assert_eq!(w.get(a, &g, &[1]), [(1, 0, 2, false)]);
    // Who left may report; who joined later may not.
    assert_eq!(w.read(b, &g, &[1]), [TAKEN]);
    assert_eq!(w.read(d, &g, &[1]), [DROPPED]);
    assert_eq!(w.get(a, &g, &[1]), [(1, 1, 1, false)]);
}

#[test]
fn r9_r10_only_the_sender_gets_summaries_and_the_others_are_left_out() {
    let mut w = World::new();
    let a = w.login("alice");
    let g = w.group(a, "g", 1, &["bob", "carol"]);
    let b = w.login("bob");
    w.say(a, &g, "m1");
    w.say(b, &g, "m2");
    w.ask(a, request::Body::Send(wire::Send { need_receipt: false, ..text(&g, "m3") }));
    w.say(a, &g, "m4");
    assert_eq!(w.get(a, &g, &[4, 3, 2, 99, 1]), [(4, 0, 2, false), (1, 0, 2, false)]);
    assert_eq!(w.get(b, &g, &[1, 2]), [(2, 0, 2, false)]);
    assert!(w.get(a, &g, &[]).is_empty());
    assert!(w.get(a, &in_group("none"), &[1]).is_empty());
    let many = wire::GetReceipts { conversation: Some(g), seqs: (1..=1001).collect(), ids: vec![] };
    assert_eq!(w.refused(a, request::Body::GetReceipts(many)), 6017);
}

#[test]
fn r9_with_visibility_members_every_member_pulls() {
    let mut w =
        World::with(AppSettings { visibility: Visibility::Members, ..AppSettings::default() }, HubLimits::default());
    let a = w.login("alice");
    let g = w.group(a, "g", 1, &["bob", "carol"]);
    let (b, d) = (w.login("bob"), w.login("dave"));
    w.say(a, &g, "m1");
    w.read(b, &g, &[1]);
    assert_eq!(w.get(b, &g, &[1]), [(1, 1, 1, false)]);
    assert_eq!(members(w.ask(b, list(&g, 1, 0, 0, 10))).0, ["bob"]);
    assert!(w.get(d, &g, &[1]).is_empty());
    assert!(w.summaries(b).is_empty(), "pushes go to the sender only");
}

#[test]
fn r11_pages_of_readers_and_non_readers() {
    let mut w = World::new();
    let a = w.login("alice");
    let g = w.group(a, "g", 1, &["bob", "carol", "dave", "erin"]);
    w.say(a, &g, "m1");
    let (c, e) = (w.login("carol"), w.login("erin"));
    w.read(e, &g, &[1]);
    w.read(c, &g, &[1]);
    let (first, next) = members(w.ask(a, list(&g, 1, 0, 0, 1)));
    assert_eq!(first, ["erin"]);
    let (second, end) = members(w.ask(a, list(&g, 1, 0, next, 1)));
    assert_eq!((second, end), (vec!["carol".to_owned()], 0));
    let (unread, next) = members(w.ask(a, list(&g, 1, 1, 0, 1)));
    assert_eq!(unread, ["bob"]);
    // One reads between two pages: the others appear exactly once.
    let b = w.login("bob");
    w.read(b, &g, &[1]);
    assert_eq!(members(w.ask(a, list(&g, 1, 1, next, 100))), (vec!["dave".to_owned()], 0));
    for (filter, next, count) in [(2, 0, 1), (0, 0, 0), (0, 0, 101), (0, 1 << 53, 1), (0, 1 << 40, 1)] {
        assert_eq!(w.refused(a, list(&g, 1, filter, next, count)), 6017);
    }
    match w.ask(a, list(&g, 1, 0, 0, 10)) {
        frame::Body::MemberPage(page) => assert!(page.members.iter().all(|member| member.time_ms > 0)),
        other => panic!("{other:?}"),
    }
}

#[test]
fn r22_a_call_about_one_message_checks_in_order_and_tells_nothing_else() {
    let mut w = World::new();
    let a = w.login("alice");
    let g = w.group(a, "g", 1, &["bob"]);
    let (b, d) = (w.login("bob"), w.login("dave"));
    w.say(a, &g, "m1");
    w.ask(a, request::Body::Send(wire::Send { need_receipt: false, ..text(&g, "m2") }));
    w.say(a, &with("bob"), "c1");
    let sentence = |w: &mut World, conn, body| match w.ask(conn, body) {
        frame::Body::Error(error) => (error.code, error.message),
        other => panic!("{other:?}"),
    };
    assert_eq!(w.refused(d, list(&in_group("none"), 1, 0, 0, 0)), 6017);
    assert_eq!(w.refused(d, list(&in_group("none"), 1, 0, 0, 1)), 10010);
    let never = sentence(&mut w, d, list(&g, 1, 0, 0, 1));
    let unknown = sentence(&mut w, a, list(&g, 9, 0, 0, 1));
    assert_eq!(never, unknown);
    assert_eq!(never.0, 10062);
    assert_eq!(never, sentence(&mut w, d, list(&with("alice"), 1, 0, 0, 1)));
    assert_eq!(w.refused(a, list(&g, 2, 0, 0, 1)), 10062);
    assert_eq!(w.refused(a, list(&with("bob"), 1, 0, 0, 1)), 10062);
    assert_eq!(w.refused(b, list(&g, 1, 0, 0, 1)), 10007);
    // Who left keeps its own.
    let w2 = w.login("bob");
    w.say(w2, &g, "m3");
    w.done(b, request::Body::QuitGroup(wire::QuitGroup { group: "g".into() }));
    assert_eq!(members(w.ask(b, list(&g, 3, 1, 0, 10))).0, ["alice"]);
    assert_eq!(w.get(b, &g, &[3]), [(3, 0, 1, false)]);
    let history = wire::History { conversation: Some(g.clone()), count: 1, ..Default::default() };
    assert_eq!(w.refused(b, request::Body::History(history.clone())), 10007);
    assert_eq!(w.refused(d, request::Body::History(history)), 10062);
    w.read(a, &g, &[3]);
    assert_eq!(w.summaries(b), [(3, 1, 0)]);
    // A dismissed group is missing.
    w.done(a, request::Body::DismissGroup(wire::DismissGroup { group: "g".into() }));
    assert_eq!(w.refused(a, list(&g, 1, 0, 0, 1)), 10010);
    assert_eq!(w.read(b, &g, &[1]), [DROPPED]);
}

#[test]
fn r15_while_receipts_are_off_reports_are_dropped_and_marks_are_silent() {
    let mut w = World::new();
    let (a, b, b2) = (w.login("alice"), w.login("bob"), w.login("bob"));
    w.say(a, &with("bob"), "m1");
    w.pass(100);
    w.done(b, set_receipts(false, 0));
    assert!(
        matches!(&w.pushes(b2)[..], [_, frame::Body::Settings(settings)] if !settings.receipts_enabled),
        "the other device learns it"
    );
    w.pass(100);
    match w.ask(b, report(&with("alice"), &[1])) {
        frame::Body::Reported(reported) => {
            assert_eq!((reported.outcomes, reported.receipts_off), (vec![DROPPED], true))
        }
        other => panic!("{other:?}"),
    }
    w.pushes(a);
    let mark = wire::MarkTo { conversation: Some(with("alice")), seq: 1, time_ms: 0 };
    w.ask(b, request::Body::Mark(wire::Mark { to: vec![mark] }));
    assert!(w.pushes(a).is_empty(), "the peer is told nothing");
    // On again: a reading from when it was off does not count, a later one does.
    let off_at = w.now;
    w.pass(100);
    w.done(b, set_receipts(true, 0));
    w.pass(100);
    let old = wire::Report { conversation: Some(with("alice")), seqs: vec![1], ids: vec![], times_ms: vec![off_at] };
    assert!(
        matches!(w.ask(b, request::Body::Report(old)), frame::Body::Reported(r) if r.receipts_off && r.outcomes == [DROPPED])
    );
    assert_eq!(w.read(b, &with("alice"), &[1]), [TAKEN]);
}

#[test]
fn r15_while_off_nothing_is_seen_of_others_receipts_either() {
    let mut w = World::new();
    let a = w.login("alice");
    let g = w.group(a, "g", 1, &["bob"]);
    let b = w.login("bob");
    w.say(a, &g, "m1");
    w.done(a, set_receipts(false, 0));
    w.pushes(a);
    w.read(b, &g, &[1]);
    w.pass(1000);
    assert!(w.summaries(a).is_empty());
    assert!(w.get(a, &g, &[1]).is_empty());
    assert_eq!(w.refused(a, list(&g, 1, 0, 0, 1)), 10007);
    w.done(a, set_receipts(true, 0));
    assert_eq!(w.get(a, &g, &[1]), [(1, 1, 0, false)]);
}

#[test]
fn r15_an_app_may_forbid_the_switch_or_let_the_blind_see() {
    let settings = AppSettings { switch_allowed: false, ..AppSettings::default() };
    let mut w = World::with(settings, HubLimits::default());
    let a = w.login("alice");
    assert_eq!(w.refused(a, set_receipts(false, 0)), 10007);
    let settings = AppSettings { off_still_sees: true, ..AppSettings::default() };
    let mut w = World::with(settings, HubLimits::default());
    let (a, b) = (w.login("alice"), w.login("bob"));
    w.say(a, &with("bob"), "m1");
    w.done(a, set_receipts(false, 0));
    w.read(b, &with("alice"), &[1]);
    assert_eq!(w.get(a, &with("bob"), &[1]), [(1, 0, 0, true)]);
}

/// The switch as pushed since the last look.
fn switched(w: &mut World, conn: crate::hub::ConnId) -> Vec<bool> {
    let settings = |body| match body {
        frame::Body::Settings(settings) => Some(settings.receipts_enabled),
        _ => None,
    };
    w.pushes(conn).into_iter().filter_map(settings).collect()
}

#[test]
fn r15_whose_toggle_lost_hears_what_holds() {
    let mut w = World::new();
    let (a, other) = (w.login("alice"), w.login("alice"));
    let at = w.now;
    w.pass(100);
    w.done(other, set_receipts(false, at));
    assert_eq!((switched(&mut w, a), switched(&mut w, other)), (vec![false], vec![]), "it got what it asked for");
    // Made offline before that, arrives after it.
    w.done(a, set_receipts(true, at - 10));
    assert_eq!(switched(&mut w, a), [false]);
    // At the same time: off, and nothing changes.
    w.done(a, set_receipts(true, at));
    assert_eq!(switched(&mut w, a), [false]);
}

#[test]
fn r15_a_device_that_catches_up_or_lags_hears_of_the_switch() {
    let mut w = World::new();
    let (a, b) = (w.login("alice"), w.login("bob"));
    for n in 0..120 {
        let mut send = text(&with("alice"), &format!("m{n}"));
        send.content =
            Some(wire::Content { elem: Some(wire::content::Elem::Text("x".repeat(11_000))), ..Default::default() });
        w.ask(b, request::Body::Send(send));
    }
    let slow = w.connect(wire::Hello { cursor: World::cursor(0), ..World::hello("alice", "slow") });
    let pages = w.pushes(slow);
    assert!(matches!(pages.last(), Some(frame::Body::Sync(sync)) if sync.more), "it is catching up");
    w.done(a, set_receipts(false, 0));
    assert_eq!(switched(&mut w, slow), [false]);

    let lagging = w.login("alice");
    w.input(crate::hub::Input::Lagging { conn: lagging });
    w.pass(10);
    w.done(a, set_receipts(true, 0));
    assert!(switched(&mut w, lagging).is_empty());
    w.input(crate::hub::Input::Drained { conn: lagging });
    assert_eq!(switched(&mut w, lagging), [true]);
}

#[test]
fn r15_who_was_off_when_the_app_forbade_it_may_switch_on() {
    let mut w = World::new();
    let a = w.login("alice");
    w.done(a, set_receipts(false, 0));
    w.pass(10);
    let forbidding = AppSettings { switch_allowed: false, ..AppSettings::default() };
    w.input(crate::hub::Input::Configure(Box::new(forbidding)));
    assert_eq!(w.refused(a, set_receipts(false, 0)), 10007);
    w.done(a, set_receipts(true, 0));
}

#[test]
fn r15_equal_times_mean_off() {
    let mut w = World::new();
    let a = w.login("alice");
    let at = w.now - 50;
    w.done(a, set_receipts(true, at));
    w.done(a, set_receipts(false, at));
    w.done(a, set_receipts(true, at));
    w.done(a, set_receipts(true, at - 10));
    let again = w.connect(World::hello("alice", "other"));
    match &w.take(again)[0].body {
        Some(frame::Body::Welcome(welcome)) => assert!(!welcome.settings.unwrap().receipts_enabled),
        other => panic!("{other:?}"),
    }
}

#[test]
fn r1_receipts_may_be_asked_for_after_sending() {
    let mut w = World::new();
    let (a, b) = (w.login("alice"), w.login("bob"));
    w.ask(a, request::Body::Send(wire::Send { need_receipt: false, ..text(&with("bob"), "m1") }));
    assert_eq!(w.read(b, &with("alice"), &[1]), [DROPPED]);
    let ask = |of: &wire::Conversation| {
        request::Body::RequestReceipts(wire::RequestReceipts {
            conversation: Some(of.clone()),
            message: Some(wire::MessageRef { seq: 0, id: "m1".into() }),
        })
    };
    assert_eq!(w.refused(b, ask(&with("alice"))), 10007);
    w.done(a, ask(&with("bob")));
    assert_eq!(w.read(b, &with("alice"), &[1]), [TAKEN]);
    assert_eq!(w.get(a, &with("bob"), &[1]), [(1, 0, 0, true)]);
}

#[test]
fn r17_what_is_over_is_unknown_and_whole_segments_go() {
    let settings = AppSettings { retention_ms: 60_000, ..AppSettings::default() };
    let mut w = World::with(settings, HubLimits { idle_ms: 1 << 40, ..HubLimits::default() });
    let (a, b) = (w.login("alice"), w.login("bob"));
    w.say(a, &with("bob"), "m1");
    w.pass(59_000);
    w.say(a, &with("bob"), "m2");
    w.pass(2000);
    // Over, though its segment is still there.
    assert_eq!(w.get(a, &with("bob"), &[1, 2]), [(2, 0, 0, false)]);
    assert_eq!(w.read(b, &with("alice"), &[1, 2]), [DROPPED, TAKEN]);
    w.pass(120_000);
    assert_eq!(w.count_events(|body| matches!(body, event::Body::Expired(_))) + usize::from(w.floor > 0), 1);
    assert!(w.bodies.is_empty());
    assert_eq!(w.say(a, &with("bob"), "m3"), 3, "seq goes on");
    assert_eq!(w.read(b, &with("alice"), &[1, 3, 4]), [DROPPED, TAKEN, UNKNOWN]);
}
