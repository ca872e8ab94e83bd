//! Where a device keeps its files when the app does not say.

use crate::endpoint::absolute;
use seenby_core::model::{Error, Result};
use std::path::{Path, PathBuf};

/// The folder given, else `seenby` in the user's folder for application data.
pub(crate) fn choose(given: Option<&Path>) -> Result<PathBuf> {
    match given {
        Some(folder) if folder.as_os_str().is_empty() => {
            Err(Error::invalid("the configuration's field data_dir is empty; it must name a folder"))
        }
        Some(folder) => Ok(absolute(folder)),
        None => platform().map(|folder| folder.join("seenby")).ok_or_else(|| {
            Error::invalid(
                "the configuration's field data_dir is not set, and this system names no folder for application data; set it",
            )
        }),
    }
}

fn variable(name: &str) -> Option<PathBuf> {
    let path = PathBuf::from(std::env::var_os(name)?);
    path.is_absolute().then_some(path)
}

fn platform() -> Option<PathBuf> {
    if cfg!(windows) {
        variable("LOCALAPPDATA").or_else(|| variable("APPDATA"))
    } else if cfg!(any(target_os = "android", target_os = "ios")) {
        // There the app knows, and nobody else.
        None
    } else if cfg!(target_os = "macos") {
        variable("HOME").map(|home| home.join("Library/Application Support"))
    } else {
        variable("XDG_DATA_HOME").or_else(|| variable("HOME").map(|home| home.join(".local/share")))
    }
}
