//! Messages: sent, recalled, found; kept, referred to, drawn.

use super::input;
use super::outcome::{self, Ending, part, with_error};
use super::owned;
use super::receipts::is_me;
use super::types::*;
use super::view::Views;
use bumpalo::Bump;
use seenby_client::{
    Answer, Body, Command, ConversationId, DrawState, Error, HistoryQuery, Message, MessageId, MessageStatus, Priority,
    Result, Seen, SendOptions,
};
use std::ffi::c_void;
use std::ptr;

impl Ending for seenby_message_fn {
    fn end(self, user_data: *mut c_void, result: Result<Answer>) {
        let Some(callback) = self else { return };
        let message = part(result, |answer| match answer {
            Answer::Message(message) => Some(message),
            _ => None,
        });
        let bump = Bump::new();
        let views = Views::new(&bump);
        with_error(&views, message, |error, message| {
            let message = message.map_or(ptr::null(), |message| views.message(&message));
            // SAFETY: the host's function, with what it was given to be called with.
            unsafe { callback(user_data, error, message) }
        });
    }
}

impl Ending for seenby_messages_fn {
    fn end(self, user_data: *mut c_void, result: Result<Answer>) {
        let Some(callback) = self else { return };
        let page = part(result, |answer| match answer {
            Answer::Messages { messages, finished } => Some((messages, finished)),
            _ => None,
        });
        let bump = Bump::new();
        let views = Views::new(&bump);
        with_error(&views, page, |error, page| {
            let (messages, is_finished) = page.unwrap_or_default();
            let list = views.list(&messages, |views, message| views.message(message));
            // SAFETY: the host's function, with what it was given to be called with.
            unsafe { callback(user_data, error, list, messages.len(), is_finished) }
        });
    }
}

/// What a host wants sent.
///
/// # Safety
/// As [`input::read`], and its texts as for [`input::text`].
unsafe fn outgoing(from: *const seenby_outgoing_message_t) -> Result<(Message, SendOptions)> {
    // SAFETY: passed on.
    let from = unsafe { input::read(from) }?;
    // SAFETY: the texts are what the caller says.
    let (id, text, data, description, extension, cloud_custom_data) = unsafe {
        (
            input::optional("message's msg_id", from.msg_id)?,
            input::text("message's text", from.text)?,
            input::bytes("message's data", from.data)?,
            input::text("message's description", from.description)?,
            input::text("message's extension", from.extension)?,
            input::bytes("message's cloud_custom_data", from.cloud_custom_data)?,
        )
    };
    let body = match from.body {
        SEENBY_BODY_NONE => Body::None,
        SEENBY_BODY_TEXT => Body::Text(text.to_owned()),
        SEENBY_BODY_CUSTOM => {
            Body::Custom { data: data.to_vec(), description: description.to_owned(), extension: extension.to_owned() }
        }
        other => {
            let sentence =
                format!("the message's body is {other}; it must be SEENBY_BODY_TEXT (1) or SEENBY_BODY_CUSTOM (2)");
            return Err(Error::invalid(sentence));
        }
    };
    let mut message = Message::new(body);
    message.id = id.map(MessageId::new).transpose()?;
    message.cloud_custom_data = cloud_custom_data.to_vec();
    message.need_read_receipt = input::flag("the message's need_read_receipt", from.need_read_receipt)?;
    message.is_excluded_from_unread_count =
        input::flag("the message's is_excluded_from_unread_count", from.is_excluded_from_unread_count)?;
    message.is_excluded_from_last_message =
        input::flag("the message's is_excluded_from_last_message", from.is_excluded_from_last_message)?;
    let options = SendOptions {
        priority: Priority::parse(from.priority.into())?,
        online_user_only: input::flag("the message's online_user_only", from.online_user_only)?,
    };
    Ok((message, options))
}

/// Sends a message to a user or to a group: the documented sendMessage (R18). It has its id at once, in `out_message`;
/// to send it again when it failed, set that as `msg_id`, and it cannot be stored twice (R16).
///
/// @param client      The client.
/// @param message     What to send. Borrowed for the call.
/// @param receiver    The user; exactly one of this and `group_id` is set.
/// @param group_id    The group.
/// @param out_message Where the message goes as it stands now: SEENBY_MESSAGE_SENDING with its id, or, refused at once,
///                    SEENBY_MESSAGE_SEND_FAIL without one; NULL if there is no client or no message to read. It
///                    belongs to the caller, who frees it with seenby_message_free. It is set when this function returns.
///                    May be NULL.
/// @param user_data   Passed to `callback`, then to `destroy`.
/// @param callback    Comes when the service has it, with its seq and time.
/// @param destroy     Frees `user_data`.
/// @return The call, for seenby_cancel.
///
/// Errors: 6012 no answer in time; 6014 nobody is logged in; 6017 both or neither of receiver and group, a wrong value, or it
/// says nothing; 7013 receipts where the app rejects them (R8); 9508 and its like: the line is down; 10007 not a member;
/// 10010 there is no such group; 80002 longer than 12 KB.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn seenby_send_message(
    client: *mut seenby_client_t,
    message: *const seenby_outgoing_message_t,
    receiver: seenby_str_t,
    group_id: seenby_str_t,
    out_message: *mut *mut seenby_message_t,
    user_data: *mut c_void,
    callback: seenby_message_fn,
    destroy: seenby_destroy_fn,
) -> seenby_call_t {
    let give = |message: *mut seenby_message_t| {
        if !out_message.is_null() {
            // SAFETY: the caller says that a result may be written there.
            unsafe { out_message.write(message) }
        }
    };
    give(ptr::null_mut());
    let read = || {
        // SAFETY: the caller says that the message and the texts are there for the call.
        unsafe {
            let (message, options) = outgoing(message)?;
            Ok((message, options, input::optional("receiver", receiver)?, input::optional("group id", group_id)?))
        }
    };
    outcome::begin(
        client,
        (user_data, callback, destroy),
        |_| read(),
        |client, prepared, end| match prepared {
            Ok((message, options, receiver, group)) => {
                let (message, call) = client.send_message_with(message, receiver, group, options, end);
                if !out_message.is_null() {
                    give(owned::message(&message));
                }
                call
            }
            Err(error) => client.call_checked(Err(error), end),
        },
    )
}

/// Takes a message of one's own back, and with it its receipts: the documented revokeMessage (R32).
///
/// @param client    The client.
/// @param message   Which. Borrowed for the call.
/// @param user_data Passed to `callback`, then to `destroy`.
/// @param callback  Comes when it is done.
/// @param destroy   Frees `user_data`.
/// @return The call, for seenby_cancel.
///
/// Errors: 6012 no answer in time; 6014 nobody is logged in; 6017 a wrong value, or it was never sent; 9508 the line is down;
/// 10007 not one's own.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn seenby_revoke_message(
    client: *mut seenby_client_t,
    message: *const seenby_message_ref_t,
    user_data: *mut c_void,
    callback: seenby_done_fn,
    destroy: seenby_destroy_fn,
) -> seenby_call_t {
    outcome::call(client, (user_data, callback, destroy), |client| {
        // SAFETY: the caller says that the message is there for the call.
        let message = unsafe { input::message(message, &is_me(client)) }?;
        Ok(Command::RecallMessage { message })
    })
}

/// Messages older or newer than a place in a conversation: the documented getHistoryMessageList (R18).
///
/// @param client    The client.
/// @param query     Which. Borrowed for the call.
/// @param user_data Passed to `callback`, then to `destroy`.
/// @param callback  Comes with the page: older ones newest first, newer ones oldest first.
/// @param destroy   Frees `user_data`.
/// @return The call, for seenby_cancel.
///
/// Errors: 6012 no answer in time; 6014 nobody is logged in; 6017 a wrong value, or a `last_msg` that is not known on this
/// device; 9508 the line is down; 10007 not a member; 10010 there is no such group.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn seenby_get_history_message_list(
    client: *mut seenby_client_t,
    query: *const seenby_history_query_t,
    user_data: *mut c_void,
    callback: seenby_messages_fn,
    destroy: seenby_destroy_fn,
) -> seenby_call_t {
    outcome::call(client, (user_data, callback, destroy), |client| {
        // SAFETY: the caller says that the query is there for the call.
        let query = unsafe { input::read(query) }?;
        input::all_reserved(input::name::<seenby_history_query_t>(), &query.reserved)?;
        // SAFETY: as are its texts.
        let (user, group) = unsafe {
            (input::optional("query's user_id", query.user_id)?, input::optional("query's group_id", query.group_id)?)
        };
        let last_message = match query.last_msg.is_null() {
            true => None,
            // SAFETY: as is the message.
            false => Some(unsafe { input::message(query.last_msg, &is_me(client)) }?),
        };
        Ok(Command::History(HistoryQuery {
            conversation: ConversationId::of(user, group)?,
            newer: input::flag("the query's newer", query.newer)?,
            count: query.count,
            last_message,
            from_seq: query.last_msg_seq,
            begin_s: query.time_begin_s,
            period_s: query.time_period_s,
        }))
    })
}

/// The messages with these ids that the caller may see, in this order: the documented findMessages (R18). The others are
/// left out.
///
/// @param client    The client.
/// @param msg_ids   Their ids. Borrowed for the call.
/// @param count     How many; at least 1.
/// @param user_data Passed to `callback`, then to `destroy`.
/// @param callback  Comes with the messages.
/// @param destroy   Frees `user_data`.
/// @return The call, for seenby_cancel.
///
/// Errors: 6012 no answer in time; 6014 nobody is logged in; 6017 an empty list, a wrong id; 9508 the line is down.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn seenby_find_messages(
    client: *mut seenby_client_t,
    msg_ids: *const seenby_str_t,
    count: usize,
    user_data: *mut c_void,
    callback: seenby_messages_fn,
    destroy: seenby_destroy_fn,
) -> seenby_call_t {
    outcome::call(client, (user_data, callback, destroy), |_| {
        // SAFETY: the caller says that the ids are there for the call.
        let ids = unsafe { input::message_ids(msg_ids, count) }?;
        Ok(Command::FindMessages { ids })
    })
}

/// Copies a message, for keeping it longer than its callback. Any thread; needs no client.
///
/// @param message     One that a callback or a call gave, and that is still there.
/// @param out_message Where the copy goes. The caller frees it with seenby_message_free.
/// @return SEENBY_OK, or 6017: NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn seenby_message_clone(
    message: *const seenby_message_t,
    out_message: *mut *mut seenby_message_t,
) -> i32 {
    outcome::at_once(|| {
        let out = input::out("out_message", out_message)?;
        // SAFETY: the caller says that the message is there, and that a result may be written.
        unsafe { out.write(owned::clone(message)?) };
        Ok(())
    })
}

/// Frees a message that belongs to the caller: one that seenby_message_clone or seenby_send_message gave. Any thread.
///
/// @param message The message.
/// @return SEENBY_OK, or 90003: NULL, freed before, or lent by a callback. Nothing happens to it then.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn seenby_message_free(message: *mut seenby_message_t) -> i32 {
    outcome::at_once(|| owned::free(message))
}

/// Makes what calls take of a message. Any thread; needs no client.
///
/// @param message One that a callback or a call gave, and that is still there.
/// @param out_ref Where it goes; its `size` is set by the caller, as SEENBY_MESSAGE_REF_INIT does. Its texts are the
///                message's, and live as long as that.
/// @return SEENBY_OK, or 6017: NULL, or a wrong size.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn seenby_message_ref_of(
    message: *const seenby_message_t,
    out_ref: *mut seenby_message_ref_t,
) -> i32 {
    outcome::at_once(|| {
        let out = input::out("out_ref", out_ref)?;
        // SAFETY: the caller says that the message is there.
        let message = unsafe { owned::look(message) }?;
        // SAFETY: the caller says that as many bytes are there as its size says.
        unsafe {
            input::write(out, |size| seenby_message_ref_t {
                size,
                is_self: message.is_self.into(),
                need_read_receipt: message.need_read_receipt.into(),
                reserved: 0,
                msg_id: message.msg_id,
                conversation_id: message.conversation_id,
                sender: message.sender,
                seq: message.seq,
            })
        }
    })
}

/// Whether a reference made by hand names a message: an id, and texts within their limits (R19, R23). The calls that take
/// references check them too; this tells at once. Any thread; needs no client.
///
/// @param message The reference.
/// @return SEENBY_OK, or 6017: NULL, a wrong size, no id, or a wrong value, which the sentence names.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn seenby_message_ref_check(message: *const seenby_message_ref_t) -> i32 {
    outcome::at_once(|| {
        // SAFETY: the caller says that the reference is there, with its texts.
        let message = unsafe { input::message(message, &|_| None) }?;
        // Calls may be about a message that was never sent, so only here it must have an id.
        message.id.map_or_else(|| MessageId::new("").map(drop), |_| Ok(()))
    })
}

/// What to draw beside a message of one's own (R31), the same on every platform. Any thread; needs no client.
///
/// @param query     Fields of the message, and of its latest summary.
/// @param out_state Where the state goes.
/// @return SEENBY_OK, or 6017: NULL, or a wrong value.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn seenby_draw_state(
    query: *const seenby_draw_query_t,
    out_state: *mut seenby_draw_state_t,
) -> i32 {
    outcome::at_once(|| {
        let out = input::out("out_state", out_state)?;
        // SAFETY: the caller says that the query is there.
        let query = unsafe { input::read(query) }?;
        input::all_reserved(input::name::<seenby_draw_query_t>(), &query.reserved)?;
        let is_peer_read = input::flag("the query's is_peer_read", query.is_peer_read)?;
        let seen = match input::flag("the query's is_group", query.is_group)? {
            true => Seen::ByMembers { read: query.read_count, unread: query.unread_count },
            false => Seen::ByPeer(is_peer_read),
        };
        let state = DrawState::of_parts(
            input::flag("the query's is_self", query.is_self)?,
            MessageStatus::parse(query.status.into())?,
            input::flag("the query's need_read_receipt", query.need_read_receipt)?,
            input::flag("the query's has_receipt", query.has_receipt)?.then_some(seen),
        );
        // SAFETY: the caller says that a result may be written there.
        unsafe { out.write(drawn(state)) };
        Ok(())
    })
}

fn drawn(state: DrawState) -> seenby_draw_state_t {
    let (state, (read, of)) = match state {
        DrawState::Sending => (SEENBY_DRAW_SENDING, (0, 0)),
        DrawState::Failed => (SEENBY_DRAW_FAILED, (0, 0)),
        DrawState::Sent => (SEENBY_DRAW_SENT, (0, 0)),
        DrawState::ReadByPeer => (SEENBY_DRAW_READ_BY_PEER, (0, 0)),
        DrawState::ReadBy { read, of } => (SEENBY_DRAW_READ_BY, (read, of)),
        DrawState::AllRead => (SEENBY_DRAW_ALL_READ, (0, 0)),
        DrawState::Unavailable => (SEENBY_DRAW_UNAVAILABLE, (0, 0)),
    };
    seenby_draw_state_t { state, read, of }
}
