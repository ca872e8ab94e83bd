//! What messages say. A body is durable with its event, in the log; the newest are held in memory until they are written
//! into the tables in one go, from where any thread reads them.

use super::tables::Tables;
use crate::{Bodies, Result};
use parking_lot::RwLock;
use seenby_core::model::Position;
use std::collections::BTreeMap;
use std::sync::Arc;

/// So many bytes of bodies, or so many changes, are written to the tables at once.
const BATCH_BYTES: usize = 256 << 10;
const BATCH: usize = 4096;

/// Bodies in memory and in the tables.
pub(super) struct FileBodies {
    pub(super) tables: Arc<Tables>,
    newest: RwLock<Newest>,
}

/// Not in the tables yet. `None`: dropped.
#[derive(Default)]
struct Newest {
    changes: BTreeMap<Position, Option<Arc<[u8]>>>,
    bytes: usize,
}

impl Bodies for FileBodies {
    fn get(&self, position: Position) -> Result<Option<Vec<u8>>> {
        if let Some(change) = self.newest.read().changes.get(&position) {
            return Ok(change.as_ref().map(|body| body.to_vec()));
        }
        // What leaves memory is in the tables by then.
        self.tables.body(position)
    }
}

impl FileBodies {
    pub(super) fn new(tables: Arc<Tables>) -> Self {
        Self { tables, newest: RwLock::default() }
    }

    /// Takes what became durable in the log.
    pub(super) fn change<'a>(&self, changes: impl Iterator<Item = (Position, Option<&'a [u8]>)>) {
        let mut newest = self.newest.write();
        for (position, body) in changes {
            newest.bytes += body.map_or(0, <[u8]>::len);
            newest.changes.insert(position, body.map(Arc::from));
        }
    }

    /// Writes to the tables if enough has gathered.
    pub(super) fn write_if_many(&self) -> Result<()> {
        let many = {
            let newest = self.newest.read();
            newest.bytes >= BATCH_BYTES || newest.changes.len() >= BATCH
        };
        if many { self.write(None) } else { Ok(()) }
    }

    /// Writes everything to the tables; with `settle` (floor, settled) everything in them is durable then.
    ///
    /// Only the thread that appends calls this, so nothing comes in between reading and clearing.
    pub(super) fn write(&self, settle: Option<(Position, Position)>) -> Result<()> {
        let newest = self.newest.read();
        let changes = newest.changes.iter().map(|(&position, body)| (position, body.as_deref()));
        match settle {
            Some((floor, settled)) => self.tables.settle(changes, floor, settled)?,
            None => self.tables.put_bodies(changes)?,
        }
        drop(newest);
        *self.newest.write() = Newest::default();
        Ok(())
    }

    pub(super) fn waiting_bytes(&self) -> u64 {
        self.newest.read().bytes as u64
    }
}
