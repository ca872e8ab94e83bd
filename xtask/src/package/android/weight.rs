//! What SeenBy adds to an Android app, weighed without an NDK: the library for JVMs, built with what a device gets, and the devices'
//! own, each with JNA's; and the classes. An app has one kind of device in each of its downloads.

use super::native::{ABIS, Abi, FEATURES};
use super::repository::{property, run, unpack};
use super::stand_ins;
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
    let jnas = ABIS.iter().map(|abi| jnas(&jna, abi)).collect::<Result<Vec<_>>>()?;
    let mut kinds = vec![("a JVM's", library(out)?, jnas.iter().copied().max().unwrap_or(0))];
    for (abi, jna) in ABIS.iter().zip(&jnas) {
        kinds.push((abi.name, device(abi, out)?, *jna));
    }
    let classes = size(classes)? + size(&jna.join("classes.jar"))?;
    println!("  {:>9}  our classes and JNA's, compressed and not shrunk", weigh::kilobytes(classes));
    for (kind, ours, jnas) in kinds {
        let sum = ours + jnas;
        let [whole, ours, jnas] = [sum, ours, jnas].map(weigh::kilobytes);
        println!("  {whole:>9}  what one kind of device adds to an app: {kind} {ours}, and JNA's {jnas}");
        if sum > LIMIT {
            return Err(Stop::failed(format!(
                "{kind} and JNA's have {whole}, and may have {}",
                weigh::kilobytes(LIMIT)
            )));
        }
    }
    Ok(())
}

fn size(file: &Path) -> Result<u64> {
    let found = fs::metadata(file).map_err(|e| Stop::failed(format!("{}: {e}", file.display())))?;
    Ok(found.len())
}

/// The size of a device's library, without the NDK's unwinder.
fn device(abi: &Abi, out: &Path) -> Result<u64> {
    let (unstripped, shared) = stand_ins::link(abi, out)?;
    jvm::check(&shared)?;
    super::native::aligned(&shared)?;
    println!("{}", abi.name);
    weigh::show(&unstripped, &shared)?;
    size(&shared)
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
    size(&shared)
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

/// The size of JNA's own library for a kind of device.
fn jnas(jna: &Path, abi: &Abi) -> Result<u64> {
    let file = jna.join("jni").join(abi.name).join("libjnidispatch.so");
    super::native::aligned(&file)?;
    size(&file)
}
