//! What is done from time to time: expiry (R17), snapshots, jobs that wait.

use super::book::{ConvIdx, Log};
use super::hub::{Hub, Timer};
use super::proposals::Then;
use super::{Effect, Record};
use crate::ledger::journal::{Expired, SettingsSet, event};
use crate::model::{AppSettings, Position, Seq, limits};
use std::collections::VecDeque;

/// Conversations looked at for expiry at a time.
const EXPIRY_LOOKS: u32 = 1024;
/// Expired events proposed at a time.
const EXPIRIES: usize = 64;
/// Logs rolled up at a time.
const ROLL_UPS: usize = 64;
/// Bytes rolled up at a time, about.
const ROLL_UP_BYTES: usize = 1 << 20;
/// While a cycle is under way the next step comes after this.
const STEP_MS: i64 = 50;

/// Snapshots of every log that was dirty when it began; at its end the journal may forget.
pub(super) struct Cycle {
    up_to: Position,
    logs: VecDeque<Log>,
}

impl Hub {
    pub(super) fn keep_house(&mut self, out: &mut Vec<Effect>) {
        self.expire(out);
        self.resume_erasures(out);
        self.roll_up(out);
        let every = self.config.limits.housekeeping_ms.max(1);
        let next = if self.cycle.is_some() { every.min(STEP_MS) } else { every };
        self.timers.insert((self.now.saturating_add(next), Timer::House));
    }

    // ---- expiry ----

    fn expire(&mut self, out: &mut Vec<Effect>) {
        let all = self.book.convs.len() as ConvIdx;
        let cut_ms = self.now.saturating_sub(self.book.settings().retention_ms);
        let mut proposed = 0;
        for _ in 0..EXPIRY_LOOKS.min(all) {
            if self.expiry >= all {
                self.expiry = 0;
            }
            let conv = self.expiry;
            self.expiry += 1;
            let Some(seq) = self.expired_seq(conv, cut_ms) else { continue };
            if self.proposals.len() >= self.config.limits.proposals {
                return;
            }
            let event = self.event(event::Body::Expired(Expired { seq, cut_ms }));
            let log = self.book.conv(conv).log;
            self.propose(vec![Record { log, event, body: None }], None, Then::Done, out);
            proposed += 1;
            if proposed == EXPIRIES {
                return;
            }
        }
    }

    /// Up to which seq a conversation's messages are older than this, if that is a whole segment at least.
    fn expired_seq(&self, conv: ConvIdx, cut_ms: i64) -> Option<Seq> {
        let fold = &self.book.conv(conv).fold;
        let (first, last) = (fold.first_live(), fold.last_seq());
        let is_old = |seq: Seq| fold.message(seq).is_none_or(|message| message.time_ms() <= cut_ms);
        if first > last || first == 0 || !is_old(first) {
            return None;
        }
        // Times only grow: the first that is not old, by halving.
        let (mut old, mut young) = (first, last + 1);
        while young - old > 1 {
            let middle = old + (young - old) / 2;
            if is_old(middle) { old = middle } else { young = middle }
        }
        let whole = old == last || old - first + 1 >= limits::SEGMENT_MESSAGES as u64;
        whole.then_some(old)
    }

    // ---- snapshots ----

    fn roll_up(&mut self, out: &mut Vec<Effect>) {
        let ((began, at), limits) = (self.rolled_up, &self.config.limits);
        let due = self.now >= began.saturating_add(limits.roll_up_ms)
            || self.book.head.saturating_sub(at) >= limits.roll_up_events;
        if self.cycle.is_none() && due && !self.book.dirty.is_empty() {
            self.rolled_up = (self.now, self.book.head);
            let logs = self.book.dirty.keys().copied().collect();
            self.cycle = Some(Cycle { up_to: self.book.head, logs });
        }
        let Some(mut cycle) = self.cycle.take() else { return };
        let mut bytes = 0;
        for _ in 0..ROLL_UPS {
            let Some(log) = cycle.logs.pop_front() else { break };
            bytes += self.roll_up_log(log, out);
            if bytes >= ROLL_UP_BYTES {
                break;
            }
        }
        if cycle.logs.is_empty() {
            out.push(Effect::Forget { up_to: self.may_forget(cycle.up_to) });
        } else {
            self.cycle = Some(cycle);
        }
    }

    /// Gives the bytes of the snapshot.
    fn roll_up_log(&mut self, log: Log, out: &mut Vec<Effect>) -> usize {
        if self.book.dirty.remove(&log).is_none() {
            // It was stopped meanwhile.
            return 0;
        }
        let head = self.book.head;
        let (key, as_of, parts) = match log {
            Log::App => (self.book.app_log, self.book.app.applied(), self.book.app.roll_up(false)),
            Log::User(user) => {
                let entry = &mut self.book.user_logs[user as usize];
                if std::mem::take(&mut entry.gone) {
                    (entry.key, head, vec![(0, None)])
                } else {
                    (entry.key, entry.fold.applied(), entry.fold.roll_up(false))
                }
            }
            Log::Conversation(conv) => {
                let entry = &mut self.book.convs[conv as usize];
                (entry.log, entry.fold.applied(), entry.fold.roll_up(false))
            }
        };
        let bytes = parts.iter().map(|(_, part)| part.as_ref().map_or(0, Vec::len)).sum();
        if !parts.is_empty() {
            out.push(Effect::RollUp { log: key, as_of, parts });
        }
        bytes
    }

    // ---- settings ----

    /// What the operator wants; proposed where it differs from what stands.
    pub(super) fn configure(&mut self, settings: AppSettings, out: &mut Vec<Effect>) {
        // Others that are under way land before these, whatever stands now.
        if self.configuring == 0 && settings == *self.book.settings() {
            return;
        }
        // Plain data always has a JSON form.
        let Ok(json) = serde_json::to_vec(&settings) else { return };
        let event = self.event(event::Body::SettingsSet(SettingsSet { json }));
        let record = Record { log: self.book.app_log, event, body: None };
        self.configuring += 1;
        self.propose(vec![record], None, Then::Configure, out);
    }
}
