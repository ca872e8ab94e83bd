//! The server: this same program, run again in another process, so that it can be killed.

use super::check::{Result, Trouble};
use super::stage::now_ms;
use seenby_core::model::{AppId, UserId};
use seenby_server::Keys;
use std::fs::File;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// The app that a server without configuration serves.
pub(crate) const APP: u32 = 1;

/// Where a server takes devices.
pub(crate) const PATH: &str = "/v1/connect";

/// What makes this program the server: the rest of the command line is `seenbyd`'s.
pub(crate) const AS_SERVER: &str = "seenbyd";

/// A server, running or not.
pub(crate) struct Server {
    folder: PathBuf,
    listen: SocketAddr,
    extra: Vec<String>,
    child: Option<Child>,
}

impl Server {
    /// Starts one on a free port of this machine, with these lines as its configuration's `[limits]`.
    pub(crate) async fn launch(folder: &Path, limits: &str) -> Result<Self> {
        let free = || TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr();
        let listen = free().map_err(Trouble::doing("looking for a free port"))?;
        std::fs::create_dir_all(folder).map_err(super::place::folder_failed)?;
        let config = format!("[limits]\n{limits}\n");
        std::fs::write(folder.join("seenbyd.toml"), config).map_err(super::place::folder_failed)?;
        Self::launch_at(folder, listen, &[]).await
    }

    /// Starts one here.
    pub(crate) async fn launch_at(folder: &Path, listen: SocketAddr, extra: &[&str]) -> Result<Self> {
        let extra = extra.iter().map(|word| (*word).to_owned()).collect();
        let mut server = Self { folder: folder.to_owned(), listen, extra, child: None };
        server.start().await?;
        Ok(server)
    }

    /// Starts it (again), on the same port and folder; returns when it answers.
    pub(crate) async fn start(&mut self) -> Result<()> {
        std::fs::create_dir_all(&self.folder).map_err(super::place::folder_failed)?;
        let log = File::options().create(true).append(true).open(self.log()).map_err(super::place::folder_failed)?;
        let errors = log.try_clone().map_err(super::place::folder_failed)?;
        let mut command = this_program()?;
        command.arg("--data").arg(&self.folder).arg("--listen").arg(self.listen.to_string()).args(&self.extra);
        let child = command.stdin(Stdio::null()).stdout(log).stderr(errors).spawn();
        self.child = Some(child.map_err(Trouble::doing("starting the server"))?);
        let began = Instant::now();
        let mut reach = self.listen;
        if reach.ip().is_unspecified() {
            reach.set_ip(Ipv4Addr::LOCALHOST.into());
        }
        loop {
            if tokio::net::TcpStream::connect(reach).await.is_ok() {
                return Ok(());
            }
            let ended = self.child.as_mut().and_then(|child| child.try_wait().ok().flatten());
            if ended.is_some() || began.elapsed() > Duration::from_secs(15) {
                let said = std::fs::read_to_string(self.log()).unwrap_or_default();
                let state = ended.map_or("does not answer".to_owned(), |status| format!("ended with {status}"));
                return Err(Trouble::Failed(format!("the server {state}. It said:\n{said}")));
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }

    /// Ends it without warning: SIGKILL, or TerminateProcess.
    pub(crate) fn kill(&mut self) -> Result<()> {
        let Some(mut child) = self.child.take() else { return Ok(()) };
        let ended = child.kill().and_then(|()| child.wait());
        ended.map(|_| ()).map_err(Trouble::doing("killing the server"))
    }

    /// Waits until it has ended by itself.
    pub(crate) async fn ended(&mut self) -> Result<std::process::ExitStatus> {
        loop {
            let Some(child) = &mut self.child else { return Err(Trouble::Failed("the server does not run".into())) };
            if let Some(status) = child.try_wait().map_err(Trouble::doing("watching the server"))? {
                return Ok(status);
            }
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
    }

    pub(crate) fn listen(&self) -> SocketAddr {
        self.listen
    }

    /// The process.
    pub(crate) fn pid(&self) -> u32 {
        self.child.as_ref().map_or(0, Child::id)
    }

    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    pub(crate) fn url(&self) -> String {
        format!("ws://{}{PATH}", self.listen)
    }

    /// Everything it printed.
    pub(crate) fn log(&self) -> PathBuf {
        self.folder.with_extension("log")
    }

    /// A userSig, made as an app's backend makes it: signed with the app's key.
    pub(crate) fn user_sig(&self, user: &str) -> Result<String> {
        const A_DAY: u64 = 24 * 3600;
        let keys = Keys::read(&self.folder).map_err(Trouble::doing("the server's keys"))?;
        let key = keys.iter().flat_map(|keys| &keys.apps).find(|key| key.id == APP);
        let key = key.ok_or_else(|| Trouble::Failed(format!("the server made no key for app {APP}")))?;
        let bytes = key.bytes("keys.toml").map_err(Trouble::doing("the server's keys"))?;
        let user = UserId::new(user).map_err(Trouble::doing("a user id"))?;
        seenby_server::issue(&bytes, AppId(APP), &user, now_ms(), A_DAY).map_err(Trouble::doing("making a userSig"))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.kill();
    }
}

fn this_program() -> Result<Command> {
    let program = std::env::current_exe().map_err(Trouble::doing("finding this program"))?;
    let mut command = Command::new(program);
    command.arg(AS_SERVER);
    Ok(command)
}
