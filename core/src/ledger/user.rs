//! The fold of a user's log: profile (R27), receipts switch with its intervals (R15), revoked tokens.

use super::journal::{self, event::Body};
use super::outcome::{Change, Outcome};
use super::{RULES, hash_parts};
use crate::model::{Error, Position, TimeMs, limits};
use prost::Message as _;

/// Toggles of the receipts switch that are kept; a report from before the oldest is judged by what held just before it.
const SWITCHES: usize = 1024;

/// What is known of a user.
#[derive(Clone, Debug, Default)]
pub struct User {
    nick_name: String,
    face_url: String,
    /// Ascending in time, each time once.
    switches: Vec<(TimeMs, bool)>,
    before_off: bool,
    tokens_revoked_ms: TimeMs,
    applied: Position,
    last_change: Position,
    dirty: bool,
}

impl User {
    /// Before the first event.
    pub fn new() -> Self {
        Self::default()
    }

    /// Applies the event that landed at `at`.
    pub fn apply(&mut self, at: Position, event: &journal::Event) -> Outcome {
        if at <= self.applied {
            return Outcome::Old;
        }
        let change = match &event.body {
            Some(Body::Rules(rules)) if rules.version == RULES => Ok(Change::Nothing),
            Some(Body::Rules(rules)) => {
                return Outcome::Unsupported(format!("rules version {}; this program knows {RULES}", rules.version));
            }
            Some(Body::ProfileSet(set)) => self.profile(set),
            Some(Body::ReceiptsSwitched(set)) => Ok(self.switch(set.time_ms.min(event.time_ms), set.enabled)),
            Some(Body::TokensRevoked(set)) => Ok(self.revoke(set.before_ms)),
            Some(Body::Erased(_)) => Ok(self.erase(event.time_ms)),
            _ => return Outcome::Unsupported("an event that has no place in a user's log".into()),
        };
        self.applied = at;
        match change {
            Ok(change) => {
                if change != Change::Nothing {
                    self.last_change = at;
                    self.dirty = true;
                }
                Outcome::Applied(change)
            }
            Err(error) => Outcome::Void(error),
        }
    }

    fn profile(&mut self, set: &journal::ProfileSet) -> Result<Change, Error> {
        let check = |what: &str, value: &Option<String>, max: usize| match value {
            Some(value) if value.len() > max => {
                Err(Error::invalid(format!("the {what} has {} bytes; at most {max} bytes are allowed", value.len())))
            }
            _ => Ok(()),
        };
        check("nick name", &set.nick_name, limits::NICK_NAME_BYTES)?;
        check("face URL", &set.face_url, limits::FACE_URL_BYTES)?;
        let mut change = Change::Nothing;
        for (mine, given) in [(&mut self.nick_name, &set.nick_name), (&mut self.face_url, &set.face_url)] {
            if let Some(given) = given
                && mine != given
            {
                mine.clone_from(given);
                change = Change::ProfileSet;
            }
        }
        Ok(change)
    }

    fn switch(&mut self, time_ms: TimeMs, enabled: bool) -> Change {
        match self.switches.binary_search_by_key(&time_ms, |(time, _)| *time) {
            // Equal times mean off (R15), whichever landed first.
            Ok(at) if !self.switches[at].1 || enabled => return Change::Nothing,
            Ok(at) => self.switches[at].1 = false,
            Err(0) if self.switches.len() >= SWITCHES => return Change::Nothing,
            Err(at) => self.switches.insert(at, (time_ms, enabled)),
        }
        if self.switches.len() > SWITCHES {
            self.before_off = !self.switches.remove(0).1;
        }
        Change::Switched { enabled: self.receipts_enabled() }
    }

    fn revoke(&mut self, before_ms: TimeMs) -> Change {
        if before_ms <= self.tokens_revoked_ms {
            return Change::Nothing;
        }
        self.tokens_revoked_ms = before_ms;
        Change::TokensRevoked
    }

    /// R32. Tokens from before stay revoked: who takes the id next needs new ones.
    fn erase(&mut self, now_ms: TimeMs) -> Change {
        self.nick_name.clear();
        self.face_url.clear();
        self.switches.clear();
        self.before_off = false;
        self.tokens_revoked_ms = self.tokens_revoked_ms.max(now_ms);
        Change::Erased(0)
    }

    /// R27; may be empty.
    pub fn nick_name(&self) -> &str {
        &self.nick_name
    }

    /// R27; may be empty.
    pub fn face_url(&self) -> &str {
        &self.face_url
    }

    /// Whether the receipts switch is on now: by the toggle with the latest time (R15). On if there never was one.
    pub fn receipts_enabled(&self) -> bool {
        self.switches.last().map_or(!self.before_off, |(_, enabled)| *enabled)
    }

    /// Whether the receipts switch was on at this time.
    pub fn receipts_enabled_at(&self, time_ms: TimeMs) -> bool {
        let after = self.switches.partition_point(|(time, _)| *time <= time_ms);
        after.checked_sub(1).map_or(!self.before_off, |at| self.switches[at].1)
    }

    /// The time of the latest toggle; 0: never.
    pub fn switched_ms(&self) -> TimeMs {
        self.switches.last().map_or(0, |(time, _)| *time)
    }

    /// Tokens issued before this are no good; 0: never revoked.
    pub fn tokens_revoked_ms(&self) -> TimeMs {
        self.tokens_revoked_ms
    }

    /// The highest position applied.
    pub fn applied(&self) -> Position {
        self.applied
    }

    /// The position of the last event that changed anything.
    pub fn last_change(&self) -> Position {
        self.last_change
    }

    /// Whether anything changed since the last roll-up.
    pub fn is_dirty(&self) -> bool {
        self.dirty
    }

    /// Part 0, if it changed since the last call (or `all`).
    pub fn roll_up(&mut self, all: bool) -> Vec<(u64, Option<Vec<u8>>)> {
        if !std::mem::take(&mut self.dirty) && !all {
            return Vec::new();
        }
        vec![(0, Some(self.encode()))]
    }

    fn encode(&self) -> Vec<u8> {
        journal::UserSnapshot {
            nick_name: self.nick_name.clone(),
            face_url: self.face_url.clone(),
            switches: self
                .switches
                .iter()
                .map(|(time_ms, enabled)| journal::SwitchRecord { time_ms: *time_ms, enabled: *enabled })
                .collect(),
            tokens_revoked_ms: self.tokens_revoked_ms,
            last_change: self.last_change,
            before_off: self.before_off,
        }
        .encode_to_vec()
    }

    /// From all parts, as of a position. The error says what is wrong.
    pub fn restore(as_of: Position, parts: impl IntoIterator<Item = (u64, Vec<u8>)>) -> Result<Self, String> {
        let snapshot: journal::UserSnapshot = super::only_part("a user", parts)?;
        let switches: Vec<_> = snapshot.switches.iter().map(|record| (record.time_ms, record.enabled)).collect();
        if !switches.is_sorted_by(|a, b| a.0 < b.0) {
            return Err("the snapshot of a user has toggles out of order".into());
        }
        Ok(Self {
            nick_name: snapshot.nick_name,
            face_url: snapshot.face_url,
            switches,
            before_off: snapshot.before_off,
            tokens_revoked_ms: snapshot.tokens_revoked_ms,
            applied: as_of.max(snapshot.last_change),
            last_change: snapshot.last_change,
            dirty: false,
        })
    }

    /// Of the whole state: equal on any two replicas that applied the same positions, however they got there.
    pub fn state_hash(&self) -> u64 {
        hash_parts([(0, self.encode())])
    }
}
