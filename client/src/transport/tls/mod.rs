//! TLS and who is trusted (R29): the library's own, or the host's; the authorities of the platform or of a file; and pins of
//! public keys.

mod certificate;
mod host;
#[cfg(feature = "tls")]
mod own;

use super::Stream;
use crate::config::Config;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rustls_pki_types::pem::PemObject;
use rustls_pki_types::{CertificateDer, ServerName};
use seenby_core::model::{Error, ErrorCode, Result};
use std::future::Future;
use std::io;
use std::path::Path;
use tokio::net::TcpStream;
use tokio::runtime::Handle;
use tokio::sync::oneshot;

/// Made once a client: what the TLS of its connections is made of.
pub(super) struct Tls(Whose);

enum Whose {
    #[cfg(feature = "tls")]
    Own(own::Own),
    Host(host::Host),
}

/// Why a connection has no TLS.
enum Failure {
    /// Its certificate was refused, for this reason.
    Refused { issuer: String, why: String },
    /// Anything else.
    Io(io::Error),
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

impl Failure {
    fn refused(certificate: Option<&CertificateDer<'_>>, why: impl Into<String>) -> Self {
        let issuer = certificate.map_or_else(|| "not shown".to_owned(), certificate::issuer);
        Self::Refused { issuer, why: why.into() }
    }
}

impl Tls {
    /// 6017 names the field that is wrong.
    pub(super) fn new(config: &Config) -> Result<Self> {
        let authorities = config.tls.ca_file.as_deref().map(Authorities::read).transpose()?;
        let pins = Pins(config.tls.pins.iter().map(|pin| parse_pin(pin)).collect::<Result<_>>()?);
        if let Some(provider) = &config.tls_provider {
            return Ok(Self(Whose::Host(host::Host::new(provider.clone(), authorities, pins)?)));
        }
        #[cfg(feature = "tls")]
        return Ok(Self(Whose::Own(own::Own::new(authorities, pins)?)));
        #[cfg(not(feature = "tls"))]
        Err(Error::invalid(
            "the configuration's field tls_provider is not set, and this build of SeenBy has no TLS of its own: set it, or \
             build with the feature ring, or connect to ws://",
        ))
    }

    /// TLS over this connection, with the host of this name. 90005 if the certificate was refused.
    pub(super) async fn connect(&self, host: &str, port: u16, stream: TcpStream) -> Result<Stream> {
        let name = ServerName::try_from(host.to_owned())
            .map_err(|_| Error::invalid(format!("{host:?} is no host name that a certificate could have")))?;
        let connected = match &self.0 {
            #[cfg(feature = "tls")]
            Whose::Own(own) => {
                let connecting = own.connect(name, stream)?;
                on_own_thread(async { Ok(Box::pin(connecting.await?) as Stream) }).await
            }
            Whose::Host(tls) => {
                let connecting = tls.connect(name, port, stream);
                on_own_thread(async { Ok(Box::pin(connecting.await?) as Stream) }).await
            }
        };
        connected.map_err(|failure| match failure {
            Failure::Refused { issuer, why } => Error::new(
                ErrorCode::CertificateRefused,
                format!(
                    "the certificate of {host} was refused: {why} (its issuer: {issuer}); use a server whose certificate is \
                     in order, or name its authority in the field ca_file"
                ),
            ),
            Failure::Io(error) => super::io_error(&error, &format!("TLS with {host}, port {port}")),
        })
    }
}

/// Does a handshake on a thread of its own, which may block: who judges the certificate may ask the disk, the network, or the
/// host's code. Given up, it ends at its next wait.
async fn on_own_thread<T: Send + 'static>(
    handshake: impl Future<Output = std::result::Result<T, Failure>> + Send + 'static,
) -> std::result::Result<T, Failure> {
    let runtime = Handle::current();
    let (mut answer, connected) = oneshot::channel();
    std::thread::Builder::new().name("seenby-tls".into()).spawn(move || {
        let connected = runtime.block_on(async {
            tokio::select! {
                connected = handshake => Some(connected),
                () = answer.closed() => None,
            }
        });
        if let Some(connected) = connected {
            // Given up meanwhile: it is closed.
            let _ = answer.send(connected);
        }
    })?;
    connected.await.unwrap_or_else(|_| Err(io::Error::other("it failed inside").into()))
}

/// The authorities of a file.
struct Authorities {
    certificates: Vec<CertificateDer<'static>>,
    file: String,
}

impl Authorities {
    fn read(file: &Path) -> Result<Self> {
        let mut given = Self { certificates: Vec::new(), file: file.display().to_string() };
        let certificates = CertificateDer::pem_file_iter(file).map_err(|error| given.wrong(error.to_string()))?;
        for certificate in certificates {
            let certificate = certificate.map_err(|error| given.wrong(error.to_string()))?;
            given.certificates.push(certificate);
        }
        if given.certificates.is_empty() {
            return Err(given.wrong("there is no certificate in it"));
        }
        Ok(given)
    }

    /// 6017 with the file's name.
    fn wrong(&self, why: impl std::fmt::Display) -> Error {
        Error::invalid(format!(
            "the configuration's field ca_file, {}: {why}; it must be a PEM file with the certificates of the authorities \
             to trust",
            self.file
        ))
    }
}

/// The public keys that a server may have, by SHA-256. None: any.
#[derive(Clone)]
struct Pins(Vec<[u8; 32]>);

impl Pins {
    /// Whether the server may have this certificate. Its own key counts, not one of the chain: the server may show certificates
    /// that prove nothing.
    fn check(&self, certificate: &CertificateDer<'_>) -> std::result::Result<(), &'static str> {
        if self.0.is_empty() || certificate::public_key_hash(certificate).is_some_and(|hash| self.0.contains(&hash)) {
            return Ok(());
        }
        Err("its public key is not among the configured pins")
    }
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
