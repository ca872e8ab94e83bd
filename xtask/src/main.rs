//! `cargo xtask`: one command for everything that is checked.

mod bindings;
mod cache;
mod chroot;
mod cmake;
mod files;
mod kotlin;
mod kotlin_scenarios;
mod maven;
mod objc;
mod objc_arc;
#[cfg(test)]
mod objc_calls;
mod objc_examples;
mod objc_scenarios;
mod objc_system;
mod outcome;
mod package;
mod parts;
mod process;
mod sdk;
mod swift;
mod swift_apple;
mod swift_reader;
mod swift_scenarios;
mod system;
mod test;
mod wine;
mod workspace;

use clap::Parser;
use std::process::ExitCode;

/// What can be done.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", about = "SeenBy's own tools", version)]
enum Cli {
    /// Test everything, or the parts that are named.
    Test(test::Options),
    /// Write what UniFFI makes of the interface in ffi/src/uni, for Kotlin and Swift.
    Bindings(bindings::Options),
    /// Make what apps link: docs/packaging.md.
    Package(package::Options),
}

fn main() -> ExitCode {
    match Cli::parse() {
        Cli::Test(options) => test::run(&options),
        Cli::Bindings(options) => bindings::run(&options),
        Cli::Package(options) => package::run(&options),
    }
}
