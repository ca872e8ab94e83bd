//! Groups and who is in them (R25).

use super::input;
use super::outcome::{self, Ending, part, with_error};
use super::types::*;
use super::view::Views;
use bumpalo::Bump;
use seenby_client::{Answer, Command, GroupId, GroupKind, Result, Role, UserId};
use std::ffi::c_void;

impl Ending for seenby_text_fn {
    fn end(self, user_data: *mut c_void, result: Result<Answer>) {
        let Some(callback) = self else { return };
        let group = part(result, |answer| match answer {
            Answer::Group(group) => Some(group),
            _ => None,
        });
        let bump = Bump::new();
        let views = Views::new(&bump);
        with_error(&views, group, |error, group| {
            let text = views.text(group.as_ref().map(GroupId::as_str).unwrap_or_default());
            // SAFETY: the host's function, with what it was given to be called with.
            unsafe { callback(user_data, error, text) }
        });
    }
}

impl Ending for seenby_groups_fn {
    fn end(self, user_data: *mut c_void, result: Result<Answer>) {
        let Some(callback) = self else { return };
        let groups = part(result, |answer| match answer {
            Answer::Groups(groups) => Some(groups),
            _ => None,
        });
        let bump = Bump::new();
        let views = Views::new(&bump);
        with_error(&views, groups, |error, groups| {
            let groups = groups.unwrap_or_default();
            let list = views.list(&groups, |views, group| views.group(group));
            // SAFETY: the host's function, with what it was given to be called with.
            unsafe { callback(user_data, error, list, groups.len()) }
        });
    }
}

impl Ending for seenby_group_members_fn {
    fn end(self, user_data: *mut c_void, result: Result<Answer>) {
        let Some(callback) = self else { return };
        let page = part(result, |answer| match answer {
            Answer::GroupMembers { members, next_seq } => Some((members, next_seq)),
            _ => None,
        });
        let bump = Bump::new();
        let views = Views::new(&bump);
        with_error(&views, page, |error, page| {
            let (members, next_seq) = page.unwrap_or_default();
            let list = views.list(&members, |views, member| views.group_member(member));
            // SAFETY: the host's function, with what it was given to be called with.
            unsafe { callback(user_data, error, list, members.len(), next_seq) }
        });
    }
}

impl Ending for seenby_member_results_fn {
    fn end(self, user_data: *mut c_void, result: Result<Answer>) {
        let Some(callback) = self else { return };
        let results = part(result, |answer| match answer {
            Answer::MemberResults(results) => Some(results),
            _ => None,
        });
        let bump = Bump::new();
        let views = Views::new(&bump);
        with_error(&views, results, |error, results| {
            let results = results.unwrap_or_default();
            let list = views.list(&results, |views, (user, outcome)| views.member_result(user, *outcome));
            // SAFETY: the host's function, with what it was given to be called with.
            unsafe { callback(user_data, error, list, results.len()) }
        });
    }
}

/// The id of a group.
///
/// # Safety
/// As [`input::text`].
unsafe fn group(group_id: seenby_str_t) -> Result<GroupId> {
    // SAFETY: passed on.
    GroupId::new(unsafe { input::text("group id", group_id) }?)
}

/// Creates a group, which the caller owns: the documented createGroup (R25).
///
/// @param client     The client.
/// @param group_type "Work" (members invite), "Public" (anyone joins), "Meeting" (anyone joins and sees what was before),
///                   "Community" or "AVChatRoom" (never with receipts, R8).
/// @param group_id   Its id, 1 to 64 bytes. Not set: the service makes one.
/// @param name       Its name, at most 256 bytes; may be empty.
/// @param members    Who is in it from the beginning, besides the caller. Borrowed for the call; NULL with 0: nobody.
/// @param count      How many.
/// @param user_data  Passed to `callback`, then to `destroy`.
/// @param callback   Comes with the group's id.
/// @param destroy    Frees `user_data`.
/// @return The call, for seenby_cancel.
///
/// Errors: 6012 no answer in time; 6014 nobody is logged in; 6017 a wrong type, id or name; 9508 the line is down; 10004 the
/// id is in use.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn seenby_create_group(
    client: *mut seenby_client_t,
    group_type: seenby_str_t,
    group_id: seenby_str_t,
    name: seenby_str_t,
    members: *const seenby_str_t,
    count: usize,
    user_data: *mut c_void,
    callback: seenby_text_fn,
    destroy: seenby_destroy_fn,
) -> seenby_call_t {
    outcome::call(client, (user_data, callback, destroy), |_| {
        // SAFETY: the caller says that the texts and the list are there for the call.
        let (kind, group, name, members) = unsafe {
            (
                GroupKind::parse(input::text("group type", group_type)?)?,
                input::optional("group id", group_id)?.map(GroupId::new).transpose()?,
                input::text("group name", name)?.to_owned(),
                input::users("members", members, count)?,
            )
        };
        Ok(Command::CreateGroup { group, kind, name, members })
    })
}

/// Joins a group of a type that anyone joins: the documented joinGroup (R25).
///
/// @param client    The client.
/// @param group_id  The group.
/// @param user_data Passed to `callback`, then to `destroy`.
/// @param callback  Comes when it is done.
/// @param destroy   Frees `user_data`.
/// @return The call, for seenby_cancel.
///
/// Errors: 6012 no answer in time; 6014 nobody is logged in; 6017 a wrong id; 9508 the line is down; 10007 a Work group;
/// 10010 there is no such group.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn seenby_join_group(
    client: *mut seenby_client_t,
    group_id: seenby_str_t,
    user_data: *mut c_void,
    callback: seenby_done_fn,
    destroy: seenby_destroy_fn,
) -> seenby_call_t {
    outcome::call(client, (user_data, callback, destroy), |_| {
        // SAFETY: the caller says that the text is there for the call.
        Ok(Command::JoinGroup { group: unsafe { group(group_id) }? })
    })
}

/// Leaves a group: the documented quitGroup (R25).
///
/// @param client    The client.
/// @param group_id  The group.
/// @param user_data Passed to `callback`, then to `destroy`.
/// @param callback  Comes when it is done.
/// @param destroy   Frees `user_data`.
/// @return The call, for seenby_cancel.
///
/// Errors: 6012 no answer in time; 6014 nobody is logged in; 6017 a wrong id; 9508 the line is down; 10007 not a member, or
/// the owner, who dismisses it; 10010 there is no such group.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn seenby_quit_group(
    client: *mut seenby_client_t,
    group_id: seenby_str_t,
    user_data: *mut c_void,
    callback: seenby_done_fn,
    destroy: seenby_destroy_fn,
) -> seenby_call_t {
    outcome::call(client, (user_data, callback, destroy), |_| {
        // SAFETY: the caller says that the text is there for the call.
        Ok(Command::QuitGroup { group: unsafe { group(group_id) }? })
    })
}

/// Ends a group of one's own: the documented dismissGroup (R25). Its members hear of it by `on_group_changed`.
///
/// @param client    The client.
/// @param group_id  The group.
/// @param user_data Passed to `callback`, then to `destroy`.
/// @param callback  Comes when it is done.
/// @param destroy   Frees `user_data`.
/// @return The call, for seenby_cancel.
///
/// Errors: 6012 no answer in time; 6014 nobody is logged in; 6017 a wrong id; 9508 the line is down; 10007 not the owner;
/// 10010 there is no such group.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn seenby_dismiss_group(
    client: *mut seenby_client_t,
    group_id: seenby_str_t,
    user_data: *mut c_void,
    callback: seenby_done_fn,
    destroy: seenby_destroy_fn,
) -> seenby_call_t {
    outcome::call(client, (user_data, callback, destroy), |_| {
        // SAFETY: the caller says that the text is there for the call.
        Ok(Command::DismissGroup { group: unsafe { group(group_id) }? })
    })
}

/// Brings users into a Work group: the documented inviteUserToGroup (R25).
///
/// @param client    The client.
/// @param group_id  The group.
/// @param users     Whom. Borrowed for the call.
/// @param count     How many; at least 1.
/// @param user_data Passed to `callback`, then to `destroy`.
/// @param callback  Comes with what became of each.
/// @param destroy   Frees `user_data`.
/// @return The call, for seenby_cancel.
///
/// Errors: 6012 no answer in time; 6014 nobody is logged in; 6017 an empty list, a wrong id; 9508 the line is down; 10007 not
/// a member, or not a Work group; 10010 there is no such group.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn seenby_invite_user_to_group(
    client: *mut seenby_client_t,
    group_id: seenby_str_t,
    users: *const seenby_str_t,
    count: usize,
    user_data: *mut c_void,
    callback: seenby_member_results_fn,
    destroy: seenby_destroy_fn,
) -> seenby_call_t {
    outcome::call(client, (user_data, callback, destroy), |_| {
        // SAFETY: the caller says that the text and the list are there for the call.
        let (group, users) = unsafe { (group(group_id)?, input::users("users", users, count)?) };
        Ok(Command::InviteToGroup { group, users })
    })
}

/// Removes members: the documented kickGroupMember (R25). Owners and admins may.
///
/// @param client    The client.
/// @param group_id  The group.
/// @param users     Whom. Borrowed for the call.
/// @param count     How many; at least 1.
/// @param user_data Passed to `callback`, then to `destroy`.
/// @param callback  Comes with what became of each.
/// @param destroy   Frees `user_data`.
/// @return The call, for seenby_cancel.
///
/// Errors: 6012 no answer in time; 6014 nobody is logged in; 6017 an empty list, a wrong id; 9508 the line is down; 10007 not
/// entitled; 10010 there is no such group.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn seenby_kick_group_member(
    client: *mut seenby_client_t,
    group_id: seenby_str_t,
    users: *const seenby_str_t,
    count: usize,
    user_data: *mut c_void,
    callback: seenby_member_results_fn,
    destroy: seenby_destroy_fn,
) -> seenby_call_t {
    outcome::call(client, (user_data, callback, destroy), |_| {
        // SAFETY: the caller says that the text and the list are there for the call.
        let (group, users) = unsafe { (group(group_id)?, input::users("users", users, count)?) };
        Ok(Command::KickFromGroup { group, users })
    })
}

/// Makes a member an admin, or an admin a member: the documented setGroupMemberRole (R25). The owner may.
///
/// @param client    The client.
/// @param group_id  The group.
/// @param user_id   Whose role.
/// @param role      SEENBY_ROLE_MEMBER or SEENBY_ROLE_ADMIN.
/// @param user_data Passed to `callback`, then to `destroy`.
/// @param callback  Comes when it is done.
/// @param destroy   Frees `user_data`.
/// @return The call, for seenby_cancel.
///
/// Errors: 6012 no answer in time; 6014 nobody is logged in; 6017 a wrong id or role; 9508 the line is down; 10007 not the
/// owner; 10010 there is no such group.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn seenby_set_group_member_role(
    client: *mut seenby_client_t,
    group_id: seenby_str_t,
    user_id: seenby_str_t,
    role: i32,
    user_data: *mut c_void,
    callback: seenby_done_fn,
    destroy: seenby_destroy_fn,
) -> seenby_call_t {
    outcome::call(client, (user_data, callback, destroy), |_| {
        // SAFETY: the caller says that the texts are there for the call.
        let (group, user) = unsafe { (group(group_id)?, UserId::new(input::text("user id", user_id)?)?) };
        Ok(Command::SetMemberRole { group, user, role: Role::parse(role.into())? })
    })
}

/// The groups one is in: the documented getJoinedGroupList (R25).
///
/// @param client    The client.
/// @param user_data Passed to `callback`, then to `destroy`.
/// @param callback  Comes with the groups.
/// @param destroy   Frees `user_data`.
/// @return The call, for seenby_cancel.
///
/// Errors: 6012 no answer in time; 6014 nobody is logged in; 9508 the line is down.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn seenby_get_joined_group_list(
    client: *mut seenby_client_t,
    user_data: *mut c_void,
    callback: seenby_groups_fn,
    destroy: seenby_destroy_fn,
) -> seenby_call_t {
    outcome::call(client, (user_data, callback, destroy), |_| Ok(Command::JoinedGroups))
}

/// The members of a group, in the order of first joining: the documented getGroupMemberList (R25).
///
/// @param client    The client.
/// @param group_id  The group.
/// @param next_seq  0 for the first page, then what the last page gave.
/// @param count     At most this many, 1 to 100.
/// @param user_data Passed to `callback`, then to `destroy`.
/// @param callback  Comes with the page.
/// @param destroy   Frees `user_data`.
/// @return The call, for seenby_cancel.
///
/// Errors: 6012 no answer in time; 6014 nobody is logged in; 6017 a wrong id, count or place; 9508 the line is down; 10007
/// not a member; 10010 there is no such group.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn seenby_get_group_member_list(
    client: *mut seenby_client_t,
    group_id: seenby_str_t,
    next_seq: u64,
    count: u32,
    user_data: *mut c_void,
    callback: seenby_group_members_fn,
    destroy: seenby_destroy_fn,
) -> seenby_call_t {
    outcome::call(client, (user_data, callback, destroy), |_| {
        // SAFETY: the caller says that the text is there for the call.
        Ok(Command::GroupMembers { group: unsafe { group(group_id) }?, next_seq, count })
    })
}

/// These members of a group: the documented getGroupMembersInfo (R25). Who is none is left out.
///
/// @param client    The client.
/// @param group_id  The group.
/// @param users     Whom. Borrowed for the call.
/// @param count     How many; at least 1.
/// @param user_data Passed to `callback`, then to `destroy`.
/// @param callback  Comes with the members; `next_seq` is 0.
/// @param destroy   Frees `user_data`.
/// @return The call, for seenby_cancel.
///
/// Errors: 6012 no answer in time; 6014 nobody is logged in; 6017 an empty list, a wrong id; 9508 the line is down; 10007 not
/// a member; 10010 there is no such group.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn seenby_get_group_members_info(
    client: *mut seenby_client_t,
    group_id: seenby_str_t,
    users: *const seenby_str_t,
    count: usize,
    user_data: *mut c_void,
    callback: seenby_group_members_fn,
    destroy: seenby_destroy_fn,
) -> seenby_call_t {
    outcome::call(client, (user_data, callback, destroy), |_| {
        // SAFETY: the caller says that the text and the list are there for the call.
        let (group, users) = unsafe { (group(group_id)?, input::users("users", users, count)?) };
        Ok(Command::GroupMembersById { group, users })
    })
}
