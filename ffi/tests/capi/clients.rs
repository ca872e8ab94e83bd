//! Clients: what ends when, what may be called where, and two in one process.

use crate::support::*;
use seenby::capi::client::*;
use seenby::capi::library::*;
use seenby::capi::listener::*;
use seenby::capi::tracker::*;
use seenby::capi::types::*;
use std::ptr;
use std::sync::Arc;
use std::sync::atomic::{AtomicI32, Ordering};

fn owned(text: &mut seenby_string_t) -> String {
    let copy = string(seenby_str_t { data: text.data, len: text.len });
    unsafe { seenby_string_free(text) };
    assert!(text.data.is_null() && text.len == 0);
    copy
}

fn empty() -> seenby_string_t {
    seenby_string_t { data: ptr::null_mut(), len: 0 }
}

#[test]
#[cfg_attr(miri, ignore = "makes a client, whose runtime Miri does not have")]
fn login_and_logout_tell_who_is_there() {
    let client = client();
    let (mut status, mut text, mut time) = (0, empty(), 0);
    ok(unsafe { seenby_login_status(client, &raw mut status) });
    ok(unsafe { seenby_login_user(client, &raw mut text) });
    assert_eq!((status, owned(&mut text).as_str()), (SEENBY_LOGIN_STATUS_LOGOUT, ""));
    assert_eq!(log_in(client, "alice"), SEENBY_OK);
    ok(unsafe { seenby_login_status(client, &raw mut status) });
    ok(unsafe { seenby_login_user(client, &raw mut text) });
    assert_eq!((status, owned(&mut text).as_str()), (SEENBY_LOGIN_STATUS_LOGINED, "alice"));
    ok(unsafe { seenby_server_time_ms(client, &raw mut time) });
    assert!(time > 1_500_000_000_000, "{time}");
    for flag in [0, 1] {
        ok(unsafe { seenby_network_available(client, flag) });
        ok(unsafe { seenby_foreground(client, flag) });
    }
    for flag in [2, -1, i32::MIN] {
        assert!(refused(unsafe { seenby_network_available(client, flag) }, 6017).contains(&flag.to_string()));
        refused(unsafe { seenby_foreground(client, flag) }, SEENBY_ERR_INVALID_PARAMETERS);
    }
    let data = Data::new();
    let call = unsafe { seenby_logout(client, data.ptr(), Some(done), Some(destroy)) };
    assert_ne!(call, 0);
    assert_eq!(data.wait(1)[0].code, SEENBY_OK);
    assert_eq!(data.told()[0].thread, "seenby-delivery");
    data.wait_freed();
    unsafe { seenby_logout(client, data.ptr(), Some(done), None) };
    assert_eq!(data.wait(2)[1].code, SEENBY_ERR_NOT_LOGGED_IN);
    free(client);
}

#[test]
#[cfg_attr(miri, ignore = "makes a client, whose runtime Miri does not have")]
fn wrong_texts_of_a_login_are_told_to_its_callback() {
    let client = client();
    let huge = seenby_str_t { data: NOT_UTF8.data, len: usize::MAX };
    let null = seenby_str_t { data: ptr::null(), len: 5 };
    for (user, sig, named) in [
        (NONE, str("sig"), "user"),
        (NOT_UTF8, str("sig"), "user_id is not UTF-8: byte 1 of 2"),
        (str("alice"), NOT_UTF8, "user_sig"),
        (huge, str("sig"), "user_id"),
        (str("alice"), null, "user_sig is NULL"),
    ] {
        let data = Data::new();
        unsafe { seenby_login(client, user, sig, data.ptr(), Some(done), Some(destroy)) };
        let told = data.wait(1);
        data.wait_freed();
        assert_eq!(told[0].code, SEENBY_ERR_INVALID_PARAMETERS);
        assert!(told[0].sentence.contains(named), "{named}: {}", told[0].sentence);
    }
    free(client);
}

#[test]
#[cfg_attr(miri, ignore = "makes a client, whose runtime Miri does not have")]
fn results_without_a_place_are_refused() {
    let client = client();
    let results = unsafe {
        [
            seenby_login_user(client, ptr::null_mut()),
            seenby_login_status(client, ptr::null_mut()),
            seenby_server_time_ms(client, ptr::null_mut()),
            seenby_debug_state(client, ptr::null_mut()),
            seenby_tracker_new(client, NONE, ptr::null_mut()),
        ]
    };
    results.into_iter().for_each(|result| drop(refused(result, SEENBY_ERR_INVALID_PARAMETERS)));
    free(client);
}

#[test]
#[cfg_attr(miri, ignore = "makes a client, whose runtime Miri does not have")]
fn after_shutdown_every_call_answers_90003_and_the_handle_stays() {
    let client = client();
    let out = Data::new();
    unsafe { seenby_login(client, str("alice"), str("sig"), out.ptr(), Some(done), Some(destroy)) };
    ok(unsafe { seenby_client_shutdown(client) });
    ok(unsafe { seenby_client_shutdown(client) });
    // It ended one way or the other, once.
    assert!([SEENBY_OK, SEENBY_ERR_INTERRUPTED].contains(&out.wait(1)[0].code));
    out.wait_freed();

    let (data, heard) = (Data::new(), Data::new());
    unsafe { seenby_login(client, str("alice"), str("sig"), data.ptr(), Some(done), Some(destroy)) };
    let told = data.wait(1);
    assert_eq!((told[0].code, told[0].thread.as_str()), (SEENBY_ERR_CLOSED, "seenby-fallback"));
    data.wait_freed();
    let (mut text, mut number, mut time, mut id, mut tracker) = (empty(), 0, 0, 0, ptr::null_mut());
    let results = unsafe {
        [
            seenby_login_user(client, &raw mut text),
            seenby_login_status(client, &raw mut number),
            seenby_server_time_ms(client, &raw mut time),
            seenby_network_available(client, 1),
            seenby_foreground(client, 1),
            seenby_add_listener(client, &raw const *Box::new(listener(&heard)), &raw mut id),
            seenby_tracker_new(client, NONE, &raw mut tracker),
        ]
    };
    results.into_iter().for_each(|result| drop(refused(result, SEENBY_ERR_CLOSED)));
    assert_eq!(heard.freed(), 1);
    ok(unsafe { seenby_cancel(client, 1) });
    ok(unsafe { seenby_debug_state(client, &raw mut text) });
    assert!(owned(&mut text).contains("\"version\""));

    free(client);
    refused(unsafe { seenby_client_free(client) }, SEENBY_ERR_CLOSED);
    refused(unsafe { seenby_client_shutdown(client) }, SEENBY_ERR_CLOSED);
    refused(unsafe { seenby_debug_state(client, &raw mut text) }, SEENBY_ERR_CLOSED);
    unsafe { seenby_logout(client, data.ptr(), Some(done), None) };
    assert_eq!(data.wait(2)[1].code, SEENBY_ERR_CLOSED);
}

#[test]
#[cfg_attr(miri, ignore = "makes a client, whose runtime Miri does not have")]
fn inside_a_callback_shutdown_is_allowed_and_free_is_not() {
    let client = client();
    let sent = Sent(client);
    let (freed, shut) = (Arc::new(AtomicI32::new(-1)), Arc::new(AtomicI32::new(-1)));
    let (freed_in, shut_in) = (freed.clone(), shut.clone());
    let data = Data::inside(move || {
        freed_in.store(unsafe { seenby_client_free(sent.get()) }, Ordering::SeqCst);
        assert_eq!(last().0, SEENBY_ERR_CALLED_FROM_CALLBACK);
        shut_in.store(unsafe { seenby_client_shutdown(sent.get()) }, Ordering::SeqCst);
    });
    unsafe { seenby_logout(client, data.ptr(), Some(done), Some(destroy)) };
    data.wait_freed();
    assert_eq!(freed.load(Ordering::SeqCst), SEENBY_ERR_CALLED_FROM_CALLBACK);
    assert_eq!(shut.load(Ordering::SeqCst), SEENBY_OK);
    free(client);
}

#[test]
#[cfg_attr(miri, ignore = "makes a client, whose runtime Miri does not have")]
fn every_call_that_is_out_ends_once_when_its_client_is_freed() {
    for round in 0..20_u64 {
        let client = client();
        let out: Vec<_> = (0..20).map(|_| Data::new()).collect();
        let calls: Vec<_> = out
            .iter()
            .enumerate()
            .map(|(n, data)| unsafe {
                let (done, destroy): (seenby_done_fn, seenby_destroy_fn) = (Some(done), Some(destroy));
                match n % 2 {
                    0 => seenby_login(client, str("alice"), str("sig"), data.ptr(), done, destroy),
                    _ => seenby_logout(client, data.ptr(), done, destroy),
                }
            })
            .collect();
        // Cancelling some of them, and what never was, changes nothing of that.
        ok(unsafe { seenby_cancel(client, calls[round as usize % calls.len()]) });
        ok(unsafe { seenby_cancel(client, 0) });
        ok(unsafe { seenby_cancel(client, u64::MAX) });
        std::thread::sleep(std::time::Duration::from_micros(round * 131 % 2000));
        free(client);
        for data in out {
            data.wait_freed();
            assert_eq!(data.told().len(), 1);
        }
    }
}

#[test]
#[cfg_attr(miri, ignore = "makes a client, whose runtime Miri does not have")]
fn two_clients_of_one_process_meet_and_one_ends_alone() {
    let endpoint = endpoint();
    let (alice, bob) = (client_at(&endpoint), client_at(&endpoint));
    assert_eq!((log_in(alice, "alice"), log_in(bob, "bob")), (SEENBY_OK, SEENBY_OK));
    free(alice);
    let mut text = empty();
    ok(unsafe { seenby_login_user(bob, &raw mut text) });
    assert_eq!(owned(&mut text), "bob");
    free(bob);
}

#[test]
#[cfg_attr(miri, ignore = "makes a client, whose runtime Miri does not have")]
fn an_exception_that_a_layer_caught_is_counted() {
    let client = client();
    let count = || {
        let mut text = empty();
        ok(unsafe { seenby_debug_state(client, &raw mut text) });
        let state: serde_json::Value = serde_json::from_str(&owned(&mut text)).unwrap();
        state["app_exceptions"].as_u64().unwrap()
    };
    assert_eq!(count(), 0);
    ok(unsafe { seenby_report_exception(client, str("std::bad_alloc")) });
    ok(unsafe { seenby_report_exception(client, NONE) });
    refused(unsafe { seenby_report_exception(client, NOT_UTF8) }, SEENBY_ERR_INVALID_PARAMETERS);
    assert_eq!(count(), 3, "also the one whose text cannot be read");
    assert_eq!(log_in(client, "alice"), SEENBY_OK, "the client goes on");
    free(client);
}
