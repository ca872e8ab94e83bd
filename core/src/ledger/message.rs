//! What is kept of a message itself, and the small answers about it.

use crate::model::{Ordinal, Position, TimeMs};

/// What is true of a message.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MessageFlags {
    /// It has receipts (R1).
    pub need_receipt: bool,
    /// Only for who was online (R20).
    pub online_only: bool,
    /// Never counts as unread.
    pub exclude_unread: bool,
    /// Is never a conversation's last message.
    pub exclude_last: bool,
    /// Carried by another system (R19): no body, no history.
    pub foreign: bool,
    /// Deleted or recalled (R32).
    pub deleted: bool,
    /// Why it has no receipts although its sender asked: `seenby.wire.Downgrade`.
    pub downgrade: u8,
}

impl MessageFlags {
    /// As one number, for snapshots.
    pub(crate) fn bits(self) -> u32 {
        u32::from(self.need_receipt)
            | u32::from(self.online_only) << 1
            | u32::from(self.exclude_unread) << 2
            | u32::from(self.exclude_last) << 3
            | u32::from(self.foreign) << 4
            | u32::from(self.deleted) << 5
            | u32::from(self.downgrade) << 8
    }

    /// From that number.
    pub(crate) fn from_bits(bits: u32) -> Self {
        let bit = |n: u32| bits >> n & 1 == 1;
        Self {
            need_receipt: bit(0),
            online_only: bit(1),
            exclude_unread: bit(2),
            exclude_last: bit(3),
            foreign: bit(4),
            deleted: bit(5),
            downgrade: (bits >> 8 & 0xff) as u8,
        }
    }

    /// Whether it counts as unread for the others, unless it is recalled.
    pub(crate) fn counts(self) -> bool {
        !(self.online_only || self.exclude_unread || self.foreign)
    }

    /// Whether it can be a conversation's last message.
    pub(crate) fn can_be_last(self) -> bool {
        !(self.online_only || self.exclude_last || self.foreign || self.deleted)
    }
}

/// A live message, without what it says: bodies are in the journal, by position.
#[derive(Clone, Debug)]
pub struct MessageMeta {
    pub(crate) id: Box<str>,
    pub(crate) position: Position,
    pub(crate) time_ms: TimeMs,
    pub(crate) digest: u64,
    /// Position of the last change to the message itself: landing, request, deletion.
    pub(crate) changed: Position,
    pub(crate) sender: Ordinal,
    /// Of the roster when it landed: the audience (R7).
    pub(crate) version: u32,
    /// Messages of the conversation that ever counted as unread, up to and with this one.
    pub(crate) counted: u32,
    /// Size of what it says; 0: nothing, or no more.
    pub(crate) body_bytes: u32,
    pub(crate) priority: u8,
    pub(crate) flags: MessageFlags,
}

impl MessageMeta {
    /// Its id.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Where it landed.
    pub fn position(&self) -> Position {
        self.position
    }

    /// When, by the service's clock.
    pub fn time_ms(&self) -> TimeMs {
        self.time_ms
    }

    /// Who sent it.
    pub fn sender(&self) -> Ordinal {
        self.sender
    }

    /// Of sender and content.
    pub fn digest(&self) -> u64 {
        self.digest
    }

    /// What is true of it.
    pub fn flags(&self) -> MessageFlags {
        self.flags
    }

    /// The version of the roster when it landed.
    pub fn roster_version(&self) -> u32 {
        self.version
    }

    /// Size of what it says; 0: no body, or no more.
    pub fn body_bytes(&self) -> u32 {
        self.body_bytes
    }

    /// The documented priority's number.
    pub fn priority(&self) -> u8 {
        self.priority
    }

    /// Position of the last change to the message itself (not to its receipts).
    pub fn changed(&self) -> Position {
        self.changed
    }
}

/// A message's receipts, counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Summary {
    /// How many have read it.
    pub read: u32,
    /// How many of the audience have not (R7: the sum never changes).
    pub unread: u32,
    /// Of two summaries of a message the one with the higher position is the newer.
    pub last_change: Position,
    /// Who read it first: in C2C, the peer.
    pub first_reader: Option<ReaderEntry>,
}

/// One of a message's audience.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReaderEntry {
    /// Who.
    pub ordinal: Ordinal,
    /// When it read the message; 0 if it did not, or was erased.
    pub time_ms: TimeMs,
    /// Its place in the reading order, from 0; 0 if it did not read.
    pub index: u32,
    /// Nobody knows any more who it was (R32).
    pub erased: bool,
}

/// Bytes held in memory.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Memory {
    /// Bytes of messages, their ids and the index of ids.
    pub messages: usize,
    /// Bytes of receipts: bitmaps, reading orders, times.
    pub receipts: usize,
    /// Bytes of the roster, its history and everything else.
    pub head: usize,
    /// Live messages.
    pub message_count: usize,
    /// Receipts of live messages.
    pub receipt_count: usize,
}
