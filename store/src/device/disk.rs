//! A device's rows on disk: one redb file in the data folder. What was written without a sync is synced soon after by a
//! thread of its own, so that an app that is killed while idle has lost nothing.

use crate::kv::{Change, Kv};
use crate::lock::FolderLock;
use crate::rows::{RowFile, seal, unseal};
use crate::{Result, StoreError};
use parking_lot::{Condvar, Mutex};
use redb::{Durability, ReadableDatabase as _, TableDefinition};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

const ROWS: TableDefinition<'_, &[u8], &[u8]> = TableDefinition::new("rows");
/// The row that says which format this is.
const FORMAT_KEY: &[u8] = b"f";
const FORMAT: u32 = 1;
/// How long an unsynced write may wait.
const LINGER: Duration = Duration::from_millis(250);
/// A device's store is small.
const CACHE_BYTES: usize = 4 << 20;
const ADVICE: &str = "move the folder away: the device begins anew, and what it had not sent yet is lost";

/// The rows of a data folder.
pub(super) struct DiskKv {
    shared: Arc<Shared>,
    flusher: Option<std::thread::JoinHandle<()>>,
}

struct Shared {
    file: RowFile,
    state: Mutex<State>,
    changed: Condvar,
    /// After `file`: it is unlocked when everything is closed.
    _lock: FolderLock,
}

#[derive(Default)]
struct State {
    /// Something was written without a sync.
    unsynced: bool,
    closing: bool,
    /// A write failed: what is on disk may be behind what was answered, so nothing more is.
    failed: Option<StoreError>,
}

impl DiskKv {
    pub(super) fn open(folder: &Path) -> Result<Self> {
        Self::open_in(folder, FolderLock::take(folder)?)
    }

    fn open_in(folder: &Path, lock: FolderLock) -> Result<Self> {
        let path = folder.join("device.redb");
        let file = RowFile::open(&path, true, CACHE_BYTES, ADVICE, &lock)?;
        crate::files::sync_folder(folder)?;
        let shared = Arc::new(Shared { file, state: Mutex::default(), changed: Condvar::new(), _lock: lock });
        shared.check_format()?;
        let flusher = {
            let shared = shared.clone();
            std::thread::Builder::new().name("seenby-store".into()).spawn(move || shared.flush_until_closed())
        };
        let flusher = flusher.map_err(|error| StoreError::io(folder, format!("no thread for syncing: {error}")))?;
        Ok(Self { shared, flusher: Some(flusher) })
    }
}

impl Drop for DiskKv {
    fn drop(&mut self) {
        self.shared.state.lock().closing = true;
        self.shared.changed.notify_all();
        if let Some(flusher) = self.flusher.take() {
            let _ = flusher.join(); // it reports nothing: what it could not sync, nobody was promised
        }
    }
}

impl Shared {
    fn check_format(&self) -> Result<()> {
        let path = self.file.path();
        match self.get(FORMAT_KEY)? {
            Some(value) => match <[u8; 4]>::try_from(value).map(u32::from_le_bytes) {
                Ok(FORMAT) => Ok(()),
                Ok(found) => Err(StoreError::Version { path: path.to_owned(), found, known: FORMAT }),
                Err(_) => Err(self.file.damage("the format's number is not one")),
            },
            None if self.scan(b"")?.is_empty() => {
                self.write(&[Change::Put(FORMAT_KEY.to_vec(), FORMAT.to_le_bytes().to_vec())], true)
            }
            None => Err(self.file.damage("the format's number is missing")),
        }
    }

    fn open_value(&self, key: &[u8], sealed: &[u8]) -> Result<Vec<u8>> {
        match unseal(key, sealed) {
            Some(value) => Ok(value.to_vec()),
            None => Err(self.file.damage("a row's checksum does not fit it")),
        }
    }

    fn get(&self, key: &[u8]) -> Result<Option<Vec<u8>>> {
        let sealed = self.file.with(|db| match db.begin_read()?.open_table(ROWS) {
            Ok(table) => Ok(table.get(key)?.map(|value| value.value().to_vec())),
            Err(redb::TableError::TableDoesNotExist(_)) => Ok(None),
            Err(error) => Err(error.into()),
        })?;
        sealed.map(|sealed| self.open_value(key, &sealed)).transpose()
    }

    fn scan(&self, prefix: &[u8]) -> Result<Vec<(Vec<u8>, Vec<u8>)>> {
        let rows = self.file.with(|db| {
            let table = match db.begin_read()?.open_table(ROWS) {
                Ok(table) => table,
                Err(redb::TableError::TableDoesNotExist(_)) => return Ok(Vec::new()),
                Err(error) => return Err(error.into()),
            };
            let mut rows = Vec::new();
            for row in table.range(prefix..)? {
                let (key, value) = row?;
                if !key.value().starts_with(prefix) {
                    break;
                }
                rows.push((key.value().to_vec(), value.value().to_vec()));
            }
            Ok(rows)
        })?;
        rows.into_iter().map(|(key, sealed)| self.open_value(&key, &sealed).map(|value| (key, value))).collect()
    }

    fn write(&self, changes: &[Change], sync: bool) -> Result<()> {
        let mut state = self.state.lock();
        if let Some(error) = &state.failed {
            return Err(error.clone());
        }
        let written = self.file.with(|db| {
            let mut transaction = db.begin_write()?;
            transaction.set_durability(if sync { Durability::Immediate } else { Durability::None })?;
            let mut table = transaction.open_table(ROWS)?;
            for change in changes {
                match change {
                    Change::Put(key, value) => drop(table.insert(key.as_slice(), seal(key, value).as_slice())?),
                    Change::Delete(key) => drop(table.remove(key.as_slice())?),
                }
            }
            drop(table);
            Ok(transaction.commit()?)
        });
        match &written {
            Ok(()) => {
                state.unsynced = !sync;
                if state.unsynced {
                    self.changed.notify_all();
                }
            }
            Err(error) => state.failed = Some(error.clone()),
        }
        written
    }

    fn flush_until_closed(&self) {
        loop {
            let mut state = self.state.lock();
            while !state.unsynced && !state.closing {
                self.changed.wait(&mut state);
            }
            if state.unsynced && !state.closing {
                // Long enough for a burst to share one sync.
                let _ = self.changed.wait_while_for(&mut state, |state| !state.closing, LINGER);
            }
            let (unsynced, closing) = (state.unsynced && state.failed.is_none(), state.closing);
            drop(state);
            if unsynced && let Err(error) = self.write(&[], true) {
                tracing::error!(%error, "the device's store could not be synced");
            }
            if closing {
                return;
            }
        }
    }
}

impl Kv for DiskKv {
    fn get(&self, key: &[u8]) -> Result<Option<Vec<u8>>> {
        self.shared.get(key)
    }

    fn scan(&self, prefix: &[u8]) -> Result<Vec<(Vec<u8>, Vec<u8>)>> {
        self.shared.scan(prefix)
    }

    fn write(&self, changes: &[Change], sync: bool) -> Result<()> {
        self.shared.write(changes, sync)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lock::Keeping;
    use redb::StorageBackend as _;
    use redb::backends::FileBackend;
    use std::fs::File;
    use std::ops::Bound::Unbounded;

    /// The files in this folder that somebody has locked, as another process would see it.
    fn locked(folder: &Path) -> Vec<String> {
        let is_locked = |path: &Path| {
            let open = || File::options().read(true).write(true).open(path).unwrap();
            let whole = open().try_lock().is_err();
            let backend = FileBackend::new(open()).unwrap();
            let range = !matches!(backend.try_lock_range(Unbounded, Unbounded), Ok(true));
            whole || range
        };
        let paths = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        let mut names: Vec<String> = paths
            .filter(|path| path.is_file() && is_locked(path))
            .map(|path| path.file_name().unwrap().to_string_lossy().into_owned())
            .collect();
        names.sort_unstable();
        names
    }

    #[test]
    fn a_store_kept_by_its_name_locks_no_file() {
        for (keeping, expected) in [(Keeping::Names, &[][..]), (Keeping::Locks, &["LOCK", "device.redb"])] {
            let folder = tempfile::tempdir().unwrap();
            let open = || DiskKv::open_in(folder.path(), FolderLock::take_as(folder.path(), keeping)?);
            let store = open().unwrap();
            for (key, sync) in [(b"a", true), (b"b", false)] {
                store.write(&[Change::Put(key.to_vec(), b"row".to_vec())], sync).unwrap();
            }
            assert_eq!(locked(folder.path()), expected, "{keeping:?}");
            assert!(matches!(open().err(), Some(StoreError::InUse { .. })));
            drop(store);
            assert_eq!(locked(folder.path()), [""; 0]);
            let again = open().unwrap();
            assert_eq!(again.get(b"a").unwrap().as_deref(), Some(&b"row"[..]));
            assert_eq!(again.get(b"b").unwrap().as_deref(), Some(&b"row"[..]));
        }
    }
}
