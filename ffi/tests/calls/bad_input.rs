//! What is wrong is refused with its number and a sentence that names it, by the callback, once; results are not written.

use super::host::*;
use super::{hello, on_conversation};
use seenby::capi::client::seenby_client_free;
use seenby::capi::conversations::*;
use seenby::capi::groups::*;
use seenby::capi::layers::seenby_uses_data_folder;
use seenby::capi::library::seenby_last_error;
use seenby::capi::marks::*;
use seenby::capi::messages::*;
use seenby::capi::people::*;
use seenby::capi::receipts::*;
use seenby::capi::types::*;
use std::ffi::c_void;
use std::ptr;

type Begin<'a> = &'a dyn Fn(*mut seenby_client_t, *mut c_void) -> seenby_call_t;

/// Each is refused with 6017, and its sentence has these words.
#[track_caller]
fn refused(client: &Client, cases: &[(&str, Begin<'_>)]) {
    for (i, (words, begin)) in cases.iter().enumerate() {
        let answer = ended(|data| {
            begin(client.0, data);
        });
        assert_eq!(answer.code, SEENBY_ERR_INVALID_PARAMETERS, "case {i}, {words}: {}", answer.sentence);
        assert!(answer.sentence.contains(words), "case {i}: {:?} does not have {words:?}", answer.sentence);
    }
}

fn send(
    message: *const seenby_outgoing_message_t,
    to: seenby_str_t,
    group: seenby_str_t,
) -> impl Fn(*mut seenby_client_t, *mut c_void) -> seenby_call_t {
    move |client, data| {
        let mut out = ptr::without_provenance_mut(8);
        let call = c!(seenby_send_message(client, message, to, group, &mut out, data, Some(on_message), Some(destroy)));
        // NULL, or a message: it failed if it has no id.
        if !out.is_null() {
            // SAFETY: it belongs to this program.
            let message = unsafe { &*out };
            let failed = message.status == SEENBY_MESSAGE_SEND_FAIL;
            assert_eq!((failed, message.status), (message.msg_id.len == 0, message.status));
            assert_eq!(c!(seenby_message_free(out)), SEENBY_OK);
        }
        call
    }
}

#[test]
fn messages_to_send() {
    let client = Client::new("bad-messages").login("alice");
    let ok = hello();
    let with = |change: fn(&mut seenby_outgoing_message_t)| {
        let mut message = hello();
        change(&mut message);
        message
    };
    let small = with(|message| message.size -= 1);
    let none = with(|message| message.size = 0);
    let giant = with(|message| message.size = u32::MAX);
    let body = with(|message| message.body = 7);
    let priority = with(|message| message.priority = -1);
    let flag = with(|message| message.need_read_receipt = 2);
    let says_nothing = with(|message| message.body = SEENBY_BODY_NONE);
    let no_utf8 = with(|message| message.text = BROKEN);
    let huge = with(|message| message.text = HUGE);
    let nowhere = with(|message| message.text = NOWHERE);
    let id = with(|message| message.msg_id = s("line\nbreak"));
    let bob = s("bob");
    let empty = with(|message| message.text = UNSET);
    refused(
        &client,
        &[
            ("NULL", &send(ptr::null(), bob, UNSET)),
            ("sizeof", &send(&small, bob, UNSET)),
            ("is 0", &send(&none, bob, UNSET)),
            ("4294967295", &send(&giant, bob, UNSET)),
            ("body is 7", &send(&body, bob, UNSET)),
            ("priority is -1", &send(&priority, bob, UNSET)),
            ("need_read_receipt is 2", &send(&flag, bob, UNSET)),
            ("says nothing", &send(&says_nothing, bob, UNSET)),
            ("nothing", &send(&empty, bob, UNSET)),
            ("not UTF-8", &send(&no_utf8, bob, UNSET)),
            ("length of 18446744073709551615", &send(&huge, bob, UNSET)),
            ("NULL, with a length of 3", &send(&nowhere, bob, UNSET)),
            ("control character", &send(&id, bob, UNSET)),
            ("neither", &send(&ok, UNSET, UNSET)),
            ("both", &send(&ok, bob, s("g"))),
            ("receiver is not UTF-8", &send(&ok, BROKEN, UNSET)),
            ("group id has a length", &send(&ok, UNSET, HUGE)),
        ],
    );
    // Of a newer header: more bytes are fine while they are 0.
    #[repr(C)]
    struct Newer(seenby_outgoing_message_t, u64);
    let larger = |more| {
        let size = size_of::<Newer>() as u32;
        Newer(seenby_outgoing_message_t { size, ..hello() }, more)
    };
    let (old_use, new_use) = (larger(0), larger(1 << 40));
    let sent = ended(|data| {
        send((&raw const old_use).cast(), bob, UNSET)(client.0, data);
    });
    assert_eq!(sent.code, SEENBY_OK);
    refused(&client, &[("newer library", &send((&raw const new_use).cast(), bob, UNSET))]);

    let long = "x".repeat(12 * 1024 + 1);
    let long = seenby_outgoing_message_t { text: s(&long), ..hello() };
    let answer = ended(|data| {
        send(&long, bob, UNSET)(client.0, data);
    });
    assert_eq!(answer.code, SEENBY_ERR_BODY_TOO_LONG);
}

#[test]
fn references_and_lists_of_them() {
    let client = Client::new("bad-lists").login("alice");
    let one = reference("c2c_bob", "m1");
    let with = |change: fn(&mut seenby_message_ref_t)| {
        let mut message = reference("c2c_bob", "m2");
        change(&mut message);
        [one, message]
    };
    let report = |list: *const seenby_message_ref_t, count| {
        move |client: *mut seenby_client_t, data: *mut c_void| {
            c!(seenby_send_message_read_receipts(client, list, count, data, Some(on_done), Some(destroy)))
        }
    };
    let sizes = with(|message| message.size += 8);
    let small = with(|message| message.size = 4);
    let is_self = with(|message| message.is_self = 2);
    let need = with(|message| message.need_read_receipt = -2);
    let reserved = with(|message| message.reserved = 1);
    let other = with(|message| message.conversation_id = s("c2c_carol"));
    let place = with(|message| message.conversation_id = s("bob"));
    let no_utf8 = with(|message| message.msg_id = BROKEN);
    let sender = with(|message| message.sender = HUGE);
    let misaligned = one_byte_on(&one);
    refused(
        &client,
        &[
            ("empty", &report(ptr::null(), 0)),
            ("empty", &report(&one, 0)),
            ("NULL, with a count of 3", &report(ptr::null(), 3)),
            ("count of 18446744073709551615", &report(&one, usize::MAX)),
            ("not aligned", &report(misaligned, 1)),
            ("message 1 of the list has the size", &report(sizes.as_ptr(), 2)),
            ("message 1 of the list has the size 4", &report(small.as_ptr(), 2)),
            ("sizeof", &report(small[1..].as_ptr(), 1)),
            ("is_self is 2", &report(is_self.as_ptr(), 2)),
            ("need_read_receipt is -2", &report(need.as_ptr(), 2)),
            ("reserved", &report(reserved.as_ptr(), 2)),
            ("c2c_carol", &report(other.as_ptr(), 2)),
            ("neither c2c_", &report(place.as_ptr(), 2)),
            ("not UTF-8", &report(no_utf8.as_ptr(), 2)),
            ("sender has a length", &report(sender.as_ptr(), 2)),
            ("NULL", &|client, data| {
                c!(seenby_get_message_read_receipts(client, ptr::null(), 1, data, Some(on_receipts), Some(destroy)))
            }),
            ("NULL", &|client, data| {
                c!(seenby_revoke_message(client, ptr::null(), data, Some(on_done), Some(destroy)))
            }),
            ("never sent", &|client, data| {
                let message = begun();
                c!(seenby_revoke_message(client, &message, data, Some(on_done), Some(destroy)))
            }),
            ("message ids is NULL", &|client, data| {
                c!(seenby_find_messages(client, ptr::null(), 1, data, Some(on_messages), Some(destroy)))
            }),
            ("empty", &|client, data| {
                c!(seenby_find_messages(client, ptr::null(), 0, data, Some(on_messages), Some(destroy)))
            }),
            ("not UTF-8", &|client, data| {
                let ids = [s("m1"), BROKEN];
                c!(seenby_cached_receipts(client, ids.as_ptr(), 2, data, Some(on_receipts), Some(destroy)))
            }),
            ("message id is empty", &|client, data| {
                let ids = [UNSET];
                c!(seenby_cached_receipts(client, ids.as_ptr(), 1, data, Some(on_receipts), Some(destroy)))
            }),
        ],
    );
}

fn one_byte_on<T>(of: &T) -> *const T {
    ptr::from_ref(of).wrapping_byte_add(1)
}

#[test]
fn questions() {
    let client = Client::new("bad-questions").login("alice");
    let history = |change: fn(&mut seenby_history_query_t)| {
        move |client: *mut seenby_client_t, data: *mut c_void| {
            let mut query = seenby_history_query_t { count: 10, user_id: s("bob"), ..begun() };
            change(&mut query);
            c!(seenby_get_history_message_list(client, &query, data, Some(on_messages), Some(destroy)))
        }
    };
    let members = |filter: i32, next_seq: u64, count: u32| {
        move |client: *mut seenby_client_t, data: *mut c_void| {
            let message = reference("group_g", "m1");
            c!(seenby_get_group_message_read_member_list(
                client,
                &message,
                filter,
                next_seq,
                count,
                data,
                Some(on_read_members),
                Some(destroy)
            ))
        }
    };
    refused(
        &client,
        &[
            ("NULL", &|client, data| {
                c!(seenby_get_history_message_list(client, ptr::null(), data, Some(on_messages), Some(destroy)))
            }),
            ("sizeof", &history(|query| query.size = 8)),
            ("count is 0", &history(|query| query.count = 0)),
            ("count is 101", &history(|query| query.count = 101)),
            ("newer is 2", &history(|query| query.newer = 2)),
            ("reserved", &history(|query| query.reserved[6] = 1)),
            ("both", &history(|query| query.group_id = s("g"))),
            ("neither", &history(|query| query.user_id = UNSET)),
            ("not UTF-8", &history(|query| query.user_id = BROKEN)),
            ("-5 s", &history(|query| query.time_begin_s = -5)),
            ("-6 s", &history(|query| query.time_period_s = i64::from(-6))),
            ("filter is 2", &members(2, 0, 10)),
            ("filter is -1", &members(-1, 0, 10)),
            ("count is 0", &members(0, 0, 0)),
            ("count is 4294967295", &members(0, 0, u32::MAX)),
            ("nextSeq is 18446744073709551615", &members(0, u64::MAX, 10)),
            ("enabled is 2", &|client, data| {
                c!(seenby_set_read_receipts_enabled(client, 2, data, Some(on_done), Some(destroy)))
            }),
        ],
    );
}

#[test]
fn groups_conversations_people() {
    let client = Client::new("bad-groups").login("alice");
    let create = |kind: seenby_str_t, id: seenby_str_t, members: *const seenby_str_t, count: usize| {
        move |client: *mut seenby_client_t, data: *mut c_void| {
            c!(seenby_create_group(client, kind, id, UNSET, members, count, data, Some(on_text), Some(destroy)))
        }
    };
    let work = s("Work");
    let long = "x".repeat(65);
    let mixed = [s("bob"), NOWHERE];
    refused(
        &client,
        &[
            ("\"Works\"", &create(s("Works"), UNSET, ptr::null(), 0)),
            ("\"\"", &create(UNSET, UNSET, ptr::null(), 0)),
            ("65 bytes", &create(work, s(&long), ptr::null(), 0)),
            ("members is NULL", &create(work, UNSET, ptr::null(), 1)),
            ("count of", &create(work, UNSET, mixed.as_ptr(), usize::MAX)),
            ("NULL, with a length of 3", &create(work, UNSET, mixed.as_ptr(), 2)),
            ("group id is empty", &|c, d| c!(seenby_join_group(c, UNSET, d, Some(on_done), Some(destroy)))),
            ("not UTF-8", &|c, d| c!(seenby_quit_group(c, BROKEN, d, Some(on_done), Some(destroy)))),
            ("length", &|c, d| c!(seenby_dismiss_group(c, HUGE, d, Some(on_done), Some(destroy)))),
            ("users is empty", &|c, d| {
                c!(seenby_invite_user_to_group(c, s("g"), ptr::null(), 0, d, Some(on_member_results), Some(destroy)))
            }),
            ("user id is empty", &|c, d| {
                let users = [UNSET];
                c!(seenby_kick_group_member(c, s("g"), users.as_ptr(), 1, d, Some(on_member_results), Some(destroy)))
            }),
            ("role is 401", &|c, d| {
                c!(seenby_set_group_member_role(c, s("g"), s("bob"), 401, d, Some(on_done), Some(destroy)))
            }),
            ("role is -200", &|c, d| {
                c!(seenby_set_group_member_role(c, s("g"), s("bob"), -200, d, Some(on_done), Some(destroy)))
            }),
            ("count is 101", &|c, d| {
                c!(seenby_get_group_member_list(c, s("g"), 0, 101, d, Some(on_group_members), Some(destroy)))
            }),
            ("users is NULL", &|c, d| {
                c!(seenby_get_group_members_info(c, s("g"), ptr::null(), 9, d, Some(on_group_members), Some(destroy)))
            }),
            ("count is 0", &|c, d| c!(seenby_get_conversation_list(c, 0, 0, d, Some(on_conversations), Some(destroy)))),
            ("\"bob\"", &|c, d| c!(seenby_get_conversation(c, s("bob"), d, Some(on_conversation), Some(destroy)))),
            ("not UTF-8", &|c, d| c!(seenby_mark_c2c_message_as_read(c, BROKEN, d, Some(on_done), Some(destroy)))),
            ("empty", &|c, d| c!(seenby_mark_group_message_as_read(c, UNSET, d, Some(on_done), Some(destroy)))),
            ("\"c2d\"", &|c, d| {
                c!(seenby_clean_conversation_unread_message_count(c, s("c2d"), 0, 0, d, Some(on_done), Some(destroy)))
            }),
            ("nick name is not UTF-8", &|c, d| {
                c!(seenby_set_self_info(c, &BROKEN, ptr::null(), d, Some(on_done), Some(destroy)))
            }),
            ("face URL at", &|c, d| {
                let face = s("x");
                c!(seenby_set_self_info(c, ptr::null(), one_byte_on(&face), d, Some(on_done), Some(destroy)))
            }),
            ("users is empty", &|c, d| {
                c!(seenby_get_users_info(c, ptr::null(), 0, d, Some(on_profiles), Some(destroy)))
            }),
        ],
    );
}

#[test]
fn without_a_client_or_a_user() {
    let nobody = Client::new("bad-nobody");
    let freed = Client::new("bad-nobody");
    let old = freed.0;
    drop(freed);
    assert_eq!(c!(seenby_client_free(old)), SEENBY_ERR_CLOSED);
    let mark: Begin<'_> = &|c, d| c!(seenby_mark_all_message_as_read(c, d, Some(on_done), Some(destroy)));
    let (message, bob) = (hello(), s("bob"));
    let sends = send(&message, bob, UNSET);
    let begins: [Begin<'_>; 3] =
        [mark, &sends, &|c, d| c!(seenby_get_joined_group_list(c, d, Some(on_groups), Some(destroy)))];
    let address = 8_u64;
    for begin in begins {
        for client in [ptr::null_mut(), old, (&raw const address).cast_mut().cast()] {
            let answer = ended(|data| assert_eq!(begin(client, data), 0, "there is nothing to cancel"));
            assert_eq!(answer.code, SEENBY_ERR_CLOSED, "{}", answer.sentence);
        }
        let answer = ended(|data| assert_ne!(begin(nobody.0, data), 0));
        assert_eq!(answer.code, SEENBY_ERR_NOT_LOGGED_IN, "{}", answer.sentence);
    }
}

#[test]
fn a_callback_may_be_null_and_its_user_data_is_freed() {
    let client = Client::new("bad-null").login("alice");
    for client in [client.0, ptr::null_mut()] {
        let call = Call::new();
        c!(seenby_mark_all_message_as_read(client, call.data(), None, Some(destroy)));
        call.wait_without_callback();
        let call = Call::new();
        c!(seenby_get_joined_group_list(client, call.data(), None, Some(destroy)));
        call.wait_without_callback();
        // Nothing to tell, nothing to free.
        c!(seenby_get_joined_group_list(client, ptr::null_mut(), None, None));
    }
}

/// What an answer at once says: its number, and words of the sentence of this thread's last error.
#[track_caller]
fn failed(code: i32, words: &str) {
    assert_eq!(code, SEENBY_ERR_INVALID_PARAMETERS);
    // SAFETY: it lives until the next failure on this thread.
    let error = unsafe { &*c!(seenby_last_error()) };
    assert_eq!(error.code, code);
    assert!(text(error.message).contains(words), "{:?} does not have {words:?}", text(error.message));
}

#[test]
fn what_answers_at_once_writes_nothing_when_it_fails() {
    let untouched = ptr::without_provenance_mut::<seenby_message_t>(8);
    let mut copy = untouched;
    failed(c!(seenby_message_clone(ptr::null(), &mut copy)), "NULL");
    failed(c!(seenby_message_clone(ptr::without_provenance(3), &mut copy)), "not aligned");
    assert_eq!(copy, untouched);

    let mut made = begun::<seenby_message_ref_t>();
    made.seq = 77;
    failed(c!(seenby_message_ref_of(ptr::null(), &mut made)), "NULL");
    assert_eq!(made.seq, 77);

    let mut state = seenby_draw_state_t { state: 77, read: 77, of: 77 };
    let mut draw = |change: fn(&mut seenby_draw_query_t), words: &str| {
        let mut query = seenby_draw_query_t { status: SEENBY_MESSAGE_SENDING, ..begun() };
        change(&mut query);
        failed(c!(seenby_draw_state(&query, &mut state)), words);
        assert_eq!((state.state, state.read, state.of), (77, 77, 77));
    };
    draw(|query| query.size = 3, "sizeof");
    draw(|query| query.status = 5, "status of the message is 5");
    draw(|query| query.is_self = 2, "is_self is 2");
    draw(|query| query.need_read_receipt = 255, "need_read_receipt is 255");
    draw(|query| query.has_receipt = 3, "has_receipt is 3");
    draw(|query| query.is_group = 4, "is_group is 4");
    draw(|query| query.is_peer_read = 5, "is_peer_read is 5");
    draw(|query| query.reserved[0] = 1, "reserved");
    failed(c!(seenby_draw_state(ptr::null(), &mut state)), "NULL");
    let query = seenby_draw_query_t { status: SEENBY_MESSAGE_SENDING, ..begun() };
    failed(c!(seenby_draw_state(&query, ptr::null_mut())), "out_state is NULL");
}

#[test]
fn a_reference_made_by_hand_is_told_at_once_from_none() {
    let (longest, longer) = ("m".repeat(128), "m".repeat(129));
    let check = |conversation: &str, id: &str| c!(seenby_message_ref_check(&reference(conversation, id)));
    assert_eq!(check("c2c_bob", &longest), SEENBY_OK);
    assert_eq!(check("", "m"), SEENBY_OK);
    failed(check("c2c_bob", &longer), "129");
    failed(check("c2c_bob", ""), "empty");
    failed(check("bob", "m"), "c2c_<user id>");
    let mut odd = reference("group_g", "m");
    odd.is_self = 7;
    failed(c!(seenby_message_ref_check(&odd)), "is_self is 7");
    odd.size = 5;
    failed(c!(seenby_message_ref_check(&odd)), "sizeof");
    failed(c!(seenby_message_ref_check(ptr::null())), "NULL");
}

#[test]
fn only_services_in_memory_use_no_data_folder() {
    for (server, expected) in [("embedded:mem/a", false), ("embedded:file/a", true), ("wss://chat.example", true)] {
        let mut uses = !expected;
        assert_eq!(c!(seenby_uses_data_folder(s(server), &mut uses)), SEENBY_OK);
        assert_eq!(uses, expected, "{server}");
    }
    for (server, words) in [(s("embedded:memory"), "\"embedded:memory\""), (BROKEN, "not UTF-8"), (HUGE, "length")] {
        for untouched in [true, false] {
            let mut uses = untouched;
            failed(c!(seenby_uses_data_folder(server, &mut uses)), words);
            assert_eq!(uses, untouched);
        }
    }
    failed(c!(seenby_uses_data_folder(s("embedded:"), ptr::null_mut())), "out_uses is NULL");
}

#[test]
fn results_go_where_there_is_a_place_and_fit_it() {
    let client = Client::new("bad-places").login("alice");
    let mut out = ptr::null_mut();
    ended(|data| {
        let to = s("bob");
        c!(seenby_send_message(client.0, &hello(), to, UNSET, &mut out, data, Some(on_message), Some(destroy)));
    })
    .ok();
    failed(c!(seenby_message_clone(out, ptr::null_mut())), "out_message is NULL");
    failed(c!(seenby_message_ref_of(out, ptr::null_mut())), "out_ref is NULL");
    let mut made = begun::<seenby_message_ref_t>();
    made.size = 12;
    failed(c!(seenby_message_ref_of(out, &mut made)), "sizeof");
    assert_eq!((made.size, made.seq), (12, 0));
    // The host has a newer header: what this library does not know becomes 0, the size stays.
    let mut larger = [u64::MAX; 12];
    larger[0] = (size_of_val(&larger) as u64) | (0xffff_ffff << 32);
    assert_eq!(c!(seenby_message_ref_of(out, larger.as_mut_ptr().cast())), SEENBY_OK);
    assert_eq!((larger[0] as u32, larger[11]), (96, 0));
    assert_eq!(c!(seenby_message_free(out)), SEENBY_OK);
}

#[test]
fn the_spool_refuses_what_nobody_would_find() {
    let folder = tempfile::tempdir().unwrap();
    let data_dir = folder.path().to_str().unwrap().to_owned();
    let target = seenby_spool_target_t {
        app: 1,
        server: s("wss://chat.example"),
        data_dir: s(&data_dir),
        user_id: s("bob"),
        ..begun()
    };
    let message = reference("c2c_alice", "m1");
    let never_sent = seenby_message_ref_t { msg_id: UNSET, ..message };
    failed(c!(seenby_enqueue_receipts(ptr::null(), &message, 1)), "NULL");
    failed(c!(seenby_enqueue_receipts(&target, ptr::null(), 0)), "empty");
    failed(c!(seenby_enqueue_receipts(&target, ptr::null(), 1)), "NULL");
    failed(c!(seenby_enqueue_receipts(&target, &never_sent, 1)), "index 0");
    let with = |change: fn(&mut seenby_spool_target_t), words: &str| {
        let mut target = target;
        change(&mut target);
        failed(c!(seenby_enqueue_receipts(&target, &message, 1)), words);
    };
    with(|target| target.size = 0, "sizeof");
    with(|target| target.user_id = UNSET, "user id is empty");
    with(|target| target.user_id = BROKEN, "not UTF-8");
    with(|target| target.server = s("embedded:mem/x"), "memory");
    with(|target| target.server = s("nonsense"), "nonsense");
    with(|target| target.data_dir = HUGE, "length");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "nothing is left");
}
