//! The part `windows`: the package for Windows, and Windows programs that use its DLL, run by Wine.

use super::Context;
use super::native;
use crate::chroot::Chroot;
use crate::cmake::Kit;
use crate::outcome::{Counts, Outcome};
use crate::package::{self, Unpacked};
use crate::process;
use crate::system::{self, Need};
use crate::wine::{self, Wine};
use std::fs;
use std::io;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

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
    let package = match package::windows() {
        Ok(package) => package,
        Err(stop) => return Ok(stop.outcome()),
    };
    let size = fs::metadata(package.root.join("bin/seenby.dll"))?.len();
    println!("  seenby.dll: {} KB", size / 1000);
    let mut counts = package::windows_files(&package);
    let dlls = package.root.join("bin");
    let wine = match wine::start(context, &[&package.root])? {
        Ok(wine) => wine,
        // What was found before needs no Wine.
        Err(Outcome::Skipped { why, how }) if counts.failed == 0 => {
            let why = format!("the package was made and looked at, but its programs need Wine: {why}");
            return Ok(Outcome::Skipped { why, how });
        }
        Err(Outcome::Skipped { .. }) => return Ok(Outcome::Ran(counts)),
        Err(other) => return Ok(other),
    };
    let mut kit = kit(&wine, &dlls)?;
    // That the headers compile by themselves is seen in the part `cpp`.
    native::give(&package, &mut kit, "");
    counts.add(msvc(&wine, &package)?);
    counts.add(native::all(&kit, |built, agent| {
        let script = built.folder.join("agent.sh");
        let mut command = wine.command(&dlls);
        Chroot::script(command.arg(agent), &script)?;
        Ok(script)
    })?);
    Ok(Outcome::Ran(counts))
}

/// A program with MSVC's ABI, through the package's import library: compiled by clang and linked by lld, without MSVC.
fn msvc(wine: &Wine, package: &Unpacked) -> io::Result<Counts> {
    let began = Instant::now();
    let folder = std::env::current_dir()?.join("target/xtask/build/windows-msvc");
    fs::create_dir_all(&folder)?;
    let source = std::env::current_dir()?.join("tests/msvc");
    let mut steps = Vec::new();
    let mut compile = Command::new("clang++");
    compile
        .args(["--target=x86_64-pc-windows-msvc", "-std=c++17", "-ffreestanding", "-fno-exceptions", "-fno-rtti"])
        .args(["-Wall", "-Wextra", "-Wpedantic", "-Werror", "-c", "-o", "receipt.obj", "-isystem"])
        .arg(package.root.join("include"))
        .arg(source.join("receipt.cpp"));
    steps.push(compile);
    let mut kernel32 = Command::new("llvm-dlltool");
    kernel32.args(["-m", "i386:x86-64", "-l", "kernel32.lib", "-d"]).arg(source.join("kernel32.def"));
    steps.push(kernel32);
    let mut link = Command::new("lld-link");
    link.args(["/nodefaultlib", "/subsystem:console", "/entry:mainCRTStartup", "/out:receipt.exe", "receipt.obj"])
        .arg(package.root.join("lib/seenby.lib"))
        .arg("kernel32.lib");
    steps.push(link);
    let mut run = wine.command(&package.root.join("bin"));
    run.arg(folder.join("receipt.exe"));
    steps.push(run);
    for mut step in steps {
        let finished = process::run("windows-msvc", step.current_dir(&folder))?;
        if !finished.ok {
            finished.show();
            return Ok(Counts::one(false));
        }
    }
    println!("  a program with MSVC's ABI: 1 passed, {:.1} s", began.elapsed().as_secs_f64());
    Ok(Counts::one(true))
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
