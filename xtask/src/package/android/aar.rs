//! The AAR: one line in an app's build file brings everything.

use super::repository::{ANDROID, Files, MODULES, Repository, pack, property, unpack};
use crate::package::texts::Values;
use crate::package::{Result, Stop, copy_folder, copy_into};
use std::fs;
use std::path::{Path, PathBuf};

/// The rules for R8, beside what they are about.
pub(super) const RULES: &str = "bindings/kotlin/seenby-v2tim/proguard.txt";
pub(super) const PARENT: &str = "bindings/kotlin/pom.xml";
const TEMPLATES: &str = "packaging/android";

/// The modules whose classes are in it. The testkit is for tests on a JVM.
pub(super) fn modules() -> impl Iterator<Item = &'static str> {
    MODULES.iter().copied().filter(|module| *module != "seenby-testkit")
}

/// Makes it of the JARs in the repository and the libraries in `jni`, if there are any.
pub(super) fn make(repository: &Repository, jni: Option<&Path>, notices: &Path, work: &Path) -> Result<Files> {
    let templates = Path::new(TEMPLATES);
    let (root, classes) = (work.join("aar"), work.join("classes"));
    fs::create_dir_all(&root)?;
    for module in modules() {
        let folder = work.join("jars").join(module);
        unpack(&repository.file(module, ".jar"), &folder)?;
        copy_folder(&folder.join("org"), &classes.join("org"))?;
        // Kotlin finds extension functions by it.
        for entry in fs::read_dir(folder.join("META-INF"))? {
            let path = entry?.path();
            if path.extension().is_some_and(|extension| extension == "kotlin_module") {
                copy_into(&path, &classes.join("META-INF"))?;
            }
        }
    }
    pack(&classes, &root.join("classes.jar"))?;
    copy_into(&templates.join("AndroidManifest.xml"), &root)?;
    fs::copy(RULES, root.join("proguard.txt")).map_err(|e| Stop::failed(format!("{RULES}: {e}")))?;
    // There are no resources; builders want the list of them.
    fs::write(root.join("R.txt"), "")?;
    // Beside the classes, not in them: what is in them goes into every APK, where two libraries' files of one name collide.
    copy_folder(notices, &root.join("licenses"))?;
    let metadata = root.join("META-INF/com/android/build/gradle");
    fs::create_dir_all(&metadata)?;
    fs::write(metadata.join("aar-metadata.properties"), "aarFormatVersion=1.0\naarMetadataVersion=1.0\n")?;
    if let Some(jni) = jni {
        copy_folder(jni, &root.join("jni"))?;
    }
    let aar = work.join(format!("{ANDROID}.aar"));
    pack(&root, &aar)?;

    let parent = Path::new(PARENT);
    let pom = work.join(format!("{ANDROID}.pom"));
    let values = Values::new()
        .with("KOTLIN", property(parent, "kotlin.stdlib.version")?)
        .with("COROUTINES", property(parent, "coroutines.version")?)
        .with("JNA", property(parent, "jna.version")?);
    values.fill(&templates.join("seenby-android.pom.in"), &pom)?;
    Ok(Files { aar, sources: sources(repository, work)?, javadoc: javadoc(repository, work)?, pom })
}

/// The sources of all modules, one beside the other as their packages are.
fn sources(repository: &Repository, work: &Path) -> Result<PathBuf> {
    let folder = work.join("sources");
    for module in modules() {
        let one = work.join("jars").join(format!("{module}-sources"));
        unpack(&repository.file(module, "-sources.jar"), &one)?;
        copy_folder(&one.join("org"), &folder.join("org"))?;
    }
    let archive = work.join(format!("{ANDROID}-sources.jar"));
    pack(&folder, &archive)?;
    Ok(archive)
}

/// The documentation of all modules, in a folder each, and a page to begin with.
fn javadoc(repository: &Repository, work: &Path) -> Result<PathBuf> {
    let folder = work.join("javadoc");
    let mut links = String::new();
    for module in modules().filter(|module| *module != "seenby-core") {
        unpack(&repository.file(module, "-javadoc.jar"), &folder.join(module))?;
        let _ = fs::remove_dir_all(folder.join(module).join("META-INF"));
        links.push_str(&format!("<li><a href=\"{module}/index.html\">{module}</a></li>\n"));
    }
    fs::write(
        folder.join("index.html"),
        format!("<!DOCTYPE html>\n<meta charset=\"utf-8\">\n<title>SeenBy for Android</title>\n<ul>\n{links}</ul>\n"),
    )?;
    let archive = work.join(format!("{ANDROID}-javadoc.jar"));
    pack(&folder, &archive)?;
    Ok(archive)
}
