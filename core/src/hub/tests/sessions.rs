use super::world::{START, World, text, with};
use crate::hub::{ConnId, HubLimits, Identity, Input};
use crate::model::{AppSettings, Error, ErrorCode};
use crate::wire::{self, frame, request};

fn code(body: &frame::Body) -> i32 {
    match body {
        frame::Body::Error(error) => error.code,
        frame::Body::Close(close) => close.code,
        other => panic!("no refusal: {other:?}"),
    }
}

fn refused_hello(w: &mut World, hello: wire::Hello, identity: Result<Identity, Error>) -> i32 {
    let conn = w.connect_as(hello, identity);
    assert!(w.closed.contains(&conn));
    let frames = w.take(conn);
    let bodies: Vec<_> = frames.iter().filter_map(|frame| frame.body.as_ref()).collect();
    assert_eq!(bodies.len(), 2, "an error and a last frame: {bodies:?}");
    assert_eq!(code(bodies[0]), code(bodies[1]));
    code(bodies[0])
}

#[test]
fn r21_hello_is_checked() {
    let mut w = World::new();
    let good = || World::hello("alice", "d");
    let identity = || Ok(World::identity("alice"));
    assert_eq!(refused_hello(&mut w, wire::Hello { version: 2, ..good() }, identity()), 90006);
    assert_eq!(refused_hello(&mut w, wire::Hello { app: 2, ..good() }, identity()), 6017);
    assert_eq!(refused_hello(&mut w, wire::Hello { user: String::new(), ..good() }, identity()), 6017);
    assert_eq!(refused_hello(&mut w, wire::Hello { device: "\u{1}".into(), ..good() }, identity()), 6017);
    assert_eq!(refused_hello(&mut w, good(), Ok(World::identity("bob"))), 70003);
    assert_eq!(refused_hello(&mut w, good(), Err(Error::new(ErrorCode::UserSigInvalid, "wrong"))), 70003);
    let old = Identity { expires_ms: Some(START), ..World::identity("alice") };
    assert_eq!(refused_hello(&mut w, good(), Ok(old)), 70001);
    assert_eq!(w.hub.metrics().connections, 0);
    // Before Hello nothing else is understood.
    let conn = ConnId(99);
    let ping = wire::Request { id: 5, seen: 0, body: Some(request::Body::Ping(wire::Ping {})) };
    w.input(Input::Request { conn, request: ping });
    assert_eq!(code(w.take(conn)[0].body.as_ref().unwrap()), 90007);
    assert!(w.closed.contains(&conn));
}

#[test]
fn welcome_names_the_service_and_unknown_requests_are_answered() {
    let mut w = World::new();
    let conn = w.connect(World::hello("alice", "d"));
    match &w.take(conn)[0].body {
        Some(frame::Body::Welcome(welcome)) => {
            assert_eq!((welcome.service.as_str(), welcome.epoch, welcome.version), ("service", 77, 1));
            assert_eq!(welcome.server_time_ms, START);
            assert!(!welcome.cursor_kept);
        }
        other => panic!("{other:?}"),
    }
    w.input(Input::Request { conn, request: wire::Request { id: 9, seen: 0, body: None } });
    assert_eq!(code(&w.answer(conn, 9).unwrap()), 90007);
    assert_eq!(w.refused(conn, request::Body::Hello(World::hello("alice", "d"))), 90007);
    assert!(matches!(w.ask(conn, request::Body::Ping(wire::Ping {})), frame::Body::Pong(_)));
    assert!(!w.closed.contains(&conn));
}

#[test]
fn r30_the_same_user_and_device_kicks_the_older_connection() {
    let mut w = World::new();
    let first = w.connect(World::hello("alice", "d"));
    let other = w.connect(World::hello("alice", "e"));
    let peer = w.connect(World::hello("bob", "d"));
    let second = w.connect(World::hello("alice", "d"));
    match w.pushes(first).pop() {
        Some(frame::Body::Close(close)) => assert_eq!((close.code, close.kicked), (6208, true)),
        other => panic!("{other:?}"),
    }
    assert_eq!(w.closed.iter().copied().collect::<Vec<_>>(), [first]);
    for conn in [other, peer, second] {
        assert!(matches!(w.ask(conn, request::Body::Ping(wire::Ping {})), frame::Body::Pong(_)));
    }
}

#[test]
fn r24_connections_of_a_user_are_few() {
    let mut w = World::with(AppSettings::default(), HubLimits { connections_per_user: 2, ..HubLimits::default() });
    w.login("alice");
    let second = w.connect(World::hello("alice", "second"));
    assert_eq!(refused_hello(&mut w, World::hello("alice", "third"), Ok(World::identity("alice"))), 9506);
    // The same device takes the place of its older connection.
    let again = w.connect(World::hello("alice", "second"));
    assert!(w.closed.contains(&second) && !w.closed.contains(&again));
}

#[test]
fn r24_too_many_requests_are_refused_with_a_time_to_wait_and_then_closed() {
    let limits = HubLimits { requests_per_second: 10, burst: 5, refusals: 3, ..HubLimits::default() };
    let mut w = World::with(AppSettings::default(), limits);
    let (a, b) = (w.login("alice"), w.login("bob"));
    let ping = || request::Body::Ping(wire::Ping {});
    for _ in 0..5 {
        w.ask(a, ping());
    }
    match w.ask(a, ping()) {
        frame::Body::Error(error) => assert_eq!((error.code, error.retry_after_ms), (9506, 100)),
        other => panic!("{other:?}"),
    }
    w.pass(100);
    w.ask(a, ping());
    assert_eq!(w.refused(a, ping()), 9506);
    assert_eq!(w.refused(a, ping()), 9506);
    assert!(!w.closed.contains(&a));
    assert_eq!(w.refused(a, ping()), 9506);
    assert!(w.closed.contains(&a));
    // Receipts count one for 30; another connection does not feel it.
    let refs = |n: u64| super::world::report(&with("alice"), &(1..=n).collect::<Vec<_>>());
    assert!(matches!(w.ask(b, refs(150)), frame::Body::Reported(_)));
    assert_eq!(w.refused(b, refs(30)), 9506);
    w.pass(100);
    assert!(matches!(w.ask(b, refs(30)), frame::Body::Reported(_)));
}

#[test]
fn r24_a_silent_connection_is_closed_and_a_ping_keeps_it() {
    let mut w = World::with(AppSettings::default(), HubLimits { idle_ms: 1000, ..HubLimits::default() });
    let (a, b) = (w.login("alice"), w.login("bob"));
    w.pass(900);
    w.ask(a, request::Body::Ping(wire::Ping {}));
    w.pass(200);
    assert!(w.closed.contains(&b) && !w.closed.contains(&a));
    assert!(matches!(w.pushes(b).pop(), Some(frame::Body::Close(close)) if close.code == 9508 && !close.kicked));
    w.pass(1000);
    assert!(w.closed.contains(&a));
}

#[test]
fn r21_a_token_that_runs_out_ends_the_connection_and_a_new_one_renews_it() {
    let mut w = World::new();
    let until = |ms: i64| Identity { expires_ms: Some(START + ms), ..World::identity("alice") };
    let conn = w.connect_as(World::hello("alice", "d"), Ok(until(1000)));
    w.pass(500);
    w.input(Input::Renewed { conn, request: 2, identity: Ok(until(2000)) });
    assert!(matches!(w.answer(conn, 2), Some(frame::Body::Done(_))));
    w.input(Input::Renewed { conn, request: 3, identity: Ok(World::identity("bob")) });
    assert_eq!(code(&w.answer(conn, 3).unwrap()), 70003);
    w.pass(1000);
    assert!(!w.closed.contains(&conn));
    w.pass(600);
    assert!(w.closed.contains(&conn));
    assert!(matches!(w.pushes(conn).pop(), Some(frame::Body::Close(close)) if close.code == 70001));
}

#[test]
fn r21_revoked_tokens_end_their_connections_and_are_refused() {
    let mut w = World::new();
    let issued = |ms: i64| Identity { issued_ms: ms, ..World::identity("alice") };
    let old = w.connect_as(World::hello("alice", "d"), Ok(issued(START - 10)));
    w.pass(10);
    let bob = w.login("bob");
    w.input(Input::RevokeTokens(World::identity("alice").user));
    assert!(w.closed.contains(&old) && !w.closed.contains(&bob));
    assert_eq!(refused_hello(&mut w, World::hello("alice", "d"), Ok(issued(START - 10))), 70001);
    let now = w.now;
    let new = w.connect_as(World::hello("alice", "d"), Ok(issued(now + 1)));
    assert!(!w.closed.contains(&new));
    w.restart();
    assert_eq!(refused_hello(&mut w, World::hello("alice", "d"), Ok(issued(START - 10))), 70001);
}

#[test]
fn r24_when_too_much_is_under_way_writes_are_refused() {
    let mut w = World::with(AppSettings::default(), HubLimits { proposals: 2, ..HubLimits::default() });
    let a = w.login("alice");
    w.hold = true;
    w.send_request(a, request::Body::Send(text(&with("bob"), "m1")));
    w.send_request(a, request::Body::Send(text(&with("bob"), "m2")));
    assert_eq!(w.refused(a, request::Body::Send(text(&with("bob"), "m3"))), 9506);
    assert!(matches!(w.ask(a, request::Body::Ping(wire::Ping {})), frame::Body::Pong(_)));
}

#[test]
fn a_journal_that_fails_is_told_and_nothing_was_applied() {
    let mut w = World::new();
    let (a, b) = (w.login("alice"), w.login("bob"));
    w.hold = true;
    let id = w.send_request(a, request::Body::Send(text(&with("bob"), "m1")));
    assert!(w.answer(a, id).is_none(), "no answer before it is durable");
    let (ticket, _) = w.waiting.pop_front().unwrap();
    w.input(Input::AppendFailed { ticket, why: "the disk is full".into() });
    match w.answer(a, id) {
        Some(frame::Body::Error(error)) => {
            assert_eq!(error.code, 10002);
            assert!(error.message.contains("the disk is full"));
        }
        other => panic!("{other:?}"),
    }
    assert!(w.messages(b).is_empty());
}

#[test]
fn shutting_down_sends_what_is_held_back_and_says_why() {
    let mut w = World::new();
    let a = w.login("alice");
    let g = w.group(a, "g", 1, &["bob", "carol"]);
    let (b, c) = (w.login("bob"), w.login("carol"));
    w.say(a, &g, "m1");
    w.read(b, &g, &[1]);
    w.read(c, &g, &[1]);
    assert_eq!(w.summaries(a), [(1, 1, 1)]);
    w.input(Input::ShutDown);
    let pushes = w.pushes(a);
    assert!(
        pushes.iter().any(|body| matches!(body, frame::Body::Receipts(r) if r.receipts[0].read == 2)),
        "{pushes:?}"
    );
    assert!(matches!(pushes.last(), Some(frame::Body::Close(close)) if close.code == 9508 && close.retry_after_ms > 0));
    assert_eq!(w.closed.len(), 3);
    assert_eq!(refused_hello(&mut w, World::hello("alice", "d"), Ok(World::identity("alice"))), 9508);
}
