//! Conversation-level reads (R14): apart from receipts, forward only.

use super::book::ConvIdx;
use super::build::{Room, wire_conversation};
use super::history::too_many;
use super::hub::Hub;
use super::messages::{conversation_of, group_missing, unknown_message};
use super::proposals::{Asker, Then};
use super::{Effect, Record};
use crate::ledger::journal::{Marked, event};
use crate::model::{ConversationId, Error, Result, limits};
use crate::wire::{self, frame};

impl Hub {
    pub(super) fn mark(&mut self, asker: Asker, mark: wire::Mark, out: &mut Vec<Effect>) -> Result<()> {
        if mark.to.is_empty() {
            return Err(Error::invalid("no conversation is named; name at least one"));
        }
        if mark.to.len() > limits::CONVERSATIONS_PER_REQUEST {
            return Err(too_many("conversations", mark.to.len(), limits::CONVERSATIONS_PER_REQUEST));
        }
        let switch = self.book.fold(asker.user);
        let mut records = Vec::new();
        let mut conversations: Vec<(ConversationId, ConvIdx)> = Vec::new();
        for to in &mark.to {
            let id = conversation_of(to.conversation.as_ref())?;
            if mark.to.len() > 1 && self.is_stopped(asker.user, &id) {
                // Alone it is refused. The others go on: this one's next mark comes with a later message.
                continue;
            }
            let Some((conv, who, member)) = self.inside(asker.user, &id) else {
                // Nothing was said there: nothing to mark, in a list of several (mark all) and with a peer.
                if mark.to.len() > 1 || id.is_c2c() {
                    conversations.push((id, ConvIdx::MAX));
                    continue;
                }
                return Err(match self.book.place(asker.user, &id) {
                    super::book::Place::Missing => group_missing(&id),
                    _ => unknown_message(),
                });
            };
            conversations.push((id, conv));
            let fold = &self.book.conv(conv).fold;
            let seq = to.seq.min(fold.last_seq());
            if !member || fold.roster().member(who).is_none_or(|me| seq <= me.mark) {
                continue;
            }
            let told = if to.time_ms == 0 { self.now } else { to.time_ms.min(self.now) };
            // R15: while receipts are off, or were when it was marked, the peer is told nothing.
            let silent = !switch.receipts_enabled() || !switch.receipts_enabled_at(told);
            let event = self.event(event::Body::Marked(Marked { reader: who, seq, time_ms: told, silent }));
            records.push(Record { log: self.book.conv(conv).log, event, body: None });
        }
        if records.is_empty() {
            self.answer_marks(asker, &conversations, out);
        } else {
            self.propose(records, Some(asker), Then::Marks(conversations), out);
        }
        Ok(())
    }

    pub(super) fn answer_marks(
        &mut self,
        asker: Asker,
        conversations: &[(ConversationId, ConvIdx)],
        out: &mut Vec<Effect>,
    ) {
        let mut states = Vec::with_capacity(conversations.len());
        let mut bodies = Vec::new();
        let mut room = Room::new();
        for (id, conv) in conversations {
            let named = wire_conversation(id);
            let who = self.book.users[asker.user as usize].conversations.get(conv).copied();
            let Some(who) = who else {
                states.push(wire::ConversationState {
                    conversation: Some(named),
                    left: !id.is_c2c(),
                    ..wire::ConversationState::default()
                });
                continue;
            };
            let (state, body, bytes) = self.conversation_state(*conv, asker.user, who, &named);
            // What does not fit goes without what its last message says; history has it.
            if state.last_message.is_some() {
                bodies.push(if room.take(bytes) { body } else { 0 });
            }
            states.push(state);
        }
        let body = frame::Body::Marked(wire::Marked { states });
        self.reply_with_bodies(asker.conn, asker.request, body, bodies, out);
    }
}
