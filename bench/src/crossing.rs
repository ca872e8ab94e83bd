//! The work that is measured, through the Rust API; `c/crossing.c`, `cpp/crossing.cpp` and `objc/crossing.m` are the same in
//! their languages.
//!
//! - `report N`: sendMessageReadReceipts of N messages, as its caller pays it: the time that the calling thread computes
//!   from the call's begin to its return. Nobody is logged in, so that no session works at the same time.
//! - `event N`: an event of N receipts, as the delivery thread pays it: the time that thread computes from the end of the
//!   callback before it to the end of the listener's call, which adds up one field of every receipt. So it has in it
//!   what brings any event (taking it from the queue, the listener's gate), and in the other languages what makes their
//!   structs and objects. In Objective-C it ends when these are gone: each is made alone, and let go alone.

use crate::Result;
use rustix::time::{ClockId, clock_gettime};
use seenby_client::{
    Answer, Client, Command, Config, ConversationId, EmbeddedService, Event, HubLimits, Message, MessageHandle,
    MessageId, SendOptions,
};
use std::cell::Cell;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};

const ROUNDS: usize = 200;
const CALLS: u64 = 50;
const SERVER: &str = "embedded:mem/crossing-rust";

thread_local! {
    /// When this thread's last callback ended.
    static LAST: Cell<u64> = const { Cell::new(0) };
}

/// What this thread has computed so far, in ns.
fn thread_ns() -> u64 {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    u64::try_from(time.tv_sec).unwrap_or(0) * 1_000_000_000 + u64::try_from(time.tv_nsec).unwrap_or(0)
}

fn median(mut found: Vec<u64>) -> Result<u64> {
    found.sort_unstable();
    found.get(found.len() / 2).copied().ok_or_else(|| "nothing was measured".into())
}

/// What was measured: what, of how many receipts, in ns.
pub(crate) fn measure() -> Result<Vec<(&'static str, usize, u64)>> {
    // The rate limits are not what is measured.
    let limits = HubLimits { requests_per_second: 1_000_000, burst: 1_000_000, ..HubLimits::default() };
    let service = EmbeddedService::open(&Config::new(1).server(SERVER), None, limits)?;
    let mut measured = Vec::new();
    for n in [1, 30] {
        measured.push(("report", n, reports(n)?));
    }
    let (alice, bob) = (client("alice")?, client("bob")?);
    let (heard, hears) = channel();
    let found = Arc::new(Mutex::new(Vec::new()));
    let theirs = found.clone();
    alice.add_listener(Arc::new(move |events: &[Event]| {
        for event in events {
            if let Event::ReadReceipts(receipts) = event {
                let read = receipts.iter().map(|receipt| usize::from(receipt.is_peer_read)).sum();
                let spent = thread_ns() - LAST.get();
                theirs.lock().unwrap_or_else(PoisonError::into_inner).push((receipts.len(), spent));
                let _ = heard.send(read);
                LAST.set(thread_ns());
            }
        }
    }));
    for n in [1, 30, 64] {
        found.lock().unwrap_or_else(PoisonError::into_inner).clear();
        for _ in 0..ROUNDS {
            round(&alice, &bob, n, &hears)?;
        }
        let all = found.lock().unwrap_or_else(PoisonError::into_inner);
        let those = all.iter().filter(|(count, _)| *count == n).map(|(_, spent)| *spent).collect();
        measured.push(("event", n, median(those)?));
    }
    alice.shutdown();
    bob.shutdown();
    drop(service);
    Ok(measured)
}

fn client(user: &str) -> Result<Client> {
    let client = Client::new(Config::new(1).server(SERVER).device_label(user))?;
    client.login(user, "").wait()?;
    Ok(client)
}

/// The end of a call, told to the thread that waits.
fn ending(done: &Sender<seenby_client::Result<Answer>>) -> impl FnOnce(seenby_client::Result<Answer>) + Send + use<> {
    let done = done.clone();
    move |result| {
        let _ = done.send(result);
        LAST.set(thread_ns());
    }
}

fn reports(n: usize) -> Result<u64> {
    let nobody = Client::new(Config::new(1).server(SERVER))?;
    let conversation = ConversationId::parse("c2c_alice")?;
    let mut messages = Vec::new();
    for i in 0..n {
        let mut message = nobody.create_text_message("Lunch?");
        message.id = Some(MessageId::new(format!("0123456789abcdefghijklmnopqrst{i:02}"))?); // as long as ours
        message.conversation = Some(conversation.clone());
        message.is_self = false;
        message.need_read_receipt = true;
        messages.push(message);
    }
    let (done, ended) = channel();
    let mut found = Vec::new();
    for _ in 0..ROUNDS {
        let begin = thread_ns();
        for _ in 0..CALLS {
            let messages = messages.iter().map(MessageHandle::from).collect();
            nobody.call(Command::SendReadReceipts { messages }, ending(&done));
        }
        found.push((thread_ns() - begin) / CALLS);
        for _ in 0..CALLS {
            if ended.recv()?.is_ok() {
                return Err("nobody is logged in, and a report was taken".into());
            }
        }
    }
    median(found)
}

/// Alice sends n messages, Bob reports them in one call, Alice hears of it.
fn round(alice: &Client, bob: &Client, n: usize, hears: &Receiver<usize>) -> Result<()> {
    let (done, ended) = channel();
    for _ in 0..n {
        let mut message = alice.create_text_message("Lunch?");
        message.need_read_receipt = true;
        alice.send_message_with(message, Some("bob"), None, SendOptions::default(), ending(&done));
    }
    let mut sent: Vec<Message> = Vec::new();
    for _ in 0..n {
        match ended.recv()?? {
            Answer::Message(message) => sent.push(*message),
            other => return Err(format!("a message was answered by {other:?}").into()),
        }
    }
    let mut seen = Vec::new();
    for message in &sent {
        let id = message.id.as_ref().map_or("", |id| id.as_str());
        seen.push(bob.message_reference("c2c_alice", id, None)?);
    }
    bob.send_message_read_receipts(seen).wait()?;
    let mut heard = 0;
    while heard < n {
        heard += hears.recv()?;
    }
    Ok(())
}
