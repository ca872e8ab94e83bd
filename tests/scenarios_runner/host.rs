//! Who performs what a scenario asks of its devices: the Rust client in this process, or a program of another language.

use serde_json::{Map, Value};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Takes what a device's listeners were told, in the order in which they were called: callbacks and entries.
pub(crate) type Hear = Arc<dyn Fn(Vec<(String, Value)>) + Send + Sync>;

/// The scenario asks for something that cannot be done: not what a call answers.
pub(crate) type Broken = String;

/// A call's error: its number and its sentence.
#[derive(Debug)]
pub(crate) struct Refusal {
    pub(crate) code: i32,
    pub(crate) message: String,
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.code, self.message)
    }
}

impl From<seenby_client::Error> for Refusal {
    fn from(error: seenby_client::Error) -> Self {
        Self { code: error.code.number(), message: error.message }
    }
}

/// What a call came to.
pub(crate) enum Outcome {
    Answer(Value),
    /// Refused; a message keeps what became of it all the same.
    Refused(Refusal, Option<Value>),
}

impl Outcome {
    /// For what must succeed if the scenario is to go on.
    pub(crate) fn succeeded(self) -> Result<Value, String> {
        match self {
            Self::Answer(value) => Ok(value),
            Self::Refused(refusal, _) => Err(refusal.to_string()),
        }
    }
}

/// How an app is set up on its device.
pub(crate) struct Setup {
    pub(crate) endpoint: String,
    pub(crate) folder: PathBuf,
    /// The authority of a server with TLS.
    pub(crate) ca_file: Option<PathBuf>,
    pub(crate) label: String,
    pub(crate) with_readers: bool,
    pub(crate) seen_for_ms: Option<u64>,
}

/// For whom receipts are left on a device's disk.
pub(crate) struct SpoolFor<'a> {
    pub(crate) endpoint: &'a str,
    pub(crate) folder: &'a Path,
    pub(crate) user: &'a str,
}

/// What an operator does to a service inside the host.
pub(crate) enum Operation<'a> {
    /// All settings of the app, those that stay as well.
    Configure {
        app: &'a Map<String, Value>,
    },
    DeleteUser {
        user: &'a str,
    },
    /// As `seen_by` sees it: the conversation has its peer's name.
    DeleteMessage {
        seen_by: &'a str,
        conversation: &'a str,
        id: &'a str,
    },
}

/// The devices of one scenario, and its service if that is embedded. Gone when this is dropped.
pub(crate) trait Host {
    /// The app starts: configured and initialized, its listeners added. It must not be running on that device.
    fn init(&mut self, device: &str, setup: &Setup, hear: Hear) -> Result<Outcome, Broken>;
    /// The app ends without logging out.
    fn close(&mut self, device: &str) -> Result<(), Broken>;
    /// A call of the vocabulary.
    fn call(&mut self, device: &str, name: &str, with: &Map<String, Value>) -> Result<Outcome, Broken>;
    /// The operating system tells the app that its network is gone, or back.
    fn network(&mut self, device: &str, available: bool) -> Result<(), Broken>;
    /// Needs no client.
    fn enqueue_receipts(&mut self, target: &SpoolFor<'_>, with: &Map<String, Value>) -> Result<Outcome, Broken>;
    /// Opens the embedded service and holds it.
    fn open_service(
        &mut self,
        endpoint: &str,
        app: &Map<String, Value>,
        limits: &Map<String, Value>,
    ) -> Result<(), Broken>;
    fn operate(&mut self, operation: &Operation<'_>) -> Result<(), Broken>;
    /// Lets go of the service; it ends with its last device.
    fn close_service(&mut self) -> Result<(), Broken>;
    /// How those devices name a path of this machine.
    fn path(&self, path: &Path) -> String;
}
