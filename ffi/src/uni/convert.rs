//! From the Rust client's values to those that cross, and back.

use super::types as uni;
use seenby_client as rust;
use seenby_client::{ConversationId, Error, Result, UserId};

/// A number that counts or numbers something: below 2^63 always.
pub(super) fn signed(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

fn small(number: u32) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}

/// A number that must not be negative. `what` names it in the sentence.
pub(super) fn natural(what: &str, number: i64) -> Result<u64> {
    u64::try_from(number).map_err(|_| Error::invalid(format!("{what} is {number}; it must not be negative")))
}

/// As [`natural`], of 32 bits.
pub(super) fn natural32(what: &str, number: i32) -> Result<u32> {
    u32::try_from(number).map_err(|_| Error::invalid(format!("{what} is {number}; it must not be negative")))
}

fn name(user: Option<&UserId>) -> String {
    user.map(|user| user.as_str().to_owned()).unwrap_or_default()
}

fn names(users: &[UserId]) -> Vec<String> {
    users.iter().map(|user| user.as_str().to_owned()).collect()
}

/// The conversation's id, the peer, the group.
fn place(conversation: Option<&ConversationId>) -> (String, String, String) {
    match conversation {
        None => Default::default(),
        Some(id @ ConversationId::C2c(user)) => (id.to_string(), user.as_str().to_owned(), String::new()),
        Some(id @ ConversationId::Group(group)) => (id.to_string(), String::new(), group.as_str().to_owned()),
    }
}

fn list<T, V: From<T>>(of: Vec<T>) -> Vec<V> {
    of.into_iter().map(V::from).collect()
}

impl From<rust::Message> for uni::Message {
    fn from(message: rust::Message) -> Self {
        let (conversation_id, user_id, group_id) = place(message.conversation.as_ref());
        Self {
            msg_id: message.id.as_ref().map(|id| id.as_str().to_owned()).unwrap_or_default(),
            conversation_id,
            user_id,
            group_id,
            sender: name(message.sender.as_ref()),
            nick_name: message.nick_name,
            face_url: message.face_url,
            seq: signed(message.seq),
            timestamp_ms: message.time_ms,
            status: message.status as i32,
            priority: message.priority as i32,
            is_self: message.is_self,
            need_read_receipt: message.need_read_receipt,
            has_sent_receipt: message.has_sent_receipt,
            is_read: message.is_read,
            is_peer_read: message.is_peer_read,
            online_user_only: message.online_user_only,
            is_excluded_from_unread_count: message.is_excluded_from_unread_count,
            is_excluded_from_last_message: message.is_excluded_from_last_message,
            body: match message.body {
                rust::Body::None => uni::Body::Nothing,
                rust::Body::Text(text) => uni::Body::Text { text },
                rust::Body::Custom { data, description, extension } => {
                    uni::Body::Custom { data, description, extension }
                }
            },
            cloud_custom_data: message.cloud_custom_data,
            receipt: message.receipt.map(uni::Receipt::from),
        }
    }
}

impl From<rust::MessageReceipt> for uni::Receipt {
    fn from(receipt: rust::MessageReceipt) -> Self {
        let (conversation_id, user_id, group_id) = place(Some(&receipt.conversation));
        let reader = |reader: rust::ReaderAt| uni::Reader {
            user_id: reader.user.as_str().to_owned(),
            timestamp_ms: reader.time_ms,
        };
        Self {
            msg_id: receipt.message.as_ref().map(|id| id.as_str().to_owned()).unwrap_or_default(),
            conversation_id,
            user_id,
            group_id,
            seq: signed(receipt.seq),
            is_peer_read: receipt.is_peer_read,
            timestamp_ms: receipt.time_ms,
            read_count: receipt.read_count.into(),
            unread_count: receipt.unread_count.into(),
            readers: receipt.readers.into_iter().map(reader).collect(),
            more_readers: receipt.more_readers,
            position: signed(receipt.position),
        }
    }
}

impl From<rust::GroupInfo> for uni::GroupInfo {
    fn from(group: rust::GroupInfo) -> Self {
        Self {
            group_id: group.group.as_str().to_owned(),
            group_type: group.kind.name().to_owned(),
            name: group.name,
            owner: name(group.owner.as_ref()),
            created_ms: group.created_ms,
            member_count: small(group.members),
            role: group.role as i32,
        }
    }
}

impl From<rust::GroupMember> for uni::GroupMember {
    fn from(member: rust::GroupMember) -> Self {
        Self {
            user_id: member.user.as_str().to_owned(),
            nick_name: member.nick_name,
            face_url: member.face_url,
            joined_ms: member.joined_ms,
            role: member.role as i32,
        }
    }
}

impl From<rust::ReadMember> for uni::ReadMember {
    fn from(member: rust::ReadMember) -> Self {
        Self {
            user_id: member.user.as_str().to_owned(),
            nick_name: member.nick_name,
            face_url: member.face_url,
            timestamp_ms: member.time_ms,
        }
    }
}

impl From<rust::ConversationInfo> for uni::Conversation {
    fn from(info: rust::ConversationInfo) -> Self {
        let (conversation_id, user_id, group_id) = place(Some(&info.id));
        Self {
            conversation_id,
            user_id,
            group_id,
            last_message: info.last_message.map(uni::Message::from),
            group: info.group.map(uni::GroupInfo::from),
            last_seq: signed(info.last_seq),
            own_read_seq: signed(info.own_mark),
            peer_read_seq: signed(info.peer_mark),
            peer_read_ms: info.peer_mark_ms,
            unread_count: small(info.unread_count),
        }
    }
}

impl From<rust::Profile> for uni::Profile {
    fn from(profile: rust::Profile) -> Self {
        Self { user_id: profile.user.as_str().to_owned(), nick_name: profile.nick_name, face_url: profile.face_url }
    }
}

impl From<rust::DrawState> for uni::DrawState {
    fn from(state: rust::DrawState) -> Self {
        match state {
            rust::DrawState::Sending => Self::Sending,
            rust::DrawState::Failed => Self::Failed,
            rust::DrawState::Sent => Self::Sent,
            rust::DrawState::ReadByPeer => Self::ReadByPeer,
            rust::DrawState::ReadBy { read, of } => Self::ReadBy { read: read.into(), of: of.into() },
            rust::DrawState::AllRead => Self::AllRead,
            rust::DrawState::Unavailable => Self::Unavailable,
        }
    }
}

impl From<rust::Answer> for uni::Answer {
    fn from(answer: rust::Answer) -> Self {
        use rust::Answer as From;
        match answer {
            From::Done => Self::Done,
            From::Message(message) => Self::OneMessage { message: (*message).into() },
            From::Messages { messages, finished } => Self::Messages { messages: list(messages), is_finished: finished },
            From::Receipts(receipts) => Self::Receipts { receipts: list(receipts) },
            From::ReadMembers(page) => Self::ReadMembers {
                members: list(page.members),
                next_seq: signed(page.next_seq),
                is_finished: page.is_finished,
            },
            From::Group(group) => Self::Text { text: group.as_str().to_owned() },
            From::Groups(groups) => Self::Groups { groups: list(groups) },
            From::GroupMembers { members, next_seq } => {
                Self::GroupMembers { members: list(members), next_seq: signed(next_seq) }
            }
            From::MemberResults(results) => Self::MemberResults {
                results: results
                    .into_iter()
                    .map(|(user, result)| uni::MemberResult {
                        user_id: user.as_str().to_owned(),
                        result: result as i32,
                    })
                    .collect(),
            },
            From::Conversations { conversations, next_seq, is_finished } => {
                Self::Conversations { conversations: list(conversations), next_seq: signed(next_seq), is_finished }
            }
            From::Conversation(conversation) => Self::OneConversation { conversation: (*conversation).into() },
            From::Count(count) => Self::Count { count: signed(count) },
            From::Profiles(profiles) => Self::Profiles { profiles: list(profiles) },
        }
    }
}

/// An event, as those that cross: one for each change of a group.
pub(super) fn event(event: &rust::Event, out: &mut Vec<uni::Event>) {
    use rust::Event as From;
    use uni::Event as To;
    let event = match event {
        From::Connecting => To::Connecting,
        From::Connected => To::Connected,
        From::ConnectFailed(error) => To::ConnectFailed { code: error.code.number(), text: error.message.clone() },
        From::KickedOffline => To::KickedOffline,
        From::UserSigExpired => To::UserSigExpired,
        From::NewMessage(message) => To::NewMessage { message: (**message).clone().into() },
        From::ReadReceipts(receipts) => To::ReadReceipts { receipts: list(receipts.clone()) },
        From::C2cReadReceipt(receipts) => To::C2cReadReceipts { receipts: list(receipts.clone()) },
        From::ReceiptsSent { conversation, messages } => To::ReceiptsSent {
            conversation_id: conversation.to_string(),
            msg_ids: messages.iter().map(|(_, id)| id.as_str().to_owned()).collect(),
        },
        From::MessageRecalled { conversation, seq, message, operator } => To::MessageRevoked {
            conversation_id: conversation.to_string(),
            msg_id: message.as_str().to_owned(),
            seq: signed(*seq),
            operator_id: operator.clone(),
        },
        From::ConversationsChanged(conversations) => {
            To::ConversationsChanged { conversations: list(conversations.clone()) }
        }
        From::TotalUnreadChanged(count) => To::TotalUnreadChanged { count: signed(*count) },
        From::GroupChanged { group, changes, members } => {
            let told = |(kind, by, users, role)| To::GroupChanged {
                group_id: group.as_str().to_owned(),
                kind,
                members: users,
                by,
                role,
                member_count: small(*members),
            };
            let Some((last, before)) = changes.split_last() else {
                out.push(told((uni::GroupChangeKind::Count, String::new(), Vec::new(), 0)));
                return;
            };
            out.extend(before.iter().map(|one| told(change(one))));
            told(change(last))
        }
        From::ReadReceiptsEnabledChanged(enabled) => To::ReadReceiptsEnabledChanged { enabled: *enabled },
    };
    out.push(event);
}

/// Kind, by whom, to whom, role.
fn change(change: &rust::GroupChange) -> (uni::GroupChangeKind, String, Vec<String>, i32) {
    use rust::GroupChange as From;
    use uni::GroupChangeKind as To;
    match change {
        From::Created { by } => (To::Created, name(by.as_ref()), Vec::new(), 0),
        From::Joined { members } => (To::Joined, String::new(), names(members), 0),
        From::Invited { by, members } => (To::Invited, name(by.as_ref()), names(members), 0),
        From::Quit { members } => (To::Quit, String::new(), names(members), 0),
        From::Kicked { by, members } => (To::Kicked, name(by.as_ref()), names(members), 0),
        From::RoleChanged { by, member, role } => {
            (To::RoleChanged, name(by.as_ref()), vec![member.as_str().to_owned()], *role as i32)
        }
        From::Dismissed { by } => (To::Dismissed, name(by.as_ref()), Vec::new(), 0),
    }
}
