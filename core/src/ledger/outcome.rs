//! What applying an event did.

use crate::model::{Error, Ordinal, Position, Seq};

/// What applying an event did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// At or below the last applied position: nothing (a replay).
    Old,
    /// Refused, with the error for the proposer; the state did not change (but the position counts as applied).
    Void(Error),
    /// Accepted.
    Applied(Change),
    /// An unknown version of the rules, or an event that this program does not know in such a log. Nothing was applied;
    /// whoever keeps the log must stop serving it, because from here on its state would be wrong. The sentence says why.
    Unsupported(String),
}

/// What an accepted event changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// The conversation exists from here on.
    Created,
    /// Those who were not members (or guests) and now are, in the order of the event.
    Joined(Vec<Ordinal>),
    /// Those who were members and are no more, in the order of the event.
    Left(Vec<Ordinal>),
    /// This member's role is another one.
    RoleSet(Ordinal),
    /// The group has ended.
    Dismissed,
    /// The message is there.
    Sent {
        /// Its number.
        seq: Seq,
        /// It was there already, with the same id, sender and digest: nothing changed, and this is the number it had.
        repeat: bool,
    },
    /// A mark was set (R14).
    Marked {
        /// Whose.
        reader: Ordinal,
        /// The reader's own mark went forward.
        moved: bool,
        /// So did what its peer sees (not silent, R15).
        shown: bool,
    },
    /// A report; what became of each message is in the buffer given to apply.
    Read {
        /// Whose.
        reader: Ordinal,
    },
    /// This message has receipts from now on (R1).
    Requested {
        /// Which.
        seq: Seq,
    },
    /// This message's content and receipts have ended (R32).
    Deleted {
        /// Which.
        seq: Seq,
    },
    /// Whole segments are gone (R17).
    Expired {
        /// Where their messages had landed, ascending: what their bodies are kept under.
        positions: Vec<Position>,
    },
    /// Nobody knows any more who this member was (R32). In a user's log: 0.
    Erased(Ordinal),
    /// A user's log: the profile is another one.
    ProfileSet,
    /// A user's log: a toggle of the receipts switch was kept; whether it is on now.
    Switched {
        /// By the toggle with the latest time.
        enabled: bool,
    },
    /// A user's log: tokens issued before this are no good.
    TokensRevoked,
    /// An app's log: its settings.
    SettingsSet,
    /// An app's log: this user's erasure has begun.
    UserDeleted,
    /// An app's log: it has been through all logs.
    UserErased,
    /// Rules, or a repeat that changed nothing.
    Nothing,
}

/// What became of one message of a report.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ReadOutcome {
    /// The receipt is new.
    New,
    /// It was there already: taken, but nobody is told (R5).
    Repeat,
    /// Own message, without receipts, deleted, in a dismissed group, or the reader is not in the audience (R2).
    Dropped,
    /// No such live message, or the reader was never here.
    Unknown,
}
