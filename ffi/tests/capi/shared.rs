//! The client of the process: before init, after uninit, and its listeners through both.

use crate::support::*;
use seenby::capi::client::*;
use seenby::capi::listener::*;
use seenby::capi::tracker::*;
use seenby::capi::types::*;
use std::ffi::c_void;
use std::ptr;
use std::sync::Arc;

#[test]
fn before_init_calls_answer_6013() {
    let _alone = SHARED.lock();
    let client = seenby_shared_client();
    assert!(!client.is_null());
    assert_eq!(client, seenby_shared_client());
    let (mut text, mut number, mut time) = (seenby_string_t { data: ptr::null_mut(), len: 0 }, 0, 0);
    let mut tracker = ptr::null_mut();
    let results = unsafe {
        [
            seenby_cancel(client, 1),
            seenby_login_user(client, &raw mut text),
            seenby_login_status(client, &raw mut number),
            seenby_server_time_ms(client, &raw mut time),
            seenby_network_available(client, 1),
            seenby_foreground(client, 0),
            seenby_debug_state(client, &raw mut text),
            seenby_report_exception(client, str("what")),
            seenby_tracker_new(client, NONE, &raw mut tracker),
            seenby_shared_uninit(),
        ]
    };
    results.into_iter().for_each(|result| drop(refused(result, SEENBY_ERR_NOT_INITIALIZED)));
    let data = Data::new();
    assert_eq!(unsafe { seenby_logout(client, data.ptr(), Some(done), Some(destroy)) }, 0);
    assert_eq!(data.wait(1)[0].code, SEENBY_ERR_NOT_INITIALIZED);
    data.wait_freed();
    // It is neither shut down nor freed.
    refused(unsafe { seenby_client_shutdown(client) }, SEENBY_ERR_INVALID_PARAMETERS);
    refused(unsafe { seenby_client_free(client) }, SEENBY_ERR_INVALID_PARAMETERS);
}

unsafe extern "C-unwind" fn heard(user_data: *mut c_void) {
    unsafe { done(user_data, ptr::null()) };
}

unsafe extern "C-unwind" fn dispatch(_: *mut c_void, job: *mut seenby_job_t) {
    unsafe { seenby::capi::dispatcher::seenby_job_run(job) };
}

#[test]
#[cfg_attr(miri, ignore = "makes a client, whose runtime Miri does not have")]
fn listeners_stay_through_uninit_and_init() {
    let _alone = SHARED.lock();
    let client = seenby_shared_client();
    let data = Data::new();
    let mut listener = listener(&data);
    listener.on_connect_success = Some(heard);
    let mut id = 0;
    ok(unsafe { seenby_add_listener(client, &raw const listener, &raw mut id) });
    let mut dispatchers = Vec::new();
    for round in 1..=2 {
        let (dispatcher, endpoint) = (Data::new(), endpoint());
        let mut config = config();
        config.server = str(&endpoint);
        config.dispatch = Some(dispatch);
        config.dispatch_user_data = dispatcher.ptr();
        config.dispatch_destroy = Some(destroy);
        ok(unsafe { seenby_shared_init(&raw const config) });
        // A second one is refused, and frees what is its own.
        let second = Data::new();
        config.dispatch_user_data = second.ptr();
        config.dispatch_destroy = Some(destroy);
        refused(unsafe { seenby_shared_init(&raw const config) }, SEENBY_ERR_INVALID_PARAMETERS);
        assert_eq!((second.freed(), dispatcher.freed()), (1, 0));
        assert_eq!(log_in(client, "alice"), SEENBY_OK);
        data.wait(round);
        ok(seenby_shared_uninit());
        refused(seenby_shared_uninit(), SEENBY_ERR_NOT_INITIALIZED);
        let after = Data::new();
        unsafe { seenby_logout(client, after.ptr(), Some(done), Some(destroy)) };
        assert_eq!(after.wait(1)[0].code, SEENBY_ERR_NOT_INITIALIZED);
        dispatchers.push(dispatcher);
    }
    assert_eq!(data.freed(), 0);
    ok(unsafe { seenby_remove_listener(client, id) });
    data.wait_freed();
    dispatchers.iter().for_each(|dispatcher: &Arc<Data>| dispatcher.wait_freed());
}

unsafe extern "C-unwind" fn destroy_calling_back(user_data: *mut c_void) {
    // Under no lock: any function may be called.
    let mut status = 0;
    unsafe { seenby_login_status(seenby_shared_client(), &raw mut status) };
    seenby_shared_uninit();
    unsafe { destroy(user_data) };
}

#[test]
fn what_a_refused_init_frees_may_call_us() {
    let _alone = SHARED.lock();
    let dispatcher = Data::new();
    let mut config = config();
    config.server = str("gopher://example.com");
    config.dispatch = Some(dispatch);
    config.dispatch_user_data = dispatcher.ptr();
    config.dispatch_destroy = Some(destroy_calling_back);
    refused(unsafe { seenby_shared_init(&raw const config) }, SEENBY_ERR_INVALID_PARAMETERS);
    assert_eq!(dispatcher.freed(), 1);
}

#[test]
#[cfg_attr(miri, ignore = "makes a client, whose runtime Miri does not have")]
fn uninit_inside_a_callback_does_not_wait() {
    let _alone = SHARED.lock();
    let endpoint = endpoint();
    let mut config = config();
    config.server = str(&endpoint);
    ok(unsafe { seenby_shared_init(&raw const config) });
    let data = Data::inside(|| ok(seenby_shared_uninit()));
    unsafe { seenby_logout(seenby_shared_client(), data.ptr(), Some(done), Some(destroy)) };
    data.wait_freed();
    refused(seenby_shared_uninit(), SEENBY_ERR_NOT_INITIALIZED);
}
