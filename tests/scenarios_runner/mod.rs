//! Runs the scenarios: reads them, has their steps performed by the devices of a language, compares.

mod agent;
mod agent_process;
pub(crate) mod agents;
mod as_agent;
mod calls;
pub(crate) mod checks;
mod convert;
mod hear;
mod host;
mod in_process;
mod language;
mod scenario;
mod seenbyd;
mod tls_front;
mod values;
mod world;

use host::Outcome;
use scenario::{CallStep, Only, Scenario, ServiceStep, Step};
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;
use values::{Variables, matches, shown};
use world::World;

pub(crate) use language::{Language, languages};
pub(crate) use world::Mode;

/// Is the server, or an agent, if the arguments say so.
pub(crate) fn run_if_asked() -> Option<ExitCode> {
    seenbyd::run_if_asked().or_else(as_agent::run_if_asked)
}

/// Reads a scenario.
pub(crate) fn read(path: &Path) -> Result<Scenario, String> {
    let text = std::fs::read_to_string(path).map_err(|error| error.to_string())?;
    serde_json::from_str(&text).map_err(|error| format!("{}: {error}", path.display()))
}

impl Scenario {
    pub(crate) fn runs_in(&self, mode: Mode) -> bool {
        match self.only {
            None => true,
            Some(Only::Embedded) => mode == Mode::Embedded,
            Some(Only::Server) => mode == Mode::Seenbyd,
        }
    }
}

/// Runs a scenario; the error says which step was not as it says.
pub(crate) fn run(path: &Path, mode: Mode, language: &Language) -> Result<(), String> {
    let scenario = read(path)?;
    // Steps are shown as they stand in the file.
    let text = std::fs::read_to_string(path).map_err(|error| error.to_string())?;
    let file: Value = serde_json::from_str(&text).map_err(|error| error.to_string())?;
    let world = World::new(&scenario, mode, language).map_err(|why| format!("before the first step: {why}"))?;
    let mut play = Play { world, variables: Variables::default(), refused: BTreeSet::new() };
    play.steps(&scenario.steps, &file["steps"], "step ")
}

struct Play {
    world: World,
    variables: Variables,
    /// The numbers of the calls that were refused since the last repeat began.
    refused: BTreeSet<i32>,
}

impl Play {
    fn steps(&mut self, steps: &[Step], file: &Value, place: &str) -> Result<(), String> {
        for (n, step) in steps.iter().enumerate() {
            let (place, file) = (format!("{place}{}", n + 1), &file[n]);
            match step {
                Step::Repeat { repeat, index, until, steps } => {
                    self.refused.clear();
                    for i in 1..=*repeat {
                        if until.is_some_and(|until| self.refused.contains(&until)) {
                            break;
                        }
                        if let Some(index) = index {
                            self.variables.keep(index, i.into())?;
                        }
                        self.steps(steps, &file["steps"], &format!("{place}, round {i}, step "))?;
                    }
                    if let Some(until) = until.filter(|until| !self.refused.contains(until)) {
                        return Err(format!("{place}: nothing was refused with {until} in {repeat} rounds"));
                    }
                }
                step => self.step(step).map_err(|why| format!("{place}: {}\n    {why}", shown(file)))?,
            }
        }
        Ok(())
    }

    fn step(&mut self, step: &Step) -> Result<(), String> {
        match step {
            Step::Call(step) => self.call(step),
            Step::Hear(step) => {
                let on = self.variables.text(&step.on)?;
                self.hear(&on, step)
            }
            Step::HearNothing { on, hear_nothing, quiet_ms } => {
                let on = self.variables.text(on)?;
                self.hear_nothing(&on, hear_nothing, Duration::from_millis(*quiet_ms))
            }
            Step::Forget { on, forget } => {
                let on = self.variables.text(on)?;
                self.forget(&on, forget)
            }
            Step::Line { on, line, waits } => self.world.line(&self.variables.text(on)?, *line, *waits),
            Step::App { on, app } => self.world.app(&self.variables.text(on)?, *app),
            Step::Service(step) => {
                let message = match step {
                    ServiceStep::DeleteMessage { message } => Some(self.variables.resolve(message)?),
                    _ => None,
                };
                self.world.operate(step, message)
            }
            Step::Wait { wait } => {
                std::thread::sleep(Duration::from_millis(*wait));
                Ok(())
            }
            Step::Repeat { .. } => Err("a repeat is no single step".into()),
        }
    }

    fn call(&mut self, step: &CallStep) -> Result<(), String> {
        let on = self.variables.text(&step.on)?;
        let with = self.variables.resolve_map(&step.with)?;
        let answer = match self.world.call(&on, &step.call, &with)? {
            Outcome::Answer(answer) => match &step.error {
                None => answer,
                Some(error) => return Err(format!("error {error} expected, it succeeded: {}", shown(&answer))),
            },
            Outcome::Refused(error, value) => {
                let number = error.code;
                self.refused.insert(number);
                let expected = match &step.error {
                    Some(Value::String(_)) => number == 6012 || (9508..=9525).contains(&number),
                    Some(expected) => expected.as_i64() == Some(number.into()),
                    None => step.maybe == Some(number),
                };
                if !expected {
                    let wanted = step.error.as_ref().map_or("success".to_owned(), |e| format!("error {e}"));
                    return Err(format!("{wanted} expected, it failed: {error}"));
                }
                if error.message.len() < 10 {
                    return Err(format!("error {number} has no sentence, but {:?}", error.message));
                }
                value.unwrap_or_default()
            }
        };
        if let Some(pattern) = &step.expect {
            let mut binds = Vec::new();
            matches(&self.variables.resolve(pattern)?, &answer, &mut binds)?;
            for (name, value) in binds {
                self.variables.keep(&name, value)?;
            }
        }
        match &step.keep {
            Some(name) => self.variables.keep(name, answer),
            None => Ok(()),
        }
    }
}
