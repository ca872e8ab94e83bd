//! What must have come of a run, once everything works again and everybody has asked for everything: the devices against
//! the plain sets.

use crate::device::{self, Device};
use crate::oracle::Oracle;
use seenby_core::model::{ConversationId, MemberFilter};
use std::collections::BTreeSet;

/// Everything that is not as it must be.
pub(crate) fn judge(devices: &[Device], oracle: &Oracle) -> Vec<String> {
    let mut broken = Vec::new();
    for (n, device) in devices.iter().enumerate() {
        let who = format!("{}/{n}", device.user);
        broken.extend(device.broken.iter().map(|what| format!("{who}: {what}")));
        if device.is_waiting() {
            broken.push(format!("{who}: a call was never completed"));
        }
        // §7.4: what was acknowledged is never lost.
        for id in &device.acknowledged {
            match oracle.message(id) {
                None => broken.push(format!("{who}: reported {id}, which never landed")),
                Some(message) => {
                    if message.audience.contains(device.user.as_str())
                        && !message.readers.iter().any(|reader| reader == device.user.as_str())
                    {
                        broken.push(format!("{who}: the acknowledged receipt for {id} is lost"));
                    }
                }
            }
        }
        for message in &device.sent {
            let id = device::id(message).unwrap_or_default();
            let Some(truth) = oracle.message(&id) else {
                broken.push(format!("{who}: {id} was acknowledged and never landed"));
                continue;
            };
            let got = device.got.get(&id);
            if !truth.receipts {
                if got.is_some() {
                    broken.push(format!("R10: {who} got a summary of {id}, which has no receipts"));
                }
                continue;
            }
            let Some(got) = got else {
                broken.push(format!("R10: {who} got no summary of its own {id}"));
                continue;
            };
            let is_c2c = message.conversation.as_ref().is_some_and(ConversationId::is_c2c);
            let right = if is_c2c {
                got.is_peer_read != truth.readers.is_empty() && got.read_count == 0 && got.unread_count == 0
            } else {
                got.read_count as usize == truth.readers.len()
                    && (got.read_count + got.unread_count) as usize == truth.audience.len()
            };
            if !right {
                broken.push(format!(
                    "R7: {who} got {got:?} of {id}; {:?} of {:?} have read",
                    truth.readers, truth.audience
                ));
            }
            // What the listener heard last is the final state too, if it heard of it at all in this life.
            if let Some(shown) = device.shown.get(&id)
                && (shown.read_count, shown.is_peer_read) != (got.read_count, got.is_peer_read)
            {
                broken.push(format!("R12: {who} was last shown {shown:?}, the truth is {got:?}"));
            }
        }
        for (id, filter, members) in &device.walks {
            let Some(truth) = oracle.message(id) else { continue };
            let right = match filter {
                MemberFilter::Read => *members == truth.readers,
                MemberFilter::Unread => members.iter().cloned().collect::<BTreeSet<_>>() == truth.unread(),
            };
            if !right {
                broken.push(format!(
                    "R11: {who} walked {members:?} as {filter:?} of {id}; readers are {:?}",
                    truth.readers
                ));
            }
        }
    }
    for (n, device) in devices.iter().enumerate() {
        let who = format!("{}/{n}", device.user);
        let me = device.user.as_str();
        let Some(since) = device.first_connected else { continue };
        for message in oracle.messages().filter(|message| message.landed_ms > since) {
            let id = &message.id;
            // R18: nobody misses a message; the sending device has it already.
            let for_me = message.audience.contains(me) && !oracle.ever_left(me, id);
            let sent_here = device.sent.iter().any(|sent| device::id(sent).as_ref() == Some(id));
            if for_me && !sent_here && !device.ever_given.contains(id) {
                broken.push(format!("R18: {who} was never given {id}"));
            }
            // R12: every device of the sender hears the final state.
            if message.sender == me && message.receipts && !message.readers.is_empty() {
                let heard = device.pushed.get(id);
                let right =
                    heard.is_some_and(|heard| heard.is_peer_read || heard.read_count as usize == message.readers.len());
                if !right {
                    broken.push(format!("R12: {who} last heard {heard:?} of {id}, read by {:?}", message.readers));
                }
            }
        }
    }
    // §7.5: no receipt is shown that no reader reported.
    for message in oracle.messages() {
        for reader in &message.readers {
            if !oracle.reported.contains(&(reader.clone(), message.id.clone())) {
                broken.push(format!("§7.5: {reader} never reported {}", message.id));
            }
        }
    }
    broken
}
