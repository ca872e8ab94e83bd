//! How the program in Objective-C is built: the layer's sources and its own, optimised as an app's, with GNUstep or on a Mac.

use crate::Result;
use crate::native::{Library, finished, linked, root};
use std::path::{Path, PathBuf};
use std::process::Command;

const SOURCES: &str = "bindings/objc/src";
/// What GNUstep's blocks lack.
const GNUSTEP: &str = "bindings/objc/gnustep";

/// The program that measures, with the layer in it, as it is in apps.
pub(crate) fn program(folder: &Path) -> Result<PathBuf> {
    let program = folder.join("seenby-crossing-objc");
    let mac = cfg!(target_os = "macos");
    let mut clang = Command::new("clang");
    clang.current_dir(root()).args(["-fblocks", "-pthread", "-Ibindings/objc/include", "-Iinclude"]);
    if mac {
        clang.arg("-fobjc-arc");
    } else {
        clang.arg(format!("-I{GNUSTEP}")).args(gnustep("--objc-flags")?);
        // After clang's own headers, of which it has some too.
        clang.args(["-idirafter".to_owned(), format!("{}/include", gcc()?)]);
    }
    // The last word: it differs from what GNUstep says.
    clang.args(["-O2", "-w", "bench/objc/crossing.m"]).args(sources(SOURCES)?);
    if mac {
        clang.args(linked(Library::Apple, folder)).args(["-framework", "Foundation", "-framework", "Network"]);
    } else {
        clang.args(sources(GNUSTEP)?).args(linked(Library::Apple, folder));
        // Before GNUstep's own: its functions leave clang's blocks on the stack.
        clang.args([format!("-L{}", gcc()?), "-lBlocksRuntime".to_owned()]).args(gnustep("--base-libs")?).arg("-ldl");
    }
    finished(clang.arg("-o").arg(&program))?;
    Ok(program)
}

/// The Objective-C sources in a folder.
fn sources(folder: &str) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(root().join(folder))? {
        let name = entry?.file_name();
        if Path::new(&name).extension().is_some_and(|extension| extension == "m") {
            found.push(Path::new(folder).join(name));
        }
    }
    found.sort();
    Ok(found)
}

/// What GNUstep says how to compile or to link.
fn gnustep(which: &str) -> Result<Vec<String>> {
    let flags = finished(Command::new("gnustep-config").arg(which))
        .map_err(|error| format!("{error} (`cargo xtask test objc` installs GNUstep)"))?;
    // It would write a file of what each source includes.
    Ok(flags.split_whitespace().filter(|flag| !flag.starts_with("-M")).map(str::to_owned).collect())
}

/// Where GCC keeps the runtime and its headers.
fn gcc() -> Result<String> {
    let library = finished(Command::new("gcc").arg("-print-libgcc-file-name"))?;
    let folder = Path::new(library.trim()).parent().ok_or("a library is in a folder")?;
    Ok(folder.to_string_lossy().into_owned())
}
