//! How a client is set up.

use crate::{Dispatcher, TlsProvider, TokenProvider};
use seenby_core::model::{AppId, Error, ErrorCode, Result, limits};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

/// How a client is set up (the documented init). `Config::new(app)` is enough for a service inside this process.
#[derive(Clone)]
#[non_exhaustive]
pub struct Config {
    /// The app, `sdkAppID`: 1 to 4 294 967 295.
    pub app: u32,
    /// Where to connect (R28): `wss://…`, `ws://…`, `embedded:`, `embedded:mem/NAME` or `embedded:file/PATH`. `None`: the
    /// environment variable `SEENBY_SERVER`, else `embedded:`, which is logged as a warning.
    pub server: Option<String>,
    /// Allows `ws://` to other machines, unencrypted. For tests in a network one trusts.
    pub allow_plain: bool,
    /// Where the device keeps its outbox, index and cache. `None`: `seenby` in the user's folder for application data. A
    /// folder belongs to one process at a time; clients of one process share it. Not used with a service in memory.
    pub data_dir: Option<PathBuf>,
    /// Clients that share a data folder and are to count as different devices give different labels. `None`: the
    /// installation's own device (R30).
    pub device_label: Option<String>,
    /// Pushes of receipts name the readers added since the last one, with times (R12, ours).
    pub with_readers: bool,
    /// Who to trust, with `wss://`.
    pub tls: TlsConfig,
    /// `http://[user:password@]host:port` of an HTTP proxy that connections to a server go through.
    pub proxy: Option<String>,
    /// Runs callbacks and listeners where the host wants them, its main thread say. `None`: the client's delivery thread.
    pub dispatcher: Option<Arc<dyn Dispatcher>>,
    /// Renews the userSig silently when it runs out (R30). `None`: [`crate::Event::UserSigExpired`], then log in again.
    pub token_provider: Option<Arc<dyn TokenProvider>>,
    /// Does TLS, and says who is trusted, in place of the library (R29). `None`: the library does, in a build with the feature
    /// `ring` or `graviola`.
    pub tls_provider: Option<Arc<dyn TlsProvider>>,
    /// How long a message must be seen to count as read by a [`crate::ReadTracker`] (R33).
    pub seen_for: Duration,
    /// How long a request waits for its answer before it ends with 6012.
    pub request_timeout: Duration,
    /// How long opening a connection may take before it ends with 9510.
    pub connect_timeout: Duration,
    /// Name and version of the app, for the server's log.
    pub client_name: String,
    /// What calls after shutdown end with: [`ErrorCode::Closed`] (90003), or [`ErrorCode::NotInitialized`] (6013) for the
    /// client behind a documented singleton, whose shutdown is the documented uninit.
    pub closed_error: ErrorCode,
}

/// Who to trust (R29), with `wss://`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct TlsConfig {
    /// A PEM file with the certificates of the authorities to trust, instead of the platform's: on Linux the
    /// system's bundle (or SSL_CERT_FILE), on Windows and Apple's the system's own verifier, which follows their settings.
    pub ca_file: Option<PathBuf>,
    /// Base64 of SHA-256 of the public keys (SubjectPublicKeyInfo) to accept: the server's certificate must have one of
    /// them, besides being valid. Empty: any valid one.
    pub pins: Vec<String>,
}

impl Config {
    /// A client of this app; everything else as said at the fields.
    pub fn new(app: u32) -> Self {
        Self {
            app,
            server: None,
            allow_plain: false,
            data_dir: None,
            device_label: None,
            with_readers: false,
            tls: TlsConfig::default(),
            proxy: None,
            dispatcher: None,
            token_provider: None,
            tls_provider: None,
            seen_for: Duration::from_millis(limits::SEEN_FOR_MS.unsigned_abs()),
            request_timeout: Duration::from_secs(10),
            connect_timeout: Duration::from_secs(10),
            client_name: String::new(),
            closed_error: ErrorCode::Closed,
        }
    }

    /// Sets [`Config::server`].
    pub fn server(mut self, server: impl Into<String>) -> Self {
        self.server = Some(server.into());
        self
    }

    /// Sets [`Config::data_dir`].
    pub fn data_dir(mut self, folder: impl Into<PathBuf>) -> Self {
        self.data_dir = Some(folder.into());
        self
    }

    /// Sets [`Config::device_label`].
    pub fn device_label(mut self, label: impl Into<String>) -> Self {
        self.device_label = Some(label.into());
        self
    }

    /// Sets [`Config::with_readers`].
    pub fn with_readers(mut self, with_readers: bool) -> Self {
        self.with_readers = with_readers;
        self
    }

    /// Sets [`Config::allow_plain`].
    pub fn allow_plain(mut self, allow: bool) -> Self {
        self.allow_plain = allow;
        self
    }

    /// Sets [`TlsConfig::ca_file`].
    pub fn ca_file(mut self, file: impl Into<PathBuf>) -> Self {
        self.tls.ca_file = Some(file.into());
        self
    }

    /// Adds to [`TlsConfig::pins`].
    pub fn pin(mut self, sha256_base64: impl Into<String>) -> Self {
        self.tls.pins.push(sha256_base64.into());
        self
    }

    /// Sets [`Config::proxy`].
    pub fn proxy(mut self, url: impl Into<String>) -> Self {
        self.proxy = Some(url.into());
        self
    }

    /// Sets [`Config::dispatcher`].
    pub fn dispatcher(mut self, dispatcher: Arc<dyn Dispatcher>) -> Self {
        self.dispatcher = Some(dispatcher);
        self
    }

    /// Sets [`Config::token_provider`].
    pub fn token_provider(mut self, provider: Arc<dyn TokenProvider>) -> Self {
        self.token_provider = Some(provider);
        self
    }

    /// Sets [`Config::tls_provider`].
    pub fn tls_provider(mut self, provider: Arc<dyn TlsProvider>) -> Self {
        self.tls_provider = Some(provider);
        self
    }

    /// Sets [`Config::seen_for`].
    pub fn seen_for(mut self, time: Duration) -> Self {
        self.seen_for = time;
        self
    }

    /// Sets [`Config::request_timeout`].
    pub fn request_timeout(mut self, time: Duration) -> Self {
        self.request_timeout = time;
        self
    }

    /// Sets [`Config::connect_timeout`].
    pub fn connect_timeout(mut self, time: Duration) -> Self {
        self.connect_timeout = time;
        self
    }

    /// Sets [`Config::client_name`].
    pub fn client_name(mut self, name: impl Into<String>) -> Self {
        self.client_name = name.into();
        self
    }

    /// Sets [`Config::closed_error`].
    pub fn closed_error(mut self, code: ErrorCode) -> Self {
        self.closed_error = code;
        self
    }
}

/// The app that a configuration names: 0 is none (6017).
pub(crate) fn app(number: u32) -> Result<AppId> {
    if number == 0 {
        return Err(Error::invalid(
            "the configuration's field app (sdkAppID) is 0; it must be the number of an app, 1 to 4294967295",
        ));
    }
    Ok(AppId(number))
}

impl std::fmt::Debug for Config {
    /// Without the proxy's password.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Config")
            .field("app", &self.app)
            .field("server", &self.server)
            .field("data_dir", &self.data_dir)
            .field("device_label", &self.device_label)
            .field("proxy", &self.proxy.is_some())
            .field("dispatcher", &self.dispatcher.is_some())
            .field("token_provider", &self.token_provider.is_some())
            .field("tls_provider", &self.tls_provider.is_some())
            .finish_non_exhaustive()
    }
}
