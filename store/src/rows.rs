//! redb, as we use it: in a file private to its owner, whole before it is used, every failure an error of ours. A panic
//! of the library (it indexes what it reads) becomes [`StoreError::Damaged`].

use crate::lock::{FolderLock, Keeping};
use crate::{Result, StoreError, files};
use parking_lot::RwLock;
use redb::backends::FileBackend;
use redb::{Database, StorageBackend};
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

/// A database file.
pub(crate) struct RowFile {
    /// `None` once closed. Reading this lock is using the database, for writing too.
    db: RwLock<Option<Database>>,
    path: PathBuf,
    advice: &'static str,
}

impl RowFile {
    /// Opens the file, or makes it if `create`. The whole file is verified: after a crash redb does so by itself, and
    /// after a clean end we ask for it, because otherwise a damaged page would show only when met, or as a missing row.
    /// `advice` ends the sentence of every report of damage. `lock` is of the folder that it is in.
    pub(crate) fn open(
        path: &Path,
        create: bool,
        cache_bytes: usize,
        advice: &'static str,
        lock: &FolderLock,
    ) -> Result<Self> {
        if !create && !path.is_file() {
            return Err(StoreError::damaged(path, format!("the file is missing; {advice}")));
        }
        let file = files::private().create(create).truncate(false).open(path);
        let file = file.map_err(|error| StoreError::io(path, error))?;
        let length = file.metadata().map_err(|error| StoreError::io(path, error))?.len();
        if !create && length == 0 {
            return Err(StoreError::damaged(path, format!("the file is empty; {advice}")));
        }
        let this = Self { db: RwLock::new(None), path: path.to_owned(), advice };
        let db = this.guard(|| {
            let mut builder = redb::Builder::new();
            builder.set_cache_size(cache_bytes);
            let mut db = match lock.keeping() {
                Keeping::Locks => builder.create_file(file)?,
                Keeping::Names => builder.create_with_backend(Unlocked(FileBackend::new(file)?))?,
            };
            let whole = length == 0 || db.check_integrity()?;
            Ok((db, whole))
        })?;
        if !db.1 {
            return Err(this.damage("its checksums do not fit its content"));
        }
        *this.db.write() = Some(db.0);
        Ok(this)
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// What is wrong with this file, and what can be done.
    pub(crate) fn damage(&self, what: impl std::fmt::Display) -> StoreError {
        StoreError::damaged(&self.path, format!("{what}; {}", self.advice))
    }

    /// Runs something on the database.
    pub(crate) fn with<T>(&self, run: impl FnOnce(&Database) -> std::result::Result<T, redb::Error>) -> Result<T> {
        let db = self.db.read();
        let Some(db) = &*db else { return Err(StoreError::io(&self.path, "the store is closed")) };
        self.guard(|| run(db))
    }

    fn guard<T>(&self, run: impl FnOnce() -> std::result::Result<T, redb::Error>) -> Result<T> {
        match catch_unwind(AssertUnwindSafe(run)) {
            Ok(Ok(value)) => Ok(value),
            Ok(Err(error)) => Err(self.error(error)),
            Err(_) => Err(self.damage("it holds what its format does not allow")),
        }
    }

    fn error(&self, error: redb::Error) -> StoreError {
        match error {
            redb::Error::DatabaseAlreadyOpen => StoreError::InUse { path: self.path.clone() },
            redb::Error::Corrupted(what) => self.damage(what),
            redb::Error::Io(error) if error.kind() == io::ErrorKind::InvalidData => self.damage(error),
            redb::Error::Io(error) if error.kind() == io::ErrorKind::UnexpectedEof => {
                self.damage("the file is shorter than it was")
            }
            redb::Error::Io(error) => StoreError::io(&self.path, error),
            error @ (redb::Error::TableTypeMismatch { .. }
            | redb::Error::TableDoesNotExist(_)
            | redb::Error::TableIsMultimap(_)
            | redb::Error::TypeDefinitionChanged { .. }
            | redb::Error::RepairAborted) => self.damage(error),
            redb::Error::UpgradeRequired(found) => {
                StoreError::Version { path: self.path.clone(), found: u32::from(found), known: 3 }
            }
            error => StoreError::io(&self.path, error),
        }
    }

    /// Ends cleanly; every later use fails.
    pub(crate) fn close(&self) -> Result<()> {
        let db = self.db.write().take();
        self.guard(|| {
            drop(db);
            Ok(())
        })
    }
}

impl Drop for RowFile {
    fn drop(&mut self) {
        let _ = self.close(); // what mattered was synced when it was written
    }
}

/// A file as redb has it, but never locked: what it has no function for, a backend does not have, and redb goes without.
#[derive(Debug)]
struct Unlocked(FileBackend);

impl StorageBackend for Unlocked {
    fn len(&self) -> io::Result<u64> {
        self.0.len()
    }

    fn read(&self, offset: u64, out: &mut [u8]) -> io::Result<()> {
        self.0.read(offset, out)
    }

    fn set_len(&self, len: u64) -> io::Result<()> {
        self.0.set_len(len)
    }

    fn sync_data(&self) -> io::Result<()> {
        self.0.sync_data()
    }

    fn write(&self, offset: u64, data: &[u8]) -> io::Result<()> {
        self.0.write(offset, data)
    }

    fn close(&self) -> io::Result<()> {
        self.0.close()
    }
}

/// A value with its CRC-32 in front, over the key too, so that a value under another's key is found out.
pub(crate) fn seal(key: &[u8], value: &[u8]) -> Vec<u8> {
    let mut sealed = Vec::with_capacity(4 + value.len());
    sealed.extend_from_slice(&crc(key, value).to_le_bytes());
    sealed.extend_from_slice(value);
    sealed
}

/// The value, or `None` if it is not what was sealed.
pub(crate) fn unseal<'a>(key: &[u8], sealed: &'a [u8]) -> Option<&'a [u8]> {
    let (sum, value) = sealed.split_first_chunk::<4>()?;
    (u32::from_le_bytes(*sum) == crc(key, value)).then_some(value)
}

fn crc(key: &[u8], value: &[u8]) -> u32 {
    let mut hash = crc32fast::Hasher::new();
    hash.update(&(key.len() as u64).to_le_bytes());
    hash.update(key);
    hash.update(value);
    hash.finalize()
}
