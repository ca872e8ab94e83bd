//! What goes into frames: messages, summaries, conversations, groups and people, as one user sees them.

use super::book::{ConvIdx, UserIdx};
use super::hub::Hub;
use crate::ledger::{Member, MessageMeta, ReaderEntry};
use crate::model::{ConvKey, ConversationId, Ordinal, Position, Seq, Visibility, limits};
use crate::wire::{self, conversation};

/// Bytes of a frame that are left for its envelope and what estimates miss.
const SPARE: usize = 4 * 1024;
/// What a message takes beside its texts, at most.
const MESSAGE_OVERHEAD: usize = 200;

/// How much still fits into a frame (R24).
pub(super) struct Room {
    left: usize,
}

impl Room {
    pub(super) fn new() -> Self {
        Self { left: limits::FRAME_BYTES - SPARE }
    }

    /// Room for one page of what is sent unasked: less than a frame, so that replies get through between pages.
    pub(super) fn page() -> Self {
        Self { left: limits::FRAME_BYTES / 2 }
    }

    /// Takes this much, if it fits.
    pub(super) fn take(&mut self, bytes: usize) -> bool {
        match self.left.checked_sub(bytes) {
            Some(left) => {
                self.left = left;
                true
            }
            None => false,
        }
    }
}

/// A conversation as the wire names it.
pub(super) fn wire_conversation(id: &ConversationId) -> wire::Conversation {
    let of = match id {
        ConversationId::C2c(peer) => conversation::Of::User(peer.as_str().to_owned()),
        ConversationId::Group(group) => conversation::Of::Group(group.as_str().to_owned()),
    };
    wire::Conversation { of: Some(of) }
}

/// An estimate from above of what a message takes in a frame.
pub(super) fn message_bytes(message: &wire::Message, body_bytes: usize) -> usize {
    MESSAGE_OVERHEAD
        + message.id.len()
        + message.sender.len()
        + message.nick_name.len()
        + message.face_url.len()
        + limits::GROUP_ID_BYTES
        + body_bytes
}

impl Hub {
    /// A message as this member sees it, and where its body is (0: nowhere). `named`: what the viewer calls the
    /// conversation.
    pub(super) fn message(
        &self,
        conv: ConvIdx,
        seq: Seq,
        viewer: UserIdx,
        who: Ordinal,
        named: &wire::Conversation,
    ) -> Option<(wire::Message, Position, usize)> {
        let fold = &self.book.conv(conv).fold;
        let meta = fold.message(seq)?;
        let mut message = self.plain_message(conv, seq, meta, named.clone());
        message.receipt_sent = fold.has_read(seq, who);
        if self.may_have_summary(conv, meta, viewer, who) {
            message.receipt = self.receipt(conv, seq, named.clone());
        }
        let (body, bytes) = if meta.flags().deleted { (0, 0) } else { (meta.position(), meta.body_bytes() as usize) };
        Some((message, body, bytes))
    }

    /// A message as anybody sees it.
    pub(super) fn plain_message(
        &self,
        conv: ConvIdx,
        seq: Seq,
        meta: &MessageMeta,
        named: wire::Conversation,
    ) -> wire::Message {
        let flags = meta.flags();
        let (sender, nick_name, face_url) = match self.book.conv(conv).user(meta.sender()) {
            Some(user) => {
                let fold = self.book.fold(user);
                let id = self.book.users[user as usize].id.as_str().to_owned();
                (id, fold.nick_name().to_owned(), fold.face_url().to_owned())
            }
            None => Default::default(),
        };
        wire::Message {
            conversation: Some(named),
            id: meta.id().to_owned(),
            seq,
            position: meta.position(),
            sender,
            time_ms: meta.time_ms(),
            need_receipt: flags.need_receipt && !flags.deleted,
            receipt_sent: false,
            online_only: flags.online_only,
            exclude_unread: flags.exclude_unread,
            exclude_last: flags.exclude_last,
            priority: meta.priority().into(),
            content: None,
            nick_name,
            face_url,
            receipt: None,
            recalled: flags.deleted,
        }
    }

    /// R9, R15: who gets a message's summary.
    pub(super) fn may_have_summary(&self, conv: ConvIdx, meta: &MessageMeta, viewer: UserIdx, who: Ordinal) -> bool {
        if meta.sender() == who {
            self.book.sees_receipts(viewer)
        } else {
            self.book.settings().visibility == Visibility::Members && self.book.conv(conv).is_member(who)
        }
    }

    /// A message's summary (R10).
    pub(super) fn receipt(&self, conv: ConvIdx, seq: Seq, named: wire::Conversation) -> Option<wire::Receipt> {
        let entry = self.book.conv(conv);
        let summary = entry.fold.summary(seq)?;
        let meta = entry.fold.message(seq)?;
        let mut receipt = wire::Receipt {
            conversation: Some(named),
            seq,
            id: meta.id().to_owned(),
            position: summary.last_change,
            ..wire::Receipt::default()
        };
        if entry.is_group() {
            receipt.read = summary.read;
            receipt.unread = summary.unread;
        } else {
            receipt.peer_read = summary.read > 0;
            receipt.time_ms = summary.first_reader.map_or(0, |reader| if reader.erased { 0 } else { reader.time_ms });
        }
        Some(receipt)
    }

    /// R12: the readers from this index on, at most 100, and whether there are more.
    pub(super) fn readers(&self, conv: ConvIdx, seq: Seq, from: u32) -> (Vec<wire::Reader>, bool) {
        let entry = self.book.conv(conv);
        let mut readers = Vec::new();
        for reader in entry.fold.readers(seq, from as usize) {
            if readers.len() == limits::PUSHED_READERS {
                return (readers, true);
            }
            if let Some(user) = entry.user(reader.ordinal).filter(|_| !reader.erased) {
                let user = self.book.users[user as usize].id.as_str().to_owned();
                readers.push(wire::Reader { user, time_ms: reader.time_ms });
            }
        }
        (readers, false)
    }

    /// An entry of a read or unread list.
    pub(super) fn list_entry(&self, conv: ConvIdx, entry: &ReaderEntry, with_time: bool) -> Option<wire::Member> {
        let user = self.book.conv(conv).user(entry.ordinal)?;
        let profile = self.profile(user);
        Some(wire::Member {
            user: profile.user,
            nick_name: profile.nick_name,
            face_url: profile.face_url,
            time_ms: if with_time { entry.time_ms } else { 0 },
            role: 0,
        })
    }

    /// A member of a group.
    pub(super) fn member(&self, conv: ConvIdx, who: Ordinal, member: &Member) -> Option<wire::Member> {
        let user = self.book.conv(conv).user(who)?;
        let profile = self.profile(user);
        Some(wire::Member {
            user: profile.user,
            nick_name: profile.nick_name,
            face_url: profile.face_url,
            time_ms: member.joined_ms,
            role: member.role as u32,
        })
    }

    /// What a user says of itself (R27).
    pub(super) fn profile(&self, user: UserIdx) -> wire::Profile {
        let fold = self.book.fold(user);
        wire::Profile {
            user: self.book.users[user as usize].id.as_str().to_owned(),
            nick_name: fold.nick_name().to_owned(),
            face_url: fold.face_url().to_owned(),
        }
    }

    /// A group, to one of its members (`None`: to everybody, without a role).
    pub(super) fn group_info(&self, conv: ConvIdx, who: Option<Ordinal>) -> Option<wire::Group> {
        let entry = self.book.conv(conv);
        let Some(ConvKey::Group(group)) = &entry.key else { return None };
        let fold = &entry.fold;
        let owner = fold.roster().owner().and_then(|owner| entry.user(owner));
        Some(wire::Group {
            group: group.as_str().to_owned(),
            kind: fold.kind().map_or(0, |kind| kind as u32),
            name: fold.name().to_owned(),
            owner: owner.map_or_else(String::new, |user| self.book.users[user as usize].id.as_str().to_owned()),
            members: fold.roster().count(),
            role: who.and_then(|who| fold.roster().member(who)).filter(|m| m.member).map_or(0, |m| m.role as u32),
            created_ms: fold.created_ms(),
        })
    }

    /// A conversation as one of its users sees it now, and where the body of its last message is.
    pub(super) fn conversation_state(
        &self,
        conv: ConvIdx,
        viewer: UserIdx,
        who: Ordinal,
        named: &wire::Conversation,
    ) -> (wire::ConversationState, Position, usize) {
        let entry = self.book.conv(conv);
        let fold = &entry.fold;
        let me = fold.roster().member(who);
        let left = fold.is_dismissed() || !me.is_some_and(|me| me.member);
        let mut state = wire::ConversationState {
            conversation: Some(named.clone()),
            own_mark: me.map_or(0, |me| me.mark),
            group: self.group_info(conv, Some(who)),
            position: fold.last_change(),
            left,
            ..wire::ConversationState::default()
        };
        if left {
            return (state, 0, 0);
        }
        state.last_seq = fold.last_seq();
        state.unread = fold.unread(who);
        if let Some(peer) = (!entry.is_group()).then(|| fold.roster().member(who ^ 1)).flatten() {
            state.peer_mark = peer.shown_mark;
            state.peer_mark_ms = peer.shown_mark_ms;
        }
        let (mut at, mut bytes) = (0, 0);
        if let Some(seq) = self.last_message(conv, who)
            && let Some((message, body, body_bytes)) = self.message(conv, seq, viewer, who, named)
        {
            bytes = message_bytes(&message, body_bytes);
            at = body;
            state.last_message = Some(message);
        }
        (state, at, bytes)
    }

    /// R26: the last message that counts, if this member may see it and it is not over.
    pub(super) fn last_message(&self, conv: ConvIdx, who: Ordinal) -> Option<Seq> {
        let fold = &self.book.conv(conv).fold;
        let seq = fold.last_message()?;
        let meta = fold.message(seq)?;
        (fold.may_see(who, seq) && !self.book.is_over(meta.time_ms(), self.now)).then_some(seq)
    }

    /// R26: over all conversations.
    pub(super) fn total_unread(&self, user: UserIdx) -> u32 {
        self.book.users[user as usize]
            .conversations
            .iter()
            .map(|(conv, who)| {
                let entry = self.book.conv(*conv);
                if entry.key.is_none() || entry.fold.is_dismissed() { 0 } else { entry.fold.unread(*who) }
            })
            .fold(0, u32::saturating_add)
    }
}
