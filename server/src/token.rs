//! userSigs: JWTs signed with the app's key (R21). Claims: `app`, `sub` (the user), `exp`, and `iat`, which revoking a
//! user's tokens goes by.

use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use seenby_core::hub::Identity;
use seenby_core::model::{AppId, Error, ErrorCode, Result, TimeMs, UserId};
use seenby_service::Authenticator;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

#[derive(Serialize, Deserialize)]
struct Claims {
    app: u32,
    sub: String,
    /// Seconds since 1970.
    exp: u64,
    #[serde(default)]
    iat: u64,
}

/// A userSig for this user, valid from `now` for so many seconds.
///
/// # Errors
/// 10002 if signing fails, which no input makes happen.
pub fn issue(key: &[u8], app: AppId, user: &UserId, now: TimeMs, seconds: u64) -> Result<String> {
    let iat = u64::try_from(now / 1000).unwrap_or(0);
    let claims = Claims { app: app.0, sub: user.as_str().to_owned(), exp: iat.saturating_add(seconds), iat };
    jsonwebtoken::encode(&Header::new(Algorithm::HS256), &claims, &EncodingKey::from_secret(key))
        .map_err(|e| Error::new(ErrorCode::ServiceInternal, format!("the userSig could not be signed: {e}")))
}

/// Checks userSigs with the key of each app.
pub struct TokenKeys {
    keys: BTreeMap<AppId, DecodingKey>,
    validation: Validation,
}

impl TokenKeys {
    /// With these keys.
    pub fn new<'a>(keys: impl IntoIterator<Item = (AppId, &'a [u8])>) -> Self {
        let mut validation = Validation::new(Algorithm::HS256);
        // The service's clock decides, not this library's.
        validation.validate_exp = false;
        validation.set_required_spec_claims(&["exp", "sub"]);
        Self { keys: keys.into_iter().map(|(app, key)| (app, DecodingKey::from_secret(key))).collect(), validation }
    }
}

impl Authenticator for TokenKeys {
    fn check(&self, app: AppId, user: &UserId, user_sig: &str, now: TimeMs) -> Result<Identity> {
        let wrong = |what: &str| Error::new(ErrorCode::UserSigInvalid, format!("the userSig is wrong: {what}"));
        let key = self.keys.get(&app).ok_or_else(|| wrong(&format!("there is no sdkAppID {app} here")))?;
        if user_sig.is_empty() {
            return Err(wrong("it is empty; get one from your backend, or with `seenbyd token --user …`"));
        }
        let claims = jsonwebtoken::decode::<Claims>(user_sig, key, &self.validation)
            .map_err(|e| {
                wrong(&match e.kind() {
                    jsonwebtoken::errors::ErrorKind::InvalidSignature => {
                        format!("it is not signed with the key of sdkAppID {app}")
                    }
                    jsonwebtoken::errors::ErrorKind::InvalidAlgorithm => "only HS256 is taken".to_owned(),
                    _ => "it is no JWT with the claims app, sub and exp".to_owned(),
                })
            })?
            .claims;
        if claims.app != app.0 {
            return Err(wrong(&format!("it is for sdkAppID {}, not {app}", claims.app)));
        }
        if claims.sub != user.as_str() {
            return Err(wrong("it is for another user"));
        }
        let ms = |seconds: u64| TimeMs::try_from(seconds).unwrap_or(TimeMs::MAX).saturating_mul(1000);
        let expires = ms(claims.exp);
        if expires <= now {
            return Err(Error::new(
                ErrorCode::UserSigExpired,
                format!("the userSig expired {} s ago; log in with a new one", now.saturating_sub(expires) / 1000),
            ));
        }
        Ok(Identity { user: user.clone(), expires_ms: Some(expires), issued_ms: ms(claims.iat) })
    }

    fn knows(&self, app: AppId) -> bool {
        self.keys.contains_key(&app)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: TimeMs = 1_800_000_000_000;

    fn user(id: &str) -> UserId {
        UserId::new(id).unwrap()
    }

    fn keys() -> TokenKeys {
        TokenKeys::new([(AppId(1), [1; 32].as_slice()), (AppId(2), [2; 32].as_slice())])
    }

    #[test]
    fn r21_a_user_sig_says_who_and_until_when() {
        let sig = issue(&[1; 32], AppId(1), &user("alice"), NOW, 60).unwrap();
        let identity = keys().check(AppId(1), &user("alice"), &sig, NOW).unwrap();
        assert_eq!(identity, Identity { user: user("alice"), expires_ms: Some(NOW + 60_000), issued_ms: NOW });
        assert!(keys().knows(AppId(2)) && !keys().knows(AppId(3)));
    }

    #[test]
    fn r21_wrong_is_70003() {
        let sig = issue(&[1; 32], AppId(1), &user("alice"), NOW, 60).unwrap();
        let none = r#"{"alg":"none"}"#;
        let check = |app: u32, who: &str, sig: &str| keys().check(AppId(app), &user(who), sig, NOW).unwrap_err();
        for (app, who, sig) in [
            (1, "bob", sig.as_str()),
            (2, "alice", &sig),
            (3, "alice", &sig),
            (1, "alice", ""),
            (1, "alice", "x.y.z"),
            (1, "alice", &sig[..sig.len() - 2]),
            (1, "alice", &issue(&[2; 32], AppId(1), &user("alice"), NOW, 60).unwrap()),
            (2, "alice", &issue(&[2; 32], AppId(1), &user("alice"), NOW, 60).unwrap()),
            (1, "alice", &format!("{}.{}.", base64_url(none), sig.split('.').nth(1).unwrap())),
        ] {
            let error = check(app, who, sig);
            assert_eq!(error.code, ErrorCode::UserSigInvalid, "{app} {who} {sig}");
            assert!(sig.is_empty() || !error.message.contains(sig), "a token must not be in a sentence: {error}");
        }
    }

    #[test]
    fn r21_expired_is_70001() {
        let sig = issue(&[1; 32], AppId(1), &user("alice"), NOW, 60).unwrap();
        let error = keys().check(AppId(1), &user("alice"), &sig, NOW + 60_000).unwrap_err();
        assert_eq!(error.code, ErrorCode::UserSigExpired);
        assert!(keys().check(AppId(1), &user("alice"), &sig, NOW + 59_999).is_ok());
        let forever = issue(&[1; 32], AppId(1), &user("alice"), NOW, u64::MAX).unwrap();
        assert!(keys().check(AppId(1), &user("alice"), &forever, NOW).is_ok());
    }

    fn base64_url(text: &str) -> String {
        use base64::Engine as _;
        base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(text)
    }
}
