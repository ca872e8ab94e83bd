//! Whom the client's own TLS trusts (R29).

use super::*;

#[test]
fn r29_a_given_authority_is_trusted_and_a_receipt_goes_over_tls() {
    let folder = tempfile::tempdir().unwrap();
    let certificates = certificates(folder.path(), &["localhost", "127.0.0.1"], false);
    let server = tls_server(folder.path(), &certificates);
    assert!(server.url.starts_with("wss://"), "{}", server.url);
    let trusting = |config: Config| config.ca_file(&certificates.ca);
    let pinned = |config: Config| config.ca_file(&certificates.ca).pin(certificates.pin.clone());
    let (alice, bob) = (Device::new(&server.url, trusting), Device::new(&server.url, pinned));
    alice.client.login("alice", &server.sig("alice")).wait().unwrap();
    bob.client.login("bob", &server.sig("bob")).wait().unwrap();
    let sent = alice.send("over TLS", "bob").unwrap();
    bob.client.send_message_read_receipts([&bob.new_message("over TLS")]).wait().unwrap();
    alice.read(&sent);
}

#[test]
fn r29_a_certificate_that_is_not_in_order_is_90005_and_names_issuer_and_host() {
    let folder = tempfile::tempdir().unwrap();
    let good = certificates(&folder.path().join("good"), &["localhost", "127.0.0.1"], false);
    let server = tls_server(&folder.path().join("good"), &good);
    let other = certificates(&folder.path().join("other"), &["other.example"], false);
    let misnamed = tls_server(&folder.path().join("other"), &other);
    let old = certificates(&folder.path().join("old"), &["127.0.0.1"], true);
    let expired = tls_server(&folder.path().join("old"), &old);
    let cases: Vec<(&str, seenby_client::Error)> = vec![
        ("not an authority of the platform", refused(&server.url, |config| config)),
        ("another authority", refused(&server.url, |config| config.ca_file(&other.ca))),
        ("another name", refused(&misnamed.url, |config| config.ca_file(&other.ca))),
        ("expired", refused(&expired.url, |config| config.ca_file(&old.ca))),
        ("another key than pinned", refused(&server.url, |config| config.ca_file(&good.ca).pin(other.pin.clone()))),
    ];
    for (case, error) in cases {
        assert_eq!(error.code, ErrorCode::CertificateRefused, "{case}: {error}");
        assert_eq!(error.code.number(), 90005);
        assert!(error.message.contains("The Test Authority"), "{case}: {error}");
        assert!(error.message.contains("127.0.0.1"), "{case}: {error}");
    }
}

/// Where this test runs itself again, with another store of the platform: what it does there.
#[cfg(target_os = "linux")]
const WITH_STORE: &str = "SEENBY_TEST_URL_AND_SIG";

#[cfg(target_os = "linux")]
#[test]
fn r29_the_platforms_store_is_trusted_without_any_configuration() {
    if let Ok(server) = std::env::var(WITH_STORE) {
        let (url, sig) = server.split_once(' ').unwrap();
        let answer = Device::new(url, |config| config).client.login("alice", sig).wait();
        println!("login: {answer:?}");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let good = certificates(&folder.path().join("good"), &["127.0.0.1"], false);
    let server = tls_server(&folder.path().join("good"), &good);
    let other = certificates(&folder.path().join("other"), &["127.0.0.1"], false);
    // In a process of its own: the store is named by the environment.
    let with_store = |store: &Path| {
        let output = std::process::Command::new(std::env::current_exe().unwrap())
            .args(["tls::r29_the_platforms_store_is_trusted_without_any_configuration", "--exact", "--nocapture"])
            .env(WITH_STORE, format!("{} {}", server.url, server.sig("alice")))
            .env("SSL_CERT_FILE", store)
            .env_remove("SSL_CERT_DIR")
            .output();
        String::from_utf8(output.unwrap().stdout).unwrap()
    };
    let trusting = with_store(&good.ca);
    assert!(trusting.contains("login: Ok"), "{trusting}");
    for (store, says) in [(&other.ca, "BadSignature"), (&folder.path().join("none.pem"), "ca-certificates")] {
        let refusing = with_store(store);
        assert!(refusing.contains("CertificateRefused") && refusing.contains(says), "{refusing}");
        assert!(refusing.contains("The Test Authority"), "{refusing}");
    }
}

#[test]
fn r29_what_cannot_be_a_trust_is_refused_at_init_and_the_sentence_names_the_field() {
    let folder = tempfile::tempdir().unwrap();
    let nothing = folder.path().join("nothing.pem");
    let empty = folder.path().join("empty.pem");
    std::fs::write(&empty, "not a certificate\n").unwrap();
    let config = || Config::new(APP).server("wss://localhost").data_dir(folder.path().join("data"));
    for (field, config) in [
        ("ca_file", config().ca_file(&nothing)),
        ("ca_file", config().ca_file(&empty)),
        ("pins", config().pin("not base64!")),
        ("pins", config().pin(STANDARD.encode([1; 20]))),
        ("proxy", config().proxy("socks5://localhost:1")),
        ("server", config().server("ftp://localhost")),
        ("data_dir", config().data_dir("")),
    ] {
        let error = Client::new(config).unwrap_err();
        assert_eq!(error.code, ErrorCode::InvalidParameters, "{error}");
        assert!(error.message.contains(field), "{error}");
    }
}
