use super::world::{World, text, text_of, with};
use crate::hub::{ConnId, HubLimits, Input};
use crate::model::AppSettings;
use crate::wire::{self, frame, request};

/// Reads pages to the end, acknowledging each.
fn drain(w: &mut World, conn: ConnId) -> Vec<wire::Sync> {
    let mut pages = Vec::new();
    loop {
        let frames: Vec<_> = w.take(conn).into_iter().filter(|frame| frame.request == 0).collect();
        assert!(!frames.is_empty(), "a page");
        for frame in frames {
            match frame.body {
                Some(frame::Body::Sync(sync)) => {
                    let more = sync.more;
                    pages.push(sync);
                    if !more {
                        assert_eq!(frame.cursor, w.head);
                        return pages;
                    }
                    if frame.cursor != 0 {
                        let ack = request::Body::Ack(wire::Ack { cursor: frame.cursor });
                        w.input(Input::Request { conn, request: wire::Request { id: 0, seen: 0, body: Some(ack) } });
                    }
                }
                other => panic!("{other:?}"),
            }
        }
    }
}

fn back(w: &mut World, user: &str, cursor: u64) -> ConnId {
    w.connect(wire::Hello { cursor: World::cursor(cursor), ..World::hello(user, "back") })
}

#[test]
fn r12_r18_a_device_that_was_away_gets_messages_then_one_summary_for_each_that_changed() {
    let mut w = World::new();
    let a = w.login("alice");
    let g = w.group(a, "g", 1, &["bob", "carol"]);
    let (b, c) = (w.login("bob"), w.login("carol"));
    w.say(a, &g, "m1");
    w.say(a, &g, "m2");
    w.input(Input::Closed { conn: a });
    let cursor = w.head;
    w.read(b, &g, &[1]);
    w.read(c, &g, &[1]);
    w.say(b, &g, "m3");
    w.say(b, &with("alice"), "c1");
    let conn = back(&mut w, "alice", cursor);
    match &w.take(conn)[..] {
        [welcome, page] => {
            assert!(matches!(&welcome.body, Some(frame::Body::Welcome(w)) if w.cursor_kept));
            let Some(frame::Body::Sync(sync)) = &page.body else { panic!("{page:?}") };
            assert!(!sync.more);
            assert_eq!(sync.messages.iter().map(text_of).collect::<Vec<_>>(), ["text of m3", "text of c1"]);
            let receipts: Vec<_> = sync.receipts.iter().map(|r| (r.seq, r.read, r.unread)).collect();
            assert_eq!(receipts, [(1, 2, 0)], "one, and none for what did not change");
            assert_eq!((sync.total_unread, sync.states.len()), (2, 2));
            assert_eq!(page.cursor, w.head);
        }
        other => panic!("{other:?}"),
    }
    // Live from here on.
    w.say(b, &g, "m4");
    assert_eq!(w.messages(conn), [(4, "text of m4".to_owned())]);
}

#[test]
fn r12_r18_a_new_device_and_one_of_another_epoch_get_nothing() {
    let mut w = World::new();
    let (a, b) = (w.login("alice"), w.login("bob"));
    w.say(a, &with("bob"), "m1");
    w.read(b, &with("alice"), &[1]);
    for hello in [
        World::hello("bob", "new"),
        wire::Hello {
            cursor: Some(wire::Cursor { epoch: 5, shards: vec![wire::ShardPosition { shard: 0, position: 1 }] }),
            ..World::hello("bob", "other")
        },
    ] {
        let conn = w.connect(hello);
        let frames = w.take(conn);
        assert!(matches!(&frames[0].body, Some(frame::Body::Welcome(welcome)) if !welcome.cursor_kept));
        match &frames[1].body {
            Some(frame::Body::Sync(sync)) => {
                assert!(sync.messages.is_empty() && sync.receipts.is_empty() && sync.states.is_empty() && !sync.more);
                assert_eq!(sync.total_unread, 1);
            }
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn r18_the_newest_hundred_a_conversation() {
    let mut w = World::new();
    let (a, b) = (w.login("alice"), w.login("bob"));
    w.input(Input::Closed { conn: b });
    for i in 1..=130 {
        w.say(a, &with("bob"), &format!("m{i}"));
    }
    let conn = back(&mut w, "bob", 0);
    let seqs: Vec<u64> =
        drain(&mut w, conn).iter().flat_map(|sync| sync.messages.iter().map(|message| message.seq)).collect();
    assert_eq!(seqs, (31..=130).collect::<Vec<_>>());
}

#[test]
fn r24_pages_fit_frames_and_the_next_comes_after_the_ack() {
    let mut w = World::new();
    let (a, b) = (w.login("alice"), w.login("bob"));
    w.input(Input::Closed { conn: b });
    for i in 1..=90 {
        let mut send = text(&with("bob"), &format!("m{i}"));
        let elem = wire::content::Elem::Text("x".repeat(12_000));
        send.content = Some(wire::Content { elem: Some(elem), cloud_custom_data: vec![] });
        w.ask(a, request::Body::Send(send));
    }
    let conn = back(&mut w, "bob", 0);
    // While it catches up nothing is pushed past it, and it misses nothing.
    w.say(a, &with("bob"), "meanwhile");
    let pages = drain(&mut w, conn);
    assert!(pages.len() > 3, "{} pages", pages.len());
    let seqs: Vec<u64> = pages.iter().flat_map(|sync| sync.messages.iter().map(|message| message.seq)).collect();
    assert_eq!(seqs, (1..=91).collect::<Vec<_>>());
}

#[test]
fn r24_what_one_report_brings_beyond_a_page_comes_in_parts() {
    let mut w = World::new();
    let (a, b) = (w.login("alice"), w.login("bob"));
    for i in 1..=1000 {
        w.say(a, &with("bob"), &format!("{i:0>100}"));
    }
    w.input(Input::Closed { conn: a });
    let cursor = w.head;
    let seqs: Vec<u64> = (1..=1000).collect();
    assert!(w.read(b, &with("alice"), &seqs).iter().all(|outcome| *outcome == 1));
    let conn = back(&mut w, "alice", cursor);
    let pages = drain(&mut w, conn);
    assert!(pages.len() > 1);
    let read: Vec<u64> = pages.iter().flat_map(|sync| sync.receipts.iter().map(|receipt| receipt.seq)).collect();
    assert_eq!(read, seqs);
}

#[test]
fn a_device_that_was_away_learns_of_marks_recalls_and_its_own_receipts_elsewhere() {
    let mut w = World::new();
    let (a, b) = (w.login("alice"), w.login("bob"));
    for i in 1..=3 {
        w.say(a, &with("bob"), &format!("m{i}"));
    }
    let cursor = w.head;
    w.read(b, &with("alice"), &[1]);
    let mark = wire::MarkTo { conversation: Some(with("alice")), seq: 2, time_ms: 0 };
    w.ask(b, request::Body::Mark(wire::Mark { to: vec![mark] }));
    let recall =
        wire::Recall { conversation: Some(with("bob")), message: Some(wire::MessageRef { seq: 0, id: "m3".into() }) };
    w.done(a, request::Body::Recall(recall));
    let bob = back(&mut w, "bob", cursor);
    let sync = drain(&mut w, bob).remove(0);
    assert_eq!(sync.own_receipts[0].seqs, [1]);
    assert_eq!((sync.recalled[0].seqs[0], sync.recalled[0].ids[0].as_str()), (3, "m3"));
    assert_eq!((sync.states[0].own_mark, sync.states[0].unread), (2, 0));
    let alice = back(&mut w, "alice", cursor);
    let sync = drain(&mut w, alice).remove(0);
    assert_eq!((sync.peer_marks[0].user.as_str(), sync.peer_marks[0].seq), ("bob", 2));
    assert!(sync.receipts[0].peer_read);
}

#[test]
fn r24_a_connection_that_lags_gets_no_pushes_and_then_what_it_missed() {
    let mut w = World::new();
    let (a, b) = (w.login("alice"), w.login("bob"));
    w.say(a, &with("bob"), "m1");
    w.messages(b);
    w.input(Input::Lagging { conn: b });
    w.say(a, &with("bob"), "m2");
    w.say(a, &with("bob"), "m3");
    assert!(w.pushes(b).is_empty());
    assert_eq!(w.read(b, &with("alice"), &[1]), [1], "answers still go out");
    w.input(Input::Drained { conn: b });
    assert_eq!(w.messages(b), [(2, "text of m2".to_owned()), (3, "text of m3".to_owned())]);
    w.say(a, &with("bob"), "m4");
    assert_eq!(w.messages(b), [(4, "text of m4".to_owned())]);
}

#[test]
fn a_restart_changes_nothing_that_anybody_sees() {
    let limits = HubLimits { housekeeping_ms: 100, roll_up_ms: 100, idle_ms: 1 << 40, ..HubLimits::default() };
    let mut w = World::with(AppSettings::default(), limits);
    let a = w.login("alice");
    let g = w.group(a, "g", 2, &["bob", "carol"]);
    let (b, c) = (w.login("bob"), w.login("carol"));
    for i in 1..=20 {
        w.say(a, &g, &format!("m{i}"));
    }
    w.read(b, &g, &[1, 2, 3]);
    // Snapshots are taken, and events forgotten.
    w.pass(1000);
    assert!(w.floor > 0 && w.events.len() < 5, "{} events after {}", w.events.len(), w.floor);
    w.read(c, &g, &[2]);
    w.say(b, &with("alice"), "c1");
    let before = w.get(a, &g, &(1..=20).collect::<Vec<_>>());
    let cursor = w.floor;
    w.restart();
    assert!(w.pushes(a).is_empty());
    let a = back(&mut w, "alice", cursor);
    let sync = drain(&mut w, a).remove(0);
    assert_eq!(sync.messages.len(), 1);
    assert_eq!(w.get(a, &g, &(1..=20).collect::<Vec<_>>()), before);
    let b = back(&mut w, "bob", cursor);
    drain(&mut w, b);
    assert_eq!(w.read(b, &g, &[1]), [1]);
    assert_eq!(w.say(a, &g, "m21"), 21);
    assert_eq!(w.messages(b), [(21, "text of m21".to_owned())]);
    // By id alone still works: the index came back.
    let find = wire::Find { ids: vec!["m7".into()] };
    assert!(
        matches!(w.ask(b, request::Body::Find(find)), frame::Body::Messages(m) if text_of(&m.messages[0]) == "text of m7")
    );
}

#[test]
fn a_device_that_met_an_empty_journal_misses_nothing_later() {
    let mut w = World::new();
    let b = w.login("bob");
    assert_eq!(w.head, 0);
    w.input(Input::Closed { conn: b });
    let a = w.login("alice");
    w.say(a, &with("bob"), "m1");
    // Its cursor is the epoch, and no position.
    let cursor = Some(wire::Cursor { epoch: super::world::EPOCH, shards: vec![] });
    let b = w.connect(wire::Hello { cursor, ..World::hello("bob", "back") });
    assert_eq!(w.messages(b).len(), 1);
}
