//! The documents tell the truth about code: theirs is a part of the examples, and what they link to is there.

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

/// The blocks of a language in a document.
fn blocks(document: &str, language: &str) -> Vec<String> {
    let text = read(document);
    let begin = format!("```{language}\n");
    let blocks = text.split(&begin).skip(1).filter_map(|rest| rest.split("```").next()).map(str::to_owned);
    let blocks: Vec<String> = blocks.collect();
    assert!(!blocks.is_empty(), "{document} has no block of {language}");
    blocks
}

/// Every block is in one of the examples, part by part: parts are what empty lines separate. Examples are built and run
/// (`cargo xtask test`), so what is shown works. A comment that begins a part need not be there.
fn is_in_the_examples(document: &str, language: &str, examples: &[&str]) {
    let examples: Vec<String> = examples.iter().map(|example| plain(&read(example))).collect();
    for block in blocks(document, language) {
        for part in block.split("\n\n") {
            let code = plain(part);
            let code = match code.split_once('\n') {
                Some((first, rest)) if first.starts_with("//") || first.starts_with("/*") => rest,
                _ => &code,
            };
            assert!(
                examples.iter().any(|example| example.contains(code)),
                "no example contains this part of {document}:\n{part}"
            );
        }
    }
}

#[test]
fn the_code_in_the_readme_is_that_of_the_examples() {
    is_in_the_examples("README.md", "rust", &["examples/receipt.rs"]);
    is_in_the_examples("README.md", "c", &["examples/c/receipt.c"]);
    is_in_the_examples("README.md", "cpp", &["examples/cpp/receipt.cpp"]);
    is_in_the_examples("README.md", "kotlin", &["examples/jvm/src/main/kotlin/org/seenby/example/Receipt.kt"]);
    is_in_the_examples("README.md", "java", &["examples/jvm/src/main/java/org/seenby/example/Receipt.java"]);
    is_in_the_examples("README.md", "swift", &["bindings/swift/Examples/receipt/main.swift"]);
    is_in_the_examples("README.md", "objc", &["examples/mac/receipt.m"]);
}

#[test]
fn the_code_in_the_page_on_the_c_interface_is_that_of_the_examples() {
    is_in_the_examples("docs/c-abi.md", "c", &["examples/c/recipes.c"]);
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
        "docs/c-abi.md",
        "docs/v2tim-cpp.md",
        "docs/apple.md",
        "docs/apple-calls.md",
        "docs/android.md",
        "docs/packaging.md",
        "examples/android/README.md",
        "examples/ios/README.md",
        "bindings/kotlin/README.md",
        "bindings/swift/README.md",
        "docs/storage.md",
        "docs/operations.md",
        "docs/adr/README.md",
        "docs/adr/0001-log-of-our-own-and-redb.md",
        "docs/adr/0007-one-library-for-apple.md",
        "docs/adr/0008-who-judges-certificates.md",
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
