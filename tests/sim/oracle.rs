//! What must be true, kept as plain sets: who was in a conversation when a message landed, and who has read it. Told from
//! the records as they land, and from what the devices did; written from SPEC.md alone.

use seenby_core::hub::{LogKey, Record};
use seenby_core::ledger::journal::event::Body;
use std::collections::{BTreeMap, BTreeSet};

/// A conversation as plain sets.
#[derive(Default)]
pub(crate) struct Log {
    /// By ordinal.
    pub(crate) users: Vec<String>,
    /// Who is in it now.
    pub(crate) now: BTreeSet<String>,
    /// By seq - 1.
    pub(crate) messages: Vec<Message>,
    /// Who ever left it.
    pub(crate) left: BTreeSet<String>,
    dismissed: bool,
}

/// A message as plain sets.
pub(crate) struct Message {
    /// Its id.
    pub(crate) id: String,
    /// Who sent it.
    pub(crate) sender: String,
    /// Whether receipts were granted.
    pub(crate) receipts: bool,
    /// R7: everybody in the conversation at its position, less its sender.
    pub(crate) audience: BTreeSet<String>,
    /// In the order of acceptance.
    pub(crate) readers: Vec<String>,
    /// Recalled.
    pub(crate) gone: bool,
    /// When it landed.
    pub(crate) landed_ms: i64,
}

impl Message {
    /// Those of the audience who have not read it.
    pub(crate) fn unread(&self) -> BTreeSet<String> {
        self.audience.iter().filter(|user| !self.readers.contains(user)).cloned().collect()
    }
}

/// Every log.
#[derive(Default)]
pub(crate) struct Oracle {
    logs: BTreeMap<LogKey, Log>,
    /// What users really did: (reader, message id). No receipt may be shown that is not here (SPEC.md §7.5).
    pub(crate) reported: BTreeSet<(String, String)>,
}

impl Oracle {
    /// The message with this id, wherever it is.
    pub(crate) fn message(&self, id: &str) -> Option<&Message> {
        self.logs.values().flat_map(|log| &log.messages).find(|message| message.id == id)
    }

    /// Every message.
    pub(crate) fn messages(&self) -> impl Iterator<Item = &Message> {
        self.logs.values().flat_map(|log| &log.messages)
    }

    /// Whether this user ever left the conversation of this message.
    pub(crate) fn ever_left(&self, user: &str, id: &str) -> bool {
        self.logs.values().any(|log| log.left.contains(user) && log.messages.iter().any(|message| message.id == id))
    }

    /// A record landed.
    pub(crate) fn landed(&mut self, now: i64, record: &Record) {
        let log = self.logs.entry(record.log).or_default();
        match record.event.body.as_ref() {
            Some(Body::Joined(joined)) => {
                for user in &joined.users {
                    if !log.users.contains(user) {
                        log.users.push(user.clone());
                    }
                    if !log.dismissed {
                        log.now.insert(user.clone());
                    }
                }
            }
            Some(Body::Left(left)) => {
                for ordinal in &left.ordinals {
                    if let Some(user) = log.users.get(*ordinal as usize) {
                        log.now.remove(user);
                        log.left.insert(user.clone());
                    }
                }
            }
            Some(Body::Dismissed(_)) => log.dismissed = true,
            Some(Body::Sent(sent)) => {
                let Some(sender) = log.users.get(sent.sender as usize).cloned() else { return };
                let repeat = log.messages.iter().any(|message| message.id == sent.id);
                if !repeat && !log.dismissed && log.now.contains(&sender) {
                    let audience = log.now.iter().filter(|user| **user != sender).cloned().collect();
                    log.messages.push(Message {
                        id: sent.id.clone(),
                        sender,
                        receipts: sent.need_receipt,
                        audience,
                        readers: Vec::new(),
                        gone: false,
                        landed_ms: now,
                    });
                }
            }
            Some(Body::Deleted(deleted)) => {
                if let Some(message) = log.messages.get_mut(deleted.seq as usize - 1) {
                    message.gone = true;
                }
            }
            Some(Body::Read(read)) => {
                let Some(reader) = log.users.get(read.reader as usize).cloned() else { return };
                for (first, count) in read.first.iter().zip(&read.count) {
                    for seq in *first..*first + u64::from(*count) {
                        let Some(message) = log.messages.get_mut(seq as usize - 1) else { continue };
                        let counts = message.receipts
                            && !message.gone
                            && !log.dismissed
                            && message.audience.contains(&reader)
                            && !message.readers.contains(&reader);
                        if counts {
                            message.readers.push(reader.clone());
                        }
                    }
                }
            }
            _ => {}
        }
    }
}
