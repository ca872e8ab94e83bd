//! What SeenBy adds to an Android app, weighed without an NDK: the library for JVMs, built with what a device gets, JNA's library,
//! and the classes. An app has one kind of device in each of its downloads.

use super::native::{ABIS, FEATURES};
use super::repository::{property, run, unpack};
use crate::package::target::Target;
use crate::package::{Result, Stop, build, jvm, link, weigh};
use std::ffi::{OsStr, OsString};
use std::fs;
use std::path::Path;

/// What one kind of device may add: our library and JNA's.
const LIMIT: u64 = 3_000_000;

/// Weighs all of it, in `out`. `classes`: an app's, shrunk, with ours in it. Too much is an error.
pub(super) fn check(out: &Path, pom: &Path, classes: &Path) -> Result<()> {
    let (ours, jnas) = (library(out)?, jna(out, pom)?);
    let sum = ours + jnas;
    for (size, what) in [
        (ours, "our library, as devices get it"),
        (jnas, "JNA's"),
        (sum, "what one kind of device adds to an app"),
        (fs::metadata(classes)?.len(), "the classes once for all, shrunk: ours, JNA's, and what they use of Kotlin"),
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

/// The size of JNA's own library, from its AAR: the largest, of the kinds of devices that we have.
fn jna(out: &Path, pom: &Path) -> Result<u64> {
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
    let mut largest = 0;
    for abi in ABIS {
        let file = folder.join("jni").join(abi.name).join("libjnidispatch.so");
        let found = fs::metadata(&file).map_err(|e| Stop::failed(format!("{}: {e}", file.display())))?;
        super::native::aligned(&file)?;
        largest = largest.max(found.len());
    }
    Ok(largest)
}
