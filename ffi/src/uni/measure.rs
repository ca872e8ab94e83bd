//! What crossing costs: for the benchmarks of the languages, which cannot make the library push without a service.

use super::convert;
use super::listener::EventListener;
use super::types::{Event, Failure};
use crate::uni::client::at_once;
use seenby_client as rust;
use std::sync::Arc;

/// Pushes batches of events with one receipt each to `listener`, on this thread, as a client's delivery thread does. Not for
/// apps.
#[uniffi::export]
pub fn measure_events(listener: Arc<dyn EventListener>, events: i32, batches: i32) -> Result<(), Failure> {
    at_once(|| {
        let (events, batches) = (convert::natural32("events", events)?, convert::natural32("batches", batches)?);
        let event = |at: u32| -> rust::Result<rust::Event> {
            Ok(rust::Event::ReadReceipts(vec![rust::MessageReceipt {
                message: Some(rust::MessageId::new(format!("bWVhc3VyZWQtbWVzc2FnZS0{at:04}"))?),
                conversation: rust::ConversationId::parse("group_measured")?,
                seq: at.into(),
                is_peer_read: false,
                time_ms: 0,
                read_count: at,
                unread_count: 1,
                readers: Vec::new(),
                more_readers: false,
                position: at.into(),
            }]))
        };
        let told: Vec<_> = (0..events).map(event).collect::<rust::Result<_>>()?;
        for _ in 0..batches {
            let mut batch: Vec<Event> = Vec::with_capacity(told.len());
            told.iter().for_each(|event| convert::event(event, &mut batch));
            super::callback::told(listener.on_events(batch));
        }
        Ok(())
    })
}
