//! The documented calls, under Rust names. Each begins at once and gives a [`Call`]; its parameters are checked before
//! anything is sent (6017), its refusals are the documented ones (SPEC.md §5).

use crate::call::Call;
use crate::client::{Client, done};
use seenby_core::model::{
    Body, ConversationId, ConversationInfo, GroupId, GroupInfo, GroupKind, GroupMember, MemberFilter, MemberOutcome,
    Message, MessageId, MessageReceipt, Profile, ReadMemberPage, Result, Role, UserId,
};
use seenby_core::session::{Answer, Command, HistoryQuery, MessageHandle};

/// A page of messages.
#[derive(Clone, Debug, PartialEq)]
pub struct MessagePage {
    /// In the order of the query: older ones newest first, newer ones oldest first.
    pub messages: Vec<Message>,
    /// There is nothing beyond.
    pub is_finished: bool,
}

/// A page of conversations, latest activity first.
#[derive(Clone, Debug, PartialEq)]
pub struct ConversationPage {
    /// The conversations.
    pub conversations: Vec<ConversationInfo>,
    /// What the next call passes; 0 when finished.
    pub next_seq: u64,
    /// Whether this was the last page.
    pub is_finished: bool,
}

/// A page of members.
#[derive(Clone, Debug, PartialEq)]
pub struct GroupMemberPage {
    /// The members, in the order of first joining.
    pub members: Vec<GroupMember>,
    /// What the next call passes; 0 when finished.
    pub next_seq: u64,
}

/// What became of one user of an invitation or a kick.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MemberResult {
    /// Who.
    pub user: UserId,
    /// What became of it.
    pub result: MemberOutcome,
}

fn users<'a>(users: impl IntoIterator<Item = &'a str>) -> Result<Vec<UserId>> {
    users.into_iter().map(UserId::new).collect()
}

fn messages(answer: Answer) -> Option<MessagePage> {
    match answer {
        Answer::Messages { messages, finished } => Some(MessagePage { messages, is_finished: finished }),
        _ => None,
    }
}

fn member_results(answer: Answer) -> Option<Vec<MemberResult>> {
    let Answer::MemberResults(results) = answer else { return None };
    Some(results.into_iter().map(|(user, result)| MemberResult { user, result }).collect())
}

macro_rules! answer {
    ($kind:ident) => {
        |answer| match answer {
            Answer::$kind(value) => Some(value),
            _ => None,
        }
    };
}

/// Messages.
impl Client {
    /// A text message, not sent yet. For receipts set [`Message::need_read_receipt`].
    pub fn create_text_message(&self, text: impl Into<String>) -> Message {
        Message::new(Body::Text(text.into()))
    }

    /// A message of the app's own making, not sent yet.
    pub fn create_custom_message(
        &self,
        data: impl Into<Vec<u8>>,
        description: impl Into<String>,
        extension: impl Into<String>,
    ) -> Message {
        Message::new(Body::Custom { data: data.into(), description: description.into(), extension: extension.into() })
    }

    /// Something to pass for a message that is not at hand (R19, ours): its conversation (`c2c_<peer>` or `group_<id>`),
    /// its id, and who sent it if that is known.
    pub fn message_reference(&self, conversation: &str, id: &str, sender: Option<&str>) -> Result<MessageHandle> {
        let sender = sender.map(UserId::new).transpose()?;
        let me = self.login_user();
        Ok(MessageHandle {
            conversation: Some(ConversationId::parse(conversation)?),
            id: Some(MessageId::new(id)?),
            seq: 0,
            is_self: sender.zip(me).map(|(sender, me)| sender == me),
            need_read_receipt: None,
        })
    }

    /// Something to pass for a message of which only the id is known (R23).
    pub fn message_id(&self, id: &str) -> Result<MessageHandle> {
        MessageId::new(id).map(MessageHandle::from)
    }

    /// Messages older or newer than a place in a conversation (R18): 1 to 100 a page.
    pub fn get_history_message_list(&self, query: HistoryQuery) -> Call<MessagePage> {
        self.request(Ok(Command::History(query)), messages)
    }

    /// The messages with these ids that the caller may see, in this order; the others are left out.
    pub fn find_messages<'a>(&self, ids: impl IntoIterator<Item = &'a str>) -> Call<Vec<Message>> {
        let ids: Result<_> = ids.into_iter().map(MessageId::new).collect();
        self.request(ids.map(|ids| Command::FindMessages { ids }), |answer| Some(messages(answer)?.messages))
    }

    /// Takes a message of one's own back, and with it its receipts (R32).
    pub fn revoke_message(&self, message: impl Into<MessageHandle>) -> Call<()> {
        self.request(Ok(Command::RecallMessage { message: message.into() }), done)
    }
}

/// Receipts.
impl Client {
    /// "I have read these" (R2). All of one conversation (R3), as many as one likes (R4); own ones and those without
    /// receipts are skipped. Succeeds when the receipts are durable: on the service, or, with the line down or slow, on
    /// this device, from where they go out by themselves (R16).
    pub fn send_message_read_receipts(&self, messages: impl IntoIterator<Item = impl Into<MessageHandle>>) -> Call<()> {
        let messages = messages.into_iter().map(Into::into).collect();
        self.request(Ok(Command::SendReadReceipts { messages }), done)
    }

    /// How far these messages of one's own have been read, in this order; those one may not see are left out (R10).
    pub fn get_message_read_receipts(
        &self,
        messages: impl IntoIterator<Item = impl Into<MessageHandle>>,
    ) -> Call<Vec<MessageReceipt>> {
        let messages = messages.into_iter().map(Into::into).collect();
        self.request(Ok(Command::GetReadReceipts { messages }), answer!(Receipts))
    }

    /// What this device remembers of these messages' receipts; works offline (R16, ours).
    pub fn cached_receipts<'a>(&self, ids: impl IntoIterator<Item = &'a str>) -> Call<Vec<MessageReceipt>> {
        let ids: Result<_> = ids.into_iter().map(MessageId::new).collect();
        self.request(ids.map(|ids| Command::CachedReceipts { ids }), answer!(Receipts))
    }

    /// Who has read a group message, or who has not (R11): `next_seq` 0 first, then what the last page gave; `count` 1 to
    /// 100.
    pub fn get_group_message_read_member_list(
        &self,
        message: impl Into<MessageHandle>,
        filter: MemberFilter,
        next_seq: u64,
        count: u32,
    ) -> Call<ReadMemberPage> {
        let command = Command::GetReadMembers { message: message.into(), filter: filter as u32, next_seq, count };
        self.request(Ok(command), answer!(ReadMembers))
    }

    /// Switches one's receipts off or on, for all of one's devices (R15, ours). Works offline.
    pub fn set_read_receipts_enabled(&self, enabled: bool) -> Call<()> {
        self.request(Ok(Command::SetReadReceiptsEnabled { enabled }), done)
    }

    /// Marks everything that this device has received from this user as read (R14). Makes no receipts.
    pub fn mark_c2c_message_as_read(&self, user: &str) -> Call<()> {
        let command = UserId::new(user).map(|user| Command::MarkAsRead { conversation: ConversationId::C2c(user) });
        self.request(command, done)
    }

    /// Marks everything that this device has received in this group as read (R14). Makes no receipts.
    pub fn mark_group_message_as_read(&self, group: &str) -> Call<()> {
        let command =
            GroupId::new(group).map(|group| Command::MarkAsRead { conversation: ConversationId::Group(group) });
        self.request(command, done)
    }

    /// Marks everything that this device has received as read (R14). Makes no receipts.
    pub fn mark_all_message_as_read(&self) -> Call<()> {
        self.request(Ok(Command::MarkAllAsRead), done)
    }

    /// Marks a conversation as read, or "c2c", "group" or "" for all of a kind or all; time (s) and sequence, where they
    /// are not 0, only lower what is marked (R14).
    pub fn clean_conversation_unread_message_count(
        &self,
        conversation: &str,
        clean_timestamp: u64,
        clean_sequence: u64,
    ) -> Call<()> {
        let command = Command::CleanUnread {
            conversation: conversation.to_owned(),
            timestamp_s: clean_timestamp,
            sequence: clean_sequence,
        };
        self.request(Ok(command), done)
    }
}

/// Groups (R25).
impl Client {
    /// Creates a group; `None`: with an id that the service makes. The caller owns it.
    pub fn create_group<'a>(
        &self,
        kind: GroupKind,
        group: Option<&str>,
        name: &str,
        members: impl IntoIterator<Item = &'a str>,
    ) -> Call<GroupId> {
        let command = || -> Result<Command> {
            let group = group.filter(|group| !group.is_empty()).map(GroupId::new).transpose()?;
            Ok(Command::CreateGroup { group, kind, name: name.to_owned(), members: users(members)? })
        };
        self.request(command(), answer!(Group))
    }

    /// Joins a group of a kind that anyone joins.
    pub fn join_group(&self, group: &str) -> Call<()> {
        self.request(GroupId::new(group).map(|group| Command::JoinGroup { group }), done)
    }

    /// Leaves a group.
    pub fn quit_group(&self, group: &str) -> Call<()> {
        self.request(GroupId::new(group).map(|group| Command::QuitGroup { group }), done)
    }

    /// Brings users into a Work group.
    pub fn invite_user_to_group<'a>(
        &self,
        group: &str,
        invited: impl IntoIterator<Item = &'a str>,
    ) -> Call<Vec<MemberResult>> {
        let command = || -> Result<Command> {
            Ok(Command::InviteToGroup { group: GroupId::new(group)?, users: users(invited)? })
        };
        self.request(command(), member_results)
    }

    /// Removes members.
    pub fn kick_group_member<'a>(
        &self,
        group: &str,
        members: impl IntoIterator<Item = &'a str>,
    ) -> Call<Vec<MemberResult>> {
        let command = || -> Result<Command> {
            Ok(Command::KickFromGroup { group: GroupId::new(group)?, users: users(members)? })
        };
        self.request(command(), member_results)
    }

    /// Makes a member an admin, or an admin a member.
    pub fn set_group_member_role(&self, group: &str, user: &str, role: Role) -> Call<()> {
        let command = || -> Result<Command> {
            Ok(Command::SetMemberRole { group: GroupId::new(group)?, user: UserId::new(user)?, role })
        };
        self.request(command(), done)
    }

    /// Ends a group of one's own.
    pub fn dismiss_group(&self, group: &str) -> Call<()> {
        self.request(GroupId::new(group).map(|group| Command::DismissGroup { group }), done)
    }

    /// The groups one is in.
    pub fn get_joined_group_list(&self) -> Call<Vec<GroupInfo>> {
        self.request(Ok(Command::JoinedGroups), answer!(Groups))
    }

    /// The members of a group: `next_seq` 0 first, then what the last page gave; `count` 1 to 100.
    pub fn get_group_member_list(&self, group: &str, next_seq: u64, count: u32) -> Call<GroupMemberPage> {
        let command = GroupId::new(group).map(|group| Command::GroupMembers { group, next_seq, count });
        self.request(command, |answer| match answer {
            Answer::GroupMembers { members, next_seq } => Some(GroupMemberPage { members, next_seq }),
            _ => None,
        })
    }

    /// These members of a group; who is none is left out.
    pub fn get_group_members_info<'a>(
        &self,
        group: &str,
        members: impl IntoIterator<Item = &'a str>,
    ) -> Call<Vec<GroupMember>> {
        let command = || -> Result<Command> {
            Ok(Command::GroupMembersById { group: GroupId::new(group)?, users: users(members)? })
        };
        self.request(command(), |answer| match answer {
            Answer::GroupMembers { members, .. } => Some(members),
            _ => None,
        })
    }
}

/// Conversations (R26) and people (R27).
impl Client {
    /// One's conversations, latest activity first: `next_seq` 0 first, then what the last page gave; `count` 1 to 100.
    pub fn get_conversation_list(&self, next_seq: u64, count: u32) -> Call<ConversationPage> {
        self.request(Ok(Command::Conversations { next_seq, count }), |answer| match answer {
            Answer::Conversations { conversations, next_seq, is_finished } => {
                Some(ConversationPage { conversations, next_seq, is_finished })
            }
            _ => None,
        })
    }

    /// One conversation, `c2c_<peer>` or `group_<id>`.
    pub fn get_conversation(&self, conversation: &str) -> Call<ConversationInfo> {
        let command = ConversationId::parse(conversation).map(|conversation| Command::Conversation { conversation });
        self.request(command, |answer| match answer {
            Answer::Conversation(conversation) => Some(*conversation),
            _ => None,
        })
    }

    /// How many messages are unread in all; readable before the line is up.
    pub fn get_total_unread_message_count(&self) -> Call<u64> {
        self.request(Ok(Command::TotalUnread), answer!(Count))
    }

    /// Sets one's nick name (at most 256 bytes) and face URL (at most 512); `None` leaves it.
    pub fn set_self_info(&self, nick_name: Option<&str>, face_url: Option<&str>) -> Call<()> {
        let command = Command::SetProfile { nick_name: nick_name.map(Into::into), face_url: face_url.map(Into::into) };
        self.request(Ok(command), done)
    }

    /// What these users say of themselves.
    pub fn get_users_info<'a>(&self, of: impl IntoIterator<Item = &'a str>) -> Call<Vec<Profile>> {
        self.request(users(of).map(|users| Command::GetProfiles { users }), answer!(Profiles))
    }
}
