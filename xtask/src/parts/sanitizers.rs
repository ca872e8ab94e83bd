//! The parts `asan`, `tsan` and `miri`: memory, races and undefined behaviour, looked for in all that crosses the C boundary.
//! Rust's side is instrumented too, its standard library included, which takes the nightly compiler.

use super::native;
use super::{Context, get};
use crate::cmake::Kit;
use crate::outcome::{Counts, Outcome};
use crate::process;
use crate::sdk::{self, Build};
use crate::system::{self, Need};
use std::io;
use std::process::Command;

/// The only target for which all of these are at home.
const TARGET: &str = "x86_64-unknown-linux-gnu";

/// Memory and undefined behaviour: everything the part `cpp` runs.
pub(super) fn asan(context: &Context) -> io::Result<Outcome> {
    let mut kit = match prepare(context, "asan", "address", "-fsanitize=address,undefined -fno-sanitize-recover=all")? {
        Ok(kit) => kit,
        Err(outcome) => return Ok(outcome),
    };
    kit.env("ASAN_OPTIONS", "detect_leaks=1:detect_stack_use_after_return=1:abort_on_error=0");
    kit.env("UBSAN_OPTIONS", "print_stacktrace=1");
    Ok(Outcome::Ran(native::all(&kit, |_, agent| Ok(agent.to_owned()))?))
}

/// Races: what has threads of its own, which is all of it.
pub(super) fn tsan(context: &Context) -> io::Result<Outcome> {
    let mut kit = match prepare(context, "tsan", "thread", "-fsanitize=thread")? {
        Ok(kit) => kit,
        Err(outcome) => return Ok(outcome),
    };
    // Not itself instrumented: it is a part of the runtime.
    let runtime = sdk::target_folder()?.join("tsan/runtime.o");
    let mut clang = Command::new("clang");
    clang.args(["-c", "-O1", "-fPIC", "-fno-builtin", "tests/sanitizers/tsan.c", "-o"]).arg(&runtime);
    let compiled = process::run("tsan-runtime", &mut clang)?;
    if !compiled.ok {
        return Ok(super::one(&compiled));
    }
    // Seen by a library that is loaded later, too.
    kit.define("CMAKE_EXE_LINKER_FLAGS", format!("{} -rdynamic", runtime.display()));
    // At a process's end nobody waits for threads that are ending.
    kit.env("TSAN_OPTIONS", "halt_on_error=1:report_thread_leaks=0");
    Ok(Outcome::Ran(native::all(&kit, |_, agent| Ok(agent.to_owned()))?))
}

/// Undefined behaviour in the Rust that holds our `unsafe`: what of its tests Miri can run.
pub(super) fn miri(_: &Context) -> io::Result<Outcome> {
    if let Err(skipped) = nightly(&["miri", "rust-src"])? {
        return Ok(skipped);
    }
    let mut command = on_nightly();
    command
        .args(["miri", "test", "-p", "seenby-ffi", "--lib", "--test", "capi", "--locked"])
        // Clocks and random numbers are the machine's. What lives as long as the process is no leak.
        .env("MIRIFLAGS", "-Zmiri-disable-isolation -Zmiri-ignore-leaks")
        // Some tests panic on purpose, and Miri takes a minute to find out where that was.
        .env("RUST_BACKTRACE", "0");
    let finished = process::run("miri", &mut command)?;
    if !finished.ok {
        finished.show();
    }
    Ok(Outcome::Ran(Counts::of_cargo_test(&finished.lines, finished.ok)))
}

/// The library under a sanitizer, and a kit that builds programs under the same.
fn prepare(context: &Context, name: &str, sanitizer: &str, flags: &str) -> io::Result<Result<Kit, Outcome>> {
    if !cfg!(all(target_os = "linux", target_arch = "x86_64")) {
        let why = format!("the sanitizers are set up for {TARGET} only");
        return Ok(Err(Outcome::Skipped { why, how: "run it there".into() }));
    }
    if let Err(skipped) = super::cpp::needs(context)? {
        return Ok(Err(skipped));
    }
    // GCC's runtime is no match for what LLVM instruments in Rust.
    if let Err(skipped) = system::packages(context, &[Need::Program("clang++", "clang")])? {
        return Ok(Err(skipped));
    }
    if let Err(skipped) = nightly(&["rust-src"])? {
        return Ok(Err(skipped));
    }
    let mut cargo = on_nightly();
    cargo.env("RUSTFLAGS", format!("-Zsanitizer={sanitizer}"));
    let folder = sdk::target_folder()?.join(name);
    let options = ["-Zbuild-std", "--target-dir", &folder.to_string_lossy()];
    let build = Build { name, cargo, target: TARGET, folder: &folder, options: &options };
    let sdk = match sdk::build(build)? {
        Ok(sdk) => sdk,
        Err(failed) => return Ok(Err(super::one(&failed))),
    };
    let mut kit = Kit::named(name);
    sdk.give_to(&mut kit);
    // That the headers compile by themselves is seen in the part `cpp`.
    kit.define("SEENBY_STANDARDS", "");
    kit.define("CMAKE_C_COMPILER", "clang");
    kit.define("CMAKE_CXX_COMPILER", "clang++");
    // A Python that is not instrumented cannot load the library: the runtime of the sanitizer is in the program.
    kit.define("CMAKE_DISABLE_FIND_PACKAGE_Python3", "ON");
    let flags = format!("{flags} -fno-omit-frame-pointer");
    kit.define("CMAKE_C_FLAGS", &flags);
    kit.define("CMAKE_CXX_FLAGS", &flags);
    Ok(Ok(kit))
}

/// Cargo of the nightly toolchain. (`CARGO` and `RUSTC` name the ones that run this.)
fn on_nightly() -> Command {
    let mut command = Command::new("rustup");
    command.args(["run", "nightly", "cargo"]);
    for name in ["CARGO", "RUSTC", "RUSTDOC", "RUSTUP_TOOLCHAIN"] {
        command.env_remove(name);
    }
    command
}

/// The nightly toolchain with these components.
fn nightly(components: &[&str]) -> io::Result<Result<(), Outcome>> {
    let mut list = Command::new("rustup");
    list.args(["component", "list", "--toolchain", "nightly", "--installed"]);
    let installed =
        list.output().map(|output| String::from_utf8_lossy(&output.stdout).into_owned()).unwrap_or_default();
    if components.iter().all(|component| installed.lines().any(|line| line.starts_with(component))) {
        return Ok(Ok(()));
    }
    let mut command = Command::new("rustup");
    command.args(["toolchain", "install", "nightly", "--profile", "minimal", "--no-self-update"]);
    for component in components {
        command.args(["--component", component]);
    }
    get("rustup", &format!("nightly Rust with {}", components.join(" and ")), &mut command)
}
