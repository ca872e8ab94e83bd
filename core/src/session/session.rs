//! The session itself: what it holds, and which part of it answers which input.

use super::{Effect, Input, SessionConfig, StoreEntry};
use crate::model::{ConversationInfo, Error, Message, MessageId, MessageReceipt, Result, TimeMs};

/// The brain of a device for one user.
#[derive(Debug)]
pub struct Session {
    config: SessionConfig,
}

impl Session {
    /// A session that is not logged in, with what the device's store holds for this endpoint, app and user.
    pub fn new(config: SessionConfig, _entries: Vec<StoreEntry>, _now: TimeMs) -> Self {
        Self { config }
    }

    /// Takes what happened; appends what is to be done.
    pub fn handle(&mut self, _now: TimeMs, input: Input, out: &mut Vec<Effect>) {
        if let Input::Call { call, .. } = input {
            out.push(Effect::Complete { call, result: Err(Error::invalid("not yet")) });
        }
    }

    /// Makes a message ready to send: checks receiver, group and size, gives it its id (kept if it has one: sending the
    /// same object again cannot duplicate it, R16), conversation, sender and time. 6017 if both or neither of receiver
    /// and group are set, 80002 if it is too long. Empty text counts as unset (R18).
    pub fn prepare_message(
        &mut self,
        _now: TimeMs,
        message: Message,
        _receiver: Option<&str>,
        _group: Option<&str>,
    ) -> Result<Message> {
        Ok(message)
    }

    /// The device's estimate of the service's clock.
    pub fn server_time(&self, now: TimeMs) -> TimeMs {
        now
    }

    /// Whether a login stands (calls are not refused with 6014).
    pub fn is_logged_in(&self) -> bool {
        false
    }

    /// R26: readable before connecting.
    pub fn total_unread(&self) -> u64 {
        0
    }

    /// R26: what the device remembers of its conversations, latest activity first.
    pub fn conversations(&self) -> Vec<ConversationInfo> {
        Vec::new()
    }

    /// R16: the summaries the device remembers of these messages, in this order; the others are left out.
    pub fn cached_receipts(&self, _ids: &[MessageId]) -> Vec<MessageReceipt> {
        Vec::new()
    }

    /// For people who look for a fault (R34): state, outbox length, last errors, versions. No ids.
    pub fn debug_state(&self) -> serde_json::Value {
        serde_json::json!({ "client": self.config.client })
    }
}
