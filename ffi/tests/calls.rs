//! The calls of the C interface, as a C program makes them: a whole conversation, and everything that can be wrong with what is
//! passed. Every callback and every destructor comes exactly once, which each `host::Call` checks.
#![allow(clippy::unwrap_used)] // in helpers of tests

#[path = "calls/bad_input.rs"]
mod bad_input;
#[path = "calls/host.rs"]
mod host;

use host::*;
use seenby::capi::conversations::*;
use seenby::capi::groups::*;
use seenby::capi::marks::*;
use seenby::capi::messages::*;
use seenby::capi::people::*;
use seenby::capi::receipts::*;
use seenby::capi::types::*;
use serde_json::{Value, json};
use std::ffi::c_void;
use std::ptr;

fn hello() -> seenby_outgoing_message_t {
    seenby_outgoing_message_t { body: SEENBY_BODY_TEXT, text: s("hello"), need_read_receipt: 1, ..begun() }
}

/// Sends one, and gives its id.
fn send(client: &Client, receiver: seenby_str_t, group: seenby_str_t) -> String {
    let sent = ended(|data| {
        let out = ptr::null_mut();
        c!(seenby_send_message(client.0, &hello(), receiver, group, out, data, Some(on_message), Some(destroy)));
    });
    sent.ok()["id"].as_str().unwrap().to_owned()
}

fn report(client: &Client, messages: &[seenby_message_ref_t]) -> Answer {
    ended(|data| {
        let (list, count) = (messages.as_ptr(), messages.len());
        c!(seenby_send_message_read_receipts(client.0, list, count, data, Some(on_done), Some(destroy)));
    })
}

fn receipts(client: &Client, messages: &[seenby_message_ref_t]) -> Value {
    let got = ended(|data| {
        let (list, count) = (messages.as_ptr(), messages.len());
        c!(seenby_get_message_read_receipts(client.0, list, count, data, Some(on_receipts), Some(destroy)));
    });
    got.ok()
}

/// A report may be durable on the device before the service has counted it (R16): asks again until it is so.
fn until<T>(what: &str, mut ask: impl FnMut() -> Option<T>) -> T {
    for _ in 0..3000 {
        if let Some(answer) = ask() {
            return answer;
        }
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
    panic!("it did not come to this: {what}");
}

#[test]
fn a_conversation_of_two() {
    let (alice, bob) = (Client::new("two").login("alice"), Client::new("two").login("bob"));

    // The message is there at once, with its id; then as the service took it.
    let mut out = ptr::null_mut();
    let sent = ended(|data| {
        let custom = seenby_outgoing_message_t {
            body: SEENBY_BODY_CUSTOM,
            data: seenby_bytes_t { data: b"\0\x01".as_ptr(), len: 2 },
            description: s("what"),
            cloud_custom_data: seenby_bytes_t { data: b"cloud".as_ptr(), len: 5 },
            priority: SEENBY_PRIORITY_HIGH,
            ..hello()
        };
        let callback = Some(on_message as unsafe extern "C-unwind" fn(_, _, _));
        c!(seenby_send_message(alice.0, &custom, s("bob"), UNSET, &mut out, data, callback, Some(destroy)));
    })
    .ok();
    let id = sent["id"].as_str().unwrap().to_owned();
    let expected = json!({
        "id": id, "conversation": "c2c_bob", "user": "bob", "group": "", "sender": "alice", "seq": 1, "status": 2,
        "body": 2, "text": "", "description": "what", "isSelf": true, "needReadReceipt": true,
        "hasSentReceipt": false, "priority": 1, "data": 2, "cloud": 5, "nickName": "", "receipt": null,
    });
    assert_eq!(sent, expected);
    // SAFETY: it belongs to this program.
    let first = show(unsafe { &*out });
    assert_eq!(
        (&first["id"], &first["seq"], &first["status"]),
        (&sent["id"], &json!(0), &json!(SEENBY_MESSAGE_SENDING))
    );

    // A reference made of it is as good as it.
    let mut reference = begun::<seenby_message_ref_t>();
    assert_eq!(c!(seenby_message_ref_of(out, &mut reference)), SEENBY_OK);
    assert_eq!((reference.is_self, reference.need_read_receipt, text(reference.msg_id)), (1, 1, id.clone()));
    let before = receipts(&alice, &[reference]);
    assert_eq!(before[0]["isPeerRead"], false);

    // Bob finds it in his history, and reads it.
    let query = seenby_history_query_t { count: 10, user_id: s("alice"), ..begun() };
    let page = ended(|data| {
        c!(seenby_get_history_message_list(bob.0, &query, data, Some(on_messages), Some(destroy)));
    })
    .ok();
    assert_eq!((&page["messages"][0]["id"], &page["isFinished"]), (&json!(id), &json!(true)));
    assert_eq!(page["messages"][0]["user"], "alice");
    report(&bob, &[host::reference("c2c_alice", &id)]).ok();
    let after = until("bob has read it", || {
        Some(receipts(&alice, &[reference])).filter(|receipts| receipts[0]["isPeerRead"] == true)
    });
    assert_eq!(
        after,
        json!([{
            "id": id, "conversation": "c2c_bob", "user": "bob", "group": "", "isPeerRead": true, "read": 0, "unread": 0,
        }])
    );
    let cached = ended(|data| {
        c!(seenby_cached_receipts(
            alice.0,
            [s("nobody's"), s(&id)].as_ptr(),
            2,
            data,
            Some(on_receipts),
            Some(destroy)
        ));
    });
    assert_eq!(cached.ok(), after, "what is not known is left out");
    assert_eq!(c!(seenby_message_free(out)), SEENBY_OK);

    // Pages begin beside a message; conversations know what is unread; marks make it none.
    let last = host::reference("c2c_alice", &id);
    let query = seenby_history_query_t { newer: 1, last_msg: &last, ..query };
    let newer = ended(|data| {
        c!(seenby_get_history_message_list(bob.0, &query, data, Some(on_messages), Some(destroy)));
    });
    assert_eq!(newer.ok(), json!({"messages": [], "isFinished": true}));
    let list = ended(|data| {
        c!(seenby_get_conversation_list(bob.0, 0, 100, data, Some(on_conversations), Some(destroy)));
    })
    .ok();
    assert_eq!(
        (&list["conversations"][0]["id"], &list["next"], &list["isFinished"]),
        (&json!("c2c_alice"), &json!(0), &json!(true))
    );
    assert_eq!(list["conversations"][0]["unread"], 1, "receipts are no marks (R14)");
    type Mark = fn(*mut seenby_client_t, *mut c_void) -> seenby_call_t;
    let marks: [Mark; 3] = [
        |client, data| c!(seenby_mark_c2c_message_as_read(client, s("alice"), data, Some(on_done), Some(destroy))),
        |client, data| c!(seenby_mark_all_message_as_read(client, data, Some(on_done), Some(destroy))),
        |client, data| {
            let of = s("c2c");
            c!(seenby_clean_conversation_unread_message_count(client, of, 0, 0, data, Some(on_done), Some(destroy)))
        },
    ];
    for mark in marks {
        ended(|data| assert_ne!(mark(bob.0, data), 0)).ok();
    }
    let one = ended(|data| {
        c!(seenby_get_conversation(bob.0, s("c2c_alice"), data, Some(on_conversation), Some(destroy)));
    });
    assert_eq!(one.ok()["unread"], 0);
    let unread = ended(|data| {
        c!(seenby_get_total_unread_message_count(bob.0, data, Some(on_count), Some(destroy)));
    });
    assert_eq!(unread.ok(), 0);

    // Taken back, it is no message any more.
    ended(|data| {
        c!(seenby_revoke_message(alice.0, &host::reference("c2c_bob", &id), data, Some(on_done), Some(destroy)));
    })
    .ok();
    let found = ended(|data| {
        c!(seenby_find_messages(alice.0, [s(&id)].as_ptr(), 1, data, Some(on_messages), Some(destroy)));
    });
    assert_eq!(found.ok()["messages"][0]["status"], SEENBY_MESSAGE_LOCAL_REVOKED);
}

#[test]
fn a_group() {
    let people = ["alice", "bob", "carol"];
    let [alice, bob, carol] = people.map(|user| Client::new("group").login(user));
    let group = ended(|data| {
        let members = [s("bob")];
        let (kind, name) = (s("Work"), s("Lunch"));
        c!(seenby_create_group(alice.0, kind, UNSET, name, members.as_ptr(), 1, data, Some(on_text), Some(destroy)));
    })
    .ok();
    let group = group.as_str().unwrap().to_owned();
    let g = || s(&group);
    let invited = ended(|data| {
        let users = [s("carol"), s("bob")];
        c!(seenby_invite_user_to_group(alice.0, g(), users.as_ptr(), 2, data, Some(on_member_results), Some(destroy)));
    });
    assert_eq!(invited.ok(), json!([["carol", SEENBY_MEMBER_DONE], ["bob", SEENBY_MEMBER_ALREADY]]));
    let joined = ended(|data| {
        c!(seenby_get_joined_group_list(alice.0, data, Some(on_groups), Some(destroy)));
    });
    let expected = json!([{"id": group, "type": "Work", "name": "Lunch", "owner": "alice", "count": 3, "role": 400}]);
    assert_eq!(joined.ok(), expected);

    let id = send(&alice, UNSET, g());
    let written = format!("group_{group}");
    report(&bob, &[reference(&written, &id)]).ok();
    let got = until("bob has read it", || {
        Some(receipts(&alice, &[reference(&written, &id)])).filter(|receipts| receipts[0]["read"] == 1)
    });
    assert_eq!((&got[0]["read"], &got[0]["unread"], &got[0]["group"]), (&json!(1), &json!(1), &json!(group)));
    for (filter, who) in
        [(SEENBY_FILTER_READ, json!([["bob", true]])), (SEENBY_FILTER_UNREAD, json!([["carol", false]]))]
    {
        let page = ended(|data| {
            let (message, callback) =
                (reference(&written, &id), Some(on_read_members as unsafe extern "C-unwind" fn(_, _, _, _, _, _)));
            c!(seenby_get_group_message_read_member_list(
                alice.0,
                &message,
                filter,
                0,
                100,
                data,
                callback,
                Some(destroy)
            ));
        });
        assert_eq!(page.ok(), json!({"members": who, "next": 0, "isFinished": true}));
    }
    ended(|data| {
        c!(seenby_mark_group_message_as_read(carol.0, g(), data, Some(on_done), Some(destroy)));
    })
    .ok();

    ended(|data| {
        let role = SEENBY_ROLE_ADMIN;
        c!(seenby_set_group_member_role(alice.0, g(), s("bob"), role, data, Some(on_done), Some(destroy)));
    })
    .ok();
    let first = ended(|data| {
        c!(seenby_get_group_member_list(alice.0, g(), 0, 2, data, Some(on_group_members), Some(destroy)));
    })
    .ok();
    assert_eq!(first["members"], json!([["alice", 400], ["bob", 300]]));
    let rest = ended(|data| {
        let next = first["next"].as_u64().unwrap();
        c!(seenby_get_group_member_list(alice.0, g(), next, 2, data, Some(on_group_members), Some(destroy)));
    });
    assert_eq!(rest.ok(), json!({"members": [["carol", 200]], "next": 0}));
    let info = ended(|data| {
        let users = [s("carol"), s("nobody")];
        c!(seenby_get_group_members_info(alice.0, g(), users.as_ptr(), 2, data, Some(on_group_members), Some(destroy)));
    });
    assert_eq!(info.ok()["members"], json!([["carol", 200]]));
    let kicked = ended(|data| {
        c!(seenby_kick_group_member(
            bob.0,
            g(),
            [s("carol")].as_ptr(),
            1,
            data,
            Some(on_member_results),
            Some(destroy)
        ));
    });
    assert_eq!(kicked.ok(), json!([["carol", SEENBY_MEMBER_DONE]]));
    let join = ended(|data| {
        c!(seenby_join_group(carol.0, g(), data, Some(on_done), Some(destroy)));
    });
    assert_eq!(join.code, SEENBY_ERR_PERMISSION_DENIED, "members invite");
    ended(|data| {
        c!(seenby_quit_group(bob.0, g(), data, Some(on_done), Some(destroy)));
    })
    .ok();
    ended(|data| {
        c!(seenby_dismiss_group(alice.0, g(), data, Some(on_done), Some(destroy)));
    })
    .ok();
}

#[test]
fn people_and_the_switch() {
    let (alice, bob) = (Client::new("people").login("alice"), Client::new("people").login("bob"));
    let set = |nick: Option<&str>, face: Option<&str>| {
        let (nick, face) = (nick.map(s), face.map(s));
        let pointer = |text: &Option<seenby_str_t>| text.as_ref().map_or(ptr::null(), ptr::from_ref);
        ended(|data| {
            c!(seenby_set_self_info(alice.0, pointer(&nick), pointer(&face), data, Some(on_done), Some(destroy)));
        })
    };
    set(Some("Ali"), Some("https://a.example/face")).ok();
    // NULL leaves it, an empty text clears it.
    set(Some(""), None).ok();
    let profiles = ended(|data| {
        c!(seenby_get_users_info(bob.0, [s("alice")].as_ptr(), 1, data, Some(on_profiles), Some(destroy)));
    });
    assert_eq!(profiles.ok(), json!([["alice", "", "https://a.example/face"]]));
    let neither = set(None, None);
    assert_eq!(neither.code, SEENBY_ERR_INVALID_PARAMETERS);
    assert!(neither.sentence.contains("neither"), "{}", neither.sentence);

    let id = send(&alice, s("bob"), UNSET);
    let switch = |enabled| {
        ended(|data| {
            c!(seenby_set_read_receipts_enabled(bob.0, enabled, data, Some(on_done), Some(destroy)));
        })
        .ok();
        report(&bob, &[reference("c2c_alice", &id)]).ok();
    };
    let is_read = || receipts(&alice, &[reference("c2c_bob", &id)])[0]["isPeerRead"] == true;
    switch(0);
    assert!(!is_read(), "R15");
    // Of two switches in one millisecond, off wins: on is said again.
    until("the receipt counts again", || {
        switch(1);
        is_read().then_some(())
    });
}

#[test]
fn messages_are_kept_and_freed() {
    let alice = Client::new("kept").login("alice");
    let kept = ended(|data| {
        let out = ptr::null_mut();
        c!(seenby_send_message(alice.0, &hello(), s("bob"), UNSET, out, data, Some(on_message_keep), Some(destroy)));
    });
    let kept = ptr::with_exposed_provenance_mut::<seenby_message_t>(kept.ok().as_u64().unwrap() as usize);
    let mut copy = ptr::null_mut();
    assert_eq!(c!(seenby_message_clone(kept, &mut copy)), SEENBY_OK);
    // SAFETY: both belong to this program.
    let (one, two) = unsafe { (show(&*kept), show(&*copy)) };
    assert_eq!((&one, &one["text"], &one["status"]), (&two, &json!("hello"), &json!(SEENBY_MESSAGE_SEND_SUCC)));
    // They do not depend on each other, nor on their client.
    drop(alice);
    assert_eq!(c!(seenby_message_free(kept)), SEENBY_OK);
    // SAFETY: this one belongs to this program still.
    assert_eq!(show(unsafe { &*copy }), two);
    assert_eq!(c!(seenby_message_free(copy)), SEENBY_OK);
    assert_eq!(c!(seenby_message_free(copy)), SEENBY_ERR_CLOSED);
    assert_eq!(c!(seenby_message_free(ptr::null_mut())), SEENBY_ERR_CLOSED);
    assert_eq!(c!(seenby_message_free(ptr::without_provenance_mut(4711))), SEENBY_ERR_CLOSED);
}

#[test]
fn a_message_that_failed_is_sent_again_with_its_id() {
    let alice = Client::new("again").login("alice");
    let id = send(&alice, s("bob"), UNSET);
    let again = ended(|data| {
        let message = seenby_outgoing_message_t { msg_id: s(&id), ..hello() };
        c!(seenby_send_message(
            alice.0,
            &message,
            s("bob"),
            UNSET,
            ptr::null_mut(),
            data,
            Some(on_message),
            Some(destroy)
        ));
    })
    .ok();
    assert_eq!((&again["id"], &again["seq"]), (&json!(id), &json!(1)), "it is stored once (R16)");
}

#[test]
fn receipts_are_left_on_the_disk() {
    let folder = tempfile::tempdir().unwrap();
    let data_dir = folder.path().to_str().unwrap();
    let server = format!("embedded:file/{data_dir}/service");
    let target =
        seenby_spool_target_t { app: 1, server: s(&server), data_dir: s(data_dir), user_id: s("bob"), ..begun() };
    let message = reference("c2c_alice", "m1");
    assert_eq!(c!(seenby_enqueue_receipts(&target, &message, 1)), SEENBY_OK);
    assert!(std::fs::read_dir(folder.path()).unwrap().count() > 0, "something is there");
}

#[test]
fn what_is_drawn() {
    let mine = seenby_draw_query_t { is_self: 1, need_read_receipt: 1, status: SEENBY_MESSAGE_SEND_SUCC, ..begun() };
    let known = seenby_draw_query_t { has_receipt: 1, ..mine };
    let group = |read_count, unread_count| seenby_draw_query_t { is_group: 1, read_count, unread_count, ..known };
    let cases = [
        (seenby_draw_query_t { status: SEENBY_MESSAGE_SENDING, ..mine }, (SEENBY_DRAW_SENDING, 0, 0)),
        (seenby_draw_query_t { status: SEENBY_MESSAGE_SEND_FAIL, ..mine }, (SEENBY_DRAW_FAILED, 0, 0)),
        (seenby_draw_query_t { status: SEENBY_MESSAGE_HAS_DELETED, ..mine }, (SEENBY_DRAW_UNAVAILABLE, 0, 0)),
        (seenby_draw_query_t { is_self: 0, ..known }, (SEENBY_DRAW_UNAVAILABLE, 0, 0)),
        (mine, (SEENBY_DRAW_SENT, 0, 0)),
        (known, (SEENBY_DRAW_SENT, 0, 0)),
        (seenby_draw_query_t { is_peer_read: 1, ..known }, (SEENBY_DRAW_READ_BY_PEER, 0, 0)),
        (group(0, 3), (SEENBY_DRAW_SENT, 0, 0)),
        (group(1, 2), (SEENBY_DRAW_READ_BY, 1, 3)),
        (group(3, 0), (SEENBY_DRAW_ALL_READ, 0, 0)),
        (group(u32::MAX, u32::MAX), (SEENBY_DRAW_READ_BY, u32::MAX, u32::MAX)),
    ];
    for (i, (query, expected)) in cases.iter().enumerate() {
        let mut state = seenby_draw_state_t { state: -9, read: 9, of: 9 };
        assert_eq!(c!(seenby_draw_state(query, &mut state)), SEENBY_OK);
        assert_eq!((state.state, state.read, state.of), *expected, "case {i}");
    }
}
