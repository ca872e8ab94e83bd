//! One owner a folder: a locked file in it. The system releases it when the process ends, however it ends.

use crate::{Result, StoreError, files};
use std::fs::{File, TryLockError};
use std::path::Path;

/// Holds a folder until dropped.
#[derive(Debug)]
pub(crate) struct FolderLock(#[allow(dead_code)] File); // dropping it unlocks

impl FolderLock {
    /// Makes the folder if need be, and takes it. [`StoreError::InUse`] if somebody has it.
    pub(crate) fn take(folder: &Path) -> Result<Self> {
        files::make_folder(folder)?;
        let path = folder.join("LOCK");
        let file = files::private().create(true).truncate(false).open(&path);
        let file = file.map_err(|error| StoreError::io(&path, error))?;
        match file.try_lock() {
            Ok(()) => Ok(Self(file)),
            Err(TryLockError::WouldBlock) => Err(StoreError::InUse { path: folder.to_owned() }),
            Err(TryLockError::Error(error)) => Err(StoreError::io(&path, format!("cannot be locked: {error}"))),
        }
    }
}
