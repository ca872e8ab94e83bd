//! What a library exports and imports, read from the file itself.

use super::{Result, Stop};
use object::FileKind;
use object::read::archive::ArchiveFile;
use object::read::elf::{Dyn as _, FileHeader, ProgramHeader as _, SectionHeader as _};
use object::{
    Architecture, BinaryFormat, Object as _, ObjectSection as _, ObjectSymbol as _, SymbolKind, SymbolSection, elf,
};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// The names that a shared library (ELF, PE, Mach-O) exports.
pub(crate) fn exported(path: &Path) -> Result<BTreeSet<String>> {
    with(path, |file| {
        if file.format() == BinaryFormat::Elf {
            // The table of dynamic symbols, without the version's own name, which is absolute.
            return Ok(file
                .dynamic_symbols()
                .filter(|s| s.is_global() && s.is_definition() && s.section() != SymbolSection::Absolute)
                .filter_map(|s| s.name().ok().map(str::to_owned))
                .collect());
        }
        let name = |export: object::Result<object::Export<'_>>| {
            let export = export?;
            // What has a number instead of a name is no function of the header either.
            let name = export.name().into_name().map(String::from_utf8_lossy);
            Ok(name.map_or_else(|| format!("{export:?}"), |name| plain(file, &name)))
        };
        file.exports()?.map(name).collect()
    })
}

/// The libraries that a shared library (ELF, PE) wants. Windows does not tell capitals from small letters: small ones.
pub(crate) fn wanted(path: &Path) -> Result<BTreeSet<String>> {
    let data = read(path)?;
    if data.starts_with(b"MZ") {
        return with(path, |file| {
            file.imports()?.map(|import| Ok(String::from_utf8_lossy(import?.library()).to_lowercase())).collect()
        });
    }
    let found = match FileKind::parse(&*data) {
        Ok(FileKind::Elf32) => needed::<elf::FileHeader32<object::Endianness>>(&data),
        Ok(_) => needed::<elf::FileHeader64<object::Endianness>>(&data),
        Err(e) => Err(e),
    };
    found.map_err(|e| unreadable(path, e))
}

fn needed<Elf: FileHeader<Endian = object::Endianness>>(data: &[u8]) -> object::Result<BTreeSet<String>> {
    let header = Elf::parse(data)?;
    let endian = header.endian()?;
    let sections = header.sections(endian, data)?;
    let mut found = BTreeSet::new();
    for section in sections.iter() {
        let Some((entries, strings)) = section.dynamic(endian, data)? else { continue };
        let strings = sections.strings(endian, data, strings)?;
        for entry in entries.iter().filter(|entry| entry.tag(endian) == elf::DT_NEEDED) {
            found.insert(String::from_utf8_lossy(entry.string(endian, strings)?).into_owned());
        }
    }
    Ok(found)
}

/// How each part of a shared library (ELF) that is mapped into memory wants to lie.
pub(crate) fn alignments(path: &Path) -> Result<Vec<u64>> {
    let data = read(path)?;
    let found = match FileKind::parse(&*data) {
        Ok(FileKind::Elf32) => loaded::<elf::FileHeader32<object::Endianness>>(&data),
        Ok(_) => loaded::<elf::FileHeader64<object::Endianness>>(&data),
        Err(e) => Err(e),
    };
    found.map_err(|e| unreadable(path, e))
}

fn loaded<Elf: FileHeader<Endian = object::Endianness>>(data: &[u8]) -> object::Result<Vec<u64>> {
    let header = Elf::parse(data)?;
    let endian = header.endian()?;
    let parts = header.program_headers(endian, data)?.iter();
    Ok(parts.filter(|part| part.p_type(endian) == elf::PT_LOAD).map(|part| part.p_align(endian).into()).collect())
}

/// The global names that a static library defines.
pub(crate) fn defined(path: &Path) -> Result<BTreeSet<String>> {
    let data = read(path)?;
    let archive = ArchiveFile::parse(&*data).map_err(|e| unreadable(path, e))?;
    let mut found = BTreeSet::new();
    for member in archive.members() {
        let bytes = member.and_then(|member| member.data(&*data)).map_err(|e| unreadable(path, e))?;
        // What is no object (a list of names, an import) defines nothing.
        let Ok(file) = object::File::parse(bytes) else { continue };
        let symbols = file.symbols().filter(|s| s.is_global() && s.is_definition());
        found.extend(symbols.filter_map(|s| s.name().ok().map(|name| plain(&file, name))));
    }
    Ok(found)
}

/// The names by which linkers find something in a static or an import library: its own table.
pub(crate) fn listed(path: &Path) -> Result<BTreeSet<String>> {
    let data = read(path)?;
    let inner = || -> object::Result<BTreeSet<String>> {
        let Some(symbols) = ArchiveFile::parse(&*data)?.symbols()? else { return Ok(BTreeSet::new()) };
        symbols.map(|symbol| Ok(String::from_utf8_lossy(symbol?.name()).into_owned())).collect()
    };
    inner().map_err(|e| unreadable(path, e))
}

/// Whether there is nothing for debuggers in it, nor names that only they need.
pub(crate) fn is_stripped(path: &Path) -> Result<bool> {
    with(path, |file| {
        // .debug_info, __debug_info
        let debug = file.sections().any(|s| s.name().is_ok_and(|name| name.contains("debug_")));
        let local = file.symbols().any(|s| s.kind() == SymbolKind::Text && s.is_local());
        Ok(!debug && !local)
    })
}

/// What tells which debug information belongs to a library (ELF).
pub(crate) fn build_id(path: &Path) -> Result<Option<Vec<u8>>> {
    with(path, |file| Ok(file.build_id()?.map(<[u8]>::to_vec)))
}

/// Mach-O, and the objects of 32-bit Windows, write an underscore before every name of C.
fn plain(file: &object::File<'_>, name: &str) -> String {
    let underscored = match file.format() {
        BinaryFormat::MachO => true,
        BinaryFormat::Coff => file.architecture() == Architecture::I386,
        _ => false,
    };
    name.strip_prefix('_').filter(|_| underscored).unwrap_or(name).to_owned()
}

fn with<T>(path: &Path, what: impl FnOnce(&object::File<'_>) -> object::Result<T>) -> Result<T> {
    let data = read(path)?;
    object::File::parse(&*data).and_then(|file| what(&file)).map_err(|e| unreadable(path, e))
}

fn read(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).map_err(|e| Stop::failed(format!("{}: {e}", path.display())))
}

fn unreadable(path: &Path, e: object::Error) -> Stop {
    Stop::failed(format!("{} cannot be read: {e}", path.display()))
}
