//! Events by name.

use seenby_core::ledger::journal::{self, Event, event::Body};

pub fn event(time_ms: i64, body: Body) -> Event {
    Event { time_ms, body: Some(body) }
}

pub fn created(kind: u32, group: &str, creator: &str) -> Body {
    Body::Created(journal::Created { kind, name: "name".into(), creator: creator.into(), group: group.into() })
}

pub fn joined(users: &[&str], role: u32, by: u32) -> Body {
    let users = users.iter().map(|user| user.to_string()).collect();
    Body::Joined(journal::Joined { users, role, by, guest: false })
}

pub fn guests(users: &[&str]) -> Body {
    let users = users.iter().map(|user| user.to_string()).collect();
    Body::Joined(journal::Joined { users, role: 0, by: 0, guest: true })
}

pub fn left(ordinals: &[u32], by: u32) -> Body {
    Body::Left(journal::Left { ordinals: ordinals.to_vec(), by })
}

pub fn role_set(ordinal: u32, role: u32, by: u32) -> Body {
    Body::RoleSet(journal::RoleSet { ordinal, role, by })
}

pub fn dismissed(by: u32) -> Body {
    Body::Dismissed(journal::Dismissed { by })
}

pub fn message(sender: u32, id: &str) -> journal::Sent {
    journal::Sent { sender, id: id.into(), digest: 7, body_bytes: 5, ..Default::default() }
}

/// With receipts.
pub fn sent(sender: u32, id: &str) -> Body {
    Body::Sent(journal::Sent { need_receipt: true, ..message(sender, id) })
}

pub fn read(reader: u32, runs: &[(u64, u32, i64)]) -> Body {
    Body::Read(journal::Read {
        reader,
        first: runs.iter().map(|run| run.0).collect(),
        count: runs.iter().map(|run| run.1).collect(),
        time_ms: runs.iter().map(|run| run.2).collect(),
    })
}

pub fn marked(reader: u32, seq: u64, time_ms: i64, silent: bool) -> Body {
    Body::Marked(journal::Marked { reader, seq, time_ms, silent })
}

pub fn expired(seq: u64, cut_ms: i64) -> Body {
    Body::Expired(journal::Expired { seq, cut_ms })
}

pub fn erased(ordinal: u32) -> Body {
    Body::Erased(journal::Erased { ordinal })
}

pub fn requested(seq: u64, by: u32) -> Body {
    Body::Requested(journal::Requested { seq, by })
}

pub fn deleted(seq: u64, by: u32) -> Body {
    Body::Deleted(journal::Deleted { seq, by })
}

pub fn rules(version: u32) -> Body {
    Body::Rules(journal::Rules { version })
}
