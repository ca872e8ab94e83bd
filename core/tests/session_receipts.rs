//! The device's side of reporting and getting receipts, against a service written by hand.
mod session_rig;

use seenby_core::model::*;
use seenby_core::session::*;
use seenby_core::wire::{self, Outcome, frame, request};
use session_rig::*;

#[test]
fn r2_own_messages_and_those_without_receipts_are_skipped() {
    let mut rig = Rig::live();
    let g = group("g");
    let own = MessageHandle { is_self: Some(true), ..handle(&g, 1) };
    let plain = MessageHandle { need_read_receipt: Some(false), ..handle(&g, 2) };
    let unsent = MessageHandle { id: None, seq: 0, ..handle(&g, 0) };
    let call = rig.report(&[own.clone(), plain.clone(), unsent]);
    assert_eq!(rig.result(call), Ok(Answer::Done), "nothing is left: it succeeds");
    assert!(rig.kinds().is_empty(), "and sends nothing");
    rig.report(&[own, handle(&g, 3), plain]);
    let (_, report) = rig.take_report();
    assert_eq!((report.seqs, report.ids, report.times_ms), (vec![3], vec![], vec![]));
}

#[test]
fn r2_an_empty_list_is_refused() {
    let mut rig = Rig::live();
    let error = rig.refused(Command::SendReadReceipts { messages: vec![] });
    assert_eq!(error.code.number(), 6017);
    assert!(error.message.contains("empty"), "{error}");
    // R10: getting nothing succeeds.
    let call = rig.call(Command::GetReadReceipts { messages: vec![] });
    assert_eq!(rig.result(call), Ok(Answer::Receipts(vec![])));
}

#[test]
fn r2_what_is_not_known_of_a_message_the_service_decides() {
    let mut rig = Rig::live();
    rig.report(&[by_id("anything")]);
    let (_, report) = rig.take_report();
    assert_eq!((report.conversation, report.ids), (None, vec!["anything".to_string()]));
}

#[test]
fn r3_two_conversations_are_refused_and_nothing_is_applied() {
    let mut rig = Rig::live();
    let error =
        rig.refused(Command::SendReadReceipts { messages: vec![handle(&group("a"), 1), handle(&group("b"), 2)] });
    assert_eq!(error.code.number(), 6017);
    assert!(error.message.contains("group_a") && error.message.contains("group_b"), "{error}");
    // Ids alone are looked up in the index.
    rig.push_messages(vec![message(&group("a"), 1, "bob"), message(&group("b"), 2, "bob")]);
    rig.answer_lists();
    for command in [
        Command::SendReadReceipts { messages: vec![by_id("m1"), by_id("m2")] },
        Command::GetReadReceipts { messages: vec![by_id("m1"), handle(&group("b"), 2)] },
    ] {
        assert_eq!(rig.refused(command).code.number(), 6017);
    }
    // Ids that SeenBy made tell their conversation apart even if nobody here knows them.
    let made =
        |group: &str| made_message_id(AppId(1), &ConvKey::Group(GroupId::new(group).unwrap()), [1; 16]).to_string();
    let error = rig.refused(Command::SendReadReceipts { messages: vec![by_id(&made("x")), by_id(&made("y"))] });
    assert_eq!(error.code.number(), 6017);
    assert!(rig.kinds().is_empty());
    assert_eq!(rig.rows(Table::Outbox), 0);
}

#[test]
fn r3_what_only_the_service_can_know_is_refused_by_it() {
    let mut rig = Rig::live();
    let call = rig.report(&[by_id("here"), by_id("there")]);
    let other = rig.report(&[by_id("elsewhere")]);
    let (request, report) = rig.take_report();
    assert_eq!(report.ids, ["here", "there"], "calls whose conversation is not known do not share a frame");
    rig.reply_error(request, ErrorCode::InvalidParameters);
    assert_eq!(rig.result(call).unwrap_err().code.number(), 6017);
    let (request, report) = rig.take_report();
    assert_eq!(report.ids, ["elsewhere"]);
    rig.reported(request, &[Outcome::Taken]);
    assert_eq!(rig.result(other), Ok(Answer::Done));
    assert_eq!(rig.rows(Table::Outbox), 0);
}

#[test]
fn r16_one_bad_report_does_not_cost_the_others_theirs() {
    let mut rig = Rig::live();
    let g = group("g");
    rig.lose_line();
    rig.report(&(1..=5).map(|seq| handle(&g, seq)).collect::<Vec<_>>());
    rig.reconnect();
    let mut taken = Vec::new();
    for _ in 0..20 {
        while rig.kinds().contains(&"report") {
            let (request, report) = rig.take_report();
            assert_eq!(report.times_ms.len(), report.seqs.len());
            if report.seqs.contains(&3) {
                rig.reply_error(request, ErrorCode::InvalidParameters);
            } else {
                let outcomes = vec![Outcome::Taken; report.seqs.len()];
                taken.extend(report.seqs);
                rig.reported(request, &outcomes);
            }
        }
        rig.wait(1000);
    }
    taken.sort();
    assert_eq!(taken, [1, 2, 4, 5]);
    assert_eq!(rig.rows(Table::Outbox), 0);
}

#[test]
fn r4_a_long_list_is_split_into_frames() {
    let mut rig = Rig::live();
    let g = group("g");
    let messages: Vec<_> =
        (0..5000).map(|n| MessageHandle { id: Some(mid(&format!("{n:0>128}"))), seq: 0, ..handle(&g, 0) }).collect();
    let call = rig.report(&messages);
    let mut ids = Vec::new();
    while rig.is_open(call) {
        let (request, report) = rig.take_report();
        assert!(report.ids.len() <= limits::REFS_PER_REQUEST);
        let outcomes = vec![Outcome::Taken; report.ids.len()];
        ids.extend(report.ids);
        rig.reported(request, &outcomes);
    }
    assert_eq!(rig.result(call), Ok(Answer::Done));
    assert_eq!(ids.len(), 5000);
    assert!(ids.iter().zip(&messages).all(|(id, message)| message.id.as_ref().unwrap().as_str() == id));
    let call = rig.call(Command::GetReadReceipts { messages: messages.clone() });
    let mut answered = 0;
    while rig.is_open(call) {
        let get = rig.take(|body| matches!(body, request::Body::GetReceipts(_)));
        let Some(request::Body::GetReceipts(list)) = get.body else { unreachable!() };
        let receipts = list
            .ids
            .iter()
            .map(|id| wire::Receipt { id: id.clone(), ..receipt(&g, answered + 1, 5, 1, 2) })
            .collect::<Vec<_>>();
        answered += receipts.len() as u64;
        rig.reply(get.id, frame::Body::Receipts(wire::Receipts { receipts }));
    }
    let Ok(Answer::Receipts(receipts)) = rig.result(call) else { panic!() };
    assert_eq!(receipts.len(), 5000);
    assert_eq!(receipts[4999].message, messages[4999].id);
}

#[test]
fn r10_answers_those_received_in_the_order_passed() {
    let mut rig = Rig::live();
    let g = group("g");
    let asked: Vec<_> = [4, 2, 9, 1].map(|seq| MessageHandle { is_self: Some(true), ..handle(&g, seq) }).to_vec();
    let call = rig.call(Command::GetReadReceipts { messages: asked });
    let get = rig.take(|body| matches!(body, request::Body::GetReceipts(_)));
    let receipts = vec![receipt(&g, 1, 11, 1, 1), receipt(&g, 2, 12, 2, 0), receipt(&g, 4, 13, 0, 2)];
    rig.reply(get.id, frame::Body::Receipts(wire::Receipts { receipts }));
    let Ok(Answer::Receipts(receipts)) = rig.result(call) else { panic!() };
    let got: Vec<_> = receipts.iter().map(|r| (r.message.clone().unwrap().to_string(), r.read_count)).collect();
    assert_eq!(got, [("m4".to_string(), 0), ("m2".to_string(), 2), ("m1".to_string(), 1)], "9 is left out, not zero");
    assert!(receipts.iter().all(|r| !r.is_peer_read && r.time_ms == 0));
}

#[test]
fn r10_a_c2c_receipt_has_the_peer_and_no_counts() {
    let mut rig = Rig::live();
    let c = c2c("bob");
    let call = rig.call(Command::GetReadReceipts { messages: vec![handle(&c, 1)] });
    let get = rig.take(|body| matches!(body, request::Body::GetReceipts(_)));
    rig.reply(get.id, frame::Body::Receipts(wire::Receipts { receipts: vec![receipt(&c, 1, 11, 1, 0)] }));
    let Ok(Answer::Receipts(receipts)) = rig.result(call) else { panic!() };
    assert!(receipts[0].is_peer_read);
    assert_eq!((receipts[0].time_ms, receipts[0].read_count, receipts[0].unread_count), (5000, 0, 0));
    assert_eq!(receipts[0].conversation, c);
}

#[test]
fn r10_nothing_left_succeeds_without_asking_and_offline_fails() {
    let mut rig = Rig::live();
    let plain = MessageHandle { need_read_receipt: Some(false), ..handle(&group("g"), 1) };
    let call = rig.call(Command::GetReadReceipts { messages: vec![plain] });
    assert_eq!(rig.result(call), Ok(Answer::Receipts(vec![])));
    rig.lose_line();
    let error = rig.refused(Command::GetReadReceipts { messages: vec![handle(&group("g"), 1)] });
    assert_eq!(error.code.number(), 9508);
}

#[test]
fn r12_no_older_summary_after_a_newer_one() {
    let mut rig = Rig::live();
    let g = group("g");
    rig.push_receipt(receipt(&g, 1, 20, 2, 1));
    assert_eq!(rig.told(), [("m1".to_string(), 2, 20)]);
    rig.push_receipt(receipt(&g, 1, 10, 1, 2));
    assert_eq!(rig.told(), [], "older than what was shown");
    // A get that was answered from an older state: what is known is newer, and is given.
    let call = rig.call(Command::GetReadReceipts { messages: vec![handle(&g, 1)] });
    let get = rig.take(|body| matches!(body, request::Body::GetReceipts(_)));
    assert!(get.seen >= rig.position, "the request says what was seen");
    rig.reply(get.id, frame::Body::Receipts(wire::Receipts { receipts: vec![receipt(&g, 1, 15, 1, 2)] }));
    let Ok(Answer::Receipts(receipts)) = rig.result(call) else { panic!() };
    assert_eq!((receipts[0].read_count, receipts[0].position), (2, 20));
    // Also after a restart.
    let mut rig = rig.restarted(false);
    rig.log_in();
    rig.push_receipt(receipt(&g, 1, 19, 1, 2));
    assert_eq!(rig.told(), []);
    rig.push_receipt(receipt(&g, 1, 21, 3, 0));
    assert_eq!(rig.told(), [("m1".to_string(), 3, 21)]);
}

#[test]
fn r12_a_summary_that_waits_for_a_slow_app_is_never_older_than_a_get_that_overtook_it() {
    let mut rig = Rig::live();
    let g = group("g");
    rig.deliver_all();
    rig.prompt = false;
    rig.events.clear();
    for n in 1..=300 {
        rig.push_messages(vec![message(&g, n, "bob")]);
    }
    rig.push_receipt(receipt(&g, 301, 2000, 1, 2));
    let call = rig.call(Command::GetReadReceipts { messages: vec![handle(&g, 301)] });
    let get = rig.take(|body| matches!(body, request::Body::GetReceipts(_)));
    rig.reply(get.id, frame::Body::Receipts(wire::Receipts { receipts: vec![receipt(&g, 301, 2005, 2, 1)] }));
    let Ok(Answer::Receipts(receipts)) = rig.result(call) else { panic!() };
    assert_eq!((receipts[0].read_count, receipts[0].position), (2, 2005));
    rig.deliver_all();
    assert_eq!(rig.told(), [("m301".to_string(), 2, 2005)], "the app has seen this one; 2000 would go back");
}

#[test]
fn r12_none_reaches_the_sender_before_its_send_is_complete() {
    let mut rig = Rig::live();
    let message = Message::new(Body::Text("hi".into()));
    let message = rig.session.prepare_message(rig.now, message, None, Some("g")).unwrap();
    let id = message.id.clone().unwrap();
    let call = rig.call(Command::SendMessage { message: Box::new(message) });
    let send = rig.take(|body| matches!(body, request::Body::Send(_)));
    let early = wire::Receipt { id: id.to_string(), ..receipt(&group("g"), 1, 50, 1, 2) };
    rig.push_receipt(early);
    assert_eq!(rig.told(), []);
    rig.log.clear();
    rig.reply(send.id, frame::Body::Sent(wire::Sent { seq: 1, time_ms: 7, need_receipt: true, ..Default::default() }));
    let complete = rig.log.iter().position(|word| *word == format!("complete {call}")).unwrap();
    let emit = rig.log.iter().position(|word| word == "emit").unwrap();
    assert!(complete < emit, "{:?}", rig.log);
    assert_eq!(rig.told(), [(id.to_string(), 1, 50)]);
}

#[test]
fn r13_what_another_device_reported_is_not_reported_again() {
    let mut rig = Rig::live();
    let g = group("g");
    rig.push_messages(vec![message(&g, 1, "bob"), message(&g, 2, "bob")]);
    rig.answer_lists();
    rig.push(frame::Body::OwnReceipts(wire::OwnReceipts {
        conversation: Some(wire_conv(&g)),
        seqs: vec![1],
        ids: vec!["m1".into()],
    }));
    assert!(rig.events.iter().any(|event| matches!(event, Event::ReceiptsSent { .. })));
    rig.report(&[handle(&g, 1), handle(&g, 2)]);
    let (request, report) = rig.take_report();
    assert_eq!(report.seqs, [2]);
    rig.reported(request, &[Outcome::Taken]);
    let call = rig.report(&[handle(&g, 1), handle(&g, 2)]);
    assert_eq!(rig.result(call), Ok(Answer::Done));
    assert!(rig.kinds().is_empty());
    // And it shows on the message.
    let call = rig.call(Command::FindMessages { ids: vec![mid("m2")] });
    let find = rig.take(|body| matches!(body, request::Body::Find(_)));
    rig.reply(find.id, frame::Body::Messages(wire::Messages { messages: vec![message(&g, 2, "bob")], finished: true }));
    let Ok(Answer::Messages { messages, .. }) = rig.result(call) else { panic!() };
    assert!(messages[0].has_sent_receipt);
}

#[test]
fn r15_a_dropped_report_succeeds_and_sets_nothing() {
    let mut rig = Rig::live();
    let g = group("g");
    let call = rig.report(&[handle(&g, 1)]);
    let (request, _) = rig.take_report();
    rig.reported(request, &[Outcome::Dropped]);
    assert_eq!(rig.result(call), Ok(Answer::Done));
    assert_eq!(rig.rows(Table::Outbox), 0);
    rig.report(&[handle(&g, 1)]);
    assert_eq!(rig.kinds(), ["report"], "hasSentReceipt was not set");
}

#[test]
fn r16_online_a_report_leaves_at_once_and_the_next_ones_collect() {
    let mut rig = Rig::live();
    let (g, h) = (group("g"), group("h"));
    let first = rig.report(&[handle(&g, 1)]);
    let (request, report) = rig.take_report();
    assert_eq!(report.seqs, [1]);
    let second = rig.report(&[handle(&g, 2)]);
    let third = rig.report(&[handle(&g, 3), handle(&g, 1)]);
    assert!(rig.kinds().is_empty(), "one frame a conversation is out");
    rig.report(&[handle(&h, 1)]);
    assert_eq!(rig.kinds(), ["report"], "another conversation does not wait");
    rig.take_report();
    rig.reported(request, &[Outcome::Taken]);
    assert_eq!(rig.result(first), Ok(Answer::Done));
    assert!(rig.is_open(second) && rig.is_open(third));
    let (request, report) = rig.take_report();
    assert_eq!(report.seqs, [2, 3], "collected into one, without what is out already");
    rig.reported(request, &[Outcome::Taken, Outcome::Taken]);
    assert!(!rig.is_open(second) && !rig.is_open(third));
    assert_eq!(rig.durable_rows(Table::Outbox), 0, "an answered report never touches the disk");
}

#[test]
fn r16_without_an_answer_the_disk_counts_after_500_ms() {
    let mut rig = Rig::live();
    let g = group("g");
    let call = rig.report(&[handle(&g, 1)]);
    let (request, _) = rig.take_report();
    rig.wait(499);
    assert!(rig.is_open(call));
    rig.log.clear();
    rig.wait(1);
    assert_eq!(rig.result(call), Ok(Answer::Done));
    assert_eq!(rig.log[..2], ["sync".to_string(), format!("complete {call}")]);
    assert_eq!(rig.durable_rows(Table::Outbox), 1);
    rig.reported(request, &[Outcome::Taken]);
    assert_eq!(rig.rows(Table::Outbox), 0);
}

#[test]
fn r16_offline_reports_are_kept_with_their_time_and_sent_once() {
    let mut rig = Rig::live();
    let g = group("g");
    rig.lose_line();
    let read_at = rig.session.server_time(rig.now);
    let call = rig.report(&[handle(&g, 1), handle(&g, 2)]);
    assert_eq!(rig.result(call), Ok(Answer::Done));
    assert_eq!(rig.durable_rows(Table::Outbox), 1);
    let again = rig.report(&[handle(&g, 1)]);
    assert_eq!(rig.result(again), Ok(Answer::Done), "it waits already");
    // The app dies; the power goes.
    let mut rig = rig.restarted(true);
    rig.wait(60_000);
    rig.log_in();
    let (request, report) = rig.take_report();
    assert_eq!(report.seqs, [1, 2]);
    assert_eq!(report.times_ms, [read_at, read_at]);
    // The line goes before the answer comes: it is sent again, and applied once by the service.
    rig.lose_line();
    rig.reconnect();
    let (second, report) = rig.take_report();
    assert!(second > request);
    assert_eq!(report.times_ms, [read_at, read_at]);
    rig.reported(second, &[Outcome::Taken, Outcome::Taken]);
    assert_eq!(rig.rows(Table::Outbox), 0);
    rig.lose_line();
    rig.reconnect();
    assert!(rig.kinds().is_empty());
}

#[test]
fn r16_a_report_in_flight_when_the_line_goes_is_kept() {
    let mut rig = Rig::live();
    let g = group("g");
    let call = rig.report(&[handle(&g, 1)]);
    let at = rig.session.server_time(rig.now);
    rig.wait(100);
    rig.lose_line();
    assert_eq!(rig.result(call), Ok(Answer::Done));
    assert_eq!(rig.durable_rows(Table::Outbox), 1);
    rig.reconnect();
    assert_eq!(rig.take_report().1.times_ms, [at]);
}

#[test]
fn r16_the_outbox_survives_logout_and_is_sent_by_the_next_login() {
    let mut rig = Rig::live();
    let g = group("g");
    let call = rig.report(&[handle(&g, 1)]);
    let get = rig.call(Command::GetReadReceipts { messages: vec![handle(&g, 1)] });
    let logout = rig.call_id();
    rig.input(Input::Logout { call: CallId(logout) });
    assert_eq!(rig.result(call), Ok(Answer::Done));
    assert_eq!(rig.result(get).unwrap_err().code.number(), 7009);
    assert_eq!(rig.result(logout), Ok(Answer::Done));
    assert_eq!(rig.durable_rows(Table::Outbox), 1);
    assert_eq!(rig.refused(Command::JoinedGroups).code.number(), 6014);
    rig.log_in();
    assert_eq!(rig.take_report().1.seqs, [1]);
}

#[test]
fn r16_spooled_receipts_enter_the_outbox_with_their_time() {
    let mut rig = Rig::live();
    let ahead = rig.session.server_time(rig.now) - rig.now;
    rig.lose_line();
    let read_ms = rig.now - 30_000;
    rig.input(Input::Spooled(vec![SpooledReceipts { messages: vec![by_id("x"), by_id("y")], read_ms }]));
    assert_eq!(rig.durable_rows(Table::Outbox), 2, "their conversations are not known: each goes alone");
    rig.reconnect();
    for id in ["x", "y"] {
        let (request, report) = rig.take_report();
        assert_eq!(report.ids, [id]);
        assert_eq!(report.times_ms, [read_ms + ahead]);
        rig.reported(request, &[Outcome::Taken]);
    }
    assert_eq!(rig.rows(Table::Outbox), 0);
}

#[test]
fn r16_before_the_first_contact_times_are_of_the_devices_clock_and_are_put_right() {
    let mut rig = Rig::new();
    let read_ms = rig.now - 1000;
    rig.input(Input::Spooled(vec![SpooledReceipts { messages: vec![by_id("x")], read_ms }]));
    rig.log_in();
    assert_eq!(rig.binds, ["svc"]);
    let (_, report) = rig.take_report();
    assert_eq!(report.times_ms, [read_ms + 500_000], "the service is 500 s ahead");
}

#[test]
fn r19_an_unknown_report_is_retried_for_a_day_then_dropped() {
    let mut rig = Rig::live();
    let call = rig.report(&[by_id("early"), by_id("known")]);
    let (request, _) = rig.take_report();
    rig.reported(request, &[Outcome::Unknown, Outcome::Taken]);
    assert_eq!(rig.result(call), Ok(Answer::Done), "kept by the device");
    assert_eq!(rig.durable_rows(Table::Outbox), 1);
    let mut tries = 0;
    for _ in 0..(25 * 3600) {
        rig.wait(1000);
        while let Some(at) = rig.sent.iter().position(|r| r.body.is_some()) {
            let request = rig.sent.remove(at).unwrap();
            match request.body {
                Some(request::Body::Report(report)) => {
                    assert_eq!(report.ids, ["early"]);
                    assert_eq!(report.times_ms.len(), 1, "with the time of reading");
                    tries += 1;
                    rig.reported(request.id, &[Outcome::Unknown]);
                }
                other => panic!("{other:?}"),
            }
        }
    }
    assert!((20..500).contains(&tries), "{tries} tries a day");
    assert_eq!(rig.rows(Table::Outbox), 0, "given up after 24 h");
}

#[test]
fn r16_cached_receipts_come_from_the_device() {
    let mut rig = Rig::live();
    rig.push_receipt(receipt(&group("g"), 1, 20, 2, 1));
    rig.lose_line();
    let call = rig.call(Command::CachedReceipts { ids: vec![mid("m1"), mid("m2")] });
    let Ok(Answer::Receipts(receipts)) = rig.result(call) else { panic!() };
    assert_eq!(receipts.len(), 1);
    assert_eq!((receipts[0].read_count, receipts[0].unread_count), (2, 1));
    let rig = rig.restarted(false);
    assert_eq!(rig.session.cached_receipts(&[mid("m1")]).len(), 1, "before connecting");
}

#[test]
fn r15_while_off_nothing_is_queued_and_the_switch_goes_first() {
    let mut rig = Rig::live();
    let g = group("g");
    rig.push_receipt(receipt(&g, 9, 20, 2, 1));
    rig.lose_line();
    rig.report(&[handle(&g, 1)]);
    let at = rig.session.server_time(rig.now);
    let call = rig.call(Command::SetReadReceiptsEnabled { enabled: false });
    assert_eq!(rig.result(call), Ok(Answer::Done));
    let call = rig.report(&[handle(&g, 2)]);
    assert_eq!(rig.result(call), Ok(Answer::Done));
    assert_eq!(rig.session.cached_receipts(&[mid("m9")]), [], "no summaries while off");
    let mut rig = rig.restarted(true);
    let login = rig.log_in();
    assert!(login > 0);
    let switch = rig.take(|body| matches!(body, request::Body::SetReceipts(_)));
    assert_eq!(switch.body, Some(request::Body::SetReceipts(wire::SetReceipts { enabled: false, time_ms: at })));
    assert!(rig.kinds().is_empty(), "reports wait for the switch");
    assert_eq!(rig.session.cached_receipts(&[mid("m9")]), [], "believed over what Welcome says");
    rig.reply(switch.id, frame::Body::Done(wire::Done {}));
    assert_eq!(rig.take_report().1.seqs, [1], "what was read after switching off was never queued");
}

#[test]
fn r15_a_switch_that_the_service_refuses_is_taken_back() {
    let mut rig = Rig::live();
    let call = rig.call(Command::SetReadReceiptsEnabled { enabled: false });
    let switch = rig.take(|body| matches!(body, request::Body::SetReceipts(_)));
    rig.reply_error(switch.id, ErrorCode::PermissionDenied);
    assert_eq!(rig.result(call).unwrap_err().code.number(), 10007);
    rig.report(&[handle(&group("g"), 1)]);
    assert_eq!(rig.kinds(), ["report"]);
    rig.push(frame::Body::Settings(wire::Settings {
        receipts_enabled: true,
        switch_forbidden: true,
        ..Default::default()
    }));
    assert_eq!(rig.refused(Command::SetReadReceiptsEnabled { enabled: false }).code.number(), 10007);
}

#[test]
fn r15_a_change_from_another_device_is_told_once() {
    let mut rig = Rig::live();
    let off = wire::Settings { receipts_enabled: false, switched_ms: 5, ..Default::default() };
    rig.push(frame::Body::Settings(off));
    rig.push(frame::Body::Settings(off));
    let told = rig.events.iter().filter(|e| **e == Event::ReadReceiptsEnabledChanged(false)).count();
    assert_eq!(told, 1);
}

#[test]
fn r32_recalled_messages_have_no_receipts_any_more() {
    let mut rig = Rig::live();
    let g = group("g");
    rig.push_receipt(receipt(&g, 1, 20, 2, 1));
    rig.push(frame::Body::Recalled(wire::Recalled {
        conversation: Some(wire_conv(&g)),
        seqs: vec![1],
        ids: vec!["m1".into()],
        operator: "bob".into(),
    }));
    assert!(rig.events.iter().any(|event| matches!(event, Event::MessageRecalled { seq: 1, .. })));
    assert_eq!(rig.session.cached_receipts(&[mid("m1")]), []);
    rig.told();
    rig.push_receipt(receipt(&g, 1, 30, 3, 0));
    assert_eq!(rig.told(), []);
}

#[test]
fn a_new_epoch_forgets_positions_but_not_the_outbox() {
    let mut rig = Rig::live();
    let g = group("g");
    rig.push_receipt(receipt(&g, 1, 900, 2, 1));
    rig.lose_line();
    rig.report(&[handle(&g, 5)]);
    while rig.connects < 2 {
        rig.wait(1000);
    }
    rig.input(Input::Opened);
    let hello = rig.take(|body| matches!(body, request::Body::Hello(_)));
    let Some(request::Body::Hello(body)) = &hello.body else { unreachable!() };
    assert_eq!(body.cursor.as_ref().map(|cursor| cursor.epoch), Some(EPOCH));
    rig.position = 3;
    rig.welcome(hello.id, EPOCH + 1, false);
    rig.answer_lists();
    let (_, report) = rig.take_report();
    assert_eq!((report.seqs, report.ids), (vec![], vec!["m5".to_string()]), "seqs may mean others now; ids do not");
    rig.told();
    rig.push_receipt(receipt(&g, 1, 4, 1, 2));
    assert_eq!(rig.told(), [("m1".to_string(), 1, 4)], "positions of the old epoch order nothing");
}
