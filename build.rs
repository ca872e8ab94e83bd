//! Renders the C header from `ffi`'s signatures and their comments into OUT_DIR. `include/seenby.h` is what is committed and
//! read; `tests/header.rs` fails when the two differ.

#[path = "ffi/header/tidy.rs"]
mod tidy;

use std::fs;
use std::path::Path;

/// The nouns in the order of the header. Those that are not named here come last.
const ORDER: &[&str] = &[
    "types/texts",
    "types/handles",
    "types/numbers",
    "types/filled",
    "types/callbacks",
    "types/given",
    "library",
    "client",
    "listener",
    "dispatcher",
    "messages",
    "receipts",
    "marks",
    "tracker",
    "groups",
    "conversations",
    "people",
    "service",
    "layers",
];

/// The sources in a folder.
fn nouns(folder: &Path, prefix: &str) -> Vec<String> {
    let paths = fs::read_dir(folder).expect("the sources are there").filter_map(|entry| Some(entry.ok()?.path()));
    let sources = paths.filter(|path| path.extension().is_some_and(|extension| extension == "rs"));
    sources.filter_map(|path| Some(format!("{prefix}{}", path.file_stem()?.to_str()?))).collect()
}

fn main() {
    println!("cargo::rerun-if-changed=ffi/src/capi");
    println!("cargo::rerun-if-changed=ffi/header");
    println!("cargo::rerun-if-changed=ffi/cbindgen.toml");
    println!("cargo::rerun-if-changed=build.rs");
    // Asked when it runs: a target folder may have been moved with its clone.
    let root = std::env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets it");
    let root = Path::new(&root);
    let capi = root.join("ffi/src/capi");

    let config = cbindgen::Config::from_file(root.join("ffi/cbindgen.toml")).expect("ffi/cbindgen.toml is read");
    let builder = cbindgen::Builder::new().with_config(config).with_src(capi.join("mod.rs"));
    let mut rendered = Vec::new();
    builder.generate().expect("the declarations are rendered").write(&mut rendered);
    let rendered = String::from_utf8(rendered).expect("cbindgen renders UTF-8");

    let mut nouns = nouns(&capi, "");
    nouns.extend(self::nouns(&capi.join("types"), "types/"));
    nouns.sort_by_key(|noun| (ORDER.iter().position(|known| known == noun).unwrap_or(ORDER.len()), noun.clone()));
    let read = |path: &Path| fs::read_to_string(path).expect("a source is read").replace("\r\n", "\n");
    let sources: Vec<String> = nouns.iter().map(|noun| read(&capi.join(format!("{noun}.rs")))).collect();

    // Derived, never copied.
    let version = |name: &str| std::env::var(format!("CARGO_PKG_VERSION{name}")).expect("cargo sets it");
    let begin = read(&root.join("ffi/header/begin.h"))
        .replace("@VERSION@", &version(""))
        .replace("@MAJOR@", &version("_MAJOR"))
        .replace("@MINOR@", &version("_MINOR"))
        .replace("@PATCH@", &version("_PATCH"));
    let end = read(&root.join("ffi/header/end.h"));
    let out = std::env::var_os("OUT_DIR").expect("cargo sets it");
    fs::write(Path::new(&out).join("seenby.h"), begin + &tidy::tidy(&rendered, &sources) + &end)
        .expect("the header is written");
}
