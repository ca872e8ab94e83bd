use super::world::{World, list, report, text, text_of, with};
use crate::hub::{Hub, HubLimits, Input, LogKey, LogName, Record};
use crate::ledger::journal::{Event, HeadSnapshot, ProfileSet, Rules, event::Body};
use crate::model::{AppId, AppSettings, ConvKey, GroupId, Position, UserId, made_message_id};
use crate::wire::{self, frame, request};
use prost::Message as _;

/// Tidies up all the time.
fn world() -> World {
    let limits = HubLimits { housekeeping_ms: 100, roll_up_ms: 100, ..HubLimits::default() };
    World::with(AppSettings::default(), limits)
}

fn log(name: &LogName<'_>) -> LogKey {
    Hub::log_key(&[7; 32], AppId(1), name)
}

fn pair(a: &str, b: &str) -> ConvKey {
    ConvKey::c2c(UserId::new(a).unwrap(), UserId::new(b).unwrap())
}

fn pair_log(a: &str, b: &str) -> LogKey {
    log(&LogName::Conversation(&pair(a, b), 0))
}

fn group_log(group: &str) -> LogKey {
    log(&LogName::Conversation(&ConvKey::Group(GroupId::new(group).unwrap()), 0))
}

fn user_log(user: &str) -> LogKey {
    log(&LogName::User(&UserId::new(user).unwrap()))
}

/// A newer version wrote this; where.
fn newer(w: &mut World, log: LogKey, body: Option<Body>) -> Position {
    w.head += 1;
    w.events.push((w.head, Record { log, event: Event { time_ms: w.now, body }, body: None }));
    w.head
}

/// What a version that knows them would make of the events: here they mean nothing.
fn understand(w: &mut World) {
    w.events.retain(|(_, record)| !matches!(record.event.body, None | Some(Body::Rules(_))));
}

fn history(w: &mut World, conn: crate::hub::ConnId, of: &wire::Conversation) -> Vec<String> {
    let query = wire::History { conversation: Some(of.clone()), count: 10, ..Default::default() };
    match w.ask(conn, request::Body::History(query)) {
        frame::Body::Messages(messages) => messages.messages.iter().map(text_of).collect(),
        other => panic!("{other:?}"),
    }
}

fn listed(w: &mut World, conn: crate::hub::ConnId) -> Vec<wire::Conversation> {
    match w.ask(conn, request::Body::ListConversations(wire::ListConversations { count: 10, ..Default::default() })) {
        frame::Body::Conversations(list) => list.conversations.into_iter().filter_map(|c| c.conversation).collect(),
        other => panic!("{other:?}"),
    }
}

fn mark(of: &[&wire::Conversation]) -> request::Body {
    let to = of.iter().map(|of| wire::MarkTo { conversation: Some((*of).clone()), seq: 9, time_ms: 0 }).collect();
    request::Body::Mark(wire::Mark { to })
}

/// Everything that names this conversation.
fn about(of: &wire::Conversation) -> Vec<request::Body> {
    let conversation = Some(of.clone());
    let message = Some(wire::MessageRef { seq: 1, id: String::new() });
    vec![
        request::Body::Send(text(of, "new")),
        request::Body::Recall(wire::Recall { conversation: conversation.clone(), message: message.clone() }),
        request::Body::RequestReceipts(wire::RequestReceipts { conversation: conversation.clone(), message }),
        request::Body::History(wire::History { conversation: conversation.clone(), count: 1, ..Default::default() }),
        request::Body::GetReceipts(wire::GetReceipts {
            conversation: conversation.clone(),
            seqs: vec![1],
            ids: vec![],
        }),
        request::Body::ListConversations(wire::ListConversations {
            conversations: vec![of.clone()],
            ..Default::default()
        }),
        report(of, &[1]),
        list(of, 1, 0, 0, 10),
        mark(&[of]),
    ]
}

#[test]
fn an_unknown_event_stops_its_conversation_alone_and_a_newer_version_finds_everything() {
    let mut w = world();
    let (a, b) = (w.login("alice"), w.login("bob"));
    let id = made_message_id(AppId(1), &pair("alice", "bob"), [3; 16]);
    let g = w.group(a, "g", 2, &["bob"]);
    w.say(a, &with("bob"), id.as_str());
    w.say(b, &g, "g1");
    w.pass(1000);
    let key = pair_log("alice", "bob");
    let snapshot = w.snapshots.get(&key).cloned().expect("rolled up");
    // Understood, but in no snapshot yet: it stays beside what is not.
    w.say(b, &with("alice"), "m2");
    let first = w.head;
    newer(&mut w, key, None);
    newer(&mut w, key, Some(Body::Rules(Rules { version: 1 })));
    for round in 0..2 {
        w.restart();
        assert_eq!(w.hub.metrics().logs_stopped, 1);
        let (a, b) = (w.login("alice"), w.login("bob"));
        for body in about(&with("bob")) {
            match w.ask(a, body) {
                frame::Body::Error(error) => {
                    assert_eq!(error.code, 10002, "{error:?}");
                    assert!(error.message.contains("newer SeenBy"), "{error:?}");
                    assert!(!error.message.contains("alice") && !error.message.contains("bob"), "{error:?}");
                }
                other => panic!("not refused: {other:?}"),
            }
        }
        // Its device must not take it for a message nobody knows, and throw the receipt away.
        let ids = vec![id.as_str().to_owned()];
        assert_eq!(w.refused(b, request::Body::Report(wire::Report { ids, ..Default::default() })), 10002);
        assert!(listed(&mut w, a).contains(&g) && !listed(&mut w, a).contains(&with("bob")));
        let n = w.say(a, &g, &format!("g2-{round}"));
        assert_eq!(w.read(b, &g, &[n]), [1]);
        w.say(a, &with("carol"), &format!("c1-{round}"));
        match w.ask(a, mark(&[&with("bob"), &g])) {
            frame::Body::Marked(marked) => assert_eq!(marked.states.len(), 1),
            other => panic!("{other:?}"),
        }
        w.pass(3000);
        assert_eq!(w.hub.metrics().dirty_logs, 0, "the others are rolled up");
        assert!(w.snapshots.contains_key(&pair_log("alice", "carol")));
        assert_eq!(w.snapshots.get(&key), Some(&snapshot), "nothing of a stopped log is");
        assert_eq!(w.floor, first - 1, "everything before is forgotten, nothing from there on");
        assert_eq!(w.hub.may_forget(w.head), first - 1);
        all_there(&w, first);
        // The operator deletes a user: it ends when every log can be read.
        if round == 1 {
            w.input(Input::DeleteUser(UserId::new("carol").unwrap()));
            w.pass(1000);
            assert_eq!(w.count_events(|body| matches!(body, Body::UserErased(_))), 0);
        }
    }
    understand(&mut w);
    w.restart();
    assert_eq!(w.hub.metrics().logs_stopped, 0);
    let a = w.login("alice");
    assert_eq!(history(&mut w, a, &with("bob")), ["text of m2".to_owned(), format!("text of {}", id.as_str())]);
    w.pass(1000);
    assert_eq!(w.count_events(|_| true), 0, "and everything is rolled up again");
}

/// The events from `first` on are all there.
fn all_there(w: &World, first: Position) {
    let positions: Vec<Position> = w.events.iter().map(|(position, _)| *position).collect();
    assert_eq!(positions, (first..=w.head).collect::<Vec<_>>());
}

#[test]
fn unknown_rules_stop_a_group_or_a_user() {
    let mut w = world();
    let a = w.login("alice");
    let (g, h) = (w.group(a, "g", 2, &["bob"]), w.group(a, "h", 2, &["bob"]));
    w.say(a, &g, "g1");
    w.say(a, &h, "h1");
    newer(&mut w, group_log("g"), Some(Body::Rules(Rules { version: 2 })));
    newer(&mut w, user_log("bob"), Some(Body::Rules(Rules { version: 2 })));
    let named = ProfileSet { nick_name: Some("Bob".into()), face_url: None };
    newer(&mut w, user_log("bob"), Some(Body::ProfileSet(named)));
    w.restart();
    assert_eq!(w.hub.metrics().logs_stopped, 2);
    let a = w.login("alice");
    for body in about(&g) {
        assert_eq!(w.refused(a, body), 10002);
    }
    let create = |group: &str| {
        request::Body::CreateGroup(wire::CreateGroup { group: group.into(), kind: 2, ..Default::default() })
    };
    let (group, users) = ("g".to_owned(), vec!["carol".to_owned()]);
    for body in [
        create("g"),
        request::Body::JoinGroup(wire::JoinGroup { group: group.clone() }),
        request::Body::QuitGroup(wire::QuitGroup { group: group.clone() }),
        request::Body::Invite(wire::Invite { group: group.clone(), users: users.clone() }),
        request::Body::Kick(wire::Kick { group: group.clone(), users }),
        request::Body::SetRole(wire::SetRole { group: group.clone(), user: "bob".into(), role: 300 }),
        request::Body::DismissGroup(wire::DismissGroup { group: group.clone() }),
        request::Body::GroupMembers(wire::GroupMembers { group, count: 10, ..Default::default() }),
    ] {
        assert_eq!(w.refused(a, body), 10002);
    }
    assert_eq!(listed(&mut w, a), std::slice::from_ref(&h));
    w.say(a, &h, "h2");
    // Bob waits for the newer version; carol need not.
    let b = w.connect(World::hello("bob", "b"));
    match &w.take(b)[0].body {
        Some(frame::Body::Error(error)) => {
            assert_eq!(error.code, 10002);
            assert!(error.message.contains("newer SeenBy") && !error.message.contains("bob"), "{error:?}");
        }
        other => panic!("{other:?}"),
    }
    assert!(w.closed.contains(&b));
    w.login("carol");
    w.pass(3000);
    assert!(!w.snapshots.contains_key(&user_log("bob")) && !w.snapshots.contains_key(&group_log("g")));
    understand(&mut w);
    w.restart();
    let b = w.login("bob");
    assert_eq!(history(&mut w, b, &g), ["text of g1"]);
    let get = wire::GetProfiles { users: vec!["bob".into()] };
    match w.ask(b, request::Body::GetProfiles(get)) {
        frame::Body::Profiles(profiles) => assert_eq!(profiles.profiles[0].nick_name, "Bob"),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_snapshot_that_is_not_understood_stops_its_log() {
    let mut w = world();
    let (a, b) = (w.login("alice"), w.login("bob"));
    w.say(a, &with("bob"), "m1");
    w.done(b, request::Body::SetProfile(wire::SetProfile { nick_name: Some("Bob".into()), face_url: None }));
    w.pass(1000);
    let key = pair_log("alice", "bob");
    let written = w.snapshots[&key].clone();
    let mut head = HeadSnapshot::decode(written.1[&0].as_slice()).unwrap();
    head.rules += 1;
    w.snapshots.get_mut(&key).unwrap().1.insert(0, head.encode_to_vec());
    let newer = w.snapshots[&key].clone();
    w.restart();
    assert_eq!(w.hub.metrics().logs_stopped, 1);
    let a = w.login("alice");
    for body in about(&with("bob")) {
        assert_eq!(w.refused(a, body), 10002);
    }
    // All of it is in the snapshot: the journal need keep no event.
    w.say(a, &with("carol"), "c1");
    w.pass(1000);
    assert_eq!((w.floor, w.count_events(|_| true)), (w.head, 0));
    assert_eq!(w.snapshots[&key], newer);
    // With an event after it, that one stays.
    let at = self::newer(&mut w, key, None);
    w.restart();
    let a = w.login("alice");
    w.say(a, &with("carol"), "c2");
    w.pass(1000);
    assert_eq!(w.floor, at - 1);
    w.snapshots.insert(key, written);
    understand(&mut w);
    w.restart();
    let a = w.login("alice");
    assert_eq!(history(&mut w, a, &with("bob")), ["text of m1"]);
}

#[test]
fn an_unknown_event_that_lands_while_it_runs_stops_its_log_too() {
    let mut w = world();
    let (a, b) = (w.login("alice"), w.login("bob"));
    w.pass(1000);
    w.say(a, &with("bob"), "m1");
    let first = w.head - 2;
    let key = pair_log("alice", "bob");
    let position = newer(&mut w, key, None);
    let record = w.events.last().unwrap().1.clone();
    w.input(Input::Landed { position, record, ticket: None });
    assert_eq!(w.refused(b, report(&with("alice"), &[1])), 10002);
    w.say(a, &with("carol"), "c1");
    w.pass(3000);
    assert_eq!(w.floor, first - 1);
    all_there(&w, first);
}

#[test]
fn an_unknown_event_of_the_app_is_an_error() {
    let w = world();
    let mut hub = Hub::new(w.config.clone(), w.now);
    let event = Event { time_ms: w.now, body: None };
    let error = hub.replay(1, &Record { log: log(&LogName::App), event, body: None }).unwrap_err();
    assert!(error.contains("at 1"), "{error}");
}
