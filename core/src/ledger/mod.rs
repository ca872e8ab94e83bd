//! The folds: events in, state and answers out. Deterministic and total; a position at or below the last applied one is
//! a no-op, gaps are allowed (DESIGN.md). So recovery is replay, a replica is a replay elsewhere, a test is a list of
//! events.
//!
//! An event is a proposal: [`Conversation::apply`] accepts or voids it from the state at its position. Nothing here asks
//! what the settings are, or what time it is: both are in the events.

mod app;
mod bitmap;
mod conversation;
mod events;
mod history;
mod message;
mod outcome;
mod pages;
mod receipts;
mod roster;
mod segment;
mod snapshot;
mod unread;
mod user;

pub use app::App;
pub use conversation::Conversation;
pub use message::{Memory, MessageFlags, MessageMeta, ReaderEntry, Summary};
pub use outcome::{Change, Outcome, ReadOutcome};
pub use roster::{Member, Roster};
pub use user::User;

/// The events and snapshots as they are stored: `core/proto/journal.proto`.
#[allow(missing_docs, clippy::all, unreachable_pub, rustdoc::all)]
pub mod journal {
    include!("generated.rs");
}

/// The version of the rules that a log without a `Rules` event is folded by.
pub const RULES: u32 = 1;

/// The hash of a state, from its canonical snapshot: the same on every platform and in every release that has these rules.
fn hash_parts(parts: impl IntoIterator<Item = (u64, Vec<u8>)>) -> u64 {
    use sha2::Digest as _;
    let mut hash = sha2::Sha256::new();
    for (part, bytes) in parts {
        hash.update(part.to_be_bytes());
        hash.update((bytes.len() as u64).to_be_bytes());
        hash.update(&bytes);
    }
    let mut first = [0; 8];
    first.copy_from_slice(&hash.finalize()[..8]);
    u64::from_be_bytes(first)
}

/// The snapshot of a log that has one part only.
fn only_part<M: prost::Message + Default>(
    whose: &str,
    parts: impl IntoIterator<Item = (u64, Vec<u8>)>,
) -> Result<M, String> {
    let mut parts = parts.into_iter();
    match (parts.next(), parts.next()) {
        (Some((0, bytes)), None) => {
            M::decode(bytes.as_slice()).map_err(|error| format!("the snapshot of {whose} cannot be read: {error}"))
        }
        (Some((part, _)), _) if part != 0 => {
            Err(format!("the snapshot of {whose} has a part {part}; only part 0 is known"))
        }
        (None, _) => Err(format!("the snapshot of {whose} has no part 0")),
        (Some(_), _) => Err(format!("the snapshot of {whose} has more than one part")),
    }
}
