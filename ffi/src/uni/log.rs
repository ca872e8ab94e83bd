//! Where the log goes.

use super::client::at_once;
use super::types::{Failure, Thrown};
use crate::log::{self, Level, Sink};
use seenby_client::{Error, ErrorCode};
use std::sync::Arc;

/// Takes lines of the log.
#[uniffi::export(foreign)]
pub trait LogSink: Send + Sync {
    /// A line: 1 error, 2 warning, 3 information, 4 debug, 5 trace. One at a time, on a thread of its own, as a callback. What
    /// this throws is dropped: a log that fails has nowhere to say so.
    fn line(&self, level: i32, line: String) -> Result<(), Thrown>;
}

struct HostSink(Arc<dyn LogSink>);

impl Sink for HostSink {
    fn line(&self, level: Level, line: &str) {
        // Not `told`: it would log what happened, to this sink.
        let _ = self.0.line(level as i32, line.to_owned());
    }
}

/// Says where the log of this process goes, and how much of it: 0 off, 1 errors, 2 warnings (the default), 3 information,
/// 4 debug, 5 trace. Without a sink it goes to stderr, as at first. At levels 1 and 2 no line holds a user's or message's id, a
/// body or a token (R34).
///
/// Up to 1 024 lines wait for a sink; what is lost beyond is counted and told. Outside of callbacks this waits for a call of
/// the old sink that is running; after it the old one is not called any more. 6017 a level that is none.
#[uniffi::export]
pub fn set_log_sink(level: i32, sink: Option<Arc<dyn LogSink>>) -> Result<(), Failure> {
    at_once(|| {
        let level = Level::of_number(level)?;
        let sink = sink.map(|sink| Arc::new(HostSink(sink)) as Arc<dyn Sink>);
        log::set_sink(level, sink)
            .map_err(|error| Error::new(ErrorCode::ServiceInternal, format!("the system gives no thread: {error}")))
    })
}

/// Logs a line of a layer over this library, or of the app, to where the log goes, at level 1 to 5. Never waits. 6017 a level
/// that is none.
#[uniffi::export]
pub fn log_line(level: i32, line: String) -> Result<(), Failure> {
    at_once(|| {
        log::line(Level::of_line(level)?, line);
        Ok(())
    })
}
