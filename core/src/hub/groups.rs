//! Groups and their members (R25).

use super::book::{ConvIdx, Place};
use super::build::Room;
use super::history::too_many;
use super::hub::Hub;
use super::log_key::LogName;
use super::messages::{group_missing, no_member};
use super::proposals::{Asker, Then};
use super::{Effect, Record};
use crate::ledger::journal::{Created, Dismissed, Joined, Left, RoleSet, event};
use crate::model::{
    ConvKey, ConversationId, Error, ErrorCode, GroupId, GroupKind, Ordinal, Result, Role, UserId, limits,
};
use crate::wire::{self, frame};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest as _, Sha256};
use std::collections::BTreeSet;

/// What a group takes in a frame, at most, beside its texts.
const GROUP_OVERHEAD: usize = 64;
/// A group, and the caller's ordinal and whether it is a member now, if it ever was.
type GroupPlace = (ConversationId, ConvIdx, Option<(Ordinal, bool)>);
/// What MemberResults say of each user.
const DONE: u32 = 0;
const FAILED: u32 = 1;
const ALREADY: u32 = 2;

impl Hub {
    pub(super) fn create_group(
        &mut self,
        asker: Asker,
        create: wire::CreateGroup,
        out: &mut Vec<Effect>,
    ) -> Result<()> {
        let Some(kind) = GroupKind::from_number(create.kind) else {
            return Err(Error::invalid(format!(
                "the group kind is {}; it must be 1 (Work), 2 (Public), 3 (Meeting), 4 (Community) or 5 (AVChatRoom)",
                create.kind
            )));
        };
        if create.name.len() > limits::GROUP_NAME_BYTES {
            return Err(Error::invalid(format!(
                "the group name has {} bytes; at most {} are allowed",
                create.name.len(),
                limits::GROUP_NAME_BYTES
            )));
        }
        let group = if create.group.is_empty() { self.make_group_id() } else { GroupId::new(&create.group)? };
        let creator = self.book.users[asker.user as usize].id.clone();
        let mut members = BTreeSet::new();
        for user in &create.members {
            let user = UserId::new(user)?;
            if user != creator {
                members.insert(user);
            }
        }
        if members.len() >= self.config.limits.group_members {
            return Err(too_many("members", members.len() + 1, self.config.limits.group_members));
        }
        if let Some(waiting) = self.creating.get_mut(&group) {
            // Another creation of this id is under way: what comes of it decides. Few can wait; the rest comes again.
            if waiting.len() >= 64 {
                return Err(Error::too_frequent(format!("the group {group:?} is being created"), 100));
            }
            let body = Some(wire::request::Body::CreateGroup(create));
            waiting.push((asker.conn, wire::Request { id: asker.request, seen: 0, body }));
            return Ok(());
        }
        if let Some(conv) = self.book.group(group.as_str()) {
            let fold = &self.book.conv(conv).fold;
            if fold.is_dismissed() || fold.creator() != Some(&creator) || fold.kind() != Some(kind) {
                return Err(Error::new(
                    ErrorCode::Conflict,
                    format!("the group id {group:?} is in use; use another one"),
                ));
            }
            let created = wire::GroupCreated { group: group.as_str().to_owned() };
            self.reply(asker.conn, asker.request, frame::Body::GroupCreated(created), out);
            return Ok(());
        }
        let name = LogName::Conversation(&ConvKey::Group(group.clone()), 0);
        let log = Self::log_key(&self.config.secret, self.config.app, &name);
        let created = Created {
            kind: kind as u32,
            name: create.name,
            creator: creator.as_str().to_owned(),
            group: group.as_str().to_owned(),
        };
        // The creator is the owner; those it names come in with it, in its order.
        let mut users = vec![creator.as_str().to_owned()];
        for user in create.members {
            if members.remove(user.as_str()) {
                users.push(user);
            }
        }
        let joined = Joined { users, role: Role::Owner as u32, ..Joined::default() };
        let bodies = [event::Body::Created(created), event::Body::Joined(joined)];
        let records = bodies.into_iter().map(|body| Record { log, event: self.event(body), body: None }).collect();
        self.creating.insert(group.clone(), Vec::new());
        self.propose(records, Some(asker), Then::CreateGroup { group, decided: false }, out);
        Ok(())
    }

    /// A creation is settled: those that waited for it are looked at again.
    pub(super) fn created_or_not(&mut self, group: &GroupId, out: &mut Vec<Effect>) {
        for (conn, request) in self.creating.remove(group).unwrap_or_default() {
            let Some(entry) = self.conns.get(conn) else { continue };
            let (user, id) = (entry.user, request.id);
            if let Err(error) = self.dispatch(conn, user, request, out) {
                self.refuse(conn, id, error, out);
            }
        }
    }

    /// An id nobody can guess, and no two alike.
    fn make_group_id(&mut self) -> GroupId {
        loop {
            self.made += 1;
            let mut hash = Sha256::new();
            hash.update(b"seenby group 1");
            hash.update(self.config.secret);
            hash.update(self.config.epoch.to_be_bytes());
            hash.update(self.book.head.to_be_bytes());
            hash.update(self.now.to_be_bytes());
            hash.update(self.made.to_be_bytes());
            let digest = hash.finalize();
            let id = format!("g{}", URL_SAFE_NO_PAD.encode(&digest[..12]));
            let group = GroupId::new(&id).expect("17 letters");
            if self.book.group(&id).is_none() && !self.creating.contains_key(&group) {
                return group;
            }
        }
    }

    /// A group and where the caller stands in it: 6017, 10010.
    fn group_place(&self, asker: Asker, group: &str) -> Result<GroupPlace> {
        let id = ConversationId::Group(GroupId::new(group)?);
        match self.book.place(asker.user, &id) {
            Place::Missing => Err(group_missing(&id)),
            Place::Inside { conv, who, member } => Ok((id, conv, Some((who, member)))),
            Place::Outside => match self.book.group(group) {
                Some(conv) => Ok((id, conv, None)),
                None => Err(group_missing(&id)),
            },
        }
    }

    /// As [`Self::group_place`], for members only: 10007 for others.
    fn as_member(&self, asker: Asker, group: &str) -> Result<(ConvIdx, Ordinal, Role)> {
        match self.group_place(asker, group)? {
            (_, conv, Some((who, true))) => {
                let role = self.book.conv(conv).fold.roster().member(who).map_or(Role::Member, |me| me.role);
                Ok((conv, who, role))
            }
            (id, _, _) => Err(no_member(&id)),
        }
    }

    pub(super) fn join_group(&mut self, asker: Asker, group: &str, out: &mut Vec<Effect>) -> Result<()> {
        let (_, conv, place) = self.group_place(asker, group)?;
        if matches!(place, Some((_, true))) {
            self.reply(asker.conn, asker.request, frame::Body::Done(wire::Done {}), out);
            return Ok(());
        }
        let fold = &self.book.conv(conv).fold;
        if !fold.kind().is_some_and(GroupKind::anyone_joins) {
            return Err(denied(format!(
                "nobody joins the group {group:?} alone, because it is of kind Work; a member invites"
            )));
        }
        self.check_size(conv, 1)?;
        let users = vec![self.book.users[asker.user as usize].id.as_str().to_owned()];
        let body = event::Body::Joined(Joined { users, role: Role::Member as u32, ..Joined::default() });
        self.propose_one(self.book.conv(conv).log, body, asker, Then::Done, out);
        Ok(())
    }

    fn check_size(&self, conv: ConvIdx, more: usize) -> Result<()> {
        let allowed = self.config.limits.group_members;
        let count = self.book.conv(conv).fold.roster().count() as usize;
        if count.saturating_add(more) > allowed {
            return Err(denied(format!(
                "the group would have {} members; at most {allowed} are allowed",
                count + more
            )));
        }
        Ok(())
    }

    pub(super) fn quit_group(&mut self, asker: Asker, group: &str, out: &mut Vec<Effect>) -> Result<()> {
        let (conv, who, role) = self.as_member(asker, group)?;
        let entry = self.book.conv(conv);
        if role == Role::Owner && entry.fold.kind() != Some(GroupKind::Work) {
            return Err(denied(format!("the owner cannot quit the group {group:?}; dismiss it instead")));
        }
        let body = event::Body::Left(Left { ordinals: vec![who], by: 0 });
        self.propose_one(entry.log, body, asker, Then::Done, out);
        Ok(())
    }

    /// The users of an Invite or a Kick, checked.
    fn named_users(users: &[String]) -> Result<Vec<UserId>> {
        if users.is_empty() {
            return Err(Error::invalid("no user is named; name at least one"));
        }
        if users.len() > limits::USERS_PER_REQUEST {
            return Err(too_many("users", users.len(), limits::USERS_PER_REQUEST));
        }
        users.iter().map(UserId::new).collect()
    }

    pub(super) fn invite(&mut self, asker: Asker, group: &str, users: &[String], out: &mut Vec<Effect>) -> Result<()> {
        let users = Self::named_users(users)?;
        let (conv, who, _) = self.as_member(asker, group)?;
        let entry = self.book.conv(conv);
        if entry.fold.kind() != Some(GroupKind::Work) {
            return Err(denied(format!("nobody is invited to the group {group:?}; anyone can join it")));
        }
        let roster = entry.fold.roster();
        let mut results = Vec::with_capacity(users.len());
        let mut new = Vec::new();
        for user in users {
            let is_member =
                roster.ordinal(user.as_str()).and_then(|who| roster.member(who)).is_some_and(|member| member.member);
            let result = if is_member {
                ALREADY
            } else if self.book.app.is_deleting(user.as_str()) {
                FAILED
            } else {
                if !new.iter().any(|other| other == user.as_str()) {
                    new.push(user.as_str().to_owned());
                }
                DONE
            };
            results.push(wire::MemberResult { user: user.as_str().to_owned(), result });
        }
        self.check_size(conv, new.len())?;
        if new.is_empty() {
            let results = wire::MemberResults { results };
            self.reply(asker.conn, asker.request, frame::Body::MemberResults(results), out);
            return Ok(());
        }
        let body = event::Body::Joined(Joined { users: new, role: Role::Member as u32, by: who + 1, guest: false });
        self.propose_one(self.book.conv(conv).log, body, asker, Then::Members(results), out);
        Ok(())
    }

    pub(super) fn kick(&mut self, asker: Asker, group: &str, users: &[String], out: &mut Vec<Effect>) -> Result<()> {
        let users = Self::named_users(users)?;
        let (conv, who, role) = self.as_member(asker, group)?;
        if role < Role::Admin {
            return Err(denied("only the owner and admins kick members".into()));
        }
        let roster = self.book.conv(conv).fold.roster();
        let mut results = Vec::with_capacity(users.len());
        let mut ordinals: Vec<Ordinal> = Vec::new();
        for user in users {
            // Nobody kicks an equal, a superior or itself.
            let member = roster.ordinal(user.as_str()).and_then(|who| roster.member(who).map(|member| (who, member)));
            let result = match member {
                Some((ordinal, member)) if member.member && member.role < role && ordinal != who => {
                    if !ordinals.contains(&ordinal) {
                        ordinals.push(ordinal);
                    }
                    DONE
                }
                _ => FAILED,
            };
            results.push(wire::MemberResult { user: user.as_str().to_owned(), result });
        }
        if ordinals.is_empty() {
            let results = wire::MemberResults { results };
            self.reply(asker.conn, asker.request, frame::Body::MemberResults(results), out);
            return Ok(());
        }
        let body = event::Body::Left(Left { ordinals, by: who + 1 });
        self.propose_one(self.book.conv(conv).log, body, asker, Then::Members(results), out);
        Ok(())
    }

    pub(super) fn set_role(&mut self, asker: Asker, set: wire::SetRole, out: &mut Vec<Effect>) -> Result<()> {
        let user = UserId::new(&set.user)?;
        let role = match Role::from_number(set.role) {
            Some(role @ (Role::Member | Role::Admin)) => role,
            Some(Role::Owner) | None => {
                return Err(Error::invalid(format!(
                    "the role is {}; it must be 200 (member) or 300 (admin)",
                    set.role
                )));
            }
        };
        let (conv, who, own) = self.as_member(asker, &set.group)?;
        if own != Role::Owner {
            return Err(denied("only the owner sets roles".into()));
        }
        let entry = self.book.conv(conv);
        let roster = entry.fold.roster();
        let target = roster.ordinal(user.as_str()).filter(|target| entry.is_member(*target));
        let Some(ordinal) = target else {
            return Err(denied(format!("{user:?} is no member of the group {:?}", set.group)));
        };
        if ordinal == who {
            return Err(denied("the owner's own role cannot be set".into()));
        }
        let body = event::Body::RoleSet(RoleSet { ordinal, role: role as u32, by: who + 1 });
        self.propose_one(entry.log, body, asker, Then::Done, out);
        Ok(())
    }

    pub(super) fn dismiss_group(&mut self, asker: Asker, group: &str, out: &mut Vec<Effect>) -> Result<()> {
        let (conv, who, role) = self.as_member(asker, group)?;
        if role != Role::Owner {
            return Err(denied("only the owner dismisses a group".into()));
        }
        let body = event::Body::Dismissed(Dismissed { by: who + 1 });
        self.propose_one(self.book.conv(conv).log, body, asker, Then::Done, out);
        Ok(())
    }

    pub(super) fn list_groups(&mut self, asker: Asker, out: &mut Vec<Effect>) -> Result<()> {
        let mut groups = wire::Groups::default();
        let mut room = Room::new();
        for (conv, who) in &self.book.users[asker.user as usize].conversations {
            let entry = self.book.conv(*conv);
            if !entry.is_group() || entry.fold.is_dismissed() || !entry.is_member(*who) {
                continue;
            }
            let Some(info) = self.group_info(*conv, Some(*who)) else { continue };
            if !room.take(GROUP_OVERHEAD + info.group.len() + info.name.len() + info.owner.len()) {
                groups.more = true;
                break;
            }
            groups.groups.push(info);
        }
        self.reply(asker.conn, asker.request, frame::Body::Groups(groups), out);
        Ok(())
    }

    pub(super) fn group_members(
        &mut self,
        asker: Asker,
        list: wire::GroupMembers,
        out: &mut Vec<Effect>,
    ) -> Result<()> {
        let by_name = !list.users.is_empty();
        let users = if by_name { Self::named_users(&list.users)? } else { Vec::new() };
        if !by_name && !(1..=limits::PAGE).contains(&list.count) {
            return Err(Error::invalid(format!("the count is {}; it must be 1 to {}", list.count, limits::PAGE)));
        }
        let next = u32::try_from(list.next_seq).map_err(|_| {
            Error::invalid(format!("the nextSeq is {}; it must be 0, or what the last page gave", list.next_seq))
        })?;
        let (conv, _, _) = self.as_member(asker, &list.group)?;
        let roster = self.book.conv(conv).fold.roster();
        let mut page = wire::MemberPage { members: Vec::new(), next_seq: 0, finished: true };
        if by_name {
            for user in users {
                if let Some(who) = roster.ordinal(user.as_str())
                    && let Some(member) = roster.member(who).filter(|member| member.member)
                {
                    page.members.extend(self.member(conv, who, member));
                }
            }
        } else {
            let mut room = Room::new();
            let mut who = next;
            let end = self.book.conv(conv).members.len() as Ordinal;
            while who < end {
                if let Some(member) = roster.member(who).filter(|member| member.member)
                    && let Some(member) = self.member(conv, who, member)
                {
                    let bytes = 64 + member.user.len() + member.nick_name.len() + member.face_url.len();
                    if page.members.len() >= list.count as usize || !room.take(bytes) {
                        page.next_seq = who.into();
                        page.finished = false;
                        break;
                    }
                    page.members.push(member);
                }
                who += 1;
            }
        }
        self.reply(asker.conn, asker.request, frame::Body::MemberPage(page), out);
        Ok(())
    }
}

fn denied(sentence: String) -> Error {
    Error::new(ErrorCode::PermissionDenied, sentence)
}
