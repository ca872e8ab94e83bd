//! Golden vectors of the wire: frames as bytes, committed. Whoever writes another implementation can check theirs against
//! `golden/wire.txt`; and a change of the schema that would break released devices fails here.
//!
//! `SEENBY_REGENERATE=1` writes the file anew: only ever to add lines.

use seenby_core::wire::{self, Frame, Request, frame, request};
use std::fmt::Write as _;
use std::path::Path;

fn group(id: &str) -> Option<wire::Conversation> {
    Some(wire::Conversation { of: Some(wire::conversation::Of::Group(id.into())) })
}

fn peer(id: &str) -> Option<wire::Conversation> {
    Some(wire::Conversation { of: Some(wire::conversation::Of::User(id.into())) })
}

fn requests() -> Vec<(&'static str, Request)> {
    let request = |id, body| Request { id, seen: 0, body: Some(body) };
    vec![
        (
            "hello",
            request(
                1,
                request::Body::Hello(wire::Hello {
                    version: 1,
                    app: 1400,
                    user: "alice".into(),
                    user_sig: "sig".into(),
                    device: "d1".into(),
                    cursor: Some(wire::Cursor {
                        epoch: 0x0102_0304_0506_0708,
                        shards: vec![wire::ShardPosition { shard: 0, position: 300 }],
                    }),
                    client: "golden/1".into(),
                    with_readers: true,
                }),
            ),
        ),
        ("ping", request(2, request::Body::Ping(wire::Ping {}))),
        ("ack", request(3, request::Body::Ack(wire::Ack { cursor: 301 }))),
        (
            "send",
            request(
                4,
                request::Body::Send(wire::Send {
                    conversation: group("team"),
                    id: "m1".into(),
                    need_receipt: true,
                    content: Some(wire::Content {
                        elem: Some(wire::content::Elem::Text("群已读回执消息".into())),
                        ..Default::default()
                    }),
                    ..Default::default()
                }),
            ),
        ),
        (
            "report",
            request(
                5,
                request::Body::Report(wire::Report {
                    conversation: peer("bob"),
                    seqs: vec![1, 2, 300],
                    times_ms: vec![1_700_000_000_000, 1_700_000_000_001, 0],
                    ..Default::default()
                }),
            ),
        ),
        (
            "report by id",
            request(6, request::Body::Report(wire::Report { ids: vec!["m1".into()], ..Default::default() })),
        ),
        (
            "read members",
            request(
                7,
                request::Body::ReadMembers(wire::ReadMembers {
                    conversation: group("team"),
                    message: Some(wire::MessageRef { seq: 9, ..Default::default() }),
                    filter: 1,
                    next_seq: 101,
                    count: 100,
                }),
            ),
        ),
    ]
}

fn frames() -> Vec<(&'static str, Frame)> {
    let frame = |request, position, cursor, body| Frame { request, position, cursor, body: Some(body) };
    vec![
        (
            "error",
            frame(
                4,
                0,
                0,
                frame::Body::Error(wire::Error { code: 6017, message: "the count is 0".into(), retry_after_ms: 0 }),
            ),
        ),
        (
            "sent",
            frame(
                4,
                301,
                0,
                frame::Body::Sent(wire::Sent {
                    seq: 9,
                    time_ms: 1_700_000_000_000,
                    need_receipt: true,
                    ..Default::default()
                }),
            ),
        ),
        (
            "reported",
            frame(
                5,
                302,
                0,
                frame::Body::Reported(wire::Reported {
                    outcomes: vec![
                        wire::Outcome::Taken as i32,
                        wire::Outcome::Dropped as i32,
                        wire::Outcome::Unknown as i32,
                    ],
                    ..Default::default()
                }),
            ),
        ),
        (
            "receipts pushed",
            frame(
                0,
                302,
                302,
                frame::Body::Receipts(wire::Receipts {
                    receipts: vec![wire::Receipt {
                        conversation: group("team"),
                        seq: 9,
                        id: "m1".into(),
                        position: 302,
                        read: 2,
                        unread: 3,
                        readers: vec![wire::Reader { user: "bob".into(), time_ms: 1_700_000_000_005 }],
                        ..Default::default()
                    }],
                }),
            ),
        ),
    ]
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[test]
fn golden_vectors_hold() {
    let mut rendered = String::new();
    for (name, request) in requests() {
        let bytes = wire::encode_request(&request).unwrap();
        assert_eq!(wire::decode_request(&bytes).unwrap(), request, "{name}");
        let _ = writeln!(rendered, "request {name}: {}", hex(&bytes));
    }
    for (name, frame) in frames() {
        let bytes = wire::encode_frame(&frame);
        assert_eq!(wire::decode_frame(&bytes).unwrap(), frame, "{name}");
        let _ = writeln!(rendered, "frame {name}: {}", hex(&bytes));
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/wire.txt");
    if std::env::var_os("SEENBY_REGENERATE").is_some() {
        std::fs::write(&path, &rendered).unwrap();
    }
    let committed = std::fs::read_to_string(&path).unwrap().replace("\r\n", "\n");
    assert_eq!(committed, rendered, "a released device would not be understood any more");
}
