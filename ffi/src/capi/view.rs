//! What the library shows the host: the structs of the header, made for one callback in one piece of memory that goes
//! when the callback has returned. Every text has a NUL byte behind it.

use super::types::*;
use bumpalo::Bump;
use seenby_client::{
    Body, ConversationId, ConversationInfo, Error, GroupInfo, GroupMember, MemberOutcome, Message, MessageReceipt,
    Profile, ReadMember, UserId,
};
use std::ptr::{self, NonNull};

/// Makes them in a piece of memory.
pub(super) struct Views<'a> {
    bump: &'a Bump,
}

impl<'a> Views<'a> {
    pub(super) fn new(bump: &'a Bump) -> Self {
        Self { bump }
    }

    /// Keeps a struct that was made elsewhere.
    pub(super) fn keep<T: Copy>(&self, value: T) -> *const T {
        self.bump.alloc(value)
    }

    pub(super) fn text(&self, text: &str) -> seenby_str_t {
        if text.is_empty() {
            return seenby_str_t { data: c"".as_ptr(), len: 0 };
        }
        let bytes = self.bump.alloc_slice_fill_copy(text.len() + 1, 0_u8);
        bytes[..text.len()].copy_from_slice(text.as_bytes());
        seenby_str_t { data: bytes.as_ptr().cast(), len: text.len() }
    }

    pub(super) fn bytes(&self, bytes: &[u8]) -> seenby_bytes_t {
        if bytes.is_empty() {
            return seenby_bytes_t { data: c"".as_ptr().cast(), len: 0 };
        }
        seenby_bytes_t { data: self.bump.alloc_slice_copy(bytes).as_ptr(), len: bytes.len() }
    }

    /// A list as an array of pointers. Nothing is allocated for none: an arena that has no memory yet writes then to one that
    /// all arenas without memory share, on every thread (ThreadSanitizer).
    pub(super) fn list<T, V: 'a>(&self, of: &[T], mut one: impl FnMut(&Self, &T) -> *const V) -> *const *const V {
        if of.is_empty() {
            return NonNull::dangling().as_ptr();
        }
        let list = self.bump.alloc_slice_fill_copy(of.len(), ptr::null::<V>());
        for (to, from) in list.iter_mut().zip(of) {
            *to = one(self, from);
        }
        list.as_ptr()
    }

    /// A list of texts.
    pub(super) fn texts<'t>(&self, texts: impl ExactSizeIterator<Item = &'t str>) -> *const seenby_str_t {
        if texts.len() == 0 {
            return NonNull::dangling().as_ptr();
        }
        self.bump.alloc_slice_fill_iter(texts.map(|text| self.text(text))).as_ptr()
    }

    pub(super) fn error(&self, error: &Error) -> *const seenby_error_t {
        let message = self.text(&error.message);
        self.bump.alloc(seenby_error_t { code: error.code.number(), message, retry_after_ms: error.retry_after_ms })
    }

    fn user(&self, user: Option<&UserId>) -> seenby_str_t {
        self.text(user.map(UserId::as_str).unwrap_or_default())
    }

    /// The conversation's id, the peer, the group.
    fn place(&self, conversation: Option<&ConversationId>) -> (seenby_str_t, seenby_str_t, seenby_str_t) {
        let none = self.text("");
        match conversation {
            None => (none, none, none),
            Some(id) => {
                // One text for both: the bare id is the end of the written one.
                let written = self.text(&id.to_string());
                let bare = match id {
                    ConversationId::C2c(user) => user.as_str().len(),
                    ConversationId::Group(group) => group.as_str().len(),
                };
                let bare = seenby_str_t { data: written.data.wrapping_add(written.len - bare), len: bare };
                if id.is_c2c() { (written, bare, none) } else { (written, none, bare) }
            }
        }
    }

    pub(super) fn receipt(&self, receipt: &MessageReceipt) -> *const seenby_receipt_t {
        let (conversation_id, user_id, group_id) = self.place(Some(&receipt.conversation));
        let readers = self.list(&receipt.readers, |views, reader| {
            let user_id = views.text(reader.user.as_str());
            &*views.bump.alloc(seenby_reader_t { user_id, timestamp_ms: reader.time_ms })
        });
        self.bump.alloc(seenby_receipt_t {
            msg_id: self.text(receipt.message.as_ref().map(|id| id.as_str()).unwrap_or_default()),
            conversation_id,
            user_id,
            group_id,
            seq: receipt.seq,
            timestamp_ms: receipt.time_ms,
            read_count: receipt.read_count,
            unread_count: receipt.unread_count,
            is_peer_read: receipt.is_peer_read,
            more_readers: receipt.more_readers,
            readers,
            reader_count: receipt.readers.len(),
            position: receipt.position,
        })
    }

    pub(super) fn message(&self, message: &Message) -> *const seenby_message_t {
        let (conversation_id, user_id, group_id) = self.place(message.conversation.as_ref());
        let empty: (&str, &[u8], &str, &str) = ("", &[], "", "");
        let (body, (text, data, description, extension)) = match &message.body {
            Body::None => (SEENBY_BODY_NONE, empty),
            Body::Text(text) => (SEENBY_BODY_TEXT, (text.as_str(), empty.1, "", "")),
            Body::Custom { data, description, extension } => {
                (SEENBY_BODY_CUSTOM, ("", data.as_slice(), description.as_str(), extension.as_str()))
            }
        };
        self.bump.alloc(seenby_message_t {
            msg_id: self.text(message.id.as_ref().map(|id| id.as_str()).unwrap_or_default()),
            conversation_id,
            user_id,
            group_id,
            sender: self.user(message.sender.as_ref()),
            nick_name: self.text(&message.nick_name),
            face_url: self.text(&message.face_url),
            seq: message.seq,
            timestamp_ms: message.time_ms,
            status: message.status as i32,
            priority: message.priority as i32,
            body,
            is_self: message.is_self,
            need_read_receipt: message.need_read_receipt,
            has_sent_receipt: message.has_sent_receipt,
            is_read: message.is_read,
            is_peer_read: message.is_peer_read,
            online_user_only: message.online_user_only,
            is_excluded_from_unread_count: message.is_excluded_from_unread_count,
            is_excluded_from_last_message: message.is_excluded_from_last_message,
            text: self.text(text),
            data: self.bytes(data),
            description: self.text(description),
            extension: self.text(extension),
            cloud_custom_data: self.bytes(&message.cloud_custom_data),
            receipt: message.receipt.as_ref().map_or(ptr::null(), |receipt| self.receipt(receipt)),
        })
    }

    pub(super) fn read_member(&self, member: &ReadMember) -> *const seenby_read_member_t {
        self.bump.alloc(seenby_read_member_t {
            user_id: self.text(member.user.as_str()),
            nick_name: self.text(&member.nick_name),
            face_url: self.text(&member.face_url),
            timestamp_ms: member.time_ms,
        })
    }

    pub(super) fn group(&self, group: &GroupInfo) -> *const seenby_group_t {
        self.bump.alloc(seenby_group_t {
            group_id: self.text(group.group.as_str()),
            group_type: self.text(group.kind.name()),
            name: self.text(&group.name),
            owner: self.user(group.owner.as_ref()),
            created_ms: group.created_ms,
            member_count: group.members,
            role: group.role as i32,
        })
    }

    pub(super) fn group_member(&self, member: &GroupMember) -> *const seenby_group_member_t {
        self.bump.alloc(seenby_group_member_t {
            user_id: self.text(member.user.as_str()),
            nick_name: self.text(&member.nick_name),
            face_url: self.text(&member.face_url),
            joined_ms: member.joined_ms,
            role: member.role as i32,
        })
    }

    pub(super) fn member_result(&self, user: &UserId, outcome: MemberOutcome) -> *const seenby_member_result_t {
        self.bump.alloc(seenby_member_result_t { user_id: self.text(user.as_str()), result: outcome as i32 })
    }

    pub(super) fn conversation(&self, info: &ConversationInfo) -> *const seenby_conversation_t {
        let (conversation_id, user_id, group_id) = self.place(Some(&info.id));
        self.bump.alloc(seenby_conversation_t {
            conversation_id,
            user_id,
            group_id,
            last_message: info.last_message.as_ref().map_or(ptr::null(), |message| self.message(message)),
            group: info.group.as_ref().map_or(ptr::null(), |group| self.group(group)),
            last_seq: info.last_seq,
            own_read_seq: info.own_mark,
            peer_read_seq: info.peer_mark,
            peer_read_ms: info.peer_mark_ms,
            unread_count: info.unread_count,
        })
    }

    pub(super) fn profile(&self, profile: &Profile) -> *const seenby_profile_t {
        self.bump.alloc(seenby_profile_t {
            user_id: self.text(profile.user.as_str()),
            nick_name: self.text(&profile.nick_name),
            face_url: self.text(&profile.face_url),
        })
    }
}
