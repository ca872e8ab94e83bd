//! What programs that were built with an older header rely on, as lines of text: `tests/abi/seenby.txt`. A line may not change
//! or go without SEENBY_ABI_VERSION being raised; a new one is added with SEENBY_REGENERATE=1. (To begin anew before a first
//! release, delete the file.)

use super::parse::{Field, Header, Signature};
use super::{RENDERED, check_committed, root};
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// Where a layout is.
#[derive(Clone, Copy)]
pub(crate) enum Platform {
    /// Everywhere with pointers of 8 bytes.
    Bits64,
    /// Windows on i686, and ARM: pointers of 4 bytes, and 64-bit integers aligned to 8. (Linux on i686 aligns them to 4 in
    /// structs; there is no package for it.)
    Bits32,
}

/// How a struct lies in memory.
pub(crate) struct Layout {
    pub(crate) size: usize,
    pub(crate) align: usize,
    pub(crate) offsets: Vec<(String, usize)>,
}

impl Layout {
    pub(crate) fn of(header: &Header, name: &str, platform: Platform) -> Self {
        let (mut end, mut align, mut offsets) = (0_usize, 1, Vec::new());
        for field in &header.structs[name] {
            let (one, its_align) = size_and_align(header, field, platform);
            end = end.next_multiple_of(its_align);
            offsets.push((field.name.clone(), end));
            end += one * field.count;
            align = align.max(its_align);
        }
        Self { size: end.next_multiple_of(align), align, offsets }
    }
}

fn size_and_align(header: &Header, field: &Field, platform: Platform) -> (usize, usize) {
    let pointer = match platform {
        Platform::Bits64 => (8, 8),
        Platform::Bits32 => (4, 4),
    };
    let kind = field.kind.as_str();
    let kind = header.aliases.get(kind).map_or(kind, String::as_str);
    match kind {
        _ if kind.contains('*') || header.callbacks.contains_key(kind) => pointer,
        "size_t" => pointer,
        "bool" | "uint8_t" => (1, 1),
        "uint16_t" => (2, 2),
        "int32_t" | "uint32_t" => (4, 4),
        "int64_t" | "uint64_t" => (8, 8),
        _ if header.structs.contains_key(kind) => {
            let layout = Layout::of(header, kind, platform);
            (layout.size, layout.align)
        }
        other => panic!("the field {} has the type {other}, whose size is not known here", field.name),
    }
}

/// Whether programs know the size of a struct: it is copied, or they make room for it; those that the host fills say their
/// size, and those that the library shows are looked at by pointer: both may grow at their end.
fn is_fixed(header: &Header, name: &str) -> bool {
    let says_its_size = header.structs[name].first().is_some_and(|field| field.name == "size");
    let signatures = || header.functions.values().chain(header.callbacks.values());
    let copied = signatures().any(|it| it.result == name || it.parameters.iter().any(|(kind, _)| kind == name));
    let inside =
        header.structs.values().flatten().any(|field| field.kind == name || field.kind.contains(&format!("({name} ")));
    let made_room = |it: &Signature| {
        it.parameters.iter().any(|(kind, param)| *kind == format!("{name} *") && param.starts_with("out_"))
    };
    copied || inside || (!says_its_size && signatures().any(made_room))
}

/// The snapshot.
fn snapshot(header: &Header) -> String {
    let mut out = String::new();
    let mut line = |text: String| {
        let _ = writeln!(out, "{text}");
    };
    for (name, number) in &header.numbers {
        line(format!("number {name} = {number}"));
    }
    for name in &header.handles {
        line(format!("handle {name}"));
    }
    for (name, kind) in &header.aliases {
        line(format!("type {name} = {kind}"));
    }
    for (name, signature) in &header.callbacks {
        line(format!("callback {}", signature.show(name)));
    }
    for (name, fields) in &header.structs {
        let (wide, narrow) = (Layout::of(header, name, Platform::Bits64), Layout::of(header, name, Platform::Bits32));
        let size = match is_fixed(header, name) {
            true => format!("has {} bytes, 32-bit {}", wide.size, narrow.size),
            false => "may grow".to_owned(),
        };
        line(format!("struct {name} {size}, aligned to {}, 32-bit {}", wide.align, narrow.align));
        for ((field, (_, at)), (_, narrow_at)) in fields.iter().zip(&wide.offsets).zip(&narrow.offsets) {
            let count = if field.count == 1 { String::new() } else { format!("[{}]", field.count) };
            line(format!("  {name}.{}: {}{count} at {at}, 32-bit {narrow_at}", field.name, field.kind));
        }
    }
    for (name, signature) in &header.functions {
        line(format!("function {}", signature.show(name)));
    }
    out
}

/// What is wrong with a new interface, given an older one.
fn broken(old: &str, new: &str) -> Vec<String> {
    let version = |text: &str| text.lines().find(|line| line.contains("SEENBY_ABI_VERSION")).map(ToOwned::to_owned);
    if version(old) != version(new) {
        return Vec::new();
    }
    let new: BTreeSet<&str> = new.lines().collect();
    old.lines().filter(|line| !new.contains(line)).map(ToOwned::to_owned).collect()
}

#[test]
fn the_interface_is_what_programs_were_built_with() {
    const PATH: &str = "tests/abi/seenby.txt";
    let new = snapshot(&Header::parse(RENDERED));
    let old = std::fs::read_to_string(root().join(PATH)).unwrap_or_default().replace("\r\n", "\n");
    let broken = broken(&old, &new);
    assert!(
        broken.is_empty(),
        "programs rely on these lines, which are gone or changed: put them back, or raise SEENBY_ABI_VERSION:\n{}",
        broken.join("\n")
    );
    check_committed(PATH, &new);
}

const SMALL: &str = r#"extern "C" {
/** . */
#define SEENBY_ABI_VERSION 1
/** . */
#define SEENBY_A 3
/** . */
typedef struct seenby_pair_t {
    /** . */
    uint32_t a;
    /** . */
    uint64_t b;
} seenby_pair_t;
/** . */
typedef struct seenby_shown_t {
    /** . */
    uint32_t a;
} seenby_shown_t;
/** . */
SEENBY_API int32_t seenby_f(seenby_pair_t pair, const seenby_shown_t *shown);
}  /* extern "C" */
"#;

#[test]
fn every_kind_of_change_is_found() {
    let lines = |text: &str| snapshot(&Header::parse(text));
    let old = lines(SMALL);
    let after = |from: &str, to: &str| {
        assert!(SMALL.contains(from));
        broken(&old, &lines(&SMALL.replacen(from, to, 1)))
    };
    assert_eq!(broken(&old, &old), Vec::<String>::new());
    assert_eq!(after("SEENBY_A 3", "SEENBY_A 4"), ["number SEENBY_A = 3"]);
    assert_eq!(
        after("uint32_t a;\n    /** . */\n    uint64_t b;", "uint64_t a;\n    /** . */\n    uint64_t b;").len(),
        1
    );
    assert_eq!(after("const seenby_shown_t *shown", "const seenby_shown_t *shown, int32_t more").len(), 1);
    assert_eq!(after("seenby_f", "seenby_g").len(), 1, "a function is gone");
    // At its end, a struct that is copied may not grow, and one that is looked at may.
    let grown = after("uint64_t b;", "uint64_t b;\n    /** . */\n    uint64_t c;");
    assert_eq!(grown, ["struct seenby_pair_t has 16 bytes, 32-bit 16, aligned to 8, 32-bit 8"]);
    assert_eq!(
        after("a;\n} seenby_shown_t", "a;\n    /** . */\n    uint32_t b;\n} seenby_shown_t"),
        Vec::<String>::new()
    );
    assert!(!after("uint32_t a;\n} seenby_shown_t", "uint32_t z;\n    uint32_t a;\n} seenby_shown_t").is_empty());
    // With another version everything may change.
    let other = SMALL.replace("VERSION 1", "VERSION 2").replace("seenby_f", "seenby_g");
    assert_eq!(broken(&old, &lines(&other)), Vec::<String>::new());
}
