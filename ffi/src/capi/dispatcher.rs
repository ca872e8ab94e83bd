//! Where callbacks run, and where new userSigs come from: what the host gives with its configuration.

use super::handle::{self, Handle, Table};
use super::input;
use super::outcome::{self, UserData};
use super::types::*;
use super::view::Views;
use bumpalo::Bump;
use parking_lot::Mutex;
use seenby_client::{Dispatcher, Error, ErrorCode, Job, TokenProvider, TokenReply};
use std::ffi::c_void;
use std::sync::Arc;

impl Handle for seenby_job_t {
    type Object = Mutex<Option<Job>>;
    const NAME: &'static str = "job";
    const TAG: usize = 2;
    fn table() -> &'static Table<Self::Object> {
        static TABLE: Table<Mutex<Option<Job>>> = Table::new();
        &TABLE
    }
}

impl Handle for seenby_token_reply_t {
    type Object = Mutex<Option<TokenReply>>;
    const NAME: &'static str = "token reply";
    const TAG: usize = 3;
    fn table() -> &'static Table<Self::Object> {
        static TABLE: Table<Mutex<Option<TokenReply>>> = Table::new();
        &TABLE
    }
}

/// Ends a handle of something that is used up.
fn take<H: Handle<Object = Mutex<Option<T>>>, T>(handle: *const H) -> seenby_client::Result<Option<T>> {
    let object = handle::remove(handle)?;
    let taken = object.lock().take();
    Ok(taken)
}

/// Ends the handle if the host's function panics, so that what it stands for is not waited for.
struct OnPanic<H: Handle>(*mut H);

impl<H: Handle> Drop for OnPanic<H> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            // Gone already if the host ended it before it panicked.
            drop(handle::remove(self.0));
        }
    }
}

struct HostDispatcher {
    dispatch: unsafe extern "C-unwind" fn(*mut c_void, *mut seenby_job_t),
    user_data: UserData,
}

impl Dispatcher for HostDispatcher {
    fn dispatch(&self, job: Job) {
        match handle::insert::<seenby_job_t>(Arc::new(Mutex::new(Some(job)))) {
            Ok(job) => {
                let _guard = OnPanic(job);
                // SAFETY: the host's function, with what it was given to be called with.
                unsafe { (self.dispatch)(self.user_data.get(), job) }
            }
            // The job was dropped, which counts as delivered.
            Err(error) => tracing::error!("a job could not be handed to the dispatcher: {}", error.message),
        }
    }
}

/// The host's dispatcher; `None` without its function, and then its user data is freed at once.
pub(super) fn dispatcher(
    dispatch: seenby_dispatch_fn,
    user_data: *mut c_void,
    destroy: seenby_destroy_fn,
) -> Option<Arc<dyn Dispatcher>> {
    let user_data = UserData::new(user_data, destroy);
    dispatch.map(|dispatch| Arc::new(HostDispatcher { dispatch, user_data }) as Arc<dyn Dispatcher>)
}

struct HostTokenProvider {
    provide: unsafe extern "C-unwind" fn(*mut c_void, seenby_str_t, *mut seenby_token_reply_t),
    user_data: UserData,
}

impl TokenProvider for HostTokenProvider {
    fn user_sig(&self, user: &str, reply: TokenReply) {
        match handle::insert::<seenby_token_reply_t>(Arc::new(Mutex::new(Some(reply)))) {
            Ok(reply) => {
                let bump = Bump::new();
                let user = Views::new(&bump).text(user);
                let _guard = OnPanic(reply);
                // SAFETY: the host's function, with what it was given to be called with.
                unsafe { (self.provide)(self.user_data.get(), user, reply) }
            }
            Err(error) => tracing::error!("the token provider could not be asked: {}", error.message),
        }
    }
}

/// The host's token provider; `None` without its function, and then its user data is freed at once.
pub(super) fn token_provider(
    provide: seenby_token_fn,
    user_data: *mut c_void,
    destroy: seenby_destroy_fn,
) -> Option<Arc<dyn TokenProvider>> {
    let user_data = UserData::new(user_data, destroy);
    provide.map(|provide| Arc::new(HostTokenProvider { provide, user_data }) as Arc<dyn TokenProvider>)
}

/// Runs a dispatcher's job here and now: callbacks and listeners are called inside this function. Ends the handle.
///
/// @param job  What the dispatcher's function got; run or dropped exactly once, on any thread, now or later. Until then the
///             client brings nothing else.
/// @return SEENBY_OK or an error number.
///
/// Errors: 90003 the handle is none: the job was run or dropped before.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn seenby_job_run(job: *mut seenby_job_t) -> i32 {
    outcome::at_once(|| {
        if let Some(job) = take(job)? {
            job.run();
        }
        Ok(())
    })
}

/// Drops a dispatcher's job, because there is nobody left to run it: it counts as delivered, its callbacks never come, and
/// their `destroy` functions are called inside this function. Ends the handle.
///
/// @param job  As for seenby_job_run.
/// @return SEENBY_OK or an error number.
///
/// Errors: as seenby_job_run.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn seenby_job_drop(job: *mut seenby_job_t) -> i32 {
    outcome::at_once(|| take(job).map(drop))
}

/// Gives a new userSig to who asked for one. Ends the handle, unless it is refused. Does not wait; may be called on any
/// thread, also after the client was freed, when it does nothing.
///
/// @param reply     What the token provider's function got.
/// @param user_sig  The new userSig.
/// @return SEENBY_OK or an error number.
///
/// Errors: 6017 the userSig is empty or not UTF-8; 90003 the handle is none: it was answered before.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn seenby_token_accept(reply: *mut seenby_token_reply_t, user_sig: seenby_str_t) -> i32 {
    outcome::at_once(|| {
        handle::get(reply)?;
        // SAFETY: the caller says that it is there for the call.
        let user_sig = unsafe { input::optional("user_sig", user_sig) }?;
        let user_sig = user_sig
            .ok_or_else(|| Error::invalid("the user_sig is empty; if there is none call seenby_token_refuse"))?
            .to_owned();
        if let Some(reply) = take(reply)? {
            reply.reply(Ok(user_sig));
        }
        Ok(())
    })
}

/// Says that there is no new userSig: the app hears `on_user_sig_expired` when the old one has run out, and logs in again.
/// Ends the handle, unless it is refused.
///
/// @param reply  What the token provider's function got.
/// @param why    A sentence for people who look for a fault; logged at level debug. May be empty.
/// @return SEENBY_OK or an error number.
///
/// Errors: 6017 the sentence is not UTF-8; 90003 the handle is none: it was answered before.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn seenby_token_refuse(reply: *mut seenby_token_reply_t, why: seenby_str_t) -> i32 {
    outcome::at_once(|| {
        handle::get(reply)?;
        // SAFETY: the caller says that it is there for the call.
        let why = unsafe { input::optional("sentence why", why) }?.unwrap_or("no reason was given");
        if let Some(reply) = take(reply)? {
            tracing::debug!("the token provider has no userSig: {why}");
            reply.reply(Err(Error::new(ErrorCode::UserSigExpired, why)));
        }
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::capi::library::seenby_last_error;
    use std::ptr;

    /// What a provider keeps of the question.
    struct Asked {
        user: Mutex<String>,
        reply: Mutex<usize>,
    }

    unsafe extern "C-unwind" fn provide(data: *mut c_void, user: seenby_str_t, reply: *mut seenby_token_reply_t) {
        // SAFETY: the test passes one.
        let asked = unsafe { &*data.cast::<Asked>() };
        // SAFETY: the library's own text.
        *asked.user.lock() = unsafe { input::text("user", user) }.expect("it is UTF-8").to_owned();
        *asked.reply.lock() = reply.addr();
    }

    unsafe extern "C-unwind" fn panicking(_: *mut c_void, _: seenby_str_t, _: *mut seenby_token_reply_t) {
        panic!("injected");
    }

    fn text(text: &str) -> seenby_str_t {
        seenby_str_t { data: text.as_ptr().cast(), len: text.len() }
    }

    type Answers = Arc<Mutex<Vec<seenby_client::Result<String>>>>;

    fn reply() -> (TokenReply, Answers) {
        let answers = Answers::default();
        let kept = answers.clone();
        (TokenReply::new(move |answer| kept.lock().push(answer)), answers)
    }

    fn ask() -> (*mut seenby_token_reply_t, Answers) {
        let asked = Asked { user: Mutex::default(), reply: Mutex::default() };
        let provider = token_provider(Some(provide), (&raw const asked).cast_mut().cast(), None).expect("a function");
        let (reply, answers) = reply();
        provider.user_sig("alice", reply);
        assert_eq!(*asked.user.lock(), "alice");
        (ptr::without_provenance_mut(*asked.reply.lock()), answers)
    }

    #[test]
    fn a_token_reply_takes_one_answer() {
        let (reply, answers) = ask();
        // What is refused leaves it open.
        for wrong in [text(""), seenby_str_t { data: ptr::null(), len: 2 }] {
            // SAFETY: as the header asks, but for what is refused.
            assert_eq!(unsafe { seenby_token_accept(reply, wrong) }, SEENBY_ERR_INVALID_PARAMETERS);
            assert!(!seenby_last_error().is_null() && answers.lock().is_empty());
        }
        // SAFETY: as the header asks.
        unsafe {
            assert_eq!(seenby_token_accept(reply, text("new")), SEENBY_OK);
            assert_eq!(seenby_token_accept(reply, text("newer")), SEENBY_ERR_CLOSED);
            assert_eq!(seenby_token_refuse(reply, text("")), SEENBY_ERR_CLOSED);
        }
        assert_eq!(*answers.lock(), [Ok("new".to_owned())]);

        let (reply, answers) = ask();
        // SAFETY: as the header asks.
        assert_eq!(unsafe { seenby_token_refuse(reply, text("the backend is gone")) }, SEENBY_OK);
        let answers = answers.lock();
        let error = answers[0].as_ref().expect_err("it was refused");
        assert_eq!((answers.len(), error.message.as_str()), (1, "the backend is gone"));
    }

    #[test]
    fn a_provider_that_panics_ends_the_reply() {
        let provider = token_provider(Some(panicking), ptr::null_mut(), None).expect("a function");
        let dropped = Arc::new(());
        let (kept, (_, answers)) = (Arc::downgrade(&dropped), reply());
        let reply = TokenReply::new(move |_| drop(dropped));
        let asked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| provider.user_sig("alice", reply)));
        assert!(asked.is_err() && answers.lock().is_empty());
        assert!(kept.upgrade().is_none(), "nobody holds the reply any more");
    }
}
