//! The spool of a data folder (R16): receipts that a process left without opening the store — an app's notification
//! action, say. One synced file each; the store's owner drains them into the outbox.

mod file;

pub(crate) use file::drain;
pub use file::enqueue;

use crate::Result;
use seenby_core::session::SpooledReceipts;
use std::path::PathBuf;

/// What a drain found.
#[derive(Debug, Default)]
#[must_use = "call `done` once the receipts are durable in the outbox"]
pub struct Batch {
    /// The receipts, oldest first.
    pub receipts: Vec<SpooledReceipts>,
    /// Files that were not what [`enqueue`] writes, under their new names (`.bad`): worth a warning, never fatal.
    pub set_aside: Vec<PathBuf>,
    /// There are more: drain again after [`Batch::done`].
    pub more: bool,
    files: Vec<PathBuf>,
}

impl Batch {
    /// Everything is durable in the outbox: deletes the files. If this is never reached they are drained again, which
    /// does no harm (R5).
    pub fn done(self) -> Result<()> {
        for file in &self.files {
            std::fs::remove_file(file).or_else(|error| match error.kind() {
                std::io::ErrorKind::NotFound => Ok(()),
                _ => Err(crate::StoreError::io(file, error)),
            })?;
        }
        Ok(())
    }
}
