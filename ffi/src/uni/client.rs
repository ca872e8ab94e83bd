//! Clients: made, logged in, closed; the one of the process.

use super::callback::{CallbackDispatcher, Completion, Dispatching, Providing, UserSigProvider, end};
use super::convert::natural32;
use super::tls::{self, TlsProvider};
use super::types::{ClientConfig, Failure};
use crate::{log, singleton};
use parking_lot::Mutex;
use seenby_client::{Client, Command, Config, Error, ErrorCode, ListenerId, MessageHandle, Result, UserId};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::Duration;

/// A client: one device of one user at a time. Every function may be called from any thread and from inside a callback,
/// and none waits.
#[derive(uniffi::Object)]
pub struct SeenByClient {
    which: Which,
}

enum Which {
    /// One of the app's own.
    Own {
        client: Client,
        /// The numbers that its listeners have here.
        listeners: Mutex<Vec<(i64, ListenerId)>>,
    },
    /// The one of the process, behind the documented singleton.
    Shared,
}

fn panicked() -> Error {
    Error::new(ErrorCode::Panic, "a panic was caught in SeenBy; please report it, with the log")
}

/// Runs what answers at once; a panic is an error.
pub(super) fn at_once<T>(what: impl FnOnce() -> Result<T>) -> std::result::Result<T, Failure> {
    log::install();
    catch_unwind(AssertUnwindSafe(what)).unwrap_or_else(|_| Err(panicked())).map_err(Failure::from)
}

pub(super) fn config(
    config: ClientConfig,
    dispatcher: Option<Arc<dyn CallbackDispatcher>>,
    provider: Option<Arc<dyn UserSigProvider>>,
    tls: Option<Arc<dyn TlsProvider>>,
) -> Result<Config> {
    let app = u32::try_from(config.app).map_err(|_| {
        Error::invalid(format!("the app (sdkAppID) is {}; it must be a number of 32 bits, without a sign", config.app))
    })?;
    let time = |what: &str, ms: i32, default: Duration| -> Result<Duration> {
        Ok(match natural32(what, ms)? {
            0 => default,
            ms => Duration::from_millis(ms.into()),
        })
    };
    let mut made = Config::new(app);
    made.server = config.server;
    made.allow_plain = config.allow_plain;
    made.data_dir = config.data_dir.map(Into::into);
    made.device_label = config.device_label;
    made.with_readers = config.with_readers;
    made.tls.ca_file = config.ca_file.map(Into::into);
    made.tls.pins = config.pins;
    made.proxy = config.proxy;
    made.seen_for = time("seenForMs", config.seen_for_ms, made.seen_for)?;
    made.request_timeout = time("requestTimeoutMs", config.request_timeout_ms, made.request_timeout)?;
    made.connect_timeout = time("connectTimeoutMs", config.connect_timeout_ms, made.connect_timeout)?;
    made.client_name = config.client_name;
    made.dispatcher = dispatcher.map(|dispatcher| Arc::new(Dispatching(dispatcher)) as _);
    made.token_provider = provider.map(|provider| Arc::new(Providing(provider)) as _);
    made.tls_provider = tls.map(|tls| Arc::new(tls::Providing(tls)) as _);
    Ok(made)
}

/// The client behind the documented singleton: always the same one. 6013 until [`shared_init`].
#[uniffi::export]
pub fn shared_client() -> Arc<SeenByClient> {
    Arc::new(SeenByClient { which: Which::Shared })
}

/// The documented init of the singleton. 6017 if it was initialized already.
#[uniffi::export(default(tls = None))]
pub fn shared_init(
    settings: ClientConfig,
    dispatcher: Option<Arc<dyn CallbackDispatcher>>,
    provider: Option<Arc<dyn UserSigProvider>>,
    tls: Option<Arc<dyn TlsProvider>>,
) -> std::result::Result<(), Failure> {
    at_once(|| singleton::init(config(settings, dispatcher, provider, tls)?))
}

/// The documented uninit of the singleton: calls still out end with 7009, later ones with 6013. Its listeners stay.
#[uniffi::export]
pub fn shared_uninit() -> std::result::Result<(), Failure> {
    at_once(singleton::uninit)
}

/// Whether clients with this server keep anything in a data folder: all do but those of a service in memory. Null: as for a
/// client (R28). 6017 for a server that a client would refuse.
#[uniffi::export]
pub fn uses_data_folder(server: Option<String>) -> std::result::Result<bool, Failure> {
    at_once(|| Client::uses_data_folder(server.as_deref()))
}

/// The version of the library.
#[uniffi::export]
pub fn library_version() -> String {
    Client::version().to_owned()
}

impl SeenByClient {
    /// The Rust client; for the shared one, the one there is.
    pub(super) fn client(&self) -> Result<Client> {
        match &self.which {
            Which::Own { client, .. } => Ok(client.clone()),
            Which::Shared => singleton::client(),
        }
    }

    /// Something that answers at once; a panic ends the client.
    pub(super) fn with<T>(&self, what: impl FnOnce(&Client) -> Result<T>) -> std::result::Result<T, Failure> {
        at_once(|| {
            let client = self.client()?;
            catch_unwind(AssertUnwindSafe(|| what(&client))).unwrap_or_else(|_| {
                client.poison();
                Err(panicked())
            })
        })
    }

    /// Begins a call; what is wrong with it is told to `completion`, like everything else. Answers what cancels it: 0 if
    /// there is nothing to cancel.
    pub(super) fn call(
        &self,
        completion: Option<Arc<dyn Completion>>,
        command: impl FnOnce(&Client) -> Result<Command>,
    ) -> i64 {
        self.begin(completion, command, |client, command, end| client.call_checked(command, end).0)
    }

    fn begin<P>(
        &self,
        completion: Option<Arc<dyn Completion>>,
        prepare: impl FnOnce(&Client) -> Result<P>,
        start: impl FnOnce(&Client, Result<P>, Box<dyn FnOnce(Result<seenby_client::Answer>) + Send>) -> u64,
    ) -> i64 {
        let end = Box::new(end(completion));
        let client = match self.client() {
            Ok(client) => client,
            Err(error) => {
                Client::refuse(error, end);
                return 0;
            }
        };
        let prepared = catch_unwind(AssertUnwindSafe(|| prepare(&client))).unwrap_or_else(|_| {
            client.poison();
            Err(panicked())
        });
        let started = catch_unwind(AssertUnwindSafe(|| start(&client, prepared, end)));
        started.map_or_else(
            |_| {
                client.poison();
                0
            },
            super::convert::signed,
        )
    }

    pub(super) fn listen(&self, listener: Arc<dyn seenby_client::Listener>) -> i64 {
        match &self.which {
            Which::Shared => super::convert::signed(singleton::add_listener(listener)),
            Which::Own { client, listeners } => {
                let id = client.add_listener(listener);
                let mut listeners = listeners.lock();
                let number = listeners.last().map_or(1, |(number, _)| number + 1);
                listeners.push((number, id));
                number
            }
        }
    }

    pub(super) fn forget(&self, number: i64) {
        match &self.which {
            Which::Shared => {
                singleton::remove_listener(number.cast_unsigned());
            }
            Which::Own { client, listeners } => {
                let id = {
                    let mut listeners = listeners.lock();
                    let at = listeners.iter().position(|(known, _)| *known == number);
                    at.map(|at| listeners.remove(at).1)
                };
                if let Some(id) = id {
                    client.remove_listener(id);
                }
            }
        }
    }

    /// What is known of a message, for a call.
    pub(super) fn handle(client: &Client, message: super::types::MessageRef) -> Result<MessageHandle> {
        let sender = message.sender.filter(|sender| !sender.is_empty()).map(UserId::new).transpose()?;
        let of = |text: Option<String>| text.filter(|text| !text.is_empty());
        let is_self = message.is_self.or_else(|| Some(sender? == client.login_user()?));
        Ok(MessageHandle {
            conversation: of(message.conversation_id)
                .map(|id| seenby_client::ConversationId::parse(&id))
                .transpose()?,
            id: of(message.msg_id).map(seenby_client::MessageId::new).transpose()?,
            seq: super::convert::natural("seq", message.seq)?,
            is_self,
            need_read_receipt: message.need_read_receipt,
        })
    }

    pub(super) fn handles(client: &Client, messages: Vec<super::types::MessageRef>) -> Result<Vec<MessageHandle>> {
        messages.into_iter().map(|message| Self::handle(client, message)).collect()
    }
}

#[uniffi::export]
impl SeenByClient {
    /// A client of the app's own, beside the singleton (R28).
    #[uniffi::constructor(default(tls = None))]
    pub fn new(
        settings: ClientConfig,
        dispatcher: Option<Arc<dyn CallbackDispatcher>>,
        provider: Option<Arc<dyn UserSigProvider>>,
        tls: Option<Arc<dyn TlsProvider>>,
    ) -> std::result::Result<Arc<Self>, Failure> {
        at_once(|| {
            let client = Client::new(config(settings, dispatcher, provider, tls)?)?;
            Ok(Arc::new(Self { which: Which::Own { client, listeners: Mutex::new(Vec::new()) } }))
        })
    }

    /// Logs in. `Answer::Done`.
    pub fn login(&self, user_id: String, user_sig: String, completion: Option<Arc<dyn Completion>>) -> i64 {
        self.begin(
            completion,
            |_| Ok((user_id, user_sig)),
            |client, prepared, end| match prepared {
                Ok((user, user_sig)) => client.login_with(&user, &user_sig, end).0,
                Err(error) => client.call_checked(Err(error), end).0,
            },
        )
    }

    /// Logs out. `Answer::Done`.
    pub fn logout(&self, completion: Option<Arc<dyn Completion>>) -> i64 {
        self.begin(completion, |_| Ok(()), |client, _, end| client.logout_with(end).0)
    }

    /// Takes a call back: it ends with 7009 unless it ended before.
    pub fn cancel(&self, call: i64) {
        if let Ok(client) = self.client() {
            client.cancel(seenby_client::CallId(call.cast_unsigned()));
        }
    }

    /// Ends a call of a layer above with this error, in its turn: the documented calls outside SeenBy answer 7013 with it.
    /// Before init 6013 wins.
    pub fn refuse(&self, code: i32, text: String, completion: Option<Arc<dyn Completion>>) -> i64 {
        self.call(completion, |_| {
            let code = ErrorCode::from_number(code).unwrap_or(ErrorCode::InvalidParameters);
            Err(Error::new(code, text))
        })
    }

    /// Ends this client: calls still out end with 7009, later ones with 90003. The shared one: as [`shared_uninit`].
    pub fn shutdown(&self) {
        match &self.which {
            Which::Own { client, .. } => client.shutdown(),
            Which::Shared => {
                // It was not initialized: then it is ended already.
                let _ = singleton::uninit();
            }
        }
    }

    /// Who is logged in, or logging in; empty: nobody.
    pub fn login_user(&self) -> std::result::Result<String, Failure> {
        self.with(|client| Ok(client.login_user().map(|user| user.as_str().to_owned()).unwrap_or_default()))
    }

    /// The documented number: 1 logged in, 2 logging in, 3 logged out.
    pub fn login_status(&self) -> std::result::Result<i32, Failure> {
        self.with(|client| Ok(client.login_status() as i32))
    }

    /// The device's estimate of the service's clock, in ms.
    pub fn server_time_ms(&self) -> std::result::Result<i64, Failure> {
        self.with(|client| Ok(client.server_time()))
    }

    /// The system says that the network is there, or gone.
    pub fn network_available(&self, available: bool) -> std::result::Result<(), Failure> {
        self.with(|client| {
            client.network_available(available);
            Ok(())
        })
    }

    /// The app came to the foreground, or went to the background; its trackers are told as well.
    pub fn foreground(&self, foreground: bool) -> std::result::Result<(), Failure> {
        self.with(|client| {
            client.foreground(foreground);
            Ok(())
        })
    }

    /// R34, as JSON.
    pub fn debug_state(&self) -> std::result::Result<String, Failure> {
        self.with(|client| Ok(client.debug_state()))
    }
}
