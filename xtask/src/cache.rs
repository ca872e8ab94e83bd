//! Where tools that a part needs are kept: outside the tree, shared by every clone.

use std::env;
use std::path::PathBuf;

/// `SEENBY_CACHE`, or `seenby` in the user's cache folder.
pub(crate) fn folder() -> PathBuf {
    let named = |name: &str| env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    if let Some(folder) = named("SEENBY_CACHE") {
        return folder;
    }
    let user = if cfg!(windows) {
        named("LOCALAPPDATA")
    } else if cfg!(target_os = "macos") {
        named("HOME").map(|home| home.join("Library").join("Caches"))
    } else {
        named("XDG_CACHE_HOME").or_else(|| named("HOME").map(|home| home.join(".cache")))
    };
    user.unwrap_or_else(env::temp_dir).join("seenby")
}

/// A program kept there, or on the path.
pub(crate) fn program(name: &str) -> Option<PathBuf> {
    let file = format!("{name}{}", env::consts::EXE_SUFFIX);
    let path = env::var_os("PATH").unwrap_or_default();
    std::iter::once(folder().join("bin"))
        .chain(env::split_paths(&path))
        .map(|folder| folder.join(&file))
        .find(|candidate| candidate.is_file())
}
