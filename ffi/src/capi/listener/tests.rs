//! Every event, as the functions of a listener are told it. Without a client, so that Miri looks at it too.

use super::*;
use parking_lot::Mutex;
use seenby_client::{Body, ConversationId, ConversationInfo, Error, ErrorCode, Message, MessageId, ReaderAt};
use std::ffi::c_void;

type Heard = Mutex<Vec<String>>;

fn user(id: &str) -> UserId {
    UserId::new(id).expect("a user id")
}

fn id(id: &str) -> MessageId {
    MessageId::new(id).expect("a message id")
}

fn string(text: seenby_str_t) -> String {
    // SAFETY: the library's own text, with a NUL byte behind it.
    unsafe { input::text("text", seenby_str_t { len: text.len + 1, ..text }) }
        .expect("it is UTF-8")
        .strip_suffix('\0')
        .expect("a NUL byte is behind it")
        .to_owned()
}

fn hear(data: *mut c_void, what: String) {
    // SAFETY: the test passes one.
    unsafe { &*data.cast::<Heard>() }.lock().push(what);
}

unsafe fn items<'a, T>(list: *const *const T, count: usize) -> Vec<&'a T> {
    // SAFETY: the library's own list.
    (0..count).map(|n| unsafe { &**list.add(n) }).collect()
}

unsafe extern "C-unwind" fn connecting(data: *mut c_void) {
    hear(data, "connecting".into());
}
unsafe extern "C-unwind" fn connected(data: *mut c_void) {
    hear(data, "connected".into());
}
unsafe extern "C-unwind" fn failed(data: *mut c_void, error: *const seenby_error_t) {
    // SAFETY: the library's own.
    let error = unsafe { &*error };
    hear(data, format!("failed {} {} {}", error.code, string(error.message), error.retry_after_ms));
}
unsafe extern "C-unwind" fn kicked(data: *mut c_void) {
    hear(data, "kicked".into());
}
unsafe extern "C-unwind" fn expired(data: *mut c_void) {
    hear(data, "expired".into());
}
unsafe extern "C-unwind" fn message(data: *mut c_void, message: *const seenby_message_t) {
    // SAFETY: the library's own.
    let message = unsafe { &*message };
    let texts = [message.msg_id, message.conversation_id, message.user_id, message.sender, message.text];
    hear(data, format!("message {} receipt {}", texts.map(string).join(" "), !message.receipt.is_null()));
}
fn receipts(data: *mut c_void, what: &str, list: *const *const seenby_receipt_t, count: usize) {
    // SAFETY: the library's own.
    for receipt in unsafe { items(list, count) } {
        let texts = [receipt.msg_id, receipt.conversation_id, receipt.user_id, receipt.group_id].map(string);
        // SAFETY: as above.
        let readers = unsafe { items(receipt.readers, receipt.reader_count) };
        let readers: Vec<_> =
            readers.iter().map(|reader| format!("{}@{}", string(reader.user_id), reader.timestamp_ms)).collect();
        let counts = (receipt.read_count, receipt.unread_count, receipt.is_peer_read, receipt.timestamp_ms);
        hear(data, format!("{what} {texts:?} {counts:?} {readers:?}"));
    }
}
unsafe extern "C-unwind" fn read(data: *mut c_void, list: *const *const seenby_receipt_t, count: usize) {
    receipts(data, "read", list, count);
}
unsafe extern "C-unwind" fn marked(data: *mut c_void, list: *const *const seenby_receipt_t, count: usize) {
    receipts(data, "marked", list, count);
}
unsafe extern "C-unwind" fn sent(
    data: *mut c_void,
    conversation: seenby_str_t,
    ids: *const seenby_str_t,
    count: usize,
) {
    // SAFETY: the library's own.
    let ids: Vec<_> = (0..count).map(|n| string(unsafe { *ids.add(n) })).collect();
    hear(data, format!("sent {} {ids:?}", string(conversation)));
}
unsafe extern "C-unwind" fn revoked(
    data: *mut c_void,
    conversation: seenby_str_t,
    message: seenby_str_t,
    seq: u64,
    operator: seenby_str_t,
) {
    hear(data, format!("revoked {} {} {seq} {}", string(conversation), string(message), string(operator)));
}
unsafe extern "C-unwind" fn conversations(data: *mut c_void, list: *const *const seenby_conversation_t, count: usize) {
    // SAFETY: the library's own.
    for conversation in unsafe { items(list, count) } {
        let last = conversation.last_message.is_null();
        let counts = (conversation.unread_count, conversation.last_seq, conversation.own_read_seq);
        hear(data, format!("conversation {} {counts:?} {last}", string(conversation.conversation_id)));
    }
}
unsafe extern "C-unwind" fn unread(data: *mut c_void, count: u64) {
    hear(data, format!("unread {count}"));
}
unsafe extern "C-unwind" fn group(data: *mut c_void, change: *const seenby_group_change_t) {
    // SAFETY: the library's own.
    let change = unsafe { &*change };
    // SAFETY: as above.
    let members: Vec<_> = (0..change.member_list_count).map(|n| string(unsafe { *change.members.add(n) })).collect();
    let (group, by) = (string(change.group_id), string(change.by));
    hear(data, format!("group {group} {} {} {by:?} {members:?} {}", change.change, change.role, change.member_count));
}
unsafe extern "C-unwind" fn enabled(data: *mut c_void, enabled: bool) {
    hear(data, format!("enabled {enabled}"));
}

fn all(heard: &Heard) -> HostListener {
    let data: *mut c_void = (&raw const *heard).cast_mut().cast();
    let of = seenby_listener_t {
        size: size_of::<seenby_listener_t>() as u32,
        reserved: 0,
        user_data: data,
        destroy: None,
        on_connecting: Some(connecting),
        on_connect_success: Some(connected),
        on_connect_failed: Some(failed),
        on_kicked_offline: Some(kicked),
        on_user_sig_expired: Some(expired),
        on_recv_new_message: Some(message),
        on_recv_message_read_receipts: Some(read),
        on_recv_c2c_read_receipt: Some(marked),
        on_receipts_sent: Some(sent),
        on_recv_message_revoked: Some(revoked),
        on_conversation_changed: Some(conversations),
        on_total_unread_message_count_changed: Some(unread),
        on_group_changed: Some(group),
        on_read_receipts_enabled_changed: Some(enabled),
    };
    // SAFETY: a struct as the header asks for it.
    unsafe { super::read(&raw const of) }.unwrap_or_else(|error| panic!("{error}"))
}

fn receipt(message: Option<&str>, conversation: ConversationId) -> MessageReceipt {
    MessageReceipt {
        message: message.map(id),
        conversation,
        seq: 3,
        is_peer_read: true,
        time_ms: 5,
        read_count: 1,
        unread_count: 2,
        readers: vec![ReaderAt { user: user("carol"), time_ms: 9 }],
        more_readers: false,
        position: 1,
    }
}

/// One of each, and what is to be heard of it.
fn events() -> Vec<(Event, Vec<&'static str>)> {
    let bob = ConversationId::C2c(user("bob"));
    let team = GroupId::new("team").expect("a group id");
    let mut text = Message::new(Body::Text("Grüße".into()));
    (text.id, text.conversation, text.sender) = (Some(id("m1")), Some(bob.clone()), Some(user("bob")));
    text.receipt = Some(receipt(Some("m1"), bob.clone()));
    let info = ConversationInfo {
        id: bob.clone(),
        last_message: Some(text.clone()),
        unread_count: 4,
        own_mark: 2,
        peer_mark: 1,
        peer_mark_ms: 7,
        group: None,
        last_seq: 6,
    };
    let by = || Some(user("alice"));
    let members = || vec![user("bob"), user("carol")];
    let changes = vec![
        GroupChange::Created { by: by() },
        GroupChange::Joined { members: members() },
        GroupChange::Invited { by: by(), members: members() },
        GroupChange::Quit { members: members() },
        GroupChange::Kicked { by: None, members: members() },
        GroupChange::RoleChanged { by: by(), member: user("bob"), role: Role::Admin },
        GroupChange::Dismissed { by: by() },
    ];
    vec![
        (Event::Connecting, vec!["connecting"]),
        (Event::Connected, vec!["connected"]),
        (Event::ConnectFailed(Error::new(ErrorCode::Unreachable, "no such host")), vec!["failed 9512 no such host 0"]),
        (Event::KickedOffline, vec!["kicked"]),
        (Event::UserSigExpired, vec!["expired"]),
        (Event::NewMessage(Box::new(text)), vec!["message m1 c2c_bob bob bob Grüße receipt true"]),
        (
            Event::ReadReceipts(vec![
                receipt(Some("m1"), bob.clone()),
                receipt(Some("m2"), ConversationId::Group(team.clone())),
            ]),
            vec![
                r#"read ["m1", "c2c_bob", "bob", ""] (1, 2, true, 5) ["carol@9"]"#,
                r#"read ["m2", "group_team", "", "team"] (1, 2, true, 5) ["carol@9"]"#,
            ],
        ),
        (
            Event::C2cReadReceipt(vec![receipt(None, bob.clone())]),
            vec![r#"marked ["", "c2c_bob", "bob", ""] (1, 2, true, 5) ["carol@9"]"#],
        ),
        (
            Event::ReceiptsSent { conversation: bob.clone(), messages: vec![(1, id("m1")), (2, id("m2"))] },
            vec![r#"sent c2c_bob ["m1", "m2"]"#],
        ),
        (
            Event::MessageRecalled { conversation: bob, seq: 8, message: id("m1"), operator: "bob".into() },
            vec!["revoked c2c_bob m1 8 bob"],
        ),
        (Event::ConversationsChanged(vec![info]), vec!["conversation c2c_bob (4, 6, 2) false"]),
        (Event::TotalUnreadChanged(11), vec!["unread 11"]),
        (
            Event::GroupChanged { group: team.clone(), changes: Vec::new(), members: 1001 },
            vec![r#"group team 0 0 "" [] 1001"#],
        ),
        (
            Event::GroupChanged { group: team, changes, members: 3 },
            vec![
                r#"group team 1 0 "alice" [] 3"#,
                r#"group team 2 0 "" ["bob", "carol"] 3"#,
                r#"group team 3 0 "alice" ["bob", "carol"] 3"#,
                r#"group team 4 0 "" ["bob", "carol"] 3"#,
                r#"group team 5 0 "" ["bob", "carol"] 3"#,
                r#"group team 6 300 "alice" ["bob"] 3"#,
                r#"group team 7 0 "alice" [] 3"#,
            ],
        ),
        (Event::ReadReceiptsEnabledChanged(false), vec!["enabled false"]),
    ]
}

#[test]
fn every_event_is_told_to_its_function() {
    let heard = Heard::default();
    let listener = all(&heard);
    let (events, expected): (Vec<_>, Vec<_>) = events().into_iter().unzip();
    listener.on_events(&events);
    assert_eq!(*heard.lock(), expected.concat());
}

#[test]
fn one_without_functions_hears_nothing() {
    // SAFETY: all bytes 0 is a value.
    let mut of: seenby_listener_t = unsafe { std::mem::zeroed() };
    of.size = size_of::<seenby_listener_t>() as u32;
    // SAFETY: a struct as the header asks for it.
    let listener = unsafe { super::read(&raw const of) }.unwrap_or_else(|error| panic!("{error}"));
    let events: Vec<_> = events().into_iter().map(|(event, _)| event).collect();
    listener.on_events(&events);
}

#[test]
fn after_it_was_removed_nothing_of_the_batch_is_told() {
    let heard = Heard::default();
    let listener = all(&heard);
    listener.removed.store(true, Ordering::Release);
    let events: Vec<_> = events().into_iter().map(|(event, _)| event).collect();
    listener.on_events(&events);
    assert!(heard.lock().is_empty());
}
