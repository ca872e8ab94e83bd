//! The header compiles alone, in every C and C++ that callers use, without a warning; and so does what it promises: that it
//! can be included twice, and how structs begin. A compiler that is not there is said to be skipped.

use super::abi::{Layout, Platform};
use super::parse::Header;
use super::{RENDERED, root};
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

const WARNINGS: &[&str] = &["-fsyntax-only", "-Wall", "-Wextra", "-Wpedantic", "-Werror"];
const C: &[&str] = &["c99", "c11", "c2x"];
const CXX: &[&str] = &["c++11", "c++14", "c++17", "c++20", "c++2b"];
/// The MSVC ABI; its headers are not to be had here, and the header needs none but the compiler's own.
const MSVC: &[&str] = &["--target=x86_64-pc-windows-msvc", "-ffreestanding"];
const MSVC_32: &[&str] = &["--target=i686-pc-windows-msvc", "-ffreestanding"];
const ARM_32: &[&str] = &["--target=armv7-none-eabi", "-ffreestanding"];

/// A program that uses what the header promises.
const PROGRAM: &str = r#"
#include "seenby.h"
#include "seenby.h"

void use_it(void);
void use_it(void) {
    seenby_config_t config = SEENBY_CONFIG_INIT;
    seenby_outgoing_message_t outgoing = SEENBY_OUTGOING_MESSAGE_INIT;
    seenby_message_ref_t reference = SEENBY_MESSAGE_REF_INIT;
    seenby_history_query_t query = SEENBY_HISTORY_QUERY_INIT;
    seenby_spool_target_t target = SEENBY_SPOOL_TARGET_INIT;
    seenby_draw_query_t draw = SEENBY_DRAW_QUERY_INIT;
    seenby_listener_t listener = SEENBY_LISTENER_INIT;
    int four = 3 -SEENBY_UNKNOWN;
    outgoing.text = seenby_str("hello");
    reference.msg_id = seenby_str(NULL);
    query.count = (uint32_t)four;
    (void)config;
    (void)outgoing;
    (void)reference;
    (void)query;
    (void)target;
    (void)draw;
    (void)listener;
}
"#;

/// Says something even though the test passes.
fn loudly(text: &str) {
    let _ = writeln!(std::io::stderr(), "{text}");
}

/// A folder with the header that was just rendered.
fn folder() -> PathBuf {
    let folder = Path::new(env!("OUT_DIR")).to_owned();
    assert!(folder.join("seenby.h").is_file(), "the header is there");
    folder
}

fn is_there(compiler: &str) -> bool {
    let is_there = Command::new(compiler).arg("--version").output().is_ok_and(|output| output.status.success());
    if !is_there {
        loudly(&format!("SKIPPED: the header is not compiled with {compiler}, which is not on the PATH"));
    }
    is_there
}

/// Compiles a program in every standard.
fn compile(compiler: &str, standards: &[&str], flags: &[&str], program: &str) {
    if !is_there(compiler) {
        return;
    }
    for standard in standards {
        let is_cxx = standard.starts_with("c++");
        let scratch = tempfile::tempdir().expect("a temporary folder");
        let source = scratch.path().join(if is_cxx { "program.cpp" } else { "program.c" });
        std::fs::write(&source, program).expect("the program is written");
        let mut command = Command::new(compiler);
        command.args(WARNINGS).args(flags).arg(format!("-std={standard}")).arg("-I").arg(folder());
        if is_cxx {
            command.args(["-fno-exceptions", "-fno-rtti"]);
        }
        let output = command.arg(&source).current_dir(root()).output().expect("the compiler runs");
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{compiler} {flags:?} -std={standard}:\n{said}");
    }
}

#[test]
fn gcc() {
    compile("gcc", C, &[], PROGRAM);
    compile("g++", CXX, &[], PROGRAM);
}

#[test]
fn clang() {
    compile("clang", C, &[], PROGRAM);
    compile("clang++", CXX, &[], PROGRAM);
}

#[test]
fn mingw() {
    compile("x86_64-w64-mingw32-gcc", C, &[], PROGRAM);
    compile("x86_64-w64-mingw32-g++", CXX, &[], PROGRAM);
    compile("x86_64-w64-mingw32-gcc", C, &["-DSEENBY_STATIC"], PROGRAM);
}

#[test]
fn msvc() {
    compile("clang", C, MSVC, PROGRAM);
    compile("clang++", CXX, MSVC, PROGRAM);
    compile("clang++", CXX, MSVC_32, PROGRAM);
}

/// A program that does not compile if the layout is another one than the snapshot says.
fn layout_program(platform: Platform) -> String {
    let header = Header::parse(RENDERED);
    let mut program = "#include \"seenby.h\"\n".to_owned();
    let mut check = |what: &str, value: usize| {
        let _ = writeln!(program, "_Static_assert({what} == {value}, \"{what}\");");
    };
    for name in header.structs.keys() {
        let layout = Layout::of(&header, name, platform);
        check(&format!("sizeof({name})"), layout.size);
        check(&format!("_Alignof({name})"), layout.align);
        for (field, offset) in &layout.offsets {
            check(&format!("offsetof({name}, {field})"), *offset);
        }
    }
    program
}

#[test]
fn the_layouts_of_the_snapshot_are_the_compilers() {
    for compiler in ["gcc", "clang", "x86_64-w64-mingw32-gcc"] {
        compile(compiler, &["c11"], &[], &layout_program(Platform::Bits64));
    }
    compile("clang", &["c11"], MSVC, &layout_program(Platform::Bits64));
    compile("clang", &["c11"], &["--target=aarch64-apple-darwin", "-ffreestanding"], &layout_program(Platform::Bits64));
    compile("clang", &["c11"], MSVC_32, &layout_program(Platform::Bits32));
    compile("clang", &["c11"], ARM_32, &layout_program(Platform::Bits32));
}

#[test]
fn a_wrong_layout_would_be_found() {
    if !is_there("gcc") {
        return;
    }
    let program = "#include \"seenby.h\"\n_Static_assert(offsetof(seenby_str_t, len) == 3, \"len\");\n";
    let result = std::panic::catch_unwind(|| compile("gcc", &["c11"], &[], program));
    assert!(result.is_err(), "the compiler looks");
}
