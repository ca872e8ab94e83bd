//! The part `targets`: what runs on phones and Macs compiles for them, checked without their SDKs.

use super::{cargo, get, has_target};
use crate::outcome::{Counts, Outcome};
use crate::process;
use std::io;
use std::process::Command;

/// A target, the library that it gets, and that library's features.
struct Check {
    /// Only with `--full`: what differs from another here is the processor.
    slow: bool,
    target: &'static str,
    package: &'static str,
    features: &'static str,
}

/// Together they have the library with and without services inside. Java does TLS; for Apple's systems it is graviola's here, which
/// needs no C compiler.
const CHECKS: &[Check] = &[
    Check { slow: false, target: "armv7-linux-androideabi", package: "seenby-jvm", features: "" },
    Check { slow: true, target: "aarch64-linux-android", package: "seenby-jvm", features: "" },
    Check { slow: true, target: "x86_64-linux-android", package: "seenby-jvm", features: "embedded" },
    Check { slow: false, target: "aarch64-apple-ios", package: "seenby-apple", features: "graviola" },
    Check { slow: false, target: "aarch64-apple-darwin", package: "seenby-apple", features: "graviola,embedded" },
    Check { slow: true, target: "x86_64-apple-darwin", package: "seenby-apple", features: "graviola,embedded" },
];

pub(super) fn run(context: &super::Context) -> io::Result<Outcome> {
    let mut counts = Counts::default();
    let mut skipped = None;
    for check in CHECKS.iter().filter(|check| context.full || !check.slow) {
        match check.run()? {
            Outcome::Ran(ran) => counts.add(ran),
            Outcome::Skipped { why, how } => {
                println!("  skipped {}: {why}; to run it: {how}", check.target);
                counts.ignored += 1;
                skipped = Some(Outcome::Skipped { why, how });
            }
        }
    }
    Ok(match skipped {
        Some(skipped) if counts.passed + counts.failed == 0 => skipped,
        _ => Outcome::Ran(counts),
    })
}

impl Check {
    fn run(&self) -> io::Result<Outcome> {
        if !has_target(self.target) {
            let mut command = Command::new("rustup");
            if let Err(skipped) = get("rustup", self.target, command.args(["target", "add", self.target]))? {
                return Ok(skipped);
            }
        }
        let mut command = cargo();
        command.args(["check", "--locked", "-p", self.package, "--target", self.target]);
        command.args(["--no-default-features", "--features", self.features]);
        let finished = process::run(&format!("targets-{}", self.target), &mut command)?;
        // Code for one system alone is looked at nowhere else.
        let ok = finished.ok && !finished.lines.iter().any(|line| line.starts_with("warning: "));
        if !ok {
            println!("  {} failed, with {} and features {}", self.target, self.package, self.features);
            finished.show();
        }
        Ok(Outcome::Ran(Counts::one(ok)))
    }
}
