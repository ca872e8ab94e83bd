//! One owner a folder: a locked file in it. The system releases it when the process ends, however it ends. Where no file may be
//! locked, a name that the process remembers.

use crate::{Result, StoreError, files};
use std::collections::BTreeSet;
use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// How a folder, and each file in it, is kept from others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Keeping {
    /// By locks on files, from every process.
    Locks,
    /// By the folder's name, from the rest of this process. No file is locked.
    Names,
}

impl Keeping {
    /// iOS and its kin kill an app that is suspended while it holds a file's lock in a folder that is not its alone (0xDEAD10CC),
    /// and nobody can ask whose a folder is. An app's own is kept from all others by the system already (docs/adr/0009).
    pub(crate) const HERE: Self =
        if cfg!(all(target_vendor = "apple", not(target_os = "macos"))) { Self::Names } else { Self::Locks };
}

/// Holds a folder until dropped.
#[derive(Debug)]
pub(crate) struct FolderLock {
    held: Held,
}

#[derive(Debug)]
enum Held {
    Locked(#[allow(dead_code)] File), // closing it gives the folder back
    Named(#[allow(dead_code)] Name),  // as dropping this does
}

impl FolderLock {
    /// Makes the folder if need be, and takes it. [`StoreError::InUse`] if somebody has it.
    pub(crate) fn take(folder: &Path) -> Result<Self> {
        Self::take_as(folder, Keeping::HERE)
    }

    /// As [`Self::take`], in this way.
    pub(crate) fn take_as(folder: &Path, keeping: Keeping) -> Result<Self> {
        files::make_folder(folder)?;
        let held = match keeping {
            Keeping::Locks => Held::Locked(file(folder)?),
            Keeping::Names => Held::Named(Name::take(folder)?),
        };
        Ok(Self { held })
    }

    /// How this folder is kept: files in it as itself.
    pub(crate) fn keeping(&self) -> Keeping {
        match self.held {
            Held::Locked(_) => Keeping::Locks,
            Held::Named(_) => Keeping::Names,
        }
    }
}

fn file(folder: &Path) -> Result<File> {
    let path = folder.join("LOCK");
    let file = files::private().create(true).truncate(false).open(&path);
    let file = file.map_err(|error| StoreError::io(&path, error))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(StoreError::InUse { path: folder.to_owned() }),
        Err(TryLockError::Error(error)) => Err(StoreError::io(&path, format!("cannot be locked: {error}"))),
    }
}

/// The folders that this process holds by their names.
static NAMES: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());

#[derive(Debug)]
struct Name(PathBuf);

impl Name {
    fn take(folder: &Path) -> Result<Self> {
        let name = folder.canonicalize().map_err(|error| StoreError::io(folder, error))?;
        if NAMES.lock().unwrap_or_else(PoisonError::into_inner).insert(name.clone()) {
            Ok(Self(name))
        } else {
            Err(StoreError::InUse { path: folder.to_owned() })
        }
    }
}

impl Drop for Name {
    fn drop(&mut self) {
        NAMES.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_has_one_owner_however_it_is_kept() {
        for keeping in [Keeping::Locks, Keeping::Names] {
            let folder = tempfile::tempdir().unwrap();
            let held = FolderLock::take_as(folder.path(), keeping).unwrap();
            assert_eq!(held.keeping(), keeping);
            let again = FolderLock::take_as(&folder.path().join("."), keeping).unwrap_err();
            assert!(matches!(again, StoreError::InUse { .. }), "{again}");
            drop(held);
            assert!(FolderLock::take_as(folder.path(), keeping).is_ok());
            let is_empty = std::fs::read_dir(folder.path()).unwrap().next().is_none();
            assert_eq!(is_empty, keeping == Keeping::Names);
        }
    }
}
