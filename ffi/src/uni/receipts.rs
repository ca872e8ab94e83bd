//! Receipts and marks.

use super::callback::Completion;
use super::client::{SeenByClient, at_once};
use super::convert::{natural, natural32};
use super::messages::ids;
use super::types::{Failure, MessageRef};
use seenby_client::{Client, Command, ConversationId, Error, GroupId, MessageHandle, MessageId, SpoolTarget, UserId};
use std::sync::Arc;

#[uniffi::export]
impl SeenByClient {
    /// "I have read these" (R2). `Answer::Done`.
    pub fn send_read_receipts(&self, messages: Vec<MessageRef>, completion: Option<Arc<dyn Completion>>) -> i64 {
        self.call(completion, |client| Ok(Command::SendReadReceipts { messages: Self::handles(client, messages)? }))
    }

    /// How far one's own messages have been read (R10). `Answer::Receipts`.
    pub fn get_read_receipts(&self, messages: Vec<MessageRef>, completion: Option<Arc<dyn Completion>>) -> i64 {
        self.call(completion, |client| Ok(Command::GetReadReceipts { messages: Self::handles(client, messages)? }))
    }

    /// What this device remembers of receipts (R16). `Answer::Receipts`.
    pub fn cached_receipts(&self, msg_ids: Vec<String>, completion: Option<Arc<dyn Completion>>) -> i64 {
        self.call(completion, |_| Ok(Command::CachedReceipts { ids: ids(msg_ids)? }))
    }

    /// Who has read a message, or who has not (R11). `Answer::ReadMembers`.
    pub fn get_read_members(
        &self,
        message: MessageRef,
        filter: i32,
        next_seq: i64,
        count: i32,
        completion: Option<Arc<dyn Completion>>,
    ) -> i64 {
        self.call(completion, |client| {
            Ok(Command::GetReadMembers {
                message: Self::handle(client, message)?,
                filter: natural32("filter", filter)?,
                next_seq: natural("nextSeq", next_seq)?,
                count: natural32("count", count)?,
            })
        })
    }

    /// Switches one's receipts off or on (R15). `Answer::Done`.
    pub fn set_read_receipts_enabled(&self, enabled: bool, completion: Option<Arc<dyn Completion>>) -> i64 {
        self.call(completion, |_| Ok(Command::SetReadReceiptsEnabled { enabled }))
    }

    /// Marks everything received from this user as read (R14). `Answer::Done`.
    pub fn mark_c2c_as_read(&self, user_id: String, completion: Option<Arc<dyn Completion>>) -> i64 {
        self.call(completion, |_| Ok(Command::MarkAsRead { conversation: ConversationId::C2c(UserId::new(user_id)?) }))
    }

    /// Marks everything received in this group as read (R14). `Answer::Done`.
    pub fn mark_group_as_read(&self, group_id: String, completion: Option<Arc<dyn Completion>>) -> i64 {
        self.call(completion, |_| {
            Ok(Command::MarkAsRead { conversation: ConversationId::Group(GroupId::new(group_id)?) })
        })
    }

    /// Marks everything as read (R14). `Answer::Done`.
    pub fn mark_all_as_read(&self, completion: Option<Arc<dyn Completion>>) -> i64 {
        self.call(completion, |_| Ok(Command::MarkAllAsRead))
    }

    /// The documented cleanConversationUnreadMessageCount (R14). `Answer::Done`.
    pub fn clean_unread(
        &self,
        conversation_id: String,
        timestamp_s: i64,
        sequence: i64,
        completion: Option<Arc<dyn Completion>>,
    ) -> i64 {
        self.call(completion, |_| {
            Ok(Command::CleanUnread {
                conversation: conversation_id,
                timestamp_s: natural("cleanTimestamp", timestamp_s)?,
                sequence: natural("cleanSequence", sequence)?,
            })
        })
    }
}

/// What is known of a message, without a client.
fn reference(message: MessageRef) -> seenby_client::Result<MessageHandle> {
    let of = |text: Option<String>| text.filter(|text| !text.is_empty());
    Ok(MessageHandle {
        conversation: of(message.conversation_id).map(|id| ConversationId::parse(&id)).transpose()?,
        id: of(message.msg_id).map(MessageId::new).transpose()?,
        seq: natural("seq", message.seq)?,
        is_self: message.is_self,
        need_read_receipt: message.need_read_receipt,
    })
}

/// Whether a reference made by hand names a message: an id, and texts within their limits (R19, R23). The calls that take
/// references check them too; this tells at once.
#[uniffi::export]
pub fn check_message_ref(message: MessageRef) -> Result<(), Failure> {
    at_once(|| {
        let sender = message.sender.clone().filter(|sender| !sender.is_empty());
        sender.map(UserId::new).transpose()?;
        // Calls may be about a message that was never sent, so only here it must have an id.
        reference(message)?.id.map_or_else(|| MessageId::new("").map(drop), |_| Ok(()))
    })
}

/// Leaves receipts on the disk for the next client of this user in this data folder (R16): for a notification action, in any
/// process. On the disk when this returns.
#[uniffi::export]
pub fn enqueue_receipts(
    server: Option<String>,
    app: i64,
    data_dir: Option<String>,
    user_id: String,
    messages: Vec<MessageRef>,
) -> Result<(), Failure> {
    at_once(|| {
        let app = u32::try_from(app).map_err(|_| {
            Error::invalid(format!("the app (sdkAppID) is {app}; it must be a number of 32 bits, without a sign"))
        })?;
        let messages: Vec<_> = messages.into_iter().map(reference).collect::<seenby_client::Result<_>>()?;
        let target = SpoolTarget { server, app, user: user_id, data_dir: data_dir.map(Into::into) };
        Client::enqueue_receipts(&target, messages)
    })
}
