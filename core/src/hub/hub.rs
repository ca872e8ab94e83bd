//! The hub itself.

use super::log_key::{self, LogName};
use super::{Effect, HubConfig, HubMetrics, Input, LogKey, Record};
use crate::model::{AppId, AppSettings, Position, TimeMs};

/// The brain of the service for one app.
///
/// A driver makes one, gives it every snapshot ([`Hub::restore`]) and then every event after ([`Hub::replay`]), calls
/// [`Hub::start`], and from then on [`Hub::handle`] with whatever happens.
pub struct Hub {
    config: HubConfig,
    metrics: HubMetrics,
}

impl Hub {
    /// An empty hub.
    pub fn new(config: HubConfig, now: TimeMs) -> Self {
        let _ = now;
        Self { config, metrics: HubMetrics::default() }
    }

    /// The key of a log: opaque, the same in every process that has the journal's secret.
    pub fn log_key(secret: &[u8; 32], app: AppId, name: &LogName<'_>) -> LogKey {
        log_key::log_key(secret, app, name)
    }

    /// Takes all parts of one log's snapshot.
    ///
    /// # Errors
    /// What is wrong with the bytes, for the operator.
    pub fn restore(&mut self, log: LogKey, as_of: Position, parts: Vec<(u64, Vec<u8>)>) -> Result<(), String> {
        let _ = (log, as_of, parts);
        Ok(())
    }

    /// Applies one event of the journal, after all snapshots, in position order. Nothing is sent.
    ///
    /// # Errors
    /// The event is unknown to this version (R17's sister rule for disks: stop rather than guess).
    pub fn replay(&mut self, position: Position, record: &Record) -> Result<(), String> {
        let _ = (position, record);
        Ok(())
    }

    /// After the last replay: resumes jobs, proposes settings that changed, asks for the first Tick.
    pub fn start(&mut self, now: TimeMs, out: &mut Vec<Effect>) {
        let _ = (&self.config, now, out);
    }

    /// Something happened; what is to be done is appended to `out`, in order.
    pub fn handle(&mut self, now: TimeMs, input: Input, out: &mut Vec<Effect>) {
        let _ = (now, input, out);
    }

    /// The app's settings as they stand in its log.
    pub fn settings(&self) -> AppSettings {
        self.config.settings.clone().unwrap_or_default()
    }

    /// What this hub has counted.
    pub fn metrics(&self) -> HubMetrics {
        self.metrics
    }
}
