//! The test of the package: made for this machine, unpacked somewhere else, and used as its users would. Other parts run on
//! the same package: what they test is what ships.

use super::header::Header;
use super::target::{Format, Target, program};
use super::{Package, Result, Stop, build, licenses, symbols, texts, vendors};
use crate::outcome::{Counts, Outcome};
use crate::parts::Context;
use crate::process;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

/// The part `package` of `cargo xtask test`.
pub(crate) fn part(context: &Context) -> io::Result<Outcome> {
    let mut counts = Counts::default();
    let unpacked = match host() {
        Ok(unpacked) => unpacked,
        Err(stop) => return Ok(stop.outcome()),
    };
    let checks: [(&str, Check); 7] = [
        ("exports", exports),
        ("contents", contents),
        ("pkg-config", pkg_config),
        ("find_package", find_package),
        ("FetchContent", fetch_content),
        ("versions", versions),
        ("vcpkg", vcpkg),
    ];
    for (name, check) in checks {
        counts.add(counted(name, check(&unpacked)));
    }
    // Packaging has compared the list of crates; the texts are read again where there is time.
    let drift = if context.full {
        licenses::drift().and_then(|drift| drift.map_or(Ok(()), |why| Err(Stop::Failed(why))))
    } else {
        let why = "cargo-about reads every licence again, which takes minutes".into();
        Err(Stop::Missing { why, how: "cargo xtask test package --full".into() })
    };
    counts.add(counted("licences", drift));
    Ok(Outcome::Ran(counts))
}

/// The libraries of Windows that the DLL may want.
const WINDOWS_DLLS: &[&str] = &[
    "advapi32.dll",
    "api-ms-win-core-synch-l1-2-0.dll",
    "bcrypt.dll",
    "bcryptprimitives.dll",
    "crypt32.dll",
    "kernel32.dll",
    "msvcrt.dll",
    "ntdll.dll",
    "userenv.dll",
    "ws2_32.dll",
];

type Check = fn(&Unpacked) -> Result<()>;

pub(super) fn counted(name: &str, result: Result<()>) -> Counts {
    match result {
        Ok(()) => Counts::one(true),
        // Said aloud, and counted with the tests that did not run.
        Err(Stop::Missing { why, how }) => {
            println!("    {name}: skipped: {why}; to run it: {how}");
            Counts { ignored: 1, ..Counts::default() }
        }
        Err(Stop::Failed(why)) => {
            println!("    {name}: {why}");
            Counts::one(false)
        }
    }
}

/// A package, unpacked where its users would.
#[derive(Clone)]
pub(crate) struct Unpacked {
    pub(crate) target: Target,
    /// The archive.
    pub(crate) packed: PathBuf,
    /// The folder that was in it.
    pub(crate) root: PathBuf,
}

/// This machine's package, made and unpacked: once, however many parts want it.
pub(crate) fn host() -> Result<Unpacked> {
    static MADE: OnceLock<Result<Unpacked>> = OnceLock::new();
    MADE.get_or_init(|| unpacked(&Target::host()?)).clone()
}

/// The package for Windows that mingw links on Linux, made and unpacked.
pub(crate) fn windows() -> Result<Unpacked> {
    unpacked(&Target::named("x86_64-pc-windows-gnu")?)
}

/// What can be seen of the package for Windows without running it. (Packaging has measured the DLL.)
pub(crate) fn windows_files(unpacked: &Unpacked) -> Counts {
    let checks: [(&str, Check); 3] =
        [("exports", exports), ("contents", contents), ("import libraries", import_libraries)];
    let mut counts = Counts::default();
    for (name, check) in checks {
        counts.add(counted(name, check(unpacked)));
    }
    counts
}

fn unpacked(target: &Target) -> Result<Unpacked> {
    let folder = build::target_folder()?.join("package");
    fs::create_dir_all(&folder)?;
    let Package { packed, root, .. } = super::c(target, &folder)?;
    // Its first home is gone: what points there fails.
    let name = root.file_name().unwrap_or_default().to_owned();
    fs::remove_dir_all(&root)?;
    let elsewhere = folder.join("unpacked");
    fs::create_dir_all(&elsewhere)?;
    let _ = fs::remove_dir_all(elsewhere.join(&name));
    let mut command = Command::new(program("cmake", "cmake")?);
    run("unpack", command.current_dir(&elsewhere).args(["-E", "tar", "xf"]).arg(&packed))?;
    Ok(Unpacked { target: *target, packed, root: elsewhere.join(name) })
}

/// What is exported is what the header in the package declares, in the shared library and in the static one.
fn exports(unpacked: &Unpacked) -> Result<()> {
    let header = Header::at(&unpacked.root.join("include/seenby.h"))?;
    let shared = unpacked.shared(&header);
    let exported = symbols::exported(&shared)?;
    same("the shared library", &exported, &header.functions)?;
    let defined = symbols::defined(&unpacked.root.join("lib").join(unpacked.target.archive()))?;
    if unpacked.target.format == Format::Elf {
        same("the static library", &defined, &header.functions)?;
    }
    let missing: Vec<_> = header.functions.difference(&defined).collect();
    expect(missing.is_empty(), || format!("the static library lacks {missing:?}"))
}

fn same(
    what: &str,
    is: &std::collections::BTreeSet<String>,
    should: &std::collections::BTreeSet<String>,
) -> Result<()> {
    let differ: Vec<_> = is.symmetric_difference(should).collect();
    expect(differ.is_empty(), || format!("{what} and the header differ in {differ:?}"))
}

/// Linkers find every function in both import libraries, and nothing else of ours. (`lib /list` reads the same table.)
fn import_libraries(unpacked: &Unpacked) -> Result<()> {
    let functions = Header::at(&unpacked.root.join("include/seenby.h"))?.functions;
    let with_pointers: std::collections::BTreeSet<_> =
        functions.iter().flat_map(|name| [name.clone(), format!("__imp_{name}")]).collect();
    for library in ["libseenby.dll.a", "seenby.lib"] {
        let mut listed = symbols::listed(&unpacked.root.join("lib").join(library))?;
        // The rest is the linker's bookkeeping: where the table of imports begins and ends.
        listed.retain(|name| name.trim_start_matches("__imp_").starts_with("seenby_"));
        same(library, &listed, &with_pointers)?;
    }
    let def = fs::read_to_string(unpacked.root.join("lib/seenby.def"))?;
    let exported = def.lines().skip_while(|line| line.trim() != "EXPORTS").skip(1).map(|line| line.trim().to_owned());
    same("seenby.def", &exported.filter(|name| !name.is_empty()).collect(), &functions)
}

/// Nothing for debuggers in what is shipped, their part beside it, no path of this machine, no library that systems may lack.
fn contents(unpacked: &Unpacked) -> Result<()> {
    let header = Header::at(&unpacked.root.join("include/seenby.h"))?;
    let shared = unpacked.shared(&header);
    expect(symbols::is_stripped(&shared)?, || format!("{} is not stripped", shared.display()))?;
    let bytes = fs::read(&shared)?;
    let here = std::env::current_dir()?;
    let home = std::env::home_dir().unwrap_or_default();
    for path in [&here, &home].into_iter().filter(|path| path.components().count() > 1) {
        let text = path.to_string_lossy();
        expect(!bytes.windows(text.len()).any(|window| window == text.as_bytes()), || {
            format!("{} names {text}", shared.display())
        })?;
    }
    if unpacked.target.format == Format::Elf {
        let debug = unpacked.root.join("symbols").join(format!("{}.debug", unpacked.target.shared(header.abi)));
        let (library, debug) = (symbols::build_id(&shared)?, symbols::build_id(&debug)?);
        expect(library.is_some() && library == debug, || {
            format!("symbols/ belongs to another build: {debug:?}, the library is {library:?}")
        })?;
    }
    let allowed: &[&str] = match unpacked.target.format {
        Format::Elf => &["libc.so.6", "libgcc_s.so.1", "libm.so.6", "ld-linux-x86-64.so.2", "ld-linux-aarch64.so.1"],
        // Every Windows has them; what mingw brings of its own (threads, unwinding) must be inside.
        Format::Mingw => WINDOWS_DLLS,
        Format::Msvc | Format::MachO => &[],
    };
    if !allowed.is_empty() {
        let wanted = symbols::wanted(&shared)?;
        let strange: Vec<_> = wanted.iter().filter(|name| !allowed.contains(&name.as_str())).collect();
        expect(strange.is_empty(), || format!("{} wants {strange:?}", shared.display()))?;
    }
    for file in ["LICENSE-MIT", "LICENSE-APACHE", "NOTICE", "README.md", "licenses/THIRD_PARTY_LICENSES"] {
        expect(unpacked.root.join(file).is_file(), || format!("the package has no {file}"))?;
    }
    Ok(())
}

/// A C compiler and the `.pc` file are enough, for both libraries.
fn pkg_config(unpacked: &Unpacked) -> Result<()> {
    let pkg_config = program("pkg-config", "pkg-config")?;
    let ask = |arguments: &[&str]| -> Result<Vec<String>> {
        let mut command = Command::new(&pkg_config);
        command.env("PKG_CONFIG_PATH", unpacked.root.join("lib/pkgconfig")).args(arguments).arg("seenby");
        let output = command.output()?;
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        expect(output.status.success(), || String::from_utf8_lossy(&output.stderr).into_owned())?;
        Ok(text.split_whitespace().map(str::to_owned).collect())
    };
    let version = ask(&["--modversion"])?;
    expect(version == [texts::VERSION], || format!("pkg-config says version {version:?}"))?;

    let folder = fresh(unpacked, "pkg-config")?;
    let source = std::path::absolute("tests/package/first.c")?;
    let compile = |program: &str, flags: Vec<String>, libs: Vec<String>| -> Result<()> {
        let mut command = Command::new(unpacked.target.tool("gcc")?);
        run("pkg-config", command.current_dir(&folder).args(flags).arg(&source).args(["-o", program]).args(libs))?;
        let mut command = Command::new(folder.join(program));
        command.env("LD_LIBRARY_PATH", unpacked.root.join("lib"));
        command.env("DYLD_LIBRARY_PATH", unpacked.root.join("lib"));
        run("pkg-config-run", command.current_dir(&folder))
    };
    compile("shared", ask(&["--cflags"])?, ask(&["--libs"])?)?;
    // Where both libraries are, linkers take the shared one unless told.
    let archive = unpacked.root.join("lib").join(unpacked.target.archive());
    let libs = ask(&["--static", "--libs"])?;
    let libs =
        libs.into_iter().map(|lib| if lib == "-lseenby" { archive.display().to_string() } else { lib }).collect();
    let mut flags = ask(&["--cflags"])?;
    flags.push("-DSEENBY_STATIC".into());
    compile("static", flags, libs)
}

/// `find_package(SeenBy)`: the examples are built from the package alone, and run.
fn find_package(unpacked: &Unpacked) -> Result<()> {
    examples(unpacked, "find_package", &format!("-DCMAKE_PREFIX_PATH={}", unpacked.root.display()))
}

/// `FetchContent`: the same from the archive.
fn fetch_content(unpacked: &Unpacked) -> Result<()> {
    examples(unpacked, "FetchContent", &format!("-DSEENBY_ARCHIVE={}", unpacked.packed.display()))
}

/// Configures, builds and runs `tests/package` with each folder of examples, copied out of the source tree.
fn examples(unpacked: &Unpacked, name: &str, option: &str) -> Result<()> {
    let cmake = program("cmake", "cmake")?;
    let folder = fresh(unpacked, name)?;
    let sources = folder.join("sources");
    super::copy_folder(Path::new("tests/package"), &sources.join("package"))?;
    super::copy_folder(Path::new("examples"), &sources.join("examples"))?;
    for language in ["c", "cpp"] {
        let build = folder.join(language);
        let mut configure = Command::new(&cmake);
        configure.arg("-S").arg(sources.join("package")).args(["-DCMAKE_BUILD_TYPE=Release", "-B"]).arg(&build);
        configure.arg(format!("-DSEENBY_WANTED={}", texts::VERSION)).arg(option);
        configure.arg(format!("-DSEENBY_EXAMPLES={}", sources.join("examples").join(language).display()));
        run(name, &mut configure)?;
        run(name, Command::new(&cmake).arg("--build").arg(&build).args(["--config", "Release", "--parallel", "2"]))?;
        let mut test = Command::new(cmake.with_file_name(format!("ctest{}", std::env::consts::EXE_SUFFIX)));
        run(name, test.current_dir(&build).args(["-C", "Release", "--output-on-failure", "--no-tests=error"]))?;
    }
    Ok(())
}

/// A version that is too new, or of before, is refused.
fn versions(unpacked: &Unpacked) -> Result<()> {
    for (version, fits) in [(texts::VERSION, true), ("99.0", false), ("0.0.1", texts::VERSION.starts_with("0.0."))] {
        let folder = fresh(unpacked, "versions")?;
        let mut command = Command::new(program("cmake", "cmake")?);
        command.args(["-S", "tests/package", "-DSEENBY_ONLY_FIND=ON", "-B"]).arg(&folder);
        command
            .arg(format!("-DCMAKE_PREFIX_PATH={}", unpacked.root.display()))
            .arg(format!("-DSEENBY_WANTED={version}"));
        let finished = process::run("package-versions", &mut command)?;
        expect(finished.ok == fits, || {
            finished.show();
            format!("find_package(SeenBy {version}) {}", if fits { "failed" } else { "accepted this version" })
        })?;
    }
    Ok(())
}

/// The port, made for this machine's archive, installs what find_package finds.
fn vcpkg(unpacked: &Unpacked) -> Result<()> {
    let triplet = match unpacked.target.triple {
        "x86_64-unknown-linux-gnu" => "x64-linux",
        "aarch64-unknown-linux-gnu" => "arm64-linux",
        "aarch64-apple-darwin" => "arm64-osx",
        "x86_64-apple-darwin" => "x64-osx",
        "x86_64-pc-windows-msvc" => "x64-windows",
        other => return Err(Stop::failed(format!("vcpkg has no name for {other}"))),
    };
    let archives = unpacked.packed.parent().unwrap_or(Path::new("."));
    vendors::vcpkg(archives)?;
    let folder = fresh(unpacked, "vcpkg")?;
    let installed = folder.join("installed");
    let cmake = program("cmake", "cmake")?;
    let mut port = Command::new(&cmake);
    port.arg(format!("-DPORT={}", archives.join("vcpkg/seenby").display()));
    port.arg(format!("-DARCHIVES={}", archives.display())).arg(format!("-DINTO={}", installed.display()));
    run("vcpkg", port.arg(format!("-DTRIPLET={triplet}")).args(["-P", "tests/package/vcpkg.cmake"]))?;
    let build = folder.join("build");
    let mut configure = Command::new(&cmake);
    configure.args(["-S", "tests/package", "-B"]).arg(&build);
    run("vcpkg", configure.arg(format!("-DCMAKE_PREFIX_PATH={}", installed.display())))?;
    run("vcpkg", Command::new(&cmake).arg("--build").arg(&build))?;
    let mut test = Command::new(cmake.with_file_name(format!("ctest{}", std::env::consts::EXE_SUFFIX)));
    run("vcpkg", test.current_dir(&build).args(["--output-on-failure", "--no-tests=error"]))
}

/// An empty folder for a build.
fn fresh(unpacked: &Unpacked, name: &str) -> Result<PathBuf> {
    let folder = build::target_folder()?.join("package").join(format!("{name}-{}", unpacked.target.triple));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder)?;
    Ok(folder)
}

impl Unpacked {
    /// The shared library in it.
    pub(crate) fn shared(&self, header: &Header) -> PathBuf {
        self.root.join(self.target.shared_folder()).join(self.target.shared(header.abi))
    }
}

fn run(name: &str, command: &mut Command) -> Result<()> {
    let finished = process::run(&format!("package-{name}"), command)?;
    expect(finished.ok, || {
        finished.show();
        format!("{} failed", Path::new(command.get_program()).display())
    })
}

fn expect(ok: bool, why: impl FnOnce() -> String) -> Result<()> {
    if ok { Ok(()) } else { Err(Stop::Failed(why())) }
}
