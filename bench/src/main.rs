//! Measures what crossing into another language costs, beside the same work through the Rust API:
//! `cargo run --release -p seenby-bench -- c` (C and C++) or `objc`, or, as packages for apps are built, with `--profile dist`
//! for `--release`.

// The time that a thread computes is asked of the system, and programs are built as Unix builds them.
#[cfg(unix)]
mod crossing;
#[cfg(unix)]
mod native;
#[cfg(unix)]
mod objc;
#[cfg(unix)]
mod table;

use std::process::ExitCode;

const USAGE: &str = "usage: cargo run --release -p seenby-bench -- c|objc";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let what: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match what.as_slice() {
        ["c"] => c(),
        ["objc"] => objc(),
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

#[cfg(not(unix))]
fn objc() -> Result<()> {
    c()
}

#[cfg(unix)]
fn c() -> Result<()> {
    use native::Language::{C, Cpp};
    let aims = table::Aims { receipt: 1_000.0, call: 5_000.0 };
    measure(native::Library::C, &[(table::C, C), (table::CPP, Cpp)], aims)
}

/// C beside it is what its layer stands on, over the same library.
#[cfg(unix)]
fn objc() -> Result<()> {
    use native::Language::{C, ObjC};
    let aims = table::Aims { receipt: 2_000.0, call: 5_000.0 };
    measure(native::Library::Apple, &[(table::C, C), (table::OBJC, ObjC)], aims)
}

#[cfg(unix)]
fn measure(library: native::Library, languages: &[(&'static str, native::Language)], aims: table::Aims) -> Result<()> {
    let folder = native::build(library)?;
    let mut programs = Vec::new();
    for (name, language) in languages {
        programs.push((*name, native::program(*language, library, &folder)?));
    }
    // Each several times, in turn, for the machine is not equally busy all the time; the best of each counts.
    let mut table = table::Table::new(languages.iter().map(|(name, _)| *name).collect(), aims);
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
