//! A device's store, off the runtime thread: what is written lands in the order in which it was given, and a sync that
//! takes its time holds up nobody else's client.

use seenby_core::model::{Error, ErrorCode};
use seenby_core::session::StoreOp;
use seenby_store::{Account, StoreError};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use tokio::sync::oneshot;

/// Writes that may wait without anybody waiting for them.
const WAITING: usize = 256;

type Job = Box<dyn FnOnce() + Send>;

/// Runs what touches the store: on a thread of its own, or at once if the store is in memory.
pub(crate) struct Writer {
    thread: Option<mpsc::Sender<Job>>,
    waiting: Arc<AtomicUsize>,
}

/// Of a write that nobody waited for.
pub(crate) type Failed = Arc<dyn Fn(StoreError) + Send + Sync>;

impl Writer {
    /// `in_memory`: nothing blocks, no thread is needed.
    pub(crate) fn start(in_memory: bool) -> std::io::Result<Self> {
        let waiting = Arc::new(AtomicUsize::new(0));
        if in_memory {
            return Ok(Self { thread: None, waiting });
        }
        let (thread, jobs) = mpsc::channel::<Job>();
        let run = move || {
            while let Ok(job) = jobs.recv() {
                job();
            }
        };
        std::thread::Builder::new().name("seenby-store".into()).spawn(run)?;
        Ok(Self { thread: Some(thread), waiting })
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
        if sync || self.waiting.load(Ordering::Relaxed) >= WAITING {
            return self.run(move || account.commit(&ops, sync)).await;
        }
        let (waiting, failed) = (self.waiting.clone(), failed.clone());
        waiting.fetch_add(1, Ordering::Relaxed);
        let _ = thread.send(Box::new(move || {
            let result = account.commit(&ops, false);
            waiting.fetch_sub(1, Ordering::Relaxed);
            if let Err(error) = result {
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
