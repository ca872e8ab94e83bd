//! `cargo xtask package`: what apps link. docs/packaging.md says what is in a package and why.

mod android;
mod apple;
mod build;
mod check;
mod header;
mod jvm;
mod licenses;
mod link;
mod symbols;
mod target;
mod texts;
mod vendors;
mod weigh;
mod zig;

pub(crate) use android::part as android_part;
pub(crate) use apple::part as apple_part;
pub(crate) use check::{Unpacked, host, part, windows, windows_files};

use crate::outcome::{Counts, Outcome};
use crate::process;
use clap::{Args, Subcommand};
use header::Header;
use link::Linked;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use target::{Format, Target};
use texts::Values;

/// Why there is no package.
#[derive(Clone, Debug)]
pub(crate) enum Stop {
    /// Something it needs is not on this machine.
    Missing {
        /// What.
        why: String,
        /// How to get it.
        how: String,
    },
    /// Something is wrong.
    Failed(String),
}

impl Stop {
    fn failed(why: impl Into<String>) -> Self {
        Self::Failed(why.into())
    }

    /// What a part says then.
    pub(crate) fn outcome(self) -> Outcome {
        match self {
            Self::Missing { why, how } => Outcome::Skipped { why, how },
            Self::Failed(why) => {
                println!("    {why}");
                Outcome::Ran(Counts::one(false))
            }
        }
    }
}

impl From<io::Error> for Stop {
    fn from(e: io::Error) -> Self {
        Self::Failed(e.to_string())
    }
}

pub(crate) type Result<T> = std::result::Result<T, Stop>;

/// The command line.
#[derive(Args)]
pub(crate) struct Options {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// The C library with its header, for one target or more.
    C {
        /// A target as rustc calls it, or `all`: whatever can be built on this machine. Default: this machine's.
        #[arg(long)]
        target: Option<String>,
        /// Where the packages are put.
        #[arg(long, default_value = "dist")]
        out: PathBuf,
    },
    /// The Maven repository: the AAR for Android, and the JARs for JVMs.
    Android {
        /// Where it is put, in the folder maven. The folder natives there has the libraries for JVMs of other machines.
        #[arg(long, default_value = "dist")]
        out: PathBuf,
        /// Fail where something is missing, such as the NDK, instead of making what cannot be released.
        #[arg(long)]
        complete: bool,
    },
    /// The Swift package with the XCFramework, for iOS and Mac.
    Apple {
        /// Where it is put, in the folder apple.
        #[arg(long, default_value = "dist")]
        out: PathBuf,
        /// Only this target, as rustc calls it, to try; may be given more than once.
        #[arg(long)]
        target: Vec<String>,
        /// Fail where a target cannot be built, instead of making what cannot be released.
        #[arg(long)]
        complete: bool,
        /// Make nothing: pack again what is there, whose XCFramework was signed.
        #[arg(long)]
        signed: bool,
    },
    /// The library that Kotlin and Java load, for JVMs on one target: `package android` on another machine wants it.
    Jvm {
        /// A target as rustc calls it. Default: this machine's.
        #[arg(long)]
        target: Option<String>,
        /// Where it is put, in the folder natives.
        #[arg(long, default_value = "dist")]
        out: PathBuf,
    },
    /// The NuGet package's files, from the packages for Windows that are in --out.
    Nuget {
        /// Where the packages are.
        #[arg(long, default_value = "dist")]
        out: PathBuf,
    },
    /// The vcpkg port, from the archives that are in --out.
    Vcpkg {
        /// Where the packages are.
        #[arg(long, default_value = "dist")]
        out: PathBuf,
    },
    /// Writes packaging/THIRD_PARTY_LICENSES anew (cargo-about).
    Licenses,
}

pub(crate) fn run(options: &Options) -> ExitCode {
    let done = match &options.what {
        What::C { target, out } => packages(target.as_deref(), out),
        What::Android { out, complete } => here(out).and_then(|out| android::package(&out, *complete)),
        What::Apple { out, signed: true, .. } => here(out).and_then(|out| apple::signed(&out)),
        What::Apple { out, target, complete, .. } => here(out).and_then(|out| apple::make(&out, target, *complete)),
        What::Jvm { target, out } => here(out).and_then(|out| library(target.as_deref(), &out)),
        What::Nuget { out } => in_workspace().and_then(|()| vendors::nuget(out)),
        What::Vcpkg { out } => in_workspace().and_then(|()| vendors::vcpkg(out)),
        What::Licenses => in_workspace().and_then(|()| licenses::write()),
    };
    match done {
        Ok(()) => return ExitCode::SUCCESS,
        Err(Stop::Failed(why)) => eprintln!("error: {why}"),
        Err(Stop::Missing { why, how }) => eprintln!("error: {why}; {how}"),
    }
    ExitCode::FAILURE
}

/// What a person names is meant from where they are.
fn here(out: &Path) -> Result<PathBuf> {
    let out = std::path::absolute(out)?;
    in_workspace()?;
    Ok(out)
}

/// What nobody may miss.
pub(crate) fn loudly(what: &str) {
    let line = "!".repeat(80);
    println!("{line}\n  {what}\n{line}");
}

fn library(target: Option<&str>, out: &Path) -> Result<()> {
    let target = target.map_or_else(Target::host, Target::named)?;
    let made = jvm::make(&target, out)?;
    println!("  {:>9}  {}", weigh::kilobytes(fs::metadata(&made)?.len()), made.display());
    Ok(())
}

fn in_workspace() -> Result<()> {
    Ok(std::env::set_current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))?)
}

fn packages(target: Option<&str>, out: &Path) -> Result<()> {
    let out = here(out)?;
    let targets = match target {
        None => vec![Target::host()?],
        Some("all") => Target::all_here(),
        Some(triple) => vec![Target::named(triple)?],
    };
    for target in &targets {
        println!("{}", target.triple);
        let package = c(target, &out)?;
        weigh::show(&package.unstripped, &package.shared)?;
        let static_size = fs::metadata(&package.archive)?.len();
        println!("  {:>9}  {}", weigh::kilobytes(static_size), target.archive());
        println!("  {:>9}  {}", weigh::kilobytes(fs::metadata(&package.packed)?.len()), package.packed.display());
    }
    Ok(())
}

/// A package that was made.
pub(crate) struct Package {
    /// Its folder.
    pub(crate) root: PathBuf,
    /// The folder, packed.
    pub(crate) packed: PathBuf,
    /// The shared library in it.
    pub(crate) shared: PathBuf,
    /// The static library in it.
    pub(crate) archive: PathBuf,
    /// The shared library before it was stripped; not in the package.
    unstripped: PathBuf,
}

/// Makes the C package for `target` in `out`.
pub(crate) fn c(target: &Target, out: &Path) -> Result<Package> {
    let header = Header::read()?;
    let compiled = build::compile(target)?;
    let work = build::target_folder()?.join("xtask").join("package").join(target.triple);
    let linked = link::link(target, &header, &compiled, &work)?;
    let name = format!("seenby-c-{}-{}", texts::VERSION, target.triple);
    let root = out.join(&name);
    let _ = fs::remove_dir_all(&root);
    let package = lay_out(target, &header, &linked, &root)?;
    check_library(target, &header, &package)?;
    Ok(Package { packed: pack(target, out, &name)?, unstripped: linked.unstripped, ..package })
}

/// Puts everything where it belongs.
fn lay_out(target: &Target, header: &Header, linked: &Linked, root: &Path) -> Result<Package> {
    let lib = root.join("lib");
    fs::create_dir_all(&lib)?;
    copy_folder(Path::new("include"), &root.join("include"))?;
    let shared = copy_into(&linked.shared, &root.join(target.shared_folder()))?;
    let archive = copy_into(&linked.archive, &lib)?;
    for file in &linked.import {
        copy_into(file, &lib)?;
    }
    for file in &linked.symbols {
        copy_into(file, &root.join("symbols"))?;
    }
    match target.format {
        Format::Elf => symlink(&target.shared(header.abi), &lib.join("libseenby.so"))?,
        Format::MachO => symlink(&target.shared(header.abi), &lib.join("libseenby.dylib"))?,
        Format::Mingw | Format::Msvc => {}
    }

    let templates = Path::new("packaging/c");
    let values = Values::of(target, header.abi)?;
    values.fill(&templates.join("seenby.pc.in"), &lib.join("pkgconfig/seenby.pc"))?;
    for file in ["SeenByConfig.cmake", "SeenByConfigVersion.cmake"] {
        values.fill(&templates.join(format!("{file}.in")), &lib.join("cmake/SeenBy").join(file))?;
    }
    values.fill(&templates.join("README.md.in"), &root.join("README.md"))?;
    copy_into(&templates.join("CMakeLists.txt"), root)?;
    for file in ["LICENSE-MIT", "LICENSE-APACHE", "NOTICE"] {
        copy_into(Path::new(file), root)?;
    }
    licenses::add(target, &root.join("licenses"))?;
    Ok(Package { root: root.to_owned(), packed: PathBuf::new(), shared, archive, unstripped: PathBuf::new() })
}

/// What must be true of every package before anybody gets it.
fn check_library(target: &Target, header: &Header, package: &Package) -> Result<()> {
    let exported = symbols::exported(&package.shared)?;
    if exported != header.functions {
        let missing: Vec<_> = header.functions.difference(&exported).collect();
        let more: Vec<_> = exported.difference(&header.functions).collect();
        return Err(Stop::failed(format!(
            "{} exports what the header does not declare: {more:?}; it lacks {missing:?}",
            package.shared.display()
        )));
    }
    let size = fs::metadata(&package.shared)?.len();
    if size > weigh::limit(target.format) {
        return Err(Stop::failed(format!(
            "{} has {}, and may have {}",
            package.shared.display(),
            weigh::kilobytes(size),
            weigh::kilobytes(weigh::limit(target.format))
        )));
    }
    Ok(())
}

/// Packs the folder: a zip for Windows, a tar.gz elsewhere.
fn pack(target: &Target, out: &Path, name: &str) -> Result<PathBuf> {
    let windows = target.system == "Windows";
    let file = format!("{name}{}", if windows { ".zip" } else { ".tar.gz" });
    let mut command = Command::new(target::program("cmake", "cmake")?);
    command.current_dir(out).args(["-E", "tar", if windows { "cf" } else { "czf" }, &file]);
    command.arg(if windows { "--format=zip" } else { "--format=gnutar" });
    let finished = process::run("package-pack", command.arg(name))?;
    if !finished.ok {
        finished.show();
        return Err(Stop::failed(format!("{file} cannot be packed")));
    }
    Ok(out.join(file))
}

/// Copies a file or a folder into `folder`, under its own name.
fn copy_into(from: &Path, folder: &Path) -> Result<PathBuf> {
    let to = folder.join(from.file_name().unwrap_or_default());
    if from.is_dir() {
        copy_folder(from, &to)?;
        return Ok(to);
    }
    fs::create_dir_all(folder)?;
    fs::copy(from, &to).map_err(|e| Stop::failed(format!("{}: {e}", from.display())))?;
    Ok(to)
}

fn copy_folder(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from).map_err(|e| Stop::failed(format!("{}: {e}", from.display())))? {
        copy_into(&entry?.path(), to)?;
    }
    Ok(())
}

#[cfg(unix)]
fn symlink(to: &str, at: &Path) -> Result<()> {
    Ok(std::os::unix::fs::symlink(to, at)?)
}

#[cfg(not(unix))]
fn symlink(_: &str, at: &Path) -> Result<()> {
    Err(Stop::failed(format!("{} is made on Linux and macOS only", at.display())))
}
