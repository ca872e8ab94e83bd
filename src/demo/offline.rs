//! A reader without a line, and a server that is killed.

use super::check::{Result, Trouble};
use super::group::{self, Group};
use super::one_to_one::Pair;
use super::people::Device;
use super::place::Place;
use super::stage::{Stage, now_ms, span};
use seenby_client::{Client, Message, SpoolTarget};
use seenby_core::model::{MemberFilter, MessageReceipt};
use std::sync::Arc;
use std::time::Instant;

/// The last member reads everything without a line; its app ends, comes back, and reports.
pub(crate) async fn reader(stage: &mut Stage, alice: &Device, group: &mut Group) -> Result<()> {
    let checks = Arc::clone(&stage.checks);
    let at = group.members.len() - 1;
    let name = group.members[at].user.clone();
    stage.act("Offline", &format!("{name} reads everything without a line, and comes back"));
    let reader = &group.members[at];
    let mut received: Vec<Message> = Vec::new();
    for message in &group.messages {
        received.push(reader.message(&message.id).await?);
    }
    let (from_ms, upto_ms);
    if let Place::Server(_) = stage.place {
        reader.client.network_available(false);
        from_ms = now_ms();
        let began = Instant::now();
        reader.read(&received).await?;
        let took = began.elapsed().as_millis();
        upto_ms = now_ms();
        checks.that("R16", "a report without a line", "kept by the device within 2 s", took, took < 2000)?;
        group::silent(stage, group, alice).await?;
        stage.fact(
            format!("{name} reports {} messages: kept on the device, alice is told nothing yet", received.len()),
            "R16",
        );
        group.members[at].client.shutdown();
    } else {
        // No line to cut inside one process: the app is closed, and a notification's action leaves the receipts.
        reader.client.shutdown();
        from_ms = now_ms();
        let target = SpoolTarget {
            server: Some(stage.place.address()),
            app: stage.place.app(),
            user: name.clone(),
            data_dir: Some(stage.devices.clone()),
        };
        Client::enqueue_receipts(&target, received.iter()).map_err(Trouble::doing("a notification's action"))?;
        upto_ms = now_ms();
        group::silent(stage, group, alice).await?;
        stage
            .fact(format!("{name}'s app is closed; a notification's action leaves {} receipts", received.len()), "R16");
    }
    stage.beat(600).await;

    group.members[at] = stage.login(&name, "tablet").await?;
    for expected in &mut group.expected {
        expected.push(name.clone());
    }
    stage.screen.draw(group.draw(alice));
    group.agree(&checks, alice).await?;
    stage.screen.draw(group.draw(alice));
    stage.screen.settle();

    // Counted from when they were read, not from when they arrived.
    let arrived_ms = now_ms();
    for message in &group.messages {
        let mut next = 0;
        let time_ms = loop {
            let page = alice.page(message, MemberFilter::Read, next, 100).await?;
            if let Some(member) = page.members.iter().find(|member| member.user.as_str() == name) {
                break member.time_ms;
            }
            if page.is_finished {
                return Err(Trouble::Failed(format!("{name} is not among the readers")));
            }
            next = page.next_seq;
        };
        // The device estimates the server's clock: a moment off is allowed, the time it was offline is not.
        const OFF: i64 = 100;
        let sound = (from_ms - OFF..=upto_ms + OFF).contains(&time_ms);
        let expected = format!("when it was read, {from_ms} to {upto_ms}, not when it arrived, {arrived_ms}");
        checks.that("R6", format!("the time of {name}'s receipt"), expected, time_ms, sound)?;
    }
    stage.fact(
        format!(
            "{name} is back: counted once each, with the time of reading, {} before the arrival",
            span(arrived_ms - upto_ms)
        ),
        "R6 R16",
    );
    Ok(())
}

/// The service is gone in the middle of it, and comes back with everything that it had answered.
pub(crate) async fn killed(stage: &mut Stage, pair: &mut Pair, group: &mut Group) -> Result<()> {
    let checks = Arc::clone(&stage.checks);
    let embedded = matches!(stage.place, Place::Embedded { .. });
    if embedded {
        stage.act("Closed and opened again", "the embedded service comes back from its folder");
    } else {
        stage.act("Killed", "the server dies without warning, and starts again on its folder");
    }
    let everybody: Vec<String> = group.audience.last().cloned().unwrap_or_default();
    let everybody: Vec<String> =
        everybody.into_iter().filter(|name| Some(name) != group.gone.as_ref()).chain(["zoe".to_owned()]).collect();
    group.say(&pair.phone, "Are we still on?", everybody).await?;
    let last = group.messages.len() - 1;
    let present = group.present();
    let (first, second, third) = (present[0], present[1], present[2 % present.len()]);
    for at in [first, second, third] {
        group.members[at].message(&group.messages[last].id).await?;
    }
    group.read(first, &[last]).await?;
    group.agree(&checks, &pair.phone).await?;
    let before = pair.phone.receipts(&group.messages).await?;
    let mut order = Vec::new();
    for message in &group.messages {
        order.push(pair.phone.pages(message, MemberFilter::Read).await?);
    }

    let began = Instant::now();
    if embedded {
        for device in [&pair.phone, &pair.laptop, &pair.bob].into_iter().chain(&group.members) {
            device.client.shutdown();
        }
        pair.phone = stage.login("alice", "phone").await?;
        pair.laptop = stage.login("alice", "laptop").await?;
        pair.bob = stage.login("bob", "phone").await?;
        for at in 0..group.members.len() {
            let name = group.members[at].user.clone();
            group.members[at] = stage.login(&name, "tablet").await?;
        }
    } else {
        let Place::Server(server) = &mut stage.place else { return Ok(()) };
        server.kill()?;
        pair.phone.line(false).await?;
        // While nobody answers, another member reads; its device keeps the receipt.
        group.members[second].line(false).await?;
        group.read(second, &[last]).await?;
        let name = group.members[second].user.clone();
        stage.fact(format!("killed; {name} reads on, and the device keeps the receipt"), "R16");
        stage.beat(400).await;
        let Place::Server(server) = &mut stage.place else { return Ok(()) };
        server.start().await?;
        for device in [&pair.phone, &pair.laptop, &pair.bob].into_iter().chain(&group.members) {
            device.client.network_available(true);
        }
        pair.phone.line(true).await?;
    }

    // What was answered before is there, unchanged to the position.
    let alice = &pair.phone;
    let after = alice.receipts(&group.messages[..last]).await?;
    let plain = |receipts: &[MessageReceipt]| -> Vec<_> {
        receipts.iter().map(|r| (r.message.clone(), r.read_count, r.unread_count, r.position)).collect()
    };
    checks.equal("R16", "every summary after the restart", plain(&before[..last]), plain(&after))?;
    for (at, message) in group.messages[..last].iter().enumerate() {
        let read = alice.pages(message, MemberFilter::Read).await?;
        checks.equal("R11", format!("the readers of message {} after the restart", at + 1), &order[at], &read)?;
    }
    if !embedded {
        group.agree(&checks, alice).await?;
    }
    group.read(third, &[last]).await?;
    alice
        .until("receipts after the restart", |heard| {
            let receipt = heard.receipts.get(group.messages[last].id.as_ref()?)?;
            (receipt.read_count as usize == group.expected[last].len()).then_some(())
        })
        .await?;
    let answers = alice.receipts(&group.messages[last..]).await?;
    let counts: Vec<_> = answers.iter().map(|r| (r.read_count as usize, r.unread_count as usize)).collect();
    let (read, all) = (group.expected[last].len(), group.audience[last].len());
    checks.equal("R5 R7", "the counts of what was sent last", vec![(read, all - read)], counts)?;
    checks.listeners()?;
    stage.fact(
        format!(
            "back after {}: every receipt that was answered is there, in its order",
            span(i64::try_from(began.elapsed().as_millis()).unwrap_or(i64::MAX))
        ),
        "R5 R11",
    );
    if !embedded {
        stage.fact("what was read meanwhile has arrived, once", "R16");
    }
    Ok(())
}
