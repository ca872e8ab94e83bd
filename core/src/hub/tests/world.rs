//! A hub, its journal and devices that speak the wire's frames, in one place.

use crate::hub::{ConnId, Effect, Hub, HubConfig, HubLimits, Identity, Input, LogKey, Record};
use crate::ledger::journal;
use crate::model::{AppId, AppSettings, Position, TimeMs, UserId};
use crate::wire::{self, frame, request};
use prost::Message as _;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

pub(super) const EPOCH: u64 = 77;
pub(super) const START: TimeMs = 1_700_000_000_000;

pub(super) struct World {
    pub(super) hub: Hub,
    pub(super) config: HubConfig,
    pub(super) now: TimeMs,
    /// Everything that landed and is not forgotten.
    pub(super) events: Vec<(Position, Record)>,
    pub(super) floor: Position,
    pub(super) head: Position,
    pub(super) snapshots: BTreeMap<LogKey, (Position, BTreeMap<u64, Vec<u8>>)>,
    pub(super) bodies: BTreeMap<Position, Vec<u8>>,
    /// Appends that wait, while `hold`.
    pub(super) waiting: VecDeque<(u64, Vec<Record>)>,
    pub(super) hold: bool,
    inbox: BTreeMap<ConnId, Vec<wire::Frame>>,
    pub(super) closed: BTreeSet<ConnId>,
    next_conn: u64,
    next_request: u64,
    wake: Option<TimeMs>,
    /// Every effect, for comparing runs.
    pub(super) trace: Vec<String>,
}

impl World {
    pub(super) fn new() -> Self {
        Self::with(
            AppSettings::default(),
            HubLimits { requests_per_second: 100_000, burst: 100_000, ..HubLimits::default() },
        )
    }

    pub(super) fn with(settings: AppSettings, limits: HubLimits) -> Self {
        let config = HubConfig {
            app: AppId(1),
            service_id: "service".into(),
            epoch: EPOCH,
            secret: [7; 32],
            settings: Some(settings),
            limits,
            server: "test".into(),
        };
        let mut world = Self {
            hub: Hub::new(config.clone(), START),
            config,
            now: START,
            events: Vec::new(),
            floor: 0,
            head: 0,
            snapshots: BTreeMap::new(),
            bodies: BTreeMap::new(),
            waiting: VecDeque::new(),
            hold: false,
            inbox: BTreeMap::new(),
            closed: BTreeSet::new(),
            next_conn: 1,
            next_request: 100,
            wake: None,
            trace: Vec::new(),
        };
        world.start();
        world
    }

    fn start(&mut self) {
        let mut out = Vec::new();
        self.hub.start(self.now, &mut out);
        self.run(out);
    }

    /// Another process: from the snapshots, and what came after.
    pub(super) fn restart(&mut self) {
        self.waiting.clear();
        self.inbox.clear();
        let mut hub = Hub::new(self.config.clone(), self.now);
        for (log, (as_of, parts)) in &self.snapshots {
            hub.restore(*log, *as_of, parts.clone().into_iter().collect()).expect("a good snapshot");
        }
        for (position, record) in &self.events {
            hub.replay(*position, record).expect("a good event");
        }
        self.hub = hub;
        self.wake = None;
        self.start();
    }

    pub(super) fn input(&mut self, input: Input) {
        let mut out = Vec::new();
        self.hub.handle(self.now, input, &mut out);
        self.run(out);
        // The hub may ask to be woken at once.
        if self.waiting.is_empty() && self.wake.is_some_and(|at| at <= self.now) {
            self.wake = None;
            self.input(Input::Tick);
        }
    }

    fn run(&mut self, out: Vec<Effect>) {
        for effect in out {
            self.trace.push(format!("{effect:?}"));
            match effect {
                Effect::Append { ticket, records } => self.waiting.push_back((ticket, records)),
                Effect::Send { conn, frame } => {
                    assert!(frame.len() <= crate::model::limits::FRAME_BYTES, "a frame of {} bytes", frame.len());
                    let frame = wire::decode_frame(&frame).expect("a frame");
                    self.inbox.entry(conn).or_default().push(frame);
                }
                Effect::SendWithBodies { conn, mut frame, bodies } => {
                    assert_eq!(frame.messages_mut().count(), bodies.len(), "one body for each message: {frame:?}");
                    for (message, position) in frame.messages_mut().zip(&bodies) {
                        message.content =
                            self.bodies.get(position).map(|b| wire::Content::decode(b.as_slice()).unwrap());
                    }
                    assert!(frame.encoded_len() <= crate::model::limits::FRAME_BYTES);
                    self.inbox.entry(conn).or_default().push(*frame);
                }
                Effect::Close { conn } => {
                    self.closed.insert(conn);
                }
                Effect::RollUp { log, as_of, parts } => {
                    let entry = self.snapshots.entry(log).or_default();
                    entry.0 = as_of;
                    for (part, bytes) in parts {
                        match bytes {
                            Some(bytes) => entry.1.insert(part, bytes),
                            None => entry.1.remove(&part),
                        };
                    }
                    if entry.1.is_empty() {
                        self.snapshots.remove(&log);
                    }
                }
                Effect::Forget { up_to } => {
                    assert!(up_to >= self.floor);
                    self.floor = up_to;
                    self.events.retain(|(position, _)| *position > up_to);
                }
                Effect::DropBodies { positions } => positions.iter().for_each(|position| {
                    self.bodies.remove(position);
                }),
                Effect::WakeAt(at) => self.wake = Some(at),
            }
        }
        if !self.hold {
            self.land();
        }
    }

    /// What was appended lands.
    pub(super) fn land(&mut self) {
        while let Some((ticket, records)) = self.waiting.pop_front() {
            for record in records {
                self.head += 1;
                if let Some(body) = &record.body {
                    self.bodies.insert(self.head, body.clone());
                }
                self.events.push((self.head, Record { body: None, ..record.clone() }));
                self.input(Input::Landed { position: self.head, record, ticket: Some(ticket) });
            }
        }
    }

    /// Time passes; the hub is woken whenever it asked to be.
    pub(super) fn pass(&mut self, ms: TimeMs) {
        let end = self.now + ms;
        while let Some(at) = self.wake.filter(|at| *at <= end) {
            self.now = self.now.max(at);
            self.wake = None;
            self.input(Input::Tick);
        }
        self.now = end;
    }

    pub(super) fn identity(user: &str) -> Identity {
        Identity { user: UserId::new(user).unwrap(), expires_ms: None, issued_ms: 0 }
    }

    pub(super) fn hello(user: &str, device: &str) -> wire::Hello {
        wire::Hello {
            version: 1,
            app: 1,
            user: user.into(),
            user_sig: String::new(),
            device: device.into(),
            cursor: None,
            client: "test".into(),
            with_readers: false,
        }
    }

    pub(super) fn cursor(position: Position) -> Option<wire::Cursor> {
        Some(wire::Cursor { epoch: EPOCH, shards: vec![wire::ShardPosition { shard: 0, position }] })
    }

    /// Sends a Hello; what came of it is in the inbox.
    pub(super) fn connect(&mut self, hello: wire::Hello) -> ConnId {
        let identity = Ok(Self::identity(&hello.user));
        self.connect_as(hello, identity)
    }

    pub(super) fn connect_as(&mut self, hello: wire::Hello, identity: crate::model::Result<Identity>) -> ConnId {
        let conn = ConnId(self.next_conn);
        self.next_conn += 1;
        self.input(Input::Hello { conn, request: 1, hello, identity });
        conn
    }

    /// A new device that is live.
    pub(super) fn login(&mut self, user: &str) -> ConnId {
        let device = format!("{user}-{}", self.next_conn);
        let conn = self.connect(Self::hello(user, &device));
        let frames = self.take(conn);
        assert!(matches!(frames[0].body, Some(frame::Body::Welcome(_))), "{frames:?}");
        assert!(matches!(&frames[1].body, Some(frame::Body::Sync(sync)) if !sync.more), "{frames:?}");
        conn
    }

    pub(super) fn take(&mut self, conn: ConnId) -> Vec<wire::Frame> {
        self.inbox.remove(&conn).unwrap_or_default()
    }

    /// What was pushed since the last look.
    pub(super) fn pushes(&mut self, conn: ConnId) -> Vec<frame::Body> {
        let (pushes, replies) = self.take(conn).into_iter().partition(|frame| frame.request == 0);
        self.inbox.insert(conn, replies);
        pushes.into_iter().filter_map(|frame: wire::Frame| frame.body).collect()
    }

    /// The summaries pushed since the last look: seq, read, unread.
    pub(super) fn summaries(&mut self, conn: ConnId) -> Vec<(u64, u32, u32)> {
        self.pushes(conn)
            .into_iter()
            .flat_map(|body| match body {
                frame::Body::Receipts(receipts) => receipts.receipts,
                _ => Vec::new(),
            })
            .map(|receipt| (receipt.seq, receipt.read, receipt.unread))
            .collect()
    }

    /// The messages pushed since the last look: seq and text.
    pub(super) fn messages(&mut self, conn: ConnId) -> Vec<(u64, String)> {
        let bodies = self.pushes(conn);
        bodies
            .into_iter()
            .flat_map(|body| match body {
                frame::Body::Messages(messages) => messages.messages,
                frame::Body::Sync(sync) => sync.messages,
                _ => Vec::new(),
            })
            .map(|message| (message.seq, text_of(&message)))
            .collect()
    }

    pub(super) fn send_request(&mut self, conn: ConnId, body: request::Body) -> u64 {
        let id = self.next_request;
        self.next_request += 1;
        self.input(Input::Request { conn, request: wire::Request { id, seen: 0, body: Some(body) } });
        id
    }

    /// The answer to a request sent before.
    pub(super) fn answer(&mut self, conn: ConnId, id: u64) -> Option<frame::Body> {
        let inbox = self.inbox.entry(conn).or_default();
        let at = inbox.iter().position(|frame| frame.request == id)?;
        inbox.remove(at).body
    }

    /// Asks and is answered.
    pub(super) fn ask(&mut self, conn: ConnId, body: request::Body) -> frame::Body {
        let id = self.send_request(conn, body);
        self.answer(conn, id).expect("an answer")
    }

    /// Asks and is refused with this number.
    pub(super) fn refused(&mut self, conn: ConnId, body: request::Body) -> i32 {
        match self.ask(conn, body) {
            frame::Body::Error(error) => {
                assert!(error.message.len() > 15, "a sentence: {error:?}");
                error.code
            }
            other => panic!("not refused: {other:?}"),
        }
    }

    pub(super) fn done(&mut self, conn: ConnId, body: request::Body) {
        let answer = self.ask(conn, body);
        assert!(matches!(answer, frame::Body::Done(_)), "{answer:?}");
    }

    /// Sends text with receipts; its seq.
    pub(super) fn say(&mut self, conn: ConnId, to: &wire::Conversation, id: &str) -> u64 {
        match self.ask(conn, request::Body::Send(text(to, id))) {
            frame::Body::Sent(sent) => sent.seq,
            other => panic!("not sent: {other:?}"),
        }
    }

    /// Reports; the outcomes as numbers.
    pub(super) fn read(&mut self, conn: ConnId, of: &wire::Conversation, seqs: &[u64]) -> Vec<i32> {
        match self.ask(conn, report(of, seqs)) {
            frame::Body::Reported(reported) => reported.outcomes,
            other => panic!("not reported: {other:?}"),
        }
    }

    /// Gets summaries: seq, read, unread, peer read.
    pub(super) fn get(&mut self, conn: ConnId, of: &wire::Conversation, seqs: &[u64]) -> Vec<(u64, u32, u32, bool)> {
        let get = wire::GetReceipts { conversation: Some(of.clone()), seqs: seqs.to_vec(), ids: vec![] };
        match self.ask(conn, request::Body::GetReceipts(get)) {
            frame::Body::Receipts(receipts) => {
                receipts.receipts.iter().map(|r| (r.seq, r.read, r.unread, r.peer_read)).collect()
            }
            other => panic!("no receipts: {other:?}"),
        }
    }

    /// A group of these, made by the first.
    pub(super) fn group(&mut self, conn: ConnId, id: &str, kind: u32, members: &[&str]) -> wire::Conversation {
        let create = wire::CreateGroup {
            group: id.into(),
            kind,
            name: "name".into(),
            members: members.iter().map(|member| (*member).to_owned()).collect(),
        };
        match self.ask(conn, request::Body::CreateGroup(create)) {
            frame::Body::GroupCreated(created) => assert_eq!(created.group, id),
            other => panic!("not created: {other:?}"),
        }
        in_group(id)
    }

    /// The events' bodies in the journal.
    pub(super) fn count_events(&self, is: impl Fn(&journal::event::Body) -> bool) -> usize {
        self.events.iter().filter(|(_, record)| record.event.body.as_ref().is_some_and(&is)).count()
    }
}

pub(super) fn text_of(message: &wire::Message) -> String {
    match message.content.as_ref().and_then(|content| content.elem.as_ref()) {
        Some(wire::content::Elem::Text(text)) => text.clone(),
        _ => String::new(),
    }
}

pub(super) fn with(peer: &str) -> wire::Conversation {
    wire::Conversation { of: Some(wire::conversation::Of::User(peer.into())) }
}

pub(super) fn in_group(group: &str) -> wire::Conversation {
    wire::Conversation { of: Some(wire::conversation::Of::Group(group.into())) }
}

pub(super) fn text(to: &wire::Conversation, id: &str) -> wire::Send {
    wire::Send {
        conversation: Some(to.clone()),
        id: id.into(),
        need_receipt: true,
        content: Some(wire::Content {
            elem: Some(wire::content::Elem::Text(format!("text of {id}"))),
            cloud_custom_data: vec![],
        }),
        ..wire::Send::default()
    }
}

pub(super) fn report(of: &wire::Conversation, seqs: &[u64]) -> request::Body {
    request::Body::Report(wire::Report {
        conversation: Some(of.clone()),
        seqs: seqs.to_vec(),
        ..wire::Report::default()
    })
}

pub(super) fn list(of: &wire::Conversation, seq: u64, filter: u32, next_seq: u64, count: u32) -> request::Body {
    request::Body::ReadMembers(wire::ReadMembers {
        conversation: Some(of.clone()),
        message: Some(wire::MessageRef { seq, id: String::new() }),
        filter,
        next_seq,
        count,
    })
}
