//! The types of callbacks. Each comes exactly once for its call, on the client's delivery thread or by its dispatcher,
//! never inside the call. Pointers live until the callback returns.

use super::filled::{
    seenby_conversation_t, seenby_error_t, seenby_group_member_t, seenby_group_t, seenby_member_result_t,
    seenby_message_t, seenby_profile_t, seenby_read_member_t, seenby_receipt_t,
};
use super::handles::{seenby_job_t, seenby_token_reply_t};
use super::texts::seenby_str_t;
use std::ffi::c_void;

/// Frees the user data of a callback: called exactly once, after the last use, also when a call fails. NULL: nothing to
/// free.
pub type seenby_destroy_fn = Option<unsafe extern "C-unwind" fn(user_data: *mut c_void)>;

/// The end of a call that answers nothing. `error` is NULL on success.
pub type seenby_done_fn = Option<unsafe extern "C-unwind" fn(user_data: *mut c_void, error: *const seenby_error_t)>;

/// The end of a call that answers a message. On success `error` is NULL, otherwise `message` is.
pub type seenby_message_fn = Option<
    unsafe extern "C-unwind" fn(user_data: *mut c_void, error: *const seenby_error_t, message: *const seenby_message_t),
>;

/// The end of a call that answers messages. `is_finished`: there are no more in this direction.
pub type seenby_messages_fn = Option<
    unsafe extern "C-unwind" fn(
        user_data: *mut c_void,
        error: *const seenby_error_t,
        messages: *const *const seenby_message_t,
        count: usize,
        is_finished: bool,
    ),
>;

/// The end of a call that answers receipts.
pub type seenby_receipts_fn = Option<
    unsafe extern "C-unwind" fn(
        user_data: *mut c_void,
        error: *const seenby_error_t,
        receipts: *const *const seenby_receipt_t,
        count: usize,
    ),
>;

/// The end of a call that answers a page of readers, or of those who have not read. `next_seq`: what the next call passes;
/// 0 when finished.
pub type seenby_read_members_fn = Option<
    unsafe extern "C-unwind" fn(
        user_data: *mut c_void,
        error: *const seenby_error_t,
        members: *const *const seenby_read_member_t,
        count: usize,
        next_seq: u64,
        is_finished: bool,
    ),
>;

/// The end of a call that answers a text.
pub type seenby_text_fn =
    Option<unsafe extern "C-unwind" fn(user_data: *mut c_void, error: *const seenby_error_t, text: seenby_str_t)>;

/// The end of a call that answers a number.
pub type seenby_count_fn =
    Option<unsafe extern "C-unwind" fn(user_data: *mut c_void, error: *const seenby_error_t, count: u64)>;

/// The end of a call that answers groups.
pub type seenby_groups_fn = Option<
    unsafe extern "C-unwind" fn(
        user_data: *mut c_void,
        error: *const seenby_error_t,
        groups: *const *const seenby_group_t,
        count: usize,
    ),
>;

/// The end of a call that answers members of a group. `next_seq`: what the next call passes; 0 when finished.
pub type seenby_group_members_fn = Option<
    unsafe extern "C-unwind" fn(
        user_data: *mut c_void,
        error: *const seenby_error_t,
        members: *const *const seenby_group_member_t,
        count: usize,
        next_seq: u64,
    ),
>;

/// The end of a call that answers what became of each user.
pub type seenby_member_results_fn = Option<
    unsafe extern "C-unwind" fn(
        user_data: *mut c_void,
        error: *const seenby_error_t,
        results: *const *const seenby_member_result_t,
        count: usize,
    ),
>;

/// The end of a call that answers a page of conversations. `next_seq`: what the next call passes; 0 when finished.
pub type seenby_conversations_fn = Option<
    unsafe extern "C-unwind" fn(
        user_data: *mut c_void,
        error: *const seenby_error_t,
        conversations: *const *const seenby_conversation_t,
        count: usize,
        next_seq: u64,
        is_finished: bool,
    ),
>;

/// The end of a call that answers a conversation.
pub type seenby_conversation_fn = Option<
    unsafe extern "C-unwind" fn(
        user_data: *mut c_void,
        error: *const seenby_error_t,
        conversation: *const seenby_conversation_t,
    ),
>;

/// The end of a call that answers profiles.
pub type seenby_profiles_fn = Option<
    unsafe extern "C-unwind" fn(
        user_data: *mut c_void,
        error: *const seenby_error_t,
        profiles: *const *const seenby_profile_t,
        count: usize,
    ),
>;

/// Takes a line of the log, on a thread of SeenBy that does nothing else. It may call any function.
pub type seenby_log_fn = Option<unsafe extern "C-unwind" fn(user_data: *mut c_void, level: i32, message: seenby_str_t)>;

/// Takes a job to run or drop, once, now or later, on any thread (contract 8). The next one comes when this one is over.
pub type seenby_dispatch_fn = Option<unsafe extern "C-unwind" fn(user_data: *mut c_void, job: *mut seenby_job_t)>;

/// The userSig of `user_id` has run out, or is about to: answer `reply`, now or later (R30).
pub type seenby_token_fn = Option<
    unsafe extern "C-unwind" fn(user_data: *mut c_void, user_id: seenby_str_t, reply: *mut seenby_token_reply_t),
>;
