//! The documented calls: from a name and JSON parameters to the client's method, and from its answer back to JSON.

use super::convert::{self, Native, Natives, With};
use super::host::{Broken, Outcome};
use seenby_client::{Call, Client, HistoryQuery, ReadTracker, SendOptions, SpoolTarget};
use seenby_core::model::{
    Body, ConversationId, DrawState, Error, GroupId, GroupKind, MemberFilter, Message, MessageId, Priority, Role,
    UserId,
};
use seenby_core::session::{Answer, Command, MessageHandle};
use serde_json::{Map, Value, json};
use std::sync::LazyLock;
use std::time::Duration;

/// How long a call may take. The client's own timeout is shorter.
const CALL: Duration = Duration::from_secs(15);

/// Runs futures of the threads that tests run on.
pub(crate) static RUNTIME: LazyLock<tokio::runtime::Runtime> = LazyLock::new(|| {
    let mut builder = tokio::runtime::Builder::new_multi_thread();
    builder.worker_threads(1).enable_all().build().expect("the tests cannot do without a runtime")
});

/// One call on one device.
pub(crate) struct Caller<'a> {
    pub(crate) client: &'a Client,
    pub(crate) natives: &'a Natives,
    pub(crate) tracker: &'a mut Option<ReadTracker>,
}

fn outcome(result: Result<Value, Error>) -> Outcome {
    result.map_or_else(|error| Outcome::Refused(error.into(), None), Outcome::Answer)
}

pub(crate) fn wait<T: Send + 'static>(call: Call<T>) -> Result<Result<T, Error>, Broken> {
    // Inside the runtime: the timeout needs its timer.
    RUNTIME
        .block_on(async { tokio::time::timeout(CALL, call).await })
        .map_err(|_| format!("no answer came within {} s", CALL.as_secs()))
}

fn answer<T: Send + 'static>(call: Call<T>, convert: impl FnOnce(T) -> Value) -> Result<Outcome, Broken> {
    Ok(outcome(wait(call)?.map(convert)))
}

fn done(call: Call<()>) -> Result<Outcome, Broken> {
    answer(call, |()| Value::Null)
}

/// A place to find messages in: the documented call takes userID or groupID.
fn conversation(with: &With<'_>) -> Result<ConversationId, Error> {
    match (with.text_or_empty("userID"), with.text_or_empty("groupID")) {
        ("", "") => Err(Error::invalid("neither userID nor groupID is set; set one")),
        (user, "") => UserId::new(user).map(ConversationId::C2c),
        ("", group) => GroupId::new(group).map(ConversationId::Group),
        _ => Err(Error::invalid("userID and groupID are both set; set one")),
    }
}

fn kind(with: &With<'_>) -> Result<GroupKind, Broken> {
    let name = with.text_or_empty("groupType");
    GroupKind::from_name(name).ok_or_else(|| format!("{name:?} is no kind of group"))
}

impl Caller<'_> {
    fn handle(&self, value: &Value) -> Result<MessageHandle, Broken> {
        match self.natives.of(value) {
            Some(Native::Message(message)) => Ok(MessageHandle::from(&*message)),
            Some(Native::Handle(handle)) => Ok(handle),
            Some(Native::Receipt(_)) | None => Err(format!("{} is no message", super::values::shown(value))),
        }
    }

    fn handles(&self, with: &With<'_>, key: &str) -> Result<Vec<MessageHandle>, Broken> {
        with.list(key).iter().map(|value| self.handle(value)).collect()
    }

    fn one(&self, with: &With<'_>) -> Result<MessageHandle, Broken> {
        self.handle(with.0.get("message").unwrap_or(&Value::Null))
    }

    pub(crate) fn call(&mut self, name: &str, with: &Map<String, Value>) -> Result<Outcome, Broken> {
        let with = &With(with);
        let (client, natives) = (self.client, self.natives);
        match name {
            "login" => done(client.login(with.text_or_empty("user"), with.text_or_empty("userSig"))),
            "logout" => done(client.logout()),
            "unInit" => {
                client.shutdown();
                Ok(Outcome::Answer(Value::Null))
            }
            "getLoginUser" => {
                let user = client.login_user().map(|user| user.as_str().to_owned());
                Ok(Outcome::Answer(user.unwrap_or_default().into()))
            }
            "getServerTime" => Ok(Outcome::Answer(convert::seconds(client.server_time()).into())),
            "sendMessage" => self.send(with),
            "revokeMessage" => done(client.revoke_message(self.one(with)?)),
            "sendMessageReadReceipts" => done(client.send_message_read_receipts(self.handles(with, "messages")?)),
            "getMessageReadReceipts" => {
                let call = client.get_message_read_receipts(self.handles(with, "messages")?);
                answer(call, |receipts| natives.receipts(&receipts))
            }
            "getGroupMessageReadMemberList" => self.read_members(with),
            "markC2CMessageAsRead" => done(client.mark_c2c_message_as_read(with.text_or_empty("userID"))),
            "markGroupMessageAsRead" => done(client.mark_group_message_as_read(with.text_or_empty("groupID"))),
            "markAllMessageAsRead" => done(client.mark_all_message_as_read()),
            "cleanConversationUnreadMessageCount" => done(client.clean_conversation_unread_message_count(
                with.text_or_empty("conversationID"),
                with.number("cleanTimestamp"),
                with.number("cleanSequence"),
            )),
            "getHistoryMessageList" => self.history(with),
            "findMessages" => answer(client.find_messages(with.texts("msgIDs")), |found| natives.messages(&found)),
            "setReadReceiptsEnabled" => done(client.set_read_receipts_enabled(with.flag("enabled"))),
            "cachedReceipts" => {
                answer(client.cached_receipts(with.texts("msgIDs")), |receipts| natives.receipts(&receipts))
            }
            "messageReference" => {
                let sender = with.text("sender").filter(|sender| !sender.is_empty());
                let (conversation, id) = (with.text_or_empty("conversationID"), with.text_or_empty("msgID"));
                let reference = client.message_reference(conversation, id, sender);
                Ok(outcome(reference.map(|handle| natives.handle(handle))))
            }
            "drawState" => self.draw_state(with),
            "debugState" => serde_json::from_str(&client.debug_state())
                .map(Outcome::Answer)
                .map_err(|error| format!("debugState is no JSON: {error}")),
            "trackerVisible" | "trackerHidden" | "trackerForeground" => self.track(name, with),
            _ => self.groups_and_people(name, with),
        }
    }

    fn groups_and_people(&self, name: &str, with: &With<'_>) -> Result<Outcome, Broken> {
        let (client, natives, group) = (self.client, self.natives, with.text_or_empty("groupID"));
        match name {
            "createGroup" => {
                let (name, members) = (with.text_or_empty("groupName"), with.texts("members"));
                let call = client.create_group(kind(with)?, with.text("groupID"), name, members);
                answer(call, |group| group.as_str().into())
            }
            "joinGroup" => done(client.join_group(group)),
            "quitGroup" => done(client.quit_group(group)),
            "dismissGroup" => done(client.dismiss_group(group)),
            "inviteUserToGroup" => {
                answer(client.invite_user_to_group(group, with.texts("users")), |list| convert::member_results(&list))
            }
            "kickGroupMember" => {
                answer(client.kick_group_member(group, with.texts("users")), |list| convert::member_results(&list))
            }
            "setGroupMemberRole" => {
                let role = with.number32("role")?;
                let role = Role::from_number(role).ok_or_else(|| format!("{role} is no role"))?;
                done(client.set_group_member_role(group, with.text_or_empty("userID"), role))
            }
            "getJoinedGroupList" => answer(client.get_joined_group_list(), |list| convert::groups(&list)),
            "getGroupMemberList" => {
                let call = client.get_group_member_list(group, with.number("nextSeq"), with.number32("count")?);
                answer(call, |page| convert::member_page(&page))
            }
            "getGroupMembersInfo" => {
                answer(client.get_group_members_info(group, with.texts("users")), |list| convert::members(&list))
            }
            "getConversationList" => {
                let call = client.get_conversation_list(with.number("nextSeq"), with.number32("count")?);
                answer(call, |page| natives.conversations(&page))
            }
            "getConversation" => {
                let call = client.get_conversation(with.text_or_empty("conversationID"));
                answer(call, |info| natives.conversation(&info))
            }
            "getTotalUnreadMessageCount" => answer(client.get_total_unread_message_count(), Value::from),
            "setSelfInfo" => done(client.set_self_info(with.text("nickName"), with.text("faceURL"))),
            "getUsersInfo" => answer(client.get_users_info(with.texts("users")), |list| convert::profiles(&list)),
            other => Err(format!("the call {other} is not in the vocabulary")),
        }
    }

    fn send(&self, with: &With<'_>) -> Result<Outcome, Broken> {
        let given = with.0.get("message").unwrap_or(&Value::Null);
        let message = match self.natives.of(given) {
            Some(Native::Message(message)) => *message,
            Some(_) => return Err("only a message can be sent".into()),
            None => self.new_message(given)?,
        };
        let options = SendOptions {
            priority: match with.number("priority") {
                0 => Priority::Default,
                1 => Priority::High,
                2 => Priority::Normal,
                3 => Priority::Low,
                other => return Err(format!("{other} is no priority")),
            },
            online_user_only: with.flag("onlineUserOnly"),
        };
        let sending = self.client.send_message(message, with.text("receiver"), with.text("groupID"), options);
        let at_once = sending.message().clone();
        let result = RUNTIME
            .block_on(async { tokio::time::timeout(CALL, sending).await })
            .map_err(|_| format!("no answer came within {} s", CALL.as_secs()))?;
        match result {
            Ok(sent) if at_once.id.is_none() || sent.id != at_once.id => {
                Err(format!("sendMessage returned the id {:?} and ended with {:?}", at_once.id, sent.id))
            }
            Ok(sent) => Ok(Outcome::Answer(self.natives.message(&sent))),
            Err(error) => {
                let failed = Message { status: seenby_core::model::MessageStatus::SendFail, ..at_once };
                Ok(Outcome::Refused(error.into(), Some(self.natives.message(&failed))))
            }
        }
    }

    fn new_message(&self, given: &Value) -> Result<Message, Broken> {
        let fields = given.as_object().ok_or_else(|| format!("{given} is no message"))?;
        let fields = With(fields);
        let mut message = match fields.text("customData") {
            Some(data) => self.client.create_custom_message(data.as_bytes(), "", ""),
            None => self.client.create_text_message(fields.text_or_empty("text")),
        };
        if !matches!(&message.body, Body::Text(_) | Body::Custom { .. }) || message.id.is_some() {
            return Err("a new message has its body and no id".into());
        }
        message.need_read_receipt = fields.flag("needReadReceipt");
        message.is_excluded_from_unread_count = fields.flag("isExcludedFromUnreadCount");
        message.is_excluded_from_last_message = fields.flag("isExcludedFromLastMessage");
        if let Some(data) = fields.text("cloudCustomData") {
            message.cloud_custom_data = data.as_bytes().to_vec();
        }
        if let Some(id) = fields.text("msgID") {
            message.id = Some(MessageId::new(id).map_err(|error| error.to_string())?);
        }
        Ok(message)
    }

    fn read_members(&self, with: &With<'_>) -> Result<Outcome, Broken> {
        let (message, next_seq, count) = (self.one(with)?, with.number("nextSeq"), with.number32("count")?);
        let number = with.number32("filter")?;
        match MemberFilter::from_number(number) {
            Some(filter) => {
                let call = self.client.get_group_message_read_member_list(message, filter, next_seq, count);
                answer(call, |page| convert::read_members(&page))
            }
            // A number that Rust's type excludes: as the layers of other languages pass it on.
            None => {
                let (sender, receiver) = std::sync::mpsc::channel();
                let command = Command::GetReadMembers { message, filter: number, next_seq, count };
                self.client.call(command, move |result| drop(sender.send(result)));
                let result = receiver.recv_timeout(CALL).map_err(|_| "no answer came".to_owned())?;
                match result {
                    Ok(Answer::ReadMembers(page)) => Ok(Outcome::Answer(convert::read_members(&page))),
                    Ok(other) => Err(format!("an answer of another kind: {other:?}")),
                    Err(error) => Ok(Outcome::Refused(error.into(), None)),
                }
            }
        }
    }

    fn history(&self, with: &With<'_>) -> Result<Outcome, Broken> {
        let conversation = match conversation(with) {
            Ok(conversation) => conversation,
            Err(error) => return Ok(Outcome::Refused(error.into(), None)),
        };
        let query = HistoryQuery {
            conversation,
            newer: with.flag("newer"),
            count: with.number32("count")?,
            last_message: with.0.get("lastMsg").map(|message| self.handle(message)).transpose()?,
            from_seq: with.number("lastMsgSeq"),
            begin_s: with.number("getTimeBegin").cast_signed(),
            period_s: with.number("getTimePeriod").cast_signed(),
        };
        answer(self.client.get_history_message_list(query), |page| self.natives.messages(&page.messages))
    }

    fn draw_state(&self, with: &With<'_>) -> Result<Outcome, Broken> {
        let Some(Native::Message(message)) = with.0.get("message").and_then(|value| self.natives.of(value)) else {
            return Err("drawState takes a message".into());
        };
        let receipt = match with.0.get("receipt").map(|value| self.natives.of(value)) {
            None => None,
            Some(Some(Native::Receipt(receipt))) => Some(receipt),
            Some(_) => return Err("drawState takes a receipt".into()),
        };
        Ok(Outcome::Answer(convert::draw_state(DrawState::of(&message, receipt.as_deref()))))
    }

    fn track(&mut self, name: &str, with: &With<'_>) -> Result<Outcome, Broken> {
        let handles = self.handles(with, "messages")?;
        if self.tracker.is_none() {
            *self.tracker = Some(self.client.read_tracker(None).map_err(|error| error.to_string())?);
        }
        let tracker = self.tracker.as_ref().expect("it was just made");
        match name {
            "trackerVisible" => tracker.visible(handles),
            "trackerHidden" => tracker.hidden(handles),
            _ => tracker.foreground(with.flag("foreground")),
        }
        Ok(Outcome::Answer(Value::Null))
    }
}

/// `enqueueReceipts`: needs no client.
pub(crate) fn enqueue(natives: &Natives, target: &SpoolTarget, with: &Map<String, Value>) -> Result<Outcome, Broken> {
    let with = With(with);
    let mut handles = Vec::new();
    for value in with.list("messages") {
        match natives.of(value) {
            Some(Native::Message(message)) => handles.push(MessageHandle::from(&*message)),
            Some(Native::Handle(handle)) => handles.push(handle),
            _ => return Err(format!("{} is no message", super::values::shown(value))),
        }
    }
    for id in with.texts("msgIDs") {
        handles.push(MessageHandle::from(MessageId::new(id).map_err(|error| error.to_string())?));
    }
    Ok(outcome(Client::enqueue_receipts(target, handles).map(|()| json!(null))))
}
