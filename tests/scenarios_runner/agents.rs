//! Agents themselves: they are read from what the environment says, and one that fails is seen to fail.

use super::as_agent::{AS_AGENT, DIES_AT, RAVES_AT};
use super::language::{Data, Language, agents};
use super::{Mode, checks, run};
use libtest_mimic::{Failed, Trial};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::sync::Arc;

type Test = Box<dyn FnOnce() -> Result<(), String> + Send>;

pub(crate) fn trials(files: &[PathBuf]) -> Vec<Trial> {
    let scenario = |name: &str| files.iter().find(|path| path.file_stem().is_some_and(|stem| stem == name)).cloned();
    let restart = scenario("r16_a_report_waits_out_a_restart");
    let tests: Vec<(&str, Test)> = vec![
        ("agents_are_named_in_the_environment", Box::new(agents_are_named)),
        ("an_agent_tells_truth_from_untruth", Box::new(an_agent_tells_truth_from_untruth)),
        ("an_agent_performs_a_scenario", Box::new(move || an_agent_performs(restart.as_deref()))),
        ("an_agent_that_dies_is_started_again", Box::new(one_that_fails_is_started_again)),
    ];
    let trial = |(name, run): (&str, Test)| Trial::test(format!("runner::{name}"), move || run().map_err(Failed::from));
    tests.into_iter().map(trial).collect()
}

fn expect<T: PartialEq + std::fmt::Debug>(what: &str, is: &T, should: &T) -> Result<(), String> {
    if is == should { Ok(()) } else { Err(format!("{what}: {should:?} expected, it is {is:?}")) }
}

fn agents_are_named() -> Result<(), String> {
    let two = agents("cpp = 'build dir/agent' --fast\n\nwin=wine agent.exe", "win = /srv/t => Z:/t/")?;
    expect("names", &two.iter().map(|agent| agent.name.as_str()).collect::<Vec<_>>(), &vec!["cpp", "win"])?;
    expect("a command", &two[0].command, &vec!["build dir/agent".to_owned(), "--fast".to_owned()])?;
    expect("a folder", &two[0].data, &None)?;
    expect("a folder", &two[1].data, &Some(Data { here: "/srv/t".into(), there: "Z:/t".into() }))?;
    let name = two[1].data.as_ref().map(|data| data.name_of(Path::new("/srv/t/x/device-a")));
    expect("a path", &name, &Some("Z:/t/x/device-a".to_owned()))?;
    expect("none", &agents("", "")?.len(), &0)?;
    for (commands, data, why) in [
        ("build/agent", "", "write NAME="),
        ("a=", "", "cannot be read"),
        ("a='x", "", "cannot be read"),
        ("a=x\na=y", "", "twice"),
        ("a=x", "b=/tmp", "does not name"),
        ("a=x", "/tmp", "write NAME="),
    ] {
        match agents(commands, data) {
            Err(error) if error.contains(why) => {}
            Err(error) => return Err(format!("{commands:?} and {data:?}: {why:?} expected, it is {error:?}")),
            Ok(_) => return Err(format!("{commands:?} and {data:?} should not be read")),
        }
    }
    Ok(())
}

/// This program as an agent, by the way of the environment.
fn agent(more: &str) -> Result<Language, String> {
    let program = std::env::current_exe().map_err(|error| error.to_string())?;
    let program = program.to_str().ok_or("the path of this program is no text")?;
    let program = shlex::try_quote(program).map_err(|error| error.to_string())?;
    let mut agents = agents(&format!("rust={program} {AS_AGENT} {more}"), "")?;
    Ok(Language::Agent(Arc::new(agents.remove(0))))
}

fn an_agent_tells_truth_from_untruth() -> Result<(), String> {
    let language = agent("")?;
    checks::what_is_so_passes(&language)?;
    checks::what_is_not_so_fails(&language)?;
    language.finish()
}

fn an_agent_performs(scenario: Option<&Path>) -> Result<(), String> {
    let scenario = scenario.ok_or("the scenario is gone; name another that restarts the service")?;
    let language = agent("")?;
    run(scenario, Mode::Embedded, &language)?;
    run(scenario, Mode::Seenbyd, &language)?;
    language.finish()
}

fn one_that_fails_is_started_again() -> Result<(), String> {
    let language = agent("fails")?;
    let story = |step: Value| {
        let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
        let path = folder.path().join("story.json");
        let story = json!({ "rules": ["R1"], "story": "Something happens to an agent.", "devices": { "alice": {} }, "steps": [step] });
        std::fs::write(&path, story.to_string()).map_err(|error| error.to_string())?;
        run(&path, Mode::Embedded, &language)
    };
    let fails = |call: &str, why: &[&str]| match story(
        json!({ "on": "alice", "call": call, "with": { "groupID": "g" }, "error": 10010 }),
    ) {
        Ok(()) => Err(format!("the agent fails at {call}, and nobody noticed")),
        Err(error) if why.iter().all(|why| error.contains(why)) => Ok(()),
        Err(error) => Err(format!("{why:?} expected, the story ends with: {error}")),
    };
    let works = || story(json!({ "on": "alice", "call": "getTotalUnreadMessageCount", "expect": 0 }));
    works()?;
    fails(DIES_AT.0, &["the agent rust ended with", DIES_AT.1])?;
    works()?;
    fails(RAVES_AT, &["the agent rust was ended", "once upon a time"])?;
    works()?;
    language.finish()
}
