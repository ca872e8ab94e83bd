//! What the operator of an app decides. A change is an event of the app's log; what depends on settings is written into
//! the events of conversations, so that a replay never consults this.

use super::{GroupKind, TimeMs, limits};
use serde::{Deserialize, Serialize};

/// What happens to a message that asks for receipts where there are none (R8).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Unsupported {
    /// It is sent without them.
    #[default]
    Downgrade,
    /// 7013, and it is not sent.
    Reject,
}

/// Who may pull a message's summary and member lists (R9).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Visibility {
    /// Its sender.
    #[default]
    Sender,
    /// Every member of the conversation.
    Members,
}

/// Who may register messages that the app carried itself (R19).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Register {
    /// The app's backend.
    #[default]
    Server,
    /// The sender's device too.
    Client,
}

/// The settings of an app.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct AppSettings {
    /// Kinds of group with receipts: of Work, Public, Meeting (R8).
    pub receipt_kinds: Vec<GroupKind>,
    /// Above this many members messages go without receipts (R8).
    pub receipt_members: u32,
    /// R8.
    pub unsupported: Unsupported,
    /// R9.
    pub visibility: Visibility,
    /// R19.
    pub register: Register,
    /// Messages and receipts live this long, in ms (R17).
    pub retention_ms: TimeMs,
    /// Whether users may switch their receipts off (R15).
    pub switch_allowed: bool,
    /// Whether a user whose receipts are off still gets those of its own messages (R15).
    pub off_still_sees: bool,
}

impl Default for AppSettings {
    fn default() -> Self {
        Self {
            receipt_kinds: vec![GroupKind::Work, GroupKind::Public, GroupKind::Meeting],
            receipt_members: limits::RECEIPT_MEMBERS,
            unsupported: Unsupported::default(),
            visibility: Visibility::default(),
            register: Register::default(),
            retention_ms: limits::RETENTION_MS,
            switch_allowed: true,
            off_still_sees: false,
        }
    }
}

impl AppSettings {
    /// Whether messages in a group of this kind may have receipts.
    pub fn receipts_in(&self, kind: GroupKind) -> bool {
        kind.can_have_receipts() && self.receipt_kinds.contains(&kind)
    }
}
