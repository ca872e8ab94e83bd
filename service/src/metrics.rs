//! What a service counts. Numbers only: nothing here tells who did what (R34).

use seenby_core::hub::HubMetrics;
use seenby_core::model::{AppId, Position};
use seenby_store::DiskUsage;
use std::sync::atomic::{AtomicU64, Ordering};

/// A service's counters since it started, and sizes as of now.
#[derive(Clone, Debug, Default)]
pub struct ServiceMetrics {
    /// Of each app.
    pub apps: Vec<(AppId, HubMetrics)>,
    /// Connections open, those without a Hello yet too.
    pub connections: u64,
    /// Connections ever made.
    pub accepted: u64,
    /// Frames from devices, and their bytes.
    pub frames_in: u64,
    /// See above.
    pub bytes_in: u64,
    /// Frames handed to transports, and their bytes.
    pub frames_out: u64,
    /// See above.
    pub bytes_out: u64,
    /// Connections cut because they did not read what was sent (R24).
    pub cut: u64,
    /// Connections closed because no Hello came in time, or because they broke the protocol.
    pub protocol_errors: u64,
    /// userSigs refused.
    pub tokens_refused: u64,
    /// Syncs of the journal.
    pub commits: u64,
    /// Records that landed.
    pub records: u64,
    /// Microseconds spent appending, over all commits.
    pub commit_micros: u64,
    /// Microseconds of the slowest commit.
    pub commit_micros_max: u64,
    /// The position landed last.
    pub position: Position,
    /// What the journal takes on disk; `None` if it cannot tell.
    pub disk: Option<DiskUsage>,
}

/// Counters that several threads move.
#[derive(Debug, Default)]
pub(crate) struct Counters {
    pub(crate) connections: AtomicU64,
    pub(crate) accepted: AtomicU64,
    pub(crate) frames_in: AtomicU64,
    pub(crate) bytes_in: AtomicU64,
    pub(crate) frames_out: AtomicU64,
    pub(crate) bytes_out: AtomicU64,
    pub(crate) cut: AtomicU64,
    pub(crate) protocol_errors: AtomicU64,
    pub(crate) tokens_refused: AtomicU64,
    pub(crate) commits: AtomicU64,
    pub(crate) records: AtomicU64,
    pub(crate) commit_micros: AtomicU64,
    pub(crate) commit_micros_max: AtomicU64,
}

/// Adds to a counter.
pub(crate) fn count(counter: &AtomicU64, n: usize) {
    counter.fetch_add(n as u64, Ordering::Relaxed);
}

impl Counters {
    pub(crate) fn fill(&self, metrics: &mut ServiceMetrics) {
        let get = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        metrics.connections = get(&self.connections);
        metrics.accepted = get(&self.accepted);
        metrics.frames_in = get(&self.frames_in);
        metrics.bytes_in = get(&self.bytes_in);
        metrics.frames_out = get(&self.frames_out);
        metrics.bytes_out = get(&self.bytes_out);
        metrics.cut = get(&self.cut);
        metrics.protocol_errors = get(&self.protocol_errors);
        metrics.tokens_refused = get(&self.tokens_refused);
        metrics.commits = get(&self.commits);
        metrics.records = get(&self.records);
        metrics.commit_micros = get(&self.commit_micros);
        metrics.commit_micros_max = get(&self.commit_micros_max);
    }
}
