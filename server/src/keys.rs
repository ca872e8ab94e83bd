//! What a data folder keeps secret: the apps' keys and the operator's token, in `keys.toml`, readable by its owner only.

use crate::config::ConfigError;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use seenby_core::model::AppId;
use serde::{Deserialize, Serialize};
use std::io::Write as _;
use std::path::{Path, PathBuf};

/// The name of the file in the data folder.
pub(crate) const FILE: &str = "keys.toml";

/// The shortest key that HS256 is safe with.
const KEY_BYTES: usize = 32;

/// The secrets of a data folder.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Keys {
    /// What an operator's `Authorization: Bearer` header holds.
    pub admin_token: String,
    /// The apps.
    #[serde(default, rename = "app")]
    pub apps: Vec<AppKey>,
}

/// The key of one app.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AppKey {
    /// sdkAppID.
    pub id: u32,
    /// What userSigs are signed with: 32 bytes or more, in base64.
    pub key: String,
}

// Secrets must not get into a log by way of {:?}.
impl std::fmt::Debug for Keys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Keys").field("apps", &self.apps).finish_non_exhaustive()
    }
}

impl std::fmt::Debug for AppKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("AppKey").field("id", &self.id).finish_non_exhaustive()
    }
}

impl AppKey {
    /// The key's bytes. `place` is named in the error.
    ///
    /// # Errors
    /// The key is no base64, or too short.
    pub fn bytes(&self, place: &str) -> Result<Vec<u8>, ConfigError> {
        let bytes = STANDARD.decode(self.key.trim()).map_err(|e| {
            ConfigError::new(format!(
                "{place}: key of app {} is no base64 ({e}); `openssl rand -base64 32` makes one",
                self.id
            ))
        })?;
        if bytes.len() < KEY_BYTES {
            return Err(ConfigError::new(format!(
                "{place}: key of app {} has {} bytes; at least {KEY_BYTES} are needed (`openssl rand -base64 32`)",
                self.id,
                bytes.len()
            )));
        }
        Ok(bytes)
    }
}

impl Keys {
    /// Reads the folder's keys. What is missing is made and stored: the operator's token, and a key for each of `apps`
    /// that has none. With no apps asked for and none stored, app 1 is made.
    ///
    /// # Errors
    /// The file cannot be read or written, or is not what was written; the sentence names it.
    pub fn open(data: &Path, apps: &[AppId]) -> Result<Self, ConfigError> {
        let path = data.join(FILE);
        let stored = Self::read(data)?;
        let is_new = stored.is_none();
        let mut keys = match stored {
            Some(keys) => keys,
            None => Self { admin_token: random()?, apps: Vec::new() },
        };
        let known = keys.apps.len();
        let wanted: &[AppId] = if apps.is_empty() && known == 0 { &[AppId(1)] } else { apps };
        for app in wanted {
            if keys.app(*app).is_none() {
                keys.apps.push(AppKey { id: app.0, key: random()? });
            }
        }
        if is_new || keys.apps.len() != known {
            keys.write(&path)?;
        }
        Ok(keys)
    }

    /// The folder's keys as they are stored; `None` if there are none yet.
    ///
    /// # Errors
    /// As [`Keys::open`].
    pub fn read(data: &Path) -> Result<Option<Self>, ConfigError> {
        let path = data.join(FILE);
        let text = match std::fs::read_to_string(&path) {
            Ok(text) => text,
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(e) => return Err(ConfigError::file(&path, e)),
        };
        let keys: Self = toml::from_str(&text).map_err(|e| {
            // The message only: the display of the whole error quotes the line, and with it a key.
            ConfigError::new(format!("{}: {}; restore it from a backup", path.display(), e.message()))
        })?;
        if keys.admin_token.len() < 16 {
            return Err(ConfigError::new(format!(
                "{}: admin_token has {} characters; at least 16 are needed",
                path.display(),
                keys.admin_token.len()
            )));
        }
        for app in &keys.apps {
            app.bytes(&path.display().to_string())?;
        }
        Ok(Some(keys))
    }

    /// The key of this app.
    pub fn app(&self, app: AppId) -> Option<&AppKey> {
        self.apps.iter().find(|entry| entry.id == app.0)
    }

    /// Whole or not at all: written beside, synced, renamed.
    fn write(&self, path: &PathBuf) -> Result<(), ConfigError> {
        let body = toml::to_string(self).map_err(|e| ConfigError::new(format!("{}: {e}", path.display())))?;
        let text = format!(
            "# Secrets of this seenbyd. Whoever has them is everybody: keep them as you keep passwords.\n{body}"
        );
        let beside = path.with_extension("toml.new");
        let mut options = std::fs::OpenOptions::new();
        options.write(true).create(true).truncate(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let written = options.open(&beside).and_then(|mut file| {
            file.write_all(text.as_bytes())?;
            file.sync_all()
        });
        written.and_then(|()| std::fs::rename(&beside, path)).map_err(|e| ConfigError::file(path, e))
    }
}

/// 32 random bytes in base64.
fn random() -> Result<String, ConfigError> {
    let mut bytes = [0; KEY_BYTES];
    getrandom::fill(&mut bytes).map_err(|e| ConfigError::new(format!("the system gives no random numbers: {e}")))?;
    Ok(STANDARD.encode(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_made_once_and_kept() {
        let folder = tempfile::tempdir().unwrap();
        assert!(Keys::read(folder.path()).unwrap().is_none());
        let first = Keys::open(folder.path(), &[]).unwrap();
        assert_eq!(first.apps.iter().map(|app| app.id).collect::<Vec<_>>(), [1]);
        assert_eq!(first.apps[0].bytes("x").unwrap().len(), 32);
        let again = Keys::open(folder.path(), &[AppId(7)]).unwrap();
        assert_eq!(again.admin_token, first.admin_token);
        assert_eq!(again.app(AppId(1)).unwrap().key, first.apps[0].key);
        assert_ne!(again.app(AppId(7)).unwrap().key, first.apps[0].key);
        assert_eq!(Keys::read(folder.path()).unwrap().unwrap().apps.len(), 2);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let mode = std::fs::metadata(folder.path().join(FILE)).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
    }

    #[test]
    fn r34_no_debug_output_and_no_error_holds_a_secret() {
        let folder = tempfile::tempdir().unwrap();
        let keys = Keys::open(folder.path(), &[]).unwrap();
        let shown = format!("{keys:?}");
        assert!(!shown.contains(&keys.admin_token) && !shown.contains(&keys.apps[0].key), "{shown}");

        let path = folder.path().join(FILE);
        std::fs::write(&path, "admin_token = \"very secret, this\"\n[[app]]\nid = 1\nkey = \"c2hvcnQ=\"\n").unwrap();
        let error = Keys::read(folder.path()).unwrap_err().to_string();
        assert!(error.contains("5 bytes") && error.contains("keys.toml") && !error.contains("c2hvcnQ"), "{error}");
        std::fs::write(&path, "admin_token = \"very secret, this\"\nkey = \"hush\"\n").unwrap();
        let error = Keys::read(folder.path()).unwrap_err().to_string();
        assert!(error.contains("key") && !error.contains("hush"), "{error}");
    }
}
