//! Maven: what was fetched once is enough, and the network is asked only for what is lacking.

use crate::process::{self, Finished};
use std::ffi::OsString;
use std::io;
use std::path::Path;
use std::process::Command;

/// What came of a run.
pub(crate) enum Ran {
    /// It ended, well or not.
    Finished(Finished),
    /// Something had to be fetched and could not be: Maven's own words.
    Unreachable(String),
}

/// Runs goals and options on a POM. `name` is the log's.
pub(crate) fn run(name: &str, pom: &Path, arguments: &[OsString]) -> io::Result<Ran> {
    let maven = |offline: bool| {
        let mut command = Command::new("mvn");
        command.args(["-q", "-B", "-ntp", "-f"]).arg(pom);
        // A repository that is a folder is no network.
        command.args(offline.then_some(["-o", "-Daether.offline.protocols=file"]).into_iter().flatten());
        command.args(arguments);
        command
    };
    // Nor does Maven put anything into a repository then, were it a folder.
    let deploys = arguments.iter().any(|argument| argument.to_string_lossy().contains("deploy"));
    let finished = process::run(name, &mut maven(!deploys))?;
    let lacks =
        |line: &String| line.contains("in offline mode") || line.contains("has not been downloaded from it before");
    let finished = if finished.ok || deploys || !finished.lines.iter().any(lacks) {
        finished
    } else {
        println!("  getting what Maven lacks here");
        process::run(name, &mut maven(false))?
    };
    let unreachable = |line: &&String| line.contains("Could not transfer artifact") || line.contains("Unknown host");
    match finished.lines.iter().find(unreachable) {
        Some(line) if !finished.ok => Ok(Ran::Unreachable(line.trim().to_owned())),
        _ => Ok(Ran::Finished(finished)),
    }
}
