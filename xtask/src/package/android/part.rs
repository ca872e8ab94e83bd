//! The part `android` of `cargo xtask test`: the repository is made, and apps that have nothing else of SeenBy use it.

use super::Purpose;
use super::aar;
use super::check::{expect, same};
use super::repository::{ANDROID, MODULES, Repository, run, unpack};
use crate::outcome::{Counts, Outcome};
use crate::package::check::counted;
use crate::package::texts::VERSION;
use crate::package::{Result, Stop, build, copy_folder, jvm, target::Target};
use crate::parts::Context;
use crate::process;
use crate::system::{self, Need};
use std::env;
use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

/// An app of somebody else's.
const APP: &str = "tests/package/maven";
/// What it prints when all went well.
const SAID: &str = "bob has read Lunch?";

pub(crate) fn part(context: &Context) -> io::Result<Outcome> {
    const NEEDS: [Need; 4] = [
        Need::Program("javac", "default-jdk-headless"),
        Need::Program("mvn", "maven"),
        Need::Program("cc", "gcc"),
        Need::Program("objcopy", "binutils"),
    ];
    if let Err(skipped) = system::packages(context, &NEEDS)? {
        return Ok(skipped);
    }
    let app = match App::make(context.full) {
        Ok(app) => app,
        Err(stop) => return Ok(stop.outcome()),
    };
    let mut counts = Counts::one(true); // Packaging has checked what it made.
    let mut checks: Vec<(&str, Check)> = vec![
        ("an app on a JVM", App::runs),
        ("an app's own tests", App::tests),
        ("an app that is shrunk by our rules", App::shrunk),
        ("an app that is shrunk without them", App::shrunk_without_rules),
    ];
    if context.full {
        checks.push(("what an app grows by", App::grows));
    } else {
        println!("    the libraries are those of tests, and not weighed: cargo xtask test android --full");
    }
    for (name, check) in checks {
        counts.add(counted(name, check(&app)));
    }
    Ok(Outcome::Ran(counts))
}

type Check = fn(&App) -> Result<()>;

/// The app, compiled against the repository.
struct App {
    repository: Repository,
    folder: PathBuf,
    /// Its own classes.
    classes: PathBuf,
    /// What Maven found for it.
    jars: Vec<PathBuf>,
}

impl App {
    /// `whole`: with the libraries as they are shipped, which takes minutes.
    fn make(whole: bool) -> Result<Self> {
        let out = build::target_folder()?.join("package");
        fs::create_dir_all(&out)?;
        let repository = super::make(&out, if whole { Purpose::Trying } else { Purpose::Test })?;
        let folder = out.join("app");
        let _ = fs::remove_dir_all(&folder);
        copy_folder(Path::new(APP), &folder)?;
        let mut arguments = settings(&out, &folder)?;
        arguments.push(format!("-Dseenby.version={VERSION}").into());
        arguments.push(format!("-Dseenby.repository={}", repository.url()).into());
        arguments.push("compile".into());
        run("maven-app", &folder.join("pom.xml"), &arguments)?;
        let found = fs::read_to_string(folder.join("target/classpath.txt"))?;
        let jars: Vec<PathBuf> = env::split_paths(found.trim()).collect();
        for module in MODULES {
            let name = format!("{module}-{VERSION}.jar");
            let jar = jars.iter().find(|jar| jar.file_name().is_some_and(|file| *file == *name));
            let jar = jar.ok_or_else(|| Stop::failed(format!("the app got no {name}, but {jars:?}")))?;
            let same = same(jar, &repository.file(module, ".jar"))?;
            expect(same, || format!("{} is not what the repository has", jar.display()))?;
        }
        let classes = folder.join("target/classes");
        Ok(Self { repository, folder, classes, jars })
    }

    /// With the JARs alone: the library is found inside.
    fn runs(&self) -> Result<()> {
        self.says(SAID, &mut self.java("org.example.app.Receipt")?)
    }

    /// With the testkit.
    fn tests(&self) -> Result<()> {
        self.says("alice is logged in", &mut self.java("org.example.app.Users")?)
    }

    fn java(&self, main: &str) -> Result<Command> {
        let classes = std::iter::once(&self.classes).chain(&self.jars);
        let classes = env::join_paths(classes).map_err(|e| Stop::failed(e.to_string()))?;
        let mut command = Command::new("java");
        command.arg("-cp").arg(classes).arg(main);
        Ok(command)
    }

    fn says(&self, wanted: &str, command: &mut Command) -> Result<()> {
        // Nothing of this machine helps it to find a library.
        command.env_remove("LD_LIBRARY_PATH").env_remove("JAVA_TOOL_OPTIONS").current_dir(&self.folder);
        let finished = process::run("package-app", command)?;
        let said = finished.ok && finished.lines.iter().any(|line| line.trim() == wanted);
        expect(said, || {
            finished.show();
            format!("the app did not say {wanted:?}")
        })
    }

    /// Shrunk, renamed and optimised as a release is, with the rules that the AAR carries.
    fn shrunk(&self) -> Result<()> {
        let jar = self.shrink("shrunk", true)?;
        let names = super::repository::listed(&jar)?;
        // Otherwise this shows nothing.
        let documented = names.iter().any(|name| name == "org/seenby/v2tim/V2TIMMessageReceipt.class");
        expect(!documented, || "ProGuard has renamed nothing".into())?;
        self.says(SAID, &mut self.java_shrunk(&jar)?)
    }

    /// It would not run without them.
    fn shrunk_without_rules(&self) -> Result<()> {
        let jar = self.shrink("shrunk-without-rules", false)?;
        let finished = process::run("package-app", self.java_shrunk(&jar)?.current_dir(&self.folder))?;
        expect(!finished.ok, || "an app that is shrunk without our rules runs: this test shows nothing".into())
    }

    /// The AAR, unpacked.
    fn aar(&self) -> Result<PathBuf> {
        let folder = self.folder.join("aar");
        if !folder.is_dir() {
            unpack(&self.repository.file(ANDROID, ".aar"), &folder)?;
        }
        Ok(folder)
    }

    fn grows(&self) -> Result<()> {
        let out = build::target_folder()?.join("package");
        super::weight::check(&out, &self.folder.join("proguard.xml"), &self.aar()?.join("classes.jar"))
    }

    /// The app in one JAR, made of the AAR's classes and of what its POM names.
    fn shrink(&self, name: &str, with_rules: bool) -> Result<PathBuf> {
        let aar = self.aar()?;
        let jar = self.folder.join(format!("{name}.jar"));
        let _ = fs::remove_file(&jar);
        let ours = |path: &&PathBuf| path.file_name().is_some_and(|file| file.to_string_lossy().starts_with("seenby"));
        let mut text = String::new();
        let mut line = |line: String| {
            text.push_str(&line);
            text.push('\n');
        };
        line(format!("-injars '{}'(org/example/app/Receipt**)", self.classes.display()));
        line(format!("-injars '{}'(!META-INF/**)", aar.join("classes.jar").display()));
        for path in self.jars.iter().filter(|path| !ours(path)) {
            line(format!("-injars '{}'(!META-INF/**,!module-info.class)", path.display()));
        }
        line(format!("-outjars '{}'", jar.display()));
        line("-libraryjars <java.home>/jmods(!**.jar;!module-info.class)".into());
        // What every Android has, and kotlinx's own rules leave out for JVMs.
        line("-dontwarn android.**,dalvik.**,kotlinx.**,sun.**".into());
        line("-dontnote **".into());
        line("-keep class org.example.app.Receipt { public static void main(java.lang.String[]); }".into());
        if with_rules {
            line(format!("-include '{}'", aar.join("proguard.txt").display()));
        } else {
            // The rules that keep nothing: so that both runs differ in what is kept.
            for rule in fs::read_to_string(aar::RULES)?.lines().filter(|rule| rule.starts_with("-dontwarn")) {
                line(rule.to_owned());
            }
        }
        let config = self.folder.join(format!("{name}.pro"));
        fs::write(&config, text)?;
        let mut command = Command::new("java");
        command.arg("-cp").arg(self.proguard()?).arg("proguard.ProGuard").arg(format!("@{}", config.display()));
        let finished = process::run(&format!("package-{name}"), &mut command)?;
        expect(finished.ok && jar.is_file(), || {
            finished.show();
            "ProGuard failed".into()
        })?;
        Ok(jar)
    }

    /// ProGuard's class path.
    fn proguard(&self) -> Result<String> {
        let list = self.folder.join("proguard.txt");
        if !list.is_file() {
            let arguments: [OsString; 2] =
                ["dependency:build-classpath".into(), format!("-Dmdep.outputFile={}", list.display()).into()];
            run("maven-proguard", &self.folder.join("proguard.xml"), &arguments)?;
        }
        Ok(fs::read_to_string(list)?.trim().to_owned())
    }

    /// Android finds the library in the AAR's folder for its processor; here it is this machine's.
    fn java_shrunk(&self, jar: &Path) -> Result<Command> {
        let path = jvm::path(&Target::host()?)?;
        let folder = self.folder.join(jvm::NATIVES);
        if !folder.is_dir() {
            unpack(&self.repository.file("seenby-core", ".jar"), &folder)?;
        }
        let library = folder.join(path);
        let mut option = OsString::from("-Djna.library.path=");
        option.push(library.parent().unwrap_or(&folder));
        let mut command = Command::new("java");
        command.arg(option).arg("-cp").arg(jar).arg("org.example.app.Receipt");
        Ok(command)
    }
}

/// What was resolved for an app before is no app of today's: it has a store of its own, which fetches from this user's first.
fn settings(out: &Path, folder: &Path) -> Result<Vec<OsString>> {
    let store = out.join("m2");
    let _ = fs::remove_dir_all(store.join("org/seenby"));
    let users = env::home_dir().unwrap_or_default().join(".m2/repository");
    let repository =
        |element: &str| format!("<{element}><id>here</id><url>file://{}</url></{element}>", users.display());
    let settings = folder.join("settings.xml");
    fs::write(
        &settings,
        format!(
            "<settings><profiles><profile><id>here</id><repositories>{}</repositories><pluginRepositories>{}\
             </pluginRepositories></profile></profiles><activeProfiles><activeProfile>here</activeProfile></activeProfiles>\
             </settings>\n",
            repository("repository"),
            repository("pluginRepository")
        ),
    )?;
    Ok(vec!["-gs".into(), settings.into(), format!("-Dmaven.repo.local={}", store.display()).into()])
}
