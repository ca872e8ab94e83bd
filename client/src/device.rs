//! A client's task on the runtime thread: it owns the line and the store, feeds the session what happens, and does what
//! the session wants, in the order in which it wants it.

use crate::client::{Client, not_logged_in};
use crate::config::Config;
use crate::delivery::{self, TokenProvider, TokenReply};
use crate::endpoint::Endpoint;
use crate::folder;
use crate::runtime;
use crate::shared::{Active, LoginStatus, Msg, Shared};
use crate::transport::{self, Link, LinkEvent, Transport};
use crate::writer::{Failed, Writer, store_error};
use futures_util::FutureExt as _;
use parking_lot::Mutex;
use seenby_core::model::{AppId, DeviceId, Error, ErrorCode, Result, TimeMs, UserId};
use seenby_core::session::{CallId, Effect, Event, Input, Session, SessionConfig, SpooledReceipts, StoreEntry};
use seenby_store::{Account, DeviceStore};
use std::collections::{BTreeSet, VecDeque};
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::mpsc;

/// Frames that wait between the line and the session.
const FRAMES: usize = 64;
/// How often the spool is looked at while somebody is logged in.
const SPOOL_EVERY: Duration = Duration::from_secs(3);
/// Errors that debugState remembers.
const LAST_ERRORS: usize = 8;

/// What debugState says of the line (R34): no ids.
#[derive(Clone, Default)]
pub(crate) struct Look(Arc<Mutex<LookState>>);

#[derive(Default)]
struct LookState {
    line: &'static str,
    connections: u64,
    last_errors: VecDeque<(TimeMs, i32)>,
}

impl Look {
    pub(crate) fn describe(&self, into: &mut serde_json::Map<String, serde_json::Value>) {
        let state = self.0.lock();
        let errors: Vec<_> =
            state.last_errors.iter().map(|(at, code)| serde_json::json!({ "at_ms": at, "code": code })).collect();
        let line = if state.line.is_empty() { "none" } else { state.line };
        into.insert("transport".into(), line.into());
        into.insert("connections".into(), state.connections.into());
        into.insert("last_line_errors".into(), errors.into());
    }

    fn line(&self, line: &'static str) {
        self.0.lock().line = line;
    }

    fn error(&self, now: TimeMs, error: &Error) {
        let mut state = self.0.lock();
        state.last_errors.push_back((now, error.code.number()));
        while state.last_errors.len() > LAST_ERRORS {
            state.last_errors.pop_front();
        }
    }
}

struct Device {
    shared: Arc<Shared>,
    look: Look,
    app: AppId,
    device: DeviceId,
    label: String,
    endpoint: String,
    in_memory: bool,
    with_readers: bool,
    client_name: String,
    request_timeout_ms: i64,
    connect_timeout: Duration,
    token_provider: Option<Arc<dyn TokenProvider>>,
    transport: Arc<dyn Transport>,
    store: DeviceStore,
    writer: Arc<Writer>,
    /// Hears of writes that nobody waited for.
    failed: Failed,

    /// What the system said last; holds for whoever logs in next.
    network: bool,
    account: Option<Arc<Account>>,
    link: Option<Link>,
    /// Of the link: what an earlier one still says is ignored.
    generation: u64,
    link_events: mpsc::Sender<(u64, LinkEvent)>,
    wake_at: Option<TimeMs>,
    /// The session's calls that are out.
    calls: BTreeSet<CallId>,
    /// The login under way.
    login: Option<CallId>,
    /// Counts logins, so that a token that comes late is not used for somebody else.
    logins: u64,
    /// Events of earlier sessions: the client counts on.
    base: u64,
    last_event: u64,
    /// Why the store cannot be used; until the next login.
    broken: Option<Error>,
}

fn status(session: &Session, login: Option<CallId>) -> LoginStatus {
    match (session.is_logged_in(), login) {
        (true, _) => LoginStatus::Logined,
        (false, Some(_)) => LoginStatus::Logining,
        (false, None) => LoginStatus::Logout,
    }
}

fn no_thread(error: &std::io::Error) -> Error {
    Error::new(ErrorCode::ServiceInternal, format!("the system gives no thread: {error}"))
}

/// Opens what a client needs, and starts its threads and its task.
pub(crate) fn start(config: &Config, endpoint: &Endpoint) -> Result<(Arc<Shared>, Look)> {
    let app = crate::config::app(config.app)?;
    let (transport, in_memory_store) = transport::choose(config, endpoint)?;
    let in_memory = in_memory_store.is_some();
    let store = match in_memory_store {
        Some(store) => store,
        None => {
            let folder = folder::choose(config.data_dir.as_deref())?;
            DeviceStore::open(&folder).map_err(|error| store_error(&error))?
        }
    };
    let label = config.device_label.clone().unwrap_or_default();
    let device = store.device_id(&label).map_err(|error| store_error(&error))?;
    let runtime = runtime::handle().map_err(|error| no_thread(&error))?;
    let writer = Arc::new(Writer::start(in_memory).map_err(|error| no_thread(&error))?);

    let (sender, messages) = mpsc::unbounded_channel();
    let shared = Arc::new(Shared::new(sender, config.dispatcher.clone(), config.closed_error));
    delivery::start(shared.clone()).map_err(|error| no_thread(&error))?;
    let look = Look::default();
    let (link_events, events) = mpsc::channel(FRAMES);
    let (failures, store_failures) = mpsc::unbounded_channel();
    let failed: Failed = Arc::new(move |error| {
        // Fails only when the task has ended.
        let _ = failures.send(store_error(&error));
    });
    let client_name = match config.client_name.as_str() {
        "" => format!("seenby-client/{}", Client::version()),
        name => format!("{name} seenby-client/{}", Client::version()),
    };
    let device = Device {
        shared: shared.clone(),
        look: look.clone(),
        app,
        device,
        label,
        endpoint: endpoint.to_string(),
        in_memory,
        with_readers: config.with_readers,
        client_name,
        request_timeout_ms: i64::try_from(config.request_timeout.as_millis()).unwrap_or(i64::MAX),
        connect_timeout: config.connect_timeout,
        token_provider: config.token_provider.clone(),
        transport,
        store,
        writer,
        failed,
        network: true,
        account: None,
        link: None,
        generation: 0,
        link_events,
        wake_at: None,
        calls: BTreeSet::new(),
        login: None,
        logins: 0,
        base: 0,
        last_event: 0,
        broken: None,
    };
    let owner = shared.clone();
    runtime.spawn(async move {
        let task = AssertUnwindSafe(run(device, messages, events, store_failures));
        if task.catch_unwind().await.is_err() {
            owner.poison();
        }
        owner.set_active(None);
    });
    Ok((shared, look))
}

/// The task: until shutdown.
async fn run(
    mut device: Device,
    mut messages: mpsc::UnboundedReceiver<Msg>,
    mut events: mpsc::Receiver<(u64, LinkEvent)>,
    mut store_failures: mpsc::UnboundedReceiver<Error>,
) {
    let mut spool = tokio::time::interval(SPOOL_EVERY);
    spool.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        let wait = device
            .wake_at
            .map(|at| Duration::from_millis(at.saturating_sub(device.shared.now()).max(0).unsigned_abs()));
        tokio::select! {
            message = messages.recv() => match message {
                None | Some(Msg::Shutdown) => break,
                Some(message) => device.take(message).await,
            },
            Some((generation, event)) = events.recv() => device.line(generation, event).await,
            Some(error) = store_failures.recv() => device.store_failed(error).await,
            () = tokio::time::sleep(wait.unwrap_or_default()), if wait.is_some() => {
                // A timer may be early by what a millisecond is rounded.
                if device.wake_at.is_some_and(|at| at <= device.shared.now()) {
                    device.wake_at = None;
                    device.input(Input::Tick).await;
                }
            }
            _ = spool.tick() => device.drain_spool().await,
        }
    }
    device.end_session(None).await;
}

impl Device {
    async fn take(&mut self, message: Msg) {
        match message {
            Msg::Call { call, command } => {
                if let Some(error) = &self.broken {
                    let error = error.clone();
                    return self.shared.complete(call, Err(error));
                }
                if !self.is_active() {
                    return self.shared.complete(call, Err(not_logged_in()));
                }
                match command {
                    Ok(command) => {
                        self.calls.insert(call);
                        self.input(Input::Call { call, command }).await;
                    }
                    Err(error) => {
                        let logged_in = self.shared.active.lock().as_ref().is_some_and(|a| a.session.is_logged_in());
                        let error = if logged_in { error } else { not_logged_in() };
                        self.shared.complete(call, Err(error));
                    }
                }
            }
            Msg::Cancel(call) => {
                if self.calls.contains(&call) {
                    self.input(Input::Cancel(call)).await;
                }
            }
            Msg::Login { call, user, user_sig } => match user {
                Ok(user) => self.log_in(call, user, user_sig).await,
                Err(error) => self.shared.complete(call, Err(error)),
            },
            Msg::Logout { call } => {
                let status = self.shared.active.lock().as_ref().map(|active| active.status);
                if status.is_some_and(|status| status != LoginStatus::Logout) {
                    self.end_session(Some(call)).await;
                } else {
                    self.shared.complete(call, Err(not_logged_in()));
                }
            }
            Msg::Delivered(number) => {
                if number > self.base {
                    self.input(Input::Delivered(number - self.base)).await;
                }
            }
            Msg::NetworkAvailable(available) => {
                self.network = available;
                self.input(Input::NetworkAvailable(available)).await;
            }
            Msg::Foreground(foreground) => {
                self.input(Input::Foreground(foreground)).await;
                if foreground {
                    self.drain_spool().await;
                }
            }
            Msg::Token { login, user_sig } => self.renew(login, user_sig).await,
            // Taken by the loop.
            Msg::Shutdown => {}
        }
    }

    fn is_active(&self) -> bool {
        self.shared.active.lock().is_some()
    }

    async fn log_in(&mut self, call: CallId, user: UserId, user_sig: String) {
        let same = self.shared.active.lock().as_ref().is_some_and(|active| active.user == user);
        if !same || self.broken.is_some() {
            self.end_session(None).await;
            if let Err(error) = self.open_session(user).await {
                return self.shared.complete(call, Err(error));
            }
            if !self.network {
                self.input(Input::NetworkAvailable(false)).await;
            }
        }
        self.logins += 1;
        self.login = Some(call);
        self.calls.insert(call);
        self.input(Input::Login { call, user_sig }).await;
        self.drain_spool().await;
    }

    async fn open_session(&mut self, user: UserId) -> Result<()> {
        let (store, endpoint, app, label) = (self.store.clone(), self.endpoint.clone(), self.app, self.label.clone());
        let who = user.clone();
        let (account, entries): (Account, Vec<StoreEntry>) = self
            .writer
            .run(move || {
                let account = store.open_account(&endpoint, app, &who, &label)?;
                let entries = account.load()?;
                Ok((account, entries))
            })
            .await?;
        let mut seed = [0; 32];
        getrandom::fill(&mut seed).map_err(|error| {
            Error::new(ErrorCode::ServiceInternal, format!("the system gives no random numbers: {error}"))
        })?;
        let config = SessionConfig {
            app: self.app,
            user: user.clone(),
            device: self.device.clone(),
            client: self.client_name.clone(),
            with_readers: self.with_readers,
            request_timeout_ms: self.request_timeout_ms,
            in_memory: self.in_memory,
            seed,
        };
        let session = Session::new(config, entries, self.shared.now());
        self.account = Some(Arc::new(account));
        self.broken = None;
        self.base = self.last_event;
        self.shared.set_active(Some(Active { session, user, status: LoginStatus::Logining }));
        Ok(())
    }

    /// Parks the session: what it has to keep is in the store.
    async fn end_session(&mut self, call: Option<CallId>) {
        if self.is_active() {
            let own = call.unwrap_or_else(|| self.shared.own_call());
            self.calls.insert(own);
            self.input(Input::Logout { call: own }).await;
        }
        self.shared.set_active(None);
        self.tell_trackers();
        self.drop_link();
        if let Some(account) = self.account.take() {
            // What was written without a sync is on the disk before somebody else opens it.
            if let Err(error) = self.writer.run(move || account.commit(&[], true)).await
                && error.code != ErrorCode::KickedOffline
            {
                tracing::error!(code = error.code.number(), "the device's store failed: {}", error.message);
            }
        }
        self.wake_at = None;
        self.login = None;
        self.logins += 1;
        let error = Error::new(ErrorCode::Interrupted, "the user was logged out before this call had ended");
        for call in std::mem::take(&mut self.calls) {
            self.shared.complete(call, Err(error.clone()));
        }
    }

    fn drop_link(&mut self) {
        self.link = None;
        self.generation += 1;
        self.look.line("none");
    }

    async fn line(&mut self, generation: u64, event: LinkEvent) {
        if generation != self.generation || self.link.is_none() {
            return;
        }
        match event {
            LinkEvent::Opened => {
                self.look.line("open");
                self.input(Input::Opened).await;
            }
            LinkEvent::Frame(frame) => self.input(Input::Frame(frame)).await,
            LinkEvent::Lost(error) => {
                self.drop_link();
                self.look.error(self.shared.now(), &error);
                tracing::debug!(code = error.code.number(), "the line is down: {}", error.message);
                self.input(Input::Lost(error)).await;
            }
        }
    }

    /// Tells the session, and does what it wants.
    async fn input(&mut self, input: Input) {
        let mut effects = VecDeque::new();
        self.handle(input, &mut effects);
        let mut failure: Option<Error> = None;
        while let Some(effect) = effects.pop_front() {
            if let Err(error) = self.apply(effect, failure.as_ref(), &mut effects).await {
                failure.get_or_insert(error);
            }
        }
        self.tell_trackers();
        if let Some(error) = failure {
            Box::pin(self.store_failed(error)).await;
        }
    }

    /// Read trackers count only what somebody sees.
    fn tell_trackers(&self) {
        let logged_in = self.shared.who().is_some_and(|(_, status)| status == LoginStatus::Logined);
        self.shared.trackers.logged_in(logged_in);
    }

    fn handle(&mut self, input: Input, effects: &mut VecDeque<Effect>) {
        let mut active = self.shared.active.lock();
        let Some(active) = active.as_mut() else { return };
        let mut out = Vec::new();
        active.session.handle(self.shared.now(), input, &mut out);
        let now = status(&active.session, self.login);
        self.shared.set_status(active, now);
        effects.extend(out);
    }

    /// Does one thing. An error is the store's: what stands behind it in the order must not look as if it were durable.
    async fn apply(&mut self, effect: Effect, failure: Option<&Error>, effects: &mut VecDeque<Effect>) -> Result<()> {
        match effect {
            Effect::Complete { call, result } => {
                self.calls.remove(&call);
                if self.login == Some(call) {
                    self.login = None;
                    // Before the app hears of it.
                    if let Some(active) = self.shared.active.lock().as_mut() {
                        let now = status(&active.session, None);
                        self.shared.set_status(active, now);
                    }
                }
                let result = match failure {
                    Some(error) => Err(error.clone()),
                    None => result,
                };
                self.shared.complete(call, result);
            }
            Effect::WakeAt(at) => self.wake_at = Some(at),
            Effect::Disconnect => self.drop_link(),
            // What was to happen after the write does not happen.
            _ if failure.is_some() => {}
            Effect::Connect => {
                self.generation += 1;
                self.look.line("opening");
                self.look.0.lock().connections += 1;
                let events = self.link_events.clone();
                self.link = Some(Link::open(self.transport.clone(), self.connect_timeout, self.generation, events));
            }
            Effect::Send(frame) => {
                if let Some(link) = &self.link {
                    link.send(frame);
                }
            }
            Effect::Store { ops, sync } => {
                if let Some(account) = &self.account {
                    self.writer.commit(account, ops, sync, &self.failed).await?;
                }
            }
            Effect::Bind { service } => {
                if let Some(account) = self.account.clone() {
                    let entries = self.writer.run(move || account.bind(&service)).await?;
                    self.handle(Input::Restored(entries), effects);
                }
            }
            Effect::Emit { number, event } => {
                self.last_event = self.base + number;
                self.shared.emit(self.last_event, event);
            }
            Effect::Reading(reading) => {
                if let Some(link) = &self.link {
                    link.read(reading);
                }
            }
            Effect::WantUserSig => self.want_user_sig(),
            Effect::Warn(warning) => tracing::warn!("{warning}"),
        }
        Ok(())
    }

    fn want_user_sig(&self) {
        let Some(provider) = self.token_provider.clone() else { return };
        let Some(user) = self.shared.active.lock().as_ref().map(|active| active.user.clone()) else { return };
        let (shared, login) = (Arc::downgrade(&self.shared), self.logins);
        self.shared.ask(Box::new(move || {
            let reply = TokenReply::new(move |user_sig| {
                if let Some(shared) = shared.upgrade() {
                    shared.tell(Msg::Token { login, user_sig });
                }
            });
            provider.user_sig(user.as_str(), reply);
        }));
    }

    async fn renew(&mut self, login: u64, user_sig: Result<String>) {
        if login != self.logins || !self.is_active() {
            return;
        }
        match user_sig {
            Ok(user_sig) => {
                let call = self.shared.own_call();
                self.calls.insert(call);
                self.input(Input::Login { call, user_sig }).await;
            }
            Err(error) => tracing::warn!(code = error.code.number(), "the token provider has no userSig"),
        }
    }

    /// Nothing can be kept any more: every call ends with this, until somebody logs in again.
    async fn store_failed(&mut self, error: Error) {
        if self.broken.is_some() || !self.is_active() {
            return;
        }
        self.look.error(self.shared.now(), &error);
        if error.code == ErrorCode::KickedOffline {
            return self.taken_over().await;
        }
        tracing::error!(code = error.code.number(), "the device's store failed: {}", error.message);
        self.broken = Some(error.clone());
        for call in std::mem::take(&mut self.calls) {
            self.shared.complete(call, Err(error.clone()));
        }
        self.end_session(None).await;
    }

    /// A newer session of this user on this device, in this process, has its rows (R30): as if the service had said so,
    /// which it is about to.
    async fn taken_over(&mut self) {
        self.account = None;
        let logged_in = self.shared.active.lock().as_ref().is_some_and(|active| active.session.is_logged_in());
        if logged_in {
            self.shared.emit(self.last_event, Event::KickedOffline);
        }
        self.end_session(None).await;
    }

    /// Gives the session what other processes have left for it (R16).
    async fn drain_spool(&mut self) {
        let Some(account) = self.account.clone() else { return };
        if self.store.folder().is_none() || self.broken.is_some() {
            return;
        }
        loop {
            let from = account.clone();
            let batch = match self.writer.run(move || from.drain_spool()).await {
                Ok(batch) => batch,
                Err(error) => {
                    tracing::warn!(code = error.code.number(), "the spool cannot be read: {}", error.message);
                    return;
                }
            };
            if !batch.set_aside.is_empty() {
                tracing::warn!(
                    files = batch.set_aside.len(),
                    "files in the spool were not receipts, and were set aside"
                );
            }
            let more = batch.more;
            if !batch.receipts.is_empty() {
                let receipts: Vec<SpooledReceipts> = batch.receipts.clone();
                self.input(Input::Spooled(receipts)).await;
                if self.broken.is_some() || !self.is_active() {
                    return;
                }
            }
            // They are in the outbox; once that is on the disk the files may go.
            let to = account.clone();
            let done = self.writer.run(move || {
                if !batch.receipts.is_empty() {
                    to.commit(&[], true)?;
                }
                batch.done()
            });
            if let Err(error) = done.await {
                tracing::warn!(code = error.code.number(), "the spool cannot be cleared: {}", error.message);
                return;
            }
            if !more {
                return;
            }
        }
    }
}
