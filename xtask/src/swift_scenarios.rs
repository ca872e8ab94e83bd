//! Every scenario through the documented Swift classes: the program ScenarioAgent of the package, told what to do by the runner.

use crate::chroot::Chroot;
use crate::outcome::Counts;
use crate::process;
use crate::workspace;
use std::env;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// What is left while they run: the script that starts the program, and the devices' data.
const FOLDER: &str = "target/swift-scenarios";

/// Runs them. `program` is built; `chroot` is where it runs, if not here.
pub(crate) fn run(program: &Path, chroot: Option<&Chroot>) -> io::Result<Counts> {
    let here = env::current_dir()?;
    let folder = here.join(FOLDER);
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    // The chroot sees this folder, and not the machine's temporary one.
    let data = folder.join("data");
    fs::create_dir_all(&data)?;
    let started = script(&here.join(program), chroot, &here, &folder)?;
    let mut scenarios = workspace::scenarios("swift-");
    scenarios.env("SEENBY_AGENT", format!("swift='{}'", started.display()));
    scenarios.env("SEENBY_AGENT_DATA", format!("swift={}", data.display()));
    let finished = process::run("swift-scenarios", &mut scenarios)?;
    if finished.ok {
        fs::remove_dir_all(&folder)?;
    } else {
        finished.show();
    }
    Ok(Counts::of_cargo_test(&finished.lines, finished.ok))
}

/// One word that starts the program.
fn script(program: &Path, chroot: Option<&Chroot>, here: &Path, folder: &Path) -> io::Result<PathBuf> {
    let Some(chroot) = chroot else { return Ok(program.to_owned()) };
    let script = folder.join("agent.sh");
    Chroot::script(&chroot.command(here, program), &script)?;
    Ok(script)
}
