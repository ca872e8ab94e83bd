//! The C library as a program finds it, straight from the build: `find_package(SeenBy)` over what cargo made. For builds
//! that cannot be a package: those with sanitizers.

use crate::cmake::Kit;
use crate::process::{self, Finished};
use std::env;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A build of the C library.
pub(crate) struct Build<'a> {
    /// For the names of folders and logs.
    pub(crate) name: &'a str,
    /// The command to which `rustc -p seenby-ffi …` is added; with environment and toolchain.
    pub(crate) cargo: Command,
    pub(crate) target: &'a str,
    /// Where cargo builds, as `options` say.
    pub(crate) folder: &'a Path,
    /// More options for cargo.
    pub(crate) options: &'a [&'a str],
}

/// A built library, in a folder for CMake to find.
pub(crate) struct Sdk {
    /// For `CMAKE_PREFIX_PATH`.
    prefix: PathBuf,
}

impl Sdk {
    /// Makes a kit use it.
    pub(crate) fn give_to(&self, kit: &mut Kit) {
        kit.define("CMAKE_PREFIX_PATH", self.prefix.as_os_str());
    }
}

/// Where cargo builds.
pub(crate) fn target_folder() -> io::Result<PathBuf> {
    let folder = env::var_os("CARGO_TARGET_DIR").map_or_else(|| "target".into(), PathBuf::from);
    Ok(env::current_dir()?.join(folder))
}

/// Builds the shared library and describes it to CMake; else what failed.
pub(crate) fn build(mut build: Build<'_>) -> io::Result<Result<Sdk, Finished>> {
    let command = &mut build.cargo;
    command.args(["rustc", "-p", "seenby-ffi", "--lib", "--crate-type", "cdylib", "--locked"]).args(build.options);
    command.args(["--target", build.target]);
    let built = process::run(&format!("{}-library", build.name), command)?;
    if !built.ok {
        return Ok(Err(built));
    }
    let library = build.folder.join(build.target).join("debug").join("libseenby.so");
    let prefix = env::current_dir()?.join("target/xtask/sdk").join(build.name);
    fs::create_dir_all(&prefix)?;
    fs::write(prefix.join("SeenByConfig.cmake"), config(&library)?)?;
    Ok(Ok(Sdk { prefix }))
}

fn config(library: &Path) -> io::Result<String> {
    let include = env::current_dir()?.join("include");
    Ok(format!(
        "if(TARGET SeenBy::seenby)\n  return()\nendif()\n\
         add_library(SeenBy::seenby SHARED IMPORTED)\n\
         set_target_properties(SeenBy::seenby PROPERTIES IMPORTED_LOCATION \"{}\" IMPORTED_NO_SONAME TRUE\n  \
         INTERFACE_INCLUDE_DIRECTORIES \"{}\")\n\
         add_library(SeenBy::v2tim INTERFACE IMPORTED)\n\
         set_target_properties(SeenBy::v2tim PROPERTIES INTERFACE_LINK_LIBRARIES SeenBy::seenby\n  \
         INTERFACE_INCLUDE_DIRECTORIES \"{};{}\")\n",
        library.display(),
        include.display(),
        include.display(),
        include.join("v2tim").display(),
    ))
}
