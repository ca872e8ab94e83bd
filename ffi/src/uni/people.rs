//! Conversations (R26) and people (R27).

use super::callback::Completion;
use super::client::SeenByClient;
use super::convert::{natural, natural32};
use seenby_client::{Command, ConversationId, Error, UserId};
use std::sync::Arc;

#[uniffi::export]
impl SeenByClient {
    /// A page of one's conversations. `Answer::Conversations`.
    pub fn get_conversations(&self, next_seq: i64, count: i32, completion: Option<Arc<dyn Completion>>) -> i64 {
        self.call(completion, |_| {
            Ok(Command::Conversations { next_seq: natural("nextSeq", next_seq)?, count: natural32("count", count)? })
        })
    }

    /// One conversation. `Answer::OneConversation`.
    pub fn get_conversation(&self, conversation_id: String, completion: Option<Arc<dyn Completion>>) -> i64 {
        self.call(completion, |_| Ok(Command::Conversation { conversation: ConversationId::parse(&conversation_id)? }))
    }

    /// How many messages are unread in all. `Answer::Count`.
    pub fn get_total_unread(&self, completion: Option<Arc<dyn Completion>>) -> i64 {
        self.call(completion, |_| Ok(Command::TotalUnread))
    }

    /// Sets one's profile; `None` leaves it. `Answer::Done`.
    pub fn set_self_info(
        &self,
        nick_name: Option<String>,
        face_url: Option<String>,
        completion: Option<Arc<dyn Completion>>,
    ) -> i64 {
        self.call(completion, |_| match (&nick_name, &face_url) {
            (None, None) => Err(Error::invalid("neither nickName nor faceURL is set; set at least one")),
            _ => Ok(Command::SetProfile { nick_name, face_url }),
        })
    }

    /// What these users say of themselves. `Answer::Profiles`.
    pub fn get_users_info(&self, user_ids: Vec<String>, completion: Option<Arc<dyn Completion>>) -> i64 {
        self.call(completion, |_| {
            let users = user_ids.into_iter().map(UserId::new).collect::<Result<_, _>>()?;
            Ok(Command::GetProfiles { users })
        })
    }
}
