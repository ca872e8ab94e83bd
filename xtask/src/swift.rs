//! The part `swift`: the bindings are those of the interface, and bindings/swift is without a warning in both language modes, and for
//! Apple's systems, and passes its tests. On Linux in a Debian 13, which has Swift; on a Mac with its Xcode.

use crate::bindings;
use crate::chroot::{self, Chroot};
use crate::outcome::{Counts, Outcome};
use crate::parts::Context;
use crate::process::{self, Finished};
use crate::swift_apple;
use crate::swift_scenarios;
use crate::system;
use crate::workspace;
use std::env;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

const PACKAGE: &str = "bindings/swift";
/// An app over it, whose model is tested.
const APP: &str = "examples/ios";
/// What Debian 13 calls what building Swift takes.
const DEBIAN: [&str; 7] = ["swiftlang", "libswiftlang", "gcc", "g++", "libc6-dev", "libstdc++-14-dev", "binutils"];

pub(crate) fn run(context: &Context) -> io::Result<Outcome> {
    let swift = match Swift::get(context)? {
        Ok(swift) => swift,
        Err(skipped) => return Ok(skipped),
    };
    let mut counts = Counts::default();
    let failed = |finished: &Finished, mut counts: Counts| {
        finished.show();
        counts.add(Counts::one(false));
        Ok(Outcome::Ran(counts))
    };
    if let Err(finished) = bindings::generate()? {
        return failed(&finished, counts);
    }
    let stale = bindings::stale_of("swift")?;
    for file in &stale {
        println!("    {} is not what the interface makes; run `cargo xtask bindings`", file.display());
    }
    counts.add(Counts::one(stale.is_empty()));
    let library = match workspace::library("seenby-apple")? {
        Ok(library) => library,
        Err(finished) => return failed(&finished, counts),
    };

    if swift.chroot.is_some() {
        counts.add(swift_apple::run(&swift, context.full)?);
    } else {
        let new = process::run("swift-6", &mut swift.command(Mode::Six, "build", &library)?)?;
        if !new.ok {
            return failed(&new, counts);
        }
        counts.add(Counts::one(true));
    }
    // In mode 5: the list of tests that SwiftPM 6.0 writes on Linux is not clean in mode 6.
    let tests = process::run("swift-test", &mut swift.command(Mode::Five, "test", &library)?)?;
    let counted = tested(&tests.lines, tests.ok);
    if !tests.ok || counted.passed == 0 {
        tests.show();
    }
    counts.add(counted);
    let app = process::run("swift-app", &mut swift.command_in(APP, "swift-app", Mode::Five, "test", &library)?)?;
    let counted = tested(&app.lines, app.ok);
    if !app.ok || counted.passed == 0 {
        app.show();
    }
    counts.add(counted);
    counts.add(receipt(&swift)?);
    counts.add(swift_scenarios::run(&Mode::Five.built().join("ScenarioAgent"), swift.chroot.as_ref())?);
    Ok(Outcome::Ran(counts))
}

/// The README's program, and what it must print.
fn receipt(swift: &Swift) -> io::Result<Counts> {
    let here = env::current_dir()?;
    let program = here.join(Mode::Five.built()).join("SeenByReceipt");
    let mut command = match &swift.chroot {
        None => Command::new(program),
        Some(chroot) => chroot.command(&here, program),
    };
    let finished = process::run("swift-receipt", &mut command)?;
    let printed = |text: &str| finished.lines.iter().any(|line| line == text);
    let ok = finished.ok && printed("1 have read it, 1 have not") && printed("bob has");
    if !ok {
        finished.show();
    }
    Ok(Counts::one(ok))
}

/// Swift as it is had here.
pub(crate) struct Swift {
    /// `None`: the machine's own.
    chroot: Option<Chroot>,
}

/// What the compiler takes the sources for.
#[derive(Clone, Copy)]
pub(crate) enum Mode {
    /// Language mode 5, as most apps have it, with every check of mode 6.
    Five,
    /// Language mode 6.
    Six,
}

impl Mode {
    /// The folder of what is built in it, below target. On Linux nothing is built in mode 6: that it could be is seen by
    /// [`swift_apple`].
    fn name(self) -> &'static str {
        match self {
            Mode::Five => "swift-5",
            Mode::Six => "swift-6",
        }
    }

    /// Where its programs are.
    fn built(self) -> PathBuf {
        Path::new("target").join(self.name()).join("debug")
    }
}

impl Swift {
    /// The machine's Xcode, or a Debian that has Swift.
    pub(crate) fn get(context: &Context) -> io::Result<Result<Self, Outcome>> {
        if cfg!(target_os = "macos") {
            return Ok(match system::on_path("swift") {
                Some(_) => Ok(Self { chroot: None }),
                None => Err(Outcome::Skipped { why: "there is no swift here".into(), how: "install Xcode".into() }),
            });
        }
        let folder = env::current_dir()?;
        Ok(chroot::with(context, &DEBIAN, &[&folder])?.map(|chroot| Self { chroot: Some(chroot) }))
    }

    /// `swift build`, `test` or `run` of the package. Sources stay clean: everything is made below target.
    pub(crate) fn command(&self, mode: Mode, what: &str, library: &Path) -> io::Result<Command> {
        self.command_in(PACKAGE, mode.name(), mode, what, library)
    }

    /// The same of another package, made in a folder below target.
    fn command_in(&self, package: &str, folder: &str, mode: Mode, what: &str, library: &Path) -> io::Result<Command> {
        let here = env::current_dir()?;
        let flags: &[&str] = match mode {
            Mode::Five => &["-strict-concurrency=complete", "-warnings-as-errors"],
            Mode::Six => &["-swift-version", "6", "-warnings-as-errors"],
        };
        let target = here.join("target");
        let home = target.join("swift-home");
        fs::create_dir_all(&home)?;
        let mut command = self.program(&here, "swift");
        command
            .arg(what)
            .args(["--package-path", package, "--disable-sandbox", "--scratch-path"])
            .arg(target.join(folder));
        for (option, folder) in
            [("--cache-path", "cache"), ("--config-path", "config"), ("--security-path", "security")]
        {
            command.arg(option).arg(home.join(folder));
        }
        command.args(flags.iter().flat_map(|flag| ["-Xswiftc", flag]));
        // Where the library is: for the linker, and for what it makes.
        let beside = here.join(library.parent().unwrap_or(Path::new("")));
        let words = [format!("-L{}", beside.display()), "-rpath".into(), beside.display().to_string()];
        command.args(words.iter().flat_map(|word| ["-Xlinker", word]));
        Ok(command)
    }

    /// What SwiftPM reads of a package that it need not be able to build: its targets with their sources.
    pub(crate) fn describe(&self, package: &Path, scratch: &Path) -> io::Result<Finished> {
        let here = env::current_dir()?;
        let mut command = self.program(&here, "swift");
        command.args(["package", "--disable-sandbox", "--package-path"]).arg(package);
        process::run("swift-describe", command.arg("--scratch-path").arg(scratch).args(["describe", "--type", "text"]))
    }

    fn program(&self, here: &Path, name: &str) -> Command {
        match &self.chroot {
            None => Command::new(name),
            Some(chroot) => {
                let mut command = chroot.command(here, "env");
                // Who builds has no home inside.
                command.arg(format!("HOME={}", here.join("target/swift-home").display())).arg(name);
                command
            }
        }
    }

    /// The compiler itself, started in the tree.
    pub(crate) fn compiler(&self) -> io::Result<Command> {
        Ok(self.program(&env::current_dir()?, "swiftc"))
    }

    /// Where this machine sees the interfaces of the compiler's standard library for Linux; none: there are none.
    pub(crate) fn standard_library(&self) -> io::Result<Option<PathBuf>> {
        let output = self.compiler()?.arg("-print-target-info").output()?;
        // `  "runtimeResourcePath": "/usr/lib/swift"`
        let info = String::from_utf8_lossy(&output.stdout);
        let resources = info.lines().find_map(|line| line.trim().strip_prefix("\"runtimeResourcePath\": \""));
        let linux = resources.map(|path| Path::new(path.trim_end_matches([',', '"'])).join("linux"));
        Ok(linux.map(|path| self.chroot.as_ref().map_or(path.clone(), |chroot| chroot.outside(&path))))
    }
}

/// What `swift test` printed: XCTest's lines and those of Swift Testing. A run that failed without a test that did (it did not
/// compile, or crashed) counts as one failure, and so does one without a test.
fn tested(lines: &[String], succeeded: bool) -> Counts {
    let mut counts = Counts::default();
    for line in lines {
        let line = line.trim();
        // `Test Case 'Suite.test' passed (0.1 seconds)`; Swift Testing: `✔ Test name() passed after 0.1 seconds.`
        let swift_testing =
            || line.split_once(" Test ").filter(|(mark, _)| mark.chars().count() == 1).map(|(_, rest)| rest);
        let Some(rest) = line.strip_prefix("Test Case ").or_else(swift_testing) else { continue };
        if rest.starts_with("run ") || rest.starts_with("Case ") {
            continue;
        }
        if rest.contains("' passed (") || rest.contains(" passed after ") {
            counts.passed += 1;
        } else if rest.contains("' failed (") || rest.contains(" failed after ") {
            counts.failed += 1;
        } else if rest.contains("' skipped (") || rest.ends_with(" skipped.") {
            counts.ignored += 1;
        }
    }
    if counts.failed == 0 && (!succeeded || counts.passed == 0) {
        counts.failed = 1;
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counted(text: &str, succeeded: bool) -> Counts {
        tested(&text.lines().map(str::to_owned).collect::<Vec<_>>(), succeeded)
    }

    #[test]
    fn tests_of_both_kinds_are_counted() {
        let text = "Test Suite 'All tests' started at 2026-01-01 00:00:00.000\n\
            Test Case 'A.testOne' started at 2026-01-01 00:00:00.000\n\
            Test Case 'A.testOne' passed (0.001 seconds)\n\
            Test Case '-[Tests.A testTwo]' failed (0.001 seconds).\n\
            Test Case 'A.testThree' skipped (0.0 seconds)\n\
            \t Executed 3 tests, with 1 test skipped and 1 failure (0 unexpected) in 0.0 (0.0) seconds\n\
            ✔ Test \"four\" passed after 0.001 seconds.\n\
            ✘ Test five() failed after 0.001 seconds with 1 issue.\n\
            ✔ Test run with 2 tests passed after 0.001 seconds.\n";
        assert_eq!(counted(text, false), Counts { passed: 2, failed: 2, ignored: 1 });
    }

    #[test]
    fn a_run_without_tests_or_with_a_crash_has_failed() {
        let failed = Counts { passed: 0, failed: 1, ignored: 0 };
        assert_eq!(counted("✔ Test run with 0 tests passed after 0.001 seconds.", true), failed);
        assert_eq!(counted("error: no such module", false), failed);
        let crashed = "Test Case 'A.testOne' passed (0.001 seconds)\nerror: Exited with unexpected signal code 11";
        assert_eq!(counted(crashed, false), Counts { passed: 1, failed: 1, ignored: 0 });
    }
}
