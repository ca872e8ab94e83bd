//! `cargo xtask test`: runs the parts, and ends by telling what ran, what did not and why.

use crate::outcome::{Counts, Outcome};
use crate::parts::{Context, PARTS, Part};
use anstyle::{AnsiColor, Style};
use clap::Args;
use std::process::ExitCode;
use std::time::{Duration, Instant};

/// The command line.
#[derive(Args)]
pub(crate) struct Options {
    /// Only these parts (see --list); default: all that are not slow.
    parts: Vec<String>,
    /// What is slow too, and tools that must be compiled first.
    #[arg(long)]
    full: bool,
    /// Install system packages that a part needs by sudo; root and CI do without asking.
    #[arg(long)]
    install: bool,
    /// Name the parts, and run nothing.
    #[arg(long)]
    list: bool,
    /// Names of tests and options for `cargo test`, in the part `rust`.
    #[arg(last = true)]
    cargo_test: Vec<String>,
}

const GOOD: Style = AnsiColor::Green.on_default().bold();
const BAD: Style = AnsiColor::Red.on_default().bold();
const DIM: Style = Style::new().dimmed();

pub(crate) fn run(options: &Options) -> ExitCode {
    if options.list {
        for part in PARTS {
            println!("{:8} {}{}", part.name, part.about, if part.slow { " (slow: --full, or by name)" } else { "" });
        }
        return ExitCode::SUCCESS;
    }
    let parts = match chosen(&options.parts, options.full) {
        Ok(parts) => parts,
        Err(sentence) => {
            eprintln!("error: {sentence}");
            return ExitCode::from(2);
        }
    };
    if let Err(e) = std::env::set_current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/..")) {
        eprintln!("error: the folder of the workspace cannot be entered: {e}");
        return ExitCode::FAILURE;
    }
    let context = Context { full: options.full, install: options.install, cargo_test: options.cargo_test.clone() };
    let started = Instant::now();
    let mut done = Vec::new();
    for part in &parts {
        println!("{}: {}", part.name, part.about);
        let began = Instant::now();
        let outcome = (part.run)(&context).unwrap_or_else(|e| {
            println!("    {e}");
            Outcome::Ran(Counts::one(false))
        });
        done.push((*part, outcome, began.elapsed()));
    }
    let left: Vec<_> =
        PARTS.iter().filter(|part| options.parts.is_empty() && !parts.iter().any(|p| p.name == part.name)).collect();
    conclude(&done, &left, started.elapsed())
}

/// The parts that are named, in their order; without names, all that are not slow, or all.
fn chosen(names: &[String], full: bool) -> Result<Vec<&'static Part>, String> {
    for name in names {
        if !PARTS.iter().any(|part| part.name == name) {
            let all: Vec<_> = PARTS.iter().map(|part| part.name).collect();
            return Err(format!("there is no part {name:?}; the parts are {}", all.join(", ")));
        }
    }
    let wanted =
        |part: &&Part| if names.is_empty() { full || !part.slow } else { names.iter().any(|n| n == part.name) };
    Ok(PARTS.iter().filter(wanted).collect())
}

fn conclude(done: &[(&Part, Outcome, Duration)], left: &[&Part], took: Duration) -> ExitCode {
    let mut sum = Counts::default();
    let mut skipped = 0;
    println!();
    println!("What ran, in {}:", seconds(took));
    for (part, outcome, took) in done {
        match outcome {
            Outcome::Ran(counts) => {
                sum.add(*counts);
                let (style, sign) = if counts.failed > 0 { (BAD, "✗") } else { (GOOD, "✓") };
                let mut text = format!("{} passed", counts.passed);
                if counts.failed > 0 {
                    text.push_str(&format!(", {} failed", counts.failed));
                }
                if counts.ignored > 0 {
                    text.push_str(&format!(", {} ignored", counts.ignored));
                }
                anstream::println!("  {style}{sign}{style:#} {:8} {:>8}  {text}", part.name, seconds(*took));
            }
            Outcome::Skipped { why, how } => {
                skipped += 1;
                anstream::println!("  {DIM}–{DIM:#} {:8} {:>8}  skipped: {why}", part.name, "");
                anstream::println!("  {:19}  to run it: {how}", "");
            }
        }
    }
    for part in left {
        anstream::println!("  {DIM}–{DIM:#} {:8} {:>8}  {DIM}slow: with --full, or by name{DIM:#}", part.name, "");
    }
    println!();
    println!("{} passed, {} failed, {} skipped", sum.passed, sum.failed, skipped + sum.ignored);
    if sum.failed > 0 { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

fn seconds(duration: Duration) -> String {
    match duration.as_secs() {
        0..60 => format!("{:.1} s", duration.as_secs_f64()),
        total => format!("{} min {:02} s", total / 60, total % 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(parts: &[&str], full: bool) -> Vec<&'static str> {
        let parts: Vec<String> = parts.iter().map(|part| (*part).to_owned()).collect();
        chosen(&parts, full).unwrap().iter().map(|part| part.name).collect()
    }

    #[test]
    fn slow_parts_run_when_asked_for() {
        assert!(!names(&[], false).contains(&"msrv"));
        assert!(names(&[], true).contains(&"msrv"));
        assert_eq!(names(&["msrv", "fmt"], false), ["fmt", "msrv"]);
    }

    #[test]
    fn an_unknown_part_is_named_with_those_there_are() {
        let error = chosen(&["rst".to_owned()], false).err().unwrap();
        assert!(error.contains("\"rst\"") && error.contains("rust"), "{error}");
    }
}
