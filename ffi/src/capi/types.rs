//! What crosses the C boundary: numbers, texts, structs, the types of callbacks. `include/seenby.h` is rendered from
//! these and from the functions beside them, with their comments.
//!
//! Structs that the library fills are only ever handed over by pointer (lists are arrays of pointers), so that they can
//! grow at their end. Structs that the host fills begin with their size, for the same reason.

use std::ffi::{c_char, c_void};

// Texts, bytes, calls.

/// Which interface this header describes; `seenby_abi_version()` says which one the library has. It changes when a program
/// that was built with an older header would no longer work, and only then: what is added leaves it as it is.
pub const SEENBY_ABI_VERSION: u32 = 1;

/// UTF-8 text: a pointer and a length in bytes. As a parameter it lives as long as the call, need not end with a NUL byte,
/// and `{NULL, 0}` or any text of length 0 is "not set". What the library gives ends with a NUL byte, which `len` does not
/// count.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct seenby_str_t {
    /// The bytes.
    pub data: *const c_char,
    /// How many.
    pub len: usize,
}

/// Bytes: a pointer and a length.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct seenby_bytes_t {
    /// The bytes.
    pub data: *const u8,
    /// How many.
    pub len: usize,
}

/// A text that belongs to the caller: `seenby_string_free` frees it.
#[repr(C)]
pub struct seenby_string_t {
    /// The bytes, with a NUL byte behind them.
    pub data: *mut c_char,
    /// How many, without the NUL byte.
    pub len: usize,
}

/// Names a call that is under way, for `seenby_cancel`. 0: the call was refused before there was anything to cancel; its
/// callback comes all the same.
pub type seenby_call_t = u64;

/// Names a listener of one client, for `seenby_remove_listener`.
pub type seenby_listener_id_t = u64;

// Handles. Their values are no addresses: a handle that was freed, or is none, is told from a good one.

/// A client: one device of one user at a time. Made by `seenby_client_new`, freed by `seenby_client_free`; or the one of the
/// process, `seenby_shared_client`, which is never freed.
pub struct seenby_client_t {
    _opaque: [u8; 0],
}

/// Turns what a list shows into reports (R33). Made by `seenby_tracker_new`, freed by `seenby_tracker_free`.
pub struct seenby_tracker_t {
    _opaque: [u8; 0],
}

/// A service inside this process, held and operated (R28). Made by `seenby_service_open`, freed by `seenby_service_free`.
pub struct seenby_service_t {
    _opaque: [u8; 0],
}

/// A piece of work for a dispatcher: run it with `seenby_job_run`, or drop it with `seenby_job_drop`; either ends the
/// handle.
pub struct seenby_job_t {
    _opaque: [u8; 0],
}

/// What takes a new userSig: `seenby_token_accept` or `seenby_token_refuse`; either ends the handle.
pub struct seenby_token_reply_t {
    _opaque: [u8; 0],
}

// Numbers.

/// No error.
pub const SEENBY_OK: i32 = 0;
/// Web only: the list of messages is empty.
pub const SEENBY_ERR_READ_RECEIPT_LIST_EMPTY: i32 = 2114;
/// No answer in time.
pub const SEENBY_ERR_REQUEST_TIMEOUT: i32 = 6012;
/// A call before init, or after uninit, on the client of the process.
pub const SEENBY_ERR_NOT_INITIALIZED: i32 = 6013;
/// A call before login, or after being kicked.
pub const SEENBY_ERR_NOT_LOGGED_IN: i32 = 6014;
/// A value is not allowed; the sentence names it, and says what would be right.
pub const SEENBY_ERR_INVALID_PARAMETERS: i32 = 6017;
/// The device knows that its userSig has run out.
pub const SEENBY_ERR_USER_SIG_EXPIRED_LOCALLY: i32 = 6206;
/// Another session of this user and device took over.
pub const SEENBY_ERR_KICKED_OFFLINE: i32 = 6208;
/// The call was cut short by shutdown, logout or `seenby_cancel`.
pub const SEENBY_ERR_INTERRUPTED: i32 = 7009;
/// Not supported here: receipts where the app rejects them (R8), or a documented call outside SeenBy.
pub const SEENBY_ERR_NOT_SUPPORTED: i32 = 7013;
/// Too many requests; the sentence and `retry_after_ms` tell how long to wait.
pub const SEENBY_ERR_TOO_FREQUENT: i32 = 9506;
/// No connection to the service.
pub const SEENBY_ERR_DISCONNECTED: i32 = 9508;
/// Connecting took too long.
pub const SEENBY_ERR_CONNECT_TIMEOUT: i32 = 9510;
/// The service refused the connection.
pub const SEENBY_ERR_CONNECT_REFUSED: i32 = 9511;
/// The service's host cannot be reached.
pub const SEENBY_ERR_UNREACHABLE: i32 = 9512;
/// The request was larger than a frame may be.
pub const SEENBY_ERR_TOO_LARGE: i32 = 9522;
/// The service failed inside; nothing was applied.
pub const SEENBY_ERR_SERVICE_INTERNAL: i32 = 10002;
/// An id is in use, by something else (R23, R25).
pub const SEENBY_ERR_CONFLICT: i32 = 10004;
/// Not entitled (R22).
pub const SEENBY_ERR_PERMISSION_DENIED: i32 = 10007;
/// The group does not exist, or was dismissed.
pub const SEENBY_ERR_GROUP_MISSING: i32 = 10010;
/// No receipts are known for this message, or not to this caller (R22).
pub const SEENBY_ERR_NO_RECEIPTS: i32 = 10062;
/// The userSig has run out.
pub const SEENBY_ERR_USER_SIG_EXPIRED: i32 = 70001;
/// The userSig is wrong: signature, app or user.
pub const SEENBY_ERR_USER_SIG_INVALID: i32 = 70003;
/// The message is longer than 12 KB.
pub const SEENBY_ERR_BODY_TOO_LONG: i32 = 80002;
/// A panic was caught; this client is closed for good.
pub const SEENBY_ERR_PANIC: i32 = 90001;
/// This call is not allowed inside a callback.
pub const SEENBY_ERR_CALLED_FROM_CALLBACK: i32 = 90002;
/// This client was closed, or the handle is none (NULL, freed, or of something else).
pub const SEENBY_ERR_CLOSED: i32 = 90003;
/// The data folder failed, is damaged, or belongs to another process.
pub const SEENBY_ERR_STORE: i32 = 90004;
/// The server's certificate was refused; the sentence names issuer and host.
pub const SEENBY_ERR_CERTIFICATE_REFUSED: i32 = 90005;
/// The service does not speak this version of the protocol.
pub const SEENBY_ERR_VERSION_REFUSED: i32 = 90006;
/// A frame that is not of the protocol, or not in this state.
pub const SEENBY_ERR_PROTOCOL: i32 = 90007;

/// A list of those who have read a message (R11).
pub const SEENBY_FILTER_READ: i32 = 0;
/// A list of those who have not.
pub const SEENBY_FILTER_UNREAD: i32 = 1;

/// Logged in; the line may be up or down.
pub const SEENBY_LOGIN_STATUS_LOGINED: i32 = 1;
/// A login is under way.
pub const SEENBY_LOGIN_STATUS_LOGINING: i32 = 2;
/// Nobody is logged in.
pub const SEENBY_LOGIN_STATUS_LOGOUT: i32 = 3;

/// A message on its way.
pub const SEENBY_MESSAGE_SENDING: i32 = 1;
/// The service has it.
pub const SEENBY_MESSAGE_SEND_SUCC: i32 = 2;
/// It did not get there; sending it again with its id cannot store it twice (R16).
pub const SEENBY_MESSAGE_SEND_FAIL: i32 = 3;
/// Deleted.
pub const SEENBY_MESSAGE_HAS_DELETED: i32 = 4;
/// Recalled.
pub const SEENBY_MESSAGE_LOCAL_REVOKED: i32 = 6;

/// A message without a body: a reference (R19), or one that was recalled.
pub const SEENBY_BODY_NONE: i32 = 0;
/// A text message.
pub const SEENBY_BODY_TEXT: i32 = 1;
/// A message of the app's own making.
pub const SEENBY_BODY_CUSTOM: i32 = 2;

/// As the service likes.
pub const SEENBY_PRIORITY_DEFAULT: i32 = 0;
/// High.
pub const SEENBY_PRIORITY_HIGH: i32 = 1;
/// Normal.
pub const SEENBY_PRIORITY_NORMAL: i32 = 2;
/// Low.
pub const SEENBY_PRIORITY_LOW: i32 = 3;

/// A member of a group.
pub const SEENBY_ROLE_MEMBER: i32 = 200;
/// Kicks members too.
pub const SEENBY_ROLE_ADMIN: i32 = 300;
/// Sets roles and dismisses too.
pub const SEENBY_ROLE_OWNER: i32 = 400;

/// An invitation or a kick that could not be done for this user.
pub const SEENBY_MEMBER_FAILED: i32 = 0;
/// It was done.
pub const SEENBY_MEMBER_DONE: i32 = 1;
/// It was a member already.
pub const SEENBY_MEMBER_ALREADY: i32 = 2;

/// What changed in a group: only how many members it has (above 1 000 members, R25).
pub const SEENBY_GROUP_COUNT: i32 = 0;
/// The group was created.
pub const SEENBY_GROUP_CREATED: i32 = 1;
/// Users joined.
pub const SEENBY_GROUP_JOINED: i32 = 2;
/// Users were invited.
pub const SEENBY_GROUP_INVITED: i32 = 3;
/// Users quit.
pub const SEENBY_GROUP_QUIT: i32 = 4;
/// Users were kicked.
pub const SEENBY_GROUP_KICKED: i32 = 5;
/// A member has another role.
pub const SEENBY_GROUP_ROLE_CHANGED: i32 = 6;
/// The group was dismissed.
pub const SEENBY_GROUP_DISMISSED: i32 = 7;

/// Draw a message on its way (R31).
pub const SEENBY_DRAW_SENDING: i32 = 1;
/// Draw that it did not get there.
pub const SEENBY_DRAW_FAILED: i32 = 2;
/// Draw that the service has it; nobody is known to have read it.
pub const SEENBY_DRAW_SENT: i32 = 3;
/// One to one: draw that the peer has read it.
pub const SEENBY_DRAW_READ_BY_PEER: i32 = 4;
/// Groups: draw that `read` of `of` have read it.
pub const SEENBY_DRAW_READ_BY: i32 = 5;
/// Groups: draw that everybody has, and there is somebody.
pub const SEENBY_DRAW_ALL_READ: i32 = 6;
/// Draw nothing: not one's own, without receipts, or deleted.
pub const SEENBY_DRAW_UNAVAILABLE: i32 = 7;

/// Log nothing.
pub const SEENBY_LOG_OFF: i32 = 0;
/// Log what went wrong in SeenBy or its surroundings.
pub const SEENBY_LOG_ERROR: i32 = 1;
/// And what an app's author should know. The default.
pub const SEENBY_LOG_WARN: i32 = 2;
/// And what an operator may want to know.
pub const SEENBY_LOG_INFO: i32 = 3;
/// And what helps to find faults.
pub const SEENBY_LOG_DEBUG: i32 = 4;
/// And everything. May hold ids; never bodies or tokens.
pub const SEENBY_LOG_TRACE: i32 = 5;

/// Not known: for the three-valued fields of `seenby_message_ref_t`.
pub const SEENBY_UNKNOWN: i32 = -1;

// What the library fills.

/// What went wrong: a number and a sentence.
#[repr(C)]
pub struct seenby_error_t {
    /// One of SEENBY_ERR_*; the documented numbers. Later versions may have more.
    pub code: i32,
    /// For people; it names the offending value and what would be right. Not stable.
    pub message: seenby_str_t,
    /// With SEENBY_ERR_TOO_FREQUENT: when to try again, in ms. 0 otherwise.
    pub retry_after_ms: u64,
}

/// A reader, and when.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct seenby_reader_t {
    /// Who.
    pub user_id: seenby_str_t,
    /// When its receipt was accepted (R6), in ms.
    pub timestamp_ms: i64,
}

/// A message's receipts, counted (R10), or a conversation mark of the peer (R14: then `msg_id` is empty).
#[repr(C)]
#[derive(Clone, Copy)]
pub struct seenby_receipt_t {
    /// The message.
    pub msg_id: seenby_str_t,
    /// `c2c_<peer>` or `group_<id>`.
    pub conversation_id: seenby_str_t,
    /// One to one: the peer. Empty in groups.
    pub user_id: seenby_str_t,
    /// Groups: the group. Empty one to one.
    pub group_id: seenby_str_t,
    /// The message's number in its conversation; 0 if this device does not know it.
    pub seq: u64,
    /// One to one: when the peer read it, or marked the conversation, in ms; 0 before, and in groups.
    pub timestamp_ms: i64,
    /// Groups: how many have read it. 0 one to one.
    pub read_count: u32,
    /// Groups: how many have not. 0 one to one.
    pub unread_count: u32,
    /// One to one: whether the peer has read it.
    pub is_peer_read: bool,
    /// There were more new readers than `readers` holds.
    pub more_readers: bool,
    /// Those added since the last push, if `with_readers` was configured (R12); else none.
    pub readers: *const *const seenby_reader_t,
    /// How many `readers` has.
    pub reader_count: usize,
    /// Of two summaries of one message the one with the higher position is the newer.
    pub position: u64,
}

/// A message.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct seenby_message_t {
    /// Empty until it was sent.
    pub msg_id: seenby_str_t,
    /// `c2c_<peer>` or `group_<id>`; empty until it was sent.
    pub conversation_id: seenby_str_t,
    /// One to one: the peer, in both directions.
    pub user_id: seenby_str_t,
    /// Groups: the group.
    pub group_id: seenby_str_t,
    /// Who sent it.
    pub sender: seenby_str_t,
    /// The sender's nick name when it was delivered; may be empty.
    pub nick_name: seenby_str_t,
    /// The sender's face URL when it was delivered; may be empty.
    pub face_url: seenby_str_t,
    /// Its number in the conversation; 0 until the service gave it.
    pub seq: u64,
    /// When the service accepted it, in ms; the device's estimate before.
    pub timestamp_ms: i64,
    /// SEENBY_MESSAGE_*.
    pub status: i32,
    /// SEENBY_PRIORITY_*.
    pub priority: i32,
    /// SEENBY_BODY_*.
    pub body: i32,
    /// Whether the caller sent it.
    pub is_self: bool,
    /// Whether receipts are wanted; false again if the service downgraded it (R8).
    pub need_read_receipt: bool,
    /// Whether the caller's own receipt for it was sent, from any of its devices (R13).
    pub has_sent_receipt: bool,
    /// Whether the caller's mark covers it (R14).
    pub is_read: bool,
    /// One to one: whether the peer's mark covers it (R14). Not from receipts.
    pub is_peer_read: bool,
    /// Only for who was online (R20).
    pub online_user_only: bool,
    /// Does not count as unread.
    pub is_excluded_from_unread_count: bool,
    /// Is no conversation's last message.
    pub is_excluded_from_last_message: bool,
    /// SEENBY_BODY_TEXT: the text.
    pub text: seenby_str_t,
    /// SEENBY_BODY_CUSTOM: the data.
    pub data: seenby_bytes_t,
    /// SEENBY_BODY_CUSTOM: the documented description.
    pub description: seenby_str_t,
    /// SEENBY_BODY_CUSTOM: the documented extension.
    pub extension: seenby_str_t,
    /// Data the app attached.
    pub cloud_custom_data: seenby_bytes_t,
    /// The last known summary, in history (R18); NULL if there is none.
    pub receipt: *const seenby_receipt_t,
}

/// An entry of a read or unread list (R11).
#[repr(C)]
pub struct seenby_read_member_t {
    /// Who.
    pub user_id: seenby_str_t,
    /// May be empty (R27).
    pub nick_name: seenby_str_t,
    /// May be empty (R27).
    pub face_url: seenby_str_t,
    /// When it read the message, in ms; 0 in the unread list.
    pub timestamp_ms: i64,
}

/// A group, as the caller sees it.
#[repr(C)]
pub struct seenby_group_t {
    /// Its id.
    pub group_id: seenby_str_t,
    /// "Work", "Public", "Meeting", "Community" or "AVChatRoom".
    pub group_type: seenby_str_t,
    /// Its name; may be empty.
    pub name: seenby_str_t,
    /// Who owns it; empty in a group that a registered message made (R19).
    pub owner: seenby_str_t,
    /// When it was created, in ms.
    pub created_ms: i64,
    /// How many members it has now.
    pub member_count: u32,
    /// The caller's role, SEENBY_ROLE_*.
    pub role: i32,
}

/// A member of a group.
#[repr(C)]
pub struct seenby_group_member_t {
    /// Who.
    pub user_id: seenby_str_t,
    /// May be empty (R27).
    pub nick_name: seenby_str_t,
    /// May be empty (R27).
    pub face_url: seenby_str_t,
    /// When it joined (last), in ms.
    pub joined_ms: i64,
    /// SEENBY_ROLE_*.
    pub role: i32,
}

/// What became of one user of an invitation or a kick.
#[repr(C)]
pub struct seenby_member_result_t {
    /// Who.
    pub user_id: seenby_str_t,
    /// SEENBY_MEMBER_*.
    pub result: i32,
}

/// A conversation (R26).
#[repr(C)]
pub struct seenby_conversation_t {
    /// `c2c_<peer>` or `group_<id>`.
    pub conversation_id: seenby_str_t,
    /// One to one: the peer.
    pub user_id: seenby_str_t,
    /// Groups: the group.
    pub group_id: seenby_str_t,
    /// The last message that counts; NULL if there is none.
    pub last_message: *const seenby_message_t,
    /// Groups: what is known of it; NULL one to one.
    pub group: *const seenby_group_t,
    /// The highest seq.
    pub last_seq: u64,
    /// The caller's mark: everything up to this seq is read.
    pub own_read_seq: u64,
    /// One to one: the peer's mark, as far as it is shown (R14, R15).
    pub peer_read_seq: u64,
    /// One to one: when the peer set it, in ms; 0 if never.
    pub peer_read_ms: i64,
    /// Messages of others after the caller's mark that count.
    pub unread_count: u32,
}

/// What a user says of itself (R27).
#[repr(C)]
pub struct seenby_profile_t {
    /// Who.
    pub user_id: seenby_str_t,
    /// May be empty.
    pub nick_name: seenby_str_t,
    /// May be empty.
    pub face_url: seenby_str_t,
}

/// Something that happened in a group (R25).
#[repr(C)]
pub struct seenby_group_change_t {
    /// The group.
    pub group_id: seenby_str_t,
    /// SEENBY_GROUP_*. Later versions may have more.
    pub change: i32,
    /// SEENBY_GROUP_ROLE_CHANGED: the new role, SEENBY_ROLE_*. Else 0.
    pub role: i32,
    /// Who did it; may be empty.
    pub by: seenby_str_t,
    /// To whom it was done.
    pub members: *const seenby_str_t,
    /// How many `members` has.
    pub member_list_count: usize,
    /// How many members the group has now.
    pub member_count: u32,
}

/// What to draw beside a message of one's own (R31).
#[repr(C)]
pub struct seenby_draw_state_t {
    /// SEENBY_DRAW_*.
    pub state: i32,
    /// SEENBY_DRAW_READ_BY: how many have read it. Else 0.
    pub read: u32,
    /// SEENBY_DRAW_READ_BY: of how many. Else 0.
    pub of: u32,
}

// The types of callbacks. Each comes exactly once for its call, on the client's delivery thread or by its dispatcher,
// never inside the call. Pointers live until the callback returns.

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

// What the host fills.

/// How a client is set up. Begin with SEENBY_CONFIG_INIT, which sets the first two fields and leaves the rest empty.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct seenby_config_t {
    /// sizeof(seenby_config_t).
    pub size: u32,
    /// SEENBY_ABI_VERSION.
    pub abi_version: u32,
    /// The app, `sdkAppID`: 1 to 4 294 967 295.
    pub app: u32,
    /// 1 allows `ws://` to other machines, unencrypted.
    pub allow_plain: u8,
    /// 1: pushes of receipts name the readers added since the last one (R12).
    pub with_readers: u8,
    /// Reserved: 0.
    pub reserved: u16,
    /// Where to connect (R28): `wss://…`, `ws://…`, `embedded:`, `embedded:mem/NAME` or `embedded:file/PATH`. Not set: the
    /// environment variable SEENBY_SERVER, else `embedded:`, which is logged as a warning.
    pub server: seenby_str_t,
    /// Where the device keeps its outbox, index and cache. Not set: `seenby` in the user's folder for application data. A
    /// folder belongs to one process at a time. Not used with a service in memory.
    pub data_dir: seenby_str_t,
    /// Clients that share a data folder and are to count as different devices give different labels (R30).
    pub device_label: seenby_str_t,
    /// A PEM file with the certificates of the authorities to trust (R29). Not set: the platform's store (on Linux the system's
    /// bundle, or the file that the environment variable SSL_CERT_FILE names; on Android Mozilla's, which are in the library).
    pub ca_file: seenby_str_t,
    /// `http://[user:password@]host:port` of an HTTP proxy.
    pub proxy: seenby_str_t,
    /// Name and version of the app, for the server's log.
    pub client_name: seenby_str_t,
    /// Base64 of SHA-256 of the public keys to accept (R29); NULL with `pin_count` 0: any valid certificate.
    pub pins: *const seenby_str_t,
    /// How many `pins` has.
    pub pin_count: usize,
    /// How long a message must be seen to count as read by a tracker, in ms. 0: 300 (R33).
    pub seen_for_ms: u32,
    /// How long a request waits for its answer before 6012, in ms. 0: 10 000.
    pub request_timeout_ms: u32,
    /// How long opening a connection may take before 9510, in ms. 0: 10 000.
    pub connect_timeout_ms: u32,
    /// Reserved: 0.
    pub reserved2: u32,
    /// Runs callbacks and listeners where the host wants them. NULL: the client's delivery thread.
    pub dispatch: seenby_dispatch_fn,
    /// Passed to `dispatch`.
    pub dispatch_user_data: *mut c_void,
    /// Frees `dispatch_user_data`, when the client is gone; also when making it fails.
    pub dispatch_destroy: seenby_destroy_fn,
    /// Renews the userSig silently. NULL: `on_user_sig_expired`, then log in again.
    pub token_provider: seenby_token_fn,
    /// Passed to `token_provider`.
    pub token_user_data: *mut c_void,
    /// Frees `token_user_data`, when the client is gone; also when making it fails.
    pub token_destroy: seenby_destroy_fn,
}

/// A message to send. Begin with SEENBY_OUTGOING_MESSAGE_INIT.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct seenby_outgoing_message_t {
    /// sizeof(seenby_outgoing_message_t).
    pub size: u32,
    /// SEENBY_BODY_TEXT or SEENBY_BODY_CUSTOM.
    pub body: i32,
    /// SEENBY_PRIORITY_*.
    pub priority: i32,
    /// 1: receipts are wanted (R1).
    pub need_read_receipt: u8,
    /// 1: only for who is online (R20).
    pub online_user_only: u8,
    /// 1: does not count as unread.
    pub is_excluded_from_unread_count: u8,
    /// 1: is no conversation's last message.
    pub is_excluded_from_last_message: u8,
    /// Not set for a new message. To send one again that failed: the id it got, so that it cannot be stored twice (R16).
    pub msg_id: seenby_str_t,
    /// SEENBY_BODY_TEXT: the text, at most 12 KB.
    pub text: seenby_str_t,
    /// SEENBY_BODY_CUSTOM: the data, at most 12 KB.
    pub data: seenby_bytes_t,
    /// SEENBY_BODY_CUSTOM: the documented description.
    pub description: seenby_str_t,
    /// SEENBY_BODY_CUSTOM: the documented extension.
    pub extension: seenby_str_t,
    /// Data the app attaches.
    pub cloud_custom_data: seenby_bytes_t,
}

/// A message that a call is about: what is known of it. `seenby_message_ref_of` makes one of a message; by hand it is the
/// `messageReference` (ours, R19): id, conversation if known, sender if known. Begin with
/// SEENBY_MESSAGE_REF_INIT. All of an array have the same size.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct seenby_message_ref_t {
    /// sizeof(seenby_message_ref_t).
    pub size: u32,
    /// 1 one's own, 0 somebody else's, SEENBY_UNKNOWN.
    pub is_self: i32,
    /// 1 with receipts, 0 without, SEENBY_UNKNOWN.
    pub need_read_receipt: i32,
    /// Reserved: 0.
    pub reserved: u32,
    /// Its id. Not set: it was never sent.
    pub msg_id: seenby_str_t,
    /// `c2c_<peer>` or `group_<id>`. Not set: by id alone, found in the device's index or by the service (R23).
    pub conversation_id: seenby_str_t,
    /// Who sent it, if known: used where `is_self` is SEENBY_UNKNOWN.
    pub sender: seenby_str_t,
    /// Its number in the conversation, 0 if not known.
    pub seq: u64,
}

/// Which messages of a conversation (R18): the documented V2TIMMessageListGetOption. Begin with SEENBY_HISTORY_QUERY_INIT.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct seenby_history_query_t {
    /// sizeof(seenby_history_query_t).
    pub size: u32,
    /// At most this many, 1 to 100.
    pub count: u32,
    /// 1: newer than the anchor, oldest first; 0: older, newest first.
    pub newer: u8,
    /// Reserved: 0.
    pub reserved: [u8; 7],
    /// The peer; exactly one of this and `group_id` is set.
    pub user_id: seenby_str_t,
    /// The group.
    pub group_id: seenby_str_t,
    /// Begin beside this message, without it; wins over `last_msg_seq`. NULL: none.
    pub last_msg: *const seenby_message_ref_t,
    /// Begin at this seq, with it; 0: from the end.
    pub last_msg_seq: u64,
    /// In seconds since 1970; 0: now.
    pub time_begin_s: i64,
    /// In seconds; 0: unbounded. The interval is closed.
    pub time_period_s: i64,
}

/// For whom receipts are left on the disk by `seenby_enqueue_receipts`. Begin with SEENBY_SPOOL_TARGET_INIT.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct seenby_spool_target_t {
    /// sizeof(seenby_spool_target_t).
    pub size: u32,
    /// As in the configuration.
    pub app: u32,
    /// As in the configuration.
    pub server: seenby_str_t,
    /// As in the configuration.
    pub data_dir: seenby_str_t,
    /// The user who has read.
    pub user_id: seenby_str_t,
}

/// What `seenby_draw_state` looks at: fields of a message, and its latest summary. Begin with SEENBY_DRAW_QUERY_INIT.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct seenby_draw_query_t {
    /// sizeof(seenby_draw_query_t).
    pub size: u32,
    /// SEENBY_MESSAGE_*.
    pub status: i32,
    /// 1: one's own.
    pub is_self: u8,
    /// 1: with receipts.
    pub need_read_receipt: u8,
    /// 1: a summary is known, and the next fields are its.
    pub has_receipt: u8,
    /// 1: the summary is of a group message; 0: of a message to one peer.
    pub is_group: u8,
    /// One to one: the peer has read it.
    pub is_peer_read: u8,
    /// Reserved: 0.
    pub reserved: [u8; 3],
    /// Groups: how many have read it.
    pub read_count: u32,
    /// Groups: how many have not.
    pub unread_count: u32,
}

/// What an app hears without having asked. Any function may be NULL. Begin with SEENBY_LISTENER_INIT.
///
/// They are called one at a time, in the order in which things happened. Pointers live until the function returns.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct seenby_listener_t {
    /// sizeof(seenby_listener_t).
    pub size: u32,
    /// Reserved: 0.
    pub reserved: u32,
    /// Passed to every function.
    pub user_data: *mut c_void,
    /// Frees `user_data`, exactly once: when the listener was removed and no call of it runs, or its client is gone; also
    /// when adding it fails.
    pub destroy: seenby_destroy_fn,
    /// A connection is being opened (R30: each of these once per change).
    pub on_connecting: Option<unsafe extern "C-unwind" fn(user_data: *mut c_void)>,
    /// The line is up.
    pub on_connect_success: Option<unsafe extern "C-unwind" fn(user_data: *mut c_void)>,
    /// It could not be opened, or is gone; the client goes on trying.
    pub on_connect_failed: Option<unsafe extern "C-unwind" fn(user_data: *mut c_void, error: *const seenby_error_t)>,
    /// Another session of this user and device took over; nobody is logged in any more.
    pub on_kicked_offline: Option<unsafe extern "C-unwind" fn(user_data: *mut c_void)>,
    /// The userSig has run out, and no token provider had a new one: log in again.
    pub on_user_sig_expired: Option<unsafe extern "C-unwind" fn(user_data: *mut c_void)>,
    /// A message came (R18).
    pub on_recv_new_message:
        Option<unsafe extern "C-unwind" fn(user_data: *mut c_void, message: *const seenby_message_t)>,
    /// Messages of one's own were read (R12): the latest summary of each.
    pub on_recv_message_read_receipts: Option<
        unsafe extern "C-unwind" fn(user_data: *mut c_void, receipts: *const *const seenby_receipt_t, count: usize),
    >,
    /// Peers marked conversations as read (R14): `user_id` and `timestamp_ms` say who and when, `msg_id` is empty.
    pub on_recv_c2c_read_receipt: Option<
        unsafe extern "C-unwind" fn(user_data: *mut c_void, receipts: *const *const seenby_receipt_t, count: usize),
    >,
    /// Another device of this user sent receipts for these messages (R13).
    pub on_receipts_sent: Option<
        unsafe extern "C-unwind" fn(
            user_data: *mut c_void,
            conversation_id: seenby_str_t,
            msg_ids: *const seenby_str_t,
            count: usize,
        ),
    >,
    /// A message was recalled (R32).
    pub on_recv_message_revoked: Option<
        unsafe extern "C-unwind" fn(
            user_data: *mut c_void,
            conversation_id: seenby_str_t,
            msg_id: seenby_str_t,
            seq: u64,
            operator_id: seenby_str_t,
        ),
    >,
    /// Conversations changed (R26).
    pub on_conversation_changed: Option<
        unsafe extern "C-unwind" fn(
            user_data: *mut c_void,
            conversations: *const *const seenby_conversation_t,
            count: usize,
        ),
    >,
    /// The number of all unread messages changed (R26).
    pub on_total_unread_message_count_changed: Option<unsafe extern "C-unwind" fn(user_data: *mut c_void, count: u64)>,
    /// Something happened in a group (R25).
    pub on_group_changed:
        Option<unsafe extern "C-unwind" fn(user_data: *mut c_void, change: *const seenby_group_change_t)>,
    /// The privacy switch was changed from another device (R15).
    pub on_read_receipts_enabled_changed: Option<unsafe extern "C-unwind" fn(user_data: *mut c_void, enabled: bool)>,
}
