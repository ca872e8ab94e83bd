//! Panics, which a host in C cannot make: injected through callbacks in Rust.

use crate::support::*;
use seenby::capi::client::*;
use seenby::capi::listener::*;
use seenby::capi::types::*;
use std::ffi::c_void;

unsafe extern "C-unwind" fn panicking(_: *mut c_void, _: *const seenby_error_t) {
    panic!("injected");
}

unsafe extern "C-unwind" fn panicking_listener(_: *mut c_void) {
    panic!("injected");
}

unsafe extern "C-unwind" fn panicking_destroy(user_data: *mut c_void) {
    unsafe { destroy(user_data) };
    panic!("injected");
}

fn poisoned(client: *mut seenby_client_t) {
    until("it is closed", || unsafe { seenby_network_available(client, 1) } == SEENBY_ERR_PANIC);
    let data = Data::new();
    unsafe { seenby_login(client, str("alice"), str("sig"), data.ptr(), Some(done), Some(destroy)) };
    assert_eq!(data.wait(1)[0].code, SEENBY_ERR_PANIC);
    data.wait_freed();
    let heard = Data::new();
    let mut id = 0;
    let result = unsafe { seenby_add_listener(client, &raw const *Box::new(listener(&heard)), &raw mut id) };
    refused(result, SEENBY_ERR_PANIC);
    assert_eq!(heard.freed(), 1);
    ok(unsafe { seenby_client_shutdown(client) });
    free(client);
}

#[test]
#[cfg_attr(miri, ignore = "makes clients, whose runtime Miri does not have")]
fn a_callback_that_panics_ends_its_client_and_no_other() {
    let endpoint = endpoint();
    let (client, other) = (client_at(&endpoint), client_at(&endpoint));
    let (data, kept) = (Data::new(), Data::new());
    let mut id = 0;
    ok(unsafe { seenby_add_listener(client, &raw const *Box::new(listener(&kept)), &raw mut id) });
    unsafe { seenby_logout(client, data.ptr(), Some(panicking), Some(destroy)) };
    data.wait_freed();
    poisoned(client);
    kept.wait_freed();
    assert_eq!(log_in(other, "bob"), SEENBY_OK);
    free(other);
}

#[test]
#[cfg_attr(miri, ignore = "makes a client, whose runtime Miri does not have")]
fn a_listener_that_panics_ends_its_client() {
    let client = client();
    let data = Data::new();
    let mut listener = listener(&data);
    listener.on_connecting = Some(panicking_listener);
    let mut id = 0;
    ok(unsafe { seenby_add_listener(client, &raw const listener, &raw mut id) });
    let code = log_in(client, "alice");
    assert!([SEENBY_OK, SEENBY_ERR_PANIC].contains(&code), "{code}");
    poisoned(client);
    data.wait_freed();
}

#[test]
fn a_destroy_function_that_panics_is_called_once_and_harms_nobody() {
    // Refused calls free on the fallback thread, which goes on.
    for _ in 0..2 {
        let data = Data::new();
        unsafe { seenby_logout(std::ptr::null_mut(), data.ptr(), Some(done), Some(panicking_destroy)) };
        data.wait_freed();
        // Also when another panic is under way.
        let data = Data::new();
        unsafe { seenby_logout(std::ptr::null_mut(), data.ptr(), Some(panicking), Some(panicking_destroy)) };
        data.wait_freed();
    }
}
