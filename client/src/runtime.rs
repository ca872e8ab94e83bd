//! The one runtime thread of the process, shared by all clients: started by the first, idle when the last has closed,
//! never dropped (and so never inside itself).

use std::sync::OnceLock;
use tokio::runtime::{Builder, Handle};

/// Threads for what blocks: opening stores, services in this process. They end when idle.
const BLOCKING_THREADS: usize = 16;

/// The runtime. An error if the system gives no thread.
pub(crate) fn handle() -> std::io::Result<&'static Handle> {
    static HANDLE: OnceLock<Handle> = OnceLock::new();
    static STARTING: parking_lot::Mutex<()> = parking_lot::Mutex::new(());
    if let Some(handle) = HANDLE.get() {
        return Ok(handle);
    }
    let _one_at_a_time = STARTING.lock();
    if let Some(handle) = HANDLE.get() {
        return Ok(handle);
    }
    let runtime = Builder::new_current_thread().enable_all().max_blocking_threads(BLOCKING_THREADS).build()?;
    let handle = runtime.handle().clone();
    // The runtime lives on its thread, for as long as the process does.
    std::thread::Builder::new()
        .name("seenby-runtime".into())
        .spawn(move || runtime.block_on(std::future::pending::<()>()))?;
    Ok(HANDLE.get_or_init(|| handle))
}
