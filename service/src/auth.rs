//! Who is there: checking a userSig needs cryptography and keys, so the service is given somebody who can.

use seenby_core::hub::Identity;
use seenby_core::model::{AppId, Error, TimeMs, UserId};

/// Checks userSigs (R21). Called on the threads of connections, several at a time: it must not block.
pub trait Authenticator: Send + Sync {
    /// What the token says.
    ///
    /// # Errors
    /// 70003 if it is wrong or for somebody else, 70001 if it has expired.
    fn check(&self, app: AppId, user: &UserId, user_sig: &str, now: TimeMs) -> Result<Identity, Error>;

    /// Whether there is such an app here.
    fn knows(&self, app: AppId) -> bool;
}

/// Takes any userSig, in any app: a service without a key (R21), for a demo or a test in one process.
#[derive(Clone, Copy, Debug, Default)]
pub struct AcceptAny;

impl Authenticator for AcceptAny {
    fn check(&self, _: AppId, user: &UserId, _: &str, _: TimeMs) -> Result<Identity, Error> {
        Ok(Identity { user: user.clone(), expires_ms: None, issued_ms: 0 })
    }

    fn knows(&self, _: AppId) -> bool {
        true
    }
}
