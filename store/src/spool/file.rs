//! A spool file: `spool/<when>-<whose>-<random>.receipts`. "SBSP", format version and CRC-32 (4 bytes little-endian
//! each), then an encoded [`Content`]. `whose` only spares the reading of other users' files; what counts is inside.

use super::Batch;
use crate::identity::{hex, random};
use crate::{Result, StoreError, files};
use prost::Message as _;
use seenby_core::model::{AppId, ConversationId, MessageId, TimeMs, UserId};
use seenby_core::session::{MessageHandle, SpooledReceipts};
use std::collections::BTreeSet;
use std::path::Path;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

const FOLDER: &str = "spool";
const ENDING: &str = ".receipts";
const MAGIC: &[u8; 4] = b"SBSP";
const FORMAT: u32 = 1;
/// No file may be larger: 10 000 receipts with the longest ids are below half of it.
const MOST_BYTES: usize = 8 << 20;
/// One drain hands over at most this many files.
const MOST_FILES: usize = 256;
/// What a killed writer left is swept after this long; a living one is done within milliseconds.
const STALE: Duration = Duration::from_secs(3600);

#[derive(Clone, PartialEq, prost::Message)]
struct Content {
    #[prost(string, tag = "1")]
    endpoint: String,
    #[prost(uint32, tag = "2")]
    app: u32,
    #[prost(string, tag = "3")]
    user: String,
    #[prost(sint64, tag = "4")]
    read_ms: i64,
    #[prost(message, repeated, tag = "5")]
    messages: Vec<Handle>,
}

#[derive(Clone, PartialEq, prost::Message)]
struct Handle {
    #[prost(string, optional, tag = "1")]
    conversation: Option<String>,
    #[prost(string, optional, tag = "2")]
    id: Option<String>,
    #[prost(uint64, tag = "3")]
    seq: u64,
    #[prost(bool, optional, tag = "4")]
    is_self: Option<bool>,
    #[prost(bool, optional, tag = "5")]
    need_read_receipt: Option<bool>,
}

fn whose(endpoint: &str, app: AppId, user: &UserId) -> String {
    let mut hash = crc32fast::Hasher::new();
    for text in [endpoint, user.as_str()] {
        hash.update(&(text.len() as u64).to_le_bytes());
        hash.update(text.as_bytes());
    }
    hash.update(&app.0.to_le_bytes());
    format!("{:08x}", hash.finalize())
}

/// Leaves these receipts for the owner of the store in this folder, durable when it returns. Needs no store, and any
/// process may call it. `read_ms`: when they were read, by this device's clock.
pub fn enqueue(
    folder: &Path,
    endpoint: &str,
    app: AppId,
    user: &UserId,
    receipts: &[MessageHandle],
    read_ms: TimeMs,
) -> Result<()> {
    let messages = receipts.iter().map(|m| Handle {
        conversation: m.conversation.as_ref().map(ToString::to_string),
        id: m.id.as_ref().map(|id| id.as_str().to_owned()),
        seq: m.seq,
        is_self: m.is_self,
        need_read_receipt: m.need_read_receipt,
    });
    let content = Content {
        endpoint: endpoint.to_owned(),
        app: app.0,
        user: user.as_str().to_owned(),
        read_ms,
        messages: messages.collect(),
    };
    let body = content.encode_to_vec();
    let size = body.len() + 12;
    if size > MOST_BYTES {
        let what =
            format!("{} receipts take {size} bytes in the spool; pass at most {MOST_BYTES} at once", receipts.len());
        return Err(StoreError::Invalid { what });
    }
    let mut bytes = Vec::with_capacity(size);
    bytes.extend_from_slice(MAGIC);
    bytes.extend_from_slice(&FORMAT.to_le_bytes());
    bytes.extend_from_slice(&crc32fast::hash(&body).to_le_bytes());
    bytes.extend_from_slice(&body);

    let spool = folder.join(FOLDER);
    files::make_folder(&spool)?;
    let when = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_nanos() as u64;
    let name = format!("{when:016x}-{}-{}", whose(endpoint, app, user), hex(&random::<8>()?));
    files::replace(&spool.join(format!("{name}{ENDING}")), &spool.join(format!("{name}.tmp")), &bytes)
}

pub(crate) fn drain(folder: &Path, endpoints: &BTreeSet<String>, app: AppId, user: &UserId) -> Result<Batch> {
    let spool = folder.join(FOLDER);
    let listing = match std::fs::read_dir(&spool) {
        Ok(listing) => listing,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Batch::default()),
        Err(error) => return Err(StoreError::io(&spool, error)),
    };
    let tags: BTreeSet<String> = endpoints.iter().map(|endpoint| whose(endpoint, app, user)).collect();
    let mut batch = Batch::default();
    let mut names = BTreeSet::new();
    for entry in listing {
        let entry = entry.map_err(|error| StoreError::io(&spool, error))?;
        let Ok(name) = entry.file_name().into_string() else { continue };
        if name.ends_with(".tmp") {
            let age = entry.metadata().and_then(|m| m.modified()).ok().and_then(|at| at.elapsed().ok());
            if age.is_some_and(|age| age > STALE) {
                let _ = std::fs::remove_file(entry.path()); // never acknowledged to anybody; tried again next time
            }
        } else if name.ends_with(ENDING) && name.split('-').nth(1).is_some_and(|tag| tags.contains(tag)) {
            names.insert(name);
            if names.len() > 4 * MOST_FILES {
                batch.more = names.pop_last().is_some(); // memory stays bounded whatever lies there
            }
        }
    }
    let mut bytes = 0;
    for name in names {
        if batch.files.len() == MOST_FILES || bytes > MOST_BYTES {
            batch.more = true;
            break;
        }
        let path = spool.join(&name);
        match read(&path) {
            Ok(Some((content, size))) => {
                let belongs =
                    endpoints.contains(&content.endpoint) && content.app == app.0 && content.user == user.as_str();
                if !belongs {
                    continue; // another's with the same tag
                }
                match receipts(content) {
                    Some(receipts) => {
                        bytes += size;
                        batch.receipts.push(receipts);
                        batch.files.push(path);
                    }
                    None => batch.set_aside.extend(set_aside(&path)),
                }
            }
            Ok(None) => batch.set_aside.extend(set_aside(&path)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
            Err(error) => return Err(StoreError::io(&path, error)),
        }
    }
    Ok(batch)
}

/// `None`: not a file that [`write`] made.
fn read(path: &Path) -> std::io::Result<Option<(Content, usize)>> {
    if std::fs::metadata(path)?.len() > MOST_BYTES as u64 {
        return Ok(None);
    }
    let bytes = std::fs::read(path)?;
    let parse = || {
        let (head, body) = bytes.split_at_checked(12)?;
        let expected = [MAGIC.as_slice(), &FORMAT.to_le_bytes(), &crc32fast::hash(body).to_le_bytes()].concat();
        (head == expected).then(|| Content::decode(body).ok()).flatten()
    };
    Ok(parse().map(|content| (content, bytes.len())))
}

/// Whoever wrote it, ids are checked like all others (R23).
fn receipts(content: Content) -> Option<SpooledReceipts> {
    let message = |handle: Handle| {
        Some(MessageHandle {
            conversation: handle.conversation.map(|c| ConversationId::parse(&c)).transpose().ok()?,
            id: handle.id.map(MessageId::new).transpose().ok()?,
            seq: handle.seq,
            is_self: handle.is_self,
            need_read_receipt: handle.need_read_receipt,
        })
    };
    let messages = content.messages.into_iter().map(message).collect::<Option<_>>()?;
    Some(SpooledReceipts { messages, read_ms: content.read_ms })
}

fn set_aside(path: &Path) -> Option<std::path::PathBuf> {
    let aside = path.with_extension("bad");
    match std::fs::rename(path, &aside) {
        Ok(()) => {
            tracing::warn!(file = %aside.display(), "a spool file is damaged and was set aside");
            Some(aside)
        }
        Err(_) => None, // gone, or not ours to touch: the next drain meets it again
    }
}
