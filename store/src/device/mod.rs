//! The store of a device: what sessions remember, by (service, app, user, device label), and the device's id. Opened
//! once a process and data folder, and shared by all managers of the process (R28); another process is refused.

mod account;
mod disk;
mod keys;

pub use account::Account;

use crate::identity::{hex, random};
use crate::kv::{Change, Kv, MemoryKv};
use crate::{Result, StoreError};
use keys::Space;
use parking_lot::Mutex;
use seenby_core::model::{AppId, DeviceId, UserId, limits};
use seenby_core::session::{StoreEntry, Table};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Weak};
use std::time::{Duration, Instant};

/// The stores that this process has open, by folder (R28).
static OPEN: Mutex<BTreeMap<PathBuf, Weak<Shared>>> = Mutex::new(BTreeMap::new());

/// A device's store: cheap to clone, all clones are one. On disk it is released when the last clone and the last
/// [`Account`] are gone.
#[derive(Clone)]
pub struct DeviceStore {
    shared: Arc<Shared>,
}

pub(crate) struct Shared {
    kv: Box<dyn Kv>,
    /// `None`: in memory.
    folder: Option<PathBuf>,
    /// Account number to the number of its latest opening. Held while rows of an account are written, so that what an
    /// older session writes never lands behind its successor's loading.
    leases: Mutex<BTreeMap<u64, u64>>,
}

impl std::fmt::Debug for DeviceStore {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("DeviceStore").field("folder", &self.shared.folder).finish_non_exhaustive()
    }
}

impl DeviceStore {
    /// A store that lives as long as its last clone (R28: with a service in memory).
    pub fn in_memory() -> Self {
        Self::over(Box::new(MemoryKv::default()), None)
    }

    /// Opens the store in this folder, or shares it if this process has it open already. [`StoreError::InUse`] if another
    /// process has it.
    pub fn open(folder: &Path) -> Result<Self> {
        crate::files::make_folder(folder)?;
        let folder = folder.canonicalize().map_err(|error| StoreError::io(folder, error))?;
        // Held while opening, so that two threads that open one folder at once share it.
        let mut open = OPEN.lock();
        if let Some(shared) = open.get(&folder).and_then(Weak::upgrade) {
            return Ok(Self { shared });
        }
        let store = Self::over(Box::new(open_when_free(&folder)?), Some(folder.clone()));
        open.retain(|_, shared| shared.strong_count() > 0);
        open.insert(folder, Arc::downgrade(&store.shared));
        Ok(store)
    }

    fn over(kv: Box<dyn Kv>, folder: Option<PathBuf>) -> Self {
        Self { shared: Arc::new(Shared { kv, folder, leases: Mutex::default() }) }
    }

    /// Where it is; `None`: in memory.
    pub fn folder(&self) -> Option<&Path> {
        self.shared.folder.as_deref()
    }

    /// The id of this installation, or of this label in it ("" is none): made at the first call and kept (R30).
    pub fn device_id(&self, label: &str) -> Result<DeviceId> {
        check_label(label)?;
        let _one_at_a_time = self.shared.leases.lock();
        let key = keys::device_id(label);
        if let Some(id) = self.shared.kv.get(&key)? {
            let id = String::from_utf8(id).ok().and_then(|id| DeviceId::new(id).ok());
            return id.ok_or_else(|| self.shared.damaged("the device id is not one"));
        }
        let id = hex(&random::<16>()?);
        self.shared.kv.write(&[Change::Put(key, id.clone().into_bytes())], true)?;
        DeviceId::new(id).map_err(|error| StoreError::Invalid { what: error.to_string() })
    }

    /// The service last met at this endpoint; `None`: none yet.
    pub fn service_of(&self, endpoint: &str) -> Result<Option<String>> {
        self.shared.service_of(endpoint)
    }

    /// Who last opened an account here; what an app may show before login.
    pub fn last_user(&self, endpoint: &str, app: AppId, label: &str) -> Result<Option<UserId>> {
        let user = self.shared.kv.get(&keys::last_user(endpoint, app, label))?;
        Ok(user.and_then(|user| UserId::new(String::from_utf8(user).ok()?).ok()))
    }

    /// What an account holds, without opening it (R26: the total unread is readable before connecting). Sorted by table
    /// and key; empty if there is no such account.
    pub fn peek(&self, endpoint: &str, app: AppId, user: &UserId, label: &str) -> Result<Vec<StoreEntry>> {
        let leases = self.shared.leases.lock();
        let space = self.shared.space_of(endpoint)?;
        let entries = match self.shared.number(&keys::account(&space, app, user, label))? {
            Some(number) => self.shared.load(number)?,
            None => Vec::new(),
        };
        drop(leases);
        Ok(entries)
    }

    /// Opens the rows of this user behind this endpoint: in its service's namespace if the service has been met, else in
    /// the endpoint's own until [`Account::bind`]. An [`Account`] opened earlier for the same rows loses them: whatever it
    /// writes from now on is refused with [`StoreError::TakenOver`].
    pub fn open_account(&self, endpoint: &str, app: AppId, user: &UserId, label: &str) -> Result<Account> {
        Account::open(self.shared.clone(), endpoint, app, user, label)
    }

    /// Whether both are the same opening.
    pub fn is_same(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.shared, &other.shared)
    }
}

/// The last clone of an earlier opening may be closing on another thread right now: then the folder is free in a moment.
fn open_when_free(folder: &Path) -> Result<disk::DiskKv> {
    let until = Instant::now() + Duration::from_millis(500);
    loop {
        match disk::DiskKv::open(folder) {
            Err(StoreError::InUse { .. }) if Instant::now() < until => std::thread::sleep(Duration::from_millis(10)),
            result => return result,
        }
    }
}

/// A label is a short text: it becomes part of keys.
fn check_label(label: &str) -> Result<()> {
    if label.len() > limits::DEVICE_ID_BYTES || label.chars().any(char::is_control) {
        let most = limits::DEVICE_ID_BYTES;
        let what = format!("the device label {label:?} must have at most {most} bytes and no control characters");
        return Err(StoreError::Invalid { what });
    }
    Ok(())
}

impl Shared {
    fn path(&self) -> PathBuf {
        self.folder.clone().unwrap_or_else(|| PathBuf::from("(device store in memory)"))
    }

    fn damaged(&self, what: &str) -> StoreError {
        StoreError::damaged(&self.path(), format!("{what}; move the folder away: the device begins anew"))
    }

    fn service_of(&self, endpoint: &str) -> Result<Option<String>> {
        match self.kv.get(&keys::service_of(endpoint))? {
            Some(id) => Ok(Some(String::from_utf8(id).map_err(|_| self.damaged("a service's id is not UTF-8"))?)),
            None => Ok(None),
        }
    }

    fn space_of(&self, endpoint: &str) -> Result<Space> {
        Ok(match self.service_of(endpoint)? {
            Some(service) => Space::Service(service),
            None => Space::Endpoint(endpoint.to_owned()),
        })
    }

    /// Every endpoint that leads to this service.
    fn endpoints_of(&self, service: &str) -> Result<Vec<String>> {
        let mut endpoints = Vec::new();
        for (key, id) in self.kv.scan(keys::SERVICES)? {
            if id == service.as_bytes() {
                endpoints.extend(String::from_utf8(key.get(1..).unwrap_or_default().to_vec()));
            }
        }
        Ok(endpoints)
    }

    fn u64_at(&self, key: &[u8]) -> Result<Option<u64>> {
        match self.kv.get(key)? {
            Some(value) => match value.try_into() {
                Ok(bytes) => Ok(Some(u64::from_be_bytes(bytes))),
                Err(_) => Err(self.damaged("an account's number is not one")),
            },
            None => Ok(None),
        }
    }

    fn number(&self, account: &[u8]) -> Result<Option<u64>> {
        self.u64_at(account)
    }

    fn load(&self, account: u64) -> Result<Vec<StoreEntry>> {
        let prefix = keys::rows(account);
        let mut entries = Vec::new();
        for (key, value) in self.kv.scan(&prefix)? {
            let Some((&table, name)) = key.get(prefix.len()..).and_then(<[u8]>::split_first) else {
                return Err(self.damaged("a row has no table"));
            };
            // A table that only a newer version knows stays as it is.
            if let Some(table) = table_of(table) {
                entries.push(StoreEntry { table, key: name.to_vec(), value });
            }
        }
        Ok(entries)
    }
}

const TABLES: [Table; 5] = [Table::Meta, Table::Outbox, Table::Index, Table::Summaries, Table::Conversations];

fn table_of(number: u8) -> Option<Table> {
    TABLES.into_iter().find(|table| *table as u8 == number)
}
