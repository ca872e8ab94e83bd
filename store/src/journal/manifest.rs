//! The file `JOURNAL`: what the journal is, which segments of the log belong to it, and whether it was closed cleanly.
//! Replaced as a whole. "SBJM", format version and CRC-32 (4 bytes little-endian each), then an encoded [`Manifest`].

use super::ADVICE;
use crate::{Result, StoreError, files};
use prost::Message as _;
use seenby_core::model::Position;
use std::path::Path;

const MAGIC: &[u8; 4] = b"SBJM";
/// The format of all files of a journal. An older one is read by every newer SeenBy.
pub(super) const FORMAT: u32 = 1;

#[derive(Clone, PartialEq, prost::Message)]
pub(super) struct Manifest {
    #[prost(fixed64, tag = "1")]
    pub(super) epoch: u64,
    #[prost(string, tag = "2")]
    pub(super) service_id: String,
    #[prost(bytes = "vec", tag = "3")]
    pub(super) secret: Vec<u8>,
    /// The segments `first_segment ..= last_segment` exist.
    #[prost(uint64, tag = "4")]
    pub(super) first_segment: u64,
    #[prost(uint64, tag = "5")]
    pub(super) last_segment: u64,
    /// Set by a clean end: the head then. Unset while open.
    #[prost(uint64, optional, tag = "6")]
    pub(super) clean_head: Option<Position>,
    /// The tables reach at least so far: redb falls back to an older state of itself if the newest is damaged.
    #[prost(uint64, tag = "7")]
    pub(super) settled: Position,
    /// What the other files name as theirs: the first epoch. The epoch that devices see may be renewed.
    #[prost(fixed64, tag = "8")]
    pub(super) origin: u64,
}

impl Manifest {
    /// `None`: there is no such file.
    pub(super) fn read(path: &Path) -> Result<Option<Self>> {
        let bytes = match std::fs::read(path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(StoreError::io(path, error)),
        };
        let damaged = |what: &str| StoreError::damaged(path, format!("{what}; {ADVICE}"));
        let Some((head, body)) = bytes.split_at_checked(12) else { return Err(damaged("the file is cut off")) };
        let field = |at: usize| head.get(at..at + 4).and_then(|b| b.try_into().ok()).map(u32::from_le_bytes);
        if !head.starts_with(MAGIC) {
            return Err(damaged("it does not begin as such a file does"));
        }
        if field(8) != Some(crc(head.get(..8).unwrap_or_default(), body)) {
            return Err(damaged("its checksum does not fit its content"));
        }
        match field(4) {
            Some(FORMAT) => {}
            found => {
                let found = found.unwrap_or_default();
                return Err(StoreError::Version { path: path.to_owned(), found, known: FORMAT });
            }
        }
        let this = Self::decode(body).map_err(|error| damaged(&error.to_string()))?;
        if this.secret.len() != 32 || this.epoch == 0 || this.first_segment > this.last_segment {
            return Err(damaged("it has values that cannot be"));
        }
        Ok(Some(this))
    }

    pub(super) fn write(&self, path: &Path) -> Result<()> {
        let body = self.encode_to_vec();
        let mut bytes = [MAGIC.as_slice(), &FORMAT.to_le_bytes()].concat();
        let sum = crc(&bytes, &body);
        bytes.extend_from_slice(&sum.to_le_bytes());
        bytes.extend_from_slice(&body);
        files::replace(path, &path.with_extension("tmp"), &bytes)
    }
}

fn crc(head: &[u8], body: &[u8]) -> u32 {
    let mut hash = crc32fast::Hasher::new();
    hash.update(head);
    hash.update(body);
    hash.finalize()
}
