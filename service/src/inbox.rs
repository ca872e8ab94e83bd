//! What waits for the hub thread. Frames from devices are bounded (who sends waits); what lands is taken first, because
//! answers wait for it.

use crate::commit::Landing;
use crate::conn::Conn;
use crate::metrics::ServiceMetrics;
use parking_lot::{Condvar, Mutex};
use seenby_core::hub::{ConnId, Input};
use seenby_core::model::{AppId, AppSettings};
use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Semaphore, oneshot};

/// Something for the hub thread.
pub(crate) enum Message {
    /// A connection was made; a Hello is due.
    Watch(Arc<Conn>),
    /// The first frame of a connection: from here on the hub knows it.
    Hello(AppId, Arc<Conn>, Input),
    /// A later frame.
    Frame(AppId, Input),
    /// The transport has gone.
    Closed(ConnId),
    /// Its unsent bytes have passed the limit.
    Lagging(ConnId),
    /// Its unsent bytes fell below the limit again.
    Drained(ConnId),
    /// The operator wants something.
    Admin(AppId, Input, oneshot::Sender<bool>),
    Settings(AppId, oneshot::Sender<Option<AppSettings>>),
    Metrics(oneshot::Sender<ServiceMetrics>),
    /// Look at the clock.
    Wake,
    /// The service failed: tell everybody.
    Failed,
    /// Drain, sync, and end.
    ShutDown,
}

impl Message {
    fn is_bounded(&self) -> bool {
        matches!(self, Self::Hello(..) | Self::Frame(..))
    }
}

#[derive(Default)]
struct State {
    messages: VecDeque<Message>,
    landed: VecDeque<Landing>,
    sleeping: bool,
    closed: bool,
}

pub(crate) struct Inbox {
    state: Mutex<State>,
    wake: Condvar,
    room: Semaphore,
}

/// The hub thread has ended.
pub(crate) struct InboxClosed;

impl Inbox {
    pub(crate) fn new(room: usize) -> Self {
        Self {
            state: Mutex::default(),
            wake: Condvar::new(),
            room: Semaphore::new(room.clamp(1, Semaphore::MAX_PERMITS)),
        }
    }

    /// Waits for room, then queues a frame.
    pub(crate) async fn send(&self, message: Message) -> Result<(), InboxClosed> {
        debug_assert!(message.is_bounded());
        self.room.acquire().await.map_err(|_| InboxClosed)?.forget();
        self.push(message);
        Ok(())
    }

    /// Queues what is not bounded: at most a few a connection.
    pub(crate) fn push(&self, message: Message) {
        self.with(|state| state.messages.push_back(message));
    }

    /// Queues what landed: bounded by the proposals that are out.
    pub(crate) fn land(&self, landing: Landing) {
        self.with(|state| state.landed.push_back(landing));
    }

    fn with(&self, queue: impl FnOnce(&mut State)) {
        let mut state = self.state.lock();
        if state.closed {
            return; // What is dropped here tells its sender: a oneshot that is gone
        }
        queue(&mut state);
        if std::mem::take(&mut state.sleeping) {
            self.wake.notify_one();
        }
    }

    /// Waits at most this long (`None`: until something comes), then takes everything that landed and at most `max`
    /// messages.
    pub(crate) fn take(
        &self,
        wait: Option<Duration>,
        max: usize,
        landed: &mut VecDeque<Landing>,
        messages: &mut Vec<Message>,
    ) {
        let mut state = self.state.lock();
        if state.messages.is_empty() && state.landed.is_empty() {
            state.sleeping = true;
            match wait {
                None => self.wake.wait_while(&mut state, |s| s.sleeping),
                Some(wait) => {
                    self.wake.wait_while_for(&mut state, |s| s.sleeping, wait);
                }
            }
            state.sleeping = false;
        }
        std::mem::swap(landed, &mut state.landed);
        let n = max.min(state.messages.len());
        messages.extend(state.messages.drain(..n));
        drop(state);
        let freed = messages.iter().filter(|message| message.is_bounded()).count();
        self.room.add_permits(freed);
    }

    /// Waits, then takes what landed and nothing else. It may be nothing, when something else came.
    pub(crate) fn take_landed(&self, landed: &mut VecDeque<Landing>) {
        let mut state = self.state.lock();
        if state.landed.is_empty() {
            state.sleeping = true;
            self.wake.wait_while(&mut state, |s| s.sleeping);
        }
        std::mem::swap(landed, &mut state.landed);
    }

    /// No more frames from devices: who waits for room is told.
    pub(crate) fn refuse_frames(&self) {
        self.room.close();
    }

    /// Nothing more at all.
    pub(crate) fn close(&self) {
        self.room.close();
        let mut state = self.state.lock();
        state.closed = true;
        state.messages.clear();
        state.landed.clear();
    }
}
