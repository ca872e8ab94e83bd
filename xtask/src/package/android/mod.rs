//! `cargo xtask package android`: a Maven repository with the AAR for Android and the JARs for JVMs. docs/packaging.md says what is
//! in it and why.

mod aar;
mod check;
mod native;
mod part;
mod repository;
mod stand_ins;
mod weight;

pub(crate) use native::ABIS;
pub(crate) use part::part;

use super::jvm::{self, NATIVES};
use super::target::Target;
use super::{Result, Stop, copy_into, licenses, loudly, weigh};
use repository::Repository;
use std::fs;
use std::path::{Path, PathBuf};

/// The file that says what a repository lacks.
const NOT_RELEASABLE: &str = "NOT-RELEASABLE.txt";

/// `cargo xtask package android`.
pub(super) fn package(out: &Path, complete: bool) -> Result<()> {
    make(out, if complete { Purpose::Release } else { Purpose::Trying }).map(drop)
}

/// What a repository is made for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Purpose {
    /// A test of everything but the libraries: it has this machine's, as tests have it.
    Test,
    /// What can be made here.
    Trying,
    /// It is an error if anything is missing, such as the NDK.
    Release,
}

/// Makes `out/maven` anew.
fn make(out: &Path, purpose: Purpose) -> Result<Repository> {
    let natives = libraries(out, purpose)?;
    let android = if purpose == Purpose::Test { Ok(None) } else { native::android(out).map(Some) };
    let android = match android {
        Ok(folder) => folder,
        Err(Stop::Missing { why, how }) if purpose == Purpose::Trying => {
            loudly(&format!("{why}: the AAR is made without libraries. It cannot be released; {how}"));
            None
        }
        Err(stop) => return Err(stop),
    };
    let work = super::build::target_folder()?.join("xtask").join("package").join("maven");
    let _ = fs::remove_dir_all(&work);
    let notices = notices(&natives, &work.join("notices"))?;

    let repository = Repository::at(out.join("maven"))?;
    repository.deploy_jars(&work, &notices, &out.join(NATIVES))?;
    let files = aar::make(&repository, android.as_deref(), &notices, &work)?;
    repository.deploy_aar(&files, &work)?;
    if android.is_none() {
        let text = match purpose {
            Purpose::Test => "This was made for a test: its libraries are not what is shipped.\n",
            _ => "seenby-android here has no libraries for Android: there was no NDK where this was made.\n",
        };
        fs::write(repository.root.join(NOT_RELEASABLE), text)?;
    }
    check::all(&repository, android.is_some(), &work)?;
    for file in repository.artifacts()?.iter().filter(|_| purpose != Purpose::Test) {
        println!("  {:>9}  {}", weigh::kilobytes(fs::metadata(file)?.len()), file.display());
    }
    Ok(repository)
}

/// This machine's library for JVMs, and those of others that lie in `out/natives` already: the targets of all.
fn libraries(out: &Path, purpose: Purpose) -> Result<Vec<Target>> {
    let host = Target::host()?;
    if purpose == Purpose::Test {
        jvm::of_tests(&host, out)?;
        return Ok(vec![host]);
    }
    jvm::make(&host, out)?;
    let mut found = Vec::new();
    for target in super::target::TARGETS {
        let Ok(path) = jvm::path(target) else { continue };
        if out.join(NATIVES).join(path).is_file() {
            found.push(*target);
        }
    }
    let missing: Vec<_> = ["x86_64-unknown-linux-gnu", "aarch64-apple-darwin", "x86_64-pc-windows-msvc"]
        .into_iter()
        .filter(|triple| !found.iter().any(|target| target.triple == *triple))
        .collect();
    if !missing.is_empty() {
        println!("  the JARs have no library for JVMs on {}: cargo xtask package jvm, there", missing.join(", "));
    }
    Ok(found)
}

/// What every artifact carries: our licences, and those of what is inside the libraries.
fn notices(natives: &[Target], folder: &Path) -> Result<PathBuf> {
    for file in ["LICENSE-MIT", "LICENSE-APACHE", "NOTICE"] {
        copy_into(Path::new(file), folder)?;
    }
    let libraries = natives.iter().map(|target| target.triple).chain(ABIS.iter().map(|abi| abi.triple));
    licenses::of(&libraries.map(|triple| (licenses::JVM, triple)).collect::<Vec<_>>(), folder)?;
    Ok(folder.to_owned())
}
