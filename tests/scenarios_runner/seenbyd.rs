//! A separate `seenbyd`: this program run again, with what makes it the server.

use super::scenario::ServiceSetup;
use super::tls_front::TlsFront;
use super::world::APP;
use seenby_core::model::{AppId, UserId};
use serde_json::{Map, Value};
use std::ffi::OsString;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitCode, Stdio};
use std::sync::mpsc;
use std::time::{Duration, SystemTime};

/// The first argument that makes this program the server.
const AS_SERVER: &str = "--as-seenbyd";
/// How long it may take to start.
const START: Duration = Duration::from_secs(20);

/// Is the server if the arguments say so.
pub(crate) fn run_if_asked() -> Option<ExitCode> {
    let mut args = std::env::args_os();
    let program = args.next()?;
    let first = args.next()?;
    (first == AS_SERVER).then(|| seenby_server::main_from(std::iter::once(program).chain(args)))
}

pub(crate) struct Seenbyd {
    folder: PathBuf,
    listen: String,
    child: Option<Child>,
    tls: Option<TlsFront>,
    url: String,
    admin: String,
}

impl Drop for Seenbyd {
    fn drop(&mut self) {
        self.kill();
    }
}

impl Seenbyd {
    /// `tls`: devices reach it over TLS.
    pub(crate) fn start(folder: &Path, setup: &ServiceSetup, tls: bool) -> Result<Self, String> {
        // What JSON calls numbers, texts, booleans and lists of them, TOML writes alike.
        let table = |map: &Map<String, Value>| map.iter().map(|(k, v)| format!("{k} = {v}\n")).collect::<String>();
        let config =
            format!("[limits]\n{}[[app]]\nid = {APP}\n[app.settings]\n{}", table(&setup.limits), table(&setup.app));
        std::fs::write(folder.join("seenbyd.toml"), config).map_err(|error| error.to_string())?;
        let mut server = Self {
            tls: None,
            folder: folder.to_owned(),
            listen: "127.0.0.1:0".into(),
            child: None,
            url: String::new(),
            admin: String::new(),
        };
        server.run()?;
        if tls {
            let front = TlsFront::start(folder, server.listen.clone());
            server.tls = Some(front.map_err(|error| format!("TLS in front of seenbyd: {error}"))?);
        }
        Ok(server)
    }

    fn run(&mut self) -> Result<(), String> {
        let args: [OsString; 7] = [
            AS_SERVER.into(),
            "--data".into(),
            self.folder.clone().into(),
            "--listen".into(),
            self.listen.clone().into(),
            "--log".into(),
            "warn".into(),
        ];
        let mut command = Command::new(std::env::current_exe().map_err(|error| error.to_string())?);
        for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("SEENBY_")) {
            command.env_remove(name);
        }
        command.args(args).stdin(Stdio::null()).stdout(Stdio::piped());
        let mut child = command.spawn().map_err(|error| format!("seenbyd does not start: {error}"))?;
        let out = child.stdout.take().ok_or("seenbyd has no output")?;
        self.child = Some(child);
        let (sender, lines) = mpsc::channel();
        // Reads on until the process ends, so that it never waits for us.
        std::thread::spawn(move || {
            BufReader::new(out).lines().map_while(Result::ok).for_each(|l| drop(sender.send(l)))
        });
        loop {
            let line = lines.recv_timeout(START).map_err(|_| "seenbyd did not say that it is ready".to_owned())?;
            match line.split_once(char::is_whitespace).map(|(word, rest)| (word, rest.trim())) {
                Some(("url", url)) => self.url = url.to_owned(),
                Some(("operators", rest)) => {
                    self.admin = rest.split(',').next().unwrap_or_default().to_owned();
                }
                Some(("ready", _)) => break,
                _ => {}
            }
        }
        // After a restart, devices find it where it was.
        let address = self.url.split("://").nth(1).unwrap_or_default();
        self.listen = address.split('/').next().unwrap_or_default().to_owned();
        Ok(())
    }

    /// Where devices connect.
    pub(crate) fn url(&self) -> &str {
        self.tls.as_ref().map_or(&self.url, |front| &front.url)
    }

    /// The authority to trust, if it has TLS.
    pub(crate) fn ca_file(&self) -> Option<&Path> {
        self.tls.as_ref().map(|front| front.authority.as_path())
    }

    fn kill(&mut self) {
        if let Some(mut child) = self.child.take() {
            let _ = child.kill();
            let _ = child.wait();
        }
    }

    /// Kills it without warning, and starts it again on the same data and address.
    pub(crate) fn restart(&mut self) -> Result<(), String> {
        self.kill();
        self.run()
    }

    fn keys(&self) -> Result<seenby_server::Keys, String> {
        let keys = seenby_server::Keys::read(&self.folder).map_err(|error| error.to_string())?;
        keys.ok_or_else(|| "seenbyd has made no keys".to_owned())
    }

    /// A userSig of this kind, made as an app's backend makes it.
    pub(crate) fn user_sig(&self, user: &str, kind: &str) -> Result<String, String> {
        let keys = self.keys()?;
        let app = keys.apps.iter().find(|app| app.id == APP).ok_or("seenbyd has no key for the app")?;
        let mut key = app.bytes("keys.toml").map_err(|error| error.to_string())?;
        let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).map_err(|error| error.to_string())?;
        let now = i64::try_from(now.as_millis()).map_err(|error| error.to_string())?;
        let (user, made, seconds) = match kind {
            "valid" => (user, now, 3600),
            "expired" => (user, now - 7_200_000, 3600),
            "short" => (user, now, 2),
            "otherUser" => ("somebody-else", now, 3600),
            "forged" => {
                key.iter_mut().for_each(|byte| *byte ^= 0x55);
                (user, now, 3600)
            }
            literal => return Ok(literal.to_owned()),
        };
        let user = UserId::new(user).map_err(|error| error.to_string())?;
        seenby_server::issue(&key, AppId(APP), &user, made, seconds).map_err(|error| error.to_string())
    }

    fn operator(&self, request: minreq::Request) -> Result<minreq::Response, String> {
        let token = self.keys()?.admin_token;
        let response = request
            .with_header("Authorization", format!("Bearer {token}"))
            .with_timeout(10)
            .send()
            .map_err(|error| format!("the operator's call failed: {error}"))?;
        match response.status_code {
            200..300 => Ok(response),
            code => Err(format!("the operator's call was refused: {code} {}", response.as_str().unwrap_or_default())),
        }
    }

    fn app_url(&self, rest: &str) -> String {
        format!("{}/apps/{APP}/{rest}", self.admin)
    }

    pub(crate) fn configure(&self, change: &Map<String, Value>) -> Result<(), String> {
        let settings = self.operator(minreq::get(self.app_url("settings")))?;
        let text = settings.as_str().map_err(|error| error.to_string())?;
        let mut settings: Map<String, Value> = serde_json::from_str(text).map_err(|error| error.to_string())?;
        settings.extend(change.clone());
        self.post(minreq::put(self.app_url("settings")), &Value::Object(settings))
    }

    fn post(&self, request: minreq::Request, body: &Value) -> Result<(), String> {
        let request = request.with_header("Content-Type", "application/json").with_body(body.to_string());
        self.operator(request).map(drop)
    }

    pub(crate) fn delete_user(&self, user: &str) -> Result<(), String> {
        self.operator(minreq::delete(self.app_url(&format!("users/{user}")))).map(drop)
    }

    pub(crate) fn revoke_tokens(&self, user: &str) -> Result<(), String> {
        self.operator(minreq::post(self.app_url(&format!("users/{user}/revoke")))).map(drop)
    }

    pub(crate) fn delete_message(&self, body: &Value) -> Result<(), String> {
        self.post(minreq::post(self.app_url("messages/delete")), body)
    }
}
