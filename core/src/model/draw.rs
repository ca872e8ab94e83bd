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

impl DrawState {
    /// The state of `message`, given its latest summary if one is known.
    ///
    /// A message that was sent with receipts and of which no summary has come is `Sent`: nobody is known to have read it.
    pub fn of(message: &Message, receipt: Option<&MessageReceipt>) -> Self {
        match message.status {
            _ if !message.is_self => Self::Unavailable,
            MessageStatus::Sending => Self::Sending,
            MessageStatus::SendFail => Self::Failed,
            MessageStatus::HasDeleted | MessageStatus::LocalRevoked => Self::Unavailable,
            MessageStatus::SendSucc if !message.need_read_receipt => Self::Unavailable,
            MessageStatus::SendSucc => match receipt.or(message.receipt.as_ref()) {
                None => Self::Sent,
                Some(receipt) if receipt.conversation.is_c2c() => {
                    if receipt.is_peer_read {
                        Self::ReadByPeer
                    } else {
                        Self::Sent
                    }
                }
                Some(receipt) if receipt.read_count == 0 => Self::Sent,
                Some(receipt) if receipt.unread_count == 0 => Self::AllRead,
                Some(receipt) => {
                    Self::ReadBy { read: receipt.read_count, of: receipt.read_count + receipt.unread_count }
                }
            },
        }
    }
}
