//! A host that judges the certificates of servers itself.

/// Judges whose certificates are trusted (R29), where the host can and this library cannot: Android's store is reached from
/// Java alone.
pub trait CertificateVerifier: Send + Sync {
    /// Whether `host` may be trusted: `Err` says why not, for people. `chain` has certificates in DER, the server's own first,
    /// then those that it sent along, in its order.
    ///
    /// Asked once a connection, on a thread that may block, as a callback ([`crate::Client::in_callback`]); connecting waits for
    /// it, at most [`crate::Config::connect_timeout`]. That the server's certificate is valid for this name, that the server has its
    /// key, and the pins, are checked besides. One that panics has refused.
    fn verify(&self, host: &str, chain: &[&[u8]]) -> std::result::Result<(), String>;
}
