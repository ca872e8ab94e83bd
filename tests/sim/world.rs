//! The world: virtual time, the network, faults, and the story of a run.

use crate::device::{self, Device};
use crate::judge::judge;
use crate::oracle::Oracle;
use crate::random::Chance;
use crate::server::{self, Disk, Server};
use seenby_core::hub::ConnId;
use seenby_core::model::{ConversationId, Error, ErrorCode, GroupId, GroupKind, MemberFilter, TimeMs, UserId};
use seenby_core::session::{Command, Input};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};
use std::fmt;

const START: TimeMs = 1_700_000_000_000;
/// Until then there are calls and faults.
const BUSY_MS: TimeMs = 20_000;
/// Then everything works, and everybody has this long to agree.
const HEAL_MS: TimeMs = 40_000;
/// Then everybody asks for everything, and is answered.
const ASK_MS: TimeMs = 10_000;

/// What one run did, and what was wrong.
#[derive(Default)]
pub(crate) struct Report {
    /// Of everything that crossed a line, in order.
    pub(crate) trace: u64,
    /// What was wrong.
    pub(crate) broken: Vec<String>,
    /// Messages that landed.
    pub(crate) messages: u64,
    /// Receipts that count.
    pub(crate) receipts: u64,
    /// Summaries that apps were shown.
    pub(crate) summaries_shown: u64,
    /// Services and apps that died.
    pub(crate) crashes: u64,
    /// Connections cut.
    pub(crate) cuts: u64,
    /// Snapshots written.
    pub(crate) roll_ups: u64,
}

impl Report {
    /// Adds another run's counts.
    pub(crate) fn add(&mut self, other: &Self) {
        self.messages += other.messages;
        self.receipts += other.receipts;
        self.summaries_shown += other.summaries_shown;
        self.crashes += other.crashes;
        self.cuts += other.cuts;
        self.roll_ups += other.roll_ups;
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} messages, {} receipts, {} summaries shown, {} crashes, {} cuts, {} snapshots",
            self.messages, self.receipts, self.summaries_shown, self.crashes, self.cuts, self.roll_ups
        )
    }
}

#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Act {
    ToServer { device: usize, line: u64, bytes: Vec<u8> },
    ToDevice { device: usize, line: u64, bytes: Vec<u8> },
    Arrive { device: usize, line: u64 },
    Refused { device: usize, line: u64 },
    ServerHangsUp { device: usize, line: u64 },
    DeviceHangsUp { conn: u64 },
    Deliver { device: usize, life: u64, number: u64 },
    Bind { device: usize, life: u64 },
    WakeDevice { device: usize, life: u64, at: TimeMs },
    WakeServer { server: u64, at: TimeMs },
    Commit { server: u64 },
    App { device: usize },
    Found,
    Fault,
    ServerBack,
    DeviceBack { device: usize },
}

/// One run.
pub(crate) struct World {
    now: TimeMs,
    order: u64,
    queue: BinaryHeap<Reverse<(TimeMs, u64, Act)>>,
    chance: Chance,
    server: Option<Server>,
    disk: Option<Disk>,
    servers: u64,
    server_wake: TimeMs,
    devices: Vec<Device>,
    /// Open connections: to which device and line.
    conns: BTreeMap<u64, (usize, u64)>,
    next_conn: u64,
    /// When the last frame of a direction arrives: lines keep order.
    arrives: BTreeMap<(usize, u64, bool), TimeMs>,
    /// Frames that wait because the session does not read.
    held: BTreeMap<(usize, u64), Vec<Vec<u8>>>,
    oracle: Oracle,
    report: Report,
    story: bool,
    healing: bool,
}

impl World {
    /// From a seed.
    pub(crate) fn new(seed: u64, story: bool) -> Self {
        let mut chance = Chance::new(seed);
        let mut devices = Vec::new();
        for (user, name) in
            [("ann", "phone"), ("ann", "desk"), ("bob", "phone"), ("cy", "phone"), ("dee", "phone"), ("dee", "tab")]
        {
            devices.push(Device::new(user, name, chance.seed()));
        }
        Self {
            now: START,
            order: 0,
            queue: BinaryHeap::new(),
            chance,
            server: None,
            disk: Some(Disk::default()),
            servers: 0,
            server_wake: 0,
            devices,
            conns: BTreeMap::new(),
            next_conn: 0,
            arrives: BTreeMap::new(),
            held: BTreeMap::new(),
            oracle: Oracle::default(),
            report: Report { trace: 0xcbf2_9ce4_8422_2325, ..Report::default() },
            story,
            healing: false,
        }
    }

    fn at(&mut self, at: TimeMs, act: Act) {
        self.order += 1;
        self.queue.push(Reverse((at.max(self.now), self.order, act)));
    }

    fn soon(&mut self, least: i64, most: i64, act: Act) {
        let delay = self.chance.between(least, most);
        self.at(self.now + delay, act);
    }

    fn tell(&self, what: impl fmt::Display) {
        if self.story {
            println!("{:>6} {what}", self.now - START);
        }
    }

    fn note(&mut self, tag: u8, bytes: &[u8]) {
        let mut hash = self.report.trace;
        let now = self.now.to_be_bytes();
        for byte in std::iter::once(&tag).chain(&now).chain(bytes) {
            hash = (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
        self.report.trace = hash;
    }

    /// Busy and faulty for a while, then healed, then asked.
    pub(crate) fn run(&mut self) {
        self.start_server();
        for device in 0..self.devices.len() {
            self.start_device(device);
            self.soon(200, 1_000, Act::App { device });
        }
        self.at(START + 150, Act::Found);
        self.soon(500, 3_000, Act::Fault);
        self.until(START + BUSY_MS);
        self.heal();
        self.until(START + BUSY_MS + HEAL_MS);
        self.ask();
        self.until(START + BUSY_MS + HEAL_MS + ASK_MS);
        self.report.broken.extend(judge(&self.devices, &self.oracle));
    }

    /// What came of it.
    pub(crate) fn report(mut self) -> Report {
        self.report.messages = self.oracle.messages().count() as u64;
        self.report.receipts = self.oracle.messages().map(|message| message.readers.len() as u64).sum();
        self.report.summaries_shown = self.devices.iter().map(|device| device.summaries).sum();
        self.report.roll_ups += self.server.as_ref().map_or(0, |server| server.roll_ups);
        self.report
    }

    fn until(&mut self, end: TimeMs) {
        while let Some(Reverse((at, _, _))) = self.queue.peek() {
            if *at > end {
                break;
            }
            let Some(Reverse((at, _, act))) = self.queue.pop() else { break };
            self.now = at;
            self.act(act);
        }
        self.now = end;
    }

    fn act(&mut self, act: Act) {
        match act {
            Act::ToServer { device, line, bytes } => {
                let Some(conn) = self.conn_of(device, line) else { return };
                self.note(1, &bytes);
                let now = self.now;
                self.with_server(|server, todo| server.receive(now, ConnId(conn), &bytes, todo));
            }
            Act::ToDevice { device, line, bytes } => {
                if self.devices[device].line != line {
                    return;
                }
                if !self.devices[device].reading {
                    self.held.entry((device, line)).or_default().push(bytes);
                    return;
                }
                self.note(2, &bytes);
                self.tell_session(device, Input::Frame(bytes));
            }
            Act::Arrive { device, line } => {
                if self.devices[device].line != line {
                    return;
                }
                if self.server.is_none() {
                    return self.lost(device);
                }
                self.next_conn += 1;
                self.conns.insert(self.next_conn, (device, line));
                self.tell_session(device, Input::Opened);
            }
            Act::Refused { device, line } | Act::ServerHangsUp { device, line } => {
                if self.devices[device].line == line {
                    self.lost(device);
                }
            }
            Act::DeviceHangsUp { conn } => {
                let now = self.now;
                self.with_server(|server, todo| server.closed(now, ConnId(conn), todo));
            }
            Act::Deliver { device, life, number } => {
                if self.devices[device].life == life {
                    self.tell_session(device, Input::Delivered(number));
                }
            }
            Act::Bind { device, life } => {
                if self.devices[device].life == life {
                    let mut todo = Vec::new();
                    self.devices[device].bound(self.now, &mut todo);
                    self.carry_out(device, todo);
                }
            }
            Act::WakeDevice { device, life, at } => {
                if self.devices[device].life == life && self.devices[device].wake == Some(at) {
                    self.tell_session(device, Input::Tick);
                }
            }
            Act::WakeServer { server, at } => {
                if self.servers == server && self.server_wake == at {
                    let now = self.now;
                    self.with_server(|server, todo| server.tick(now, todo));
                }
            }
            Act::Commit { server } => {
                if self.servers == server {
                    let now = self.now;
                    self.with_server(|server, todo| server.committed(now, todo));
                }
            }
            Act::App { device } => self.app(device),
            Act::Found => self.found(),
            Act::Fault => self.fault(),
            Act::ServerBack => self.start_server(),
            Act::DeviceBack { device } => self.start_device(device),
        }
    }

    fn conn_of(&self, device: usize, line: u64) -> Option<u64> {
        self.conns.iter().find(|(_, end)| **end == (device, line)).map(|(conn, _)| *conn)
    }

    // ---- the service ----

    fn start_server(&mut self) {
        let Some(disk) = self.disk.take() else { return };
        self.servers += 1;
        let mut todo = Vec::new();
        match Server::start(disk, self.now, &mut todo) {
            Ok(server) => self.server = Some(server),
            Err(e) => return self.report.broken.push(format!("the service does not start: {e}")),
        }
        self.tell("the service is up");
        self.for_server(todo);
    }

    fn crash_server(&mut self) {
        let Some(server) = self.server.take() else { return };
        self.report.roll_ups += server.roll_ups;
        let made_it = self.chance.percent(50);
        let roll_ups = self.chance.below(4) as usize;
        let (disk, landed) = server.crash(made_it, roll_ups);
        for record in &landed {
            self.oracle.landed(self.now, record);
        }
        self.disk = Some(disk);
        self.servers += 1;
        self.report.crashes += 1;
        self.tell("the service dies");
        for (device, line) in std::mem::take(&mut self.conns).into_values() {
            self.soon(1, 50, Act::ServerHangsUp { device, line });
        }
        self.soon(100, 2_000, Act::ServerBack);
    }

    fn with_server(&mut self, f: impl FnOnce(&mut Server, &mut Vec<server::ToDo>)) {
        let Some(server) = &mut self.server else { return };
        let mut todo = Vec::new();
        f(server, &mut todo);
        for record in std::mem::take(&mut server.landed) {
            self.oracle.landed(self.now, &record);
        }
        self.for_server(todo);
    }

    fn for_server(&mut self, todo: Vec<server::ToDo>) {
        let id = self.servers;
        for what in todo {
            match what {
                server::ToDo::Send(conn, bytes) => {
                    let Some((device, line)) = self.conns.get(&conn.0).copied() else { continue };
                    let at = self.arrival(device, line, false);
                    self.at(at, Act::ToDevice { device, line, bytes });
                }
                server::ToDo::Close(conn) => {
                    if let Some((device, line)) = self.conns.remove(&conn.0) {
                        let at = self.arrival(device, line, false);
                        self.at(at, Act::ServerHangsUp { device, line });
                        self.at(self.now, Act::DeviceHangsUp { conn: conn.0 });
                    }
                }
                server::ToDo::Commit => self.soon(1, 8, Act::Commit { server: id }),
                server::ToDo::WakeAt(at) => {
                    self.server_wake = at;
                    self.at(at, Act::WakeServer { server: id, at });
                }
            }
        }
    }

    fn arrival(&mut self, device: usize, line: u64, up: bool) -> TimeMs {
        let slow = if self.chance.percent(5) { 400 } else { 30 };
        let at = self.now + self.chance.between(1, slow);
        let last = self.arrives.entry((device, line, up)).or_default();
        *last = at.max(*last);
        *last
    }

    // ---- devices ----

    fn start_device(&mut self, device: usize) {
        if self.devices[device].is_on() {
            return;
        }
        let mut todo = Vec::new();
        self.devices[device].start(self.now, &mut todo);
        self.carry_out(device, todo);
    }

    fn lost(&mut self, device: usize) {
        self.hang_up(device);
        self.tell_session(device, Input::Lost(Error::new(ErrorCode::Disconnected, "the line is gone")));
    }

    /// Ends the device's line, without a word to its session.
    fn hang_up(&mut self, device: usize) {
        let line = self.devices[device].line;
        if let Some(conn) = self.conn_of(device, line) {
            self.conns.remove(&conn);
            self.soon(1, 200, Act::DeviceHangsUp { conn });
        }
        self.devices[device].line += 1;
    }

    fn tell_session(&mut self, device: usize, input: Input) {
        let mut todo = Vec::new();
        self.devices[device].handle(self.now, input, &mut todo);
        self.carry_out(device, todo);
        let line = self.devices[device].line;
        if self.devices[device].reading {
            for bytes in self.held.remove(&(device, line)).unwrap_or_default() {
                self.at(self.now, Act::ToDevice { device, line, bytes });
            }
        }
    }

    fn carry_out(&mut self, device: usize, todo: Vec<device::ToDo>) {
        let life = self.devices[device].life;
        for what in todo {
            match what {
                device::ToDo::Connect => {
                    self.hang_up(device);
                    let line = self.devices[device].line;
                    if self.server.is_some() && (self.healing || self.chance.percent(80)) {
                        self.soon(5, 100, Act::Arrive { device, line });
                    } else {
                        self.soon(5, 500, Act::Refused { device, line });
                    }
                }
                device::ToDo::Disconnect => self.hang_up(device),
                device::ToDo::Send(bytes) => {
                    let line = self.devices[device].line;
                    let at = self.arrival(device, line, true);
                    self.at(at, Act::ToServer { device, line, bytes });
                }
                device::ToDo::Deliver(number) => self.soon(0, 20, Act::Deliver { device, life, number }),
                device::ToDo::Bind => self.soon(0, 5, Act::Bind { device, life }),
                device::ToDo::WakeAt(at) => self.at(at, Act::WakeDevice { device, life, at }),
            }
        }
    }

    // ---- what apps do ----

    /// The first device makes the group, with whom chance wants in it from the start.
    fn found(&mut self) {
        let mut members = Vec::new();
        for user in ["bob", "cy", "dee"] {
            if self.chance.percent(70) {
                members.push(UserId::new(user).expect("a user id"));
            }
        }
        let command = Command::CreateGroup {
            group: Some(GroupId::new("team").expect("a group id")),
            kind: GroupKind::Public,
            name: "team".into(),
            members,
        };
        let mut todo = Vec::new();
        self.devices[0].other(self.now, command, &mut todo);
        self.carry_out(0, todo);
    }

    fn app(&mut self, device: usize) {
        self.soon(50, 1_200, Act::App { device });
        if self.healing || !self.devices[device].is_on() {
            return;
        }
        let now = self.now;
        let mut todo = Vec::new();
        let me = self.devices[device].user.clone();
        let group = GroupId::new("team").expect("a group id");
        match self.chance.below(100) {
            0..=34 => {
                let to = if self.chance.percent(50) {
                    ConversationId::Group(group)
                } else {
                    let peers: Vec<UserId> =
                        self.devices.iter().map(|d| d.user.clone()).filter(|user| *user != me).collect();
                    let Some(peer) = self.chance.of(&peers) else { return };
                    ConversationId::C2c(peer.clone())
                };
                let receipts = self.chance.percent(80);
                self.tell(format_args!("{me}/{device} sends to {to}"));
                self.devices[device].send(now, &to, receipts, &mut todo);
            }
            35..=69 => {
                let Some(one) = self.devices[device].unreported.first().cloned() else { return };
                let most = 1 + self.chance.below(30) as usize;
                let same = |message: &&seenby_core::model::Message| message.conversation == one.conversation;
                let batch: Vec<_> = self.devices[device].unreported.iter().filter(same).take(most).cloned().collect();
                if !self.chance.percent(10) {
                    self.devices[device].unreported.retain(|message| !batch.contains(message));
                }
                for message in batch.iter().filter_map(device::id) {
                    self.oracle.reported.insert((me.to_string(), message));
                }
                let ids = self.devices[device].report(now, batch, &mut todo);
                self.tell(format_args!("{me}/{device} reports {ids:?}"));
            }
            70..=79 => {
                let sent = self.devices[device].sent.clone();
                if !sent.is_empty() {
                    self.devices[device].get(now, &sent, &mut todo);
                }
            }
            80..=87 => {
                let sent: Vec<_> = self.devices[device]
                    .sent
                    .iter()
                    .filter(|message| {
                        message.need_read_receipt && !message.conversation.as_ref().is_some_and(ConversationId::is_c2c)
                    })
                    .cloned()
                    .collect();
                let filter = if self.chance.percent(50) { MemberFilter::Read } else { MemberFilter::Unread };
                if let Some(message) = self.chance.of(&sent) {
                    self.devices[device].walk(now, message, filter, &mut todo);
                }
            }
            88..=91 => {
                let kind = GroupKind::Public;
                let command =
                    Command::CreateGroup { group: Some(group), kind, name: "team".into(), members: Vec::new() };
                self.devices[device].other(now, command, &mut todo);
            }
            92..=95 => self.devices[device].other(now, Command::JoinGroup { group }, &mut todo),
            96..=97 => self.devices[device].other(now, Command::QuitGroup { group }, &mut todo),
            _ => self.devices[device].other(now, Command::MarkAllAsRead, &mut todo),
        }
        self.carry_out(device, todo);
    }

    fn fault(&mut self) {
        if self.healing {
            return;
        }
        self.soon(300, 4_000, Act::Fault);
        match self.chance.below(10) {
            0..=1 => self.crash_server(),
            2..=5 => {
                let device = self.chance.below(self.devices.len() as u64) as usize;
                self.report.cuts += 1;
                self.tell(format_args!("device {device} loses its line"));
                let line = self.devices[device].line;
                self.soon(0, 300, Act::ServerHangsUp { device, line });
            }
            6..=8 => {
                let device = self.chance.below(self.devices.len() as u64) as usize;
                if self.devices[device].is_on() {
                    self.report.crashes += 1;
                    self.tell(format_args!("app {device} is killed"));
                    self.hang_up(device);
                    let kept = if self.chance.percent(50) { usize::MAX } else { self.chance.below(10) as usize };
                    self.devices[device].kill(kept);
                    self.soon(100, 5_000, Act::DeviceBack { device });
                }
            }
            _ => {}
        }
    }

    // ---- and what must come of it ----

    fn heal(&mut self) {
        self.tell("healed");
        self.healing = true;
        if self.server.is_none() {
            self.start_server();
        }
        for device in 0..self.devices.len() {
            self.start_device(device);
            let mut todo = Vec::new();
            self.devices[device].handle(self.now, Input::NetworkAvailable(true), &mut todo);
            self.carry_out(device, todo);
            // A login that failed while the line was down is tried again by the app.
            let mut todo = Vec::new();
            self.devices[device].log_in(self.now, &mut todo);
            self.carry_out(device, todo);
        }
    }

    fn ask(&mut self) {
        for device in 0..self.devices.len() {
            let mut todo = Vec::new();
            let sent = self.devices[device].sent.clone();
            let now = self.now;
            self.devices[device].got.clear();
            self.devices[device].walks.clear();
            if !sent.is_empty() {
                let conversations: BTreeSet<_> =
                    sent.iter().filter_map(|message| message.conversation.clone()).collect();
                for conversation in conversations {
                    let those: Vec<_> = sent
                        .iter()
                        .filter(|message| message.conversation.as_ref() == Some(&conversation))
                        .cloned()
                        .collect();
                    self.devices[device].get(now, &those, &mut todo);
                    let in_group =
                        |message: &&seenby_core::model::Message| message.need_read_receipt && !conversation.is_c2c();
                    for message in those.iter().filter(in_group) {
                        self.devices[device].walk(now, message, MemberFilter::Read, &mut todo);
                        self.devices[device].walk(now, message, MemberFilter::Unread, &mut todo);
                    }
                }
            }
            self.carry_out(device, todo);
        }
    }
}
