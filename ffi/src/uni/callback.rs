//! What the foreign side gives to be called: ends of calls, a dispatcher, a provider of userSigs.

use super::types::{Answer, Failure, Thrown};
use parking_lot::Mutex;
use seenby_client::{self as rust, Error, ErrorCode, Job, Result, TokenReply};
use std::sync::Arc;

/// How a call ends: one of the two comes, exactly once, on the client's delivery thread or by its dispatcher, never inside
/// the call. Where the dispatcher drops its job, `dropped` comes instead of them, on the thread that dropped it.
#[uniffi::export(foreign)]
pub trait Completion: Send + Sync {
    /// The call succeeded.
    fn succeeded(&self, answer: Answer) -> std::result::Result<(), Thrown>;
    /// It was refused, or failed.
    fn failed(&self, failure: Failure) -> std::result::Result<(), Thrown>;
    /// Nobody is to be told (contract 8): what suspended for the call must not wait any more.
    fn dropped(&self) -> std::result::Result<(), Thrown>;
}

/// A completion that was not told yet. It counts as dropped if it never is.
struct Untold(Option<Arc<dyn Completion>>);

impl Drop for Untold {
    fn drop(&mut self) {
        if let Some(completion) = self.0.take() {
            told(completion.dropped());
        }
    }
}

/// What a foreign method threw is its layer's to report; it must not end a client that did nothing wrong.
pub(super) fn told(result: std::result::Result<(), Thrown>) {
    if result.is_err() {
        tracing::error!(code = ErrorCode::Panic.number(), "a callback of the app threw; SeenBy goes on");
    }
}

/// Ends a call with its answer.
pub(super) fn end(completion: Option<Arc<dyn Completion>>) -> impl FnOnce(Result<rust::Answer>) + Send + 'static {
    let mut untold = Untold(completion);
    move |result| {
        let Some(completion) = untold.0.take() else { return };
        told(match result {
            Ok(answer) => completion.succeeded(answer.into()),
            Err(error) => completion.failed(error.into()),
        });
    }
}

/// Runs callbacks and listeners where the host wants them (contract 8).
#[uniffi::export(foreign)]
pub trait CallbackDispatcher: Send + Sync {
    /// Run this, or drop it, once, now or later, on any thread. The next one comes when this one is over.
    fn dispatch(&self, work: Arc<Work>) -> std::result::Result<(), Thrown>;
}

/// A piece of work for a dispatcher.
#[derive(uniffi::Object)]
pub struct Work(Mutex<Option<Job>>);

#[uniffi::export]
impl Work {
    /// Runs it; nothing if that was done, or it was dropped.
    pub fn run(&self) {
        let job = self.0.lock().take();
        if let Some(job) = job {
            job.run();
        }
    }

    /// Drops it: that counts as delivered.
    pub fn discard(&self) {
        let job = self.0.lock().take();
        drop(job);
    }
}

/// The foreign dispatcher, for the client.
pub(super) struct Dispatching(pub(super) Arc<dyn CallbackDispatcher>);

impl rust::Dispatcher for Dispatching {
    fn dispatch(&self, job: Job) {
        let work = Arc::new(Work(Mutex::new(Some(job))));
        // One that throws may have kept the work, or not: what was not run by now counts as dropped.
        if self.0.dispatch(work.clone()).is_err() {
            told(Err(Thrown::Unexpected));
            work.discard();
        }
    }
}

/// Renews userSigs (R30).
#[uniffi::export(foreign)]
pub trait UserSigProvider: Send + Sync {
    /// The userSig of this user has run out, or is about to: answer `reply`, now or later.
    fn user_sig(&self, user_id: String, reply: Arc<UserSigReply>) -> std::result::Result<(), Thrown>;
}

/// Takes the new userSig. Dropped without an answer, it means that there is none.
#[derive(uniffi::Object)]
pub struct UserSigReply(Mutex<Option<TokenReply>>);

#[uniffi::export]
impl UserSigReply {
    /// The new one.
    pub fn accept(&self, user_sig: String) {
        if let Some(reply) = self.0.lock().take() {
            reply.reply(Ok(user_sig));
        }
    }

    /// There is none, for this reason.
    pub fn refuse(&self, why: String) {
        if let Some(reply) = self.0.lock().take() {
            reply.reply(Err(Error::new(ErrorCode::UserSigExpired, why)));
        }
    }
}

/// The foreign provider, for the client.
pub(super) struct Providing(pub(super) Arc<dyn UserSigProvider>);

impl rust::TokenProvider for Providing {
    fn user_sig(&self, user: &str, reply: TokenReply) {
        let reply = Arc::new(UserSigReply(Mutex::new(Some(reply))));
        if self.0.user_sig(user.to_owned(), reply.clone()).is_err() {
            told(Err(Thrown::Unexpected));
            reply.refuse("the token provider threw".to_owned());
        }
    }
}
