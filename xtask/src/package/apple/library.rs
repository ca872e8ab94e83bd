//! The static library for one target: on a Mac by Xcode's tools, elsewhere by zig and clang as far as they go.

use super::{IOS, Platform, Slice};
use crate::package::header::HEADER;
use crate::package::target::program;
use crate::package::{Result, Stop, build, link, symbols, zig};
use crate::process;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What C asks about iOS when it is compiled without Xcode.
const CONDITIONS: &str = "\
#define TARGET_OS_MAC 1
#define TARGET_OS_IPHONE 1
#define TARGET_OS_IOS 1
#define TARGET_OS_OSX 0
#define TARGET_OS_SIMULATOR 0
";

/// A static library, stripped of debug information.
pub(super) struct Built {
    pub(super) slice: &'static Slice,
    pub(super) archive: PathBuf,
}

pub(super) const FILE: &str = "libSeenByFFI.a";

/// What an iPhone's library is built with: no service inside, which release builds refuse there anyway (R28). Those for simulators and
/// Macs have it, where apps' own tests run.
const IPHONE: &[&str] = &["--no-default-features", "--features", "ring"];

/// As it is shipped.
pub(super) fn build(slice: &'static Slice) -> Result<Built> {
    let features = if slice.platform == Platform::Ios { IPHONE } else { &[] };
    made(slice, features, &build::target_folder()?)
}

/// With an iPhone's features, to see what an iPhone's app grows by where one for iOS cannot be linked.
pub(super) fn as_for_iphones(slice: &'static Slice) -> Result<Built> {
    // A folder of its own: cargo would not notice that the file is another's.
    made(slice, IPHONE, &build::target_folder()?.join("device"))
}

fn made(slice: &'static Slice, features: &[&str], target: &Path) -> Result<Built> {
    build::add_target(slice.triple)?;
    let mut command = cargo(slice)?;
    command.args(["rustc", "-p", "seenby-apple", "--lib", "--locked", "--profile", build::PROFILE]);
    command.args(["--crate-type", "staticlib", "--target", slice.triple, "--target-dir"]).arg(target).args(features);
    command.env("CARGO_ENCODED_RUSTFLAGS", build::rustflags(&[])?);
    command.env("MACOSX_DEPLOYMENT_TARGET", zig::MACOS).env("IPHONEOS_DEPLOYMENT_TARGET", IOS);
    let finished = process::run(&format!("package-apple-{}", slice.triple), &mut command)?;
    if !finished.ok {
        finished.show();
        return Err(Stop::failed(format!("the library does not compile for {}", slice.triple)));
    }
    let made = target.join(slice.triple).join(build::PROFILE).join("libseenby_apple.a");
    let folder = target.join("xtask").join("package").join("apple").join(slice.triple);
    fs::create_dir_all(&folder)?;
    let archive = folder.join(FILE);
    if cfg!(target_os = "macos") {
        link::run("strip", Command::new("strip").arg("-S").arg("-o").arg(&archive).arg(&made))?;
    } else {
        let mut objcopy = Command::new(link::rust_tool("rust-objcopy")?);
        link::run("strip", objcopy.arg("--strip-debug").arg(&made).arg(&archive))?;
    }
    check(slice, &archive)?;
    Ok(Built { slice, archive })
}

/// Both interfaces are in it.
fn check(slice: &Slice, archive: &Path) -> Result<()> {
    let defined = symbols::defined(archive)?;
    let (swift, c) = super::measure::functions()?;
    for (header, declared) in [(super::swift_package::UNIFFI_HEADER, swift), (HEADER, c)] {
        let missing: Vec<_> = declared.difference(&defined).collect();
        if !missing.is_empty() {
            return Err(Stop::failed(format!("the library for {} lacks {missing:?} of {header}", slice.triple)));
        }
    }
    Ok(())
}

/// cargo, with what compiles C for the target.
fn cargo(slice: &Slice) -> Result<Command> {
    let plain = || Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    if cfg!(target_os = "macos") {
        return Ok(plain());
    }
    if slice.platform == Platform::Macos {
        return zig::cargo();
    }
    // There is no SDK for iOS here. What is compiled (ring) needs the headers of C alone, which zig has.
    let mut command = plain();
    let zig = zig::folder_of_zig()?;
    let headers = zig.join("lib").join("libc").join("include").join("any-darwin-any");
    let name = slice.triple.replace('-', "_");
    command.env(format!("CC_{name}"), program("clang", "clang")?);
    command.env(format!("AR_{name}"), program("llvm-ar", "llvm")?);
    // Apple's own header for this wants a newer clang than Debian's.
    let conditions = build::target_folder()?.join("xtask").join("package").join("apple").join("ios");
    fs::create_dir_all(&conditions)?;
    fs::write(conditions.join("TargetConditionals.h"), CONDITIONS)?;
    let flags = format!("-isystem {} -isystem {}", conditions.display(), headers.display());
    command.env(format!("CFLAGS_{name}"), flags);
    // Where one is named, nobody asks Xcode for another.
    command.env("SDKROOT", zig);
    Ok(command)
}
