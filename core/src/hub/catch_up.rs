//! What a device missed, from its cursor on, in journal order and in acknowledged pages (R12, R18).

use super::book::ConvIdx;
use super::build::{Room, message_bytes, wire_conversation};
use super::conns::Mode;
use super::hub::Hub;
use super::{ConnId, Effect};
use crate::model::{Ordinal, Position, Seq, limits};
use crate::wire::{self, frame};
use std::collections::{BTreeMap, VecDeque};

/// What a conversation takes beside its last message, at most.
const STATE_BYTES: usize = 700;
/// What everything else takes, at most.
const THING_BYTES: usize = 320;
/// Own receipts of a conversation that a returning device is told (R13); older ones are on the messages in history.
const OWN_RECEIPTS: u64 = 1000;

/// Something that a device missed.
#[derive(Clone, Copy, Debug)]
enum Missed {
    Message(Seq),
    Receipt(Seq),
    Recalled(Seq),
    PeerMark,
    OwnReceipt(Seq),
    State,
}

impl Hub {
    /// The next page (or the only one) from this cursor on.
    pub(super) fn catch_up(&mut self, id: ConnId, since: Position, out: &mut Vec<Effect>) {
        let Some(user) = self.conns.get(id).map(|conn| conn.user) else { return };
        let head = self.book.head;
        let mut missed = self.missed(user, since);
        // By position; what is told first of one position was listed first.
        missed.sort_by_key(|(at, _, _, _)| *at);
        let mut page = Page::new();
        let mut reached = head;
        let mut parts = Vec::new();
        let mut taken_until = since;
        for (at, conv, who, what) in missed {
            let bytes = self.missed_bytes(conv, who, what, !page.states.contains_key(&conv));
            if !page.room.take(bytes) {
                // A page ends between two positions. What one position brings beyond a page goes in parts.
                if taken_until < at {
                    reached = at - 1;
                    break;
                }
                parts.push(std::mem::replace(&mut page, Page::new()));
                page.room.take(bytes);
            }
            taken_until = at;
            self.add(&mut page, user, conv, who, what);
        }
        for part in parts {
            self.send_page(id, user, part, None, out);
        }
        let more = reached < head;
        if let Some(conn) = self.conns.get_mut(id) {
            conn.cursor = reached;
            conn.mode = if more { Mode::CatchingUp(reached) } else { Mode::Live };
        }
        self.send_page(id, user, page, Some((reached, more)), out);
    }

    /// Everything of interest to this user since then, in no order.
    fn missed(&self, user: u32, since: Position) -> Vec<(Position, ConvIdx, Ordinal, Missed)> {
        let mut missed = Vec::new();
        let sees_receipts = self.book.sees_receipts(user);
        for (conv, who) in &self.book.users[user as usize].conversations {
            let (conv, who) = (*conv, *who);
            let entry = self.book.conv(conv);
            let fold = &entry.fold;
            if fold.last_change() <= since || entry.key.is_none() {
                continue;
            }
            let Some(me) = fold.roster().member(who) else { continue };
            if me.member && !fold.is_dismissed() {
                let mut newest: VecDeque<(Position, Seq)> = VecDeque::new();
                for seq in fold.messages_after(since) {
                    let Some(meta) = fold.message(seq) else { continue };
                    let flags = meta.flags();
                    if flags.online_only
                        || flags.foreign
                        || flags.deleted
                        || !fold.may_see(who, seq)
                        || self.book.is_over(meta.time_ms(), self.now)
                    {
                        continue;
                    }
                    if newest.len() == limits::CATCH_UP_MESSAGES {
                        newest.pop_front();
                    }
                    newest.push_back((meta.position(), seq));
                }
                missed.extend(newest.into_iter().map(|(at, seq)| (at, conv, who, Missed::Message(seq))));
                for seq in fold.deleted_after(since) {
                    if let Some(meta) = fold.message(seq).filter(|_| fold.may_see(who, seq)) {
                        missed.push((meta.changed(), conv, who, Missed::Recalled(seq)));
                    }
                }
                if let Some(peer) = (!entry.is_group()).then(|| fold.roster().member(who ^ 1)).flatten()
                    && peer.shown_mark_position > since
                {
                    missed.push((peer.shown_mark_position, conv, who, Missed::PeerMark));
                }
                let first = fold.first_live().max((fold.last_seq() + 1).saturating_sub(OWN_RECEIPTS)).max(1);
                for seq in first..=fold.last_seq() {
                    if let Some(summary) = fold.summary(seq)
                        && summary.last_change > since
                        && fold.has_read(seq, who)
                    {
                        missed.push((summary.last_change, conv, who, Missed::OwnReceipt(seq)));
                    }
                }
            }
            if sees_receipts {
                for seq in fold.receipts_changed_after(who, since) {
                    // A message nobody has read yet is no news: its own landing is.
                    if let Some(summary) = fold.summary(seq)
                        && let Some(meta) = fold.message(seq)
                        && summary.last_change > meta.position()
                        && !self.book.is_over(meta.time_ms(), self.now)
                    {
                        missed.push((summary.last_change, conv, who, Missed::Receipt(seq)));
                    }
                }
            }
            missed.push((fold.last_change(), conv, who, Missed::State));
        }
        missed
    }

    fn missed_bytes(&self, conv: ConvIdx, who: Ordinal, what: Missed, with_state: bool) -> usize {
        let fold = &self.book.conv(conv).fold;
        // An estimate from above: names at their longest.
        let message = |seq: Seq| {
            let body = fold.message(seq).map_or(0, |meta| meta.body_bytes() as usize);
            let names =
                limits::MESSAGE_ID_BYTES + limits::USER_ID_BYTES + limits::NICK_NAME_BYTES + limits::FACE_URL_BYTES;
            THING_BYTES + names + message_bytes(&wire::Message::default(), body)
        };
        let state = if with_state { STATE_BYTES + self.last_message(conv, who).map_or(0, message) } else { 0 };
        state
            + match what {
                Missed::Message(seq) => message(seq),
                Missed::State => 0,
                Missed::Receipt(_) | Missed::Recalled(_) | Missed::PeerMark | Missed::OwnReceipt(_) => THING_BYTES,
            }
    }

    fn add(&self, page: &mut Page, user: u32, conv: ConvIdx, who: Ordinal, what: Missed) {
        let Some(named) = self.book.seen_by(conv, user).map(|id| wire_conversation(&id)) else { return };
        page.states.insert(conv, who);
        let sync = &mut page.sync;
        match what {
            Missed::Message(seq) => {
                if let Some((message, body, _)) = self.message(conv, seq, user, who, &named) {
                    // Its summary is told apart, after it.
                    sync.messages.push(wire::Message { receipt: None, ..message });
                    page.bodies.push(body);
                }
            }
            Missed::Receipt(seq) => sync.receipts.extend(self.receipt(conv, seq, named)),
            Missed::Recalled(seq) => {
                let id = self.id_of(conv, seq);
                match sync.recalled.last_mut() {
                    Some(last) if last.conversation.as_ref() == Some(&named) => {
                        last.seqs.push(seq);
                        last.ids.push(id);
                    }
                    _ => sync.recalled.push(wire::Recalled {
                        conversation: Some(named),
                        seqs: vec![seq],
                        ids: vec![id],
                        operator: String::new(),
                    }),
                }
            }
            Missed::PeerMark => {
                let entry = self.book.conv(conv);
                if let Some(peer) = entry.fold.roster().member(who ^ 1) {
                    sync.peer_marks.push(wire::PeerMark {
                        user: self.user_id(conv, Some(who ^ 1)),
                        seq: peer.shown_mark,
                        time_ms: peer.shown_mark_ms,
                    });
                }
            }
            Missed::OwnReceipt(seq) => {
                let id = self.id_of(conv, seq);
                match sync.own_receipts.last_mut() {
                    Some(last) if last.conversation.as_ref() == Some(&named) => {
                        last.seqs.push(seq);
                        last.ids.push(id);
                    }
                    _ => sync.own_receipts.push(wire::OwnReceipts {
                        conversation: Some(named),
                        seqs: vec![seq],
                        ids: vec![id],
                    }),
                }
            }
            Missed::State => {}
        }
    }

    /// Sends a page, or (without a cursor) the part of one.
    fn send_page(&mut self, id: ConnId, user: u32, page: Page, end: Option<(Position, bool)>, out: &mut Vec<Effect>) {
        let Page { mut sync, mut bodies, states, .. } = page;
        for (conv, who) in states {
            let Some(named) = self.book.seen_by(conv, user).map(|id| wire_conversation(&id)) else { continue };
            let (state, body, _) = self.conversation_state(conv, user, who, &named);
            if state.last_message.is_some() {
                bodies.push(body);
            }
            sync.states.push(state);
        }
        if self.conns.get(id).is_some_and(|conn| conn.with_readers) {
            // R12: who was added while nothing was pushed is not named; that there is somebody is said.
            sync.receipts.iter_mut().for_each(|receipt| receipt.more_readers = true);
        }
        let (cursor, more) = end.unwrap_or((0, true));
        sync.more = more;
        sync.total_unread = self.total_unread(user);
        self.conns.pushes += 1;
        let frame = wire::Frame { request: 0, position: self.book.head, cursor, body: Some(frame::Body::Sync(sync)) };
        if bodies.iter().all(|position| *position == 0) {
            self.send(id, &frame, out);
        } else {
            out.push(Effect::SendWithBodies { conn: id, frame: Box::new(frame), bodies });
        }
    }

    /// The device has everything up to this cursor.
    pub(super) fn acknowledged(&mut self, id: ConnId, cursor: Position, out: &mut Vec<Effect>) {
        if let Some(conn) = self.conns.get(id)
            && let Mode::CatchingUp(page) = conn.mode
            && cursor >= page
        {
            self.catch_up(id, page, out);
        }
    }

    /// Too much is unsent: no pushes until it is less. What is missed meanwhile is found by cursor.
    pub(super) fn lagging(&mut self, id: ConnId) {
        if let Some(conn) = self.conns.get_mut(id)
            && conn.mode == Mode::Live
        {
            conn.mode = Mode::Lagging;
            conn.forget_held();
        }
    }

    pub(super) fn drained(&mut self, id: ConnId, out: &mut Vec<Effect>) {
        if let Some(conn) = self.conns.get(id)
            && conn.mode == Mode::Lagging
        {
            let (since, user) = (conn.cursor, conn.user);
            // R15: no cursor leads to the switch, so it is told as it is now.
            let settings = frame::Body::Settings(self.settings_of(user));
            let frame = wire::Frame { request: 0, position: self.book.head, cursor: 0, body: Some(settings) };
            self.send(id, &frame, out);
            self.catch_up(id, since, out);
        }
    }
}

/// A Sync frame that is being filled.
struct Page {
    sync: wire::Sync,
    bodies: Vec<Position>,
    /// The conversations named.
    states: BTreeMap<ConvIdx, Ordinal>,
    room: Room,
}

impl Page {
    fn new() -> Self {
        Self { sync: wire::Sync::default(), bodies: Vec::new(), states: BTreeMap::new(), room: Room::page() }
    }
}
