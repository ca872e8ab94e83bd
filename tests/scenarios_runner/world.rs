//! The devices and the service of one scenario.

use super::host::{Host, Operation, Outcome, Setup, SpoolFor};
use super::language::Language;
use super::scenario::{AppState, DeviceSetup, Line, Scenario, ServiceSetup, ServiceStep, Start};
use super::seenbyd::Seenbyd;
use super::values::shown;
use parking_lot::{Condvar, Mutex};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// The app of every scenario.
pub(crate) const APP: u32 = 1_400_000_001;
/// How long connecting may take.
const CONNECT: Duration = Duration::from_secs(15);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mode {
    Embedded,
    Seenbyd,
}

/// One thing that a device heard.
pub(crate) struct Heard {
    pub(crate) callback: String,
    pub(crate) entry: Value,
    pub(crate) used: bool,
}

/// What a device has heard so far; outlives its clients.
#[derive(Default)]
pub(crate) struct Ears {
    heard: Mutex<Vec<Heard>>,
    more: Condvar,
}

impl Ears {
    /// In the order in which the listeners were called.
    fn hear(&self, entries: Vec<(String, Value)>) {
        let mut heard = self.heard.lock();
        heard.extend(entries.into_iter().map(|(callback, entry)| Heard { callback, entry, used: false }));
        self.more.notify_all();
    }

    /// Looks at what was heard until `look` says something, or time is up.
    pub(crate) fn until<T>(&self, by: Instant, mut look: impl FnMut(&mut Vec<Heard>) -> Option<T>) -> Option<T> {
        let mut heard = self.heard.lock();
        loop {
            if let Some(found) = look(&mut heard) {
                return Some(found);
            }
            if self.more.wait_until(&mut heard, by).timed_out() {
                return look(&mut heard);
            }
        }
    }

    /// What a person who looks for a fault wants to see.
    pub(crate) fn story(&self) -> String {
        let heard = self.heard.lock();
        let lines = heard.iter().rev().take(12).rev();
        lines
            .map(|h| format!("\n      {}{} {}", if h.used { "✓ " } else { "  " }, h.callback, shown(&h.entry)))
            .collect()
    }
}

pub(crate) struct Device {
    setup: DeviceSetup,
    user: String,
    label: String,
    folder: PathBuf,
    /// Its app runs: there was an init, and no end since.
    open: bool,
    /// Who is logged in.
    login: Option<String>,
    /// Who is to log in when the network is back: the service was restarted in this process while it was gone.
    login_later: Option<String>,
    /// The network is gone.
    down: bool,
    pub(crate) ears: Arc<Ears>,
}

enum Service {
    /// Inside the host.
    Embedded,
    Seenbyd(Box<Seenbyd>),
}

pub(crate) struct World {
    devices: BTreeMap<String, Device>,
    host: Box<dyn Host>,
    service: Service,
    setup: ServiceSetup,
    endpoint: String,
    /// Last: it goes after everything that has files in it.
    _folder: tempfile::TempDir,
}

fn text(error: impl std::fmt::Display) -> String {
    error.to_string()
}

impl World {
    pub(crate) fn new(scenario: &Scenario, mode: Mode, language: &Language) -> Result<Self, String> {
        static NUMBER: AtomicU64 = AtomicU64::new(1);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let mut named = tempfile::Builder::new();
        let named = named.prefix("seenby-scenario-");
        let folder = language.data().map_or_else(|| named.tempdir(), |data| named.tempdir_in(data)).map_err(text)?;
        let setup = scenario.service.clone();
        let host = language.host(number)?;
        let data = folder.path().join("service");
        let (service, endpoint) = match mode {
            Mode::Seenbyd => {
                std::fs::create_dir(&data).map_err(text)?;
                let server = Box::new(Seenbyd::start(&data, &setup, language.tls())?);
                let url = server.url().to_owned();
                (Service::Seenbyd(server), url)
            }
            Mode::Embedded if setup.durable => (Service::Embedded, format!("embedded:file/{}", host.path(&data))),
            Mode::Embedded => (Service::Embedded, format!("embedded:mem/scenario-{number}")),
        };
        let devices = scenario.devices.iter().map(|(name, setup)| {
            let installation = setup.same_installation_as.as_ref().unwrap_or(name);
            let device = Device {
                setup: setup.clone(),
                user: setup.user.clone().unwrap_or_else(|| name.clone()),
                label: installation.clone(),
                folder: folder.path().join(format!("device-{installation}")),
                open: false,
                login: None,
                login_later: None,
                down: false,
                ears: Arc::default(),
            };
            (name.clone(), device)
        });
        let devices = devices.collect();
        let mut world = Self { devices, host, service, setup, endpoint, _folder: folder };
        world.open_service()?;
        for (name, setup) in &scenario.devices {
            world.start(name, setup.start).map_err(|why| format!("starting {name}: {why}"))?;
        }
        Ok(world)
    }

    /// An embedded service that is held, so that it has its settings and can be operated.
    fn open_service(&mut self) -> Result<(), String> {
        match self.service {
            Service::Embedded => self.host.open_service(&self.endpoint, &self.setup.app, &self.setup.limits),
            Service::Seenbyd(_) => Ok(()),
        }
    }

    pub(crate) fn device(&self, name: &str) -> Result<&Device, String> {
        self.devices.get(name).ok_or_else(|| format!("there is no device {name}"))
    }

    fn device_mut(&mut self, name: &str) -> Result<&mut Device, String> {
        self.devices.get_mut(name).ok_or_else(|| format!("there is no device {name}"))
    }

    fn close(&mut self, name: &str) -> Result<(), String> {
        if std::mem::take(&mut self.device_mut(name)?.open) { self.host.close(name) } else { Ok(()) }
    }

    fn init(&mut self, name: &str, endpoint: &str) -> Result<Outcome, String> {
        self.close(name)?;
        let device = self.device(name)?;
        let setup = Setup {
            endpoint: endpoint.to_owned(),
            folder: device.folder.clone(),
            ca_file: match &self.service {
                Service::Seenbyd(server) => server.ca_file().map(Path::to_owned),
                Service::Embedded => None,
            },
            label: device.label.clone(),
            with_readers: device.setup.with_readers,
            seen_for_ms: device.setup.seen_for_ms,
        };
        let ears = device.ears.clone();
        let outcome = self.host.init(name, &setup, Arc::new(move |entries| ears.hear(entries)))?;
        self.device_mut(name)?.open = matches!(outcome, Outcome::Answer(_));
        Ok(outcome)
    }

    fn start(&mut self, name: &str, start: Start) -> Result<(), String> {
        if start == Start::Closed {
            return Ok(());
        }
        self.init(name, &self.endpoint.clone())?.succeeded()?;
        if start == Start::LoggedIn {
            let user = self.device(name)?.user.clone();
            self.log_in(name, &user, "valid")?.succeeded().map_err(|why| format!("login failed: {why}"))?;
        }
        Ok(())
    }

    fn log_in(&mut self, name: &str, user: &str, kind: &str) -> Result<Outcome, String> {
        let user_sig = match &self.service {
            Service::Seenbyd(server) => server.user_sig(user, kind)?,
            Service::Embedded => kind.to_owned(),
        };
        let with = Map::from_iter([("user".into(), user.into()), ("userSig".into(), user_sig.into())]);
        let outcome = self.host.call(name, "login", &with)?;
        if let Outcome::Answer(_) = outcome {
            self.device_mut(name)?.login = Some(user.to_owned());
        }
        Ok(outcome)
    }

    pub(crate) fn call(&mut self, on: &str, name: &str, with: &Map<String, Value>) -> Result<Outcome, String> {
        let given = |key: &str| with.get(key).and_then(Value::as_str).map(str::to_owned);
        let device = self.device(on)?;
        let user = || given("user").unwrap_or_else(|| device.user.clone());
        match name {
            "init" => return self.init(on, &given("endpoint").unwrap_or_else(|| self.endpoint.clone())),
            "enqueueReceipts" => {
                let (folder, user) = (device.folder.clone(), user());
                let target = SpoolFor { endpoint: &self.endpoint, folder: &folder, user: &user };
                return self.host.enqueue_receipts(&target, with);
            }
            _ if !device.open => return Err(format!("{on} is closed; {name} needs init")),
            "login" => return self.log_in(on, &user(), &given("userSig").unwrap_or_else(|| "valid".into())),
            "logout" => self.device_mut(on)?.login = None,
            _ => {}
        }
        self.host.call(on, name, with)
    }

    /// What the device says of itself (R34).
    fn state(&mut self, name: &str) -> Result<Value, String> {
        match self.device(name)?.open {
            true => self.host.call(name, "debugState", &Map::new())?.succeeded(),
            false => Ok(Value::Null),
        }
    }

    /// The number of the connection that is up, if one is.
    fn connection(&mut self, name: &str) -> Result<Option<u64>, String> {
        let state = self.state(name)?;
        Ok((state["line"] == "live").then(|| state["connections"].as_u64()).flatten())
    }

    /// Waits for a connection after the `after`th.
    fn wait_connected(&mut self, name: &str, after: u64) -> Result<(), String> {
        let by = Instant::now() + CONNECT;
        while self.connection(name)?.is_none_or(|number| number <= after) {
            if Instant::now() > by {
                let state = self.state(name)?;
                return Err(format!("{name} did not connect within {} s: {state}", CONNECT.as_secs()));
            }
            std::thread::sleep(Duration::from_millis(5));
        }
        Ok(())
    }

    pub(crate) fn line(&mut self, on: &str, line: Line, waits: bool) -> Result<(), String> {
        if !self.device(on)?.open {
            return Err(format!("{on} is closed; it has no line"));
        }
        self.host.network(on, line == Line::Up)?;
        let device = self.device_mut(on)?;
        device.down = line == Line::Down;
        if let Some(user) = device.login_later.take_if(|_| line == Line::Up) {
            self.log_in_again(on, &user)?;
        }
        let logged_in = self.device(on)?.login.is_some();
        match line {
            Line::Up if waits && logged_in => self.wait_connected(on, 0),
            Line::Up => Ok(()),
            Line::Down => {
                let by = Instant::now() + CONNECT;
                while self.connection(on)?.is_some() {
                    if Instant::now() > by {
                        return Err(format!("{on} is still connected"));
                    }
                    std::thread::sleep(Duration::from_millis(5));
                }
                Ok(())
            }
        }
    }

    pub(crate) fn app(&mut self, on: &str, state: AppState) -> Result<(), String> {
        self.close(on)?;
        let device = self.device_mut(on)?;
        (device.login, device.down) = (None, false);
        match state {
            AppState::Closed => Ok(()),
            AppState::Initialized => self.start(on, Start::Initialized),
            AppState::Started => self.start(on, Start::LoggedIn),
        }
    }

    pub(crate) fn operate(&mut self, step: &ServiceStep, message: Option<Value>) -> Result<(), String> {
        match (step, &self.service) {
            (ServiceStep::Restart, _) => self.restart(),
            (ServiceStep::Configure { app }, Service::Seenbyd(server)) => server.configure(app),
            (ServiceStep::Configure { app }, Service::Embedded) => {
                self.setup.app.extend(app.clone());
                self.host.operate(&Operation::Configure { app: &self.setup.app })
            }
            (ServiceStep::DeleteUser { user }, Service::Seenbyd(server)) => server.delete_user(user),
            (ServiceStep::DeleteUser { user }, Service::Embedded) => self.host.operate(&Operation::DeleteUser { user }),
            (ServiceStep::RevokeTokens { user }, Service::Seenbyd(server)) => server.revoke_tokens(user),
            (ServiceStep::RevokeTokens { .. }, Service::Embedded) => Err("an embedded service has no tokens".into()),
            (ServiceStep::DeleteMessage { .. }, service) => {
                let message = message.unwrap_or_default();
                let field = |name: &str| message[name].as_str().filter(|text| !text.is_empty());
                let (Some(id), Some(conversation), Some(sender)) =
                    (field("msgID"), field("conversationID"), field("sender"))
                else {
                    return Err("deleteMessage takes a message that was sent".into());
                };
                match (service, field("userID"), field("groupID")) {
                    (Service::Seenbyd(server), _, Some(group)) => {
                        server.delete_message(&json!({ "group": group, "id": id }))
                    }
                    (Service::Seenbyd(server), peer, None) => {
                        server.delete_message(&json!({ "users": [sender, peer], "id": id }))
                    }
                    (Service::Embedded, _, _) => {
                        self.host.operate(&Operation::DeleteMessage { seen_by: sender, conversation, id })
                    }
                }
            }
        }
    }

    fn log_in_again(&mut self, name: &str, user: &str) -> Result<(), String> {
        let again = self.log_in(name, user, "valid")?.succeeded();
        again.map(drop).map_err(|why| format!("{name} could not log in after the restart: {why}"))
    }

    fn restart(&mut self) -> Result<(), String> {
        let names: Vec<_> = self.devices.keys().cloned().collect();
        if matches!(self.service, Service::Embedded) {
            return self.restart_embedded(&names);
        }
        let mut before = Vec::new();
        for name in names {
            before.push((self.connection(&name)?, name));
        }
        if let Service::Seenbyd(server) = &mut self.service {
            server.restart()?;
        }
        for (connection, name) in before {
            if let Some(connection) = connection {
                self.wait_connected(&name, connection)?;
            }
        }
        Ok(())
    }

    fn restart_embedded(&mut self, names: &[String]) -> Result<(), String> {
        self.host.close_service()?;
        let mut open = Vec::new();
        for name in names {
            let device = self.device(name)?;
            if device.open {
                open.push((name, device.login.clone()));
                self.close(name)?;
            }
        }
        // The registry lets it go when its last manager has; opening waits for its journal.
        let by = Instant::now() + CONNECT;
        loop {
            match self.open_service() {
                Ok(()) => break,
                Err(why) if Instant::now() > by => return Err(why),
                Err(_) => std::thread::sleep(Duration::from_millis(10)),
            }
        }
        for (name, login) in open {
            self.start(name, Start::Initialized)?;
            if self.device(name)?.down {
                self.host.network(name, false)?;
                self.device_mut(name)?.login_later = login;
            } else if let Some(user) = login {
                self.log_in_again(name, &user)?;
            }
        }
        Ok(())
    }
}
