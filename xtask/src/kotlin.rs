//! The part `kotlin`: the bindings are those of the interface, and every test of bindings/kotlin passes on this machine's JVM.

use crate::bindings;
use crate::kotlin_scenarios;
use crate::maven::{self, Ran};
use crate::outcome::{Counts, Outcome};
use crate::parts::Context;
use crate::system::{self, Need};
use crate::workspace;
use std::fs;
use std::io;
use std::path::Path;

const PROJECT: &str = "bindings/kotlin";
/// Its modules: what is beside them in these folders is none.
const MODULES: [&str; 2] = [PROJECT, "examples"];

pub(crate) fn run(context: &Context) -> io::Result<Outcome> {
    const NEEDS: [Need; 2] = [Need::Program("javac", "default-jdk-headless"), Need::Program("mvn", "maven")];
    if let Err(skipped) = system::packages(context, &NEEDS)? {
        return Ok(skipped);
    }
    let mut counts = Counts::default();
    if let Err(failed) = bindings::generate()? {
        failed.show();
        counts.add(Counts::one(false));
        return Ok(Outcome::Ran(counts));
    }
    let stale = bindings::stale_of("kotlin")?;
    for file in &stale {
        println!("    {} is not what the interface makes; run `cargo xtask bindings`", file.display());
    }
    counts.add(Counts::one(stale.is_empty()));

    forget_reports()?;
    let pom = format!("{PROJECT}/pom.xml");
    let finished = match maven::run("maven", Path::new(&pom), &["--fail-at-end".into(), "verify".into()])? {
        Ran::Finished(finished) => finished,
        Ran::Unreachable(_) if !stale.is_empty() => return Ok(Outcome::Ran(counts)),
        Ran::Unreachable(why) => {
            return Ok(Outcome::Skipped {
                why: format!("Maven could not fetch what the build needs: {why}"),
                how: format!("with a network, run: mvn -f {pom} verify"),
            });
        }
    };
    let tests = reported()?;
    let found_none = tests == Counts::default();
    if !finished.ok || found_none {
        finished.show();
    }
    counts.add(tests);
    if found_none || (!finished.ok && tests.failed == 0) {
        // It did not compile, or a module's tests did not begin.
        counts.add(Counts::one(false));
        return Ok(Outcome::Ran(counts));
    }
    match workspace::library("seenby-jvm")? {
        Ok(library) => counts.add(kotlin_scenarios::run(&library)?),
        Err(failed) => {
            failed.show();
            counts.add(Counts::one(false));
        }
    }
    Ok(Outcome::Ran(counts))
}

/// The folders of test reports: one in each module.
fn report_folders() -> io::Result<Vec<std::path::PathBuf>> {
    let mut found = Vec::new();
    for modules in MODULES {
        for entry in fs::read_dir(modules)? {
            let folder = entry?.path().join("target/surefire-reports");
            if folder.is_dir() {
                found.push(folder);
            }
        }
    }
    Ok(found)
}

/// An older run's reports must not count for this one.
fn forget_reports() -> io::Result<()> {
    report_folders()?.into_iter().try_for_each(fs::remove_dir_all)
}

/// What surefire counted.
fn reported() -> io::Result<Counts> {
    let mut counts = Counts::default();
    for folder in report_folders()? {
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            if path.extension().is_some_and(|extension| extension == "xml") {
                counts.add(suite(&fs::read_to_string(path)?));
            }
        }
    }
    Ok(counts)
}

/// The counts in the head of a report: `<testsuite … tests="5" errors="0" skipped="1" failures="2" …>`.
fn suite(report: &str) -> Counts {
    let head = report.split_once("<testsuite").and_then(|(_, rest)| rest.split_once('>')).map_or("", |(head, _)| head);
    let number = |name: &str| -> u64 {
        let value = head.split_once(&format!(" {name}=\"")).and_then(|(_, rest)| rest.split_once('"'));
        value.and_then(|(number, _)| number.parse().ok()).unwrap_or(0)
    };
    let (failed, ignored) = (number("errors") + number("failures"), number("skipped"));
    Counts { passed: number("tests").saturating_sub(failed + ignored), failed, ignored }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_is_counted() {
        let report = r#"<?xml version="1.0"?><testsuite name="a" time="1.0" tests="7" errors="1" skipped="2" failures="1" flakes="0">
            <testcase name="x" tests="99"/></testsuite>"#;
        assert_eq!(suite(report), Counts { passed: 3, failed: 2, ignored: 2 });
        assert_eq!(suite("not a report"), Counts::default());
    }
}
