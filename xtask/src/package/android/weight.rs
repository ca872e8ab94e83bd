//! What SeenBy adds to an Android app, weighed without an NDK: the library for JVMs, built with what a device gets, JNA's library,
//! and the classes. An app has one kind of device in each of its downloads.

use super::native::{ABIS, FEATURES};
use super::repository::{property, run, unpack};
use crate::package::target::Target;
use crate::package::{Result, Stop, build, jvm, link, weigh};
use std::ffi::{OsStr, OsString};
use std::fs;
use std::path::{Path, PathBuf};

/// What one kind of device may add, our library and JNA's together.
const LIMIT: u64 = 3_000_000;

/// Weighs all of it, in `out`. `classes`: ours. Too much is an error.
pub(super) fn check(out: &Path, pom: &Path, classes: &Path) -> Result<()> {
    let jna = unpacked_jna(out, pom)?;
    let (ours, jnas) = (library(out)?, largest(&jna)?);
    let size = |file: &Path| fs::metadata(file).map(|metadata| metadata.len());
    let sum = ours + jnas;
    for (size, what) in [
        (ours, "our library, as devices get it"),
        (jnas, "JNA's"),
        (sum, "what one kind of device adds to an app"),
        (size(classes)? + size(&jna.join("classes.jar"))?, "our classes and JNA's, compressed and not shrunk"),
    ] {
        println!("  {:>9}  {what}", weigh::kilobytes(size));
    }
    if sum > LIMIT {
        return Err(Stop::failed(format!(
            "one kind of device adds {} to an app, and may add {}",
            weigh::kilobytes(sum),
            weigh::kilobytes(LIMIT)
        )));
    }
    Ok(())
}

/// The size of this machine's library with the features of a device's, stripped.
fn library(out: &Path) -> Result<u64> {
    let host = Target::host()?;
    // A folder of its own: cargo would not notice that the file is another's.
    let folder = build::target_folder()?.join("device");
    let mut options: Vec<&OsStr> = FEATURES.iter().map(OsStr::new).collect();
    options.extend([OsStr::new("--target-dir"), folder.as_os_str()]);
    let unstripped = jvm::compile(&host, &options)?.join(super::native::FILE);
    let (symbols, shared) = (out.join("device.so.debug"), out.join("device.so"));
    link::split(&host.tool("objcopy")?, &unstripped, &symbols, &shared)?;
    jvm::check(&shared)?;
    weigh::show(&unstripped, &shared)?;
    Ok(fs::metadata(&shared)?.len())
}

/// JNA's AAR, unpacked.
fn unpacked_jna(out: &Path, pom: &Path) -> Result<PathBuf> {
    let version = property(Path::new(super::aar::PARENT), "jna.version")?;
    let aar = out.join(format!("jna-{version}.aar"));
    if !aar.is_file() {
        let arguments: [OsString; 3] = [
            "dependency:copy".into(),
            format!("-Dartifact=net.java.dev.jna:jna:{version}:aar").into(),
            format!("-DoutputDirectory={}", out.display()).into(),
        ];
        run("maven-jna", pom, &arguments)?;
    }
    let folder = out.join("jna");
    let _ = fs::remove_dir_all(&folder);
    unpack(&aar, &folder)?;
    Ok(folder)
}

/// The size of JNA's own library: the largest, of the kinds of devices that we have.
fn largest(jna: &Path) -> Result<u64> {
    let mut largest = 0;
    for abi in ABIS {
        let file = jna.join("jni").join(abi.name).join("libjnidispatch.so");
        let found = fs::metadata(&file).map_err(|e| Stop::failed(format!("{}: {e}", file.display())))?;
        super::native::aligned(&file)?;
        largest = largest.max(found.len());
    }
    Ok(largest)
}
