//! Projects built with CMake and run by ctest: the tests and programs in C and C++.

use crate::outcome::Counts;
use crate::process::{self, Finished};
use crate::system;
use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What a project is built with: where the library is, which compiler, which flags.
#[derive(Clone, Debug, Default)]
pub(crate) struct Kit {
    /// Goes before the names of build folders and logs.
    pub(crate) name: String,
    /// Options for `cmake`.
    pub(crate) options: Vec<OsString>,
    /// For the programs, as they run.
    pub(crate) env: Vec<(OsString, OsString)>,
}

impl Kit {
    pub(crate) fn named(name: &str) -> Self {
        Self { name: name.to_owned(), ..Self::default() }
    }

    /// A variable of CMake.
    pub(crate) fn define(&mut self, name: &str, value: impl Into<OsString>) {
        let mut option = OsString::from(format!("-D{name}="));
        option.push(value.into());
        self.options.push(option);
    }

    /// A variable of the programs' surroundings.
    pub(crate) fn env(&mut self, name: &str, value: impl Into<OsString>) {
        self.env.push((name.into(), value.into()));
    }
}

/// A project that was built.
pub(crate) struct Built {
    log: String,
    /// Its build folder.
    pub(crate) folder: PathBuf,
    env: Vec<(OsString, OsString)>,
}

/// Configures and builds the project in `source`, if it can be; else what failed.
pub(crate) fn build(kit: &Kit, source: &Path) -> io::Result<Result<Built, Finished>> {
    let project: Vec<_> = source.iter().map(|word| word.to_string_lossy()).collect();
    let log = format!("{}-{}", kit.name, project.join("-"));
    let folder = std::env::current_dir()?.join("target/xtask/build").join(&log);
    let mut configure = Command::new("cmake");
    configure.arg("-S").arg(source).arg("-B").arg(&folder).arg("-DCMAKE_BUILD_TYPE=Debug").args(&kit.options);
    // A build folder keeps the generator it began with.
    if system::on_path("ninja").is_some() && !folder.join("CMakeCache.txt").exists() {
        configure.args(["-G", "Ninja"]);
    }
    let configured = process::run(&format!("{log}-configure"), &mut configure)?;
    if !configured.ok {
        return Ok(Err(configured));
    }
    let mut build = Command::new("cmake");
    // Ninja takes as many as there are processors; with others it must be said.
    let jobs = std::thread::available_parallelism().map_or(2, usize::from).to_string();
    build.arg("--build").arg(&folder).args(["--config", "Debug", "--parallel", &jobs]);
    let built = process::run(&format!("{log}-build"), &mut build)?;
    Ok(if built.ok { Ok(Built { log, folder, env: kit.env.clone() }) } else { Err(built) })
}

impl Built {
    /// Runs its tests, as many at a time as there are processors. One that hangs fails after two minutes.
    pub(crate) fn test(&self) -> io::Result<Counts> {
        let jobs = std::thread::available_parallelism().map_or(2, usize::from).to_string();
        let mut command = Command::new("ctest");
        command.arg("--test-dir").arg(&self.folder).envs(self.env.iter().cloned()).args([
            "--build-config",
            "Debug",
            "--output-on-failure",
            "--no-tests=error",
            "--timeout",
            "120",
            "--parallel",
            &jobs,
        ]);
        let finished = process::run(&format!("{}-test", self.log), &mut command)?;
        if !finished.ok {
            finished.show();
        }
        Ok(Counts::of_ctest(&finished.lines, finished.ok))
    }

    /// A program that it built.
    pub(crate) fn program(&self, name: &str) -> Option<PathBuf> {
        let file = format!("{name}{}", std::env::consts::EXE_SUFFIX);
        let places =
            [self.folder.join(&file), self.folder.join("Debug").join(&file), self.folder.join(format!("{name}.exe"))];
        places.into_iter().find(|place| place.is_file())
    }
}
