//! Between what is on the wire and what callers see. What makes no sense is left out, never a panic (R24).

use super::GroupChange;
use crate::model::{
    Body, ConversationId, GroupId, GroupInfo, GroupKind, GroupMember, MemberOutcome, Message, MessageId,
    MessageReceipt, MessageStatus, Priority, Profile, ReadMember, ReaderAt, Role, UserId,
};
use crate::wire;

pub(super) fn conversation_to_wire(conversation: &ConversationId) -> wire::Conversation {
    let of = match conversation {
        ConversationId::C2c(peer) => wire::conversation::Of::User(peer.to_string()),
        ConversationId::Group(group) => wire::conversation::Of::Group(group.to_string()),
    };
    wire::Conversation { of: Some(of) }
}

pub(super) fn conversation(wire: Option<&wire::Conversation>) -> Option<ConversationId> {
    match wire?.of.as_ref()? {
        wire::conversation::Of::User(peer) => Some(ConversationId::C2c(UserId::new(peer).ok()?)),
        wire::conversation::Of::Group(group) => Some(ConversationId::Group(GroupId::new(group).ok()?)),
    }
}

pub(super) fn content_to_wire(message: &Message) -> wire::Content {
    let elem = match &message.body {
        Body::Text(text) => Some(wire::content::Elem::Text(text.clone())),
        Body::Custom { data, description, extension } => Some(wire::content::Elem::Custom(wire::Custom {
            data: data.clone(),
            description: description.clone(),
            extension: extension.clone(),
        })),
        Body::None => None,
    };
    wire::Content { elem, cloud_custom_data: message.cloud_custom_data.clone() }
}

/// A message sent by this user, as the service would show it.
pub(super) fn own_message_to_wire(message: &Message) -> wire::Message {
    wire::Message {
        conversation: message.conversation.as_ref().map(conversation_to_wire),
        id: message.id.as_ref().map(ToString::to_string).unwrap_or_default(),
        seq: message.seq,
        sender: message.sender.as_ref().map(ToString::to_string).unwrap_or_default(),
        time_ms: message.time_ms,
        need_receipt: message.need_read_receipt,
        online_only: message.online_user_only,
        exclude_unread: message.is_excluded_from_unread_count,
        exclude_last: message.is_excluded_from_last_message,
        priority: message.priority as u32,
        content: Some(content_to_wire(message)),
        nick_name: message.nick_name.clone(),
        face_url: message.face_url.clone(),
        ..Default::default()
    }
}

/// What became of a user, if the id is one.
pub(super) fn member_result(wire: &wire::MemberResult) -> Option<(UserId, MemberOutcome)> {
    let outcome = match wire.result {
        0 => MemberOutcome::Done,
        2 => MemberOutcome::AlreadyMember,
        _ => MemberOutcome::Failed,
    };
    Some((UserId::new(&wire.user).ok()?, outcome))
}

fn priority(number: u32) -> Priority {
    match number {
        1 => Priority::High,
        2 => Priority::Normal,
        3 => Priority::Low,
        _ => Priority::Default,
    }
}

/// A message as `me` sees it; marks, receipts sent and summaries are the memory's to add.
pub(super) fn message(me: &UserId, wire: &wire::Message) -> Option<Message> {
    let conversation = conversation(wire.conversation.as_ref())?;
    let sender = UserId::new(&wire.sender).ok();
    let (body, cloud_custom_data) = match &wire.content {
        Some(content) if !wire.recalled => {
            let body = match &content.elem {
                Some(wire::content::Elem::Text(text)) => Body::Text(text.clone()),
                Some(wire::content::Elem::Custom(custom)) => Body::Custom {
                    data: custom.data.clone(),
                    description: custom.description.clone(),
                    extension: custom.extension.clone(),
                },
                None => Body::None,
            };
            (body, content.cloud_custom_data.clone())
        }
        _ => (Body::None, Vec::new()),
    };
    let is_self = sender.as_ref() == Some(me);
    Some(Message {
        id: Some(MessageId::new(&wire.id).ok()?),
        conversation: Some(conversation),
        seq: wire.seq,
        sender,
        time_ms: wire.time_ms,
        status: if wire.recalled { MessageStatus::LocalRevoked } else { MessageStatus::SendSucc },
        is_self,
        need_read_receipt: wire.need_receipt,
        has_sent_receipt: wire.receipt_sent,
        is_read: is_self,
        is_peer_read: false,
        body,
        cloud_custom_data,
        priority: priority(wire.priority),
        online_user_only: wire.online_only,
        is_excluded_from_unread_count: wire.exclude_unread,
        is_excluded_from_last_message: wire.exclude_last,
        nick_name: wire.nick_name.clone(),
        face_url: wire.face_url.clone(),
        receipt: wire.receipt.as_ref().and_then(receipt),
    })
}

/// A summary. C2C: the peer alone, zero counts; groups: counts (R10).
pub(super) fn receipt(wire: &wire::Receipt) -> Option<MessageReceipt> {
    let conversation = conversation(wire.conversation.as_ref())?;
    let c2c = conversation.is_c2c();
    Some(MessageReceipt {
        message: MessageId::new(&wire.id).ok(),
        conversation,
        seq: wire.seq,
        is_peer_read: c2c && wire.peer_read,
        time_ms: if c2c { wire.time_ms } else { 0 },
        read_count: if c2c { 0 } else { wire.read },
        unread_count: if c2c { 0 } else { wire.unread },
        readers: wire
            .readers
            .iter()
            .filter_map(|reader| Some(ReaderAt { user: UserId::new(&reader.user).ok()?, time_ms: reader.time_ms }))
            .collect(),
        more_readers: wire.more_readers,
        position: wire.position,
    })
}

pub(super) fn group(wire: &wire::Group) -> Option<GroupInfo> {
    Some(GroupInfo {
        group: GroupId::new(&wire.group).ok()?,
        kind: GroupKind::from_number(wire.kind)?,
        name: wire.name.clone(),
        owner: UserId::new(&wire.owner).ok(),
        members: wire.members,
        role: Role::from_number(wire.role).unwrap_or_default(),
        created_ms: wire.created_ms,
    })
}

pub(super) fn group_member(wire: &wire::Member) -> Option<GroupMember> {
    Some(GroupMember {
        user: UserId::new(&wire.user).ok()?,
        nick_name: wire.nick_name.clone(),
        face_url: wire.face_url.clone(),
        role: Role::from_number(wire.role).unwrap_or_default(),
        joined_ms: wire.time_ms,
    })
}

pub(super) fn read_member(wire: &wire::Member) -> Option<ReadMember> {
    Some(ReadMember {
        user: UserId::new(&wire.user).ok()?,
        nick_name: wire.nick_name.clone(),
        face_url: wire.face_url.clone(),
        time_ms: wire.time_ms,
    })
}

pub(super) fn profile(wire: &wire::Profile) -> Option<Profile> {
    Some(Profile {
        user: UserId::new(&wire.user).ok()?,
        nick_name: wire.nick_name.clone(),
        face_url: wire.face_url.clone(),
    })
}

pub(super) fn group_change(wire: &wire::GroupChange) -> Option<GroupChange> {
    let by = UserId::new(&wire.operator).ok();
    let members: Vec<UserId> = wire.members.iter().filter_map(|member| UserId::new(&member.user).ok()).collect();
    Some(match wire.kind() {
        wire::GroupChangeKind::GroupChangeUnspecified => return None,
        wire::GroupChangeKind::GroupChangeCreated => GroupChange::Created { by },
        wire::GroupChangeKind::GroupChangeJoined => GroupChange::Joined { members },
        wire::GroupChangeKind::GroupChangeInvited => GroupChange::Invited { by, members },
        wire::GroupChangeKind::GroupChangeQuit => GroupChange::Quit { members },
        wire::GroupChangeKind::GroupChangeKicked => GroupChange::Kicked { by, members },
        wire::GroupChangeKind::GroupChangeRole => {
            let member = wire.members.first()?;
            GroupChange::RoleChanged {
                by,
                member: UserId::new(&member.user).ok()?,
                role: Role::from_number(member.role).unwrap_or_default(),
            }
        }
        wire::GroupChangeKind::GroupChangeDismissed => GroupChange::Dismissed { by },
    })
}
