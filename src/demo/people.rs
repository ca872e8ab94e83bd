//! People with devices: what each device was told, checked as it comes in.

use super::check::{Checks, Result, Trouble};
use super::place::Place;
use seenby_client::{Client, Config, Event, Message, MessageReceipt, SendOptions};
use seenby_core::model::{MemberFilter, MessageId, ReadMemberPage};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::watch;

/// How long the demo waits for anything before it says what did not come.
const PATIENCE: Duration = Duration::from_secs(10);

/// To whom.
#[derive(Clone, Copy)]
pub(crate) enum To<'a> {
    Person(&'a str),
    Group(&'a str),
}

/// What a device heard.
#[derive(Default)]
pub(crate) struct Heard {
    /// Messages, in the order they came.
    pub(crate) messages: Vec<Message>,
    /// The latest summary of each message.
    pub(crate) receipts: BTreeMap<MessageId, MessageReceipt>,
    /// Who has read each message, as the pushes named them (R12).
    pub(crate) readers: BTreeMap<MessageId, BTreeMap<String, i64>>,
    /// How often each message's summary came.
    pub(crate) told: BTreeMap<MessageId, usize>,
    /// Messages whose receipt another device of this user sent (R13).
    pub(crate) sent_elsewhere: Vec<MessageId>,
    /// Whether the line is up.
    pub(crate) connected: bool,
}

/// One installation of an app, logged in.
pub(crate) struct Device {
    pub(crate) user: String,
    pub(crate) client: Client,
    heard: Arc<Mutex<Heard>>,
    changed: watch::Receiver<u64>,
}

impl Device {
    /// Logs `user` in, on the device that keeps its data in `folder` under `label`.
    pub(crate) async fn login(
        place: &Place,
        checks: &Arc<Checks>,
        user: &str,
        label: &str,
        folder: &Path,
    ) -> Result<Self> {
        let device = Self::open(place, checks, user, label, folder)?;
        let sig = place.user_sig(user)?;
        let login = tokio::time::timeout(PATIENCE, device.client.login(user, &sig)).await;
        let login = login.map_err(|_| Trouble::Failed(format!("{user} got no answer to login in {PATIENCE:?}")))?;
        login.map_err(Trouble::doing(format!("{user} logs in")))?;
        Ok(device)
    }

    fn open(place: &Place, checks: &Arc<Checks>, user: &str, label: &str, folder: &Path) -> Result<Self> {
        let config = Config::new(place.app())
            .server(place.address())
            .data_dir(folder)
            .device_label(label)
            .with_readers(true)
            .client_name(concat!("seenby-demo/", env!("CARGO_PKG_VERSION")));
        let client = Client::new(config).map_err(Trouble::doing(format!("{user}'s {label}")))?;
        let heard = Arc::new(Mutex::new(Heard::default()));
        let (changes, changed) = watch::channel(0);
        let listener = {
            let (heard, checks, user) = (Arc::clone(&heard), Arc::clone(checks), user.to_owned());
            move |events: &[Event]| {
                let mut heard = lock(&heard);
                for event in events {
                    checks.note(heard.hear(&checks, &user, event));
                }
                drop(heard);
                changes.send_modify(|n| *n += 1);
            }
        };
        client.add_listener(Arc::new(listener));
        Ok(Self { user: user.to_owned(), client, heard, changed })
    }

    /// What it heard so far.
    pub(crate) fn heard(&self) -> MutexGuard<'_, Heard> {
        lock(&self.heard)
    }

    /// Sends a text.
    pub(crate) async fn say(&self, to: To<'_>, text: &str, need_read_receipt: bool) -> Result<Message> {
        let mut message = self.client.create_text_message(text);
        message.need_read_receipt = need_read_receipt;
        let (receiver, group) = match to {
            To::Person(user) => (Some(user), None),
            To::Group(group) => (None, Some(group)),
        };
        let sending = self.client.send_message(message, receiver, group, SendOptions::default());
        sending.await.map_err(Trouble::doing(format!("{} sends {text:?}", self.user)))
    }

    /// Reports that these were read.
    pub(crate) async fn read(&self, messages: &[Message]) -> Result<()> {
        let sent = self.client.send_message_read_receipts(messages.iter()).await;
        sent.map_err(Trouble::doing(format!("{} reports {} messages", self.user, messages.len())))
    }

    /// The receipts of these, as the service has them.
    pub(crate) async fn receipts(&self, messages: &[Message]) -> Result<Vec<MessageReceipt>> {
        let got = self.client.get_message_read_receipts(messages.iter()).await;
        got.map_err(Trouble::doing(format!("{} asks for the receipts of {} messages", self.user, messages.len())))
    }

    /// A page of who has read a message, or has not.
    pub(crate) async fn page(
        &self,
        message: &Message,
        filter: MemberFilter,
        next_seq: u64,
        count: u32,
    ) -> Result<ReadMemberPage> {
        let got = self.client.get_group_message_read_member_list(message, filter, next_seq, count).await;
        got.map_err(Trouble::doing(format!("{} asks for a page of members", self.user)))
    }

    /// Every page of it.
    pub(crate) async fn pages(&self, message: &Message, filter: MemberFilter) -> Result<Vec<String>> {
        let mut names = Vec::new();
        let mut next = 0;
        loop {
            let page = self.page(message, filter, next, 100).await?;
            names.extend(page.members.into_iter().map(|member| member.user.to_string()));
            if page.is_finished {
                return Ok(names);
            }
            next = page.next_seq;
        }
    }

    /// Waits until `look` finds what it looks for in what was heard; says what did not come.
    pub(crate) async fn until<T>(&self, what: &str, mut look: impl FnMut(&Heard) -> Option<T>) -> Result<T> {
        let mut changed = self.changed.clone();
        let wait = async {
            loop {
                changed.mark_unchanged();
                if let Some(found) = look(&lock(&self.heard)) {
                    return Some(found);
                }
                if changed.changed().await.is_err() {
                    return None;
                }
            }
        };
        match tokio::time::timeout(PATIENCE, wait).await {
            Ok(Some(found)) => Ok(found),
            _ => Err(Trouble::Failed(format!(
                "{} did not hear {what} within {} s. What it heard last: {:?}",
                self.user,
                PATIENCE.as_secs(),
                lock(&self.heard).receipts.values().next_back()
            ))),
        }
    }

    /// Waits for a message by its id.
    pub(crate) async fn message(&self, id: &Option<MessageId>) -> Result<Message> {
        self.until("a message", |heard| heard.messages.iter().find(|message| message.id == *id).cloned()).await
    }

    /// Waits until the line is up, or down.
    pub(crate) async fn line(&self, up: bool) -> Result<()> {
        let what = if up { "that the line is up" } else { "that the line is down" };
        self.until(what, |heard| (heard.connected == up).then_some(())).await
    }
}

impl Heard {
    /// Takes an event in, and holds it against what every device may rely on.
    fn hear(&mut self, checks: &Checks, user: &str, event: &Event) -> Result<()> {
        match event {
            Event::Connected => self.connected = true,
            Event::Connecting | Event::ConnectFailed(_) => self.connected = false,
            Event::NewMessage(message) => {
                let again = self.messages.iter().any(|known| known.id == message.id);
                checks.equal("R18", format!("whether {user} is given a message a second time"), false, again)?;
                self.messages.push((**message).clone());
            }
            Event::ReadReceipts(receipts) => {
                for receipt in receipts {
                    let Some(id) = receipt.message.clone() else { continue };
                    if let Some(before) = self.receipts.get(&id) {
                        let sum = |r: &MessageReceipt| r.read_count + r.unread_count;
                        checks.equal(
                            "R7",
                            "read + unread of a message, from push to push",
                            sum(before),
                            sum(receipt),
                        )?;
                        let grows =
                            receipt.read_count >= before.read_count && receipt.is_peer_read >= before.is_peer_read;
                        let seen = (before.read_count, receipt.read_count);
                        checks.that("R5 R12", "a later summary", "not less than the one before", seen, grows)?;
                    }
                    let readers = self.readers.entry(id.clone()).or_default();
                    for reader in &receipt.readers {
                        let again = readers.insert(reader.user.to_string(), reader.time_ms).is_some();
                        checks.equal(
                            "R12",
                            format!("whether {user} is told of a reader a second time"),
                            false,
                            again,
                        )?;
                    }
                    *self.told.entry(id.clone()).or_default() += 1;
                    self.receipts.insert(id, receipt.clone());
                }
            }
            Event::ReceiptsSent { messages, .. } => {
                self.sent_elsewhere.extend(messages.iter().map(|(_, id)| id.clone()));
            }
            _ => {}
        }
        Ok(())
    }
}

fn lock(heard: &Mutex<Heard>) -> MutexGuard<'_, Heard> {
    heard.lock().unwrap_or_else(PoisonError::into_inner)
}
