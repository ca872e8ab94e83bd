//! What a session makes of messages, catching up, marks, conversations and groups, against a service written by hand.

mod session_rig;

use seenby_core::model::*;
use seenby_core::session::*;
use seenby_core::wire::{self, frame, request};
use session_rig::*;

#[test]
fn r18_a_sent_message_has_its_seq_and_a_failed_one_can_be_sent_again() {
    let mut rig = Rig::live();
    let (call, message) = send(&mut rig, "g");
    rig.lose_line();
    assert_eq!(rig.result(call).unwrap_err().code.number(), 9508);
    let (call, _) = send(&mut rig, "g");
    assert_eq!(rig.result(call).unwrap_err().code.number(), 9508, "offline it fails at once");
    rig.reconnect();
    let call = rig.call(Command::SendMessage { message: Box::new(message.clone()) });
    let request = rig.take(|body| matches!(body, request::Body::Send(_)));
    let Some(request::Body::Send(sent)) = &request.body else { unreachable!() };
    assert_eq!(sent.id, message.id.clone().unwrap().as_str(), "under the same id");
    rig.reply(
        request.id,
        frame::Body::Sent(wire::Sent { seq: 4, time_ms: 77, need_receipt: true, ..Default::default() }),
    );
    let Ok(Answer::Message(sent)) = rig.result(call) else { panic!() };
    assert_eq!((sent.seq, sent.time_ms, sent.status), (4, 77, MessageStatus::SendSucc));
    assert!(rig.warnings.is_empty());
    // It comes back with what was missed: the app has it already.
    rig.answer_lists();
    let own = wire::Message { id: message.id.unwrap().to_string(), ..self::message(&group("g"), 4, "me") };
    rig.told_messages();
    rig.push_messages(vec![own]);
    assert_eq!(rig.told_messages(), Vec::<String>::new());
    let call = rig.call(Command::TotalUnread);
    assert_eq!(rig.result(call), Ok(Answer::Count(0)), "own messages are never unread");
}

#[test]
fn r8_a_downgrade_is_in_the_message_handed_back_with_one_warning() {
    let mut rig = Rig::live();
    let (call, _) = send(&mut rig, "g");
    let request = rig.take(|body| matches!(body, request::Body::Send(_)));
    let sent = wire::Sent { seq: 1, time_ms: 7, need_receipt: false, downgrade: wire::Downgrade::GroupSize as i32 };
    rig.reply(request.id, frame::Body::Sent(sent));
    let Ok(Answer::Message(message)) = rig.result(call) else { panic!() };
    assert!(!message.need_read_receipt);
    assert_eq!(rig.warnings.len(), 1);
    assert!(rig.warnings[0].contains("more members"));
}

#[test]
fn r12_catch_up_pages_are_acknowledged_after_the_listener_returned() {
    let mut rig = Rig::live();
    let g = group("g");
    rig.lose_line();
    rig.reconnect();
    rig.answer_lists();
    rig.events.clear();
    rig.prompt = false;
    let cursor = rig.position + 10;
    rig.frame(wire::Frame {
        cursor,
        body: Some(frame::Body::Sync(wire::Sync {
            messages: vec![message(&g, 1, "bob"), message(&g, 2, "bob")],
            receipts: vec![receipt(&g, 9, 1005, 1, 1)],
            states: vec![state(&g, 2, 2, 0)],
            more: true,
            ..Default::default()
        })),
        ..Default::default()
    });
    let kinds: Vec<_> = rig
        .events
        .iter()
        .map(|event| match event {
            Event::NewMessage(_) => "message",
            Event::ReadReceipts(_) => "receipts",
            Event::ConversationsChanged(_) => "conversations",
            Event::TotalUnreadChanged(2) => "total 2",
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(kinds, ["message", "message", "receipts", "conversations", "total 2"], "in this order");
    assert!(!rig.kinds().contains(&"ack"));
    // The app dies before its listener returned: the cursor has not moved.
    let mut dead = rig.restarted(false);
    dead.input(Input::Login { call: CallId(900), user_sig: "s".into() });
    dead.input(Input::Opened);
    let hello = dead.take(|body| matches!(body, request::Body::Hello(_)));
    let Some(request::Body::Hello(hello)) = hello.body else { unreachable!() };
    assert!(hello.cursor.unwrap().shards[0].position < cursor);
    rig.deliver_all();
    let ack = rig.take(|body| matches!(body, request::Body::Ack(_)));
    assert_eq!(ack.body, Some(request::Body::Ack(wire::Ack { cursor })));
    let mut alive = rig.restarted(false);
    alive.input(Input::Login { call: CallId(900), user_sig: "s".into() });
    alive.input(Input::Opened);
    let hello = alive.take(|body| matches!(body, request::Body::Hello(_)));
    let Some(request::Body::Hello(hello)) = hello.body else { unreachable!() };
    assert_eq!(hello.cursor.unwrap().shards[0].position, cursor);
}

#[test]
fn r18_what_was_told_before_the_line_went_is_not_told_again() {
    let mut rig = Rig::live();
    let g = group("g");
    rig.prompt = false;
    rig.push_messages(vec![message(&g, 1, "bob"), message(&g, 2, "bob")]);
    rig.answer_lists();
    assert_eq!(rig.told_messages(), ["m1", "m2"]);
    rig.lose_line();
    rig.reconnect();
    rig.push(frame::Body::Sync(wire::Sync {
        messages: vec![message(&g, 1, "bob"), message(&g, 2, "bob"), message(&g, 3, "bob")],
        states: vec![state(&g, 3, 3, 0)],
        ..Default::default()
    }));
    assert_eq!(rig.told_messages(), ["m3"]);
    assert_eq!(rig.session.total_unread(), 3);
}

#[test]
fn r12_a_slow_app_stops_the_reading_and_summaries_coalesce() {
    let mut rig = Rig::live();
    let g = group("g");
    rig.deliver_all();
    rig.prompt = false;
    rig.events.clear();
    let first = rig.position;
    for n in 0..6000_u64 {
        rig.push_receipt(receipt(&g, 1 + n % 10, 2000 + n, 1 + n as u32, 1));
    }
    assert!(rig.reading, "ten messages: their summaries wait as one each");
    assert!(rig.events.len() <= 300, "{}", rig.events.len());
    rig.deliver_all();
    let told = rig.told();
    for message in 1..=10 {
        let of: Vec<_> = told.iter().filter(|(id, ..)| *id == format!("m{message}")).map(|(.., p)| *p).collect();
        assert!(of.is_sorted(), "{of:?}");
        assert_eq!(of.last(), Some(&(2000 + 5990 + message - 1)), "the final state");
    }
    for n in 1..=4096_u64 {
        rig.push_messages(vec![message(&g, n, "bob")]);
    }
    rig.answer_lists();
    assert!(!rig.reading);
    rig.wait(30_000);
    assert!(rig.session.is_connected(), "silence says nothing while nothing is read");
    rig.deliver_all();
    assert!(rig.reading);
    assert_eq!(rig.told_messages().len(), 4096);
    assert!(rig.position > first);
}

#[test]
fn r14_marks_go_up_to_what_was_received_and_only_forward() {
    let mut rig = Rig::live();
    let c = c2c("bob");
    let call = rig.call(Command::MarkAsRead { conversation: c.clone() });
    assert_eq!(rig.result(call), Ok(Answer::Done), "nothing was received: nothing to mark");
    assert!(rig.kinds().is_empty());
    rig.push_messages(vec![message(&c, 1, "bob"), message(&c, 2, "bob")]);
    rig.states = vec![state(&c, 2, 2, 0)];
    rig.answer_lists();
    assert_eq!(rig.session.total_unread(), 2);
    let call = rig.call(Command::MarkAsRead { conversation: c.clone() });
    assert_eq!(rig.session.total_unread(), 0, "at once");
    let request = rig.take(|body| matches!(body, request::Body::Mark(_)));
    let Some(request::Body::Mark(mark)) = &request.body else { unreachable!() };
    assert_eq!((mark.to[0].seq, mark.to[0].time_ms), (2, 0));
    // One more arrives and is marked while the first is out.
    rig.push_messages(vec![message(&c, 3, "bob")]);
    assert_eq!(rig.session.total_unread(), 1);
    let second = rig.call(Command::MarkAsRead { conversation: c.clone() });
    rig.reply(request.id, frame::Body::Marked(wire::Marked { states: vec![state(&c, 3, 1, 2)] }));
    assert_eq!(rig.session.total_unread(), 0, "the mark on its way is newer");
    let request = rig.take(|body| matches!(body, request::Body::Mark(_)));
    assert!(rig.is_open(call) || rig.is_open(second));
    rig.reply(request.id, frame::Body::Marked(wire::Marked { states: vec![state(&c, 3, 0, 3)] }));
    assert_eq!((rig.result(call), rig.result(second)), (Ok(Answer::Done), Ok(Answer::Done)));
    let again = rig.call(Command::MarkAsRead { conversation: c });
    assert_eq!(rig.result(again), Ok(Answer::Done));
    assert!(rig.kinds().is_empty(), "{:?}", rig.kinds());
    assert!(!rig.events.iter().any(|event| matches!(event, Event::ReadReceipts(_))), "marks are no receipts");
}

#[test]
fn r14_offline_marks_are_kept_and_sent_after_the_reports() {
    let mut rig = Rig::live();
    let (c, g) = (c2c("bob"), group("g"));
    rig.push_messages(vec![message(&c, 1, "bob"), message(&g, 1, "bob"), message(&g, 2, "bob")]);
    rig.states = vec![state(&c, 1, 1, 0), state(&g, 2, 2, 0)];
    rig.answer_lists();
    rig.lose_line();
    let at = rig.session.server_time(rig.now);
    let call = rig.call(Command::CleanUnread { conversation: "".into(), timestamp_s: 0, sequence: 0 });
    assert_eq!(rig.result(call), Ok(Answer::Done));
    rig.report(&[handle(&g, 1)]);
    assert_eq!(rig.session.total_unread(), 0);
    let mut rig = rig.restarted(true);
    rig.wait(5000);
    rig.log_in();
    assert_eq!(rig.kinds(), ["report", "mark"]);
    let request = rig.take(|body| matches!(body, request::Body::Mark(_)));
    let Some(request::Body::Mark(mark)) = request.body else { unreachable!() };
    let to: Vec<_> = mark.to.iter().map(|to| (to.seq, to.time_ms)).collect();
    assert_eq!(to, [(1, at), (2, at)]);
}

#[test]
fn r14_the_two_numbers_only_lower_their_own_kind() {
    let mut rig = Rig::live();
    let (c, g) = (c2c("bob"), group("g"));
    rig.push_messages((1..=5).flat_map(|n| [message(&c, n, "bob"), message(&g, n, "bob")]).collect());
    rig.states = vec![state(&c, 5, 5, 0), state(&g, 5, 5, 0)];
    rig.answer_lists();
    // message(n).time is 1000 s + n s
    rig.call(Command::CleanUnread { conversation: "".into(), timestamp_s: 1003, sequence: 4 });
    let request = rig.take(|body| matches!(body, request::Body::Mark(_)));
    let Some(request::Body::Mark(mark)) = &request.body else { unreachable!() };
    let to: Vec<_> = mark.to.iter().map(|to| (to.conversation.clone().unwrap(), to.seq)).collect();
    assert_eq!(to, [(wire_conv(&c), 3), (wire_conv(&g), 4)]);
    let states = vec![state(&c, 5, 2, 3), state(&g, 5, 1, 4)];
    rig.reply(request.id, frame::Body::Marked(wire::Marked { states }));
    assert_eq!(rig.session.total_unread(), 3);
    rig.call(Command::CleanUnread { conversation: "group".into(), timestamp_s: 1, sequence: 100 });
    let request = rig.take(|body| matches!(body, request::Body::Mark(_)));
    let Some(request::Body::Mark(mark)) = &request.body else { unreachable!() };
    assert_eq!(mark.to.len(), 1);
    assert_eq!(mark.to[0].seq, 5, "not more than was received");
}

#[test]
fn r14_a_refused_mark_is_the_calls_answer_and_does_not_stop_the_others() {
    let mut rig = Rig::live();
    let (c, g) = (c2c("bob"), group("g"));
    rig.push_messages(vec![message(&c, 1, "bob"), message(&g, 1, "bob")]);
    rig.states = vec![state(&c, 1, 1, 0), state(&g, 1, 1, 0)];
    rig.answer_lists();
    let call = rig.call(Command::MarkAllAsRead);
    let request = rig.take(|body| matches!(body, request::Body::Mark(_)));
    rig.reply_error(request.id, ErrorCode::GroupMissing);
    let one = rig.take(|body| matches!(body, request::Body::Mark(_)));
    let two = rig.take(|body| matches!(body, request::Body::Mark(_)));
    rig.reply(one.id, frame::Body::Marked(wire::Marked { states: vec![state(&c, 1, 0, 1)] }));
    rig.reply_error(two.id, ErrorCode::GroupMissing);
    assert_eq!(rig.result(call).unwrap_err().code.number(), 10010);
    assert_eq!(rig.rows(Table::Outbox), 0);
}

#[test]
fn r14_a_peers_mark_is_told_once_and_covers_messages() {
    let mut rig = Rig::live();
    let c = c2c("bob");
    let marks = |seq| {
        frame::Body::PeerMarks(wire::PeerMarks {
            marks: vec![wire::PeerMark { user: "bob".into(), seq, time_ms: 9000 }],
        })
    };
    rig.events.clear();
    rig.push(marks(2));
    rig.push(marks(2));
    rig.push(marks(1));
    let told: Vec<_> = rig
        .events
        .iter()
        .filter_map(|event| match event {
            Event::C2cReadReceipt(list) => Some(list.clone()),
            _ => None,
        })
        .flatten()
        .collect();
    assert_eq!(told.len(), 1);
    assert_eq!((told[0].message.clone(), told[0].time_ms, told[0].is_peer_read), (None, 9000, true));
    rig.answer_lists();
    let call = rig.call(Command::FindMessages { ids: vec![mid("m2"), mid("m3")] });
    let find = rig.take(|body| matches!(body, request::Body::Find(_)));
    let messages = vec![message(&c, 3, "me"), message(&c, 2, "me")];
    rig.reply(find.id, frame::Body::Messages(wire::Messages { messages, finished: true }));
    let Ok(Answer::Messages { messages, .. }) = rig.result(call) else { panic!() };
    assert_eq!(messages.iter().map(|m| (m.seq, m.is_peer_read)).collect::<Vec<_>>(), [(2, true), (3, false)]);
}

#[test]
fn r26_unread_counts_live_messages_of_others_that_count() {
    let mut rig = Rig::live();
    let g = group("g");
    rig.states = vec![state(&g, 1, 1, 0)];
    rig.push_messages(vec![message(&g, 1, "bob")]);
    rig.answer_lists();
    rig.events.clear();
    let excluded = wire::Message { exclude_unread: true, ..message(&g, 2, "bob") };
    let online = wire::Message { online_only: true, ..message(&g, 3, "bob") };
    rig.push_messages(vec![excluded, online, message(&g, 4, "me"), message(&g, 5, "bob")]);
    assert_eq!(rig.session.total_unread(), 2);
    assert!(rig.events.contains(&Event::TotalUnreadChanged(2)));
    let info = &rig.session.conversations()[0];
    assert_eq!((info.unread_count, info.last_seq), (2, 5));
    assert_eq!(info.last_message.as_ref().map(|m| m.seq), Some(5));
    let restarted = rig.restarted(false);
    assert_eq!(restarted.session.total_unread(), 2, "readable before connecting");
    assert_eq!(restarted.session.conversations().len(), 1);
    // Another device marked.
    rig.push(frame::Body::OwnMarks(wire::OwnMarks { states: vec![state(&g, 5, 0, 5)] }));
    assert_eq!(rig.session.total_unread(), 0);
}

#[test]
fn r26_a_new_device_learns_what_is_unread() {
    let mut rig = Rig::new();
    rig.states = vec![state(&group("a"), 9, 4, 5), state(&c2c("bob"), 3, 1, 2)];
    rig.log_in();
    assert_eq!(rig.session.total_unread(), 5);
    assert!(rig.events.contains(&Event::TotalUnreadChanged(5)));
    let call = rig.call(Command::Conversations { next_seq: 0, count: 100 });
    rig.answer_lists();
    let Ok(Answer::Conversations { conversations, is_finished, .. }) = rig.result(call) else { panic!() };
    assert_eq!((conversations.len(), is_finished), (2, true));
    let call = rig.call(Command::Conversation { conversation: group("nowhere") });
    rig.answer_lists();
    assert_eq!(rig.result(call).unwrap_err().code.number(), 10062);
}

#[test]
fn r18_history_asks_beside_a_message() {
    let mut rig = Rig::live();
    let query = |last: Option<MessageHandle>, from_seq| {
        Command::History(HistoryQuery {
            conversation: group("g"),
            newer: false,
            count: 20,
            last_message: last,
            from_seq,
            begin_s: 50,
            period_s: 10,
        })
    };
    rig.call(query(Some(handle(&group("g"), 7)), 3));
    let request = rig.take(|body| matches!(body, request::Body::History(_)));
    let Some(request::Body::History(asked)) = request.body else { unreachable!() };
    assert_eq!((asked.from_seq, asked.from_included), (7, false), "lastMsg wins and is excluded");
    assert_eq!((asked.begin_ms, asked.period_ms), (50_999, 10_999), "a closed interval of whole seconds");
    rig.call(query(None, 3));
    let request = rig.take(|body| matches!(body, request::Body::History(_)));
    let Some(request::Body::History(asked)) = request.body else { unreachable!() };
    assert_eq!((asked.from_seq, asked.from_included), (3, true));
    assert_eq!(rig.refused(query(Some(handle(&group("other"), 7)), 0)).code.number(), 6017);
    assert_eq!(rig.refused(query(Some(by_id("unknown")), 0)).code.number(), 6017);
}

#[test]
fn r25_group_calls_pass_on_what_the_service_says() {
    let mut rig = Rig::live();
    let g = GroupId::new("g").unwrap();
    let call = rig
        .call(Command::InviteToGroup { group: g.clone(), users: (0..150).map(|n| user(&format!("u{n}"))).collect() });
    for _ in 0..2 {
        let request = rig.take(|body| matches!(body, request::Body::Invite(_)));
        let Some(request::Body::Invite(invite)) = request.body else { unreachable!() };
        let results = invite.users.into_iter().map(|user| wire::MemberResult { user, result: 0 }).collect();
        rig.reply(request.id, frame::Body::MemberResults(wire::MemberResults { results }));
    }
    let Ok(Answer::MemberResults(results)) = rig.result(call) else { panic!() };
    assert_eq!(results.len(), 150);
    assert_eq!(results[149], (user("u149"), MemberOutcome::Done));
    let call = rig.call(Command::DismissGroup { group: g });
    let request = rig.sent.pop_back().unwrap();
    rig.reply_error(request.id, ErrorCode::PermissionDenied);
    assert_eq!(rig.result(call).unwrap_err().code.number(), 10007);
    rig.push(frame::Body::GroupChanges(wire::GroupChanges {
        group: "g".into(),
        changes: vec![wire::GroupChange {
            kind: wire::GroupChangeKind::GroupChangeKicked as i32,
            operator: "owner".into(),
            members: vec![wire::Member { user: "me".into(), ..Default::default() }],
        }],
        members: 3,
        info: None,
    }));
    assert!(rig.events.iter().any(|event| matches!(event, Event::GroupChanged { members: 3, .. })));
    assert_eq!(rig.session.conversations().len(), 0);
}
