//! Receipts from call to the other side's callback, through a service inside this process.
#![allow(clippy::unwrap_used)] // in helpers of tests

mod common;

use common::Counted;
use parking_lot::Mutex;
use seenby_client::{
    Answer, Client, Command, Config, DrawState, ErrorCode, Event, GroupKind, HistoryQuery, LoginStatus, MemberFilter,
    Message, MessageHandle, MessageReceipt, Result, SendOptions, SpoolTarget, TokenProvider, TokenReply,
};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, mpsc};
use std::time::{Duration, Instant};

const SOON: Duration = Duration::from_secs(20);
const APP: u32 = 1_400_000_001;

fn until(what: &str, mut condition: impl FnMut() -> bool) {
    let end = Instant::now() + SOON;
    while !condition() {
        assert!(Instant::now() < end, "not in time: {what}");
        std::thread::sleep(Duration::from_millis(2));
    }
}

/// A device: its client, and everything its listener heard.
struct Device {
    client: Client,
    heard: Arc<Mutex<Vec<Event>>>,
}

impl Device {
    fn with(config: Config) -> Self {
        let client = Client::new(config).unwrap();
        let heard = Arc::new(Mutex::new(Vec::new()));
        let theirs = heard.clone();
        client.add_listener(Arc::new(move |events: &[Event]| theirs.lock().extend(events.iter().cloned())));
        Self { client, heard }
    }

    fn new(service: &str, label: &str) -> Self {
        Self::with(Config::new(APP).server(service).device_label(label))
    }

    fn login(self, user: &str) -> Self {
        self.client.login(user, "").wait().unwrap();
        self
    }

    fn find<T>(&self, what: &str, pick: impl Fn(&Event) -> Option<T>) -> T {
        let mut found = None;
        until(what, || {
            found = self.heard.lock().iter().find_map(&pick);
            found.is_some()
        });
        found.unwrap()
    }

    fn new_message(&self, text: &str) -> Message {
        self.find(text, |event| match event {
            Event::NewMessage(message) if message.body == seenby_client::Body::Text(text.into()) => {
                Some((**message).clone())
            }
            _ => None,
        })
    }

    fn receipt(&self, of: &Message, wanted: impl Fn(&MessageReceipt) -> bool) -> MessageReceipt {
        self.find("a receipt", |event| match event {
            Event::ReadReceipts(all) => all.iter().find(|r| r.message == of.id && wanted(r)).cloned(),
            _ => None,
        })
    }

    fn send(&self, text: &str, to: Option<&str>, group: Option<&str>) -> Result<Message> {
        let mut message = self.client.create_text_message(text);
        message.need_read_receipt = true;
        self.client.send_message(message, to, group, SendOptions::default()).wait()
    }
}

#[test]
fn r12_a_c2c_receipt_reaches_the_sender() {
    let (alice, bob) =
        (Device::new("embedded:mem/c2c", "a").login("alice"), Device::new("embedded:mem/c2c", "b").login("bob"));
    assert_eq!(alice.client.login_status(), LoginStatus::Logined);
    assert_eq!(alice.client.login_user().unwrap().as_str(), "alice");
    let sent = alice.send("hello", Some("bob"), None).unwrap();
    assert_eq!(DrawState::of(&sent, None), DrawState::Sent);
    let got = bob.new_message("hello");
    assert_eq!((got.id.as_ref(), got.seq, got.need_read_receipt), (sent.id.as_ref(), sent.seq, true));
    bob.client.send_message_read_receipts([&got]).wait().unwrap();
    let receipt = alice.receipt(&sent, |receipt| receipt.is_peer_read);
    assert_eq!(DrawState::of(&sent, Some(&receipt)), DrawState::ReadByPeer);
    let asked = alice.client.get_message_read_receipts([&sent]).wait().unwrap();
    assert!(asked[0].is_peer_read && asked[0].time_ms == receipt.time_ms && receipt.time_ms >= sent.time_ms);
    let cached = alice.client.cached_receipts([sent.id.as_ref().unwrap().as_str()]).wait().unwrap();
    assert!(cached[0].is_peer_read);
}

#[test]
fn r7_r11_a_group_shows_who_has_read_and_who_has_not() {
    let people = ["owner", "u1", "u2", "u3"];
    let devices: Vec<Device> = people.iter().map(|user| Device::new("embedded:mem/group", user).login(user)).collect();
    let owner = &devices[0];
    let group =
        owner.client.create_group(GroupKind::Work, Some("g"), "the four", people[1..].iter().copied()).wait().unwrap();
    let sent = owner.send("all of you", None, Some(group.as_str())).unwrap();
    for reader in &devices[1..3] {
        let got = reader.new_message("all of you");
        reader.client.send_message_read_receipts([&got]).wait().unwrap();
    }
    let receipt = owner.receipt(&sent, |receipt| receipt.read_count == 2);
    assert_eq!(receipt.unread_count, 1);
    let page = |filter| owner.client.get_group_message_read_member_list(&sent, filter, 0, 100).wait().unwrap();
    let names = |filter| page(filter).members.iter().map(|member| member.user.to_string()).collect::<Vec<_>>();
    let mut read = names(MemberFilter::Read);
    read.sort();
    assert_eq!(read, ["u1", "u2"]);
    assert_eq!(names(MemberFilter::Unread), ["u3"]);
    let refused = devices[1].client.get_group_message_read_member_list(&sent, MemberFilter::Read, 0, 100).wait();
    assert_eq!(refused.unwrap_err().code, ErrorCode::PermissionDenied, "R9");
    let wrong = owner.client.get_group_message_read_member_list(&sent, MemberFilter::Read, 0, 101).wait();
    assert_eq!(wrong.unwrap_err().code, ErrorCode::InvalidParameters, "R11");
}

#[test]
fn r13_r18_two_devices_of_one_user_know_of_each_other() {
    let service = "embedded:mem/devices";
    let alice = Device::new(service, "a").login("alice");
    let (phone, tablet) = (Device::new(service, "phone").login("bob"), Device::new(service, "tablet").login("bob"));
    let sent = alice.send("to both", Some("bob"), None).unwrap();
    let (on_phone, on_tablet) = (phone.new_message("to both"), tablet.new_message("to both"));
    assert_eq!(on_phone.id, on_tablet.id);
    phone.client.send_message_read_receipts([&on_phone]).wait().unwrap();
    alice.receipt(&sent, |receipt| receipt.is_peer_read);
    tablet.find("the tablet learns of it", |event| match event {
        Event::ReceiptsSent { messages, .. } => {
            messages.iter().any(|(_, id)| Some(id) == sent.id.as_ref()).then_some(())
        }
        _ => None,
    });
    phone.send("from the phone", Some("alice"), None).unwrap();
    assert!(tablet.new_message("from the phone").is_self);
    assert!(phone.heard.lock().iter().all(|e| !matches!(e, Event::NewMessage(m) if m.is_self)));
}

#[test]
fn r30_the_same_user_on_the_same_device_kicks_the_older_session() {
    let service = "embedded:mem/kick";
    let older = Device::new(service, "same").login("bob");
    let newer = Device::new(service, "same").login("bob");
    older.find("kicked", |event| matches!(event, Event::KickedOffline).then_some(()));
    until("nobody is logged in there", || older.client.login_status() == LoginStatus::Logout);
    assert_eq!(older.client.get_joined_group_list().wait().unwrap_err().code, ErrorCode::NotLoggedIn);
    assert_eq!(older.heard.lock().iter().filter(|event| matches!(event, Event::KickedOffline)).count(), 1);
    assert_eq!(newer.client.get_joined_group_list().wait().unwrap(), []);
}

#[test]
fn r28_managers_meet_in_the_service_they_name_and_it_goes_with_the_last() {
    let (here, there) =
        (Device::new("embedded:mem/one", "a").login("alice"), Device::new("embedded:mem/two", "b").login("bob"));
    let lost = here.send("into the void", Some("bob"), None).unwrap();
    let history = |device: &Device, peer: &str| {
        let query = HistoryQuery {
            conversation: seenby_client::ConversationId::parse(peer).unwrap(),
            newer: false,
            count: 20,
            last_message: None,
            from_seq: 0,
            begin_s: 0,
            period_s: 0,
        };
        device.client.get_history_message_list(query).wait()
    };
    assert_eq!(history(&here, "c2c_bob").unwrap().messages[0].id, lost.id);
    assert!(history(&there, "c2c_alice").map_or(true, |page| page.messages.is_empty()));
    drop(here);
    // The name is free again, and the new service knows nothing.
    let again = Device::new("embedded:mem/one", "a").login("alice");
    until("a new service", || history(&again, "c2c_bob").map_or(true, |page| page.messages.is_empty()));
}

fn durable(folder: &Path, user: &str) -> Config {
    let server = format!("embedded:file/{}", folder.join("service").display());
    Config::new(APP).server(server).data_dir(folder.join("devices")).device_label(user)
}

#[test]
fn r28_a_durable_service_and_its_devices_come_back() {
    let folder = tempfile::tempdir().unwrap();
    let sent = {
        let alice = Device::with(durable(folder.path(), "alice")).login("alice");
        let bob = Device::with(durable(folder.path(), "bob")).login("bob");
        bob.send("to begin with", Some("alice"), None).unwrap();
        alice.new_message("to begin with");
        let sent = alice.send("keep this", Some("bob"), None).unwrap();
        bob.new_message("keep this");
        sent
    };
    let bob = Device::with(durable(folder.path(), "bob")).login("bob");
    assert_eq!(bob.client.get_total_unread_message_count().wait().unwrap(), 1);
    let found = bob.client.find_messages([sent.id.as_ref().unwrap().as_str()]).wait().unwrap();
    assert_eq!(found[0].seq, sent.seq);
    bob.client.send_message_read_receipts(&found).wait().unwrap();
    // Alice was away: she hears it when she comes back (R12).
    let alice = Device::with(durable(folder.path(), "alice")).login("alice");
    alice.receipt(&sent, |receipt| receipt.is_peer_read);
}

#[test]
fn r16_receipts_made_offline_are_sent_on_the_next_connection_once() {
    let folder = tempfile::tempdir().unwrap();
    let alice = Device::with(durable(folder.path(), "alice")).login("alice");
    let bob = Device::with(durable(folder.path(), "bob")).login("bob");
    let sent = alice.send("read me later", Some("bob"), None).unwrap();
    let got = bob.new_message("read me later");
    bob.client.network_available(false);
    bob.client.send_message_read_receipts([&got]).wait().unwrap();
    let refused = bob.send("offline", Some("alice"), None).unwrap_err();
    assert!(refused.code.is_network(), "{refused}");
    assert!(!alice.client.get_message_read_receipts([&sent]).wait().unwrap()[0].is_peer_read);
    // The app dies, and comes back.
    drop(bob);
    let bob = Device::with(durable(folder.path(), "bob")).login("bob");
    alice.receipt(&sent, |receipt| receipt.is_peer_read);
    drop(bob);
}

#[test]
fn r16_each_user_keeps_its_outbox_when_users_change() {
    let folder = tempfile::tempdir().unwrap();
    let alice = Device::with(durable(folder.path(), "alice")).login("alice");
    let shared = Device::with(durable(folder.path(), "shared")).login("bob");
    let sent = alice.send("for bob", Some("bob"), None).unwrap();
    let got = shared.new_message("for bob");
    shared.client.network_available(false);
    shared.client.send_message_read_receipts([&got]).wait().unwrap();
    shared.client.network_available(true);
    // Whatever was sent by then went as bob; carol never sends bob's.
    shared.client.login("carol", "").wait().unwrap();
    assert_eq!(shared.client.login_user().unwrap().as_str(), "carol");
    shared.client.login("bob", "").wait().unwrap();
    let receipt = alice.receipt(&sent, |receipt| receipt.is_peer_read);
    assert_eq!(receipt.conversation.to_string(), "c2c_bob");
}

#[test]
fn r16_receipts_left_in_the_spool_need_no_client() {
    let folder = tempfile::tempdir().unwrap();
    let alice = Device::with(durable(folder.path(), "alice")).login("alice");
    let config = durable(folder.path(), "bob");
    let bob = Device::with(config.clone()).login("bob");
    let sent = alice.send("notified", Some("bob"), None).unwrap();
    let got = bob.new_message("notified");
    bob.client.logout().wait().unwrap();
    drop(bob);
    let target =
        SpoolTarget { server: config.server.clone(), app: APP, user: "bob".into(), data_dir: config.data_dir.clone() };
    Client::enqueue_receipts(&target, [MessageHandle::from(&got)]).unwrap();
    let none: [MessageHandle; 0] = [];
    assert_eq!(Client::enqueue_receipts(&target, none).unwrap_err().code, ErrorCode::InvalidParameters);
    let memory = SpoolTarget { server: Some("embedded:".into()), ..target.clone() };
    assert_eq!(Client::enqueue_receipts(&memory, [&got]).unwrap_err().code, ErrorCode::InvalidParameters);
    // The next login drains it.
    let bob = Device::with(config).login("bob");
    alice.receipt(&sent, |receipt| receipt.is_peer_read);
    // And while somebody is logged in it is looked at every few seconds.
    let second = alice.send("notified again", Some("bob"), None).unwrap();
    let got = bob.new_message("notified again");
    Client::enqueue_receipts(&target, [&got]).unwrap();
    alice.receipt(&second, |receipt| receipt.is_peer_read);
}

#[test]
fn r33_a_tracker_reports_what_was_seen_long_enough() {
    let service = "embedded:mem/tracker";
    let alice = Device::new(service, "a").login("alice");
    let bob = Device::with(Config::new(APP).server(service).device_label("b").seen_for(Duration::from_millis(50)))
        .login("bob");
    let (seen, passed) =
        (alice.send("seen", Some("bob"), None).unwrap(), alice.send("passed", Some("bob"), None).unwrap());
    let (seen_by_bob, passed_by_bob) = (bob.new_message("seen"), bob.new_message("passed"));
    let tracker = bob.client.read_tracker(Some("c2c_alice")).unwrap();
    tracker.visible([&seen_by_bob, &passed_by_bob]);
    tracker.hidden([&passed_by_bob]);
    alice.receipt(&seen, |receipt| receipt.is_peer_read);
    assert!(!alice.client.get_message_read_receipts([&passed]).wait().unwrap()[0].is_peer_read);
    // The background flushes.
    tracker.visible([&passed_by_bob]);
    std::thread::sleep(Duration::from_millis(60));
    tracker.foreground(false);
    alice.receipt(&passed, |receipt| receipt.is_peer_read);
    assert_eq!(bob.client.read_tracker(Some("nonsense")).unwrap_err().code, ErrorCode::InvalidParameters);
}

#[test]
fn r33_trackers_follow_their_client_to_the_background_and_back() {
    let service = "embedded:mem/tracker-follows";
    let alice = Device::new(service, "a").login("alice");
    let bob = Device::with(Config::new(APP).server(service).device_label("b").seen_for(Duration::from_millis(1)))
        .login("bob");
    let sent: Vec<_> = ["one", "two"].map(|text| alice.send(text, Some("bob"), None).unwrap()).into();
    let (one, two) = (bob.new_message("one"), bob.new_message("two"));
    let before = bob.client.read_tracker(None).unwrap();
    bob.client.foreground(false);
    let after = bob.client.read_tracker(None).unwrap();
    before.visible([&one]);
    after.visible([&two]);
    std::thread::sleep(Duration::from_millis(200));
    let unread = alice.client.get_message_read_receipts(&sent).wait().unwrap();
    assert!(unread.iter().all(|receipt| !receipt.is_peer_read), "nobody reads in the background: {unread:?}");
    bob.client.foreground(true);
    for message in &sent {
        alice.receipt(message, |receipt| receipt.is_peer_read);
    }
}

/// A list comes from the app's own database; the login takes a while longer, and ends at some time.
#[test]
fn r33_a_tracker_waits_for_the_login() {
    let service = "embedded:mem/tracker-login";
    let alice = Device::new(service, "a").login("alice");
    let sent: Vec<_> = ["one", "two"].map(|text| alice.send(text, Some("bob"), None).unwrap()).into();
    let bob = Device::with(Config::new(APP).server(service).device_label("b").seen_for(Duration::from_millis(1)));
    let tracker = bob.client.read_tracker(Some("c2c_alice")).unwrap();
    let shown = |message: &Message| {
        let id = message.id.as_ref().map_or("", |id| id.as_str());
        bob.client.message_reference("c2c_alice", id, Some("alice")).unwrap()
    };
    tracker.visible([shown(&sent[0])]);
    std::thread::sleep(Duration::from_millis(200));
    bob.client.login("bob", "").wait().unwrap();
    alice.receipt(&sent[0], |receipt| receipt.is_peer_read);
    // Logged out with the list on the screen, and in again.
    bob.client.logout().wait().unwrap();
    tracker.visible([shown(&sent[1])]);
    std::thread::sleep(Duration::from_millis(200));
    bob.client.login("bob", "").wait().unwrap();
    alice.receipt(&sent[1], |receipt| receipt.is_peer_read);
}

#[test]
fn r34_debug_state_names_no_ids() {
    let alice = Device::new("embedded:mem/debug", "a").login("alice-the-user");
    let sent = alice.send("secret text", Some("bob-the-peer"), None).unwrap();
    // The sentence of an error names ids; what is shown of it here does not.
    let other = alice.client.message_reference("c2c_somebody-else", "id", None).unwrap();
    let refused = alice.client.get_message_read_receipts([MessageHandle::from(&sent), other]).wait().unwrap_err();
    assert!(refused.message.contains("bob-the-peer"), "{refused}");
    let state = alice.client.debug_state();
    let json: serde_json::Value = serde_json::from_str(&state).unwrap();
    assert_eq!(json["endpoint"], "embedded:mem/debug");
    assert_eq!(json["version"], Client::version());
    assert_eq!((&json["transport"], &json["line"]), (&"open".into(), &"live".into()));
    for secret in ["alice-the-user", "bob-the-peer", "secret text", sent.id.as_ref().unwrap().as_str()] {
        assert!(!state.contains(secret), "{state}");
    }
}

/// R12: none reaches the sender before that send's success. And every callback once, however many come.
#[test]
fn a_busy_client_brings_every_answer_and_event_once_and_in_order() {
    let service = "embedded:mem/busy";
    let (alice, bob) = (Device::new(service, "a").login("alice"), Device::new(service, "b").login("bob"));
    let order = Arc::new(Mutex::new(Vec::new()));
    let theirs = order.clone();
    alice.client.add_listener(Arc::new(move |events: &[Event]| {
        for event in events {
            if let Event::ReadReceipts(receipts) = event {
                theirs.lock().extend(receipts.iter().map(|receipt| (receipt.message.clone().unwrap(), "receipt")));
            }
        }
    }));
    let reader = bob.client.clone();
    let reported = Arc::new(AtomicUsize::new(0));
    let count = reported.clone();
    bob.client.add_listener(Arc::new(move |events: &[Event]| {
        for event in events {
            if let Event::NewMessage(message) = event {
                let count = count.clone();
                let command = Command::SendReadReceipts { messages: vec![message.as_ref().into()] };
                reader.call(command, move |result| {
                    assert_eq!(result, Ok(Answer::Done));
                    count.fetch_add(1, Ordering::SeqCst);
                });
            }
        }
    }));
    let messages = 300;
    let counted = Counted::default();
    for n in 0..messages {
        let mut message = alice.client.create_text_message(format!("message {n}"));
        message.need_read_receipt = true;
        let (order, token) = (order.clone(), counted.token());
        alice.client.send_message_with(message, Some("bob"), None, SendOptions::default(), move |result| {
            let _token = token;
            let Ok(Answer::Message(message)) = result else { panic!("{result:?}") };
            order.lock().push((message.id.unwrap(), "sent"));
        });
    }
    until("all reported", || reported.load(Ordering::SeqCst) == messages);
    until("all heard", || order.lock().iter().filter(|(_, what)| *what == "receipt").count() >= messages);
    assert_eq!(counted.alive(), 0);
    let order = order.lock();
    let mut sent = std::collections::BTreeSet::new();
    for (id, what) in order.iter() {
        match *what {
            "sent" => assert!(sent.insert(id.clone()), "one answer"),
            _ => assert!(sent.contains(id), "R12: a receipt before its send's success"),
        }
    }
    assert_eq!(sent.len(), messages);
}

/// Shutdown at any moment of real work: each call ends once, by an answer or by 7009 or 90003.
#[test]
fn shutdown_in_the_middle_of_work_ends_every_call_once() {
    for round in 0..12_u64 {
        let service = format!("embedded:mem/shutdown{round}");
        let alice = Device::new(&service, "a").login("alice");
        let (sender, receiver) = mpsc::channel();
        let counted = Counted::default();
        let client = alice.client.clone();
        let calls = 120;
        let worker = std::thread::spawn({
            let counted = counted.clone();
            move || {
                for n in 0..calls {
                    let (sender, token) = (sender.clone(), counted.token());
                    let callback = move |result: Result<Answer>| {
                        let _token = token;
                        sender.send((n, result.map(drop).map_err(|error| error.code))).unwrap();
                    };
                    if n % 3 == 0 {
                        let message = client.create_text_message("x");
                        client.send_message_with(message, Some("bob"), None, SendOptions::default(), callback);
                    } else {
                        client.call(Command::Conversations { next_seq: 0, count: 10 }, callback);
                    }
                }
            }
        });
        std::thread::sleep(Duration::from_micros(round * 400));
        alice.client.shutdown();
        worker.join().unwrap();
        let mut ended: Vec<_> = (0..calls).map(|_| receiver.recv_timeout(SOON).unwrap()).collect();
        assert!(receiver.recv_timeout(SOON).is_err(), "none twice; every callback is gone");
        assert_eq!(counted.alive(), 0);
        ended.sort_by_key(|(n, _)| *n);
        for (n, (call, result)) in ended.into_iter().enumerate() {
            assert_eq!(call, n);
            let refused = [ErrorCode::Interrupted, ErrorCode::Closed, ErrorCode::NotLoggedIn];
            assert!(result.is_ok_and(|()| true) || result.is_err_and(|code| refused.contains(&code)), "{result:?}");
        }
    }
}

#[test]
fn a_stream_that_is_read_late_loses_nothing() {
    let service = "embedded:mem/stream";
    let (alice, bob) = (Device::new(service, "a").login("alice"), Device::new(service, "b").login("bob"));
    let mut events = bob.client.events();
    // As many as a client may send at once.
    let messages = 390;
    let calls: Vec<_> = (0..messages)
        .map(|n| {
            alice.client.send_message(
                alice.client.create_text_message(format!("{n}")),
                Some("bob"),
                None,
                SendOptions::default(),
            )
        })
        .collect();
    for call in calls {
        call.wait().unwrap();
    }
    let mut seqs = Vec::new();
    until("all of them", || {
        while let Some(event) = events.try_next() {
            if let Event::NewMessage(message) = event {
                seqs.push(message.seq);
            }
        }
        seqs.len() == messages
    });
    assert_eq!(seqs, (1..=messages as u64).collect::<Vec<_>>(), "in order, each once");
}

#[test]
fn futures_need_no_runtime() {
    let alice = Device::new("embedded:mem/executor", "a");
    let client = alice.client.clone();
    let profile = common::block_on(Box::pin(async move {
        client.login("alice", "").await?;
        client.set_self_info(Some("Alice"), None).await?;
        client.get_users_info(["alice"]).await
    }));
    assert_eq!(profile.unwrap()[0].nick_name, "Alice");
}

struct Tokens(AtomicUsize);

impl TokenProvider for Tokens {
    fn user_sig(&self, user: &str, reply: TokenReply) {
        assert_eq!(user, "alice");
        self.0.fetch_add(1, Ordering::SeqCst);
        reply.reply(Ok(expiring(3600)));
    }
}

/// Something like a JWT, that runs out in so many seconds. The service here takes any.
fn expiring(seconds: u64) -> String {
    use base64::Engine as _;
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs();
    let claims = format!(r#"{{"sub":"alice","exp":{}}}"#, now + seconds);
    format!("h.{}.s", base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(claims))
}

#[test]
fn r30_a_token_provider_renews_silently() {
    let tokens = Arc::new(Tokens(AtomicUsize::new(0)));
    let config = Config::new(APP).server("embedded:mem/tokens").device_label("a").token_provider(tokens.clone());
    let alice = Device::with(config);
    alice.client.login("alice", &expiring(61)).wait().unwrap();
    until("asked", || tokens.0.load(Ordering::SeqCst) == 1);
    std::thread::sleep(Duration::from_millis(300));
    assert_eq!(tokens.0.load(Ordering::SeqCst), 1, "once");
    assert!(alice.client.get_joined_group_list().wait().is_ok());
    assert!(alice.heard.lock().iter().all(|event| !matches!(event, Event::UserSigExpired)));
}
