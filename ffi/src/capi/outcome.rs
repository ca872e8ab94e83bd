//! How calls end: numbers and sentences of those that answer at once, callbacks of the others; and the border that no
//! panic crosses.

use super::client;
use super::types::*;
use super::view::Views;
use crate::log;
use bumpalo::Bump;
use seenby_client::{Answer, CallId, Client, Command, Error, ErrorCode, Result};
use std::cell::RefCell;
use std::ffi::{CString, c_char, c_void};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// The last error of a thread, as the header shows it. Raw, because the host looks at it while this is moved about.
struct Last(*mut seenby_error_t);

impl Last {
    fn new(error: &Error) -> Self {
        let sentence = CString::new(error.message.replace('\0', "\u{fffd}")).unwrap_or_default();
        let len = sentence.as_bytes().len();
        let message = seenby_str_t { data: sentence.into_raw(), len };
        let shown = seenby_error_t { code: error.code.number(), message, retry_after_ms: error.retry_after_ms };
        Self(Box::into_raw(Box::new(shown)))
    }
}

impl Drop for Last {
    fn drop(&mut self) {
        // SAFETY: what `new` made, freed here alone.
        unsafe { drop(CString::from_raw(Box::from_raw(self.0).message.data.cast_mut())) }
    }
}

thread_local! {
    static LAST: RefCell<Option<Last>> = const { RefCell::new(None) };
}

fn remember(error: &Error) -> i32 {
    let last = Last::new(error);
    // Fails only while the thread ends: then nobody asks any more.
    let _ = LAST.try_with(|slot| *slot.borrow_mut() = Some(last));
    error.code.number()
}

/// The last error of this thread, or NULL.
pub(super) fn last() -> *const seenby_error_t {
    let shown = LAST.try_with(|slot| slot.borrow().as_ref().map_or(std::ptr::null(), |last| last.0.cast_const()));
    shown.unwrap_or(std::ptr::null())
}

fn panicked() -> Error {
    Error::new(ErrorCode::Panic, "a panic was caught in SeenBy; please report it, with the log")
}

/// Runs what answers at once. A panic becomes 90001.
pub(super) fn at_once(what: impl FnOnce() -> Result<()>) -> i32 {
    log::install();
    match catch_unwind(AssertUnwindSafe(what)) {
        Ok(Ok(())) => SEENBY_OK,
        Ok(Err(error)) => remember(&error),
        Err(_) => remember(&panicked()),
    }
}

/// As [`at_once`], with a client; a panic ends it.
pub(super) fn at_once_with(client: *const seenby_client_t, what: impl FnOnce(&Client) -> Result<()>) -> i32 {
    at_once(|| {
        let client = client::resolve(client)?;
        catch_unwind(AssertUnwindSafe(|| what(&client))).unwrap_or_else(|_| {
            client.poison();
            Err(panicked())
        })
    })
}

/// The user data of a callback, and what frees it: once, when this is dropped.
pub(super) struct UserData {
    data: *mut c_void,
    destroy: seenby_destroy_fn,
}

// SAFETY: the header says that user data is used and freed on other threads than the one that gave it.
unsafe impl Send for UserData {}
// SAFETY: as above; the functions of a listener and of a dispatcher are called one at a time.
unsafe impl Sync for UserData {}

impl UserData {
    pub(super) fn new(data: *mut c_void, destroy: seenby_destroy_fn) -> Self {
        Self { data, destroy }
    }

    pub(super) fn get(&self) -> *mut c_void {
        self.data
    }
}

impl Drop for UserData {
    fn drop(&mut self) {
        if let Some(destroy) = self.destroy.take() {
            // Caught here: this may run while another panic unwinds, or on a thread of the host.
            // SAFETY: the host gave both together, and this is the only call.
            if catch_unwind(AssertUnwindSafe(|| unsafe { destroy(self.data) })).is_err() {
                tracing::error!("a panic was caught in a destroy function of the app");
            }
        }
    }
}

/// A type of callbacks that ends calls.
pub(super) trait Ending: Copy + Send + 'static {
    /// Calls it, if it is not NULL.
    fn end(self, user_data: *mut c_void, result: Result<Answer>);
}

/// An error as callbacks get it, or NULL.
pub(super) fn with_error<T>(views: &Views<'_>, result: Result<T>, then: impl FnOnce(*const seenby_error_t, Option<T>)) {
    match result {
        Ok(value) => then(std::ptr::null(), Some(value)),
        Err(error) => then(views.error(&error), None),
    }
}

/// How a call ends: passes the result to its callback, then frees the user data.
pub(super) type End = Box<dyn FnOnce(Result<Answer>) + Send>;

pub(super) fn end<F: Ending>(user_data: *mut c_void, callback: F, destroy: seenby_destroy_fn) -> End {
    let user_data = UserData::new(user_data, destroy);
    Box::new(move |result| {
        callback.end(user_data.get(), result);
        drop(user_data);
    })
}

/// Begins a call that is a command. Everything that is wrong is told to its callback.
pub(super) fn call<F: Ending>(
    client: *mut seenby_client_t,
    (user_data, callback, destroy): (*mut c_void, F, seenby_destroy_fn),
    command: impl FnOnce(&Client) -> Result<Command>,
) -> seenby_call_t {
    begin(client, (user_data, callback, destroy), command, |client, command, end| client.call_checked(command, end))
}

/// Begins a call: `prepare` reads its parameters, `start` begins it, also with what was wrong.
pub(super) fn begin<F: Ending, P>(
    client: *mut seenby_client_t,
    (user_data, callback, destroy): (*mut c_void, F, seenby_destroy_fn),
    prepare: impl FnOnce(&Client) -> Result<P>,
    start: impl FnOnce(&Client, Result<P>, End) -> CallId,
) -> seenby_call_t {
    let end = end(user_data, callback, destroy);
    let client = match catch_unwind(AssertUnwindSafe(|| client::resolve(client))).unwrap_or_else(|_| Err(panicked())) {
        Ok(client) => client,
        Err(error) => {
            Client::refuse(error, end);
            return 0;
        }
    };
    let prepared = catch_unwind(AssertUnwindSafe(|| prepare(&client))).unwrap_or_else(|_| {
        client.poison();
        Err(panicked())
    });
    let started = catch_unwind(AssertUnwindSafe(|| start(&client, prepared, end)));
    match started {
        Ok(call) => call.0,
        Err(_) => {
            client.poison();
            0
        }
    }
}

fn other() -> Error {
    Error::new(ErrorCode::ServiceInternal, "the answer is of another kind than the call")
}

/// Takes the part of the answer that a callback passes on.
pub(super) fn part<T>(result: Result<Answer>, of: impl FnOnce(Answer) -> Option<T>) -> Result<T> {
    result.and_then(|answer| of(answer).ok_or_else(other))
}

impl Ending for seenby_done_fn {
    fn end(self, user_data: *mut c_void, result: Result<Answer>) {
        let Some(callback) = self else { return };
        let bump = Bump::new();
        with_error(&Views::new(&bump), result, |error, _| {
            // SAFETY: the host's function, with what it was given to be called with.
            unsafe { callback(user_data, error) }
        });
    }
}

/// Gives a text to the caller, who frees it.
pub(super) fn owned(text: &str) -> seenby_string_t {
    let len = text.len();
    let mut bytes = Vec::with_capacity(len + 1);
    bytes.extend_from_slice(text.as_bytes());
    bytes.push(0);
    let data = Box::into_raw(bytes.into_boxed_slice());
    seenby_string_t { data: data.cast::<c_char>(), len }
}
