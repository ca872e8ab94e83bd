//! `cargo xtask`: one command for everything that is checked.

mod cache;
mod outcome;
mod parts;
mod process;
mod test;

use clap::Parser;
use std::process::ExitCode;

/// What can be done.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", about = "SeenBy's own tools", version)]
enum Cli {
    /// Test everything, or the parts that are named.
    Test(test::Options),
}

fn main() -> ExitCode {
    let Cli::Test(options) = Cli::parse();
    test::run(&options)
}
