//! Clients: made, freed, the one of the process.

use super::handle::{self, Handle, Table};
use super::types::*;
use crate::singleton;
use parking_lot::Mutex;
use seenby_client::{Client, ListenerId, Result};
use std::sync::Arc;

/// What a client's handle stands for.
pub(super) enum ClientObject {
    /// One of the app's own.
    Own {
        client: Client,
        /// The numbers its listeners have in C.
        listeners: Mutex<Vec<(u64, ListenerId)>>,
    },
    /// The one of the process.
    Shared,
}

impl Handle for seenby_client_t {
    type Object = ClientObject;
    const NAME: &'static str = "client";
    const TAG: usize = 1;
    fn table() -> &'static Table<ClientObject> {
        static TABLE: Table<ClientObject> = Table::new();
        &TABLE
    }
}

/// The client that a handle stands for: 90003 if it is none, 6013 if it is the process's before init.
pub(super) fn resolve(client: *const seenby_client_t) -> Result<Client> {
    match &*handle::get(client)? {
        ClientObject::Own { client, .. } => Ok(client.clone()),
        ClientObject::Shared => singleton::client(),
    }
}
