//! What crosses: records and enums, as callers of Kotlin and Swift get them.

use seenby_client as rust;

/// Why something was refused or failed.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Error)]
pub enum Failure {
    /// A documented number and a sentence.
    Refused {
        /// The number (docs/SPEC.md, Errors).
        code: i32,
        /// For people.
        text: String,
        /// With 9506: when to try again. 0 otherwise.
        retry_after_ms: i64,
    },
}

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self::Refused { code, text, .. } = self;
        write!(f, "{text} ({code})")
    }
}

impl std::error::Error for Failure {}

impl From<rust::Error> for Failure {
    fn from(error: rust::Error) -> Self {
        Self::Refused {
            code: error.code.number(),
            text: error.message,
            retry_after_ms: i64::try_from(error.retry_after_ms).unwrap_or(i64::MAX),
        }
    }
}

/// A foreign method that threw. What it threw stays with its layer, which reports it.
#[derive(Clone, Debug, uniffi::Error)]
pub enum Thrown {
    /// It threw.
    Unexpected,
}

impl std::fmt::Display for Thrown {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the foreign method threw")
    }
}

impl std::error::Error for Thrown {}

impl From<uniffi::UnexpectedUniFFICallbackError> for Thrown {
    /// The reason holds a whole stack trace of the app: it goes no further.
    fn from(_: uniffi::UnexpectedUniFFICallbackError) -> Self {
        Self::Unexpected
    }
}

/// How a client is set up; see `Config` of the Rust client for each field.
#[derive(Clone, Debug, uniffi::Record)]
pub struct ClientConfig {
    /// The app, `sdkAppID`; 1 to 4 294 967 295.
    pub app: i64,
    /// Where to connect (R28).
    #[uniffi(default = None)]
    pub server: Option<String>,
    /// Allows `ws://` to other machines.
    #[uniffi(default = false)]
    pub allow_plain: bool,
    /// Where the device keeps its data.
    #[uniffi(default = None)]
    pub data_dir: Option<String>,
    /// Tells devices of one data folder apart (R30).
    #[uniffi(default = None)]
    pub device_label: Option<String>,
    /// Pushes of receipts name the readers (R12).
    #[uniffi(default = false)]
    pub with_readers: bool,
    /// A PEM file with the certificates of the authorities to trust (R29). `None`: the platform's store.
    #[uniffi(default = None)]
    pub ca_file: Option<String>,
    /// Public keys to accept (R29).
    #[uniffi(default = [])]
    pub pins: Vec<String>,
    /// An HTTP proxy.
    #[uniffi(default = None)]
    pub proxy: Option<String>,
    /// How long a message must be seen (R33), in ms; 0: 300.
    #[uniffi(default = 0)]
    pub seen_for_ms: i32,
    /// How long a request waits, in ms; 0: 10 000.
    #[uniffi(default = 0)]
    pub request_timeout_ms: i32,
    /// How long connecting may take, in ms; 0: 10 000.
    #[uniffi(default = 0)]
    pub connect_timeout_ms: i32,
    /// Name and version of the app.
    #[uniffi(default = "")]
    pub client_name: String,
}

/// What a message says.
#[derive(Clone, Debug, PartialEq, uniffi::Enum)]
pub enum Body {
    /// Nothing: a reference (R19), or recalled.
    Nothing,
    /// Text.
    Text {
        /// It.
        text: String,
    },
    /// Whatever the app means by it.
    Custom {
        /// The data.
        data: Vec<u8>,
        /// The documented description.
        description: String,
        /// The documented extension.
        extension: String,
    },
}

/// A message to send.
#[derive(Clone, Debug, uniffi::Record)]
pub struct OutgoingMessage {
    /// Text or custom.
    pub body: Body,
    /// `None` for a new one; the id it got, to send one again that failed (R16).
    pub msg_id: Option<String>,
    /// Receipts are wanted (R1).
    pub need_read_receipt: bool,
    /// The documented number, 0 to 3.
    pub priority: i32,
    /// Only for who is online (R20).
    pub online_user_only: bool,
    /// Does not count as unread.
    pub is_excluded_from_unread_count: bool,
    /// Is no conversation's last message.
    pub is_excluded_from_last_message: bool,
    /// Data the app attaches.
    pub cloud_custom_data: Vec<u8>,
}

/// A message that a call is about: what is known of it (R19).
#[derive(Clone, Debug, uniffi::Record)]
pub struct MessageRef {
    /// Its id; `None`: never sent.
    pub msg_id: Option<String>,
    /// `c2c_<peer>` or `group_<id>`; `None`: by id alone (R23).
    pub conversation_id: Option<String>,
    /// Who sent it, if `is_self` is not known.
    pub sender: Option<String>,
    /// Its number, 0 if not known.
    pub seq: i64,
    /// Whether it is one's own; `None`: not known.
    pub is_self: Option<bool>,
    /// Whether it has receipts; `None`: not known.
    pub need_read_receipt: Option<bool>,
}

/// A message.
#[derive(Clone, Debug, PartialEq, uniffi::Record)]
pub struct Message {
    /// Empty until it was sent.
    pub msg_id: String,
    /// `c2c_<peer>` or `group_<id>`; empty until it was sent.
    pub conversation_id: String,
    /// One to one: the peer.
    pub user_id: String,
    /// Groups: the group.
    pub group_id: String,
    /// Who sent it.
    pub sender: String,
    /// The sender's, when it was delivered (R27).
    pub nick_name: String,
    /// The sender's, when it was delivered (R27).
    pub face_url: String,
    /// Its number in the conversation.
    pub seq: i64,
    /// When the service accepted it.
    pub timestamp_ms: i64,
    /// The documented status.
    pub status: i32,
    /// The documented priority.
    pub priority: i32,
    /// Whether the caller sent it.
    pub is_self: bool,
    /// Whether receipts are wanted; false again if it was downgraded (R8).
    pub need_read_receipt: bool,
    /// Whether the caller's receipt for it was sent (R13).
    pub has_sent_receipt: bool,
    /// Whether the caller's mark covers it (R14).
    pub is_read: bool,
    /// One to one: whether the peer's mark covers it (R14).
    pub is_peer_read: bool,
    /// Only for who was online (R20).
    pub online_user_only: bool,
    /// Does not count as unread.
    pub is_excluded_from_unread_count: bool,
    /// Is no conversation's last message.
    pub is_excluded_from_last_message: bool,
    /// What it says.
    pub body: Body,
    /// Data the app attached.
    pub cloud_custom_data: Vec<u8>,
    /// The last known summary, in history (R18).
    pub receipt: Option<Receipt>,
}

/// A message's receipts, counted (R10), or a conversation mark (R14: `msg_id` is empty).
#[derive(Clone, Debug, PartialEq, uniffi::Record)]
pub struct Receipt {
    /// The message.
    pub msg_id: String,
    /// `c2c_<peer>` or `group_<id>`.
    pub conversation_id: String,
    /// One to one: the peer.
    pub user_id: String,
    /// Groups: the group.
    pub group_id: String,
    /// The message's number; 0 if this device does not know it.
    pub seq: i64,
    /// One to one: whether the peer has read it.
    pub is_peer_read: bool,
    /// One to one: when; 0 before.
    pub timestamp_ms: i64,
    /// Groups: how many have read it.
    pub read_count: i64,
    /// Groups: how many have not.
    pub unread_count: i64,
    /// Those added since the last push, if asked for (R12).
    pub readers: Vec<Reader>,
    /// There were more of them.
    pub more_readers: bool,
    /// Of two summaries of a message the higher is the newer.
    pub position: i64,
}

/// A reader, and when.
#[derive(Clone, Debug, PartialEq, uniffi::Record)]
pub struct Reader {
    /// Who.
    pub user_id: String,
    /// When its receipt was accepted (R6).
    pub timestamp_ms: i64,
}

/// An entry of a read or unread list (R11).
#[derive(Clone, Debug, PartialEq, uniffi::Record)]
pub struct ReadMember {
    /// Who.
    pub user_id: String,
    /// May be empty (R27).
    pub nick_name: String,
    /// May be empty (R27).
    pub face_url: String,
    /// When it read; 0 in the unread list.
    pub timestamp_ms: i64,
}

/// A group, as the caller sees it.
#[derive(Clone, Debug, PartialEq, uniffi::Record)]
pub struct GroupInfo {
    /// Its id.
    pub group_id: String,
    /// "Work", "Public", "Meeting", "Community" or "AVChatRoom".
    pub group_type: String,
    /// May be empty.
    pub name: String,
    /// May be empty (R19).
    pub owner: String,
    /// When it was created.
    pub created_ms: i64,
    /// How many members it has now.
    pub member_count: i32,
    /// The caller's role: 200, 300 or 400.
    pub role: i32,
}

/// A member of a group.
#[derive(Clone, Debug, PartialEq, uniffi::Record)]
pub struct GroupMember {
    /// Who.
    pub user_id: String,
    /// May be empty (R27).
    pub nick_name: String,
    /// May be empty (R27).
    pub face_url: String,
    /// When it joined (last).
    pub joined_ms: i64,
    /// 200, 300 or 400.
    pub role: i32,
}

/// What became of one user of an invitation or a kick.
#[derive(Clone, Debug, PartialEq, uniffi::Record)]
pub struct MemberResult {
    /// Who.
    pub user_id: String,
    /// The documented result: 0 failed, 1 done, 2 was a member already.
    pub result: i32,
}

/// A conversation (R26).
#[derive(Clone, Debug, PartialEq, uniffi::Record)]
pub struct Conversation {
    /// `c2c_<peer>` or `group_<id>`.
    pub conversation_id: String,
    /// One to one: the peer.
    pub user_id: String,
    /// Groups: the group.
    pub group_id: String,
    /// The last message that counts.
    pub last_message: Option<Message>,
    /// Groups: what is known of it.
    pub group: Option<GroupInfo>,
    /// The highest seq.
    pub last_seq: i64,
    /// The caller's mark.
    pub own_read_seq: i64,
    /// One to one: the peer's mark.
    pub peer_read_seq: i64,
    /// One to one: when the peer set it.
    pub peer_read_ms: i64,
    /// Messages of others after the caller's mark that count.
    pub unread_count: i32,
}

/// What a user says of itself (R27).
#[derive(Clone, Debug, PartialEq, uniffi::Record)]
pub struct Profile {
    /// Who.
    pub user_id: String,
    /// May be empty.
    pub nick_name: String,
    /// May be empty.
    pub face_url: String,
}

/// What to draw beside a message of one's own (R31).
#[derive(Clone, Debug, PartialEq, uniffi::Enum)]
pub enum DrawState {
    /// On its way.
    Sending,
    /// It did not get there.
    Failed,
    /// The service has it.
    Sent,
    /// One to one: the peer has read it.
    ReadByPeer,
    /// Groups: some have.
    ReadBy {
        /// How many.
        read: i64,
        /// Of how many.
        of: i64,
    },
    /// Groups: everybody has.
    AllRead,
    /// Nothing can be said.
    Unavailable,
}

/// What a call is answered with.
#[derive(Clone, Debug, PartialEq, uniffi::Enum)]
#[allow(clippy::large_enum_variant, reason = "written out and dropped at once: a box would only cost")]
pub enum Answer {
    /// It is done.
    Done,
    /// A message.
    OneMessage {
        /// It.
        message: Message,
    },
    /// Messages.
    Messages {
        /// They.
        messages: Vec<Message>,
        /// There are no more in this direction.
        is_finished: bool,
    },
    /// Receipts.
    Receipts {
        /// They.
        receipts: Vec<Receipt>,
    },
    /// A page of a read or unread list.
    ReadMembers {
        /// They.
        members: Vec<ReadMember>,
        /// What the next call passes.
        next_seq: i64,
        /// Whether this was the last page.
        is_finished: bool,
    },
    /// A text: the id of a group.
    Text {
        /// It.
        text: String,
    },
    /// Groups.
    Groups {
        /// They.
        groups: Vec<GroupInfo>,
    },
    /// A page of members of a group.
    GroupMembers {
        /// They.
        members: Vec<GroupMember>,
        /// What the next call passes; 0 when finished.
        next_seq: i64,
    },
    /// What became of each user.
    MemberResults {
        /// They.
        results: Vec<MemberResult>,
    },
    /// A page of conversations.
    Conversations {
        /// They.
        conversations: Vec<Conversation>,
        /// What the next call passes.
        next_seq: i64,
        /// Whether this was the last page.
        is_finished: bool,
    },
    /// A conversation.
    OneConversation {
        /// It.
        conversation: Conversation,
    },
    /// A number.
    Count {
        /// It.
        count: i64,
    },
    /// Profiles.
    Profiles {
        /// They.
        profiles: Vec<Profile>,
    },
}

/// What happened in a group (R25).
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum GroupChangeKind {
    /// Only the number of members is told.
    Count,
    /// It was created.
    Created,
    /// Users joined.
    Joined,
    /// Users were invited.
    Invited,
    /// Users quit.
    Quit,
    /// Users were kicked.
    Kicked,
    /// A member has another role.
    RoleChanged,
    /// It was dismissed.
    Dismissed,
}

/// What the app hears without having asked.
#[derive(Clone, Debug, PartialEq, uniffi::Enum)]
#[allow(clippy::large_enum_variant, reason = "written out and dropped at once: a box would only cost")]
pub enum Event {
    /// R30: once per change each.
    Connecting,
    /// The line is up.
    Connected,
    /// It could not be opened, or is gone.
    ConnectFailed {
        /// The number.
        code: i32,
        /// The sentence.
        text: String,
    },
    /// Another session of this user and device took over.
    KickedOffline,
    /// Log in again.
    UserSigExpired,
    /// onRecvNewMessage (R18).
    NewMessage {
        /// It.
        message: Message,
    },
    /// onRecvMessageReadReceipts (R12).
    ReadReceipts {
        /// They.
        receipts: Vec<Receipt>,
    },
    /// onRecvC2CReadReceipt (R14).
    C2cReadReceipts {
        /// They, without message ids.
        receipts: Vec<Receipt>,
    },
    /// Another device of this user sent receipts for these (R13).
    ReceiptsSent {
        /// Where.
        conversation_id: String,
        /// For which.
        msg_ids: Vec<String>,
    },
    /// onRecvMessageRevoked (R32).
    MessageRevoked {
        /// Where.
        conversation_id: String,
        /// Which.
        msg_id: String,
        /// Its number.
        seq: i64,
        /// Who.
        operator_id: String,
    },
    /// R26.
    ConversationsChanged {
        /// They.
        conversations: Vec<Conversation>,
    },
    /// R26.
    TotalUnreadChanged {
        /// How many.
        count: i64,
    },
    /// R25.
    GroupChanged {
        /// Which.
        group_id: String,
        /// What.
        kind: GroupChangeKind,
        /// To whom.
        members: Vec<String>,
        /// By whom; may be empty.
        by: String,
        /// The new role, or 0.
        role: i32,
        /// How many members there are now.
        member_count: i32,
    },
    /// R15: changed from another device.
    ReadReceiptsEnabledChanged {
        /// Now.
        enabled: bool,
    },
}
