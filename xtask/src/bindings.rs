//! `cargo xtask bindings`: what UniFFI makes of the interface in ffi/src/uni, committed where its language keeps its sources.

use crate::process::{self, Finished};
use crate::swift_reader;
use crate::workspace;
use clap::Args;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

/// The command line.
#[derive(Args)]
pub(crate) struct Options {
    /// Write nothing; fail if what is committed is not what would be written.
    #[arg(long)]
    check: bool,
}

/// A language: what it is called, and where its files are committed, by their extension. Swift's header is a module of its own.
const LANGUAGES: &[(&str, &[(&str, &str)])] = &[
    ("kotlin", &[("kt", "bindings/kotlin/seenby-core/src/main/generated")]),
    ("swift", &[("swift", "bindings/swift/Sources/SeenByCore/Generated"), ("h", "bindings/swift/Sources/SeenByFFI")]),
];

/// Where the generator writes before anything is compared.
const FRESH: &str = "target/xtask/bindings";

pub(crate) fn run(options: &Options) -> ExitCode {
    if let Err(e) = std::env::set_current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/..")) {
        eprintln!("error: the folder of the workspace cannot be entered: {e}");
        return ExitCode::FAILURE;
    }
    match generate() {
        Err(e) => {
            eprintln!("error: {e}");
            ExitCode::FAILURE
        }
        Ok(Err(failed)) => {
            failed.show();
            ExitCode::FAILURE
        }
        Ok(Ok(())) if options.check => match stale() {
            Ok(files) if files.is_empty() => ExitCode::SUCCESS,
            Ok(files) => {
                files.iter().for_each(|file| eprintln!("stale: {}", file.display()));
                eprintln!("error: run `cargo xtask bindings`, and commit what it writes");
                ExitCode::FAILURE
            }
            Err(e) => {
                eprintln!("error: {e}");
                ExitCode::FAILURE
            }
        },
        Ok(Ok(())) => match write() {
            Ok(written) => {
                written.iter().for_each(|file| println!("wrote {}", file.display()));
                ExitCode::SUCCESS
            }
            Err(e) => {
                eprintln!("error: {e}");
                ExitCode::FAILURE
            }
        },
    }
}

fn cargo() -> Command {
    Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// Makes the bindings anew, beside those that are committed.
pub(crate) fn generate() -> io::Result<Result<(), Finished>> {
    let library = match workspace::library("seenby-jvm")? {
        Ok(library) => library,
        Err(failed) => return Ok(Err(failed)),
    };
    // A workspace of its own: see its manifest.
    let mut build = cargo();
    build.args(["build", "--locked", "--manifest-path", "ffi/bindgen/Cargo.toml", "--target-dir", "target/bindgen"]);
    let built = process::run("bindgen", &mut build)?;
    if !built.ok {
        return Ok(Err(built));
    }
    if Path::new(FRESH).exists() {
        fs::remove_dir_all(FRESH)?;
    }
    for (language, _) in LANGUAGES {
        let mut generate = Command::new(format!("target/bindgen/debug/seenby-bindgen{}", std::env::consts::EXE_SUFFIX));
        generate.args(["generate", "--language", language, "--no-format", "--out-dir"]);
        generate.arg(Path::new(FRESH).join(language)).arg(&library);
        let generated = process::run("bindings", &mut generate)?;
        if !generated.ok {
            return Ok(Err(generated));
        }
    }
    let swift = Path::new(FRESH).join("swift/SeenByCore.swift");
    let text = swift_reader::in_place(&fs::read_to_string(&swift)?).map_err(io::Error::other)?;
    fs::write(&swift, text)?;
    Ok(Ok(()))
}

/// The committed files that are not what [`generate`] made, those that are missing and those that should not be there.
pub(crate) fn stale() -> io::Result<Vec<PathBuf>> {
    let mut stale = Vec::new();
    for (language, places) in LANGUAGES {
        for (extension, committed) in *places {
            stale.extend(stale_in(&Path::new(FRESH).join(language), Path::new(committed), extension)?);
        }
    }
    Ok(stale)
}

/// [`stale`], of one language.
pub(crate) fn stale_of(language: &str) -> io::Result<Vec<PathBuf>> {
    let places = LANGUAGES.iter().filter(|(name, _)| *name == language).flat_map(|(_, places)| *places);
    let committed: Vec<_> = places.map(|(_, committed)| Path::new(committed)).collect();
    Ok(stale()?.into_iter().filter(|file| committed.iter().any(|folder| file.starts_with(folder))).collect())
}

fn stale_in(fresh: &Path, committed: &Path, extension: &str) -> io::Result<Vec<PathBuf>> {
    let mut names = files(fresh)?;
    names.extend(files(committed)?);
    names.retain(|name| name.extension().is_some_and(|found| found == extension));
    names.sort_unstable();
    names.dedup();
    let differs = |name: &PathBuf| fs::read(fresh.join(name)).ok() != fs::read(committed.join(name)).ok();
    Ok(names.iter().filter(|name| differs(name)).map(|name| committed.join(name)).collect())
}

/// Puts what [`generate`] made where it is committed.
fn write() -> io::Result<Vec<PathBuf>> {
    let stale = stale()?;
    for (language, places) in LANGUAGES {
        for (_, committed) in *places {
            let fresh = Path::new(FRESH).join(language);
            for file in stale.iter().filter_map(|file| file.strip_prefix(committed).ok()) {
                let (from, to) = (fresh.join(file), Path::new(committed).join(file));
                if from.exists() {
                    fs::create_dir_all(to.parent().unwrap_or(Path::new(".")))?;
                    fs::copy(from, to)?;
                } else {
                    fs::remove_file(to)?;
                }
            }
        }
    }
    Ok(stale)
}

/// The files in a folder, relative to it; none if it is not there.
fn files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut folders = vec![PathBuf::new()];
    while let Some(relative) = folders.pop() {
        let entries = match fs::read_dir(folder.join(&relative)) {
            Ok(entries) => entries,
            Err(e) if e.kind() == io::ErrorKind::NotFound => continue,
            Err(e) => return Err(e),
        };
        for entry in entries {
            let entry = entry?;
            let name = relative.join(entry.file_name());
            if entry.file_type()?.is_dir() { folders.push(name) } else { found.push(name) }
        }
    }
    Ok(found)
}
