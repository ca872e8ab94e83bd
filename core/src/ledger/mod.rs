//! The folds: events in, state and answers out. Deterministic and total; a position at or below the last applied one is
//! a no-op, gaps are allowed (DESIGN.md). So recovery is replay, a replica is a replay elsewhere, a test is a list of
//! events.
//!
//! An event is a proposal: [`Conversation::apply`] accepts or voids it from the state at its position. Nothing here asks
//! what the settings are, or what time it is: both are in the events.

/// The events and snapshots as they are stored: `core/proto/journal.proto`.
#[allow(missing_docs, clippy::all, unreachable_pub, rustdoc::all)]
pub mod journal {
    include!("generated.rs");
}

/// The version of the rules that a log without a `Rules` event is folded by.
pub const RULES: u32 = 1;
