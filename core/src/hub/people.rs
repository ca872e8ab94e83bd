//! What users say of themselves, and the receipts switch (R15, R27).

use super::Effect;
use super::history::too_many;
use super::hub::Hub;
use super::proposals::{Asker, Then};
use crate::ledger::journal::{ProfileSet, ReceiptsSwitched, event};
use crate::model::{Error, ErrorCode, Result, UserId, limits};
use crate::wire::{self, frame};

impl Hub {
    pub(super) fn set_profile(&mut self, asker: Asker, set: wire::SetProfile, out: &mut Vec<Effect>) -> Result<()> {
        check("nickName", set.nick_name.as_deref(), limits::NICK_NAME_BYTES)?;
        check("faceURL", set.face_url.as_deref(), limits::FACE_URL_BYTES)?;
        if set.nick_name.is_none() && set.face_url.is_none() {
            return Err(Error::invalid("nothing is set; give nickName or faceURL"));
        }
        let body = event::Body::ProfileSet(ProfileSet { nick_name: set.nick_name, face_url: set.face_url });
        self.propose_one(self.book.user_key(asker.user), body, asker, Then::Done, out);
        Ok(())
    }

    pub(super) fn get_profiles(&mut self, asker: Asker, get: wire::GetProfiles, out: &mut Vec<Effect>) -> Result<()> {
        if get.users.is_empty() {
            return Err(Error::invalid("no user is named; name at least one"));
        }
        if get.users.len() > limits::USERS_PER_REQUEST {
            return Err(too_many("users", get.users.len(), limits::USERS_PER_REQUEST));
        }
        let mut profiles = Vec::with_capacity(get.users.len());
        for user in get.users {
            let user = UserId::new(user)?;
            // Who is not known has said nothing of itself: the same answer.
            profiles.push(match self.book.user(user.as_str()) {
                Some(known) => self.profile(known),
                None => wire::Profile { user: user.as_str().to_owned(), ..wire::Profile::default() },
            });
        }
        self.reply(asker.conn, asker.request, frame::Body::Profiles(wire::Profiles { profiles }), out);
        Ok(())
    }

    pub(super) fn set_receipts(&mut self, asker: Asker, set: wire::SetReceipts, out: &mut Vec<Effect>) -> Result<()> {
        if set.time_ms < 0 {
            return Err(Error::invalid(format!("the time {} is negative", set.time_ms)));
        }
        // Who was off when the app forbade it may come back.
        if !set.enabled && !self.book.settings().switch_allowed {
            let sentence = "this app does not let users switch read receipts off; only switching on is allowed";
            return Err(Error::new(ErrorCode::PermissionDenied, sentence));
        }
        let time_ms = if set.time_ms == 0 { self.now } else { set.time_ms.min(self.now) };
        let body = event::Body::ReceiptsSwitched(ReceiptsSwitched { enabled: set.enabled, time_ms });
        self.propose_one(self.book.user_key(asker.user), body, asker, Then::Done, out);
        Ok(())
    }
}

fn check(what: &str, value: Option<&str>, max: usize) -> Result<()> {
    let Some(value) = value else { return Ok(()) };
    if value.len() > max {
        return Err(Error::invalid(format!("the {what} has {} bytes; at most {max} are allowed", value.len())));
    }
    if let Some(c) = value.chars().find(|c| c.is_control()) {
        return Err(Error::invalid(format!(
            "the {what} has the control character U+{:04X}; control characters are not allowed",
            u32::from(c)
        )));
    }
    Ok(())
}
