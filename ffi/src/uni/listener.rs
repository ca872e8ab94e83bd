//! Listeners: events in batches.

use super::callback::told;
use super::client::SeenByClient;
use super::convert;
use super::types::{Event, Thrown};
use std::sync::Arc;

/// At most as many events cross at once: enough to pay for the crossing, few enough for a screen to be drawn between.
const BATCH: usize = 64;

/// Hears events, on the client's delivery thread or by its dispatcher, one batch at a time.
#[uniffi::export(foreign)]
pub trait EventListener: Send + Sync {
    /// These happened, in this order. Never empty.
    fn on_events(&self, events: Vec<Event>) -> Result<(), Thrown>;
}

struct Listening(Arc<dyn EventListener>);

impl seenby_client::Listener for Listening {
    fn on_events(&self, events: &[seenby_client::Event]) {
        for events in events.chunks(BATCH) {
            let mut batch = Vec::with_capacity(events.len());
            events.iter().for_each(|event| convert::event(event, &mut batch));
            told(self.0.on_events(batch));
        }
    }
}

/// Whether this thread is inside a callback that SeenBy runs, of any client: what waits must not wait there (contract 3). For
/// layers that tell several listeners of theirs by one of these.
#[uniffi::export]
pub fn in_callback() -> bool {
    seenby_client::Client::in_callback()
}

#[uniffi::export]
impl SeenByClient {
    /// What the app hears from now on; the number removes it. Of the shared client also before init; it stays until it is
    /// removed.
    pub fn add_listener(&self, listener: Arc<dyn EventListener>) -> i64 {
        self.listen(Arc::new(Listening(listener)))
    }

    /// Ends a listener (contract 3): outside of callbacks it waits for a call that is running on another thread.
    pub fn remove_listener(&self, number: i64) {
        self.forget(number);
    }
}
