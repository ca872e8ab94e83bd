//! Logs that a newer SeenBy wrote (DESIGN.md): they are not served, not rolled up and not forgotten, so that a newer
//! server finds all of them. Everything else goes on.

use super::LogKey;
use super::book::{Book, ConvIdx, Log, NOBODY, UserIdx};
use super::hub::Hub;
use super::messages::conversation_of;
use crate::ledger::Conversation;
use crate::model::{ConversationId, Error, ErrorCode, GroupId, MessageId, Position, Result, UserId, conversation_tag};
use crate::wire::{self, request::Body};
use std::collections::{BTreeMap, BTreeSet};

/// What is answered about a stopped conversation. It names nobody (R34).
pub(super) const CONVERSATION: &str = "this conversation was written by a newer SeenBy than this server is; it is there \
                                       again when the server is updated";
const USER: &str = "what the service keeps of this user was written by a newer SeenBy than this server is; the user can \
                    log in again when the server is updated";

/// The logs that are stopped.
#[derive(Default)]
pub(super) struct Stopped {
    /// With the first event that no snapshot covers. `None`: no such event was met.
    logs: BTreeMap<LogKey, Option<Position>>,
    /// The tags of those conversations that had told their name before.
    tags: BTreeSet<[u8; 8]>,
    /// There are others too.
    nameless: bool,
}

impl Stopped {
    pub(super) fn count(&self) -> usize {
        self.logs.len()
    }

    pub(super) fn has(&self, log: LogKey) -> bool {
        self.logs.contains_key(&log)
    }

    /// Another event of a log that is stopped; whether it is.
    pub(super) fn met(&mut self, log: LogKey, at: Position) -> bool {
        let Some(first) = self.logs.get_mut(&log) else { return false };
        first.get_or_insert(at);
        true
    }

    /// How far events may be forgotten, if all others could be up to `up_to`.
    pub(super) fn may_forget(&self, up_to: Position) -> Position {
        self.logs.values().flatten().map(|first| first.saturating_sub(1)).min().map_or(up_to, |kept| up_to.min(kept))
    }
}

impl Book {
    /// This log is served no more. `at`: the event that was not understood; `None`: it was the snapshot.
    pub(super) fn stop(&mut self, key: LogKey, log: Option<Log>, at: Option<Position>) {
        // What was understood before, and is in no snapshot, stays too: nothing of it is rolled up from here on.
        let dirty_since = log.and_then(|log| self.dirty.remove(&log));
        self.stopped.logs.insert(key, dirty_since.or(at));
        match log {
            Some(Log::Conversation(conv)) => self.hide(key, conv),
            Some(Log::User(_) | Log::App) => {}
            None => self.stopped.nameless = true,
        }
    }

    /// Takes a conversation out of every index: nobody is told half of what was said there.
    fn hide(&mut self, key: LogKey, conv: ConvIdx) {
        self.forget_conv_log(key);
        let Some(entry) = self.convs.get_mut(conv as usize) else { return };
        entry.fold = Conversation::new();
        let members = std::mem::take(&mut entry.members);
        for user in members.into_iter().filter(|user| *user != NOBODY) {
            let user = &mut self.users[user as usize];
            user.conversations.remove(&conv);
            user.peers.retain(|_, of| *of != conv);
        }
        match self.convs[conv as usize].key.take() {
            Some(name) => {
                let tag = conversation_tag(self.app_id(), &name);
                self.forget_name(&tag, &name);
                self.stopped.tags.insert(tag);
            }
            None => self.stopped.nameless = true,
        }
    }

    /// Whether what this user calls so is stopped.
    fn is_stopped(&self, me: &UserId, id: &ConversationId) -> bool {
        let (log, found) = self.conv_log(&id.key(me));
        found.is_none() && self.stopped.has(log)
    }

    /// Whether a message of this id may be in a conversation that is stopped. Where that cannot be told, it may: who is
    /// told that a message is unknown throws its receipts away (R2).
    fn may_be_stopped(&self, id: &str) -> bool {
        let Some(tag) = MessageId::new(id).ok().and_then(|id| id.tag()) else { return false };
        self.stopped.tags.contains(&tag) || (self.stopped.nameless && !self.has_tag(&tag))
    }
}

impl Hub {
    /// 10002 for a user whose own log is stopped.
    pub(super) fn check_user(&self, user: UserIdx) -> Result<()> {
        if self.book.stopped.has(self.book.user_key(user)) {
            return Err(Error::new(ErrorCode::ServiceInternal, USER));
        }
        Ok(())
    }

    /// Whether what this user calls so is stopped.
    pub(super) fn is_stopped(&self, user: UserIdx, id: &ConversationId) -> bool {
        self.book.stopped.count() > 0 && self.book.is_stopped(&self.book.users[user as usize].id, id)
    }

    /// 10002 for a request about a conversation that is stopped.
    pub(super) fn check_stopped(&self, user: UserIdx, body: &Body) -> Result<()> {
        if self.book.stopped.count() == 0 {
            return Ok(());
        }
        let me = &self.book.users[user as usize].id;
        // A name that is no name is refused later, with a sentence of its own.
        let named = |named: &wire::Conversation| {
            conversation_of(Some(named)).is_ok_and(|conversation| self.book.is_stopped(me, &conversation))
        };
        let group = |id: &str| GroupId::new(id).is_ok_and(|id| self.book.is_stopped(me, &ConversationId::Group(id)));
        let one = |conversation: &Option<wire::Conversation>, message: &Option<wire::MessageRef>| {
            conversation
                .as_ref()
                .map_or_else(|| message.as_ref().is_some_and(|message| self.book.may_be_stopped(&message.id)), named)
        };
        let some = |conversation: &Option<wire::Conversation>, ids: &[String]| {
            conversation.as_ref().map_or_else(|| ids.iter().any(|id| self.book.may_be_stopped(id)), named)
        };
        let stopped = match body {
            Body::Send(send) => some(&send.conversation, &[]),
            Body::History(history) => some(&history.conversation, &[]),
            Body::Recall(recall) => one(&recall.conversation, &recall.message),
            Body::RequestReceipts(request) => one(&request.conversation, &request.message),
            Body::ReadMembers(list) => one(&list.conversation, &list.message),
            Body::Report(report) => some(&report.conversation, &report.ids),
            Body::GetReceipts(get) => some(&get.conversation, &get.ids),
            // Of several, those that are there are served.
            Body::Mark(mark) => {
                mark.to.len() == 1 && mark.to.iter().filter_map(|to| to.conversation.as_ref()).any(named)
            }
            Body::ListConversations(list) => list.conversations.len() == 1 && list.conversations.iter().any(named),
            Body::CreateGroup(create) => group(&create.group),
            Body::JoinGroup(join) => group(&join.group),
            Body::QuitGroup(quit) => group(&quit.group),
            Body::Invite(invite) => group(&invite.group),
            Body::Kick(kick) => group(&kick.group),
            Body::SetRole(set) => group(&set.group),
            Body::DismissGroup(dismiss) => group(&dismiss.group),
            Body::GroupMembers(list) => group(&list.group),
            Body::Hello(_)
            | Body::Ping(_)
            | Body::Ack(_)
            | Body::RenewToken(_)
            | Body::Find(_)
            | Body::ListGroups(_)
            | Body::SetProfile(_)
            | Body::GetProfiles(_)
            | Body::SetReceipts(_) => false,
        };
        if stopped { Err(Error::new(ErrorCode::ServiceInternal, CONVERSATION)) } else { Ok(()) }
    }

    /// How far the journal may forget events, if this app's others are covered by snapshots up to `up_to`: never what a
    /// newer version still needs of a log that this one does not understand.
    pub fn may_forget(&self, up_to: Position) -> Position {
        self.book.stopped.may_forget(up_to)
    }
}
