//! The library's own TLS: rustls, and the platform's store.

use super::{Authorities, Failure, Pins};
use parking_lot::Mutex;
use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, KeyProvider, verify_tls12_signature, verify_tls13_signature};
use rustls::sign::SigningKey;
use rustls::{CertificateError, ClientConfig, DigitallySignedStruct, RootCertStore, SignatureScheme};
use rustls_pki_types::{CertificateDer, PrivateKeyDer, ServerName, UnixTime};
use seenby_core::model::{Error, ErrorCode, Result};
use std::future::Future;
use std::sync::Arc;
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

/// Made once a client.
pub(super) struct Own {
    provider: Arc<CryptoProvider>,
    /// The authorities of a file; `None`: the platform's store.
    given: Option<Arc<WebPkiServerVerifier>>,
    pins: Pins,
}

/// A device shows the service no certificate, so that nothing which signs is linked into apps.
#[derive(Debug)]
struct NoKeys;

impl KeyProvider for NoKeys {
    fn load_private_key(&self, _: PrivateKeyDer<'static>) -> std::result::Result<Arc<dyn SigningKey>, rustls::Error> {
        Err(rustls::Error::General("a device has no private key".into()))
    }
}

impl Own {
    /// 6017 names the field that is wrong.
    pub(super) fn new(authorities: Option<Authorities>, pins: Pins) -> Result<Self> {
        let provider = Arc::new(CryptoProvider { key_provider: &NoKeys, ..cryptography() });
        let given = authorities.map(|authorities| given(&authorities, &provider)).transpose()?;
        Ok(Self { provider, given, pins })
    }

    /// The handshake of one connection.
    pub(super) fn connect(
        &self,
        name: ServerName<'static>,
        stream: TcpStream,
    ) -> Result<impl Future<Output = std::result::Result<TlsStream<TcpStream>, Failure>> + Send + 'static> {
        let refusal = Arc::new(Mutex::new(None));
        let verifier = Verifier {
            provider: self.provider.clone(),
            given: self.given.clone(),
            pins: self.pins.clone(),
            refusal: refusal.clone(),
        };
        let config = ClientConfig::builder_with_provider(self.provider.clone())
            .with_safe_default_protocol_versions()
            .map_err(|error| Error::new(ErrorCode::CertificateRefused, format!("TLS cannot be set up: {error}")))?
            .dangerous() // stricter than the usual one: see Verifier
            .with_custom_certificate_verifier(Arc::new(verifier))
            .with_no_client_auth();
        let connector = TlsConnector::from(Arc::new(config));
        Ok(async move {
            let connected = connector.connect(name, stream).await;
            connected.map_err(|error| refusal.lock().take().unwrap_or(Failure::Io(error)))
        })
    }
}

fn given(authorities: &Authorities, provider: &Arc<CryptoProvider>) -> Result<Arc<WebPkiServerVerifier>> {
    let mut roots = RootCertStore::empty();
    for certificate in &authorities.certificates {
        roots.add(certificate.clone()).map_err(|error| authorities.wrong(error))?;
    }
    WebPkiServerVerifier::builder_with_provider(roots.into(), provider.clone())
        .build()
        .map_err(|error| authorities.wrong(error))
}

#[cfg(feature = "ring")]
fn cryptography() -> CryptoProvider {
    rustls::crypto::ring::default_provider()
}

#[cfg(all(feature = "graviola", not(feature = "ring")))]
fn cryptography() -> CryptoProvider {
    rustls_graviola::default_provider()
}

#[cfg(not(any(feature = "ring", feature = "graviola")))]
compile_error!("TLS needs cryptography: enable the feature ring or graviola");

/// The platform's verifier. Made for each connection: where the store is files, they may have changed.
#[cfg(not(target_os = "android"))]
fn platform(provider: Arc<CryptoProvider>) -> Result<impl ServerCertVerifier, String> {
    rustls_platform_verifier::Verifier::new(provider).map_err(|error| {
        format!(
            "the certificate store of this machine cannot be used: {error}; install it (on Linux the package \
             ca-certificates, or name a file in SSL_CERT_FILE)"
        )
    })
}

/// Android's store is reached through Java alone, whose own TLS the host gives instead of this.
#[cfg(target_os = "android")]
fn platform(_: Arc<CryptoProvider>) -> Result<Arc<WebPkiServerVerifier>, String> {
    Err("Android's certificate store is reached from Java alone: set the field tls_provider, or ca_file".to_owned())
}

/// Trust, the name, then the pins.
struct Verifier {
    provider: Arc<CryptoProvider>,
    given: Option<Arc<WebPkiServerVerifier>>,
    pins: Pins,
    /// What it found wrong with the one connection it is for, for the error.
    refusal: Arc<Mutex<Option<Failure>>>,
}

impl std::fmt::Debug for Verifier {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Verifier")
    }
}

impl ServerCertVerifier for Verifier {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        let refused = || rustls::Error::InvalidCertificate(CertificateError::ApplicationVerificationFailure);
        let say = |error: rustls::Error| (error.to_string(), error);
        let trusted = match &self.given {
            Some(judge) => {
                judge.verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now).map_err(say)
            }
            None => platform(self.provider.clone()).map_err(|why| (why, refused())).and_then(|judge| {
                judge.verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now).map_err(say)
            }),
        };
        let pinned = || self.pins.check(end_entity).map_err(|why| (why.to_owned(), refused()));
        trusted.and_then(|trusted| pinned().map(|()| trusted)).map_err(|(why, error)| {
            *self.refusal.lock() = Some(Failure::refused(Some(end_entity), why));
            error
        })
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls12_signature(message, cert, dss, &self.provider.signature_verification_algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls13_signature(message, cert, dss, &self.provider.signature_verification_algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}
