//! Receipts: report, ask, list who has read.

use super::input;
use super::outcome::{self, Ending, part, with_error};
use super::types::*;
use super::view::Views;
use bumpalo::Bump;
use seenby_client::{Answer, Client, Command, Result, UserId};
use std::ffi::c_void;

/// Whether a user is who is logged in.
pub(super) fn is_me(client: &Client) -> impl Fn(&UserId) -> Option<bool> {
    let me = client.login_user();
    move |user| me.as_ref().map(|me| me == user)
}

impl Ending for seenby_receipts_fn {
    fn end(self, user_data: *mut c_void, result: Result<Answer>) {
        let Some(callback) = self else { return };
        let receipts = part(result, |answer| match answer {
            Answer::Receipts(receipts) => Some(receipts),
            _ => None,
        });
        let bump = Bump::new();
        let views = Views::new(&bump);
        with_error(&views, receipts, |error, receipts| {
            let receipts = receipts.unwrap_or_default();
            let list = views.list(&receipts, |views, receipt| views.receipt(receipt));
            // SAFETY: the host's function, with what it was given to be called with.
            unsafe { callback(user_data, error, list, receipts.len()) }
        });
    }
}

/// "I have read these" (R2): the documented sendMessageReadReceipts.
///
/// @param client    The client.
/// @param messages  Messages of one conversation (R3), as many as one likes (R4). One's own and those without receipts are
///                  skipped. Borrowed for the call.
/// @param count     How many. 0 is SEENBY_ERR_INVALID_PARAMETERS.
/// @param user_data Passed to `callback`, then to `destroy`.
/// @param callback  Comes when the receipts are durable: on the service, or, with the line down or slow, on this device,
///                  from where they go out by themselves (R16).
/// @param destroy   Frees `user_data`.
/// @return The call, for seenby_cancel.
///
/// Errors: 6014 nobody is logged in; 6017 an empty list, messages of two conversations, a wrong value; 90004 the device's
/// store refused.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn seenby_send_message_read_receipts(
    client: *mut seenby_client_t,
    messages: *const seenby_message_ref_t,
    count: usize,
    user_data: *mut c_void,
    callback: seenby_done_fn,
    destroy: seenby_destroy_fn,
) -> seenby_call_t {
    outcome::call(client, (user_data, callback, destroy), |client| {
        // SAFETY: the caller says that the messages are there for the call.
        let messages = unsafe { input::messages(messages, count, &is_me(client)) }?;
        Ok(Command::SendReadReceipts { messages })
    })
}
