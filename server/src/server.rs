//! A running server.

use crate::config::{Config, ConfigError};
use crate::http::{self, Shared};
use crate::keys::{AppKey, Keys};
use crate::listen::{Gate, Listening};
use crate::token::{self, TokenKeys};
use crate::{NAME, tls};
use axum::Router;
use seenby_core::model::{AppId, Result as ApiResult, UserId};
use seenby_service::{AppConfig, Apps, Clock as _, Service, ServiceConfig, SystemClock};
use seenby_store::FileJournal;
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::watch;

/// The journal's folder in the data folder.
pub(crate) const JOURNAL: &str = "journal";

/// Why a server did not start.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StartError {
    /// Something in the configuration.
    Config(ConfigError),
    /// The data, or the system.
    Service(seenby_service::StartError),
    /// The address.
    Listen {
        /// Which.
        address: SocketAddr,
        /// Why not.
        what: String,
    },
}

impl std::fmt::Display for StartError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Config(e) => e.fmt(f),
            Self::Service(e) => e.fmt(f),
            Self::Listen { address, what } => {
                write!(f, "cannot listen on {address}: {what}; --listen takes another address, and port 0 any free one")
            }
        }
    }
}

impl std::error::Error for StartError {}

impl From<ConfigError> for StartError {
    fn from(e: ConfigError) -> Self {
        Self::Config(e)
    }
}

impl From<seenby_service::StartError> for StartError {
    fn from(e: seenby_service::StartError) -> Self {
        Self::Service(e)
    }
}

/// A running server. Dropping it ends it without waiting; [`Server::shutdown`] waits.
pub struct Server {
    service: Arc<Service>,
    stop: watch::Sender<bool>,
    shared: Arc<Shared>,
    addr: SocketAddr,
    admin_addr: SocketAddr,
    secure: bool,
    data: PathBuf,
}

impl Server {
    /// Starts within the current tokio runtime. When it returns, devices can connect.
    ///
    /// # Errors
    /// The configuration is wrong, the data folder cannot be used, or the address is taken; the sentence says which.
    pub async fn start(config: Config) -> Result<Self, StartError> {
        config.check("the configuration")?;
        let tls = config.tls.as_ref().map(tls::acceptor).transpose()?;
        make_folder(&config.data)?;
        let stored = Keys::open(&config.data, &config.app_ids())?;
        let (keys, apps) = apps(&config, &stored)?;

        // Before the journal is opened: a port that is taken is the likelier mistake, and costs nothing to find out.
        let listener = listen(config.listen).await?;
        let admin = match config.admin_listen {
            Some(address) => Some(listen(address).await?),
            None => None,
        };

        let service = ServiceConfig {
            journal: Box::new(
                FileJournal::open(&config.data.join(JOURNAL)).map_err(seenby_service::StartError::Store)?,
            ),
            apps: Apps::These(apps),
            authenticator: Arc::new(TokenKeys::new(keys.iter().map(|(app, key)| (*app, key.as_slice())))),
            server_name: NAME.to_owned(),
            clock: Arc::new(SystemClock::new()),
            limits: config.limits.service(),
        };
        let started = tokio::task::spawn_blocking(|| Service::start(service)).await;
        let service = started.map_err(|e| seenby_service::StartError::Thread(e.to_string()))??;

        let service = Arc::new(service);
        let (stop, stopping) = watch::channel(false);
        let gate = Gate::new(config.limits.connections, config.limits.connections_per_ip);
        let shared = Arc::new(Shared {
            service: service.clone(),
            gate: gate.clone(),
            keys,
            admin_token: stored.admin_token,
            stop: stopping.clone(),
        });
        let run = |listener: TcpListener, router: Router| -> Result<SocketAddr, StartError> {
            let addr = listener
                .local_addr()
                .map_err(|e| StartError::Listen { address: config.listen, what: e.to_string() })?;
            let listening = Listening {
                listener,
                tls: tls.clone(),
                router,
                gate: gate.clone(),
                patience: Duration::from_secs(u64::from(config.limits.hello_seconds)),
                stop: stopping.clone(),
            };
            tokio::spawn(listening.run());
            Ok(addr)
        };
        let (addr, admin_addr) = match admin {
            None => {
                let addr = run(listener, http::both(&shared))?;
                (addr, addr)
            }
            Some(admin) => (run(listener, http::devices(&shared))?, run(admin, http::operators(&shared))?),
        };
        Ok(Self { service, stop, shared, addr, admin_addr, secure: config.tls.is_some(), data: config.data })
    }

    /// Where devices connect.
    pub fn addr(&self) -> SocketAddr {
        self.addr
    }

    /// What an app is given as endpoint.
    pub fn url(&self) -> String {
        format!("{}://{}/v1/connect", if self.secure { "wss" } else { "ws" }, self.addr)
    }

    /// Where operators' calls go: `/v1/admin/…` and `/metrics` are below it.
    pub fn admin_url(&self) -> String {
        format!("{}://{}", if self.secure { "https" } else { "http" }, self.admin_addr)
    }

    /// The data folder.
    pub fn data(&self) -> &Path {
        &self.data
    }

    /// The apps served.
    pub fn apps(&self) -> Vec<AppId> {
        self.shared.keys.keys().copied().collect()
    }

    /// What an operator's `Authorization: Bearer` header holds.
    pub fn admin_token(&self) -> &str {
        &self.shared.admin_token
    }

    /// A userSig.
    ///
    /// # Errors
    /// 6017 if there is no such app.
    pub fn issue_token(&self, app: AppId, user: &UserId, seconds: u64) -> ApiResult<String> {
        let key = self.shared.keys.get(&app);
        let key = key.ok_or_else(|| seenby_core::model::Error::invalid(format!("there is no app {app} here")))?;
        token::issue(key, app, user, SystemClock::new().now(), seconds)
    }

    /// The service inside.
    pub fn service(&self) -> &Service {
        &self.service
    }

    /// Resolves when the server cannot go on, with the reason; the process should end and be started again.
    pub fn failed(&self) -> impl Future<Output = String> + Send + 'static {
        self.service.failed()
    }

    /// Takes nothing more, makes durable and answers what was proposed, says goodbye to every device, closes the data.
    pub async fn shutdown(self) {
        self.stop.send_replace(true);
        self.service.shutdown().await;
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop.send_replace(true);
    }
}

async fn listen(address: SocketAddr) -> Result<TcpListener, StartError> {
    TcpListener::bind(address).await.map_err(|e| StartError::Listen { address, what: e.to_string() })
}

fn make_folder(data: &Path) -> Result<(), ConfigError> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(data).map_err(|e| {
        ConfigError::new(format!("{}: the data folder cannot be made: {e}; --data takes another", data.display()))
    })
}

type ServedApps = (BTreeMap<AppId, Vec<u8>>, Vec<AppConfig>);

/// Keys from the configuration go before those of the data folder.
fn apps(config: &Config, stored: &Keys) -> Result<ServedApps, ConfigError> {
    let mut keys = BTreeMap::new();
    let mut apps = Vec::new();
    let mut add = |app: &AppKey, place: &str, settings| {
        keys.insert(AppId(app.id), app.bytes(place)?);
        apps.push(AppConfig { app: AppId(app.id), settings, limits: config.limits.hub() });
        Ok(())
    };
    if config.apps.is_empty() {
        for app in &stored.apps {
            add(app, crate::keys::FILE, None)?;
        }
    }
    for entry in &config.apps {
        let given = entry.key.clone().map(|key| AppKey { id: entry.id, key });
        if let Some(app) = given.as_ref().or_else(|| stored.app(AppId(entry.id))) {
            add(app, "the configuration", entry.settings.clone())?;
        }
    }
    Ok((keys, apps))
}
