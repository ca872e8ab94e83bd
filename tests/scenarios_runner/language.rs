//! Whose devices the scenarios run on: Rust's, and those of the agents that `SEENBY_AGENT` names.

use super::agent::{Agent, AgentHost};
use super::host::Host;
use super::in_process::InProcess;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Agents to run as well: `NAME=COMMAND`, one a line.
const AGENTS: &str = "SEENBY_AGENT";
/// Where an agent's data folders are made: `NAME=FOLDER`, or `NAME=FOLDER=>WHAT IT IS CALLED THERE`, one a line.
const DATA: &str = "SEENBY_AGENT_DATA";

/// Agents that speak to `seenbyd` over TLS: names, one a line.
const TLS: &str = "SEENBY_AGENT_TLS";

/// Scenarios that a language cannot say: its agent's name, the scenario, and why. The best list is empty.
const UNSAID: &[(&str, &str, &str)] = &[];

#[derive(Clone)]
pub(crate) enum Language {
    Rust,
    Agent(Arc<Agent>),
}

impl Language {
    /// What its tests are called before `embedded::` and `seenbyd::`.
    pub(crate) fn prefix(&self) -> String {
        match self {
            Self::Rust => String::new(),
            Self::Agent(agent) => format!("{}-", agent.name),
        }
    }

    /// The devices of a new scenario.
    pub(crate) fn host(&self, world: u64) -> Result<Box<dyn Host>, String> {
        match self {
            Self::Rust => Ok(Box::new(InProcess::default())),
            Self::Agent(agent) => Ok(Box::new(AgentHost::new(agent.clone(), world)?)),
        }
    }

    /// Where its data folders are made, if not in the usual place.
    pub(crate) fn data(&self) -> Option<&Path> {
        match self {
            Self::Rust => None,
            Self::Agent(agent) => agent.data.as_ref().map(|data| data.here.as_path()),
        }
    }

    /// Whether its devices speak to `seenbyd` over TLS.
    pub(crate) fn tls(&self) -> bool {
        let Self::Agent(agent) = self else { return false };
        std::env::var(TLS).is_ok_and(|names| names.lines().any(|name| name.trim() == agent.name))
    }

    /// Why it cannot say a scenario.
    pub(crate) fn unsaid(&self, scenario: &str) -> Option<&'static str> {
        let Self::Agent(agent) = self else { return None };
        UNSAID.iter().find(|(name, unsaid, _)| *name == agent.name && *unsaid == scenario).map(|(.., why)| *why)
    }

    /// Ends its agent, if it has one; the error says how it ended if not well.
    pub(crate) fn finish(&self) -> Result<(), String> {
        match self {
            Self::Rust => Ok(()),
            Self::Agent(agent) => agent.finish(),
        }
    }
}

/// A folder of this machine, and its name where the agent runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Data {
    pub(crate) here: PathBuf,
    pub(crate) there: String,
}

impl Data {
    fn new(text: &str) -> Self {
        let (here, there) = text.split_once("=>").unwrap_or((text, text));
        Self { here: here.trim().into(), there: there.trim().trim_end_matches('/').to_owned() }
    }

    /// The name of a path below it.
    pub(crate) fn name_of(&self, path: &Path) -> String {
        let below = path.strip_prefix(&self.here).unwrap_or(path);
        format!("{}/{}", self.there, below.display())
    }
}

/// The lines of a variable, as names and what is said of them.
fn named(variable: &str, text: &str) -> Result<Vec<(String, String)>, String> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let named = lines.map(|line| match line.split_once('=').map(|(name, rest)| (name.trim(), rest.trim())) {
        Some((name, rest)) if !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_') => {
            Ok((name.to_owned(), rest.to_owned()))
        }
        _ => Err(format!("{variable} has the line {line:?}; write NAME=…, with a name of letters, digits and _")),
    });
    named.collect()
}

/// What `SEENBY_AGENT` and `SEENBY_AGENT_DATA` say.
pub(crate) fn agents(commands: &str, data: &str) -> Result<Vec<Agent>, String> {
    let data = named(DATA, data)?;
    let mut agents: Vec<Agent> = Vec::new();
    for (name, command) in named(AGENTS, commands)? {
        let words = shlex::split(&command).filter(|words| !words.is_empty());
        let words = words.ok_or_else(|| format!("{AGENTS}: the command of {name} cannot be read: {command:?}"))?;
        if agents.iter().any(|agent| agent.name == name) {
            return Err(format!("{AGENTS} names {name} twice"));
        }
        let data = data.iter().find(|(of, _)| *of == name).map(|(_, text)| Data::new(text));
        agents.push(Agent::new(name, words, data));
    }
    match data.iter().find(|(name, _)| !agents.iter().any(|agent| agent.name == *name)) {
        Some((name, _)) => Err(format!("{DATA} speaks of {name}, which {AGENTS} does not name")),
        None => Ok(agents),
    }
}

/// Rust, and every agent of the environment.
pub(crate) fn languages() -> Result<Vec<Language>, String> {
    let variable = |name| std::env::var(name).unwrap_or_default();
    let agents = agents(&variable(AGENTS), &variable(DATA))?.into_iter().map(|agent| Language::Agent(Arc::new(agent)));
    Ok(std::iter::once(Language::Rust).chain(agents).collect())
}
