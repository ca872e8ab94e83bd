//! The parts of the test: each knows what it needs, gets it or says how to.

mod cpp;
mod native;
mod sanitizers;
mod targets;
mod windows;

use crate::cache;
use crate::outcome::{Counts, Outcome};
use crate::package;
use crate::process::{self, Finished};
use crate::sdk;
use std::io;
use std::process::Command;

/// How the parts are run.
pub(crate) struct Context {
    /// What is slow may be done, tools compiled included.
    pub(crate) full: bool,
    /// System packages may be installed by someone who is not root, and not CI.
    pub(crate) install: bool,
    /// Names of tests, and options, for `cargo test`.
    pub(crate) cargo_test: Vec<String>,
}

/// A part.
pub(crate) struct Part {
    /// What it is called on the command line.
    pub(crate) name: &'static str,
    /// What it shows.
    pub(crate) about: &'static str,
    /// Only with `--full`, or when it is named.
    pub(crate) slow: bool,
    pub(crate) run: fn(&Context) -> io::Result<Outcome>,
}

/// In the order they run: what fails fast comes first.
pub(crate) const PARTS: &[Part] = &[
    Part { name: "fmt", about: "the code is formatted", slow: false, run: fmt },
    Part { name: "clippy", about: "no lint warns, in any target", slow: false, run: clippy },
    Part { name: "rust", about: "every test of the workspace", slow: false, run: rust },
    Part { name: "doc", about: "the documentation builds without a warning", slow: false, run: doc },
    Part { name: "wasm", about: "core builds for browsers (wasm32)", slow: false, run: wasm },
    Part {
        name: "targets",
        about: "the libraries compile for Android, iOS and macOS, without their SDKs",
        slow: false,
        run: targets::run,
    },
    Part { name: "demo", about: "the demo checks itself, over sockets and embedded", slow: false, run: demo },
    Part { name: "kotlin", about: "Kotlin and Java, on this machine's JVM", slow: false, run: crate::kotlin::run },
    Part {
        name: "swift",
        about: "Swift: the package of bindings/swift, built and tested",
        slow: false,
        run: crate::swift::run,
    },
    Part {
        name: "objc",
        about: "Objective-C, on GNUstep or this Mac's Foundation",
        slow: false,
        run: crate::objc::run,
    },
    Part { name: "package", about: "the C package, used as its users would", slow: false, run: crate::package::part },
    Part {
        name: "android",
        about: "the Maven repository for Android and JVMs, used as its users would",
        slow: false,
        run: crate::package::android_part,
    },
    Part { name: "cpp", about: "the C package from C and C++, every scenario through it", slow: false, run: cpp::run },
    Part {
        name: "windows",
        about: "the C package for Windows: all of the part cpp as Windows programs, under Wine",
        slow: false,
        run: windows::run,
    },
    Part { name: "deny", about: "licences, sources and advisories of what we depend on", slow: false, run: deny },
    Part {
        name: "apple",
        about: "the Swift package with the library for macOS: its contents, and what it adds to an app",
        slow: true,
        run: crate::package::apple_part,
    },
    Part {
        name: "asan",
        about: "the part cpp with address and undefined behaviour sanitizers",
        slow: true,
        run: sanitizers::asan,
    },
    Part { name: "tsan", about: "the part cpp with the thread sanitizer", slow: true, run: sanitizers::tsan },
    Part { name: "miri", about: "the tests of the C interface's Rust, under Miri", slow: true, run: sanitizers::miri },
    Part { name: "msrv", about: "the oldest compiler supported still builds everything", slow: true, run: msrv },
];

/// The oldest compiler supported, as the manifest says.
const MSRV: &str = env!("CARGO_PKG_RUST_VERSION");

fn cargo() -> Command {
    Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

fn one(finished: &Finished) -> Outcome {
    if !finished.ok {
        finished.show();
    }
    Outcome::Ran(Counts::one(finished.ok))
}

/// Does what gets `what`, quietly; the reason if that did not work.
pub(crate) fn get(name: &str, what: &str, command: &mut Command) -> io::Result<Result<(), Outcome>> {
    println!("  getting {what}");
    let finished = match process::run(name, command) {
        Ok(finished) => finished,
        Err(e) => {
            let how = format!("install {what} and run this again");
            return Ok(Err(Outcome::Skipped { why: format!("{what} is missing, and {e}"), how }));
        }
    };
    if finished.ok {
        return Ok(Ok(()));
    }
    let words: Vec<_> = std::iter::once(command.get_program())
        .chain(command.get_args())
        .map(|word| word.to_string_lossy().into_owned())
        .collect();
    let last = finished.lines.iter().rev().find(|line| !line.is_empty()).cloned().unwrap_or_default();
    Ok(Err(Outcome::Skipped {
        why: format!("{what} is missing and could not be fetched: {last}"),
        how: format!("with a network, run: {}", words.join(" ")),
    }))
}

/// A component of the toolchain in use (rustfmt, clippy).
fn component(name: &str) -> io::Result<Result<(), Outcome>> {
    let there = cargo().args([name, "--version"]).output().is_ok_and(|output| output.status.success());
    if there {
        return Ok(Ok(()));
    }
    let package = if name == "fmt" { "rustfmt" } else { name };
    get("rustup", package, Command::new("rustup").args(["component", "add", package]))
}

fn fmt(_: &Context) -> io::Result<Outcome> {
    if let Err(skipped) = component("fmt")? {
        return Ok(skipped);
    }
    Ok(one(&process::run("fmt", cargo().args(["fmt", "--all", "--check"]))?))
}

fn clippy(_: &Context) -> io::Result<Outcome> {
    if let Err(skipped) = component("clippy")? {
        return Ok(skipped);
    }
    let mut command = cargo();
    command.args(["clippy", "--workspace", "--all-targets", "--locked", "--", "-D", "warnings"]);
    Ok(one(&process::run("clippy", &mut command)?))
}

fn rust(context: &Context) -> io::Result<Outcome> {
    let mut command = cargo();
    command.args(["test", "--workspace", "--no-fail-fast", "--locked", "--"]).args(&context.cargo_test);
    let finished = process::run("rust", &mut command)?;
    if !finished.ok {
        finished.show();
    }
    Ok(Outcome::Ran(Counts::of_cargo_test(&finished.lines, finished.ok)))
}

fn doc(_: &Context) -> io::Result<Outcome> {
    let mut command = cargo();
    command.args(["doc", "--workspace", "--no-deps", "--locked"]).env("RUSTDOCFLAGS", "-D warnings");
    Ok(one(&process::run("doc", &mut command)?))
}

fn wasm(_: &Context) -> io::Result<Outcome> {
    const TARGET: &str = "wasm32-unknown-unknown";
    if !has_target(TARGET) {
        let mut command = Command::new("rustup");
        if let Err(skipped) = get("rustup", TARGET, command.args(["target", "add", TARGET]))? {
            return Ok(skipped);
        }
    }
    let mut command = cargo();
    Ok(one(&process::run("wasm", command.args(["check", "-p", "seenby-core", "--locked", "--target", TARGET]))?))
}

/// Whether the standard library for a target is installed, by rustup or otherwise.
pub(crate) fn has_target(target: &str) -> bool {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let Ok(output) = Command::new(rustc).args(["--print", "target-libdir", "--target", target]).output() else {
        return false;
    };
    let folder = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    output.status.success()
        && std::fs::read_dir(folder).is_ok_and(|mut entries| {
            entries.any(|e| e.is_ok_and(|e| e.file_name().to_string_lossy().starts_with("libcore")))
        })
}

/// As the README starts it, or of the build that the tests have: minutes less.
fn demo(context: &Context) -> io::Result<Outcome> {
    let options: &[&str] = if context.full {
        &["--release", "--locked", "--bin", "seenby-demo"]
    } else {
        &["--workspace", "--locked", "--bin", "seenby-demo", "--test", "scenarios"]
    };
    let built = process::run("demo-build", cargo().arg("build").args(options))?;
    if !built.ok {
        return Ok(one(&built));
    }
    let folder = sdk::target_folder()?.join(if context.full { "release" } else { "debug" });
    let mut counts = Counts::default();
    for (log, arguments) in [("demo", &[][..]), ("demo-embedded", &["--embedded"][..])] {
        let mut command = Command::new(folder.join(format!("seenby-demo{}", std::env::consts::EXE_SUFFIX)));
        let finished = process::run(log, command.args(arguments))?;
        if !finished.ok {
            println!("  the demo failed: cargo run --release -- {}", arguments.join(" "));
            finished.show();
        }
        counts.add(Counts::one(finished.ok));
    }
    Ok(Outcome::Ran(counts))
}

/// What is shipped or runs its tests, and what makes the bindings: a workspace of its own.
const DEPENDING: [&str; 2] = ["Cargo.toml", "ffi/bindgen/Cargo.toml"];

fn deny(context: &Context) -> io::Result<Outcome> {
    let program = match cache::program("cargo-deny") {
        Some(program) => program,
        None if !context.full => {
            let why = "cargo-deny is not installed, and building it takes minutes";
            // Elsewhere a line at the end is enough: here somebody may take the whole for checked.
            if std::env::var_os("CI").is_some() {
                package::loudly(&format!("licences, sources and advisories are NOT checked: {why}"));
            }
            return Ok(Outcome::Skipped { why: why.into(), how: "cargo xtask test deny --full".into() });
        }
        None => {
            let root = cache::folder();
            let mut command = cargo();
            command.args(["install", "cargo-deny", "--locked", "--root"]).arg(&root);
            if let Err(skipped) = get("cargo-deny", "cargo-deny", &mut command)? {
                return Ok(skipped);
            }
            root.join("bin").join(format!("cargo-deny{}", std::env::consts::EXE_SUFFIX))
        }
    };
    let mut counts = Counts::default();
    for manifest in DEPENDING {
        let check = |what: &[&str]| {
            let mut command = Command::new(&program);
            command.args(["--manifest-path", manifest, "--config", "deny.toml", "--locked", "check"]);
            // What is allowed for one of them need not be in the other.
            command.args(["--allow", "license-not-encountered", "--allow", "advisory-not-detected"]).args(what);
            process::run("deny", &mut command)
        };
        let mut finished = check(&["advisories", "bans", "licenses", "sources"])?;
        // The advisories are a git repository: where it cannot be reached, the rest is checked all the same.
        if !finished.ok && finished.lines.iter().any(|line| line.contains("failed to fetch advisory database")) {
            println!("  {manifest}: the advisory database cannot be fetched: licences, bans and sources only");
            counts.ignored += 1;
            finished = check(&["bans", "licenses", "sources"])?;
        }
        if !finished.ok {
            finished.show();
        }
        counts.add(Counts::one(finished.ok));
    }
    Ok(Outcome::Ran(counts))
}

fn msrv(_: &Context) -> io::Result<Outcome> {
    let there = Command::new("rustup").args(["run", MSRV, "rustc", "--version"]).output();
    if !there.is_ok_and(|output| output.status.success()) {
        let mut command = Command::new("rustup");
        command.args(["toolchain", "install", MSRV, "--profile", "minimal", "--no-self-update"]);
        if let Err(skipped) = get("rustup", &format!("Rust {MSRV}"), &mut command)? {
            return Ok(skipped);
        }
    }
    let mut command = Command::new("rustup");
    command
        .args(["run", MSRV, "cargo", "check", "--workspace", "--all-targets", "--locked"])
        .env_remove("CARGO")
        .env_remove("RUSTC")
        .env_remove("RUSTUP_TOOLCHAIN");
    Ok(one(&process::run("msrv", &mut command)?))
}
