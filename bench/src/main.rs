//! Measures what crossing into another language costs, beside the same work through the Rust API:
//! `cargo run --release -p seenby-bench -- c`, or, as packages for apps are built, with `--profile dist` for `--release`.

// The time that a thread computes is asked of the system, and programs are built as Unix builds them.
#[cfg(unix)]
mod crossing;
#[cfg(unix)]
mod native;
#[cfg(unix)]
mod table;

use std::process::ExitCode;

const USAGE: &str = "usage: cargo run --release -p seenby-bench -- c";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let what: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match what.as_slice() {
        ["c"] => c(),
        other => Err(format!("{other:?} is nothing to measure\n{USAGE}").into()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// What fails here ends the program with its sentence.
type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

#[cfg(not(unix))]
fn c() -> Result<()> {
    Err("this is measured on Linux and macOS".into())
}

#[cfg(unix)]
fn c() -> Result<()> {
    let library = native::library()?;
    let programs = [
        (table::C, native::program(native::Language::C, &library)?),
        (table::CPP, native::program(native::Language::Cpp, &library)?),
    ];
    // Each several times, in turn, for the machine is not equally busy all the time; the best of each counts.
    let mut table = table::Table::default();
    for _ in 0..native::RUNS {
        for (what, receipts, ns) in crossing::measure()? {
            table.add(table::RUST, what, receipts, ns);
        }
        for (language, program) in &programs {
            for (what, receipts, ns) in native::run(program)? {
                table.add(language, &what, receipts, ns);
            }
        }
    }
    table.print();
    Ok(())
}
