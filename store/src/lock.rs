//! One owner a folder: a locked file in it. The system releases it when the process ends, however it ends.

use crate::{Result, StoreError, files};
use std::collections::BTreeSet;
use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// Holds a folder until dropped.
#[derive(Debug)]
pub(crate) struct FolderLock {
    #[allow(dead_code)] // dropping it gives the folder back
    held: Held,
}

#[derive(Debug)]
#[allow(dead_code)] // as above
enum Held {
    /// Against every process.
    File(File),
    /// Against the rest of this process.
    Name(Name),
}

impl FolderLock {
    /// Makes the folder if need be, and takes it. [`StoreError::InUse`] if somebody has it.
    pub(crate) fn take(folder: &Path) -> Result<Self> {
        files::make_folder(folder)?;
        let held = if cfg!(target_os = "ios") && is_of_app_group(folder) {
            Held::Name(Name::take(folder)?)
        } else {
            Held::File(file(folder)?)
        };
        Ok(Self { held })
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

/// iOS kills an app that is suspended while it holds a file's lock in a folder that it shares with its extensions (0xDEAD10CC).
/// So there the folder is kept from the rest of the process only; extensions leave receipts, and open nothing.
fn is_of_app_group(folder: &Path) -> bool {
    folder.components().any(|part| part.as_os_str() == "AppGroup")
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
    fn a_folder_of_an_app_group_is_held_without_a_file() {
        let group = "/private/var/mobile/Containers/Shared/AppGroup/7A1F/Library/Application Support/SeenBy";
        assert!(is_of_app_group(Path::new(group)));
        assert!(!is_of_app_group(Path::new("/private/var/mobile/Containers/Data/Application/7A1F/Library")));

        let folder = tempfile::tempdir().unwrap();
        let held = Name::take(folder.path()).unwrap();
        let again = Name::take(&folder.path().join(".")).unwrap_err();
        assert!(matches!(again, StoreError::InUse { .. }), "{again}");
        drop(held);
        assert!(Name::take(folder.path()).is_ok());
        assert!(std::fs::read_dir(folder.path()).unwrap().next().is_none());
    }
}
