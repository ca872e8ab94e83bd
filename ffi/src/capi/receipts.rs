//! Receipts: report, ask, list who has read.

use super::input;
use super::outcome::{self, Ending, part, with_error};
use super::types::*;
use super::view::Views;
use bumpalo::Bump;
use seenby_client::{Answer, Client, Command, MemberFilter, Result, SpoolTarget, UserId};
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

impl Ending for seenby_read_members_fn {
    fn end(self, user_data: *mut c_void, result: Result<Answer>) {
        let Some(callback) = self else { return };
        let page = part(result, |answer| match answer {
            Answer::ReadMembers(page) => Some(page),
            _ => None,
        });
        let bump = Bump::new();
        let views = Views::new(&bump);
        with_error(&views, page, |error, page| {
            let (members, next_seq, is_finished) =
                page.map(|page| (page.members, page.next_seq, page.is_finished)).unwrap_or_default();
            let list = views.list(&members, |views, member| views.read_member(member));
            // SAFETY: the host's function, with what it was given to be called with.
            unsafe { callback(user_data, error, list, members.len(), next_seq, is_finished) }
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

/// How far messages of one's own have been read: the documented getMessageReadReceipts (R10).
///
/// @param client    The client.
/// @param messages  Messages of one conversation (R3), as many as one likes (R4). Borrowed for the call.
/// @param count     How many. 0 is SEENBY_ERR_INVALID_PARAMETERS.
/// @param user_data Passed to `callback`, then to `destroy`.
/// @param callback  Comes with the receipts, in this order; those one may not see are left out.
/// @param destroy   Frees `user_data`.
/// @return The call, for seenby_cancel.
///
/// Errors: 6012 no answer in time; 6014 nobody is logged in; 6017 an empty list, messages of two conversations, a wrong
/// value; 9508 the line is down; 10062 none of them has receipts that the caller may see.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn seenby_get_message_read_receipts(
    client: *mut seenby_client_t,
    messages: *const seenby_message_ref_t,
    count: usize,
    user_data: *mut c_void,
    callback: seenby_receipts_fn,
    destroy: seenby_destroy_fn,
) -> seenby_call_t {
    outcome::call(client, (user_data, callback, destroy), |client| {
        // SAFETY: the caller says that the messages are there for the call.
        let messages = unsafe { input::messages(messages, count, &is_me(client)) }?;
        Ok(Command::GetReadReceipts { messages })
    })
}

/// What this device remembers of messages' receipts, without asking the service; works offline (ours, R16).
///
/// @param client    The client.
/// @param msg_ids   The messages' ids. Borrowed for the call.
/// @param count     How many.
/// @param user_data Passed to `callback`, then to `destroy`.
/// @param callback  Comes with what is known, in this order; the others are left out.
/// @param destroy   Frees `user_data`.
/// @return The call, for seenby_cancel.
///
/// Errors: 6014 nobody is logged in; 6017 a wrong id.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn seenby_cached_receipts(
    client: *mut seenby_client_t,
    msg_ids: *const seenby_str_t,
    count: usize,
    user_data: *mut c_void,
    callback: seenby_receipts_fn,
    destroy: seenby_destroy_fn,
) -> seenby_call_t {
    outcome::call(client, (user_data, callback, destroy), |_| {
        // SAFETY: the caller says that the ids are there for the call.
        let ids = unsafe { input::message_ids(msg_ids, count) }?;
        Ok(Command::CachedReceipts { ids })
    })
}

/// Who has read a group message, or who has not: the documented getGroupMessageReadMemberList (R11).
///
/// @param client    The client.
/// @param message   The message. Borrowed for the call.
/// @param filter    SEENBY_FILTER_READ or SEENBY_FILTER_UNREAD.
/// @param next_seq  0 for the first page, then what the last page gave.
/// @param count     At most this many, 1 to 100.
/// @param user_data Passed to `callback`, then to `destroy`.
/// @param callback  Comes with the page: readers in the order of their receipts, the others in the order of joining.
/// @param destroy   Frees `user_data`.
/// @return The call, for seenby_cancel.
///
/// Errors: 6012 no answer in time; 6014 nobody is logged in; 6017 a wrong filter, count or place, or no group message; 9508
/// the line is down; 10062 no receipts are known for it, or not to the caller (R22).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn seenby_get_group_message_read_member_list(
    client: *mut seenby_client_t,
    message: *const seenby_message_ref_t,
    filter: i32,
    next_seq: u64,
    count: u32,
    user_data: *mut c_void,
    callback: seenby_read_members_fn,
    destroy: seenby_destroy_fn,
) -> seenby_call_t {
    outcome::call(client, (user_data, callback, destroy), |client| {
        // SAFETY: the caller says that the message is there for the call.
        let message = unsafe { input::message(message, &is_me(client)) }?;
        let filter = MemberFilter::parse(filter.into())? as u32;
        Ok(Command::GetReadMembers { message, filter, next_seq, count })
    })
}

/// Leaves receipts on the disk for the next client of this user in this data folder (ours, R16): for a notification's
/// action, which has no time for more. Any process may, with or without a client. They count from now; what is left is on
/// the disk when this returns. It touches the disk: not for a thread that draws.
///
/// @param target   For whom. Borrowed for the call.
/// @param messages The messages that were read. Borrowed for the call.
/// @param count    How many; at least 1.
/// @return SEENBY_OK, or 6017: a wrong value, an empty list, or a service in memory, which nobody can reach later; 90004: the
/// disk refused.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn seenby_enqueue_receipts(
    target: *const seenby_spool_target_t,
    messages: *const seenby_message_ref_t,
    count: usize,
) -> i32 {
    outcome::at_once(|| {
        // SAFETY: the caller says that the target is there for the call.
        let target = unsafe { input::read(target) }?;
        // SAFETY: as are its texts.
        let (server, data_dir, user) = unsafe {
            (
                input::optional("target's server", target.server)?,
                input::optional("target's data_dir", target.data_dir)?,
                UserId::new(input::text("target's user_id", target.user_id)?)?,
            )
        };
        // SAFETY: as are the messages.
        let messages = unsafe { input::messages(messages, count, &|sender| Some(*sender == user)) }?;
        let target = SpoolTarget {
            server: server.map(Into::into),
            app: target.app,
            user: user.to_string(),
            data_dir: data_dir.map(Into::into),
        };
        Client::enqueue_receipts(&target, messages)
    })
}

/// Switches one's receipts off or on, for all of one's devices (ours, R15): off, one neither sends any nor sees the other's.
/// Works offline.
///
/// @param client    The client.
/// @param enabled   1 on, 0 off.
/// @param user_data Passed to `callback`, then to `destroy`.
/// @param callback  Comes when the switch is durable, on the service or on this device (R16).
/// @param destroy   Frees `user_data`.
/// @return The call, for seenby_cancel.
///
/// Errors: 6014 nobody is logged in; 6017 neither 0 nor 1; 90004 the device's store refused.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn seenby_set_read_receipts_enabled(
    client: *mut seenby_client_t,
    enabled: i32,
    user_data: *mut c_void,
    callback: seenby_done_fn,
    destroy: seenby_destroy_fn,
) -> seenby_call_t {
    outcome::call(client, (user_data, callback, destroy), |_| {
        Ok(Command::SetReadReceiptsEnabled { enabled: input::switch("enabled", enabled)? })
    })
}
