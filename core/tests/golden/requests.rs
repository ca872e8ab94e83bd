//! A request of every kind. Lines are added, never changed.

use super::{content, group, peer};
use seenby_core::wire::{self, Request, request};

fn message_ref() -> Option<wire::MessageRef> {
    Some(wire::MessageRef { seq: 9, id: "m1".into() })
}

pub(crate) fn requests() -> Vec<(&'static str, Request)> {
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
        ("renew token", request(8, request::Body::RenewToken(wire::RenewToken { user_sig: "sig2".into() }))),
        (
            "send custom",
            wire::Request {
                seen: 300,
                ..request(
                    9,
                    request::Body::Send(wire::Send {
                        conversation: peer("bob"),
                        id: "m2".into(),
                        need_receipt: true,
                        online_only: true,
                        exclude_unread: true,
                        exclude_last: true,
                        priority: 3,
                        content: content(),
                    }),
                )
            },
        ),
        (
            "recall",
            request(10, request::Body::Recall(wire::Recall { conversation: peer("bob"), message: message_ref() })),
        ),
        (
            "history",
            request(
                11,
                request::Body::History(wire::History {
                    conversation: group("team"),
                    newer: true,
                    from_seq: 7,
                    count: 20,
                    begin_ms: 1_700_000_000_000,
                    period_ms: 60_000,
                    from_included: true,
                }),
            ),
        ),
        ("find", request(12, request::Body::Find(wire::Find { ids: vec!["m1".into(), "m2".into()] }))),
        (
            "request receipts",
            request(
                13,
                request::Body::RequestReceipts(wire::RequestReceipts {
                    conversation: group("team"),
                    message: message_ref(),
                }),
            ),
        ),
        (
            "get receipts",
            request(
                14,
                request::Body::GetReceipts(wire::GetReceipts {
                    conversation: group("team"),
                    seqs: vec![9, 10],
                    ids: vec!["m1".into()],
                }),
            ),
        ),
        (
            "mark",
            request(
                15,
                request::Body::Mark(wire::Mark {
                    to: vec![wire::MarkTo { conversation: peer("bob"), seq: 9, time_ms: 1_700_000_000_000 }],
                }),
            ),
        ),
        (
            "create group",
            request(
                16,
                request::Body::CreateGroup(wire::CreateGroup {
                    group: "team".into(),
                    kind: 1,
                    name: "The team".into(),
                    members: vec!["bob".into(), "carol".into()],
                }),
            ),
        ),
        ("join group", request(17, request::Body::JoinGroup(wire::JoinGroup { group: "team".into() }))),
        ("quit group", request(18, request::Body::QuitGroup(wire::QuitGroup { group: "team".into() }))),
        (
            "invite",
            request(19, request::Body::Invite(wire::Invite { group: "team".into(), users: vec!["dave".into()] })),
        ),
        ("kick", request(20, request::Body::Kick(wire::Kick { group: "team".into(), users: vec!["dave".into()] }))),
        (
            "set role",
            request(21, request::Body::SetRole(wire::SetRole { group: "team".into(), user: "bob".into(), role: 300 })),
        ),
        ("dismiss group", request(22, request::Body::DismissGroup(wire::DismissGroup { group: "team".into() }))),
        ("list groups", request(23, request::Body::ListGroups(wire::ListGroups {}))),
        (
            "group members",
            request(
                24,
                request::Body::GroupMembers(wire::GroupMembers {
                    group: "team".into(),
                    next_seq: 100,
                    count: 50,
                    users: vec![],
                }),
            ),
        ),
        (
            "group members by name",
            request(
                25,
                request::Body::GroupMembers(wire::GroupMembers {
                    group: "team".into(),
                    users: vec!["bob".into()],
                    ..Default::default()
                }),
            ),
        ),
        (
            "list conversations",
            request(
                26,
                request::Body::ListConversations(wire::ListConversations {
                    conversations: vec![],
                    next_seq: 100,
                    count: 50,
                }),
            ),
        ),
        (
            "list conversations by name",
            request(
                27,
                request::Body::ListConversations(wire::ListConversations {
                    conversations: group("team").into_iter().chain(peer("bob")).collect(),
                    ..Default::default()
                }),
            ),
        ),
        (
            "set profile, the face to nothing",
            request(
                28,
                request::Body::SetProfile(wire::SetProfile {
                    nick_name: Some("Al".into()),
                    face_url: Some(String::new()),
                }),
            ),
        ),
        ("get profiles", request(29, request::Body::GetProfiles(wire::GetProfiles { users: vec!["bob".into()] }))),
        (
            "set receipts",
            request(30, request::Body::SetReceipts(wire::SetReceipts { enabled: true, time_ms: 1_700_000_000_000 })),
        ),
    ]
}
