//! The machine's own packages: what is missing is installed where that is allowed, or the reason is told.

use crate::outcome::Outcome;
use crate::parts::{Context, get};
use crate::process;
use std::env;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Something that a part needs of the machine: how it is found, and the Debian package that has it.
#[derive(Clone, Copy)]
pub(crate) enum Need {
    /// A program on the path.
    Program(&'static str, &'static str),
    /// A file.
    File(&'static str, &'static str),
}

impl Need {
    fn there(self) -> bool {
        match self {
            Self::Program(name, _) => on_path(name).is_some(),
            Self::File(path, _) => Path::new(path).exists(),
        }
    }

    fn package(self) -> &'static str {
        match self {
            Self::Program(_, package) | Self::File(_, package) => package,
        }
    }
}

/// A program on the path.
pub(crate) fn on_path(name: &str) -> Option<PathBuf> {
    let file = format!("{name}{}", env::consts::EXE_SUFFIX);
    let path = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&path).map(|folder| folder.join(&file)).find(|candidate| candidate.is_file())
}

/// Gets what is missing of `needs`, with apt where that is the machine's way.
pub(crate) fn packages(context: &Context, needs: &[Need]) -> io::Result<Result<(), Outcome>> {
    let mut missing: Vec<_> = needs.iter().filter(|need| !need.there()).map(|need| need.package()).collect();
    missing.sort_unstable();
    missing.dedup();
    if missing.is_empty() {
        return Ok(Ok(()));
    }
    let what = missing.join(" ");
    let how = format!("run: sudo apt-get install {what}");
    if on_path("apt-get").is_none() {
        let how = format!("install what the Debian packages {what} hold, and run this again");
        return Ok(Err(Outcome::Skipped { why: format!("missing here: {what}"), how }));
    }
    let root = match Root::of(context) {
        Ok(root) => root,
        Err(why) => return Ok(Err(Outcome::Skipped { why: format!("missing here: {what}; {why}"), how })),
    };
    let install = || {
        let mut command = root.command("apt-get");
        command.args(["-qy", "-o", "DPkg::Lock::Timeout=300", "install", "--no-install-recommends"]).args(&missing);
        command
    };
    // A fresh machine has no lists of packages, or old ones.
    if !process::run("apt-get", &mut install())?.ok {
        process::run("apt-get-update", root.command("apt-get").args(["-q", "update"]))?;
        if let Err(skipped) = get("apt-get", &what, &mut install())? {
            return Ok(Err(skipped));
        }
    } else {
        println!("  installed {what}");
    }
    match needs.iter().find(|need| !need.there()) {
        None => Ok(Ok(())),
        Some(need) => {
            let why = format!("{} was installed, and what is needed of it is still missing", need.package());
            Ok(Err(Outcome::Skipped { why, how }))
        }
    }
}

/// How this machine is changed.
#[derive(Clone, Copy)]
pub(crate) struct Root {
    sudo: bool,
}

impl Root {
    /// Being root, or in CI or with `--install` by sudo that asks nothing; else why not.
    pub(crate) fn of(context: &Context) -> Result<Self, String> {
        if cfg!(not(unix)) {
            return Err("this machine has no root".into());
        }
        let id = Command::new("id").arg("-u").output();
        if id.is_ok_and(|output| output.stdout.trim_ascii() == b"0") {
            return Ok(Self { sudo: false });
        }
        let in_ci = env::var_os("CI").is_some_and(|value| !value.is_empty());
        if !context.install && !in_ci {
            return Err("only root, or --install, may change this machine".into());
        }
        let sudo = Command::new("sudo").args(["-n", "true"]).stderr(Stdio::null()).status();
        match sudo {
            Ok(status) if status.success() => Ok(Self { sudo: true }),
            Ok(_) => Err("sudo asks for a password here, and this must not wait for one".into()),
            Err(e) => Err(format!("this is not root, and sudo: {e}")),
        }
    }

    /// A program, run as root.
    pub(crate) fn command(self, program: &str) -> Command {
        let mut command = match self.sudo {
            false => Command::new(program),
            true => {
                let mut sudo = Command::new("sudo");
                sudo.args(["-n", "--preserve-env", program]);
                sudo
            }
        };
        command.env("DEBIAN_FRONTEND", "noninteractive").env("LC_ALL", "C");
        command
    }

    /// Who called, for what need not be root: `uid:gid`.
    pub(crate) fn caller(self) -> io::Result<String> {
        let id = |which: &str| -> io::Result<String> {
            let output = Command::new("id").arg(which).output()?;
            Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
        };
        Ok(format!("{}:{}", id("-u")?, id("-g")?))
    }
}
