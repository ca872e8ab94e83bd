//! What an operator decides: a file, the environment, flags (each overrides the one before), checked before anything
//! starts, with sentences that name the key and the allowed values.

use seenby_core::hub::HubLimits;
use seenby_core::model::{AppId, AppSettings};
use seenby_service::ServiceLimits;
use serde::Deserialize;
use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};

/// Where `seenbyd` listens without being told.
pub(crate) const LISTEN: SocketAddr = SocketAddr::new(IpAddr::V4(std::net::Ipv4Addr::LOCALHOST), 8787);

/// A value is not allowed, or a file is not there. The sentence names it and says what would be right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigError(String);

impl ConfigError {
    pub(crate) fn new(what: impl Into<String>) -> Self {
        Self(what.into())
    }

    pub(crate) fn file(path: &Path, e: impl std::fmt::Display) -> Self {
        Self(format!("{}: {e}", path.display()))
    }
}

impl std::fmt::Display for ConfigError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for ConfigError {}

/// The configuration of a server.
#[derive(Clone, Debug)]
pub struct Config {
    /// Where devices connect. Port 0: any free one.
    pub listen: SocketAddr,
    /// Where everything is kept; made if it is missing.
    pub data: PathBuf,
    /// Certificate and key; `None`: plain, which is refused beyond loopback unless `allow_plain`.
    pub tls: Option<Tls>,
    /// Listen beyond loopback without TLS (something else in front does it, or the network is trusted).
    pub allow_plain: bool,
    /// An address of its own for the operator's API and the metrics; `None`: the devices' one.
    pub admin_listen: Option<SocketAddr>,
    /// The apps; empty: those in the data folder, or app 1 when there is none.
    pub apps: Vec<AppEntry>,
    /// Limits.
    pub limits: Limits,
}

/// TLS from files.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tls {
    /// PEM: the certificate, then its chain.
    pub cert: PathBuf,
    /// PEM: its private key.
    pub key: PathBuf,
}

/// One app.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AppEntry {
    /// sdkAppID: 1 to 4294967295.
    pub id: u32,
    /// What userSigs are signed with, in base64; `None`: the one in the data folder, made if there is none.
    pub key: Option<String>,
    /// What the operator wants; `None`: what was set over HTTP, or the defaults.
    pub settings: Option<AppSettings>,
}

/// R24: the limits an operator may change.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Limits {
    /// Connections at a time.
    pub connections: usize,
    /// Connections at a time from one address. Loopback is not counted: a proxy may be there.
    pub connections_per_ip: usize,
    /// Connections of one user at a time.
    pub connections_per_user: usize,
    /// Requests a second and connection; 30 receipts count as one.
    pub requests_per_second: u32,
    /// Requests that may come at once before that counts.
    pub burst: u32,
    /// After so many refusals (9506) in a row the connection is closed.
    pub refusals: u32,
    /// A connection silent for this long is closed.
    pub idle_seconds: u32,
    /// TLS, HTTP and Hello must each be done within this.
    pub hello_seconds: u32,
    /// Unsent bytes at which pushes to a connection stop; it catches up later.
    pub lag_bytes: usize,
    /// Unsent bytes at which a connection is cut.
    pub max_unsent_bytes: usize,
    /// Members of a group.
    pub group_members: usize,
}

impl Default for Limits {
    fn default() -> Self {
        let hub = HubLimits::default();
        let service = ServiceLimits::default();
        Self {
            connections: 10_000,
            connections_per_ip: 256,
            connections_per_user: hub.connections_per_user,
            requests_per_second: hub.requests_per_second,
            burst: hub.burst,
            refusals: hub.refusals,
            idle_seconds: u32::try_from(hub.idle_ms / 1000).unwrap_or(120),
            hello_seconds: u32::try_from(service.hello_ms / 1000).unwrap_or(10),
            lag_bytes: hub.lag_bytes,
            max_unsent_bytes: service.max_unsent,
            group_members: hub.group_members,
        }
    }
}

impl Limits {
    fn check(&self, place: &str) -> Result<(), ConfigError> {
        let within = |key: &str, value: usize, min: usize, max: usize| {
            if (min..=max).contains(&value) {
                Ok(())
            } else {
                Err(ConfigError(format!("{place}: limits.{key} is {value}; it must be {min} to {max}")))
            }
        };
        within("connections", self.connections, 1, 1_000_000)?;
        within("connections_per_ip", self.connections_per_ip, 1, 1_000_000)?;
        within("connections_per_user", self.connections_per_user, 1, 10_000)?;
        within("requests_per_second", self.requests_per_second as usize, 1, 1_000_000)?;
        within("burst", self.burst as usize, 1, 1_000_000)?;
        within("refusals", self.refusals as usize, 1, 1_000_000)?;
        within("idle_seconds", self.idle_seconds as usize, 10, 86_400)?;
        within("hello_seconds", self.hello_seconds as usize, 1, 300)?;
        within("lag_bytes", self.lag_bytes, 16 << 10, 1 << 30)?;
        within("max_unsent_bytes", self.max_unsent_bytes, 512 << 10, 1 << 30)?;
        within("group_members", self.group_members, 2, 100_000)?;
        if self.max_unsent_bytes <= self.lag_bytes {
            return Err(ConfigError(format!(
                "{place}: limits.max_unsent_bytes is {}; it must be more than limits.lag_bytes ({})",
                self.max_unsent_bytes, self.lag_bytes
            )));
        }
        Ok(())
    }

    pub(crate) fn hub(&self) -> HubLimits {
        HubLimits {
            requests_per_second: self.requests_per_second,
            burst: self.burst,
            refusals: self.refusals,
            idle_ms: i64::from(self.idle_seconds) * 1000,
            connections_per_user: self.connections_per_user,
            lag_bytes: self.lag_bytes,
            group_members: self.group_members,
            ..HubLimits::default()
        }
    }

    pub(crate) fn service(&self) -> ServiceLimits {
        ServiceLimits {
            max_unsent: self.max_unsent_bytes,
            drained_bytes: self.lag_bytes / 2,
            hello_ms: i64::from(self.hello_seconds) * 1000,
            ..ServiceLimits::default()
        }
    }
}

/// The configuration file.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct File {
    #[serde(deserialize_with = "address")]
    pub(crate) listen: Option<SocketAddr>,
    pub(crate) data: Option<PathBuf>,
    pub(crate) allow_plain: Option<bool>,
    pub(crate) log: Option<String>,
    pub(crate) tls: Option<Tls>,
    pub(crate) admin: Admin,
    #[serde(rename = "app")]
    pub(crate) apps: Vec<AppEntry>,
    pub(crate) limits: Limits,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Admin {
    #[serde(deserialize_with = "address")]
    pub(crate) listen: Option<SocketAddr>,
}

/// `127.0.0.1:8787`, `[::1]:0`.
pub(crate) fn parse_address(text: &str) -> Result<SocketAddr, String> {
    text.parse().map_err(|_| {
        format!("{text:?} is no address with a port; it must be like 127.0.0.1:8787, 0.0.0.0:443 or [::1]:0")
    })
}

fn address<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Option<SocketAddr>, D::Error> {
    let text = String::deserialize(from)?;
    parse_address(&text).map(Some).map_err(serde::de::Error::custom)
}

impl File {
    pub(crate) fn read(path: &Path) -> Result<Self, ConfigError> {
        let text = std::fs::read_to_string(path).map_err(|e| ConfigError::file(path, e))?;
        toml::from_str(&text).map_err(|e| {
            // Not the display of the whole error: it quotes the line, which may hold a key.
            let line = e.span().map_or(1, |span| 1 + text.get(..span.start).unwrap_or_default().matches('\n').count());
            ConfigError(format!("{}, line {line}: {}", path.display(), e.message()))
        })
    }
}

impl Config {
    /// The defaults, with this data folder and any free port of loopback: what tests and a process that has its server
    /// inside want.
    pub fn in_folder(data: impl Into<PathBuf>) -> Self {
        Self {
            listen: SocketAddr::new(LISTEN.ip(), 0),
            data: data.into(),
            tls: None,
            allow_plain: false,
            admin_listen: None,
            apps: Vec::new(),
            limits: Limits::default(),
        }
    }

    /// Checks what can be checked without touching anything. `place` says in the sentence where the values are from.
    ///
    /// # Errors
    /// A value is not allowed; the sentence names it and says which are.
    pub fn check(&self, place: &str) -> Result<(), ConfigError> {
        self.limits.check(place)?;
        for (i, app) in self.apps.iter().enumerate() {
            if app.id == 0 {
                return Err(ConfigError(format!("{place}: app.id is 0; it must be 1 to 4294967295")));
            }
            if self.apps.iter().take(i).any(|other| other.id == app.id) {
                return Err(ConfigError(format!("{place}: app.id {} is there twice; each app needs its own", app.id)));
            }
            if let Some(key) = &app.key {
                crate::keys::AppKey { id: app.id, key: key.clone() }.bytes(place)?;
            }
            if let Some(settings) = &app.settings {
                check_settings(settings)
                    .map_err(|what| ConfigError(format!("{place}: app {}: settings.{what}", app.id)))?;
            }
        }
        for (key, listen) in [("listen", Some(self.listen)), ("admin.listen", self.admin_listen)] {
            let Some(listen) = listen else { continue };
            if !listen.ip().is_loopback() && self.tls.is_none() && !self.allow_plain {
                return Err(ConfigError(format!(
                    "{place}: {key} is {listen}, which others can reach, and there is no TLS: userSigs and messages would \
                     go in the clear. Give a certificate (--tls-cert and --tls-key), or listen on 127.0.0.1; if \
                     something in front of it does TLS, or the network is trusted, say --allow-plain"
                )));
            }
        }
        Ok(())
    }

    pub(crate) fn app_ids(&self) -> Vec<AppId> {
        self.apps.iter().filter(|app| app.key.is_none()).map(|app| AppId(app.id)).collect()
    }
}

/// Which setting is wrong, and what would be right.
pub(crate) fn check_settings(settings: &AppSettings) -> Result<(), String> {
    const DAY_MS: i64 = 24 * 3600 * 1000;
    if let Some(kind) = settings.receipt_kinds.iter().find(|kind| !kind.can_have_receipts()) {
        return Err(format!("receipt_kinds has {kind:?}; only Work, Public and Meeting can have receipts (R8)"));
    }
    if !(1..=100_000).contains(&settings.receipt_members) {
        return Err(format!("receipt_members is {}; it must be 1 to 100000", settings.receipt_members));
    }
    if !(1000..=3650 * DAY_MS).contains(&settings.retention_ms) {
        return Err(format!(
            "retention_ms is {}; it must be 1000 (a second) to {} (ten years)",
            settings.retention_ms,
            3650 * DAY_MS
        ));
    }
    Ok(())
}

/// Where data goes when nobody says: the place that the system has for it, so that `seenbyd token` finds it from anywhere.
pub(crate) fn default_data() -> PathBuf {
    let env = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let base = if cfg!(windows) {
        env("LOCALAPPDATA")
    } else if cfg!(target_os = "macos") {
        env("HOME").map(|home| home.join("Library").join("Application Support"))
    } else {
        env("XDG_DATA_HOME").or_else(|| env("HOME").map(|home| home.join(".local").join("share")))
    };
    base.map_or_else(|| PathBuf::from("seenby-data"), |base| base.join("seenby"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<File, ConfigError> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("seenbyd.toml");
        std::fs::write(&path, text).unwrap();
        File::read(&path)
    }

    fn check(change: impl FnOnce(&mut Config)) -> String {
        let mut config = Config::in_folder("x");
        change(&mut config);
        config.check("seenbyd.toml").unwrap_err().to_string()
    }

    #[test]
    fn every_documented_key_is_read() {
        let file = read(
            r#"
            listen = "127.0.0.1:9000"
            data = "/var/lib/seenby"
            allow_plain = true
            log = "debug"
            [tls]
            cert = "c.pem"
            key = "k.pem"
            [admin]
            listen = "127.0.0.1:9001"
            [limits]
            connections = 5
            idle_seconds = 30
            [[app]]
            id = 7
            key = "AAAA"
            [app.settings]
            unsupported = "reject"
            receipt_kinds = ["Work"]
            "#,
        )
        .unwrap();
        assert_eq!(file.listen.unwrap().port(), 9000);
        assert_eq!((file.limits.connections, file.limits.idle_seconds), (5, 30));
        assert_eq!(file.limits.burst, Limits::default().burst, "what is not given keeps its default");
        assert_eq!(file.apps[0].id, 7);
        assert_eq!(file.admin.listen.unwrap().port(), 9001);
    }

    #[test]
    fn a_wrong_key_or_value_is_named_with_what_is_allowed() {
        let error = read("\nlissten = 1\n").unwrap_err().to_string();
        assert!(error.contains("line 2") && error.contains("lissten") && error.contains("`listen`"), "{error}");
        let error = read("[admin]\nlisten = \"here\"\n").unwrap_err().to_string();
        assert!(error.contains("line 2") && error.contains("here") && error.contains("127.0.0.1:8787"), "{error}");
        let error = read("[limits]\nconnections = -1\n").unwrap_err().to_string();
        assert!(error.contains("-1"), "{error}");
        let error = read("[[app]]\nid = 1\n[app.settings]\nunsupported = \"maybe\"\n").unwrap_err().to_string();
        assert!(error.contains("maybe") && error.contains("downgrade") && error.contains("reject"), "{error}");
        let error = read("[[app]]\nid = 1\nkey = \"hush\nid = 2\n").unwrap_err().to_string();
        assert!(!error.contains("hush"), "a key must not be quoted: {error}");

        let error = check(|config| config.limits.connections = 0);
        assert!(error.contains("limits.connections is 0") && error.contains("1 to 1000000"), "{error}");
        let error = check(|config| config.limits.lag_bytes = 8 << 20);
        assert!(error.contains("max_unsent_bytes") && error.contains("lag_bytes"), "{error}");
        let app = |id, key: Option<&str>| AppEntry { id, key: key.map(str::to_owned), settings: None };
        assert!(check(|config| config.apps = vec![app(0, None)]).contains("app.id is 0"));
        assert!(check(|config| config.apps = vec![app(3, None), app(3, None)]).contains("app.id 3"));
        let error = check(|config| config.apps = vec![app(3, Some("dG9vIHNob3J0"))]);
        assert!(error.contains("9 bytes") && error.contains("32"), "{error}");
        let settings = AppSettings { retention_ms: -5, ..AppSettings::default() };
        let error = check(|config| config.apps = vec![AppEntry { settings: Some(settings), ..app(3, None) }]);
        assert!(error.contains("settings.retention_ms is -5"), "{error}");
    }

    #[test]
    fn r28_beyond_loopback_there_is_tls_or_a_flag() {
        let error = check(|config| config.listen = "0.0.0.0:0".parse().unwrap());
        assert!(
            error.contains("--allow-plain") && error.contains("--tls-cert") && error.contains("0.0.0.0"),
            "{error}"
        );
        let error = check(|config| config.admin_listen = Some("[::]:0".parse().unwrap()));
        assert!(error.contains("admin.listen"), "{error}");
        let mut config = Config::in_folder("x");
        config.listen = "0.0.0.0:0".parse().unwrap();
        config.allow_plain = true;
        assert!(config.check("x").is_ok());
        config.allow_plain = false;
        config.tls = Some(Tls { cert: "c".into(), key: "k".into() });
        assert!(config.check("x").is_ok());
    }
}
