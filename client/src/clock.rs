//! The device's clock: ms since 1970, never backwards.

use parking_lot::Mutex;
use seenby_core::model::TimeMs;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

/// A difference between the wall clock and ours above which ours follows: the machine slept, or somebody set it.
const JUMP_MS: TimeMs = 2_000;

/// The wall clock, made to never go back: it runs with the monotonic clock, and follows the wall clock forwards.
#[derive(Debug)]
pub(crate) struct Clock(Mutex<(Instant, TimeMs)>);

fn wall() -> TimeMs {
    // A machine whose clock stands before 1970 counts from there.
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    TimeMs::try_from(since.as_millis()).unwrap_or(TimeMs::MAX / 2)
}

impl Default for Clock {
    fn default() -> Self {
        Self(Mutex::new((Instant::now(), wall())))
    }
}

impl Clock {
    pub(crate) fn now(&self) -> TimeMs {
        let mut base = self.0.lock();
        let elapsed = TimeMs::try_from(base.0.elapsed().as_millis()).unwrap_or(TimeMs::MAX / 2);
        let now = base.1.saturating_add(elapsed);
        let wall = wall();
        if wall > now.saturating_add(JUMP_MS) {
            *base = (Instant::now(), wall);
            return wall;
        }
        now
    }
}
