//! A client: made once, cloned at will. The documented calls are in `calls.rs`.

use crate::call::{Call, Sending};
use crate::config::Config;
use crate::delivery;
use crate::device;
use crate::endpoint::Endpoint;
use crate::enqueue;
use crate::events::{self, Events};
use crate::listener::{Ear, Listener, ListenerId};
use crate::shared::{Callback, LoginStatus, Msg, Shared};
use crate::tracker::ReadTracker;
use seenby_core::model::{Error, ErrorCode, Message, Result, TimeMs, UserId};
use seenby_core::session::{Answer, CallId, Command, MessageHandle};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

/// A manager: one device of one user at a time. Cheap to clone; all clones are one. When the last is dropped it shuts
/// down, without waiting.
///
/// Every call may be made from any thread, and from inside a callback; it never waits for the network, the disk or
/// another callback. Its result comes exactly once, on the client's delivery thread.
#[derive(Clone)]
pub struct Client {
    handle: Arc<Handle>,
}

/// Shuts down when the last clone goes.
struct Handle {
    shared: Arc<Shared>,
    /// Of a read tracker (R33). The rest of the configuration is let go of when the device has ended.
    seen_for: Duration,
    endpoint: Endpoint,
    device: device::Look,
}

impl Drop for Handle {
    fn drop(&mut self) {
        self.shared.shut_down();
    }
}

impl std::fmt::Debug for Client {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Client").field("endpoint", &self.handle.endpoint.to_string()).finish_non_exhaustive()
    }
}

/// How a message is sent, beside what stands in the message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct SendOptions {
    /// The documented priority.
    pub priority: seenby_core::model::Priority,
    /// Only for who is online (R20).
    pub online_user_only: bool,
}

/// For whom receipts are left in the spool ([`Client::enqueue_receipts`]).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SpoolTarget {
    /// As [`Config::server`].
    pub server: Option<String>,
    /// As [`Config::app`].
    pub app: u32,
    /// The user who has read.
    pub user: String,
    /// As [`Config::data_dir`].
    pub data_dir: Option<PathBuf>,
}

impl Client {
    /// Makes a client (the documented init): checks the configuration and opens the data folder; connects at
    /// [`Client::login`].
    ///
    /// 6017 names the field that is wrong; 90004 a data folder that is damaged, or that another process has open.
    pub fn new(config: Config) -> Result<Self> {
        let endpoint = Endpoint::choose(&config)?;
        let (shared, device) = device::start(&config, &endpoint)?;
        Ok(Self { handle: Arc::new(Handle { shared, seen_for: config.seen_for, endpoint, device }) })
    }

    /// The version of this library.
    pub fn version() -> &'static str {
        env!("CARGO_PKG_VERSION")
    }

    pub(crate) fn shared(&self) -> &Arc<Shared> {
        &self.handle.shared
    }

    /// Logs `user` in, with a userSig that the app's backend made. Ends when the service has answered, or could not be
    /// reached (9508 to 9512): then nobody is logged in. Once it has succeeded the client keeps the line by itself, and
    /// comes back after a loss, with growing pauses.
    ///
    /// The user who is logged in already: its userSig is renewed, outbox and listeners stay (R30). Another one: logged
    /// out first; its outbox stays for when it comes back. 70001 an expired, 70003 a wrong userSig.
    pub fn login(&self, user: &str, user_sig: &str) -> Call<()> {
        Call::begin(self.shared(), done, |callback| self.login_with_boxed(user, user_sig, callback))
    }

    /// [`Client::login`] with a callback.
    pub fn login_with(
        &self,
        user: &str,
        user_sig: &str,
        callback: impl FnOnce(Result<Answer>) + Send + 'static,
    ) -> CallId {
        self.login_with_boxed(user, user_sig, Box::new(callback))
    }

    /// [`Client::login_with`] for a layer that reads foreign values: `Err` is refused in its turn, as by
    /// [`Client::call_checked`].
    pub fn login_checked(
        &self,
        login: Result<(&str, &str)>,
        callback: impl FnOnce(Result<Answer>) + Send + 'static,
    ) -> CallId {
        match login {
            Ok((user, user_sig)) => self.login_with_boxed(user, user_sig, Box::new(callback)),
            Err(error) => self.shared().begin(Box::new(callback), |call| Msg::Login {
                call,
                user: Err(error),
                user_sig: String::new(),
            }),
        }
    }

    fn login_with_boxed(&self, user: &str, user_sig: &str, callback: Callback) -> CallId {
        let (user, user_sig) = (UserId::new(user), user_sig.to_owned());
        self.shared().begin(callback, |call| Msg::Login { call, user, user_sig })
    }

    /// Logs out. What is in the outbox stays on the device and is sent when the user logs in again (R16); calls still
    /// out end with 7009. 6014 if nobody is logged in.
    pub fn logout(&self) -> Call<()> {
        Call::begin(self.shared(), done, |callback| self.logout_with_boxed(callback))
    }

    /// [`Client::logout`] with a callback.
    pub fn logout_with(&self, callback: impl FnOnce(Result<Answer>) + Send + 'static) -> CallId {
        self.logout_with_boxed(Box::new(callback))
    }

    fn logout_with_boxed(&self, callback: Callback) -> CallId {
        self.shared().trackers.flush();
        self.shared().begin(callback, |call| Msg::Logout { call })
    }

    /// A documented call with a callback, which comes exactly once, on the delivery thread, never inside this function;
    /// when it cannot be brought any more it is dropped, once. [`Client::login_with`] and [`Client::send_message_with`]
    /// are the ones that are no [`Command`].
    pub fn call(&self, command: Command, callback: impl FnOnce(Result<Answer>) + Send + 'static) -> CallId {
        self.submit(Ok(command), Box::new(callback))
    }

    /// [`Client::call`] for a layer that makes commands of foreign values: `Err` is refused in its turn, so that every
    /// refusal comes the same way.
    pub fn call_checked(
        &self,
        command: Result<Command>,
        callback: impl FnOnce(Result<Answer>) + Send + 'static,
    ) -> CallId {
        self.submit(command, Box::new(callback))
    }

    /// A call that is refused before there is a client to make it, or after it is gone: `callback` gets the error on the
    /// process's fallback thread (docs/threading.md). For layers over this one.
    pub fn refuse(error: Error, callback: impl FnOnce(Result<Answer>) + Send + 'static) {
        delivery::on_fallback_thread(Box::new(move || callback(Err(error))));
    }

    /// Whether this thread is inside a callback, listener or destructor that SeenBy runs, of any client. Nothing that
    /// waits may be called there.
    pub fn in_callback() -> bool {
        delivery::in_callback()
    }

    /// Runs code of the app that no client runs, a sink of the log say, as a callback: what waits refuses to, there
    /// ([`Client::in_callback`]). For layers over this one.
    pub fn as_callback<T>(code: impl FnOnce() -> T) -> T {
        delivery::as_callback(code)
    }

    /// What every call ends with, if this client was shut down (90003, or [`Config::closed_error`]) or a panic was caught
    /// in it (90001). For layers whose calls that answer at once are to refuse as well.
    pub fn check_open(&self) -> Result<()> {
        self.shared().check_open()
    }

    /// Counts an exception that the app's code threw and that a layer over this one caught:
    /// [`Client::debug_state`] tells.
    pub fn note_app_exception(&self) {
        self.shared().app_exceptions.fetch_add(1, Ordering::Relaxed);
    }

    /// Ends this client for good, as a panic does (contract 7): for a layer that has caught one in its own code.
    pub fn poison(&self) {
        self.shared().poison();
    }

    /// Takes a call back: it ends with 7009, unless it ended before. What was sent takes effect all the same.
    pub fn cancel(&self, call: CallId) {
        self.shared().cancel(call);
    }

    pub(crate) fn submit(&self, command: Result<Command>, callback: Callback) -> CallId {
        self.shared().begin(callback, |call| Msg::Call { call, command })
    }

    pub(crate) fn request<T: Send + 'static>(
        &self,
        command: Result<Command>,
        convert: fn(Answer) -> Option<T>,
    ) -> Call<T> {
        Call::begin(self.shared(), convert, |callback| self.submit(command, callback))
    }

    /// Sends a message to a user or a group: exactly one of the two is set, and not empty (6017). It gets its id at once
    /// ([`Sending::id`]); sending the same message again cannot store it twice (R16, R18).
    ///
    /// Offline it fails, with the network error of the line; 80002 if it is longer than 12 KB; 7013 where the app
    /// rejects receipts (R8).
    pub fn send_message(
        &self,
        message: Message,
        receiver: Option<&str>,
        group: Option<&str>,
        options: SendOptions,
    ) -> Sending {
        let (message, command) = self.prepare(message, receiver, group, options);
        let call = self.request(command, |answer| match answer {
            Answer::Message(message) => Some(*message),
            _ => None,
        });
        Sending { message: Box::new(message), call }
    }

    /// [`Client::send_message`] with a callback. Gives back the message with its id, unless it was refused at once.
    pub fn send_message_with(
        &self,
        message: Message,
        receiver: Option<&str>,
        group: Option<&str>,
        options: SendOptions,
        callback: impl FnOnce(Result<Answer>) + Send + 'static,
    ) -> (Message, CallId) {
        let (message, command) = self.prepare(message, receiver, group, options);
        (message, self.submit(command, Box::new(callback)))
    }

    fn prepare(
        &self,
        mut message: Message,
        receiver: Option<&str>,
        group: Option<&str>,
        options: SendOptions,
    ) -> (Message, Result<Command>) {
        message.priority = options.priority;
        message.online_user_only = options.online_user_only;
        let shared = self.shared();
        let prepared = match shared.active.lock().as_mut() {
            Some(active) => active.session.prepare_message(shared.now(), message.clone(), receiver, group),
            None => Err(not_logged_in()),
        };
        match prepared {
            Ok(prepared) => {
                let command = Command::SendMessage { message: Box::new(prepared.clone()) };
                (prepared, Ok(command))
            }
            Err(error) => {
                message.status = seenby_core::model::MessageStatus::SendFail;
                (message, Err(error))
            }
        }
    }

    /// Who is logged in, or logging in.
    pub fn login_user(&self) -> Option<UserId> {
        self.shared().who().map(|(user, _)| user)
    }

    /// Whether somebody is.
    pub fn login_status(&self) -> LoginStatus {
        self.shared().who().map_or(LoginStatus::Logout, |(_, status)| status)
    }

    /// The device's estimate of the service's clock, in ms.
    pub fn server_time(&self) -> TimeMs {
        let shared = self.shared();
        let now = shared.now();
        shared.active.lock().as_ref().map_or(now, |active| active.session.server_time(now))
    }

    /// What the app hears without having asked, from now on. Listeners are told in the order in which they were added.
    pub fn add_listener(&self, listener: Arc<dyn Listener>) -> ListenerId {
        self.shared().add_listener(Ear::App(listener))
    }

    /// Ends a listener: no call to it starts after this has returned. Outside every callback it also waits for a call
    /// that is running on another thread; inside one it never waits.
    pub fn remove_listener(&self, listener: ListenerId) {
        self.shared().remove_listener(listener);
    }

    /// What the app hears, from now on, as a stream.
    pub fn events(&self) -> Events {
        events::stream(self.shared())
    }

    /// The system says that the network is there, or gone: connects at once, or sleeps.
    pub fn network_available(&self, available: bool) {
        self.shared().tell(Msg::NetworkAvailable(available));
    }

    /// The app came to the foreground, or went to the background. Its read trackers are told as well
    /// ([`ReadTracker::foreground`]), those that are made later too.
    pub fn foreground(&self, foreground: bool) {
        self.shared().trackers.foreground(foreground);
        self.shared().tell(Msg::Foreground(foreground));
    }

    /// Turns what a list shows into reports (R33, ours). With a conversation, the ids are of that one; without, each is
    /// found by the device's index or by the service. 6017 for what is no conversation.
    pub fn read_tracker(&self, conversation: Option<&str>) -> Result<ReadTracker> {
        ReadTracker::new(self.clone(), conversation, self.handle.seen_for)
    }

    /// For people who look for a fault (R34): endpoint, state, outbox length, last errors, versions, as JSON. No ids.
    pub fn debug_state(&self) -> String {
        let shared = self.shared();
        let mut state = match shared.active.lock().as_ref() {
            Some(active) => active.session.debug_state(),
            None => serde_json::json!({}),
        };
        if let Some(state) = state.as_object_mut() {
            state.insert("endpoint".into(), self.handle.endpoint.to_string().into());
            state.insert("version".into(), Self::version().into());
            state.insert("app_exceptions".into(), shared.app_exceptions.load(Ordering::Relaxed).into());
            self.handle.device.describe(state);
        }
        state.to_string()
    }

    /// Ends this client, for all of its clones (the documented uninit). Never waits: calls still out end with 7009,
    /// possibly after this has returned; later ones with 90003 (or [`Config::closed_error`]).
    pub fn shutdown(&self) {
        self.shared().trackers.flush();
        self.shared().shut_down();
    }

    /// Leaves the receipts for these messages where the next client of this user in this data folder finds them (R16,
    /// ours): for a notification action, which has no time for more. Needs no client, and any process may do it; what is
    /// left is on disk when this returns, and counts from now.
    ///
    /// 6017 for a wrong value, or a service in memory, which no other process can reach; 90004 if the disk refuses.
    pub fn enqueue_receipts(
        target: &SpoolTarget,
        messages: impl IntoIterator<Item = impl Into<MessageHandle>>,
    ) -> Result<()> {
        enqueue::receipts(target, messages.into_iter().map(Into::into).collect())
    }

    /// Whether clients with this [`Config::server`] keep anything in a data folder: all do but those of a service in memory.
    /// For layers that make the folder themselves. `None` and "": what `SEENBY_SERVER` says, as for a client.
    ///
    /// 6017 for a server that a client would refuse. (Whether `ws://` is allowed there, only the client says.)
    pub fn uses_data_folder(server: Option<&str>) -> Result<bool> {
        Ok(!Endpoint::look_up(server)?.is_memory())
    }
}

pub(crate) fn not_logged_in() -> Error {
    Error::new(ErrorCode::NotLoggedIn, "nobody is logged in; call login first")
}

pub(crate) fn done(answer: Answer) -> Option<()> {
    matches!(answer, Answer::Done).then_some(())
}
