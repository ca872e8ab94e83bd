//! The targets there are packages for, and the programs that each of them needs.

use super::{Result, Stop};
use crate::cache;
use std::env;
use std::path::PathBuf;
use std::process::Command;

/// How libraries look there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    /// Linux.
    Elf,
    /// Windows, linked by mingw.
    Mingw,
    /// Windows, linked by Visual Studio's tools: only on Windows.
    Msvc,
    /// macOS.
    MachO,
}

/// A target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Target {
    /// As rustc calls it.
    pub(crate) triple: &'static str,
    pub(crate) format: Format,
    /// As CMake calls the system.
    pub(crate) system: &'static str,
    /// Bytes of a pointer.
    pub(crate) pointer: u8,
    /// What import libraries call the processor (llvm-dlltool).
    machine: &'static str,
}

/// All of them.
pub(crate) const TARGETS: &[Target] = &[
    target("x86_64-unknown-linux-gnu", Format::Elf, "Linux", 8, ""),
    target("aarch64-unknown-linux-gnu", Format::Elf, "Linux", 8, ""),
    target("x86_64-pc-windows-gnu", Format::Mingw, "Windows", 8, "i386:x86-64"),
    target("x86_64-pc-windows-msvc", Format::Msvc, "Windows", 8, ""),
    target("aarch64-pc-windows-msvc", Format::Msvc, "Windows", 8, ""),
    target("i686-pc-windows-msvc", Format::Msvc, "Windows", 4, ""),
    target("aarch64-apple-darwin", Format::MachO, "Darwin", 8, ""),
    target("x86_64-apple-darwin", Format::MachO, "Darwin", 8, ""),
];

const fn target(
    triple: &'static str,
    format: Format,
    system: &'static str,
    pointer: u8,
    machine: &'static str,
) -> Target {
    Target { triple, format, system, pointer, machine }
}

impl Target {
    /// The one with this name.
    pub(crate) fn named(triple: &str) -> Result<Self> {
        TARGETS.iter().find(|target| target.triple == triple).copied().ok_or_else(|| {
            let all: Vec<_> = TARGETS.iter().map(|target| target.triple).collect();
            Stop::failed(format!("there is no package for {triple:?}; there are {}", all.join(", ")))
        })
    }

    /// Where this runs.
    pub(crate) fn host() -> Result<Self> {
        let rustc = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
        let output = Command::new(rustc).arg("-vV").output()?;
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        let host = text.lines().find_map(|line| line.strip_prefix("host: "));
        Self::named(host.ok_or_else(|| Stop::failed("rustc -vV names no host"))?)
    }

    /// What `--target all` stands for: what can be built on this kind of machine.
    pub(crate) fn all_here() -> Vec<Self> {
        let here = |target: &&Self| match target.format {
            Format::Elf => cfg!(target_os = "linux") && target.is_native(),
            Format::Mingw => cfg!(target_os = "linux"),
            Format::Msvc => cfg!(windows),
            // From elsewhere through zig: arm64, which is what is sold.
            Format::MachO => cfg!(target_os = "macos") || target.triple.starts_with("aarch64"),
        };
        TARGETS.iter().filter(here).copied().collect()
    }

    fn is_native(&self) -> bool {
        self.triple.starts_with(env::consts::ARCH)
    }

    /// The file name of the shared library, as a program finds it when it starts.
    pub(crate) fn shared(&self, abi: u32) -> String {
        match self.format {
            Format::Elf => format!("libseenby.so.{abi}"),
            Format::Mingw | Format::Msvc => "seenby.dll".into(),
            Format::MachO => format!("libseenby.{abi}.dylib"),
        }
    }

    /// The folder of the package that the shared library is in.
    pub(crate) fn shared_folder(&self) -> &'static str {
        match self.format {
            Format::Elf | Format::MachO => "lib",
            Format::Mingw | Format::Msvc => "bin",
        }
    }

    /// The file name of the static library.
    pub(crate) fn archive(&self) -> &'static str {
        match self.format {
            // `seenby.lib` is the import library.
            Format::Msvc => "seenby_static.lib",
            _ => "libseenby.a",
        }
    }

    /// Whether zig stands in for the Mac's own tools.
    pub(crate) fn through_zig(&self) -> bool {
        self.format == Format::MachO && !cfg!(target_os = "macos")
    }

    /// A program of the binary tools for this target: `ld`, `objcopy`, `strip`, `ar`, or `gcc`.
    pub(crate) fn tool(&self, name: &str) -> Result<PathBuf> {
        let (file, package) = match self.format {
            Format::Mingw => (format!("x86_64-w64-mingw32-{name}"), "mingw-w64"),
            Format::Elf if !self.is_native() => {
                (self.triple.replace("-unknown", "") + "-" + name, "gcc-aarch64-linux-gnu")
            }
            _ if name == "gcc" => ("cc".to_owned(), "a C compiler (Debian: gcc)"),
            _ => (name.to_owned(), "binutils"),
        };
        program(&file, package)
    }

    /// What llvm-dlltool calls the processor.
    pub(crate) fn machine(&self) -> &'static str {
        self.machine
    }
}

/// A program on the path or in the cache.
pub(crate) fn program(name: &str, package: &str) -> Result<PathBuf> {
    cache::program(name).ok_or_else(|| Stop::Missing {
        why: format!("{name} is not installed"),
        how: format!("install {package} and run this again"),
    })
}
