//! Receipts that a process leaves for another one, without a client (R16): a notification's.

use crate::client::SpoolTarget;
use crate::endpoint::Endpoint;
use crate::folder;
use crate::writer::store_error;
use seenby_core::model::{Error, Result, UserId};
use seenby_core::session::MessageHandle;
use seenby_store::spool;

/// [`crate::Client::enqueue_receipts`].
pub(crate) fn receipts(target: &SpoolTarget, messages: Vec<MessageHandle>) -> Result<()> {
    let app = crate::config::app(target.app)?;
    let endpoint = Endpoint::look_up(target.server.as_deref())?;
    if endpoint.is_memory() {
        return Err(Error::invalid(format!(
            "the field server is {endpoint}: a service in memory cannot be reached later; name the one that the app uses"
        )));
    }
    if messages.is_empty() {
        return Err(Error::invalid("the list of messages is empty; pass at least one"));
    }
    if let Some(n) = messages.iter().position(|message| message.id.is_none()) {
        return Err(Error::invalid(format!(
            "the message at index {n} has no id; only messages that were sent can be read"
        )));
    }
    let user = UserId::new(&target.user)?;
    let folder = folder::choose(target.data_dir.as_deref())?;
    let now = crate::clock::Clock::default().now();
    spool::enqueue(&folder, &endpoint.to_string(), app, &user, &messages, now).map_err(|error| store_error(&error))
}
