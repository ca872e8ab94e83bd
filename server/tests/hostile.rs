//! R24: what no client would send. The server answers or closes with a reason, stays up, and serves others meanwhile.

#![allow(clippy::unwrap_used, reason = "a test that fails says where")]

mod common;

use common::{Daemon, Device, Heard, c2c, group, peer_read, text_message, token};
use futures_util::SinkExt as _;
use prost::Message as _;
use seenby_core::wire::{self, frame, request};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::task::JoinHandle;
use tokio_tungstenite::tungstenite::Message;

/// A server under attack, and two users who go on meanwhile.
struct Field {
    daemon: Daemon,
    data: PathBuf,
    stop: Arc<AtomicBool>,
    witness: JoinHandle<(usize, Duration)>,
    _folder: tempfile::TempDir,
}

impl Field {
    async fn new(config: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("data");
        std::fs::create_dir(&data).unwrap();
        std::fs::write(data.join("seenbyd.toml"), config).unwrap();
        let daemon = Daemon::start(&data, &[]);
        let stop = Arc::new(AtomicBool::new(false));
        let (mut ann, _) = Device::login(&daemon.url, 1, "ann", "d", &token(&data, "ann")).await;
        let (mut ben, _) = Device::login(&daemon.url, 1, "ben", "d", &token(&data, "ben")).await;
        let stopped = stop.clone();
        // A message, its receipt, and the push that tells: over and over.
        let witness = tokio::spawn(async move {
            let (mut rounds, mut slowest) = (0, Duration::ZERO);
            while !stopped.load(Ordering::Relaxed) {
                let started = Instant::now();
                let id = format!("w{rounds}");
                let seq = ann.say(c2c("ben"), &id, "still there?").await;
                let reported = ben.ask(report(c2c("ann"), vec![seq])).await;
                assert!(matches!(reported, frame::Body::Reported(_)), "{reported:?}");
                ann.push(|frame| peer_read(frame, &id)).await;
                slowest = slowest.max(started.elapsed());
                rounds += 1;
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
            (rounds, slowest)
        });
        Self { daemon, data, stop, witness, _folder: folder }
    }

    async fn login(&self, user: &str, device: &str) -> Device {
        Device::login(&self.daemon.url, 1, user, device, &token(&self.data, user)).await.0
    }

    async fn metric(&self, name: &str) -> u64 {
        let keys = std::fs::read_to_string(self.data.join("keys.toml")).unwrap();
        let admin = keys.lines().find_map(|line| line.strip_prefix("admin_token = \"")).unwrap().replace('"', "");
        let (status, page) = common::http(&self.base(), "GET", "/metrics", Some(&admin), None).await;
        assert_eq!(status, 200);
        let line = page.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' ')).unwrap_or_else(|| {
            panic!("{name} is not in\n{page}");
        });
        line.parse().unwrap()
    }

    fn base(&self) -> String {
        self.daemon.url.replace("ws://", "http://").replace("/v1/connect", "")
    }

    /// The server is the same process, and the two never waited long.
    async fn end(mut self) {
        self.stop.store(true, Ordering::Relaxed);
        let (rounds, slowest) = (&mut self.witness).await.expect("the others were served");
        assert!(self.daemon.child.try_wait().unwrap().is_none(), "it is still running");
        assert!(rounds > 0 && slowest < Duration::from_secs(5), "{rounds} rounds, the slowest took {slowest:?}");
        let log = self.daemon.log();
        assert!(!log.contains("panicked"), "{log}");
    }
}

fn report(conversation: wire::Conversation, seqs: Vec<u64>) -> request::Body {
    request::Body::Report(wire::Report { conversation: Some(conversation), seqs, ..wire::Report::default() })
}

fn bytes(id: u64, body: request::Body) -> Vec<u8> {
    wire::Request { id, seen: 0, body: Some(body) }.encode_to_vec()
}

/// The next thing that is not a push.
async fn next_answer(device: &mut Device) -> Heard {
    loop {
        match device.hear().await {
            Heard::Frame(frame) if frame.request == 0 && !matches!(frame.body, Some(frame::Body::Error(_))) => {}
            other => return other,
        }
    }
}

/// Numbers that differ, the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> u64 {
        // splitmix64
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn r24_nonsense_closes_with_a_reason() {
    let field = Field::new("").await;
    let url = &field.daemon.url;

    for version in [0, 2, u32::MAX] {
        let mut device = Device::connect(url).await;
        let hello = wire::Hello { version, ..common::hello(1, "mal", "d", "x") };
        device.send(request::Body::Hello(hello)).await;
        assert_eq!(device.closed().await.code, 90006, "version {version}");
    }
    for (text, code) in [(vec![0_u8; 65 * 1024], 9522), (vec![0xff; 100], 90007), (vec![], 90007)] {
        let mut device = Device::connect(url).await;
        device.send_bytes(text).await;
        assert_eq!(device.closed().await.code, code);
    }
    let mut device = field.login("mal", "d").await;
    device.socket.send(Message::Text("hello".into())).await.unwrap();
    assert_eq!(device.closed().await.code, 90007);

    // In pieces, each small enough.
    let mut device = field.login("mal", "d").await;
    use tokio_tungstenite::tungstenite::protocol::frame::{Frame, coding::Data, coding::OpCode};
    for i in 0..20 {
        let code = if i == 0 { Data::Binary } else { Data::Continue };
        let piece = Frame::message(vec![1; 8 * 1024], OpCode::Data(code), false);
        if device.socket.send(Message::Frame(piece)).await.is_err() {
            break;
        }
    }
    assert_eq!(device.closed().await.code, 9522);

    // Every prefix of a frame: refused, or what is left of it is a request that gets an answer.
    let whole = bytes(9, request::Body::Send(text_message(c2c("ann"), "id", "text")));
    let mut device = field.login("mal", "d").await;
    for n in 0..whole.len() {
        device.send_bytes(whole[..n].to_vec()).await;
        match next_answer(&mut device).await {
            Heard::Frame(frame) => assert!(matches!(frame.body, Some(frame::Body::Error(_))), "{n}: {frame:?}"),
            Heard::Close(close) => {
                assert_eq!(close.code, 90007, "{n}: {close:?}");
                device = field.login("mal", "d").await;
            }
            Heard::Gone => panic!("{n}: no reason"),
        }
    }

    // Noise, and valid frames with noise in them.
    let mut dice = Dice(24);
    let mut device = field.login("mal", "d").await;
    for round in 0..400 {
        let mut noise: Vec<u8> = (0..dice.roll() % 200).map(|_| dice.roll() as u8).collect();
        if round % 2 == 0 {
            noise = whole.clone();
            for _ in 0..=dice.roll() % 3 {
                let at = dice.roll() as usize % noise.len();
                noise[at] = dice.roll() as u8;
            }
        }
        device.send_bytes(noise).await;
        device.send_bytes(bytes(u64::MAX, request::Body::Ping(wire::Ping {}))).await;
        // Either the ping is answered, or the reason for closing comes.
        loop {
            match device.hear().await {
                Heard::Frame(frame) if frame.request == u64::MAX => break,
                Heard::Frame(_) => {}
                Heard::Close(_) => {
                    device = field.login("mal", "d").await;
                    break;
                }
                Heard::Gone => panic!("{round}: no reason"),
            }
        }
    }
    field.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn r24_valid_frames_in_the_wrong_state() {
    let field = Field::new("").await;
    let url = &field.daemon.url;
    for body in [
        request::Body::Ping(wire::Ping {}),
        report(c2c("ann"), vec![1]),
        request::Body::Ack(wire::Ack { cursor: 5 }),
        request::Body::RenewToken(wire::RenewToken { user_sig: "x".into() }),
    ] {
        let mut device = Device::connect(url).await;
        device.send(body).await;
        assert_eq!(device.closed().await.code, 90007);
    }
    let mut device = field.login("mal", "d").await;
    device.send(request::Body::Hello(common::hello(1, "mal", "d", "x"))).await;
    assert_eq!(device.closed().await.code, 90007);

    // Who one is: refused with its number, then closed.
    let sig = token(&field.data, "mal");
    for (hello, code) in [
        (common::hello(1, "ann", "d", &sig), 70003),
        (common::hello(1, "mal", "d", "a.b.c"), 70003),
        (common::hello(1, "mal", "d", &sig[..sig.len() - 3]), 70003),
        (common::hello(1, "", "d", &sig), 6017),
        (common::hello(1, &"m".repeat(65), "d", &sig), 6017),
        (common::hello(1, "m\u{0}l", "d", &sig), 6017),
        (common::hello(1, "mal", "", &sig), 6017),
        (common::hello(1, "mal", &"d".repeat(65), &sig), 6017),
    ] {
        let mut device = Device::connect(url).await;
        let (got, message) = device.refused(request::Body::Hello(hello.clone())).await;
        assert_eq!(got, code, "{hello:?}: {message}");
        assert_eq!(device.closed().await.code, code);
    }
    for app in [0, 2, u32::MAX] {
        let mut device = Device::connect(url).await;
        device.send(request::Body::Hello(common::hello(app, "mal", "d", &sig))).await;
        assert_eq!(device.closed().await.code, 70003);
    }

    // A request without a body, one of a later version, a frame of the service's: answered with an error, not closed.
    let mut device = field.login("mal", "d").await;
    let mut later = wire::Request { id: 7, seen: 0, body: None }.encode_to_vec();
    later.extend([0xf2, 0x3f, 0x02, 0x08, 0x01]); // field 1022, two bytes
    device.send_bytes(later).await;
    match device.answer(7).await {
        frame::Body::Error(error) => assert!(error.code == 6017 || error.code == 90007, "{error:?}"),
        other => panic!("{other:?}"),
    }
    let (code, _) = device.refused(request::Body::RenewToken(wire::RenewToken { user_sig: "x".into() })).await;
    assert_eq!(code, 70003);
    assert!(matches!(device.ask(request::Body::Ping(wire::Ping {})).await, frame::Body::Pong(_)), "it goes on");
    field.end().await;
}

/// R22: nothing can be learned by trying.
#[tokio::test(flavor = "multi_thread")]
async fn r22_ids_of_others_conversations_tell_nothing() {
    let field = Field::new("").await;
    let mut ann = field.login("ann2", "d").await;
    let seq = ann.say(c2c("ben2"), "private", "the secret text").await;
    let members = vec!["ben2".to_owned()];
    let create = wire::CreateGroup { group: "inner".into(), kind: 1, name: "Inner".into(), members };
    ann.ask(request::Body::CreateGroup(create)).await;
    let in_group = ann.say(group("inner"), "private-g", "the secret text").await;

    let mut mal = field.login("mal", "d").await;
    let own = mal.say(c2c("zoe"), "own", "x").await;
    assert_eq!(own, 1);
    // By id alone, and as if it were one's own conversation.
    for (conversation, ids, seqs) in [
        (None, vec!["private".to_owned(), "private-g".to_owned(), "no such".to_owned()], vec![]),
        (Some(c2c("ann2")), vec!["private".to_owned()], vec![seq]),
        (Some(c2c("ben2")), vec!["private".to_owned()], vec![seq]),
        (Some(group("inner")), vec!["private-g".to_owned()], vec![in_group]),
        (Some(group("none")), vec!["private-g".to_owned()], vec![in_group]),
    ] {
        let get = wire::GetReceipts { conversation: conversation.clone(), seqs: seqs.clone(), ids: ids.clone() };
        match mal.ask(request::Body::GetReceipts(get)).await {
            frame::Body::Receipts(receipts) => assert!(receipts.receipts.is_empty(), "{receipts:?}"),
            other => panic!("R10: never refused for that: {other:?}"),
        }
        let n = ids.len() + seqs.len();
        let report = wire::Report { conversation, seqs, ids, times_ms: vec![] };
        match mal.ask(request::Body::Report(report)).await {
            frame::Body::Reported(reported) => {
                assert_eq!(reported.outcomes, vec![wire::Outcome::Unknown as i32; n], "R2");
            }
            other => panic!("{other:?}"),
        }
    }
    let find = wire::Find { ids: vec!["private".into(), "private-g".into()] };
    match mal.ask(request::Body::Find(find)).await {
        frame::Body::Messages(found) => assert!(found.messages.is_empty(), "{found:?}"),
        other => panic!("{other:?}"),
    }
    // One answer for "never there" and "no such message" (R22).
    let page = |conversation, id: &str| {
        request::Body::ReadMembers(wire::ReadMembers {
            conversation: Some(conversation),
            message: Some(wire::MessageRef { seq: 0, id: id.into() }),
            filter: 0,
            next_seq: 0,
            count: 10,
        })
    };
    assert_eq!(mal.refused(page(group("inner"), "private-g")).await.0, 10062);
    assert_eq!(mal.refused(page(group("inner"), "no such")).await.0, 10062);
    assert_eq!(mal.refused(page(group("none"), "no such")).await.0, 10010);
    // Whatever else names another's conversation is refused, or answers without anything of it.
    let recall = |conversation, id: &str| {
        let message = Some(wire::MessageRef { seq: 0, id: id.into() });
        request::Body::Recall(wire::Recall { conversation: Some(conversation), message })
    };
    let history = |conversation| {
        request::Body::History(wire::History {
            conversation: Some(conversation),
            count: 10,
            ..wire::History::default()
        })
    };
    let users = vec!["ben2".to_owned()];
    for body in [
        history(group("inner")),
        history(c2c("ann2")),
        recall(group("inner"), "private-g"),
        recall(c2c("ann2"), "private"),
        request::Body::Send(text_message(group("inner"), "intruder", "x")),
        request::Body::Invite(wire::Invite { group: "inner".into(), users: users.clone() }),
        request::Body::Kick(wire::Kick { group: "inner".into(), users: users.clone() }),
        request::Body::JoinGroup(wire::JoinGroup { group: "inner".into() }),
        request::Body::DismissGroup(wire::DismissGroup { group: "inner".into() }),
        request::Body::SetRole(wire::SetRole { group: "inner".into(), user: "ann2".into(), role: 200 }),
        request::Body::GroupMembers(wire::GroupMembers { group: "inner".into(), count: 10, ..Default::default() }),
    ] {
        let asked = format!("{body:?}");
        let answer = mal.ask(body).await;
        let harmless = match &answer {
            frame::Body::Error(error) => [10007, 10010, 10062, 6017].contains(&error.code),
            frame::Body::Messages(messages) => messages.messages.is_empty(),
            _ => false,
        };
        assert!(harmless, "{asked}: {answer:?}");
    }
    // It is all still as it was.
    match ann.ask(page(group("inner"), "private-g")).await {
        frame::Body::MemberPage(page) => assert!(page.finished && page.members.is_empty()),
        other => panic!("{other:?}"),
    }
    field.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn r24_negative_and_huge_numbers_and_long_lists() {
    // 10 000 receipts count as 334 requests; this is not about those.
    let field = Field::new("[limits]\nrequests_per_second = 100000\nburst = 100000\n").await;
    let mut mal = field.login("mal", "d").await;
    mal.say(c2c("zoe"), "m", "x").await;
    let create = wire::CreateGroup { group: "mine".into(), kind: 2, name: String::new(), members: vec!["zoe".into()] };
    mal.ask(request::Body::CreateGroup(create)).await;
    let seq = mal.say(group("mine"), "g", "x").await;

    let page = |count, next_seq, filter| {
        request::Body::ReadMembers(wire::ReadMembers {
            conversation: Some(group("mine")),
            message: Some(wire::MessageRef { seq, id: String::new() }),
            filter,
            next_seq,
            count,
        })
    };
    for body in [
        page(0, 0, 0),
        page(101, 0, 0),
        page(u32::MAX, 0, 0),
        page(10, u64::MAX, 0),
        page(10, 1 << 53, 1),
        page(10, 0, 2),
    ] {
        let asked = format!("{body:?}");
        assert_eq!(mal.refused(body).await.0, 6017, "R11: {asked}");
    }
    let extremes = [i64::MIN, -1, i64::MAX];
    let seqs = [0, u64::MAX, i64::MAX as u64];
    let mut bodies = Vec::new();
    for time_ms in extremes {
        for seq in seqs {
            bodies.push(request::Body::Mark(wire::Mark {
                to: vec![wire::MarkTo { conversation: Some(c2c("zoe")), seq, time_ms }],
            }));
            bodies.push(request::Body::History(wire::History {
                conversation: Some(c2c("zoe")),
                newer: seq == 0,
                from_seq: seq,
                count: if seq == 0 { u32::MAX } else { 0 },
                begin_ms: time_ms,
                period_ms: time_ms,
                from_included: true,
            }));
            bodies.push(request::Body::Report(wire::Report {
                conversation: Some(c2c("zoe")),
                seqs: vec![seq],
                ids: vec![],
                times_ms: vec![time_ms],
            }));
        }
        bodies.push(request::Body::SetReceipts(wire::SetReceipts { enabled: true, time_ms }));
    }
    bodies.extend([
        request::Body::Report(wire::Report {
            conversation: Some(c2c("zoe")),
            seqs: vec![1, 2],
            ids: vec![],
            times_ms: vec![1],
        }),
        report(wire::Conversation { of: None }, vec![1]),
        request::Body::Mark(wire::Mark { to: vec![wire::MarkTo::default()] }),
        request::Body::CreateGroup(wire::CreateGroup { kind: u32::MAX, ..Default::default() }),
        request::Body::CreateGroup(wire::CreateGroup { kind: 0, ..Default::default() }),
        request::Body::SetRole(wire::SetRole { group: "mine".into(), user: "zoe".into(), role: u32::MAX }),
        request::Body::GroupMembers(wire::GroupMembers {
            group: "mine".into(),
            next_seq: u64::MAX,
            count: 10,
            users: vec![],
        }),
        request::Body::GroupMembers(wire::GroupMembers {
            group: "mine".into(),
            next_seq: 0,
            count: u32::MAX,
            users: vec![],
        }),
        request::Body::ListConversations(wire::ListConversations {
            next_seq: u64::MAX,
            count: u32::MAX,
            ..Default::default()
        }),
        request::Body::Send(wire::Send { priority: u32::MAX, ..text_message(c2c("zoe"), "p", "x") }),
        request::Body::Send(text_message(c2c("zoe"), "", "x")),
        request::Body::Send(text_message(c2c(""), "q", "x")),
        request::Body::Send(text_message(c2c("zoe"), &"i".repeat(129), "x")),
        request::Body::Send(wire::Send::default()),
        request::Body::SetProfile(wire::SetProfile { nick_name: Some("n".repeat(257)), face_url: None }),
        request::Body::SetProfile(wire::SetProfile { nick_name: None, face_url: Some("f".repeat(60_000)) }),
        request::Body::History(wire::History::default()),
        request::Body::Recall(wire::Recall::default()),
        request::Body::ReadMembers(wire::ReadMembers::default()),
        request::Body::Kick(wire::Kick::default()),
        request::Body::Invite(wire::Invite { group: "mine".into(), users: vec![String::new(), "x".repeat(65)] }),
    ]);
    // Lists that fit into a frame, and are longer than any client would send.
    let ids: Vec<String> = (0..10_000).map(|n| format!("{n:03x}")).collect();
    let conversations = vec![c2c("zoe"); 4000];
    bodies.extend([
        report(c2c("zoe"), (1..=10_000).collect()),
        request::Body::Report(wire::Report { ids: ids.clone(), ..Default::default() }),
        request::Body::GetReceipts(wire::GetReceipts { ids: ids.clone(), ..Default::default() }),
        request::Body::Find(wire::Find { ids: ids.clone() }),
        request::Body::GetProfiles(wire::GetProfiles { users: ids.clone() }),
        request::Body::Invite(wire::Invite { group: "mine".into(), users: ids.clone() }),
        request::Body::Kick(wire::Kick { group: "mine".into(), users: ids.clone() }),
        request::Body::CreateGroup(wire::CreateGroup {
            group: "big".into(),
            kind: 2,
            name: String::new(),
            members: ids.clone(),
        }),
        request::Body::GroupMembers(wire::GroupMembers { group: "mine".into(), users: ids, ..Default::default() }),
        request::Body::ListConversations(wire::ListConversations { conversations, ..Default::default() }),
        request::Body::Send(text_message(c2c("zoe"), "long", &"x".repeat(12 * 1024 + 1))),
    ]);
    let mut refused = 0;
    for body in bodies {
        let asked: String = format!("{body:?}").chars().take(200).collect();
        let long = asked.starts_with("Send") && matches!(&body, request::Body::Send(send) if send.id == "long");
        match mal.ask(body).await {
            frame::Body::Error(error) => {
                refused += 1;
                let expected = if long { 80002 } else { 6017 };
                assert!([expected, 10010, 10062].contains(&error.code), "{asked}: {error:?}");
                assert!(!error.message.is_empty() && error.message.len() < 1000, "{asked}: {}", error.message);
            }
            _ => assert!(!long, "{asked}"),
        }
    }
    assert!(refused > 20, "{refused}");
    // A position that is not there yet: the wait ends.
    let id = 1_000_000;
    let request = wire::Request { id, seen: u64::MAX, body: Some(request::Body::Ping(wire::Ping {})) };
    mal.send_bytes(request.encode_to_vec()).await;
    mal.answer(id).await;
    mal.send(request::Body::Ack(wire::Ack { cursor: u64::MAX })).await;
    assert!(matches!(mal.ask(request::Body::Ping(wire::Ping {})).await, frame::Body::Pong(_)));
    field.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn r24_floods_are_told_to_wait_then_closed() {
    let field = Field::new("").await;
    let mut mal = field.login("mal", "d").await;
    for _ in 0..3000 {
        mal.send(request::Body::Ping(wire::Ping {})).await;
    }
    let (mut told, mut answered) = (0, 0);
    let close = loop {
        match mal.hear().await {
            Heard::Frame(frame) if frame.request == 0 => {}
            Heard::Frame(frame) => match frame.body {
                Some(frame::Body::Error(error)) => {
                    assert!(error.code == 9506 && error.retry_after_ms > 0, "{error:?}");
                    told += 1;
                }
                Some(frame::Body::Pong(_)) => answered += 1,
                other => panic!("{other:?}"),
            },
            Heard::Close(close) => break close,
            Heard::Gone => panic!("no reason"),
        }
    };
    assert_eq!(close.code, 9506);
    assert!(told > 0 && answered > 0 && answered < 3000, "{told} {answered}");

    // More devices of one user than are allowed.
    let sig = token(&field.data, "many");
    let mut devices = Vec::new();
    for n in 0..16 {
        devices.push(Device::login(&field.daemon.url, 1, "many", &format!("d{n}"), &sig).await.0);
    }
    let mut one_more = Device::connect(&field.daemon.url).await;
    let (code, message) = one_more.refused(request::Body::Hello(common::hello(1, "many", "d16", &sig))).await;
    assert!(code == 9506 && message.contains("16"), "{message}");
    drop(devices);
    field.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn r24_who_does_not_read_is_cut_and_others_do_not_feel_it() {
    let field = Field::new("[limits]\nmax_unsent_bytes = 524288\nlag_bytes = 65536\n").await;
    let mut mal = field.login("mal", "d").await;
    for n in 0..60 {
        mal.say(c2c("zoe"), &format!("m{n}"), &"x".repeat(12_000)).await;
    }
    // Asks for a quarter of a megabyte at a time, and reads nothing.
    let started = Instant::now();
    while field.metric("seenby_connections_cut_total").await == 0 {
        for _ in 0..20 {
            let history = wire::History { conversation: Some(c2c("zoe")), count: 100, ..wire::History::default() };
            let sent = tokio::time::timeout(Duration::from_millis(50), mal.send(request::Body::History(history)));
            let _ = sent.await;
        }
        assert!(started.elapsed() < Duration::from_secs(30), "it was never cut");
        tokio::time::sleep(Duration::from_millis(150)).await;
    }
    // What was on its way comes, then the connection is gone.
    while let Heard::Frame(_) | Heard::Close(_) = mal.hear().await {}
    let mut again = field.login("mal", "d").await;
    assert!(matches!(again.ask(request::Body::Ping(wire::Ping {})).await, frame::Body::Pong(_)));
    field.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn r24_who_says_nothing_is_closed_and_broken_http_is_turned_away() {
    let field = Field::new("[limits]\nhello_seconds = 1\nidle_seconds = 10\n").await;
    let authority = field.base().replace("http://", "");
    let mut silent = Vec::new();
    for start in [&b""[..], b"GET /v1/connect HTTP/1.1\r\n", b"GET / HTTP/1.1\r\nHost: x\r\nX-Slow: "] {
        for _ in 0..20 {
            let mut stream = TcpStream::connect(&authority).await.unwrap();
            stream.write_all(start).await.unwrap();
            silent.push(stream);
        }
    }
    for stream in &mut silent {
        let mut rest = Vec::new();
        let ended = tokio::time::timeout(Duration::from_secs(10), stream.read_to_end(&mut rest)).await;
        assert!(ended.is_ok(), "a connection that says nothing stays open");
    }
    // A WebSocket without Hello.
    let mut device = Device::connect(&field.daemon.url).await;
    assert_eq!(device.closed().await.code, 6012);

    let mut dice = Dice(7);
    for _ in 0..50 {
        let mut stream = TcpStream::connect(&authority).await.unwrap();
        let noise: Vec<u8> = (0..2000).map(|_| dice.roll() as u8).collect();
        let _ = stream.write_all(&noise).await;
        let _ = stream.shutdown().await;
        let mut rest = Vec::new();
        let ended = tokio::time::timeout(Duration::from_secs(10), stream.read_to_end(&mut rest)).await;
        assert!(ended.is_ok(), "noise is not waited for");
    }
    let mut stream = TcpStream::connect(&authority).await.unwrap();
    let _ = stream.write_all(format!("GET / HTTP/1.1\r\nX: {}\r\n\r\n", "x".repeat(200_000)).as_bytes()).await;
    let mut rest = Vec::new();
    let _ = tokio::time::timeout(Duration::from_secs(10), stream.read_to_end(&mut rest)).await.unwrap();
    assert!(!rest.starts_with(b"HTTP/1.1 200"), "a header without end");

    // Silent after Hello: closed with a reason.
    let mut mal = field.login("mal", "d").await;
    let close = mal.closed().await;
    assert!(close.reason.contains("10") || close.reason.contains("silent"), "{close:?}");
    field.end().await;
}
