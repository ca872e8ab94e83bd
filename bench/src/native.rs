//! Builds the library and the programs in C and C++ that use it, and runs them.

use crate::Result;
use std::path::{Path, PathBuf};
use std::process::Command;

/// How often everything is measured.
pub(crate) const RUNS: usize = 5;

#[derive(Clone, Copy)]
pub(crate) enum Language {
    C,
    Cpp,
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn finished(command: &mut Command) -> Result<String> {
    let output = command.output().map_err(|error| format!("{command:?} cannot be started: {error}"))?;
    if !output.status.success() {
        return Err(format!("{command:?}: {}\n{}", output.status, String::from_utf8_lossy(&output.stderr)).into());
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// The folder that the shared library is in: that of this program, for it is built with the same profile.
pub(crate) fn library() -> Result<PathBuf> {
    let here = std::env::current_exe()?;
    let folder = here.parent().ok_or("a program is in a folder")?;
    let profile = folder.file_name().and_then(|name| name.to_str()).ok_or("a profile's folder has a name")?;
    if profile == "debug" {
        return Err("what is not optimised tells nothing: cargo run --release -p seenby-bench -- c".into());
    }
    eprintln!("building the library (profile {profile}) and the programs");
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command.current_dir(root()).args(["rustc", "-q", "--locked", "-p", "seenby-ffi", "--lib", "--profile", profile]);
    finished(command.args(["--crate-type", "cdylib"]))?;
    Ok(folder.to_path_buf())
}

/// The program that measures in this language, built against the headers in `include/` and the library.
pub(crate) fn program(language: Language, library: &Path) -> Result<PathBuf> {
    let (variable, compiler, standard, source) = match language {
        Language::C => ("CC", "cc", "-std=c11", "bench/c/crossing.c"),
        Language::Cpp => ("CXX", "c++", "-std=c++11", "bench/cpp/crossing.cpp"),
    };
    let program = library.join(match language {
        Language::C => "seenby-crossing-c",
        Language::Cpp => "seenby-crossing-cpp",
    });
    let mut command = Command::new(std::env::var_os(variable).unwrap_or_else(|| compiler.into()));
    command.current_dir(root()).args([standard, "-O2", "-pthread", "-Iinclude", "-Iinclude/v2tim", source, "-o"]);
    command.arg(&program).arg("-L").arg(library).arg("-lseenby").arg(format!("-Wl,-rpath,{}", library.display()));
    finished(&mut command)?;
    Ok(program)
}

/// What a program measured, one a line: what, of how many receipts, in ns.
pub(crate) fn run(program: &Path) -> Result<Vec<(String, usize, u64)>> {
    let printed = finished(&mut Command::new(program))?;
    let mut measured = Vec::new();
    for line in printed.lines() {
        match line.split(' ').collect::<Vec<_>>().as_slice() {
            [what, receipts, ns] => measured.push(((*what).to_owned(), receipts.parse()?, ns.parse()?)),
            _ => return Err(format!("{} printed {line:?}", program.display()).into()),
        }
    }
    Ok(measured)
}
