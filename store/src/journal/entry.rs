//! An entry of the log: what one append made durable at once. Length and CRC-32 (4 bytes little-endian each), then the
//! payload: kind (1 byte), position (8 bytes little-endian), and what the kind says.

use crate::JournalRecord;
use prost::bytes::{Buf as _, BufMut as _};
use prost::encoding::{decode_varint, encode_varint};
use seenby_core::hub::LogKey;
use seenby_core::model::{AppId, Position};

/// Length and checksum.
pub(super) const HEAD: usize = 8;
/// The shortest payload: kind, position, count.
const LEAST: usize = 10;
/// No entry may be larger.
pub(super) const MOST: usize = 1 << 30;

const RECORDS: u8 = 1;
const DROPPED: u8 = 2;
const SAME_LOG: u8 = 1;
const BODY: u8 = 2;

/// What an entry says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Entry {
    /// These stand at `first` and after it.
    Records { first: Position, records: Vec<JournalRecord> },
    /// These bodies are gone. The head was at `head`.
    Dropped { head: Position, positions: Vec<Position> },
}

/// Seeded by a segment's random salt, so that nobody can write a message whose text passes for an entry.
fn crc(salt: u32, length: u32, payload: &[u8]) -> u32 {
    let mut hash = crc32fast::Hasher::new_with_initial(salt);
    hash.update(&length.to_le_bytes());
    hash.update(payload);
    hash.finalize()
}

fn put(
    buffer: &mut Vec<u8>,
    salt: u32,
    kind: u8,
    position: Position,
    count: usize,
    content: impl FnOnce(&mut Vec<u8>),
) {
    let start = buffer.len();
    buffer.extend_from_slice(&[0; HEAD]);
    buffer.put_u8(kind);
    buffer.put_u64_le(position);
    encode_varint(count as u64, buffer);
    content(buffer);
    let payload = buffer.get(start + HEAD..).unwrap_or_default();
    // An append checks the size beforehand (`size`).
    let length = payload.len() as u32;
    let sum = crc(salt, length, payload);
    if let Some(head) = buffer.get_mut(start..start + HEAD) {
        head[..4].copy_from_slice(&length.to_le_bytes());
        head[4..].copy_from_slice(&sum.to_le_bytes());
    }
}

/// At most how many bytes these records take.
pub(super) fn size(records: &[JournalRecord]) -> usize {
    records.iter().map(|r| 41 + r.event.len() + r.body.as_ref().map_or(0, Vec::len)).sum::<usize>() + LEAST + 16
}

/// Writes an entry of records.
pub(super) fn put_records(buffer: &mut Vec<u8>, salt: u32, first: Position, records: &[JournalRecord]) {
    put(buffer, salt, RECORDS, first, records.len(), |buffer| {
        let mut last = None;
        for record in records {
            let log = Some((record.app, record.log));
            buffer.put_u8((if log == last { SAME_LOG } else { 0 }) | (if record.body.is_some() { BODY } else { 0 }));
            if log != last {
                buffer.put_u32_le(record.app.0);
                buffer.extend_from_slice(&record.log.0);
                last = log;
            }
            encode_varint(record.event.len() as u64, buffer);
            buffer.extend_from_slice(&record.event);
            if let Some(body) = &record.body {
                encode_varint(body.len() as u64, buffer);
                buffer.extend_from_slice(body);
            }
        }
    });
}

/// Writes an entry of dropped bodies.
pub(super) fn put_dropped(buffer: &mut Vec<u8>, salt: u32, head: Position, positions: &[Position]) {
    put(buffer, salt, DROPPED, head, positions.len(), |buffer| {
        for position in positions {
            encode_varint(*position, buffer);
        }
    });
}

/// The payload of the entry that `bytes` begins with; `None` if it is no whole entry.
pub(super) fn payload(bytes: &[u8], salt: u32) -> Option<&[u8]> {
    let (head, rest) = bytes.split_first_chunk::<HEAD>()?;
    let length = u32::from_le_bytes([head[0], head[1], head[2], head[3]]);
    let sum = u32::from_le_bytes([head[4], head[5], head[6], head[7]]);
    let payload = rest.get(..length as usize)?;
    // The cheap looks first: searching for entries behind damage asks at every byte.
    if payload.len() < LEAST || !matches!(payload.first(), Some(&RECORDS | &DROPPED)) {
        return None;
    }
    (crc(salt, length, payload) == sum).then_some(payload)
}

/// Reads a payload whose checksum fits. `None`: what is in it cannot be.
pub(super) fn read(mut payload: &[u8]) -> Option<Entry> {
    if payload.len() < LEAST {
        return None;
    }
    let kind = payload.get_u8();
    let position = payload.get_u64_le();
    let count = usize::try_from(decode_varint(&mut payload).ok()?).ok()?;
    // Every item takes a byte at least: so memory is bounded by what was read.
    if count > payload.len() {
        return None;
    }
    let entry = match kind {
        RECORDS => {
            let mut records = Vec::with_capacity(count);
            let mut last = None;
            for _ in 0..count {
                let flags = payload.try_get_u8().ok()?;
                if flags & SAME_LOG == 0 {
                    let app = AppId(payload.try_get_u32_le().ok()?);
                    last = Some((app, LogKey(take(&mut payload, 16)?.try_into().ok()?)));
                }
                let (app, log) = last?;
                let event = bytes(&mut payload)?;
                let body = if flags & BODY != 0 { Some(bytes(&mut payload)?) } else { None };
                records.push(JournalRecord { app, log, event, body });
            }
            Entry::Records { first: position, records }
        }
        DROPPED => {
            let positions = (0..count).map(|_| decode_varint(&mut payload).ok()).collect::<Option<_>>()?;
            Entry::Dropped { head: position, positions }
        }
        _ => return None,
    };
    payload.is_empty().then_some(entry)
}

fn take<'a>(from: &mut &'a [u8], length: usize) -> Option<&'a [u8]> {
    let (taken, rest) = from.split_at_checked(length)?;
    *from = rest;
    Some(taken)
}

fn bytes(from: &mut &[u8]) -> Option<Vec<u8>> {
    let length = usize::try_from(decode_varint(from).ok()?).ok()?;
    take(from, length).map(<[u8]>::to_vec)
}
