//! The delivery thread of a client: runs callbacks and listeners, in order, one at a time, under no lock; or hands them
//! to the host's dispatcher. And the one fallback thread of the process, for calls made after the end.

use crate::events;
use crate::shared::{Shared, Work};
use parking_lot::{Condvar, Mutex};
use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc;
use std::sync::{Arc, LazyLock};

/// Runs the app's code where the host wants it, its main thread say (contract 8).
pub trait Dispatcher: Send + Sync {
    /// Runs this job or drops it, once, now or later, on any thread. The next one comes when this one is over: so they
    /// run in order. Dropping counts as delivered, and runs the destructors of what was to be called.
    fn dispatch(&self, job: Job);
}

/// Renews userSigs (R30).
pub trait TokenProvider: Send + Sync {
    /// Called on the delivery thread when the userSig of `user` has run out, or is about to. Answer now or later; a reply
    /// that is dropped means that there is none.
    fn user_sig(&self, user: &str, reply: TokenReply);
}

/// Takes the new userSig.
pub struct TokenReply {
    pub(crate) reply: Option<Box<dyn FnOnce(seenby_core::model::Result<String>) + Send>>,
}

impl TokenReply {
    /// A reply of one's own, for tests of a provider: `answer` gets what the provider says, if it says anything.
    pub fn new(answer: impl FnOnce(seenby_core::model::Result<String>) + Send + 'static) -> Self {
        Self { reply: Some(Box::new(answer)) }
    }

    /// The new userSig, or why there is none.
    pub fn reply(mut self, user_sig: seenby_core::model::Result<String>) {
        if let Some(reply) = self.reply.take() {
            reply(user_sig);
        }
    }
}

impl std::fmt::Debug for TokenReply {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("TokenReply")
    }
}

/// One piece of the app's code to run: a callback, or a batch of events for the listeners.
pub struct Job {
    work: Option<Box<dyn FnOnce() + Send>>,
    over: Arc<Over>,
}

#[derive(Default)]
struct Over {
    is_over: Mutex<bool>,
    changed: Condvar,
}

impl Job {
    /// Runs it. Never panics: what panics inside ends its client (contract 7).
    pub fn run(mut self) {
        if let Some(work) = self.work.take() {
            let _inside = Inside::enter();
            work();
        }
    }
}

impl Drop for Job {
    fn drop(&mut self) {
        let _inside = Inside::enter();
        if let Some(work) = self.work.take() {
            // The destructors of what the app gave may panic; that must not take the host's thread with it.
            let _ = catch_unwind(AssertUnwindSafe(move || drop(work)));
        }
        *self.over.is_over.lock() = true;
        self.over.changed.notify_all();
    }
}

impl std::fmt::Debug for Job {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Job")
    }
}

thread_local! {
    static DEPTH: Cell<u32> = const { Cell::new(0) };
}

/// Whether this thread is inside a callback, listener or destructor that SeenBy runs, of any client.
pub(crate) fn in_callback() -> bool {
    DEPTH.with(|depth| depth.get() > 0)
}

struct Inside;

impl Inside {
    fn enter() -> Self {
        DEPTH.with(|depth| depth.set(depth.get() + 1));
        Self
    }
}

impl Drop for Inside {
    fn drop(&mut self) {
        DEPTH.with(|depth| depth.set(depth.get() - 1));
    }
}

/// Runs code of the app as if a client did.
pub(crate) fn as_callback<T>(code: impl FnOnce() -> T) -> T {
    let _inside = Inside::enter();
    code()
}

/// Starts the delivery thread of a client.
pub(crate) fn start(shared: Arc<Shared>) -> std::io::Result<()> {
    std::thread::Builder::new().name("seenby-delivery".into()).spawn(move || run(&shared))?;
    Ok(())
}

fn run(shared: &Arc<Shared>) {
    loop {
        match shared.next_work() {
            Work::Complete { callback, result } => execute(shared, Box::new(move || callback(result))),
            Work::Ask(question) => execute(shared, question),
            Work::Events { events, listeners, up_to } => {
                let events = events::coalesce(events);
                let tell = move || listeners.iter().for_each(|listener| listener.call(&events, up_to));
                execute(shared, Box::new(tell));
                shared.delivered(up_to);
            }
            Work::End(listeners) => {
                let _inside = Inside::enter();
                let _ = catch_unwind(AssertUnwindSafe(move || drop(listeners)));
                return;
            }
        }
    }
}

/// Runs the app's code, here or by the dispatcher, and returns when it is over.
fn execute(shared: &Arc<Shared>, work: Box<dyn FnOnce() + Send>) {
    let owner = shared.clone();
    let guarded = move || {
        if catch_unwind(AssertUnwindSafe(work)).is_err() {
            owner.poison();
        }
    };
    let Some(dispatcher) = &shared.dispatcher else {
        let _inside = Inside::enter();
        return guarded();
    };
    let over = Arc::new(Over::default());
    let job = Job { work: Some(Box::new(guarded)), over: over.clone() };
    if catch_unwind(AssertUnwindSafe(|| dispatcher.dispatch(job))).is_err() {
        shared.poison();
    }
    let mut is_over = over.is_over.lock();
    while !*is_over {
        over.changed.wait(&mut is_over);
    }
}

/// Runs the callbacks of calls made after the end of their client: there is one such thread a process.
pub(crate) fn on_fallback_thread(work: Box<dyn FnOnce() + Send>) {
    type Work = Box<dyn FnOnce() + Send>;
    static THREAD: LazyLock<Option<mpsc::Sender<Work>>> = LazyLock::new(|| {
        let (sender, receiver) = mpsc::channel::<Work>();
        let run = move || {
            let _inside = Inside::enter();
            while let Ok(work) = receiver.recv() {
                // There is no client left to poison.
                let _ = catch_unwind(AssertUnwindSafe(work));
            }
        };
        std::thread::Builder::new().name("seenby-fallback".into()).spawn(run).ok().map(|_| sender)
    });
    if let Some(thread) = &*THREAD {
        // Fails only if the thread is gone, which it never is; the work is dropped then, and with it its destructors run.
        let _ = thread.send(work);
    }
}
