//! What must be true of the repository before anybody gets it.

use super::repository::{ANDROID, ENDINGS, MODULES, Repository, listed, unpack};
use super::{aar, native};
use crate::package::{Result, Stop};
use sha2::{Digest as _, Sha512};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// The permissions that an app inherits, and no others.
const PERMISSIONS: [&str; 2] = ["android.permission.INTERNET", "android.permission.ACCESS_NETWORK_STATE"];
/// What is in the AAR beside the libraries.
const AAR: &[&str] = &[
    "AndroidManifest.xml",
    "META-INF/com/android/build/gradle/aar-metadata.properties",
    "R.txt",
    "classes.jar",
    "licenses/LICENSE-APACHE",
    "licenses/LICENSE-MIT",
    "licenses/NOTICE",
    "licenses/RUST_STANDARD_LIBRARY.html",
    "licenses/THIRD_PARTY_LICENSES",
    "proguard.txt",
];
/// The licences in every JAR: a folder of their own, where no other library has files.
const NOTICES: &str = "META-INF/org.seenby/";

/// All of it. `jni`: the AAR has its libraries.
pub(super) fn all(repository: &Repository, jni: bool, work: &Path) -> Result<()> {
    for module in MODULES {
        for ending in ENDINGS {
            checksums(&repository.file(module, ending))?;
        }
        jar(repository, module)?;
        pom(repository, module)?;
    }
    for ending in [".aar", "-sources.jar", "-javadoc.jar", ".pom"] {
        checksums(&repository.file(ANDROID, ending))?;
    }
    let mut only: BTreeSet<String> = MODULES.iter().map(|module| (*module).to_owned()).collect();
    only.extend([ANDROID.to_owned(), "seenby-parent".to_owned()]);
    let mut found = BTreeSet::new();
    for entry in fs::read_dir(repository.root.join("org/seenby"))? {
        found.insert(entry?.file_name().to_string_lossy().into_owned());
    }
    expect(found == only, || format!("the repository has the artifacts {found:?}, and should have {only:?}"))?;
    pom(repository, ANDROID)?;
    android(repository, jni, work)
}

/// A file is there, with the checksum that Maven compares.
fn checksums(file: &Path) -> Result<()> {
    for kind in ["sha1", "md5"] {
        let mut name = file.as_os_str().to_owned();
        name.push(format!(".{kind}"));
        let there = Path::new(&name).is_file() && file.is_file();
        expect(there, || format!("{} is missing, or its {kind}", file.display()))?;
    }
    Ok(())
}

/// Classes under our own name, licences, the module's own metadata; nothing of tests.
fn jar(repository: &Repository, module: &str) -> Result<()> {
    let file = repository.file(module, ".jar");
    let names = listed(&file)?;
    let metadata = [format!("META-INF/maven/org.seenby/{module}/"), format!("META-INF/{module}.kotlin_module")];
    let known = |name: &str| {
        is_class(name)
            || name == "META-INF/MANIFEST.MF"
            || name.starts_with(NOTICES)
            || metadata.iter().any(|start| name.starts_with(start))
            || (module == "seenby-core" && is_native(name))
    };
    let strange: Vec<_> = names.iter().filter(|name| !known(name)).collect();
    expect(strange.is_empty(), || format!("{} has {strange:?}", file.display()))?;
    expect(names.iter().any(|name| is_class(name)), || format!("{} has no class", file.display()))?;
    for notice in ["LICENSE-MIT", "LICENSE-APACHE", "NOTICE", "THIRD_PARTY_LICENSES", "RUST_STANDARD_LIBRARY.html"] {
        let name = format!("{NOTICES}{notice}");
        expect(names.contains(&name), || format!("{} has no {name}", file.display()))?;
    }
    if module == "seenby-core" {
        let here = crate::package::jvm::path(&crate::package::Target::host()?)?;
        let here = here.display().to_string();
        expect(names.contains(&here), || format!("{} has no {here}", file.display()))?;
    }
    let sources = listed(&repository.file(module, "-sources.jar"))?;
    let (kotlin, java) = (has(&sources, ".kt"), has(&sources, ".java"));
    expect(kotlin || java, || format!("the sources of {module} are none: {sources:?}"))?;
    let javadoc = listed(&repository.file(module, "-javadoc.jar"))?;
    expect(has(&javadoc, "index.html"), || format!("the documentation of {module} has no index.html"))
}

/// A class that is shipped.
fn is_class(name: &str) -> bool {
    let test = ["Test.class", "/test/", "/scenarios/", "org/seenby/bench"].iter().any(|part| name.contains(part));
    name.starts_with("org/seenby/") && name.ends_with(".class") && !test
}

/// `linux-x86-64/libseenby_jvm.so`
fn is_native(name: &str) -> bool {
    name.split_once('/').is_some_and(|(folder, file)| {
        ["linux-", "darwin-", "win32-"].iter().any(|start| folder.starts_with(start)) && file.contains("seenby_jvm.")
    })
}

fn has(names: &[String], ending: &str) -> bool {
    names.iter().any(|name| name.ends_with(ending))
}

/// What Maven Central asks for; no dependency of tests reaches an app.
fn pom(repository: &Repository, artifact: &str) -> Result<()> {
    let read = |artifact: &str| {
        let file = repository.file(artifact, ".pom");
        fs::read_to_string(&file).map_err(|e| Stop::failed(format!("{}: {e}", file.display())))
    };
    let own = read(artifact)?;
    // Inherited.
    let parent = if artifact == ANDROID { String::new() } else { read("seenby-parent")? };
    for element in ["name", "description", "url", "licenses", "developers", "scm"] {
        let tag = format!("<{element}>");
        expect(own.contains(&tag) || parent.contains(&tag), || format!("the POM of {artifact} has no {tag}"))?;
    }
    for dependency in own.split("<dependency>").skip(1).filter_map(|rest| rest.split("</dependency>").next()) {
        let reaches_apps = !dependency.contains("<scope>test</scope>")
            && !dependency.contains("<scope>provided</scope>")
            && !dependency.contains("<artifactId>junit-jupiter</artifactId>");
        let known = ["org.seenby", "org.jetbrains.kotlin", "org.jetbrains.kotlinx", "net.java.dev.jna"]
            .iter()
            .any(|group| dependency.contains(&format!("<groupId>{group}</groupId>")));
        expect(!reaches_apps || known, || format!("the POM of {artifact} brings {}", dependency.trim()))?;
    }
    Ok(())
}

/// The AAR: exactly what belongs there.
fn android(repository: &Repository, jni: bool, work: &Path) -> Result<()> {
    let file = repository.file(ANDROID, ".aar");
    let mut wanted: BTreeSet<String> = AAR.iter().map(|name| (*name).to_owned()).collect();
    if jni {
        wanted.extend(native::ABIS.iter().map(|abi| format!("jni/{}/{}", abi.name, native::FILE)));
    }
    let found: BTreeSet<String> = listed(&file)?.into_iter().collect();
    let differ: Vec<_> = found.symmetric_difference(&wanted).collect();
    expect(differ.is_empty(), || format!("{} and what it should have differ in {differ:?}", file.display()))?;

    let folder = work.join("aar-checked");
    unpack(&file, &folder)?;
    for abi in native::ABIS.iter().filter(|_| jni) {
        native::check(&folder.join("jni").join(abi.name).join(native::FILE))?;
    }
    let manifest = fs::read_to_string(folder.join("AndroidManifest.xml"))?;
    expect(manifest.contains("android:minSdkVersion=\"21\""), || "the manifest does not say API 21".into())?;
    let permissions: BTreeSet<&str> = attributes(&manifest, "uses-permission").collect();
    expect(permissions == PERMISSIONS.into(), || format!("the manifest asks for {permissions:?}"))?;
    let rules = fs::read_to_string(folder.join("proguard.txt"))?;
    expect(rules == fs::read_to_string(aar::RULES)?, || format!("proguard.txt is not {}", aar::RULES))?;

    // The classes are those of the JARs, all and no others.
    let mut classes = BTreeSet::new();
    for module in aar::modules() {
        classes.extend(listed(&repository.file(module, ".jar"))?.into_iter().filter(|name| is_class(name)));
    }
    let names = listed(&folder.join("classes.jar"))?;
    let of_aar: BTreeSet<String> = names.iter().filter(|name| name.ends_with(".class")).cloned().collect();
    expect(classes == of_aar, || "classes.jar has other classes than the JARs".into())?;
    let known = |name: &&String| !name.ends_with(".class") && !name.ends_with(".kotlin_module");
    let strange: Vec<_> = names.iter().filter(known).collect();
    expect(strange.is_empty(), || format!("classes.jar would put {strange:?} into every APK"))
}

/// `android:name` of every element of this kind.
fn attributes<'a>(manifest: &'a str, element: &'a str) -> impl Iterator<Item = &'a str> {
    manifest.split('<').filter(move |tag| tag.starts_with(element)).filter_map(|tag| {
        tag.split_once("android:name=\"").and_then(|(_, rest)| rest.split_once('"')).map(|(name, _)| name)
    })
}

/// Whether two files are the same.
pub(super) fn same(one: &Path, other: &Path) -> Result<bool> {
    let hash = |path: &Path| -> Result<_> { Ok(Sha512::digest(fs::read(path)?)) };
    Ok(hash(one)? == hash(other)?)
}

pub(super) fn expect(ok: bool, why: impl FnOnce() -> String) -> Result<()> {
    if ok { Ok(()) } else { Err(Stop::Failed(why())) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_of_tests_are_not_shipped() {
        assert!(is_class("org/seenby/v2tim/V2TIMManager.class"));
        assert!(!is_class("org/seenby/v2tim/ListenersTest.class"));
        assert!(!is_class("org/seenby/v2tim/scenarios/Agent.class"));
        assert!(!is_class("com/sun/jna/Native.class"));
    }

    #[test]
    fn every_permission_of_a_manifest_is_seen() {
        let manifest = "<manifest>\n<uses-permission android:name=\"a\"/>\n<uses-permission\n  android:name=\"b\" />\
            <application android:name=\"c\"/></manifest>";
        assert_eq!(attributes(manifest, "uses-permission").collect::<Vec<_>>(), ["a", "b"]);
    }

    #[test]
    fn a_library_for_small_pages_is_refused() {
        // This program itself: whatever it is aligned to, it is either refused for that or fits.
        let path = std::env::current_exe().unwrap();
        if !cfg!(target_os = "linux") {
            return;
        }
        let least = crate::package::symbols::alignments(&path).unwrap().into_iter().min().unwrap();
        let refused = native::aligned(&path).is_err();
        assert_eq!(refused, least < 16 * 1024, "aligned to {least}");
    }
}
