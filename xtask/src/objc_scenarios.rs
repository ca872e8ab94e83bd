//! Every scenario through the documented Objective-C classes: the program in tests/objc/agent, told what to do by the runner.

use crate::objc::{self, Kit};
use crate::outcome::Counts;
use crate::process;
use crate::workspace;
use std::env;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Instant;

const AGENT: &str = "tests/objc/agent";

/// Runs them, embedded and against a `seenbyd` on this machine. `layer` are the objects of the classes.
pub(crate) fn run(kit: &Kit, layer: &[PathBuf]) -> io::Result<Counts> {
    let began = Instant::now();
    let mut objects = match kit.objects("agent", &objc::sources(Path::new(AGENT))?, &[])? {
        Ok(objects) => objects,
        Err(failed) => {
            failed.show();
            return Ok(Counts::one(false));
        }
    };
    objects.extend(layer.iter().cloned());
    let agent = match kit.link("scenario-agent", &objects)? {
        Ok(agent) => agent,
        Err(failed) => {
            failed.show();
            return Ok(Counts::one(false));
        }
    };
    let name = kit.name.replace('-', "_");
    let data = env::current_dir()?.join("target/xtask/tmp");
    fs::create_dir_all(&data)?;
    let mut scenarios = workspace::scenarios(&format!("{name}-"));
    scenarios
        .env("SEENBY_AGENT", format!("{name}='{}'", agent.display()))
        .env("SEENBY_AGENT_DATA", format!("{name}={}", data.display()))
        // GNUstep keeps what it made once until the end.
        .env("ASAN_OPTIONS", "detect_leaks=0:abort_on_error=0");
    let finished = process::run(&format!("{}-scenarios", kit.name), &mut scenarios)?;
    if !finished.ok {
        finished.show();
    }
    let counts = Counts::of_cargo_test(&finished.lines, finished.ok);
    let failed = if counts.failed > 0 { format!(", {} failed", counts.failed) } else { String::new() };
    println!(
        "  scenarios through {}: {} passed{failed}, {:.1} s",
        kit.name,
        counts.passed,
        began.elapsed().as_secs_f64()
    );
    Ok(counts)
}
