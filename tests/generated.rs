//! The Rust of `core/proto/*.proto` is committed, so that building needs no protobuf compiler. This test fails when it is
//! stale; `SEENBY_REGENERATE=1 cargo test --test generated` renders it anew.

use std::fs;
use std::path::Path;

fn check(proto: &str, committed: &str) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = root.join("core/proto");
    let files = protox::compile([folder.join(proto)], [&folder]).expect("the schema compiles");
    let out = tempfile::tempdir().expect("a temporary folder");
    prost_build::Config::new()
        .out_dir(out.path())
        .include_file("all.rs")
        .compile_fds(files)
        .expect("the Rust is rendered");
    let rendered = fs::read_dir(out.path())
        .expect("the folder is there")
        .map(|entry| entry.expect("an entry").path())
        .find(|path| path.file_name().is_some_and(|name| name != "all.rs"))
        .expect("one package, one file");
    let rendered = fs::read_to_string(rendered).expect("it is text").replace("\r\n", "\n");
    let committed = root.join(committed);
    if std::env::var_os("SEENBY_REGENERATE").is_some() {
        fs::write(&committed, rendered).expect("the file is written");
        return;
    }
    let current = fs::read_to_string(&committed).unwrap_or_default().replace("\r\n", "\n");
    assert!(
        current == rendered,
        "{} is stale: run SEENBY_REGENERATE=1 cargo test --test generated",
        committed.display()
    );
}

#[test]
fn wire_is_current() {
    check("wire.proto", "core/src/wire/generated.rs");
}

#[test]
fn journal_is_current() {
    check("journal.proto", "core/src/ledger/generated.rs");
}

#[test]
fn device_is_current() {
    check("device.proto", "core/src/session/generated.rs");
}
