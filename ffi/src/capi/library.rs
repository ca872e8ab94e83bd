//! The library itself: versions, error texts, memory, the log.

use super::input;
use super::outcome::{self, UserData};
use super::types::*;
use super::view::Views;
use crate::log::{self, Level, Sink};
use bumpalo::Bump;
use seenby_client::{Error, ErrorCode};
use std::collections::HashMap;
use std::ffi::{CStr, CString, c_char, c_void};
use std::ptr;
use std::sync::{Arc, LazyLock};

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

struct HostSink {
    line: unsafe extern "C-unwind" fn(*mut c_void, i32, seenby_str_t),
    user_data: UserData,
}

impl Sink for HostSink {
    fn line(&self, level: Level, line: &str) {
        let bump = Bump::new();
        // SAFETY: the host's function, with what it was given to be called with.
        unsafe { (self.line)(self.user_data.get(), level as i32, Views::new(&bump).text(line)) }
    }
}

/// Says where the log of this process goes, and how much of it. Until this is called, warnings and errors go to stderr. At
/// the levels error and warn no line holds a user's or message's id, a body or a token (R34).
///
/// @param level      SEENBY_LOG_*: this and what is graver is logged.
/// @param user_data  Passed to `sink`, then to `destroy`.
/// @param sink       Takes lines, one at a time, on a thread of its own, `seenby-log`. Up to 1 024 lines wait for it; what is
///                   lost beyond is counted and told. It may do what callbacks may; what it makes SeenBy log comes to it too.
///                   NULL: stderr.
/// @param destroy    Frees `user_data`, exactly once, when the sink was replaced and no call of it runs; also when this is
///                   refused.
/// @return SEENBY_OK or an error number.
///
/// Outside of callbacks this waits for a call of the old sink that is running: when it has returned, the old one is not
/// called any more, and was freed. Inside a callback, the sink's own too, it does not wait: then at most the call that is
/// running goes on, and the old one is freed after it.
///
/// Errors: 6017 a level that is none; 10002 the system gives no thread.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn seenby_set_log_sink(
    level: i32,
    user_data: *mut c_void,
    sink: seenby_log_fn,
    destroy: seenby_destroy_fn,
) -> i32 {
    outcome::at_once(|| {
        let user_data = UserData::new(user_data, destroy);
        let level = Level::of_number(level)?;
        let sink = sink.map(|line| Arc::new(HostSink { line, user_data }) as Arc<dyn Sink>);
        log::set_sink(level, sink)
            .map_err(|error| Error::new(ErrorCode::ServiceInternal, format!("the system gives no thread: {error}")))
    })
}

/// Logs a line of a layer over this library, or of the app, to where the log goes. Never waits.
///
/// @param level    SEENBY_LOG_ERROR to SEENBY_LOG_TRACE.
/// @param message  The line. At the levels error and warn it holds no ids, bodies or tokens (R34).
/// @return SEENBY_OK or an error number; SEENBY_OK too for a line that is not logged at the level that was set.
///
/// Errors: 6017 a level that is none, or a text that is not UTF-8.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn seenby_log(level: i32, message: seenby_str_t) -> i32 {
    outcome::at_once(|| {
        let level = Level::of_line(level)?;
        // SAFETY: the caller says that it is there for the call.
        log::line(level, unsafe { input::text("message", message) }?.to_owned());
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_string_is_freed_once_and_empty_then() {
        for text in ["", "alice", "Grüße", "with\0a NUL byte"] {
            let mut string = outcome::owned(text);
            assert_eq!(string.len, text.len());
            // SAFETY: so many bytes, and a NUL byte.
            let bytes = unsafe { std::slice::from_raw_parts(string.data.cast::<u8>(), string.len + 1) };
            assert_eq!(bytes, [text.as_bytes(), b"\0"].concat());
            // SAFETY: it is the library's own; the second time it is empty.
            unsafe {
                seenby_string_free(&raw mut string);
                seenby_string_free(&raw mut string);
            }
            assert!(string.data.is_null() && string.len == 0);
        }
    }
}
