//! Groups (R25).

use super::callback::Completion;
use super::client::SeenByClient;
use super::convert::{natural, natural32};
use seenby_client::{Command, GroupId, GroupKind, Result, Role, UserId};
use std::sync::Arc;

fn users(users: Vec<String>) -> Result<Vec<UserId>> {
    users.into_iter().map(UserId::new).collect()
}

#[uniffi::export]
impl SeenByClient {
    /// Creates a group; no id: the service makes one. `Answer::Text` with the id.
    pub fn create_group(
        &self,
        group_type: String,
        group_id: Option<String>,
        name: String,
        members: Vec<String>,
        completion: Option<Arc<dyn Completion>>,
    ) -> i64 {
        self.call(completion, |_| {
            let group = group_id.filter(|id| !id.is_empty()).map(GroupId::new).transpose()?;
            Ok(Command::CreateGroup { group, kind: GroupKind::parse(&group_type)?, name, members: users(members)? })
        })
    }

    /// Joins a group of a kind that anyone joins. `Answer::Done`.
    pub fn join_group(&self, group_id: String, completion: Option<Arc<dyn Completion>>) -> i64 {
        self.call(completion, |_| Ok(Command::JoinGroup { group: GroupId::new(group_id)? }))
    }

    /// Leaves a group. `Answer::Done`.
    pub fn quit_group(&self, group_id: String, completion: Option<Arc<dyn Completion>>) -> i64 {
        self.call(completion, |_| Ok(Command::QuitGroup { group: GroupId::new(group_id)? }))
    }

    /// Ends a group of one's own. `Answer::Done`.
    pub fn dismiss_group(&self, group_id: String, completion: Option<Arc<dyn Completion>>) -> i64 {
        self.call(completion, |_| Ok(Command::DismissGroup { group: GroupId::new(group_id)? }))
    }

    /// Brings users into a Work group. `Answer::MemberResults`.
    pub fn invite_to_group(
        &self,
        group_id: String,
        user_ids: Vec<String>,
        completion: Option<Arc<dyn Completion>>,
    ) -> i64 {
        self.call(completion, |_| {
            Ok(Command::InviteToGroup { group: GroupId::new(group_id)?, users: users(user_ids)? })
        })
    }

    /// Removes members. `Answer::MemberResults`.
    pub fn kick_from_group(
        &self,
        group_id: String,
        user_ids: Vec<String>,
        completion: Option<Arc<dyn Completion>>,
    ) -> i64 {
        self.call(completion, |_| {
            Ok(Command::KickFromGroup { group: GroupId::new(group_id)?, users: users(user_ids)? })
        })
    }

    /// Makes a member an admin, or an admin a member. `Answer::Done`.
    pub fn set_member_role(
        &self,
        group_id: String,
        user_id: String,
        role_number: i32,
        completion: Option<Arc<dyn Completion>>,
    ) -> i64 {
        self.call(completion, |_| {
            Ok(Command::SetMemberRole {
                group: GroupId::new(group_id)?,
                user: UserId::new(user_id)?,
                role: Role::parse(role_number.into())?,
            })
        })
    }

    /// The groups one is in. `Answer::Groups`.
    pub fn get_joined_groups(&self, completion: Option<Arc<dyn Completion>>) -> i64 {
        self.call(completion, |_| Ok(Command::JoinedGroups))
    }

    /// A page of members. `Answer::GroupMembers`.
    pub fn get_group_members(
        &self,
        group_id: String,
        next_seq: i64,
        count: i32,
        completion: Option<Arc<dyn Completion>>,
    ) -> i64 {
        self.call(completion, |_| {
            Ok(Command::GroupMembers {
                group: GroupId::new(group_id)?,
                next_seq: natural("nextSeq", next_seq)?,
                count: natural32("count", count)?,
            })
        })
    }

    /// These members. `Answer::GroupMembers`.
    pub fn get_group_members_info(
        &self,
        group_id: String,
        user_ids: Vec<String>,
        completion: Option<Arc<dyn Completion>>,
    ) -> i64 {
        self.call(completion, |_| {
            Ok(Command::GroupMembersById { group: GroupId::new(group_id)?, users: users(user_ids)? })
        })
    }
}
