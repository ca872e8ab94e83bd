//! A frame of every kind. Lines are added, never changed.

use super::{content, group, peer};
use seenby_core::wire::{self, Frame, frame};

pub(crate) fn frames() -> Vec<(&'static str, Frame)> {
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
        ("done", frame(10, 303, 0, frame::Body::Done(wire::Done {}))),
        ("pong", frame(2, 0, 0, frame::Body::Pong(wire::Pong { server_time_ms: 1_700_000_000_000 }))),
        (
            "welcome",
            frame(
                1,
                300,
                0,
                frame::Body::Welcome(wire::Welcome {
                    version: 1,
                    service: "s1".into(),
                    epoch: 0x0102_0304_0506_0708,
                    server_time_ms: 1_700_000_000_000,
                    settings: Some(settings()),
                    profile: Some(profile()),
                    max_request_bytes: 65_536,
                    idle_after_ms: 120_000,
                    server: "golden/1".into(),
                    cursor_kept: true,
                }),
            ),
        ),
        (
            "close",
            frame(
                0,
                0,
                0,
                frame::Body::Close(wire::Close {
                    code: 6208,
                    reason: "elsewhere".into(),
                    retry_after_ms: 1000,
                    kicked: true,
                }),
            ),
        ),
        (
            "error, too often",
            frame(4, 0, 0, frame::Body::Error(wire::Error { code: 9506, message: "wait".into(), retry_after_ms: 250 })),
        ),
        (
            "sent, without receipts",
            frame(
                9,
                304,
                0,
                frame::Body::Sent(wire::Sent {
                    seq: 10,
                    time_ms: 1_700_000_000_000,
                    need_receipt: false,
                    downgrade: wire::Downgrade::GroupSize as i32,
                }),
            ),
        ),
        (
            "messages",
            frame(
                11,
                304,
                0,
                frame::Body::Messages(wire::Messages { messages: vec![message(), recalled_message()], finished: true }),
            ),
        ),
        (
            "reported, the switch is off",
            frame(
                5,
                304,
                0,
                frame::Body::Reported(wire::Reported {
                    outcomes: vec![wire::Outcome::Dropped as i32],
                    receipts_off: true,
                }),
            ),
        ),
        (
            "receipts of a pair",
            frame(14, 305, 0, frame::Body::Receipts(wire::Receipts { receipts: vec![pair_receipt()] })),
        ),
        (
            "member page",
            frame(
                7,
                305,
                0,
                frame::Body::MemberPage(wire::MemberPage { members: vec![member()], next_seq: 101, finished: false }),
            ),
        ),
        ("marked", frame(15, 306, 0, frame::Body::Marked(wire::Marked { states: vec![state()] }))),
        ("group created", frame(16, 307, 0, frame::Body::GroupCreated(wire::GroupCreated { group: "team".into() }))),
        (
            "member results",
            frame(
                19,
                308,
                0,
                frame::Body::MemberResults(wire::MemberResults {
                    results: vec![wire::MemberResult { user: "dave".into(), result: 2 }],
                }),
            ),
        ),
        ("groups", frame(23, 308, 0, frame::Body::Groups(wire::Groups { groups: vec![info()], more: true }))),
        (
            "conversations",
            frame(
                26,
                308,
                0,
                frame::Body::Conversations(wire::Conversations {
                    conversations: vec![state()],
                    next_seq: 150,
                    finished: true,
                    total_unread: 3,
                }),
            ),
        ),
        ("profiles", frame(29, 308, 0, frame::Body::Profiles(wire::Profiles { profiles: vec![profile()] }))),
        (
            "sync",
            frame(
                0,
                309,
                309,
                frame::Body::Sync(wire::Sync {
                    messages: vec![message()],
                    receipts: vec![pair_receipt()],
                    peer_marks: vec![peer_mark()],
                    states: vec![state()],
                    recalled: vec![recalled()],
                    group_changes: vec![group_changes()],
                    own_receipts: vec![own_receipts()],
                    more: true,
                    total_unread: 3,
                }),
            ),
        ),
        ("peer marks", frame(0, 310, 310, frame::Body::PeerMarks(wire::PeerMarks { marks: vec![peer_mark()] }))),
        ("own receipts", frame(0, 311, 311, frame::Body::OwnReceipts(own_receipts()))),
        ("own marks", frame(0, 312, 312, frame::Body::OwnMarks(wire::OwnMarks { states: vec![state()] }))),
        ("group changes", frame(0, 313, 313, frame::Body::GroupChanges(group_changes()))),
        ("recalled", frame(0, 314, 314, frame::Body::Recalled(recalled()))),
        ("settings", frame(0, 315, 315, frame::Body::Settings(settings()))),
    ]
}

fn settings() -> wire::Settings {
    wire::Settings {
        receipts_enabled: true,
        switched_ms: 1_700_000_000_000,
        switch_forbidden: true,
        sees_while_off: false,
    }
}

fn profile() -> wire::Profile {
    wire::Profile { user: "bob".into(), nick_name: "Bobby".into(), face_url: "https://f.example/b".into() }
}

fn message() -> wire::Message {
    wire::Message {
        conversation: group("team"),
        id: "m1".into(),
        seq: 9,
        position: 301,
        sender: "bob".into(),
        time_ms: 1_700_000_000_000,
        need_receipt: true,
        receipt_sent: true,
        online_only: true,
        exclude_unread: true,
        exclude_last: true,
        priority: 2,
        content: content(),
        nick_name: "Bobby".into(),
        face_url: "https://f.example/b".into(),
        receipt: Some(wire::Receipt {
            seq: 9,
            position: 302,
            read: 2,
            unread: 3,
            more_readers: true,
            ..Default::default()
        }),
        recalled: false,
    }
}

fn recalled_message() -> wire::Message {
    wire::Message {
        conversation: peer("bob"),
        id: "m3".into(),
        seq: 3,
        position: 299,
        sender: "bob".into(),
        recalled: true,
        ..Default::default()
    }
}

fn pair_receipt() -> wire::Receipt {
    wire::Receipt {
        conversation: peer("bob"),
        seq: 4,
        id: "m4".into(),
        position: 305,
        peer_read: true,
        time_ms: 1_700_000_000_005,
        ..Default::default()
    }
}

fn member() -> wire::Member {
    wire::Member {
        user: "bob".into(),
        nick_name: "Bobby".into(),
        face_url: "https://f.example/b".into(),
        time_ms: 1_700_000_000_005,
        role: 200,
    }
}

fn info() -> wire::Group {
    wire::Group {
        group: "team".into(),
        kind: 1,
        name: "The team".into(),
        owner: "alice".into(),
        members: 3,
        role: 400,
        created_ms: 1_700_000_000_000,
    }
}

fn state() -> wire::ConversationState {
    wire::ConversationState {
        conversation: group("team"),
        last_seq: 10,
        last_message: Some(message()),
        unread: 3,
        own_mark: 7,
        peer_mark: 8,
        peer_mark_ms: 1_700_000_000_006,
        group: Some(info()),
        position: 306,
        left: true,
    }
}

fn peer_mark() -> wire::PeerMark {
    wire::PeerMark { user: "bob".into(), seq: 8, time_ms: 1_700_000_000_006 }
}

fn recalled() -> wire::Recalled {
    wire::Recalled { conversation: group("team"), seqs: vec![9], ids: vec!["m1".into()], operator: "alice".into() }
}

fn own_receipts() -> wire::OwnReceipts {
    wire::OwnReceipts { conversation: group("team"), seqs: vec![9, 10], ids: vec!["m1".into(), "m2".into()] }
}

fn group_changes() -> wire::GroupChanges {
    wire::GroupChanges {
        group: "team".into(),
        changes: vec![wire::GroupChange {
            kind: wire::GroupChangeKind::GroupChangeKicked as i32,
            operator: "alice".into(),
            members: vec![member()],
        }],
        members: 3,
        info: Some(info()),
    }
}
