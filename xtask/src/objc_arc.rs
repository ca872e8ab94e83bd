//! Under ARC, for Apple's systems: the Objective-C headers and sources are compiled as far as their meaning, against the stand-ins of
//! Apple's headers in tests/objc/apple. No code comes of it; mistakes in who owns what do.

use crate::files;
use crate::objc;
use crate::outcome::Counts;
use crate::process;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;
use std::time::Instant;

/// The oldest systems that are supported.
const TARGETS: [&str; 3] = ["arm64-apple-ios13.0", "arm64-apple-macos11.0", "x86_64-apple-macos11.0"];
/// Every one of these is an error.
const WARNINGS: [&str; 14] = [
    "-Werror",
    "-Wall",
    "-Wextra",
    "-Wnullability-completeness",
    "-Warc-repeated-use-of-weak",
    "-Warc-maybe-repeated-use-of-weak",
    "-Wimplicit-retain-self",
    "-Wno-unused-parameter",
    "-Wobjc-missing-super-calls",
    "-Wunguarded-availability",
    "-Wstrict-prototypes",
    "-Wdocumentation",
    "-Wdeprecated",
    // No header of C++ is used.
    "-Wno-stdlibcxx-not-found",
];
const STAND_INS: &str = "tests/objc/apple/include";
const MISTAKES: &str = "tests/objc/apple/mistakes";
/// Where each header gets a source that has it alone.
const ALONE: &str = "target/xtask/objc-arc";
const HEADERS: &str = "bindings/objc/include/SeenBy";
/// For headers: what may be nil does not go where nil is not allowed.
const STRICT: &[&str] = &["-Wnullable-to-nonnull-conversion"];
/// The layer, its tests, and programs over it.
const SOURCES: [&str; 7] = [
    "bindings/objc/src",
    "bindings/objc/tests",
    "bindings/objc/tests/vendor",
    "tests/objc/agent",
    "tests/objc/samples",
    "examples/mac",
    "bench/objc",
];

/// Checks all of it. clang is there.
pub(crate) fn run() -> io::Result<Counts> {
    let began = Instant::now();
    let mut counts = Counts::default();
    let own = own()?;
    let headers = files::ending(Path::new(HEADERS), "h")?;
    let mut sources: Vec<(PathBuf, &[&str])> = Vec::new();
    let mut add = |found: Vec<PathBuf>, also: &'static [&str]| {
        let some = !found.is_empty();
        sources.extend(found.into_iter().map(|source| (source, also)));
        counts.add(Counts::one(some));
    };
    add(alone(&headers)?, STRICT);
    for folder in SOURCES {
        add(objc::sources(Path::new(folder))?, &[]);
    }
    let mut checks = Vec::new();
    for target in TARGETS {
        for (source, also) in &sources {
            // That a header is complete is seen once in each language.
            let alone = source.starts_with(ALONE);
            if alone
                && (target == TARGETS[2] || (target == TARGETS[1]) != source.extension().is_some_and(|e| e == "mm"))
            {
                continue;
            }
            let mut command = clang(target, &own);
            command.args(*also).arg(source);
            checks.push((format!("{} under ARC, for {target}", source.display()), command));
        }
    }
    // Two at a time.
    let half = checks.split_off(checks.len() / 2);
    let (one, other) = thread::scope(|scope| {
        let other = scope.spawn(|| each(half, "objc-arc-2"));
        (each(checks, "objc-arc"), other.join().expect("compiling does not panic"))
    });
    counts.add(one?);
    counts.add(other?);
    counts.add(mistakes()?);
    let failed = if counts.failed > 0 { format!(", {} failed", counts.failed) } else { String::new() };
    println!(
        "  under ARC, for Apple's systems: {} passed{failed}, {:.1} s",
        counts.passed,
        began.elapsed().as_secs_f64()
    );
    Ok(counts)
}

/// Runs these; what fails is shown. `log` is the name of what they print.
fn each(checks: Vec<(String, Command)>, log: &str) -> io::Result<Counts> {
    let mut counts = Counts::default();
    for (what, mut command) in checks {
        let finished = process::run(log, &mut command)?;
        if !finished.ok {
            println!("    {what}:");
            finished.show();
        }
        counts.add(Counts::one(finished.ok));
    }
    Ok(counts)
}

/// Each mistake is refused with the words that its first line expects: so the check can fail, in each of these ways.
fn mistakes() -> io::Result<Counts> {
    let mut counts = Counts::default();
    let own = own()?;
    for mistake in files::ending(Path::new(MISTAKES), "m")? {
        let text = fs::read_to_string(&mistake)?;
        let expected = text.lines().next().and_then(|line| line.strip_prefix("// Expected: ")).unwrap_or_default();
        let finished = process::run("objc-arc-mistake", clang(TARGETS[0], &own).args(STRICT).arg(&mistake))?;
        let errors = || finished.lines.iter().filter(|line| line.contains(": error: "));
        let refused = !expected.is_empty() && !finished.ok && errors().any(|line| line.contains(expected));
        if !refused {
            println!("    {} should be refused with {expected:?}:", mistake.display());
            finished.show();
        }
        counts.add(Counts::one(refused));
    }
    Ok(counts)
}

/// A source for each header and language that has only this header, twice.
fn alone(headers: &[PathBuf]) -> io::Result<Vec<PathBuf>> {
    let folder = Path::new(ALONE);
    fs::create_dir_all(folder)?;
    let mut sources = Vec::new();
    for header in headers {
        let Some(name) = header.file_name().map(|name| name.to_string_lossy()) else { continue };
        for language in ["m", "mm"] {
            let source = folder.join(format!("{}.{language}", name.trim_end_matches(".h")));
            fs::write(&source, format!("#import <SeenBy/{name}>\n#include <SeenBy/{name}>\n"))?;
            sources.push(source);
        }
    }
    Ok(sources)
}

/// The compiler's own headers.
fn own() -> io::Result<PathBuf> {
    let output = Command::new("clang").arg("-print-resource-dir").output()?;
    Ok(Path::new(String::from_utf8_lossy(&output.stdout).trim()).join("include"))
}

/// With the headers in `own` and ours, and nothing of this machine's.
fn clang(target: &str, own: &Path) -> Command {
    let mut command = Command::new("clang");
    command.args(["-target", target, "-fsyntax-only", "-fobjc-arc", "-fblocks", "-nostdinc", "-ffreestanding"]);
    command.args(WARNINGS).arg("-isystem").arg(own).args(["-isystem", STAND_INS]);
    command.args(["-Iinclude", "-Ibindings/objc/include", "-Ibindings/objc/src"]);
    command
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_mistake_says_what_is_expected() {
        let mistakes = files::ending(&Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(MISTAKES), "m").unwrap();
        assert!(mistakes.len() >= 8, "{}", mistakes.len());
        for mistake in mistakes {
            let text = fs::read_to_string(&mistake).unwrap();
            assert!(text.starts_with("// Expected: "), "{}", mistake.display());
        }
    }
}
