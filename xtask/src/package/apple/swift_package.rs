//! The folder that is pushed as a Swift package, with the specifications for CocoaPods: the sources of bindings/swift and
//! bindings/objc beside the library.

use super::xcframework::MODULE;
use crate::package::target::program;
use crate::package::texts::{VERSION, Values};
use crate::package::{Result, Stop, copy_folder, copy_into, link};
use sha2::{Digest as _, Sha256};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What UniFFI writes for Swift.
pub(super) const UNIFFI_HEADER: &str = "bindings/swift/Sources/SeenByFFI/SeenByFFI.h";
/// The folder of the package.
pub(super) const ROOT: &str = "SeenBy";
const SWIFT: &str = "bindings/swift";
const OBJC: &str = "bindings/objc";
const TEMPLATES: &str = "packaging/apple";
const PRIVACY: &str = "PrivacyInfo.xcprivacy";
/// The modules in Swift.
const MODULES: &[&str] = &["SeenByCore", "SeenBy", "SeenByV2TIM", "SeenByTestKit"];

/// The products.
pub(super) const NAMES: &[&str] = &["SeenBy", "SeenByV2TIM", "SeenByTestKit", "SeenByObjC"];

/// A pod. Each module is one: a pod's subspecs are one module, and these import each other.
struct Pod {
    name: &'static str,
    summary: &'static str,
    needs: &'static [&'static str],
}

const PODS: &[Pod] = &[
    Pod { name: "SeenByFFI", summary: "The library behind SeenBy", needs: &[] },
    Pod { name: "SeenByCore", summary: "Internal to SeenBy", needs: &["SeenByFFI"] },
    Pod {
        name: "SeenBy",
        summary: "Exact read receipts, for Swift: async functions and streams",
        needs: &["SeenByCore"],
    },
    Pod {
        name: "SeenByV2TIM",
        summary: "Exact read receipts, for Swift: the documented V2TIM classes",
        needs: &["SeenByCore"],
    },
    Pod {
        name: "SeenByTestKit",
        summary: "SeenBy in one process, for tests of apps",
        needs: &["SeenBy", "SeenByCore"],
    },
    Pod {
        name: "SeenByObjC",
        summary: "Exact read receipts, for Objective-C: the documented V2TIM classes",
        needs: &["SeenByFFI"],
    },
];

/// Fills the folder in `out`; the archives of a release lie beside it.
pub(super) fn make(out: &Path) -> Result<()> {
    let root = &out.join(ROOT);
    let sources = root.join("Sources");
    let privacy = Path::new(TEMPLATES).join(PRIVACY);
    for module in MODULES {
        copy_folder(&Path::new(SWIFT).join("Sources").join(module), &sources.join(module))?;
    }
    copy_into(&privacy, &sources.join("SeenByCore"))?;
    let objc = sources.join("SeenByObjC");
    for folder in ["include", "src"] {
        copy_folder(&Path::new(OBJC).join(folder), &objc.join(folder))?;
    }
    copy_into(&privacy, &objc)?;

    Values::new().fill(&Path::new(TEMPLATES).join("README.md.in"), &root.join("README.md"))?;
    for pod in PODS {
        let values = Values::new().with("POD", pod.name).with("SUMMARY", pod.summary).with("BODY", body(pod));
        let values = values.with("TOOLS", tools()?);
        let name = format!("{}.podspec", pod.name);
        values.fill(&Path::new(TEMPLATES).join("pod.podspec.in"), &root.join(name))?;
    }
    // A clone fetches it.
    fs::write(root.join(".gitignore"), format!("/{MODULE}.xcframework\n/.build\n"))?;
    pack(out)
}

/// Packs the XCFramework that lies in `out`, as it is made or as it was signed, and the package with it.
pub(super) fn pack(out: &Path) -> Result<()> {
    let (root, xcframework) = (out.join(ROOT), out.join(format!("{MODULE}.xcframework")));
    let zip = zip(out, &format!("{MODULE}.xcframework.zip"), &format!("{MODULE}.xcframework"))?;
    let values = Values::new().with("CHECKSUM", sha256(&fs::read(&zip)?)).with("TOOLS", tools()?);
    values.fill(&Path::new(TEMPLATES).join("Package.swift.in"), &root.join("Package.swift"))?;
    let inside = root.join(format!("{MODULE}.xcframework"));
    let _ = fs::remove_dir_all(&inside);
    copy_folder(&xcframework, &inside)?;
    check(&root)?;
    self::zip(out, &format!("SeenBy-apple-{VERSION}.zip"), ROOT).map(drop)
}

/// What differs between pods.
fn body(pod: &Pod) -> String {
    let mut text = String::new();
    let mut line = |line: String| {
        let _ = writeln!(text, "  {line}");
    };
    match pod.name {
        MODULE => {
            line(format!("s.vendored_frameworks = '{MODULE}.xcframework'"));
            line("s.frameworks = 'Security', 'CoreFoundation'".into());
        }
        "SeenByObjC" => {
            line("s.source_files = 'Sources/SeenByObjC/{src,include}/**/*.{h,m}'".into());
            // `#import <SeenBy/SeenBy.h>`
            line("s.header_dir = 'SeenBy'".into());
            line("s.public_header_files = 'Sources/SeenByObjC/include/**/*.h'".into());
            line("s.requires_arc = true".into());
        }
        name => {
            line(format!("s.source_files = 'Sources/{name}/**/*.swift'"));
            // What is visible in the package alone.
            line("s.pod_target_xcconfig = { 'OTHER_SWIFT_FLAGS' => '-package-name seenby' }".into());
        }
    }
    if ["SeenByCore", "SeenByObjC"].contains(&pod.name) {
        line(format!("s.resource_bundles = {{ '{0}_Privacy' => ['Sources/{0}/{PRIVACY}'] }}", pod.name));
    }
    for need in pod.needs {
        line(format!("s.dependency '{need}', s.version.to_s"));
    }
    text.trim_end().to_owned()
}

/// The package names what the tree's own does, and every folder that it names is there.
fn check(root: &Path) -> Result<()> {
    let ours = fs::read_to_string(root.join("Package.swift"))?;
    let trees = fs::read_to_string(Path::new(SWIFT).join("Package.swift"))?;
    let missing: Vec<_> = products(&trees).difference(&products(&ours)).cloned().collect();
    if !missing.is_empty() {
        return Err(Stop::failed(format!("{TEMPLATES}/Package.swift.in lacks {missing:?} of {SWIFT}/Package.swift")));
    }
    for file in MODULES.iter().map(|module| format!("Sources/{module}")).chain([
        "Sources/SeenByObjC/include/SeenBy/SeenBy.h".into(),
        format!("Sources/SeenByCore/{PRIVACY}"),
        format!("{MODULE}.xcframework/Info.plist"),
        "LICENSE-MIT".into(),
        "README.md".into(),
        "licenses/THIRD_PARTY_LICENSES".into(),
    ]) {
        if !root.join(&file).exists() {
            return Err(Stop::failed(format!("the package has no {file}")));
        }
    }
    Ok(())
}

/// The version of Swift that the tree's own package asks for.
fn tools() -> Result<String> {
    let file = Path::new(SWIFT).join("Package.swift");
    let text = fs::read_to_string(&file)?;
    let version = text.lines().next().and_then(|line| line.strip_prefix("// swift-tools-version:"));
    let version = version.ok_or_else(|| Stop::failed(format!("{} does not begin with its tools", file.display())))?;
    Ok(version.trim().to_owned())
}

/// The names of the libraries in a Package.swift.
fn products(package: &str) -> BTreeSet<String> {
    let after = package.split(".library(name: \"").skip(1);
    after.filter_map(|rest| rest.split_once('"')).map(|(name, _)| name.to_owned()).collect()
}

/// Packs a folder of `out`.
fn zip(out: &Path, archive: &str, folder: &str) -> Result<PathBuf> {
    let mut command = Command::new(program("cmake", "cmake")?);
    command.current_dir(out).args(["-E", "tar", "cf", archive, "--format=zip", "--mtime=2026-01-01 00:00:00 UTC"]);
    link::run("zip", command.arg(folder))?;
    Ok(out.join(archive))
}

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn libraries_are_found_in_a_package() {
        let text = ".library(name: \"SeenBy\", targets: [\"SeenBy\"]),\n .library(name: \"Other\", targets: [])";
        assert_eq!(products(text).into_iter().collect::<Vec<_>>(), ["Other", "SeenBy"]);
    }

    #[test]
    fn every_pod_needs_pods_that_there_are() {
        for need in PODS.iter().flat_map(|pod| pod.needs) {
            assert!(PODS.iter().any(|pod| pod.name == *need), "{need}");
        }
    }

    #[test]
    fn the_checksum_is_sha256() {
        // FIPS 180-4, "abc".
        assert_eq!(sha256(b"abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}
