//! The service: a hub, and a disk that keeps what was committed when the process dies.

use prost::Message as _;
use seenby_core::hub::{ConnId, Effect, Hub, HubConfig, HubLimits, Identity, Input, LogKey, Record};
use seenby_core::model::{AppId, AppSettings, TimeMs, UserId};
use seenby_core::wire;
use std::collections::{BTreeMap, BTreeSet};

type Parts = Vec<(u64, Option<Vec<u8>>)>;

/// What survives a crash, and what only might.
#[derive(Default)]
pub(crate) struct Disk {
    records: BTreeMap<u64, Record>,
    bodies: BTreeMap<u64, Vec<u8>>,
    snapshots: BTreeMap<LogKey, (u64, BTreeMap<u64, Vec<u8>>)>,
    /// Rolled up, not synced yet.
    unsynced: Vec<(LogKey, u64, Parts)>,
    head: u64,
}

impl Disk {
    fn append(&mut self, records: &[Record]) -> u64 {
        let first = self.head + 1;
        for record in records {
            self.head += 1;
            if let Some(body) = &record.body {
                self.bodies.insert(self.head, body.clone());
            }
            self.records.insert(self.head, Record { body: None, ..record.clone() });
        }
        first
    }

    fn sync(&mut self, how_many: usize) {
        for (log, as_of, parts) in self.unsynced.drain(..).take(how_many) {
            let snapshot = self.snapshots.entry(log).or_default();
            snapshot.0 = as_of;
            for (part, bytes) in parts {
                match bytes {
                    Some(bytes) => snapshot.1.insert(part, bytes),
                    None => snapshot.1.remove(&part),
                };
            }
        }
    }

    fn forget(&mut self, up_to: u64) {
        self.sync(usize::MAX);
        self.records = self.records.split_off(&(up_to + 1));
    }
}

/// What the world must do for the service.
pub(crate) enum ToDo {
    /// Carry this to a device.
    Send(ConnId, Vec<u8>),
    /// End this connection.
    Close(ConnId),
    /// A commit began: [`Server::committed`] is due soon.
    Commit,
    /// Tick then.
    WakeAt(TimeMs),
}

/// The service while it lives.
pub(crate) struct Server {
    hub: Hub,
    disk: Disk,
    waiting: Vec<(u64, Vec<Record>)>,
    committing: Vec<(u64, Vec<Record>)>,
    greeted: BTreeSet<ConnId>,
    /// Landed since the oracle last asked.
    pub(crate) landed: Vec<Record>,
    /// Snapshots written, for the report.
    pub(crate) roll_ups: u64,
}

impl Server {
    /// Starts from what is on disk.
    pub(crate) fn start(disk: Disk, now: TimeMs, todo: &mut Vec<ToDo>) -> Result<Self, String> {
        let mut hub = Hub::new(
            HubConfig {
                app: AppId(7),
                service_id: "sim".into(),
                epoch: 99,
                secret: [3; 32],
                settings: Some(AppSettings::default()),
                limits: HubLimits {
                    requests_per_second: 10_000,
                    burst: 10_000,
                    housekeeping_ms: 500,
                    roll_up_ms: 500,
                    ..HubLimits::default()
                },
                server: "sim".into(),
            },
            now,
        );
        for (log, (as_of, parts)) in &disk.snapshots {
            hub.restore(*log, *as_of, parts.iter().map(|(part, bytes)| (*part, bytes.clone())).collect())?;
        }
        for (position, record) in &disk.records {
            hub.replay(*position, record)?;
        }
        let mut server = Self {
            hub,
            disk,
            waiting: Vec::new(),
            committing: Vec::new(),
            greeted: BTreeSet::new(),
            landed: Vec::new(),
            roll_ups: 0,
        };
        let mut effects = Vec::new();
        server.hub.start(now, &mut effects);
        server.carry_out(effects, todo);
        Ok(server)
    }

    /// The process dies. A commit under way is on disk or not; nobody was told.
    pub(crate) fn crash(mut self, commit_made_it: bool, roll_ups_made_it: usize) -> (Disk, Vec<Record>) {
        let mut landed = std::mem::take(&mut self.landed);
        if commit_made_it {
            for (_, records) in std::mem::take(&mut self.committing) {
                self.disk.append(&records);
                landed.extend(records);
            }
        }
        self.disk.sync(roll_ups_made_it);
        self.disk.unsynced.clear();
        (self.disk, landed)
    }

    /// A frame came.
    pub(crate) fn receive(&mut self, now: TimeMs, conn: ConnId, bytes: &[u8], todo: &mut Vec<ToDo>) {
        let request = match wire::decode_request(bytes) {
            Ok(request) => request,
            Err(_) => return todo.push(ToDo::Close(conn)),
        };
        let input = match request.body {
            Some(wire::request::Body::Hello(hello)) if self.greeted.insert(conn) => {
                let identity = UserId::new(&hello.user).map(|user| Identity { user, expires_ms: None, issued_ms: 0 });
                Input::Hello { conn, request: request.id, hello, identity }
            }
            _ => Input::Request { conn, request },
        };
        self.handle(now, input, todo);
    }

    /// A connection is gone.
    pub(crate) fn closed(&mut self, now: TimeMs, conn: ConnId, todo: &mut Vec<ToDo>) {
        self.handle(now, Input::Closed { conn }, todo);
    }

    /// It is time.
    pub(crate) fn tick(&mut self, now: TimeMs, todo: &mut Vec<ToDo>) {
        self.handle(now, Input::Tick, todo);
    }

    /// The commit under way is durable: everything in it lands.
    pub(crate) fn committed(&mut self, now: TimeMs, todo: &mut Vec<ToDo>) {
        for (ticket, records) in std::mem::take(&mut self.committing) {
            let first = self.disk.append(&records);
            for (n, record) in records.into_iter().enumerate() {
                self.landed.push(record.clone());
                self.handle(now, Input::Landed { position: first + n as u64, record, ticket: Some(ticket) }, todo);
            }
        }
        self.begin_commit(todo);
    }

    fn begin_commit(&mut self, todo: &mut Vec<ToDo>) {
        if self.committing.is_empty() && !self.waiting.is_empty() {
            self.committing = std::mem::take(&mut self.waiting);
            todo.push(ToDo::Commit);
        }
    }

    fn handle(&mut self, now: TimeMs, input: Input, todo: &mut Vec<ToDo>) {
        let mut effects = Vec::new();
        self.hub.handle(now, input, &mut effects);
        self.carry_out(effects, todo);
    }

    fn carry_out(&mut self, effects: Vec<Effect>, todo: &mut Vec<ToDo>) {
        for effect in effects {
            match effect {
                Effect::Append { ticket, records } => {
                    self.waiting.push((ticket, records));
                    self.begin_commit(todo);
                }
                Effect::Send { conn, frame } => todo.push(ToDo::Send(conn, frame.to_vec())),
                Effect::SendWithBodies { conn, mut frame, bodies } => {
                    for (message, position) in frame.messages_mut().zip(bodies) {
                        let body = self.disk.bodies.get(&position);
                        message.content = body.and_then(|body| wire::Content::decode(body.as_slice()).ok());
                    }
                    todo.push(ToDo::Send(conn, wire::encode_frame(&frame)));
                }
                Effect::Close { conn } => todo.push(ToDo::Close(conn)),
                Effect::RollUp { log, as_of, parts } => {
                    self.roll_ups += 1;
                    self.disk.unsynced.push((log, as_of, parts));
                }
                Effect::Forget { up_to } => self.disk.forget(up_to),
                Effect::DropBodies { positions } => {
                    for position in positions {
                        self.disk.bodies.remove(&position);
                    }
                }
                Effect::WakeAt(at) => todo.push(ToDo::WakeAt(at)),
            }
        }
    }
}
