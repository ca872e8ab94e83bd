//! The session itself: what it holds, and which part of it answers which input.

use super::connection::Link;
use super::deliver::Deliver;
use super::outbox::{Key, Outbox};
use super::random::Random;
use super::remember::Memory;
use super::requests::{Ongoing, Request};
use super::{Answer, CallId, Command, Effect, Event, Input, SessionConfig, StoreEntry, StoreOp, Table, device};
use crate::model::{ConversationId, ConversationInfo, Error, ErrorCode, MessageId, MessageReceipt, Result, TimeMs};
use prost::Message as _;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// Errors remembered for [`Session::debug_state`].
const LAST_ERRORS: usize = 8;

/// The brain of a device for one user.
///
/// One session serves one user on one device for as long as the driver likes: it may log in, out and in again. Its
/// inputs come one at a time, with a time that never goes back.
#[derive(Debug)]
pub struct Session {
    pub(super) config: SessionConfig,
    pub(super) random: Random,
    // Login and line
    pub(super) link: Link,
    pub(super) logged_in: bool,
    pub(super) login_call: Option<CallId>,
    pub(super) user_sig: String,
    /// The service refuses the userSig: nothing is tried before a new one comes.
    pub(super) sig_refused: Option<Error>,
    pub(super) sig_wanted: bool,
    pub(super) network: bool,
    /// Failed attempts in a row.
    pub(super) attempts: u32,
    /// Counts connections, so that what belongs to an older one is told apart.
    pub(super) generation: u64,
    pub(super) shown: Option<Shown>,
    /// Frames that came while the namespace was being bound.
    pub(super) held_frames: Option<VecDeque<Vec<u8>>>,
    /// The Welcome that waits for the namespace, and when its Hello was sent.
    pub(super) bound: Option<(TimeMs, crate::wire::Frame)>,
    /// Frames that came.
    pub(super) heard: u64,
    pub(super) said_at: TimeMs,
    pub(super) idle_after_ms: i64,
    // Requests
    pub(super) next_request: u64,
    pub(super) requests: BTreeMap<u64, Request>,
    pub(super) ongoing: BTreeMap<CallId, Ongoing>,
    /// Calls not answered yet: what makes each complete exactly once.
    pub(super) open: BTreeSet<CallId>,
    // What is remembered
    pub(super) state: device::State,
    pub(super) state_dirty: bool,
    pub(super) seen: u64,
    pub(super) memory: Memory,
    pub(super) outbox: Outbox,
    /// Messages of this device that the service has not answered, and how many sends of each are out.
    pub(super) sending: BTreeMap<(ConversationId, MessageId), u32>,
    /// Summaries that wait for the completion of their message's send (R12).
    pub(super) held_receipts: BTreeMap<(ConversationId, MessageId), MessageReceipt>,
    /// Sent by this session: not told as new again.
    pub(super) sent_here: BTreeSet<(ConversationId, MessageId)>,
    pub(super) sent_order: VecDeque<(ConversationId, MessageId)>,
    /// Conversations of which the service is to be asked.
    pub(super) refresh: BTreeSet<ConversationId>,
    pub(super) deliver: Deliver,
    pub(super) told_unread: u64,
    pub(super) ops: Vec<StoreOp>,
    asked_wake: Option<TimeMs>,
    last_errors: VecDeque<(TimeMs, Error)>,
    /// Of the input that is handled.
    now: TimeMs,
}

/// Which of R30's states the app was told last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shown {
    Connecting,
    Connected,
    Failed,
}

impl Session {
    /// A session that is not logged in, with what the device's store holds for this endpoint, app and user.
    pub fn new(config: SessionConfig, entries: Vec<StoreEntry>, now: TimeMs) -> Self {
        let random = Random::new(config.seed);
        let mut session = Self {
            config,
            random,
            link: Link::Idle,
            logged_in: false,
            login_call: None,
            user_sig: String::new(),
            sig_refused: None,
            sig_wanted: false,
            network: true,
            attempts: 0,
            generation: 0,
            shown: None,
            held_frames: None,
            bound: None,
            heard: 0,
            said_at: 0,
            idle_after_ms: 0,
            next_request: 0,
            requests: BTreeMap::new(),
            ongoing: BTreeMap::new(),
            open: BTreeSet::new(),
            state: device::State::default(),
            state_dirty: false,
            seen: 0,
            memory: Memory::default(),
            outbox: Outbox::default(),
            sending: BTreeMap::new(),
            held_receipts: BTreeMap::new(),
            sent_here: BTreeSet::new(),
            sent_order: VecDeque::new(),
            refresh: BTreeSet::new(),
            deliver: Deliver::default(),
            told_unread: 0,
            ops: Vec::new(),
            asked_wake: None,
            last_errors: VecDeque::new(),
            now,
        };
        session.load(&entries);
        session
    }

    /// Takes what the store holds. The outbox in memory stays: it is to be sent whatever the store says.
    pub(super) fn load(&mut self, entries: &[StoreEntry]) {
        self.memory = Memory::default();
        self.memory.load(entries);
        self.memory.unreadable += self.outbox.load(entries);
        self.state = device::State::default();
        for entry in entries.iter().filter(|entry| entry.table == Table::Meta) {
            match device::State::decode(entry.value.as_slice()) {
                Ok(state) => self.state = state,
                Err(_) => self.memory.unreadable += 1,
            }
        }
        self.switched_to(self.outbox.last_switch().unwrap_or(!self.state.receipts_off));
        self.memory.other_unread = self.state.other_unread;
        self.seen = self.state.cursor;
        self.told_unread = self.memory.total_unread();
    }

    /// Takes what happened; appends what is to be done.
    pub fn handle(&mut self, now: TimeMs, input: Input, out: &mut Vec<Effect>) {
        self.now = now;
        match input {
            Input::Call { call, command } => self.call(now, call, command, out),
            Input::Cancel(call) => {
                let error = Error::new(ErrorCode::Interrupted, "the call was taken back");
                self.complete(call, Err(error), out);
            }
            Input::Login { call, user_sig } => self.login(now, call, user_sig, out),
            Input::Opened => self.opened(now, out),
            Input::Lost(error) => self.lost(now, error, out),
            Input::Frame(bytes) => self.bytes(now, bytes, out),
            Input::Restored(entries) => self.restored(now, &entries, out),
            Input::Spooled(spooled) => self.spooled(now, spooled, out),
            Input::Delivered(number) => self.deliver.delivered(number),
            Input::NetworkAvailable(available) => self.network_available(now, available, out),
            Input::Foreground(foreground) => self.foreground(now, foreground, out),
            Input::Logout { call } => self.logout(now, call, out),
            Input::Tick => {
                self.asked_wake = None;
                self.tick(now, out);
            }
        }
        self.settle(now, out);
    }

    /// What follows every input: the outbox moves, events and rows leave, the next wake is asked for.
    fn settle(&mut self, now: TimeMs, out: &mut Vec<Effect>) {
        self.pump(now, out);
        let changed = std::mem::take(&mut self.memory.changed);
        if self.logged_in {
            let infos: Vec<ConversationInfo> = changed
                .iter()
                .filter(|id| self.memory.conv(id).is_some_and(|conv| !conv.left))
                .filter_map(|id| self.memory.info(&self.config.user, id))
                .collect();
            if !infos.is_empty() {
                self.deliver.event(Event::ConversationsChanged(infos));
            }
        }
        let total = self.memory.total_unread();
        if total != self.told_unread {
            self.told_unread = total;
            self.deliver.event(Event::TotalUnreadChanged(total));
        }
        // Twice: passing a marker may let the service's next page come, and the events may be none.
        for marker in self.deliver.flow(&self.memory, out) {
            self.passed(now, marker, out);
        }
        self.flush(false, out);
        let wake = self.next_wake(now);
        if wake != self.asked_wake {
            if let Some(at) = wake {
                out.push(Effect::WakeAt(at));
            }
            self.asked_wake = wake;
        }
    }

    /// Everything up to here was handed to the app.
    fn passed(&mut self, now: TimeMs, marker: super::deliver::Marker, out: &mut Vec<Effect>) {
        if marker.cursor > self.state.cursor {
            self.state.cursor = marker.cursor;
            self.state_dirty = true;
        }
        if marker.ack == Some(self.generation) && matches!(self.link, Link::Live) {
            self.acknowledge(now, marker.cursor, out);
        }
    }

    /// Hands the rows that changed to the store.
    pub(super) fn flush(&mut self, sync: bool, out: &mut Vec<Effect>) {
        self.memory.rows(&mut self.ops);
        self.outbox.rows(&mut self.ops);
        if self.state.other_unread != self.memory.other_unread {
            self.state.other_unread = self.memory.other_unread;
            self.state_dirty = true;
        }
        if std::mem::take(&mut self.state_dirty) {
            let value = self.state.encode_to_vec();
            self.ops.push(StoreOp::Put(StoreEntry { table: Table::Meta, key: b"state".to_vec(), value }));
        }
        if !self.ops.is_empty() {
            out.push(Effect::Store { ops: std::mem::take(&mut self.ops), sync });
        }
    }

    /// Makes these entries of the outbox durable on the device; those that wait for them are answered (R16).
    pub(super) fn make_durable(&mut self, keys: &[Key], out: &mut Vec<Effect>) {
        let before = self.ops.len();
        for key in keys {
            self.outbox.store(key, &mut self.ops);
        }
        if self.ops.len() > before {
            self.flush(true, out);
        }
        for key in keys {
            self.durable(key, None, out);
        }
    }

    /// An entry is durable here or there, or refused for good: the calls that waited for nothing else are answered.
    pub(super) fn durable(&mut self, key: &Key, refused: Option<&Error>, out: &mut Vec<Effect>) {
        let calls = match self.outbox.entries.get_mut(key) {
            Some(entry) => std::mem::take(&mut entry.calls),
            None => return,
        };
        for call in calls {
            self.waits_no_more(call, key, refused, out);
        }
    }

    /// As [`Session::durable`], for one call.
    pub(super) fn waits_no_more(&mut self, call: CallId, key: &Key, refused: Option<&Error>, out: &mut Vec<Effect>) {
        let Some(waiting) = self.outbox.durable.get_mut(&call) else { return };
        waiting.waits.remove(key);
        if waiting.refused.is_none() {
            waiting.refused = refused.cloned();
        }
        if waiting.waits.is_empty() {
            let refused = waiting.refused.take();
            self.complete(call, refused.map_or(Ok(Answer::Done), Err), out);
        }
    }

    /// Answers a call, unless it was answered before: each is completed exactly once.
    pub(super) fn complete(&mut self, call: CallId, result: Result<Answer>, out: &mut Vec<Effect>) {
        self.ongoing.remove(&call);
        if let Some(durable) = self.outbox.durable.remove(&call) {
            for key in durable.waits {
                if let Some(entry) = self.outbox.entries.get_mut(&key) {
                    entry.calls.remove(&call);
                }
            }
        }
        if self.open.remove(&call) {
            if let Err(error) = &result {
                self.note(self.now, error);
            }
            out.push(Effect::Complete { call, result });
        }
    }

    /// Remembers an error for people who look for a fault.
    pub(super) fn note(&mut self, now: TimeMs, error: &Error) {
        if self.last_errors.len() >= LAST_ERRORS {
            self.last_errors.pop_front();
        }
        self.last_errors.push_back((now, error.clone()));
    }

    fn call(&mut self, now: TimeMs, call: CallId, command: Command, out: &mut Vec<Effect>) {
        self.open.insert(call);
        // Readable before connecting (R26, R16), once somebody has begun to log in.
        let started = self.logged_in || self.login_call.is_some();
        let result = match command {
            Command::TotalUnread if started => Ok(Some(Answer::Count(self.memory.total_unread()))),
            Command::CachedReceipts { ids } if started => Ok(Some(Answer::Receipts(self.cached_receipts(&ids)))),
            _ if !self.logged_in => Err(Error::new(
                ErrorCode::NotLoggedIn,
                "nobody is logged in here (any more); log in, and call when that has succeeded",
            )),
            command => self.command(now, call, command, out),
        };
        match result {
            Ok(Some(answer)) => self.complete(call, Ok(answer), out),
            Ok(None) => {}
            Err(error) => self.complete(call, Err(error), out),
        }
    }

    /// When something is due next.
    fn next_wake(&self, now: TimeMs) -> Option<TimeMs> {
        let requests = self.requests.values().map(|request| request.deadline).min();
        let durable = self.outbox.durable.values().map(|durable| durable.deadline).min();
        let retry = if matches!(self.link, Link::Live) {
            self.outbox
                .entries
                .values()
                .filter(|e| e.in_flight.is_none())
                .map(|e| e.not_before)
                .filter(|at| *at > now)
                .min()
        } else {
            None
        };
        [requests, durable, retry, self.line_wake()].into_iter().flatten().min()
    }

    /// The device's estimate of the service's clock.
    pub fn server_time(&self, now: TimeMs) -> TimeMs {
        now.saturating_add(self.state.clock_ahead_ms)
    }

    /// Whether a login stands: calls are not refused with 6014.
    pub fn is_logged_in(&self) -> bool {
        self.logged_in
    }

    /// Whether the line is up and the service has welcomed this device.
    pub fn is_connected(&self) -> bool {
        matches!(self.link, Link::Live)
    }

    /// R26: readable before connecting.
    pub fn total_unread(&self) -> u64 {
        self.memory.total_unread()
    }

    /// R26: what the device remembers of its conversations, latest activity first.
    pub fn conversations(&self) -> Vec<ConversationInfo> {
        self.memory.infos(&self.config.user)
    }

    /// R16: the summaries the device remembers of these messages, in this order; the others are left out. None while
    /// the user's receipts are off (R15).
    pub fn cached_receipts(&self, ids: &[MessageId]) -> Vec<MessageReceipt> {
        ids.iter().filter_map(|id| self.memory.receipt(id, None)).collect()
    }

    /// For people who look for a fault (R34): state, outbox length, last errors, versions.
    pub fn debug_state(&self) -> serde_json::Value {
        let errors: Vec<_> = self
            .last_errors
            .iter()
            .map(|(at, error)| serde_json::json!({ "at_ms": at, "code": error.code.number() }))
            .collect();
        serde_json::json!({
            "client": self.config.client,
            "protocol": crate::wire::VERSION,
            "logged_in": self.logged_in,
            "line": self.link.name(),
            "attempts": self.attempts,
            "service": self.state.service,
            "epoch": format!("{:016x}", self.state.epoch),
            "cursor": self.state.cursor,
            "clock_ahead_ms": self.state.clock_ahead_ms,
            "receipts_enabled": !self.state.receipts_off,
            "outbox": self.outbox.len(),
            "calls": self.open.len(),
            "requests": self.requests.len(),
            "events_waiting": self.deliver.undelivered(),
            "reading": !self.deliver.paused(),
            "total_unread": self.memory.total_unread(),
            "unreadable_rows": self.memory.unreadable,
            "last_errors": errors,
        })
    }
}
