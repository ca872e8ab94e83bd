//! What the acts share: where SeenBy runs, what was compared, what is shown, and how fast.

use super::check::{Checks, Result};
use super::people::Device;
use super::place::Place;
use super::screen::{Ink, Line, Screen};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// The stage.
pub(crate) struct Stage {
    pub(crate) place: Place,
    pub(crate) checks: Arc<Checks>,
    pub(crate) screen: Screen,
    /// Where the devices keep their data.
    pub(crate) devices: PathBuf,
}

/// The column in which the rules stand that a line shows.
const RULES_AT: usize = 92;

impl Stage {
    /// A device of `user`, logged in.
    pub(crate) async fn login(&self, user: &str, label: &str) -> Result<Device> {
        Device::login(&self.place, &self.checks, user, label, &self.devices).await
    }

    /// Begins an act.
    pub(crate) fn act(&mut self, title: &str, about: &str) {
        self.screen.gap();
        self.screen.line(Line::new().add(Ink::Head, title).add(Ink::Dim, format!("  {about}")));
    }

    /// Says what was just compared, and by which rules.
    pub(crate) fn fact(&mut self, text: impl Into<String>, rules: &str) {
        let line =
            Line::new().add(Ink::Good, "  ✓ ").add(Ink::Plain, text).to(RULES_AT).add(Ink::Dim, format!(" {rules}"));
        self.screen.line(line);
    }

    /// Gives a person time to see what changed. Nothing waits where nobody watches.
    pub(crate) async fn beat(&self, ms: u64) {
        if self.screen.watched() {
            tokio::time::sleep(Duration::from_millis(ms)).await;
        }
    }
}

/// The clock of this machine, which is the server's too.
pub(crate) fn now_ms() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}

/// A time span, as a person says it.
pub(crate) fn span(ms: i64) -> String {
    if ms <= 0 {
        "less than 1 ms".to_owned()
    } else if ms < 1000 {
        format!("{ms} ms")
    } else {
        format!("{:.1} s", ms as f64 / 1000.0)
    }
}
