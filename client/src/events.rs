//! Events as a stream, and how those that wait are joined.

use crate::listener::ListenerId;
use crate::shared::Shared;
use futures_util::Stream;
use seenby_core::model::{ConversationId, MessageId, MessageReceipt, Seq, limits};
use seenby_core::session::Event;
use std::collections::HashMap;
use std::pin::Pin;
use std::sync::{Arc, Weak};
use std::task::{Context, Poll};
use tokio::sync::mpsc;

/// What the app hears, as a stream of any executor: [`crate::Client::events`].
///
/// It is bounded: when 4 096 events wait here, the client stops reading from the service and catches up later. So a
/// stream that is kept must be read, or dropped. It ends when the client is closed.
#[derive(Debug)]
pub struct Events {
    pub(crate) receiver: mpsc::UnboundedReceiver<(Event, Option<u64>)>,
    pub(crate) shared: Weak<Shared>,
    pub(crate) id: ListenerId,
}

impl Events {
    /// The next event; `None` when the client is closed.
    pub async fn next(&mut self) -> Option<Event> {
        std::future::poll_fn(|context| self.poll_event(context)).await
    }

    /// The next event if one is there.
    pub fn try_next(&mut self) -> Option<Event> {
        let (event, up_to) = self.receiver.try_recv().ok()?;
        self.taken(up_to);
        Some(event)
    }

    fn poll_event(&mut self, context: &mut Context<'_>) -> Poll<Option<Event>> {
        self.receiver.poll_recv(context).map(|next| {
            next.map(|(event, up_to)| {
                self.taken(up_to);
                event
            })
        })
    }

    fn taken(&self, up_to: Option<u64>) {
        if let (Some(up_to), Some(shared)) = (up_to, self.shared.upgrade()) {
            shared.taken(self.id, up_to);
        }
    }
}

impl Stream for Events {
    type Item = Event;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Event>> {
        self.poll_event(context)
    }
}

impl Drop for Events {
    fn drop(&mut self) {
        if let Some(shared) = self.shared.upgrade() {
            shared.forget_listener(self.id);
        }
    }
}

/// Joins summaries that wait behind one another: of two of a message the later is shown (DESIGN.md). Other events keep
/// their places.
pub(crate) fn coalesce(events: Vec<Event>) -> Vec<Event> {
    let mut joined: Vec<Event> = Vec::with_capacity(events.len());
    let mut places: HashMap<(ConversationId, Option<MessageId>, Seq), usize> = HashMap::new();
    for event in events {
        match (joined.last_mut(), event) {
            (Some(Event::ReadReceipts(before)), Event::ReadReceipts(after)) => {
                if places.is_empty() {
                    places.extend(before.iter().enumerate().map(|(place, receipt)| (key(receipt), place)));
                }
                for receipt in after {
                    match places.get(&key(&receipt)).and_then(|place| before.get_mut(*place)) {
                        Some(known) => merge(known, receipt),
                        None => {
                            places.insert(key(&receipt), before.len());
                            before.push(receipt);
                        }
                    }
                }
            }
            (_, event) => {
                places.clear();
                joined.push(event);
            }
        }
    }
    joined
}

/// A message has an id here; one that has none is told by its number.
fn key(receipt: &MessageReceipt) -> (ConversationId, Option<MessageId>, Seq) {
    let seq = if receipt.message.is_some() { 0 } else { receipt.seq };
    (receipt.conversation.clone(), receipt.message.clone(), seq)
}

/// The later summary, with the readers that both pushes named (R12).
fn merge(known: &mut MessageReceipt, mut later: MessageReceipt) {
    if later.position < known.position {
        std::mem::swap(known, &mut later);
    }
    let mut readers = std::mem::take(&mut known.readers);
    let mut more = known.more_readers | later.more_readers;
    for reader in &later.readers {
        if readers.iter().any(|before| before.user == reader.user) {
            continue;
        }
        if readers.len() < limits::PUSHED_READERS {
            readers.push(reader.clone());
        } else {
            more = true;
        }
    }
    *known = MessageReceipt { readers, more_readers: more, ..later };
}

pub(crate) fn stream(shared: &Arc<Shared>) -> Events {
    let (sender, receiver) = mpsc::unbounded_channel();
    let id = shared.add_listener(crate::listener::Ear::Stream(sender));
    Events { receiver, shared: Arc::downgrade(shared), id }
}

#[cfg(test)]
mod tests {
    use super::*;
    use seenby_core::model::{GroupId, ReaderAt, UserId};

    fn receipt(id: &str, read: u32, position: u64, readers: &[&str]) -> MessageReceipt {
        MessageReceipt {
            message: Some(MessageId::new(id).unwrap()),
            conversation: ConversationId::Group(GroupId::new("g").unwrap()),
            seq: 1,
            is_peer_read: false,
            time_ms: 0,
            read_count: read,
            unread_count: 9 - read,
            readers: readers.iter().map(|r| ReaderAt { user: UserId::new(r).unwrap(), time_ms: 1 }).collect(),
            more_readers: false,
            position,
        }
    }

    #[test]
    fn r12_waiting_summaries_coalesce_by_message_and_keep_the_later() {
        let events = coalesce(vec![
            Event::ReadReceipts(vec![receipt("a", 1, 10, &["u1"]), receipt("b", 1, 11, &[])]),
            Event::ReadReceipts(vec![receipt("a", 3, 14, &["u2", "u3"])]),
            Event::ReadReceipts(vec![receipt("b", 0, 5, &[]), receipt("c", 1, 15, &[])]),
            Event::TotalUnreadChanged(3),
            Event::ReadReceipts(vec![receipt("a", 4, 16, &[])]),
        ]);
        assert_eq!(
            events,
            [
                Event::ReadReceipts(vec![
                    receipt("a", 3, 14, &["u1", "u2", "u3"]),
                    receipt("b", 1, 11, &[]),
                    receipt("c", 1, 15, &[])
                ]),
                Event::TotalUnreadChanged(3),
                Event::ReadReceipts(vec![receipt("a", 4, 16, &[])]),
            ]
        );
    }

    #[test]
    fn r12_at_most_a_hundred_readers_are_named() {
        let many: Vec<String> = (0..150).map(|n| format!("u{n}")).collect();
        let many: Vec<&str> = many.iter().map(String::as_str).collect();
        let events = coalesce(vec![
            Event::ReadReceipts(vec![receipt("a", 1, 1, &many[..80])]),
            Event::ReadReceipts(vec![receipt("a", 2, 2, &many[80..])]),
        ]);
        let Event::ReadReceipts(receipts) = &events[0] else { panic!("{events:?}") };
        assert_eq!(receipts[0].readers.len(), 100);
        assert!(receipts[0].more_readers);
    }
}
