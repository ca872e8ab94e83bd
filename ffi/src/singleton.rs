//! The documented singleton's client: one a process, whichever layers it is reached through. Its listeners may come before
//! init, and stay until they are removed.

use parking_lot::Mutex;
use seenby_client::{Client, Config, Error, ErrorCode, Listener, ListenerId, Result};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

#[derive(Default)]
struct State {
    client: Option<Client>,
    listeners: Vec<Kept>,
}

struct Kept {
    number: u64,
    listener: Arc<dyn Listener>,
    /// Its number with the client there is now.
    id: Option<ListenerId>,
}

static STATE: Mutex<State> = Mutex::new(State { client: None, listeners: Vec::new() });
/// Held by the init that is under way: opening a folder takes time, in which nobody else is to wait for `STATE`.
static INIT: Mutex<()> = Mutex::new(());

/// A number that no listener of this process has had, of whichever client.
pub(crate) fn next_number() -> u64 {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    NEXT.fetch_add(1, Ordering::Relaxed)
}

/// The documented init. A second one without an uninit between is refused (6017): the app would believe in its
/// configuration.
pub(crate) fn init(mut config: Config) -> Result<()> {
    config.closed_error = ErrorCode::NotInitialized;
    // If this is refused they go last, under no lock: their destructors are the app's code.
    let _kept = (config.dispatcher.clone(), config.token_provider.clone(), config.tls_provider.clone());
    let _one_at_a_time = INIT.lock();
    if STATE.lock().client.is_some() {
        return Err(Error::invalid("init was called twice; call uninit before another init"));
    }
    let client = Client::new(config)?;
    let mut state = STATE.lock();
    for kept in &mut state.listeners {
        kept.id = Some(client.add_listener(kept.listener.clone()));
    }
    state.client = Some(client);
    Ok(())
}

/// The documented uninit. Never waits.
pub(crate) fn uninit() -> Result<()> {
    let client = {
        let mut state = STATE.lock();
        state.listeners.iter_mut().for_each(|kept| kept.id = None);
        state.client.take()
    };
    client.ok_or_else(not_initialized)?.shutdown();
    Ok(())
}

fn not_initialized() -> Error {
    Error::new(
        ErrorCode::NotInitialized,
        "the client of this process is not initialized; call init before anything else",
    )
}

/// The client, between init and uninit.
pub(crate) fn client() -> Result<Client> {
    STATE.lock().client.clone().ok_or_else(not_initialized)
}

/// Adds a listener, also before init.
pub(crate) fn add_listener(listener: Arc<dyn Listener>) -> u64 {
    let number = next_number();
    let mut state = STATE.lock();
    let id = state.client.as_ref().map(|client| client.add_listener(listener.clone()));
    state.listeners.push(Kept { number, listener, id });
    number
}

/// Removes one; as [`Client::remove_listener`]. Whether it was there.
pub(crate) fn remove_listener(number: u64) -> bool {
    let (kept, client) = {
        let mut state = STATE.lock();
        let at = state.listeners.iter().position(|kept| kept.number == number);
        (at.map(|at| state.listeners.remove(at)), state.client.clone())
    };
    let Some(kept) = kept else { return false };
    // Not under the lock: this waits for a call of the listener that is running, which may call us.
    if let (Some(client), Some(id)) = (client, kept.id) {
        client.remove_listener(id);
    }
    true
}
