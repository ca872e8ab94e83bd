//! Sends a message to a group and prints who has read it: `cargo run --release --example receipt`.
//!
//! Everybody is in this process here, in a service of its own; with `.server("wss://…")` each is on a device of theirs.

use seenby_client::{Client, Config, GroupKind, MemberFilter, SendOptions};

fn main() -> seenby_client::Result<()> {
    let (alice, bob) = (Client::new(Config::new(1))?, Client::new(Config::new(1).device_label("bob's phone"))?);
    alice.login("alice", "").wait()?;
    bob.login("bob", "").wait()?;
    alice.create_group(GroupKind::Work, Some("lunch"), "Lunch", ["bob", "carol"]).wait()?;

    let mut message = alice.create_text_message("Lunch at noon?");
    message.need_read_receipt = true;
    let message = alice.send_message(message, None, Some("lunch"), SendOptions::default()).wait()?;

    // On Bob's device, by the id that a notification brings; for messages on the screen there is `read_tracker`.
    let id = message.id.as_ref().map_or("", |id| id.as_str());
    bob.send_message_read_receipts([bob.message_reference("group_lunch", id, Some("alice"))?]).wait()?;

    for receipt in alice.get_message_read_receipts([&message]).wait()? {
        println!("{} have read it, {} have not", receipt.read_count, receipt.unread_count);
    }
    for reader in alice.get_group_message_read_member_list(&message, MemberFilter::Read, 0, 100).wait()?.members {
        println!("{} has, at {} ms", reader.user, reader.time_ms);
    }
    Ok(())
}
