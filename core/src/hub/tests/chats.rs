use super::world::{World, in_group, text, text_of, with};
use crate::hub::{HubLimits, Input};
use crate::ledger::journal::event;
use crate::model::{AppSettings, ConvKey, Unsupported, UserId, conversation_tag, limits, made_message_id};
use crate::wire::{self, frame, request};
use proptest::prelude::*;

fn history(of: &wire::Conversation, newer: bool, from_seq: u64, count: u32) -> wire::History {
    wire::History { conversation: Some(of.clone()), newer, from_seq, count, ..wire::History::default() }
}

fn messages(body: frame::Body) -> (Vec<wire::Message>, bool) {
    match body {
        frame::Body::Messages(messages) => (messages.messages, messages.finished),
        other => panic!("no messages: {other:?}"),
    }
}

fn seqs(body: frame::Body) -> Vec<u64> {
    messages(body).0.iter().map(|message| message.seq).collect()
}

#[test]
fn r18_a_message_reaches_the_peer_and_the_senders_other_device_and_not_the_sending_one() {
    let mut w = World::new();
    let (a, a2, b) = (w.login("alice"), w.login("alice"), w.login("bob"));
    assert_eq!(w.say(a, &with("bob"), "m1"), 1);
    assert_eq!(w.say(b, &with("alice"), "m2"), 2);
    assert_eq!(w.messages(a), [(2, "text of m2".to_owned())]);
    assert_eq!(w.messages(a2), [(1, "text of m1".to_owned()), (2, "text of m2".to_owned())]);
    assert_eq!(w.messages(b), [(1, "text of m1".to_owned())]);
}

#[test]
fn r18_sending_twice_with_one_id_stores_one_and_answers_alike() {
    let mut w = World::new();
    let (a, b) = (w.login("alice"), w.login("bob"));
    let first = w.ask(a, request::Body::Send(text(&with("bob"), "m1")));
    w.pass(1000);
    let again = w.ask(a, request::Body::Send(text(&with("bob"), "m1")));
    assert_eq!(first, again);
    assert_eq!(w.messages(b).len(), 1);
    assert_eq!(w.count_events(|body| matches!(body, event::Body::Sent(_))), 1);
    // Both under way: the fold decides.
    w.hold = true;
    let one = w.send_request(a, request::Body::Send(text(&with("bob"), "m2")));
    let two = w.send_request(a, request::Body::Send(text(&with("bob"), "m2")));
    w.hold = false;
    w.land();
    assert_eq!(w.answer(a, one), w.answer(a, two));
    assert_eq!(w.messages(b).len(), 1);
    // R23: the same id with other content, or from another sender.
    let mut other = text(&with("bob"), "m1");
    other.need_receipt = false;
    assert_eq!(w.refused(a, request::Body::Send(other)), 10004);
    assert_eq!(w.refused(b, request::Body::Send(text(&with("alice"), "m1"))), 10004);
}

#[test]
fn r18_bodies_are_checked() {
    let mut w = World::new();
    let a = w.login("alice");
    let mut send = text(&with("bob"), "m1");
    let mut say = |w: &mut World, elem: Option<wire::content::Elem>| {
        send.content = Some(wire::Content { elem, cloud_custom_data: vec![] });
        w.refused(a, request::Body::Send(send.clone()))
    };
    assert_eq!(say(&mut w, Some(wire::content::Elem::Text("x".repeat(limits::BODY_BYTES)))), 80002);
    assert_eq!(say(&mut w, None), 6017);
    assert_eq!(say(&mut w, Some(wire::content::Elem::Text(String::new()))), 6017);
    assert_eq!(w.refused(a, request::Body::Send(wire::Send { content: None, ..text(&with("bob"), "m") })), 6017);
    assert_eq!(w.refused(a, request::Body::Send(wire::Send { conversation: None, ..text(&with("bob"), "m") })), 6017);
    assert_eq!(w.refused(a, request::Body::Send(wire::Send { priority: 4, ..text(&with("bob"), "m") })), 6017);
    assert_eq!(w.refused(a, request::Body::Send(text(&with("b\tob"), "m"))), 6017);
    assert_eq!(w.refused(a, request::Body::Send(text(&with("bob"), &"m".repeat(129)))), 6017);
    assert_eq!(w.events.len(), 0, "a refusal stores nothing, and default settings are not stored");
}

#[test]
fn r18_a_chat_with_oneself_has_an_empty_audience() {
    let mut w = World::new();
    let (a, a2) = (w.login("alice"), w.login("alice"));
    assert_eq!(w.say(a, &with("alice"), "m1"), 1);
    assert_eq!(w.messages(a2).len(), 1);
    assert_eq!(w.get(a, &with("alice"), &[1]), [(1, 0, 0, false)]);
    assert_eq!(w.read(a, &with("alice"), &[1]), [wire::Outcome::Dropped as i32]);
}

#[test]
fn r18_history_older_newer_by_count_and_time() {
    let mut w = World::new();
    let (a, b) = (w.login("alice"), w.login("bob"));
    let start = w.now;
    for i in 1..=5 {
        w.say(a, &with("bob"), &format!("m{i}"));
        w.pass(1000);
    }
    let ask = |w: &mut World, query: wire::History| w.ask(b, request::Body::History(query));
    let of = with("alice");
    assert_eq!(seqs(ask(&mut w, history(&of, false, 0, 2))), [5, 4]);
    assert!(!messages(ask(&mut w, history(&of, false, 0, 2))).1);
    assert_eq!(seqs(ask(&mut w, history(&of, false, 4, 100))), [3, 2, 1]);
    assert!(messages(ask(&mut w, history(&of, false, 4, 100))).1);
    assert_eq!(seqs(ask(&mut w, history(&of, true, 0, 2))), [1, 2]);
    assert_eq!(seqs(ask(&mut w, history(&of, true, 3, 100))), [4, 5]);
    let included = wire::History { from_included: true, ..history(&of, true, 3, 100) };
    assert_eq!(seqs(ask(&mut w, included)), [3, 4, 5]);
    let until = wire::History { begin_ms: start + 2000, period_ms: 1000, ..history(&of, false, 0, 100) };
    assert_eq!(seqs(ask(&mut w, until)), [3, 2]);
    let from = wire::History { begin_ms: start + 2000, ..history(&of, true, 0, 100) };
    assert_eq!(seqs(ask(&mut w, from)), [3, 4, 5]);
    for bad in [0, 101] {
        assert_eq!(w.refused(b, request::Body::History(history(&of, false, 0, bad))), 6017);
    }
    assert_eq!(w.refused(b, request::Body::History(history(&in_group("g"), false, 0, 1))), 10010);
    // What it said is there, and the sender's own view has the summary.
    let (found, _) = messages(ask(&mut w, history(&of, false, 0, 1)));
    assert_eq!(text_of(&found[0]), "text of m5");
    assert_eq!((found[0].sender.as_str(), found[0].receipt.is_none()), ("alice", true));
    let (own, _) = messages(w.ask(a, request::Body::History(history(&with("bob"), false, 0, 1))));
    assert!(own[0].receipt.is_some());
    // Nothing was ever said: empty.
    assert!(messages(w.ask(b, request::Body::History(history(&with("carol"), false, 0, 1)))).1);
}

#[test]
fn r24_answers_are_cut_to_fit_a_frame() {
    let mut w = World::new();
    let (a, b) = (w.login("alice"), w.login("bob"));
    for i in 1..=60 {
        let mut send = text(&with("bob"), &format!("m{i}"));
        send.content = Some(wire::Content {
            elem: Some(wire::content::Elem::Text("x".repeat(12_000))),
            cloud_custom_data: vec![],
        });
        w.ask(a, request::Body::Send(send));
    }
    // The world checks the size of every frame.
    let (first, finished) = messages(w.ask(b, request::Body::History(history(&with("alice"), false, 0, 100))));
    assert!(!finished && first.len() >= 15 && first.len() < 60);
    let (mut all, mut from) = (first.len(), first.last().unwrap().seq);
    while from > 1 {
        let (next, _) = messages(w.ask(b, request::Body::History(history(&with("alice"), false, from, 100))));
        all += next.len();
        from = next.last().unwrap().seq;
    }
    assert_eq!(all, 60);
    let find = wire::Find { ids: (1..=60).map(|i| format!("m{i}")).collect() };
    let (found, finished) = messages(w.ask(b, request::Body::Find(find)));
    assert!(!finished && found.len() >= 15);
}

#[test]
fn r18_find_by_id_among_ones_own_conversations_only() {
    let mut w = World::new();
    let (a, b, c) = (w.login("alice"), w.login("bob"), w.login("carol"));
    let made = made_message_id(
        w.config.app,
        &ConvKey::c2c(UserId::new("alice").unwrap(), UserId::new("bob").unwrap()),
        [3; 16],
    );
    assert!(
        made.tag().is_some()
            && conversation_tag(w.config.app, &ConvKey::c2c(UserId::new("a").unwrap(), UserId::new("b").unwrap()))
                != made.tag().unwrap()
    );
    w.say(a, &with("bob"), made.as_str());
    w.say(a, &with("bob"), "plain");
    let find = |ids: &[&str]| request::Body::Find(wire::Find { ids: ids.iter().map(|id| (*id).to_owned()).collect() });
    assert_eq!(seqs(w.ask(b, find(&["plain", "nothing", made.as_str()]))), [2, 1]);
    assert_eq!(seqs(w.ask(c, find(&["plain", made.as_str()]))), [0; 0]);
    assert_eq!(w.refused(b, find(&[""])), 6017);
}

#[test]
fn r20_online_only_messages_are_pushed_and_in_no_history_and_have_receipts() {
    let mut w = World::new();
    let (a, b) = (w.login("alice"), w.login("bob"));
    let send = wire::Send { online_only: true, ..text(&with("bob"), "m1") };
    w.ask(a, request::Body::Send(send));
    assert_eq!(w.messages(b).len(), 1);
    assert_eq!(seqs(w.ask(b, request::Body::History(history(&with("alice"), false, 0, 10)))), [0; 0]);
    match w.ask(b, request::Body::ListConversations(wire::ListConversations { count: 10, ..Default::default() })) {
        frame::Body::Conversations(list) => {
            assert_eq!(list.total_unread, 0);
            assert!(list.conversations[0].last_message.is_none());
        }
        other => panic!("{other:?}"),
    }
    assert_eq!(w.read(b, &with("alice"), &[1]), [1]);
    assert_eq!(w.get(a, &with("bob"), &[1]), [(1, 0, 0, true)]);
    // One who comes back gets none.
    let late = w.connect(wire::Hello { cursor: World::cursor(0), ..World::hello("bob", "late") });
    assert!(w.messages(late).is_empty());
}

#[test]
fn r8_r18_a_downgraded_message_sent_again_is_the_same_message() {
    let mut w = World::new();
    let a = w.login("alice");
    let c = w.group(a, "c", 4, &["bob"]);
    let asked = wire::Send { need_receipt: true, ..text(&c, "m1") };
    let frame::Body::Sent(first) = w.ask(a, request::Body::Send(asked.clone())) else { panic!() };
    assert!(!first.need_receipt);
    // The message handed back says needReadReceipt = false, and so does what is sent of it.
    let again = wire::Send { need_receipt: false, ..asked };
    let frame::Body::Sent(second) = w.ask(a, request::Body::Send(again)) else { panic!("refused") };
    assert_eq!((second.seq, second.need_receipt), (first.seq, false));
}

#[test]
fn r8_groups_without_receipts_downgrade_or_reject() {
    let settings = AppSettings { receipt_members: 2, ..AppSettings::default() };
    let mut w = World::with(settings.clone(), HubLimits::default());
    let a = w.login("alice");
    let sent = |body: frame::Body| match body {
        frame::Body::Sent(sent) => (sent.need_receipt, sent.downgrade()),
        other => panic!("{other:?}"),
    };
    let large = w.group(a, "large", 1, &["bob", "carol"]);
    let small = w.group(a, "small", 1, &["bob"]);
    let community = w.group(a, "community", 4, &["bob"]);
    assert_eq!(sent(w.ask(a, request::Body::Send(text(&large, "m1")))), (false, wire::Downgrade::GroupSize));
    assert_eq!(sent(w.ask(a, request::Body::Send(text(&small, "m1")))), (true, wire::Downgrade::None));
    assert_eq!(sent(w.ask(a, request::Body::Send(text(&community, "m1")))), (false, wire::Downgrade::GroupKind));
    w.input(Input::Configure(Box::new(AppSettings { unsupported: Unsupported::Reject, ..settings })));
    assert_eq!(w.refused(a, request::Body::Send(text(&large, "m2"))), 7013);
    assert_eq!(w.refused(a, request::Body::Send(text(&community, "m2"))), 7013);
    let plain = wire::Send { need_receipt: false, ..text(&community, "m3") };
    assert_eq!(sent(w.ask(a, request::Body::Send(plain))), (false, wire::Downgrade::None));
}

#[test]
fn r8_settings_that_were_taken_back_before_they_landed_do_not_hold() {
    let mut w = World::new();
    let standing = w.hub.settings();
    let reject = AppSettings { unsupported: Unsupported::Reject, ..standing.clone() };
    w.hold = true;
    w.input(Input::Configure(Box::new(reject.clone())));
    w.input(Input::Configure(Box::new(standing.clone())));
    w.land();
    assert_eq!(w.hub.settings(), standing);
    // What stands is not proposed again.
    w.input(Input::Configure(Box::new(standing)));
    assert!(w.waiting.is_empty());
    w.input(Input::Configure(Box::new(reject.clone())));
    w.land();
    assert_eq!(w.hub.settings(), reject);
}

#[test]
fn r32_recalling_ends_a_message_and_its_receipts() {
    let mut w = World::new();
    let (a, b, c) = (w.login("alice"), w.login("bob"), w.login("carol"));
    w.say(a, &with("bob"), "m1");
    w.read(b, &with("alice"), &[1]);
    let recall = |of: &wire::Conversation, seq| {
        request::Body::Recall(wire::Recall {
            conversation: Some(of.clone()),
            message: Some(wire::MessageRef { seq, id: String::new() }),
        })
    };
    assert_eq!(w.refused(b, recall(&with("alice"), 1)), 10007);
    assert_eq!(w.refused(a, recall(&with("bob"), 9)), 10062);
    assert_eq!(w.refused(c, recall(&with("alice"), 1)), 10062);
    w.pushes(b);
    w.done(a, recall(&with("bob"), 1));
    w.done(a, recall(&with("bob"), 1));
    match &w.pushes(b)[..] {
        [frame::Body::Recalled(recalled)] => {
            assert_eq!((recalled.seqs[0], recalled.ids[0].as_str(), recalled.operator.as_str()), (1, "m1", "alice"));
        }
        other => panic!("{other:?}"),
    }
    assert!(w.get(a, &with("bob"), &[1]).is_empty());
    assert!(w.bodies.is_empty(), "what it said is gone from the journal");
    let (found, _) = messages(w.ask(b, request::Body::History(history(&with("alice"), false, 0, 10))));
    assert!(found[0].recalled && found[0].content.is_none());
    assert_eq!(w.read(b, &with("alice"), &[1]), [wire::Outcome::Dropped as i32]);
    // The operator deletes.
    w.say(a, &with("bob"), "m2");
    let key = ConvKey::c2c(UserId::new("alice").unwrap(), UserId::new("bob").unwrap());
    w.input(Input::DeleteMessage { conversation: key, id: "m2".into() });
    assert!(w.get(a, &with("bob"), &[2]).is_empty() && w.bodies.is_empty());
}

#[test]
fn r14_marks_move_forward_and_tell_the_peer_and_ones_other_devices() {
    let mut w = World::new();
    let (a, b, b2) = (w.login("alice"), w.login("bob"), w.login("bob"));
    for i in 1..=3 {
        w.say(a, &with("bob"), &format!("m{i}"));
    }
    let mark = |seq| {
        request::Body::Mark(wire::Mark {
            to: vec![wire::MarkTo { conversation: Some(with("alice")), seq, time_ms: 0 }],
        })
    };
    w.pushes(a);
    w.pushes(b2);
    let unread = |body: frame::Body| match body {
        frame::Body::Marked(marked) => (marked.states[0].unread, marked.states[0].own_mark),
        other => panic!("{other:?}"),
    };
    assert_eq!(unread(w.ask(b, mark(2))), (1, 2));
    match &w.pushes(a)[..] {
        [frame::Body::PeerMarks(marks)] => assert_eq!((marks.marks[0].user.as_str(), marks.marks[0].seq), ("bob", 2)),
        other => panic!("{other:?}"),
    }
    match &w.pushes(b2)[..] {
        [frame::Body::OwnMarks(marks)] => {
            assert_eq!((marks.states[0].unread, marks.states[0].own_mark), (1, 2));
            assert_eq!(text_of(marks.states[0].last_message.as_ref().unwrap()), "text of m3");
        }
        other => panic!("{other:?}"),
    }
    // Never back, and never beyond what there is.
    assert_eq!(unread(w.ask(b, mark(1))), (1, 2));
    assert_eq!(unread(w.ask(b, mark(u64::MAX))), (0, 3));
    assert!(matches!(&w.pushes(a)[..], [frame::Body::PeerMarks(marks)] if marks.marks[0].seq == 3));
    // Marks are no receipts.
    assert_eq!(w.get(a, &with("bob"), &[1, 2, 3]), [(1, 0, 0, false), (2, 0, 0, false), (3, 0, 0, false)]);
    let missing = wire::MarkTo { conversation: Some(in_group("none")), seq: 1, time_ms: 0 };
    assert_eq!(w.refused(b, request::Body::Mark(wire::Mark { to: vec![missing] })), 10010);
    assert_eq!(w.refused(b, request::Body::Mark(wire::Mark { to: vec![] })), 6017);
}

#[test]
fn r26_conversations_come_by_last_activity_in_pages() {
    let mut w = World::new();
    let a = w.login("alice");
    for peer in ["bob", "carol", "dave"] {
        let conn = w.login(peer);
        w.pass(10);
        w.say(conn, &with("alice"), "hi");
    }
    let page = |w: &mut World, next_seq, count| match w
        .ask(a, request::Body::ListConversations(wire::ListConversations { conversations: vec![], next_seq, count }))
    {
        frame::Body::Conversations(list) => list,
        other => panic!("{other:?}"),
    };
    let first = page(&mut w, 0, 2);
    let names = |list: &wire::Conversations| -> Vec<_> {
        list.conversations.iter().map(|state| state.conversation.clone().unwrap()).collect()
    };
    assert_eq!(names(&first), [with("dave"), with("carol")]);
    assert_eq!((first.total_unread, first.finished, first.conversations[0].unread), (3, false, 1));
    assert_eq!(text_of(first.conversations[0].last_message.as_ref().unwrap()), "text of hi");
    let second = page(&mut w, first.next_seq, 2);
    assert_eq!((names(&second), second.finished, second.next_seq), (vec![with("bob")], true, 0));
    let bad = wire::ListConversations { conversations: vec![], next_seq: 99, count: 1 };
    assert_eq!(w.refused(a, request::Body::ListConversations(bad)), 6017);
    assert_eq!(w.refused(a, request::Body::ListConversations(wire::ListConversations::default())), 6017);
    let missing = wire::ListConversations { conversations: vec![in_group("g")], ..Default::default() };
    assert_eq!(w.refused(a, request::Body::ListConversations(missing)), 10010);
    let one = wire::ListConversations { conversations: vec![with("bob"), in_group("g")], ..Default::default() };
    assert!(
        matches!(w.ask(a, request::Body::ListConversations(one)), frame::Body::Conversations(list) if list.conversations.len() == 1)
    );
}

#[test]
fn r27_profiles_are_checked_and_carried_by_messages() {
    let mut w = World::new();
    let (a, b) = (w.login("alice"), w.login("bob"));
    let set = |nick: Option<String>, face: Option<String>| {
        request::Body::SetProfile(wire::SetProfile { nick_name: nick, face_url: face })
    };
    assert_eq!(w.refused(a, set(Some("x".repeat(257)), None)), 6017);
    assert_eq!(w.refused(a, set(None, Some("x".repeat(513)))), 6017);
    assert_eq!(w.refused(a, set(None, None)), 6017);
    w.done(a, set(Some("Alice".into()), Some("https://a".into())));
    w.done(a, set(Some("Al".into()), None));
    w.say(a, &with("bob"), "m1");
    match &w.pushes(b)[..] {
        [frame::Body::Messages(messages)] => {
            let message = &messages.messages[0];
            assert_eq!((message.nick_name.as_str(), message.face_url.as_str()), ("Al", "https://a"));
        }
        other => panic!("{other:?}"),
    }
    match w.ask(b, request::Body::GetProfiles(wire::GetProfiles { users: vec!["nobody".into(), "alice".into()] })) {
        frame::Body::Profiles(profiles) => {
            assert_eq!(profiles.profiles[0].nick_name, "");
            assert_eq!(profiles.profiles[1].nick_name, "Al");
        }
        other => panic!("{other:?}"),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, ..ProptestConfig::default() })]

    /// Whatever order requests land in, two runs do the same, to the byte.
    #[test]
    fn two_runs_have_identical_effects(ops in proptest::collection::vec((0u8..6, 0u8..3, 1u64..6), 1..60)) {
        let run = || {
            let mut w = World::new();
            let users = ["alice", "bob", "carol"];
            let conns: Vec<_> = users.iter().map(|user| w.login(user)).collect();
            let group = w.group(conns[0], "g", 1, &["bob", "carol"]);
            for (i, (op, who, n)) in ops.iter().enumerate() {
                let conn = conns[*who as usize];
                match op {
                    0 => { w.send_request(conn, request::Body::Send(text(&group, &format!("m{i}")))); }
                    1 => { w.send_request(conn, super::world::report(&group, &[*n, n + 1])); }
                    2 => { w.send_request(conn, request::Body::Send(text(&with(users[(*n % 3) as usize]), &format!("c{i}")))); }
                    3 => { w.send_request(conn, super::world::list(&group, *n, (*n % 2) as u32, 0, 2)); }
                    4 => w.pass(*n as i64 * 70),
                    _ => { w.hold = !w.hold; if !w.hold { w.land(); } }
                }
            }
            w.pass(2000);
            w.trace
        };
        prop_assert_eq!(run(), run());
    }
}

#[test]
fn r18_two_first_messages_at_once_make_one_conversation() {
    let mut w = World::new();
    let (a, b) = (w.login("alice"), w.login("bob"));
    w.hold = true;
    let one = w.send_request(a, request::Body::Send(text(&with("bob"), "m1")));
    // Only the first record of three has landed when the peer writes.
    let (ticket, mut records) = w.waiting.pop_front().unwrap();
    let rest = records.split_off(1);
    w.head += 1;
    w.input(Input::Landed { position: w.head, record: records.remove(0), ticket: Some(ticket) });
    let two = w.send_request(b, request::Body::Send(text(&with("alice"), "m2")));
    for record in rest {
        w.head += 1;
        w.input(Input::Landed { position: w.head, record, ticket: Some(ticket) });
    }
    w.hold = false;
    w.land();
    let seq = |body| if let Some(frame::Body::Sent(sent)) = body { sent.seq } else { panic!("{body:?}") };
    assert_eq!((seq(w.answer(a, one)), seq(w.answer(b, two))), (1, 2));
    assert_eq!(w.hub.metrics().conversations, 1);
}
