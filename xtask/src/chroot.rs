//! Debian 13 in a folder of the cache: for what the machine's own system has too old, or not at all (Wine 10, Swift).
//!
//! What runs inside has the machine's network and the folders that are named, at their own paths. Its mounts are made in a
//! namespace of its own, so they are gone when the last of its processes is, however that ended: nothing is unmounted.

use crate::cache;
use crate::outcome::Outcome;
use crate::parts::{Context, get};
use crate::system::{self, Need, Root};
use std::ffi::{OsStr, OsString};
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What Debian calls its version 13.
const RELEASE: &str = "trixie";
const MIRROR: &str = "http://deb.debian.org/debian";

/// Mounts in a namespace of its own, then becomes the program. Arguments: the root, the user, the folder to be in (`.` for the
/// one it is called in), how many folders are mounted, those, the program and its arguments.
const ENTER: &str = r#"
root=$1 user=$2 in=$3 count=$4
shift 4
mount --bind /proc "$root/proc"
mount --rbind /dev "$root/dev"
while [ "$count" -gt 0 ]; do
  mkdir -p "$root$1"
  mount --bind "$1" "$root$1"
  shift
  count=$((count - 1))
done
[ "$in" != . ] || in=$PWD
exec chroot --userspec="$user" "$root" env -C "$in" "$@"
"#;

/// A Debian 13 with what was asked for.
pub(crate) struct Chroot {
    root: PathBuf,
    admin: Root,
    user: String,
    folders: Vec<PathBuf>,
}

/// A Debian 13 with these packages, made or completed if need be; `folders` are seen inside at their own paths.
pub(crate) fn with(context: &Context, packages: &[&str], folders: &[&Path]) -> io::Result<Result<Chroot, Outcome>> {
    let how = format!("on Debian or Ubuntu, as root or with --install: it gets Debian 13's {}", packages.join(" "));
    if cfg!(not(target_os = "linux")) {
        return Ok(Err(Outcome::Skipped { why: "a Debian chroot is had on Linux alone".into(), how }));
    }
    let admin = match Root::of(context) {
        Ok(admin) => admin,
        Err(why) => return Ok(Err(Outcome::Skipped { why: format!("it runs in a Debian chroot: {why}"), how })),
    };
    // Where mounting is forbidden it is of no use: most containers, and some of them even where a namespace can be had.
    let mounted = admin.command("unshare").args(["--mount", "mount", "--bind", "/proc", "/proc"]).output();
    if !mounted.is_ok_and(|output| output.status.success()) {
        let why = "it runs in a Debian chroot, and this machine does not let us mount (unshare --mount mount --bind)";
        return Ok(Err(Outcome::Skipped { why: why.into(), how }));
    }
    let cache = cache::folder();
    fs::create_dir_all(&cache)?;
    // One at a time changes it; others wait.
    let lock = File::create(cache.join("debian-13.lock"))?;
    lock.lock()?;
    let root = cache.canonicalize()?.join("debian-13");
    if !root.is_dir()
        && let Err(skipped) = bootstrap(context, admin, &root)?
    {
        return Ok(Err(skipped));
    }
    let folders = folders.iter().map(|folder| folder.canonicalize()).collect::<io::Result<_>>()?;
    let chroot = Chroot { root, admin, user: admin.caller()?, folders };
    let wanted: Vec<_> = packages.iter().copied().filter(|package| !chroot.has(package)).collect();
    if !wanted.is_empty() {
        let script = "apt-get -q update && apt-get -qy install --no-install-recommends \"$@\" && apt-get clean";
        let mut install = chroot.enter("0:0", Path::new("/"), &["sh".into(), "-c".into(), script.into(), "sh".into()]);
        let what = format!("Debian 13's {}", wanted.join(" "));
        if let Err(skipped) = get("chroot-apt-get", &what, install.args(&wanted))? {
            return Ok(Err(skipped));
        }
    }
    Ok(Ok(chroot))
}

/// Makes the folder, whole or not at all.
fn bootstrap(context: &Context, admin: Root, root: &Path) -> io::Result<Result<(), Outcome>> {
    const KEYS: &str = "/usr/share/keyrings/debian-archive-keyring.gpg";
    let needs = [Need::Program("debootstrap", "debootstrap"), Need::File(KEYS, "debian-archive-keyring")];
    // sbin need not be on a user's path.
    let needs = if Path::new("/usr/sbin/debootstrap").exists() { &needs[1..] } else { &needs[..] };
    if let Err(skipped) = system::packages(context, needs)? {
        return Ok(Err(skipped));
    }
    let half = root.with_extension("half");
    let clear = || admin.command("rm").args(["-rf", "--one-file-system"]).arg(&half).status();
    clear()?;
    // It mounts too: in a namespace, like the rest.
    let mut command = admin.command("unshare");
    command
        .args(["--mount", "debootstrap", "--variant=minbase"])
        .arg(format!("--keyring={KEYS}"))
        .arg(RELEASE)
        .arg(&half)
        .arg(MIRROR);
    if let Err(skipped) = get("debootstrap", &format!("Debian 13 into {}", root.display()), &mut command)? {
        clear()?;
        return Ok(Err(skipped));
    }
    let moved = admin.command("mv").arg(&half).arg(root).status()?;
    if !moved.success() {
        return Err(io::Error::other(format!("{} cannot become {}", half.display(), root.display())));
    }
    Ok(Ok(()))
}

impl Chroot {
    /// Whether a package is installed.
    fn has(&self, package: &str) -> bool {
        let words = ["dpkg-query", "-W", "-f=${db:Status-Status}\n", package].map(OsString::from);
        let output = self.enter("0:0", Path::new("/"), &words).output();
        output.is_ok_and(|output| {
            output.status.success() && output.stdout.split(|b| *b == b'\n').any(|l| l == b"installed")
        })
    }

    /// A program inside, as who called, in `folder`: `.` is the one it is started in, which must be one that is seen inside.
    pub(crate) fn command(&self, folder: &Path, program: impl AsRef<OsStr>) -> Command {
        self.enter(&self.user, folder, &[program.as_ref().to_owned()])
    }

    /// Where this machine sees what is at `path` inside.
    pub(crate) fn outside(&self, path: &Path) -> PathBuf {
        self.root.join(path.strip_prefix("/").unwrap_or(path))
    }

    fn enter(&self, user: &str, folder: &Path, words: &[OsString]) -> Command {
        let mut command = self.admin.command("unshare");
        command.args(["--mount", "sh", "-ec", ENTER, "sh"]).arg(&self.root).arg(user).arg(folder);
        command.arg(self.folders.len().to_string()).args(&self.folders).args(words);
        command
    }

    /// Makes a script that does what `command` would, with more arguments: for what wants the name of one program.
    pub(crate) fn script(command: &Command, at: &Path) -> io::Result<()> {
        let quoted = |word: &OsStr| format!("'{}'", word.to_string_lossy().replace('\'', r"'\''"));
        let mut text = String::from("#!/bin/sh\n");
        for (name, value) in command.get_envs() {
            if let Some(value) = value {
                text.push_str(&format!("export {}={}\n", name.to_string_lossy(), quoted(value)));
            }
        }
        let words: Vec<_> = std::iter::once(command.get_program()).chain(command.get_args()).map(quoted).collect();
        text.push_str(&format!("exec {} \"$@\"\n", words.join(" ")));
        fs::write(at, text)?;
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            fs::set_permissions(at, fs::Permissions::from_mode(0o755))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn a_script_does_what_its_command_would() {
        let script = std::env::temp_dir().join(format!("seenby-script-{}.sh", std::process::id()));
        let mut command = Command::new("sh");
        command.args(["-c", "printf '%s|' \"$IT\" \"$@\"", "sh", "a 'quoted' word", "$HOME"]).env("IT", "was 'set'");
        Chroot::script(&command, &script).unwrap();
        let output = Command::new(&script).arg("one more").output().unwrap();
        fs::remove_file(&script).unwrap();
        assert_eq!(String::from_utf8_lossy(&output.stdout), "was 'set'|a 'quoted' word|$HOME|one more|");
    }
}
