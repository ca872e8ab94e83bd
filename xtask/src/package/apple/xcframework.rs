//! The XCFramework: a folder with a list of libraries, which needs no Xcode to be made.

use super::library::{Built, FILE};
use super::swift_package::UNIFFI_HEADER;
use super::{Platform, Slice};
use crate::package::target::program;
use crate::package::{Result, Stop, copy_into, link};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The module that Swift imports.
pub(super) const MODULE: &str = "SeenByFFI";

const MODULE_MAP: &str = "\
// The library behind SeenBy. It is in a folder of its own: Xcode copies the headers of every XCFramework into one.
module SeenByFFI {
    header \"SeenByFFI.h\"
    export *
}
";

impl Platform {
    /// As Info.plist names it, with the variant.
    fn named(self) -> (&'static str, Option<&'static str>) {
        match self {
            Self::Ios => ("ios", None),
            Self::Simulator => ("ios", Some("simulator")),
            Self::Macos => ("macos", None),
        }
    }
}

/// `folder/SeenByFFI.xcframework`.
pub(super) fn make(built: &[Built], folder: &Path) -> Result<()> {
    let root = folder.join(format!("{MODULE}.xcframework"));
    fs::create_dir_all(&root)?;
    let mut entries = String::new();
    for platform in [Platform::Ios, Platform::Simulator, Platform::Macos] {
        let of: Vec<&Built> = built.iter().filter(|one| one.slice.platform == platform).collect();
        if of.is_empty() {
            continue;
        }
        let name = identifier(platform, &of.iter().map(|one| one.slice).collect::<Vec<_>>());
        let library = root.join(&name);
        let headers = library.join("Headers");
        fs::create_dir_all(headers.join(MODULE))?;
        join(&of, &library.join(FILE))?;
        copy_into(Path::new("include/seenby.h"), &headers)?;
        fs::copy(UNIFFI_HEADER, headers.join(MODULE).join(format!("{MODULE}.h")))?;
        fs::write(headers.join(MODULE).join("module.modulemap"), MODULE_MAP)?;
        entries.push_str(&entry(&name, platform, &of));
    }
    fs::write(root.join("Info.plist"), info(&entries))?;
    check(&root)
}

/// `ios-arm64_x86_64-simulator`
fn identifier(platform: Platform, slices: &[&Slice]) -> String {
    let (system, variant) = platform.named();
    let processors: Vec<_> = slices.iter().map(|slice| slice.arch).collect();
    let variant = variant.map(|variant| format!("-{variant}")).unwrap_or_default();
    format!("{system}-{}{variant}", processors.join("_"))
}

fn entry(name: &str, platform: Platform, of: &[&Built]) -> String {
    let (system, variant) = platform.named();
    let processors: String = of.iter().map(|one| format!("\t\t\t\t<string>{}</string>\n", one.slice.arch)).collect();
    let variant = variant
        .map(|variant| format!("\t\t\t<key>SupportedPlatformVariant</key>\n\t\t\t<string>{variant}</string>\n"))
        .unwrap_or_default();
    format!(
        "\t\t<dict>\n\
         \t\t\t<key>BinaryPath</key>\n\t\t\t<string>{FILE}</string>\n\
         \t\t\t<key>HeadersPath</key>\n\t\t\t<string>Headers</string>\n\
         \t\t\t<key>LibraryIdentifier</key>\n\t\t\t<string>{name}</string>\n\
         \t\t\t<key>LibraryPath</key>\n\t\t\t<string>{FILE}</string>\n\
         \t\t\t<key>SupportedArchitectures</key>\n\t\t\t<array>\n{processors}\t\t\t</array>\n\
         \t\t\t<key>SupportedPlatform</key>\n\t\t\t<string>{system}</string>\n{variant}\
         \t\t</dict>\n"
    )
}

fn info(entries: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\" \"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">\n\
         <plist version=\"1.0\">\n<dict>\n\
         \t<key>AvailableLibraries</key>\n\t<array>\n{entries}\t</array>\n\
         \t<key>CFBundlePackageType</key>\n\t<string>XFWK</string>\n\
         \t<key>XCFrameworkFormatVersion</key>\n\t<string>1.0</string>\n\
         </dict>\n</plist>\n"
    )
}

/// One library of those for several processors.
fn join(of: &[&Built], to: &Path) -> Result<()> {
    if let [one] = of {
        fs::copy(&one.archive, to)?;
        return Ok(());
    }
    let lipo = if cfg!(target_os = "macos") { program("lipo", "Xcode")? } else { llvm_lipo()? };
    let archives = of.iter().map(|one| &one.archive);
    link::run("lipo", Command::new(lipo).arg("-create").args(archives).arg("-output").arg(to))
}

/// Debian has it beside its other tools of LLVM, and not on the path.
fn llvm_lipo() -> Result<PathBuf> {
    if let Ok(lipo) = program("llvm-lipo", "llvm") {
        return Ok(lipo);
    }
    let objcopy = fs::canonicalize(program("llvm-ar", "llvm")?)?;
    let lipo = objcopy.with_file_name("llvm-lipo");
    if lipo.is_file() {
        return Ok(lipo);
    }
    Err(Stop::Missing { why: format!("{} is missing", lipo.display()), how: "install llvm and run this again".into() })
}

/// What the list names is there, and nothing else.
fn check(root: &Path) -> Result<()> {
    let text = fs::read_to_string(root.join("Info.plist"))?;
    for entry in fs::read_dir(root)? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if name == "Info.plist" {
            continue;
        }
        let listed = text.contains(&format!("<key>LibraryIdentifier</key>\n\t\t\t<string>{name}</string>"));
        let whole = [FILE, "Headers/seenby.h", "Headers/SeenByFFI/SeenByFFI.h", "Headers/SeenByFFI/module.modulemap"]
            .iter()
            .all(|file| root.join(&name).join(file).is_file());
        if !listed || !whole {
            return Err(Stop::failed(format!("{} is not what Info.plist says", root.join(name).display())));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::SLICES;
    use super::*;

    fn of(platform: Platform) -> String {
        identifier(platform, &SLICES.iter().filter(|slice| slice.platform == platform).collect::<Vec<_>>())
    }

    #[test]
    fn libraries_have_the_names_that_xcode_gives_them() {
        assert_eq!(of(Platform::Ios), "ios-arm64");
        assert_eq!(of(Platform::Simulator), "ios-arm64_x86_64-simulator");
        assert_eq!(of(Platform::Macos), "macos-arm64_x86_64");
    }
}
