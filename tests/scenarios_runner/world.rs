//! The devices and the service of one scenario.

use super::calls::{self, Caller, Outcome, RUNTIME, enqueue};
use super::convert::{Native, Natives};
use super::scenario::{AppState, DeviceSetup, Line, Scenario, ServiceSetup, ServiceStep, Start};
use super::seenbyd::Seenbyd;
use super::values::shown;
use parking_lot::{Condvar, Mutex};
use seenby_client::{AppSettings, Client, Config, EmbeddedService, Event, HubLimits, ReadTracker, SpoolTarget};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::path::PathBuf;
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
    pub(crate) callback: &'static str,
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
    client: Option<Client>,
    /// Who is logged in.
    login: Option<String>,
    /// Who is to log in when the network is back: the service was restarted in this process while it was gone.
    login_later: Option<String>,
    /// The network is gone.
    down: bool,
    tracker: Option<ReadTracker>,
    pub(crate) ears: Arc<Ears>,
}

enum Service {
    Embedded(Option<EmbeddedService>),
    Seenbyd(Seenbyd),
}

pub(crate) struct World {
    devices: BTreeMap<String, Device>,
    service: Service,
    setup: ServiceSetup,
    endpoint: String,
    pub(crate) natives: Natives,
    /// Last: it goes after everything that has files in it.
    _folder: tempfile::TempDir,
}

impl Drop for World {
    fn drop(&mut self) {
        for device in self.devices.values_mut() {
            device.close();
        }
    }
}

fn text(error: impl std::fmt::Display) -> String {
    error.to_string()
}

impl Device {
    fn close(&mut self) {
        self.tracker = None;
        if let Some(client) = self.client.take() {
            client.shutdown();
        }
    }

    fn config(&self, endpoint: &str) -> Config {
        let mut config = Config::new(APP)
            .server(endpoint)
            .data_dir(&self.folder)
            .device_label(&self.label)
            .with_readers(self.setup.with_readers)
            .client_name("scenarios");
        if let Some(ms) = self.setup.seen_for_ms {
            config = config.seen_for(Duration::from_millis(ms));
        }
        config
    }

    fn init(&mut self, endpoint: &str, natives: &Natives) -> Result<(), seenby_client::Error> {
        self.close();
        let client = Client::new(self.config(endpoint))?;
        let (ears, natives) = (self.ears.clone(), natives.clone());
        client.add_listener(Arc::new(move |events: &[Event]| {
            let mut heard = ears.heard.lock();
            for event in events {
                let entries = natives.event(event).into_iter();
                heard.extend(entries.map(|(callback, entry)| Heard { callback, entry, used: false }));
            }
            ears.more.notify_all();
        }));
        self.client = Some(client);
        Ok(())
    }

    /// The number of the connection that is up, if one is: what the device says of itself (R34).
    fn connection(&self) -> Option<u64> {
        let state: Value = serde_json::from_str(&self.client.as_ref()?.debug_state()).ok()?;
        (state["line"] == "live").then(|| state["connections"].as_u64()).flatten()
    }

    fn connected(&self) -> bool {
        self.connection().is_some()
    }
}

impl World {
    pub(crate) fn new(scenario: &Scenario, mode: Mode) -> Result<Self, String> {
        static NUMBER: AtomicU64 = AtomicU64::new(0);
        let folder = tempfile::Builder::new().prefix("seenby-scenario-").tempdir().map_err(text)?;
        let setup = scenario.service.clone();
        let (service, endpoint) = match mode {
            Mode::Seenbyd => {
                let data = folder.path().join("service");
                std::fs::create_dir(&data).map_err(text)?;
                let server = Seenbyd::start(&data, &setup)?;
                let url = server.url.clone();
                (Service::Seenbyd(server), url)
            }
            Mode::Embedded if setup.durable => {
                let data = folder.path().join("service");
                (Service::Embedded(None), format!("embedded:file/{}", data.display()))
            }
            Mode::Embedded => {
                let number = NUMBER.fetch_add(1, Ordering::Relaxed);
                (Service::Embedded(None), format!("embedded:mem/scenario-{number}"))
            }
        };
        let devices = scenario.devices.iter().map(|(name, setup)| {
            let installation = setup.same_installation_as.as_ref().unwrap_or(name);
            let device = Device {
                setup: setup.clone(),
                user: setup.user.clone().unwrap_or_else(|| name.clone()),
                label: installation.clone(),
                folder: folder.path().join(format!("device-{installation}")),
                client: None,
                login: None,
                login_later: None,
                down: false,
                tracker: None,
                ears: Arc::default(),
            };
            (name.clone(), device)
        });
        let devices = devices.collect();
        let natives = Natives::default();
        let mut world = Self { devices, service, setup, endpoint, natives, _folder: folder };
        world.open_service()?;
        for (name, setup) in &scenario.devices {
            world.start(name, setup.start).map_err(|why| format!("starting {name}: {why}"))?;
        }
        Ok(world)
    }

    /// An embedded service that is held, so that it has its settings and can be operated.
    fn open_service(&mut self) -> Result<(), String> {
        if let Service::Embedded(held) = &mut self.service {
            let mut limits = HubLimits::default();
            for (key, value) in &self.setup.limits {
                let value = value.as_u64().ok_or("limits are numbers")?;
                let small = || u32::try_from(value).map_err(text);
                match key.as_str() {
                    "requests_per_second" => limits.requests_per_second = small()?,
                    "burst" => limits.burst = small()?,
                    "refusals" => limits.refusals = small()?,
                    "connections_per_user" => limits.connections_per_user = small()? as usize,
                    "group_members" => limits.group_members = small()? as usize,
                    other => return Err(format!("there is no limit {other}")),
                }
            }
            let settings: AppSettings = serde_json::from_value(Value::Object(self.setup.app.clone())).map_err(text)?;
            let config = Config::new(APP).server(&self.endpoint);
            *held = Some(EmbeddedService::open(&config, Some(settings), limits).map_err(text)?);
        }
        Ok(())
    }

    pub(crate) fn device(&self, name: &str) -> Result<&Device, String> {
        self.devices.get(name).ok_or_else(|| format!("there is no device {name}"))
    }

    fn start(&mut self, name: &str, start: Start) -> Result<(), String> {
        if start == Start::Closed {
            return Ok(());
        }
        let device = self.devices.get_mut(name).ok_or_else(|| format!("there is no device {name}"))?;
        device.init(&self.endpoint, &self.natives).map_err(text)?;
        if start == Start::LoggedIn {
            let user = device.user.clone();
            match self.log_in(name, &user, "valid")? {
                Outcome::Answer(_) => {}
                Outcome::Refused(error, _) => return Err(format!("login failed: {error}")),
            }
        }
        Ok(())
    }

    fn log_in(&mut self, name: &str, user: &str, kind: &str) -> Result<Outcome, String> {
        let user_sig = match &self.service {
            Service::Seenbyd(server) => server.user_sig(user, kind)?,
            Service::Embedded(_) => kind.to_owned(),
        };
        let device = self.devices.get_mut(name).ok_or_else(|| format!("there is no device {name}"))?;
        let client = device.client.as_ref().ok_or("login needs init")?;
        match calls::wait(client.login(user, &user_sig))? {
            Ok(()) => {
                device.login = Some(user.to_owned());
                Ok(Outcome::Answer(Value::Null))
            }
            Err(error) => Ok(Outcome::Refused(error, None)),
        }
    }

    pub(crate) fn call(&mut self, on: &str, name: &str, with: &Map<String, Value>) -> Result<Outcome, String> {
        let given = |key: &str| with.get(key).and_then(Value::as_str).map(str::to_owned);
        let device = self.devices.get_mut(on).ok_or_else(|| format!("there is no device {on}"))?;
        match name {
            "init" => {
                let endpoint = given("endpoint").unwrap_or_else(|| self.endpoint.clone());
                let result = device.init(&endpoint, &self.natives);
                return Ok(result.map_or_else(|e| Outcome::Refused(e, None), |()| Outcome::Answer(Value::Null)));
            }
            "login" => {
                let user = given("user").unwrap_or_else(|| device.user.clone());
                return self.log_in(on, &user, &given("userSig").unwrap_or_else(|| "valid".into()));
            }
            "logout" => device.login = None,
            "enqueueReceipts" => {
                let target = SpoolTarget {
                    server: Some(self.endpoint.clone()),
                    app: APP,
                    user: given("user").unwrap_or_else(|| device.user.clone()),
                    data_dir: Some(device.folder.clone()),
                };
                return enqueue(&self.natives, &target, with);
            }
            _ => {}
        }
        let client = device.client.clone().ok_or_else(|| format!("{on} is closed; {name} needs init"))?;
        Caller { client: &client, natives: &self.natives, tracker: &mut device.tracker }.call(name, with)
    }

    /// Waits for a connection after the `after`th.
    fn wait_connected(&self, name: &str, after: u64) -> Result<(), String> {
        let device = self.device(name)?;
        let by = Instant::now() + CONNECT;
        while device.connection().is_none_or(|number| number <= after) {
            if Instant::now() > by {
                let state = device.client.as_ref().map(Client::debug_state).unwrap_or_default();
                return Err(format!("{name} did not connect within {} s: {state}", CONNECT.as_secs()));
            }
            std::thread::sleep(Duration::from_millis(5));
        }
        Ok(())
    }

    pub(crate) fn line(&mut self, on: &str, line: Line, waits: bool) -> Result<(), String> {
        let device = self.devices.get_mut(on).ok_or_else(|| format!("there is no device {on}"))?;
        let client = device.client.as_ref().ok_or_else(|| format!("{on} is closed; it has no line"))?;
        client.network_available(line == Line::Up);
        device.down = line == Line::Down;
        if let Some(user) = device.login_later.take_if(|_| line == Line::Up)
            && let Outcome::Refused(error, _) = self.log_in(on, &user, "valid")?
        {
            return Err(format!("{on} could not log in after the restart: {error}"));
        }
        let device = self.device(on)?;
        let logged_in = device.login.is_some();
        match line {
            Line::Up if waits && logged_in => self.wait_connected(on, 0),
            Line::Up => Ok(()),
            Line::Down => {
                let by = Instant::now() + CONNECT;
                while device.connected() && Instant::now() < by {
                    std::thread::sleep(Duration::from_millis(5));
                }
                if device.connected() { Err(format!("{on} is still connected")) } else { Ok(()) }
            }
        }
    }

    pub(crate) fn app(&mut self, on: &str, state: AppState) -> Result<(), String> {
        let device = self.devices.get_mut(on).ok_or_else(|| format!("there is no device {on}"))?;
        device.close();
        (device.login, device.down) = (None, false);
        match state {
            AppState::Closed => Ok(()),
            AppState::Initialized => self.start(on, Start::Initialized),
            AppState::Started => self.start(on, Start::LoggedIn),
        }
    }

    pub(crate) fn operate(&mut self, step: &ServiceStep, message: Option<Value>) -> Result<(), String> {
        match step {
            ServiceStep::Restart => self.restart(),
            ServiceStep::Configure { app } => match &self.service {
                Service::Seenbyd(server) => server.configure(app),
                Service::Embedded(held) => {
                    self.setup.app.extend(app.clone());
                    let settings = serde_json::from_value(Value::Object(self.setup.app.clone())).map_err(text)?;
                    let held = held.as_ref().ok_or("the service is gone")?;
                    RUNTIME.block_on(held.configure(settings)).map_err(text)
                }
            },
            ServiceStep::DeleteUser { user } => match &self.service {
                Service::Seenbyd(server) => server.delete_user(user),
                Service::Embedded(held) => {
                    let held = held.as_ref().ok_or("the service is gone")?;
                    RUNTIME.block_on(held.delete_user(user)).map_err(text)
                }
            },
            ServiceStep::RevokeTokens { user } => match &self.service {
                Service::Seenbyd(server) => server.revoke_tokens(user),
                Service::Embedded(_) => Err("an embedded service has no tokens".into()),
            },
            ServiceStep::DeleteMessage { .. } => {
                let native = message.as_ref().and_then(|value| self.natives.of(value));
                let Some(Native::Message(message)) = native else { return Err("deleteMessage takes a message".into()) };
                let (Some(id), Some(conversation), Some(sender)) =
                    (&message.id, &message.conversation, &message.sender)
                else {
                    return Err("deleteMessage takes a message that was sent".into());
                };
                match (&self.service, conversation) {
                    (Service::Seenbyd(server), seenby_client::ConversationId::Group(group)) => {
                        server.delete_message(&json!({ "group": group.as_str(), "id": id.as_str() }))
                    }
                    (Service::Seenbyd(server), seenby_client::ConversationId::C2c(peer)) => {
                        let users = json!([sender.as_str(), peer.as_str()]);
                        server.delete_message(&json!({ "users": users, "id": id.as_str() }))
                    }
                    (Service::Embedded(held), conversation) => {
                        let held = held.as_ref().ok_or("the service is gone")?;
                        RUNTIME.block_on(held.delete_message(sender.as_str(), conversation, id)).map_err(text)
                    }
                }
            }
        }
    }

    fn restart(&mut self) -> Result<(), String> {
        match &mut self.service {
            Service::Seenbyd(server) => {
                let before: Vec<_> = self.devices.iter().map(|(n, d)| (n.clone(), d.connection())).collect();
                server.restart()?;
                for (name, connection) in before {
                    if let Some(connection) = connection {
                        self.wait_connected(&name, connection)?;
                    }
                }
            }
            Service::Embedded(held) => {
                *held = None;
                let names: Vec<_> = self.devices.keys().cloned().collect();
                let mut open = Vec::new();
                for name in names {
                    let device = self.devices.get_mut(&name).ok_or("devices stay")?;
                    if device.client.is_some() {
                        open.push((name, device.login.clone()));
                        device.close();
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
                    self.start(&name, Start::Initialized)?;
                    let device = self.devices.get_mut(&name).ok_or("devices stay")?;
                    if let (true, Some(client)) = (device.down, &device.client) {
                        client.network_available(false);
                        device.login_later = login;
                    } else if let Some(user) = login
                        && let Outcome::Refused(error, _) = self.log_in(&name, &user, "valid")?
                    {
                        return Err(format!("{name} could not log in after the restart: {error}"));
                    }
                }
            }
        }
        Ok(())
    }
}
