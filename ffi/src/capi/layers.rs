//! For layers above this one: what they refuse themselves ends as every call does, and what they must know beforehand.

use super::input;
use super::outcome;
use super::types::*;
use seenby_client::{Client, Error, ErrorCode};
use std::ffi::c_void;

/// Ends a call that a layer above this one refuses (a documented call outside SeenBy, say), as if the library had refused it:
/// in its turn, on the client's delivery thread or by its dispatcher.
///
/// @param client     The client.
/// @param code       SEENBY_ERR_*.
/// @param message    The sentence: it names the offending value and what would be right.
/// @param user_data  Passed to `callback`, then to `destroy`.
/// @param callback   Comes with this error; with another one if the client could not have been asked either.
/// @param destroy    Frees `user_data`.
/// @return The call, for seenby_cancel.
///
/// Errors: the one that is passed; 6013 the client of the process is not initialized; 6017 the number or the sentence is
/// none; 90003 the client was shut down, or the handle is none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn seenby_refuse(
    client: *mut seenby_client_t,
    code: i32,
    message: seenby_str_t,
    user_data: *mut c_void,
    callback: seenby_done_fn,
    destroy: seenby_destroy_fn,
) -> seenby_call_t {
    outcome::call(client, (user_data, callback, destroy), |_| {
        // SAFETY: the caller says that it is there for the call.
        let message = unsafe { input::text("message", message) }?;
        let code = ErrorCode::from_number(code)
            .ok_or_else(|| Error::invalid(format!("the error number {code} is none; pass one of SEENBY_ERR_*")))?;
        Err(Error::new(code, message))
    })
}

/// Whether clients with this server keep anything in a data folder: all do but those of a service in memory. For layers that
/// make the folder themselves, before there is a client.
///
/// @param server    As `server` of a configuration. Not set: what the environment variable SEENBY_SERVER says, as for a client.
/// @param out_uses  Gets the answer.
/// @return SEENBY_OK or an error number.
///
/// Errors: 6017 a server that a client would refuse (whether `ws://` is allowed there, only the client says).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn seenby_uses_data_folder(server: seenby_str_t, out_uses: *mut bool) -> i32 {
    outcome::at_once(|| {
        let out = input::out("out_uses", out_uses)?;
        // SAFETY: the caller says that it is there for the call.
        let uses = Client::uses_data_folder(unsafe { input::optional("server", server) }?)?;
        // SAFETY: not NULL, and the caller's.
        unsafe { out.write(uses) };
        Ok(())
    })
}
