//! `include/seenby.h`: it is what the sources say, compiles everywhere, has core's numbers, exports what it names, and does not
//! change under programs that were built with it. `SEENBY_REGENERATE=1 cargo test --test header` renders what is committed
//! anew.

#[path = "header/abi.rs"]
mod abi;
#[path = "header/compiles.rs"]
mod compiles;
#[path = "header/numbers.rs"]
mod numbers;
#[path = "header/parse.rs"]
mod parse;

use parse::Header;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The header as it was just rendered.
const RENDERED: &str = include_str!(concat!(env!("OUT_DIR"), "/seenby.h"));

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Compares a committed file with what it should be; with SEENBY_REGENERATE writes it.
fn check_committed(path: &str, rendered: &str) {
    let rendered = rendered.replace("\r\n", "\n");
    let committed = root().join(path);
    if std::env::var_os("SEENBY_REGENERATE").is_some() {
        fs::create_dir_all(committed.parent().expect("it is in a folder")).expect("the folder is made");
        fs::write(&committed, rendered).expect("the file is written");
        return;
    }
    let current = fs::read_to_string(&committed).unwrap_or_default().replace("\r\n", "\n");
    assert!(current == rendered, "{path} is stale: run SEENBY_REGENERATE=1 cargo test --test header");
}

#[test]
fn the_committed_header_is_current() {
    check_committed("include/seenby.h", RENDERED);
}

/// The names that the sources below `folder` export, found as the compiler sees them.
fn exported(folder: &Path, names: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).expect("the folder is there") {
        let path: PathBuf = entry.expect("an entry").path();
        if path.is_dir() {
            exported(&path, names);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let file = syn::parse_file(&fs::read_to_string(&path).expect("it is text")).expect("it is Rust");
            for item in file.items {
                let syn::Item::Fn(function) = item else { continue };
                let is_exported = function.attrs.iter().any(|attribute| match &attribute.meta {
                    syn::Meta::List(list) if list.path.is_ident("unsafe") => {
                        list.tokens.to_string().contains("no_mangle")
                    }
                    meta => meta.path().is_ident("no_mangle"),
                });
                if is_exported {
                    assert!(function.sig.abi.is_some(), "{} is exported and not extern \"C\"", function.sig.ident);
                    names.insert(function.sig.ident.to_string());
                }
            }
        }
    }
}

#[test]
fn what_is_exported_is_what_the_header_has() {
    let mut names = BTreeSet::new();
    exported(&root().join("ffi/src"), &mut names);
    let header: BTreeSet<String> = Header::parse(RENDERED).functions.into_keys().collect();
    assert_eq!(names.difference(&header).collect::<Vec<_>>(), Vec::<&String>::new(), "exported, not in the header");
    assert_eq!(header.difference(&names).collect::<Vec<_>>(), Vec::<&String>::new(), "in the header, not exported");
    assert!(names.len() > 30, "the sources are found");
}

#[test]
fn every_function_says_what_it_needs_to() {
    for (name, doc) in Header::parse(RENDERED).docs {
        assert!(!doc.is_empty(), "{name} has no comment");
        let signature = Header::parse(RENDERED).functions[&name].clone();
        for (_, parameter) in &signature.parameters {
            let is_there = doc.contains(&format!("@param {parameter} "));
            assert!(is_there, "the comment of {name} does not say what {parameter} is");
        }
        let answers = signature.result != "void";
        assert!(!answers || doc.contains("@return"), "the comment of {name} does not say what it answers");
    }
}
