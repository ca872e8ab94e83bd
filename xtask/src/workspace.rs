//! What the parts take from the workspace's own build, so that each thing is compiled once.
//!
//! Cargo compiles a dependency again when a command selects other packages, because their features differ. So these select all.

use crate::process::{self, Finished};
use std::env;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

fn cargo() -> Command {
    Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// The library of `package`, as it is built for tests: `seenby-jvm` for Kotlin and Java, `seenby-apple` for Swift and Objective-C.
/// The failed build, if it failed.
pub(crate) fn library(package: &str) -> io::Result<Result<PathBuf, Finished>> {
    // A test is among them, because the features that tests alone ask of a dependency count only then.
    let mut build = cargo();
    let built =
        process::run("libraries", build.args(["build", "--workspace", "--lib", "--test", "scenarios", "--locked"]))?;
    if !built.ok {
        return Ok(Err(built));
    }
    let name = format!("{}{}{}", env::consts::DLL_PREFIX, package.replace('-', "_"), env::consts::DLL_SUFFIX);
    Ok(Ok(Path::new("target/debug").join(name)))
}

/// Runs the scenarios whose names begin with `begin`: those of the agents that `SEENBY_AGENT` is set to name.
pub(crate) fn scenarios(begin: &str) -> Command {
    let mut command = cargo();
    command.args(["test", "--workspace", "--test", "scenarios", "--locked", "--", begin]);
    command
}
