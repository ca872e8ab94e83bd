//! Conversation marks: everything up to here is read (R14).

use super::input;
use super::outcome;
use super::types::*;
use seenby_client::{Command, ConversationId, GroupId, UserId};
use std::ffi::c_void;

/// Marks everything that this device has received from a user as read: the documented markC2CMessageAsRead (R14). It sets
/// the unread count to 0 and tells the peer by `on_recv_c2c_read_receipt`; it makes no receipts.
///
/// @param client    The client.
/// @param user_id   The peer.
/// @param user_data Passed to `callback`, then to `destroy`.
/// @param callback  Comes when the mark is durable, on the service or on this device (R16).
/// @param destroy   Frees `user_data`.
/// @return The call, for seenby_cancel.
///
/// Errors: 6014 nobody is logged in; 6017 a wrong id; 90004 the device's store refused.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn seenby_mark_c2c_message_as_read(
    client: *mut seenby_client_t,
    user_id: seenby_str_t,
    user_data: *mut c_void,
    callback: seenby_done_fn,
    destroy: seenby_destroy_fn,
) -> seenby_call_t {
    outcome::call(client, (user_data, callback, destroy), |_| {
        // SAFETY: the caller says that the text is there for the call.
        let user = UserId::new(unsafe { input::text("user id", user_id) }?)?;
        Ok(Command::MarkAsRead { conversation: ConversationId::C2c(user) })
    })
}

/// Marks everything that this device has received in a group as read: the documented markGroupMessageAsRead (R14). It sets
/// the unread count to 0; it makes no receipts.
///
/// @param client    The client.
/// @param group_id  The group.
/// @param user_data Passed to `callback`, then to `destroy`.
/// @param callback  Comes when the mark is durable, on the service or on this device (R16).
/// @param destroy   Frees `user_data`.
/// @return The call, for seenby_cancel.
///
/// Errors: 6014 nobody is logged in; 6017 a wrong id; 90004 the device's store refused.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn seenby_mark_group_message_as_read(
    client: *mut seenby_client_t,
    group_id: seenby_str_t,
    user_data: *mut c_void,
    callback: seenby_done_fn,
    destroy: seenby_destroy_fn,
) -> seenby_call_t {
    outcome::call(client, (user_data, callback, destroy), |_| {
        // SAFETY: the caller says that the text is there for the call.
        let group = GroupId::new(unsafe { input::text("group id", group_id) }?)?;
        Ok(Command::MarkAsRead { conversation: ConversationId::Group(group) })
    })
}

/// Marks everything that this device has received, in all conversations, as read: the documented markAllMessageAsRead (R14).
/// It makes no receipts.
///
/// @param client    The client.
/// @param user_data Passed to `callback`, then to `destroy`.
/// @param callback  Comes when the marks are durable, on the service or on this device (R16).
/// @param destroy   Frees `user_data`.
/// @return The call, for seenby_cancel.
///
/// Errors: 6014 nobody is logged in; 90004 the device's store refused.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn seenby_mark_all_message_as_read(
    client: *mut seenby_client_t,
    user_data: *mut c_void,
    callback: seenby_done_fn,
    destroy: seenby_destroy_fn,
) -> seenby_call_t {
    outcome::call(client, (user_data, callback, destroy), |_| Ok(Command::MarkAllAsRead))
}

/// Marks a conversation, or many, as read: the documented cleanConversationUnreadMessageCount (R14). The two numbers only
/// lower what is marked; they never mark more than this device has received. It makes no receipts.
///
/// @param client            The client.
/// @param conversation_id   `c2c_<peer>`, `group_<id>`, "c2c" for all of that kind, "group" for all of that kind, or not set
///                          for all.
/// @param clean_timestamp_s One to one: only messages up to this time, in seconds since 1970. 0: all.
/// @param clean_sequence    Groups: only messages up to this seq. 0: all.
/// @param user_data         Passed to `callback`, then to `destroy`.
/// @param callback          Comes when the marks are durable, on the service or on this device (R16).
/// @param destroy           Frees `user_data`.
/// @return The call, for seenby_cancel.
///
/// Errors: 6014 nobody is logged in; 6017 what is no conversation; 90004 the device's store refused.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn seenby_clean_conversation_unread_message_count(
    client: *mut seenby_client_t,
    conversation_id: seenby_str_t,
    clean_timestamp_s: u64,
    clean_sequence: u64,
    user_data: *mut c_void,
    callback: seenby_done_fn,
    destroy: seenby_destroy_fn,
) -> seenby_call_t {
    outcome::call(client, (user_data, callback, destroy), |_| {
        // SAFETY: the caller says that the text is there for the call.
        let conversation = unsafe { input::text("conversation id", conversation_id) }?.to_owned();
        Ok(Command::CleanUnread { conversation, timestamp_s: clean_timestamp_s, sequence: clean_sequence })
    })
}
