//! Where the demo's SeenBy runs: a server of its own in another process, or inside this one.

use super::check::{Result, Trouble};
use super::server::Server;
use std::path::PathBuf;

/// Where devices connect to.
pub(crate) enum Place {
    /// This program, run again as the server.
    Server(Server),
    /// The service in this process, durable in this folder.
    Embedded {
        /// Its folder.
        folder: PathBuf,
    },
}

impl Place {
    /// The app all of the demo's users belong to.
    pub(crate) fn app(&self) -> u32 {
        super::server::APP
    }

    /// What a client is configured with.
    pub(crate) fn address(&self) -> String {
        match self {
            Self::Server(server) => server.url(),
            Self::Embedded { folder } => format!("embedded:file/{}", folder.display()),
        }
    }

    /// A userSig, as an app's backend would make it.
    pub(crate) fn user_sig(&self, user: &str) -> Result<String> {
        match self {
            Self::Server(server) => server.user_sig(user),
            // A durable embedded service takes any userSig as long as it has no key.
            Self::Embedded { .. } => Ok("none".to_owned()),
        }
    }
}

/// A folder of the demo's that is not there could not be made.
pub(crate) fn folder_failed(e: std::io::Error) -> Trouble {
    Trouble::Failed(format!("a folder for the demo cannot be made: {e}"))
}
