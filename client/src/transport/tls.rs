//! Who is trusted (R29): the platform's authorities, those of a file, or whom the host says; and pins of public keys.

use crate::config::Config;
use crate::{CertificateVerifier, delivery};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use parking_lot::Mutex;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::client::{WebPkiServerVerifier, verify_server_name};
use rustls::crypto::{CryptoProvider, KeyProvider, verify_tls12_signature, verify_tls13_signature};
use rustls::server::ParsedCertificate;
use rustls::sign::SigningKey;
use rustls::{CertificateError, ClientConfig, DigitallySignedStruct, RootCertStore, SignatureScheme};
use rustls_pki_types::pem::PemObject;
use rustls_pki_types::{CertificateDer, PrivateKeyDer, ServerName, UnixTime};
use seenby_core::model::{Error, ErrorCode, Result};
use sha2::{Digest as _, Sha256};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Arc;

/// Made once a client: what a connection's verifier is made of.
pub(super) struct Trust {
    provider: Arc<CryptoProvider>,
    judge: Judge,
    pins: Vec<[u8; 32]>,
}

/// Who says whether a chain of certificates is trusted.
#[derive(Clone)]
enum Judge {
    /// The authorities of a file.
    Given(Arc<WebPkiServerVerifier>),
    /// The platform's store.
    Platform,
    /// The host. It is not asked about names: not every platform's verifier looks at them.
    Host(Arc<dyn CertificateVerifier>),
}

/// A device shows the service no certificate, so that nothing which signs is linked into apps.
#[derive(Debug)]
struct NoKeys;

impl KeyProvider for NoKeys {
    fn load_private_key(&self, _: PrivateKeyDer<'static>) -> std::result::Result<Arc<dyn SigningKey>, rustls::Error> {
        Err(rustls::Error::General("a device has no private key".into()))
    }
}

/// What the verifier of one connection found wrong, for the error.
#[derive(Debug, Default)]
pub(super) struct Refusal(Mutex<Option<String>>);

impl Trust {
    /// 6017 names the field that is wrong.
    pub(super) fn new(config: &Config) -> Result<Self> {
        let provider = Arc::new(CryptoProvider { key_provider: &NoKeys, ..cryptography() });
        let judge = match (&config.tls.ca_file, &config.certificate_verifier) {
            (Some(file), _) => {
                let verifier =
                    WebPkiServerVerifier::builder_with_provider(given(file)?.into(), provider.clone()).build();
                Judge::Given(verifier.map_err(|error| Error::invalid(format!("the field ca_file: {error}")))?)
            }
            (None, Some(host)) => Judge::Host(host.clone()),
            (None, None) => Judge::Platform,
        };
        let pins = config.tls.pins.iter().map(|pin| parse_pin(pin)).collect::<Result<_>>()?;
        Ok(Self { provider, judge, pins })
    }

    /// The TLS of one connection, and where it says why it refused.
    pub(super) fn connection(&self) -> Result<(ClientConfig, Arc<Refusal>)> {
        let refusal = Arc::new(Refusal::default());
        let verifier = Verifier {
            provider: self.provider.clone(),
            judge: self.judge.clone(),
            pins: self.pins.clone(),
            refusal: refusal.clone(),
        };
        let config = ClientConfig::builder_with_provider(self.provider.clone())
            .with_safe_default_protocol_versions()
            .map_err(|error| Error::new(ErrorCode::CertificateRefused, format!("TLS cannot be set up: {error}")))?
            .dangerous() // stricter than the usual one: see Verifier
            .with_custom_certificate_verifier(Arc::new(verifier))
            .with_no_client_auth();
        Ok((config, refusal))
    }
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

/// Android's store is reached through Java, by a host's verifier. Without one, Mozilla's authorities of when this was built.
#[cfg(target_os = "android")]
fn platform(provider: Arc<CryptoProvider>) -> Result<Arc<WebPkiServerVerifier>, String> {
    let roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    let verifier = WebPkiServerVerifier::builder_with_provider(roots.into(), provider).build();
    verifier.map_err(|error| format!("the bundled authorities: {error}"))
}

/// The authorities in a PEM file.
fn given(file: &Path) -> Result<RootCertStore> {
    let wrong = |why: String| {
        Error::invalid(format!(
            "the configuration's field ca_file, {}: {why}; it must be a PEM file with the certificates of the authorities \
             to trust",
            file.display()
        ))
    };
    let mut roots = RootCertStore::empty();
    let certificates = CertificateDer::pem_file_iter(file).map_err(|error| wrong(error.to_string()))?;
    for certificate in certificates {
        let certificate = certificate.map_err(|error| wrong(error.to_string()))?;
        roots.add(certificate).map_err(|error| wrong(error.to_string()))?;
    }
    if roots.is_empty() {
        return Err(wrong("there is no certificate in it".into()));
    }
    Ok(roots)
}

fn parse_pin(pin: &str) -> Result<[u8; 32]> {
    let text = pin.strip_prefix("sha256/").unwrap_or(pin);
    STANDARD.decode(text).ok().and_then(|bytes| bytes.try_into().ok()).ok_or_else(|| {
        Error::invalid(format!(
            "the configuration's field pins has {pin:?}; a pin is the base64 of SHA-256 (32 bytes) of a certificate's \
             public key (SubjectPublicKeyInfo)"
        ))
    })
}

impl Refusal {
    /// 90005 if the certificate was refused; `None` if something else went wrong.
    pub(super) fn error(&self, host: &str) -> Option<Error> {
        let why = self.0.lock().take()?;
        Some(Error::new(
            ErrorCode::CertificateRefused,
            format!(
                "the certificate of {host} was refused: {why}; use a server whose certificate is in order, or name its \
                 authority in the field ca_file"
            ),
        ))
    }
}

/// Trust, the name, then the pins.
struct Verifier {
    provider: Arc<CryptoProvider>,
    judge: Judge,
    pins: Vec<[u8; 32]>,
    refusal: Arc<Refusal>,
}

impl Verifier {
    fn refuse(&self, certificate: &CertificateDer<'_>, why: &str) {
        *self.refusal.0.lock() = Some(format!("{why} (its issuer: {})", issuer(certificate)));
    }
}

/// What the host says; `Err` is why not. Its code is run as a callback is: what waits refuses to, there.
fn ask(
    host: &dyn CertificateVerifier,
    name: &ServerName<'_>,
    end_entity: &CertificateDer<'_>,
    intermediates: &[CertificateDer<'_>],
) -> Result<(), String> {
    // First: a host that was fooled about the name must not be asked to vouch for it.
    ParsedCertificate::try_from(end_entity)
        .and_then(|certificate| verify_server_name(&certificate, name))
        .map_err(|error| error.to_string())?;
    let chain: Vec<&[u8]> = std::iter::once(end_entity).chain(intermediates).map(AsRef::as_ref).collect();
    let verify = || delivery::as_callback(|| host.verify(&name.to_str(), &chain));
    catch_unwind(AssertUnwindSafe(verify)).unwrap_or_else(|_| Err("the app's verifier panicked".into()))
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
        let trusted = match &self.judge {
            Judge::Given(judge) => {
                judge.verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now).map_err(say)
            }
            Judge::Platform => platform(self.provider.clone()).map_err(|why| (why, refused())).and_then(|judge| {
                judge.verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now).map_err(say)
            }),
            Judge::Host(host) => ask(&**host, server_name, end_entity, intermediates)
                .map(|()| ServerCertVerified::assertion())
                .map_err(|why| (why, refused())),
        };
        let trusted = trusted.map_err(|(why, error)| {
            self.refuse(end_entity, &why);
            error
        })?;
        if !self.pins.is_empty() {
            // Its own key, not one of the chain: the server may show certificates that prove nothing.
            let pinned = public_key_hash(end_entity).is_some_and(|hash| self.pins.contains(&hash));
            if !pinned {
                self.refuse(end_entity, "its public key is not among the configured pins");
                return Err(refused());
            }
        }
        Ok(trusted)
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

fn public_key_hash(certificate: &CertificateDer<'_>) -> Option<[u8; 32]> {
    let certificate = webpki::EndEntityCert::try_from(certificate).ok()?;
    Some(Sha256::digest(certificate.subject_public_key_info().as_ref()).into())
}

/// The issuer's common name, or organisation, for people.
fn issuer(certificate: &CertificateDer<'_>) -> String {
    let Ok(certificate) = webpki::EndEntityCert::try_from(certificate) else {
        return "not readable".into();
    };
    let name = certificate.issuer();
    [COMMON_NAME, ORGANISATION].iter().find_map(|kind| attribute(name, kind)).unwrap_or_else(|| "unnamed".into())
}

/// The encoded object identifiers of the two attributes that name an authority (X.520).
const COMMON_NAME: &[u8] = &[0x06, 0x03, 0x55, 0x04, 0x03];
const ORGANISATION: &[u8] = &[0x06, 0x03, 0x55, 0x04, 0x0a];

/// The text behind an attribute's identifier in a DER name: kind, length (short form: an attribute of more than 127 bytes
/// is left out), text.
fn attribute(name: &[u8], kind: &[u8]) -> Option<String> {
    let at = name.windows(kind.len()).position(|window| window == kind)?;
    let value = name.get(at + kind.len()..)?;
    let (&length, text) = value.get(1..)?.split_first()?;
    let text = text.get(..usize::from(length))?;
    let text: String = String::from_utf8_lossy(text).chars().filter(|c| !c.is_control()).collect();
    (!text.is_empty()).then_some(text)
}
