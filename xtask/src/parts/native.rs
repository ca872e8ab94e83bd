//! The tests and programs in C and C++ over one library: the same over this machine's package, as Windows programs over the
//! package for Windows, and under sanitizers.

use crate::cmake::{self, Built, Kit};
use crate::outcome::Counts;
use crate::package::Unpacked;
use crate::process;
use crate::workspace;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Instant;

/// Tests in C, over seenby.h.
const C: &str = "tests/c";
/// Tests of the documented C++ classes.
const CPP: &str = "tests/cpp";
/// Small programs, as users would write them.
const EXAMPLES: [&str; 2] = ["examples/c", "examples/cpp"];
/// The program that plays scenarios through the documented C++ classes.
const AGENT: &str = "tests/cpp/agent";

/// All of them, with the agent started as `start` says.
pub(super) fn all(kit: &Kit, start: impl FnOnce(&Built, &Path) -> io::Result<PathBuf>) -> io::Result<Counts> {
    let mut counts = tests(kit, start)?;
    for project in EXAMPLES {
        counts.add(ctest(kit, project)?);
    }
    Ok(counts)
}

/// All but the examples: the part `package` builds and runs those over the same library.
pub(super) fn tests(kit: &Kit, start: impl FnOnce(&Built, &Path) -> io::Result<PathBuf>) -> io::Result<Counts> {
    let mut counts = Counts::default();
    for project in [C, CPP] {
        counts.add(ctest(kit, project)?);
    }
    counts.add(scenarios(kit, start)?);
    Ok(counts)
}

/// Makes the programs find a package. `standards` of C++ are compiled only to see that the headers compile.
pub(super) fn give(package: &Unpacked, kit: &mut Kit, standards: &str) {
    kit.define("CMAKE_PREFIX_PATH", package.root.as_os_str());
    kit.define("SEENBY_STANDARDS", standards);
    if !cfg!(windows) {
        // A failed check names its line; for more, a debugger wants a build of one's own.
        kit.define("CMAKE_C_FLAGS_DEBUG", "-O0 -g1");
        kit.define("CMAKE_CXX_FLAGS_DEBUG", "-O0 -g1");
    }
}

/// Builds a project and runs its tests.
fn ctest(kit: &Kit, source: &str) -> io::Result<Counts> {
    let began = Instant::now();
    let counts = match cmake::build(kit, Path::new(source))? {
        Ok(built) => built.test()?,
        Err(failed) => {
            failed.show();
            Counts::one(false)
        }
    };
    say(source, counts, began);
    Ok(counts)
}

/// Plays every scenario through the C++ agent, embedded and against a `seenbyd` on this machine. `start` makes of the built
/// agent a program that can be started here.
fn scenarios(kit: &Kit, start: impl FnOnce(&Built, &Path) -> io::Result<PathBuf>) -> io::Result<Counts> {
    let began = Instant::now();
    let built = match cmake::build(kit, Path::new(AGENT))? {
        Ok(built) => built,
        Err(failed) => {
            failed.show();
            return Ok(Counts::one(false));
        }
    };
    let Some(agent) = built.program("agent") else {
        println!("    no program agent was built in {}", built.folder.display());
        return Ok(Counts::one(false));
    };
    let agent = start(&built, &agent)?;
    // Below the tree, so that whatever the agent runs in finds it at the same path.
    let data = std::env::current_dir()?.join("target/xtask/tmp");
    fs::create_dir_all(&data)?;
    let mut command = workspace::scenarios(&format!("{}-", kit.name));
    command
        .env("SEENBY_AGENT", format!("{}='{}'", kit.name, agent.display()))
        .env("SEENBY_AGENT_DATA", format!("{}={}", kit.name, data.display()))
        .envs(kit.env.iter().cloned());
    let finished = process::run(&format!("{}-scenarios", kit.name), &mut command)?;
    if !finished.ok {
        finished.show();
    }
    let counts = Counts::of_cargo_test(&finished.lines, finished.ok);
    say("scenarios through the C++ agent", counts, began);
    Ok(counts)
}

fn say(what: &str, counts: Counts, began: Instant) {
    let failed = if counts.failed > 0 { format!(", {} failed", counts.failed) } else { String::new() };
    println!("  {what}: {} passed{failed}, {:.1} s", counts.passed, began.elapsed().as_secs_f64());
}
