//! What the host fills.

use super::callbacks::{seenby_destroy_fn, seenby_dispatch_fn, seenby_token_fn};
use super::filled::{seenby_conversation_t, seenby_error_t, seenby_group_change_t, seenby_message_t, seenby_receipt_t};
use super::texts::{seenby_bytes_t, seenby_str_t};
use std::ffi::c_void;

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
