//! A device: a session, a store that keeps what was synced when the app is killed, and an app that remembers what it was
//! told and checks it.

use seenby_core::model::{
    AppId, Body, ConversationId, DeviceId, MemberFilter, Message, MessageReceipt, Result, TimeMs, UserId,
};
use seenby_core::session::{
    Answer, CallId, Command, Effect, Event, Input, MessageHandle, Session, SessionConfig, StoreEntry, StoreOp, Table,
};
use std::collections::{BTreeMap, BTreeSet};

/// What the world must do for a device.
pub(crate) enum ToDo {
    /// Open a connection.
    Connect,
    /// Drop it.
    Disconnect,
    /// Carry this to the service.
    Send(Vec<u8>),
    /// The app has handled this event soon.
    Deliver(u64),
    /// Bind: give back what the store holds.
    Bind,
    /// Tick then.
    WakeAt(TimeMs),
}

/// What a call was for.
#[derive(Clone, Debug)]
pub(crate) enum Purpose {
    /// Logging in.
    Login,
    /// Sending this.
    Send(Message),
    /// Reporting these ids.
    Report(Vec<String>),
    /// Asking for summaries.
    Get,
    /// Walking a member list: the message, which half, and what the pages before gave.
    Walk(Message, MemberFilter, Vec<String>),
    /// Anything whose answer tells nothing.
    Other,
}

/// A device and its app.
pub(crate) struct Device {
    /// Whose.
    pub(crate) user: UserId,
    name: DeviceId,
    seed: [u8; 32],
    durable: BTreeMap<(Table, Vec<u8>), Vec<u8>>,
    unsynced: Vec<StoreOp>,
    session: Option<Session>,
    /// Counts the lives of the app: what was meant for an earlier one is void.
    pub(crate) life: u64,
    /// Counts connections likewise.
    pub(crate) line: u64,
    /// When it wants to be woken.
    pub(crate) wake: Option<TimeMs>,
    /// Whether its session reads from the line.
    pub(crate) reading: bool,
    calls: BTreeMap<CallId, Purpose>,
    next_call: u64,
    /// Messages of others with receipts that it was given and has not reported.
    pub(crate) unreported: Vec<Message>,
    /// Its own messages that the service took.
    pub(crate) sent: Vec<Message>,
    /// Its own messages that failed: to be sent again.
    pub(crate) failed: Vec<Message>,
    /// Given in this life, by conversation.
    given: BTreeMap<ConversationId, u64>,
    given_ids: BTreeSet<String>,
    /// The last summary it was shown of each message, in this life.
    pub(crate) shown: BTreeMap<String, MessageReceipt>,
    /// When it was first connected, in any life.
    pub(crate) first_connected: Option<TimeMs>,
    /// The newest summary that its listener was given of each message, in any life.
    pub(crate) pushed: BTreeMap<String, MessageReceipt>,
    /// Messages that its listener was given, in any life.
    pub(crate) ever_given: BTreeSet<String>,
    /// Reports acknowledged to the app.
    pub(crate) acknowledged: BTreeSet<String>,
    /// Reports made.
    pub(crate) reports: BTreeSet<String>,
    /// Member lists walked to the end: message, half, members.
    pub(crate) walks: Vec<(String, MemberFilter, Vec<String>)>,
    /// The last answer to a get of everything.
    pub(crate) got: BTreeMap<String, MessageReceipt>,
    /// What went wrong.
    pub(crate) broken: Vec<String>,
    /// How many summaries the app was shown.
    pub(crate) summaries: u64,
}

impl Device {
    /// A device that has never been on.
    pub(crate) fn new(user: &str, name: &str, seed: [u8; 32]) -> Self {
        Self {
            user: UserId::new(user).expect("a user id"),
            name: DeviceId::new(name).expect("a device id"),
            seed,
            durable: BTreeMap::new(),
            unsynced: Vec::new(),
            session: None,
            life: 0,
            line: 0,
            wake: None,
            reading: true,
            calls: BTreeMap::new(),
            next_call: 0,
            unreported: Vec::new(),
            sent: Vec::new(),
            failed: Vec::new(),
            given: BTreeMap::new(),
            given_ids: BTreeSet::new(),
            shown: BTreeMap::new(),
            first_connected: None,
            pushed: BTreeMap::new(),
            ever_given: BTreeSet::new(),
            acknowledged: BTreeSet::new(),
            reports: BTreeSet::new(),
            walks: Vec::new(),
            got: BTreeMap::new(),
            broken: Vec::new(),
            summaries: 0,
        }
    }

    /// Whether the app is alive.
    pub(crate) fn is_on(&self) -> bool {
        self.session.is_some()
    }

    /// Whether a call of the app waits for its answer.
    pub(crate) fn is_waiting(&self) -> bool {
        !self.calls.is_empty()
    }

    /// The app starts and logs in.
    pub(crate) fn start(&mut self, now: TimeMs, todo: &mut Vec<ToDo>) {
        let mut seed = self.seed;
        seed[..8].copy_from_slice(&self.life.to_be_bytes());
        let config = SessionConfig {
            app: AppId(7),
            user: self.user.clone(),
            device: self.name.clone(),
            client: "sim".into(),
            with_readers: self.life.is_multiple_of(2),
            request_timeout_ms: 5_000,
            in_memory: false,
            seed,
        };
        self.session = Some(Session::new(config, self.entries(), now));
        self.log_in(now, todo);
    }

    /// Logs in (again).
    pub(crate) fn log_in(&mut self, now: TimeMs, todo: &mut Vec<ToDo>) {
        let call = self.call(Purpose::Login);
        self.handle(now, Input::Login { call, user_sig: "any".into() }, todo);
    }

    /// The app is killed. What was not synced is kept (`kept` of it, in order: a killed app loses nothing, a power cut
    /// may lose any tail).
    pub(crate) fn kill(&mut self, kept: usize) {
        let unsynced = std::mem::take(&mut self.unsynced);
        for op in unsynced.into_iter().take(kept) {
            self.apply(op);
        }
        self.session = None;
        self.life += 1;
        self.line += 1;
        self.wake = None;
        self.reading = true;
        for purpose in std::mem::take(&mut self.calls).into_values() {
            // The app does not know how it ended: it sends the same object again.
            if let Purpose::Send(message) = purpose {
                self.failed.push(message);
            }
        }
        self.given.clear();
        self.given_ids.clear();
        self.shown.clear();
        // What the app was given and did not report, it will be shown again (its own memory is gone with it).
    }

    fn entries(&self) -> Vec<StoreEntry> {
        self.durable
            .iter()
            .map(|((table, key), value)| StoreEntry { table: *table, key: key.clone(), value: value.clone() })
            .collect()
    }

    fn apply(&mut self, op: StoreOp) {
        match op {
            StoreOp::Put(entry) => {
                self.durable.insert((entry.table, entry.key), entry.value);
            }
            StoreOp::Delete { table, key } => {
                self.durable.remove(&(table, key));
            }
        }
    }

    fn call(&mut self, purpose: Purpose) -> CallId {
        self.next_call += 1;
        let call = CallId(self.next_call);
        self.calls.insert(call, purpose);
        call
    }

    /// The app sends a message.
    pub(crate) fn send(&mut self, now: TimeMs, to: &ConversationId, receipts: bool, todo: &mut Vec<ToDo>) {
        let message = match self.failed.pop() {
            Some(again) => again,
            None => {
                let mut message = Message::new(Body::Text(format!("{} at {now}", self.user)));
                message.need_read_receipt = receipts;
                let Some(session) = &mut self.session else { return };
                let (receiver, group) = match to {
                    ConversationId::C2c(user) => (Some(user.as_str()), None),
                    ConversationId::Group(group) => (None, Some(group.as_str())),
                };
                match session.prepare_message(now, message, receiver, group) {
                    Ok(message) => message,
                    Err(e) => return self.broken.push(format!("prepare_message refused: {e}")),
                }
            }
        };
        let call = self.call(Purpose::Send(message.clone()));
        self.handle(now, Input::Call { call, command: Command::SendMessage { message: Box::new(message) } }, todo);
    }

    /// The app reports what it was given.
    pub(crate) fn report(&mut self, now: TimeMs, messages: Vec<Message>, todo: &mut Vec<ToDo>) -> Vec<String> {
        let ids: Vec<String> = messages.iter().filter_map(id).collect();
        let handles = messages.iter().map(handle).collect();
        self.reports.extend(ids.iter().cloned());
        let call = self.call(Purpose::Report(ids.clone()));
        self.handle(now, Input::Call { call, command: Command::SendReadReceipts { messages: handles } }, todo);
        ids
    }

    /// The app asks for summaries of these own messages.
    pub(crate) fn get(&mut self, now: TimeMs, messages: &[Message], todo: &mut Vec<ToDo>) {
        let call = self.call(Purpose::Get);
        let command = Command::GetReadReceipts { messages: messages.iter().map(handle).collect() };
        self.handle(now, Input::Call { call, command }, todo);
    }

    /// The app walks a member list from its beginning.
    pub(crate) fn walk(&mut self, now: TimeMs, message: &Message, filter: MemberFilter, todo: &mut Vec<ToDo>) {
        self.next_page(now, message, filter, Vec::new(), 0, todo);
    }

    fn next_page(
        &mut self,
        now: TimeMs,
        message: &Message,
        filter: MemberFilter,
        so_far: Vec<String>,
        next_seq: u64,
        todo: &mut Vec<ToDo>,
    ) {
        let call = self.call(Purpose::Walk(message.clone(), filter, so_far));
        let command = Command::GetReadMembers { message: handle(message), filter: filter as u32, next_seq, count: 2 };
        self.handle(now, Input::Call { call, command }, todo);
    }

    /// The app does something whose answer tells nothing.
    pub(crate) fn other(&mut self, now: TimeMs, command: Command, todo: &mut Vec<ToDo>) {
        let call = self.call(Purpose::Other);
        self.handle(now, Input::Call { call, command }, todo);
    }

    /// Something happens to the session.
    pub(crate) fn handle(&mut self, now: TimeMs, input: Input, todo: &mut Vec<ToDo>) {
        let Some(session) = &mut self.session else { return };
        let mut effects = Vec::new();
        session.handle(now, input, &mut effects);
        for effect in effects {
            match effect {
                Effect::Connect => todo.push(ToDo::Connect),
                Effect::Disconnect => todo.push(ToDo::Disconnect),
                Effect::Send(bytes) => todo.push(ToDo::Send(bytes)),
                Effect::Store { ops, sync } => {
                    self.unsynced.extend(ops);
                    if sync {
                        for op in std::mem::take(&mut self.unsynced) {
                            self.apply(op);
                        }
                    }
                }
                Effect::Bind { .. } => todo.push(ToDo::Bind),
                Effect::Complete { call, result } => self.completed(now, call, result, todo),
                Effect::Emit { number, event } => {
                    self.hear(now, event);
                    todo.push(ToDo::Deliver(number));
                }
                Effect::Reading(on) => self.reading = on,
                Effect::WantUserSig | Effect::Warn(_) => {}
                Effect::WakeAt(at) => {
                    self.wake = Some(at);
                    todo.push(ToDo::WakeAt(at));
                }
            }
        }
    }

    /// What the store holds, as Bind asks.
    pub(crate) fn bound(&mut self, now: TimeMs, todo: &mut Vec<ToDo>) {
        for op in std::mem::take(&mut self.unsynced) {
            self.apply(op);
        }
        let entries = self.entries();
        self.handle(now, Input::Restored(entries), todo);
    }

    fn completed(&mut self, now: TimeMs, call: CallId, result: Result<Answer>, todo: &mut Vec<ToDo>) {
        let Some(purpose) = self.calls.remove(&call) else {
            return self.broken.push(format!("{call:?} was completed twice, or never made"));
        };
        match (purpose, result) {
            (Purpose::Send(_), Ok(Answer::Message(message))) => self.sent.push(*message),
            (Purpose::Send(message), Err(e)) if e.code.is_network() || e.code.number() == 7009 => {
                self.failed.push(message)
            }
            (Purpose::Report(ids), Ok(_)) => self.acknowledged.extend(ids),
            (Purpose::Get, Ok(Answer::Receipts(receipts))) => {
                for receipt in receipts {
                    self.show(&receipt);
                    if let Some(id) = &receipt.message {
                        self.got.insert(id.to_string(), receipt);
                    }
                }
            }
            (Purpose::Walk(message, filter, mut so_far), Ok(Answer::ReadMembers(page))) => {
                if page.members.is_empty() && !page.is_finished {
                    self.broken.push(format!("R11: an empty page of {message:?} while more remain"));
                }
                for member in &page.members {
                    let user = member.user.to_string();
                    if so_far.contains(&user) {
                        self.broken.push(format!("R11: {user} appears twice in one walk"));
                    }
                    so_far.push(user);
                }
                if page.is_finished {
                    if page.next_seq != 0 {
                        self.broken.push("R11: finished, and nextSeq is not 0".into());
                    }
                    self.walks.push((id(&message).unwrap_or_default(), filter, so_far));
                } else {
                    self.next_page(now, &message, filter, so_far, page.next_seq, todo);
                }
            }
            // No such group (yet), or no member of it.
            (Purpose::Send(_), Err(e)) if [10007, 10010].contains(&e.code.number()) => {}
            (Purpose::Send(message), Err(e)) if e.code.number() == 6014 => self.failed.push(message),
            (purpose @ (Purpose::Report(_) | Purpose::Send(_)), Err(e)) if e.code.number() != 6014 => {
                // Offline a report is durable on the device: nothing but being logged out refuses it.
                self.broken.push(format!("{purpose:?} failed: {e}"));
            }
            _ => {}
        }
    }

    fn hear(&mut self, now: TimeMs, event: Event) {
        match event {
            Event::Connected => {
                self.first_connected.get_or_insert(now);
            }
            Event::NewMessage(message) => {
                let Some(name) = id(&message) else { return self.broken.push("a message without id was given".into()) };
                let Some(conversation) = message.conversation.clone() else {
                    return self.broken.push(format!("{name} was given without its conversation"));
                };
                if !self.given_ids.insert(name.clone()) {
                    self.broken.push(format!("R18: {} was given {name} twice in one life", self.user));
                }
                self.ever_given.insert(name.clone());
                let last = self.given.entry(conversation).or_default();
                if message.seq <= *last {
                    self.broken.push(format!("R18: {} was given seq {} after seq {last}", self.user, message.seq));
                }
                *last = message.seq;
                if !message.is_self && message.need_read_receipt && !message.has_sent_receipt {
                    self.unreported.push(*message);
                }
            }
            Event::ReadReceipts(receipts) => {
                for receipt in &receipts {
                    self.show(receipt);
                    let Some(id) = receipt.message.as_ref().map(ToString::to_string) else { continue };
                    let newer = self.pushed.get(&id).is_none_or(|before| before.position <= receipt.position);
                    if newer {
                        self.pushed.insert(id, receipt.clone());
                    }
                }
            }
            _ => {}
        }
    }

    fn show(&mut self, receipt: &MessageReceipt) {
        self.summaries += 1;
        let Some(name) = receipt.message.as_ref().map(ToString::to_string) else {
            return self.broken.push("R10: a summary without msgID".into());
        };
        if let Some(before) = self.shown.get(&name) {
            let back = receipt.position < before.position
                || receipt.read_count < before.read_count
                || (before.is_peer_read && !receipt.is_peer_read);
            if back {
                self.broken.push(format!("R12: {} saw {name} go back from {before:?} to {receipt:?}", self.user));
            }
        }
        self.shown.insert(name, receipt.clone());
    }
}

/// The id of a message.
pub(crate) fn id(message: &Message) -> Option<String> {
    message.id.as_ref().map(ToString::to_string)
}

fn handle(message: &Message) -> MessageHandle {
    MessageHandle {
        conversation: message.conversation.clone(),
        id: message.id.clone(),
        seq: message.seq,
        is_self: Some(message.is_self),
        need_read_receipt: Some(message.need_read_receipt),
    }
}
