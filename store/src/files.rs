//! What every file of ours has in common: private to its owner, and really on the disk when we say so.

use crate::{Result, StoreError};
use std::fs::{File, OpenOptions};
use std::path::Path;

/// Makes a folder and what is above it, for its owner alone (0700 on Unix).
pub(crate) fn make_folder(folder: &Path) -> Result<()> {
    if folder.is_dir() {
        return Ok(());
    }
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder).map_err(|error| StoreError::io(folder, error))?;
    if let Some(parent) = folder.parent().filter(|parent| !parent.as_os_str().is_empty()) {
        sync_folder(parent)?;
    }
    Ok(())
}

/// How files are opened: for reading and writing, made for their owner alone (0600 on Unix).
pub(crate) fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.read(true).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// Makes names in this folder durable, where the system knows such a thing.
pub(crate) fn sync_folder(folder: &Path) -> Result<()> {
    if cfg!(unix) {
        File::open(folder).and_then(|folder| folder.sync_all()).map_err(|error| StoreError::io(folder, error))?;
    }
    Ok(())
}

/// Writes a whole file so that after any power cut it is the old one or the new one, and the new one when this returns.
pub(crate) fn replace(path: &Path, temporary: &Path, bytes: &[u8]) -> Result<()> {
    let write = || -> std::io::Result<()> {
        let mut file = private().create(true).truncate(true).open(temporary)?;
        std::io::Write::write_all(&mut file, bytes)?;
        file.sync_all()?;
        drop(file); // Windows renames no open file
        std::fs::rename(temporary, path)
    };
    if let Err(error) = write() {
        let _ = std::fs::remove_file(temporary); // it is of no use to anybody; the error below is what matters
        return Err(StoreError::io(path, error));
    }
    match path.parent() {
        Some(folder) => sync_folder(folder),
        None => Ok(()),
    }
}
