//! Every limit in one place, each with the rule that sets it.

/// A user id, in bytes of UTF-8 (R23).
pub const USER_ID_BYTES: usize = 64;
/// A group id, in bytes of UTF-8 (R23).
pub const GROUP_ID_BYTES: usize = 64;
/// A message id, in bytes of UTF-8 (R23).
pub const MESSAGE_ID_BYTES: usize = 128;
/// A device id, in bytes of UTF-8.
pub const DEVICE_ID_BYTES: usize = 64;
/// What a message says, encoded (R18).
pub const BODY_BYTES: usize = 12 * 1024;
/// A nick name (R27).
pub const NICK_NAME_BYTES: usize = 256;
/// A face URL (R27).
pub const FACE_URL_BYTES: usize = 512;
/// A group's name.
pub const GROUP_NAME_BYTES: usize = 256;
/// A frame from a device (R24).
pub const REQUEST_BYTES: usize = 64 * 1024;
/// A frame from the service (R24).
pub const FRAME_BYTES: usize = 256 * 1024;
/// Members on one page of a read or unread list (R11), and of a member list.
pub const PAGE: u32 = 100;
/// Messages of a history page.
pub const HISTORY_PAGE: u32 = 100;
/// Messages a returning device is given per conversation; older ones by history (R18).
pub const CATCH_UP_MESSAGES: usize = 100;
/// Readers that one push names (R12).
pub const PUSHED_READERS: usize = 100;
/// Refs (seqs and ids) in one request. Longer lists are split by the library (R4).
pub const REFS_PER_REQUEST: usize = 4096;
/// Refs in one GetReceipts, so that the answer fits a frame whatever the ids. Longer lists are split by the library (R4).
pub const RECEIPTS_PER_REQUEST: usize = 1000;
/// Conversations in one Mark, or asked for by name.
pub const CONVERSATIONS_PER_REQUEST: usize = 100;
/// Users in one Invite, Kick, GetProfiles or GroupMembers by name; CreateGroup takes more (its frame is the limit).
pub const USERS_PER_REQUEST: usize = 100;
/// Messages in a segment; after that the next Sent begins a new one.
pub const SEGMENT_MESSAGES: usize = 256;
/// Receipts in a segment; after that the next Sent begins a new one.
pub const SEGMENT_RECEIPTS: usize = 1 << 20;
/// nextSeq stays below this, so that a JavaScript number holds it (R11).
pub const NEXT_SEQ_END: u64 = 1 << 53;
/// Between two pushes of one message's summary (R12: at most five a second).
pub const SUMMARY_EVERY_MS: i64 = 200;
/// Between two notices of one group's changes (R25).
pub const GROUP_NOTICE_EVERY_MS: i64 = 1000;
/// Above this many members a group's notices carry the count only (R25).
pub const GROUP_NOTICE_MEMBERS: usize = 1000;
/// Online, how long a report may wait for its answer before the device's own disk counts (R16).
pub const REPORT_ANSWER_MS: i64 = 500;
/// How long a report of a message not known yet is retried (R19).
pub const UNKNOWN_RETRY_MS: i64 = 24 * 3600 * 1000;
/// How long a message must be seen to count as read (R33); a setting.
pub const SEEN_FOR_MS: i64 = 300;
/// Default retention of messages and receipts (R17).
pub const RETENTION_MS: i64 = 30 * 24 * 3600 * 1000;
/// Default size of a group above which messages go without receipts (R8).
pub const RECEIPT_MEMBERS: u32 = 10_000;
/// Events that may wait for the app before a session stops reading (DESIGN.md).
pub const WAITING_EVENTS: usize = 4096;
