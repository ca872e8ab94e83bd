//! Configurations that are refused: with the field that is wrong, and with what they hold freed exactly once.

use crate::support::*;
use seenby::capi::client::*;
use seenby::capi::types::*;
use std::ffi::c_void;
use std::ptr;
use std::sync::Arc;

unsafe extern "C-unwind" fn dispatch(_: *mut c_void, _: *mut seenby_job_t) {}
unsafe extern "C-unwind" fn provide(_: *mut c_void, _: seenby_str_t, _: *mut seenby_token_reply_t) {}

/// A configuration with both kinds of user data, and these.
fn full() -> (seenby_config_t, Arc<Data>, Arc<Data>) {
    let (dispatcher, provider) = (Data::new(), Data::new());
    let mut config = config();
    config.dispatch = Some(dispatch);
    config.dispatch_user_data = dispatcher.ptr();
    config.dispatch_destroy = Some(destroy);
    config.token_provider = Some(provide);
    config.token_user_data = provider.ptr();
    config.token_destroy = Some(destroy);
    (config, dispatcher, provider)
}

/// Refused with 6017; the sentence.
fn wrong(config: *const seenby_config_t) -> String {
    let mut client = ptr::null_mut();
    let sentence = refused(unsafe { seenby_client_new(config, &raw mut client) }, SEENBY_ERR_INVALID_PARAMETERS);
    assert!(client.is_null(), "written on success alone");
    sentence
}

#[test]
fn a_wrong_field_is_named_and_everything_is_freed_once() {
    type Change = fn(&mut seenby_config_t);
    static TEXT: StaticText = StaticText(NOT_UTF8);
    let wrongs: [(Change, &str); 11] = [
        (|c| c.reserved = 1, "reserved"),
        (|c| c.reserved2 = 7, "reserved"),
        (|c| c.allow_plain = 2, "allow_plain"),
        (|c| c.with_readers = 255, "with_readers"),
        (|c| c.server = NOT_UTF8, "server"),
        (|c| c.server = str("http://example.com"), "http://example.com"),
        (|c| c.data_dir = seenby_str_t { data: ptr::null(), len: 3 }, "data_dir"),
        (|c| c.client_name = seenby_str_t { data: NOT_UTF8.data, len: usize::MAX }, "client_name"),
        (|c| c.pin_count = 1, "pins"),
        (|c| (c.pins, c.pin_count) = (&raw const TEXT.0, 1), "pins"),
        (|c| (c.pins, c.pin_count) = (&raw const TEXT.0, usize::MAX), "pins"),
    ];
    for (change, named) in wrongs {
        let (mut config, dispatcher, provider) = full();
        change(&mut config);
        let sentence = wrong(&raw const config);
        assert!(sentence.contains(named), "{named}: {sentence}");
        assert_eq!((dispatcher.freed(), provider.freed()), (1, 1), "{named}");
    }
}

/// A text that a static can hold.
struct StaticText(seenby_str_t);
unsafe impl Sync for StaticText {}

#[test]
fn without_a_place_for_the_client_everything_is_freed_once() {
    let (config, dispatcher, provider) = full();
    let result = unsafe { seenby_client_new(&raw const config, ptr::null_mut()) };
    assert!(refused(result, SEENBY_ERR_INVALID_PARAMETERS).contains("out_client"));
    assert_eq!((dispatcher.freed(), provider.freed()), (1, 1));
}

#[test]
fn user_data_without_its_function_is_freed_too() {
    let (mut config, dispatcher, provider) = full();
    config.dispatch = None;
    config.token_provider = None;
    config.server = str("nowhere");
    wrong(&raw const config);
    assert_eq!((dispatcher.freed(), provider.freed()), (1, 1));
}

#[test]
fn another_abi_version_is_refused_with_both_named() {
    let (mut config, dispatcher, provider) = full();
    config.abi_version = SEENBY_ABI_VERSION + 41;
    let sentence = wrong(&raw const config);
    let (theirs, ours) = ((SEENBY_ABI_VERSION + 41).to_string(), format!("has version {SEENBY_ABI_VERSION}"));
    assert!(sentence.contains(&theirs) && sentence.contains(&ours), "{sentence}");
    // Nobody knows where another version has its functions.
    assert_eq!((dispatcher.freed(), provider.freed()), (0, 0));
}

#[test]
fn a_size_that_cannot_be_is_refused_and_nothing_is_looked_at() {
    assert!(wrong(ptr::null()).contains("NULL"));
    let size = size_of::<seenby_config_t>() as u32;
    for wrong_size in [0, 4, size - 1, 4097, u32::MAX] {
        let (mut config, dispatcher, provider) = full();
        config.size = wrong_size;
        assert!(wrong(&raw const config).contains(&wrong_size.to_string()));
        assert_eq!((dispatcher.freed(), provider.freed()), (0, 0));
    }
}

#[repr(C)]
struct Newer {
    config: seenby_config_t,
    more: [u64; 2],
}

#[test]
fn what_a_newer_program_sets_is_refused_and_freed() {
    let (config, dispatcher, provider) = full();
    let mut newer = Newer { config, more: [0, 1] };
    newer.config.size = size_of::<Newer>() as u32;
    assert!(wrong((&raw const newer).cast()).contains("newer library"));
    assert_eq!((dispatcher.freed(), provider.freed()), (1, 1));
}

#[test]
#[cfg_attr(miri, ignore = "makes a client, whose runtime Miri does not have")]
fn what_a_newer_program_leaves_empty_is_taken() {
    let (config, dispatcher, provider) = full();
    let mut newer = Newer { config, more: [0, 0] };
    newer.config.size = size_of::<Newer>() as u32;
    let endpoint = endpoint();
    newer.config.server = str(&endpoint);
    let mut client = ptr::null_mut();
    ok(unsafe { seenby_client_new((&raw const newer).cast(), &raw mut client) });
    assert_eq!((dispatcher.freed(), provider.freed()), (0, 0));
    free(client);
    dispatcher.wait_freed();
    provider.wait_freed();
}
