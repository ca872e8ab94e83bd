//! The fold of an app's log: its settings, and which users are being erased (R32).

use super::journal::{self, event::Body};
use super::outcome::{Change, Outcome};
use super::{RULES, hash_parts};
use crate::model::{AppSettings, Error, Position, UserId};
use prost::Message as _;
use std::collections::BTreeMap;

/// What is known of an app.
#[derive(Clone, Debug, Default)]
pub struct App {
    settings: AppSettings,
    /// As it landed; empty: never.
    settings_json: Vec<u8>,
    deleting: BTreeMap<UserId, Vec<u8>>,
    generations: BTreeMap<Vec<u8>, u32>,
    applied: Position,
    last_change: Position,
    dirty: bool,
}

impl App {
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
            Some(Body::SettingsSet(set)) => match serde_json::from_slice(&set.json) {
                Ok(settings) => Ok(self.set(settings, &set.json)),
                // Only ever written from settings that were checked: what cannot be read is of a newer program.
                Err(error) => return Outcome::Unsupported(format!("settings that this program cannot read: {error}")),
            },
            Some(Body::UserDeleted(deleted)) => self.delete(deleted),
            Some(Body::UserErased(erased)) => Ok(match self.deleting.remove(erased.user.as_str()) {
                Some(_) => Change::UserErased,
                None => Change::Nothing,
            }),
            _ => return Outcome::Unsupported("an event that has no place in an app's log".into()),
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

    fn set(&mut self, settings: AppSettings, json: &[u8]) -> Change {
        if self.settings_json == json {
            return Change::Nothing;
        }
        self.settings = settings;
        self.settings_json = json.to_vec();
        Change::SettingsSet
    }

    fn delete(&mut self, deleted: &journal::UserDeleted) -> Result<Change, Error> {
        let user = UserId::new(&deleted.user)?;
        if deleted.key.is_empty() {
            return Err(Error::invalid(format!("the deletion of {user:?} has no key to count it under")));
        }
        if self.deleting.contains_key(&user) {
            return Ok(Change::Nothing);
        }
        let generation = self.generations.entry(deleted.key.clone()).or_default();
        *generation = generation.saturating_add(1);
        self.deleting.insert(user, deleted.key.clone());
        Ok(Change::UserDeleted)
    }

    /// The settings that hold now.
    pub fn settings(&self) -> &AppSettings {
        &self.settings
    }

    /// As they landed; empty: never.
    pub fn settings_json(&self) -> &[u8] {
        &self.settings_json
    }

    /// Users whose erasure is under way, in byte order, each with the key that came with its deletion.
    pub fn deleting(&self) -> impl Iterator<Item = (&UserId, &[u8])> {
        self.deleting.iter().map(|(user, key)| (user, key.as_slice()))
    }

    /// Whether this user's erasure is under way.
    pub fn is_deleting(&self, user: &str) -> bool {
        self.deleting.contains_key(user)
    }

    /// How often the user with this key was deleted: who takes the id again gets logs of its own (R32).
    pub fn generation(&self, key: &[u8]) -> u32 {
        self.generations.get(key).copied().unwrap_or(0)
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
        journal::AppSnapshot {
            settings_json: self.settings_json.clone(),
            deleting: self
                .deleting
                .iter()
                .map(|(user, key)| journal::DeletionRecord { user: user.to_string(), key: key.clone() })
                .collect(),
            last_change: self.last_change,
            generations: self
                .generations
                .iter()
                .map(|(key, deletions)| journal::GenerationRecord { key: key.clone(), deletions: *deletions })
                .collect(),
        }
        .encode_to_vec()
    }

    /// From all parts, as of a position. The error says what is wrong.
    pub fn restore(as_of: Position, parts: impl IntoIterator<Item = (u64, Vec<u8>)>) -> Result<Self, String> {
        let snapshot: journal::AppSnapshot = super::only_part("an app", parts)?;
        let settings = match snapshot.settings_json.as_slice() {
            [] => AppSettings::default(),
            json => serde_json::from_slice(json).map_err(|error| format!("the settings of an app: {error}"))?,
        };
        let deleting = snapshot
            .deleting
            .into_iter()
            .map(|record| Ok((UserId::new(&record.user).map_err(|error| error.to_string())?, record.key)))
            .collect::<Result<_, String>>()?;
        Ok(Self {
            settings,
            settings_json: snapshot.settings_json,
            deleting,
            generations: snapshot.generations.into_iter().map(|record| (record.key, record.deletions)).collect(),
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
