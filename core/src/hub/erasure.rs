//! Deleting a user (R32): a job that begins with an event of the app's log, goes through every conversation of the user,
//! and ends with another event. It resumes after a restart, because what is left to do can be seen from the folds.

use super::hub::Hub;
use super::proposals::Then;
use super::{Effect, Record};
use crate::ledger::journal::{Erased, Left, UserDeleted, UserErased, event};
use crate::model::{Error, ErrorCode, UserId};

/// Conversations in one append of the job.
const STEP: usize = 64;

impl Hub {
    pub(super) fn delete_user(&mut self, user: &UserId, out: &mut Vec<Effect>) {
        if self.book.app.is_deleting(user.as_str()) {
            return;
        }
        let deleted = UserDeleted { user: user.as_str().to_owned(), key: self.user_log_key(user) };
        let event = self.event(event::Body::UserDeleted(deleted));
        let record = Record { log: self.book.app_log, event, body: None };
        self.propose(vec![record], None, Then::Done, out);
    }

    fn user_log_key(&self, user: &UserId) -> Vec<u8> {
        Self::log_key(&self.config.secret, self.config.app, &super::LogName::User(user)).0.to_vec()
    }

    /// The deletion has landed: from here on the user is refused, and the job runs.
    pub(super) fn deletion_began(&mut self, user: &str, out: &mut Vec<Effect>) {
        if let Some(known) = self.book.user(user) {
            for conn in self.conns.of(known).to_vec() {
                let error = Error::new(ErrorCode::UserSigExpired, format!("the user {user:?} was deleted"));
                self.close_with(conn, error, false, out);
            }
        }
        self.resume_erasures(out);
    }

    /// Goes on with every job that has nothing under way.
    pub(super) fn resume_erasures(&mut self, out: &mut Vec<Effect>) {
        let waiting: Vec<UserId> = self
            .book
            .app
            .deleting()
            .map(|(user, _)| user.clone())
            .filter(|user| !self.erasing.contains(user))
            .collect();
        for user in waiting {
            self.erase_some(user, out);
        }
    }

    /// The next part of a job.
    fn erase_some(&mut self, user: UserId, out: &mut Vec<Effect>) {
        let mut records = Vec::new();
        if let Some(known) = self.book.user(user.as_str()) {
            for (conv, who) in self.book.users[known as usize].conversations.iter().take(STEP) {
                let entry = self.book.conv(*conv);
                if entry.is_group() && entry.is_member(*who) {
                    let left = event::Body::Left(Left { ordinals: vec![*who], by: 0 });
                    records.push(Record { log: entry.log, event: self.event(left), body: None });
                }
                let erased = event::Body::Erased(Erased { ordinal: *who });
                records.push(Record { log: entry.log, event: self.event(erased), body: None });
            }
        }
        if records.is_empty() {
            if self.book.stopped.count() > 0 {
                // The user may be in a log that only a newer version can read: that one ends the job.
                return;
            }
            let key = self.user_log_key(&user);
            let erased = event::Body::UserErased(UserErased { user: user.as_str().to_owned(), key });
            records.push(Record { log: self.book.app_log, event: self.event(erased), body: None });
        }
        self.erasing.insert(user.clone());
        self.propose(records, None, Then::Erase(user), out);
    }

    /// A part of a job has landed.
    pub(super) fn erased_some(&mut self, user: &UserId, out: &mut Vec<Effect>) {
        self.erasing.remove(user);
        if self.book.app.is_deleting(user.as_str()) {
            self.erase_some(user.clone(), out);
        }
    }
}
