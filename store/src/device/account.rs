//! One user's rows in a device's store.

use super::{Shared, check_label, keys, keys::Space};
use crate::kv::Change;
use crate::{Result, StoreError, spool};
use parking_lot::Mutex;
use seenby_core::model::{AppId, UserId};
use seenby_core::session::{StoreEntry, StoreOp, Table};
use std::collections::BTreeSet;
use std::sync::Arc;

/// The rows of one user behind one endpoint, open. Writers of several accounts may run on different threads.
pub struct Account {
    shared: Arc<Shared>,
    endpoint: String,
    app: AppId,
    user: UserId,
    label: String,
    now: Mutex<Place>,
}

/// Where the rows are.
#[derive(Clone, Debug)]
struct Place {
    space: Space,
    number: u64,
    lease: u64,
}

impl Account {
    pub(super) fn open(shared: Arc<Shared>, endpoint: &str, app: AppId, user: &UserId, label: &str) -> Result<Self> {
        check_label(label)?;
        let place = {
            let mut leases = shared.leases.lock();
            let space = shared.space_of(endpoint)?;
            let mut changes =
                vec![Change::Put(keys::last_user(endpoint, app, label), user.as_str().as_bytes().to_vec())];
            let place = enter(&shared, &mut leases, &mut changes, space, app, user, label)?;
            if matches!(place.space, Space::Service(_)) {
                let old = Space::Endpoint(endpoint.to_owned());
                move_rows(&shared, &mut leases, &mut changes, &keys::account(&old, app, user, label), place.number)?;
            }
            shared.kv.write(&changes, true)?;
            place
        };
        let (endpoint, label) = (endpoint.to_owned(), label.to_owned());
        Ok(Self { shared, endpoint, app, user: user.clone(), label, now: Mutex::new(place) })
    }

    /// Everything stored, by table and key.
    pub fn load(&self) -> Result<Vec<StoreEntry>> {
        let place = self.now.lock();
        let leases = self.shared.leases.lock();
        self.owned(&place, &leases)?;
        self.shared.load(place.number)
    }

    /// Applies all of these, in order, or none. With `sync` they are durable when this returns, and so is everything
    /// committed before; without, a power cut may take them, but only from the end.
    pub fn commit(&self, ops: &[StoreOp], sync: bool) -> Result<()> {
        let place = self.now.lock();
        let changes: Vec<Change> = ops
            .iter()
            .map(|op| match op {
                StoreOp::Put(StoreEntry { table, key, value }) => {
                    Change::Put(keys::row(place.number, *table as u8, key), value.clone())
                }
                StoreOp::Delete { table, key } => Change::Delete(keys::row(place.number, *table as u8, key)),
            })
            .collect();
        let leases = self.shared.leases.lock();
        self.owned(&place, &leases)?;
        self.shared.kv.write(&changes, sync)
    }

    /// The connection's service has this id: from now on the rows are those of (service, app, user, label), which are
    /// returned. What was stored for the endpoint before its service was known moves there: of two rows of one key the
    /// service's stays, but of the outbox nothing is lost (see docs/storage.md). A service that was known and is another
    /// one now keeps its rows, and the new one's are used. Durable when it returns.
    pub fn bind(&self, service_id: &str) -> Result<Vec<StoreEntry>> {
        let mut place = self.now.lock();
        let mut leases = self.shared.leases.lock();
        self.owned(&place, &leases)?;
        let space = Space::Service(service_id.to_owned());
        let mut changes = Vec::new();
        if self.shared.service_of(&self.endpoint)?.as_deref() != Some(service_id) {
            changes.push(Change::Put(keys::service_of(&self.endpoint), service_id.as_bytes().to_vec()));
        }
        if place.space != space {
            let old = keys::account(&place.space, self.app, &self.user, &self.label);
            let next = enter(&self.shared, &mut leases, &mut changes, space, self.app, &self.user, &self.label)?;
            if matches!(place.space, Space::Endpoint(_)) {
                move_rows(&self.shared, &mut leases, &mut changes, &old, next.number)?;
            }
            self.shared.kv.write(&changes, true)?;
            *place = next;
        } else if !changes.is_empty() {
            self.shared.kv.write(&changes, true)?;
        }
        self.shared.load(place.number)
    }

    /// The service whose rows these are; `None` before the first contact.
    pub fn service(&self) -> Option<String> {
        match &self.now.lock().space {
            Space::Service(id) => Some(id.clone()),
            Space::Endpoint(_) => None,
        }
    }

    /// What other processes left in the spool for this user (R16), oldest first, of every endpoint that leads to this
    /// account's service. The files stay until [`spool::Batch::done`]. Empty for a store in memory.
    pub fn drain_spool(&self) -> Result<spool::Batch> {
        let Some(folder) = &self.shared.folder else { return Ok(spool::Batch::default()) };
        let mut endpoints = BTreeSet::from([self.endpoint.clone()]);
        if let Some(service) = self.service() {
            endpoints.extend(self.shared.endpoints_of(&service)?);
        }
        spool::drain(folder, &endpoints, self.app, &self.user)
    }

    fn owned(&self, place: &Place, leases: &Leases) -> Result<()> {
        if leases.get(&place.number) != Some(&place.lease) {
            return Err(StoreError::TakenOver { path: self.shared.path() });
        }
        Ok(())
    }
}

type Leases = std::collections::BTreeMap<u64, u64>;

/// Finds or makes an account, and takes its lease.
fn enter(
    shared: &Shared,
    leases: &mut Leases,
    changes: &mut Vec<Change>,
    space: Space,
    app: AppId,
    user: &UserId,
    label: &str,
) -> Result<Place> {
    let key = keys::account(&space, app, user, label);
    let number = match shared.number(&key)? {
        Some(number) => number,
        None => {
            let number = shared.u64_at(keys::NEXT_ACCOUNT)?.unwrap_or(1);
            changes.push(Change::Put(keys::NEXT_ACCOUNT.to_vec(), (number + 1).to_be_bytes().to_vec()));
            changes.push(Change::Put(key, number.to_be_bytes().to_vec()));
            number
        }
    };
    let lease = leases.entry(number).or_default();
    *lease += 1;
    Ok(Place { space, number, lease: *lease })
}

/// Moves what stands under the account key `from` to the account `to`, and ends the old one.
fn move_rows(shared: &Shared, leases: &mut Leases, changes: &mut Vec<Change>, from: &[u8], to: u64) -> Result<()> {
    let Some(old) = shared.number(from)? else { return Ok(()) };
    *leases.entry(old).or_default() += 1; // whoever holds it writes into nothing: refuse it
    let here = shared.load(to)?;
    let taken: BTreeSet<(Table, &[u8])> = here.iter().map(|e| (e.table, e.key.as_slice())).collect();
    let moving = shared.load(old)?;
    let mut outbox: BTreeSet<Vec<u8>> =
        here.iter().chain(&moving).filter(|e| e.table == Table::Outbox).map(|e| e.key.clone()).collect();
    for entry in moving {
        changes.push(Change::Delete(keys::row(old, entry.table as u8, &entry.key)));
        let clash = taken.contains(&(entry.table, entry.key.as_slice()));
        let key = match (clash, entry.table) {
            (false, _) => entry.key,
            (true, Table::Outbox) => {
                // Nothing of the outbox is lost: the next free key, so that it stays where it was in the order.
                let mut key = entry.key;
                while !outbox.insert(key.clone()) {
                    increment(&mut key);
                }
                key
            }
            (true, _) => continue,
        };
        changes.push(Change::Put(keys::row(to, entry.table as u8, &key), entry.value));
    }
    changes.push(Change::Delete(from.to_vec()));
    Ok(())
}

/// The next key of the same length, as a big-endian number; a longer one if there is none.
fn increment(key: &mut Vec<u8>) {
    for byte in key.iter_mut().rev() {
        let (next, wrapped) = byte.overflowing_add(1);
        *byte = next;
        if !wrapped {
            return;
        }
    }
    key.fill(u8::MAX);
    key.push(0);
}
