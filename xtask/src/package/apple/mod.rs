//! `cargo xtask package apple`: a Swift package with the library inside, for iOS and Mac. docs/packaging.md says what is in it.

mod library;
mod measure;
mod swift_package;
mod xcframework;

use super::check::counted;
use super::{Result, Stop, build, copy_into, licenses, loudly, weigh};
use crate::outcome::{Counts, Outcome};
use crate::parts::Context;
use crate::swift::Swift;
use crate::system::{self, Need};
use library::Built;
use std::fs;
use std::io;
use std::path::Path;

/// A target of Apple's.
pub(crate) struct Slice {
    /// As rustc calls it.
    pub(crate) triple: &'static str,
    /// As Apple calls the processor.
    arch: &'static str,
    platform: Platform,
}

/// What one library of an XCFramework is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Platform {
    Ios,
    Simulator,
    Macos,
}

/// All of them: `package` is complete with every one.
pub(crate) const SLICES: &[Slice] = &[
    Slice { triple: "aarch64-apple-ios", arch: "arm64", platform: Platform::Ios },
    Slice { triple: "aarch64-apple-ios-sim", arch: "arm64", platform: Platform::Simulator },
    Slice { triple: "x86_64-apple-ios", arch: "x86_64", platform: Platform::Simulator },
    Slice { triple: "aarch64-apple-darwin", arch: "arm64", platform: Platform::Macos },
    Slice { triple: "x86_64-apple-darwin", arch: "x86_64", platform: Platform::Macos },
];

/// The oldest iOS that the library runs on.
const IOS: &str = "13.0";
/// What an app grows by is measured on this one.
const MEASURED: &str = "aarch64-apple-darwin";
/// The file that says what a package lacks.
const NOT_RELEASABLE: &str = "NOT-RELEASABLE.txt";

/// The part `apple` of `cargo xtask test`: the package with the one library that can be linked everywhere, its contents checked
/// and what it adds to an app measured.
pub(crate) fn part(context: &Context) -> io::Result<Outcome> {
    const NEEDS: [Need; 4] = [
        Need::Program("cmake", "cmake"),
        Need::Program("clang", "clang"),
        Need::Program("llvm-ar", "llvm"),
        Need::Program("python3", "python3-venv"),
    ];
    if !cfg!(target_os = "macos")
        && let Err(skipped) = system::packages(context, &NEEDS)?
    {
        return Ok(skipped);
    }
    let out = match build::target_folder() {
        Ok(target) => target.join("package"),
        Err(stop) => return Ok(stop.outcome()),
    };
    let iphones = on_iphones();
    if let Err(stop) = make(&out, &[MEASURED.into()], false) {
        return Ok(stop.outcome());
    }
    // Packaging has checked and measured what it made.
    let mut counts = Counts::one(true);
    counts.add(counted("what an iPhone's app grows by", iphones));
    counts.add(counted("Package.swift", described(context, &out)));
    Ok(Outcome::Ran(counts))
}

/// Measured on macOS, with an iPhone's features: nothing here links for iOS.
fn on_iphones() -> Result<()> {
    let slice = SLICES.iter().find(|slice| slice.triple == MEASURED);
    let slice = slice.ok_or_else(|| Stop::failed(format!("there is no {MEASURED}")))?;
    measure::app(&library::as_for_iphones(slice)?, "an iPhone's app", measure::IPHONE)
}

/// SwiftPM reads the package: every product and target is there, and has sources.
fn described(context: &Context, out: &Path) -> Result<()> {
    let swift = Swift::get(context)?.map_err(|skipped| match skipped {
        Outcome::Skipped { why, how } => Stop::Missing { why, how },
        Outcome::Ran(_) => Stop::failed("there is no Swift"),
    })?;
    let finished = swift.describe(&out.join("apple").join(swift_package::ROOT), &out.join("swift-described"))?;
    // `Name: SeenBy` of the package, a product and a target; `Sources: …` of those that have any.
    let names: Vec<_> = finished.lines.iter().filter_map(|line| line.trim().strip_prefix("Name: ")).collect();
    let missing: Vec<_> = swift_package::NAMES.iter().filter(|name| !names.contains(*name)).collect();
    if finished.ok && missing.is_empty() {
        return Ok(());
    }
    finished.show();
    Err(Stop::failed(format!("SwiftPM cannot read the package, or lacks {missing:?}")))
}

/// Packs `out/apple` again, whose XCFramework was signed.
pub(super) fn signed(out: &Path) -> Result<()> {
    swift_package::pack(&out.join("apple"))
}

/// Makes `out/apple` anew. `only`: these targets, to try; `complete`: it is an error if a target cannot be built.
pub(super) fn make(out: &Path, only: &[String], complete: bool) -> Result<()> {
    let mut wanted = Vec::new();
    for triple in only {
        let slice = SLICES.iter().find(|slice| slice.triple == triple);
        wanted.push(slice.ok_or_else(|| Stop::failed(format!("there is no library for {triple:?} in the package")))?);
    }
    let (mut built, mut lacks): (Vec<Built>, Vec<String>) = (Vec::new(), Vec::new());
    for slice in SLICES {
        if !wanted.is_empty() && !wanted.iter().any(|one| one.triple == slice.triple) {
            lacks.push(format!("{}: it was not asked for", slice.triple));
            continue;
        }
        match library::build(slice) {
            Ok(one) => built.push(one),
            Err(Stop::Missing { why, how }) if !complete => lacks.push(format!("{}: {why}; {how}", slice.triple)),
            Err(stop) => return Err(stop),
        }
    }
    if built.is_empty() {
        return Err(Stop::failed(format!("no library could be built: {}", lacks.join("\n"))));
    }
    let folder = out.join("apple");
    let _ = fs::remove_dir_all(&folder);
    let root = folder.join(swift_package::ROOT);
    xcframework::make(&built, &folder)?;
    let notices = root.join("licenses");
    for file in ["LICENSE-MIT", "LICENSE-APACHE", "NOTICE"] {
        copy_into(Path::new(file), &root)?;
    }
    let crates: Vec<_> = built.iter().map(|one| (licenses::APPLE, one.slice.triple)).collect();
    licenses::of(&crates, &notices)?;
    if !lacks.is_empty() {
        let text = format!("This package lacks libraries, and cannot be released.\n\n{}\n", lacks.join("\n"));
        loudly(text.trim());
        fs::write(root.join(NOT_RELEASABLE), text)?;
    }
    swift_package::make(&folder)?;
    if let Some(mac) = built.iter().find(|one| one.slice.triple == MEASURED) {
        measure::app(mac, "a Mac's app", measure::MAC)?;
    }
    for one in &built {
        println!("  {:>9}  {}", weigh::kilobytes(fs::metadata(&one.archive)?.len()), one.slice.triple);
    }
    println!("  {}", root.display());
    Ok(())
}
