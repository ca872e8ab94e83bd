//! The client with its host's TLS (R29).

use super::*;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use seenby_client::{TlsFailure, TlsPeer, TlsProvider, TlsSession, TlsStep};
use std::io::{Read as _, Write as _};
use std::sync::atomic::{AtomicBool, Ordering};

/// What a host's TLS says of whom it is shown; it keeps what it was asked. The rest is rustls, without a socket.
struct Host {
    answer: fn() -> std::result::Result<(), String>,
    asked: Arc<Mutex<Vec<Asked>>>,
    /// Whether the next step fails.
    breaks: Arc<AtomicBool>,
}

/// Of whom, and what the server showed.
type Asked = (String, Option<String>, Vec<Vec<u8>>);

impl Host {
    fn new(answer: fn() -> std::result::Result<(), String>) -> Arc<Self> {
        Arc::new(Self { answer, asked: Arc::default(), breaks: Arc::default() })
    }
}

impl TlsProvider for Host {
    fn check(&self, authorities: &[Vec<u8>]) -> std::result::Result<(), String> {
        assert!(!authorities.is_empty());
        (self.answer)()
    }

    fn connect(&self, peer: TlsPeer<'_>) -> std::result::Result<Box<dyn TlsSession>, String> {
        assert!(Client::in_callback(), "what waits must refuse to, there");
        let judge = Judge {
            answer: self.answer,
            asked: self.asked.clone(),
            peer: (peer.host.to_owned(), peer.server_name.map(str::to_owned)),
            shown: Arc::default(),
        };
        let shown = judge.shown.clone();
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = rustls::ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .dangerous()
            .with_custom_certificate_verifier(Arc::new(judge))
            .with_no_client_auth();
        let name = rustls::pki_types::ServerName::try_from(peer.host.to_owned()).unwrap();
        let connection = rustls::ClientConnection::new(Arc::new(config), name).unwrap();
        Ok(Box::new(Session { connection, shown, was_open: false, breaks: self.breaks.clone() }))
    }
}

struct Session {
    connection: rustls::ClientConnection,
    shown: Arc<Mutex<Vec<Vec<u8>>>>,
    was_open: bool,
    breaks: Arc<AtomicBool>,
}

impl Session {
    fn sent(&mut self) -> Vec<u8> {
        let mut sent = Vec::new();
        while self.connection.wants_write() {
            self.connection.write_tls(&mut sent).unwrap();
        }
        sent
    }
}

impl TlsSession for Session {
    fn advance(&mut self, mut received: &[u8], outgoing: &[u8]) -> TlsStep {
        assert!(Client::in_callback(), "what waits must refuse to, there");
        let mut step = TlsStep::default();
        if self.breaks.swap(false, Ordering::SeqCst) {
            step.failure = Some(TlsFailure::Failed("it broke".to_owned()));
        }
        while !received.is_empty() && step.failure.is_none() {
            self.connection.read_tls(&mut received).unwrap();
            match self.connection.process_new_packets() {
                Ok(state) => {
                    let mut plain = vec![0; state.plaintext_bytes_to_read()];
                    self.connection.reader().read_exact(&mut plain).unwrap();
                    step.plain.extend(plain);
                    step.is_closed = state.peer_has_closed();
                }
                Err(rustls::Error::InvalidCertificate(rustls::CertificateError::Other(why))) => {
                    step.failure = Some(TlsFailure::Refused(why.to_string()));
                }
                Err(error) => step.failure = Some(TlsFailure::Failed(error.to_string())),
            }
        }
        self.connection.writer().write_all(outgoing).unwrap();
        step.send = self.sent();
        step.is_open = !self.connection.is_handshaking();
        if step.failure.is_some() || step.is_open && !self.was_open {
            step.certificates.clone_from(&self.shown.lock().unwrap());
        }
        self.was_open = step.is_open;
        step
    }

    fn finish(&mut self) -> Vec<u8> {
        self.connection.send_close_notify();
        self.sent()
    }
}

#[derive(Debug)]
struct Judge {
    answer: fn() -> std::result::Result<(), String>,
    asked: Arc<Mutex<Vec<Asked>>>,
    peer: (String, Option<String>),
    shown: Arc<Mutex<Vec<Vec<u8>>>>,
}

impl ServerCertVerifier for Judge {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        _: &rustls::pki_types::ServerName<'_>,
        _: &[u8],
        _: rustls::pki_types::UnixTime,
    ) -> std::result::Result<ServerCertVerified, rustls::Error> {
        let chain: Vec<_> = std::iter::once(end_entity).chain(intermediates).map(|one| one.to_vec()).collect();
        let (host, server_name) = self.peer.clone();
        self.asked.lock().unwrap().push((host, server_name, chain.clone()));
        *self.shown.lock().unwrap() = chain;
        (self.answer)().map(|()| ServerCertVerified::assertion()).map_err(|why| {
            let why = rustls::OtherError(Arc::new(std::io::Error::other(why)));
            rustls::Error::InvalidCertificate(rustls::CertificateError::Other(why))
        })
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &rustls::DigitallySignedStruct,
    ) -> std::result::Result<HandshakeSignatureValid, rustls::Error> {
        let algorithms = rustls::crypto::ring::default_provider().signature_verification_algorithms;
        rustls::crypto::verify_tls12_signature(message, cert, dss, &algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &rustls::DigitallySignedStruct,
    ) -> std::result::Result<HandshakeSignatureValid, rustls::Error> {
        let algorithms = rustls::crypto::ring::default_provider().signature_verification_algorithms;
        rustls::crypto::verify_tls13_signature(message, cert, dss, &algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<rustls::SignatureScheme> {
        rustls::crypto::ring::default_provider().signature_verification_algorithms.supported_schemes()
    }
}

#[test]
fn r29_a_hosts_tls_decides_about_trust_and_about_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let good = certificates(&folder.path().join("good"), &["127.0.0.1"], false);
    let server = tls_server(&folder.path().join("good"), &good);
    let other = certificates(&folder.path().join("other"), &["other.example"], false);
    let misnamed = tls_server(&folder.path().join("other"), &other);

    // No authority of the platform's: the host alone says yes.
    let yes = Host::new(|| Ok(()));
    let alice = Device::new(&server.url, |config| config.tls_provider(yes.clone()).pin(good.pin.clone()));
    alice.client.login("alice", &server.sig("alice")).wait().unwrap();
    let bob = Device::new(&server.url, |config| config.tls_provider(yes.clone()));
    bob.client.login("bob", &server.sig("bob")).wait().unwrap();
    let long: Vec<_> = (0..8).map(|at| alice.send(&format!("{at}{}", "long ".repeat(2400)), "bob").unwrap()).collect();
    for sent in &long {
        let Body::Text(text) = &sent.body else { panic!("{sent:?}") };
        bob.client.send_message_read_receipts([&bob.new_message(text)]).wait().unwrap();
        alice.read(sent);
    }
    // A frame of several records.
    let ids = long.iter().filter_map(|sent| Some(sent.id.as_ref()?.as_str()));
    let found = alice.client.find_messages(ids).wait().unwrap();
    assert!(found.iter().map(|message| &message.body).eq(long.iter().map(|sent| &sent.body)));
    let asked = std::mem::take(&mut *yes.asked.lock().unwrap());
    let [(host, server_name, chain), _] = &asked[..] else { panic!("asked {} times for two connections", asked.len()) };
    assert_eq!((host.as_str(), server_name), ("127.0.0.1", &None), "an address is no name");
    let own = CertificateDer::from_pem_file(&good.cert).unwrap();
    assert_eq!(chain.first().map(Vec::as_slice), Some(own.as_ref()), "the server's own comes first");

    let no = Host::new(|| Err("it is not to the taste of this host".to_owned()));
    let panicking = Host::new(|| panic!("a mistake of the app's"));
    let by = |host: &Arc<Host>| refused(&server.url, |config| config.tls_provider(host.clone()));
    let misnamed = refused(&misnamed.url, |config| config.tls_provider(yes.clone()));
    let pinned = |config: Config| config.tls_provider(yes.clone()).pin(other.pin.clone());
    for (says, error) in [
        ("not to the taste", by(&no)),
        ("not valid for name 127.0.0.1: it is for DnsName(\"other.example\")", misnamed),
        ("pins", refused(&server.url, pinned)),
    ] {
        assert_eq!(error.code, ErrorCode::CertificateRefused, "{error}");
        assert!(error.message.contains(says) && error.message.contains("The Test Authority"), "{says}: {error}");
    }
    let error = by(&panicking);
    assert!(error.code == ErrorCode::Disconnected && error.message.contains("the host's TLS panicked"), "{error}");
}

#[test]
fn r29_a_hosts_tls_is_asked_whether_it_takes_the_authorities_of_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let good = certificates(folder.path(), &["127.0.0.1"], false);
    let made = |host: &Arc<Host>| {
        let config = Config::new(APP).server("wss://127.0.0.1:1").data_dir(folder.path().join("data"));
        Client::new(config.tls_provider(host.clone()).ca_file(&good.ca))
    };
    made(&Host::new(|| Ok(()))).unwrap();
    for answer in [|| Err("it is too young".to_owned()), || panic!("it is too young")] {
        let error = made(&Host::new(answer)).unwrap_err();
        assert_eq!(error.code, ErrorCode::InvalidParameters, "{error}");
        assert!(error.message.contains("ca_file") && error.message.contains("ca.pem"), "{error}");
    }
}

#[test]
fn r29_a_hosts_tls_that_hangs_delays_no_other_client_and_connecting_ends() {
    let folder = tempfile::tempdir().unwrap();
    let certificates = certificates(folder.path(), &["127.0.0.1"], false);
    let server = tls_server(folder.path(), &certificates);
    static GATE: (Mutex<bool>, std::sync::Condvar) = (Mutex::new(false), std::sync::Condvar::new());
    let hanging = Host::new(|| {
        drop(GATE.1.wait_while(GATE.0.lock().unwrap(), |open| !*open));
        Ok(())
    });
    let slow = Device::new(&server.url, |config| {
        config.tls_provider(hanging.clone()).connect_timeout(Duration::from_millis(300))
    });
    let login = slow.client.login("alice", &server.sig("alice"));
    let end = Instant::now() + SOON;
    while hanging.asked.lock().unwrap().is_empty() {
        assert!(Instant::now() < end, "it was not asked in time");
        std::thread::sleep(Duration::from_millis(5));
    }
    // It hangs by now, and all clients share one runtime thread.
    let other = Device::new(&server.url, |config| config.ca_file(&certificates.ca));
    other.client.login("bob", &server.sig("bob")).wait().unwrap();
    assert_eq!(login.wait().unwrap_err().code, ErrorCode::ConnectTimeout);
    *GATE.0.lock().unwrap() = true;
    GATE.1.notify_all();
}

#[test]
fn r30_a_hosts_tls_that_breaks_later_costs_the_line_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let certificates = certificates(folder.path(), &["127.0.0.1"], false);
    let server = tls_server(folder.path(), &certificates);
    let host = Host::new(|| Ok(()));
    let alice = Device::new(&server.url, |config| config.tls_provider(host.clone()));
    alice.client.login("alice", &server.sig("alice")).wait().unwrap();
    let bob = Device::new(&server.url, |config| config.ca_file(&certificates.ca));
    bob.client.login("bob", &server.sig("bob")).wait().unwrap();
    let sent = bob.send("read this", "alice").unwrap();
    let got = alice.new_message("read this");
    // The step that is to send the report fails.
    host.breaks.store(true, Ordering::SeqCst);
    alice.client.send_message_read_receipts([&got]).wait().unwrap();
    bob.read(&sent);
    assert!(!host.breaks.load(Ordering::SeqCst));
    assert_eq!(host.asked.lock().unwrap().len(), 2, "it connected anew");
}
