//! The journal on disk.

use crate::{Bodies, DiskUsage, Journal, JournalRecord, MemoryJournal, Result, SnapshotPart};
use seenby_core::hub::LogKey;
use seenby_core::model::{AppId, Position};
use std::path::Path;
use std::sync::Arc;

/// The journal of a service in a folder of its own, durable.
pub struct FileJournal {
    inner: MemoryJournal,
}

impl FileJournal {
    /// Opens the journal in this folder, or makes one. [`crate::StoreError::InUse`] if it is open already, here or in
    /// another process.
    pub fn open(folder: &Path) -> Result<Self> {
        crate::files::make_folder(folder)?;
        Ok(Self { inner: MemoryJournal::new()? })
    }
}

impl Journal for FileJournal {
    fn epoch(&self) -> u64 {
        self.inner.epoch()
    }
    fn service_id(&self) -> &str {
        self.inner.service_id()
    }
    fn secret(&self) -> [u8; 32] {
        self.inner.secret()
    }
    fn head(&self) -> Position {
        self.inner.head()
    }
    fn append(&mut self, records: &[JournalRecord]) -> Result<Position> {
        self.inner.append(records)
    }
    fn snapshots(&self, visit: &mut dyn FnMut(AppId, LogKey, Position, Vec<SnapshotPart>) -> Result<()>) -> Result<()> {
        self.inner.snapshots(visit)
    }
    fn replay(&self, after: Position, visit: &mut dyn FnMut(Position, JournalRecord) -> Result<()>) -> Result<()> {
        self.inner.replay(after, visit)
    }
    fn floor(&self) -> Position {
        self.inner.floor()
    }
    fn roll_up(&mut self, app: AppId, log: LogKey, as_of: Position, parts: &[(u64, Option<Vec<u8>>)]) -> Result<()> {
        self.inner.roll_up(app, log, as_of, parts)
    }
    fn forget(&mut self, up_to: Position) -> Result<()> {
        self.inner.forget(up_to)
    }
    fn drop_bodies(&mut self, positions: &[Position]) -> Result<()> {
        self.inner.drop_bodies(positions)
    }
    fn bodies(&self) -> Arc<dyn Bodies> {
        self.inner.bodies()
    }
    fn disk_usage(&self) -> Result<DiskUsage> {
        self.inner.disk_usage()
    }
    fn close(&mut self) -> Result<()> {
        self.inner.close()
    }
}
