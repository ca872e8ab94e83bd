//! What SeenBy keeps on disk: the journal of a service ([`Journal`]) and the store of a device ([`DeviceStore`]), each
//! with a twin in memory. docs/storage.md has the formats.

mod device;
mod error;
mod files;
mod identity;
mod journal;
mod kv;
mod lock;
mod memory;
mod rows;
pub mod spool;

pub use device::{Account, DeviceStore};
pub use error::{Result, StoreError};
pub use journal::FileJournal;
pub use memory::MemoryJournal;

use seenby_core::hub::LogKey;
use seenby_core::model::{AppId, Position};

/// An event as the journal keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JournalRecord {
    /// Whose log: an app's.
    pub app: AppId,
    /// Which log of the app.
    pub log: LogKey,
    /// An encoded `seenby.journal.Event`.
    pub event: Vec<u8>,
    /// What a message says, kept apart.
    pub body: Option<Vec<u8>>,
}

/// One part of a log's snapshot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SnapshotPart {
    /// Which part: 0 the head, n the segment that begins at seq n.
    pub part: u64,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Where the events of a service live: one order, durable when appended, replayed after a restart.
///
/// One thread writes; bodies may be read from another ([`Journal::bodies`]).
pub trait Journal: Send {
    /// Random, made with the journal; another one after restore or import.
    fn epoch(&self) -> u64;
    /// The service's id, made with the journal.
    fn service_id(&self) -> &str;
    /// Made with the journal; keys what the hub derives.
    fn secret(&self) -> [u8; 32];
    /// The position of the last record; 0: none yet.
    fn head(&self) -> Position;

    /// Appends all of these as one: when it returns they are durable, and stand at `returned ..= head()`, in order.
    /// After an error nothing may be assumed: the journal is closed and every later call fails.
    fn append(&mut self, records: &[JournalRecord]) -> Result<Position>;

    /// Every snapshot: app, log, as-of position, all of its parts.
    fn snapshots(&self, visit: &mut dyn FnMut(AppId, LogKey, Position, Vec<SnapshotPart>) -> Result<()>) -> Result<()>;
    /// Every record after `after`, in position order. (Bodies are not read.)
    fn replay(&self, after: Position, visit: &mut dyn FnMut(Position, JournalRecord) -> Result<()>) -> Result<()>;
    /// The position up to which events have been forgotten: replay begins there.
    fn floor(&self) -> Position;

    /// Replaces these parts of a log's snapshot (`None`: deletes the part), all or nothing. Need not be durable at once:
    /// the events are still there until [`Journal::forget`].
    fn roll_up(&mut self, app: AppId, log: LogKey, as_of: Position, parts: &[(u64, Option<Vec<u8>>)]) -> Result<()>;
    /// Forgets every event up to and with this position; all snapshots rolled up before are durable first. Bodies stay.
    fn forget(&mut self, up_to: Position) -> Result<()>;
    /// Deletes bodies.
    fn drop_bodies(&mut self, positions: &[Position]) -> Result<()>;
    /// A reader of bodies that other threads may use while this one appends.
    fn bodies(&self) -> std::sync::Arc<dyn Bodies>;
    /// Bytes on disk, by what they hold, for `--measure` and metrics.
    fn disk_usage(&self) -> Result<DiskUsage>;
    /// Syncs and closes; a clean end is noted, so that damage after it is told apart from a power cut.
    fn close(&mut self) -> Result<()>;
}

/// Reads what messages say.
pub trait Bodies: Send + Sync {
    /// The body at this position; `None` if it is gone (expired, recalled) or never was.
    fn get(&self, position: Position) -> Result<Option<Vec<u8>>>;
}

/// Bytes on disk.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DiskUsage {
    /// Events not rolled up yet.
    pub events: u64,
    /// Snapshots.
    pub snapshots: u64,
    /// What messages say.
    pub bodies: u64,
    /// All files of the journal, with what they hold free.
    pub files: u64,
}

/// A snapshot cannot hold what has not happened.
pub(crate) fn check_roll_up(as_of: Position, head: Position) -> Result<()> {
    if as_of > head {
        let what = format!("a snapshot as of position {as_of} is past the head {head}");
        return Err(StoreError::Invalid { what });
    }
    Ok(())
}

/// Nor can that be forgotten.
pub(crate) fn check_forget(up_to: Position, head: Position) -> Result<()> {
    if up_to > head {
        return Err(StoreError::Invalid { what: format!("forgetting up to position {up_to} is past the head {head}") });
    }
    Ok(())
}
