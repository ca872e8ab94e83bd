//! Sends a message and prints who has read it, in ten lines: `cargo run -p seenby-client --example receipt`.
//!
//! Both people are in this process here, in a service of its own; with `.server("wss://…")` each is on a device of theirs.

use seenby_client::{Client, Config, Event, SendOptions};

fn main() -> seenby_client::Result<()> {
    let (alice, bob) = (Client::new(Config::new(1))?, Client::new(Config::new(1).device_label("bob's phone"))?);
    alice.login("alice", "").wait()?;
    bob.login("bob", "").wait()?;

    // Bob's app reports what comes as read; a real one waits until it was on the screen (`Client::read_tracker`).
    let reader = bob.clone();
    bob.add_listener(std::sync::Arc::new(move |events: &[Event]| {
        for event in events {
            if let Event::NewMessage(message) = event {
                drop(reader.send_message_read_receipts([message.as_ref()]));
            }
        }
    }));

    // Alice's sends, and waits for the receipt.
    let (hear, heard) = std::sync::mpsc::channel();
    alice.add_listener(std::sync::Arc::new(move |events: &[Event]| {
        for event in events {
            if let Event::ReadReceipts(receipts) = event {
                let _ = hear.send(receipts.clone());
            }
        }
    }));
    let mut message = alice.create_text_message("Lunch at noon?");
    message.need_read_receipt = true;
    let message = alice.send_message(message, Some("bob"), None, SendOptions::default()).wait()?;
    println!("sent      {}", message.id.as_ref().map_or("", |id| id.as_str()));
    for receipt in heard.recv().into_iter().flatten() {
        println!("read      by {} at {} ms", receipt.conversation, receipt.time_ms);
    }
    for receipt in alice.get_message_read_receipts([&message]).wait()? {
        println!("and asked {}", if receipt.is_peer_read { "read" } else { "not read" });
    }
    Ok(())
}
