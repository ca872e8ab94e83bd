use super::world::{World, list, with};
use crate::hub::{HubLimits, Input};
use crate::ledger::journal::event;
use crate::model::{AppSettings, UserId};
use crate::wire::{self, frame, request};

fn delete(w: &mut World, user: &str) {
    w.input(Input::DeleteUser(UserId::new(user).unwrap()));
}

fn told(w: &World) -> bool {
    w.events.iter().any(|(_, record)| format!("{record:?}").contains("\"bob\""))
}

#[test]
fn r32_a_deleted_user_is_nobody_and_counts_stay() {
    let limits = HubLimits { housekeeping_ms: 100, roll_up_ms: 100, idle_ms: 1 << 40, ..HubLimits::default() };
    let mut w = World::with(AppSettings::default(), limits);
    let a = w.login("alice");
    let g = w.group(a, "g", 2, &["bob", "carol"]);
    let b = w.login("bob");
    w.done(b, request::Body::SetProfile(wire::SetProfile { nick_name: Some("Bob".into()), face_url: None }));
    w.say(a, &g, "m1");
    w.say(a, &with("bob"), "c1");
    w.say(b, &g, "m2");
    w.read(b, &g, &[1]);
    w.read(b, &with("alice"), &[1]);
    let bodies = w.bodies.len();
    delete(&mut w, "bob");
    assert!(w.closed.contains(&b));
    assert_eq!(w.count_events(|body| matches!(body, event::Body::UserErased(_))), 1);
    assert_eq!(w.bodies.len(), bodies - 1, "what bob said is gone");
    assert_eq!(w.get(a, &g, &[1]), [(1, 1, 1, false)]);
    assert_eq!(w.get(a, &with("bob"), &[1]), [(1, 0, 0, true)]);
    match w.ask(a, list(&g, 1, 0, 0, 10)) {
        frame::Body::MemberPage(page) => assert!(page.members.is_empty() && page.finished),
        other => panic!("{other:?}"),
    }
    let history = wire::History { conversation: Some(g.clone()), count: 10, ..Default::default() };
    match w.ask(a, request::Body::History(history)) {
        frame::Body::Messages(messages) => {
            let message = &messages.messages[0];
            assert_eq!((message.sender.as_str(), message.nick_name.as_str()), ("", ""));
            assert!(message.content.is_none());
        }
        other => panic!("{other:?}"),
    }
    // Snapshots and events are rid of bob.
    w.pass(1000);
    assert!(!told(&w));
    w.restart();
    let a = w.login("alice");
    assert_eq!(w.get(a, &g, &[1]), [(1, 1, 1, false)]);
    assert_eq!(w.get(a, &with("bob"), &[1]), [(1, 0, 0, true)]);
    // Who takes the id is somebody new.
    let b = w.login("bob");
    assert!(matches!(
        w.ask(b, request::Body::ListConversations(wire::ListConversations { count: 10, ..Default::default() })),
        frame::Body::Conversations(list) if list.conversations.is_empty()
    ));
    assert_eq!(w.read(b, &g, &[1]), [wire::Outcome::Unknown as i32]);
    assert_eq!(w.say(a, &with("bob"), "new"), 1, "another log");
    w.messages(b);
    assert_eq!(w.say(b, &with("alice"), "newer"), 2);
    match w.ask(a, request::Body::GetProfiles(wire::GetProfiles { users: vec!["bob".into()] })) {
        frame::Body::Profiles(profiles) => assert_eq!(profiles.profiles[0].nick_name, ""),
        other => panic!("{other:?}"),
    }
    w.restart();
    let a = w.login("alice");
    assert_eq!(w.get(a, &with("bob"), &[1]), [(1, 0, 0, false)]);
}

#[test]
fn r32_the_job_resumes_after_a_restart() {
    let mut w = World::new();
    let a = w.login("alice");
    for i in 0..100 {
        w.group(a, &format!("g{i}"), 2, &["bob"]);
    }
    let b = w.login("bob");
    w.say(b, &with("alice"), "c1");
    w.hold = true;
    delete(&mut w, "bob");
    // The deletion lands, and the first part of the job does not.
    let (ticket, records) = w.waiting.pop_front().unwrap();
    for record in records {
        w.head += 1;
        w.events.push((w.head, record.clone()));
        w.input(Input::Landed { position: w.head, record, ticket: Some(ticket) });
    }
    assert_eq!(w.waiting.len(), 1);
    w.restart();
    // Meanwhile nobody gets in under this id.
    let refused = w.connect(World::hello("bob", "d"));
    assert!(w.closed.contains(&refused));
    w.hold = false;
    w.land();
    assert_eq!(w.count_events(|body| matches!(body, event::Body::UserErased(_))), 1);
    assert_eq!(w.count_events(|body| matches!(body, event::Body::Erased(_))), 101);
    let b = w.login("bob");
    assert!(
        matches!(w.ask(b, request::Body::ListGroups(wire::ListGroups {})), frame::Body::Groups(g) if g.groups.is_empty())
    );
}
