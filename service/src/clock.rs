//! What time it is, for a core that has no clock.

use seenby_core::model::TimeMs;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

/// Tells the time: milliseconds since 1970 (UTC). Must never go back.
///
/// A service sleeps in real time; after a clock that tests drive has jumped, call [`crate::Service::wake`].
pub trait Clock: Send + Sync {
    /// Now.
    fn now(&self) -> TimeMs;
}

/// The machine's clock. When somebody sets it back, it stands still until time has caught up.
#[derive(Debug, Default)]
pub struct SystemClock {
    latest: AtomicI64,
}

impl SystemClock {
    /// A clock that has shown no time yet.
    pub const fn new() -> Self {
        Self { latest: AtomicI64::new(0) }
    }
}

impl Clock for SystemClock {
    fn now(&self) -> TimeMs {
        let since_1970 = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let now = TimeMs::try_from(since_1970.as_millis()).unwrap_or(TimeMs::MAX);
        self.latest.fetch_max(now, Ordering::Relaxed).max(now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_clock_never_goes_back() {
        let clock = SystemClock { latest: AtomicI64::new(TimeMs::MAX - 1) };
        assert_eq!(clock.now(), TimeMs::MAX - 1, "it was later already");
        let clock = SystemClock::new();
        let first = clock.now();
        assert!(first > 1_700_000_000_000 && clock.now() >= first);
    }
}
