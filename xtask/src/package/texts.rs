//! The files of a package that are written: templates in `packaging/`, filled.

use super::target::{Format, Target};
use super::{Result, Stop, build};
use std::fs;
use std::path::Path;

/// Ours.
pub(crate) const VERSION: &str = env!("CARGO_PKG_VERSION");
const MAJOR: &str = env!("CARGO_PKG_VERSION_MAJOR");
const MINOR: &str = env!("CARGO_PKG_VERSION_MINOR");
const PATCH: &str = env!("CARGO_PKG_VERSION_PATCH");
const URL: &str = env!("CARGO_PKG_REPOSITORY");
const LICENSE: &str = env!("CARGO_PKG_LICENSE");
const DESCRIPTION: &str = "Exact, self-hosted read receipts for any chat app";

/// What stands for what in a template: `@NAME@`.
pub(crate) struct Values(Vec<(&'static str, String)>);

impl Values {
    /// What every template knows.
    pub(crate) fn new() -> Self {
        let all = [
            ("VERSION", VERSION),
            ("MAJOR", MAJOR),
            ("MINOR", MINOR),
            ("URL", URL),
            ("LICENSE", LICENSE),
            ("DESCRIPTION", DESCRIPTION),
        ];
        Self(all.into_iter().map(|(name, value)| (name, value.to_owned())).collect())
    }

    /// And this.
    pub(crate) fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.0.push((name, value.into()));
        self
    }

    /// What the templates of a target's package know.
    pub(crate) fn of(target: &Target, abi: u32) -> Result<Self> {
        let native = build::native_libs(target)?;
        let shared = format!("{}/{}", target.shared_folder(), target.shared(abi));
        let mut values = Self::new()
            .with("TARGET", target.triple)
            .with("SYSTEM", target.system)
            .with("POINTER", target.pointer.to_string())
            .with("SHARED", shared)
            .with("ARCHIVE", target.archive())
            .with("NATIVE_LIBS", native.join(" "))
            .with("NATIVE_LIBS_CMAKE", plain(&native).join(";"))
            .with("NATIVE_LIBS_PKGCONFIG", plain(&native).join(" "));
        for (name, value) in per_format(target, abi) {
            values = values.with(name, value);
        }
        Ok(values)
    }

    /// Fills the template at `from`; what a template asks for and nobody knows is an error.
    pub(crate) fn fill(&self, from: &Path, to: &Path) -> Result<()> {
        let text = fs::read_to_string(from).map_err(|e| Stop::failed(format!("{}: {e}", from.display())))?;
        let text = self.filled(&text).map_err(|why| Stop::failed(format!("{}: {why}", from.display())))?;
        if let Some(folder) = to.parent() {
            fs::create_dir_all(folder)?;
        }
        Ok(fs::write(to, text)?)
    }

    fn filled(&self, template: &str) -> std::result::Result<String, String> {
        let mut text = template.to_owned();
        for (name, value) in &self.0 {
            text = text.replace(&format!("@{name}@"), value);
        }
        let unknown = text.split('@').skip(1).step_by(2).find(|word| {
            !word.is_empty() && word.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_')
        });
        match unknown {
            Some(name) => Err(format!("nobody knows @{name}@")),
            None => Ok(text),
        }
    }
}

/// As CMake and pkg-config write them: Visual Studio's `ws2_32.lib` is `-lws2_32`, and the C runtime is the program's choice.
fn plain(native: &[String]) -> Vec<String> {
    let mut plain = Vec::new();
    let mut libs = native.iter().filter(|lib| !lib.starts_with('/'));
    while let Some(lib) = libs.next() {
        plain.push(match (lib.strip_suffix(".lib"), lib.as_str()) {
            (Some(name), _) => format!("-l{name}"),
            // One thing: CMake must not part them.
            (None, "-framework") => format!("-framework {}", libs.next().map_or("", String::as_str)),
            (None, lib) => lib.to_owned(),
        });
    }
    plain
}

/// What differs between systems.
fn per_format(target: &Target, abi: u32) -> Vec<(&'static str, String)> {
    let shared = target.shared(abi);
    let property = |lines: &[&str]| lines.join("\n");
    let (properties, condition) = match target.format {
        Format::Elf => (
            format!("  set_target_properties(SeenBy::seenby PROPERTIES IMPORTED_SONAME \"{shared}\")"),
            "if(NOT TARGET SeenBy::seenby_static)",
        ),
        Format::MachO => (
            format!("  set_target_properties(SeenBy::seenby PROPERTIES IMPORTED_SONAME \"@rpath/{shared}\")"),
            "if(NOT TARGET SeenBy::seenby_static)",
        ),
        Format::Mingw => (
            property(&[
                "  if(MSVC OR CMAKE_C_SIMULATE_ID STREQUAL \"MSVC\" OR CMAKE_CXX_SIMULATE_ID STREQUAL \"MSVC\")",
                "    set_target_properties(SeenBy::seenby PROPERTIES IMPORTED_IMPLIB \"${_seenby_root}/lib/seenby.lib\")",
                "  else()",
                "    set_target_properties(SeenBy::seenby PROPERTIES IMPORTED_IMPLIB \"${_seenby_root}/lib/libseenby.dll.a\")",
                "  endif()",
            ]),
            "# The static library of this package is mingw's; Visual Studio has a package of its own.\n\
             if(NOT TARGET SeenBy::seenby_static AND NOT MSVC AND NOT CMAKE_C_SIMULATE_ID STREQUAL \"MSVC\"\n\
            \x20  AND NOT CMAKE_CXX_SIMULATE_ID STREQUAL \"MSVC\")",
        ),
        Format::Msvc => (
            "  set_target_properties(SeenBy::seenby PROPERTIES IMPORTED_IMPLIB \"${_seenby_root}/lib/seenby.lib\")"
                .into(),
            "if(NOT TARGET SeenBy::seenby_static)",
        ),
    };
    vec![
        ("SHARED_PROPERTIES", properties),
        ("STATIC_CONDITION", condition.into()),
        ("FILES", files(target, &shared)),
        ("SYSTEM_NOTES", system_notes(target)),
        ("BY_HAND", by_hand(target)),
        ("STATIC_NOTE", static_note(target)),
    ]
}

fn files(target: &Target, shared: &str) -> String {
    match target.format {
        Format::Elf => format!(
            "| `lib/libseenby.so`, `{shared}` | the shared library; apps ship `{shared}` |\n\
             | `lib/libseenby.a` | the static library |\n\
             | `symbols/` | debug information: `{shared}.debug` is found by gdb beside the library; `libseenby.a` has it inside |"
        ),
        Format::MachO => format!(
            "| `lib/libseenby.dylib`, `{shared}` | the shared library; apps ship `{shared}` |\n\
             | `lib/libseenby.a` | the static library |"
        ),
        Format::Mingw => "| `bin/seenby.dll` | the library; apps ship it |\n\
             | `lib/seenby.lib` | its import library for Visual Studio |\n\
             | `lib/libseenby.dll.a` | its import library for mingw |\n\
             | `lib/seenby.def` | what both are made of |\n\
             | `lib/libseenby.a` | the static library, for mingw only |\n\
             | `symbols/seenby.dll.debug` | debug information, for gdb |"
            .into(),
        Format::Msvc => "| `bin/seenby.dll` | the library; apps ship it. It needs no redistributable package |\n\
             | `lib/seenby.lib` | its import library |\n\
             | `lib/seenby.def` | its list of functions |\n\
             | `lib/seenby_static.lib` | the static library, for programs built with /MD |\n\
             | `symbols/seenby.pdb` | debug information |"
            .into(),
    }
}

fn system_notes(target: &Target) -> String {
    match target.format {
        Format::Elf => "Programs look for the library where the linker is told: `-Wl,-rpath,'$ORIGIN'`, or CMake's\n\
             `INSTALL_RPATH`, finds it beside the program.\n"
            .into(),
        Format::MachO => "The library's install name begins with `@rpath`: give your app `-Wl,-rpath,@executable_path/../Frameworks`.\n".into(),
        Format::Mingw | Format::Msvc => "The DLL belongs beside the program:\n\n\
             ```cmake\n\
             add_custom_command(TARGET app POST_BUILD COMMAND ${CMAKE_COMMAND} -E copy_if_different\n\
            \x20 $<TARGET_RUNTIME_DLLS:app> $<TARGET_FILE_DIR:app> COMMAND_EXPAND_LISTS)\n\
             ```\n"
            .into(),
    }
}

fn by_hand(target: &Target) -> String {
    match target.format {
        Format::Elf | Format::MachO => {
            "cc app.c $(PKG_CONFIG_PATH=lib/pkgconfig pkg-config --cflags --libs seenby)".into()
        }
        Format::Mingw => "x86_64-w64-mingw32-gcc app.c -Iinclude -Llib -lseenby      # mingw\n\
             cl /Iinclude app.c lib\\seenby.lib                              # Visual Studio"
            .into(),
        Format::Msvc => "cl /Iinclude app.c lib\\seenby.lib".into(),
    }
}

fn static_note(target: &Target) -> String {
    match target.format {
        Format::Elf => "Only the header's functions have names in it, so it can be linked beside other libraries written in Rust.".into(),
        _ => "Link one static library that is written in Rust into a program: each brings its own standard library, under the \
              same names.\nThe shared library has no such limit."
            .into(),
    }
}

/// What Windows shows in the properties of a DLL, for windres.
pub(crate) fn version_resource(dll: &str) -> String {
    format!(
        "1 VERSIONINFO\n\
         FILEVERSION {MAJOR},{MINOR},{PATCH},0\n\
         PRODUCTVERSION {MAJOR},{MINOR},{PATCH},0\n\
         FILEOS 0x40004\n\
         FILETYPE 0x2\n\
         BEGIN\n\
         BLOCK \"StringFileInfo\"\nBEGIN\nBLOCK \"040904b0\"\nBEGIN\n\
         VALUE \"ProductName\", \"SeenBy\"\n\
         VALUE \"FileDescription\", \"{DESCRIPTION}\"\n\
         VALUE \"CompanyName\", \"The SeenBy contributors\"\n\
         VALUE \"LegalCopyright\", \"{LICENSE}\"\n\
         VALUE \"OriginalFilename\", \"{dll}\"\n\
         VALUE \"FileVersion\", \"{VERSION}\"\n\
         VALUE \"ProductVersion\", \"{VERSION}\"\n\
         END\nEND\n\
         BLOCK \"VarFileInfo\"\nBEGIN\nVALUE \"Translation\", 0x409, 1200\nEND\n\
         END\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_libraries_of_visual_studio_are_named_as_others_are() {
        let native = ["ws2_32.lib", "-lm", "/defaultlib:msvcrt"].map(str::to_owned);
        assert_eq!(plain(&native), ["-lws2_32", "-lm"]);
        let native = ["-framework", "Security", "-framework", "CoreFoundation", "-lc"].map(str::to_owned);
        assert_eq!(plain(&native), ["-framework Security", "-framework CoreFoundation", "-lc"]);
    }

    #[test]
    fn a_template_that_asks_for_more_is_refused() {
        let values = Values::new().with("WHO", "you");
        assert_eq!(values.filled("to @WHO@, not me@example.org").unwrap(), "to you, not me@example.org");
        assert_eq!(values.filled("@WHO@ @WHAT@").err().unwrap(), "nobody knows @WHAT@");
    }
}
