//! A session and everything around it that a driver would do, with a service that is written by hand.
#![allow(dead_code, missing_docs, unreachable_pub, clippy::unwrap_used)]

use seenby_core::model::*;
use seenby_core::session::*;
use seenby_core::wire::{self, frame, request};
use std::collections::{BTreeMap, VecDeque};

pub const EPOCH: u64 = 7;

pub struct Rig {
    pub session: Session,
    pub now: TimeMs,
    /// What a store would hold if the process ended now, and if the power went now.
    pub store: BTreeMap<(Table, Vec<u8>), Vec<u8>>,
    pub durable: BTreeMap<(Table, Vec<u8>), Vec<u8>>,
    /// Requests that the service has not answered.
    pub sent: VecDeque<wire::Request>,
    pub completed: BTreeMap<u64, Result<Answer>>,
    pub events: Vec<Event>,
    /// Events not returned from.
    pub pending: VecDeque<u64>,
    /// Listeners return at once.
    pub prompt: bool,
    /// Pings are answered at once.
    pub pongs: bool,
    pub connects: usize,
    pub disconnects: usize,
    pub reading: bool,
    pub wake: Option<TimeMs>,
    pub wants_sig: usize,
    pub binds: Vec<String>,
    pub warnings: Vec<String>,
    /// Words for effects, in order: "send", "store", "sync", "complete 3", "emit".
    pub log: Vec<String>,
    pub next_call: u64,
    pub position: u64,
    /// ListConversations by the session itself is answered by the rig with these.
    pub states: Vec<wire::ConversationState>,
}

pub fn user(name: &str) -> UserId {
    UserId::new(name).unwrap()
}

pub fn mid(name: &str) -> MessageId {
    MessageId::new(name).unwrap()
}

pub fn c2c(peer: &str) -> ConversationId {
    ConversationId::C2c(user(peer))
}

pub fn group(id: &str) -> ConversationId {
    ConversationId::Group(GroupId::new(id).unwrap())
}

pub fn wire_conv(id: &ConversationId) -> wire::Conversation {
    wire::Conversation {
        of: Some(match id {
            ConversationId::C2c(peer) => wire::conversation::Of::User(peer.to_string()),
            ConversationId::Group(group) => wire::conversation::Of::Group(group.to_string()),
        }),
    }
}

pub fn config() -> SessionConfig {
    SessionConfig {
        app: AppId(1),
        user: user("me"),
        device: DeviceId::new("phone").unwrap(),
        client: "test/1".into(),
        with_readers: false,
        request_timeout_ms: 10_000,
        in_memory: false,
        seed: [3; 32],
    }
}

/// A message of `sender`, with receipts.
pub fn message(conversation: &ConversationId, seq: u64, sender: &str) -> wire::Message {
    wire::Message {
        conversation: Some(wire_conv(conversation)),
        id: format!("m{seq}"),
        seq,
        position: 100 + seq,
        sender: sender.into(),
        time_ms: 1_000_000 + seq as i64 * 1000,
        need_receipt: true,
        content: Some(wire::Content {
            elem: Some(wire::content::Elem::Text(format!("text {seq}"))),
            cloud_custom_data: vec![],
        }),
        ..Default::default()
    }
}

pub fn receipt(conversation: &ConversationId, seq: u64, position: u64, read: u32, unread: u32) -> wire::Receipt {
    wire::Receipt {
        conversation: Some(wire_conv(conversation)),
        seq,
        id: format!("m{seq}"),
        position,
        read,
        unread,
        peer_read: conversation.is_c2c() && read > 0,
        time_ms: if read > 0 { 5_000 } else { 0 },
        ..Default::default()
    }
}

pub fn state(conversation: &ConversationId, last_seq: u64, unread: u32, own_mark: u64) -> wire::ConversationState {
    wire::ConversationState {
        conversation: Some(wire_conv(conversation)),
        last_seq,
        last_message: Some(message(conversation, last_seq, "bob")),
        unread,
        own_mark,
        ..Default::default()
    }
}

pub fn handle(conversation: &ConversationId, seq: u64) -> MessageHandle {
    MessageHandle {
        conversation: Some(conversation.clone()),
        id: Some(mid(&format!("m{seq}"))),
        seq,
        is_self: Some(false),
        need_read_receipt: Some(true),
    }
}

pub fn by_id(id: &str) -> MessageHandle {
    MessageHandle { conversation: None, id: Some(mid(id)), seq: 0, is_self: None, need_read_receipt: None }
}

impl Rig {
    /// Not logged in.
    pub fn new() -> Self {
        Self::with(config(), BTreeMap::new(), 1_000_000_000)
    }

    pub fn with(config: SessionConfig, store: BTreeMap<(Table, Vec<u8>), Vec<u8>>, now: TimeMs) -> Self {
        let entries = entries(&store);
        Self {
            session: Session::new(config, entries, now),
            now,
            durable: store.clone(),
            store,
            sent: VecDeque::new(),
            completed: BTreeMap::new(),
            events: Vec::new(),
            pending: VecDeque::new(),
            prompt: true,
            pongs: true,
            connects: 0,
            disconnects: 0,
            reading: true,
            wake: None,
            wants_sig: 0,
            binds: Vec::new(),
            warnings: Vec::new(),
            log: Vec::new(),
            next_call: 0,
            position: 1000,
            states: Vec::new(),
        }
    }

    /// Logged in, live, with nothing to do.
    pub fn live() -> Self {
        let mut rig = Self::new();
        rig.log_in();
        rig
    }

    /// The app ended (`power`: the power went) and begins again, not logged in.
    pub fn restarted(&self, power: bool) -> Self {
        let store = if power { self.durable.clone() } else { self.store.clone() };
        let mut config = config();
        config.seed = [self.next_call as u8 + 50; 32];
        let mut rig = Self::with(config, store, self.now + 1000);
        rig.next_call = self.next_call;
        rig.position = self.position;
        rig.states = self.states.clone();
        rig
    }

    pub fn log_in(&mut self) -> u64 {
        let call = self.call_id();
        self.input(Input::Login { call: CallId(call), user_sig: "sig".into() });
        self.open_line(true);
        assert_eq!(self.completed.get(&call), Some(&Ok(Answer::Done)));
        call
    }

    /// Opens the transport and answers Hello.
    pub fn open_line(&mut self, cursor_kept: bool) {
        self.input(Input::Opened);
        let hello = self.take(|body| matches!(body, request::Body::Hello(_)));
        let cursor_kept = match &hello.body {
            Some(request::Body::Hello(hello)) => cursor_kept && hello.cursor.is_some(),
            _ => false,
        };
        self.welcome(hello.id, EPOCH, cursor_kept);
        self.answer_lists();
    }

    pub fn welcome(&mut self, request: u64, epoch: u64, cursor_kept: bool) {
        let welcome = wire::Welcome {
            version: 1,
            service: "svc".into(),
            epoch,
            server_time_ms: self.now + 500_000,
            settings: Some(wire::Settings { receipts_enabled: true, ..Default::default() }),
            idle_after_ms: 60_000,
            cursor_kept,
            ..Default::default()
        };
        self.frame(wire::Frame {
            request,
            position: self.position,
            cursor: if cursor_kept { 0 } else { self.position },
            body: Some(frame::Body::Welcome(welcome)),
        });
    }

    /// Answers the session's own questions about conversations.
    pub fn answer_lists(&mut self) {
        while let Some(at) = self.sent.iter().position(|r| matches!(r.body, Some(request::Body::ListConversations(_))))
        {
            let request = self.sent.remove(at).unwrap();
            let Some(request::Body::ListConversations(list)) = request.body else { unreachable!() };
            let states = self
                .states
                .iter()
                .filter(|s| {
                    list.conversations.is_empty() || list.conversations.contains(s.conversation.as_ref().unwrap())
                })
                .cloned()
                .collect();
            self.reply(
                request.id,
                frame::Body::Conversations(wire::Conversations {
                    conversations: states,
                    finished: true,
                    ..Default::default()
                }),
            );
        }
    }

    pub fn lose_line(&mut self) {
        self.sent.clear();
        self.input(Input::Lost(Error::new(ErrorCode::Disconnected, "the cable was pulled")));
    }

    /// Waits for the next attempt and lets it succeed.
    pub fn reconnect(&mut self) {
        let before = self.connects;
        while self.connects == before {
            self.wait(1000);
        }
        self.open_line(true);
    }

    pub fn call_id(&mut self) -> u64 {
        self.next_call += 1;
        self.next_call
    }

    pub fn call(&mut self, command: Command) -> u64 {
        let call = self.call_id();
        self.input(Input::Call { call: CallId(call), command });
        call
    }

    /// The error of a call that is refused at once.
    pub fn refused(&mut self, command: Command) -> Error {
        let call = self.call(command);
        self.result(call).expect_err("it was to be refused")
    }

    pub fn result(&self, call: u64) -> Result<Answer> {
        self.completed.get(&call).cloned().expect("the call is answered")
    }

    pub fn is_open(&self, call: u64) -> bool {
        !self.completed.contains_key(&call)
    }

    pub fn report(&mut self, messages: &[MessageHandle]) -> u64 {
        self.call(Command::SendReadReceipts { messages: messages.to_vec() })
    }

    pub fn frame(&mut self, frame: wire::Frame) {
        self.input(Input::Frame(wire::encode_frame(&frame)));
    }

    pub fn reply(&mut self, request: u64, body: frame::Body) {
        self.position += 1;
        self.frame(wire::Frame { request, position: self.position, cursor: 0, body: Some(body) });
    }

    pub fn reply_error(&mut self, request: u64, code: ErrorCode) {
        self.reply(
            request,
            frame::Body::Error(wire::Error { code: code.number(), message: "no".into(), retry_after_ms: 0 }),
        );
    }

    pub fn push(&mut self, body: frame::Body) {
        self.position += 1;
        self.frame(wire::Frame { request: 0, position: self.position, cursor: self.position, body: Some(body) });
    }

    pub fn push_messages(&mut self, messages: Vec<wire::Message>) {
        self.push(frame::Body::Messages(wire::Messages { messages, finished: false }));
    }

    pub fn push_receipt(&mut self, receipt: wire::Receipt) {
        self.push(frame::Body::Receipts(wire::Receipts { receipts: vec![receipt] }));
    }

    /// The first unanswered request of this kind.
    pub fn take(&mut self, kind: impl Fn(&request::Body) -> bool) -> wire::Request {
        let at = self
            .sent
            .iter()
            .position(|request| request.body.as_ref().is_some_and(&kind))
            .unwrap_or_else(|| panic!("no such request among {:?}", self.sent));
        self.sent.remove(at).unwrap()
    }

    pub fn take_report(&mut self) -> (u64, wire::Report) {
        let request = self.take(|body| matches!(body, request::Body::Report(_)));
        match request.body {
            Some(request::Body::Report(report)) => (request.id, report),
            _ => unreachable!(),
        }
    }

    pub fn reported(&mut self, request: u64, outcomes: &[wire::Outcome]) {
        let outcomes = outcomes.iter().map(|o| *o as i32).collect();
        self.reply(request, frame::Body::Reported(wire::Reported { outcomes, receipts_off: false }));
    }

    /// Requests out, acks and pings apart.
    pub fn kinds(&self) -> Vec<&'static str> {
        self.sent
            .iter()
            .map(|r| match r.body.as_ref().unwrap() {
                request::Body::Hello(_) => "hello",
                request::Body::Ping(_) => "ping",
                request::Body::Ack(_) => "ack",
                request::Body::Report(_) => "report",
                request::Body::Mark(_) => "mark",
                request::Body::SetReceipts(_) => "switch",
                request::Body::Send(_) => "send",
                request::Body::GetReceipts(_) => "get",
                _ => "other",
            })
            .collect()
    }

    /// Lets this much time pass, with ticks when they are asked for.
    pub fn wait(&mut self, ms: i64) {
        let until = self.now + ms;
        let mut ticks = 0;
        while let Some(at) = self.wake.filter(|at| *at <= until) {
            self.now = self.now.max(at);
            self.wake = None;
            self.input(Input::Tick);
            ticks += 1;
            assert!(ticks < 10_000, "the session asks to be woken again and again");
        }
        self.now = until;
    }

    pub fn deliver_all(&mut self) {
        while let Some(number) = self.pending.pop_front() {
            self.input(Input::Delivered(number));
        }
    }

    pub fn input(&mut self, input: Input) {
        let mut inputs = VecDeque::from([input]);
        while let Some(input) = inputs.pop_front() {
            let mut out = Vec::new();
            self.session.handle(self.now, input, &mut out);
            for effect in out {
                match effect {
                    Effect::Connect => self.connects += 1,
                    Effect::Disconnect => {
                        self.disconnects += 1;
                        self.sent.clear();
                    }
                    Effect::Send(bytes) => {
                        assert!(bytes.len() <= limits::REQUEST_BYTES);
                        self.log.push("send".into());
                        let request = wire::decode_request(&bytes).expect("a request of the protocol");
                        if self.pongs && matches!(request.body, Some(request::Body::Ping(_))) {
                            let pong = wire::Pong { server_time_ms: self.now + 500_000 };
                            inputs.push_back(Input::Frame(wire::encode_frame(&wire::Frame {
                                request: request.id,
                                body: Some(frame::Body::Pong(pong)),
                                ..Default::default()
                            })));
                        } else {
                            self.sent.push_back(request);
                        }
                    }
                    Effect::Store { ops, sync } => {
                        self.log.push(if sync { "sync" } else { "store" }.into());
                        for op in ops {
                            match op {
                                StoreOp::Put(e) => drop(self.store.insert((e.table, e.key), e.value)),
                                StoreOp::Delete { table, key } => drop(self.store.remove(&(table, key))),
                            }
                        }
                        if sync {
                            self.durable = self.store.clone();
                        }
                    }
                    Effect::Bind { service } => {
                        self.binds.push(service);
                        inputs.push_back(Input::Restored(entries(&self.store)));
                    }
                    Effect::Complete { call, result } => {
                        self.log.push(format!("complete {}", call.0));
                        assert!(self.completed.insert(call.0, result).is_none(), "call {} was completed twice", call.0);
                    }
                    Effect::Emit { number, event } => {
                        self.log.push("emit".into());
                        self.events.push(event);
                        if self.prompt {
                            inputs.push_back(Input::Delivered(number));
                        } else {
                            self.pending.push_back(number);
                        }
                    }
                    Effect::Reading(reading) => self.reading = reading,
                    Effect::WantUserSig => self.wants_sig += 1,
                    Effect::Warn(text) => self.warnings.push(text),
                    Effect::WakeAt(at) => self.wake = Some(at),
                }
            }
        }
    }

    pub fn rows(&self, table: Table) -> usize {
        self.store.keys().filter(|(t, _)| *t == table).count()
    }

    pub fn durable_rows(&self, table: Table) -> usize {
        self.durable.keys().filter(|(t, _)| *t == table).count()
    }

    /// Receipts told since the last time, as (id, read, position).
    pub fn told(&mut self) -> Vec<(String, u32, u64)> {
        std::mem::take(&mut self.events)
            .into_iter()
            .filter_map(|event| match event {
                Event::ReadReceipts(receipts) => Some(receipts),
                _ => None,
            })
            .flatten()
            .map(|r| (r.message.unwrap().to_string(), r.read_count, r.position))
            .collect()
    }

    /// Messages told since the last time, by id.
    pub fn told_messages(&mut self) -> Vec<String> {
        std::mem::take(&mut self.events)
            .into_iter()
            .filter_map(|event| match event {
                Event::NewMessage(message) => Some(message.id.unwrap().to_string()),
                _ => None,
            })
            .collect()
    }
}

pub fn entries(store: &BTreeMap<(Table, Vec<u8>), Vec<u8>>) -> Vec<StoreEntry> {
    store
        .iter()
        .map(|((table, key), value)| StoreEntry { table: *table, key: key.clone(), value: value.clone() })
        .collect()
}

/// Sends a message there; the call and the message.
pub(crate) fn send(rig: &mut Rig, place: &str) -> (u64, Message) {
    let mut message = Message::new(Body::Text("hi".into()));
    message.need_read_receipt = true;
    let message = rig.session.prepare_message(rig.now, message, None, Some(place)).expect("a good message");
    (rig.call(Command::SendMessage { message: Box::new(message.clone()) }), message)
}
