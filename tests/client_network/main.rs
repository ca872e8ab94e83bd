//! The client against a real server over sockets: whom it trusts (R29), what it says when it cannot connect, and how it
//! comes back (R30, R16). Client and server meet only in this package.
#![allow(clippy::unwrap_used)] // in helpers of tests

mod host_tls;
mod tls;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair, PublicKeyData as _};
use seenby_client::{
    AppId, Body, Client, Config, ErrorCode, Event, LoginStatus, Message, MessageReceipt, Result, SendOptions, UserId,
};
use seenby_server::{Config as ServerConfig, Server, Tls};
use sha2::{Digest as _, Sha256};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, mpsc};
use std::time::{Duration, Instant};
use tempfile::TempDir;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;

const SOON: Duration = Duration::from_secs(30);
const APP: u32 = 1;

/// A server on a thread of its own.
struct Serving {
    url: String,
    addr: SocketAddr,
    sigs: mpsc::Receiver<String>,
    ask: tokio::sync::mpsc::UnboundedSender<(String, u64)>,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<std::thread::JoinHandle<()>>,
}

impl Serving {
    fn start(config: ServerConfig) -> Self {
        let (ready, started) = mpsc::channel();
        let (stop, stopped) = oneshot::channel::<()>();
        let (ask, mut asked) = tokio::sync::mpsc::unbounded_channel::<(String, u64)>();
        let (give, sigs) = mpsc::channel();
        let thread = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(async {
                let server = Server::start(config).await.unwrap();
                ready.send((server.url(), server.addr())).unwrap();
                let mut stopped = stopped;
                loop {
                    tokio::select! {
                        _ = &mut stopped => break,
                        Some((user, seconds)) = asked.recv() => {
                            let user = UserId::new(user).unwrap();
                            give.send(server.issue_token(AppId(APP), &user, seconds).unwrap()).unwrap();
                        }
                    }
                }
                server.shutdown().await;
            });
        });
        let (url, addr) = started.recv_timeout(SOON).unwrap();
        Self { url, addr, sigs, ask, stop: Some(stop), thread: Some(thread) }
    }

    fn sig(&self, user: &str) -> String {
        self.sig_for(user, 3600)
    }

    fn sig_for(&self, user: &str, seconds: u64) -> String {
        self.ask.send((user.into(), seconds)).unwrap();
        self.sigs.recv_timeout(SOON).unwrap()
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            let ended = thread.join();
            assert!(ended.is_ok() || std::thread::panicking());
        }
    }
}

/// A certificate for these names, and its authority, as files.
struct Certificates {
    ca: PathBuf,
    cert: PathBuf,
    key: PathBuf,
    /// Base64 of SHA-256 of the server's public key.
    pin: String,
}

fn certificates(folder: &Path, names: &[&str], expired: bool) -> Certificates {
    std::fs::create_dir_all(folder).unwrap();
    let mut ca = CertificateParams::new(Vec::new()).unwrap();
    ca.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    ca.distinguished_name.push(DnType::CommonName, "The Test Authority");
    let ca_key = KeyPair::generate().unwrap();
    let ca_cert = ca.self_signed(&ca_key).unwrap();
    let issuer = Issuer::new(ca, ca_key);
    let names: Vec<String> = names.iter().map(ToString::to_string).collect();
    let mut params = CertificateParams::new(names).unwrap();
    if expired {
        params.not_before = rcgen::date_time_ymd(2001, 1, 1);
        params.not_after = rcgen::date_time_ymd(2002, 1, 1);
    }
    let key = KeyPair::generate().unwrap();
    let cert = params.signed_by(&key, &issuer).unwrap();
    let all = Certificates {
        ca: folder.join("ca.pem"),
        cert: folder.join("cert.pem"),
        key: folder.join("key.pem"),
        pin: STANDARD.encode(Sha256::digest(key.subject_public_key_info())),
    };
    std::fs::write(&all.ca, ca_cert.pem()).unwrap();
    std::fs::write(&all.cert, cert.pem()).unwrap();
    std::fs::write(&all.key, key.serialize_pem()).unwrap();
    all
}

fn tls_server(folder: &Path, certificates: &Certificates) -> Serving {
    let mut config = ServerConfig::in_folder(folder.join("server"));
    config.tls = Some(Tls { cert: certificates.cert.clone(), key: certificates.key.clone() });
    Serving::start(config)
}

struct Device {
    client: Client,
    heard: Arc<Mutex<Vec<Event>>>,
    _folder: TempDir,
}

impl Device {
    fn new(url: &str, more: impl FnOnce(Config) -> Config) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let config = Config::new(APP).server(url).data_dir(folder.path());
        let client = Client::new(more(config)).unwrap();
        let heard = Arc::new(Mutex::new(Vec::new()));
        let theirs = heard.clone();
        client.add_listener(Arc::new(move |events: &[Event]| theirs.lock().unwrap().extend(events.iter().cloned())));
        Self { client, heard, _folder: folder }
    }

    fn find<T>(&self, what: &str, pick: impl Fn(&Event) -> Option<T>) -> T {
        let end = Instant::now() + SOON;
        loop {
            if let Some(found) = self.heard.lock().unwrap().iter().find_map(&pick) {
                return found;
            }
            assert!(Instant::now() < end, "not in time: {what}");
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    fn new_message(&self, text: &str) -> Message {
        self.find(text, |event| match event {
            Event::NewMessage(message) if message.body == Body::Text(text.into()) => Some((**message).clone()),
            _ => None,
        })
    }

    fn read(&self, of: &Message) -> MessageReceipt {
        self.find("a receipt", |event| match event {
            Event::ReadReceipts(all) => all.iter().find(|r| r.message == of.id && r.is_peer_read).cloned(),
            _ => None,
        })
    }

    fn send(&self, text: &str, to: &str) -> Result<Message> {
        let mut message = self.client.create_text_message(text);
        message.need_read_receipt = true;
        self.client.send_message(message, Some(to), None, SendOptions::default()).wait()
    }
}

fn refused(url: &str, more: impl FnOnce(Config) -> Config) -> seenby_client::Error {
    let device = Device::new(url, more);
    let error = device.client.login("alice", "sig").wait().unwrap_err();
    assert_eq!(device.client.login_status(), LoginStatus::Logout);
    let shown = device.find("ConnectFailed", |event| match event {
        Event::ConnectFailed(error) => Some(error.clone()),
        _ => None,
    });
    assert_eq!(shown, error);
    error
}

/// An HTTP proxy that wants a password, and counts.
fn proxy(password: &'static str) -> (SocketAddr, mpsc::Receiver<String>) {
    let (ready, started) = mpsc::channel();
    let (tell, asked) = mpsc::channel();
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async move {
            let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
            ready.send(listener.local_addr().unwrap()).unwrap();
            loop {
                let (mut client, _) = listener.accept().await.unwrap();
                let tell = tell.clone();
                tokio::spawn(async move {
                    let mut head = Vec::new();
                    while !head.ends_with(b"\r\n\r\n") {
                        head.push(client.read_u8().await.unwrap());
                    }
                    let head = String::from_utf8(head).unwrap();
                    let target = head.split(' ').nth(1).unwrap().to_owned();
                    let _ = tell.send(head.clone());
                    if !head.contains(&format!("Proxy-Authorization: Basic {}", STANDARD.encode(password))) {
                        client.write_all(b"HTTP/1.1 407 Who are you\r\ncontent-length: 0\r\n\r\n").await.unwrap();
                        return;
                    }
                    let mut server = TcpStream::connect(&target).await.unwrap();
                    client.write_all(b"HTTP/1.1 200 Go on\r\n\r\n").await.unwrap();
                    let _ = tokio::io::copy_bidirectional(&mut client, &mut server).await;
                });
            }
        });
    });
    (started.recv_timeout(SOON).unwrap(), asked)
}

#[test]
fn r29_connections_go_through_a_proxy() {
    let folder = tempfile::tempdir().unwrap();
    let certificates = certificates(folder.path(), &["127.0.0.1"], false);
    let server = tls_server(folder.path(), &certificates);
    let (address, asked) = proxy("user:p@ss");
    let good = format!("http://user:p%40ss@{address}");
    let alice = Device::new(&server.url, |config| config.ca_file(&certificates.ca).proxy(good));
    alice.client.login("alice", &server.sig("alice")).wait().unwrap();
    let head = asked.recv_timeout(SOON).unwrap();
    assert!(head.starts_with(&format!("CONNECT {} HTTP/1.1\r\n", server.addr)), "{head}");

    let bad = format!("http://user:wrong@{address}");
    let error = refused(&server.url, |config| config.ca_file(&certificates.ca).proxy(bad));
    assert_eq!(error.code, ErrorCode::Disconnected);
    assert!(error.message.contains("407") && error.message.contains("proxy"), "{error}");
    assert!(!error.message.contains("wrong"), "no password in it: {error}");
}

#[test]
fn what_cannot_be_reached_says_how() {
    // Bound, and closed again: nobody listens there.
    let nobody = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    assert_eq!(refused(&format!("ws://{nobody}"), |config| config).code, ErrorCode::ConnectRefused);

    let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("ws://{}", silent.local_addr().unwrap());
    let begun = Instant::now();
    let error = refused(&url, |config| config.connect_timeout(Duration::from_millis(300)));
    assert_eq!(error.code, ErrorCode::ConnectTimeout, "{error}");
    assert!(begun.elapsed() < Duration::from_secs(8));

    let error = refused("wss://no-such-host.invalid", |config| config);
    assert_eq!(error.code, ErrorCode::Unreachable, "{error}");
    assert!(error.message.contains("no-such-host.invalid"));

    let folder = tempfile::tempdir().unwrap();
    let server = Serving::start(ServerConfig::in_folder(folder.path()));
    let error = refused(&format!("ws://{}/nothing/here", server.addr), |config| config);
    assert_eq!(error.code, ErrorCode::ConnectRefused);
    assert!(error.message.contains("404") && error.message.contains("path"), "{error}");
    // Plain to a server, without a path: the usual one is taken.
    let alice = Device::new(&format!("ws://{}", server.addr), |config| config);
    alice.client.login("alice", &server.sig("alice")).wait().unwrap();
}

#[test]
fn r21_a_user_sig_that_is_wrong_or_has_run_out_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let server = Serving::start(ServerConfig::in_folder(folder.path()));
    let alice = Device::new(&server.url, |config| config);
    for sig in ["", "nonsense", &server.sig("bob"), &format!("{}x", server.sig("alice"))] {
        let error = alice.client.login("alice", sig).wait().unwrap_err();
        assert_eq!(error.code, ErrorCode::UserSigInvalid, "{error}");
        assert_eq!(alice.client.login_status(), LoginStatus::Logout);
        assert_eq!(alice.client.get_joined_group_list().wait().unwrap_err().code, ErrorCode::NotLoggedIn);
    }
    let short = server.sig_for("alice", 1);
    std::thread::sleep(Duration::from_millis(2100));
    let error = alice.client.login("alice", &short).wait().unwrap_err();
    assert_eq!(error.code, ErrorCode::UserSigExpired, "{error}");
    alice.client.login("alice", &server.sig("alice")).wait().unwrap();
}

#[test]
fn r16_r30_a_client_comes_back_by_itself_and_brings_what_was_read_meanwhile() {
    let folder = tempfile::tempdir().unwrap();
    let server = Serving::start(ServerConfig::in_folder(folder.path()));
    let (alice, bob) = (Device::new(&server.url, |c| c), Device::new(&server.url, |c| c));
    alice.client.login("alice", &server.sig("alice")).wait().unwrap();
    bob.client.login("bob", &server.sig("bob")).wait().unwrap();
    bob.send("to begin with", "alice").unwrap();
    alice.new_message("to begin with");
    let sent = alice.send("before the fall", "bob").unwrap();
    let got = bob.new_message("before the fall");

    let mut config = ServerConfig::in_folder(folder.path());
    config.listen = server.addr;
    drop(server);
    bob.find("the line is down", |event| matches!(event, Event::Connecting).then_some(()));
    // Durable on the device: it counts as sent (R16). A message does not.
    bob.client.send_message_read_receipts([&got]).wait().unwrap();
    let error = bob.send("nobody there", "alice").unwrap_err();
    assert!(error.code.is_network(), "{error}");
    assert_eq!(bob.client.login_status(), LoginStatus::Logined, "logged in all the while");

    let server = Serving::start(config);
    alice.read(&sent);
    let again = alice.send("after it", "bob").unwrap();
    bob.client.send_message_read_receipts([&bob.new_message("after it")]).wait().unwrap();
    alice.read(&again);
    // R30: once per change each.
    let states: Vec<Event> = {
        let heard = bob.heard.lock().unwrap();
        heard
            .iter()
            .filter(|e| matches!(e, Event::Connecting | Event::Connected | Event::ConnectFailed(_)))
            .cloned()
            .collect()
    };
    assert!(
        states.windows(2).all(|pair| std::mem::discriminant(&pair[0]) != std::mem::discriminant(&pair[1])),
        "{states:?}"
    );
    assert_eq!(states.iter().filter(|event| matches!(event, Event::Connected)).count(), 2, "{states:?}");
    drop(server);
}

/// Somebody who does this with the first connection, and takes no other.
fn with_the_first(speak: impl AsyncFnOnce(TcpStream) + Send + 'static) -> SocketAddr {
    let (ready, started) = mpsc::channel();
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async move {
            let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
            ready.send(listener.local_addr().unwrap()).unwrap();
            let (stream, _) = listener.accept().await.unwrap();
            speak(stream).await;
        });
    });
    started.recv_timeout(SOON).unwrap()
}

/// A server that speaks WebSocket and then nonsense: the client says what is wrong, and goes on living.
#[test]
fn r24_nonsense_from_a_server_ends_the_connection_and_nothing_else() {
    use futures_util::{SinkExt as _, StreamExt as _};
    use tokio_tungstenite::tungstenite::Message as Ws;
    let nonsense: Vec<Ws> = vec![
        Ws::Text("hello".into()),
        Ws::Binary(vec![0xff; 100].into()),
        Ws::Binary(vec![0; 300 * 1024].into()),
        Ws::Binary(Vec::new().into()),
        Ws::Close(None),
    ];
    for (n, message) in nonsense.into_iter().enumerate() {
        let address = with_the_first(async move |stream| {
            let mut socket = tokio_tungstenite::accept_async(stream).await.unwrap();
            socket.next().await.unwrap().unwrap();
            let _ = socket.send(message).await;
            while let Some(Ok(_)) = socket.next().await {}
        });
        let device = Device::new(&format!("ws://{address}"), |config| config.request_timeout(Duration::from_secs(2)));
        let error = device.client.login("alice", "sig").wait().unwrap_err();
        let allowed = [ErrorCode::Protocol, ErrorCode::Disconnected, ErrorCode::RequestTimeout];
        assert!(allowed.contains(&error.code), "{n}: {error}");
        assert_eq!(device.client.get_joined_group_list().wait().unwrap_err().code, ErrorCode::NotLoggedIn);
    }
}

/// A server that is killed, or a proxy before it that gives up: what asks again later is told that it may.
#[test]
fn a_line_that_is_cut_is_a_lost_connection_whenever_that_is() {
    use futures_util::StreamExt as _;
    for answers in [false, true] {
        let address = with_the_first(async move |mut stream| {
            if answers {
                let mut socket = tokio_tungstenite::accept_async(stream).await.unwrap();
                socket.next().await.unwrap().unwrap();
            } else {
                // All of the request, so that closing is no reset.
                let mut request = Vec::new();
                while !request.ends_with(b"\r\n\r\n") {
                    request.push(stream.read_u8().await.unwrap());
                }
            }
        });
        let device = Device::new(&format!("ws://{address}"), |config| config);
        let error = device.client.login("alice", "sig").wait().unwrap_err();
        assert_eq!(error.code, ErrorCode::Disconnected, "{error}");
        assert!(error.message.contains("127.0.0.1 closed the connection"), "{error}");
    }
}
