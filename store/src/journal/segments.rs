//! The log: segments `log/<number>.log`, each a header and entries. Only the last grows; old ones go as a whole.
//!
//! Header, 40 bytes, little-endian: "SBLG", format (4), origin (8), number (8), base (8: the position of its first record
//! to come), salt (4: random, seeds the checksums of its entries), CRC-32 of all this (4).

use super::ADVICE;
use super::entry::{self, Entry};
use super::manifest::FORMAT;
use crate::identity::random;
use crate::{JournalRecord, Result, StoreError, files};
use seenby_core::model::Position;
use std::fs::File;
use std::io::{Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

const MAGIC: &[u8; 4] = b"SBLG";
const HEADER: usize = 40;
/// A segment that is larger gets no further entries.
const FULL: u64 = 16 << 20;

/// One file of the log.
#[derive(Clone, Debug)]
pub(super) struct Segment {
    pub(super) number: u64,
    pub(super) path: PathBuf,
    /// The position its first record has, or would have.
    pub(super) base: Position,
    /// The position of its last record; `base - 1`: none.
    pub(super) last: Position,
    pub(super) bytes: u64,
    salt: u32,
}

impl Segment {
    /// Whether anything stands in it.
    pub(super) fn is_empty(&self) -> bool {
        self.bytes <= HEADER as u64
    }

    fn damage(&self, what: impl std::fmt::Display) -> StoreError {
        damage(&self.path, what)
    }

    /// Visits every entry. With `torn_tail` an end that was never acknowledged is tolerated; `bytes` is where it begins.
    fn scan(&mut self, torn_tail: bool, visit: &mut dyn FnMut(Entry) -> Result<()>) -> Result<()> {
        let bytes = std::fs::read(&self.path).map_err(|error| StoreError::io(&self.path, error))?;
        let mut at = HEADER;
        let mut next = self.base;
        while at < bytes.len() {
            let rest = bytes.get(at..).unwrap_or_default();
            let Some(payload) = entry::payload(rest, self.salt) else {
                // One append at a time is under way, and each is synced before the next. So what is behind an entry that
                // was never whole cannot be whole; if it is, this one was whole once.
                let behind = (at + 1..bytes.len()).find(|&at| {
                    let rest = bytes.get(at..).unwrap_or_default();
                    entry::payload(rest, self.salt).is_some()
                });
                if let Some(behind) = behind {
                    let what =
                        format!("the entry at byte {at} is not what was written, but the one at byte {behind} is");
                    return Err(self.damage(what));
                }
                if !torn_tail {
                    return Err(self.damage(format!("the entry at byte {at} is not what was written")));
                }
                tracing::warn!(
                    file = %self.path.display(), at, bytes = bytes.len() - at,
                    "dropping the torn end of the log: it was never acknowledged"
                );
                break;
            };
            let length = payload.len();
            let entry = entry::read(payload).ok_or_else(|| {
                self.damage(format!(
                    "the entry at byte {at} is whole but not understood; was it written by a newer SeenBy?"
                ))
            })?;
            match &entry {
                Entry::Records { first, records } if *first == next => next += records.len() as u64,
                Entry::Dropped { head, .. } if head.checked_add(1) == Some(next) => {}
                Entry::Records { first: found, .. } | Entry::Dropped { head: found, .. } => {
                    return Err(self.damage(format!("position {next} was expected at byte {at}, and {found} is there")));
                }
            }
            visit(entry)?;
            at += entry::HEAD + length;
        }
        self.last = next - 1;
        self.bytes = at as u64;
        Ok(())
    }
}

fn damage(path: &Path, what: impl std::fmt::Display) -> StoreError {
    StoreError::damaged(path, format!("{what}; {ADVICE}"))
}

/// The segments of a journal.
pub(super) struct Log {
    folder: PathBuf,
    origin: u64,
    /// Never empty; the last one grows.
    segments: Vec<Segment>,
    file: File,
    buffer: Vec<u8>,
}

fn path_of(folder: &Path, number: u64) -> PathBuf {
    folder.join(format!("{number:010}.log"))
}

/// The numbers of the segment files in this folder that hold anything behind their header, or that are no header yet.
pub(super) fn found(folder: &Path) -> Result<Vec<(u64, u64)>> {
    let mut found = Vec::new();
    let listing = match std::fs::read_dir(folder) {
        Ok(listing) => listing,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(found),
        Err(error) => return Err(StoreError::io(folder, error)),
    };
    for file in listing {
        let file = file.map_err(|error| StoreError::io(folder, error))?;
        let number = file.file_name().to_str().and_then(|name| name.strip_suffix(".log")?.parse::<u64>().ok());
        if let Some(number) = number {
            let length = file.metadata().map_err(|error| StoreError::io(&file.path(), error))?.len();
            found.push((number, length.saturating_sub(HEADER as u64)));
        }
    }
    found.sort_unstable();
    Ok(found)
}

/// Makes a segment file, durable.
fn make(folder: &Path, origin: u64, number: u64, base: Position) -> Result<(Segment, File)> {
    let path = path_of(folder, number);
    let salt = u32::from_le_bytes(random()?);
    let mut header = Vec::with_capacity(HEADER);
    header.extend_from_slice(MAGIC);
    header.extend_from_slice(&FORMAT.to_le_bytes());
    for number in [origin, number, base] {
        header.extend_from_slice(&number.to_le_bytes());
    }
    header.extend_from_slice(&salt.to_le_bytes());
    let sum = crc32fast::hash(&header);
    header.extend_from_slice(&sum.to_le_bytes());
    let write = || {
        let mut file = files::private().create(true).truncate(true).open(&path)?;
        file.write_all(&header)?;
        file.sync_all()?;
        Ok(file)
    };
    let file = write().map_err(|error: std::io::Error| StoreError::io(&path, error))?;
    files::sync_folder(folder)?;
    Ok((Segment { number, path, base, last: base - 1, bytes: HEADER as u64, salt }, file))
}

impl Log {
    /// A new log, its first segment being number 1.
    pub(super) fn create(folder: &Path, origin: u64) -> Result<Self> {
        files::make_folder(folder)?;
        let (segment, file) = make(folder, origin, 1, 1)?;
        Ok(Self { folder: folder.to_owned(), origin, segments: vec![segment], file, buffer: Vec::new() })
    }

    /// Opens the segments `first ..= last`, visits every entry, and drops a torn end unless the log was closed cleanly.
    /// Files outside that range are what an interrupted change left, and are removed.
    pub(super) fn open(
        folder: &Path,
        origin: u64,
        range: (u64, u64),
        clean: bool,
        visit: &mut dyn FnMut(Entry) -> Result<()>,
    ) -> Result<Self> {
        let (first, last) = range;
        for (number, bytes) in found(folder)? {
            if number > last && bytes > 0 {
                let path = path_of(folder, number);
                return Err(damage(&path, "it holds events, but JOURNAL does not know it"));
            }
            if number > last || number < first {
                let path = path_of(folder, number);
                std::fs::remove_file(&path).map_err(|error| StoreError::io(&path, error))?;
            }
        }
        let mut segments: Vec<Segment> = Vec::new();
        for number in first..=last {
            let mut segment = read_header(folder, origin, number)?;
            if let Some(before) = segments.last()
                && segment.base != before.last + 1
            {
                let what =
                    format!("it begins at position {}, but the one before ends at {}", segment.base, before.last);
                return Err(segment.damage(what));
            }
            segment.scan(number == last && !clean, visit)?;
            segments.push(segment);
        }
        let Some(active) = segments.last() else { return Err(damage(folder, "it has no segment")) };
        let mut file = files::private().open(&active.path).map_err(|error| StoreError::io(&active.path, error))?;
        file.seek(SeekFrom::Start(active.bytes)).map_err(|error| StoreError::io(&active.path, error))?;
        Ok(Self { folder: folder.to_owned(), origin, segments, file, buffer: Vec::new() })
    }

    /// Cuts off the torn end, if there is one; before the first append.
    pub(super) fn trim(&mut self) -> Result<()> {
        let active = self.active();
        let trim = || {
            if self.file.metadata()?.len() != active.bytes {
                self.file.set_len(active.bytes)?;
                self.file.sync_all()?;
            }
            Ok(())
        };
        trim().map_err(|error: std::io::Error| StoreError::io(&active.path, error))
    }

    fn active(&self) -> &Segment {
        // `segments` is never empty: made with one, and `forget_before` keeps the last.
        &self.segments[self.segments.len() - 1]
    }

    pub(super) fn head(&self) -> Position {
        self.active().last
    }

    /// The position of the first record still here, or of the next to come.
    pub(super) fn base(&self) -> Position {
        self.segments.first().map_or(1, |segment| segment.base)
    }

    pub(super) fn is_full(&self) -> bool {
        self.active().bytes >= FULL
    }

    pub(super) fn active_is_empty(&self) -> bool {
        self.active().is_empty()
    }

    pub(super) fn numbers(&self) -> (u64, u64) {
        (self.segments.first().map_or(0, |segment| segment.number), self.active().number)
    }

    pub(super) fn bytes(&self) -> u64 {
        self.segments.iter().map(|segment| segment.bytes).sum()
    }

    /// Appends, durable when it returns. After an error the file may hold any part of it: nothing more may be appended.
    pub(super) fn append(&mut self, records: &[JournalRecord]) -> Result<Position> {
        let (first, salt) = (self.head() + 1, self.active().salt);
        self.buffer.clear();
        entry::put_records(&mut self.buffer, salt, first, records);
        self.write(first + records.len() as u64 - 1)?;
        Ok(first)
    }

    /// Notes that bodies are gone, durable when it returns.
    pub(super) fn append_dropped(&mut self, positions: &[Position]) -> Result<()> {
        let (head, salt) = (self.head(), self.active().salt);
        self.buffer.clear();
        entry::put_dropped(&mut self.buffer, salt, head, positions);
        self.write(head)
    }

    fn write(&mut self, last: Position) -> Result<()> {
        let written = self.file.write_all(&self.buffer).and_then(|()| self.file.sync_data());
        let added = self.buffer.len() as u64;
        if self.buffer.capacity() > 1 << 20 {
            self.buffer = Vec::new(); // one large append is no reason to keep so much
        }
        let Some(active) = self.segments.last_mut() else { return Ok(()) };
        if let Err(error) = written {
            // Take back what may stand there (a full disk lets us): then it never landed, after a restart neither.
            let _ = self.file.set_len(active.bytes).and_then(|()| self.file.sync_data());
            return Err(StoreError::io(&active.path, error));
        }
        active.bytes += added;
        active.last = last;
        Ok(())
    }

    /// Begins the next segment; the manifest must name it before anything is appended.
    pub(super) fn rotate(&mut self) -> Result<()> {
        let (number, base) = (self.active().number + 1, self.head() + 1);
        let (segment, file) = make(&self.folder, self.origin, number, base)?;
        self.file = file;
        self.segments.push(segment);
        Ok(())
    }

    /// Takes the segments that hold nothing behind `floor` out of the log, but never the last; returns their files,
    /// which may be removed once the manifest no longer names them.
    pub(super) fn take_before(&mut self, floor: Position) -> Vec<PathBuf> {
        let keep = self.segments.len() - 1;
        let gone = self.segments.iter().take(keep).take_while(|segment| segment.last <= floor).count();
        self.segments.drain(..gone).map(|segment| segment.path).collect()
    }

    /// Visits every entry again.
    pub(super) fn visit(&self, after: Position, visit: &mut dyn FnMut(Entry) -> Result<()>) -> Result<()> {
        for segment in &self.segments {
            if segment.last > after {
                let mut again = segment.clone();
                again.scan(false, visit)?;
                if again.last != segment.last {
                    let what = format!("it ended at position {} and ends at {} now", segment.last, again.last);
                    return Err(segment.damage(what));
                }
            }
        }
        Ok(())
    }
}

fn read_header(folder: &Path, origin: u64, number: u64) -> Result<Segment> {
    let path = path_of(folder, number);
    let mut header = [0; HEADER];
    match File::open(&path).and_then(|mut file| std::io::Read::read_exact(&mut file, &mut header)) {
        Ok(()) => {}
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Err(damage(&path, "the file is missing")),
        Err(error) if error.kind() == std::io::ErrorKind::UnexpectedEof => {
            return Err(damage(&path, "the file is cut off in its header"));
        }
        Err(error) => return Err(StoreError::io(&path, error)),
    }
    let u32_at = |at: usize| u32::from_le_bytes(std::array::from_fn(|n| header[at + n]));
    let u64_at = |at: usize| u64::from_le_bytes(std::array::from_fn(|n| header[at + n]));
    if !header.starts_with(MAGIC) || u32_at(36) != crc32fast::hash(&header[..36]) {
        return Err(damage(&path, "its header is not what was written"));
    }
    if u32_at(4) != FORMAT {
        return Err(StoreError::Version { path, found: u32_at(4), known: FORMAT });
    }
    if u64_at(8) != origin || u64_at(16) != number || u64_at(24) == 0 {
        return Err(damage(&path, "it belongs to another journal or stands under another number"));
    }
    let base = u64_at(24);
    Ok(Segment { number, path, base, last: base - 1, bytes: HEADER as u64, salt: u32_at(32) })
}
