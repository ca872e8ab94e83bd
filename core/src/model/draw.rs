//! The states to draw (R31): computed here, so that every platform shows the same ticks.

use super::{Message, MessageReceipt, MessageStatus};

/// What to draw beside a message of one's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DrawState {
    /// On its way.
    Sending,
    /// It did not get there.
    Failed,
    /// The service has it; nobody is known to have read it.
    Sent,
    /// C2C: the peer has read it.
    ReadByPeer,
    /// Groups: some have.
    ReadBy {
        /// How many have.
        read: u32,
        /// Of how many.
        of: u32,
    },
    /// Groups: everybody has, and there is somebody.
    AllRead,
    /// Nothing can be said: not one's own, without receipts, deleted, or no summary is known.
    Unavailable,
}

/// What is drawn of a summary.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Seen {
    /// C2C: whether the peer has read it.
    ByPeer(bool),
    /// Groups.
    ByMembers {
        /// How many have read it.
        read: u32,
        /// How many have not.
        unread: u32,
    },
}

impl From<&MessageReceipt> for Seen {
    fn from(receipt: &MessageReceipt) -> Self {
        if receipt.conversation.is_c2c() {
            Self::ByPeer(receipt.is_peer_read)
        } else {
            Self::ByMembers { read: receipt.read_count, unread: receipt.unread_count }
        }
    }
}

impl DrawState {
    /// The state of `message`, given its latest summary if one is known.
    ///
    /// A message that was sent with receipts and of which no summary has come is `Sent`: nobody is known to have read it.
    pub fn of(message: &Message, receipt: Option<&MessageReceipt>) -> Self {
        let seen = receipt.or(message.receipt.as_ref()).map(Seen::from);
        Self::of_parts(message.is_self, message.status, message.need_read_receipt, seen)
    }

    /// [`Self::of`], for layers that have the fields and no message.
    pub fn of_parts(is_self: bool, status: MessageStatus, need_read_receipt: bool, seen: Option<Seen>) -> Self {
        match status {
            _ if !is_self => Self::Unavailable,
            MessageStatus::Sending => Self::Sending,
            MessageStatus::SendFail => Self::Failed,
            MessageStatus::HasDeleted | MessageStatus::LocalRevoked => Self::Unavailable,
            MessageStatus::SendSucc if !need_read_receipt => Self::Unavailable,
            MessageStatus::SendSucc => match seen {
                None | Some(Seen::ByPeer(false) | Seen::ByMembers { read: 0, .. }) => Self::Sent,
                Some(Seen::ByPeer(true)) => Self::ReadByPeer,
                Some(Seen::ByMembers { unread: 0, .. }) => Self::AllRead,
                Some(Seen::ByMembers { read, unread }) => Self::ReadBy { read, of: read.saturating_add(unread) },
            },
        }
    }
}
