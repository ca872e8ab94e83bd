//! What a list shows, turned into reports (R33): the rules are [`seenby_core::session::ReadTracker`]'s, the timer is
//! here.

use crate::client::Client;
use crate::runtime;
use parking_lot::Mutex;
use seenby_core::model::{ConversationId, Error, ErrorCode, MessageId, Result, TimeMs};
use seenby_core::session::{Command, MessageHandle, ReadTracker as Rules, Tracked};
use std::collections::BTreeMap;
use std::sync::{Arc, Weak};
use std::time::Duration;
use tokio::sync::Notify;

/// Reports messages that were on the screen for long enough, each once ([`Client::read_tracker`]). Cheap to clone. When
/// the last clone is dropped, what was seen for long enough by then is reported.
///
/// It counts as being in the foreground until it, or its client ([`Client::foreground`]), is told otherwise. While nobody is
/// logged in nothing counts; what is on the screen then is seen from the login on.
#[derive(Clone)]
pub struct ReadTracker {
    inner: Arc<Inner>,
}

struct Inner {
    client: Client,
    conversation: Option<ConversationId>,
    state: Mutex<State>,
    changed: Arc<Notify>,
}

struct State {
    rules: Rules,
    wake_at: Option<TimeMs>,
    /// What was passed for each message that is on the screen or waits to be reported.
    handles: BTreeMap<MessageId, MessageHandle>,
}

impl std::fmt::Debug for ReadTracker {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ReadTracker")
    }
}

impl ReadTracker {
    pub(crate) fn new(client: Client, conversation: Option<&str>, seen_for: Duration) -> Result<Self> {
        let conversation = conversation.map(ConversationId::parse).transpose()?;
        let runtime = runtime::handle()
            .map_err(|error| Error::new(ErrorCode::ServiceInternal, format!("the system gives no thread: {error}")))?;
        let seen_for_ms = i64::try_from(seen_for.as_millis()).unwrap_or(i64::MAX);
        let state = State { rules: Rules::new(seen_for_ms), wake_at: None, handles: BTreeMap::new() };
        let changed = Arc::new(Notify::new());
        let inner = Arc::new(Inner { client, conversation, state: Mutex::new(state), changed: changed.clone() });
        inner.client.shared().trackers.add(&inner);
        runtime.spawn(run(Arc::downgrade(&inner), changed));
        Ok(Self { inner })
    }

    /// These messages came onto the screen. One's own and those without receipts may be among them.
    pub fn visible(&self, messages: impl IntoIterator<Item = impl Into<MessageHandle>>) {
        let messages: Vec<MessageHandle> = messages.into_iter().map(Into::into).collect();
        self.inner.step(|inner, state, now| {
            let mut ids = Vec::with_capacity(messages.len());
            for mut message in messages {
                let Some(id) = message.id.clone() else { continue };
                if message.conversation.is_none() {
                    message.conversation = inner.conversation.clone();
                }
                if message.is_self != Some(true) && message.need_read_receipt != Some(false) {
                    state.handles.insert(id.clone(), message);
                    ids.push(id);
                }
            }
            state.rules.visible(now, &ids)
        });
    }

    /// These left the screen.
    pub fn hidden(&self, messages: impl IntoIterator<Item = impl Into<MessageHandle>>) {
        let ids: Vec<MessageId> = messages.into_iter().filter_map(|message| message.into().id).collect();
        self.inner.step(|_, state, now| state.rules.hidden(now, &ids));
    }

    /// The app came to the foreground, or went to the background: then what was seen for long enough is reported at once.
    pub fn foreground(&self, foreground: bool) {
        self.inner.step(|_, state, now| state.rules.foreground(now, foreground));
    }
}

impl Inner {
    /// Tells the rules something, reports what they say, and sets the timer.
    fn step(&self, tell: impl FnOnce(&Self, &mut State, TimeMs) -> Tracked) {
        let now = self.client.shared().now();
        let handles = {
            let mut state = self.state.lock();
            let tracked = tell(self, &mut state, now);
            state.wake_at = tracked.wake_at;
            let handles: Vec<_> = tracked.reports.iter().filter_map(|id| state.handles.remove(id)).collect();
            if tracked.wake_at.is_none() && tracked.reports.is_empty() && state.handles.len() > FORGOTTEN {
                // Nothing is seen or waits: what was only scrolled past need not be kept.
                state.handles.clear();
            }
            handles
        };
        self.changed.notify_one();
        self.report(handles);
    }

    /// One call a conversation (R3); a message of which the conversation is not known goes alone.
    fn report(&self, handles: Vec<MessageHandle>) {
        let mut calls: BTreeMap<ConversationId, Vec<MessageHandle>> = BTreeMap::new();
        let mut alone = Vec::new();
        for handle in handles {
            match handle.conversation.clone() {
                Some(conversation) => calls.entry(conversation).or_default().push(handle),
                None => alone.push(vec![handle]),
            }
        }
        for messages in calls.into_values().chain(alone) {
            let command = Command::SendReadReceipts { messages };
            // The outbox keeps what cannot be sent (R16); what is refused (a login that is missing) was no reading.
            self.client.call(command, |result| {
                if let Err(error) = result {
                    tracing::warn!(code = error.code.number(), "a read tracker's report was refused");
                }
            });
        }
    }
}

/// The trackers of a client, whether the app is in the background, and whether somebody is logged in.
#[derive(Default)]
pub(crate) struct Trackers(Mutex<Follow>);

#[derive(Default)]
struct Follow {
    in_background: bool,
    logged_in: bool,
    trackers: Vec<Weak<Inner>>,
}

impl Follow {
    fn each(&self, tell: impl Fn(&mut Rules, TimeMs) -> Tracked) {
        for tracker in self.trackers.iter().filter_map(Weak::upgrade) {
            tracker.step(|_, state, now| tell(&mut state.rules, now));
        }
    }
}

impl Trackers {
    fn add(&self, tracker: &Arc<Inner>) {
        let mut follow = self.0.lock();
        follow.trackers.retain(|known| known.strong_count() > 0);
        follow.trackers.push(Arc::downgrade(tracker));
        if follow.in_background {
            tracker.step(|_, state, now| state.rules.foreground(now, false));
        }
        if !follow.logged_in {
            tracker.step(|_, state, now| state.rules.logged_in(now, false));
        }
    }

    /// The app came to the foreground, or went to the background.
    pub(crate) fn foreground(&self, foreground: bool) {
        // Under the lock, so that two who tell different things leave all trackers alike.
        let mut follow = self.0.lock();
        follow.in_background = !foreground;
        follow.each(|rules, now| rules.foreground(now, foreground));
    }

    /// Somebody is logged in, or nobody any more.
    pub(crate) fn logged_in(&self, logged_in: bool) {
        let mut follow = self.0.lock();
        if follow.logged_in != logged_in {
            follow.logged_in = logged_in;
            follow.each(|rules, now| rules.logged_in(now, logged_in));
        }
    }

    /// Who is logged in is about to leave: what was seen for long enough is reported before.
    pub(crate) fn flush(&self) {
        self.0.lock().each(Rules::flush);
    }
}

/// As many messages that were only scrolled past are remembered.
const FORGOTTEN: usize = 10_000;

impl Drop for Inner {
    fn drop(&mut self) {
        self.step(|_, state, now| state.rules.foreground(now, false));
    }
}

/// The timer: as long as the tracker lives.
async fn run(tracker: Weak<Inner>, changed: Arc<Notify>) {
    loop {
        let wait = match tracker.upgrade() {
            None => return,
            Some(inner) => {
                let wake_at = inner.state.lock().wake_at;
                let wait = wake_at.map(|at| at.saturating_sub(inner.client.shared().now()));
                if wait.is_some_and(|wait| wait <= 0) {
                    inner.step(|_, state, now| state.rules.tick(now));
                    continue;
                }
                wait
            }
        };
        match wait {
            Some(wait) => {
                let sleep = tokio::time::sleep(Duration::from_millis(wait.unsigned_abs()));
                tokio::select! {
                    () = sleep => {}
                    () = changed.notified() => {}
                }
            }
            None => changed.notified().await,
        }
    }
}
