//! Messages, receipts, conversations and people, as callers of every language see them.

use super::{ConversationId, Error, GroupInfo, MessageId, Result, Seq, TimeMs, UserId};

/// What a message says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Body {
    /// Text.
    Text(String),
    /// Whatever the app means by it.
    Custom {
        /// The data.
        data: Vec<u8>,
        /// The documented description.
        description: String,
        /// The documented extension.
        extension: String,
    },
    /// Nothing: a reference to a message that another system carried (R19), or a recalled one.
    None,
}

/// The documented states, with their numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum MessageStatus {
    /// On its way.
    Sending = 1,
    /// The service has it.
    SendSucc = 2,
    /// It did not get there; sending the same object again cannot duplicate it (R16).
    SendFail = 3,
    /// Deleted.
    HasDeleted = 4,
    /// Recalled.
    LocalRevoked = 6,
}

impl MessageStatus {
    /// Every state.
    pub const ALL: [MessageStatus; 5] =
        [Self::Sending, Self::SendSucc, Self::SendFail, Self::HasDeleted, Self::LocalRevoked];

    /// The state with this documented number, for what a caller gave: 6017 for another number.
    pub fn parse(number: i64) -> Result<Self> {
        Self::ALL.into_iter().find(|status| *status as i64 == number).ok_or_else(|| {
            Error::invalid(format!(
                "the status of the message is {number}; it must be 1 (sending), 2 (sent), 3 (failed), 4 (deleted) or 6 \
                 (revoked)"
            ))
        })
    }
}

/// The documented priorities, with their numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
#[repr(u8)]
pub enum Priority {
    /// As the service likes.
    #[default]
    Default = 0,
    /// High.
    High = 1,
    /// Normal.
    Normal = 2,
    /// Low.
    Low = 3,
}

impl Priority {
    /// Every priority.
    pub const ALL: [Priority; 4] = [Self::Default, Self::High, Self::Normal, Self::Low];

    /// The priority with this documented number, for what a caller gave: 6017 for another number.
    pub fn parse(number: i64) -> Result<Self> {
        Self::ALL.into_iter().find(|priority| *priority as i64 == number).ok_or_else(|| {
            Error::invalid(format!("the priority is {number}; it must be 0 (default), 1 (high), 2 (normal) or 3 (low)"))
        })
    }
}

/// A message. Times are ms; layers whose documents say seconds divide.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// None until sendMessage (R18).
    pub id: Option<MessageId>,
    /// Where it belongs; none until sendMessage.
    pub conversation: Option<ConversationId>,
    /// Its number in the conversation; 0 until the service gave it.
    pub seq: Seq,
    /// Who sent it; none until sendMessage.
    pub sender: Option<UserId>,
    /// The service's clock when it accepted it; the device's estimate before.
    pub time_ms: TimeMs,
    /// Where it stands.
    pub status: MessageStatus,
    /// Whether the caller sent it.
    pub is_self: bool,
    /// Whether receipts are wanted; false again if the service downgraded it (R8).
    pub need_read_receipt: bool,
    /// Whether the caller's own receipt for it was sent, from any of its devices (R13).
    pub has_sent_receipt: bool,
    /// Whether the caller's mark covers it (R14).
    pub is_read: bool,
    /// C2C: whether the peer's mark covers it (R14). Not from receipts.
    pub is_peer_read: bool,
    /// What it says.
    pub body: Body,
    /// Data the app attaches.
    pub cloud_custom_data: Vec<u8>,
    /// The documented priority.
    pub priority: Priority,
    /// Only for who is online (R20).
    pub online_user_only: bool,
    /// Does not count as unread.
    pub is_excluded_from_unread_count: bool,
    /// Is no conversation's last message.
    pub is_excluded_from_last_message: bool,
    /// The sender's, when it was delivered (R27).
    pub nick_name: String,
    /// The sender's, when it was delivered (R27).
    pub face_url: String,
    /// The last known summary, in history (R18, ours).
    pub receipt: Option<MessageReceipt>,
}

impl Message {
    /// A message that says this, not sent yet.
    pub fn new(body: Body) -> Self {
        Self {
            id: None,
            conversation: None,
            seq: 0,
            sender: None,
            time_ms: 0,
            status: MessageStatus::Sending,
            is_self: true,
            need_read_receipt: false,
            has_sent_receipt: false,
            is_read: false,
            is_peer_read: false,
            body,
            cloud_custom_data: Vec::new(),
            priority: Priority::Default,
            online_user_only: false,
            is_excluded_from_unread_count: false,
            is_excluded_from_last_message: false,
            nick_name: String::new(),
            face_url: String::new(),
            receipt: None,
        }
    }
}

/// A message's receipts, counted (R10), or a conversation mark (R14: then there is no message id).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MessageReceipt {
    /// The message; none where a peer marked the whole conversation.
    pub message: Option<MessageId>,
    /// Where.
    pub conversation: ConversationId,
    /// Its number; 0 if this device does not know it.
    pub seq: Seq,
    /// C2C: whether the peer has read it.
    pub is_peer_read: bool,
    /// C2C: when the peer read it (or marked the conversation); 0 in groups and before.
    pub time_ms: TimeMs,
    /// Groups: how many have read it. 0 in C2C.
    pub read_count: u32,
    /// Groups: how many of the audience have not. 0 in C2C.
    pub unread_count: u32,
    /// Those added since the last push, if the device asked for them (R12, ours); else empty.
    pub readers: Vec<ReaderAt>,
    /// There were more of them than `readers` holds.
    pub more_readers: bool,
    /// The position this reflects: of two summaries of a message the higher is the newer.
    pub position: u64,
}

/// A reader, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReaderAt {
    /// Who.
    pub user: UserId,
    /// When its receipt was accepted (R6).
    pub time_ms: TimeMs,
}

/// An entry of a read or unread list (R11).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadMember {
    /// Who; empty fields for one who was erased (R32) do not occur: erased members are counted, not listed.
    pub user: UserId,
    /// R27; may be empty.
    pub nick_name: String,
    /// R27; may be empty.
    pub face_url: String,
    /// When it read (ours); 0 in the unread list.
    pub time_ms: TimeMs,
}

/// A page of a read or unread list (R11).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadMemberPage {
    /// In the order of acceptance (read), or of first joining (unread).
    pub members: Vec<ReadMember>,
    /// What the next call passes; 0 when finished.
    pub next_seq: u64,
    /// Whether this was the last page.
    pub is_finished: bool,
}

/// A conversation in the list of conversations (R26).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConversationInfo {
    /// Which.
    pub id: ConversationId,
    /// The last message that counts; none if there is none.
    pub last_message: Option<Message>,
    /// Messages of others after the caller's mark that count.
    pub unread_count: u32,
    /// The caller's mark: everything up to this seq.
    pub own_mark: Seq,
    /// C2C: the peer's mark, as far as it is shown (R14, R15).
    pub peer_mark: Seq,
    /// C2C: when the peer set it; 0 if never.
    pub peer_mark_ms: TimeMs,
    /// Groups: what is known of it.
    pub group: Option<GroupInfo>,
    /// The highest seq.
    pub last_seq: Seq,
}

/// What a user says of itself (R27).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    /// Who.
    pub user: UserId,
    /// At most 256 bytes.
    pub nick_name: String,
    /// At most 512 bytes.
    pub face_url: String,
}
