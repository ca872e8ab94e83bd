//! Windows programs on Linux: Wine 10, from Debian 13 in a folder of the cache.

use crate::cache;
use crate::chroot::{self, Chroot};
use crate::outcome::Outcome;
use crate::parts::Context;
use std::env;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Wine, ready, for as long as this lives.
pub(crate) struct Wine {
    chroot: Chroot,
    /// What Wine takes for the machine: registry, drives.
    prefix: PathBuf,
    /// One run at a time uses the prefix, because it ends what runs there.
    _lock: File,
}

/// Gets Wine and starts its server, so that each program starts at once. Programs see the current folder and those of the
/// cache, as `Z:\…`.
///
/// `folders` are seen too.
pub(crate) fn start(context: &Context, folders: &[&Path]) -> io::Result<Result<Wine, Outcome>> {
    if env::consts::ARCH != "x86_64" {
        let why = format!("Wine runs programs for x86_64, and this machine is {}", env::consts::ARCH);
        return Ok(Err(Outcome::Skipped { why, how: "run it on x86_64".into() }));
    }
    let prefix = cache::folder().join("wine-10");
    fs::create_dir_all(&prefix)?;
    let prefix = prefix.canonicalize()?;
    let folder = env::current_dir()?.canonicalize()?;
    let mut seen = vec![folder.as_path(), &prefix];
    seen.extend(folders.iter().filter(|more| !more.starts_with(&folder)));
    // Debian 12's Wine 8 has no bcryptprimitives.dll, which Rust's std imports.
    let chroot = match chroot::with(context, &["wine", "wine64"], &seen)? {
        Ok(chroot) => chroot,
        Err(skipped) => return Ok(Err(skipped)),
    };
    let lock = File::create(prefix.with_extension("lock"))?;
    if lock.try_lock().is_err() {
        println!("  waiting for another run that uses Wine");
        lock.lock()?;
    }
    let wine = Wine { chroot, prefix, _lock: lock };
    // The server outlives its programs by so many seconds: if nobody ends it, it ends by itself.
    let server = wine.quietly(&["wineserver", "-p300"])?;
    let boot = server && wine.quietly(&["wine", "wineboot", "-u"])?;
    if !boot {
        return Err(io::Error::other(format!(
            "Wine does not start; {} may be damaged: remove it",
            wine.prefix.display()
        )));
    }
    Ok(Ok(wine))
}

impl Wine {
    /// Runs a program that is none of Windows'. It must not inherit our pipes: Wine's own processes would keep them open.
    fn quietly(&self, words: &[&str]) -> io::Result<bool> {
        let mut command = self.inside(Path::new("/"));
        command.args(words).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        Ok(command.status()?.success())
    }

    fn inside(&self, dlls: &Path) -> Command {
        let mut command = self.chroot.command(Path::new("."), "env");
        command
            // Wine 10 crashes where TMPDIR is set.
            .args(["-u", "TMPDIR"])
            .arg(format!("WINEPREFIX={}", self.prefix.display()))
            .arg(format!("WINEPATH={}", windows_path(dlls)))
            // No questions about .NET and HTML, no chatter.
            .args(["WINEDLLOVERRIDES=mscoree,mshtml=", "WINEDEBUG=-all", "HOME=/tmp"]);
        command
    }

    /// Runs a Windows program, which finds its DLLs in `dlls`.
    pub(crate) fn command(&self, dlls: &Path) -> Command {
        let mut command = self.inside(dlls);
        command.arg("wine");
        command
    }
}

impl Drop for Wine {
    fn drop(&mut self) {
        // What still runs there ends with it. If it cannot be ended, it ends by itself later.
        let _ = self.quietly(&["wineserver", "-k"]);
    }
}

/// A path of this machine as Windows programs write it.
fn windows_path(path: &Path) -> String {
    format!("Z:{}", path.to_string_lossy().replace('/', "\\"))
}
