use super::world::{World, with};
use crate::hub::Input;
use crate::wire::{self, frame, request};

fn readers(names: &[&str]) -> (World, crate::hub::ConnId, wire::Conversation, Vec<crate::hub::ConnId>) {
    let mut w = World::new();
    let a = w.login("alice");
    let g = w.group(a, "g", 1, names);
    let conns = names.iter().map(|name| w.login(name)).collect();
    w.pass(2000);
    w.pushes(a);
    (w, a, g, conns)
}

#[test]
fn r12_the_first_change_at_once_then_five_a_second_and_always_the_final_state() {
    let names: Vec<String> = (0..40).map(|i| format!("u{i:02}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let (mut w, a, g, conns) = readers(&names);
    w.say(a, &g, "m1");
    let mut seen = Vec::new();
    for (i, conn) in conns.iter().enumerate() {
        w.read(*conn, &g, &[1]);
        let now = w.summaries(a);
        if i == 0 {
            assert_eq!(now, [(1, 1, 39)], "at once");
        }
        seen.extend(now);
        w.pass(25);
        seen.extend(w.summaries(a));
    }
    w.pass(1000);
    seen.extend(w.summaries(a));
    assert!(seen.len() >= 3 && seen.len() <= 7, "in a second: {seen:?}");
    assert_eq!(seen.last(), Some(&(1, 40, 0)));
    assert!(seen.windows(2).all(|pair| pair[0].1 < pair[1].1), "never back: {seen:?}");
    // Quiet again: the next change of another message goes at once.
    w.say(a, &g, "m2");
    w.read(conns[0], &g, &[2]);
    assert_eq!(w.summaries(a), [(2, 1, 39)]);
}

#[test]
fn r12_every_device_of_the_sender_hears_and_nobody_else() {
    let (mut w, a, g, conns) = readers(&["bob", "carol"]);
    let a2 = w.login("alice");
    w.say(a, &g, "m1");
    w.say(a, &g, "m2");
    w.pushes(a2);
    w.pushes(conns[1]);
    w.read(conns[0], &g, &[1, 2]);
    assert_eq!(w.summaries(a), [(1, 1, 1), (2, 1, 1)]);
    assert_eq!(w.summaries(a2), [(1, 1, 1), (2, 1, 1)]);
    assert!(w.pushes(conns[1]).is_empty());
}

#[test]
fn r12_a_cursor_never_passes_a_summary_held_back() {
    let (mut w, a, g, conns) = readers(&["bob", "carol"]);
    w.say(a, &g, "m1");
    w.read(conns[0], &g, &[1]);
    w.take(a);
    w.read(conns[1], &g, &[1]);
    let held = w.head;
    // Another push goes out meanwhile.
    w.say(conns[0], &g, "m2");
    let frames = w.take(a);
    assert_eq!(frames.len(), 1);
    assert!(frames[0].cursor < held, "{} is held back at {held}", frames[0].cursor);
    w.pass(300);
    let frames = w.take(a);
    assert_eq!(frames.len(), 1);
    assert_eq!(frames[0].cursor, w.head);
    // A device that comes back with the cursor from before gets it again.
    let back = w.connect(wire::Hello { cursor: World::cursor(held - 1), ..World::hello("alice", "back") });
    let receipts: Vec<_> = w
        .pushes(back)
        .into_iter()
        .flat_map(|body| if let frame::Body::Sync(sync) = body { sync.receipts } else { Vec::new() })
        .map(|receipt| (receipt.seq, receipt.read))
        .collect();
    assert_eq!(receipts, [(1, 2)]);
}

#[test]
fn r12_readers_are_named_to_a_device_that_asks() {
    let names: Vec<String> = (0..150).map(|i| format!("u{i:03}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let (mut w, a, g, conns) = readers(&names);
    let asks = w.connect(wire::Hello { with_readers: true, ..World::hello("alice", "asks") });
    w.take(asks);
    w.say(a, &g, "m1");
    w.pushes(asks);
    let named = |w: &mut World| -> Vec<(Vec<String>, bool)> {
        w.pushes(asks)
            .into_iter()
            .flat_map(|body| if let frame::Body::Receipts(r) = body { r.receipts } else { Vec::new() })
            .map(|receipt| {
                assert!(receipt.readers.iter().all(|reader| reader.time_ms > 0));
                (receipt.readers.into_iter().map(|reader| reader.user).collect(), receipt.more_readers)
            })
            .collect()
    };
    w.read(conns[0], &g, &[1]);
    assert_eq!(named(&mut w), [(vec!["u000".to_owned()], false)]);
    w.read(conns[1], &g, &[1]);
    w.read(conns[2], &g, &[1]);
    w.pass(250);
    assert_eq!(named(&mut w), [(vec!["u001".to_owned(), "u002".to_owned()], false)]);
    for conn in &conns[3..] {
        w.read(*conn, &g, &[1]);
    }
    w.pass(250);
    // The first at once, and the others together: more than 100.
    let last = named(&mut w).pop().unwrap();
    assert_eq!((last.0.len(), last.1), (100, true));
}

#[test]
fn r12_a_device_that_was_away_is_told_that_readers_are_not_named() {
    let (mut w, _, g, conns) = readers(&["bob", "carol"]);
    for (device, with_readers) in [("asks", true), ("does-not", false)] {
        let cursor = World::cursor(w.hub.book.head);
        let a = w.login("alice");
        let seq = w.say(a, &g, device);
        w.read(conns[0], &g, &[seq]);
        w.read(conns[1], &g, &[seq]);
        let back = w.connect(wire::Hello { with_readers, cursor, ..World::hello("alice", device) });
        let mut receipts = Vec::new();
        for frame in w.take(back) {
            if let Some(frame::Body::Sync(sync)) = frame.body {
                receipts.extend(sync.receipts);
            }
        }
        let told: Vec<_> = receipts.iter().map(|r| (r.read, r.readers.len(), r.more_readers)).collect();
        assert_eq!(told, [(2, 0, with_readers)]);
    }
}

#[test]
fn r12_no_summary_reaches_the_sender_before_the_answer_to_its_send() {
    let mut w = World::new();
    let (a, b) = (w.login("alice"), w.login("bob"));
    w.hold = true;
    let id = w.send_request(a, request::Body::Send(super::world::text(&with("bob"), "m1")));
    let (ticket, records) = w.waiting.pop_front().unwrap();
    assert_eq!(records.len(), 3, "the pair begins in the same append");
    for record in records {
        w.head += 1;
        w.input(Input::Landed { position: w.head, record, ticket: Some(ticket) });
    }
    w.hold = false;
    assert_eq!(w.read(b, &with("alice"), &[1]), [1]);
    let frames = w.take(a);
    let order: Vec<bool> = frames.iter().map(|frame| frame.request == id).collect();
    assert_eq!(order, [true, false]);
    assert!(matches!(frames[0].body, Some(frame::Body::Sent(_))));
    assert!(matches!(frames[1].body, Some(frame::Body::Receipts(_))));
    assert!(frames[0].position < frames[1].position);
}

#[test]
fn r13_the_readers_other_devices_learn_of_its_receipts() {
    let mut w = World::new();
    let (a, b, b2) = (w.login("alice"), w.login("bob"), w.login("bob"));
    for i in 1..=3 {
        w.say(a, &with("bob"), &format!("m{i}"));
    }
    w.pushes(b);
    w.pushes(b2);
    w.read(b, &with("alice"), &[1, 3]);
    match &w.pushes(b2)[..] {
        [frame::Body::OwnReceipts(own)] => {
            assert_eq!((own.seqs.as_slice(), own.conversation.as_ref()), (&[1, 3][..], Some(&with("alice"))));
            assert_eq!(own.ids, ["m1", "m3"]);
        }
        other => panic!("{other:?}"),
    }
    assert!(w.pushes(b).is_empty());
    // And history says so.
    let history = wire::History { conversation: Some(with("alice")), count: 10, ..Default::default() };
    match w.ask(b2, request::Body::History(history)) {
        frame::Body::Messages(messages) => {
            let sent: Vec<bool> = messages.messages.iter().map(|message| message.receipt_sent).collect();
            assert_eq!(sent, [true, false, true]);
        }
        other => panic!("{other:?}"),
    }
}
