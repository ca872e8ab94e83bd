//! What the device remembers: which message is where, the last known summaries, the conversations. Bounded: the oldest
//! messages are forgotten first, in memory and on disk.

use super::{StoreEntry, StoreOp, Table, convert, device};
use crate::model::{
    ConversationId, ConversationInfo, GroupId, Message, MessageId, MessageReceipt, Seq, TimeMs, UserId,
};
use crate::wire;
use prost::Message as _;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// Messages remembered. Of one forgotten, calls by id alone ask the service, and no summary is cached.
const MESSAGES: usize = 50_000;
/// Conversations remembered.
const CONVERSATIONS: usize = 20_000;

/// A summary, with the position that orders it (R12).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Summary {
    pub(super) position: u64,
    pub(super) read: u32,
    pub(super) unread: u32,
    pub(super) peer_read: bool,
    pub(super) time_ms: TimeMs,
}

/// What is known of a message.
#[derive(Clone, Debug)]
pub(super) struct Known {
    pub(super) conversation: ConversationId,
    pub(super) seq: Seq,
    pub(super) time_ms: TimeMs,
    pub(super) is_self: Option<bool>,
    pub(super) need_receipt: Option<bool>,
    /// One's own receipt for it was taken, from any device (R13).
    pub(super) sent: bool,
    pub(super) recalled: bool,
    pub(super) summary: Option<Summary>,
    /// The position of the summary that the app was told last, in this process.
    pub(super) told: u64,
}

/// What is known of a conversation.
#[derive(Clone, Debug, Default)]
pub(super) struct Conv {
    pub(super) last_seq: Seq,
    pub(super) received: Seq,
    pub(super) counted: Seq,
    pub(super) unread: u32,
    pub(super) own_mark: Seq,
    pub(super) peer_mark: Seq,
    pub(super) peer_mark_ms: TimeMs,
    pub(super) last_message: Option<wire::Message>,
    pub(super) group: Option<wire::Group>,
    pub(super) position: u64,
    pub(super) left: bool,
    pub(super) stated: bool,
    /// The highest seq told to the app by onRecvNewMessage since this process began.
    pub(super) emitted: Seq,
}

type Place = (MessageId, ConversationId);

/// The device's memory, and which rows of it are not in the store yet.
#[derive(Debug, Default)]
pub(super) struct Memory {
    ids: BTreeMap<MessageId, Vec<Known>>,
    order: VecDeque<Place>,
    convs: BTreeMap<ConversationId, Conv>,
    dirty_known: BTreeSet<Place>,
    dirty_summaries: BTreeSet<Place>,
    dirty_convs: BTreeSet<ConversationId>,
    /// To be told to the app (R26).
    pub(super) changed: BTreeSet<ConversationId>,
    /// Unread in conversations that there is no row for.
    pub(super) other_unread: u64,
    /// Rows of the store that could not be read.
    pub(super) unreadable: u64,
    /// R15: receipts are off, and who is off sees none: what is known of summaries is shown to nobody.
    pub(super) hides_summaries: bool,
}

fn key(conversation: &ConversationId, id: &MessageId) -> Vec<u8> {
    let mut key = conversation.to_string().into_bytes();
    key.push(0);
    key.extend_from_slice(id.as_str().as_bytes());
    key
}

impl Memory {
    /// Takes a row of the store; rows of other tables are not its own.
    pub(super) fn load(&mut self, entries: &[StoreEntry]) {
        // Index before summaries, whatever order the store gives: a summary alone says less of its message.
        for table in [Table::Index, Table::Summaries, Table::Conversations] {
            for entry in entries.iter().filter(|entry| entry.table == table) {
                let read = match table {
                    Table::Index => self.load_known(&entry.value),
                    Table::Summaries => self.load_summary(&entry.value),
                    _ => self.load_conversation(&entry.value),
                };
                if read.is_none() {
                    self.unreadable += 1;
                }
            }
        }
        let mut order: Vec<(TimeMs, Seq, Place)> = self
            .ids
            .iter()
            .flat_map(|(id, all)| all.iter().map(move |k| (k.time_ms, k.seq, (id.clone(), k.conversation.clone()))))
            .collect();
        order.sort();
        self.order = order.into_iter().map(|(_, _, place)| place).collect();
        self.dirty_known.clear();
        self.dirty_summaries.clear();
        self.dirty_convs.clear();
        self.changed.clear();
    }

    fn load_known(&mut self, value: &[u8]) -> Option<()> {
        let row = device::Known::decode(value).ok()?;
        let conversation = ConversationId::parse(&row.conversation).ok()?;
        let known = self.know(&MessageId::new(&row.id).ok()?, &conversation);
        known.seq = row.seq;
        known.time_ms = row.time_ms;
        known.is_self = row.is_self;
        known.need_receipt = row.need_receipt;
        known.sent = row.receipt_sent;
        known.recalled = row.recalled;
        Some(())
    }

    fn load_summary(&mut self, value: &[u8]) -> Option<()> {
        let row = device::Summary::decode(value).ok()?;
        let conversation = ConversationId::parse(&row.conversation).ok()?;
        let known = self.know(&MessageId::new(&row.id).ok()?, &conversation);
        known.seq = known.seq.max(row.seq);
        known.summary = Some(Summary {
            position: row.position,
            read: row.read,
            unread: row.unread,
            peer_read: row.peer_read,
            time_ms: row.time_ms,
        });
        Some(())
    }

    fn load_conversation(&mut self, value: &[u8]) -> Option<()> {
        let row = device::Conversation::decode(value).ok()?;
        let state = wire::ConversationState::decode(row.state.as_slice()).ok()?;
        let conversation = convert::conversation(state.conversation.as_ref())?;
        let conv = Conv {
            last_seq: state.last_seq,
            received: row.received,
            counted: row.counted,
            unread: state.unread,
            own_mark: state.own_mark,
            peer_mark: state.peer_mark,
            peer_mark_ms: state.peer_mark_ms,
            last_message: state.last_message,
            group: state.group,
            position: state.position,
            left: state.left,
            stated: row.stated,
            emitted: 0,
        };
        self.convs.insert(conversation, conv);
        Some(())
    }

    /// The entry of a message, made if there is none; it will be written.
    pub(super) fn know(&mut self, id: &MessageId, conversation: &ConversationId) -> &mut Known {
        let place = (id.clone(), conversation.clone());
        let fresh = !self.ids.get(id).is_some_and(|all| all.iter().any(|known| known.conversation == *conversation));
        if fresh {
            while self.order.len() >= MESSAGES {
                self.forget_oldest();
            }
            self.order.push_back(place.clone());
        }
        self.dirty_known.insert(place);
        let all = self.ids.entry(id.clone()).or_default();
        let at = match all.iter().position(|known| known.conversation == *conversation) {
            Some(at) => at,
            None => {
                all.push(Known {
                    conversation: conversation.clone(),
                    seq: 0,
                    time_ms: 0,
                    is_self: None,
                    need_receipt: None,
                    sent: false,
                    recalled: false,
                    summary: None,
                    told: 0,
                });
                all.len() - 1
            }
        };
        &mut all[at]
    }

    fn forget_oldest(&mut self) {
        let Some((id, conversation)) = self.order.pop_front() else { return };
        if let Some(all) = self.ids.get_mut(&id) {
            all.retain(|known| known.conversation != conversation);
            if all.is_empty() {
                self.ids.remove(&id);
            }
        }
        // What is dirty and gone is written as deleted.
        self.dirty_known.insert((id.clone(), conversation.clone()));
        self.dirty_summaries.insert((id, conversation));
    }

    /// What is known of a message; without a conversation only if its id is in one conversation (R23).
    pub(super) fn find(&self, id: &MessageId, conversation: Option<&ConversationId>) -> Option<&Known> {
        let all = self.ids.get(id)?;
        match conversation {
            Some(conversation) => all.iter().find(|known| known.conversation == *conversation),
            None if all.len() == 1 => all.first(),
            None => None,
        }
    }

    /// The newest message of a conversation that is not newer than this (R14: cleanTimestamp).
    pub(super) fn seq_at(&self, conversation: &ConversationId, until_ms: TimeMs) -> Seq {
        self.ids
            .values()
            .flatten()
            .filter(|known| known.conversation == *conversation && known.time_ms <= until_ms)
            .map(|known| known.seq)
            .max()
            .unwrap_or(0)
    }

    /// Takes a summary unless a newer one is known; `true`: it is now the one to show.
    pub(super) fn learn(&mut self, id: &MessageId, receipt: &MessageReceipt) -> bool {
        let known = self.know(id, &receipt.conversation);
        if known.recalled || known.summary.as_ref().is_some_and(|summary| summary.position > receipt.position) {
            return false;
        }
        if receipt.seq != 0 {
            known.seq = receipt.seq;
        }
        let summary = Summary {
            position: receipt.position,
            read: receipt.read_count,
            unread: receipt.unread_count,
            peer_read: receipt.is_peer_read,
            time_ms: receipt.time_ms,
        };
        if known.summary.as_ref() != Some(&summary) {
            known.summary = Some(summary);
            self.dirty_summaries.insert((id.clone(), receipt.conversation.clone()));
        }
        true
    }

    /// Notes that the app is told this summary; `false`: it was told before.
    pub(super) fn telling(&mut self, id: &MessageId, receipt: &MessageReceipt) -> bool {
        let known = self.ids.get_mut(id).into_iter().flatten().find(|k| k.conversation == receipt.conversation);
        let Some(known) = known else { return true };
        let news = receipt.position == 0 || known.told < receipt.position;
        known.told = receipt.position;
        news
    }

    /// The last known summary of a message.
    pub(super) fn receipt(&self, id: &MessageId, conversation: Option<&ConversationId>) -> Option<MessageReceipt> {
        if self.hides_summaries {
            return None;
        }
        let known = self.find(id, conversation).filter(|known| !known.recalled)?;
        let summary = known.summary.as_ref()?;
        Some(MessageReceipt {
            message: Some(id.clone()),
            conversation: known.conversation.clone(),
            seq: known.seq,
            is_peer_read: summary.peer_read,
            time_ms: summary.time_ms,
            read_count: summary.read,
            unread_count: summary.unread,
            readers: Vec::new(),
            more_readers: false,
            position: summary.position,
        })
    }

    /// R32: its receipts end.
    pub(super) fn recall(&mut self, id: &MessageId, conversation: &ConversationId, seq: Seq) {
        let known = self.know(id, conversation);
        known.recalled = true;
        known.seq = known.seq.max(seq);
        known.summary = None;
        self.dirty_summaries.insert((id.clone(), conversation.clone()));
    }

    /// The positions of another epoch order nothing, and its seqs may name other messages now.
    pub(super) fn new_epoch(&mut self) {
        for (id, all) in &mut self.ids {
            for known in all {
                known.seq = 0;
                known.told = 0;
                if let Some(summary) = &mut known.summary {
                    summary.position = 0;
                    self.dirty_summaries.insert((id.clone(), known.conversation.clone()));
                }
                self.dirty_known.insert((id.clone(), known.conversation.clone()));
            }
        }
        for (id, conv) in &mut self.convs {
            *conv = Conv { unread: conv.unread, last_message: conv.last_message.take(), ..Conv::default() };
            self.dirty_convs.insert(id.clone());
        }
    }

    pub(super) fn conv(&self, id: &ConversationId) -> Option<&Conv> {
        self.convs.get(id)
    }

    pub(super) fn convs(&self) -> impl Iterator<Item = (&ConversationId, &Conv)> {
        self.convs.iter()
    }

    /// The entry of a conversation, made if there is none; it will be written.
    pub(super) fn conv_mut(&mut self, id: &ConversationId) -> &mut Conv {
        if !self.convs.contains_key(id) && self.convs.len() >= CONVERSATIONS {
            let idle = self.convs.iter().min_by_key(|(id, conv)| (conv.position, *id)).map(|(id, _)| id.clone());
            if let Some(idle) = idle {
                self.convs.remove(&idle);
                self.dirty_convs.insert(idle);
            }
        }
        self.dirty_convs.insert(id.clone());
        self.convs.entry(id.clone()).or_default()
    }

    /// R26: what is unread in all conversations.
    pub(super) fn total_unread(&self) -> u64 {
        let known: u64 = self.convs.values().filter(|conv| !conv.left).map(|conv| u64::from(conv.unread)).sum();
        known.saturating_add(self.other_unread)
    }

    /// A message as the memory knows it better: marks, receipts sent, the newest summary (R12, R13, R14).
    pub(super) fn complete(&self, message: &mut Message) {
        let Some(conversation) = &message.conversation else { return };
        if let Some(conv) = self.convs.get(conversation)
            && message.seq != 0
        {
            message.is_read = message.is_self || message.seq <= conv.own_mark;
            message.is_peer_read = message.is_self && conversation.is_c2c() && message.seq <= conv.peer_mark;
        }
        if let Some(id) = &message.id {
            message.has_sent_receipt |= self.find(id, Some(conversation)).is_some_and(|known| known.sent);
            if let Some(newest) = self.receipt(id, Some(conversation))
                && message.receipt.as_ref().is_none_or(|given| given.position < newest.position)
            {
                message.receipt = Some(newest);
            }
        }
    }

    /// A conversation as callers see it.
    pub(super) fn info(&self, me: &UserId, id: &ConversationId) -> Option<ConversationInfo> {
        let conv = self.convs.get(id)?;
        let last_message = conv.last_message.as_ref().and_then(|wire| convert::message(me, wire)).map(|mut message| {
            self.complete(&mut message);
            message
        });
        Some(ConversationInfo {
            id: id.clone(),
            last_message,
            unread_count: conv.unread,
            own_mark: conv.own_mark,
            peer_mark: conv.peer_mark,
            peer_mark_ms: conv.peer_mark_ms,
            group: conv.group.as_ref().and_then(convert::group),
            last_seq: conv.last_seq,
        })
    }

    /// The conversations, latest activity first.
    pub(super) fn infos(&self, me: &UserId) -> Vec<ConversationInfo> {
        let mut all: Vec<_> =
            self.convs.iter().filter(|(_, conv)| !conv.left).filter_map(|(id, _)| self.info(me, id)).collect();
        all.sort_by_key(|info| std::cmp::Reverse(info.last_message.as_ref().map_or(0, |message| message.time_ms)));
        all
    }

    /// A group that is gone for this user.
    pub(super) fn leave(&mut self, group: &GroupId) {
        let id = ConversationId::Group(group.clone());
        if self.convs.contains_key(&id) {
            let conv = self.conv_mut(&id);
            conv.left = true;
            conv.unread = 0;
        }
    }

    /// The rows that changed since the last time.
    pub(super) fn rows(&mut self, ops: &mut Vec<StoreOp>) {
        for (id, conversation) in std::mem::take(&mut self.dirty_known) {
            let value = self.find(&id, Some(&conversation)).map(|known| {
                device::Known {
                    conversation: conversation.to_string(),
                    id: id.to_string(),
                    seq: known.seq,
                    time_ms: known.time_ms,
                    is_self: known.is_self,
                    need_receipt: known.need_receipt,
                    receipt_sent: known.sent,
                    recalled: known.recalled,
                }
                .encode_to_vec()
            });
            ops.push(row(Table::Index, key(&conversation, &id), value));
        }
        for (id, conversation) in std::mem::take(&mut self.dirty_summaries) {
            let value = self.find(&id, Some(&conversation)).and_then(|known| {
                let summary = known.summary.as_ref()?;
                Some(
                    device::Summary {
                        conversation: conversation.to_string(),
                        id: id.to_string(),
                        seq: known.seq,
                        position: summary.position,
                        read: summary.read,
                        unread: summary.unread,
                        peer_read: summary.peer_read,
                        time_ms: summary.time_ms,
                    }
                    .encode_to_vec(),
                )
            });
            ops.push(row(Table::Summaries, key(&conversation, &id), value));
        }
        for id in std::mem::take(&mut self.dirty_convs) {
            let value = self.convs.get(&id).map(|conv| {
                let state = wire::ConversationState {
                    conversation: Some(convert::conversation_to_wire(&id)),
                    last_seq: conv.last_seq,
                    last_message: conv.last_message.clone(),
                    unread: conv.unread,
                    own_mark: conv.own_mark,
                    peer_mark: conv.peer_mark,
                    peer_mark_ms: conv.peer_mark_ms,
                    group: conv.group.clone(),
                    position: conv.position,
                    left: conv.left,
                };
                device::Conversation {
                    state: state.encode_to_vec(),
                    received: conv.received,
                    counted: conv.counted,
                    stated: conv.stated,
                }
                .encode_to_vec()
            });
            ops.push(row(Table::Conversations, id.to_string().into_bytes(), value));
        }
    }
}

/// A row to write, or to delete.
pub(super) fn row(table: Table, key: Vec<u8>, value: Option<Vec<u8>>) -> StoreOp {
    match value {
        Some(value) => StoreOp::Put(StoreEntry { table, key, value }),
        None => StoreOp::Delete { table, key },
    }
}
