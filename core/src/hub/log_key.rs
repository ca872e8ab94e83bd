//! Names of logs in the journal.

use super::LogKey;
use crate::model::{AppId, ConvKey, UserId};
use sha2::{Digest as _, Sha256};

/// A log, by what it belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LogName<'a> {
    /// The app's own.
    App,
    /// A user's.
    User(&'a UserId),
    /// A conversation's. The generation is 0, and grows when a user of a C2C pair was erased and its id taken again
    /// (R32): the new pair shares nothing with the old one.
    Conversation(&'a ConvKey, u32),
}

/// What the first byte of a key says the log is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LogKind {
    App,
    User,
    C2c,
    Group,
}

impl LogKind {
    pub(super) fn of(key: LogKey) -> Option<Self> {
        match key.0[0] {
            0 => Some(Self::App),
            1 => Some(Self::User),
            2 => Some(Self::C2c),
            3 => Some(Self::Group),
            _ => None,
        }
    }
}

/// The kind of log in the first byte, and 15 bytes of a hash keyed with the journal's secret: nobody without the secret
/// can tell whose log it is (R32).
pub(super) fn log_key(secret: &[u8; 32], app: AppId, name: &LogName<'_>) -> LogKey {
    // The secret has a fixed length and comes first; the digest is cut, so that it cannot be extended.
    let mut hash = Sha256::new();
    hash.update(b"seenby log 1");
    hash.update(secret);
    hash.update(app.0.to_be_bytes());
    let mut part = |text: &str| {
        hash.update((text.len() as u32).to_be_bytes());
        hash.update(text.as_bytes());
    };
    let kind = match name {
        LogName::App => 0,
        LogName::User(user) => {
            part("user");
            part(user.as_str());
            1
        }
        LogName::Conversation(ConvKey::C2c(a, b), generation) => {
            part("c2c");
            part(a.as_str());
            part(b.as_str());
            hash.update(generation.to_be_bytes());
            2
        }
        LogName::Conversation(ConvKey::Group(group), generation) => {
            part("group");
            part(group.as_str());
            hash.update(generation.to_be_bytes());
            3
        }
    };
    let digest = hash.finalize();
    let mut key = [kind; 16];
    key[1..].copy_from_slice(&digest[..15]);
    LogKey(key)
}
