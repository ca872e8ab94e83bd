//! Two people: alice has a phone and a laptop, bob a phone.

use super::check::{Checks, Result};
use super::people::{Device, To};
use super::screen::{Ink, Line};
use super::stage::{Stage, now_ms, span};
use seenby_client::{Message, MessageReceipt};
use seenby_core::model::DrawState;
use std::time::Duration;

/// The devices of the first act.
pub(crate) struct Pair {
    pub(crate) phone: Device,
    pub(crate) laptop: Device,
    pub(crate) bob: Device,
}

pub(crate) async fn play(stage: &mut Stage, pair: &Pair) -> Result<()> {
    let Pair { phone, laptop, bob } = pair;
    stage.act("One to one", "alice has a phone and a laptop, bob a phone");
    let checks = std::sync::Arc::clone(&stage.checks);

    // alice sends; her laptop and bob hear of it.
    let dinner = phone.say(To::Person("bob"), "Dinner at eight?", true).await?;
    checks.equal("R1", "needReadReceipt of what was sent", true, dinner.need_read_receipt)?;
    checks.equal("R18", "the first message's seq", 1, dinner.seq)?;
    let copy = laptop.message(&dinner.id).await?;
    checks.equal("R18", "isSelf on alice's laptop", true, copy.is_self)?;
    let received = bob.message(&dinner.id).await?;
    checks.equal("R18", "the sender bob sees", Some("alice"), received.sender.as_ref().map(|user| user.as_str()))?;
    checks.equal("R1", "needReadReceipt on bob's phone", true, received.need_read_receipt)?;
    checks.equal("R13", "hasSentReceipt before bob read it", false, received.has_sent_receipt)?;
    let before = one(&checks, phone.receipts(std::slice::from_ref(&dinner)).await?)?;
    checks.equal("R10", "isPeerRead before bob read it", false, before.is_peer_read)?;
    checks.equal("R31", "what is drawn before bob read it", DrawState::Sent, DrawState::of(&dinner, Some(&before)))?;
    stage.screen.draw(vec![row(&dinner, "alice", "bob", None)]);
    stage.beat(700).await;

    // bob reads; both of alice's devices hear of it.
    let reported_ms = now_ms();
    bob.read(std::slice::from_ref(&received)).await?;
    let receipt = read_by_peer(phone, &dinner).await?;
    let on_laptop = read_by_peer(laptop, &dinner).await?;
    checks.equal("R12", "the summary on alice's two devices", &receipt.time_ms, &on_laptop.time_ms)?;
    checks.equal("R10", "counts of a one-to-one receipt", (0, 0), (receipt.read_count, receipt.unread_count))?;
    checks.equal("R10", "the conversation of the receipt", "c2c_bob".to_owned(), receipt.conversation.to_string())?;
    checks.that(
        "R6",
        "the time of bob's receipt",
        format!("between {reported_ms} (bob's report) and now"),
        receipt.time_ms,
        (reported_ms.max(dinner.time_ms)..=now_ms()).contains(&receipt.time_ms),
    )?;
    let drawn = DrawState::of(&dinner, Some(&receipt));
    checks.equal("R31", "what is drawn after bob read it", DrawState::ReadByPeer, drawn)?;
    stage.screen.draw(vec![row(&dinner, "alice", "bob", Some(&receipt))]);
    stage.beat(500).await;

    // Once more: nothing changes, nobody is told.
    let told = phone.heard().told.clone();
    bob.read(std::slice::from_ref(&received)).await?;
    let again = one(&checks, phone.receipts(std::slice::from_ref(&dinner)).await?)?;
    checks.equal("R5", "the receipt's time after a second report", receipt.time_ms, again.time_ms)?;

    // A message without receipts has none, and reporting it is no error.
    let plain = phone.say(To::Person("bob"), "(no receipt asked for this one)", false).await?;
    let received = bob.message(&plain.id).await?;
    bob.read(std::slice::from_ref(&received)).await?;
    let got = phone.receipts(&[dinner.clone(), plain.clone()]).await?;
    let ids: Vec<_> = got.iter().map(|receipt| receipt.message.clone()).collect();
    checks.equal("R2 R10", "the messages that have receipts", vec![dinner.id.clone()], ids)?;
    checks.equal("R31", "what is drawn without receipts", DrawState::Unavailable, DrawState::of(&plain, None))?;
    stage.screen.draw(vec![row(&dinner, "alice", "bob", Some(&receipt)), row(&plain, "alice", "bob", None)]);
    stage.beat(400).await;

    // bob answers; alice reads it on her phone, and her laptop need not report it again.
    let answer = bob.say(To::Person("alice"), "Eight it is", true).await?;
    let received = phone.message(&answer.id).await?;
    phone.read(std::slice::from_ref(&received)).await?;
    let answered = read_by_peer(bob, &answer).await?;
    let id = answer.id.clone();
    laptop
        .until("that the phone has sent the receipt", |heard| {
            heard.sent_elsewhere.iter().any(|known| Some(known) == id.as_ref()).then_some(())
        })
        .await?;
    checks.that("R13", "alice's laptop", "told that her phone has reported", true, true)?;
    // What was pushed meanwhile has arrived: bob's second report told nobody.
    checks.equal("R5", "summaries pushed of what bob reported twice", told, phone.heard().told.clone())?;
    stage.screen.draw(vec![
        row(&dinner, "alice", "bob", Some(&receipt)),
        row(&plain, "alice", "bob", None),
        row(&answer, "bob", "alice", Some(&answered)),
    ]);
    stage.screen.settle();
    checks.listeners()?;
    stage.fact("alice's two devices show the same; the laptop knows that the phone has reported", "R12 R13");
    stage.fact("bob's second report changed nothing and told nobody", "R5");
    Ok(())
}

async fn read_by_peer(device: &Device, message: &Message) -> Result<MessageReceipt> {
    let id = message.id.clone();
    device
        .until("that the peer has read the message", |heard| {
            heard.receipts.get(id.as_ref()?).filter(|receipt| receipt.is_peer_read).cloned()
        })
        .await
}

fn one(checks: &Checks, mut receipts: Vec<MessageReceipt>) -> Result<MessageReceipt> {
    checks.equal("R10", "receipts for one message", 1, receipts.len())?;
    Ok(receipts.remove(0))
}

fn row(message: &Message, from: &str, to: &str, receipt: Option<&MessageReceipt>) -> Line {
    let text = match &message.body {
        seenby_client::Body::Text(text) => text.as_str(),
        _ => "",
    };
    let (ink, ticks, state) = match DrawState::of(message, receipt) {
        DrawState::ReadByPeer => {
            let after = receipt.map_or(0, |receipt| receipt.time_ms - message.time_ms);
            (Ink::Good, "✓✓", format!("read by {to} {} after it was sent", span(after)))
        }
        DrawState::Sent => (Ink::Wait, "✓ ", "sent".to_owned()),
        _ => (Ink::Dim, "  ", "no receipts".to_owned()),
    };
    Line::new()
        .add(ink, format!("  {ticks} "))
        .add(Ink::Bold, format!("{from:<6}"))
        .add(Ink::Plain, text)
        .to(48)
        .add(ink, state)
}

/// A little time for what must not come.
pub(crate) async fn nothing_comes() {
    tokio::time::sleep(Duration::from_millis(300)).await;
}
