//! Swift's meaning, without code: on Linux in language mode 6, and for Apple's systems, checked where there are none. There the
//! compiler is told that it compiles for an iPhone with iOS 13, or a Mac with macOS 11, and finds the standard library's own interface,
//! made for that system, and the stand-ins of Apple's frameworks in tests/swift/apple. So it sees what is left out on Linux, what is
//! newer than those systems, and what belongs to the main actor.

use crate::files;
use crate::outcome::Counts;
use crate::process;
use crate::swift::Swift;
use std::env;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

const STAND_INS: &str = "tests/swift/apple/modules";
const MISTAKES: &str = "tests/swift/apple/mistakes";
const SOURCES: &str = "bindings/swift/Sources";
const APP: &str = "examples/ios";
/// Below target.
const FOLDER: &str = "swift-apple";
/// The parts of the standard library that are needed, each after what it needs.
const STANDARD: [&str; 3] = ["Swift", "SwiftOnoneSupport", "_Concurrency"];
/// What apps link, each after what it needs.
const LIBRARY: [&str; 4] = ["SeenByCore", "SeenBy", "SeenByV2TIM", "SeenByTestKit"];
/// The package's programs.
const PROGRAMS: [(&str, &str); 3] = [
    ("ScenarioAgent", "bindings/swift/Tests/ScenarioAgent"),
    ("SeenByBench", "bindings/swift/Sources/seenby-bench"),
    ("SeenByReceipt", "bindings/swift/Examples/receipt"),
];

/// A system to compile for.
struct System {
    name: &'static str,
    /// The oldest that the library is for; none: this one, with all that it has.
    target: Option<&'static str>,
    /// The oldest that the app in examples is for.
    app: Option<&'static str>,
    /// Its frameworks, each after what it needs.
    frameworks: &'static [&'static str],
    mode: &'static [&'static str],
}

const SYSTEMS: [System; 3] = [
    System { name: "linux", target: None, app: None, frameworks: &[], mode: &["-swift-version", "6"] },
    System {
        name: "ios",
        target: Some("x86_64-apple-ios13.0-simulator"),
        app: Some("x86_64-apple-ios16.0-simulator"),
        frameworks: &["Darwin", "Dispatch", "os", "Foundation", "Network", "Combine", "UIKit", "SwiftUI"],
        mode: &["-swift-version", "6"],
    },
    System {
        name: "macos",
        target: Some("x86_64-apple-macosx11.0"),
        app: Some("x86_64-apple-macosx13.0"),
        frameworks: &["Darwin", "Dispatch", "os", "Foundation", "Network", "Combine", "AppKit", "SwiftUI"],
        mode: &["-swift-version", "5", "-strict-concurrency=complete"],
    },
];

/// Checks all of it; for macOS if `full`, as making the standard library takes longest, and little differs.
pub(crate) fn run(swift: &Swift, full: bool) -> io::Result<Counts> {
    let began = Instant::now();
    let mut counts = Counts::default();
    for system in SYSTEMS.iter().filter(|system| full || system.name != "macos") {
        let check = Check::new(swift, system)?;
        // Without these there is nothing to check against.
        if let Some(target) = system.target
            && !(check.standard_library(target)? && check.frameworks()?)
        {
            counts.add(Counts::one(false));
            continue;
        }
        counts.add(check.library()?);
        counts.add(check.programs()?);
        // What these are is the same for every system.
        if system.name == "ios" {
            counts.add(check.mistakes()?);
        }
    }
    let failed = if counts.failed > 0 { format!(", {} failed", counts.failed) } else { String::new() };
    let seconds = began.elapsed().as_secs_f64();
    println!("  in mode 6, and for Apple's systems: {} passed{failed}, {seconds:.1} s", counts.passed);
    Ok(counts)
}

struct Check<'a> {
    swift: &'a Swift,
    system: &'a System,
    /// Where its modules are made.
    folder: PathBuf,
}

impl<'a> Check<'a> {
    fn new(swift: &'a Swift, system: &'a System) -> io::Result<Self> {
        let folder = env::current_dir()?.join("target").join(FOLDER).join(system.name);
        fs::create_dir_all(&folder)?;
        Ok(Self { swift, system, folder })
    }

    /// The compiler's frontend, for this system, making the module of this name.
    fn frontend(&self, target: Option<&str>, action: &str, module: &str) -> io::Result<Command> {
        let mut command = self.swift.compiler()?;
        command.args(["-frontend", action, "-disable-objc-interop", "-module-name", module]);
        command.args(target.map(|target| ["-target", target]).into_iter().flatten());
        command.arg("-o").arg(self.module(module)).arg("-I").arg(&self.folder);
        command.arg("-module-cache-path").arg(self.folder.join("cache"));
        Ok(command)
    }

    fn module(&self, name: &str) -> PathBuf {
        self.folder.join(format!("{name}.swiftmodule"))
    }

    /// Makes the standard library's modules of the interfaces that come with the compiler, unless it was done before.
    fn standard_library(&self, target: &str) -> io::Result<bool> {
        let Some(theirs) = self.swift.standard_library()? else {
            println!("    the compiler comes without interfaces of its standard library");
            return Ok(false);
        };
        let mut is_new = false;
        for module in STANDARD {
            let folder = theirs.join(format!("{module}.swiftmodule"));
            let interface = files::ending(&folder, "swiftinterface")?.into_iter().find(|path| !is_private(path));
            let Some(interface) = interface else {
                println!("    there is no interface in {}", folder.display());
                return Ok(false);
            };
            let (text, flags) = for_target(&fs::read_to_string(interface)?, target);
            let copy = self.folder.join(format!("{module}.swiftinterface"));
            if !is_new && self.module(module).exists() && fs::read_to_string(&copy).is_ok_and(|old| old == text) {
                continue;
            }
            is_new = true;
            fs::write(&copy, text)?;
            let mut command = self.frontend(Some(target), "-compile-module-from-interface", module)?;
            command.args(flags).arg("-disable-availability-checking");
            if module != "SwiftOnoneSupport" {
                command.arg("-experimental-skip-all-function-bodies");
            }
            if !self.made("standard library", command.arg(&copy))? {
                // It is to be made again, whatever is there.
                fs::remove_file(copy)?;
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Makes the stand-ins.
    fn frameworks(&self) -> io::Result<bool> {
        for framework in self.system.frameworks {
            let mut command = self.frontend(self.system.target, "-emit-module", framework)?;
            command.args(["-swift-version", "5", "-enable-library-evolution", "-parse-as-library"]);
            if !self.made("stand-in", command.arg(Path::new(STAND_INS).join(format!("{framework}.swift"))))? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// What apps link: every file, for the oldest system, and for extensions too.
    fn library(&self) -> io::Result<Counts> {
        let mut counts = Counts::default();
        for module in LIBRARY {
            let mut command = self.ours(self.system.target, module, "seenby")?;
            command.args(self.extension()).args(files::ending(&Path::new(SOURCES).join(module), "swift")?);
            counts.add(Counts::one(self.made(module, &mut command)?));
        }
        Ok(counts)
    }

    /// The programs over it; for Apple's systems the app: model, screens, and the app itself.
    fn programs(&self) -> io::Result<Counts> {
        let mut counts = Counts::default();
        let parts = [("ChatModel", "Sources/ChatModel"), ("ChatScreens", "Sources/ChatScreens"), ("ChatApp", "App")];
        let parts = parts.map(|(module, folder)| (module, format!("{APP}/{folder}")));
        let programs = PROGRAMS.map(|(module, folder)| (module, folder.to_owned()));
        let (all, package) = if self.system.target.is_some() { (parts, "chat") } else { (programs, "seenby") };
        for (module, folder) in all {
            let mut command = self.ours(self.system.app, module, package)?;
            command.args(files::ending(Path::new(&folder), "swift")?);
            counts.add(Counts::one(self.made(module, &mut command)?));
        }
        Ok(counts)
    }

    /// Each mistake is refused with the words that its first line expects: so the check can fail, in each of these ways.
    fn mistakes(&self) -> io::Result<Counts> {
        let mut counts = Counts::default();
        for mistake in files::ending(Path::new(MISTAKES), "swift")? {
            let text = fs::read_to_string(&mistake)?;
            let expected = text.lines().next().and_then(|line| line.strip_prefix("// Expected: ")).unwrap_or_default();
            let mut command = self.ours(self.system.target, "Mistake", "app")?;
            command.args(self.extension()).arg(&mistake);
            let finished = process::run("swift-apple-mistake", &mut command)?;
            let mut errors = finished.lines.iter().filter(|line| line.contains("error: "));
            let refused = !expected.is_empty() && !finished.ok && errors.any(|line| line.contains(expected));
            if !refused {
                println!("    {} should be refused with {expected:?}:", mistake.display());
                finished.show();
            }
            counts.add(Counts::one(refused));
        }
        Ok(counts)
    }

    /// For extensions of apps too, where there are any.
    fn extension(&self) -> Option<&'static str> {
        self.system.target.map(|_| "-application-extension")
    }

    /// Sources of ours, every warning an error. What comes of it is the module alone; all that the compiler finds while it makes code,
    /// races too, it finds for that.
    fn ours(&self, target: Option<&str>, module: &str, package: &str) -> io::Result<Command> {
        let mut command = self.frontend(target, "-emit-module", module)?;
        command.args(self.system.mode).args(["-warnings-as-errors", "-package-name", package]);
        // A main.swift is no library.
        if module != "SeenByReceipt" {
            command.arg("-parse-as-library");
        }
        let map = env::current_dir()?.join(SOURCES).join("SeenByFFI/module.modulemap");
        command.arg("-Xcc").arg(format!("-fmodule-map-file={}", map.display()));
        if target.is_some() {
            // There are no headers of C for this system: the compiler's own do.
            command.args(["-Xcc", "-ffreestanding"]);
        }
        Ok(command)
    }

    fn made(&self, what: &str, command: &mut Command) -> io::Result<bool> {
        let finished = process::run("swift-apple", command)?;
        if !finished.ok {
            println!("    {what}, for {}:", self.system.name);
            finished.show();
        }
        Ok(finished.ok)
    }
}

fn is_private(interface: &Path) -> bool {
    interface.to_string_lossy().ends_with(".private.swiftinterface")
}

/// The interface for `target`, and the flags that it says it is to be compiled with.
fn for_target(interface: &str, target: &str) -> (String, Vec<String>) {
    const FLAGS: &str = "// swift-module-flags: ";
    let mut flags = Vec::new();
    let mut text = String::with_capacity(interface.len());
    for line in interface.lines() {
        if let Some(theirs) = line.strip_prefix(FLAGS) {
            let mut words = theirs.split(' ').map(str::to_owned);
            while let Some(word) = words.next() {
                match word.as_str() {
                    "-target" => drop(words.next()),
                    // A checked build refuses to leave checks out; nothing is to be optimised.
                    "-enforce-exclusivity=unchecked" | "-O" => {}
                    _ => flags.push(word),
                }
            }
            text.push_str(&format!("{FLAGS}-target {target} {}\n", flags.join(" ")));
        } else {
            text.push_str(&without_copies(line));
            text.push('\n');
        }
    }
    (text, flags)
}

/// The compiler would make copies of these functions for older systems, of bodies that are not there.
fn without_copies(line: &str) -> String {
    const ATTRIBUTE: &str = "@backDeployed(";
    match line.split_once(ATTRIBUTE) {
        Some((before, rest)) => match rest.split_once(')') {
            Some((_, after)) => format!("{before}{}", after.trim_start()),
            None => line.to_owned(),
        },
        None => line.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_interface_is_made_for_another_system() {
        let text = "// swift-interface-format-version: 1.0\n\
            // swift-module-flags: -target x86_64-pc-linux-gnu -disable-objc-interop -parse-stdlib -O -module-name Swift\n\
            @backDeployed(before: macOS 13.0, iOS 16.0) public func f()\n\
            public func g()\n";
        let (text, flags) = for_target(text, "x86_64-apple-ios13.0-simulator");
        let kept = "-disable-objc-interop -parse-stdlib -module-name Swift";
        assert_eq!(flags.join(" "), kept);
        let line = format!("// swift-module-flags: -target x86_64-apple-ios13.0-simulator {kept}");
        assert!(text.lines().any(|other| other == line), "{text}");
        assert!(text.ends_with("\npublic func f()\npublic func g()\n"), "{text}");
    }
}
