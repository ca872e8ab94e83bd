//! The Maven repository: Maven itself lays it out, with checksums and lists of versions.

use crate::maven::{self, Ran};
use crate::package::texts::VERSION;
use crate::package::{Result, Stop, link};
use crate::system;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Where the modules are.
const PROJECT: &str = "bindings/kotlin";
/// The modules that are shipped; what they need of others is built with them.
pub(super) const MODULES: &[&str] = &["seenby-core", "seenby", "seenby-v2tim", "seenby-testkit"];
/// The AAR.
pub(super) const ANDROID: &str = "seenby-android";
/// The files of each artifact.
pub(super) const ENDINGS: &[&str] = &[".jar", "-sources.jar", "-javadoc.jar", ".pom"];

/// A folder that is a Maven repository.
pub(crate) struct Repository {
    pub(crate) root: PathBuf,
}

/// What makes the artifact for Android.
pub(super) struct Files {
    pub(super) aar: PathBuf,
    pub(super) sources: PathBuf,
    pub(super) javadoc: PathBuf,
    pub(super) pom: PathBuf,
}

impl Repository {
    /// An empty one.
    pub(super) fn at(root: PathBuf) -> Result<Self> {
        for (program, package) in [("mvn", "maven"), ("jar", "default-jdk-headless")] {
            if system::on_path(program).is_none() {
                return Err(Stop::Missing {
                    why: format!("{program} is not installed"),
                    how: format!("install a JDK and Maven (Debian: {package})"),
                });
            }
        }
        let _ = fs::remove_dir_all(&root);
        fs::create_dir_all(&root)?;
        Ok(Self { root })
    }

    /// As programs are told where it is.
    pub(super) fn url(&self) -> String {
        format!("file://{}", self.root.display())
    }

    /// A file of an artifact: `file("seenby", "-sources.jar")`.
    pub(super) fn file(&self, artifact: &str, ending: &str) -> PathBuf {
        self.root.join("org/seenby").join(artifact).join(VERSION).join(format!("{artifact}-{VERSION}{ending}"))
    }

    /// What apps load: a JAR for each module, and the AAR.
    pub(super) fn artifacts(&self) -> Result<Vec<PathBuf>> {
        let jars = MODULES.iter().map(|module| self.file(module, ".jar"));
        Ok(jars.chain([self.file(ANDROID, ".aar")]).collect())
    }

    /// Builds the modules from their sources alone, in a copy, and puts them here.
    pub(super) fn deploy_jars(&self, work: &Path, notices: &Path, natives: &Path) -> Result<()> {
        let project = work.join(PROJECT);
        copy_sources(Path::new(PROJECT), &project)?;
        // The examples are modules too, and elsewhere: they are not of the package.
        let pom = fs::read_to_string(project.join("pom.xml"))?;
        let own: Vec<_> = pom.lines().filter(|line| !line.contains("<module>..")).collect();
        fs::write(project.join("pom.xml"), own.join("\n") + "\n")?;
        let version = property(&project.join("pom.xml"), "version")?;
        if version != VERSION {
            return Err(Stop::failed(format!(
                "{PROJECT}/pom.xml says version {version:?}, and Cargo.toml {VERSION:?}"
            )));
        }
        let option = |name: &str, value: &Path| OsString::from(format!("-D{name}={}", value.display()));
        let notices = std::path::absolute(notices)?;
        let mut arguments: Vec<OsString> = ["-Ppackage", "-Dmaven.test.skip=true", "-am", "-pl"].map(Into::into).into();
        arguments.push(MODULES.join(",").into());
        arguments
            .extend([option("seenby.notices", &notices), option("seenby.natives", &std::path::absolute(natives)?)]);
        arguments.push(format!("-DaltDeploymentRepository=seenby::{}", self.url()).into());
        arguments.push("deploy".into());
        run("maven-jars", &project.join("pom.xml"), &arguments)
    }

    /// Puts the AAR here.
    pub(super) fn deploy_aar(&self, files: &Files, work: &Path) -> Result<()> {
        let option = |name: &str, value: &Path| OsString::from(format!("-D{name}={}", value.display()));
        let arguments = [
            "-N".into(),
            "org.apache.maven.plugins:maven-deploy-plugin:3.1.4:deploy-file".into(),
            "-DrepositoryId=seenby".into(),
            format!("-Durl={}", self.url()).into(),
            option("pomFile", &files.pom),
            option("file", &files.aar),
            option("sources", &files.sources),
            option("javadoc", &files.javadoc),
        ];
        run("maven-aar", &work.join(PROJECT).join("pom.xml"), &arguments)
    }
}

/// Runs Maven; what it could not fetch is missing, everything else is wrong.
pub(super) fn run(name: &str, pom: &Path, arguments: &[OsString]) -> Result<()> {
    match maven::run(&format!("package-{name}"), pom, arguments)? {
        Ran::Finished(finished) if finished.ok => Ok(()),
        Ran::Finished(finished) => {
            finished.show();
            Err(Stop::failed(format!("Maven failed on {}", pom.display())))
        }
        Ran::Unreachable(why) => Err(Stop::Missing {
            why: format!("Maven could not fetch what it needs: {why}"),
            how: "with a network, run this again".into(),
        }),
    }
}

/// The first `<name>…</name>` of a POM: its own version, or one of its properties.
pub(super) fn property(pom: &Path, name: &str) -> Result<String> {
    let text = fs::read_to_string(pom).map_err(|e| Stop::failed(format!("{}: {e}", pom.display())))?;
    let value = text.split_once(&format!("<{name}>")).and_then(|(_, rest)| rest.split_once("</"));
    let value = value.map(|(value, _)| value.to_owned());
    value.ok_or_else(|| Stop::failed(format!("{} has no <{name}>", pom.display())))
}

/// Everything but what Maven has built.
fn copy_sources(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let (path, copy) = (entry.path(), to.join(entry.file_name()));
        if !entry.file_type()?.is_dir() {
            fs::copy(&path, &copy)?;
        } else if entry.file_name() != "target" {
            copy_sources(&path, &copy)?;
        }
    }
    Ok(())
}

/// The names of what is in an archive, without folders.
pub(super) fn listed(archive: &Path) -> Result<Vec<String>> {
    let output = Command::new("jar").arg("tf").arg(archive).output()?;
    if !output.status.success() {
        let why = String::from_utf8_lossy(&output.stderr).into_owned();
        return Err(Stop::failed(format!("{} cannot be read: {}", archive.display(), why.trim())));
    }
    let names = String::from_utf8_lossy(&output.stdout).into_owned();
    Ok(names.lines().filter(|name| !name.ends_with('/')).map(str::to_owned).collect())
}

/// Unpacks an archive into `folder`.
pub(super) fn unpack(archive: &Path, folder: &Path) -> Result<()> {
    fs::create_dir_all(folder)?;
    link::run("unpack", Command::new("jar").current_dir(folder).arg("xf").arg(std::path::absolute(archive)?))
}

/// Packs what is in `folder`, with the same bytes every time.
pub(super) fn pack(folder: &Path, archive: &Path) -> Result<()> {
    let mut command = Command::new("jar");
    command.args(["--create", "--no-manifest", "--date=2026-01-01T00:00:00Z", "--file"]).arg(archive);
    link::run("jar", command.arg("-C").arg(folder).arg("."))
}
