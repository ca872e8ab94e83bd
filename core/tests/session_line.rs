//! Login, the line, calls and their checks, against a service written by hand. Messages and marks: `session_messages`.
mod session_rig;

use seenby_core::model::*;
use seenby_core::session::*;
use seenby_core::wire::{self, Outcome, frame, request};
use session_rig::*;

fn session_events(rig: &mut Rig) -> Vec<&'static str> {
    std::mem::take(&mut rig.events)
        .into_iter()
        .filter_map(|event| match event {
            Event::Connecting => Some("connecting"),
            Event::Connected => Some("connected"),
            Event::ConnectFailed(_) => Some("failed"),
            Event::KickedOffline => Some("kicked"),
            Event::UserSigExpired => Some("expired"),
            _ => None,
        })
        .collect()
}

#[test]
fn r21_before_login_every_call_is_refused() {
    let mut rig = Rig::new();
    for command in [
        Command::JoinedGroups,
        Command::TotalUnread,
        Command::SendReadReceipts { messages: vec![handle(&group("g"), 1)] },
        Command::SetReadReceiptsEnabled { enabled: false },
    ] {
        assert_eq!(rig.refused(command).code.number(), 6014);
    }
    // The total is readable as soon as a login has begun.
    rig.input(Input::Login { call: CallId(99), user_sig: "s".into() });
    let call = rig.call(Command::TotalUnread);
    assert_eq!(rig.result(call), Ok(Answer::Count(0)));
    assert_eq!(rig.refused(Command::JoinedGroups).code.number(), 6014);
}

#[test]
fn r30_login_completes_with_welcome_and_events_come_once_per_change() {
    let mut rig = Rig::live();
    assert_eq!(session_events(&mut rig), ["connecting", "connected"]);
    rig.lose_line();
    assert_eq!(session_events(&mut rig), ["connecting"]);
    for _ in 0..3 {
        let before = rig.connects;
        while rig.connects == before {
            rig.wait(1000);
        }
        rig.lose_line();
    }
    assert_eq!(session_events(&mut rig), ["failed"], "once, however often it fails");
    rig.reconnect();
    assert_eq!(session_events(&mut rig), ["connected"]);
    assert_eq!(rig.binds, ["svc"], "the namespace is bound once");
}

#[test]
fn r30_a_login_without_network_fails_and_is_not_retried() {
    let mut rig = Rig::new();
    rig.input(Input::Login { call: CallId(1), user_sig: "s".into() });
    rig.lose_line();
    assert_eq!(rig.result(1).unwrap_err().code.number(), 9508);
    rig.wait(600_000);
    assert_eq!(rig.connects, 1);
    assert_eq!(session_events(&mut rig), ["connecting", "failed"]);
    // A connection that never opens, and a Hello that is never answered.
    rig.input(Input::Login { call: CallId(2), user_sig: "s".into() });
    rig.wait(10_000);
    assert_eq!(rig.result(2).unwrap_err().code.number(), 9510);
    rig.input(Input::Login { call: CallId(3), user_sig: "s".into() });
    rig.input(Input::Opened);
    rig.wait(10_000);
    assert_eq!(rig.result(3).unwrap_err().code.number(), 6012);
    assert_eq!(rig.disconnects, 2);
}

#[test]
fn r21_a_refused_user_sig_is_the_logins_answer() {
    for code in [ErrorCode::UserSigInvalid, ErrorCode::UserSigExpired, ErrorCode::VersionRefused] {
        let mut rig = Rig::new();
        rig.input(Input::Login { call: CallId(1), user_sig: "s".into() });
        rig.input(Input::Opened);
        let hello = rig.take(|body| matches!(body, request::Body::Hello(_)));
        rig.reply_error(hello.id, code);
        assert_eq!(rig.result(1).unwrap_err().code, code);
        rig.wait(600_000);
        assert_eq!(rig.connects, 1, "nothing is tried behind the app's back");
        assert!(!rig.session.is_logged_in());
    }
}

#[test]
fn r30_backoff_grows_with_jitter_and_ends_when_the_network_comes() {
    let mut rig = Rig::live();
    let mut pauses = Vec::new();
    for _ in 0..12 {
        rig.lose_line();
        let (at, before) = (rig.now, rig.connects);
        while rig.connects == before {
            rig.wait(10);
        }
        pauses.push(rig.now - at);
    }
    assert!(pauses[0] <= 510, "{pauses:?}");
    assert!(pauses.iter().all(|pause| *pause <= 30_010), "{pauses:?}");
    assert!(pauses[11] >= 15_000, "{pauses:?}");
    rig.lose_line();
    let before = rig.connects;
    rig.input(Input::NetworkAvailable(true));
    assert_eq!(rig.connects, before + 1, "at once");
    rig.input(Input::NetworkAvailable(false));
    rig.wait(3_600_000);
    assert_eq!(rig.connects, before + 1, "without a network it sleeps");
    rig.input(Input::NetworkAvailable(true));
    rig.open_line(true);
    assert!(rig.session.is_connected());
}

#[test]
fn r30_a_kicked_session_does_not_come_back() {
    let mut rig = Rig::live();
    rig.events.clear();
    let get = rig.call(Command::JoinedGroups);
    let report = rig.report(&[handle(&group("g"), 1)]);
    rig.frame(wire::Frame {
        body: Some(frame::Body::Close(wire::Close { kicked: true, reason: "elsewhere".into(), ..Default::default() })),
        ..Default::default()
    });
    assert_eq!(rig.result(get).unwrap_err().code.number(), 6208);
    assert_eq!(rig.result(report), Ok(Answer::Done), "kept on the device");
    rig.lose_line();
    rig.wait(600_000);
    assert_eq!(rig.connects, 1);
    assert_eq!(session_events(&mut rig), ["kicked"]);
    assert_eq!(rig.refused(Command::JoinedGroups).code.number(), 6014);
    rig.log_in();
    assert_eq!(rig.take_report().1.seqs, [1]);
}

#[test]
fn r30_an_expired_user_sig_is_told_and_a_new_one_goes_on() {
    let mut rig = Rig::live();
    rig.events.clear();
    rig.frame(wire::Frame {
        body: Some(frame::Body::Close(wire::Close { code: 70001, reason: "expired".into(), ..Default::default() })),
        ..Default::default()
    });
    assert_eq!(session_events(&mut rig), ["connecting", "expired"]);
    assert_eq!(rig.wants_sig, 1);
    rig.wait(600_000);
    assert_eq!(rig.connects, 1);
    assert_eq!(rig.refused(Command::JoinedGroups).code.number(), 6206);
    let report = rig.report(&[handle(&group("g"), 1)]);
    assert_eq!(rig.result(report), Ok(Answer::Done), "receipts are kept meanwhile");
    rig.log_in();
    assert_eq!(rig.take_report().1.seqs, [1]);
}

#[test]
fn r30_a_new_user_sig_on_a_live_line_renews_it() {
    let mut rig = Rig::live();
    rig.input(Input::Login { call: CallId(50), user_sig: "newer".into() });
    let renew = rig.take(|body| matches!(body, request::Body::RenewToken(_)));
    rig.reply(renew.id, frame::Body::Done(wire::Done {}));
    assert_eq!(rig.result(50), Ok(Answer::Done));
    assert_eq!((rig.connects, rig.disconnects), (1, 0));
}

#[test]
fn r30_a_provider_is_asked_before_the_user_sig_runs_out() {
    // {"exp": now of the service + 300 s}
    use base64::Engine as _;
    let mut rig = Rig::new();
    let exp = (rig.now + 500_000) / 1000 + 300;
    let claims = base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(format!("{{\"exp\":{exp}}}"));
    rig.input(Input::Login { call: CallId(1), user_sig: format!("h.{claims}.s") });
    rig.open_line(false);
    rig.wait(238_000);
    assert_eq!(rig.wants_sig, 0);
    rig.wait(10_000);
    assert_eq!(rig.wants_sig, 1);
    rig.wait(30_000);
    assert_eq!(rig.wants_sig, 1, "once");
}

#[test]
fn the_line_is_pinged_before_it_is_idle_and_a_dead_one_is_left() {
    let mut rig = Rig::live();
    rig.wait(300_000);
    assert_eq!((rig.connects, rig.disconnects), (1, 0));
    rig.pongs = false;
    rig.wait(60_000);
    assert!(rig.disconnects >= 1 && rig.connects >= 2, "nothing came: another line");
}

#[test]
fn r30_in_front_again_a_line_that_died_while_the_app_was_suspended_is_left() {
    let mut rig = Rig::live();
    rig.input(Input::Foreground(false));
    // The system suspended the app, and its socket: nobody said so.
    rig.pongs = false;
    let (gone, back) = (rig.disconnects, rig.connects);
    rig.input(Input::Foreground(true));
    rig.wait(15_000);
    assert_eq!(rig.disconnects, gone + 1, "asked at once, not when the line is next pinged");
    assert!(rig.connects > back);
    // One that lives stays.
    let mut rig = Rig::live();
    rig.input(Input::Foreground(false));
    rig.input(Input::Foreground(true));
    rig.input(Input::Foreground(true));
    rig.wait(15_000);
    assert_eq!((rig.disconnects, rig.session.is_connected()), (0, true));
}

#[test]
fn a_request_without_answer_is_6012_and_a_lost_line_9508() {
    let mut rig = Rig::live();
    let call = rig.call(Command::JoinedGroups);
    rig.push_messages(vec![message(&group("g"), 1, "bob")]);
    rig.answer_lists();
    rig.wait(10_000);
    assert_eq!(rig.result(call).unwrap_err().code.number(), 6012);
    assert!(rig.session.is_connected(), "the line lives: other frames came");
    let call = rig.call(Command::JoinedGroups);
    rig.lose_line();
    assert_eq!(rig.result(call).unwrap_err().code.number(), 9508);
}

#[test]
fn a_call_taken_back_is_7009_and_its_answer_is_nobodys() {
    let mut rig = Rig::live();
    let call = rig.call(Command::JoinedGroups);
    rig.input(Input::Cancel(CallId(call)));
    assert_eq!(rig.result(call).unwrap_err().code.number(), 7009);
    let request = rig.sent.pop_front().unwrap();
    rig.reply(request.id, frame::Body::Groups(wire::Groups::default()));
    rig.input(Input::Cancel(CallId(call)));
    rig.input(Input::Cancel(CallId(12345)));
}

#[test]
fn r22_numbers_are_checked_and_the_sentence_names_them() {
    let mut rig = Rig::live();
    let g = group("g");
    let members = |filter, next_seq, count| Command::GetReadMembers { message: handle(&g, 1), filter, next_seq, count };
    let history = |count, begin_s, period_s| {
        Command::History(HistoryQuery {
            conversation: group("g"),
            newer: false,
            count,
            last_message: None,
            from_seq: 0,
            begin_s,
            period_s,
        })
    };
    let gid = GroupId::new("g").unwrap();
    for (command, name) in [
        (members(0, 0, 0), "count is 0"),
        (members(0, 0, 101), "count is 101"),
        (members(2, 0, 10), "filter is 2"),
        (members(0, 1 << 53, 10), "9007199254740992"),
        (history(0, 0, 0), "count is 0"),
        (history(101, 0, 0), "count is 101"),
        (history(10, -1, 0), "-1"),
        (history(10, 0, -5), "-5"),
        (Command::Conversations { next_seq: 0, count: 0 }, "count is 0"),
        (Command::GroupMembers { group: gid.clone(), next_seq: 1 << 60, count: 10 }, "nextSeq"),
        (Command::GroupMembersById { group: gid.clone(), users: vec![] }, "empty"),
        (Command::InviteToGroup { group: gid, users: vec![] }, "empty"),
        (Command::GetProfiles { users: vec![] }, "empty"),
        (Command::FindMessages { ids: vec![] }, "empty"),
        (Command::SetProfile { nick_name: Some("n".repeat(257)), face_url: None }, "257"),
        (Command::SetProfile { nick_name: None, face_url: Some("n".repeat(513)) }, "513"),
        (Command::CreateGroup { group: None, kind: GroupKind::Work, name: "n".repeat(257), members: vec![] }, "257"),
        (Command::CleanUnread { conversation: "bob".into(), timestamp_s: 0, sequence: 0 }, "bob"),
        (
            Command::GetReadMembers {
                message: MessageHandle { id: None, seq: 0, ..handle(&g, 1) },
                filter: 0,
                next_seq: 0,
                count: 1,
            },
            "never sent",
        ),
    ] {
        let error = rig.refused(command);
        assert_eq!(error.code.number(), 6017, "{error}");
        assert!(error.message.contains(name), "{error}");
    }
    assert!(rig.kinds().is_empty(), "nothing was sent");
}

#[test]
fn r11_a_page_is_passed_on_and_the_last_has_next_seq_0() {
    let mut rig = Rig::live();
    let call = rig.call(Command::GetReadMembers { message: by_id("m1"), filter: 1, next_seq: 3, count: 100 });
    let request = rig.take(|body| matches!(body, request::Body::ReadMembers(_)));
    let Some(request::Body::ReadMembers(asked)) = request.body else { unreachable!() };
    assert_eq!((asked.filter, asked.next_seq, asked.count), (1, 3, 100));
    let members = vec![wire::Member { user: "bob".into(), nick_name: "Bob".into(), time_ms: 5, ..Default::default() }];
    rig.reply(request.id, frame::Body::MemberPage(wire::MemberPage { members, next_seq: 9, finished: true }));
    let Ok(Answer::ReadMembers(page)) = rig.result(call) else { panic!() };
    assert_eq!((page.next_seq, page.is_finished, page.members.len()), (0, true, 1));
    assert_eq!((page.members[0].user.as_str(), page.members[0].time_ms), ("bob", 5));
    rig.lose_line();
    let error = rig.refused(Command::GetReadMembers { message: by_id("m1"), filter: 1, next_seq: 0, count: 10 });
    assert!(error.code.is_network());
}

#[test]
fn r18_a_message_is_prepared_once() {
    let mut rig = Rig::live();
    let text = |size: usize| Message::new(Body::Text("x".repeat(size)));
    for (receiver, group) in [(None, None), (Some(""), Some("")), (Some("bob"), Some("g"))] {
        let error = rig.session.prepare_message(rig.now, text(1), receiver, group).unwrap_err();
        assert_eq!(error.code.number(), 6017);
    }
    let long = "b".repeat(65);
    assert_eq!(rig.session.prepare_message(rig.now, text(1), Some(&long), None).unwrap_err().code.number(), 6017);
    let error = rig.session.prepare_message(rig.now, text(12 * 1024 + 1), Some("bob"), None).unwrap_err();
    assert_eq!(error.code.number(), 80002);
    assert!(rig.session.prepare_message(rig.now, text(12 * 1024 - 8), Some("bob"), Some("")).is_ok());
    assert_eq!(
        rig.session.prepare_message(rig.now, Message::new(Body::None), Some("bob"), None).unwrap_err().code.number(),
        6017
    );
    let first = rig.session.prepare_message(rig.now, text(5), Some("bob"), None).unwrap();
    let id = first.id.clone().unwrap();
    assert_eq!(id.tag(), Some(conversation_tag(AppId(1), &c2c("bob").key(&user("me")))));
    assert_eq!((first.sender.clone(), first.conversation.clone()), (Some(user("me")), Some(c2c("bob"))));
    let again = rig.session.prepare_message(rig.now, first.clone(), Some("bob"), None).unwrap();
    assert_eq!(again.id, Some(id.clone()), "the same object keeps its id");
    let other = rig.session.prepare_message(rig.now, first, None, Some("g")).unwrap();
    assert_ne!(other.id, Some(id), "to somebody else it is another message");
    let fresh = rig.session.prepare_message(rig.now, text(5), Some("bob"), None).unwrap();
    assert_ne!(fresh.id, again.id);
}

#[test]
fn r24_frames_that_are_none_cost_the_line_and_nothing_else() {
    let mut rig = Rig::live();
    let call = rig.call(Command::JoinedGroups);
    rig.input(Input::Frame(vec![0xff; 40]));
    assert_eq!(rig.result(call).unwrap_err().code.number(), 9508);
    assert_eq!(rig.disconnects, 1);
    rig.reconnect();
    assert!(rig.session.is_connected());
    rig.input(Input::Frame(vec![0; limits::FRAME_BYTES + 1]));
    assert_eq!(rig.disconnects, 2);
    // An answer of the wrong kind, and one to nobody.
    rig.reconnect();
    let call = rig.call(Command::JoinedGroups);
    let request = rig.sent.pop_back().unwrap();
    rig.reply(request.id, frame::Body::Pong(wire::Pong::default()));
    assert_eq!(rig.result(call).unwrap_err().code.number(), 90007);
    rig.reply(999_999, frame::Body::Done(wire::Done {}));
    assert!(rig.session.is_connected());
}

#[test]
fn r16_the_outbox_of_one_service_is_never_sent_to_another() {
    let mut rig = Rig::live();
    rig.lose_line();
    rig.report(&[handle(&group("g"), 1)]);
    while rig.connects < 2 {
        rig.wait(1000);
    }
    rig.input(Input::Opened);
    let hello = rig.take(|body| matches!(body, request::Body::Hello(_)));
    // Another service answers at this address; its namespace is empty.
    let mut out = Vec::new();
    let welcome = wire::Welcome { version: 1, service: "other".into(), epoch: 99, ..Default::default() };
    let frame = wire::Frame { request: hello.id, position: 5, body: Some(frame::Body::Welcome(welcome)), cursor: 0 };
    rig.session.handle(rig.now, Input::Frame(wire::encode_frame(&frame)), &mut out);
    assert!(out.iter().any(|effect| matches!(effect, Effect::Bind { service } if service == "other")));
    out.clear();
    rig.session.handle(rig.now, Input::Restored(vec![]), &mut out);
    let reports = out.iter().filter(|effect| match effect {
        Effect::Send(bytes) => {
            matches!(wire::decode_request(bytes).unwrap().body, Some(request::Body::Report(_)))
        }
        _ => false,
    });
    assert_eq!(reports.count(), 0);
    assert!(rig.session.is_connected());
}

#[test]
fn no_input_loses_or_doubles_a_completion() {
    // A service and a network that do anything; the rig itself asserts that none is completed twice.
    for seed in 1..=300_u64 {
        let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let mut random = move |n: u64| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            state % n
        };
        let mut rig = Rig::new();
        rig.pongs = random(2) == 0;
        let mut logins = Vec::new();
        for _ in 0..200 {
            let conversation = if random(2) == 0 { group("g") } else { c2c("bob") };
            let seq = 1 + random(5);
            match random(22) {
                0 => {
                    let call = rig.call_id();
                    logins.push(call);
                    rig.input(Input::Login { call: CallId(call), user_sig: "s".into() });
                }
                1..=3 => rig.input(Input::Opened),
                4 => rig.lose_line(),
                5..=9 if !rig.sent.is_empty() => {
                    let at = random(rig.sent.len() as u64) as usize;
                    let request = rig.sent.remove(at).unwrap();
                    match (request.body.unwrap(), random(6)) {
                        (_, 0) => rig.reply_error(request.id, ErrorCode::ServiceInternal),
                        (_, 1) => rig.reply(request.id, frame::Body::Done(wire::Done {})),
                        (request::Body::Hello(_), _) => rig.welcome(request.id, EPOCH + random(2), random(2) == 0),
                        (request::Body::Report(_), _) => {
                            let outcomes = [Outcome::Taken, Outcome::Unknown, Outcome::Dropped];
                            let n = random(3) as usize;
                            rig.reported(request.id, &outcomes[..n]);
                        }
                        (request::Body::Send(_), _) => {
                            rig.reply(request.id, frame::Body::Sent(wire::Sent { seq, ..Default::default() }));
                        }
                        (request::Body::Mark(_), _) => {
                            rig.reply(request.id, frame::Body::Marked(wire::Marked { states: vec![] }));
                        }
                        (_, _) => rig.reply(request.id, frame::Body::Receipts(wire::Receipts::default())),
                    }
                }
                10 => drop(rig.report(&[handle(&conversation, seq), by_id("x")])),
                11 => drop(rig.call(Command::GetReadReceipts { messages: vec![handle(&conversation, seq)] })),
                12 => drop(rig.call(Command::MarkAllAsRead)),
                13 => drop(rig.call(Command::SetReadReceiptsEnabled { enabled: random(2) == 0 })),
                14 => drop(send(&mut rig, "g")),
                15 => rig.push_messages(vec![message(&conversation, seq, "bob")]),
                16 => rig.push_receipt(receipt(&conversation, seq, random(100), 1, 1)),
                17 => rig.wait(random(20_000) as i64),
                18 if rig.next_call > 0 => {
                    let call = CallId(1 + random(rig.next_call));
                    rig.input(Input::Cancel(call));
                }
                19 => rig.input(Input::NetworkAvailable(random(2) == 0)),
                20 if random(8) == 0 => {
                    let call = rig.call_id();
                    rig.input(Input::Logout { call: CallId(call) });
                }
                21 => rig.input(Input::Frame((0..random(20)).map(|_| random(256) as u8).collect())),
                _ => rig.wait(10),
            }
        }
        // Time alone answers what is left.
        rig.pongs = false;
        rig.wait(30_000);
        for call in 1..=rig.next_call {
            assert!(rig.completed.contains_key(&call), "seed {seed}: call {call} was never answered");
        }
    }
}
