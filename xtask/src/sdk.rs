//! The C library as a program finds it, straight from the build: `find_package(SeenBy)` over what cargo made. For builds
//! that are no package: with sanitizers, and while developing.

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
    /// The target, if it is not this machine's default.
    pub(crate) target: Option<&'a str>,
    /// Where cargo builds, if `options` say so.
    pub(crate) folder: Option<&'a Path>,
    /// More options for cargo.
    pub(crate) options: &'a [&'a str],
}

/// A built library, in a folder for CMake to find.
pub(crate) struct Sdk {
    /// For `CMAKE_PREFIX_PATH`.
    prefix: PathBuf,
    /// Where the shared library is.
    pub(crate) libraries: PathBuf,
    /// Where the headers are.
    pub(crate) include: PathBuf,
}

impl Sdk {
    /// Makes a kit use it.
    pub(crate) fn give_to(&self, kit: &mut Kit) {
        kit.define("CMAKE_PREFIX_PATH", self.prefix.as_os_str());
        if cfg!(windows) {
            let path = env::var_os("PATH").unwrap_or_default();
            let all = std::iter::once(self.libraries.clone()).chain(env::split_paths(&path));
            kit.env("PATH", env::join_paths(all).unwrap_or(path));
        }
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
    if let Some(target) = build.target {
        command.args(["--target", target]);
    }
    let built = process::run(&format!("{}-library", build.name), command)?;
    if !built.ok {
        return Ok(Err(built));
    }
    let folder = match build.folder {
        Some(folder) => folder.to_owned(),
        None => target_folder()?,
    };
    let libraries = folder.join(build.target.unwrap_or_default()).join("debug");
    let is_windows = build.target.map_or(cfg!(windows), |target| target.contains("windows"));
    let (file, import) = if !is_windows {
        (format!("{}seenby{}", env::consts::DLL_PREFIX, env::consts::DLL_SUFFIX), None)
    } else if build.target.map_or(cfg!(target_env = "gnu"), |target| target.ends_with("gnu")) {
        ("seenby.dll".to_owned(), Some("libseenby.dll.a"))
    } else {
        ("seenby.dll".to_owned(), Some("seenby.dll.lib"))
    };
    let prefix = env::current_dir()?.join("target/xtask/sdk").join(build.name);
    fs::create_dir_all(&prefix)?;
    let import = import.map(|import| libraries.join(import));
    fs::write(prefix.join("SeenByConfig.cmake"), config(&libraries.join(file), import.as_deref())?)?;
    Ok(Ok(Sdk { prefix, libraries, include: env::current_dir()?.join("include") }))
}

fn config(library: &Path, import: Option<&Path>) -> io::Result<String> {
    let include = env::current_dir()?.join("include");
    // CMake's way of writing paths.
    let path = |path: &Path| path.display().to_string().replace('\\', "/");
    let import = import.map_or(String::new(), |import| format!(" IMPORTED_IMPLIB \"{}\"", path(import)));
    Ok(format!(
        "if(TARGET SeenBy::seenby)\n  return()\nendif()\n\
         add_library(SeenBy::seenby SHARED IMPORTED)\n\
         set_target_properties(SeenBy::seenby PROPERTIES IMPORTED_LOCATION \"{}\"{import} IMPORTED_NO_SONAME TRUE\n  \
         INTERFACE_INCLUDE_DIRECTORIES \"{}\")\n\
         add_library(SeenBy::v2tim INTERFACE IMPORTED)\n\
         set_target_properties(SeenBy::v2tim PROPERTIES INTERFACE_LINK_LIBRARIES SeenBy::seenby\n  \
         INTERFACE_INCLUDE_DIRECTORIES \"{};{}\")\n",
        path(library),
        path(&include),
        path(&include),
        path(&include.join("v2tim")),
    ))
}
