//! Where to connect (R28).

use crate::config::Config;
use seenby_core::model::{Error, Result};
use std::fmt;
use std::path::{Component, Path, PathBuf};

/// The environment variable with the endpoint of clients that are not told one.
const SERVER: &str = "SEENBY_SERVER";
/// The environment variable that refuses a service inside the process.
const REQUIRE: &str = "SEENBY_REQUIRE_SERVER";
/// What sentences call the configuration's.
const FIELD: &str = "the configuration's field server";
/// Where a server takes connections, unless something in front of it decides otherwise.
const PATH: &str = "/v1/connect";
const ALLOWED: &str = "wss://host[:port][/path], ws://localhost[:port][/path], embedded:, embedded:mem/NAME or \
                       embedded:file/PATH";

/// An endpoint that was checked.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Endpoint {
    /// A server.
    Server(ServerAddress),
    /// A service in this process, in memory; "" is the unnamed one.
    Memory(String),
    /// A service in this process, durable in this folder.
    File(PathBuf),
}

/// A server's address.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct ServerAddress {
    /// Encrypted: `wss`.
    pub(crate) tls: bool,
    /// A name or an address, without brackets.
    pub(crate) host: String,
    /// 443 or 80 if none was given.
    pub(crate) port: u16,
    /// Where servers listen, if none was given.
    pub(crate) path: String,
}

impl Endpoint {
    /// From the configuration, else from the environment, else the unnamed service in memory, of which the log is told.
    pub(crate) fn choose(config: &Config) -> Result<Self> {
        let (environment, require) = environment();
        let configured = config.server.as_deref();
        let endpoint = Self::choose_from(configured, config.allow_plain, environment.as_deref(), require)?;
        if said(configured, environment.as_deref()).is_none() {
            tracing::warn!(
                "no server is configured: a service inside this process is used, in memory, which nobody else can reach \
                 and which goes with the process; set the field server of the configuration, or SEENBY_SERVER"
            );
        }
        Ok(endpoint)
    }

    /// What [`Self::choose`] would, for who only wants to know; whether it is encrypted is asked when it is opened.
    pub(crate) fn look_up(server: Option<&str>) -> Result<Self> {
        let (environment, require) = environment();
        Self::choose_from(server, true, environment.as_deref(), require)
    }

    /// As [`Self::choose`], with what the environment says.
    pub(crate) fn choose_from(
        configured: Option<&str>,
        allow_plain: bool,
        environment: Option<&str>,
        require_server: bool,
    ) -> Result<Self> {
        let (place, text) = said(configured, environment).unwrap_or((FIELD, ""));
        let endpoint =
            if text.is_empty() { Self::Memory(String::new()) } else { Self::parse(place, text, allow_plain)? };
        let is_server = matches!(endpoint, Self::Server(_));
        // Apps that are shipped must not run on their own by mistake (R28).
        // A simulator's are never shipped: apps' own tests run there, with the released library and services of their own.
        let simulator = cfg!(any(target_abi = "sim", all(target_os = "ios", target_arch = "x86_64")));
        let shipped = cfg!(all(not(debug_assertions), any(target_os = "android", target_os = "ios"))) && !simulator;
        let without = cfg!(not(feature = "embedded"));
        if !is_server && (require_server || shipped || without) {
            let why = if without {
                "this library, made for devices, has no services inside the process"
            } else if require_server {
                "SEENBY_REQUIRE_SERVER=1 refuses services inside the process"
            } else {
                "release builds for phones refuse services inside the process"
            };
            let text = if text.is_empty() { "empty".to_owned() } else { format!("{text:?}") };
            return Err(Error::invalid(format!("{place} is {text}, but {why}; set the field server to wss://…")));
        }
        Ok(endpoint)
    }

    fn parse(place: &str, text: &str, allow_plain: bool) -> Result<Self> {
        let wrong = |why: &str| Error::invalid(format!("{place} is {text:?}: {why}; it must be {ALLOWED}"));
        if let Some(embedded) = text.strip_prefix("embedded:") {
            return match embedded {
                "" => Ok(Self::Memory(String::new())),
                _ => match embedded.split_once('/') {
                    Some(("mem", name)) if !name.is_empty() => Ok(Self::Memory(name.to_owned())),
                    Some(("mem", _)) => Err(wrong("the name is empty")),
                    Some(("file", path)) if !path.is_empty() => Ok(Self::File(absolute(Path::new(path)))),
                    Some(("file", _)) => Err(wrong("the path is empty")),
                    _ => Err(wrong("this kind of embedded service does not exist")),
                },
            };
        }
        let (tls, rest) = match (text.strip_prefix("wss://"), text.strip_prefix("ws://")) {
            (Some(rest), _) => (true, rest),
            (_, Some(rest)) => (false, rest),
            _ => return Err(wrong("the scheme is not known")),
        };
        let (authority, path) = match rest.find(['/', '?', '#']) {
            Some(at) => rest.split_at(at),
            None => (rest, ""),
        };
        if authority.contains('@') {
            return Err(wrong("a user name does not belong there"));
        }
        let (host, port) = host_and_port(authority, if tls { 443 } else { 80 }).map_err(wrong)?;
        let path = match path {
            "" | "/" => PATH.to_owned(),
            path if path.starts_with('/') => path.to_owned(),
            path => format!("/{path}"),
        };
        if path.contains('#') || path.chars().any(|c| c.is_control() || c == ' ') {
            return Err(wrong("the path has a character that is not allowed"));
        }
        let address = ServerAddress { tls, host, port, path };
        if !tls && !allow_plain && !address.is_loopback() {
            return Err(Error::invalid(format!(
                "{place} is {text:?}: without encryption only this machine may be reached; use wss://, or set the field \
                 allow_plain in a network you trust"
            )));
        }
        Ok(Self::Server(address))
    }

    /// Whether it lives in this process's memory, and the device's state with it.
    pub(crate) fn is_memory(&self) -> bool {
        matches!(self, Self::Memory(_))
    }
}

/// What the environment says: a server, and whether it must be one.
fn environment() -> (Option<String>, bool) {
    (std::env::var(SERVER).ok(), std::env::var(REQUIRE).is_ok_and(|value| value == "1"))
}

/// Who says where to connect, and what. An empty text says nothing.
fn said<'a>(configured: Option<&'a str>, environment: Option<&'a str>) -> Option<(&'static str, &'a str)> {
    let says = |server: &&str| !server.is_empty();
    let configured = configured.filter(says).map(|server| (FIELD, server));
    configured.or_else(|| environment.filter(says).map(|server| ("the environment variable SEENBY_SERVER", server)))
}

/// The host, without brackets, and the port of `host`, `host:port` or `[v6]:port`.
pub(crate) fn host_and_port(authority: &str, default: u16) -> Result<(String, u16), &'static str> {
    let (host, port) = if let Some(rest) = authority.strip_prefix('[') {
        let (host, rest) = rest.split_once(']').ok_or("the bracket [ is not closed")?;
        host.parse::<std::net::Ipv6Addr>().map_err(|_| "what is in brackets is no IPv6 address")?;
        match rest {
            "" => (host, None),
            _ => (host, Some(rest.strip_prefix(':').ok_or("after ] comes :port or nothing")?)),
        }
    } else {
        match authority.split_once(':') {
            Some((host, port)) => (host, Some(port)),
            None => (authority, None),
        }
    };
    if host.is_empty() {
        return Err("the host is empty");
    }
    if host.chars().any(|c| c.is_control() || c.is_whitespace() || "/\\?#@%".contains(c)) {
        return Err("the host has a character that is not allowed");
    }
    let port = match port {
        None => default,
        Some(port) => port.parse().ok().filter(|port| *port != 0).ok_or("the port is not a number from 1 to 65535")?,
    };
    Ok((host.to_owned(), port))
}

/// The one name of a path: managers that name the same folder meet, also when the first of them makes it. So what is not
/// there yet has the name that it will have: behind links, and as Windows writes it.
pub(crate) fn absolute(path: &Path) -> PathBuf {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    for there in path.ancestors() {
        let (Ok(mut name), Ok(rest)) = (std::fs::canonicalize(there), path.strip_prefix(there)) else { continue };
        for part in rest.components() {
            match part {
                Component::ParentDir => drop(name.pop()),
                part => name.push(part),
            }
        }
        return name;
    }
    path
}

impl ServerAddress {
    pub(crate) fn is_loopback(&self) -> bool {
        match self.host.parse::<std::net::IpAddr>() {
            Ok(address) => address.is_loopback(),
            Err(_) => self.host.eq_ignore_ascii_case("localhost"),
        }
    }

    /// `host:port`, with brackets where they are needed.
    pub(crate) fn authority(&self) -> String {
        if self.host.contains(':') {
            format!("[{}]:{}", self.host, self.port)
        } else {
            format!("{}:{}", self.host, self.port)
        }
    }
}

impl fmt::Display for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Server(address) => {
                let scheme = if address.tls { "wss" } else { "ws" };
                write!(f, "{scheme}://{}{}", address.authority(), address.path)
            }
            Self::Memory(name) if name.is_empty() => f.write_str("embedded:"),
            Self::Memory(name) => write!(f, "embedded:mem/{name}"),
            Self::File(path) => write!(f, "embedded:file/{}", path.display()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<Endpoint> {
        Endpoint::choose_from(Some(text), false, None, false)
    }

    fn refused(text: &str) -> String {
        let error = parse(text).expect_err(text);
        assert_eq!(error.code.number(), 6017, "{text}");
        assert!(error.message.contains("server"), "{}", error.message);
        error.message
    }

    #[test]
    fn r28_endpoints_are_parsed() {
        for (text, shown) in [
            ("wss://chat.example", "wss://chat.example:443/v1/connect"),
            ("wss://chat.example:8443/seenby?x=1", "wss://chat.example:8443/seenby?x=1"),
            ("ws://localhost/", "ws://localhost:80/v1/connect"),
            ("ws://LOCALHOST:1", "ws://LOCALHOST:1/v1/connect"),
            ("ws://127.9.9.9:99/a", "ws://127.9.9.9:99/a"),
            ("ws://[::1]:8080/x/", "ws://[::1]:8080/x/"),
            ("wss://[2001:db8::1]", "wss://[2001:db8::1]:443/v1/connect"),
            ("embedded:", "embedded:"),
            ("embedded:mem/a b", "embedded:mem/a b"),
        ] {
            assert_eq!(parse(text).unwrap().to_string(), shown);
        }
        assert!(matches!(parse("embedded:file/some/where").unwrap(), Endpoint::File(path) if path.is_absolute()));
    }

    #[test]
    fn r28_a_folder_has_one_name_before_and_after_it_is_made() {
        let folder = tempfile::tempdir().unwrap();
        let to = folder.path().join("to");
        std::fs::create_dir(&to).unwrap();
        #[cfg(unix)]
        std::os::unix::fs::symlink(&to, folder.path().join("link")).unwrap();
        let through = if cfg!(unix) { "link" } else { "to" };
        let path = folder.path().join(through).join("new").join("service");
        let before = absolute(&path);
        assert_eq!(absolute(&path.join("..").join("service")), before);
        std::fs::create_dir_all(&path).unwrap();
        assert_eq!(absolute(&path), before);
        assert_eq!(absolute(&to.join("new").join("service")), before);
    }

    #[test]
    fn r28_what_is_no_endpoint_is_refused_and_the_sentence_says_what_would_be_right() {
        for text in [
            "chat.example",
            "https://chat.example",
            "wss://",
            "wss://:443",
            "wss://host:0",
            "wss://host:65536",
            "wss://host:-1",
            "wss://ho st",
            "wss://user@host",
            "wss://[::1",
            "wss://[nonsense]:1",
            "wss://host/a b",
            "wss://host/\r\nX: y",
            "embedded",
            "embedded:mem/",
            "embedded:mem",
            "embedded:file/",
            "embedded:disk/x",
        ] {
            assert!(refused(text).contains("wss://host"), "{text}");
        }
    }

    #[test]
    fn r28_without_encryption_only_loopback_unless_allowed() {
        for text in ["ws://chat.example", "ws://192.168.0.1", "ws://localhost.evil.example", "ws://[2001:db8::1]"] {
            assert!(refused(text).contains("allow_plain"));
            assert!(Endpoint::choose_from(Some(text), true, None, false).is_ok());
        }
    }

    #[test]
    fn r28_the_configuration_wins_then_the_environment_then_memory() {
        let choose = |config, env| Endpoint::choose_from(config, false, env, false).unwrap().to_string();
        assert_eq!(choose(Some("embedded:mem/a"), Some("embedded:mem/b")), "embedded:mem/a");
        assert_eq!(choose(None, Some("embedded:mem/b")), "embedded:mem/b");
        assert_eq!(choose(Some(""), Some("embedded:mem/b")), "embedded:mem/b");
        assert_eq!(choose(None, None), "embedded:");
        assert_eq!(choose(None, Some("")), "embedded:");
        let error = Endpoint::choose_from(None, false, Some("http://x"), false).unwrap_err();
        assert!(error.message.contains("SEENBY_SERVER"), "{}", error.message);
    }

    #[test]
    fn r28_a_server_can_be_required() {
        for server in [None, Some("embedded:"), Some("embedded:mem/a"), Some("embedded:file/a")] {
            let error = Endpoint::choose_from(server, false, None, true).unwrap_err();
            assert_eq!(error.code.number(), 6017);
            assert!(error.message.contains("field server") && error.message.contains("SEENBY_REQUIRE_SERVER"));
        }
        assert!(Endpoint::choose_from(Some("wss://host"), false, None, true).is_ok());
    }
    #[test]
    fn r28_all_but_services_in_memory_use_a_data_folder() {
        for (server, uses) in [
            ("embedded:", false),
            ("embedded:mem/a", false),
            ("embedded:file/a", true),
            ("wss://chat.example", true),
            ("ws://chat.example", true),
        ] {
            assert_eq!(crate::Client::uses_data_folder(Some(server)), Ok(uses), "{server}");
        }
        for wrong in ["embedded:mem/", "embedded:memory", "https://chat.example"] {
            assert_eq!(crate::Client::uses_data_folder(Some(wrong)).unwrap_err(), parse(wrong).unwrap_err());
        }
    }

    /// The environment is the process's: so the test runs itself again, in others.
    #[test]
    fn r28_the_environment_decides_about_the_data_folder_as_for_a_client() {
        const EXPECTED: &str = "SEENBY_TEST_USES_DATA_FOLDER";
        let shown = |server| match crate::Client::uses_data_folder(server) {
            Ok(uses) => uses.to_string(),
            Err(error) => error.message,
        };
        if let Ok(expected) = std::env::var(EXPECTED) {
            assert!(shown(None).contains(&expected) && shown(Some("")).contains(&expected), "{}", shown(None));
            // The configuration wins.
            assert_eq!(shown(Some("wss://chat.example")), "true");
            return;
        }
        for (variables, expected) in [
            (&[][..], "false"),
            (&[(SERVER, "")], "false"),
            (&[(SERVER, "embedded:mem/a")], "false"),
            (&[(SERVER, "embedded:file/a")], "true"),
            (&[(SERVER, "wss://chat.example")], "true"),
            (&[(SERVER, "http://x")], "the environment variable SEENBY_SERVER is \"http://x\""),
            (&[(REQUIRE, "1")], "SEENBY_REQUIRE_SERVER"),
            (&[(SERVER, "embedded:file/a"), (REQUIRE, "1")], "SEENBY_REQUIRE_SERVER"),
        ] {
            let mut again = std::process::Command::new(std::env::current_exe().unwrap());
            again.args([
                "--exact",
                "endpoint::tests::r28_the_environment_decides_about_the_data_folder_as_for_a_client",
            ]);
            again.env_remove(SERVER).env_remove(REQUIRE).env(EXPECTED, expected).envs(variables.iter().copied());
            let ran = again.output().unwrap();
            let said = String::from_utf8_lossy(&ran.stdout);
            assert!(ran.status.success() && said.contains("1 passed"), "{variables:?}: {said}");
        }
    }
}
