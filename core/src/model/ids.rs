//! Ids: checked once, where they come in; compared as bytes; never normalised (R23).

use super::{Error, Result, limits};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest as _, Sha256};
use std::fmt;
use std::sync::Arc;

/// A tenant, `sdkAppID`. Nothing crosses from one app to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct AppId(pub u32);

impl fmt::Display for AppId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

fn check(what: &str, value: &str, max: usize) -> Result<()> {
    if value.is_empty() {
        return Err(Error::invalid(format!("the {what} is empty; it must have 1 to {max} bytes of UTF-8")));
    }
    if value.len() > max {
        return Err(Error::invalid(format!(
            "the {what} has {} bytes; at most {max} bytes of UTF-8 are allowed",
            value.len()
        )));
    }
    if let Some((at, c)) = value.char_indices().find(|(_, c)| c.is_control()) {
        return Err(Error::invalid(format!(
            "the {what} has the control character U+{:04X} at byte {at}; control characters are not allowed",
            u32::from(c)
        )));
    }
    Ok(())
}

macro_rules! id {
    ($(#[$doc:meta])* $name:ident, $what:literal, $max:expr) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(Arc<str>);

        impl $name {
            /// Checks and takes an id. 6017 if it is empty, too long, or has control characters (R23).
            pub fn new(value: impl AsRef<str>) -> Result<Self> {
                let value = value.as_ref();
                check($what, value, $max)?;
                Ok(Self(value.into()))
            }

            /// The id as it was given.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Debug::fmt(&self.0, f)
            }
        }

        impl std::borrow::Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }
    };
}

id!(
    /// A user: 1 to 64 bytes of UTF-8 without control characters.
    UserId, "user id", limits::USER_ID_BYTES
);
id!(
    /// A group: 1 to 64 bytes of UTF-8 without control characters.
    GroupId, "group id", limits::GROUP_ID_BYTES
);
id!(
    /// A message, unique in its conversation: 1 to 128 bytes of UTF-8 without control characters.
    MessageId, "message id", limits::MESSAGE_ID_BYTES
);
id!(
    /// An installation of an app. Made once and kept in the data folder (R30).
    DeviceId, "device id", limits::DEVICE_ID_BYTES
);

/// A conversation as one of its users sees it. Written `c2c_<peer>` or `group_<id>`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ConversationId {
    /// With this peer.
    C2c(UserId),
    /// In this group.
    Group(GroupId),
}

impl ConversationId {
    /// Reads `c2c_<peer>` or `group_<id>`; 6017 otherwise.
    pub fn parse(text: &str) -> Result<Self> {
        if let Some(peer) = text.strip_prefix("c2c_") {
            return Ok(Self::C2c(UserId::new(peer)?));
        }
        if let Some(group) = text.strip_prefix("group_") {
            return Ok(Self::Group(GroupId::new(group)?));
        }
        Err(Error::invalid(format!("the conversation id {text:?} is neither c2c_<user id> nor group_<group id>")))
    }

    /// The conversation with this user, or in this group: one of the two, not both (R18). Empty text counts as unset.
    pub fn of(user: Option<&str>, group: Option<&str>) -> Result<Self> {
        let user = user.filter(|text| !text.is_empty());
        let group = group.filter(|text| !text.is_empty());
        match (user, group) {
            (Some(user), None) => Ok(Self::C2c(UserId::new(user)?)),
            (None, Some(group)) => Ok(Self::Group(GroupId::new(group)?)),
            (Some(user), Some(group)) => Err(Error::invalid(format!(
                "both a user ({user:?}) and a group ({group:?}) are set; a conversation is with one of them: leave the \
                 other empty"
            ))),
            (None, None) => Err(Error::invalid(
                "neither a user nor a group is set; a conversation is with one of them: set the one it is",
            )),
        }
    }

    /// The same conversation for everybody in it: what the service keys its log by.
    pub fn key(&self, me: &UserId) -> ConvKey {
        match self {
            Self::C2c(peer) => ConvKey::c2c(me.clone(), peer.clone()),
            Self::Group(group) => ConvKey::Group(group.clone()),
        }
    }

    /// Whether it is one to one.
    pub fn is_c2c(&self) -> bool {
        matches!(self, Self::C2c(_))
    }
}

impl fmt::Display for ConversationId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::C2c(peer) => write!(f, "c2c_{peer}"),
            Self::Group(group) => write!(f, "group_{group}"),
        }
    }
}

/// A conversation in its canonical form: the same for all of its users.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ConvKey {
    /// Two users, in byte order; a chat with oneself has the same user twice.
    C2c(UserId, UserId),
    /// A group.
    Group(GroupId),
}

impl ConvKey {
    /// The pair in byte order.
    pub fn c2c(a: UserId, b: UserId) -> Self {
        if a <= b { Self::C2c(a, b) } else { Self::C2c(b, a) }
    }

    /// How `me` sees it; `None` if it is a pair without `me`.
    pub fn seen_by(&self, me: &UserId) -> Option<ConversationId> {
        match self {
            Self::C2c(a, b) if a == me => Some(ConversationId::C2c(b.clone())),
            Self::C2c(a, b) if b == me => Some(ConversationId::C2c(a.clone())),
            Self::C2c(..) => None,
            Self::Group(group) => Some(ConversationId::Group(group.clone())),
        }
    }

    /// Whether it is one to one.
    pub fn is_c2c(&self) -> bool {
        matches!(self, Self::C2c(..))
    }
}

/// The first 8 bytes of SHA-256(app, conversation in its canonical form): what an id made by SeenBy begins with, so that
/// the service can find the conversation of an id alone (R23). Lengths are hashed too, so that no two inputs run together.
pub fn conversation_tag(app: AppId, key: &ConvKey) -> [u8; 8] {
    let mut hash = Sha256::new();
    hash.update(app.0.to_be_bytes());
    let mut part = |text: &str| {
        hash.update((text.len() as u32).to_be_bytes());
        hash.update(text.as_bytes());
    };
    match key {
        ConvKey::C2c(a, b) => {
            part("c2c");
            part(a.as_str());
            part(b.as_str());
        }
        ConvKey::Group(group) => {
            part("group");
            part(group.as_str());
        }
    }
    let digest = hash.finalize();
    let mut tag = [0; 8];
    tag.copy_from_slice(&digest[..8]);
    tag
}

/// An id as SeenBy makes it: base64url of the conversation's tag and 16 random bytes (R23).
pub fn made_message_id(app: AppId, key: &ConvKey, random: [u8; 16]) -> MessageId {
    let mut bytes = [0; 24];
    bytes[..8].copy_from_slice(&conversation_tag(app, key));
    bytes[8..].copy_from_slice(&random);
    MessageId(URL_SAFE_NO_PAD.encode(bytes).into())
}

impl MessageId {
    /// The conversation's tag, if SeenBy made this id.
    pub fn tag(&self) -> Option<[u8; 8]> {
        if self.0.len() != 32 {
            return None;
        }
        let mut bytes = [0; 24];
        let n = URL_SAFE_NO_PAD.decode_slice(self.0.as_bytes(), &mut bytes).ok()?;
        (n == 24).then(|| {
            let mut tag = [0; 8];
            tag.copy_from_slice(&bytes[..8]);
            tag
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r23_ids_are_checked_and_the_sentence_says_how() {
        assert!(UserId::new("a".repeat(64)).is_ok());
        let long = UserId::new("a".repeat(65)).unwrap_err();
        assert_eq!(long.code.number(), 6017);
        assert!(long.message.contains("65 bytes") && long.message.contains("64"), "{long}");
        assert!(UserId::new("").is_err());
        assert!(GroupId::new("tab\there").unwrap_err().message.contains("U+0009"));
        assert!(MessageId::new("ü".repeat(64)).is_ok());
        assert!(MessageId::new("ü".repeat(65)).is_err());
    }

    #[test]
    fn r23_ids_are_never_normalised() {
        assert_ne!(UserId::new("e\u{301}").unwrap(), UserId::new("\u{e9}").unwrap());
        assert_ne!(UserId::new("Alice").unwrap(), UserId::new("alice").unwrap());
    }

    #[test]
    fn r23_a_made_id_carries_its_conversation() {
        let (a, b) = (UserId::new("a").unwrap(), UserId::new("b").unwrap());
        let key = ConvKey::c2c(b.clone(), a.clone());
        assert_eq!(key, ConversationId::C2c(a.clone()).key(&b));
        let id = made_message_id(AppId(1), &key, [7; 16]);
        assert_eq!(id.tag(), Some(conversation_tag(AppId(1), &key)));
        assert_ne!(conversation_tag(AppId(1), &key), conversation_tag(AppId(2), &key));
        assert_eq!(MessageId::new("m1").unwrap().tag(), None);
    }

    #[test]
    fn conversations_are_written_as_documented() {
        for text in ["c2c_bob", "group_c2c_", "group_x y"] {
            assert_eq!(ConversationId::parse(text).unwrap().to_string(), text);
        }
        for text in ["", "c2c", "c2c_", "group_", "bob"] {
            assert_eq!(ConversationId::parse(text).unwrap_err().code.number(), 6017, "{text}");
        }
    }
}
