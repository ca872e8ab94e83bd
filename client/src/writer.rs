//! A device's store, off the runtime thread: what is written lands in the order in which it was given, and a sync that
//! takes its time holds up nobody else's client.

use parking_lot::Mutex;
use seenby_core::model::{Error, ErrorCode};
use seenby_core::session::{StoreOp, Table};
use seenby_store::{Account, StoreError};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::mpsc;
use tokio::sync::oneshot;

/// Changed rows that may wait without anybody waiting for them.
const WAITING: usize = 4096;

type Job = Box<dyn FnOnce() + Send>;

/// Changes that are not committed yet: of a row the last one counts, so what changes often is written once.
#[derive(Default)]
struct Pending {
    rows: BTreeMap<(Table, Vec<u8>), StoreOp>,
    /// A job that takes them is on its way.
    scheduled: bool,
}

impl Pending {
    fn add(&mut self, ops: Vec<StoreOp>) {
        for op in ops {
            let row = match &op {
                StoreOp::Put(entry) => (entry.table, entry.key.clone()),
                StoreOp::Delete { table, key } => (*table, key.clone()),
            };
            self.rows.insert(row, op);
        }
    }

    fn take(&mut self) -> Vec<StoreOp> {
        self.scheduled = false;
        std::mem::take(&mut self.rows).into_values().collect()
    }
}

/// Runs what touches the store: on a thread of its own, or at once if the store is in memory.
pub(crate) struct Writer {
    thread: Option<mpsc::Sender<Job>>,
    pending: Arc<Mutex<Pending>>,
}

/// Of a write that nobody waited for.
pub(crate) type Failed = Arc<dyn Fn(StoreError) + Send + Sync>;

impl Writer {
    /// `in_memory`: nothing blocks, no thread is needed.
    pub(crate) fn start(in_memory: bool) -> std::io::Result<Self> {
        let pending = Arc::default();
        if in_memory {
            return Ok(Self { thread: None, pending });
        }
        let (thread, jobs) = mpsc::channel::<Job>();
        let run = move || {
            while let Ok(job) = jobs.recv() {
                job();
            }
        };
        std::thread::Builder::new().name("seenby-store".into()).spawn(run)?;
        Ok(Self { thread: Some(thread), pending })
    }

    /// Runs this after everything given before, and waits for it.
    pub(crate) async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, Error> {
        let Some(thread) = &self.thread else { return work().map_err(|error| store_error(&error)) };
        let (answer, result) = oneshot::channel();
        let _ = thread.send(Box::new(move || {
            let _ = answer.send(work());
        }));
        match result.await {
            Ok(result) => result.map_err(|error| store_error(&error)),
            Err(_) => {
                Err(Error::new(ErrorCode::Store, "the thread of the device's store has ended; make another client"))
            }
        }
    }

    /// Commits. With `sync` it is durable when this returns; without, it may still be on its way, and `failed` hears if
    /// it fails.
    pub(crate) async fn commit(
        &self,
        account: &Arc<Account>,
        ops: Vec<StoreOp>,
        sync: bool,
        failed: &Failed,
    ) -> Result<(), Error> {
        let account = account.clone();
        let Some(thread) = &self.thread else {
            return account.commit(&ops, sync).map_err(|error| store_error(&error));
        };
        let pending = self.pending.clone();
        let full = {
            let mut pending = pending.lock();
            pending.add(ops);
            pending.rows.len() >= WAITING
        };
        if sync || full {
            // All of what was given is committed at once, in one transaction.
            return self
                .run(move || {
                    let ops = pending.lock().take();
                    account.commit(&ops, sync)
                })
                .await;
        }
        if std::mem::replace(&mut pending.lock().scheduled, true) {
            return Ok(());
        }
        let failed = failed.clone();
        let _ = thread.send(Box::new(move || {
            let ops = pending.lock().take();
            if let Err(error) = account.commit(&ops, false) {
                failed(error);
            }
        }));
        Ok(())
    }
}

/// 90004, with the store's sentence.
pub(crate) fn store_error(error: &StoreError) -> Error {
    match error {
        StoreError::Invalid { what } => Error::invalid(what.clone()),
        StoreError::TakenOver { .. } => Error::new(ErrorCode::KickedOffline, error.to_string()),
        _ => Error::new(ErrorCode::Store, error.to_string()),
    }
}
