//! What the library fills.

use super::texts::{seenby_bytes_t, seenby_str_t};

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
