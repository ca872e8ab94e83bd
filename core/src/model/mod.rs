//! The words everybody shares: ids, errors, limits, messages, receipts, groups, the states to draw.

mod draw;
mod error;
mod group;
mod ids;
pub mod limits;
mod message;
mod settings;

pub use draw::{DrawState, Seen};
pub use error::{Error, ErrorCode, Result};
pub use group::{GroupInfo, GroupKind, GroupMember, MemberFilter, MemberOutcome, Role};
pub use ids::{
    AppId, ConvKey, ConversationId, DeviceId, GroupId, MessageId, UserId, conversation_tag, made_message_id,
};
pub use message::{
    Body, ConversationInfo, Message, MessageReceipt, MessageStatus, Priority, Profile, ReadMember, ReadMemberPage,
    ReaderAt,
};
pub use settings::{AppSettings, Register, Unsupported, Visibility};

/// Milliseconds since 1970-01-01 UTC. Core has no clock: every input brings its time.
pub type TimeMs = i64;

/// An index in the journal of one epoch and shard: grows, never repeats. 0 is before the first event.
pub type Position = u64;

/// The number of a message in its conversation: 1, 2, 3 … without gaps (R18).
pub type Seq = u64;

/// The number of a member in its group: given by Joined, never given again (DESIGN.md).
pub type Ordinal = u32;
