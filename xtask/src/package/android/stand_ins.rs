//! A device's library, linked without an NDK so that it can be looked at: in the place of Android's libraries are empty ones, and what
//! they would give is not looked for. It runs nowhere. The unwinder, which the NDK would put into it, is missing.

use super::native::{self, Abi};
use crate::package::{Result, Stop, build, link};
use crate::process;
use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What Rust links on Android.
const LIBRARIES: [&str; 6] = ["c", "m", "dl", "log", "unwind", "gcc"];
/// An archive of nothing.
const EMPTY: &str = "!<arch>\n";

/// Links it, with the linker of Rust's own toolchain: unstripped, and as it would ship.
pub(super) fn link(abi: &Abi, out: &Path) -> Result<(PathBuf, PathBuf)> {
    build::add_target(abi.triple)?;
    let folder = out.join("stand-ins").join(abi.name);
    fs::create_dir_all(&folder)?;
    for library in LIBRARIES {
        fs::write(folder.join(format!("lib{library}.a")), EMPTY)?;
    }
    let target = build::target_folder()?.join("device");
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(["rustc", "-p", "seenby-jvm", "--lib", "--locked", "--profile", build::PROFILE]);
    command.args(["--crate-type", "cdylib", "--target", abi.triple, "--target-dir"]).arg(&target);
    command.args(native::FEATURES).arg("--");
    let option = |begin: &str, path: &Path| -> OsString {
        let mut option = OsString::from(begin);
        option.push(path);
        option
    };
    command.arg(option("-Clinker=", &link::rust_tool("rust-lld")?)).arg("-Clinker-flavor=ld.lld");
    command.arg(option("-Clink-arg=-L", &folder));
    command.arg(format!("-Clink-args=--unresolved-symbols=ignore-all {}", native::LINK.join(" ")));
    command.env("CARGO_ENCODED_RUSTFLAGS", build::rustflags(&[])?);
    let finished = process::run(&format!("package-stand-ins-{}", abi.name), &mut command)?;
    if !finished.ok {
        finished.show();
        return Err(Stop::failed(format!("the library does not compile for {}", abi.name)));
    }
    let unstripped = target.join(abi.triple).join(build::PROFILE).join(native::FILE);
    let shared = folder.join(native::FILE);
    link::split(&link::rust_tool("rust-objcopy")?, &unstripped, &folder.join("symbols"), &shared)?;
    Ok((unstripped, shared))
}
