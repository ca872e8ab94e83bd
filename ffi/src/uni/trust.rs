//! Who the host trusts.

use super::callback::told;
use super::types::Thrown;
use std::sync::Arc;

/// Judges the certificates of servers (R29), where the platform's store is not reached from Rust: on Android.
#[uniffi::export(foreign)]
pub trait CertificateVerifier: Send + Sync {
    /// Why `host` is not trusted, for people; `None`: it is. `chain` has certificates in DER, the server's own first, then those
    /// that it sent along. The name in the certificate, the server's key and the pins are checked besides, by SeenBy.
    ///
    /// Called once a connection, on a thread that may block, as a callback. One that throws has refused (90005).
    fn verify(&self, host: String, chain: Vec<Vec<u8>>) -> Result<Option<String>, Thrown>;
}

/// The foreign one, for the client.
pub(super) struct Verifying(pub(super) Arc<dyn CertificateVerifier>);

impl seenby_client::CertificateVerifier for Verifying {
    fn verify(&self, host: &str, chain: &[&[u8]]) -> Result<(), String> {
        let chain = chain.iter().map(|certificate| certificate.to_vec()).collect();
        match self.0.verify(host.to_owned(), chain) {
            Ok(None) => Ok(()),
            Ok(Some(why)) => Err(why),
            Err(thrown) => {
                told(Err(thrown));
                Err("the app's verifier threw".to_owned())
            }
        }
    }
}
