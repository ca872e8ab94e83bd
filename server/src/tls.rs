//! TLS from certificate files.

use crate::config::{ConfigError, Tls};
use rustls::ServerConfig;
use rustls::crypto::ring;
use rustls_pki_types::pem::PemObject as _;
use rustls_pki_types::{CertificateDer, PrivateKeyDer};
use std::sync::Arc;
use tokio_rustls::TlsAcceptor;

/// Reads certificate chain and key.
pub(crate) fn acceptor(tls: &Tls) -> Result<TlsAcceptor, ConfigError> {
    let wrong = |path: &std::path::Path, what: String| ConfigError::new(format!("{}: {what}", path.display()));
    let chain = CertificateDer::pem_file_iter(&tls.cert)
        .and_then(Iterator::collect::<Result<Vec<_>, _>>)
        .map_err(|e| wrong(&tls.cert, format!("tls.cert must be a PEM file with the certificate chain: {e}")))?;
    if chain.is_empty() {
        return Err(wrong(&tls.cert, "tls.cert holds no certificate (-----BEGIN CERTIFICATE-----)".to_owned()));
    }
    let key = PrivateKeyDer::from_pem_file(&tls.key)
        .map_err(|e| wrong(&tls.key, format!("tls.key must be a PEM file with the private key: {e}")))?;
    let mut config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|e| ConfigError::new(format!("TLS cannot be set up: {e}")))?
        .with_no_client_auth()
        .with_single_cert(chain, key)
        .map_err(|e| {
            wrong(&tls.cert, format!("certificate and key ({}) do not fit together: {e}", tls.key.display()))
        })?;
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(TlsAcceptor::from(Arc::new(config)))
}
