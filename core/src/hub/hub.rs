//! The hub itself: what it holds, and which part of it takes which input.

use super::book::{Book, ConvIdx, Log};
use super::conns::Conns;
use super::housekeeping::Cycle;
use super::log_key::{self, LogName};
use super::notices::Notice;
use super::proposals::Proposal;
use super::{ConnId, Effect, HubConfig, HubMetrics, Input, LogKey, Record};
use crate::ledger::journal::{Event, event};
use crate::ledger::{Change, Outcome, ReadOutcome};
use crate::model::{AppId, AppSettings, Error, GroupId, Position, Seq, TimeMs, UserId};
use crate::wire::{self, frame};
use prost::Message as _;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// What a timer is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Timer {
    /// Summaries that are ready.
    Touched,
    /// Summaries held back (R12).
    Flush(ConnId),
    /// R24.
    Idle(ConnId),
    /// The token runs out (R21).
    Token(ConnId),
    /// A group's changes (R25).
    Notice(ConvIdx),
    /// Expiry, roll-up, jobs.
    House,
}

/// The brain of the service for one app.
///
/// A driver makes one, gives it every snapshot ([`Hub::restore`]) and then every event after ([`Hub::replay`]), calls
/// [`Hub::start`], and from then on [`Hub::handle`] with whatever happens.
pub struct Hub {
    pub(super) config: HubConfig,
    pub(super) book: Book,
    pub(super) conns: Conns,
    pub(super) proposals: HashMap<u64, Proposal>,
    pub(super) next_ticket: u64,
    /// Requests that wait until a group of this id has been created, or not (R25).
    pub(super) creating: BTreeMap<GroupId, Vec<(ConnId, wire::Request)>>,
    pub(super) notices: HashMap<ConvIdx, Notice>,
    pub(super) timers: BTreeSet<(TimeMs, Timer)>,
    pub(super) asked: Option<TimeMs>,
    /// Never goes back, whatever the driver's clock does.
    pub(super) now: TimeMs,
    pub(super) cycle: Option<Cycle>,
    /// When the last round of snapshots began, and at which position.
    pub(super) rolled_up: (TimeMs, Position),
    /// Where the last look for expired messages ended.
    pub(super) expiry: ConvIdx,
    /// Erasures with an append under way (R32).
    pub(super) erasing: BTreeSet<UserId>,
    /// Settings that were proposed and have not landed.
    pub(super) configuring: usize,
    pub(super) ending: bool,
    pub(super) made: u64,
    pub(super) reads: Vec<(Seq, ReadOutcome)>,
    pub(super) metrics: HubMetrics,
}

impl Hub {
    /// An empty hub.
    pub fn new(config: HubConfig, now: TimeMs) -> Self {
        Self {
            book: Book::new(config.app, config.secret),
            config,
            conns: Conns::default(),
            proposals: HashMap::new(),
            next_ticket: 1,
            creating: BTreeMap::new(),
            notices: HashMap::new(),
            timers: BTreeSet::new(),
            asked: None,
            now,
            cycle: None,
            rolled_up: (now, 0),
            expiry: 0,
            erasing: BTreeSet::new(),
            configuring: 0,
            ending: false,
            made: 0,
            reads: Vec::new(),
            metrics: HubMetrics::default(),
        }
    }

    /// The key of a log: opaque, the same in every process that has the journal's secret.
    pub fn log_key(secret: &[u8; 32], app: AppId, name: &LogName<'_>) -> LogKey {
        log_key::log_key(secret, app, name)
    }

    /// Takes all parts of one log's snapshot. If a newer SeenBy wrote it, requests about that conversation or user are
    /// refused from then on, and nothing of the log is rolled up or forgotten ([`HubMetrics::logs_stopped`]).
    ///
    /// # Errors
    /// The app's own log is not understood, for the operator.
    pub fn restore(&mut self, log: LogKey, as_of: Position, parts: Vec<(u64, Vec<u8>)>) -> Result<(), String> {
        self.book.restore(log, as_of, parts)
    }

    /// Applies one event of the journal, after all snapshots, in position order. Nothing is sent. Events and rules that
    /// are not known stop their log, as in [`Hub::restore`].
    ///
    /// # Errors
    /// That log is the app's own, or of a kind unknown to this version: the operator needs a newer program.
    pub fn replay(&mut self, position: Position, record: &Record) -> Result<(), String> {
        self.now = self.now.max(record.event.time_ms);
        let mut reads = std::mem::take(&mut self.reads);
        let result = self.book.apply(position, record, &mut reads).map(|_| ());
        self.reads = reads;
        result
    }

    /// After the last replay: resumes jobs, proposes settings that changed, asks for the first Tick.
    pub fn start(&mut self, now: TimeMs, out: &mut Vec<Effect>) {
        self.tell_time(now);
        if let Some(settings) = self.config.settings.clone() {
            self.configure(settings, out);
        }
        self.resume_erasures(out);
        self.timers.insert((self.now.saturating_add(self.config.limits.housekeeping_ms), Timer::House));
        self.ask_wake(out);
    }

    /// Something happened; what is to be done is appended to `out`, in order.
    pub fn handle(&mut self, now: TimeMs, input: Input, out: &mut Vec<Effect>) {
        self.tell_time(now);
        let landed = matches!(input, Input::Landed { .. });
        match input {
            Input::Hello { conn, request, hello, identity } => self.hello(conn, request, hello, identity, out),
            Input::Request { conn, request } => self.request(conn, request, out),
            Input::Renewed { conn, request, identity } => self.renewed(conn, request, identity, out),
            Input::Closed { conn } => self.drop_conn(conn),
            Input::Lagging { conn } => self.lagging(conn),
            Input::Drained { conn } => self.drained(conn, out),
            Input::Landed { position, record, ticket } => self.landed(position, &record, ticket, out),
            Input::AppendFailed { ticket, why } => self.append_failed(ticket, &why, out),
            Input::Configure(settings) => self.configure(*settings, out),
            Input::DeleteUser(user) => self.delete_user(&user, out),
            Input::RevokeTokens(user) => self.revoke_tokens(&user, out),
            Input::DeleteMessage { conversation, id } => self.delete_message(&conversation, &id, out),
            Input::ShutDown => self.shut_down(out),
            // The driver forgets what it was asked when it ticks.
            Input::Tick => self.asked = None,
        }
        if landed && !self.conns.touched.is_empty() {
            // More may be landing with this: one frame tells of all of it.
            self.timers.insert((self.now, Timer::Touched));
        } else {
            self.run_timers(out);
            self.flush_touched(out);
        }
        self.ask_wake(out);
    }

    /// The app's settings as they stand in its log.
    pub fn settings(&self) -> AppSettings {
        self.book.settings().clone()
    }

    /// What this hub has counted.
    pub fn metrics(&self) -> HubMetrics {
        self.counted()
    }

    fn tell_time(&mut self, now: TimeMs) {
        self.now = self.now.max(now);
    }

    fn run_timers(&mut self, out: &mut Vec<Effect>) {
        while let Some((at, timer)) = self.timers.first().copied() {
            if at > self.now {
                break;
            }
            self.timers.pop_first();
            match timer {
                Timer::Flush(conn) => self.summaries_due(conn),
                Timer::Idle(conn) => self.check_idle(conn, out),
                Timer::Token(conn) => self.check_token(conn, out),
                Timer::Notice(conv) => self.notice_due(conv, out),
                Timer::House => self.keep_house(out),
                // What was touched is flushed after the timers.
                Timer::Touched => {}
            }
        }
    }

    fn ask_wake(&mut self, out: &mut Vec<Effect>) {
        if let Some((at, _)) = self.timers.first()
            && self.asked != Some(*at)
        {
            self.asked = Some(*at);
            out.push(Effect::WakeAt(*at));
        }
    }

    // ---- what landed ----

    fn landed(&mut self, at: Position, record: &Record, ticket: Option<u64>, out: &mut Vec<Effect>) {
        self.now = self.now.max(record.event.time_ms);
        let mut reads = std::mem::take(&mut self.reads);
        match self.book.apply(at, record, &mut reads) {
            Ok((log, outcome)) => {
                self.count(&outcome, &reads);
                let asker = self.settle(ticket, log, &outcome, &reads, out);
                if let Outcome::Applied(change) = &outcome {
                    self.notify(at, record, log, change, &reads, asker, out);
                }
                self.settled(ticket, out);
            }
            Err(why) => {
                self.settle(ticket, Log::App, &Outcome::Unsupported(why), &[], out);
                self.settled(ticket, out);
            }
        }
        self.reads = reads;
    }

    fn count(&mut self, outcome: &Outcome, reads: &[(Seq, ReadOutcome)]) {
        if let Outcome::Applied(Change::Sent { repeat: false, .. }) = outcome {
            self.metrics.messages += 1;
        }
        for (_, read) in reads {
            match read {
                ReadOutcome::New => self.metrics.receipts_taken += 1,
                ReadOutcome::Repeat => self.metrics.receipts_repeated += 1,
                ReadOutcome::Dropped => self.metrics.receipts_dropped += 1,
                ReadOutcome::Unknown => self.metrics.receipts_unknown += 1,
            }
        }
    }

    // ---- what is sent ----

    /// An event of now.
    pub(super) fn event(&self, body: event::Body) -> Event {
        Event { time_ms: self.now, body: Some(body) }
    }

    /// Sends a frame to one connection.
    pub(super) fn send(&mut self, conn: ConnId, frame: &wire::Frame, out: &mut Vec<Effect>) {
        out.push(Effect::Send { conn, frame: frame.encode_to_vec().into() });
    }

    /// A frame that reflects everything applied.
    pub(super) fn frame(&self, request: u64, body: frame::Body) -> wire::Frame {
        wire::Frame { request, position: self.book.head, cursor: 0, body: Some(body) }
    }

    /// Answers a request, if who asked is still there.
    pub(super) fn reply(&mut self, conn: ConnId, request: u64, body: frame::Body, out: &mut Vec<Effect>) {
        if self.conns.get(conn).is_none() {
            return;
        }
        let frame = self.frame(request, body);
        self.send(conn, &frame, out);
    }

    /// Answers with messages in it: what they say is filled in by the driver.
    pub(super) fn reply_with_bodies(
        &mut self,
        conn: ConnId,
        request: u64,
        body: frame::Body,
        bodies: Vec<Position>,
        out: &mut Vec<Effect>,
    ) {
        if self.conns.get(conn).is_none() {
            return;
        }
        let frame = self.frame(request, body);
        if bodies.iter().all(|position| *position == 0) {
            self.send(conn, &frame, out);
        } else {
            out.push(Effect::SendWithBodies { conn, frame: Box::new(frame), bodies });
        }
    }

    /// Refuses a request.
    pub(super) fn refuse(&mut self, conn: ConnId, request: u64, error: Error, out: &mut Vec<Effect>) {
        self.metrics.refused += 1;
        let frame = self.frame(request, frame::Body::Error(wire_error(error)));
        self.send(conn, &frame, out);
    }
}

/// An error as it goes over the wire.
pub(super) fn wire_error(error: Error) -> wire::Error {
    wire::Error { code: error.code.number(), message: error.message, retry_after_ms: error.retry_after_ms }
}
