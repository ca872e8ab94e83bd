//! Compiles the library for a target: one archive, from which everything else is made.

use super::target::{Format, Target};
use super::{Result, Stop, zig};
use crate::process;
use cargo_metadata::MetadataCommand;
use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The profile in the workspace's Cargo.toml.
pub(super) const PROFILE: &str = "dist";

/// Which libraries of the system each target's static library needs, as linkers are told. It is committed: a dependency that
/// brings another is seen before somebody's program no longer links.
pub(crate) const NATIVE_LIBS: &str = "packaging/c/native-libs.txt";

/// What the compiler made.
pub(crate) struct Compiled {
    /// The static library.
    pub(crate) archive: PathBuf,
    /// Only by Visual Studio's tools: the DLL, with its import library and PDB beside it. Elsewhere it is linked here.
    pub(crate) dll: Option<PathBuf>,
}

/// Compiles for `target`.
pub(crate) fn compile(target: &Target) -> Result<Compiled> {
    add_target(target.triple)?;
    let folder = target_folder()?.join(target.triple).join(PROFILE);
    let dll = if target.format == Format::Msvc {
        // With the C runtime inside, it needs no redistributable package. The static library follows the program's /MD.
        cargo(target, "cdylib", &["-Ctarget-feature=+crt-static"])?;
        Some(keep(&folder, &["seenby.dll", "seenby.dll.lib", "seenby.pdb"])?)
    } else {
        None
    };
    let native = cargo(target, "staticlib", &[])?;
    let committed = native_libs(target)?;
    if native != committed {
        return Err(Stop::failed(format!(
            "the static library for {} needs {:?}, and {NATIVE_LIBS} says {:?}. If that is meant, correct the file: pkg-config, \
             CMake and the package's README follow it",
            target.triple,
            native.join(" "),
            committed.join(" ")
        )));
    }
    let archive = folder.join(if target.format == Format::Msvc { "seenby.lib" } else { "libseenby.a" });
    Ok(Compiled { archive, dll })
}

/// The libraries of the system that the static library needs, as committed.
pub(crate) fn native_libs(target: &Target) -> Result<Vec<String>> {
    let text = fs::read_to_string(NATIVE_LIBS)?;
    text.lines()
        .filter_map(|line| line.split_once(':'))
        .find(|(triple, _)| triple.trim() == target.triple)
        .map(|(_, libs)| libs.split_whitespace().map(str::to_owned).collect())
        .ok_or_else(|| Stop::failed(format!("{NATIVE_LIBS} has no line for {}", target.triple)))
}

/// Runs cargo; the libraries of the system that a static library needs, as rustc says.
fn cargo(target: &Target, crate_type: &str, flags: &[&str]) -> Result<Vec<String>> {
    let mut command = if target.through_zig() {
        zig::cargo()?
    } else {
        Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
    };
    command
        .args(["rustc", "-p", "seenby-ffi", "--lib", "--locked", "--profile", PROFILE])
        .args(["--crate-type", crate_type, "--target", target.triple])
        .args(["--", "--print", "native-static-libs"])
        .env("CARGO_ENCODED_RUSTFLAGS", rustflags(flags)?);
    if target.format == Format::MachO {
        command.env("MACOSX_DEPLOYMENT_TARGET", zig::MACOS);
    }
    let finished = process::run(&format!("package-{}", target.triple), &mut command)?;
    if !finished.ok {
        finished.show();
        return Err(Stop::failed(format!("the library does not compile for {}", target.triple)));
    }
    if crate_type != "staticlib" {
        return Ok(Vec::new());
    }
    let line = finished.lines.iter().find_map(|line| line.trim().strip_prefix("note: native-static-libs:"));
    let line = line.ok_or_else(|| Stop::failed("rustc did not say which libraries the static library needs"))?;
    let mut libs: Vec<String> = line.split_whitespace().map(str::to_owned).collect();
    libs.dedup();
    Ok(libs)
}

/// No path of this machine is in what is shipped, so that the same sources give the same library elsewhere. A frame pointer
/// spares the tables for unwinding every push and pop: a third of them; so does inlining a little more than "z" would.
pub(super) fn rustflags(more: &[&str]) -> Result<OsString> {
    let root = env::current_dir()?;
    let crates = cargo_home().join("registry").join("src");
    let mut flags: Vec<String> =
        env::var("RUSTFLAGS").unwrap_or_default().split_whitespace().map(str::to_owned).collect();
    flags.push(format!("--remap-path-prefix={}=seenby", root.display()));
    flags.push(format!("--remap-path-prefix={}=crates", crates.display()));
    // The standard library's sources are here where the component rust-src is, and elsewhere have this name.
    let std = sysroot()?.join("lib/rustlib/src/rust");
    flags.push(format!("--remap-path-prefix={}=/rustc/{}", std.display(), rustc(&["-vV"], "commit-hash: ")?));
    flags.push("-Cforce-frame-pointers=yes".into());
    flags.push("-Cllvm-args=-inline-threshold=25".into());
    flags.extend(more.iter().map(|flag| (*flag).to_owned()));
    Ok(flags.join("\x1f").into())
}

/// Where the compiler in use is installed.
pub(super) fn sysroot() -> Result<PathBuf> {
    Ok(PathBuf::from(rustc(&["--print", "sysroot"], "")?))
}

/// The line that begins so of what the compiler in use says; what stands after it.
fn rustc(arguments: &[&str], begin: &str) -> Result<String> {
    let rustc = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let output = Command::new(rustc).args(arguments).output()?;
    let said = String::from_utf8_lossy(&output.stdout);
    let found = said.lines().find_map(|line| line.strip_prefix(begin));
    found.map(|rest| rest.trim().to_owned()).ok_or_else(|| Stop::failed(format!("rustc {arguments:?} said: {said}")))
}

fn cargo_home() -> PathBuf {
    let named = env::var_os("CARGO_HOME").filter(|value| !value.is_empty()).map(PathBuf::from);
    let home = || env::home_dir().unwrap_or_default().join(".cargo");
    named.unwrap_or_else(home)
}

/// The folder that cargo writes to.
pub(crate) fn target_folder() -> Result<PathBuf> {
    let metadata = MetadataCommand::new().no_deps().exec().map_err(|e| Stop::failed(e.to_string()))?;
    Ok(metadata.target_directory.into_std_path_buf())
}

/// Copies what the next run of cargo would write over.
fn keep(folder: &Path, files: &[&str]) -> Result<PathBuf> {
    let kept = folder.join("shared");
    fs::create_dir_all(&kept)?;
    for file in files {
        fs::copy(folder.join(file), kept.join(file)).map_err(|e| Stop::failed(format!("{file}: {e}")))?;
    }
    Ok(kept.join(files[0]))
}

/// Gets the standard library for a target.
pub(super) fn add_target(triple: &str) -> Result<()> {
    if crate::parts::has_target(triple) {
        return Ok(());
    }
    let mut command = Command::new("rustup");
    match process::run("rustup", command.args(["target", "add", triple])) {
        Ok(finished) if finished.ok => Ok(()),
        _ => Err(Stop::Missing {
            why: format!("the standard library for {triple} is missing"),
            how: format!("with a network, run: rustup target add {triple}"),
        }),
    }
}
