//! One connection: what comes in is decoded where it comes in; what goes out waits, counted in bytes, until the transport
//! takes it. Who does not read is cut off, and nobody else feels it (R24).

use crate::inbox::Message;
use crate::metrics::count;
use crate::service::Shared;
use parking_lot::Mutex;
use prost::Message as _;
use seenby_core::hub::{ConnId, Input};
use seenby_core::model::{AppId, Error, ErrorCode, Position, UserId, limits};
use seenby_core::wire::{self, frame, request};
use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use tokio::sync::Notify;

/// A frame on its way out.
enum Item {
    Ready(Arc<[u8]>),
    /// What its messages say is read when it is sent: not on the hub's thread.
    WithBodies(Box<wire::Frame>, Vec<Position>),
}

struct Waiting {
    item: Item,
    bytes: usize,
}

#[derive(Default)]
struct Out {
    queue: VecDeque<Waiting>,
    /// Waiting here, and taken by the transport but not sent yet.
    bytes: usize,
    taken: usize,
    lagging: bool,
    /// Nothing is queued any more; the transport ends the connection when the queue is empty.
    ending: bool,
    /// The transport is to drop everything at once.
    cut: bool,
}

/// What the two ends and the hub thread share.
pub(crate) struct Conn {
    pub(crate) id: ConnId,
    shared: Arc<Shared>,
    out: Mutex<Out>,
    ready: Notify,
    cut: Notify,
    /// A Hello has come.
    greeted: AtomicBool,
    /// The transport has gone.
    gone: AtomicBool,
}

/// What became of queueing a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Queued {
    Fine,
    /// The unsent bytes have just passed the lag limit.
    Lagging,
    /// They have passed the highest limit: the connection was cut.
    Cut,
}

impl Conn {
    pub(crate) fn new(id: ConnId, shared: Arc<Shared>) -> Arc<Self> {
        count(&shared.counters.accepted, 1);
        shared.counters.connections.fetch_add(1, Ordering::Relaxed);
        Arc::new(Self {
            id,
            shared,
            out: Mutex::default(),
            ready: Notify::new(),
            cut: Notify::new(),
            greeted: AtomicBool::new(false),
            gone: AtomicBool::new(false),
        })
    }

    pub(crate) fn is_gone(&self) -> bool {
        self.gone.load(Ordering::Acquire)
    }

    pub(crate) fn is_greeted(&self) -> bool {
        self.greeted.load(Ordering::Acquire)
    }

    pub(crate) fn send(&self, frame: Arc<[u8]>, lag_bytes: usize) -> Queued {
        let bytes = frame.len();
        self.queue(Waiting { item: Item::Ready(frame), bytes }, lag_bytes)
    }

    pub(crate) fn send_with_bodies(&self, frame: Box<wire::Frame>, bodies: Vec<Position>, lag_bytes: usize) -> Queued {
        // The bodies are not known here; the hub saw to it that the whole stays below a frame's limit.
        let present = bodies.iter().filter(|&&position| position != 0).count();
        let bytes = (frame.encoded_len() + present * limits::BODY_BYTES).min(limits::FRAME_BYTES);
        self.queue(Waiting { item: Item::WithBodies(frame, bodies), bytes }, lag_bytes)
    }

    fn queue(&self, waiting: Waiting, lag_bytes: usize) -> Queued {
        let mut out = self.out.lock();
        if out.ending || out.cut {
            return Queued::Fine;
        }
        if out.bytes + waiting.bytes > self.shared.limits.max_unsent {
            drop(out);
            count(&self.shared.counters.cut, 1);
            self.cut_off();
            return Queued::Cut;
        }
        out.bytes += waiting.bytes;
        out.queue.push_back(waiting);
        let lagging = !out.lagging && out.bytes > lag_bytes;
        out.lagging |= lagging;
        drop(out);
        self.ready.notify_one();
        if lagging { Queued::Lagging } else { Queued::Fine }
    }

    /// Ends the connection once everything queued is out.
    pub(crate) fn end(&self) {
        self.out.lock().ending = true;
        self.ready.notify_one();
    }

    /// Says why, and ends the connection.
    pub(crate) fn refuse(&self, error: &Error) {
        let close = wire::Close {
            code: error.code.number(),
            reason: error.message.clone(),
            retry_after_ms: error.retry_after_ms,
            kicked: false,
        };
        let frame = wire::Frame { body: Some(frame::Body::Close(close)), ..wire::Frame::default() };
        self.send(wire::encode_frame(&frame).into(), usize::MAX);
        self.end();
    }

    /// Ends the connection now, whatever waits.
    pub(crate) fn cut_off(&self) {
        let mut out = self.out.lock();
        out.cut = true;
        out.queue = VecDeque::new();
        out.bytes = 0;
        drop(out);
        self.ready.notify_one();
        self.cut.notify_one();
    }

    fn is_cut(&self) -> bool {
        self.out.lock().cut
    }

    fn is_over(&self) -> bool {
        let out = self.out.lock();
        out.ending || out.cut
    }

    /// One of the ends was dropped: the hub forgets the connection.
    fn leave(&self) {
        if !self.gone.swap(true, Ordering::AcqRel) {
            self.cut_off();
            self.shared.inbox.push(Message::Closed(self.id));
            self.shared.counters.connections.fetch_sub(1, Ordering::Relaxed);
            self.shared.left.notify_waiters();
        }
    }
}

/// The connection is over: stop reading; [`Outgoing`] may still have a last frame that says why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ended;

/// The end of a connection that bytes come in by. Dropping it ends the connection.
pub struct Connection {
    conn: Arc<Conn>,
    /// Who said Hello.
    who: Option<(AppId, Result<UserId, Error>)>,
}

/// The end of a connection that bytes go out by. Dropping it ends the connection.
pub struct Outgoing {
    conn: Arc<Conn>,
}

/// Both ends of a new connection.
pub(crate) fn pair(conn: &Arc<Conn>) -> (Connection, Outgoing) {
    (Connection { conn: conn.clone(), who: None }, Outgoing { conn: conn.clone() })
}

impl Connection {
    /// Takes one frame from the device. Waits while the service has too much to do.
    ///
    /// What is no frame of this protocol, or comes in the wrong state, closes the connection with a reason.
    ///
    /// # Errors
    /// [`Ended`] if the connection is over: by this frame, or before.
    pub async fn receive(&mut self, bytes: &[u8]) -> Result<(), Ended> {
        let shared = &self.conn.shared;
        count(&shared.counters.frames_in, 1);
        count(&shared.counters.bytes_in, bytes.len());
        if self.conn.is_over() {
            return Err(Ended);
        }
        if let Some(error) = shared.refusal() {
            self.conn.refuse(&error);
            return Err(Ended);
        }
        let message = match wire::decode_request(bytes).and_then(|request| self.message(request)) {
            Ok(message) => message,
            Err(error) => return Err(self.violation(&error)),
        };
        let sent = self.conn.shared.inbox.send(message).await;
        sent.map_err(|_| {
            if let Some(error) = self.conn.shared.refusal() {
                self.conn.refuse(&error);
            }
            Ended
        })
    }

    /// What a transport itself found wrong (a text frame, a frame too long): closes the connection with this reason.
    pub fn refuse(&mut self, error: &Error) {
        let _ = self.violation(error);
    }

    /// The device has gone. The same as dropping this.
    pub fn closed(self) {}

    fn violation(&self, error: &Error) -> Ended {
        count(&self.conn.shared.counters.protocol_errors, 1);
        tracing::debug!(conn = self.conn.id.0, code = error.code.number(), "closing a connection: {}", error.message);
        self.conn.refuse(error);
        Ended
    }

    fn message(&mut self, request: wire::Request) -> Result<Message, Error> {
        let conn = self.conn.id;
        let Some((app, user)) = &self.who else {
            return self.hello(request);
        };
        match request.body {
            Some(request::Body::RenewToken(renew)) => {
                let identity = user.clone().and_then(|user| self.check(*app, &user, &renew.user_sig));
                Ok(Message::Frame(*app, Input::Renewed { conn, request: request.id, identity }))
            }
            Some(request::Body::Hello(_)) => Err(Error::new(
                ErrorCode::Protocol,
                "a second Hello on one connection; it is sent once, as the first frame",
            )),
            _ => Ok(Message::Frame(*app, Input::Request { conn, request })),
        }
    }

    fn hello(&mut self, request: wire::Request) -> Result<Message, Error> {
        let Some(request::Body::Hello(hello)) = request.body else {
            return Err(Error::new(ErrorCode::Protocol, "the first frame of a connection must be Hello"));
        };
        // Another version may mean something else by every other field: it is looked at first.
        if hello.version != wire::VERSION {
            return Err(Error::new(
                ErrorCode::VersionRefused,
                format!("this service speaks version {} of the protocol, not {}", wire::VERSION, hello.version),
            ));
        }
        let app = AppId(hello.app);
        if !self.conn.shared.authenticator.knows(app) {
            count(&self.conn.shared.counters.tokens_refused, 1);
            return Err(Error::new(
                ErrorCode::UserSigInvalid,
                format!("there is no sdkAppID {app} here; see the apps in the service's configuration"),
            ));
        }
        let user = UserId::new(&hello.user);
        let identity = user.clone().and_then(|user| self.check(app, &user, &hello.user_sig));
        self.who = Some((app, user));
        self.conn.greeted.store(true, Ordering::Release);
        let input = Input::Hello { conn: self.conn.id, request: request.id, hello, identity };
        Ok(Message::Hello(app, self.conn.clone(), input))
    }

    fn check(&self, app: AppId, user: &UserId, user_sig: &str) -> Result<seenby_core::hub::Identity, Error> {
        let shared = &self.conn.shared;
        let checked = shared.authenticator.check(app, user, user_sig, shared.now());
        if checked.is_err() {
            count(&shared.counters.tokens_refused, 1);
        }
        checked
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        self.conn.leave();
    }
}

impl Outgoing {
    /// The next frame to send; `None` when the connection is over. Asking for the next one says that the one before has
    /// been sent.
    pub async fn next(&mut self) -> Option<Arc<[u8]>> {
        let mut frames = Vec::with_capacity(1);
        self.take(&mut frames, 1).await;
        frames.pop()
    }

    /// Waits until there is a frame to send, then gives everything that waits, up to about `max_bytes` (at least one
    /// frame). False when the connection is over. Asking again says that what was given before has been sent.
    pub async fn take(&mut self, frames: &mut Vec<Arc<[u8]>>, max_bytes: usize) -> bool {
        loop {
            match self.take_now(frames, max_bytes) {
                Some(more) => return more,
                None => self.conn.ready.notified().await,
            }
        }
    }

    /// As [`Outgoing::take`] without waiting: `None` if there is nothing to send now.
    fn take_now(&mut self, frames: &mut Vec<Arc<[u8]>>, max_bytes: usize) -> Option<bool> {
        let conn = &*self.conn;
        let mut taken = Vec::new();
        let mut out = conn.out.lock();
        if out.cut {
            return Some(false);
        }
        out.bytes -= std::mem::take(&mut out.taken).min(out.bytes);
        let drained = out.lagging && out.bytes <= conn.shared.limits.drained_bytes;
        if drained {
            out.lagging = false;
        }
        while let Some(waiting) = out.queue.pop_front() {
            out.taken += waiting.bytes;
            taken.push(waiting.item);
            if out.taken >= max_bytes {
                break;
            }
        }
        let ended = taken.is_empty() && out.ending;
        drop(out);
        if drained {
            conn.shared.inbox.push(Message::Drained(conn.id));
        }
        if taken.is_empty() {
            return ended.then_some(false);
        }
        for item in taken {
            let frame = match item {
                Item::Ready(frame) => frame,
                Item::WithBodies(frame, bodies) => conn.shared.fill_in(*frame, &bodies),
            };
            count(&conn.shared.counters.frames_out, 1);
            count(&conn.shared.counters.bytes_out, frame.len());
            frames.push(frame);
        }
        Some(true)
    }

    /// Resolves when the connection is to be dropped at once, even while a frame is being sent: the device does not read,
    /// or one of the ends was dropped.
    pub fn cut(&self) -> impl Future<Output = ()> + Send + 'static {
        let conn = self.conn.clone();
        async move {
            while !conn.is_cut() {
                conn.cut.notified().await;
            }
        }
    }
}

impl Drop for Outgoing {
    fn drop(&mut self) {
        self.conn.leave();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{AcceptAny, ServiceLimits, SystemClock};
    use seenby_store::{Journal as _, MemoryJournal};

    fn shared(max_unsent: usize) -> Arc<Shared> {
        let limits = ServiceLimits { max_unsent, drained_bytes: 100, ..ServiceLimits::default() };
        let journal = MemoryJournal::new().unwrap();
        assert_eq!(journal.head(), 0);
        Arc::new(Shared::new(&journal, Arc::new(AcceptAny), "test".into(), Arc::new(SystemClock::new()), limits))
    }

    fn frame(bytes: usize) -> Arc<[u8]> {
        vec![7; bytes].into()
    }

    #[tokio::test]
    async fn r24_who_does_not_read_lags_then_is_cut() {
        let shared = shared(1000);
        let conn = Conn::new(ConnId(1), shared.clone());
        let (_connection, mut outgoing) = pair(&conn);
        assert_eq!(conn.send(frame(300), 500), Queued::Fine);
        assert_eq!(conn.send(frame(300), 500), Queued::Lagging);
        assert_eq!(conn.send(frame(300), 500), Queued::Fine, "said once");
        // Taking is not sending: what was taken counts until the next is asked for.
        let mut frames = Vec::new();
        assert!(outgoing.take(&mut frames, 600).await);
        assert_eq!(frames.len(), 2);
        assert_eq!(conn.send(frame(300), 500), Queued::Cut);
        outgoing.cut().await;
        assert!(!outgoing.take(&mut frames, 600).await);
        assert_eq!(frames.len(), 2);
        assert_eq!(conn.send(frame(1), 500), Queued::Fine, "to nobody");
    }

    #[tokio::test]
    async fn a_connection_that_lagged_is_drained_when_its_bytes_are_out() {
        let shared = shared(10_000);
        let conn = Conn::new(ConnId(1), shared.clone());
        let (_connection, mut outgoing) = pair(&conn);
        assert_eq!(conn.send(frame(300), 200), Queued::Lagging);
        assert_eq!(outgoing.next().await.map(|frame| frame.len()), Some(300));
        let drained = || {
            let (mut landed, mut messages) = Default::default();
            shared.inbox.take(Some(std::time::Duration::ZERO), 10, &mut landed, &mut messages);
            messages.iter().any(|message| matches!(message, Message::Drained(ConnId(1))))
        };
        assert!(!drained(), "it is not sent yet");
        assert_eq!(outgoing.take_now(&mut Vec::new(), 1), None);
        assert!(drained());
        assert_eq!(conn.send(frame(300), 200), Queued::Lagging, "a second time");
    }

    #[tokio::test]
    async fn the_last_frame_goes_out_before_the_end() {
        let shared = shared(10_000);
        let conn = Conn::new(ConnId(1), shared.clone());
        let (mut connection, mut outgoing) = pair(&conn);
        conn.send(frame(10), 500);
        connection.refuse(&Error::new(ErrorCode::Protocol, "nonsense"));
        conn.send(frame(11), 500);
        assert_eq!(outgoing.next().await.map(|frame| frame.len()), Some(10));
        let last = wire::decode_frame(&outgoing.next().await.unwrap()).unwrap();
        assert!(
            matches!(last.body, Some(frame::Body::Close(close)) if close.code == 90007 && close.reason == "nonsense")
        );
        assert_eq!(outgoing.next().await, None);
        assert_eq!(connection.receive(&[]).await, Err(Ended));
        drop(outgoing);
        assert!(conn.is_gone());
        assert_eq!(shared.counters.connections.load(Ordering::Relaxed), 0);
        drop(connection);
        assert_eq!(shared.counters.connections.load(Ordering::Relaxed), 0, "counted once");
    }
}
