//! Versions, error texts, the last error.

use crate::support::*;
use seenby::capi::client::*;
use seenby::capi::library::*;
use seenby::capi::types::*;
use std::ffi::CStr;
use std::ptr;

#[test]
fn the_versions_are_those_of_the_header() {
    assert_eq!(unsafe { CStr::from_ptr(seenby_version()) }.to_str().unwrap(), env!("CARGO_PKG_VERSION"));
    assert_eq!(seenby_abi_version(), SEENBY_ABI_VERSION);
}

#[test]
fn every_error_number_has_a_text_and_others_have_one_too() {
    let text = |code| unsafe { CStr::from_ptr(seenby_error_text(code)) }.to_str().unwrap();
    for code in seenby_client::ErrorCode::ALL {
        assert_eq!(text(code.number()), code.text());
    }
    assert_eq!(text(SEENBY_OK), "There was no error.");
    for unknown in [1, -1, i32::MIN, i32::MAX] {
        assert!(text(unknown).contains("none of this version"));
    }
}

#[test]
fn the_last_error_is_of_its_thread_and_stays_until_the_next() {
    std::thread::spawn(|| {
        assert!(seenby_last_error().is_null(), "none has failed here");
        let sentence = refused(unsafe { seenby_client_shutdown(ptr::null_mut()) }, SEENBY_ERR_CLOSED);
        assert!(sentence.contains("NULL"), "{sentence}");
        std::thread::spawn(|| assert!(seenby_last_error().is_null())).join().unwrap();
        ok(unsafe { seenby_client_free(ptr::null_mut()) });
        assert_eq!(last().0, SEENBY_ERR_CLOSED, "what succeeds leaves it");
        refused(unsafe { seenby_log(0, str("x")) }, SEENBY_ERR_INVALID_PARAMETERS);
        let sentence = last().1;
        assert!(sentence.contains("the level is 0 (off)"), "{sentence}");
    })
    .join()
    .unwrap();
}

#[test]
fn freeing_no_string_does_nothing() {
    unsafe { seenby_string_free(ptr::null_mut()) };
    let mut empty = seenby_string_t { data: ptr::null_mut(), len: 0 };
    unsafe { seenby_string_free(&raw mut empty) };
    assert!(empty.data.is_null());
}
