//! A raw device (no client library: what a server must stand is more than what a client sends), a child `seenbyd`, and
//! HTTP by hand.
#![allow(dead_code, unreachable_pub, clippy::unwrap_used, reason = "each test file uses its part")]

use futures_util::{SinkExt as _, StreamExt as _};
use prost::Message as _;
use seenby_core::wire::{self, frame, request};
use std::collections::VecDeque;
use std::io::{BufRead as _, BufReader, Read as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;

pub const PATIENCE: Duration = Duration::from_secs(20);

/// A device that speaks the protocol by hand.
pub struct Device<S = TcpStream> {
    pub socket: WebSocketStream<S>,
    pub pushes: VecDeque<wire::Frame>,
    next: u64,
}

/// How a connection went on.
#[derive(Debug)]
pub enum Heard {
    Frame(wire::Frame),
    /// The service said why it ends the connection.
    Close(wire::Close),
    /// The connection is gone.
    Gone,
}

impl Device<TcpStream> {
    /// A WebSocket, no Hello yet.
    pub async fn connect(url: &str) -> Self {
        let authority = url.strip_prefix("ws://").unwrap().split('/').next().unwrap();
        let stream = TcpStream::connect(authority).await.unwrap();
        Self::over(url, stream).await
    }

    /// Logged in; with what Welcome said.
    pub async fn login(url: &str, app: u32, user: &str, device: &str, user_sig: &str) -> (Self, wire::Welcome) {
        let mut this = Self::connect(url).await;
        let welcome = this.hello(app, user, device, user_sig).await;
        (this, welcome)
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> Device<S> {
    pub async fn over(url: &str, stream: S) -> Self {
        let (socket, _) = tokio_tungstenite::client_async(url, stream).await.unwrap();
        Self { socket, pushes: VecDeque::new(), next: 1 }
    }

    pub async fn hello(&mut self, app: u32, user: &str, device: &str, user_sig: &str) -> wire::Welcome {
        let body = hello(app, user, device, user_sig);
        match self.ask(request::Body::Hello(body)).await {
            frame::Body::Welcome(welcome) => welcome,
            other => panic!("{other:?}"),
        }
    }

    pub async fn send(&mut self, body: request::Body) -> u64 {
        let id = self.next;
        self.next += 1;
        let request = wire::Request { id, seen: 0, body: Some(body) };
        self.send_bytes(request.encode_to_vec()).await;
        id
    }

    pub async fn send_bytes(&mut self, bytes: Vec<u8>) {
        // The other side may have closed already; what it said is read next.
        let _ = self.socket.send(Message::Binary(bytes.into())).await;
    }

    /// The next thing from the service.
    pub async fn hear(&mut self) -> Heard {
        loop {
            let next = tokio::time::timeout(PATIENCE, self.socket.next()).await.expect("something comes in time");
            match next {
                Some(Ok(Message::Binary(bytes))) => {
                    let frame = wire::decode_frame(&bytes).unwrap();
                    return match frame.body {
                        Some(frame::Body::Close(close)) => Heard::Close(close),
                        _ => Heard::Frame(frame),
                    };
                }
                Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
                Some(Ok(_) | Err(_)) | None => return Heard::Gone,
            }
        }
    }

    /// Asks, and waits for the answer; pushes that come before are kept.
    pub async fn ask(&mut self, body: request::Body) -> frame::Body {
        let id = self.send(body).await;
        self.answer(id).await
    }

    pub async fn answer(&mut self, id: u64) -> frame::Body {
        loop {
            match self.hear().await {
                Heard::Frame(frame) if frame.request == id => return frame.body.expect("an answer has a body"),
                Heard::Frame(frame) => self.pushes.push_back(frame),
                other => panic!("instead of the answer to {id}: {other:?}"),
            }
        }
    }

    /// Asks for what is refused: the number, and the sentence.
    pub async fn refused(&mut self, body: request::Body) -> (i32, String) {
        let asked = format!("{body:?}");
        match self.ask(body).await {
            frame::Body::Error(error) => (error.code, error.message),
            other => panic!("{asked}: {other:?}"),
        }
    }

    /// Waits until the service ends the connection, with its reason.
    pub async fn closed(&mut self) -> wire::Close {
        loop {
            match self.hear().await {
                Heard::Close(close) => return close,
                Heard::Frame(_) => {}
                Heard::Gone => panic!("gone without a reason"),
            }
        }
    }

    /// Waits for a push that this picks; others are dropped.
    pub async fn push<T>(&mut self, mut pick: impl FnMut(&wire::Frame) -> Option<T>) -> T {
        loop {
            while let Some(frame) = self.pushes.pop_front() {
                if let Some(picked) = pick(&frame) {
                    return picked;
                }
            }
            match self.hear().await {
                Heard::Frame(frame) => self.pushes.push_back(frame),
                other => panic!("instead of a push: {other:?}"),
            }
        }
    }

    /// Sends a text; its seq.
    pub async fn say(&mut self, to: wire::Conversation, id: &str, text: &str) -> u64 {
        match self.ask(request::Body::Send(text_message(to, id, text))).await {
            frame::Body::Sent(sent) => sent.seq,
            other => panic!("{other:?}"),
        }
    }
}

pub fn hello(app: u32, user: &str, device: &str, user_sig: &str) -> wire::Hello {
    wire::Hello {
        version: wire::VERSION,
        app,
        user: user.into(),
        user_sig: user_sig.into(),
        device: device.into(),
        ..wire::Hello::default()
    }
}

pub fn c2c(user: &str) -> wire::Conversation {
    wire::Conversation { of: Some(wire::conversation::Of::User(user.into())) }
}

pub fn group(group: &str) -> wire::Conversation {
    wire::Conversation { of: Some(wire::conversation::Of::Group(group.into())) }
}

pub fn text_message(to: wire::Conversation, id: &str, text: &str) -> wire::Send {
    let content = wire::Content { elem: Some(wire::content::Elem::Text(text.into())), cloud_custom_data: vec![] };
    wire::Send {
        conversation: Some(to),
        id: id.into(),
        need_receipt: true,
        priority: 2,
        content: Some(content),
        ..wire::Send::default()
    }
}

/// What the peer's receipt says: read by it, and when.
pub fn peer_read(frame: &wire::Frame, id: &str) -> Option<i64> {
    let receipts = match &frame.body {
        Some(frame::Body::Receipts(receipts)) => &receipts.receipts,
        Some(frame::Body::Sync(sync)) => &sync.receipts,
        _ => return None,
    };
    receipts.iter().find(|receipt| receipt.id == id && receipt.peer_read).map(|receipt| receipt.time_ms)
}

/// A `seenbyd` in a process of its own, killed when dropped.
pub struct Daemon {
    pub child: Child,
    pub first_line: String,
    pub url: String,
    log: PathBuf,
    out: std::thread::JoinHandle<String>,
}

pub fn seenbyd(data: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_seenbyd"));
    for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("SEENBY_")) {
        command.env_remove(name);
    }
    command.arg("--data").arg(data);
    command
}

impl Daemon {
    pub fn start(data: &Path, args: &[&str]) -> Self {
        let log = data.with_extension("log");
        std::fs::create_dir_all(log.parent().unwrap()).unwrap();
        let stderr = std::fs::OpenOptions::new().create(true).append(true).open(&log).unwrap();
        let mut command = seenbyd(data);
        if !args.contains(&"--listen") {
            command.args(["--listen", "127.0.0.1:0"]);
        }
        let mut child = command.args(args).stdout(Stdio::piped()).stderr(stderr).spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        lines.read_line(&mut line).unwrap();
        let (first_line, mut url) = (line.clone(), String::new());
        while !line.starts_with("ready") {
            line.clear();
            let n = lines.read_line(&mut line).unwrap();
            assert!(n > 0, "seenbyd ended: {}", std::fs::read_to_string(&log).unwrap_or_default());
            if let Some(found) = line.strip_prefix("url") {
                url = found.trim().to_owned();
            }
        }
        let out = std::thread::spawn(move || {
            let mut rest = String::new();
            let _ = lines.read_to_string(&mut rest);
            rest
        });
        Self { child, first_line, url, log, out }
    }

    /// As a power cut would.
    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// What was logged so far.
    pub fn log(&self) -> String {
        std::fs::read_to_string(&self.log).unwrap()
    }

    /// Tells it to end, as systemd would; the exit code and what it printed since it was ready.
    #[cfg(unix)]
    pub fn terminate(mut self, signal: &str) -> (Option<i32>, String) {
        let told = Command::new("kill").args([signal, &self.child.id().to_string()]).status().unwrap();
        assert!(told.success());
        let status = self.child.wait().unwrap();
        let out = std::mem::replace(&mut self.out, std::thread::spawn(String::new));
        (status.code(), out.join().unwrap())
    }
}

impl Drop for Daemon {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A userSig from `seenbyd token`.
pub fn token(data: &Path, user: &str) -> String {
    let output = seenbyd(data).args(["token", "--user", user]).output().unwrap();
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

/// One HTTP request; status and body.
pub async fn http(base: &str, method: &str, path: &str, bearer: Option<&str>, body: Option<&str>) -> (u16, String) {
    let authority = base.strip_prefix("http://").unwrap();
    let mut stream = TcpStream::connect(authority).await.unwrap();
    let mut request = format!("{method} {path} HTTP/1.1\r\nHost: {authority}\r\nConnection: close\r\n");
    if let Some(token) = bearer {
        request += &format!("Authorization: Bearer {token}\r\n");
    }
    if let Some(body) = body {
        request += &format!("Content-Type: application/json\r\nContent-Length: {}\r\n", body.len());
    }
    request += "\r\n";
    request += body.unwrap_or_default();
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    tokio::time::timeout(PATIENCE, stream.read_to_string(&mut answer)).await.unwrap().unwrap();
    let status = answer.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status line");
    let body = answer.split_once("\r\n\r\n").map(|(_, body)| body.to_owned()).unwrap_or_default();
    (status, body)
}
