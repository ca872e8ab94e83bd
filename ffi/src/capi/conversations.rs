//! Conversations (R26).

use super::input;
use super::outcome::{self, Ending, part, with_error};
use super::types::*;
use super::view::Views;
use bumpalo::Bump;
use seenby_client::{Answer, Command, ConversationId, Result};
use std::ffi::c_void;
use std::ptr;

impl Ending for seenby_conversations_fn {
    fn end(self, user_data: *mut c_void, result: Result<Answer>) {
        let Some(callback) = self else { return };
        let page = part(result, |answer| match answer {
            Answer::Conversations { conversations, next_seq, is_finished } => {
                Some((conversations, next_seq, is_finished))
            }
            _ => None,
        });
        let bump = Bump::new();
        let views = Views::new(&bump);
        with_error(&views, page, |error, page| {
            let (conversations, next_seq, is_finished) = page.unwrap_or_default();
            let list = views.list(&conversations, |views, one| views.conversation(one));
            // SAFETY: the host's function, with what it was given to be called with.
            unsafe { callback(user_data, error, list, conversations.len(), next_seq, is_finished) }
        });
    }
}

impl Ending for seenby_conversation_fn {
    fn end(self, user_data: *mut c_void, result: Result<Answer>) {
        let Some(callback) = self else { return };
        let conversation = part(result, |answer| match answer {
            Answer::Conversation(conversation) => Some(conversation),
            _ => None,
        });
        let bump = Bump::new();
        let views = Views::new(&bump);
        with_error(&views, conversation, |error, conversation| {
            let conversation = conversation.map_or(ptr::null(), |conversation| views.conversation(&conversation));
            // SAFETY: the host's function, with what it was given to be called with.
            unsafe { callback(user_data, error, conversation) }
        });
    }
}

impl Ending for seenby_count_fn {
    fn end(self, user_data: *mut c_void, result: Result<Answer>) {
        let Some(callback) = self else { return };
        let count = part(result, |answer| match answer {
            Answer::Count(count) => Some(count),
            _ => None,
        });
        let bump = Bump::new();
        with_error(&Views::new(&bump), count, |error, count| {
            // SAFETY: the host's function, with what it was given to be called with.
            unsafe { callback(user_data, error, count.unwrap_or_default()) }
        });
    }
}

/// One's conversations, latest activity first: the documented getConversationList (R26).
///
/// @param client    The client.
/// @param next_seq  0 for the first page, then what the last page gave.
/// @param count     At most this many, 1 to 100.
/// @param user_data Passed to `callback`, then to `destroy`.
/// @param callback  Comes with the page.
/// @param destroy   Frees `user_data`.
/// @return The call, for seenby_cancel.
///
/// Errors: 6012 no answer in time; 6014 nobody is logged in; 6017 a wrong count or place; 9508 the line is down.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn seenby_get_conversation_list(
    client: *mut seenby_client_t,
    next_seq: u64,
    count: u32,
    user_data: *mut c_void,
    callback: seenby_conversations_fn,
    destroy: seenby_destroy_fn,
) -> seenby_call_t {
    outcome::call(client, (user_data, callback, destroy), |_| Ok(Command::Conversations { next_seq, count }))
}

/// One conversation: the documented getConversation (R26).
///
/// @param client          The client.
/// @param conversation_id `c2c_<peer>` or `group_<id>`.
/// @param user_data       Passed to `callback`, then to `destroy`.
/// @param callback        Comes with the conversation.
/// @param destroy         Frees `user_data`.
/// @return The call, for seenby_cancel.
///
/// Errors: 6012 no answer in time; 6014 nobody is logged in; 6017 what is no conversation; 9508 the line is down; 10007 not
/// a member of the group; 10010 there is no such group.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn seenby_get_conversation(
    client: *mut seenby_client_t,
    conversation_id: seenby_str_t,
    user_data: *mut c_void,
    callback: seenby_conversation_fn,
    destroy: seenby_destroy_fn,
) -> seenby_call_t {
    outcome::call(client, (user_data, callback, destroy), |_| {
        // SAFETY: the caller says that the text is there for the call.
        let conversation = ConversationId::parse(unsafe { input::text("conversation id", conversation_id) }?)?;
        Ok(Command::Conversation { conversation })
    })
}

/// How many messages are unread in all: the documented getTotalUnreadMessageCount (R26). It is what this device knows, and
/// works offline.
///
/// @param client    The client.
/// @param user_data Passed to `callback`, then to `destroy`.
/// @param callback  Comes with the number.
/// @param destroy   Frees `user_data`.
/// @return The call, for seenby_cancel.
///
/// Errors: 6014 nobody is logged in.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn seenby_get_total_unread_message_count(
    client: *mut seenby_client_t,
    user_data: *mut c_void,
    callback: seenby_count_fn,
    destroy: seenby_destroy_fn,
) -> seenby_call_t {
    outcome::call(client, (user_data, callback, destroy), |_| Ok(Command::TotalUnread))
}
