//! TLS that the host does: Java's, on Android.

/// Does TLS in place of the library's own (R29), where the host has a better one: Android's knows the system's authorities and
/// the app's network security configuration, is updated with the system, and costs an app nothing.
///
/// The host says whether a chain of certificates is trusted. That the server's certificate is valid for its name, and the
/// pins, are checked besides, before anything is sent.
pub trait TlsProvider: Send + Sync {
    /// Whether these authorities could be trusted ([`crate::TlsConfig::ca_file`]): certificates in DER, at least one. `Err` says why
    /// not, for people. Asked when a client is made.
    fn check(&self, authorities: &[Vec<u8>]) -> std::result::Result<(), String>;

    /// The TLS of a new connection, as its client. `Err` says why there can be none, for people.
    ///
    /// Called as a callback ([`crate::Client::in_callback`]) on a thread that may block, as is [`TlsSession::advance`] until the
    /// session is open; connecting waits for both, at most [`crate::Config::connect_timeout`].
    fn connect(&self, peer: TlsPeer<'_>) -> std::result::Result<Box<dyn TlsSession>, String>;
}

/// To whom a session is to speak.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct TlsPeer<'a> {
    /// The name or address that the configuration has.
    pub host: &'a str,
    /// Its port.
    pub port: u16,
    /// What to ask the server for (SNI): the host's name. `None` for an address, which it has no place for.
    pub server_name: Option<&'a str>,
    /// Certificates in DER of the authorities to trust instead of the platform's. Empty: the platform's.
    pub authorities: &'a [Vec<u8>],
}

/// One connection's TLS. It does no input or output: SeenBy carries what it makes to the server, and brings what comes.
/// One that panics has failed. Nothing is asked of it after a failure. It may be dropped on any thread, where it must not block.
pub trait TlsSession: Send {
    /// Takes what came from the server, and what is to be sent to it, all of both; either may be empty. The first step has
    /// neither: the session begins to speak. Nothing is to be sent before it is open.
    ///
    /// Called on one thread at a time, after the opening on the runtime's, where it must not block.
    fn advance(&mut self, received: &[u8], outgoing: &[u8]) -> TlsStep;

    /// Ends it: answers what says so to the server.
    fn finish(&mut self) -> Vec<u8>;
}

/// What a session answers to one step.
#[derive(Clone, Debug, Default)]
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

/// Why a session cannot go on, for people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TlsFailure {
    /// The certificates are not trusted (90005).
    Refused(String),
    /// Anything else.
    Failed(String),
}
