//! Connections: who they are, what was pushed to them, what is held back.

use super::book::{ConvIdx, UserIdx};
use super::{ConnId, Effect, HubLimits};
use crate::model::{DeviceId, Position, Seq, TimeMs, limits};
use crate::wire::{self, frame};
use prost::Message as _;
use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};
use std::sync::Arc;

/// How a connection hears of news.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mode {
    /// By pushes.
    Live,
    /// By Sync pages; the next one comes when this cursor is acknowledged.
    CatchingUp(Position),
    /// Not at all, until its unsent bytes are fewer.
    Lagging,
}

/// A summary that was pushed less than [`limits::SUMMARY_EVERY_MS`] ago (R12).
pub(super) struct Throttle {
    /// The first change since then; 0: none.
    pub(super) since: Position,
    /// Readers before this index of the reading order were named to this connection.
    pub(super) named: u32,
}

/// A welcomed connection.
pub(super) struct Conn {
    pub(super) user: UserIdx,
    pub(super) device: DeviceId,
    pub(super) with_readers: bool,
    pub(super) mode: Mode,
    /// The last cursor given.
    pub(super) cursor: Position,
    /// When the idle timer was set; it is moved when it fires.
    pub(super) heard: TimeMs,
    /// When it was heard of last.
    pub(super) last: TimeMs,
    pub(super) expires_ms: Option<TimeMs>,
    pub(super) issued_ms: TimeMs,
    pub(super) rate: Rate,
    pub(super) summaries: HashMap<(ConvIdx, Seq), Throttle>,
    /// When each of `summaries` may be pushed again, ascending.
    pub(super) due: VecDeque<(TimeMs, ConvIdx, Seq)>,
    /// To be pushed now.
    pub(super) ready: Vec<(ConvIdx, Seq)>,
    /// What is held back, by the position of its first change; seq 0: a group's notice.
    pub(super) withheld: BTreeSet<(Position, ConvIdx, Seq)>,
    /// A timer is set for the front of `due`.
    pub(super) armed: bool,
}

impl Conn {
    /// The cursor that a push reflecting `at` may carry: everything up to it was sent with this push. 0: unchanged.
    pub(super) fn cursor_for(&self, at: Position) -> Position {
        let reached = match self.withheld.first() {
            Some((first, _, _)) => at.min(first - 1),
            None => at,
        };
        if reached > self.cursor { reached } else { 0 }
    }

    /// Nothing is remembered of what was held back: catching up will find it.
    pub(super) fn forget_held(&mut self) {
        self.summaries.clear();
        self.due.clear();
        self.ready.clear();
        self.withheld.clear();
    }
}

/// R24: a bucket of tokens, in thousandths.
pub(super) struct Rate {
    milli: i64,
    filled: TimeMs,
    pub(super) refused: u32,
}

impl Rate {
    pub(super) fn new(limits: &HubLimits, now: TimeMs) -> Self {
        Self { milli: i64::from(limits.burst) * 1000, filled: now, refused: 0 }
    }

    /// Takes `cost` tokens, or gives the time to wait in ms. A request dearer than the whole bucket needs a full one.
    pub(super) fn take(&mut self, limits: &HubLimits, cost: u32, now: TimeMs) -> Result<(), u64> {
        let full = i64::from(limits.burst.max(1)) * 1000;
        let per_ms = i64::from(limits.requests_per_second.max(1));
        let passed = now.saturating_sub(self.filled).max(0);
        self.filled = now;
        self.milli = self.milli.saturating_add(passed.saturating_mul(per_ms)).min(full);
        let needed = (i64::from(cost) * 1000).min(full);
        if self.milli >= needed {
            self.milli -= needed;
            self.refused = 0;
            return Ok(());
        }
        self.refused = self.refused.saturating_add(1);
        Err(((needed - self.milli + per_ms - 1) / per_ms).max(1) as u64)
    }
}

/// The welcomed connections.
#[derive(Default)]
pub(super) struct Conns {
    all: BTreeMap<ConnId, Conn>,
    /// By user.
    by_user: Vec<Vec<ConnId>>,
    /// With something in `ready`.
    pub(super) touched: BTreeSet<ConnId>,
    pub(super) pushes: u64,
}

impl Conns {
    pub(super) fn len(&self) -> usize {
        self.all.len()
    }

    pub(super) fn get(&self, conn: ConnId) -> Option<&Conn> {
        self.all.get(&conn)
    }

    pub(super) fn get_mut(&mut self, conn: ConnId) -> Option<&mut Conn> {
        self.all.get_mut(&conn)
    }

    /// Every connection, in their order.
    pub(super) fn ids(&self) -> Vec<ConnId> {
        self.all.keys().copied().collect()
    }

    /// The connections of a user, oldest first.
    pub(super) fn of(&self, user: UserIdx) -> &[ConnId] {
        self.by_user.get(user as usize).map_or(&[], Vec::as_slice)
    }

    pub(super) fn insert(&mut self, id: ConnId, conn: Conn) {
        let user = conn.user as usize;
        if self.by_user.len() <= user {
            self.by_user.resize_with(user + 1, Vec::new);
        }
        self.by_user[user].push(id);
        self.all.insert(id, conn);
    }

    pub(super) fn remove(&mut self, id: ConnId) -> Option<Conn> {
        let conn = self.all.remove(&id)?;
        self.touched.remove(&id);
        if let Some(list) = self.by_user.get_mut(conn.user as usize) {
            list.retain(|other| *other != id);
        }
        Some(conn)
    }

    /// Pushes to every live connection of a user but one.
    pub(super) fn push(&mut self, user: UserIdx, except: Option<ConnId>, push: &mut Push, out: &mut Vec<Effect>) {
        let Self { all, by_user, pushes, .. } = self;
        for id in by_user.get(user as usize).map_or(&[] as &[ConnId], Vec::as_slice) {
            if Some(*id) == except {
                continue;
            }
            if let Some(conn) = all.get_mut(id)
                && push.send(*id, conn, out)
            {
                *pushes += 1;
            }
        }
    }

    /// A message's summary changed: pushed now, or when it may be (R12).
    pub(super) fn summary(&mut self, user: UserIdx, conv: ConvIdx, seq: Seq, at: Position, read: u32) {
        let Self { all, by_user, touched, .. } = self;
        let Some(ids) = by_user.get(user as usize) else { return };
        for id in ids {
            let Some(conn) = all.get_mut(id) else { continue };
            if conn.mode != Mode::Live {
                continue;
            }
            match conn.summaries.entry((conv, seq)) {
                std::collections::hash_map::Entry::Occupied(mut entry) => {
                    let throttle = entry.get_mut();
                    if throttle.since == 0 {
                        throttle.since = at;
                        conn.withheld.insert((at, conv, seq));
                    }
                }
                std::collections::hash_map::Entry::Vacant(entry) => {
                    entry.insert(Throttle { since: at, named: read.saturating_sub(1) });
                    conn.withheld.insert((at, conv, seq));
                    conn.ready.push((conv, seq));
                    touched.insert(*id);
                }
            }
        }
    }

    /// Holds the cursor below a group's notice until it is sent (R25).
    pub(super) fn hold(&mut self, user: UserIdx, conv: ConvIdx, at: Position) {
        let Self { all, by_user, .. } = self;
        for id in by_user.get(user as usize).map_or(&[] as &[ConnId], Vec::as_slice) {
            if let Some(conn) = all.get_mut(id)
                && conn.mode == Mode::Live
            {
                conn.withheld.insert((at, conv, 0));
            }
        }
    }

    /// The notice of this group is being sent to this user.
    pub(super) fn release(&mut self, user: UserIdx, conv: ConvIdx) {
        let Self { all, by_user, .. } = self;
        for id in by_user.get(user as usize).map_or(&[] as &[ConnId], Vec::as_slice) {
            if let Some(conn) = all.get_mut(id) {
                conn.withheld.retain(|(_, c, seq)| *c != conv || *seq != 0);
            }
        }
    }
}

/// A push that goes to many: encoded once for each of its two cursors.
pub(super) struct Push {
    frame: wire::Frame,
    /// To connections that are catching up too: what catching up does not bring (R20).
    everywhere: bool,
    /// Another part follows: the cursor comes with that.
    still_only: bool,
    moving: Option<Arc<[u8]>>,
    still: Option<Arc<[u8]>>,
}

impl Push {
    pub(super) fn new(at: Position, body: frame::Body) -> Self {
        Self {
            frame: wire::Frame { request: 0, position: at, cursor: 0, body: Some(body) },
            everywhere: false,
            still_only: false,
            moving: None,
            still: None,
        }
    }

    pub(super) fn everywhere(mut self) -> Self {
        self.everywhere = true;
        self
    }

    pub(super) fn cursor_moves(mut self, moves: bool) -> Self {
        self.still_only = !moves;
        self
    }

    fn send(&mut self, id: ConnId, conn: &mut Conn, out: &mut Vec<Effect>) -> bool {
        let at = self.frame.position;
        let cursor = match conn.mode {
            Mode::Live if self.still_only => 0,
            Mode::Live => conn.cursor_for(at),
            Mode::CatchingUp(_) if self.everywhere => 0,
            Mode::CatchingUp(_) | Mode::Lagging => return false,
        };
        let bytes = if cursor == at {
            let frame = &mut self.frame;
            self.moving.get_or_insert_with(|| {
                frame.cursor = at;
                frame.encode_to_vec().into()
            })
        } else {
            let frame = &mut self.frame;
            self.still.get_or_insert_with(|| {
                frame.cursor = 0;
                frame.encode_to_vec().into()
            })
        };
        if cursor == at {
            conn.cursor = at;
        }
        out.push(Effect::Send { conn: id, frame: bytes.clone() });
        true
    }
}

/// When a summary pushed at `now` may be followed by the next one.
pub(super) fn next_summary(now: TimeMs) -> TimeMs {
    now.saturating_add(limits::SUMMARY_EVERY_MS)
}
