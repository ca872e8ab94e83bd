//! What the library adds to an app: a program that uses it, linked as apps are, against the same without it.

use super::library::Built;
use super::swift_package::UNIFFI_HEADER;
use crate::package::header::Header;
use crate::package::{Result, Stop, link, weigh, zig};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;

/// What it may add to an iPhone's app.
pub(super) const IPHONE: u64 = 3_000_000;
/// To a Mac's, which has a service for tests inside.
pub(super) const MAC: u64 = 3_500_000;

/// Measures on macOS for arm64, for apps in Swift and in Objective-C: all that their layers can reach, so no app has more.
pub(super) fn app(built: &Built, whose: &str, limit: u64) -> Result<()> {
    let folder = built.archive.with_file_name("app");
    fs::create_dir_all(&folder)?;
    let nothing = linked(built, &folder, "nothing", &BTreeSet::new())?;
    let (swift, c) = functions()?;
    for (name, functions) in [("swift", swift), ("objc", c)] {
        let added = linked(built, &folder, name, &functions)?.saturating_sub(nothing);
        println!("  {:>9}  added to {whose}, {name} ({} functions)", weigh::kilobytes(added), functions.len());
        if added > limit {
            return Err(Stop::failed(format!(
                "the library adds {} to {whose} ({name}), and may add {}",
                weigh::kilobytes(added),
                weigh::kilobytes(limit)
            )));
        }
    }
    Ok(())
}

/// The size of a stripped program that refers to these functions.
fn linked(built: &Built, folder: &Path, name: &str, functions: &BTreeSet<String>) -> Result<u64> {
    let mut text = String::new();
    for function in functions {
        let _ = writeln!(text, "void {function}(void);");
    }
    text.push_str("void *volatile sink;\nint main(void) {\n");
    for function in functions {
        let _ = writeln!(text, "    sink = (void *){function};");
    }
    text.push_str("    return 0;\n}\n");
    let (source, object, program) =
        (folder.join(format!("{name}.c")), folder.join(format!("{name}.o")), folder.join(name));
    fs::write(&source, text)?;
    let mut compile = Command::new(crate::package::target::program("clang", "clang")?);
    compile.args(["--target=arm64-apple-macos11", "-c", "-O1", "-ffreestanding", "-o"]).arg(&object);
    link::run("measure", compile.arg(&source))?;

    let mut command = if cfg!(target_os = "macos") {
        let mut clang = Command::new("clang");
        clang.args(["-arch", "arm64", "-mmacosx-version-min=11.0", "-Wl,-dead_strip", "-Wl,-undefined,dynamic_lookup"]);
        clang
    } else {
        let mut lld = Command::new(link::rust_tool("rust-lld")?);
        lld.args(["-flavor", "darwin", "-arch", "arm64", "-platform_version", "macos", zig::MACOS, zig::MACOS]);
        // The system's frameworks are not here; what an app has of them is not ours.
        lld.args(["-dead_strip", "-undefined", "dynamic_lookup"]).args(zig::system_libraries(folder)?);
        lld
    };
    link::run("measure", command.arg("-o").arg(&program).arg(&object).arg(&built.archive))?;
    let stripped = folder.join(format!("{name}.stripped"));
    if cfg!(target_os = "macos") {
        link::run("measure", Command::new("strip").arg("-o").arg(&stripped).arg(&program))?;
    } else {
        let mut objcopy = Command::new(link::rust_tool("rust-objcopy")?);
        link::run("measure", objcopy.arg("--strip-all").arg(&program).arg(&stripped))?;
    }
    Ok(fs::metadata(&stripped)?.len())
}

/// The functions that the two headers declare: what Swift's layer calls, and what Objective-C's does.
pub(super) fn functions() -> Result<(BTreeSet<String>, BTreeSet<String>)> {
    let text = fs::read_to_string(UNIFFI_HEADER).map_err(|e| Stop::failed(format!("{UNIFFI_HEADER}: {e}")))?;
    let swift = of_uniffi(&text);
    if swift.is_empty() {
        return Err(Stop::failed(format!("{UNIFFI_HEADER} declares nothing of ours")));
    }
    Ok((swift, Header::read()?.functions))
}

/// UniFFI writes a declaration a line; types of callbacks are no functions.
fn of_uniffi(text: &str) -> BTreeSet<String> {
    let ours = |word: &str| ["uniffi_", "ffi_"].iter().any(|start| word.starts_with(start));
    let mut found = BTreeSet::new();
    for line in text.lines().filter(|line| !line.trim_start().starts_with(['/', '*', '#'])) {
        for (at, _) in line.match_indices('(').filter(|_| !line.contains("typedef")) {
            let word = line[..at].rsplit(|c: char| !c.is_ascii_alphanumeric() && c != '_').next().unwrap_or_default();
            if ours(word) {
                found.insert(word.to_owned());
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn declared_functions_are_found_and_types_are_not() {
        let text = "typedef void (*uniffi_callback)(uint64_t);\n#ifndef UNIFFI_FFIDEF_F(x)\n// uniffi_old(\n\
            void* uniffi_seenby_fn_clone(void* ptr, RustCallStatus *out);\nRustBuffer ffi_seenby_alloc(uint64_t size);\n";
        assert_eq!(of_uniffi(text).into_iter().collect::<Vec<_>>(), ["ffi_seenby_alloc", "uniffi_seenby_fn_clone"]);
    }
}
