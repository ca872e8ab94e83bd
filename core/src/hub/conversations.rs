//! The list of conversations (R26).

use super::book::ConvIdx;
use super::build::{Room, wire_conversation};
use super::history::too_many;
use super::hub::Hub;
use super::messages::{conversation_of, group_missing, no_member, unknown_message};
use super::proposals::Asker;
use super::{Effect, book::Place};
use crate::model::{ConversationId, Error, Ordinal, Position, Result, limits};
use crate::wire::{self, frame};

/// What a conversation takes in a frame beside its last message, at most.
const STATE_BYTES: usize = 700;

impl Hub {
    pub(super) fn list_conversations(
        &mut self,
        asker: Asker,
        list: wire::ListConversations,
        out: &mut Vec<Effect>,
    ) -> Result<()> {
        let user = asker.user;
        let mut answer = wire::Conversations {
            conversations: Vec::new(),
            next_seq: 0,
            finished: true,
            total_unread: self.total_unread(user),
        };
        let mut bodies = Vec::new();
        let mut room = Room::new();
        if list.conversations.is_empty() {
            if !(1..=limits::PAGE).contains(&list.count) {
                return Err(Error::invalid(format!("the count is {}; it must be 1 to {}", list.count, limits::PAGE)));
            }
            let all = self.by_activity(user);
            let from = usize::try_from(list.next_seq).unwrap_or(usize::MAX);
            if from > all.len() {
                return Err(Error::invalid(format!(
                    "the nextSeq is {}; it must be 0, or what the last page gave",
                    list.next_seq
                )));
            }
            for (i, (conv, who, id)) in all.iter().enumerate().skip(from) {
                let (state, body, bytes) = self.conversation_state(*conv, user, *who, &wire_conversation(id));
                if answer.conversations.len() >= list.count as usize || !room.take(STATE_BYTES + bytes) {
                    answer.next_seq = i as u64;
                    answer.finished = false;
                    break;
                }
                if state.last_message.is_some() {
                    bodies.push(body);
                }
                answer.conversations.push(state);
            }
        } else {
            if list.conversations.len() > limits::CONVERSATIONS_PER_REQUEST {
                return Err(too_many("conversations", list.conversations.len(), limits::CONVERSATIONS_PER_REQUEST));
            }
            let ids =
                list.conversations.iter().map(|named| conversation_of(Some(named))).collect::<Result<Vec<_>>>()?;
            for id in &ids {
                let (conv, who) = match self.book.place(user, id) {
                    Place::Inside { conv, who, member: true } => (conv, who),
                    // One that is asked for alone is refused; of several, those that are there are given.
                    other if ids.len() == 1 && !id.is_c2c() => {
                        return Err(match other {
                            Place::Missing => group_missing(id),
                            Place::Outside => unknown_message(),
                            Place::Inside { .. } => no_member(id),
                        });
                    }
                    _ => continue,
                };
                let (state, body, bytes) = self.conversation_state(conv, user, who, &wire_conversation(id));
                if state.last_message.is_some() {
                    bodies.push(if room.take(STATE_BYTES + bytes) { body } else { 0 });
                }
                answer.conversations.push(state);
            }
        }
        self.reply_with_bodies(asker.conn, asker.request, frame::Body::Conversations(answer), bodies, out);
        Ok(())
    }

    /// The conversations of a user, latest activity first: its last message, else when the user joined.
    fn by_activity(&self, user: u32) -> Vec<(ConvIdx, Ordinal, ConversationId)> {
        let mut all: Vec<((i64, Position), ConvIdx, Ordinal, ConversationId)> = Vec::new();
        for (conv, who) in &self.book.users[user as usize].conversations {
            let entry = self.book.conv(*conv);
            let Some(me) = entry.fold.roster().member(*who).filter(|me| me.member) else { continue };
            if entry.fold.is_dismissed() {
                continue;
            }
            let Some(id) = self.book.seen_by(*conv, user) else { continue };
            let activity = self
                .last_message(*conv, *who)
                .and_then(|seq| entry.fold.message(seq))
                .map_or((me.joined_ms, 0), |message| (message.time_ms(), message.position()));
            all.push((activity, *conv, *who, id));
        }
        all.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
        all.into_iter().map(|(_, conv, who, id)| (conv, who, id)).collect()
    }
}
