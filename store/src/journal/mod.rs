//! The journal of a service in a folder: a log of events of our own ([`segments`]), and tables for snapshots and bodies
//! ([`tables`]). docs/adr/0001 says why; docs/storage.md has the formats.

mod bodies;
mod entry;
mod manifest;
mod segments;
mod tables;

use crate::identity::Identity;
use crate::lock::FolderLock;
use crate::{Bodies, DiskUsage, Journal, JournalRecord, Result, SnapshotPart, StoreError};
use bodies::FileBodies;
use entry::Entry;
use manifest::Manifest;
use seenby_core::hub::LogKey;
use seenby_core::model::{AppId, Position};
use segments::Log;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tables::Tables;

/// What can be done about damage, in every report of it.
const ADVICE: &str = "restore the whole folder from a backup, or move it away to begin a new journal";

/// The journal of a service in a folder of its own, durable.
///
/// An append is one write to the log and one sync. If an operation fails the journal is closed: every later one fails too,
/// and the folder has to be opened again.
pub struct FileJournal {
    folder: PathBuf,
    manifest: Manifest,
    secret: [u8; 32],
    log: Log,
    bodies: Arc<FileBodies>,
    floor: Position,
    /// Why nothing more is written.
    ended: Option<StoreError>,
    /// Released by [`Journal::close`], and last of all.
    lock: Option<FolderLock>,
}

impl FileJournal {
    /// Opens the journal in this folder, or makes one. [`StoreError::InUse`] if it is open already, here or in another
    /// process. Everything is read and checked once; an end of the log that was torn by a crash, and so never
    /// acknowledged, is dropped; any other damage is [`StoreError::Damaged`], and nothing has been changed then.
    pub fn open(folder: &Path) -> Result<Self> {
        let lock = FolderLock::take(folder)?;
        match Manifest::read(&manifest_path(folder))? {
            Some(manifest) => Self::open_existing(folder, lock, manifest),
            None => Self::create(folder, lock),
        }
    }

    /// Gives the journal in this folder a new epoch, which it returns: for a folder restored from a backup. Devices forget
    /// what they know by position then, because positions after the backup mean something else now. Does not open the
    /// journal; [`StoreError::InUse`] if it is open.
    pub fn renew_epoch(folder: &Path) -> Result<u64> {
        let path = manifest_path(folder);
        if !path.is_file() {
            return Err(StoreError::io(&path, "there is no journal here; name the folder that was restored"));
        }
        let _lock = FolderLock::take(folder)?;
        let Some(mut manifest) = Manifest::read(&path)? else {
            return Err(StoreError::damaged(&path, format!("the file is missing; {ADVICE}")));
        };
        manifest.epoch = crate::identity::random_epoch()?;
        manifest.write(&path)?;
        Ok(manifest.epoch)
    }

    fn create(folder: &Path, lock: FolderLock) -> Result<Self> {
        // JOURNAL is written last. Without it, what is here is of a creation that was cut short, or of a journal that
        // lost its JOURNAL: then there is something in it.
        let tables_path = tables_path(folder);
        let mut used = segments::found(&log_folder(folder))?.iter().any(|&(number, bytes)| number > 1 || bytes > 0);
        if !used && tables_path.metadata().is_ok_and(|file| file.len() > 0) {
            let reach = Tables::open(&tables_path, &lock).and_then(|tables| tables.reach());
            used = reach.is_ok_and(|reach| reach.settled > 0);
        }
        if used {
            let what = format!("the file is missing, but the journal's other files are there; {ADVICE}");
            return Err(StoreError::damaged(&manifest_path(folder), what));
        }
        for path in [&tables_path] {
            match std::fs::remove_file(path) {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(StoreError::io(path, error)),
                _ => {}
            }
        }
        let identity = Identity::random()?;
        let tables = Arc::new(Tables::create(&tables_path, identity.epoch, &lock)?);
        let log = Log::create(&log_folder(folder), identity.epoch)?;
        let manifest = Manifest {
            epoch: identity.epoch,
            service_id: identity.service_id,
            secret: identity.secret.to_vec(),
            first_segment: 1,
            last_segment: 1,
            clean_head: None,
            settled: 0,
            origin: identity.epoch,
        };
        manifest.write(&manifest_path(folder))?;
        Ok(Self {
            folder: folder.to_owned(),
            manifest,
            secret: identity.secret,
            log,
            bodies: Arc::new(FileBodies::new(tables)),
            floor: 0,
            ended: None,
            lock: Some(lock),
        })
    }

    fn open_existing(folder: &Path, lock: FolderLock, mut manifest: Manifest) -> Result<Self> {
        let tables = Arc::new(Tables::open(&tables_path(folder), &lock)?);
        let reach = tables.reach()?;
        if reach.epoch != manifest.origin {
            return Err(tables.damage("it belongs to another journal than the files beside it"));
        }
        if reach.settled < manifest.settled {
            let what = format!("it reaches to position {}, and reached to {} before", reach.settled, manifest.settled);
            return Err(tables.damage(what));
        }
        let bodies = Arc::new(FileBodies::new(tables.clone()));
        let range = (manifest.first_segment, manifest.last_segment);
        let clean = manifest.clean_head.is_some();
        let mut log = Log::open(&log_folder(folder), manifest.origin, range, clean, &mut |entry| {
            match entry {
                Entry::Records { first, records } => {
                    let records = (first..).zip(&records).filter(|(position, _)| *position > reach.settled);
                    bodies.change(records.filter_map(|(at, record)| Some((at, Some(record.body.as_deref()?)))));
                }
                Entry::Dropped { positions, .. } => {
                    bodies.change(positions.into_iter().map(|position| (position, None)))
                }
            }
            bodies.write_if_many()
        })?;
        // What the log must have, by what its other witnesses say.
        let head = log.head();
        let log_damage = |what: String| StoreError::damaged(&log_folder(folder), format!("{what}; {ADVICE}"));
        if log.base() > reach.floor + 1 {
            let what = format!("events are missing: it begins at position {}, not {}", log.base(), reach.floor + 1);
            return Err(log_damage(what));
        }
        let known = manifest.clean_head.unwrap_or(0).max(reach.settled).max(reach.floor);
        if head < known || manifest.clean_head.is_some_and(|clean| clean != head) {
            return Err(log_damage(format!("events are missing: it ends at position {head}, not {known}")));
        }
        log.trim()?;
        if clean {
            manifest.clean_head = None;
            manifest.write(&manifest_path(folder))?;
        }
        let secret = manifest.secret.as_slice().try_into().unwrap_or_default(); // its length was checked when read
        Ok(Self {
            folder: folder.to_owned(),
            manifest,
            secret,
            log,
            bodies,
            floor: reach.floor,
            ended: None,
            lock: Some(lock),
        })
    }

    /// Runs a change; a failure ends the journal.
    fn change<T>(&mut self, run: impl FnOnce(&mut Self) -> Result<T>) -> Result<T> {
        if let Some(error) = &self.ended {
            return Err(error.clone());
        }
        let result = run(self);
        if let Err(error) = &result {
            self.ended = Some(error.clone());
        }
        result
    }

    /// Makes everything in the tables durable. The next manifest says so.
    fn settle(&mut self, floor: Position) -> Result<()> {
        let head = self.log.head();
        self.bodies.write(Some((floor, head)))?;
        self.floor = floor;
        self.manifest.settled = head;
        Ok(())
    }

    fn begin_segment(&mut self) -> Result<()> {
        self.log.rotate()?;
        self.write_manifest()
    }

    fn write_manifest(&mut self) -> Result<()> {
        (self.manifest.first_segment, self.manifest.last_segment) = self.log.numbers();
        self.manifest.write(&manifest_path(&self.folder))
    }
}

fn manifest_path(folder: &Path) -> PathBuf {
    folder.join("JOURNAL")
}

fn tables_path(folder: &Path) -> PathBuf {
    folder.join("tables.redb")
}

fn log_folder(folder: &Path) -> PathBuf {
    folder.join("log")
}

impl Journal for FileJournal {
    fn epoch(&self) -> u64 {
        self.manifest.epoch
    }

    fn service_id(&self) -> &str {
        &self.manifest.service_id
    }

    fn secret(&self) -> [u8; 32] {
        self.secret
    }

    fn head(&self) -> Position {
        self.log.head()
    }

    fn append(&mut self, records: &[JournalRecord]) -> Result<Position> {
        let size = entry::size(records);
        if size > entry::MOST {
            let what = format!("{} records take {size} bytes; append at most {} at once", records.len(), entry::MOST);
            return Err(StoreError::Invalid { what });
        }
        self.change(|this| {
            if records.is_empty() {
                return Ok(this.log.head() + 1);
            }
            // Before, so that an append that landed never fails.
            this.bodies.write_if_many()?;
            if this.log.is_full() {
                this.begin_segment()?;
            }
            let first = this.log.append(records)?;
            this.bodies
                .change((first..).zip(records).filter_map(|(at, record)| Some((at, Some(record.body.as_deref()?)))));
            Ok(first)
        })
    }

    fn snapshots(&self, visit: &mut dyn FnMut(AppId, LogKey, Position, Vec<SnapshotPart>) -> Result<()>) -> Result<()> {
        self.bodies.tables.snapshots(visit)
    }

    fn replay(&self, after: Position, visit: &mut dyn FnMut(Position, JournalRecord) -> Result<()>) -> Result<()> {
        let after = after.max(self.floor);
        self.log.visit(after, &mut |entry| {
            let Entry::Records { first, records } = entry else { return Ok(()) };
            for (position, record) in (first..).zip(records).filter(|(position, _)| *position > after) {
                visit(position, JournalRecord { body: None, ..record })?;
            }
            Ok(())
        })
    }

    fn floor(&self) -> Position {
        self.floor
    }

    fn roll_up(&mut self, app: AppId, log: LogKey, as_of: Position, parts: &[(u64, Option<Vec<u8>>)]) -> Result<()> {
        crate::check_roll_up(as_of, self.head())?;
        self.change(|this| this.bodies.tables.roll_up(app, log, as_of, parts))
    }

    fn forget(&mut self, up_to: Position) -> Result<()> {
        crate::check_forget(up_to, self.head())?;
        self.change(|this| {
            let floor = this.floor.max(up_to);
            this.settle(floor)?;
            // Whatever is forgotten next time is then in a segment of its own.
            if !this.log.active_is_empty() {
                this.log.rotate()?;
            }
            let gone = this.log.take_before(floor);
            this.write_manifest()?;
            for path in gone {
                std::fs::remove_file(&path).map_err(|error| StoreError::io(&path, error))?;
            }
            Ok(())
        })
    }

    fn drop_bodies(&mut self, positions: &[Position]) -> Result<()> {
        self.change(|this| {
            // A body that is not there yet cannot go; noted here, it would be missed after a restart.
            let head = this.log.head();
            let positions: Vec<Position> = positions.iter().copied().filter(|at| (1..=head).contains(at)).collect();
            for positions in positions.chunks(1 << 16) {
                this.bodies.write_if_many()?;
                this.log.append_dropped(positions)?;
                this.bodies.change(positions.iter().map(|position| (*position, None)));
            }
            Ok(())
        })
    }

    fn bodies(&self) -> Arc<dyn Bodies> {
        self.bodies.clone()
    }

    fn disk_usage(&self) -> Result<DiskUsage> {
        let (snapshots, bodies) = self.bodies.tables.bytes();
        let mut files = 0;
        for path in [manifest_path(&self.folder), tables_path(&self.folder)] {
            files += path.metadata().map_err(|error| StoreError::io(&path, error))?.len();
        }
        let (events, bodies) = (self.log.bytes(), bodies + self.bodies.waiting_bytes());
        Ok(DiskUsage { events, snapshots, bodies, files: files + events })
    }

    fn close(&mut self) -> Result<()> {
        let closed = self.change(|this| {
            this.settle(this.floor)?;
            this.bodies.tables.close()?;
            this.manifest.clean_head = Some(this.log.head());
            this.write_manifest()
        });
        let what = "the journal is closed; open it again";
        self.ended.get_or_insert_with(|| StoreError::io(&self.folder, what));
        self.lock = None;
        closed
    }
}

impl Drop for FileJournal {
    fn drop(&mut self) {
        // Not a clean end: that is noted by `close` alone. But bodies may have readers left: they find the file closed,
        // so that the folder can be opened anew.
        let _ = self.bodies.tables.close();
    }
}
