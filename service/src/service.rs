//! Starting a service, its connections, what its operator can do, and its end.

use crate::auth::Authenticator;
use crate::clock::Clock;
use crate::commit;
use crate::conn::{Conn, Connection, Outgoing, pair};
use crate::driver::{Driver, Slot, hub_config, internal};
use crate::inbox::{Inbox, Message};
use crate::metrics::{Counters, ServiceMetrics};
use prost::Message as _;
use seenby_core::hub::{ConnId, Hub, HubLimits, Input, Record};
use seenby_core::ledger::journal;
use seenby_core::model::{AppId, AppSettings, ConvKey, Error, ErrorCode, MessageId, Position, TimeMs, UserId};
use seenby_core::wire;
use seenby_store::{Bodies, Journal, StoreError};
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering};
use std::time::Duration;
use tokio::sync::{Notify, oneshot, watch};

/// What a service is made of.
pub struct ServiceConfig {
    /// Where its events live.
    pub journal: Box<dyn Journal>,
    /// Which apps it serves.
    pub apps: Apps,
    /// Who checks userSigs.
    pub authenticator: Arc<dyn Authenticator>,
    /// Name and version, for Welcome.
    pub server_name: String,
    /// What time it is.
    pub clock: Arc<dyn Clock>,
    /// Limits that hold for all apps.
    pub limits: ServiceLimits,
}

/// One app.
#[derive(Clone, Debug)]
pub struct AppConfig {
    /// Its sdkAppID.
    pub app: AppId,
    /// What the operator wants now; `None`: whatever stands in the journal.
    pub settings: Option<AppSettings>,
    /// Limits of its devices.
    pub limits: HubLimits,
}

/// The apps of a service.
#[derive(Clone, Debug)]
pub enum Apps {
    /// These, and no others.
    These(Vec<AppConfig>),
    /// Whichever comes: an app is made when it is first seen (embedded mode).
    Any {
        /// As in [`AppConfig`].
        settings: Option<AppSettings>,
        /// As in [`AppConfig`].
        limits: HubLimits,
    },
}

impl Default for Apps {
    fn default() -> Self {
        Self::Any { settings: None, limits: HubLimits::default() }
    }
}

/// R24, for all apps.
#[derive(Clone, Debug)]
pub struct ServiceLimits {
    /// Unsent bytes at which a connection is cut.
    pub max_unsent: usize,
    /// A connection that lagged (the app's `lag_bytes`) counts as drained when its unsent bytes have fallen to this.
    pub drained_bytes: usize,
    /// Hello must come within this (ms).
    pub hello_ms: TimeMs,
    /// Frames from devices that may wait for the hubs; who sends more waits.
    pub waiting_frames: usize,
    /// How long shutdown waits for connections to take their last frames.
    pub linger: Duration,
}

impl Default for ServiceLimits {
    fn default() -> Self {
        Self {
            max_unsent: 8 << 20,
            drained_bytes: 256 << 10,
            hello_ms: 10_000,
            waiting_frames: 4096,
            linger: Duration::from_secs(3),
        }
    }
}

/// Why a service did not start.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StartError {
    /// The journal failed.
    Store(StoreError),
    /// The journal holds something that this program does not understand. Rather than guess, nothing is served.
    Log {
        /// Whose.
        app: AppId,
        /// Where in the journal.
        position: Position,
        /// What is wrong with it.
        what: String,
    },
    /// The system gave no thread.
    Thread(String),
}

impl std::fmt::Display for StartError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Store(e) => e.fmt(f),
            Self::Log { app, position, what } => write!(
                f,
                "the journal has something at position {position} (app {app}) that this version cannot read: {what}; \
                 was it written by a newer version? Then use that one. Else restore the last backup"
            ),
            Self::Thread(why) => write!(f, "the system gives no thread: {why}"),
        }
    }
}

impl std::error::Error for StartError {}

impl From<StoreError> for StartError {
    fn from(e: StoreError) -> Self {
        Self::Store(e)
    }
}

/// What the threads of a service share.
pub(crate) struct Shared {
    pub(crate) inbox: Inbox,
    pub(crate) counters: Counters,
    pub(crate) limits: ServiceLimits,
    pub(crate) authenticator: Arc<dyn Authenticator>,
    pub(crate) server_name: String,
    pub(crate) service_id: String,
    pub(crate) epoch: u64,
    pub(crate) secret: [u8; 32],
    /// The journal is closed.
    pub(crate) closed: watch::Sender<bool>,
    /// A connection has gone.
    pub(crate) left: Notify,
    bodies: Arc<dyn Bodies>,
    clock: Arc<dyn Clock>,
    /// Time is never before that of the last event, whatever the machine's clock says after a restart.
    not_before: AtomicI64,
    next_conn: AtomicU64,
    stopping: AtomicBool,
    failed: watch::Sender<Option<String>>,
}

impl Shared {
    pub(crate) fn new(
        journal: &dyn Journal,
        authenticator: Arc<dyn Authenticator>,
        server_name: String,
        clock: Arc<dyn Clock>,
        limits: ServiceLimits,
    ) -> Self {
        Self {
            inbox: Inbox::new(limits.waiting_frames),
            counters: Counters::default(),
            limits,
            authenticator,
            server_name,
            service_id: journal.service_id().to_owned(),
            epoch: journal.epoch(),
            secret: journal.secret(),
            closed: watch::Sender::new(false),
            left: Notify::new(),
            bodies: journal.bodies(),
            clock,
            not_before: AtomicI64::new(0),
            next_conn: AtomicU64::new(1),
            stopping: AtomicBool::new(false),
            failed: watch::Sender::new(None),
        }
    }

    pub(crate) fn now(&self) -> TimeMs {
        self.clock.now().max(self.not_before.load(Ordering::Relaxed))
    }

    /// The service cannot go on. The first reason counts.
    pub(crate) fn fail(&self, why: &str) {
        let first = self.failed.send_if_modified(|failed| {
            let first = failed.is_none();
            if first {
                *failed = Some(why.to_owned());
            }
            first
        });
        if first {
            tracing::error!("{why}");
            self.inbox.push(Message::Failed);
        }
    }

    /// Why nothing is taken any more, if so.
    pub(crate) fn refusal(&self) -> Option<Error> {
        if self.failed.borrow().is_some() {
            return Some(internal());
        }
        self.stopping
            .load(Ordering::Acquire)
            .then(|| Error::new(ErrorCode::Disconnected, "the service is shutting down; connect again in a while"))
    }

    /// Puts into a frame what its messages say.
    pub(crate) fn fill_in(&self, mut frame: wire::Frame, bodies: &[Position]) -> Arc<[u8]> {
        for (message, position) in frame.messages_mut().zip(bodies) {
            if *position == 0 {
                continue;
            }
            match self.bodies.get(*position) {
                Ok(Some(body)) => match wire::Content::decode(body.as_slice()) {
                    Ok(content) => message.content = Some(content),
                    Err(e) => tracing::error!("the body at position {position} is damaged: {e}"),
                },
                Ok(None) => {} // Expired or recalled meanwhile
                Err(e) => tracing::error!("the body at position {position} cannot be read: {e}"),
            }
        }
        wire::encode_frame(&frame).into()
    }
}

/// A running service. Dropping it shuts it down without waiting; [`Service::shutdown`] waits.
pub struct Service {
    shared: Arc<Shared>,
}

impl Service {
    /// Restores every hub from the journal, then runs. Blocks while it reads the journal.
    ///
    /// # Errors
    /// The journal fails, or holds what this version cannot read.
    pub fn start(config: ServiceConfig) -> Result<Self, StartError> {
        let ServiceConfig { journal, apps, authenticator, server_name, clock, limits } = config;
        let shared = Arc::new(Shared::new(&*journal, authenticator, server_name, clock, limits));
        let hubs = restore(&shared, &apps, &*journal)?;
        let head = journal.head();
        let (jobs, work) = std::sync::mpsc::channel();
        let committer = shared.clone();
        spawn("seenby-journal", move || commit::run(committer, journal, &work))?;
        let driver = Driver::new(shared.clone(), apps, hubs, jobs, head);
        spawn("seenby-hub", move || driver.run())?;
        Ok(Self { shared })
    }

    /// The service's id, made with its journal.
    pub fn id(&self) -> &str {
        &self.shared.service_id
    }

    /// A new connection: bytes from the device go into the one end, bytes for it come out of the other. It ends when
    /// either is dropped. The first frame must be Hello.
    pub fn connect(&self) -> (Connection, Outgoing) {
        let id = ConnId(self.shared.next_conn.fetch_add(1, Ordering::Relaxed));
        let conn = Conn::new(id, self.shared.clone());
        if let Some(error) = self.shared.refusal() {
            conn.refuse(&error);
        } else {
            self.shared.inbox.push(Message::Watch(conn.clone()));
        }
        pair(&conn)
    }

    /// Changes an app's settings: once this has returned they are in the journal, and hold for whatever is asked then.
    ///
    /// # Errors
    /// 6017 if there is no such app, 10002 if the service has failed.
    pub async fn configure(&self, app: AppId, settings: AppSettings) -> Result<(), Error> {
        self.admin(app, Input::Configure(Box::new(settings))).await
    }

    /// Begins to delete a user (R32): a job that resumes after a restart. Once this has returned the user is refused.
    ///
    /// # Errors
    /// As [`Service::configure`].
    pub async fn delete_user(&self, app: AppId, user: UserId) -> Result<(), Error> {
        self.admin(app, Input::DeleteUser(user)).await
    }

    /// Ends every userSig of the user that was issued before now.
    ///
    /// # Errors
    /// As [`Service::configure`].
    pub async fn revoke_tokens(&self, app: AppId, user: UserId) -> Result<(), Error> {
        self.admin(app, Input::RevokeTokens(user)).await
    }

    /// Deletes a message and its receipts (R32). One that does not exist is no error.
    ///
    /// # Errors
    /// As [`Service::configure`].
    pub async fn delete_message(&self, app: AppId, conversation: ConvKey, id: MessageId) -> Result<(), Error> {
        self.admin(app, Input::DeleteMessage { conversation, id: id.as_str().to_owned() }).await
    }

    async fn admin(&self, app: AppId, input: Input) -> Result<(), Error> {
        let (answer, done) = oneshot::channel();
        self.shared.inbox.push(Message::Admin(app, input, answer));
        match done.await {
            Ok(true) => Ok(()),
            Ok(false) => Err(self.shared.refusal().unwrap_or_else(|| no_app(app))),
            Err(_) => Err(self.shared.refusal().unwrap_or_else(internal)),
        }
    }

    /// An app's settings, as they stand in its log.
    ///
    /// # Errors
    /// As [`Service::configure`].
    pub async fn settings(&self, app: AppId) -> Result<AppSettings, Error> {
        let (answer, settings) = oneshot::channel();
        self.shared.inbox.push(Message::Settings(app, answer));
        let settings = settings.await.map_err(|_| self.shared.refusal().unwrap_or_else(internal))?;
        settings.ok_or_else(|| no_app(app))
    }

    /// What the service has counted.
    ///
    /// # Errors
    /// 10002, or 9508 if it is shutting down.
    pub async fn metrics(&self) -> Result<ServiceMetrics, Error> {
        let (answer, metrics) = oneshot::channel();
        self.shared.inbox.push(Message::Metrics(answer));
        metrics.await.map_err(|_| self.shared.refusal().unwrap_or_else(internal))
    }

    /// Whether the service has failed, and why.
    pub fn failure(&self) -> Option<String> {
        self.shared.failed.borrow().clone()
    }

    /// Resolves when the service fails (the journal refused, or a bug): everything is refused with 10002 from then on, and
    /// the process should end and be started again. Never resolves otherwise.
    pub fn failed(&self) -> impl Future<Output = String> + Send + 'static {
        let mut failed = self.shared.failed.subscribe();
        async move {
            loop {
                if let Some(why) = &*failed.borrow_and_update() {
                    return why.clone();
                }
                if failed.changed().await.is_err() {
                    std::future::pending::<()>().await;
                }
            }
        }
    }

    /// Looks at the clock again: for tests, after a driven clock has jumped.
    pub fn wake(&self) {
        self.shared.inbox.push(Message::Wake);
    }

    /// Takes nothing more, waits until everything proposed is durable and answered, sends what was held back, closes the
    /// connections and the journal, and waits a moment for the connections to take their last frames.
    pub async fn shutdown(&self) {
        self.begin_shutdown();
        let mut closed = self.shared.closed.subscribe();
        let _ = closed.wait_for(|closed| *closed).await;
        let linger = tokio::time::sleep(self.shared.limits.linger);
        tokio::pin!(linger);
        loop {
            let left = self.shared.left.notified();
            tokio::pin!(left);
            left.as_mut().enable();
            if self.shared.counters.connections.load(Ordering::Relaxed) == 0 {
                return;
            }
            tokio::select! {
                () = left => {}
                () = &mut linger => return,
            }
        }
    }

    fn begin_shutdown(&self) {
        self.shared.stopping.store(true, Ordering::Release);
        self.shared.inbox.push(Message::ShutDown);
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        self.begin_shutdown();
    }
}

fn no_app(app: AppId) -> Error {
    Error::invalid(format!("there is no app {app} here; see the apps in the service's configuration"))
}

fn spawn(name: &str, run: impl FnOnce() + Send + 'static) -> Result<(), StartError> {
    let thread = std::thread::Builder::new().name(name.to_owned());
    thread.spawn(run).map(drop).map_err(|e| StartError::Thread(e.to_string()))
}

/// Every hub from its snapshots and the events after them. Apps that are in the journal but not in the configuration are
/// restored too: their retention goes on, and nothing of theirs is forgotten by others' tidying; nobody can connect to them.
fn restore(shared: &Shared, apps: &Apps, journal: &dyn Journal) -> Result<BTreeMap<AppId, Slot>, StartError> {
    let now = shared.now();
    let mut hubs: BTreeMap<AppId, Slot> = BTreeMap::new();
    let make = |config: AppConfig| {
        let lag_bytes = config.limits.lag_bytes;
        Slot::new(Hub::new(hub_config(shared, config), now), lag_bytes)
    };
    if let Apps::These(apps) = apps {
        hubs.extend(apps.iter().map(|config| (config.app, make(config.clone()))));
    }
    let unconfigured = |app: AppId| match apps {
        Apps::Any { settings, limits } => make(AppConfig { app, settings: settings.clone(), limits: limits.clone() }),
        Apps::These(_) => make(AppConfig { app, settings: None, limits: HubLimits::default() }),
    };
    let mut wrong = None;
    let stop = || StoreError::Io { path: std::path::PathBuf::new(), what: "reading was stopped".to_owned() };
    let result = journal.snapshots(&mut |app, log, as_of, parts| {
        let slot = hubs.entry(app).or_insert_with(|| unconfigured(app));
        let parts = parts.into_iter().map(|part| (part.part, part.bytes)).collect();
        guarded(|| slot.hub.restore(log, as_of, parts)).map_err(|what| {
            wrong = Some(StartError::Log { app, position: as_of, what });
            stop()
        })
    });
    give(result, &mut wrong)?;
    let mut latest = 0;
    let result = journal.replay(journal.floor(), &mut |position, record| {
        let app = record.app;
        let slot = hubs.entry(app).or_insert_with(|| unconfigured(app));
        slot.replayed();
        let replayed = journal::Event::decode(record.event.as_slice())
            .map_err(|e| format!("the event cannot be decoded: {e}"))
            .and_then(|event| {
                latest = latest.max(event.time_ms);
                let record = Record { log: record.log, event, body: None };
                guarded(|| slot.hub.replay(position, &record))
            });
        replayed.map_err(|what| {
            wrong = Some(StartError::Log { app, position, what });
            stop()
        })
    });
    give(result, &mut wrong)?;
    shared.not_before.store(latest, Ordering::Relaxed);
    for (app, slot) in &hubs {
        let stopped = slot.hub.metrics().logs_stopped;
        if stopped > 0 {
            tracing::error!(
                "app {app}: {stopped} conversations or users were written by a newer SeenBy; requests about them are \
                 refused with 10002 until the newer version is used again, which finds all of it"
            );
        }
    }
    Ok(hubs)
}

fn give(result: Result<(), StoreError>, wrong: &mut Option<StartError>) -> Result<(), StartError> {
    match (result, wrong.take()) {
        (_, Some(wrong)) => Err(wrong),
        (result, None) => result.map_err(StartError::Store),
    }
}

fn guarded(call: impl FnOnce() -> Result<(), String>) -> Result<(), String> {
    catch_unwind(AssertUnwindSafe(call))
        .unwrap_or_else(|_| Err("reading it panicked, which is a bug; see what was printed before this".to_owned()))
}
