//! What a client's handles, its task and its delivery thread share: the calls that are out, what waits for the app, and
//! the session.

use crate::Dispatcher;
use crate::delivery;
use crate::listener::{Ear, ListenerId, Registered};
use parking_lot::{Condvar, Mutex};
use seenby_core::model::{Error, ErrorCode, Result, TimeMs, UserId};
use seenby_core::session::{Answer, CallId, Command, Event, Session};
use std::collections::{HashMap, VecDeque};
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use tokio::sync::mpsc;

/// How a call ends.
pub(crate) type Callback = Box<dyn FnOnce(Result<Answer>) + Send>;

/// At most this many events are handed to the listeners at once.
const BATCH: usize = 512;

/// What the device's task is told.
pub(crate) enum Msg {
    /// A call; one whose parameters are wrong is refused in its turn.
    Call {
        call: CallId,
        command: Result<Command>,
    },
    Cancel(CallId),
    Login {
        call: CallId,
        user: Result<UserId>,
        user_sig: String,
    },
    Logout {
        call: CallId,
    },
    /// The app has taken events up to this number (the client's count, not a session's).
    Delivered(u64),
    NetworkAvailable(bool),
    Foreground(bool),
    /// What the token provider said, for the login of this number.
    Token {
        login: u64,
        user_sig: Result<String>,
    },
    Shutdown,
}

/// What waits for the app.
enum Item {
    Complete {
        callback: Callback,
        result: Result<Answer>,
    },
    Event {
        number: u64,
        event: Event,
    },
    /// Something of ours that asks the app: the token provider.
    Ask(Box<dyn FnOnce() + Send>),
}

/// What the delivery thread does next.
pub(crate) enum Work {
    Complete {
        callback: Callback,
        result: Result<Answer>,
    },
    /// The events, the listeners to tell, the number of the last one.
    Events {
        events: Vec<Event>,
        listeners: Vec<Arc<Registered>>,
        up_to: u64,
    },
    Ask(Box<dyn FnOnce() + Send>),
    /// The client is closed and everything was delivered: the listeners are to be dropped.
    End(Vec<Arc<Registered>>),
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Phase {
    Open,
    Closed,
    Poisoned,
}

/// The documented login states, with their numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum LoginStatus {
    /// Logged in; the line may be up or down.
    Logined = 1,
    /// A login is under way.
    Logining = 2,
    /// Nobody is logged in.
    Logout = 3,
}

struct State {
    phase: Phase,
    calls: HashMap<CallId, Callback>,
    next_call: u64,
    queue: VecDeque<Item>,
    listeners: Vec<Arc<Registered>>,
    next_listener: u64,
    /// The last number that the delivery thread has taken.
    handed_out: u64,
    /// The last number that the delivery thread is through with.
    delivered: u64,
    /// What streams of events have taken ([`crate::Events`]), by listener.
    streams: HashMap<ListenerId, u64>,
    /// What the task was told last.
    acknowledged: u64,
}

/// The session of who is logged in, as the app's threads may look at it.
pub(crate) struct Active {
    pub(crate) session: Session,
    pub(crate) user: UserId,
    pub(crate) status: LoginStatus,
}

pub(crate) struct Shared {
    state: Mutex<State>,
    wake: Condvar,
    to_device: mpsc::UnboundedSender<Msg>,
    pub(crate) dispatcher: Option<Arc<dyn Dispatcher>>,
    closed_error: ErrorCode,
    pub(crate) active: Mutex<Option<Active>>,
    /// Who that is, and how far: who only asks for this does not wait for a session that works. Locked after `active`.
    who: Mutex<Option<(UserId, LoginStatus)>>,
    pub(crate) clock: crate::clock::Clock,
    /// What a layer over this one has caught ([`crate::Client::note_app_exception`]).
    pub(crate) app_exceptions: AtomicU64,
    /// The read trackers, which follow the app to the background and back.
    pub(crate) trackers: crate::tracker::Trackers,
}

impl Shared {
    pub(crate) fn new(
        to_device: mpsc::UnboundedSender<Msg>,
        dispatcher: Option<Arc<dyn Dispatcher>>,
        closed_error: ErrorCode,
    ) -> Self {
        Self {
            state: Mutex::new(State {
                phase: Phase::Open,
                calls: HashMap::new(),
                next_call: 1,
                queue: VecDeque::new(),
                listeners: Vec::new(),
                next_listener: 1,
                handed_out: 0,
                delivered: 0,
                streams: HashMap::new(),
                acknowledged: 0,
            }),
            wake: Condvar::new(),
            to_device,
            dispatcher,
            closed_error,
            active: Mutex::new(None),
            who: Mutex::new(None),
            clock: crate::clock::Clock::default(),
            app_exceptions: AtomicU64::new(0),
            trackers: crate::tracker::Trackers::default(),
        }
    }

    pub(crate) fn now(&self) -> TimeMs {
        self.clock.now()
    }

    /// Who is logged in, or logging in, and which of the two.
    pub(crate) fn who(&self) -> Option<(UserId, LoginStatus)> {
        self.who.lock().clone().filter(|(_, status)| *status != LoginStatus::Logout)
    }

    /// The session there is now.
    pub(crate) fn set_active(&self, active: Option<Active>) {
        let mut now = self.active.lock();
        *self.who.lock() = active.as_ref().map(|active| (active.user.clone(), active.status));
        *now = active;
    }

    /// How far the session is.
    pub(crate) fn set_status(&self, active: &mut Active, status: LoginStatus) {
        if active.status != status {
            active.status = status;
            *self.who.lock() = Some((active.user.clone(), status));
        }
    }

    fn refusal(&self, phase: Phase) -> Error {
        match phase {
            Phase::Poisoned => poisoned(),
            _ if self.closed_error == ErrorCode::NotInitialized => {
                Error::new(ErrorCode::NotInitialized, "the client was shut down; call init before anything else")
            }
            _ => Error::new(self.closed_error, "this client was shut down; make another one"),
        }
    }

    /// What calls are refused with, if the client has ended.
    pub(crate) fn check_open(&self) -> Result<()> {
        match self.state.lock().phase {
            Phase::Open => Ok(()),
            phase => Err(self.refusal(phase)),
        }
    }

    /// A call begins: it is kept until it is completed, and the task is told. After the end it is refused, on the
    /// process's fallback thread.
    pub(crate) fn begin(&self, callback: Callback, message: impl FnOnce(CallId) -> Msg) -> CallId {
        let (call, refused) = {
            let mut state = self.state.lock();
            let call = CallId(state.next_call);
            state.next_call += 1;
            if state.phase == Phase::Open {
                state.calls.insert(call, callback);
                // Fails only after the end of the task, which ends every call.
                let _ = self.to_device.send(message(call));
                return call;
            }
            (call, (callback, self.refusal(state.phase)))
        };
        let (callback, error) = refused;
        delivery::on_fallback_thread(Box::new(move || callback(Err(error))));
        call
    }

    /// A number for a call of our own, that completes nothing of the app's.
    pub(crate) fn own_call(&self) -> CallId {
        let mut state = self.state.lock();
        let call = CallId(state.next_call);
        state.next_call += 1;
        call
    }

    pub(crate) fn cancel(&self, call: CallId) {
        self.tell(Msg::Cancel(call));
    }

    /// Tells the task something; nothing after the end.
    pub(crate) fn tell(&self, message: Msg) {
        let state = self.state.lock();
        if state.phase == Phase::Open {
            let _ = self.to_device.send(message);
        }
    }

    /// A call has ended. Nothing happens if it ended before.
    pub(crate) fn complete(&self, call: CallId, result: Result<Answer>) {
        let mut state = self.state.lock();
        if let Some(callback) = state.calls.remove(&call) {
            state.queue.push_back(Item::Complete { callback, result });
            drop(state);
            self.wake.notify_all();
        }
    }

    fn end_calls(state: &mut State, error: &Error) {
        let mut calls: Vec<_> = state.calls.drain().collect();
        calls.sort_by_key(|(call, _)| *call);
        state
            .queue
            .extend(calls.into_iter().map(|(_, callback)| Item::Complete { callback, result: Err(error.clone()) }));
    }

    /// The app is to hear this.
    pub(crate) fn emit(&self, number: u64, event: Event) {
        let mut state = self.state.lock();
        if state.phase == Phase::Open {
            state.queue.push_back(Item::Event { number, event });
            drop(state);
            self.wake.notify_all();
        }
    }

    /// The app is to be asked, in its turn.
    pub(crate) fn ask(&self, question: Box<dyn FnOnce() + Send>) {
        let mut state = self.state.lock();
        if state.phase == Phase::Open {
            state.queue.push_back(Item::Ask(question));
            drop(state);
            self.wake.notify_all();
        }
    }

    /// Ends the client, once: calls still out end with 7009 by the usual path, then its thread ends. Listeners are told nothing
    /// any more: the app may be somebody else's by then; what they have not heard they hear at the next login. Never waits.
    pub(crate) fn shut_down(&self) {
        let mut state = self.state.lock();
        if state.phase != Phase::Open {
            return;
        }
        state.phase = Phase::Closed;
        state.queue.retain(|item| !matches!(item, Item::Event { .. }));
        state.listeners.iter().for_each(|listener| listener.end());
        let error = Error::new(ErrorCode::Interrupted, "the client was shut down before this call had ended");
        Self::end_calls(&mut state, &error);
        let _ = self.to_device.send(Msg::Shutdown);
        drop(state);
        self.wake.notify_all();
    }

    /// A panic was caught: this client ends with 90001, and no other.
    pub(crate) fn poison(&self) {
        let mut state = self.state.lock();
        if state.phase == Phase::Poisoned {
            return;
        }
        state.phase = Phase::Poisoned;
        Self::end_calls(&mut state, &poisoned());
        // Nothing else is told: a listener or answer that panicked would only do so again.
        let rest = std::mem::take(&mut state.queue);
        let (kept, dropped) = rest.into_iter().partition(|item| matches!(item, Item::Complete { .. }));
        state.queue = kept;
        let _ = self.to_device.send(Msg::Shutdown);
        drop(state);
        self.wake.notify_all();
        drop::<VecDeque<Item>>(dropped);
        tracing::error!("a panic was caught: this client is closed, others go on");
    }

    pub(crate) fn add_listener(&self, ear: Ear) -> ListenerId {
        let mut state = self.state.lock();
        let id = ListenerId(state.next_listener);
        state.next_listener += 1;
        if state.phase == Phase::Open {
            if matches!(ear, Ear::Stream(_)) {
                // What is with the listeners already is not its to take.
                let handed_out = state.handed_out;
                state.streams.insert(id, handed_out);
            }
            state.listeners.push(Arc::new(Registered::new(id, ear)));
        } else {
            drop(state);
            // Its destructor is the app's code: not under the lock.
            drop(ear);
        }
        id
    }

    pub(crate) fn remove_listener(&self, id: ListenerId) {
        let (registered, acknowledge) = {
            let mut state = self.state.lock();
            state.streams.remove(&id);
            let at = state.listeners.iter().position(|listener| listener.id == id);
            (at.map(|at| state.listeners.remove(at)), self.acknowledge(&mut state))
        };
        if let Some(up_to) = acknowledge {
            self.tell(Msg::Delivered(up_to));
        }
        if let Some(registered) = registered {
            registered.remove();
        }
    }

    /// As [`Self::remove_listener`], without waiting: for a stream, which only feeds a queue of ours.
    pub(crate) fn forget_listener(&self, id: ListenerId) {
        let mut state = self.state.lock();
        state.streams.remove(&id);
        state.listeners.retain(|listener| listener.id != id);
        if let Some(up_to) = self.acknowledge(&mut state)
            && state.phase == Phase::Open
        {
            let _ = self.to_device.send(Msg::Delivered(up_to));
        }
    }

    /// A stream of events was read up to this number.
    pub(crate) fn taken(&self, stream: ListenerId, up_to: u64) {
        let mut state = self.state.lock();
        if let Some(taken) = state.streams.get_mut(&stream) {
            *taken = up_to.max(*taken);
        }
        if let Some(up_to) = self.acknowledge(&mut state)
            && state.phase == Phase::Open
        {
            let _ = self.to_device.send(Msg::Delivered(up_to));
        }
    }

    /// The delivery thread is through with these.
    pub(crate) fn delivered(&self, up_to: u64) {
        let mut state = self.state.lock();
        state.delivered = up_to.max(state.delivered);
        if let Some(up_to) = self.acknowledge(&mut state)
            && state.phase == Phase::Open
        {
            let _ = self.to_device.send(Msg::Delivered(up_to));
        }
    }

    /// Up to where everybody has taken the events, if that has grown.
    fn acknowledge(&self, state: &mut State) -> Option<u64> {
        let up_to = state.streams.values().copied().fold(state.delivered, u64::min);
        (up_to > state.acknowledged).then(|| {
            state.acknowledged = up_to;
            up_to
        })
    }

    /// What the delivery thread does next; waits for it.
    pub(crate) fn next_work(&self) -> Work {
        let mut state = self.state.lock();
        loop {
            match state.queue.pop_front() {
                Some(Item::Complete { callback, result }) => return Work::Complete { callback, result },
                Some(Item::Ask(question)) => return Work::Ask(question),
                Some(Item::Event { number, event }) => {
                    let (mut events, mut up_to) = (vec![event], number);
                    while events.len() < BATCH && matches!(state.queue.front(), Some(Item::Event { .. })) {
                        if let Some(Item::Event { number, event }) = state.queue.pop_front() {
                            up_to = number;
                            events.push(event);
                        }
                    }
                    state.handed_out = up_to;
                    return Work::Events { events, listeners: state.listeners.clone(), up_to };
                }
                None if state.phase != Phase::Open => {
                    return Work::End(std::mem::take(&mut state.listeners));
                }
                None => self.wake.wait(&mut state),
            }
        }
    }
}

fn poisoned() -> Error {
    Error::new(
        ErrorCode::Panic,
        "a panic was caught in this client, in a callback of the app or in SeenBy; it is closed for good: make another one",
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Client, Config};
    use std::sync::mpsc as channel;
    use std::time::Duration;

    /// A main thread asks, while a long list is being worked on.
    #[test]
    fn who_is_logged_in_is_known_while_the_session_works() {
        let client = Client::new(Config::new(1).server("embedded:mem/who")).unwrap();
        client.login("alice", "").wait().unwrap();
        let busy = client.shared().active.lock();
        let (sender, receiver) = channel::channel();
        let asking = client.clone();
        std::thread::spawn(move || sender.send((asking.login_user(), asking.login_status())));
        let (user, status) = receiver.recv_timeout(Duration::from_secs(60)).unwrap();
        assert_eq!((user.unwrap().as_str(), status), ("alice", LoginStatus::Logined));
        drop(busy);
        client.logout().wait().unwrap();
        assert_eq!((client.login_user(), client.login_status()), (None, LoginStatus::Logout));
    }
}
