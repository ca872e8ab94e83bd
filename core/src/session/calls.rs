//! The app's calls: each is checked, asked, and its answer made of what came.

use super::check;
use super::convert::{self, conversation_to_wire};
use super::requests::{Asked, unexpected};
use super::session::Session;
use super::{Answer, CallId, Command, Effect, HistoryQuery, MessageHandle};
use crate::model::{
    ConversationId, Error, ErrorCode, GroupId, MessageId, ReadMemberPage, Result, TimeMs, UserId, limits,
};
use crate::wire::{self, frame, request};

/// What the ids of one request may take in its frame.
const IDS_ROOM: usize = 60_000;

pub(super) fn reference(handle: &MessageHandle) -> wire::MessageRef {
    wire::MessageRef { seq: handle.seq, id: handle.id.as_ref().map(ToString::to_string).unwrap_or_default() }
}

fn texts(users: &[UserId]) -> Vec<String> {
    users.iter().map(ToString::to_string).collect()
}

impl Session {
    /// Carries out a call: an answer at once, or `None` when it comes later.
    pub(super) fn command(
        &mut self,
        now: TimeMs,
        call: CallId,
        command: Command,
        out: &mut Vec<Effect>,
    ) -> Result<Option<Answer>> {
        use request::Body;
        match command {
            Command::SendMessage { message } => self.send_message(now, call, *message, out),
            Command::RecallMessage { message } => {
                let message = check::named(&self.memory, &message)?;
                let conversation = message.conversation.clone();
                let body = Body::Recall(wire::Recall {
                    conversation: conversation.as_ref().map(conversation_to_wire),
                    message: Some(reference(&message)),
                });
                self.ask(now, call, Asked::Recall { conversation, message }, vec![body], out)
            }
            Command::SendReadReceipts { messages } => self.send_receipts(now, call, messages, out),
            Command::GetReadReceipts { messages } => self.get_receipts(now, call, messages, out),
            Command::CachedReceipts { ids } => Ok(Some(Answer::Receipts(self.cached_receipts(&ids)))),
            Command::GetReadMembers { message, filter, next_seq, count } => {
                check::count(count, limits::PAGE)?;
                check::next_seq(next_seq)?;
                let filter = check::filter(filter)?;
                let message = check::named(&self.memory, &message)?;
                let body = Body::ReadMembers(wire::ReadMembers {
                    conversation: message.conversation.as_ref().map(conversation_to_wire),
                    message: Some(reference(&message)),
                    filter: filter as u32,
                    next_seq,
                    count,
                });
                self.ask(now, call, Asked::ReadMembers, vec![body], out)
            }
            Command::MarkAsRead { conversation } => self.mark_as_read(now, call, &[conversation], 0, 0, out),
            Command::MarkAllAsRead => self.clean_unread(now, call, "", 0, 0, out),
            Command::CleanUnread { conversation, timestamp_s, sequence } => {
                self.clean_unread(now, call, &conversation, timestamp_s, sequence, out)
            }
            Command::History(query) => self.history(now, call, query, out),
            Command::FindMessages { ids } => self.find_messages(now, call, ids, out),
            Command::CreateGroup { group, kind, name, members } => {
                check::text("group name", &name, limits::GROUP_NAME_BYTES)?;
                let body = Body::CreateGroup(wire::CreateGroup {
                    group: group.as_ref().map(ToString::to_string).unwrap_or_default(),
                    kind: kind as u32,
                    name,
                    members: texts(&members),
                });
                self.ask(now, call, Asked::CreateGroup, vec![body], out)
            }
            Command::JoinGroup { group } => {
                let body = Body::JoinGroup(wire::JoinGroup { group: group.to_string() });
                self.ask(now, call, Asked::Done, vec![body], out)
            }
            Command::QuitGroup { group } => {
                let body = Body::QuitGroup(wire::QuitGroup { group: group.to_string() });
                self.ask(now, call, Asked::QuitGroup(ConversationId::Group(group)), vec![body], out)
            }
            Command::InviteToGroup { group, users } => {
                check::not_empty("users", &users)?;
                let bodies = users
                    .chunks(limits::USERS_PER_REQUEST)
                    .map(|users| Body::Invite(wire::Invite { group: group.to_string(), users: texts(users) }));
                self.ask(now, call, Asked::MemberResults, bodies.collect(), out)
            }
            Command::KickFromGroup { group, users } => {
                check::not_empty("users", &users)?;
                let bodies = users
                    .chunks(limits::USERS_PER_REQUEST)
                    .map(|users| Body::Kick(wire::Kick { group: group.to_string(), users: texts(users) }));
                self.ask(now, call, Asked::MemberResults, bodies.collect(), out)
            }
            Command::SetMemberRole { group, user, role } => {
                let body = Body::SetRole(wire::SetRole {
                    group: group.to_string(),
                    user: user.to_string(),
                    role: role as u32,
                });
                self.ask(now, call, Asked::Done, vec![body], out)
            }
            Command::DismissGroup { group } => {
                let body = Body::DismissGroup(wire::DismissGroup { group: group.to_string() });
                self.ask(now, call, Asked::QuitGroup(ConversationId::Group(group)), vec![body], out)
            }
            Command::JoinedGroups => {
                self.ask(now, call, Asked::Groups, vec![Body::ListGroups(wire::ListGroups {})], out)
            }
            Command::GroupMembers { group, next_seq, count } => {
                check::count(count, limits::PAGE)?;
                check::next_seq(next_seq)?;
                let body = wire::GroupMembers { group: group.to_string(), next_seq, count, users: Vec::new() };
                self.ask(now, call, Asked::GroupMembers, vec![Body::GroupMembers(body)], out)
            }
            Command::GroupMembersById { group, users } => {
                check::not_empty("users", &users)?;
                let bodies = users.chunks(limits::USERS_PER_REQUEST).map(|users| {
                    Body::GroupMembers(wire::GroupMembers {
                        group: group.to_string(),
                        users: texts(users),
                        ..Default::default()
                    })
                });
                self.ask(now, call, Asked::GroupMembers, bodies.collect(), out)
            }
            Command::Conversations { next_seq, count } => {
                check::count(count, limits::PAGE)?;
                check::next_seq(next_seq)?;
                let body = wire::ListConversations { conversations: Vec::new(), next_seq, count };
                self.ask(now, call, Asked::Conversations, vec![Body::ListConversations(body)], out)
            }
            Command::Conversation { conversation } => {
                let body = wire::ListConversations {
                    conversations: vec![conversation_to_wire(&conversation)],
                    ..Default::default()
                };
                let asked = Asked::Conversation(conversation);
                self.ask(now, call, asked, vec![Body::ListConversations(body)], out)
            }
            Command::TotalUnread => Ok(Some(Answer::Count(self.memory.total_unread()))),
            Command::SetProfile { nick_name, face_url } => {
                check::text("nick name", nick_name.as_deref().unwrap_or(""), limits::NICK_NAME_BYTES)?;
                check::text("face URL", face_url.as_deref().unwrap_or(""), limits::FACE_URL_BYTES)?;
                if nick_name.is_none() && face_url.is_none() {
                    return Err(Error::invalid("neither nick_name nor face_url is set; set at least one"));
                }
                let body = Body::SetProfile(wire::SetProfile { nick_name, face_url });
                self.ask(now, call, Asked::Done, vec![body], out)
            }
            Command::GetProfiles { users } => {
                check::not_empty("users", &users)?;
                let bodies = users
                    .chunks(limits::USERS_PER_REQUEST)
                    .map(|users| Body::GetProfiles(wire::GetProfiles { users: texts(users) }));
                self.ask(now, call, Asked::Profiles, bodies.collect(), out)
            }
            Command::SetReadReceiptsEnabled { enabled } => self.switch_receipts(now, call, enabled, out),
        }
    }

    fn history(
        &mut self,
        now: TimeMs,
        call: CallId,
        query: HistoryQuery,
        out: &mut Vec<Effect>,
    ) -> Result<Option<Answer>> {
        check::count(query.count, limits::HISTORY_PAGE)?;
        check::seconds("begin of the history's time", query.begin_s)?;
        check::seconds("period of the history's time", query.period_s)?;
        let (from_seq, from_included) = match &query.last_message {
            Some(message) => (check::anchor(&self.memory, &query.conversation, message)?, false),
            None => (query.from_seq, query.from_seq != 0),
        };
        // Callers say seconds and mean whole ones: going back, the whole last second counts too.
        let rest = if query.newer { 0 } else { 999 };
        let begin_ms = if query.begin_s == 0 { 0 } else { query.begin_s.saturating_mul(1000).saturating_add(rest) };
        let period_ms = if query.period_s == 0 { 0 } else { query.period_s.saturating_mul(1000).saturating_add(999) };
        let body = request::Body::History(wire::History {
            conversation: Some(conversation_to_wire(&query.conversation)),
            newer: query.newer,
            from_seq,
            count: query.count,
            begin_ms,
            period_ms,
            from_included,
        });
        self.ask(now, call, Asked::History, vec![body], out)
    }

    fn find_messages(
        &mut self,
        now: TimeMs,
        call: CallId,
        ids: Vec<MessageId>,
        out: &mut Vec<Effect>,
    ) -> Result<Option<Answer>> {
        check::not_empty("message ids", &ids)?;
        let bodies = pack(ids.iter().map(|id| (id.to_string(), id.as_str().len() + 3)), limits::RECEIPTS_PER_REQUEST)
            .into_iter()
            .map(|ids| request::Body::Find(wire::Find { ids }))
            .collect();
        self.ask(now, call, Asked::Find(ids), bodies, out)
    }

    /// Makes the answer of a call of what the service answered.
    pub(super) fn answer(&mut self, now: TimeMs, asked: Asked, bodies: Vec<frame::Body>) -> Result<Answer> {
        use frame::Body;
        let mut bodies = bodies.into_iter();
        let mut next = || bodies.next().ok_or_else(unexpected);
        match asked {
            Asked::Done => match next()? {
                Body::Done(_) => Ok(Answer::Done),
                _ => Err(unexpected()),
            },
            Asked::QuitGroup(conversation) => match next()? {
                Body::Done(_) => {
                    if let ConversationId::Group(group) = &conversation {
                        self.memory.leave(group);
                    }
                    Ok(Answer::Done)
                }
                _ => Err(unexpected()),
            },
            Asked::Recall { conversation, message } => match next()? {
                Body::Done(_) => {
                    if let (Some(conversation), Some(id)) = (conversation, message.id) {
                        self.recalled(&conversation, message.seq, &id);
                    }
                    Ok(Answer::Done)
                }
                _ => Err(unexpected()),
            },
            // Answered where the send is (messages.rs).
            Asked::Send(_) => Err(unexpected()),
            Asked::Receipts(handles) => {
                let mut receipts = Vec::new();
                for body in bodies {
                    match body {
                        Body::Receipts(list) => receipts.extend(list.receipts),
                        _ => return Err(unexpected()),
                    }
                }
                Ok(Answer::Receipts(self.got_receipts(&handles, &receipts)))
            }
            Asked::ReadMembers => match next()? {
                Body::MemberPage(page) => Ok(Answer::ReadMembers(ReadMemberPage {
                    members: page.members.iter().filter_map(convert::read_member).collect(),
                    next_seq: if page.finished { 0 } else { page.next_seq },
                    is_finished: page.finished,
                })),
                _ => Err(unexpected()),
            },
            Asked::History => match next()? {
                Body::Messages(list) => {
                    let messages = list.messages.iter().filter_map(|wire| self.received(wire)).collect();
                    Ok(Answer::Messages { messages, finished: list.finished })
                }
                _ => Err(unexpected()),
            },
            Asked::Find(ids) => {
                let mut found = std::collections::BTreeMap::new();
                for body in bodies {
                    let Body::Messages(list) = body else { return Err(unexpected()) };
                    for wire in &list.messages {
                        if let Some(message) = self.received(wire) {
                            found.entry(message.id.clone()).or_insert_with(Vec::new).push(message);
                        }
                    }
                }
                let messages = ids.into_iter().filter_map(|id| found.remove(&Some(id))).flatten().collect();
                Ok(Answer::Messages { messages, finished: true })
            }
            Asked::CreateGroup => match next()? {
                Body::GroupCreated(made) => {
                    let group = GroupId::new(&made.group).map_err(|_| unexpected())?;
                    self.refresh.insert(ConversationId::Group(group.clone()));
                    Ok(Answer::Group(group))
                }
                _ => Err(unexpected()),
            },
            Asked::MemberResults => {
                let mut results = Vec::new();
                for body in bodies {
                    let Body::MemberResults(list) = body else { return Err(unexpected()) };
                    results.extend(list.results.iter().filter_map(convert::member_result));
                }
                Ok(Answer::MemberResults(results))
            }
            Asked::Groups => match next()? {
                Body::Groups(list) => Ok(Answer::Groups(list.groups.iter().filter_map(convert::group).collect())),
                _ => Err(unexpected()),
            },
            Asked::GroupMembers => {
                let (mut members, mut next_seq) = (Vec::new(), 0);
                for body in bodies {
                    let Body::MemberPage(page) = body else { return Err(unexpected()) };
                    members.extend(page.members.iter().filter_map(convert::group_member));
                    next_seq = if page.finished { 0 } else { page.next_seq };
                }
                Ok(Answer::GroupMembers { members, next_seq })
            }
            Asked::Conversations => match next()? {
                Body::Conversations(list) => {
                    self.states(&list.conversations);
                    let conversations = list
                        .conversations
                        .iter()
                        .filter_map(Self::state_of)
                        .filter_map(|id| self.memory.info(&self.config.user, &id))
                        .collect();
                    let next_seq = if list.finished { 0 } else { list.next_seq };
                    Ok(Answer::Conversations { conversations, next_seq, is_finished: list.finished })
                }
                _ => Err(unexpected()),
            },
            Asked::Conversation(conversation) => match next()? {
                Body::Conversations(list) => {
                    self.states(&list.conversations);
                    let there = list.conversations.iter().filter_map(Self::state_of).any(|id| id == conversation);
                    let info = self.memory.info(&self.config.user, &conversation).filter(|_| there);
                    info.map(|info| Answer::Conversation(Box::new(info))).ok_or_else(|| {
                        Error::new(
                            ErrorCode::NoReceipts,
                            format!("the conversation {conversation} is not one of this user's"),
                        )
                    })
                }
                _ => Err(unexpected()),
            },
            Asked::Profiles => {
                let mut profiles = Vec::new();
                for body in bodies {
                    let Body::Profiles(list) = body else { return Err(unexpected()) };
                    profiles.extend(list.profiles.iter().filter_map(convert::profile));
                }
                let _ = now;
                Ok(Answer::Profiles(profiles))
            }
        }
    }
}

/// Cuts a list into requests that each fit a frame (R4).
pub(super) fn pack<T>(items: impl Iterator<Item = (T, usize)>, max: usize) -> Vec<Vec<T>> {
    let mut all: Vec<Vec<T>> = Vec::new();
    let mut room = 0;
    for (item, cost) in items {
        match all.last_mut() {
            Some(last) if last.len() < max && cost <= room => last.push(item),
            _ => {
                all.push(vec![item]);
                room = IDS_ROOM;
            }
        }
        room = room.saturating_sub(cost);
    }
    all
}
