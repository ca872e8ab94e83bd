//! The log: what SeenBy and the layers over it have to say, to the host's sink, or to stderr without one.
//!
//! The library's copy of `tracing` is its own, and so is what is installed for it here: a host that is written in Rust and
//! has a subscriber of its own shares a copy, and is heard instead.

use parking_lot::{Condvar, Mutex};
use seenby_client::{Client, Error, Result};
use std::collections::VecDeque;
use std::fmt::Write as _;
use std::io::Write as _;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::{Arc, Once};
use tracing::field::{Field, Visit};
use tracing::subscriber::Interest;
use tracing::{Event, Metadata, Subscriber, span};

/// Lines that wait for a sink; more are dropped, counted and told.
const WAITING: usize = 1024;

/// How much is logged. The numbers are those of every language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub(crate) enum Level {
    Off = 0,
    Error = 1,
    Warn = 2,
    Info = 3,
    Debug = 4,
    Trace = 5,
}

impl Level {
    const ALL: [Self; 6] = [Self::Off, Self::Error, Self::Warn, Self::Info, Self::Debug, Self::Trace];

    /// From a caller's number, of how much is logged.
    pub(crate) fn of_number(number: i32) -> Result<Self> {
        let found = Self::ALL.into_iter().find(|known| *known as i32 == number);
        found.ok_or_else(|| Error::invalid(format!("the level is {number}; it must be 0 (off) to 5 (trace)")))
    }

    /// From a caller's number, of a line.
    pub(crate) fn of_line(number: i32) -> Result<Self> {
        match Self::of_number(number)? {
            Self::Off => Err(Error::invalid("the level is 0 (off), at which nothing is; pass 1 (error) to 5 (trace)")),
            level => Ok(level),
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Off => "OFF",
            Self::Error => "ERROR",
            Self::Warn => "WARN",
            Self::Info => "INFO",
            Self::Debug => "DEBUG",
            Self::Trace => "TRACE",
        }
    }

    fn of(level: tracing::Level) -> Self {
        match level {
            tracing::Level::ERROR => Self::Error,
            tracing::Level::WARN => Self::Warn,
            tracing::Level::INFO => Self::Info,
            tracing::Level::DEBUG => Self::Debug,
            tracing::Level::TRACE => Self::Trace,
        }
    }
}

/// Takes lines, on the log's thread.
pub(crate) trait Sink: Send + Sync {
    fn line(&self, level: Level, line: &str);
}

struct State {
    sink: Option<Arc<dyn Sink>>,
    queue: VecDeque<(Level, String)>,
    dropped: u64,
    has_thread: bool,
    /// The thread is in a call of a sink.
    running: bool,
}

static STATE: Mutex<State> =
    Mutex::new(State { sink: None, queue: VecDeque::new(), dropped: 0, has_thread: false, running: false });
/// There is a line for a sink.
static MORE: Condvar = Condvar::new();
/// A call of a sink is over.
static IDLE: Condvar = Condvar::new();
/// Up to which level is logged. (R34: the default holds no ids.)
static LEVEL: AtomicU8 = AtomicU8::new(Level::Warn as u8);

/// From here on SeenBy is heard. Costs nothing when it was called before.
pub(crate) fn install() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        // Refused if the program is in Rust and has a subscriber of its own: it hears everything then.
        let _ = tracing::subscriber::set_global_default(Lines);
    });
}

fn is_on(level: Level) -> bool {
    level != Level::Off && level as u8 <= LEVEL.load(Ordering::Relaxed)
}

/// Logs a line, if its level is logged. Never waits.
pub(crate) fn line(level: Level, line: String) {
    if !is_on(level) {
        return;
    }
    let mut state = STATE.lock();
    if state.sink.is_none() {
        drop(state);
        return to_stderr(level, &line);
    }
    if state.queue.len() < WAITING {
        state.queue.push_back((level, line));
    } else {
        state.dropped += 1;
    }
    drop(state);
    MORE.notify_one();
}

fn to_stderr(level: Level, line: &str) {
    // A stderr that is gone must not be a panic.
    let _ = writeln!(std::io::stderr().lock(), "seenby {}: {line}", level.name());
}

/// Sets how much is logged and who takes it; `None`: stderr. Outside of callbacks it waits for a call of the old sink that is
/// running, and the old sink is dropped before this returns. An error if the system gives no thread.
pub(crate) fn set_sink(level: Level, sink: Option<Arc<dyn Sink>>) -> std::io::Result<()> {
    install();
    let mut state = STATE.lock();
    if sink.is_some() && !state.has_thread {
        std::thread::Builder::new().name("seenby-log".into()).spawn(run)?;
        state.has_thread = true;
    }
    LEVEL.store(level as u8, Ordering::Relaxed);
    let left = if sink.is_none() { std::mem::take(&mut state.queue) } else { VecDeque::new() };
    let old = std::mem::replace(&mut state.sink, sink);
    // A sink that replaces itself would wait for itself.
    if old.is_some() && !Client::in_callback() {
        while state.running {
            IDLE.wait(&mut state);
        }
    }
    drop(state);
    // What the old one did not get any more.
    left.iter().for_each(|(level, line)| to_stderr(*level, line));
    // Not under the lock: the host's code frees its user data.
    drop(old);
    Ok(())
}

/// The thread `seenby-log`: it lives as long as the process.
fn run() {
    let mut state = STATE.lock();
    loop {
        let line = match &state.sink {
            None => None,
            Some(_) if state.queue.is_empty() && state.dropped > 0 => {
                let dropped = std::mem::take(&mut state.dropped);
                Some((Level::Warn, format!("{dropped} lines of the log were lost: its sink is too slow for them")))
            }
            Some(_) => state.queue.pop_front(),
        };
        let (Some((level, line)), Some(sink)) = (line, state.sink.clone()) else {
            MORE.wait(&mut state);
            continue;
        };
        state.running = true;
        drop(state);
        let told = Client::as_callback(|| catch_unwind(AssertUnwindSafe(|| sink.line(level, &line))));
        if told.is_err() {
            remove(&sink);
        }
        // Dropped before anybody who waits goes on; a sink that was replaced meanwhile is freed here or there.
        Client::as_callback(|| drop(sink));
        state = STATE.lock();
        state.running = false;
        IDLE.notify_all();
    }
}

/// A sink that panicked would do so again.
fn remove(sink: &Arc<dyn Sink>) {
    let mut state = STATE.lock();
    let old = state.sink.take_if(|now| Arc::ptr_eq(now, sink));
    let left = if old.is_some() { std::mem::take(&mut state.queue) } else { VecDeque::new() };
    drop(state);
    to_stderr(Level::Error, "the sink of the log panicked: it was removed, and the log goes to stderr");
    left.iter().for_each(|(level, line)| to_stderr(*level, line));
    drop(old);
}

/// What `tracing` is told becomes lines.
struct Lines;

/// Of others' crates nothing is logged: what they write is not held to R34.
fn is_ours(metadata: &Metadata<'_>) -> bool {
    metadata.target().starts_with("seenby")
}

impl Subscriber for Lines {
    fn register_callsite(&self, metadata: &'static Metadata<'static>) -> Interest {
        // The level may change at any time.
        if is_ours(metadata) && metadata.is_event() { Interest::sometimes() } else { Interest::never() }
    }

    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        is_ours(metadata) && metadata.is_event() && is_on(Level::of(*metadata.level()))
    }

    fn event(&self, event: &Event<'_>) {
        let mut text = Text::default();
        event.record(&mut text);
        line(Level::of(*event.metadata().level()), text.message + &text.fields);
    }

    // No span is enabled.
    fn new_span(&self, _: &span::Attributes<'_>) -> span::Id {
        span::Id::from_u64(1)
    }
    fn record(&self, _: &span::Id, _: &span::Record<'_>) {}
    fn record_follows_from(&self, _: &span::Id, _: &span::Id) {}
    fn enter(&self, _: &span::Id) {}
    fn exit(&self, _: &span::Id) {}
}

/// The message, then ` name=value` for each field.
#[derive(Default)]
struct Text {
    message: String,
    fields: String,
}

impl Visit for Text {
    fn record_str(&mut self, field: &Field, value: &str) {
        self.record_debug(field, &format_args!("{value}"));
    }

    fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
        // Writing into a String does not fail.
        let _ = match field.name() {
            "message" => write!(self.message, "{value:?}"),
            name => write!(self.fields, " {name}={value:?}"),
        };
    }
}
