//! The part `windows`: the DLL, and Windows programs that use it, run by Wine.

use super::native;
use super::{Context, cargo, get, has_target};
use crate::chroot::Chroot;
use crate::cmake::Kit;
use crate::outcome::{Counts, Outcome};
use crate::process;
use crate::sdk::{self, Build, Sdk};
use crate::system::{self, Need};
use crate::wine::{self, Wine};
use std::fs;
use std::io;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

const TARGET: &str = "x86_64-pc-windows-gnu";
/// GCC 12's other variant has no threads for C++.
const GCC: &str = "x86_64-w64-mingw32-gcc-posix";
const GXX: &str = "x86_64-w64-mingw32-g++-posix";

pub(super) fn run(context: &Context) -> io::Result<Outcome> {
    if cfg!(windows) {
        let why = "on Windows the part cpp runs the same programs as they are".into();
        return Ok(Outcome::Skipped { why, how: "cargo xtask test cpp".into() });
    }
    if let Err(skipped) = super::cpp::needs(context)? {
        return Ok(skipped);
    }
    let mingw = [
        Need::Program(GCC, "gcc-mingw-w64-x86-64-posix"),
        Need::Program(GXX, "g++-mingw-w64-x86-64-posix"),
        Need::Program("clang++", "clang"),
        Need::Program("lld-link", "lld"),
        Need::Program("llvm-dlltool", "llvm"),
    ];
    if let Err(skipped) = system::packages(context, &mingw)? {
        return Ok(skipped);
    }
    if !has_target(TARGET)
        && let Err(skipped) = get("rustup", TARGET, Command::new("rustup").args(["target", "add", TARGET]))?
    {
        return Ok(skipped);
    }
    let wine = match wine::start(context)? {
        Ok(wine) => wine,
        Err(skipped) => return Ok(skipped),
    };
    // By the environment: a committed setting would be in the way of those who have another linker.
    let mut cargo = cargo();
    cargo.env("CARGO_TARGET_X86_64_PC_WINDOWS_GNU_LINKER", GCC);
    let sdk = match sdk::build(Build { name: "windows", cargo, target: Some(TARGET), folder: None, options: &[] })? {
        Ok(sdk) => sdk,
        Err(failed) => return Ok(super::one(&failed)),
    };
    let mut kit = kit(&wine, &sdk.libraries)?;
    sdk.give_to(&mut kit);
    let mut counts = native::ctest(&kit, native::C)?;
    counts.add(msvc(&wine, &sdk)?);
    Ok(Outcome::Ran(counts))
}

/// A program with MSVC's ABI, through the import library: compiled by clang and linked by lld, without MSVC.
fn msvc(wine: &Wine, sdk: &Sdk) -> io::Result<Counts> {
    let began = Instant::now();
    let folder = std::env::current_dir()?.join("target/xtask/build/windows-msvc");
    fs::create_dir_all(&folder)?;
    let source = std::env::current_dir()?.join("tests/msvc");
    let mut steps = Vec::new();
    let mut compile = Command::new("clang++");
    compile
        .args(["--target=x86_64-pc-windows-msvc", "-std=c++17", "-ffreestanding", "-fno-exceptions", "-fno-rtti"])
        .args(["-Wall", "-Wextra", "-Wpedantic", "-Werror", "-c", "-o", "receipt.obj", "-isystem"])
        .arg(&sdk.include)
        .arg(source.join("receipt.cpp"));
    steps.push(compile);
    let mut kernel32 = Command::new("llvm-dlltool");
    kernel32.args(["-m", "i386:x86-64", "-l", "kernel32.lib", "-d"]).arg(source.join("kernel32.def"));
    steps.push(kernel32);
    fs::write(folder.join("seenby.def"), exports(&fs::read_to_string(sdk.include.join("seenby.h"))?))?;
    let mut import = Command::new("llvm-dlltool");
    import.args(["-m", "i386:x86-64", "-l", "seenby.lib", "-d", "seenby.def"]);
    steps.push(import);
    let mut link = Command::new("lld-link");
    link.args(["/nodefaultlib", "/subsystem:console", "/entry:mainCRTStartup", "/out:receipt.exe", "receipt.obj"])
        .args(["seenby.lib", "kernel32.lib"]);
    steps.push(link);
    let mut run = wine.command(&sdk.libraries);
    run.arg(folder.join("receipt.exe"));
    steps.push(run);
    for mut step in steps {
        let finished = process::run("windows-msvc", step.current_dir(&folder))?;
        if !finished.ok {
            finished.show();
            return Ok(Counts::one(false));
        }
    }
    println!("  a program with MSVC's ABI: passed, {:.1} s", began.elapsed().as_secs_f64());
    Ok(Counts::one(true))
}

/// The .def file of the DLL: every function that the header declares.
fn exports(header: &str) -> String {
    let functions = header.split("SEENBY_API").filter_map(|declaration| {
        let name = declaration.split_once('(')?.0.rsplit(|c: char| !c.is_ascii_alphanumeric() && c != '_').next()?;
        name.starts_with("seenby_").then(|| format!("{name}\n"))
    });
    std::iter::once("LIBRARY seenby.dll\nEXPORTS\n".to_owned()).chain(functions).collect()
}

/// How CMake builds for Windows, and runs what it built.
fn kit(wine: &Wine, dlls: &Path) -> io::Result<Kit> {
    let mut kit = Kit::named("windows");
    let folder = std::env::current_dir()?.join("target/xtask");
    fs::create_dir_all(&folder)?;
    let emulator = folder.join("wine.sh");
    Chroot::script(&wine.command(dlls), &emulator)?;
    kit.define("CMAKE_SYSTEM_NAME", "Windows");
    kit.define("CMAKE_C_COMPILER", GCC);
    kit.define("CMAKE_CXX_COMPILER", GXX);
    kit.define("CMAKE_RC_COMPILER", "x86_64-w64-mingw32-windres");
    kit.define("CMAKE_EXE_LINKER_FLAGS", "-static");
    kit.define("CMAKE_CROSSCOMPILING_EMULATOR", emulator);
    Ok(kit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_declared_function_is_exported() {
        let header = "#define SEENBY_API __declspec(dllimport)\n/** About seenby_b(). */\nSEENBY_API\nconst char *seenby_a(void);\n\
            /** See seenby_a(). */\nSEENBY_API\nint32_t seenby_b(seenby_fn callback,\n  void *p);\n";
        assert_eq!(exports(header), "LIBRARY seenby.dll\nEXPORTS\nseenby_a\nseenby_b\n");
    }
}
