use super::world::{World, in_group, text};
use crate::hub::HubLimits;
use crate::model::AppSettings;
use crate::wire::{self, GroupChangeKind, frame, request};

fn create(group: &str, kind: u32, members: &[&str]) -> request::Body {
    request::Body::CreateGroup(wire::CreateGroup {
        group: group.into(),
        kind,
        name: String::new(),
        members: members.iter().map(|member| (*member).to_owned()).collect(),
    })
}

fn join(group: &str) -> request::Body {
    request::Body::JoinGroup(wire::JoinGroup { group: group.into() })
}

fn quit(group: &str) -> request::Body {
    request::Body::QuitGroup(wire::QuitGroup { group: group.into() })
}

fn users(list: &[&str]) -> Vec<String> {
    list.iter().map(|user| (*user).to_owned()).collect()
}

fn invite(group: &str, list: &[&str]) -> request::Body {
    request::Body::Invite(wire::Invite { group: group.into(), users: users(list) })
}

fn kick(group: &str, list: &[&str]) -> request::Body {
    request::Body::Kick(wire::Kick { group: group.into(), users: users(list) })
}

fn role(group: &str, user: &str, role: u32) -> request::Body {
    request::Body::SetRole(wire::SetRole { group: group.into(), user: user.into(), role })
}

fn dismiss(group: &str) -> request::Body {
    request::Body::DismissGroup(wire::DismissGroup { group: group.into() })
}

fn results(body: frame::Body) -> Vec<u32> {
    match body {
        frame::Body::MemberResults(results) => results.results.iter().map(|result| result.result).collect(),
        other => panic!("{other:?}"),
    }
}

/// Kinds of the changes a device was told since the last look, and the member counts.
fn changes(w: &mut World, conn: crate::hub::ConnId) -> Vec<(Vec<GroupChangeKind>, u32)> {
    w.pushes(conn)
        .into_iter()
        .filter_map(|body| match body {
            frame::Body::GroupChanges(changes) => {
                Some((changes.changes.iter().map(wire::GroupChange::kind).collect(), changes.members))
            }
            _ => None,
        })
        .collect()
}

#[test]
fn r25_creating_a_group() {
    let mut w = World::new();
    let (a, b) = (w.login("alice"), w.login("bob"));
    let made = |body: frame::Body| match body {
        frame::Body::GroupCreated(created) => created.group,
        other => panic!("{other:?}"),
    };
    assert_eq!(made(w.ask(a, create("g", 1, &["bob", "bob", "alice"]))), "g");
    let (first, second) = (made(w.ask(a, create("", 2, &[]))), made(w.ask(a, create("", 2, &[]))));
    assert!(first != second && first.len() > 10);
    // A repeat by its creator with the same kind succeeds; anything else is in use.
    assert_eq!(made(w.ask(a, create("g", 1, &[]))), "g");
    assert_eq!(w.refused(a, create("g", 2, &[])), 10004);
    assert_eq!(w.refused(b, create("g", 1, &[])), 10004);
    w.done(a, dismiss("g"));
    assert_eq!(w.refused(a, create("g", 1, &[])), 10004);
    for kind in [0, 6] {
        assert_eq!(w.refused(a, create("h", kind, &[])), 6017);
    }
    assert_eq!(w.refused(a, create("h", 1, &[""])), 6017);
    assert_eq!(w.refused(a, create(&"h".repeat(65), 1, &[])), 6017);
    let long = wire::CreateGroup { group: "h".into(), kind: 1, name: "n".repeat(257), members: vec![] };
    assert_eq!(w.refused(a, request::Body::CreateGroup(long)), 6017);
}

#[test]
fn r25_two_creations_of_one_id_at_once() {
    let mut w = World::new();
    let (a, b) = (w.login("alice"), w.login("bob"));
    w.hold = true;
    let first = w.send_request(a, create("g", 2, &[]));
    let second = w.send_request(b, create("g", 2, &[]));
    let again = w.send_request(a, create("g", 2, &[]));
    w.hold = false;
    w.land();
    assert!(matches!(w.answer(a, first), Some(frame::Body::GroupCreated(_))));
    assert!(matches!(w.answer(b, second), Some(frame::Body::Error(error)) if error.code == 10004));
    assert!(matches!(w.answer(a, again), Some(frame::Body::GroupCreated(_))));
    // Bob did not become anything in it.
    assert_eq!(w.refused(b, request::Body::Send(text(&in_group("g"), "m"))), 10007);
}

#[test]
fn r25_joining_quitting_inviting_kicking_by_kind_and_role() {
    let mut w = World::new();
    let (a, b, c) = (w.login("alice"), w.login("bob"), w.login("carol"));
    w.group(a, "work", 1, &["bob"]);
    w.group(a, "public", 2, &["bob"]);
    // Work: members invite, nobody joins.
    assert_eq!(w.refused(c, join("work")), 10007);
    assert_eq!(w.refused(c, invite("work", &["dave"])), 10007);
    assert_eq!(results(w.ask(b, invite("work", &["carol", "alice", "dave"]))), [0, 2, 0]);
    assert_eq!(w.refused(b, invite("work", &[])), 6017);
    assert_eq!(w.refused(b, invite("public", &["carol"])), 10007);
    // Others: anyone joins, again and again.
    w.done(c, join("public"));
    w.done(c, join("public"));
    assert_eq!(w.refused(c, join("none")), 10010);
    // Kicking.
    assert_eq!(w.refused(b, kick("public", &["carol"])), 10007);
    w.done(a, role("public", "bob", 300));
    assert_eq!(results(w.ask(b, kick("public", &["carol", "alice", "bob", "nobody"]))), [0, 1, 1, 1]);
    assert_eq!(w.refused(c, request::Body::Send(text(&in_group("public"), "m"))), 10007);
    assert_eq!(w.refused(c, quit("public")), 10007);
    // Roles.
    assert_eq!(w.refused(b, role("public", "alice", 200)), 10007);
    assert_eq!(w.refused(a, role("public", "bob", 400)), 6017);
    assert_eq!(w.refused(a, role("public", "carol", 300)), 10007);
    assert_eq!(w.refused(a, role("public", "alice", 300)), 10007);
    // The owner quits in Work only, and dismisses.
    assert_eq!(w.refused(a, quit("public")), 10007);
    w.done(a, quit("work"));
    assert_eq!(w.refused(b, dismiss("public")), 10007);
    w.done(a, dismiss("public"));
    assert_eq!(w.refused(b, request::Body::Send(text(&in_group("public"), "m"))), 10010);
    assert_eq!(w.refused(a, dismiss("public")), 10010);
}

#[test]
fn r25_member_lists_and_joined_groups() {
    let mut w = World::new();
    let (a, b) = (w.login("alice"), w.login("bob"));
    w.group(a, "g", 2, &["bob", "carol", "dave"]);
    let ask = |next_seq, count, list: &[&str]| {
        request::Body::GroupMembers(wire::GroupMembers { group: "g".into(), next_seq, count, users: users(list) })
    };
    let page = |body: frame::Body| match body {
        frame::Body::MemberPage(page) => {
            (page.members.into_iter().map(|m| (m.user, m.role)).collect::<Vec<_>>(), page.next_seq)
        }
        other => panic!("{other:?}"),
    };
    let (first, next) = page(w.ask(b, ask(0, 3, &[])));
    assert_eq!(first, [("alice".to_owned(), 400), ("bob".to_owned(), 200), ("carol".to_owned(), 200)]);
    assert_eq!(page(w.ask(b, ask(next, 3, &[]))), (vec![("dave".to_owned(), 200)], 0));
    assert_eq!(page(w.ask(b, ask(0, 0, &["nobody", "alice"]))).0, [("alice".to_owned(), 400)]);
    assert_eq!(w.refused(b, ask(0, 0, &[])), 6017);
    assert_eq!(w.refused(b, ask(1 << 40, 3, &[])), 6017);
    let e = w.login("erin");
    assert_eq!(w.refused(e, ask(0, 3, &[])), 10007);
    match w.ask(b, request::Body::ListGroups(wire::ListGroups {})) {
        frame::Body::Groups(groups) => {
            let group = &groups.groups[0];
            assert_eq!((group.group.as_str(), group.owner.as_str(), group.members, group.role), ("g", "alice", 4, 200));
        }
        other => panic!("{other:?}"),
    }
    w.done(b, quit("g"));
    assert!(
        matches!(w.ask(b, request::Body::ListGroups(wire::ListGroups {})), frame::Body::Groups(g) if g.groups.is_empty())
    );
}

#[test]
fn r25_members_hear_of_changes_batched_once_a_second() {
    let mut w = World::new();
    let (a, b) = (w.login("alice"), w.login("bob"));
    w.group(a, "g", 2, &["bob"]);
    w.pass(100);
    assert_eq!(
        changes(&mut w, b),
        [(vec![GroupChangeKind::GroupChangeCreated, GroupChangeKind::GroupChangeJoined], 2)]
    );
    for name in ["c1", "c2", "c3"] {
        let conn = w.login(name);
        w.done(conn, join("g"));
    }
    w.pass(500);
    assert!(changes(&mut w, b).is_empty(), "not yet");
    w.pass(600);
    assert_eq!(changes(&mut w, b), [(vec![GroupChangeKind::GroupChangeJoined; 3], 5)]);
    // Who is kicked hears it too.
    w.ask(a, kick("g", &["bob"]));
    w.pass(2000);
    assert_eq!(changes(&mut w, b), [(vec![GroupChangeKind::GroupChangeKicked], 4)]);
    w.done(a, dismiss("g"));
    w.pass(2000);
    assert!(changes(&mut w, b).is_empty());
}

#[test]
fn r25_above_a_thousand_members_the_count_only() {
    let mut w = World::with(AppSettings::default(), HubLimits::default());
    let a = w.login("alice");
    let many: Vec<String> = (0..1000).map(|i| format!("u{i}")).collect();
    w.group(a, "g", 2, &many.iter().map(String::as_str).collect::<Vec<_>>());
    w.pass(2000);
    changes(&mut w, a);
    let c = w.login("carol");
    w.done(c, join("g"));
    w.pass(2000);
    assert_eq!(changes(&mut w, a), [(vec![], 1002)]);
}

#[test]
fn r25_groups_have_a_size() {
    let mut w = World::with(AppSettings::default(), HubLimits { group_members: 3, ..HubLimits::default() });
    let (a, d) = (w.login("alice"), w.login("dave"));
    assert_eq!(w.refused(a, create("g", 2, &["b", "c", "d"])), 6017);
    w.group(a, "g", 2, &["bob", "carol"]);
    assert_eq!(w.refused(d, join("g")), 10007);
    w.group(a, "w", 1, &["bob"]);
    assert_eq!(w.refused(a, invite("w", &["carol", "dave"])), 10007);
}

#[test]
fn r18_history_from_before_joining_in_meetings_only() {
    let mut w = World::new();
    let (a, b) = (w.login("alice"), w.login("bob"));
    for (id, kind, expected) in [("public", 2, vec![2]), ("meeting", 3, vec![2, 1])] {
        let g = w.group(a, id, kind, &[]);
        w.say(a, &g, "before");
        w.done(b, join(id));
        w.say(a, &g, "after");
        let history = wire::History { conversation: Some(g), count: 10, ..Default::default() };
        match w.ask(b, request::Body::History(history)) {
            frame::Body::Messages(messages) => {
                assert_eq!(messages.messages.iter().map(|m| m.seq).collect::<Vec<_>>(), expected);
            }
            other => panic!("{other:?}"),
        }
    }
}
