//! A call under way, as a future of any executor or to be waited for.

use crate::delivery;
use crate::shared::{Callback, Shared};
use seenby_core::model::{Error, ErrorCode, Message, MessageId, Result};
use seenby_core::session::{Answer, CallId};
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Weak};
use std::task::{Context, Poll, Wake, Waker};
use tokio::sync::oneshot;

/// A call that has begun. `.await` it in any executor, or [`Call::wait`] for it.
///
/// It began when it was made, and goes on when this is dropped: dropping detaches, [`Call::cancel`] takes it back. Its
/// result comes by the same path as callbacks, in order with them and with what listeners hear; so with a dispatcher
/// that runs on a thread, never block that thread on a call.
#[derive(Debug)]
#[must_use = "the call goes on without this, but what comes of it is lost"]
pub struct Call<T> {
    id: CallId,
    result: oneshot::Receiver<Result<T>>,
    shared: Weak<Shared>,
}

impl<T: Send + 'static> Call<T> {
    /// A call that `begin` starts with the callback it is given.
    pub(crate) fn begin(
        shared: &Arc<Shared>,
        convert: fn(Answer) -> Option<T>,
        begin: impl FnOnce(Callback) -> CallId,
    ) -> Self {
        let (sender, result) = oneshot::channel();
        let id = begin(Box::new(move |answer: Result<Answer>| {
            let result = answer.and_then(|answer| {
                convert(answer).ok_or_else(|| Error::new(ErrorCode::ServiceInternal, "the answer is of another kind"))
            });
            // Nobody waits any more: detached.
            let _ = sender.send(result);
        }));
        Self { id, result, shared: Arc::downgrade(shared) }
    }

    /// Takes the call back: it ends with 7009, unless it ended before. What was sent takes effect all the same.
    pub fn cancel(&self) {
        if let Some(shared) = self.shared.upgrade() {
            shared.cancel(self.id);
        }
    }

    /// Names the call for [`crate::Client::cancel`].
    pub fn id(&self) -> CallId {
        self.id
    }

    /// Blocks this thread until the call has ended. 90002 at once inside a callback, where nothing could end it.
    pub fn wait(self) -> Result<T> {
        wait(self)
    }
}

/// Blocks this thread until `future` has ended. 90002 at once inside a callback.
pub fn wait<T>(future: impl Future<Output = Result<T>>) -> Result<T> {
    if delivery::in_callback() {
        return Err(Error::new(
            ErrorCode::CalledFromCallback,
            "this was to wait inside a callback, which would wait for itself; use a callback or .await there",
        ));
    }
    block_on(future)
}

fn dropped() -> Error {
    Error::new(ErrorCode::Interrupted, "the dispatcher dropped the job that was to bring this call's result")
}

impl<T> Future for Call<T> {
    type Output = Result<T>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<T>> {
        Pin::new(&mut self.result).poll(context).map(|result| result.unwrap_or_else(|_| Err(dropped())))
    }
}

/// A message on its way. `.await` or [`Sending::wait`] gives the message as the service took it.
#[derive(Debug)]
#[must_use = "the message is sent without this, but what comes of it is lost"]
pub struct Sending {
    pub(crate) message: Box<Message>,
    pub(crate) call: Call<Message>,
}

impl Sending {
    /// The message as it stands now: with its id, conversation and sender, unless it was refused at once.
    pub fn message(&self) -> &Message {
        &self.message
    }

    /// The id the message got, at once; `None` if it was refused at once.
    pub fn id(&self) -> Option<&MessageId> {
        self.message.id.as_ref()
    }

    /// As [`Call::cancel`].
    pub fn cancel(&self) {
        self.call.cancel();
    }

    /// As [`Call::wait`].
    pub fn wait(self) -> Result<Message> {
        self.call.wait()
    }
}

impl Future for Sending {
    type Output = Result<Message>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<Message>> {
        Pin::new(&mut self.call).poll(context)
    }
}

struct Unpark(std::thread::Thread);

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}

fn block_on<F: Future>(call: F) -> F::Output {
    let mut call = std::pin::pin!(call);
    let waker = Waker::from(Arc::new(Unpark(std::thread::current())));
    let mut context = Context::from_waker(&waker);
    loop {
        match call.as_mut().poll(&mut context) {
            Poll::Ready(result) => return result,
            Poll::Pending => std::thread::park(),
        }
    }
}
