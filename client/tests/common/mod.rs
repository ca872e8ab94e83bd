//! What the tests of the client share.
#![allow(dead_code, clippy::unwrap_used)] // each test uses some of it

use seenby_client::{Client, Config};
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicIsize, AtomicUsize, Ordering};
use std::task::{Context, Poll, Wake, Waker};

/// A client whose server does not exist.
pub(crate) fn offline() -> (Client, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    // Nothing listens on port 1 of this machine.
    let client = Client::new(Config::new(1).server("ws://127.0.0.1:1").data_dir(folder.path())).unwrap();
    (client, folder)
}

/// Counts tokens that are made and alive: what is dropped twice, or never, shows.
#[derive(Clone, Default)]
pub(crate) struct Counted {
    alive: Arc<AtomicIsize>,
    made: Arc<AtomicUsize>,
}

pub(crate) struct Token(Arc<AtomicIsize>);

impl Clone for Token {
    fn clone(&self) -> Self {
        self.0.fetch_add(1, Ordering::SeqCst);
        Self(self.0.clone())
    }
}

impl Drop for Token {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

impl Counted {
    pub(crate) fn token(&self) -> Token {
        self.made.fetch_add(1, Ordering::SeqCst);
        self.alive.fetch_add(1, Ordering::SeqCst);
        Token(self.alive.clone())
    }

    pub(crate) fn alive(&self) -> isize {
        self.alive.load(Ordering::SeqCst)
    }

    pub(crate) fn made(&self) -> usize {
        self.made.load(Ordering::SeqCst)
    }
}

struct Unpark(std::thread::Thread);

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}

/// Any executor will do: this one has no runtime.
pub(crate) fn block_on<T>(mut future: Pin<Box<dyn Future<Output = T> + '_>>) -> T {
    let waker = Waker::from(Arc::new(Unpark(std::thread::current())));
    let mut context = Context::from_waker(&waker);
    loop {
        match future.as_mut().poll(&mut context) {
            Poll::Ready(value) => return value,
            Poll::Pending => std::thread::park(),
        }
    }
}
