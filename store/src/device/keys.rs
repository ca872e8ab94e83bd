//! How the rows of a device's store are named. Every key begins with a letter that says what it is; texts in a key that
//! something follows carry their length, so that no two names run together.

use seenby_core::model::{AppId, UserId};

/// What this folder is: format version and the like.
pub(super) const NEXT_ACCOUNT: &[u8] = b"n";

fn text(key: &mut Vec<u8>, text: &str) {
    key.extend_from_slice(&(text.len() as u32).to_be_bytes());
    key.extend_from_slice(text.as_bytes());
}

fn named(letter: u8, name: &str) -> Vec<u8> {
    let mut key = vec![letter];
    key.extend_from_slice(name.as_bytes());
    key
}

/// The device id under a label.
pub(super) fn device_id(label: &str) -> Vec<u8> {
    named(b'd', label)
}

/// The service last met at an endpoint.
pub(super) fn service_of(endpoint: &str) -> Vec<u8> {
    named(b'e', endpoint)
}

/// All of them.
pub(super) const SERVICES: &[u8] = b"e";

/// Who was last logged in.
pub(super) fn last_user(endpoint: &str, app: AppId, label: &str) -> Vec<u8> {
    let mut key = vec![b'l'];
    text(&mut key, endpoint);
    key.extend_from_slice(&app.0.to_be_bytes());
    key.extend_from_slice(label.as_bytes());
    key
}

/// Whose namespace an account's rows are in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Space {
    /// The service was never met: what was stored for this endpoint waits for its id (R16).
    Endpoint(String),
    /// The service of this id.
    Service(String),
}

/// Where an account's number stands.
pub(super) fn account(space: &Space, app: AppId, user: &UserId, label: &str) -> Vec<u8> {
    let (kind, name) = match space {
        Space::Endpoint(name) => (b'e', name),
        Space::Service(name) => (b's', name),
    };
    let mut key = vec![b'a', kind];
    text(&mut key, name);
    key.extend_from_slice(&app.0.to_be_bytes());
    text(&mut key, user.as_str());
    key.extend_from_slice(label.as_bytes());
    key
}

/// What every row of an account begins with.
pub(super) fn rows(account: u64) -> Vec<u8> {
    let mut key = vec![b'r'];
    key.extend_from_slice(&account.to_be_bytes());
    key
}

/// A row of an account.
pub(super) fn row(account: u64, table: u8, name: &[u8]) -> Vec<u8> {
    let mut key = rows(account);
    key.push(table);
    key.extend_from_slice(name);
    key
}
