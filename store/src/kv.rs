//! Rows of bytes in key order: what a device's store needs of a database, so that its rules are written once for the
//! disk and for memory.

use crate::Result;
use parking_lot::RwLock;
use std::collections::BTreeMap;
use std::ops::Bound;

/// One change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Change {
    Put(Vec<u8>, Vec<u8>),
    Delete(Vec<u8>),
}

/// Rows in key order.
pub(crate) trait Kv: Send + Sync {
    fn get(&self, key: &[u8]) -> Result<Option<Vec<u8>>>;
    /// Every row whose key begins so, in key order.
    fn scan(&self, prefix: &[u8]) -> Result<Vec<(Vec<u8>, Vec<u8>)>>;
    /// All or nothing, in order. With `sync`: durable when it returns, and everything written before it too.
    fn write(&self, changes: &[Change], sync: bool) -> Result<()>;
}

/// Rows in memory.
#[derive(Default)]
pub(crate) struct MemoryKv(RwLock<BTreeMap<Vec<u8>, Vec<u8>>>);

impl Kv for MemoryKv {
    fn get(&self, key: &[u8]) -> Result<Option<Vec<u8>>> {
        Ok(self.0.read().get(key).cloned())
    }

    fn scan(&self, prefix: &[u8]) -> Result<Vec<(Vec<u8>, Vec<u8>)>> {
        let rows = self.0.read();
        let from = (Bound::Included(prefix), Bound::Unbounded);
        let rows = rows.range::<[u8], _>(from).take_while(|(key, _)| key.starts_with(prefix));
        Ok(rows.map(|(key, value)| (key.clone(), value.clone())).collect())
    }

    fn write(&self, changes: &[Change], _sync: bool) -> Result<()> {
        let mut rows = self.0.write();
        for change in changes {
            match change {
                Change::Put(key, value) => drop(rows.insert(key.clone(), value.clone())),
                Change::Delete(key) => drop(rows.remove(key)),
            }
        }
        Ok(())
    }
}
