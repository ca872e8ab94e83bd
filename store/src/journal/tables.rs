//! `tables.redb`: what a journal keeps by key. Snapshots, bodies, and how far they reach. Most changes are written
//! without a sync, because the log still has what they come from; [`Tables::settle`] makes them durable before the log
//! forgets.

use super::ADVICE;
use crate::lock::FolderLock;
use crate::rows::{RowFile, seal, unseal};
use crate::{Result, SnapshotPart, StoreError};
use redb::{
    Database, Durability, ReadableDatabase as _, ReadableTable as _, ReadableTableMetadata as _, TableDefinition,
};
use seenby_core::hub::LogKey;
use seenby_core::model::{AppId, Position};
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

/// "epoch", "floor", "settled" (8 bytes little-endian each).
const META: TableDefinition<'_, &[u8], &[u8]> = TableDefinition::new("meta");
/// App and log (big-endian) to: as of (8 bytes), number of parts (8 bytes).
const LOGS: TableDefinition<'_, &[u8], &[u8]> = TableDefinition::new("logs");
/// App, log, part, chunk (big-endian) to: number of chunks (4 bytes), bytes.
const PARTS: TableDefinition<'_, &[u8], &[u8]> = TableDefinition::new("parts");
/// Position to body.
const BODIES: TableDefinition<'_, u64, &[u8]> = TableDefinition::new("bodies");

/// A chunk of a snapshot's part has at most this many bytes.
const CHUNK: usize = 512 << 10;
const CACHE_BYTES: usize = 64 << 20;

const EPOCH: &[u8] = b"epoch";
const FLOOR: &[u8] = b"floor";
const SETTLED: &[u8] = b"settled";

/// How far the tables reach.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Reach {
    pub(super) epoch: u64,
    /// Events up to here may be gone from the log.
    pub(super) floor: Position,
    /// Everything up to here was durable in the log when this was written, and its bodies are in the table.
    pub(super) settled: Position,
}

pub(super) struct Tables {
    file: RowFile,
    snapshot_bytes: AtomicU64,
    body_bytes: AtomicU64,
}

fn log_key(app: AppId, log: LogKey) -> Vec<u8> {
    let mut key = app.0.to_be_bytes().to_vec();
    key.extend_from_slice(&log.0);
    key
}

fn chunk_key(log: &[u8], part: u64, chunk: u32) -> Vec<u8> {
    let mut key = log.to_vec();
    key.extend_from_slice(&part.to_be_bytes());
    key.extend_from_slice(&chunk.to_be_bytes());
    key
}

fn u64_at(bytes: &[u8], at: usize) -> Option<u64> {
    Some(u64::from_le_bytes(bytes.get(at..at + 8)?.try_into().ok()?))
}

fn add(total: &AtomicU64, added: u64, removed: u64) {
    total.fetch_add(added.wrapping_sub(removed), Ordering::Relaxed);
}

impl Tables {
    pub(super) fn create(path: &Path, epoch: u64, lock: &FolderLock) -> Result<Self> {
        let this = Self::over(RowFile::open(path, true, CACHE_BYTES, ADVICE, lock)?);
        this.file.with(|db| {
            let transaction = db.begin_write()?;
            for table in [LOGS, PARTS] {
                transaction.open_table(table)?;
            }
            transaction.open_table(BODIES)?;
            let mut meta = transaction.open_table(META)?;
            for (key, value) in [(EPOCH, epoch), (FLOOR, 0), (SETTLED, 0)] {
                meta.insert(key, seal(key, &value.to_le_bytes()).as_slice())?;
            }
            drop(meta);
            Ok(transaction.commit()?)
        })?;
        Ok(this)
    }

    pub(super) fn open(path: &Path, lock: &FolderLock) -> Result<Self> {
        let this = Self::over(RowFile::open(path, false, CACHE_BYTES, ADVICE, lock)?);
        let (snapshots, bodies) = this.file.with(|db| {
            let transaction = db.begin_read()?;
            let parts = transaction.open_table(PARTS)?.stats()?.stored_bytes();
            Ok((parts, transaction.open_table(BODIES)?.stats()?.stored_bytes()))
        })?;
        this.snapshot_bytes.store(snapshots, Ordering::Relaxed);
        this.body_bytes.store(bodies, Ordering::Relaxed);
        Ok(this)
    }

    fn over(file: RowFile) -> Self {
        Self { file, snapshot_bytes: AtomicU64::new(0), body_bytes: AtomicU64::new(0) }
    }

    fn value(&self, key: &[u8], sealed: Option<Vec<u8>>) -> Result<Option<Vec<u8>>> {
        match sealed {
            None => Ok(None),
            Some(sealed) => match unseal(key, &sealed) {
                Some(value) => Ok(Some(value.to_vec())),
                None => Err(self.file.damage("a row's checksum does not fit it")),
            },
        }
    }

    pub(super) fn damage(&self, what: impl std::fmt::Display) -> StoreError {
        self.file.damage(what)
    }

    pub(super) fn reach(&self) -> Result<Reach> {
        let meta = |key: &[u8]| -> Result<u64> {
            let sealed = self
                .file
                .with(|db| Ok(db.begin_read()?.open_table(META)?.get(key)?.map(|value| value.value().to_vec())))?;
            let value = self.value(key, sealed)?.and_then(|value| u64_at(&value, 0));
            value.ok_or_else(|| self.file.damage("it does not say how far it reaches"))
        };
        Ok(Reach { epoch: meta(EPOCH)?, floor: meta(FLOOR)?, settled: meta(SETTLED)? })
    }

    /// Replaces parts of a log's snapshot, all or nothing; not durable yet.
    pub(super) fn roll_up(
        &self,
        app: AppId,
        log: LogKey,
        as_of: Position,
        parts: &[(u64, Option<Vec<u8>>)],
    ) -> Result<()> {
        let log = log_key(app, log);
        let before = self.log(&log)?.map_or(0, |(_, parts)| parts);
        let (added, removed) = self.file.with(|db| {
            let mut transaction = db.begin_write()?;
            transaction.set_durability(Durability::None)?;
            let (mut added, mut removed, mut count) = (0, 0, before);
            let mut table = transaction.open_table(PARTS)?;
            for (part, bytes) in parts {
                let mut old_chunks = 0_u32;
                while let Some(old) = table.remove(chunk_key(&log, *part, old_chunks).as_slice())? {
                    removed += old.value().len() as u64;
                    old_chunks += 1;
                }
                count = count.saturating_sub(u64::from(old_chunks > 0)) + u64::from(bytes.is_some());
                let Some(bytes) = bytes else { continue };
                // An empty part has one empty chunk.
                let chunks = bytes.len().div_ceil(CHUNK).max(1) as u32;
                for chunk in 0..chunks {
                    let from = chunk as usize * CHUNK;
                    let piece = bytes.get(from..bytes.len().min(from + CHUNK)).unwrap_or_default();
                    let key = chunk_key(&log, *part, chunk);
                    let value = seal(&key, &[&chunks.to_le_bytes(), piece].concat());
                    added += value.len() as u64;
                    table.insert(key.as_slice(), value.as_slice())?;
                }
            }
            drop(table);
            let mut logs = transaction.open_table(LOGS)?;
            if count == 0 {
                logs.remove(log.as_slice())?;
            } else {
                let value = seal(&log, &[as_of.to_le_bytes(), count.to_le_bytes()].concat());
                logs.insert(log.as_slice(), value.as_slice())?;
            }
            drop(logs);
            transaction.commit()?;
            Ok((added, removed))
        })?;
        add(&self.snapshot_bytes, added, removed);
        Ok(())
    }

    /// As of, and number of parts.
    fn log(&self, key: &[u8]) -> Result<Option<(Position, u64)>> {
        let sealed = self
            .file
            .with(|db| Ok(db.begin_read()?.open_table(LOGS)?.get(key)?.map(|value| value.value().to_vec())))?;
        self.value(key, sealed)?.map(|value| self.read_log(&value)).transpose()
    }

    fn read_log(&self, value: &[u8]) -> Result<(Position, u64)> {
        u64_at(value, 0)
            .zip(u64_at(value, 8))
            .ok_or_else(|| self.file.damage("a snapshot does not say as of when it is"))
    }

    /// Every snapshot, in key order.
    pub(super) fn snapshots(
        &self,
        visit: &mut dyn FnMut(AppId, LogKey, Position, Vec<SnapshotPart>) -> Result<()>,
    ) -> Result<()> {
        let logs = self.file.with(|db| {
            let table = db.begin_read()?.open_table(LOGS)?;
            let rows = table.iter()?.map(|row| row.map(|(key, value)| (key.value().to_vec(), value.value().to_vec())));
            Ok(rows.collect::<std::result::Result<Vec<_>, _>>()?)
        })?;
        for (key, sealed) in logs {
            let value = self.value(&key, Some(sealed))?.unwrap_or_default();
            let (as_of, count) = self.read_log(&value)?;
            let named = key
                .split_first_chunk::<4>()
                .and_then(|(app, log)| Some((AppId(u32::from_be_bytes(*app)), LogKey(log.try_into().ok()?))));
            let (app, log) = named.ok_or_else(|| self.file.damage("a snapshot has no name"))?;
            let parts = self.parts(&key)?;
            if parts.len() as u64 != count {
                return Err(self.file.damage(format!("a snapshot has {} parts, but had {count}", parts.len())));
            }
            visit(app, log, as_of, parts)?;
        }
        Ok(())
    }

    fn parts(&self, log: &[u8]) -> Result<Vec<SnapshotPart>> {
        let (from, to) = (chunk_key(log, 0, 0), chunk_key(log, u64::MAX, u32::MAX));
        let rows = self.file.with(|db| {
            let table = db.begin_read()?.open_table(PARTS)?;
            let rows = table.range(from.as_slice()..=to.as_slice())?;
            let rows = rows.map(|row| row.map(|(key, value)| (key.value().to_vec(), value.value().to_vec())));
            Ok(rows.collect::<std::result::Result<Vec<_>, _>>()?)
        })?;
        let mut parts: Vec<SnapshotPart> = Vec::new();
        let mut expected = (0_u32, 0_u32); // next chunk of the part under way, and how many it has
        for (key, sealed) in rows {
            let value = self.value(&key, Some(sealed))?.unwrap_or_default();
            let name = key.get(log.len()..).and_then(|name| name.split_first_chunk::<8>());
            let fields = name.zip(value.split_first_chunk::<4>()).and_then(|((part, chunk), (chunks, bytes))| {
                let chunk = u32::from_be_bytes(chunk.try_into().ok()?);
                Some((u64::from_be_bytes(*part), chunk, u32::from_le_bytes(*chunks), bytes))
            });
            let (part, chunk, chunks, bytes) =
                fields.ok_or_else(|| self.file.damage("a snapshot's chunk has no name"))?;
            let begins = chunk == 0 && expected.0 == expected.1;
            let goes_on =
                chunk > 0 && (chunk, chunks) == expected && parts.last().is_some_and(|last| last.part == part);
            match parts.last_mut() {
                Some(last) if goes_on => last.bytes.extend_from_slice(bytes),
                _ if begins => parts.push(SnapshotPart { part, bytes: bytes.to_vec() }),
                _ => return Err(self.file.damage("a snapshot misses a chunk")),
            }
            expected = (chunk + 1, chunks);
        }
        if expected.0 != expected.1 {
            return Err(self.file.damage("a snapshot misses its last chunk"));
        }
        Ok(parts)
    }

    pub(super) fn body(&self, position: Position) -> Result<Option<Vec<u8>>> {
        let sealed = self
            .file
            .with(|db| Ok(db.begin_read()?.open_table(BODIES)?.get(position)?.map(|value| value.value().to_vec())))?;
        self.value(&position.to_be_bytes(), sealed)
    }

    /// Writes bodies (`None`: deletes), not durable yet.
    pub(super) fn put_bodies<'a>(&self, bodies: impl Iterator<Item = (Position, Option<&'a [u8]>)>) -> Result<()> {
        self.write_bodies(bodies, Durability::None, |_| Ok(()))
    }

    /// Writes bodies, and makes everything written so far durable. The log may then forget what is at or before `floor`.
    pub(super) fn settle<'a>(
        &self,
        bodies: impl Iterator<Item = (Position, Option<&'a [u8]>)>,
        floor: Position,
        settled: Position,
    ) -> Result<()> {
        self.write_bodies(bodies, Durability::Immediate, |meta| {
            for (key, value) in [(FLOOR, floor), (SETTLED, settled)] {
                meta.insert(key, seal(key, &value.to_le_bytes()).as_slice())?;
            }
            Ok(())
        })
    }

    fn write_bodies<'a>(
        &self,
        bodies: impl Iterator<Item = (Position, Option<&'a [u8]>)>,
        durability: Durability,
        also: impl FnOnce(&mut redb::Table<'_, &'static [u8], &'static [u8]>) -> std::result::Result<(), redb::Error>,
    ) -> Result<()> {
        let (added, removed) = self.file.with(|db: &Database| {
            let mut transaction = db.begin_write()?;
            transaction.set_durability(durability)?;
            let (mut added, mut removed) = (0, 0);
            let mut table = transaction.open_table(BODIES)?;
            for (position, body) in bodies {
                let old = match body {
                    Some(body) => {
                        let value = seal(&position.to_be_bytes(), body);
                        added += value.len() as u64;
                        table.insert(position, value.as_slice())?
                    }
                    None => table.remove(position)?,
                };
                removed += old.map_or(0, |old| old.value().len() as u64);
            }
            drop(table);
            also(&mut transaction.open_table(META)?)?;
            transaction.commit()?;
            Ok((added, removed))
        })?;
        add(&self.body_bytes, added, removed);
        Ok(())
    }

    /// Bytes of snapshots and of bodies.
    pub(super) fn bytes(&self) -> (u64, u64) {
        (self.snapshot_bytes.load(Ordering::Relaxed), self.body_bytes.load(Ordering::Relaxed))
    }

    pub(super) fn close(&self) -> Result<()> {
        self.file.close()
    }
}
