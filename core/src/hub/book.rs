//! What the hub knows: the folds of its logs, and the indexes derived from them (who is in which conversation, which
//! conversation an id's tag names). All of it can be rebuilt from the journal.

use super::log_key::{LogKind, LogName, log_key};
use super::stopped::{self, Stopped};
use super::{LogKey, Record};
use crate::ledger::journal::event::Body;
use crate::ledger::{App, Change, Conversation, Outcome, ReadOutcome, User};
use crate::model::{
    AppId, AppSettings, ConvKey, ConversationId, GroupId, Ordinal, Position, Seq, TimeMs, UserId, conversation_tag,
};
use std::collections::{BTreeMap, HashMap};

/// A user, by number: what is hot is looked up by integers.
pub(super) type UserIdx = u32;
/// A conversation, by number.
pub(super) type ConvIdx = u32;
/// In a list by ordinal: a member that was erased (R32).
pub(super) const NOBODY: UserIdx = UserIdx::MAX;
/// Look-ups that one request may cause when its ids do not name their conversation (R24).
const SEARCHES: usize = 65_536;

/// A log, by number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Log {
    App,
    /// An index into [`Book::user_logs`].
    User(u32),
    Conversation(ConvIdx),
}

/// The log of a user; its key does not tell whose it is.
pub(super) struct UserLog {
    pub(super) key: LogKey,
    pub(super) fold: User,
    /// Known once the user was named somewhere.
    pub(super) user: Option<UserIdx>,
    /// The user was erased: the next roll-up deletes what is stored.
    pub(super) gone: bool,
}

pub(super) struct UserEntry {
    pub(super) id: UserId,
    /// Index into [`Book::user_logs`].
    pub(super) log: u32,
    /// Where the user is or was a member.
    pub(super) conversations: BTreeMap<ConvIdx, Ordinal>,
    /// The current C2C conversations, by peer.
    pub(super) peers: HashMap<UserIdx, ConvIdx>,
}

pub(super) struct ConvEntry {
    pub(super) log: LogKey,
    /// `None`: a C2C conversation of which a user was erased.
    pub(super) key: Option<ConvKey>,
    pub(super) fold: Conversation,
    /// By ordinal; also who left.
    pub(super) members: Vec<UserIdx>,
}

impl ConvEntry {
    pub(super) fn is_group(&self) -> bool {
        self.fold.kind().is_some()
    }

    /// Whether this ordinal is a member now.
    pub(super) fn is_member(&self, who: Ordinal) -> bool {
        self.fold.roster().member(who).is_some_and(|m| m.member)
    }

    /// The member's user, unless erased.
    pub(super) fn user(&self, who: Ordinal) -> Option<UserIdx> {
        self.members.get(who as usize).copied().filter(|u| *u != NOBODY)
    }
}

/// Where a caller stands towards a conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// No such group, or dismissed.
    Missing,
    /// Not in it, and never was; or no such pair.
    Outside,
    /// In it, or was.
    Inside { conv: ConvIdx, who: Ordinal, member: bool },
}

pub(super) struct Book {
    app_id: AppId,
    secret: [u8; 32],
    pub(super) app_log: LogKey,
    pub(super) app: App,
    pub(super) users: Vec<UserEntry>,
    by_user: HashMap<UserId, UserIdx>,
    pub(super) user_logs: Vec<UserLog>,
    by_user_log: HashMap<LogKey, u32>,
    pub(super) convs: Vec<ConvEntry>,
    by_conv_log: HashMap<LogKey, ConvIdx>,
    by_group: HashMap<GroupId, ConvIdx>,
    by_tag: HashMap<[u8; 8], ConvIdx>,
    /// Changed since their last snapshot, and by which event first.
    pub(super) dirty: BTreeMap<Log, Position>,
    /// Written by a newer SeenBy.
    pub(super) stopped: Stopped,
    /// The last position applied or restored.
    pub(super) head: Position,
    pub(super) groups: u64,
}

impl Book {
    pub(super) fn new(app_id: AppId, secret: [u8; 32]) -> Self {
        Self {
            app_id,
            secret,
            app_log: log_key(&secret, app_id, &LogName::App),
            app: App::new(),
            users: Vec::new(),
            by_user: HashMap::new(),
            user_logs: Vec::new(),
            by_user_log: HashMap::new(),
            convs: Vec::new(),
            by_conv_log: HashMap::new(),
            by_group: HashMap::new(),
            by_tag: HashMap::new(),
            dirty: BTreeMap::new(),
            stopped: Stopped::default(),
            head: 0,
            groups: 0,
        }
    }

    pub(super) fn settings(&self) -> &AppSettings {
        self.app.settings()
    }

    // ---- users ----

    pub(super) fn user(&self, id: &str) -> Option<UserIdx> {
        self.by_user.get(id).copied()
    }

    /// The number of this user, new if it has none. Only for users that a log or a checked token names.
    pub(super) fn intern(&mut self, id: &UserId) -> UserIdx {
        if let Some(user) = self.by_user.get(id) {
            return *user;
        }
        let key = log_key(&self.secret, self.app_id, &LogName::User(id));
        let log = self.user_log(key);
        let user = self.users.len() as UserIdx;
        self.users.push(UserEntry { id: id.clone(), log, conversations: BTreeMap::new(), peers: HashMap::new() });
        self.by_user.insert(id.clone(), user);
        if let Some(entry) = self.user_logs.get_mut(log as usize) {
            entry.user = Some(user);
        }
        user
    }

    fn user_log(&mut self, key: LogKey) -> u32 {
        if let Some(log) = self.by_user_log.get(&key) {
            return *log;
        }
        let log = self.user_logs.len() as u32;
        self.user_logs.push(UserLog { key, fold: User::new(), user: None, gone: false });
        self.by_user_log.insert(key, log);
        log
    }

    pub(super) fn user_key(&self, user: UserIdx) -> LogKey {
        self.user_logs[self.users[user as usize].log as usize].key
    }

    /// What is known of a user by its own log.
    pub(super) fn fold(&self, user: UserIdx) -> &User {
        &self.user_logs[self.users[user as usize].log as usize].fold
    }

    /// R15: whether this user gets receipts of its own messages.
    pub(super) fn sees_receipts(&self, user: UserIdx) -> bool {
        self.settings().off_still_sees || self.fold(user).receipts_enabled()
    }

    // ---- conversations ----

    pub(super) fn conv(&self, conv: ConvIdx) -> &ConvEntry {
        &self.convs[conv as usize]
    }

    pub(super) fn group(&self, group: &str) -> Option<ConvIdx> {
        self.by_group.get(group).copied()
    }

    /// The log of a conversation as it is now: for C2C the first generation whose users are both there (R32).
    pub(super) fn conv_log(&self, key: &ConvKey) -> (LogKey, Option<ConvIdx>) {
        let mut generation = 0;
        loop {
            let log = log_key(&self.secret, self.app_id, &LogName::Conversation(key, generation));
            match self.by_conv_log.get(&log) {
                // Whose conversation has begun anew after a generation that cannot be read.
                None if self.stopped.has(log) && self.has_generation(key, generation + 1) => generation += 1,
                None => return (log, None),
                Some(conv) if key.is_c2c() && self.conv(*conv).members.contains(&NOBODY) => generation += 1,
                Some(conv) => return (log, Some(*conv)),
            }
        }
    }

    fn has_generation(&self, key: &ConvKey, generation: u32) -> bool {
        let name = LogName::Conversation(key, generation);
        self.by_conv_log.contains_key(&log_key(&self.secret, self.app_id, &name))
    }

    pub(super) fn app_id(&self) -> AppId {
        self.app_id
    }

    pub(super) fn has_tag(&self, tag: &[u8; 8]) -> bool {
        self.by_tag.contains_key(tag)
    }

    pub(super) fn forget_conv_log(&mut self, key: LogKey) {
        self.by_conv_log.remove(&key);
    }

    pub(super) fn forget_name(&mut self, tag: &[u8; 8], name: &ConvKey) {
        self.by_tag.remove(tag);
        if let ConvKey::Group(group) = name
            && self.by_group.remove(group).is_some()
        {
            self.groups = self.groups.saturating_sub(1);
        }
    }

    /// The conversation that this user means, if there is one. A pair of which the peer was erased is found while no
    /// new one has begun: counts stay (R32).
    pub(super) fn find(&self, user: UserIdx, id: &ConversationId) -> Option<ConvIdx> {
        match id {
            ConversationId::Group(group) => self.group(group.as_str()),
            ConversationId::C2c(peer) => {
                if let Some(conv) = self.user(peer.as_str()).and_then(|p| self.users[user as usize].peers.get(&p)) {
                    return Some(*conv);
                }
                let key = ConvKey::c2c(self.users[user as usize].id.clone(), peer.clone());
                let mut last = None;
                for generation in 0.. {
                    let log = log_key(&self.secret, self.app_id, &LogName::Conversation(&key, generation));
                    match self.by_conv_log.get(&log) {
                        Some(conv) => last = Some(*conv),
                        None => break,
                    }
                }
                last
            }
        }
    }

    /// Where this user stands. Dismissed groups are missing.
    pub(super) fn place(&self, user: UserIdx, id: &ConversationId) -> Place {
        let Some(conv) = self.find(user, id) else {
            return if id.is_c2c() { Place::Outside } else { Place::Missing };
        };
        let entry = self.conv(conv);
        if entry.fold.is_dismissed() || (!id.is_c2c() && !entry.fold.exists()) {
            return Place::Missing;
        }
        match self.users[user as usize].conversations.get(&conv) {
            Some(who) => Place::Inside { conv, who: *who, member: entry.is_member(*who) },
            None => Place::Outside,
        }
    }

    /// A conversation as this user names it; unset where its peer was erased.
    pub(super) fn seen_by(&self, conv: ConvIdx, user: UserIdx) -> Option<ConversationId> {
        self.conv(conv).key.as_ref()?.seen_by(&self.users[user as usize].id)
    }

    /// Finds ids among the conversations of this user (R23): by tag, or else one by one, within reason.
    pub(super) fn searcher(&self, user: UserIdx) -> Searcher<'_> {
        Searcher { book: self, user, left: SEARCHES }
    }

    /// R17: too old to be known, though still here.
    pub(super) fn is_over(&self, time_ms: TimeMs, now: TimeMs) -> bool {
        time_ms < now.saturating_sub(self.settings().retention_ms)
    }

    // ---- logs ----

    /// Takes all parts of a log's snapshot. One that is not understood stops its log; only the app's own is an error.
    pub(super) fn restore(&mut self, key: LogKey, as_of: Position, parts: Vec<(u64, Vec<u8>)>) -> Result<(), String> {
        self.head = self.head.max(as_of);
        match LogKind::of(key) {
            Some(LogKind::App) if key == self.app_log => self.app = App::restore(as_of, parts)?,
            Some(LogKind::User) => {
                let log = self.user_log(key);
                match User::restore(as_of, parts) {
                    Ok(fold) => self.user_logs[log as usize].fold = fold,
                    Err(_) => self.stop(key, Some(Log::User(log)), None),
                }
            }
            Some(LogKind::C2c | LogKind::Group) => {
                let Ok(fold) = Conversation::restore(as_of, parts) else {
                    self.stop(key, None, None);
                    return Ok(());
                };
                let conv = self.conv_entry(key);
                self.convs[conv as usize].fold = fold;
                self.index(conv);
            }
            Some(LogKind::App) | None => return Err("a snapshot is of no log of this app".into()),
        }
        Ok(())
    }

    /// Applies an event to its log and to the indexes. One that is not understood stops its log; it is an error in the
    /// app's own only.
    pub(super) fn apply(
        &mut self,
        at: Position,
        record: &Record,
        reads: &mut Vec<(Seq, ReadOutcome)>,
    ) -> Result<(Log, Outcome), String> {
        reads.clear();
        self.head = self.head.max(at);
        if self.stopped.met(record.log, at) {
            return Ok((Log::App, Outcome::Unsupported(stopped::CONVERSATION.into())));
        }
        let (log, outcome) = match LogKind::of(record.log) {
            Some(LogKind::App) if record.log == self.app_log => {
                let outcome = self.app.apply(at, &record.event);
                if let (Some(Body::UserErased(erased)), Outcome::Applied(_)) = (&record.event.body, &outcome) {
                    self.forget_user(&erased.user);
                }
                (Log::App, outcome)
            }
            Some(LogKind::User) => {
                let log = self.user_log(record.log);
                let entry = &mut self.user_logs[log as usize];
                entry.gone = false;
                (Log::User(log), entry.fold.apply(at, &record.event))
            }
            Some(LogKind::C2c | LogKind::Group) => {
                let conv = self.conv_entry(record.log);
                let outcome = self.convs[conv as usize].fold.apply(at, &record.event, reads);
                match &outcome {
                    Outcome::Applied(Change::Created | Change::Joined(_)) => self.index(conv),
                    Outcome::Applied(Change::Erased(who)) => self.unindex(conv, *who),
                    Outcome::Applied(Change::Expired { .. }) => self.forget_leavers(conv),
                    _ => {}
                }
                (Log::Conversation(conv), outcome)
            }
            Some(LogKind::App) | None => return Err(format!("the event at {at} is in no log of this app")),
        };
        if let Outcome::Unsupported(why) = outcome {
            if log == Log::App {
                return Err(format!("at {at}: {why}"));
            }
            self.stop(record.log, Some(log), Some(at));
            return Ok((log, Outcome::Unsupported(stopped::CONVERSATION.into())));
        }
        if !matches!(outcome, Outcome::Old) {
            self.dirty.entry(log).or_insert(at);
        }
        Ok((log, outcome))
    }

    fn conv_entry(&mut self, key: LogKey) -> ConvIdx {
        if let Some(conv) = self.by_conv_log.get(&key) {
            return *conv;
        }
        let conv = self.convs.len() as ConvIdx;
        self.convs.push(ConvEntry { log: key, key: None, fold: Conversation::new(), members: Vec::new() });
        self.by_conv_log.insert(key, conv);
        conv
    }

    /// Brings the indexes up to the roster.
    fn index(&mut self, conv: ConvIdx) {
        loop {
            let entry = &self.convs[conv as usize];
            let who = entry.members.len() as Ordinal;
            let Some(member) = entry.fold.roster().member(who) else { break };
            let user = match member.user.clone() {
                Some(id) => {
                    let user = self.intern(&id);
                    self.users[user as usize].conversations.insert(conv, who);
                    user
                }
                None => NOBODY,
            };
            self.convs[conv as usize].members.push(user);
        }
        let entry = &self.convs[conv as usize];
        if entry.key.is_some() || !entry.fold.exists() {
            return;
        }
        let key = match entry.fold.group_id() {
            Some(group) => {
                self.groups += 1;
                self.by_group.insert(group.clone(), conv);
                ConvKey::Group(group.clone())
            }
            None => {
                let (Some(&a), Some(&b)) = (entry.members.first(), entry.members.last()) else { return };
                if entry.members.contains(&NOBODY) {
                    return;
                }
                self.users[a as usize].peers.insert(b, conv);
                self.users[b as usize].peers.insert(a, conv);
                ConvKey::c2c(self.users[a as usize].id.clone(), self.users[b as usize].id.clone())
            }
        };
        self.by_tag.insert(conversation_tag(self.app_id, &key), conv);
        self.convs[conv as usize].key = Some(key);
    }

    /// R32: nobody knows any more who this member was.
    fn unindex(&mut self, conv: ConvIdx, who: Ordinal) {
        let Some(slot) = self.convs[conv as usize].members.get_mut(who as usize) else { return };
        let user = std::mem::replace(slot, NOBODY);
        if user == NOBODY {
            return;
        }
        self.users[user as usize].conversations.remove(&conv);
        if self.convs[conv as usize].is_group() {
            return;
        }
        if let Some(key) = self.convs[conv as usize].key.take() {
            self.by_tag.remove(&conversation_tag(self.app_id, &key));
        }
        let members = self.convs[conv as usize].members.clone();
        for peer in members.into_iter().filter(|m| *m != NOBODY) {
            self.users[peer as usize].peers.remove(&user);
            self.users[user as usize].peers.remove(&peer);
        }
        self.users[user as usize].peers.remove(&user);
    }

    /// Who left, and of whom nothing is left, is nobody any more.
    fn forget_leavers(&mut self, conv: ConvIdx) {
        let Self { convs, users, .. } = self;
        let Some(entry) = convs.get_mut(conv as usize) else { return };
        let roster = entry.fold.roster();
        for (who, slot) in entry.members.iter_mut().enumerate() {
            if *slot != NOBODY && roster.member(who as Ordinal).is_none_or(|member| member.user.is_none()) {
                let user = std::mem::replace(slot, NOBODY) as usize;
                if users[user].conversations.get(&conv) == Some(&(who as Ordinal)) {
                    users[user].conversations.remove(&conv);
                }
            }
        }
    }

    /// R32: the job is done. Who takes the id later is somebody new.
    fn forget_user(&mut self, id: &str) {
        let Some(user) = self.by_user.remove(id) else { return };
        let log = self.users[user as usize].log;
        let key = self.user_logs[log as usize].key;
        // A log that is made anew under the same key is another one; this one is deleted by the next roll-up.
        let entry = &mut self.user_logs[log as usize];
        entry.fold = User::new();
        entry.user = None;
        entry.gone = true;
        self.by_user_log.insert(key, log);
        if !self.stopped.has(key) {
            self.dirty.entry(Log::User(log)).or_insert(self.head);
        }
    }
}

/// See [`Book::searcher`].
pub(super) struct Searcher<'a> {
    book: &'a Book,
    user: UserIdx,
    left: usize,
}

impl Searcher<'_> {
    /// Where this id is, among the conversations of the user.
    pub(super) fn find(&mut self, id: &crate::model::MessageId) -> Option<(ConvIdx, Ordinal, Seq)> {
        let conversations = &self.book.users[self.user as usize].conversations;
        if let Some(conv) = id.tag().and_then(|tag| self.book.by_tag.get(&tag)) {
            let found = conversations
                .get(conv)
                .and_then(|who| self.book.conv(*conv).fold.find(id.as_str()).map(|seq| (*conv, *who, seq)));
            if found.is_some() {
                return found;
            }
        }
        for (conv, who) in conversations {
            self.left = self.left.checked_sub(1)?;
            if let Some(seq) = self.book.conv(*conv).fold.find(id.as_str()) {
                return Some((*conv, *who, seq));
            }
        }
        None
    }
}
