//! The packages of other package managers, made of ours: NuGet and vcpkg.

use super::target::{Format, TARGETS, Target};
use super::texts::{VERSION, Values};
use super::{Result, Stop, copy_folder, copy_into};
use sha2::{Digest as _, Sha512};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

/// `out/nuget`, ready for `nuget pack`: the packages for Visual Studio in one.
pub(crate) fn nuget(out: &Path) -> Result<()> {
    let root = out.join("nuget");
    let _ = fs::remove_dir_all(&root);
    let mut any = None;
    for (target, platform) in
        [("x86_64-pc-windows-msvc", "x64"), ("i686-pc-windows-msvc", "x86"), ("aarch64-pc-windows-msvc", "arm64")]
    {
        let package = out.join(format!("seenby-c-{VERSION}-{target}"));
        if !package.is_dir() {
            return Err(Stop::failed(format!(
                "{} is missing: on Windows, cargo xtask package c --target {target}",
                package.display()
            )));
        }
        for file in ["bin/seenby.dll", "lib/seenby.lib", "symbols/seenby.pdb"] {
            copy_into(&package.join(file), &root.join("build/native").join(platform))?;
        }
        any = Some(package);
    }
    let package = any.ok_or_else(|| Stop::failed("there is no package"))?;
    copy_folder(&package.join("include"), &root.join("build/native/include"))?;
    copy_folder(&package.join("licenses"), &root.join("licenses"))?;
    for file in ["LICENSE-MIT", "LICENSE-APACHE", "NOTICE"] {
        copy_into(Path::new(file), &root.join("licenses"))?;
    }
    let spec = Path::new("packaging/nuget");
    copy_into(&spec.join("SeenBy.targets"), &root.join("build/native"))?;
    copy_into(&spec.join("README.md"), &root)?;
    Values::new().fill(&spec.join("SeenBy.nuspec.in"), &root.join("SeenBy.nuspec"))?;
    println!("{}: nuget pack SeenBy.nuspec", root.display());
    Ok(())
}

/// `out/vcpkg/seenby`: the port, with the hashes of the archives that are in `out`.
pub(crate) fn vcpkg(out: &Path) -> Result<()> {
    let mut hashes = String::new();
    for target in TARGETS {
        let archive = archive(out, target);
        if let Ok(bytes) = fs::read(&archive) {
            let _ = writeln!(hashes, "set(_sha512_{} {})", target.triple, sha512(&bytes));
        }
    }
    if hashes.is_empty() {
        return Err(Stop::failed(format!("{} has no archive of {VERSION}: cargo xtask package c", out.display())));
    }
    let (port, root) = (Path::new("packaging/vcpkg/seenby"), out.join("vcpkg/seenby"));
    let values = Values::new().with("HASHES", hashes.trim_end());
    for file in ["portfile.cmake", "vcpkg.json"] {
        values.fill(&port.join(format!("{file}.in")), &root.join(file))?;
    }
    copy_into(&port.join("usage"), &root)?;
    println!("{}: vcpkg install seenby --overlay-ports={}", root.display(), out.join("vcpkg").display());
    Ok(())
}

fn archive(out: &Path, target: &Target) -> PathBuf {
    let ending = if matches!(target.format, Format::Mingw | Format::Msvc) { "zip" } else { "tar.gz" };
    out.join(format!("seenby-c-{VERSION}-{}.{ending}", target.triple))
}

fn sha512(bytes: &[u8]) -> String {
    Sha512::digest(bytes).iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_sha512() {
        // FIPS 180-4, "abc".
        assert!(sha512(b"abc").starts_with("ddaf35a193617abacc417349ae204131"));
        assert_eq!(sha512(b"abc").len(), 128);
    }
}
