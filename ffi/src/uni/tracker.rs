//! Read tracking (R33).

use super::client::{SeenByClient, at_once};
use super::types::{Failure, MessageRef};
use parking_lot::Mutex;
use seenby_client::{Client, Error, ErrorCode, ReadTracker, Result};
use std::sync::Arc;

/// Turns what a list shows into reports.
#[derive(uniffi::Object)]
pub struct MessageTracker {
    client: Client,
    /// `None` when it was closed.
    tracker: Mutex<Option<ReadTracker>>,
}

impl MessageTracker {
    fn with(&self, what: impl FnOnce(&Client, &ReadTracker) -> Result<()>) -> std::result::Result<(), Failure> {
        at_once(|| {
            let tracker = self.tracker.lock().clone();
            let closed = || Error::new(ErrorCode::Closed, "this read tracker was closed; make another one");
            what(&self.client, &tracker.ok_or_else(closed)?)
        })
    }
}

#[uniffi::export]
impl MessageTracker {
    /// For a list of this conversation, or of any (`None`).
    #[uniffi::constructor]
    pub fn new(client: Arc<SeenByClient>, conversation_id: Option<String>) -> std::result::Result<Arc<Self>, Failure> {
        client.with(|client| {
            let tracker = client.read_tracker(conversation_id.as_deref().filter(|id| !id.is_empty()))?;
            Ok(Arc::new(Self { client: client.clone(), tracker: Mutex::new(Some(tracker)) }))
        })
    }

    /// These came onto the screen.
    pub fn visible(&self, messages: Vec<MessageRef>) -> std::result::Result<(), Failure> {
        self.with(|client, tracker| {
            tracker.visible(SeenByClient::handles(client, messages)?);
            Ok(())
        })
    }

    /// These left it.
    pub fn hidden(&self, messages: Vec<MessageRef>) -> std::result::Result<(), Failure> {
        self.with(|client, tracker| {
            tracker.hidden(SeenByClient::handles(client, messages)?);
            Ok(())
        })
    }

    /// The app came to the foreground, or went to the background: then what was seen for long enough is reported.
    pub fn foreground(&self, foreground: bool) -> std::result::Result<(), Failure> {
        self.with(|_, tracker| {
            tracker.foreground(foreground);
            Ok(())
        })
    }

    /// Ends it: what was seen for long enough is reported.
    pub fn close_tracker(&self) {
        let tracker = self.tracker.lock().take();
        drop(tracker);
    }
}
