//! Listeners: what the app hears without having asked, and when removing one is finished (contract 3).

use crate::delivery;
use parking_lot::{Condvar, Mutex};
use seenby_core::session::Event;
use std::sync::Arc;
use tokio::sync::mpsc;

/// Hears events. Called on the client's delivery thread (or by the host's dispatcher), one batch at a time, in order.
///
/// A listener that keeps a [`crate::Client`] keeps it open: let it have a clone only if [`crate::Client::shutdown`] is
/// called some time.
pub trait Listener: Send + Sync {
    /// These happened, in this order. Never empty.
    fn on_events(&self, events: &[Event]);
}

impl<F: Fn(&[Event]) + Send + Sync> Listener for F {
    fn on_events(&self, events: &[Event]) {
        self(events);
    }
}

/// Names a listener for [`crate::Client::remove_listener`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ListenerId(pub(crate) u64);

/// Who hears.
pub(crate) enum Ear {
    /// The app's listener.
    App(Arc<dyn Listener>),
    /// A stream of events: each, and with the last one of a batch its number.
    Stream(mpsc::UnboundedSender<(Event, Option<u64>)>),
}

/// A listener with its gate: what tells a removed one from one that is running.
pub(crate) struct Registered {
    pub(crate) id: ListenerId,
    ear: Ear,
    gate: Mutex<Gate>,
    idle: Condvar,
}

#[derive(Default)]
struct Gate {
    removed: bool,
    running: bool,
}

/// Marks the gate idle again, also when the listener panics.
struct Running<'a>(&'a Registered);

impl Drop for Running<'_> {
    fn drop(&mut self) {
        self.0.gate.lock().running = false;
        self.0.idle.notify_all();
    }
}

impl Registered {
    pub(crate) fn new(id: ListenerId, ear: Ear) -> Self {
        Self { id, ear, gate: Mutex::default(), idle: Condvar::new() }
    }

    /// Calls the listener unless it was removed. The mark is checked here, on the thread that runs it.
    /// `up_to`: the number of the last event.
    pub(crate) fn call(&self, events: &[Event], up_to: u64) {
        {
            let mut gate = self.gate.lock();
            if gate.removed {
                return;
            }
            gate.running = true;
        }
        let _running = Running(self);
        match &self.ear {
            Ear::App(listener) => listener.on_events(events),
            Ear::Stream(sender) => {
                let last = events.len().saturating_sub(1);
                for (n, event) in events.iter().enumerate() {
                    // A stream that is gone is about to be removed.
                    let _ = sender.send((event.clone(), (n == last).then_some(up_to)));
                }
            }
        }
    }

    /// From here on no call starts. Never waits for one that runs.
    pub(crate) fn end(&self) {
        self.gate.lock().removed = true;
    }

    /// From here on no call starts. Outside every callback, waits for one that runs; inside one never waits.
    pub(crate) fn remove(&self) {
        let mut gate = self.gate.lock();
        gate.removed = true;
        if delivery::in_callback() {
            return;
        }
        while gate.running {
            self.idle.wait(&mut gate);
        }
    }
}
