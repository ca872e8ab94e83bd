//! macOS without a Mac: zig has the C compiler, and the names in the system's library; the linker is rustc's own.

use super::{Result, Stop};
use crate::cache;
use crate::process;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The oldest macOS that the library runs on.
pub(crate) const MACOS: &str = "11.0";

/// `cargo`, with zig as C compiler.
pub(crate) fn cargo() -> Result<Command> {
    let bin = installed()?;
    let mut command = Command::new(bin.join("cargo-zigbuild"));
    // It finds zig through the Python of its own folder.
    let mut path = vec![bin];
    path.extend(env::split_paths(&env::var_os("PATH").unwrap_or_default()));
    command.env("PATH", env::join_paths(path).map_err(|e| Stop::failed(e.to_string()))?);
    Ok(command)
}

/// What is used of the frameworks that the certificate store is asked through: zig has no lists of frameworks. One that is
/// missing here is an error of the linker.
const FRAMEWORKS: &[(&str, &[&str])] = &[
    (
        "CoreFoundation",
        &[
            "CFArrayCreate",
            "CFDataCreate",
            "CFDateCreate",
            "CFErrorCopyDescription",
            "CFErrorGetCode",
            "CFRelease",
            "CFStringCreateWithBytes",
            "CFStringGetBytes",
            "CFStringGetCStringPtr",
            "CFStringGetLength",
            "kCFAbsoluteTimeIntervalSince1970",
            "kCFAllocatorDefault",
            "kCFTypeArrayCallBacks",
        ],
    ),
    (
        "Security",
        &[
            "SecCertificateCreateWithData",
            "SecCopyErrorMessageString",
            "SecPolicyCreateSSL",
            "SecTrustCreateWithCertificates",
            "SecTrustEvaluateWithError",
            "SecTrustSetAnchorCertificates",
            "SecTrustSetAnchorCertificatesOnly",
            "SecTrustSetOCSPResponse",
            "SecTrustSetVerifyDate",
        ],
    ),
];

/// What macOS' own libraries export, for a linker. Of its C library it is zig's list, without the processors that rustc's
/// linker does not know.
pub(crate) fn system_libraries(folder: &Path) -> Result<Vec<PathBuf>> {
    let list = folder_of_zig()?.join("lib").join("libc").join("darwin").join("libSystem.tbd");
    let text = fs::read_to_string(&list).map_err(|e| Stop::failed(format!("{}: {e}", list.display())))?;
    let copy = folder.join("libSystem.tbd");
    fs::write(&copy, text.replace("arm64e.x1-", "arm64e-"))?;
    let mut lists = vec![copy];
    for (framework, names) in FRAMEWORKS {
        let list = folder.join(format!("{framework}.tbd"));
        let names: Vec<_> = names.iter().map(|name| format!("_{name}")).collect();
        let text = format!(
            "--- !tapi-tbd\ntbd-version: 4\ntargets: [ x86_64-macos, arm64-macos ]\n\
             install-name: '/System/Library/Frameworks/{framework}.framework/Versions/A/{framework}'\n\
             exports:\n  - targets: [ x86_64-macos, arm64-macos ]\n    symbols: [ {} ]\n...\n",
            names.join(", ")
        );
        fs::write(&list, text)?;
        lists.push(list);
    }
    Ok(lists)
}

/// Where zig is.
pub(crate) fn folder_of_zig() -> Result<PathBuf> {
    let output = Command::new(installed()?.join("python3"))
        .args(["-c", "import os, ziglang; print(os.path.dirname(ziglang.__file__))"])
        .output()?;
    Ok(PathBuf::from(String::from_utf8_lossy(&output.stdout).trim()))
}

/// The folder of programs of the Python environment in the cache, made when it is not there.
fn installed() -> Result<PathBuf> {
    let folder = cache::folder().join("zig");
    let bin = folder.join("bin");
    if bin.join("cargo-zigbuild").is_file() {
        return Ok(bin);
    }
    println!("  getting zig");
    let mut venv = Command::new("python3");
    venv.args(["-m", "venv"]).arg(&folder);
    let mut pip = Command::new(bin.join("pip"));
    pip.args(["install", "--quiet", "ziglang==0.17.0", "cargo-zigbuild==0.24.0"]);
    for command in [&mut venv, &mut pip] {
        let done = process::run("zig", command);
        if !done.as_ref().is_ok_and(|finished| finished.ok) {
            let why = match done {
                Ok(finished) => finished.lines.last().cloned().unwrap_or_default(),
                Err(e) => e.to_string(),
            };
            return Err(Stop::Missing {
                why: format!("zig is missing and could not be fetched: {why}"),
                how: "with Python 3 and a network, run this again".into(),
            });
        }
    }
    Ok(bin)
}
