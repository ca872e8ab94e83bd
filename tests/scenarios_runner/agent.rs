//! Devices of another language: a program that performs calls as lines of JSON tell it. `tests/scenarios/PROTOCOL.md` is the
//! protocol.

use super::agent_process::Process;
use super::host::{Broken, Hear, Host, Operation, Outcome, Refusal, Setup, SpoolFor};
use super::language::Data;
use super::world::APP;
use parking_lot::Mutex;
use serde_json::{Map, Value, json};
use std::path::Path;
use std::sync::Arc;

/// A program that serves a whole run, and is started again if it dies.
pub(crate) struct Agent {
    pub(crate) name: String,
    pub(crate) command: Vec<String>,
    pub(crate) data: Option<Data>,
    process: Mutex<Option<Arc<Process>>>,
}

impl Agent {
    pub(crate) fn new(name: String, command: Vec<String>, data: Option<Data>) -> Self {
        Self { name, command, data, process: Mutex::new(None) }
    }

    /// The process that lives, or a new one.
    fn process(&self) -> Result<Arc<Process>, String> {
        let mut process = self.process.lock();
        if process.as_ref().is_none_or(|process| process.has_ended()) {
            *process = Some(Process::start(&self.name, &self.command)?);
        }
        Ok(process.as_ref().expect("it was just started").clone())
    }

    /// Lets it end by itself. An end that is not a good one is an error: a sanitizer speaks at the end.
    pub(crate) fn finish(&self) -> Result<(), String> {
        self.process.lock().take().map_or(Ok(()), |process| process.finish())
    }
}

/// The devices of one scenario in an agent.
pub(crate) struct AgentHost {
    agent: Arc<Agent>,
    process: Arc<Process>,
    world: u64,
}

impl Drop for AgentHost {
    fn drop(&mut self) {
        // It has died, or it says why it cannot: the next scenario will show it.
        let _ = self.ask("forget", json!({}));
        self.process.forget(self.world);
    }
}

impl AgentHost {
    pub(crate) fn new(agent: Arc<Agent>, world: u64) -> Result<Self, String> {
        let process = agent.process()?;
        Ok(Self { agent, process, world })
    }

    fn ask(&self, what: &str, mut request: Value) -> Result<Outcome, Broken> {
        request["world"] = self.world.into();
        request["do"] = what.into();
        let mut answer = self.process.ask(request)?;
        if let Some(why) = answer.get("broken") {
            return Err(why.as_str().map_or_else(|| why.to_string(), str::to_owned));
        }
        let value = answer.get_mut("answer").map(Value::take);
        let Some(error) = answer.get("error") else { return Ok(Outcome::Answer(value.unwrap_or_default())) };
        let code = error["code"].as_i64().and_then(|code| i32::try_from(code).ok());
        let (Some(code), Some(message)) = (code, error["message"].as_str()) else {
            return Err(format!("the agent {} answered an error without code or message: {answer}", self.agent.name));
        };
        Ok(Outcome::Refused(Refusal { code, message: message.to_owned() }, value.filter(|value| !value.is_null())))
    }

    /// What the vocabulary has no error for.
    fn done(&self, what: &str, request: Value) -> Result<(), Broken> {
        self.ask(what, request)?.succeeded().map(drop)
    }
}

impl Host for AgentHost {
    fn init(&mut self, device: &str, setup: &Setup, hear: Hear) -> Result<Outcome, Broken> {
        self.process.listen(self.world, device, hear);
        let mut request = json!({
            "device": device,
            "endpoint": setup.endpoint,
            "app": APP,
            "dataDir": self.path(&setup.folder),
            "label": setup.label,
            "withReaders": setup.with_readers,
        });
        if let Some(file) = &setup.ca_file {
            request["caFile"] = self.path(file).into();
        }
        if let Some(ms) = setup.seen_for_ms {
            request["seenForMs"] = ms.into();
        }
        self.ask("init", request)
    }

    fn close(&mut self, device: &str) -> Result<(), Broken> {
        self.done("close", json!({ "device": device }))
    }

    fn call(&mut self, device: &str, name: &str, with: &Map<String, Value>) -> Result<Outcome, Broken> {
        self.ask("call", json!({ "device": device, "name": name, "with": with }))
    }

    fn network(&mut self, device: &str, available: bool) -> Result<(), Broken> {
        self.done("network", json!({ "device": device, "available": available }))
    }

    fn enqueue_receipts(&mut self, target: &SpoolFor<'_>, with: &Map<String, Value>) -> Result<Outcome, Broken> {
        let list = |key: &str| with.get(key).cloned().unwrap_or_else(|| json!([]));
        let request = json!({
            "endpoint": target.endpoint,
            "app": APP,
            "dataDir": self.path(target.folder),
            "user": target.user,
            "messages": list("messages"),
            "msgIDs": list("msgIDs"),
        });
        self.ask("enqueueReceipts", request)
    }

    fn open_service(
        &mut self,
        endpoint: &str,
        app: &Map<String, Value>,
        limits: &Map<String, Value>,
    ) -> Result<(), Broken> {
        self.done("service.open", json!({ "endpoint": endpoint, "app": APP, "settings": app, "limits": limits }))
    }

    fn operate(&mut self, operation: &Operation<'_>) -> Result<(), Broken> {
        match operation {
            Operation::Configure { app } => self.done("service.configure", json!({ "settings": app })),
            Operation::DeleteUser { user } => self.done("service.deleteUser", json!({ "user": user })),
            Operation::DeleteMessage { seen_by, conversation, id } => {
                let request = json!({ "seenBy": seen_by, "conversationID": conversation, "msgID": id });
                self.done("service.deleteMessage", request)
            }
        }
    }

    fn close_service(&mut self) -> Result<(), Broken> {
        self.done("service.close", json!({}))
    }

    fn path(&self, path: &Path) -> String {
        self.agent.data.as_ref().map_or_else(|| path.display().to_string(), |data| data.name_of(path))
    }
}
