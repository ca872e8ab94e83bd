//! What the client answers and tells, in the words of the scenarios: documented names, seconds.

use parking_lot::Mutex;
use seenby_client::{ConversationPage, GroupMemberPage, MemberOutcome, MemberResult};
use seenby_core::model::{
    Body, ConversationId, ConversationInfo, DrawState, GroupInfo, GroupMember, Message, MessageReceipt, MessageStatus,
    Profile, ReadMemberPage, TimeMs,
};
use seenby_core::session::{Event, GroupChange, MessageHandle};
use serde_json::{Map, Value, json};
use std::sync::Arc;

/// What a value of a scenario is in Rust, so that it can be passed to a call again.
#[derive(Clone)]
pub(crate) enum Native {
    Message(Box<Message>),
    Handle(MessageHandle),
    Receipt(Box<MessageReceipt>),
}

/// Keeps the natives of one scenario; values carry their number.
#[derive(Clone, Default)]
pub(crate) struct Natives(Arc<Mutex<Vec<Native>>>);

impl Natives {
    pub(crate) fn keep(&self, native: Native, mut value: Value) -> Value {
        let mut all = self.0.lock();
        value["$native"] = all.len().into();
        all.push(native);
        value
    }

    pub(crate) fn of(&self, value: &Value) -> Option<Native> {
        let number = usize::try_from(value.get("$native")?.as_u64()?).ok()?;
        self.0.lock().get(number).cloned()
    }

    pub(crate) fn message(&self, message: &Message) -> Value {
        self.keep(Native::Message(Box::new(message.clone())), self.message_fields(message))
    }

    fn message_fields(&self, message: &Message) -> Value {
        let (text, custom) = match &message.body {
            Body::Text(text) => (text.clone(), String::new()),
            Body::Custom { data, .. } => (String::new(), String::from_utf8_lossy(data).into_owned()),
            Body::None => Default::default(),
        };
        let (user, group) = place(message.conversation.as_ref());
        json!({
            "msgID": message.id.as_ref().map(|id| id.as_str()).unwrap_or_default(),
            "conversationID": message.conversation.as_ref().map(ToString::to_string).unwrap_or_default(),
            "userID": user,
            "groupID": group,
            "seq": message.seq,
            "sender": message.sender.as_ref().map(|user| user.as_str()).unwrap_or_default(),
            "timestamp": seconds(message.time_ms),
            "status": match message.status {
                MessageStatus::Sending => "SENDING",
                MessageStatus::SendSucc => "SEND_SUCC",
                MessageStatus::SendFail => "SEND_FAIL",
                MessageStatus::HasDeleted => "HAS_DELETED",
                MessageStatus::LocalRevoked => "LOCAL_REVOKED",
            },
            "isSelf": message.is_self,
            "needReadReceipt": message.need_read_receipt,
            "hasSentReceipt": message.has_sent_receipt,
            "isRead": message.is_read,
            "isPeerRead": message.is_peer_read,
            "text": text,
            "customData": custom,
            "cloudCustomData": String::from_utf8_lossy(&message.cloud_custom_data),
            "priority": message.priority as u8,
            "nickName": message.nick_name,
            "faceURL": message.face_url,
            "receipt": message.receipt.as_ref().map(|receipt| self.receipt(receipt)),
        })
    }

    pub(crate) fn messages(&self, messages: &[Message]) -> Value {
        messages.iter().map(|message| self.message(message)).collect()
    }

    /// A reference is a message of which nothing else is known.
    pub(crate) fn handle(&self, handle: MessageHandle) -> Value {
        let id = handle.id.as_ref().map(|id| id.as_str().to_owned()).unwrap_or_default();
        self.keep(Native::Handle(handle), json!({ "msgID": id }))
    }

    pub(crate) fn receipt(&self, receipt: &MessageReceipt) -> Value {
        let (user, group) = place(Some(&receipt.conversation));
        let readers: Vec<Value> = receipt
            .readers
            .iter()
            .map(|reader| json!({ "userID": reader.user.as_str(), "timestamp": seconds(reader.time_ms) }))
            .collect();
        let value = json!({
            "msgID": receipt.message.as_ref().map(|id| id.as_str()).unwrap_or_default(),
            "userID": user,
            "groupID": group,
            "isPeerRead": receipt.is_peer_read,
            "timestamp": seconds(receipt.time_ms),
            "readCount": receipt.read_count,
            "unreadCount": receipt.unread_count,
            "readers": readers,
            "moreReaders": receipt.more_readers,
        });
        self.keep(Native::Receipt(Box::new(receipt.clone())), value)
    }

    pub(crate) fn receipts(&self, receipts: &[MessageReceipt]) -> Value {
        receipts.iter().map(|receipt| self.receipt(receipt)).collect()
    }

    pub(crate) fn conversation(&self, info: &ConversationInfo) -> Value {
        let (user, group) = place(Some(&info.id));
        json!({
            "conversationID": info.id.to_string(),
            "userID": user,
            "groupID": group,
            "unreadCount": info.unread_count,
            "lastMessage": info.last_message.as_ref().map(|message| self.message(message)),
            "ownReadSequence": info.own_mark,
            "peerReadSequence": info.peer_mark,
            "peerReadTimestamp": seconds(info.peer_mark_ms),
        })
    }

    pub(crate) fn conversations(&self, page: &ConversationPage) -> Value {
        json!({
            "conversations": page.conversations.iter().map(|c| self.conversation(c)).collect::<Vec<_>>(),
            "nextSeq": page.next_seq,
            "isFinished": page.is_finished,
        })
    }

    /// An event as the things heard: callback and entry, one for each entry of a list.
    pub(crate) fn event(&self, event: &Event) -> Vec<(&'static str, Value)> {
        let empty = || json!({});
        match event {
            Event::Connecting => vec![("onConnecting", empty())],
            Event::Connected => vec![("onConnectSuccess", empty())],
            Event::ConnectFailed(error) => vec![("onConnectFailed", json!({ "code": error.code.number() }))],
            Event::KickedOffline => vec![("onKickedOffline", empty())],
            Event::UserSigExpired => vec![("onUserSigExpired", empty())],
            Event::NewMessage(message) => vec![("onRecvNewMessage", self.message(message))],
            Event::ReadReceipts(list) => {
                list.iter().map(|receipt| ("onRecvMessageReadReceipts", self.receipt(receipt))).collect()
            }
            Event::C2cReadReceipt(list) => {
                list.iter().map(|receipt| ("onRecvC2CReadReceipt", self.receipt(receipt))).collect()
            }
            Event::ReceiptsSent { conversation, messages } => messages
                .iter()
                .map(|(seq, id)| {
                    let value = json!({ "conversationID": conversation.to_string(), "msgID": id.as_str(), "seq": seq });
                    ("onMessageReceiptsSent", value)
                })
                .collect(),
            Event::MessageRecalled { message, seq, operator, .. } => {
                let value = json!({ "msgID": message.as_str(), "seq": seq, "operator": operator });
                vec![("onRecvMessageRevoked", value)]
            }
            Event::ConversationsChanged(list) => {
                list.iter().map(|info| ("onConversationChanged", self.conversation(info))).collect()
            }
            Event::TotalUnreadChanged(total) => {
                vec![("onTotalUnreadMessageCountChanged", json!({ "totalUnreadCount": total }))]
            }
            Event::GroupChanged { group, changes, members } => {
                let heard = |mut value: Value| {
                    value["groupID"] = group.as_str().into();
                    value["memberCount"] = (*members).into();
                    ("onGroupChanged", value)
                };
                if changes.is_empty() {
                    return vec![heard(json!({ "change": "count" }))];
                }
                changes.iter().map(|change| heard(group_change(change))).collect()
            }
            Event::ReadReceiptsEnabledChanged(enabled) => {
                vec![("onReadReceiptsEnabledChanged", json!({ "enabled": enabled }))]
            }
        }
    }
}

fn group_change(change: &GroupChange) -> Value {
    let names = |users: &[seenby_core::model::UserId]| users.iter().map(|u| u.as_str().to_owned()).collect::<Vec<_>>();
    let name =
        |user: &Option<seenby_core::model::UserId>| user.as_ref().map(|u| u.as_str().to_owned()).unwrap_or_default();
    match change {
        GroupChange::Created { by } => json!({ "change": "created", "by": name(by) }),
        GroupChange::Joined { members } => json!({ "change": "joined", "members": names(members) }),
        GroupChange::Invited { by, members } => {
            json!({ "change": "invited", "by": name(by), "members": names(members) })
        }
        GroupChange::Quit { members } => json!({ "change": "quit", "members": names(members) }),
        GroupChange::Kicked { by, members } => json!({ "change": "kicked", "by": name(by), "members": names(members) }),
        GroupChange::RoleChanged { by, member, role } => {
            json!({ "change": "roleChanged", "by": name(by), "members": [member.as_str()], "role": *role as u16 })
        }
        GroupChange::Dismissed { by } => json!({ "change": "dismissed", "by": name(by) }),
    }
}

pub(crate) fn seconds(ms: TimeMs) -> i64 {
    ms.div_euclid(1000)
}

fn place(conversation: Option<&ConversationId>) -> (String, String) {
    match conversation {
        Some(ConversationId::C2c(user)) => (user.as_str().to_owned(), String::new()),
        Some(ConversationId::Group(group)) => (String::new(), group.as_str().to_owned()),
        None => Default::default(),
    }
}

pub(crate) fn read_members(page: &ReadMemberPage) -> Value {
    let members: Vec<Value> = page
        .members
        .iter()
        .map(|member| {
            json!({
                "userID": member.user.as_str(),
                "nickName": member.nick_name,
                "faceURL": member.face_url,
                "timestamp": seconds(member.time_ms),
            })
        })
        .collect();
    json!({ "members": members, "nextSeq": page.next_seq, "isFinished": page.is_finished })
}

pub(crate) fn groups(groups: &[GroupInfo]) -> Value {
    groups
        .iter()
        .map(|group| {
            json!({
                "groupID": group.group.as_str(),
                "groupType": group.kind.name(),
                "groupName": group.name,
                "owner": group.owner.as_ref().map(|user| user.as_str()).unwrap_or_default(),
                "memberCount": group.members,
                "role": group.role as u16,
            })
        })
        .collect()
}

pub(crate) fn members(members: &[GroupMember]) -> Value {
    members
        .iter()
        .map(|member| {
            json!({
                "userID": member.user.as_str(),
                "nickName": member.nick_name,
                "faceURL": member.face_url,
                "role": member.role as u16,
                "joinTime": seconds(member.joined_ms),
            })
        })
        .collect()
}

pub(crate) fn member_page(page: &GroupMemberPage) -> Value {
    json!({ "members": members(&page.members), "nextSeq": page.next_seq })
}

pub(crate) fn member_results(results: &[MemberResult]) -> Value {
    results
        .iter()
        .map(|one| {
            let result = match one.result {
                MemberOutcome::Done => "done",
                MemberOutcome::Failed => "failed",
                MemberOutcome::AlreadyMember => "alreadyMember",
            };
            json!({ "userID": one.user.as_str(), "result": result })
        })
        .collect()
}

pub(crate) fn profiles(profiles: &[Profile]) -> Value {
    profiles
        .iter()
        .map(|profile| {
            json!({ "userID": profile.user.as_str(), "nickName": profile.nick_name, "faceURL": profile.face_url })
        })
        .collect()
}

pub(crate) fn draw_state(state: DrawState) -> Value {
    match state {
        DrawState::Sending => json!({ "state": "sending" }),
        DrawState::Failed => json!({ "state": "failed" }),
        DrawState::Sent => json!({ "state": "sent" }),
        DrawState::ReadByPeer => json!({ "state": "readByPeer" }),
        DrawState::ReadBy { read, of } => json!({ "state": "readBy", "read": read, "of": of }),
        DrawState::AllRead => json!({ "state": "allRead" }),
        DrawState::Unavailable => json!({ "state": "unavailable" }),
    }
}

/// The fields of a JSON object that a call is given.
pub(crate) struct With<'a>(pub(crate) &'a Map<String, Value>);

impl With<'_> {
    pub(crate) fn text(&self, key: &str) -> Option<&str> {
        self.0.get(key).and_then(Value::as_str)
    }

    /// A text that is left out is empty.
    pub(crate) fn text_or_empty(&self, key: &str) -> &str {
        self.text(key).unwrap_or_default()
    }

    pub(crate) fn number(&self, key: &str) -> u64 {
        self.0.get(key).and_then(Value::as_u64).unwrap_or_default()
    }

    /// A number that the call takes as 32 bits.
    pub(crate) fn number32(&self, key: &str) -> Result<u32, String> {
        u32::try_from(self.number(key)).map_err(|_| format!("{key} is too large for its type"))
    }

    pub(crate) fn flag(&self, key: &str) -> bool {
        self.0.get(key).and_then(Value::as_bool).unwrap_or_default()
    }

    pub(crate) fn list(&self, key: &str) -> &[Value] {
        self.0.get(key).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
    }

    pub(crate) fn texts(&self, key: &str) -> Vec<&str> {
        self.list(key).iter().filter_map(Value::as_str).collect()
    }
}
