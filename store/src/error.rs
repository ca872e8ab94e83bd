//! What can go wrong with a store, said so that a person knows what to do.

use std::path::{Path, PathBuf};

/// A store failed. The sentence names the file and says what can be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StoreError {
    /// Another process (or another opening in this one) has it.
    InUse {
        /// The file or folder.
        path: PathBuf,
    },
    /// What is on disk is not what was written.
    Damaged {
        /// The file.
        path: PathBuf,
        /// What is wrong, and what can be done.
        what: String,
    },
    /// A newer SeenBy wrote it.
    Version {
        /// The file.
        path: PathBuf,
        /// The format it has.
        found: u32,
        /// The newest format known here.
        known: u32,
    },
    /// The disk refused.
    Io {
        /// The file.
        path: PathBuf,
        /// Why.
        what: String,
    },
    /// The same user was opened again on the same device by another session of this process, which owns the rows now
    /// (R30: the newer session wins). Nothing was written.
    TakenOver {
        /// The folder.
        path: PathBuf,
    },
    /// What the caller passed cannot be stored.
    Invalid {
        /// Names the value, and says what would be right.
        what: String,
    },
}

impl StoreError {
    pub(crate) fn io(path: &Path, error: impl std::fmt::Display) -> Self {
        Self::Io { path: path.to_owned(), what: error.to_string() }
    }

    pub(crate) fn damaged(path: &Path, what: impl Into<String>) -> Self {
        Self::Damaged { path: path.to_owned(), what: what.into() }
    }
}

impl std::fmt::Display for StoreError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::InUse { path } => {
                write!(f, "{} is in use by another process; end that one, or use another folder", path.display())
            }
            Self::Damaged { path, what } => write!(f, "{} is damaged: {what}", path.display()),
            Self::Version { path, found, known } => write!(
                f,
                "{} has format {found}, written by a newer SeenBy; this one knows up to {known}: use the newer program",
                path.display()
            ),
            Self::Io { path, what } => write!(f, "{}: {what}", path.display()),
            Self::TakenOver { path } => write!(
                f,
                "a newer session of the same user on the same device owns its rows in {}; give this one another device label",
                path.display()
            ),
            Self::Invalid { what } => f.write_str(what),
        }
    }
}

impl std::error::Error for StoreError {}

/// The result of everything that touches a disk.
pub type Result<T> = std::result::Result<T, StoreError>;
