//! The libraries in the AAR, by cargo-ndk and Google's NDK.

use crate::cache;
use crate::package::{Result, Stop, build, jvm, link, symbols, weigh};
use crate::process;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A kind of device.
pub(crate) struct Abi {
    /// As Android calls it.
    pub(crate) name: &'static str,
    /// As rustc calls it.
    pub(crate) triple: &'static str,
}

/// Those that are sold, and the emulator's. JNA has more: an app names these as its own (docs/packaging.md).
pub(crate) const ABIS: &[Abi] = &[
    Abi { name: "arm64-v8a", triple: "aarch64-linux-android" },
    Abi { name: "armeabi-v7a", triple: "armv7-linux-androideabi" },
    Abi { name: "x86_64", triple: "x86_64-linux-android" },
];

/// The oldest Android: API 21.
const PLATFORM: &str = "21";
/// What a device's library is built with: no service inside, which is for tests on a JVM (R28).
pub(super) const FEATURES: &[&str] = &["--no-default-features"];
/// What lld is told besides: as small as it can be, and aligned for every device.
pub(super) const LINK: [&str; 4] = ["-z", "max-page-size=16384", "--build-id=sha1", "--icf=all"];
/// Devices with pages of 16 KB load nothing that is aligned to less.
const PAGE: u64 = 16 * 1024;
/// Our library for one kind of device. With JNA's of 0.2 MB it is what an app grows by (weight.rs).
const LIMIT: u64 = 2_800_000;
/// The libraries of Android that it may want.
const SYSTEM: &[&str] = &["libc.so", "libm.so", "libdl.so", "liblog.so"];
/// The file in each folder of the AAR's jni.
pub(super) const FILE: &str = "libseenby_jvm.so";

/// `out/jni` with a folder for each kind of device.
pub(super) fn android(out: &Path) -> Result<PathBuf> {
    let named = ["ANDROID_NDK_HOME", "ANDROID_NDK_ROOT"].iter().find_map(env::var_os).filter(|value| !value.is_empty());
    let ndk = named.map(PathBuf::from).ok_or_else(|| Stop::Missing {
        why: "there is no Android NDK here".into(),
        how: "set ANDROID_NDK_HOME to its folder (r27 or later) and run this again".into(),
    })?;
    let cargo_ndk = cache::program("cargo-ndk").ok_or_else(|| Stop::Missing {
        why: "cargo-ndk is not installed".into(),
        how: "run: cargo install cargo-ndk".into(),
    })?;
    let objcopy = objcopy(&ndk)?;
    let jni = out.join("jni");
    let _ = fs::remove_dir_all(&jni);
    for abi in ABIS {
        build::add_target(abi.triple)?;
        let unstripped = compile(abi, &cargo_ndk, &ndk)?;
        let (shared, symbols) = (jni.join(abi.name).join(FILE), out.join("symbols/android").join(abi.name).join(FILE));
        for file in [&shared, &symbols] {
            fs::create_dir_all(file.parent().unwrap_or(out))?;
        }
        link::split(&objcopy, &unstripped, &symbols, &shared)?;
        check(&shared)?;
        println!("{}", abi.name);
        weigh::show(&unstripped, &shared)?;
    }
    Ok(jni)
}

fn compile(abi: &Abi, cargo_ndk: &Path, ndk: &Path) -> Result<PathBuf> {
    let mut command = Command::new(cargo_ndk);
    command.env("ANDROID_NDK_HOME", ndk).args(["ndk", "--target", abi.name, "--platform", PLATFORM]);
    command.args(["rustc", "-p", "seenby-jvm", "--lib", "--locked", "--profile", build::PROFILE]);
    command.args(["--crate-type", "cdylib"]).args(FEATURES);
    command.arg("--").arg(format!("-Clink-arg=-Wl,{}", LINK.join(",")));
    command.env("CARGO_ENCODED_RUSTFLAGS", build::rustflags(&[])?);
    let finished = process::run(&format!("package-android-{}", abi.name), &mut command)?;
    if !finished.ok {
        finished.show();
        return Err(Stop::failed(format!("the library does not compile for {}", abi.name)));
    }
    Ok(build::target_folder()?.join(abi.triple).join(build::PROFILE).join(FILE))
}

/// The NDK's own, which knows every processor.
fn objcopy(ndk: &Path) -> Result<PathBuf> {
    let prebuilt = ndk.join("toolchains/llvm/prebuilt");
    let hosts = fs::read_dir(&prebuilt).map_err(|e| Stop::failed(format!("{}: {e}", prebuilt.display())))?;
    hosts
        .filter_map(|entry| Some(entry.ok()?.path().join("bin/llvm-objcopy")))
        .find(|program| program.is_file())
        .ok_or_else(|| Stop::failed(format!("{} has no llvm-objcopy", prebuilt.display())))
}

/// What is true of every library in the AAR.
pub(super) fn check(shared: &Path) -> Result<()> {
    jvm::check(shared)?;
    aligned(shared)?;
    let wanted = symbols::wanted(shared)?;
    let strange: Vec<_> = wanted.iter().filter(|name| !SYSTEM.contains(&name.as_str())).collect();
    if !strange.is_empty() {
        return Err(Stop::failed(format!("{} wants {strange:?}, which Android lacks", shared.display())));
    }
    let size = fs::metadata(shared)?.len();
    if size > LIMIT {
        return Err(Stop::failed(format!(
            "{} has {}, and may have {}",
            shared.display(),
            weigh::kilobytes(size),
            weigh::kilobytes(LIMIT)
        )));
    }
    Ok(())
}

/// Every part that is mapped into memory lies so that pages of 16 KB can hold it.
pub(super) fn aligned(shared: &Path) -> Result<()> {
    match symbols::alignments(shared)?.into_iter().find(|alignment| !alignment.is_multiple_of(PAGE)) {
        None => Ok(()),
        Some(less) => Err(Stop::failed(format!(
            "{} is aligned to {less} bytes, and devices with pages of 16 KB want {PAGE}",
            shared.display()
        ))),
    }
}
