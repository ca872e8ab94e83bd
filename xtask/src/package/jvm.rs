//! The library that Kotlin and Java load, for JVMs: where JNA looks for it in a JAR.

use super::target::{Format, Target};
use super::{Result, Stop, build, copy_into, link, symbols, weigh, zig};
use crate::process;
use crate::workspace;
use std::env;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The folder beside the repository that the libraries are gathered in, also those of other machines.
pub(super) const NATIVES: &str = "natives";

/// `linux-x86-64/libseenby_jvm.so`, as JNA names systems and processors.
pub(super) fn path(target: &Target) -> Result<PathBuf> {
    let (folder, file) = match target.triple {
        "x86_64-unknown-linux-gnu" => ("linux-x86-64", "libseenby_jvm.so"),
        "aarch64-unknown-linux-gnu" => ("linux-aarch64", "libseenby_jvm.so"),
        "x86_64-apple-darwin" => ("darwin-x86-64", "libseenby_jvm.dylib"),
        "aarch64-apple-darwin" => ("darwin-aarch64", "libseenby_jvm.dylib"),
        "x86_64-pc-windows-msvc" => ("win32-x86-64", "seenby_jvm.dll"),
        "aarch64-pc-windows-msvc" => ("win32-aarch64", "seenby_jvm.dll"),
        other => return Err(Stop::failed(format!("there is no library for JVMs on {other}"))),
    };
    Ok(Path::new(folder).join(file))
}

/// Builds it for `target` into `out/natives`, stripped, and what debuggers want into `out/symbols`.
pub(super) fn make(target: &Target, out: &Path) -> Result<PathBuf> {
    let path = path(target)?;
    if target.through_zig() {
        return Err(Stop::failed(format!("the library for JVMs on {} is built on a Mac", target.triple)));
    }
    let made = compile(target, &[])?;
    let unstripped = made.join(path.file_name().unwrap_or_default());
    let (shared, symbols) = (out.join(NATIVES).join(&path), out.join("symbols").join("jvm").join(&path));
    for file in [&shared, &symbols] {
        fs::create_dir_all(file.parent().unwrap_or(out))?;
    }
    match target.format {
        Format::Elf => {
            link::split(&target.tool("objcopy")?, &unstripped, &symbols.with_extension("so.debug"), &shared)?;
        }
        Format::MachO => {
            let bundle = symbols.with_extension("dylib.dSYM");
            link::run("dsymutil", Command::new("dsymutil").arg(&unstripped).arg("-o").arg(bundle))?;
            link::run("strip", Command::new("strip").arg("-x").arg("-o").arg(&shared).arg(&unstripped))?;
        }
        Format::Msvc => {
            fs::copy(&unstripped, &shared)?;
            copy_into(&unstripped.with_extension("pdb"), symbols.parent().unwrap_or(out))?;
        }
        Format::Mingw => return Err(Stop::failed("JVMs on Windows get the library of Visual Studio's tools")),
    }
    check(&shared)?;
    weigh::show(&unstripped, &shared)?;
    Ok(shared)
}

/// The library of this machine's tests, as `make` lays it out, for what does not ask how it was built: it costs no build of its own.
pub(super) fn of_tests(target: &Target, out: &Path) -> Result<PathBuf> {
    let built = workspace::library("seenby-jvm")?.map_err(|failed| {
        failed.show();
        Stop::failed("the library for JVMs does not compile")
    })?;
    let shared = out.join(NATIVES).join(path(target)?);
    fs::create_dir_all(shared.parent().unwrap_or(out))?;
    match target.format {
        Format::Elf => link::run("strip", Command::new(target.tool("strip")?).arg("-o").arg(&shared).arg(&built))?,
        Format::MachO | Format::Mingw | Format::Msvc => drop(fs::copy(&built, &shared)?),
    }
    Ok(shared)
}

/// Compiles it, with more options for cargo; the folder of the linker's output, with everything for debuggers.
pub(super) fn compile(target: &Target, options: &[&OsStr]) -> Result<PathBuf> {
    build::add_target(target.triple)?;
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(["rustc", "-p", "seenby-jvm", "--lib", "--locked", "--profile", build::PROFILE]);
    command.args(["--crate-type", "cdylib", "--target", target.triple]).args(options).arg("--");
    let flags: &[&str] = match target.format {
        // Threads run in it: unloading would take the code from under them. The linker of x86_64 makes equal functions one.
        Format::Elf if target.triple.starts_with("x86_64") => &["-Clink-arg=-Wl,-z,nodelete,--build-id=sha1,--icf=all"],
        Format::Elf => &["-Clink-arg=-Wl,-z,nodelete,--build-id=sha1"],
        Format::MachO => {
            command.env("MACOSX_DEPLOYMENT_TARGET", zig::MACOS);
            &[]
        }
        Format::Mingw | Format::Msvc => &["-Ctarget-feature=+crt-static"],
    };
    command.args(flags).env("CARGO_ENCODED_RUSTFLAGS", build::rustflags(&[])?);
    let finished = process::run(&format!("package-jvm-{}", target.triple), &mut command)?;
    if !finished.ok {
        finished.show();
        return Err(Stop::failed(format!("the library for JVMs does not compile for {}", target.triple)));
    }
    let named = options.iter().position(|option| *option == "--target-dir").and_then(|at| options.get(at + 1));
    let folder = named.map_or_else(build::target_folder, |folder| Ok(folder.into()))?;
    Ok(folder.join(target.triple).join(build::PROFILE))
}

/// What is true of every library that Kotlin and Java load.
pub(super) fn check(shared: &Path) -> Result<()> {
    if !symbols::is_stripped(shared)? {
        return Err(Stop::failed(format!("{} is not stripped", shared.display())));
    }
    let known = |name: &String| {
        ["uniffi_", "ffi_", "UNIFFI_META"].iter().any(|start| name.starts_with(start))
            // What holds the others in a library that only hands them on.
            || name == "seenby_uniffi_reexport_hack"
    };
    let strange: Vec<_> = symbols::exported(shared)?.into_iter().filter(|name| !known(name)).collect();
    if !strange.is_empty() {
        return Err(Stop::failed(format!("{} exports {strange:?}: more than UniFFI's", shared.display())));
    }
    let bytes = fs::read(shared)?;
    let (here, home) = (env::current_dir()?, env::home_dir().unwrap_or_default());
    for path in [here, home].iter().filter(|path| path.components().count() > 1) {
        let text = path.to_string_lossy();
        if bytes.windows(text.len()).any(|window| window == text.as_bytes()) {
            return Err(Stop::failed(format!("{} names {text}, a path of this machine", shared.display())));
        }
    }
    Ok(())
}
