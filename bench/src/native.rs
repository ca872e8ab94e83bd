//! Builds the library and the programs that use it, and runs them.

use crate::{Result, objc};
use std::path::{Path, PathBuf};
use std::process::Command;

/// How often everything is measured.
pub(crate) const RUNS: usize = 5;

#[derive(Clone, Copy)]
pub(crate) enum Language {
    C,
    Cpp,
    ObjC,
}

/// A library that programs are linked with.
#[derive(Clone, Copy)]
pub(crate) enum Library {
    /// Of C and C++.
    C,
    /// Of apps for iOS and Mac.
    Apple,
}

impl Library {
    fn name(self) -> &'static str {
        match self {
            Self::C => "seenby",
            Self::Apple => "seenby_apple",
        }
    }
}

pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

pub(crate) fn finished(command: &mut Command) -> Result<String> {
    let output = command.output().map_err(|error| format!("{command:?} cannot be started: {error}"))?;
    if !output.status.success() {
        return Err(format!("{command:?}: {}\n{}", output.status, String::from_utf8_lossy(&output.stderr)).into());
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// The folder that the shared library is in: that of this program, for it is built with the same profile.
pub(crate) fn build(library: Library) -> Result<PathBuf> {
    let here = std::env::current_exe()?;
    let folder = here.parent().ok_or("a program is in a folder")?;
    let profile = folder.file_name().and_then(|name| name.to_str()).ok_or("a profile's folder has a name")?;
    if profile == "debug" {
        return Err("what is not optimised tells nothing: cargo run --release -p seenby-bench".into());
    }
    eprintln!("building the library (profile {profile}) and the programs");
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command.current_dir(root());
    match library {
        Library::C => {
            command.args(["rustc", "-q", "--locked", "-p", "seenby-ffi", "--lib", "--profile", profile]);
            command.args(["--crate-type", "cdylib"]);
        }
        Library::Apple => {
            command.args(["build", "-q", "--locked", "-p", "seenby-apple", "--profile", profile]);
        }
    }
    finished(&mut command)?;
    Ok(folder.to_path_buf())
}

/// The program that measures in this language, built against the headers in `include/` and the library in `folder`.
pub(crate) fn program(language: Language, library: Library, folder: &Path) -> Result<PathBuf> {
    let (variable, compiler, standard, source) = match language {
        Language::C => ("CC", "cc", "-std=c11", "bench/c/crossing.c"),
        Language::Cpp => ("CXX", "c++", "-std=c++11", "bench/cpp/crossing.cpp"),
        Language::ObjC => return objc::program(folder),
    };
    let program = folder.join(match language {
        Language::C => "seenby-crossing-c",
        _ => "seenby-crossing-cpp",
    });
    let mut command = Command::new(std::env::var_os(variable).unwrap_or_else(|| compiler.into()));
    command.current_dir(root()).args([standard, "-O2", "-pthread", "-Iinclude", "-Iinclude/v2tim", source, "-o"]);
    finished(command.arg(&program).args(linked(library, folder)))?;
    Ok(program)
}

/// How a program finds the library.
pub(crate) fn linked(library: Library, folder: &Path) -> [String; 3] {
    let path = folder.display();
    [format!("-L{path}"), format!("-l{}", library.name()), format!("-Wl,-rpath,{path}")]
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
