//! Who may import whom: crates (by `cargo metadata`) and the modules of core (by the paths in its sources).
//!
//! `core ← store ← service`; client and server import service, and meet only here, in the harness. Inside core:
//! `model ← ledger, wire ← hub, session`, where a session knows nothing of the ledger: what a device sees comes by wire.

use cargo_metadata::{DependencyKind, Metadata, MetadataCommand, Package};
use proc_macro2::{TokenStream, TokenTree};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use syn::visit::Visit;

fn metadata() -> Metadata {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml");
    // Of this platform only: nothing is downloaded that building this test has not.
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let about = std::process::Command::new(rustc).arg("-vV").output().expect("rustc runs where cargo does");
    let about = String::from_utf8_lossy(&about.stdout).into_owned();
    let host = about.lines().find_map(|line| line.strip_prefix("host: ")).expect("rustc names its host");
    MetadataCommand::new()
        .manifest_path(manifest)
        .other_options(["--locked", "--filter-platform", host].map(str::to_owned))
        .exec()
        .expect("cargo metadata works where cargo test does")
}

/// Each crate with the crates of ours that it may import. The harness may import all: it is where they meet.
const CRATES: &[(&str, &[&str])] = &[
    ("seenby-core", &[]),
    ("seenby-store", &["seenby-core"]),
    ("seenby-service", &["seenby-core", "seenby-store"]),
    ("seenby-client", &["seenby-core", "seenby-store", "seenby-service"]),
    ("seenby-server", &["seenby-core", "seenby-store", "seenby-service"]),
    ("seenby-ffi", &["seenby-client"]),
    ("seenby-bench", &["seenby-client"]),
    ("seenby-jvm", &["seenby-ffi"]),
    ("seenby-apple", &["seenby-ffi"]),
    ("xtask", &[]),
];
const HARNESS: &str = "seenby-harness";

fn ours<'a>(metadata: &Metadata, package: &'a Package) -> BTreeSet<&'a str> {
    let names: BTreeSet<&str> = metadata.workspace_packages().iter().map(|p| p.name.as_str()).collect();
    let names: BTreeSet<String> = names.into_iter().map(str::to_owned).collect();
    package.dependencies.iter().map(|d| d.name.as_str()).filter(|d| names.contains(*d)).collect()
}

#[test]
fn crates_import_only_whom_they_may() {
    let metadata = metadata();
    for package in metadata.workspace_packages() {
        if package.name.as_str() == HARNESS {
            continue;
        }
        let (_, allowed) = CRATES.iter().find(|(name, _)| *name == package.name.as_str()).unwrap_or_else(|| {
            panic!("the crate {} is not in the table of this test: who may it import?", package.name)
        });
        // Tests count too: client and server meet in the harness's tests, not in each other's.
        for dependency in ours(&metadata, package) {
            assert!(
                allowed.contains(&dependency),
                "{} imports {dependency}; it may import {allowed:?} of ours, also in its tests",
                package.name
            );
        }
    }
    for (name, _) in CRATES {
        assert!(metadata.workspace_packages().iter().any(|p| p.name.as_str() == *name), "there is no crate {name}");
    }
}

/// Nothing that does I/O, keeps time or makes threads gets into core, by whatever way.
#[test]
fn core_depends_on_nothing_that_does_io() {
    const NOT_IN_CORE: &[&str] = &[
        "tokio",
        "mio",
        "async-std",
        "smol",
        "axum",
        "hyper",
        "rustls",
        "tungstenite",
        "tokio-tungstenite",
        "redb",
        "fjall",
        "rusqlite",
        "socket2",
        "chrono",
        "time",
        "getrandom",
        "rand",
        "parking_lot",
        "tracing-subscriber",
    ];
    let metadata = metadata();
    let resolve = metadata.resolve.as_ref().expect("metadata has the graph");
    let id = |name: &str| metadata.workspace_packages().iter().find(|p| p.name.as_str() == name).map(|p| p.id.clone());
    let mut wait = vec![id("seenby-core").expect("there is a core")];
    let mut seen = BTreeSet::new();
    while let Some(id) = wait.pop() {
        if !seen.insert(id.clone()) {
            continue;
        }
        let node = resolve.nodes.iter().find(|node| node.id == id).expect("the graph is whole");
        let normal = node.deps.iter().filter(|dep| dep.dep_kinds.iter().any(|k| k.kind == DependencyKind::Normal));
        // What a dependency builds or tests with is not in core; procedural macros are gone when core is built.
        wait.extend(normal.map(|dep| dep.pkg.clone()).filter(|id| !is_macro(&metadata, id)));
    }
    let names: BTreeSet<&str> = seen.iter().map(|id| metadata[id].name.as_str()).collect();
    assert!(names.contains("prost"), "the walk found {names:?}");
    for name in NOT_IN_CORE {
        assert!(
            !names.contains(name),
            "core depends on {name}, which does I/O, keeps time, or makes threads or randomness"
        );
    }
}

fn is_macro(metadata: &Metadata, id: &cargo_metadata::PackageId) -> bool {
    metadata[id].targets.iter().any(|target| target.is_proc_macro())
}

/// A module of core with the modules it may import.
const MODULES: &[(&str, &[&str])] = &[
    ("model", &[]),
    ("ledger", &["model"]),
    ("wire", &["model"]),
    ("hub", &["model", "ledger", "wire"]),
    ("session", &["model", "wire"]),
];

/// What of std is no computing.
const STD_NOT_IN_CORE: &[&str] = &["fs", "net", "thread", "time", "process", "env", "io", "os"];

/// A path in a source file, complete: `crate::ledger::X`, `std::fs::read`.
type FullPath = Vec<String>;

/// Collects every path of a crate's sources but those of its tests.
struct Paths {
    /// The module that is read now.
    module: Vec<String>,
    file: PathBuf,
    found: Vec<(PathBuf, Vec<String>, FullPath)>,
}

fn is_test(attributes: &[syn::Attribute]) -> bool {
    attributes.iter().any(|a| {
        a.path().is_ident("test")
            || (a.path().is_ident("cfg")
                && a.meta
                    .require_list()
                    .is_ok_and(|list| list.tokens.to_string().split(' ').any(|word| word == "test")))
    })
}

impl Paths {
    fn of_crate(root: &Path) -> Self {
        let mut paths = Self { module: Vec::new(), file: root.to_owned(), found: Vec::new() };
        paths.read(root);
        paths
    }

    fn read(&mut self, file: &Path) {
        let text = std::fs::read_to_string(file).unwrap_or_else(|e| panic!("{}: {e}", file.display()));
        let syntax = syn::parse_file(&text).unwrap_or_else(|e| panic!("{}: {e}", file.display()));
        let before = std::mem::replace(&mut self.file, file.to_owned());
        self.visit_file(&syntax);
        self.file = before;
    }

    /// The file of `mod name;` in the file that is read now.
    fn file_of(&self, name: &str) -> PathBuf {
        let folder = self.file.parent().expect("sources are in folders");
        let stem = self.file.file_stem().and_then(|s| s.to_str()).unwrap_or_default();
        let folder = if matches!(stem, "lib" | "mod" | "main") { folder.to_owned() } else { folder.join(stem) };
        let file = folder.join(format!("{name}.rs"));
        if file.is_file() { file } else { folder.join(name).join("mod.rs") }
    }

    fn take(&mut self, segments: &[String]) {
        let Some(first) = segments.first() else { return };
        let full = match first.as_str() {
            "self" | "super" => {
                let up = segments.iter().take_while(|s| *s == "super").count();
                let rest = segments.iter().skip_while(|s| matches!(s.as_str(), "self" | "super")).cloned();
                let base = self.module.len().saturating_sub(up);
                let mut full = vec!["crate".to_owned()];
                full.extend(self.module.iter().take(base).cloned());
                full.extend(rest);
                full
            }
            _ => segments.to_vec(),
        };
        self.found.push((self.file.clone(), self.module.clone(), full));
    }

    fn take_tree(&mut self, before: &mut Vec<String>, tree: &syn::UseTree) {
        match tree {
            syn::UseTree::Path(path) => {
                before.push(path.ident.to_string());
                self.take_tree(before, &path.tree);
                before.pop();
            }
            syn::UseTree::Group(group) => group.items.iter().for_each(|item| self.take_tree(before, item)),
            syn::UseTree::Name(name) => self.take(&[before.as_slice(), &[name.ident.to_string()]].concat()),
            syn::UseTree::Rename(name) => self.take(&[before.as_slice(), &[name.ident.to_string()]].concat()),
            syn::UseTree::Glob(_) => self.take(before),
        }
    }

    /// Paths inside a macro's tokens, which syn does not read: `a :: b :: c`.
    fn take_tokens(&mut self, tokens: TokenStream) {
        let mut path: Vec<String> = Vec::new();
        let mut colons = 0;
        for token in tokens {
            match token {
                TokenTree::Ident(ident) if colons == 2 || path.is_empty() => {
                    path.push(ident.to_string());
                    colons = 0;
                    continue;
                }
                TokenTree::Punct(punct) if punct.as_char() == ':' && !path.is_empty() && colons < 2 => {
                    colons += 1;
                    continue;
                }
                TokenTree::Group(group) => self.take_tokens(group.stream()),
                TokenTree::Ident(ident) => {
                    self.take(&std::mem::take(&mut path));
                    path.push(ident.to_string());
                    colons = 0;
                    continue;
                }
                _ => {}
            }
            self.take(&std::mem::take(&mut path));
            colons = 0;
        }
        self.take(&path);
    }
}

impl<'ast> Visit<'ast> for Paths {
    fn visit_item_mod(&mut self, module: &'ast syn::ItemMod) {
        if is_test(&module.attrs) {
            return;
        }
        let name = module.ident.to_string();
        let file = self.file_of(&name);
        self.module.push(name);
        match &module.content {
            Some((_, items)) => items.iter().for_each(|item| self.visit_item(item)),
            None => self.read(&file),
        }
        self.module.pop();
    }

    fn visit_item_fn(&mut self, function: &'ast syn::ItemFn) {
        if !is_test(&function.attrs) {
            syn::visit::visit_item_fn(self, function);
        }
    }

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        self.take_tree(&mut Vec::new(), &item.tree);
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let segments: Vec<String> = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        self.take(&segments);
        syn::visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, mac: &'ast syn::Macro) {
        self.take_tokens(mac.tokens.clone());
        syn::visit::visit_macro(self, mac);
    }
}

fn core() -> Paths {
    Paths::of_crate(&Path::new(env!("CARGO_MANIFEST_DIR")).join("core/src/lib.rs"))
}

/// Where a path of core leads outside of what its module may import.
fn wrong_import(module: &[String], path: &[String]) -> Option<String> {
    let (here, first, second) = (module.first()?, path.first()?, path.get(1)?);
    if first != "crate" || here == second {
        return None;
    }
    let (_, allowed) = MODULES.iter().find(|(name, _)| name == here)?;
    (!allowed.contains(&second.as_str())).then(|| format!("crate::{second}; {here} may import {allowed:?} of core"))
}

#[test]
fn modules_of_core_import_only_whom_they_may() {
    let core = core();
    let read: BTreeSet<&str> =
        core.found.iter().filter_map(|(_, module, _)| module.first().map(String::as_str)).collect();
    let known: BTreeSet<&str> = MODULES.iter().map(|(name, _)| *name).collect();
    assert_eq!(read, known, "the modules of core are not those of the table of this test");
    // The walk sees what it should: what is known to be there.
    for (here, there) in [("hub", "ledger"), ("hub", "wire"), ("session", "wire"), ("ledger", "model")] {
        let seen = |(_, module, path): &(PathBuf, Vec<String>, FullPath)| {
            module.first().is_some_and(|m| m == here) && path.starts_with(&["crate".to_owned(), there.to_owned()])
        };
        assert!(core.found.iter().any(seen), "no path from {here} to {there} was found: the walk misses something");
    }
    let wrong: BTreeSet<String> = core
        .found
        .iter()
        .filter_map(|(file, module, path)| Some(format!("{} imports {}", file.display(), wrong_import(module, path)?)))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.into_iter().collect::<Vec<_>>().join("\n"));
}

#[test]
fn core_reads_no_file_clock_or_socket_and_makes_no_thread() {
    let wrong: BTreeSet<String> = core()
        .found
        .iter()
        .filter(|(_, _, path)| {
            path.first().is_some_and(|first| first == "std")
                && path.get(1).is_some_and(|second| STD_NOT_IN_CORE.contains(&second.as_str()))
        })
        .map(|(file, _, path)| format!("{} uses {}", file.display(), path.join("::")))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.into_iter().collect::<Vec<_>>().join("\n"));
}

/// The test's own eyes: what it must find, it finds.
#[test]
fn forbidden_imports_are_found_however_they_are_written() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let source = r#"
        pub mod ledger {
            use crate::{model::Seq, hub::{self, Hub as Brain}};
            fn a() { super::session::go(); let _ = vec![crate::wire::Frame::default()]; }
            mod deep { fn b() { super::super::hub::c(); std::fs::read("x"); } }
            #[cfg(test)]
            mod tests { use crate::session::Only; }
            #[test]
            fn t() { crate::session::only_a_test(); }
        }
        pub mod session {}
    "#;
    let file = folder.path().join("lib.rs");
    std::fs::write(&file, source).expect("the folder takes files");
    let paths = Paths::of_crate(&file);
    let wrong: Vec<String> =
        paths.found.iter().filter_map(|(_, m, p)| wrong_import(m, p).map(|_| p.join("::"))).collect();
    let expected =
        ["crate::hub::self", "crate::hub::Hub", "crate::session::go", "crate::wire::Frame::default", "crate::hub::c"];
    assert_eq!(wrong, expected);
    assert!(paths.found.iter().any(|(_, _, p)| p.join("::") == "std::fs::read"));
}
