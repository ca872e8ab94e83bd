//! The hub thread: every hub of the service, one input after another.

use crate::commit::{Job, Landing};
use crate::conn::{Conn, Queued};
use crate::inbox::Message;
use crate::metrics::ServiceMetrics;
use crate::service::{AppConfig, Apps, Shared};
use seenby_core::hub::{ConnId, Effect, Hub, HubConfig, Input};
use seenby_core::model::{AppId, Error, ErrorCode, Position, TimeMs};
use std::collections::{BTreeMap, HashMap, VecDeque};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::Sender;
use std::time::Duration;
use tokio::sync::oneshot;

/// Messages between two looks at what has landed: answers wait for that.
const MESSAGES_PER_TURN: usize = 256;

/// One app.
pub(crate) struct Slot {
    pub(crate) hub: Hub,
    pub(crate) lag_bytes: usize,
    wake_at: Option<TimeMs>,
    /// Everything of this app up to here is in snapshots.
    covered: Position,
    /// No event of it was replayed, or it has tidied up since: when nothing is dirty, everything is covered.
    tidy: bool,
    /// The ticket that was proposed last. They land in order.
    proposed: u64,
    /// The operator's calls that wait until this ticket has landed: what is answered holds from then on, and after a crash.
    answers: VecDeque<(u64, oneshot::Sender<bool>)>,
}

impl Slot {
    pub(crate) fn new(hub: Hub, lag_bytes: usize) -> Self {
        Self { hub, lag_bytes, wake_at: None, covered: 0, tidy: true, proposed: 0, answers: VecDeque::new() }
    }

    /// An event was replayed: it is not in a snapshot, until the hub says so.
    pub(crate) fn replayed(&mut self) {
        self.tidy = false;
    }
}

pub(crate) struct Driver {
    shared: Arc<Shared>,
    apps: Apps,
    hubs: BTreeMap<AppId, Slot>,
    conns: HashMap<ConnId, (AppId, Arc<Conn>)>,
    jobs: Sender<Job>,
    effects: Vec<Effect>,
    /// Appends that have not come back.
    in_flight: usize,
    /// The position that landed last.
    landed: Position,
    forgotten: Position,
    /// Connections that have to say Hello, and until when; all have the same time, so this is in order.
    greetings: VecDeque<(TimeMs, Arc<Conn>)>,
    failed: bool,
    stopping: Option<Stopping>,
}

#[derive(Default)]
struct Stopping {
    /// The hubs have been told.
    told: bool,
}

impl Driver {
    pub(crate) fn new(
        shared: Arc<Shared>,
        apps: Apps,
        hubs: BTreeMap<AppId, Slot>,
        jobs: Sender<Job>,
        head: Position,
    ) -> Self {
        Self {
            shared,
            apps,
            hubs,
            conns: HashMap::new(),
            jobs,
            effects: Vec::new(),
            in_flight: 0,
            landed: head,
            forgotten: 0,
            greetings: VecDeque::new(),
            failed: false,
            stopping: None,
        }
    }

    /// Runs until shutdown.
    pub(crate) fn run(mut self) {
        let shared = self.shared.clone();
        if catch_unwind(AssertUnwindSafe(|| self.turns())).is_err() {
            shared.fail("the hub thread panicked, which is a bug; see what was printed before this");
            for (_, conn) in self.conns.values() {
                conn.refuse(&internal());
            }
        }
        shared.inbox.close();
    }

    fn turns(&mut self) {
        for app in self.hubs.keys().copied().collect::<Vec<_>>() {
            self.start(app);
        }
        let mut landed = VecDeque::new();
        let mut messages = Vec::new();
        loop {
            self.shared.inbox.take(self.next_wake(), MESSAGES_PER_TURN, &mut landed, &mut messages);
            for landing in landed.drain(..) {
                self.land(landing);
            }
            for message in messages.drain(..) {
                self.take(message);
            }
            self.tick();
            if self.stopped() {
                return;
            }
        }
    }

    fn next_wake(&self) -> Option<Duration> {
        let hubs = self.hubs.values().filter_map(|slot| slot.wake_at);
        let at = hubs.chain(self.greetings.front().map(|(at, _)| *at)).min()?;
        let wait = at.saturating_sub(self.shared.now()).max(0);
        Some(Duration::from_millis(u64::try_from(wait).unwrap_or(0)))
    }

    fn tick(&mut self) {
        let now = self.shared.now();
        let due = |slot: &Slot| slot.wake_at.is_some_and(|at| at <= now);
        if self.hubs.values().any(due) {
            let apps: Vec<_> = self.hubs.iter().filter(|(_, slot)| due(slot)).map(|(app, _)| *app).collect();
            for app in apps {
                if let Some(slot) = self.hubs.get_mut(&app) {
                    slot.wake_at = None;
                }
                self.handle(app, Input::Tick);
            }
        }
        while let Some((at, conn)) = self.greetings.front() {
            if !conn.is_greeted() && !conn.is_gone() {
                if *at > now {
                    break;
                }
                conn.refuse(&Error::new(
                    ErrorCode::RequestTimeout,
                    format!("no Hello came within {} ms of connecting", self.shared.limits.hello_ms),
                ));
            }
            self.greetings.pop_front();
        }
    }

    fn take(&mut self, message: Message) {
        match message {
            Message::Watch(conn) => {
                let at = self.shared.now().saturating_add(self.shared.limits.hello_ms);
                self.greetings.push_back((at, conn));
            }
            Message::Hello(app, conn, input) => {
                if conn.is_gone() {
                    return; // Its Closed came, or is coming, and nobody else would forget it
                }
                if self.failed || self.stopping.is_some() || !self.know(app) {
                    conn.refuse(&self.shared.refusal().unwrap_or_else(internal));
                    return;
                }
                self.conns.insert(conn.id, (app, conn));
                self.handle(app, input);
            }
            Message::Frame(app, input) => {
                if self.stopping.is_none() {
                    self.handle(app, input);
                }
            }
            Message::Closed(conn) => self.forget(conn),
            Message::Lagging(conn) => {
                if let Some((app, _)) = self.conns.get(&conn) {
                    self.handle(*app, Input::Lagging { conn });
                }
            }
            Message::Drained(conn) => {
                if let Some((app, _)) = self.conns.get(&conn) {
                    self.handle(*app, Input::Drained { conn });
                }
            }
            Message::Admin(app, input, answer) => {
                let known = !self.failed && self.stopping.is_none() && self.know(app);
                if known {
                    self.operate(app, input, answer);
                } else {
                    let _ = answer.send(false);
                }
            }
            Message::Settings(app, answer) => {
                let _ = answer.send(self.hubs.get(&app).map(|slot| slot.hub.settings()));
            }
            Message::Metrics(answer) => self.metrics(answer),
            Message::Wake => {}
            Message::Failed => self.fail(),
            Message::ShutDown => {
                self.shared.inbox.refuse_frames();
                self.stopping.get_or_insert_default();
            }
        }
    }

    /// Whether there is such an app; where any app may come, it is made now.
    fn know(&mut self, app: AppId) -> bool {
        if self.hubs.contains_key(&app) {
            return true;
        }
        let Apps::Any { settings, limits } = &self.apps else { return false };
        let config = AppConfig { app, settings: settings.clone(), limits: limits.clone() };
        let lag_bytes = config.limits.lag_bytes;
        let hub = Hub::new(hub_config(&self.shared, config), self.shared.now());
        self.hubs.insert(app, Slot::new(hub, lag_bytes));
        self.start(app);
        !self.failed
    }

    /// Starts a hub, and waits until the settings that it proposes hold: nobody is served by others.
    fn start(&mut self, app: AppId) {
        self.call(app, Hub::start);
        let Some(proposed) = self.hubs.get(&app).map(|slot| slot.proposed) else { return };
        let mut landed = VecDeque::new();
        let mut last = 0;
        while last < proposed && !self.failed && self.shared.refusal().is_none() {
            self.shared.inbox.take_landed(&mut landed);
            for landing in landed.drain(..) {
                if landing.app == app {
                    last = last.max(landing.ticket);
                }
                self.land(landing);
            }
        }
    }

    /// Does what the operator wants; answers when it has landed.
    fn operate(&mut self, app: AppId, input: Input, answer: oneshot::Sender<bool>) {
        let proposed = |driver: &Self| driver.hubs.get(&app).map_or(0, |slot| slot.proposed);
        let before = proposed(self);
        self.handle(app, input);
        let after = proposed(self);
        match self.hubs.get_mut(&app) {
            Some(slot) if after > before && !self.failed => slot.answers.push_back((after, answer)),
            // It holds already.
            _ => {
                let _ = answer.send(!self.failed);
            }
        }
    }

    fn land(&mut self, Landing { app, ticket, records }: Landing) {
        self.in_flight = self.in_flight.saturating_sub(1);
        let is_stored = records.is_ok();
        match records {
            Ok((first, records)) => {
                for (position, record) in (first..).zip(records) {
                    self.landed = self.landed.max(position);
                    self.handle(app, Input::Landed { position, record, ticket: Some(ticket) });
                }
            }
            Err(why) => self.handle(app, Input::AppendFailed { ticket, why }),
        }
        let Some(slot) = self.hubs.get_mut(&app) else { return };
        while slot.answers.front().is_some_and(|(waits_for, _)| *waits_for <= ticket) {
            let Some((_, answer)) = slot.answers.pop_front() else { return };
            let _ = answer.send(is_stored && !self.failed);
        }
    }

    fn forget(&mut self, conn: ConnId) {
        if let Some((app, _)) = self.conns.remove(&conn) {
            self.handle(app, Input::Closed { conn });
        }
    }

    fn handle(&mut self, app: AppId, input: Input) {
        self.call(app, |hub, now, out| hub.handle(now, input, out));
    }

    /// Calls a hub and does what it wants. A panic in it is a bug that must not go unseen: its state cannot be trusted any
    /// more, so the whole service stops; what it acknowledged is in the journal.
    fn call(&mut self, app: AppId, call: impl FnOnce(&mut Hub, TimeMs, &mut Vec<Effect>)) {
        if self.failed {
            return;
        }
        let Some(slot) = self.hubs.get_mut(&app) else { return };
        let (now, effects) = (self.shared.now(), &mut self.effects);
        if catch_unwind(AssertUnwindSafe(|| call(&mut slot.hub, now, effects))).is_err() {
            self.effects.clear();
            self.shared.fail(&format!(
                "the hub of app {app} panicked, which is a bug; see what was printed before this. Nothing that was \
                 acknowledged is lost: start the service again"
            ));
            self.fail();
            return;
        }
        let lag_bytes = slot.lag_bytes;
        let mut effects = std::mem::take(&mut self.effects);
        for effect in effects.drain(..) {
            self.effect(app, lag_bytes, effect);
        }
        if self.effects.is_empty() {
            self.effects = effects; // Keeps its allocation
        }
    }

    fn effect(&mut self, app: AppId, lag_bytes: usize, effect: Effect) {
        match effect {
            Effect::Append { ticket, records } => {
                self.in_flight += 1;
                if let Some(slot) = self.hubs.get_mut(&app) {
                    slot.proposed = ticket;
                }
                self.job(Job::Append { app, ticket, records });
            }
            Effect::Send { conn, frame } => {
                if let Some((_, to)) = self.conns.get(&conn) {
                    let queued = to.send(frame, lag_bytes);
                    self.queued(conn, queued);
                }
            }
            Effect::SendWithBodies { conn, frame, bodies } => {
                if let Some((_, to)) = self.conns.get(&conn) {
                    let queued = to.send_with_bodies(frame, bodies, lag_bytes);
                    self.queued(conn, queued);
                }
            }
            Effect::Close { conn } => {
                if let Some((_, conn)) = self.conns.get(&conn) {
                    conn.end();
                }
            }
            Effect::RollUp { log, as_of, parts } => self.job(Job::RollUp { app, log, as_of, parts }),
            Effect::Forget { up_to } => {
                if let Some(slot) = self.hubs.get_mut(&app) {
                    slot.covered = slot.covered.max(up_to);
                    slot.tidy = true;
                }
                self.forget_events();
            }
            Effect::DropBodies { positions } => self.job(Job::DropBodies(positions)),
            Effect::WakeAt(at) => {
                if let Some(slot) = self.hubs.get_mut(&app) {
                    slot.wake_at = Some(at);
                }
            }
        }
    }

    /// The hub hears of it as an input of its own, after what it is doing now.
    fn queued(&self, conn: ConnId, queued: Queued) {
        match queued {
            Queued::Fine => {}
            Queued::Lagging => self.shared.inbox.push(Message::Lagging(conn)),
            Queued::Cut => self.shared.inbox.push(Message::Closed(conn)),
        }
    }

    /// One journal serves every app: it may forget only what all of them have in snapshots.
    fn forget_events(&mut self) {
        let covered = |slot: &Slot| {
            let tidy = slot.tidy && slot.hub.metrics().dirty_logs == 0;
            slot.hub.may_forget(if tidy { self.landed } else { slot.covered })
        };
        let up_to = self.hubs.values().map(covered).min().unwrap_or(0);
        if up_to > self.forgotten {
            self.forgotten = up_to;
            self.job(Job::Forget(up_to));
        }
    }

    fn job(&self, job: Job) {
        if self.jobs.send(job).is_err() {
            self.shared.fail("the journal's thread has ended, which is a bug");
        }
    }

    fn metrics(&self, answer: oneshot::Sender<ServiceMetrics>) {
        let mut metrics = ServiceMetrics {
            apps: self.hubs.iter().map(|(app, slot)| (*app, slot.hub.metrics())).collect(),
            position: self.landed,
            ..ServiceMetrics::default()
        };
        self.shared.counters.fill(&mut metrics);
        self.job(Job::DiskUsage(Box::new(move |disk| {
            let _ = answer.send(ServiceMetrics { disk, ..metrics });
        })));
    }

    /// Everything is refused from now on.
    fn fail(&mut self) {
        if std::mem::replace(&mut self.failed, true) {
            return;
        }
        for (_, conn) in self.conns.values() {
            conn.refuse(&internal());
        }
    }

    /// Shutting down: whether nothing is left to wait for.
    fn stopped(&mut self) -> bool {
        let Some(stopping) = &mut self.stopping else { return false };
        if self.in_flight > 0 && !self.failed {
            return false;
        }
        // What was proposed has landed and was answered. Now the hubs send what they held back, and say goodbye.
        if !std::mem::replace(&mut stopping.told, true) {
            for app in self.hubs.keys().copied().collect::<Vec<_>>() {
                self.handle(app, Input::ShutDown);
            }
            for (_, conn) in self.conns.values() {
                conn.end();
            }
            let goodbye = self.shared.refusal().unwrap_or_else(internal);
            for (_, conn) in self.greetings.drain(..) {
                if !conn.is_greeted() {
                    conn.refuse(&goodbye);
                }
            }
            if self.in_flight > 0 && !self.failed {
                return false;
            }
        }
        self.job(Job::Close);
        true
    }
}

/// How a hub is set up in this service.
pub(crate) fn hub_config(shared: &Shared, app: AppConfig) -> HubConfig {
    HubConfig {
        app: app.app,
        service_id: shared.service_id.clone(),
        epoch: shared.epoch,
        secret: shared.secret,
        settings: app.settings,
        limits: app.limits,
        server: shared.server_name.clone(),
    }
}

/// What a failed service says to everybody.
pub(crate) fn internal() -> Error {
    Error::new(
        ErrorCode::ServiceInternal,
        "the service has failed and takes nothing until it is started again; nothing was applied",
    )
}
