//! Links the shared library from the archive, so that the header's list of functions is the linker's: nothing else is exported.
//! Debug information is split off; a static library is made one object whose other names are nobody's business.

use super::build::{self, Compiled};
use super::header::Header;
use super::target::{Format, Target, program};
use super::{Result, Stop, zig};
use crate::process;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What was linked, in a folder of its own.
pub(crate) struct Linked {
    /// The shared library, stripped.
    pub(crate) shared: PathBuf,
    /// The same with all that debuggers and `weigh` read.
    pub(crate) unstripped: PathBuf,
    /// What debuggers want beside the shared library.
    pub(crate) symbols: Vec<PathBuf>,
    /// The static library, stripped.
    pub(crate) archive: PathBuf,
    /// On Windows: the import libraries and the list they are made of.
    pub(crate) import: Vec<PathBuf>,
}

/// Links what was compiled for `target` into `folder`.
pub(crate) fn link(target: &Target, header: &Header, compiled: &Compiled, folder: &Path) -> Result<Linked> {
    let _ = fs::remove_dir_all(folder);
    fs::create_dir_all(folder.join("symbols"))?;
    let linker = Linker { target, header, compiled, folder };
    match target.format {
        Format::Elf => linker.elf(),
        Format::Mingw => linker.mingw(),
        Format::Msvc => linker.msvc(),
        Format::MachO => linker.mach_o(),
    }
}

struct Linker<'a> {
    target: &'a Target,
    header: &'a Header,
    compiled: &'a Compiled,
    folder: &'a Path,
}

impl Linker<'_> {
    fn elf(&self) -> Result<Linked> {
        let unstripped = self.folder.join("unstripped.so");
        let name = self.target.shared(self.header.abi);
        let map = self.folder.join("seenby.map");
        let list: String = self.header.functions.iter().map(|name| format!("    {name};\n")).collect();
        fs::write(&map, format!("SEENBY_{} {{\n  global:\n{list}  local:\n    *;\n}};\n", self.header.abi))?;
        let mut command = Command::new(self.target.tool("gcc")?);
        command.args(["-shared", "-nodefaultlibs", "-o"]).arg(&unstripped);
        command.arg(format!("-Wl,-soname,{name}")).arg(option("--version-script=", &map));
        // Threads and their destructors live here: unloading would take the code from under them.
        command.arg("-Wl,-z,nodelete,-z,relro,-z,now,-z,noexecstack,-z,defs");
        command.arg("-Wl,--gc-sections,--as-needed,-O2,--build-id=sha1,--hash-style=gnu");
        // rustc's own linker, where it comes with the toolchain, also makes equal functions one: 1 % of the library.
        if let Ok(lld) = rust_tool("gcc-ld/ld.lld") {
            command.arg("-B").arg(lld.with_file_name("")).args(["-fuse-ld=lld", "-Wl,--icf=all"]);
        }
        self.require(&mut command);
        command.arg(&self.compiled.archive).args(build::native_libs(self.target)?);
        run("link", &mut command)?;

        let symbols = self.folder.join("symbols").join(format!("{name}.debug"));
        let shared = self.split(&unstripped, &symbols, &name)?;
        let (archive, with_debug) = self.one_object()?;
        Ok(Linked { shared, unstripped, symbols: vec![symbols, with_debug], archive, import: Vec::new() })
    }

    fn mingw(&self) -> Result<Linked> {
        let name = self.target.shared(self.header.abi);
        let unstripped = self.folder.join("unstripped.dll");
        let def = self.def(&name)?;
        let mut command = Command::new(self.target.tool("gcc")?);
        // Nothing of the compiler's beside the DLL.
        command.args(["-shared", "-static-libgcc", "-o"]).arg(&unstripped).arg(&def);
        command.arg("-Wl,--gc-sections,--disable-auto-import,--no-insert-timestamp");
        command.arg("-Wl,--dynamicbase,--nxcompat,--high-entropy-va");
        self.require(&mut command);
        command.arg(&self.compiled.archive).args(build::native_libs(self.target)?);
        if let Some(resource) = self.version_resource(&name)? {
            command.arg(resource);
        }
        run("link", &mut command)?;

        let symbols = self.folder.join("symbols").join(format!("{name}.debug"));
        let shared = self.split(&unstripped, &symbols, &name)?;
        let for_mingw = self.folder.join("libseenby.dll.a");
        let mut command = Command::new(self.target.tool("dlltool")?);
        run("dlltool", command.arg("-d").arg(&def).args(["-D", &name, "-l"]).arg(&for_mingw))?;
        let for_msvc = self.folder.join("seenby.lib");
        let mut command = Command::new(program("llvm-dlltool", "llvm")?);
        command.args(["-m", self.target.machine(), "-D", &name, "-d"]).arg(&def).arg("-l").arg(&for_msvc);
        run("llvm-dlltool", &mut command)?;
        let archive = self.folder.join(self.target.archive());
        fs::copy(&self.compiled.archive, &archive)?;
        self.remove_split_debug(&archive)?;
        run("strip", Command::new(self.target.tool("strip")?).arg("--strip-debug").arg(&archive))?;
        Ok(Linked { shared, unstripped, symbols: vec![symbols], archive, import: vec![for_mingw, for_msvc, def] })
    }

    /// The standard library for mingw comes with objects of nothing but debug information, some of them empty, and strip stops
    /// at an empty one.
    fn remove_split_debug(&self, archive: &Path) -> Result<()> {
        let ar = self.target.tool("ar")?;
        let listed = process::run("package-ar", Command::new(&ar).arg("t").arg(archive))?;
        let split: Vec<_> = listed.lines.iter().filter(|member| member.ends_with(".dwo")).collect();
        if !listed.ok || split.is_empty() {
            return Ok(());
        }
        run("ar", Command::new(&ar).arg("d").arg(archive).args(split))
    }

    /// rustc has linked it, with `/DEF`. Runs on Windows alone.
    fn msvc(&self) -> Result<Linked> {
        let dll = self.compiled.dll.as_ref().ok_or_else(|| Stop::failed("no DLL was compiled"))?;
        let copy = |from: PathBuf, to: PathBuf| -> Result<PathBuf> {
            fs::copy(&from, &to).map_err(|e| Stop::failed(format!("{}: {e}", from.display())))?;
            Ok(to)
        };
        let name = self.target.shared(self.header.abi);
        let shared = copy(dll.clone(), self.folder.join(&name))?;
        let symbols = copy(dll.with_file_name("seenby.pdb"), self.folder.join("symbols").join("seenby.pdb"))?;
        let import = copy(dll.with_file_name("seenby.dll.lib"), self.folder.join("seenby.lib"))?;
        let archive = copy(self.compiled.archive.clone(), self.folder.join(self.target.archive()))?;
        let def = self.def(&name)?;
        Ok(Linked { unstripped: shared.clone(), shared, symbols: vec![symbols], archive, import: vec![import, def] })
    }

    fn mach_o(&self) -> Result<Linked> {
        let name = self.target.shared(self.header.abi);
        let unstripped = self.folder.join("unstripped.dylib");
        let list = self.folder.join("exported.txt");
        let names: String = self.header.functions.iter().map(|name| format!("_{name}\n")).collect();
        fs::write(&list, names)?;
        let arch = if self.target.triple.starts_with("aarch64") { "arm64" } else { "x86_64" };
        let mut options: Vec<OsString> = vec!["-install_name".into(), format!("@rpath/{name}").into()];
        options.extend(["-dead_strip".into(), "-exported_symbols_list".into(), list.into()]);
        options.extend(["-current_version".into(), super::texts::VERSION.into()]);
        options.extend(["-compatibility_version".into(), self.header.abi.to_string().into()]);
        let mut command = if self.target.through_zig() {
            let mut lld = Command::new(rust_tool("rust-lld")?);
            lld.args([
                "-flavor",
                "darwin",
                "-dylib",
                "-arch",
                arch,
                "-platform_version",
                "macos",
                zig::MACOS,
                zig::MACOS,
            ]);
            lld.args(&options).arg("-o").arg(&unstripped).arg(&self.compiled.archive);
            lld.args(zig::system_libraries(self.folder)?);
            lld
        } else {
            let mut cc = Command::new(self.target.tool("gcc")?);
            cc.args(["-dynamiclib", "-arch", arch]).arg(format!("-mmacosx-version-min={}", zig::MACOS));
            for option in &options {
                cc.arg("-Xlinker").arg(option);
            }
            cc.arg("-o").arg(&unstripped).arg(&self.compiled.archive).args(build::native_libs(self.target)?);
            cc
        };
        run("link", &mut command)?;

        // The objects have the debug information; it is gathered before they go.
        let bundle = self.folder.join("symbols").join(format!("{name}.dSYM"));
        let mut dsymutil = Command::new(program("dsymutil", "llvm")?);
        run("dsymutil", dsymutil.arg(&unstripped).arg("-o").arg(&bundle))?;
        let shared = self.folder.join(&name);
        let archive = self.folder.join(self.target.archive());
        self.strip_mach_o(&unstripped, &shared, "-x")?;
        self.strip_mach_o(&self.compiled.archive, &archive, "-S")?;
        Ok(Linked { shared, unstripped, symbols: vec![bundle], archive, import: Vec::new() })
    }

    fn strip_mach_o(&self, from: &Path, to: &Path, option: &str) -> Result<()> {
        if self.target.through_zig() {
            let option = if option == "-S" { "--strip-debug" } else { "--discard-all" };
            let mut objcopy = Command::new(rust_tool("rust-objcopy")?);
            return run("strip", objcopy.arg(option).arg(from).arg(to));
        }
        run("strip", Command::new(self.target.tool("strip")?).arg(option).arg("-o").arg(to).arg(from))
    }

    /// A function that the header declares and the archive lacks is the linker's error.
    fn require(&self, command: &mut Command) {
        for function in &self.header.functions {
            // Taken from the archive; that all of them are exported is read back from what was linked.
            command.arg(format!("-Wl,--undefined={function}"));
        }
    }

    fn def(&self, dll: &str) -> Result<PathBuf> {
        let path = self.folder.join("seenby.def");
        let list: String = self.header.functions.iter().map(|name| format!("    {name}\n")).collect();
        fs::write(&path, format!("LIBRARY {dll}\nEXPORTS\n{list}"))?;
        Ok(path)
    }

    /// Debug information into `symbols`; the rest under `name`, saying where it went.
    fn split(&self, unstripped: &Path, symbols: &Path, name: &str) -> Result<PathBuf> {
        let shared = self.folder.join(name);
        split(&self.target.tool("objcopy")?, unstripped, symbols, &shared)?;
        Ok(shared)
    }

    /// The static library as one object in which only the header's functions have names for other objects. So it can be linked
    /// beside other Rust libraries, which bring the same standard library under the same names. Stripped, and with debug
    /// information.
    fn one_object(&self) -> Result<(PathBuf, PathBuf)> {
        let whole = self.folder.join("whole.o");
        let mut command = Command::new(self.target.tool("ld")?);
        command.args(["-r", "--gc-sections", "--force-group-allocation", "-o"]).arg(&whole);
        for function in &self.header.functions {
            command.arg(format!("--require-defined={function}"));
        }
        run("ld", command.arg(&self.compiled.archive))?;
        let keep = self.folder.join("keep.txt");
        fs::write(&keep, self.header.functions.iter().map(|name| format!("{name}\n")).collect::<String>())?;
        let mut made = Vec::new();
        for (folder, strip) in [(self.folder.to_owned(), Some("--strip-debug")), (self.folder.join("symbols"), None)] {
            let object = self.folder.join("seenby.o");
            let mut command = Command::new(self.target.tool("objcopy")?);
            let mut list = OsString::from("--keep-global-symbols=");
            list.push(&keep);
            // What LLVM left in for linking again: other versions of LLVM, in people's `ar` and `ld`, stumble over it.
            command.args(["--remove-section=.llvmbc", "--remove-section=.llvmcmd"]);
            run("objcopy", command.args(strip).arg(list).arg(&whole).arg(&object))?;
            let archive = folder.join(self.target.archive());
            run("ar", Command::new(self.target.tool("ar")?).arg("rcsD").arg(&archive).arg(&object))?;
            made.push(archive);
        }
        let with_debug = made.pop().ok_or_else(|| Stop::failed("no archive was made"))?;
        let stripped = made.pop().ok_or_else(|| Stop::failed("no archive was made"))?;
        Ok((stripped, with_debug))
    }

    /// What Windows shows in a file's properties.
    fn version_resource(&self, dll: &str) -> Result<Option<PathBuf>> {
        let Ok(windres) = self.target.tool("windres") else { return Ok(None) };
        let (source, object) = (self.folder.join("version.rc"), self.folder.join("version.o"));
        fs::write(&source, super::texts::version_resource(dll))?;
        run("windres", Command::new(windres).arg(&source).arg("-o").arg(&object))?;
        Ok(Some(object))
    }
}

/// Debug information into `symbols`; the rest into `shared`, saying where it went.
pub(super) fn split(objcopy: &Path, unstripped: &Path, symbols: &Path, shared: &Path) -> Result<()> {
    run("objcopy", Command::new(objcopy).arg("--only-keep-debug").arg(unstripped).arg(symbols))?;
    let mut link = OsString::from("--add-gnu-debuglink=");
    link.push(symbols);
    run("objcopy", Command::new(objcopy).arg("--strip-all").arg(link).arg(unstripped).arg(shared))
}

/// A program of the Rust toolchain in use.
pub(super) fn rust_tool(name: &str) -> Result<PathBuf> {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let output = Command::new(rustc).args(["--print", "target-libdir"]).output()?;
    let folder = PathBuf::from(String::from_utf8_lossy(&output.stdout).trim());
    let tool = folder.with_file_name("bin").join(name);
    if tool.is_file() {
        return Ok(tool);
    }
    Err(Stop::Missing { why: format!("{name} is not in the Rust toolchain"), how: "install Rust with rustup".into() })
}

fn option(name: &str, path: &Path) -> OsString {
    let mut option = OsString::from("-Wl,");
    option.push(name);
    option.push(path);
    option
}

pub(super) fn run(name: &str, command: &mut Command) -> Result<()> {
    let finished = process::run(&format!("package-{name}"), command)?;
    if finished.ok {
        return Ok(());
    }
    finished.show();
    Err(Stop::failed(format!("{} failed", command.get_program().to_string_lossy())))
}
