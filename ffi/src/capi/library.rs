//! The library itself: versions, error texts, memory, the log.

use super::outcome;
use super::types::*;
use seenby_client::ErrorCode;
use std::collections::HashMap;
use std::ffi::{CStr, CString, c_char};
use std::ptr;
use std::sync::LazyLock;

/// The version of this library, SEENBY_VERSION of its header.
///
/// @return A text that lives as long as the library, with a NUL byte at its end.
#[unsafe(no_mangle)]
pub extern "C" fn seenby_version() -> *const c_char {
    concat!(env!("CARGO_PKG_VERSION"), "\0").as_ptr().cast()
}

/// Which interface this library has. A program that loads the library dynamically compares it with SEENBY_ABI_VERSION before
/// it calls anything else; seenby_client_new compares too.
///
/// @return SEENBY_ABI_VERSION of its header.
#[unsafe(no_mangle)]
pub extern "C" fn seenby_abi_version() -> u32 {
    SEENBY_ABI_VERSION
}

/// What an error number means in general. The sentence that comes with an error says more: which value, and what would be
/// right.
///
/// @param code  SEENBY_OK or SEENBY_ERR_*.
/// @return A sentence in English, with a NUL byte at its end, that lives as long as the library. Never NULL: a number that
///         this library does not know has a sentence that says so.
#[unsafe(no_mangle)]
pub extern "C" fn seenby_error_text(code: i32) -> *const c_char {
    static TEXTS: LazyLock<HashMap<i32, CString>> = LazyLock::new(|| {
        let texts = ErrorCode::ALL.iter().map(|code| (code.number(), CString::new(code.text()).unwrap_or_default()));
        texts.collect()
    });
    const OK: &CStr = c"There was no error.";
    const UNKNOWN: &CStr = c"This number is none of this version of SeenBy.";
    match code {
        SEENBY_OK => OK.as_ptr(),
        code => TEXTS.get(&code).map_or(UNKNOWN, |text| text.as_c_str()).as_ptr(),
    }
}

/// Why the last function on this thread that answers at once, and did not answer SEENBY_OK, was refused. One that succeeds
/// leaves it as it is. What comes by callbacks is told there, and not here.
///
/// @return The error, or NULL if none has failed on this thread. It lives until the next one fails on this thread, or the
///         thread ends.
#[unsafe(no_mangle)]
pub extern "C" fn seenby_last_error() -> *const seenby_error_t {
    outcome::last()
}

/// Frees a text that a function gave.
///
/// @param string  The text; it is empty afterwards, `{NULL, 0}`. NULL, and a text that is empty in this way, do nothing.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn seenby_string_free(string: *mut seenby_string_t) {
    if string.is_null() {
        return;
    }
    // SAFETY: not NULL, and the caller's.
    let string = unsafe { ptr::replace(string, seenby_string_t { data: ptr::null_mut(), len: 0 }) };
    if !string.data.is_null() {
        // SAFETY: what `outcome::owned` made: so many bytes and a NUL byte.
        drop(unsafe { Box::from_raw(ptr::slice_from_raw_parts_mut(string.data.cast::<u8>(), string.len + 1)) });
    }
}
