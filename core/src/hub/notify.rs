//! Whom to tell of what landed: live pushes, and summaries no more than five a second each (R12, R13, R14, R15).

use super::book::{ConvIdx, Log, UserIdx};
use super::build::{Room, wire_conversation};
use super::conns::{Mode, Push, Throttle, next_summary};
use super::hub::{Hub, Timer};
use super::{ConnId, Effect, Record};
use crate::ledger::journal::event::Body;
use crate::ledger::{Change, ReadOutcome};
use crate::model::{ConvKey, Ordinal, Position, Seq, limits};
use crate::wire::{self, GroupChangeKind, frame};
use prost::Message as _;

/// What a summary takes in a frame, at most, beside its readers.
const RECEIPT_BYTES: usize = 300;
/// What a pushed reader takes, at most.
const READER_BYTES: usize = limits::USER_ID_BYTES + 16;
/// Refs in one OwnReceipts or Recalled, so that a frame holds them whatever the ids.
const REFS: usize = 1000;

impl Hub {
    /// Tells those whom a change concerns. `except`: the connection that asked for it.
    #[allow(clippy::too_many_arguments)]
    pub(super) fn notify(
        &mut self,
        at: Position,
        record: &Record,
        log: Log,
        change: &Change,
        reads: &[(Seq, ReadOutcome)],
        except: Option<ConnId>,
        out: &mut Vec<Effect>,
    ) {
        match log {
            Log::Conversation(conv) => self.notify_conversation(at, record, conv, change, reads, except, out),
            Log::User(log) => {
                let Some(user) = self.book.user_logs[log as usize].user else { return };
                if let Some(Body::ReceiptsSwitched(asked)) = &record.event.body {
                    // R15: the latest toggle wins, and of equal times off. Who asked for what lost hears what holds:
                    // its answer says only that the toggle is kept.
                    let settings = self.settings_of(user);
                    let lost = settings.receipts_enabled != asked.enabled;
                    if lost || matches!(change, Change::Switched { .. }) {
                        let mut push = Push::new(at, frame::Body::Settings(settings)).everywhere();
                        self.conns.push(user, except.filter(|_| !lost), &mut push, out);
                    }
                }
                if let Change::TokensRevoked = change {
                    self.tokens_revoked(user, out);
                }
            }
            Log::App => match change {
                Change::SettingsSet => {
                    for conn in self.conns.ids() {
                        if let Some(user) = self.conns.get(conn).map(|entry| entry.user)
                            && self.conns.of(user).first() == Some(&conn)
                        {
                            let mut push = Push::new(at, frame::Body::Settings(self.settings_of(user))).everywhere();
                            self.conns.push(user, None, &mut push, out);
                        }
                    }
                }
                Change::UserDeleted => {
                    if let Some(Body::UserDeleted(deleted)) = &record.event.body {
                        self.deletion_began(&deleted.user, out);
                    }
                }
                _ => {}
            },
        }
    }

    #[allow(clippy::too_many_arguments)]
    fn notify_conversation(
        &mut self,
        at: Position,
        record: &Record,
        conv: ConvIdx,
        change: &Change,
        reads: &[(Seq, ReadOutcome)],
        except: Option<ConnId>,
        out: &mut Vec<Effect>,
    ) {
        match change {
            Change::Read { reader } => self.notify_read(at, conv, *reader, reads, except, out),
            Change::Sent { seq, repeat: false } => {
                self.notify_sent(at, conv, *seq, record.body.as_deref(), except, out)
            }
            Change::Marked { reader, moved, shown } => {
                self.notify_marked(at, conv, *reader, *moved, *shown, except, out);
            }
            Change::Deleted { seq } => self.notify_deleted(at, record, conv, *seq, except, out),
            Change::Expired { positions } if !positions.is_empty() => {
                out.push(Effect::DropBodies { positions: positions.clone() });
            }
            Change::Erased(who) => {
                // R32: what they said goes too.
                let fold = &self.book.conv(conv).fold;
                let positions: Vec<Position> =
                    fold.sent_by(*who).filter_map(|seq| fold.message(seq)).map(|message| message.position()).collect();
                if !positions.is_empty() {
                    out.push(Effect::DropBodies { positions });
                }
            }
            Change::Created if self.book.conv(conv).is_group() => {
                self.note_group(at, conv, GroupChangeKind::GroupChangeCreated, None, &[]);
            }
            Change::Joined(who) if self.book.conv(conv).is_group() => {
                let by = match &record.event.body {
                    Some(Body::Joined(joined)) => joined.by.checked_sub(1),
                    _ => None,
                };
                let kind = match by {
                    Some(_) => GroupChangeKind::GroupChangeInvited,
                    None => GroupChangeKind::GroupChangeJoined,
                };
                self.note_group(at, conv, kind, by, who);
            }
            Change::Left(who) => {
                let by = match &record.event.body {
                    Some(Body::Left(left)) => left.by.checked_sub(1),
                    _ => None,
                };
                let kind = match by {
                    Some(_) => GroupChangeKind::GroupChangeKicked,
                    None => GroupChangeKind::GroupChangeQuit,
                };
                self.note_group(at, conv, kind, by, who);
            }
            Change::RoleSet(who) => {
                let by = match &record.event.body {
                    Some(Body::RoleSet(set)) => set.by.checked_sub(1),
                    _ => None,
                };
                self.note_group(at, conv, GroupChangeKind::GroupChangeRole, by, &[*who]);
            }
            Change::Dismissed => {
                let by = match &record.event.body {
                    Some(Body::Dismissed(dismissed)) => dismissed.by.checked_sub(1),
                    _ => None,
                };
                self.note_group(at, conv, GroupChangeKind::GroupChangeDismissed, by, &[]);
            }
            _ => {}
        }
    }

    fn notify_read(
        &mut self,
        at: Position,
        conv: ConvIdx,
        reader: Ordinal,
        reads: &[(Seq, ReadOutcome)],
        except: Option<ConnId>,
        out: &mut Vec<Effect>,
    ) {
        let entry = self.book.conv(conv);
        let mut news = false;
        // Reports are often of one sender: its switch is asked once.
        let mut last: Option<(Ordinal, Option<UserIdx>)> = None;
        for (seq, _) in reads.iter().filter(|(_, read)| *read == ReadOutcome::New) {
            news = true;
            let Some(meta) = entry.fold.message(*seq) else { continue };
            let sender = match last {
                Some((ordinal, user)) if ordinal == meta.sender() => user,
                _ => {
                    let user = entry.user(meta.sender()).filter(|user| self.book.sees_receipts(*user));
                    last = Some((meta.sender(), user));
                    user
                }
            };
            if let Some(sender) = sender
                && !self.conns.of(sender).is_empty()
                && let Some(summary) = entry.fold.summary(*seq)
            {
                self.conns.summary(sender, conv, *seq, at, summary.read);
            }
        }
        // R13.
        let Some(user) = entry.user(reader).filter(|_| news) else { return };
        if self.conns.of(user).iter().all(|conn| Some(*conn) == except) {
            return;
        }
        let Some(named) = self.book.seen_by(conv, user).map(|id| wire_conversation(&id)) else { return };
        let new: Vec<Seq> = reads.iter().filter(|(_, read)| *read == ReadOutcome::New).map(|(seq, _)| *seq).collect();
        for (i, seqs) in new.chunks(REFS).enumerate() {
            let ids = seqs.iter().map(|seq| self.id_of(conv, *seq)).collect();
            let own = wire::OwnReceipts { conversation: Some(named.clone()), seqs: seqs.to_vec(), ids };
            // The cursor comes with the last part.
            let last = (i + 1) * REFS >= new.len();
            let mut push = Push::new(at, frame::Body::OwnReceipts(own)).cursor_moves(last);
            self.conns.push(user, except, &mut push, out);
        }
    }

    pub(super) fn id_of(&self, conv: ConvIdx, seq: Seq) -> String {
        self.book.conv(conv).fold.message(seq).map_or_else(String::new, |message| message.id().to_owned())
    }

    fn notify_sent(
        &mut self,
        at: Position,
        conv: ConvIdx,
        seq: Seq,
        body: Option<&[u8]>,
        except: Option<ConnId>,
        out: &mut Vec<Effect>,
    ) {
        let entry = self.book.conv(conv);
        let Some(meta) = entry.fold.message(seq) else { return };
        if meta.flags().foreign {
            return;
        }
        let content = body.and_then(|body| wire::Content::decode(body).ok());
        let mut message = self.plain_message(conv, seq, meta, wire::Conversation::default());
        message.content = content;
        // R20: nobody gets it later.
        let everywhere = meta.flags().online_only;
        let push = |mut message: wire::Message, named: wire::Conversation| {
            message.conversation = Some(named);
            let push =
                Push::new(at, frame::Body::Messages(wire::Messages { messages: vec![message], finished: false }));
            if everywhere { push.everywhere() } else { push }
        };
        match &entry.key {
            Some(ConvKey::Group(group)) => {
                let named = wire_conversation(&crate::model::ConversationId::Group(group.clone()));
                let mut push = push(message, named);
                for (who, _) in entry.fold.roster().members() {
                    if let Some(user) = entry.user(who) {
                        self.conns.push(user, except, &mut push, out);
                    }
                }
            }
            Some(ConvKey::C2c(..)) => {
                for (who, _) in entry.fold.roster().members() {
                    if let Some(user) = entry.user(who)
                        && !self.conns.of(user).is_empty()
                        && let Some(id) = self.book.seen_by(conv, user)
                    {
                        let mut push = push(message.clone(), wire_conversation(&id));
                        self.conns.push(user, except, &mut push, out);
                    }
                }
            }
            None => {}
        }
    }

    #[allow(clippy::too_many_arguments)]
    fn notify_marked(
        &mut self,
        at: Position,
        conv: ConvIdx,
        reader: Ordinal,
        moved: bool,
        shown: bool,
        except: Option<ConnId>,
        out: &mut Vec<Effect>,
    ) {
        let entry = self.book.conv(conv);
        let Some(user) = entry.user(reader) else { return };
        if moved && let Some(named) = self.book.seen_by(conv, user).map(|id| wire_conversation(&id)) {
            let others: Vec<ConnId> =
                self.conns.of(user).iter().copied().filter(|conn| Some(*conn) != except).collect();
            if !others.is_empty() {
                let (state, body, _) = self.conversation_state(conv, user, reader, &named);
                for conn in others {
                    self.push_state(at, conn, state.clone(), body, out);
                }
            }
        }
        let entry = self.book.conv(conv);
        if shown
            && !entry.is_group()
            && let Some(me) = entry.fold.roster().member(reader)
            && let Some(peer) = entry.user(reader ^ 1)
        {
            let mark = wire::PeerMark {
                user: self.book.users[user as usize].id.as_str().to_owned(),
                seq: me.shown_mark,
                time_ms: me.shown_mark_ms,
            };
            let mut push = Push::new(at, frame::Body::PeerMarks(wire::PeerMarks { marks: vec![mark] }));
            self.conns.push(peer, None, &mut push, out);
        }
    }

    /// OwnMarks to one connection; what the last message says comes from the journal.
    fn push_state(
        &mut self,
        at: Position,
        id: ConnId,
        state: wire::ConversationState,
        body: Position,
        out: &mut Vec<Effect>,
    ) {
        let Some(conn) = self.conns.get_mut(id).filter(|conn| conn.mode == Mode::Live) else { return };
        let cursor = conn.cursor_for(at);
        conn.cursor = conn.cursor.max(cursor);
        self.conns.pushes += 1;
        let bodies = if state.last_message.is_some() { vec![body] } else { Vec::new() };
        let body = frame::Body::OwnMarks(wire::OwnMarks { states: vec![state] });
        let frame = wire::Frame { request: 0, position: at, cursor, body: Some(body) };
        out.push(Effect::SendWithBodies { conn: id, frame: Box::new(frame), bodies });
    }

    fn notify_deleted(
        &mut self,
        at: Position,
        record: &Record,
        conv: ConvIdx,
        seq: Seq,
        except: Option<ConnId>,
        out: &mut Vec<Effect>,
    ) {
        let entry = self.book.conv(conv);
        let Some(meta) = entry.fold.message(seq) else { return };
        out.push(Effect::DropBodies { positions: vec![meta.position()] });
        let by = match &record.event.body {
            Some(Body::Deleted(deleted)) => deleted.by.checked_sub(1),
            _ => None,
        };
        let operator = self.user_id(conv, by);
        for (who, _) in entry.fold.roster().members() {
            let Some(user) = entry.user(who).filter(|user| !self.conns.of(*user).is_empty()) else { continue };
            let Some(named) = self.book.seen_by(conv, user) else { continue };
            let recalled = wire::Recalled {
                conversation: Some(wire_conversation(&named)),
                seqs: vec![seq],
                ids: vec![meta.id().to_owned()],
                operator: operator.clone(),
            };
            self.conns.push(user, except, &mut Push::new(at, frame::Body::Recalled(recalled)), out);
        }
    }

    /// The user behind an ordinal; empty if nobody.
    pub(super) fn user_id(&self, conv: ConvIdx, who: Option<Ordinal>) -> String {
        who.and_then(|who| self.book.conv(conv).user(who))
            .map_or_else(String::new, |user| self.book.users[user as usize].id.as_str().to_owned())
    }

    // ---- summaries ----

    /// Pushes what is ready, on every connection that has something.
    pub(super) fn flush_touched(&mut self, out: &mut Vec<Effect>) {
        for conn in std::mem::take(&mut self.conns.touched) {
            self.flush(conn, out);
        }
    }

    fn flush(&mut self, id: ConnId, out: &mut Vec<Effect>) {
        let Some(conn) = self.conns.get_mut(id) else { return };
        let ready = std::mem::take(&mut conn.ready);
        let (user, with_readers) = (conn.user, conn.with_readers);
        let mut receipts: Vec<wire::Receipt> = Vec::with_capacity(ready.len());
        let mut room = Room::new();
        let sees = self.book.sees_receipts(user);
        let (next, at) = (next_summary(self.now), self.book.head);
        // Often many of one conversation.
        let mut named: Option<(ConvIdx, Option<wire::Conversation>)> = None;
        for (conv, seq) in ready {
            if named.as_ref().is_none_or(|(known, _)| *known != conv) {
                named = Some((conv, self.book.seen_by(conv, user).map(|id| wire_conversation(&id))));
            }
            let name = named.as_ref().and_then(|(_, name)| name.clone());
            let mut receipt = name.filter(|_| sees).and_then(|name| self.receipt(conv, seq, name));
            let read = self.book.conv(conv).fold.summary(seq).map_or(0, |summary| summary.read);
            if let Some(receipt) = &mut receipt
                && with_readers
                && let Some(throttle) = self.conns.get(id).and_then(|conn| conn.summaries.get(&(conv, seq)))
            {
                (receipt.readers, receipt.more_readers) = self.readers(conv, seq, throttle.named);
            }
            if let Some(receipt) = receipt {
                let bytes = RECEIPT_BYTES + receipt.readers.len() * READER_BYTES;
                if !room.take(bytes) {
                    self.push_receipts(at, id, std::mem::take(&mut receipts), out);
                    room = Room::new();
                    room.take(bytes);
                }
                receipts.push(receipt);
            }
            let Some(conn) = self.conns.get_mut(id) else { return };
            if let Some(Throttle { since, named }) = conn.summaries.get_mut(&(conv, seq)) {
                conn.withheld.remove(&(*since, conv, seq));
                *since = 0;
                *named = read;
                conn.due.push_back((next, conv, seq));
                if !conn.armed {
                    conn.armed = true;
                    self.timers.insert((next, Timer::Flush(id)));
                }
            }
        }
        self.push_receipts(at, id, receipts, out);
    }

    fn push_receipts(&mut self, at: Position, id: ConnId, receipts: Vec<wire::Receipt>, out: &mut Vec<Effect>) {
        if receipts.is_empty() {
            return;
        }
        let Some(conn) = self.conns.get_mut(id) else { return };
        // Summaries of this frame are not withheld any more; those of the next one are.
        let cursor = conn.cursor_for(at);
        conn.cursor = conn.cursor.max(cursor);
        self.conns.pushes += 1;
        let body = frame::Body::Receipts(wire::Receipts { receipts });
        let frame = wire::Frame { request: 0, position: at, cursor, body: Some(body) };
        self.send(id, &frame, out);
    }

    /// The timer of a connection's summaries: those that changed meanwhile are pushed, the others forgotten.
    pub(super) fn summaries_due(&mut self, id: ConnId) {
        let now = self.now;
        let Some(conn) = self.conns.get_mut(id) else { return };
        conn.armed = false;
        while let Some((due, conv, seq)) = conn.due.front().copied().filter(|(due, _, _)| *due <= now) {
            let _ = due;
            conn.due.pop_front();
            match conn.summaries.get(&(conv, seq)) {
                Some(Throttle { since: 0, .. }) => {
                    conn.summaries.remove(&(conv, seq));
                }
                Some(_) => conn.ready.push((conv, seq)),
                None => {}
            }
        }
        let next = conn.due.front().map(|(due, _, _)| *due);
        if let Some(due) = next {
            conn.armed = true;
            self.timers.insert((due, Timer::Flush(id)));
        }
        if !conn.ready.is_empty() {
            self.conns.touched.insert(id);
        }
    }

    /// Before the end: whatever is held back.
    pub(super) fn flush_everything(&mut self, out: &mut Vec<Effect>) {
        for conv in self.pending_notices() {
            self.notice_due(conv, out);
        }
        for id in self.conns.ids() {
            let Some(conn) = self.conns.get_mut(id) else { continue };
            let held: Vec<(ConvIdx, Seq)> =
                conn.withheld.iter().filter(|(_, _, seq)| *seq != 0).map(|(_, conv, seq)| (*conv, *seq)).collect();
            conn.ready = held;
            self.flush(id, out);
        }
        self.conns.touched.clear();
    }
}
