//! Handles that are none: NULL, made up, of another kind.

use crate::support::*;
use seenby::capi::client::*;
use seenby::capi::dispatcher::*;
use seenby::capi::listener::*;
use seenby::capi::service::*;
use seenby::capi::tracker::*;
use seenby::capi::types::*;
use std::ffi::c_void;
use std::ptr;

/// What is no handle of kind `T`, whatever `T` is but a client.
fn none<T>() -> Vec<*mut T> {
    static OBJECT: u64 = 0;
    let address = (&raw const OBJECT).cast_mut();
    vec![ptr::null_mut(), address.cast(), ptr::without_provenance_mut(usize::MAX), seenby_shared_client().cast()]
}

fn no_client() -> Vec<*mut seenby_client_t> {
    let mut none = none();
    none.pop();
    none
}

#[test]
fn what_is_no_client_is_refused_at_once() {
    for client in no_client() {
        let mut text = seenby_string_t { data: ptr::null_mut(), len: 7 };
        let (mut status, mut time, mut tracker) = (-7, -7, ptr::null_mut());
        let results = unsafe {
            [
                seenby_client_shutdown(client),
                seenby_cancel(client, 1),
                seenby_login_user(client, &raw mut text),
                seenby_login_status(client, &raw mut status),
                seenby_server_time_ms(client, &raw mut time),
                seenby_network_available(client, 1),
                seenby_foreground(client, 1),
                seenby_debug_state(client, &raw mut text),
                seenby_remove_listener(client, 1),
                seenby_report_exception(client, str("what")),
                seenby_tracker_new(client, NONE, &raw mut tracker),
            ]
        };
        results.into_iter().for_each(|result| drop(refused(result, SEENBY_ERR_CLOSED)));
        assert!(text.data.is_null() && text.len == 7, "written on success alone");
        assert!(status == -7 && time == -7 && tracker.is_null());
    }
    for client in no_client().into_iter().filter(|client| !client.is_null()) {
        refused(unsafe { seenby_client_free(client) }, SEENBY_ERR_CLOSED);
    }
}

#[test]
fn what_is_none_of_the_other_kinds_is_refused() {
    for job in none() {
        refused(unsafe { seenby_job_run(job) }, SEENBY_ERR_CLOSED);
        refused(unsafe { seenby_job_drop(job) }, SEENBY_ERR_CLOSED);
    }
    for reply in none() {
        refused(unsafe { seenby_token_accept(reply, str("sig")) }, SEENBY_ERR_CLOSED);
        refused(unsafe { seenby_token_refuse(reply, NONE) }, SEENBY_ERR_CLOSED);
    }
    for tracker in none() {
        refused(unsafe { seenby_tracker_visible(tracker, ptr::null(), 0) }, SEENBY_ERR_CLOSED);
        refused(unsafe { seenby_tracker_hidden(tracker, ptr::null(), 0) }, SEENBY_ERR_CLOSED);
        refused(unsafe { seenby_tracker_foreground(tracker, 1) }, SEENBY_ERR_CLOSED);
        if tracker.is_null() {
            ok(unsafe { seenby_tracker_free(tracker) });
        } else {
            refused(unsafe { seenby_tracker_free(tracker) }, SEENBY_ERR_CLOSED);
        }
    }
    for service in none() {
        refused(unsafe { seenby_service_configure(service, NONE) }, SEENBY_ERR_CLOSED);
        refused(unsafe { seenby_service_delete_user(service, str("alice")) }, SEENBY_ERR_CLOSED);
        let result = unsafe { seenby_service_delete_message(service, str("alice"), str("c2c_bob"), str("m")) };
        refused(result, SEENBY_ERR_CLOSED);
        if service.is_null() {
            ok(unsafe { seenby_service_free(service) });
        } else {
            refused(unsafe { seenby_service_free(service) }, SEENBY_ERR_CLOSED);
        }
    }
}

type Begin = unsafe fn(*mut seenby_client_t, *mut c_void, seenby_done_fn, seenby_destroy_fn) -> seenby_call_t;

#[test]
fn calls_with_what_is_no_client_end_once_on_the_fallback_thread() {
    let calls: [Begin; 2] = [
        |client, data, done, destroy| unsafe { seenby_login(client, str("alice"), str("sig"), data, done, destroy) },
        |client, data, done, destroy| unsafe { seenby_logout(client, data, done, destroy) },
    ];
    for begin in calls {
        for client in no_client() {
            let data = Data::new();
            assert_eq!(unsafe { begin(client, data.ptr(), Some(done), Some(destroy)) }, 0);
            let told = data.wait(1);
            data.wait_freed();
            assert_eq!((told.len(), told[0].code), (1, SEENBY_ERR_CLOSED));
            assert_eq!(told[0].thread, "seenby-fallback");

            // Without a callback the user data is freed all the same; without a destructor nothing is.
            let data = Data::new();
            unsafe { begin(client, data.ptr(), None, Some(destroy)) };
            data.wait_freed();
            let data = Data::new();
            unsafe { begin(client, data.ptr(), Some(done), None) };
            data.wait(1);
            unsafe { begin(client, ptr::null_mut(), None, None) };
        }
    }
}

#[test]
fn a_listener_for_what_is_no_client_is_freed_once() {
    for client in no_client() {
        let data = Data::new();
        let mut id = 7;
        let result = unsafe { seenby_add_listener(client, &raw const *Box::new(listener(&data)), &raw mut id) };
        refused(result, SEENBY_ERR_CLOSED);
        assert_eq!((data.freed(), id), (1, 7));
    }
}
