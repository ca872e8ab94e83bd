//! The brain of a device for one logged-in user: requests and answers, outbox, catching up, what the device remembers.
//! Sans-I/O: inputs with the time in, effects out. Every parameter is checked here before anything is sent, so every
//! language refuses alike.

mod calls;
mod check;
mod connection;
mod convert;
mod deliver;
mod marks;
mod messages;
mod outbox;
mod random;
mod receipts;
mod remember;
mod requests;
#[allow(clippy::module_inception)] // the session's own state, beside its parts
mod session;
mod tracker;

pub use session::Session;
pub use tracker::{ReadTracker, Tracked};

use crate::model::{
    AppId, ConversationId, ConversationInfo, DeviceId, Error, GroupId, GroupInfo, GroupKind, GroupMember,
    MemberOutcome, Message, MessageId, MessageReceipt, Profile, ReadMemberPage, Result, Role, Seq, TimeMs, UserId,
};

/// What the device keeps, as it is stored: `core/proto/device.proto`.
#[allow(missing_docs, clippy::all, unreachable_pub, rustdoc::all)]
pub mod device {
    include!("generated.rs");
}

/// A call of the app, numbered by the driver; every call is completed exactly once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CallId(pub u64);

/// How a session is set up.
#[derive(Clone, Debug)]
pub struct SessionConfig {
    /// The app.
    pub app: AppId,
    /// The user.
    pub user: UserId,
    /// The device (R30).
    pub device: DeviceId,
    /// Name and version, for the server's log.
    pub client: String,
    /// Pushes of receipts name the readers (R12, ours).
    pub with_readers: bool,
    /// How long a request waits for its answer before 6012, in ms.
    pub request_timeout_ms: i64,
    /// The store is in memory, and goes with the process (R28): then "durable on the device" means kept in memory.
    pub in_memory: bool,
    /// Seeds message ids and the jitter of reconnecting.
    pub seed: [u8; 32],
}

/// A message that a call is about: what is known of it. Made from a [`Message`], or by hand (`messageReference`, R19).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MessageHandle {
    /// Where; `None`: by id alone, found in the device's index or by the service (R23).
    pub conversation: Option<ConversationId>,
    /// Its id; `None`: never sent.
    pub id: Option<MessageId>,
    /// Its number, 0 if not known.
    pub seq: Seq,
    /// Whether it is one's own; `None`: not known.
    pub is_self: Option<bool>,
    /// Whether it has receipts; `None`: not known.
    pub need_read_receipt: Option<bool>,
}

impl From<&Message> for MessageHandle {
    fn from(message: &Message) -> Self {
        Self {
            conversation: message.conversation.clone(),
            id: message.id.clone(),
            seq: message.seq,
            is_self: Some(message.is_self),
            need_read_receipt: Some(message.need_read_receipt),
        }
    }
}

/// By id alone (R23).
impl From<MessageId> for MessageHandle {
    fn from(id: MessageId) -> Self {
        Self { conversation: None, id: Some(id), seq: 0, is_self: None, need_read_receipt: None }
    }
}

/// A call. Ids that came as text are checked before this is made ([`crate::model`]); numbers are checked here.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs)] // each is the documented call of its name; the fields are its parameters
pub enum Command {
    /// R18. The message has its id already ([`Session::prepare_message`]). `Answer::Message`.
    SendMessage {
        message: Box<Message>,
    },
    /// Ends a message and its receipts (R32). `Answer::Done`.
    RecallMessage {
        message: MessageHandle,
    },
    /// R2, R16. `Answer::Done`.
    SendReadReceipts {
        messages: Vec<MessageHandle>,
    },
    /// R10. `Answer::Receipts`.
    GetReadReceipts {
        messages: Vec<MessageHandle>,
    },
    /// R16: what the device remembers, without asking the service. `Answer::Receipts`.
    CachedReceipts {
        ids: Vec<MessageId>,
    },
    /// R11. `Answer::ReadMembers`.
    GetReadMembers {
        message: MessageHandle,
        filter: u32,
        next_seq: u64,
        count: u32,
    },
    /// R14. `Answer::Done`. Exactly what was received is marked.
    MarkAsRead {
        conversation: ConversationId,
    },
    /// R14. `Answer::Done`.
    MarkAllAsRead,
    /// R14: a conversation, or "c2c", "group", "" for all; the two numbers only lower the mark. `Answer::Done`.
    CleanUnread {
        conversation: String,
        timestamp_s: u64,
        sequence: u64,
    },
    /// R18. `Answer::Messages`.
    History(HistoryQuery),
    /// R18. `Answer::Messages`.
    FindMessages {
        ids: Vec<MessageId>,
    },
    /// R25. `Answer::Group` with the id.
    CreateGroup {
        group: Option<GroupId>,
        kind: GroupKind,
        name: String,
        members: Vec<UserId>,
    },
    JoinGroup {
        group: GroupId,
    },
    QuitGroup {
        group: GroupId,
    },
    InviteToGroup {
        group: GroupId,
        users: Vec<UserId>,
    },
    KickFromGroup {
        group: GroupId,
        users: Vec<UserId>,
    },
    SetMemberRole {
        group: GroupId,
        user: UserId,
        role: Role,
    },
    DismissGroup {
        group: GroupId,
    },
    JoinedGroups,
    GroupMembers {
        group: GroupId,
        next_seq: u64,
        count: u32,
    },
    GroupMembersById {
        group: GroupId,
        users: Vec<UserId>,
    },
    /// R26. `Answer::Conversations`.
    Conversations {
        next_seq: u64,
        count: u32,
    },
    Conversation {
        conversation: ConversationId,
    },
    /// R26; readable before connecting. `Answer::Count`.
    TotalUnread,
    /// R27.
    SetProfile {
        nick_name: Option<String>,
        face_url: Option<String>,
    },
    GetProfiles {
        users: Vec<UserId>,
    },
    /// R15. `Answer::Done`; offline too.
    SetReadReceiptsEnabled {
        enabled: bool,
    },
}

/// R18. The documented V2TIMMessageListGetOption.
#[derive(Clone, Debug, PartialEq)]
pub struct HistoryQuery {
    /// Which conversation.
    pub conversation: ConversationId,
    /// Newer than the anchor, else older.
    pub newer: bool,
    /// At most this many, 1 to 100.
    pub count: u32,
    /// Begin beside this message, without it; wins over `from_seq`.
    pub last_message: Option<MessageHandle>,
    /// Begin at this seq, with it; 0: from the end.
    pub from_seq: Seq,
    /// In seconds; 0: now.
    pub begin_s: i64,
    /// In seconds; 0: unbounded. The interval is closed.
    pub period_s: i64,
}

/// What a call is answered with.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs)]
pub enum Answer {
    Done,
    Message(Box<Message>),
    Messages { messages: Vec<Message>, finished: bool },
    Receipts(Vec<MessageReceipt>),
    ReadMembers(ReadMemberPage),
    Group(GroupId),
    Groups(Vec<GroupInfo>),
    GroupMembers { members: Vec<GroupMember>, next_seq: u64 },
    MemberResults(Vec<(UserId, MemberOutcome)>),
    Conversations { conversations: Vec<ConversationInfo>, next_seq: u64, is_finished: bool },
    Conversation(Box<ConversationInfo>),
    Count(u64),
    Profiles(Vec<Profile>),
}

/// What the app hears without having asked.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs)]
pub enum Event {
    /// R30: once per change each.
    Connecting,
    Connected,
    ConnectFailed(Error),
    KickedOffline,
    UserSigExpired,
    /// onRecvNewMessage (R18).
    NewMessage(Box<Message>),
    /// onRecvMessageReadReceipts (R12).
    ReadReceipts(Vec<MessageReceipt>),
    /// onRecvC2CReadReceipt (R14): no message id.
    C2cReadReceipt(Vec<MessageReceipt>),
    /// Another device of this user sent receipts for these (R13).
    ReceiptsSent {
        conversation: ConversationId,
        messages: Vec<(Seq, MessageId)>,
    },
    /// onRecvMessageRevoked (R32).
    MessageRecalled {
        conversation: ConversationId,
        seq: Seq,
        message: MessageId,
        operator: String,
    },
    /// R26.
    ConversationsChanged(Vec<ConversationInfo>),
    TotalUnreadChanged(u64),
    /// R25.
    GroupChanged {
        group: GroupId,
        changes: Vec<GroupChange>,
        members: u32,
    },
    /// R15: changed from another device.
    ReadReceiptsEnabledChanged(bool),
}

/// R25.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum GroupChange {
    Created { by: Option<UserId> },
    Joined { members: Vec<UserId> },
    Invited { by: Option<UserId>, members: Vec<UserId> },
    Quit { members: Vec<UserId> },
    Kicked { by: Option<UserId>, members: Vec<UserId> },
    RoleChanged { by: Option<UserId>, member: UserId, role: Role },
    Dismissed { by: Option<UserId> },
}

/// What happens to a session.
#[derive(Clone, Debug)]
pub enum Input {
    /// The app calls.
    Call {
        /// Whose completion this is.
        call: CallId,
        /// What.
        command: Command,
    },
    /// The app takes a call back: it is completed with 7009; what was sent takes effect all the same.
    Cancel(CallId),
    /// Log in, or log in again with a new userSig (R30). Completes the call when Welcome came, or on refusal.
    Login {
        /// Whose completion this is.
        call: CallId,
        /// The token.
        user_sig: String,
    },
    /// The transport that [`Effect::Connect`] asked for is open.
    Opened,
    /// It could not be opened, or is gone.
    Lost(Error),
    /// A frame came.
    Frame(Vec<u8>),
    /// The namespace that [`Effect::Bind`] asked for holds this; replaces what the session remembered.
    Restored(Vec<StoreEntry>),
    /// Reports that other processes left in the spool (R16): reader-side ids with the time of reading.
    Spooled(Vec<SpooledReceipts>),
    /// The app's listener has returned from the events up to this number (see [`Effect::Emit`]).
    Delivered(u64),
    /// The network came back: connect now. Gone: sleep.
    NetworkAvailable(bool),
    /// R33's flush and the app's background are the tracker's; a session only learns whether to keep the line.
    Foreground(bool),
    /// The user logs out: the outbox stays on the device, calls still out end with 7009.
    Logout {
        /// Whose completion this is.
        call: CallId,
    },
    /// It is (at least) the time the session asked for.
    Tick,
}

/// What `enqueueReceipts` left in the spool.
#[derive(Clone, Debug, PartialEq)]
pub struct SpooledReceipts {
    /// The messages.
    pub messages: Vec<MessageHandle>,
    /// When they were read, by the clock of the device (server time is not known there).
    pub read_ms: TimeMs,
}

/// What a session wants done, in this order: what stands behind a synced [`Effect::Store`] happens after it is durable.
#[derive(Clone, Debug)]
pub enum Effect {
    /// Open a transport; answered by Opened or Lost.
    Connect,
    /// Drop it; not answered.
    Disconnect,
    /// Send this encoded request.
    Send(Vec<u8>),
    /// Write to the device's store; with `sync`, durable before what follows.
    Store {
        /// What, all or nothing.
        ops: Vec<StoreOp>,
        /// Whether it must be on disk before what follows.
        sync: bool,
    },
    /// This connection's service has this id: use the namespace of (service, app, user), moving there what was stored
    /// for this endpoint before its service was known; then give [`Input::Restored`].
    Bind {
        /// The service's id.
        service: String,
    },
    /// Answer a call.
    Complete {
        /// Which.
        call: CallId,
        /// With what.
        result: Result<Answer>,
    },
    /// Tell the listeners. Numbers grow by one; [`Input::Delivered`] gives them back.
    Emit {
        /// Its number.
        number: u64,
        /// What.
        event: Event,
    },
    /// Stop reading from the transport (4 096 events wait for the app), or go on.
    Reading(bool),
    /// Ask the token provider for a new userSig, if the app gave one; else nothing happens.
    WantUserSig,
    /// For the log, once (R8): something the app's author should know. Names no ids (R34).
    Warn(String),
    /// Give [`Input::Tick`] at this time; replaces what was asked before.
    WakeAt(TimeMs),
}

/// A table of the device's store.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum Table {
    /// Cursor, epoch, settings, total unread.
    Meta = 1,
    /// What is to be sent: receipts, marks, the switch.
    Outbox = 2,
    /// Message id to (conversation, seq) and what is known of it.
    Index = 3,
    /// The last known summaries.
    Summaries = 4,
    /// The conversations: last message, unread, marks.
    Conversations = 5,
}

/// One row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoreEntry {
    /// Its table.
    pub table: Table,
    /// Its key.
    pub key: Vec<u8>,
    /// Its value: a message of `core/proto/device.proto`.
    pub value: Vec<u8>,
}

/// A change of the device's store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StoreOp {
    /// Insert or replace.
    Put(StoreEntry),
    /// Delete, if there.
    Delete {
        /// The table.
        table: Table,
        /// The key.
        key: Vec<u8>,
    },
}
