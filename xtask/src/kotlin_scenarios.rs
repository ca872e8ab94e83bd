//! Every scenario through the documented Java classes: the program of seenby-v2tim's tests, told what to do by the runner.

use crate::outcome::Counts;
use crate::process;
use crate::workspace;
use std::io;
use std::path::{Path, PathBuf};
use std::{env, fs};

/// Where Maven has left what the program is made of.
const TARGET: &str = "bindings/kotlin/seenby-v2tim/target";
const MAIN: &str = "org.seenby.v2tim.scenarios.Agent";

/// Runs them. Maven has compiled the tests, and `library` is what the JVM loads.
pub(crate) fn run(library: &Path) -> io::Result<Counts> {
    let mut scenarios = workspace::scenarios("java-");
    // Java's TLS is its own.
    scenarios.env("SEENBY_AGENT", agent(library)?).env("SEENBY_AGENT_TLS", "java");
    let finished = process::run("kotlin-scenarios", &mut scenarios)?;
    if !finished.ok {
        finished.show();
    }
    Ok(Counts::of_cargo_test(&finished.lines, finished.ok))
}

/// What the runner starts, as `SEENBY_AGENT` has it.
fn agent(library: &Path) -> io::Result<String> {
    let here = env::current_dir()?;
    let target = here.join(TARGET);
    let file = target.join("test.classpath");
    let others = fs::read_to_string(&file).map_err(|e| io::Error::new(e.kind(), format!("{}: {e}", file.display())))?;
    let mut classes = vec![target.join("test-classes"), target.join("classes")];
    classes.extend(env::split_paths(others.trim()));
    let classes = env::join_paths(&classes).map_err(io::Error::other)?;
    let folder: PathBuf = here.join(library.parent().unwrap_or(Path::new("")));
    Ok(format!(
        "java=java -Xmx512m -Djna.nosys=true {} -cp {} {MAIN}",
        quoted(&format!("-Djna.library.path={}", folder.display())),
        quoted(&classes.to_string_lossy()),
    ))
}

/// One word, as a shell reads it.
fn quoted(word: &str) -> String {
    format!("'{}'", word.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_stays_one() {
        assert_eq!(quoted("a b"), "'a b'");
        assert_eq!(quoted("it's"), r"'it'\''s'");
    }
}
