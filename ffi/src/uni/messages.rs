//! Messages: send, revoke, history, find; the states to draw.

use super::callback::{Completion, end};
use super::client::{SeenByClient, at_once};
use super::convert::{natural, natural32};
use super::types::{Body, DrawState, Failure, Message, MessageRef, OutgoingMessage};
use seenby_client as rust;
use seenby_client::{Client, Command, ConversationId, Error, HistoryQuery, MessageId, Priority, Result, SendOptions};
use std::sync::Arc;

/// A message that is being sent.
#[derive(Clone, Debug, uniffi::Record)]
pub struct Sending {
    /// As it stands now: with its id, unless it was refused at once (then its status says so).
    pub message: Message,
    /// What cancels the call.
    pub call: i64,
}

fn outgoing(message: OutgoingMessage) -> Result<(rust::Message, SendOptions)> {
    let options =
        SendOptions { priority: Priority::parse(message.priority.into())?, online_user_only: message.online_user_only };
    let mut made = rust::Message::new(match message.body {
        Body::Nothing => rust::Body::None,
        Body::Text { text } => rust::Body::Text(text),
        Body::Custom { data, description, extension } => rust::Body::Custom { data, description, extension },
    });
    made.id = message.msg_id.filter(|id| !id.is_empty()).map(MessageId::new).transpose()?;
    made.need_read_receipt = message.need_read_receipt;
    made.is_excluded_from_unread_count = message.is_excluded_from_unread_count;
    made.is_excluded_from_last_message = message.is_excluded_from_last_message;
    made.cloud_custom_data = message.cloud_custom_data;
    Ok((made, options))
}

/// The message as it was given, refused at once: what the caller set on it stays, so that it can be sent again.
fn refused(message: &OutgoingMessage) -> Message {
    let body = match &message.body {
        Body::Nothing => rust::Body::None,
        Body::Text { text } => rust::Body::Text(text.clone()),
        Body::Custom { data, description, extension } => {
            rust::Body::Custom { data: data.clone(), description: description.clone(), extension: extension.clone() }
        }
    };
    let mut made = rust::Message::new(body);
    made.status = rust::MessageStatus::SendFail;
    made.id = message.msg_id.as_ref().and_then(|id| MessageId::new(id.as_str()).ok());
    made.need_read_receipt = message.need_read_receipt;
    made.is_excluded_from_unread_count = message.is_excluded_from_unread_count;
    made.is_excluded_from_last_message = message.is_excluded_from_last_message;
    made.cloud_custom_data.clone_from(&message.cloud_custom_data);
    made.into()
}

/// A page of history (R18): the documented V2TIMMessageListGetOption.
#[derive(Clone, Debug, uniffi::Record)]
pub struct History {
    /// The peer; exactly one of this and `group_id` is set.
    pub user_id: Option<String>,
    /// The group.
    pub group_id: Option<String>,
    /// Newer than the anchor, else older.
    pub newer: bool,
    /// 1 to 100.
    pub count: i32,
    /// Begin beside this message, without it.
    pub last_msg: Option<MessageRef>,
    /// Begin at this seq, with it; 0: from the end.
    pub last_msg_seq: i64,
    /// In seconds; 0: now.
    pub time_begin_s: i64,
    /// In seconds; 0: unbounded.
    pub time_period_s: i64,
}

pub(super) fn ids(ids: Vec<String>) -> Result<Vec<MessageId>> {
    ids.into_iter().map(MessageId::new).collect()
}

#[uniffi::export]
impl SeenByClient {
    /// Sends a message to a user or a group. `Answer::OneMessage`.
    pub fn send_message(
        &self,
        message: OutgoingMessage,
        receiver: Option<String>,
        group_id: Option<String>,
        completion: Option<Arc<dyn Completion>>,
    ) -> Sending {
        let client = match self.client() {
            Ok(client) => client,
            Err(error) => {
                Client::refuse(error, end(completion));
                return Sending { message: refused(&message), call: 0 };
            }
        };
        match outgoing(message.clone()) {
            Ok((made, options)) => {
                let end = end(completion);
                let (message, call) =
                    client.send_message_with(made, receiver.as_deref(), group_id.as_deref(), options, end);
                Sending { message: message.into(), call: super::convert::signed(call.0) }
            }
            Err(error) => {
                let call = client.call_checked(Err(error), end(completion));
                Sending { message: refused(&message), call: super::convert::signed(call.0) }
            }
        }
    }

    /// Takes a message of one's own back (R32). `Answer::Done`.
    pub fn revoke_message(&self, message: MessageRef, completion: Option<Arc<dyn Completion>>) -> i64 {
        self.call(completion, |client| Ok(Command::RecallMessage { message: Self::handle(client, message)? }))
    }

    /// A page of history. `Answer::Messages`.
    pub fn get_history(&self, query: History, completion: Option<Arc<dyn Completion>>) -> i64 {
        self.call(completion, |client| {
            Ok(Command::History(HistoryQuery {
                conversation: ConversationId::of(query.user_id.as_deref(), query.group_id.as_deref())?,
                newer: query.newer,
                count: natural32("count", query.count)?,
                last_message: query.last_msg.map(|message| Self::handle(client, message)).transpose()?,
                from_seq: natural("lastMsgSeq", query.last_msg_seq)?,
                begin_s: query.time_begin_s,
                period_s: query.time_period_s,
            }))
        })
    }

    /// The messages with these ids. `Answer::Messages`.
    pub fn find_messages(&self, msg_ids: Vec<String>, completion: Option<Arc<dyn Completion>>) -> i64 {
        self.call(completion, |_| Ok(Command::FindMessages { ids: ids(msg_ids)? }))
    }
}

/// What a summary says, as far as drawing needs it.
#[derive(Clone, Debug, uniffi::Record)]
pub struct DrawReceipt {
    /// It is of a group message.
    pub is_group: bool,
    /// One to one: the peer has read it.
    pub is_peer_read: bool,
    /// Groups: how many have read it.
    pub read_count: i64,
    /// Groups: how many have not.
    pub unread_count: i64,
}

/// What to draw beside a message of one's own (R31).
#[uniffi::export]
pub fn draw_state(
    status: i32,
    is_self: bool,
    need_read_receipt: bool,
    receipt: Option<DrawReceipt>,
) -> std::result::Result<DrawState, Failure> {
    at_once(|| {
        let mut message = rust::Message::new(rust::Body::None);
        message.status = rust::MessageStatus::parse(status.into())?;
        (message.is_self, message.need_read_receipt) = (is_self, need_read_receipt);
        let small = |what: &str, number: i64| {
            u32::try_from(number)
                .map_err(|_| Error::invalid(format!("{what} is {number}; it must be a count of 32 bits")))
        };
        let receipt = receipt
            .map(|receipt| -> Result<rust::MessageReceipt> {
                // Of whom it is does not matter here; only of which kind.
                let conversation = if receipt.is_group { "group_g" } else { "c2c_u" };
                Ok(rust::MessageReceipt {
                    message: None,
                    conversation: ConversationId::parse(conversation)?,
                    seq: 0,
                    is_peer_read: receipt.is_peer_read,
                    time_ms: 0,
                    read_count: small("readCount", receipt.read_count)?,
                    unread_count: small("unreadCount", receipt.unread_count)?,
                    readers: Vec::new(),
                    more_readers: false,
                    position: 0,
                })
            })
            .transpose()?;
        Ok(rust::DrawState::of(&message, receipt.as_ref()).into())
    })
}
