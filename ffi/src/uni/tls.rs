//! TLS that the host does.

use super::types::Thrown;
use std::sync::Arc;

/// Does TLS, and says who is trusted (R29), in place of the library, which then needs none of its own: Java's.
#[uniffi::export(foreign)]
pub trait TlsProvider: Send + Sync {
    /// Why these authorities cannot be trusted, for people; `None`: they can. Certificates in DER, at least one (the file that the
    /// configuration names). Asked when a client is made, on the caller's thread.
    fn check(&self, authorities: Vec<Vec<u8>>) -> Result<Option<String>, Thrown>;

    /// The TLS of a new connection, as its client. Called as a callback, on a thread that may block, as is `advance` until the
    /// session is open; connecting waits for both.
    fn connect(&self, peer: TlsPeer) -> Result<Arc<dyn TlsSession>, Thrown>;
}

/// To whom a session is to speak.
#[derive(Clone, Debug, uniffi::Record)]
pub struct TlsPeer {
    /// The name or address that the configuration has.
    pub host: String,
    /// Its port.
    pub port: i32,
    /// What to ask the server for (SNI); `None` for an address, which it has no place for.
    pub server_name: Option<String>,
    /// Certificates in DER of the authorities to trust instead of the platform's. Empty: the platform's.
    pub authorities: Vec<Vec<u8>>,
}

/// One connection's TLS. It does no input or output: SeenBy carries what it makes, and brings what comes. That the server's
/// certificate is valid for its name, and the pins, SeenBy checks. One that throws has failed.
#[uniffi::export(foreign)]
pub trait TlsSession: Send + Sync {
    /// Takes what came from the server, and what is to be sent to it, all of both; either may be empty. The first step has
    /// neither: the session begins to speak. Called on one thread at a time; once the session is open, on the one that all
    /// clients share, where it must not block.
    fn advance(&self, received: Vec<u8>, outgoing: Vec<u8>) -> Result<TlsStep, Thrown>;

    /// Ends it: answers what says so to the server.
    fn finish(&self) -> Result<Vec<u8>, Thrown>;
}

/// What a session answers to one step.
#[derive(Clone, Debug, uniffi::Record)]
pub struct TlsStep {
    /// To be sent to the server, even if the step failed (an alert).
    pub send: Vec<u8>,
    /// What the server said.
    pub plain: Vec<u8>,
    /// The handshake is done. Once said, it stays so.
    pub is_open: bool,
    /// The server said that nothing more comes.
    pub is_closed: bool,
    /// The server's certificates in DER, its own first: in the step that opened the session, and where they were refused.
    pub certificates: Vec<Vec<u8>>,
    /// Why it cannot go on.
    pub failure: Option<TlsFailure>,
}

/// Why a session cannot go on.
#[derive(Clone, Debug, uniffi::Record)]
pub struct TlsFailure {
    /// The certificates are not trusted (90005); else anything else.
    pub is_refusal: bool,
    /// For people.
    pub why: String,
}

/// The foreign provider, for the client.
pub(super) struct Providing(pub(super) Arc<dyn TlsProvider>);

/// What is said of a provider that threw: what it threw is its layer's to report.
fn threw(_: Thrown) -> String {
    "the app's TLS threw".to_owned()
}

impl seenby_client::TlsProvider for Providing {
    fn check(&self, authorities: &[Vec<u8>]) -> Result<(), String> {
        self.0.check(authorities.to_vec()).map_err(threw)?.map_or(Ok(()), Err)
    }

    fn connect(&self, peer: seenby_client::TlsPeer<'_>) -> Result<Box<dyn seenby_client::TlsSession>, String> {
        let peer = TlsPeer {
            host: peer.host.to_owned(),
            port: peer.port.into(),
            server_name: peer.server_name.map(str::to_owned),
            authorities: peer.authorities.to_vec(),
        };
        let session = self.0.connect(peer).map_err(threw)?;
        Ok(Box::new(Speaking(session)))
    }
}

/// The foreign session, for the client.
pub(super) struct Speaking(pub(super) Arc<dyn TlsSession>);

impl seenby_client::TlsSession for Speaking {
    fn advance(&mut self, received: &[u8], outgoing: &[u8]) -> seenby_client::TlsStep {
        match self.0.advance(received.to_vec(), outgoing.to_vec()) {
            Ok(step) => seenby_client::TlsStep {
                send: step.send,
                plain: step.plain,
                is_open: step.is_open,
                is_closed: step.is_closed,
                certificates: step.certificates,
                failure: step.failure.map(Into::into),
            },
            Err(thrown) => seenby_client::TlsStep {
                failure: Some(seenby_client::TlsFailure::Failed(threw(thrown))),
                ..Default::default()
            },
        }
    }

    fn finish(&mut self) -> Vec<u8> {
        // One that throws has nothing to say.
        self.0.finish().unwrap_or_default()
    }
}

impl From<TlsFailure> for seenby_client::TlsFailure {
    fn from(failure: TlsFailure) -> Self {
        if failure.is_refusal { Self::Refused(failure.why) } else { Self::Failed(failure.why) }
    }
}
