//! R29, the server's side: TLS from certificate files.

#![allow(clippy::unwrap_used, reason = "a test that fails says where")]

mod common;

use common::Device;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, RootCertStore};
use seenby_core::model::{AppId, UserId};
use seenby_server::{Config, Server, StartError, Tls};
use std::path::Path;
use std::sync::Arc;
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;

fn certificate(folder: &Path) -> (Tls, CertificateDer<'static>) {
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let tls = Tls { cert: folder.join("cert.pem"), key: folder.join("key.pem") };
    std::fs::write(&tls.cert, made.cert.pem()).unwrap();
    std::fs::write(&tls.key, made.signing_key.serialize_pem()).unwrap();
    (tls, made.cert.der().clone())
}

fn config(folder: &Path, tls: Tls) -> Config {
    Config { tls: Some(tls), ..Config::in_folder(folder.join("data")) }
}

fn connector(trusted: Option<CertificateDer<'static>>) -> TlsConnector {
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(trusted);
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    TlsConnector::from(Arc::new(config))
}

#[tokio::test(flavor = "multi_thread")]
async fn r29_devices_connect_by_tls_and_plain_ones_are_turned_away() {
    let folder = tempfile::tempdir().unwrap();
    let (tls, certificate) = certificate(folder.path());
    let server = Server::start(config(folder.path(), tls)).await.unwrap();
    assert!(server.url().starts_with("wss://") && server.admin_url().starts_with("https://"));
    let name = || ServerName::try_from("localhost").unwrap();

    let stream = TcpStream::connect(server.addr()).await.unwrap();
    let stream = connector(Some(certificate)).connect(name(), stream).await.unwrap();
    let url = format!("wss://localhost:{}/v1/connect", server.addr().port());
    let mut device = Device::over(&url, stream).await;
    let sig = server.issue_token(AppId(1), &UserId::new("alice").unwrap(), 60).unwrap();
    let welcome = device.hello(1, "alice", "d", &sig).await;
    assert_eq!(welcome.service, server.service().id());

    let stream = TcpStream::connect(server.addr()).await.unwrap();
    assert!(connector(None).connect(name(), stream).await.is_err(), "who does not trust it does not connect");
    let stream = TcpStream::connect(server.addr()).await.unwrap();
    let plain = tokio_tungstenite::client_async(format!("ws://{}/v1/connect", server.addr()), stream).await;
    assert!(plain.is_err());
    server.shutdown().await;
}

#[tokio::test]
async fn r29_what_is_wrong_with_the_files_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let (tls, _) = certificate(folder.path());
    let other = tempfile::tempdir().unwrap();
    let (others, _) = certificate(other.path());
    let start = async |tls: Tls| match Server::start(config(folder.path(), tls)).await {
        Err(StartError::Config(e)) => e.to_string(),
        other => panic!("{:?}", other.err()),
    };
    let error = start(Tls { cert: "/no/cert.pem".into(), ..tls.clone() }).await;
    assert!(error.contains("cert.pem") && error.contains("tls.cert"), "{error}");
    let error = start(Tls { key: "/no/key.pem".into(), ..tls.clone() }).await;
    assert!(error.contains("key.pem") && error.contains("tls.key"), "{error}");
    let error = start(Tls { cert: tls.key.clone(), ..tls.clone() }).await;
    assert!(error.contains("no certificate"), "{error}");
    let error = start(Tls { key: others.key, ..tls.clone() }).await;
    assert!(error.contains("fit together"), "{error}");
    std::fs::write(&tls.key, "nonsense").unwrap();
    let error = start(tls).await;
    assert!(error.contains("private key"), "{error}");
}
