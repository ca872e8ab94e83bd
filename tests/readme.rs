//! The README tells the truth about code: its Rust is a part of `examples/receipt.rs`, and what it links to is there.

use std::fs;
use std::path::Path;

fn read(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display())).replace("\r\n", "\n")
}

/// Without what only differs by how deep it stands.
fn plain(code: &str) -> String {
    code.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

#[test]
fn the_rust_in_the_readme_is_the_example() {
    let readme = read("README.md");
    let code = readme.split("```rust\n").nth(1).and_then(|rest| rest.split("```").next()).expect("a block of Rust");
    let example = plain(&read("examples/receipt.rs"));
    assert!(example.contains(&plain(code)), "examples/receipt.rs does not contain this part of README.md:\n{code}");
}

#[test]
fn what_the_documents_link_to_is_there() {
    for document in [
        "README.md",
        "CONTRIBUTING.md",
        "CHANGELOG.md",
        "docs/SPEC.md",
        "docs/DESIGN.md",
        "docs/wire.md",
        "docs/threading.md",
        "docs/storage.md",
        "docs/operations.md",
        "docs/adr/README.md",
        "docs/adr/0001-log-of-our-own-and-redb.md",
    ] {
        let folder = Path::new(document).parent().unwrap_or(Path::new(""));
        let text = read(document);
        let links = text.split("](").skip(1).filter_map(|rest| rest.split(')').next());
        for link in links.filter(|link| !link.starts_with("http") && !link.starts_with('#')) {
            let file = link.split('#').next().unwrap_or(link);
            let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder).join(file);
            assert!(path.exists(), "{document} links to {link}, which is not there");
        }
    }
}
