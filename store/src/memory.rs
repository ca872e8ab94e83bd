//! The journal in memory: for `embedded:` services without a file, for tests and for the simulator.

use crate::{Bodies, DiskUsage, Journal, JournalRecord, Result, SnapshotPart, StoreError};
use parking_lot::RwLock;
use seenby_core::hub::LogKey;
use seenby_core::model::{AppId, Position};
use std::collections::{BTreeMap, VecDeque};
use std::path::PathBuf;
use std::sync::Arc;

type Parts = BTreeMap<u64, Vec<u8>>;

/// A journal that lives as long as this value. It keeps the rules of [`Journal`] but for the disk: "durable" means kept.
pub struct MemoryJournal {
    epoch: u64,
    service_id: String,
    secret: [u8; 32],
    floor: Position,
    events: VecDeque<JournalRecord>,
    snapshots: BTreeMap<(AppId, LogKey), (Position, Parts)>,
    bodies: Arc<MemoryBodies>,
    closed: bool,
}

#[derive(Default)]
struct MemoryBodies(RwLock<BTreeMap<Position, Vec<u8>>>);

impl Bodies for MemoryBodies {
    fn get(&self, position: Position) -> Result<Option<Vec<u8>>> {
        Ok(self.0.read().get(&position).cloned())
    }
}

impl MemoryJournal {
    /// An empty journal with a random epoch, id and secret.
    pub fn new() -> Result<Self> {
        let identity = crate::identity::Identity::random()?;
        Ok(Self::with_identity(identity.epoch, identity.service_id, identity.secret))
    }

    /// An empty journal with the given identity, so that a simulator's run depends on its seed alone.
    pub fn with_identity(epoch: u64, service_id: impl Into<String>, secret: [u8; 32]) -> Self {
        Self {
            epoch,
            service_id: service_id.into(),
            secret,
            floor: 0,
            events: VecDeque::new(),
            snapshots: BTreeMap::new(),
            bodies: Arc::default(),
            closed: false,
        }
    }

    fn writable(&self) -> Result<()> {
        if self.closed {
            return Err(StoreError::Io { path: path(), what: "this journal is closed".into() });
        }
        Ok(())
    }
}

fn path() -> PathBuf {
    PathBuf::from("(journal in memory)")
}

impl Journal for MemoryJournal {
    fn epoch(&self) -> u64 {
        self.epoch
    }

    fn service_id(&self) -> &str {
        &self.service_id
    }

    fn secret(&self) -> [u8; 32] {
        self.secret
    }

    fn head(&self) -> Position {
        self.floor + self.events.len() as u64
    }

    fn append(&mut self, records: &[JournalRecord]) -> Result<Position> {
        self.writable()?;
        let first = self.head() + 1;
        let mut bodies = self.bodies.0.write();
        for (position, record) in (first..).zip(records) {
            if let Some(body) = &record.body {
                bodies.insert(position, body.clone());
            }
            let JournalRecord { app, log, event, .. } = record;
            self.events.push_back(JournalRecord { app: *app, log: *log, event: event.clone(), body: None });
        }
        Ok(first)
    }

    fn snapshots(&self, visit: &mut dyn FnMut(AppId, LogKey, Position, Vec<SnapshotPart>) -> Result<()>) -> Result<()> {
        for (&(app, log), (as_of, parts)) in &self.snapshots {
            let parts = parts.iter().map(|(&part, bytes)| SnapshotPart { part, bytes: bytes.clone() }).collect();
            visit(app, log, *as_of, parts)?;
        }
        Ok(())
    }

    fn replay(&self, after: Position, visit: &mut dyn FnMut(Position, JournalRecord) -> Result<()>) -> Result<()> {
        let skip = usize::try_from(after.saturating_sub(self.floor)).unwrap_or(usize::MAX);
        for (position, record) in (self.floor + 1..).zip(&self.events).skip(skip) {
            visit(position, record.clone())?;
        }
        Ok(())
    }

    fn floor(&self) -> Position {
        self.floor
    }

    fn roll_up(&mut self, app: AppId, log: LogKey, as_of: Position, parts: &[(u64, Option<Vec<u8>>)]) -> Result<()> {
        self.writable()?;
        crate::check_roll_up(as_of, self.head())?;
        let entry = self.snapshots.entry((app, log)).or_default();
        entry.0 = as_of;
        for (part, bytes) in parts {
            match bytes {
                Some(bytes) => entry.1.insert(*part, bytes.clone()),
                None => entry.1.remove(part),
            };
        }
        if entry.1.is_empty() {
            self.snapshots.remove(&(app, log));
        }
        Ok(())
    }

    fn forget(&mut self, up_to: Position) -> Result<()> {
        self.writable()?;
        crate::check_forget(up_to, self.head())?;
        while self.floor < up_to && self.events.pop_front().is_some() {
            self.floor += 1;
        }
        Ok(())
    }

    fn drop_bodies(&mut self, positions: &[Position]) -> Result<()> {
        self.writable()?;
        let mut bodies = self.bodies.0.write();
        for position in positions {
            bodies.remove(position);
        }
        Ok(())
    }

    fn bodies(&self) -> Arc<dyn Bodies> {
        self.bodies.clone()
    }

    fn disk_usage(&self) -> Result<DiskUsage> {
        Ok(DiskUsage {
            events: self.events.iter().map(|r| r.event.len() as u64).sum(),
            snapshots: self.snapshots.values().flat_map(|(_, parts)| parts.values()).map(|b| b.len() as u64).sum(),
            bodies: self.bodies.0.read().values().map(|b| b.len() as u64).sum(),
            files: 0,
        })
    }

    fn close(&mut self) -> Result<()> {
        self.closed = true;
        Ok(())
    }
}
