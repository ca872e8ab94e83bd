//! The licences of what is inside. `packaging/THIRD_PARTY_LICENSES` is committed; cargo-about writes it, and every package
//! compares its list of crates with what is really linked.

use super::target::{Format, TARGETS, Target};
use super::{Result, Stop, build, copy_into};
use crate::cache;
use crate::process;
use std::collections::BTreeSet;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What cargo-about wrote.
const COMMITTED: &str = "packaging/THIRD_PARTY_LICENSES";
/// What it prints changes between its versions.
const ABOUT: &str = "0.9.3";
/// Between two licences.
const RULE: &str = "================================================================================\n";

/// A library, as cargo is asked about it.
pub(crate) type Library = &'static [&'static str];
/// What C programs link.
pub(crate) const C: Library = &["-p", "seenby-ffi"];
/// What the JVM and Android load.
pub(crate) const JVM: Library = &["-p", "seenby-jvm"];
/// What iOS and Mac apps link.
pub(crate) const APPLE: Library = &["-p", "seenby-apple"];

/// The libraries, and the targets each is built for.
fn shipped() -> Vec<(Library, &'static str)> {
    let mut all: Vec<_> = TARGETS.iter().flat_map(|target| [(C, target.triple), (JVM, target.triple)]).collect();
    all.extend(super::apple::SLICES.iter().map(|slice| (APPLE, slice.triple)));
    all.extend(super::android::ABIS.iter().map(|abi| (JVM, abi.triple)));
    all
}

/// Puts the licences of what is in a package for `target` into `folder`.
pub(crate) fn add(target: &Target, folder: &Path) -> Result<()> {
    of(&[(C, target.triple)], folder)?;
    if target.format == Format::Mingw {
        copy_into(Path::new("packaging/licenses/MINGW_W64_RUNTIME"), folder)?;
    }
    Ok(())
}

/// Puts the licences of what is in these libraries for these targets into `folder`. The committed file is for all libraries: a
/// package may say more than is in it, and never less.
pub(crate) fn of(libraries: &[(Library, &str)], folder: &Path) -> Result<()> {
    let listed = crates_in(&committed()?);
    let mut linked = BTreeSet::new();
    for (library, triple) in libraries {
        linked.extend(linked_into(library, triple)?);
    }
    let missing: Vec<_> = linked.difference(&listed).cloned().collect();
    if !missing.is_empty() {
        return Err(Stop::failed(format!(
            "{COMMITTED} lacks {}; to write it anew: cargo xtask package licenses",
            missing.join(", ")
        )));
    }
    copy_into(Path::new(COMMITTED), folder)?;
    fs::copy(of_std()?, folder.join("RUST_STANDARD_LIBRARY.html"))?;
    Ok(())
}

/// Writes the committed file anew.
pub(crate) fn write() -> Result<()> {
    let text = generate(&about()?)?;
    fs::write(COMMITTED, text)?;
    println!("{COMMITTED} is written");
    Ok(())
}

/// Whether the committed file is what cargo-about would write; lines that differ if not.
pub(crate) fn drift() -> Result<Option<String>> {
    let fresh = generate(&about()?)?;
    let committed = committed()?;
    if fresh == committed {
        return Ok(None);
    }
    let (fresh, committed): (BTreeSet<_>, BTreeSet<_>) = (fresh.lines().collect(), committed.lines().collect());
    let differ: Vec<_> = fresh.symmetric_difference(&committed).take(5).copied().collect();
    Ok(Some(format!("{COMMITTED} is stale: cargo xtask package licenses. Among what differs: {differ:?}")))
}

fn committed() -> Result<String> {
    fs::read_to_string(COMMITTED).map_err(|e| Stop::failed(format!("{COMMITTED}: {e}; cargo xtask package licenses")))
}

/// The crates whose code is in the library, `name version`.
fn linked_into(library: Library, triple: &str) -> Result<BTreeSet<String>> {
    let mut command = cargo();
    command.args(["tree", "--locked", "--edges", "normal,no-proc-macro", "--prefix", "none", "--format", "{p}"]);
    let output = command.args(library).args(["--target", triple]).output()?;
    if !output.status.success() {
        return Err(Stop::failed(format!("cargo tree: {}", String::from_utf8_lossy(&output.stderr).trim())));
    }
    // `tokio v1.54.1`, `seenby-core v0.1.0 (/folder)`
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let names = text.lines().filter_map(|line| {
        let mut words = line.split_whitespace();
        let (name, version) = (words.next()?, words.next()?);
        (!name.starts_with("seenby-")).then(|| format!("{name} {}", version.trim_start_matches('v')))
    });
    Ok(names.collect())
}

/// The crates that the file names: lines that are indented by two blanks, before each licence.
fn crates_in(text: &str) -> BTreeSet<String> {
    text.split(RULE).skip(1).flat_map(|part| heads(part).map(str::to_owned).collect::<Vec<_>>()).collect()
}

fn heads(part: &str) -> impl Iterator<Item = &str> {
    let lines = part.lines().skip(2);
    lines.take_while(|line| !line.is_empty()).map(str::trim)
}

/// Only what concerns the crates in `keep`. cargo-about looks at the workspace as a whole: at macros too, which are gone when a
/// library is built. What is ours has its licence beside the file.
fn only(text: &str, keep: &BTreeSet<String>) -> String {
    let mut parts = text.split(RULE);
    let mut left = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let names: Vec<_> = heads(part).collect();
        if !names.iter().any(|name| keep.contains(*name)) {
            continue;
        }
        left.push_str(RULE);
        // The title, an empty line, the names.
        for (i, line) in part.lines().enumerate() {
            let is_name = (2..2 + names.len()).contains(&i);
            if !is_name || keep.contains(line.trim()) {
                left.push_str(line.trim_end());
                left.push('\n');
            }
        }
    }
    left.trim_end().to_owned() + "\n"
}

fn generate(about: &Path) -> Result<String> {
    // Offline it reads what lies in the crates, and nothing that may be another tomorrow.
    let fetched = process::run("package-fetch", cargo().args(["fetch", "--locked"]))?;
    if !fetched.ok {
        fetched.show();
        return Err(Stop::failed("the crates cannot be fetched"));
    }
    let out = super::build::target_folder()?.join("xtask").join("THIRD_PARTY_LICENSES");
    let mut command = Command::new(about);
    command
        .args(["generate", "--locked", "--offline", "--fail", "--manifest-path", "ffi/Cargo.toml"])
        .args(["--features", "uni"])
        .args(["--config", "packaging/licenses/about.toml", "--output-file"])
        .arg(&out)
        .arg("packaging/licenses/about.hbs");
    let finished = process::run("package-licenses", &mut command)?;
    if !finished.ok {
        finished.show();
        return Err(Stop::failed("cargo-about failed"));
    }
    let mut keep = BTreeSet::new();
    for (library, triple) in shipped() {
        keep.extend(linked_into(library, triple)?);
    }
    Ok(only(&fs::read_to_string(out)?, &keep))
}

/// cargo-about, of the version that wrote what is committed.
fn about() -> Result<PathBuf> {
    let is_right = |program: &PathBuf| {
        let output = Command::new(program).arg("--version").output();
        output.is_ok_and(|output| String::from_utf8_lossy(&output.stdout).trim().ends_with(ABOUT))
    };
    if let Some(program) = cache::program("cargo-about").filter(is_right) {
        return Ok(program);
    }
    println!("  building cargo-about");
    let root = cache::folder();
    let mut command = cargo();
    command.args(["install", "cargo-about", "--version", ABOUT, "--locked", "--features", "cli", "--root"]);
    let finished = process::run("cargo-about", command.arg(&root))?;
    if !finished.ok {
        finished.show();
        return Err(Stop::Missing {
            why: format!("cargo-about {ABOUT} cannot be built"),
            how: format!("with a network, run: cargo install cargo-about --version {ABOUT} --features cli"),
        });
    }
    Ok(root.join("bin").join(format!("cargo-about{}", env::consts::EXE_SUFFIX)))
}

/// The licences of Rust's standard library, which the toolchain brings.
fn of_std() -> Result<PathBuf> {
    let file = build::sysroot()?.join("share/doc/rust/COPYRIGHT-library.html");
    if file.is_file() {
        return Ok(file);
    }
    Err(Stop::Missing {
        why: format!("{} is missing: the licences of Rust's standard library", file.display()),
        how: "package with a toolchain that rustup installed".into(),
    })
}

fn cargo() -> Command {
    Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn example() -> String {
        format!(
            "What is inside.\n\n{RULE}MIT License\n\n  bytes 1.0.0\n  seenby-core 0.1.0\n\nPermission is\n  granted 1.0\n\n\
             {RULE}MIT License\n\n  seenby-store 0.1.0\n\nOurs\n"
        )
    }

    #[test]
    fn the_crates_are_those_before_each_text() {
        let all: Vec<_> = crates_in(&example()).into_iter().collect();
        assert_eq!(all, ["bytes 1.0.0", "seenby-core 0.1.0", "seenby-store 0.1.0"]);
    }

    #[test]
    fn what_is_not_linked_is_left_out() {
        let text = only(&example(), &BTreeSet::from(["bytes 1.0.0".to_owned()]));
        assert_eq!(crates_in(&text).into_iter().collect::<Vec<_>>(), ["bytes 1.0.0"]);
        assert!(text.contains("granted 1.0") && !text.contains("Ours") && !text.contains("seenby"), "{text}");
    }
}
