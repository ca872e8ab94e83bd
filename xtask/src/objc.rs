//! The part `objc`: the Objective-C layer of bindings/objc on this machine: GNUstep without ARC, and on a Mac Foundation with it.

use crate::objc_arc;
use crate::objc_examples;
use crate::objc_scenarios;
use crate::objc_system;
use crate::outcome::{Counts, Outcome};
use crate::parts::Context;
use crate::process::{self, Finished};
use crate::system::{self, Need};
use crate::workspace;
use std::env;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;

const LAYER: &str = "bindings/objc";
const TESTS: &str = "bindings/objc/tests";
/// Where what is built here is kept.
const BUILT: &str = "target/xtask/objc";
/// What every source of ours is compiled with.
const WARNINGS: [&str; 6] =
    ["-Wall", "-Wextra", "-Werror", "-Wno-unused-parameter", "-Wnullability-completeness", "-Wstrict-prototypes"];

pub(crate) fn run(context: &Context) -> io::Result<Outcome> {
    if cfg!(windows) {
        return Ok(Outcome::Skipped {
            why: "there is no Objective-C on Windows".into(),
            how: "run it on Linux or a Mac".into(),
        });
    }
    if let Err(skipped) = needs(context)? {
        return Ok(skipped);
    }
    let mut counts = objc_arc::run()?;
    let library = match workspace::library("seenby-apple")? {
        Ok(library) => library,
        Err(failed) => {
            failed.show();
            return Ok(Outcome::Ran(Counts::one(false)));
        }
    };
    counts.add(all(&Kit::new("objc", &library, &[])?)?);
    if context.full {
        // The library itself is not instrumented: what the layer does with its memory is seen all the same.
        let sanitize = ["-fsanitize=address", "-fno-omit-frame-pointer"].map(str::to_owned);
        counts.add(all(&Kit::new("objc-asan", &library, &sanitize)?)?);
    }
    Ok(Outcome::Ran(counts))
}

/// What compiling Objective-C needs.
pub(crate) fn needs(context: &Context) -> io::Result<Result<(), Outcome>> {
    if cfg!(target_os = "macos") {
        return Ok(Ok(()));
    }
    const NEEDS: [Need; 5] = [
        Need::Program("clang", "clang"),
        Need::Program("gcc", "gcc"),
        Need::Program("gnustep-config", "gnustep-make"),
        Need::File("/usr/include/GNUstep/Foundation/Foundation.h", "libgnustep-base-dev"),
        Need::File("/usr/include/Block.h", "libblocksruntime-dev"),
    ];
    if let Err(skipped) = system::packages(context, &NEEDS)? {
        return Ok(Err(skipped));
    }
    // The runtime's headers are in a folder that has the compiler's version in its name.
    let header = gcc_folder().unwrap_or_default().join("include/objc/objc.h");
    let header: &'static str = Box::leak(header.to_string_lossy().into_owned().into_boxed_str());
    system::packages(context, &[Need::File(header, "gobjc")])
}

/// Where GCC keeps what it brings, Objective-C's headers among it.
fn gcc_folder() -> Option<PathBuf> {
    let output = Command::new("gcc").arg("-print-libgcc-file-name").output().ok()?;
    let file = PathBuf::from(String::from_utf8_lossy(&output.stdout).trim());
    file.parent().map(Path::to_owned)
}

/// How Objective-C is compiled and linked here.
pub(crate) struct Kit {
    pub(crate) name: &'static str,
    compile: Vec<String>,
    link: Vec<String>,
    pub(crate) folder: PathBuf,
}

impl Kit {
    pub(crate) fn new(name: &'static str, library: &Path, also: &[String]) -> io::Result<Self> {
        let here = env::current_dir()?;
        let folder = here.join(BUILT).join(name);
        fs::create_dir_all(&folder)?;
        let text = |path: PathBuf| path.to_string_lossy().into_owned();
        let mut compile: Vec<String> = vec!["-fblocks".into(), "-g1".into(), "-gdwarf-4".into()];
        compile.push(format!("-I{}", text(here.join(LAYER).join("include"))));
        compile.push(format!("-I{}", text(here.join("include"))));
        let libraries = text(here.join(library.parent().unwrap_or(Path::new("."))));
        let mut link = vec![format!("-L{libraries}"), "-lseenby_apple".into(), format!("-Wl,-rpath,{libraries}")];
        if cfg!(target_os = "macos") {
            compile.push("-fobjc-arc".into());
            link.extend(["-framework", "Foundation", "-framework", "Network"].map(str::to_owned));
        } else {
            let gcc = text(gcc_folder().unwrap_or_default());
            compile.push(format!("-I{}", text(here.join(LAYER).join("gnustep"))));
            // After clang's own, of which it has some too.
            compile.extend(["-idirafter".into(), format!("{gcc}/include")]);
            for flag in gnustep("--objc-flags")? {
                match flag.strip_prefix("-I") {
                    // Its headers do not pass our warnings.
                    Some(folder) => compile.extend(["-isystem".to_owned(), folder.to_owned()]),
                    None if flag.starts_with("-M") || flag == "-g" => {}
                    None => compile.push(flag),
                }
            }
            // Before GNUstep's: its block functions leave clang's blocks on the stack.
            link.extend([format!("-L{gcc}"), "-lBlocksRuntime".into()]);
            link.extend(gnustep("--base-libs")?);
            link.push("-ldl".into());
            // Lists and dictionaries with subscripts, which its runtime has methods for.
            compile.extend(["-Xclang", "-fobjc-subscripting-legacy-runtime"].map(str::to_owned));
        }
        // The last word: they differ from what GNUstep says.
        compile.push("-O1".into());
        compile.extend(also.iter().cloned());
        link.extend(also.iter().cloned());
        Ok(Self { name, compile, link, folder })
    }

    /// Compiles sources, two at a time. The objects, or the first failure.
    pub(crate) fn objects(
        &self,
        what: &str,
        sources: &[PathBuf],
        also: &[&str],
    ) -> io::Result<Result<Vec<PathBuf>, Finished>> {
        let folder = self.folder.join(what);
        fs::create_dir_all(&folder)?;
        let object = |source: &PathBuf| {
            let name = source.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            (folder.join(format!("{name}.o")), name)
        };
        let one = |source: &PathBuf| {
            let (to, name) = object(source);
            let mut clang = Command::new("clang");
            clang.args(&self.compile).args(WARNINGS).args(also).arg("-c").arg(source).arg("-o").arg(&to);
            process::run(&format!("{}-{what}-{name}", self.name), &mut clang)
        };
        for two in sources.chunks(2) {
            let finished: Vec<io::Result<Finished>> = thread::scope(|scope| {
                let running: Vec<_> = two.iter().map(|source| scope.spawn(|| one(source))).collect();
                running.into_iter().map(|thread| thread.join().expect("compiling does not panic")).collect()
            });
            for result in finished {
                let finished = result?;
                if !finished.ok {
                    return Ok(Err(finished));
                }
            }
        }
        Ok(Ok(sources.iter().map(|source| object(source).0).collect()))
    }

    /// The layer itself.
    pub(crate) fn layer(&self, what: &str, also: &[&str]) -> io::Result<Result<Vec<PathBuf>, Finished>> {
        let mut all = sources(&Path::new(LAYER).join("src"))?;
        if !cfg!(target_os = "macos") {
            all.extend(sources(&Path::new(LAYER).join("gnustep"))?);
        }
        self.objects(what, &all, also)
    }

    /// Links a program of objects.
    pub(crate) fn link(&self, name: &str, objects: &[PathBuf]) -> io::Result<Result<PathBuf, Finished>> {
        // Beside the folders of objects, which may have the same name.
        let programs = self.folder.join("bin");
        fs::create_dir_all(&programs)?;
        let program = programs.join(name);
        let mut clang = Command::new("clang");
        clang.arg("-o").arg(&program).args(objects).args(&self.link);
        let linked = process::run(&format!("{}-link-{name}", self.name), &mut clang)?;
        Ok(if linked.ok { Ok(program) } else { Err(linked) })
    }
}

/// What GNUstep says how to compile or to link.
fn gnustep(which: &str) -> io::Result<Vec<String>> {
    let output = Command::new("gnustep-config").arg(which).output()?;
    Ok(String::from_utf8_lossy(&output.stdout).split_whitespace().map(str::to_owned).collect())
}

/// The Objective-C sources in a folder, by name.
pub(crate) fn sources(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    match fs::read_dir(folder) {
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(found),
        Err(e) => return Err(e),
        Ok(entries) => {
            for entry in entries {
                let path = entry?.path();
                if path.extension().is_some_and(|extension| extension == "m") {
                    found.push(path);
                }
            }
        }
    }
    found.sort();
    Ok(found)
}

/// Everything that is compiled and run with one kit.
fn all(kit: &Kit) -> io::Result<Counts> {
    let mut counts = Counts::default();
    let tests = sources(Path::new(TESTS))?;
    for (what, also) in [("headers", &[][..]), ("headers-prefixed", &["-DSEENBY_NO_GLOBAL_NAMES"][..])] {
        let headers = [Path::new(TESTS).join("headers").join(format!("{what}.m"))];
        counts.add(done(kit.objects(what, &headers, also)?));
    }
    let layer = match kit.layer("layer", &[])? {
        Ok(layer) => layer,
        Err(failed) => {
            failed.show();
            counts.add(Counts::one(false));
            return Ok(counts);
        }
    };
    // Each test is a program of its own: the client of a process is begun and ended once. With it is linked what has the
    // documented names, as another library would.
    let others = sources(&Path::new(TESTS).join("vendor"))?;
    let (all, others) = match (kit.objects("tests", &tests, &[])?, kit.objects("vendor", &others, &[])?) {
        (Ok(all), Ok(others)) => (all, others),
        (Err(failed), _) | (_, Err(failed)) => {
            failed.show();
            counts.add(Counts::one(false));
            return Ok(counts);
        }
    };
    for (test, object) in tests.iter().zip(all) {
        let name = test.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let objects: Vec<PathBuf> = layer.iter().chain(&others).cloned().chain([object]).collect();
        counts.add(match kit.link(&name, &objects)? {
            Ok(program) => test_program(kit, &name, &program)?,
            Err(failed) => {
                failed.show();
                Counts::one(false)
            }
        });
    }
    if !cfg!(target_os = "macos") {
        counts.add(objc_system::run(kit)?);
    }
    counts.add(objc_examples::all_there()?);
    counts.add(objc_examples::run(kit, &layer)?);
    counts.add(objc_scenarios::run(kit, &layer)?);
    Ok(counts)
}

/// Runs a test, which counts what it checked in its last line: `12 passed, 0 failed`.
pub(crate) fn test_program(kit: &Kit, name: &str, program: &Path) -> io::Result<Counts> {
    let data = kit.folder.join(format!("{name}.data"));
    if data.exists() {
        fs::remove_dir_all(&data)?;
    }
    fs::create_dir_all(&data)?;
    let mut command = Command::new(program);
    // What leaks in GNUstep's own classes is not ours to mend.
    command.env("SEENBY_TEST_DATA", &data).env("ASAN_OPTIONS", "detect_leaks=0");
    let finished = process::run(&format!("{}-{name}", kit.name), &mut command)?;
    let counts = counted(&finished.lines, finished.ok);
    if counts.failed > 0 {
        finished.show();
    }
    println!("  {name}: {} passed, {} failed", counts.passed, counts.failed);
    Ok(counts)
}

/// The counts of a test program. One that ended without them, or not well, failed.
fn counted(lines: &[String], ok: bool) -> Counts {
    let last = lines.iter().rev().find(|line| line.ends_with(" failed")).map_or("", String::as_str);
    let mut numbers = last.split(", ").filter_map(|part| part.split(' ').next()?.parse::<u64>().ok());
    let (passed, failed) = (numbers.next(), numbers.next());
    let mut counts = Counts { passed: passed.unwrap_or(0), failed: failed.unwrap_or(0), ignored: 0 };
    if counts.failed == 0 && (!ok || counts.passed == 0) {
        counts.failed = 1;
    }
    counts
}

/// Whether it worked; what failed is shown.
fn done<T>(result: Result<T, Finished>) -> Counts {
    if let Err(failed) = &result {
        failed.show();
    }
    Counts::one(result.is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_test_program_is_counted_by_its_last_line() {
        let lines = |text: &str| text.lines().map(str::to_owned).collect::<Vec<_>>();
        let good = lines("a check\n12 passed, 0 failed");
        assert_eq!(counted(&good, true), Counts { passed: 12, failed: 0, ignored: 0 });
        assert_eq!(counted(&lines("3 passed, 2 failed"), false), Counts { passed: 3, failed: 2, ignored: 0 });
        // It crashed at its end, in its middle, or checked nothing.
        assert_eq!(counted(&good, false).failed, 1);
        assert_eq!(counted(&lines("a check"), false).failed, 1);
        assert_eq!(counted(&lines("0 passed, 0 failed"), true).failed, 1);
    }
}
