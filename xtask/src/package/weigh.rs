//! What a library weighs, and who brings the weight.

use super::target::Format;
use super::{Result, Stop};
use object::{Object as _, ObjectSection as _, ObjectSymbol as _, SectionKind};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// How large the stripped shared library may be.
pub(crate) fn limit(format: Format) -> u64 {
    match format {
        Format::Elf => 4 * 1024 * 1024,
        Format::Mingw | Format::Msvc | Format::MachO => 5 * 1024 * 1024,
    }
}

/// The standard library, and what is only in it to name functions when a backtrace is printed.
const STD: &[&str] =
    &["std", "core", "alloc", "panic_unwind", "unwind", "compiler_builtins", "hashbrown", "std_detect"];
const BACKTRACES: &[&str] = &["gimli", "addr2line", "miniz_oxide", "rustc_demangle", "object", "adler2"];

/// Who is shown by name; the others are added up.
const SHOWN: u64 = 4096;

/// Prints sections by what they are for, and code by the crate that brings it. `unstripped` has the names.
pub(crate) fn show(unstripped: &Path, stripped: &Path) -> Result<()> {
    let data = fs::read(unstripped)?;
    let file = object::File::parse(&*data)
        .map_err(|e| Stop::failed(format!("{} cannot be read: {e}", unstripped.display())))?;
    let mut kinds: BTreeMap<&'static str, u64> = BTreeMap::new();
    for section in file.sections() {
        if let Some(kind) = kind(section.kind(), section.name().unwrap_or_default()) {
            *kinds.entry(kind).or_default() += section.size();
        }
    }
    let size = fs::metadata(stripped)?.len();
    let rest = size.saturating_sub(kinds.values().sum());
    kinds.insert("headers and padding", rest);
    println!("  {:>9}  {}", kilobytes(size), stripped.file_name().unwrap_or_default().to_string_lossy());
    for (kind, size) in sorted(&kinds) {
        println!("    {:>9}  {kind}", kilobytes(size));
        if kind == "code" {
            let crates = by_crate(&file);
            let small: u64 = crates.values().filter(|size| **size < SHOWN).sum();
            for (name, size) in sorted(&crates).into_iter().filter(|(_, size)| *size >= SHOWN) {
                println!("      {:>9}  {name}", kilobytes(size));
            }
            println!("      {:>9}  others", kilobytes(small));
        }
    }
    Ok(())
}

/// What a section is for; `None` if it is not in the stripped file.
fn kind(kind: SectionKind, name: &str) -> Option<&'static str> {
    let unwinding = ["eh_frame", "gcc_except", "pdata", "xdata", "unwind"];
    if kind == SectionKind::Text {
        return Some("code");
    }
    if matches!(kind, SectionKind::UninitializedData | SectionKind::UninitializedTls) || name.contains("debug") {
        return None;
    }
    if unwinding.iter().any(|part| name.contains(part)) {
        return Some("tables for unwinding");
    }
    if name.contains("rel") && !name.contains("data") || name.contains("dyn") || name.starts_with(".gnu") {
        return Some("names and relocations");
    }
    match kind {
        SectionKind::ReadOnlyData | SectionKind::ReadOnlyString | SectionKind::Data | SectionKind::Tls => {
            Some("constants and data")
        }
        SectionKind::ReadOnlyDataWithRel => Some("constants and data"),
        _ if name.contains("idata") || name.contains("edata") => Some("names and relocations"),
        _ => None,
    }
}

/// The size of the functions of each crate.
fn by_crate(file: &object::File<'_>) -> BTreeMap<String, u64> {
    let mut found: BTreeMap<String, u64> = BTreeMap::new();
    for section in file.sections().filter(|section| section.kind() == SectionKind::Text) {
        let index = section.index();
        let end = section.address() + section.size();
        // COFF has no sizes: a function goes on until the next begins. Where several have one address, the last counts.
        let mut at: BTreeMap<u64, (u64, &str)> = BTreeMap::new();
        for symbol in file.symbols().filter(|s| s.section_index() == Some(index)) {
            let Ok(name) = symbol.name() else { continue };
            // "$x" and the like say what kind of code begins there, on ARM.
            if !name.is_empty() && !name.starts_with(['.', '$']) {
                at.insert(symbol.address(), (symbol.size(), name));
            }
        }
        let mut next = end;
        for (address, (size, name)) in at.into_iter().rev() {
            let size = if size > 0 { size } else { next.saturating_sub(address) };
            *found.entry(brought_by(name)).or_default() += size;
            next = address;
        }
    }
    found
}

/// The crate that brings a function: the first in its full name that is not the standard library. `Vec<Message>::push` is
/// there because of who has messages.
fn brought_by(symbol: &str) -> String {
    let Ok(name) = rustc_demangle::try_demangle(symbol.trim_start_matches("__imp_")) else {
        let symbol = symbol.trim_start_matches('_');
        let bringers = [
            ("seenby_", "seenby (the C interface)"),
            ("uniffi_", "seenby (UniFFI's interface)"),
            ("ffi_seenby_", "seenby (UniFFI's interface)"),
            ("ring_core_", "ring's C and assembler"),
        ];
        let bringer = bringers.iter().find(|(begin, _)| symbol.starts_with(begin));
        return bringer.map_or("others", |(_, bringer)| bringer).into();
    };
    let name = format!("{name:#}");
    let mut std = None;
    for word in paths(&name) {
        if BACKTRACES.contains(&word) {
            return "std's backtraces".into();
        }
        if !STD.contains(&word) {
            return if word == "seenby" { "seenby (the C interface)".into() } else { word.to_owned() };
        }
        std = std.or(Some(word));
    }
    if name.contains("backtrace") { "std's backtraces".into() } else { std.map_or("others", |_| "std").into() }
}

/// The first word of each path in a demangled name.
fn paths(name: &str) -> impl Iterator<Item = &str> {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let mut from = 0;
    std::iter::from_fn(move || {
        while from < name.len() {
            let rest = &name[from..];
            let word = rest.find(|c| !is_word(c)).unwrap_or(rest.len());
            if word == 0 {
                from += rest.chars().next().map_or(1, char::len_utf8);
                continue;
            }
            let starts_path = rest[word..].starts_with("::")
                && !name[..from].ends_with("::")
                && rest.starts_with(|c: char| c.is_ascii_lowercase());
            from += word;
            if starts_path {
                return Some(&rest[..word]);
            }
        }
        None
    })
}

fn sorted<K: AsRef<str>>(sizes: &BTreeMap<K, u64>) -> Vec<(&str, u64)> {
    let mut list: Vec<_> = sizes.iter().map(|(name, size)| (name.as_ref(), *size)).collect();
    list.sort_by_key(|(_, size)| std::cmp::Reverse(*size));
    list
}

/// 1 234.5 KB.
pub(crate) fn kilobytes(bytes: u64) -> String {
    let tenths = bytes / 100;
    let whole = (tenths / 10).to_string();
    let mut grouped = String::new();
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i).is_multiple_of(3) {
            grouped.push(' ');
        }
        grouped.push(digit);
    }
    format!("{grouped}.{} KB", tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_function_is_its_bringers() {
        assert_eq!(brought_by("seenby_send_message"), "seenby (the C interface)");
        assert_eq!(brought_by("ring_core_0_17_14__x25519_fe_mul"), "ring's C and assembler");
        assert_eq!(brought_by("uniffi_seenby_fn_method_work_run"), "seenby (UniFFI's interface)");
        assert_eq!(brought_by("memcpy"), "others");
        // <alloc::vec::Vec<tokio::x>>::push, in the old mangling and as a plain function of core.
        assert_eq!(brought_by("_ZN5tokio7runtime4task3raw4poll17h0123456789abcdefE"), "tokio");
        assert_eq!(brought_by("_ZN4core3fmt5Write9write_fmt17h0123456789abcdefE"), "std");
        assert_eq!(
            brought_by("_RNvMs4_NtNtCsduwmD7cSIQq_5gimli4read5dwarfINtB5_4UnitNtB7_5ErrorE3new"),
            "std's backtraces"
        );
    }

    #[test]
    fn paths_are_found_inside_brackets() {
        let name = "<alloc::vec::Vec<redb::tree::Page, T> as core::ops::Drop>::drop";
        assert_eq!(paths(name).collect::<Vec<_>>(), ["alloc", "redb", "core"]);
    }

    #[test]
    fn sizes_are_read_by_people() {
        assert_eq!(kilobytes(1_234_567), "1 234.5 KB");
        assert_eq!(kilobytes(99), "0.0 KB");
    }
}
