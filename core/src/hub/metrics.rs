//! What a hub counts, for `/metrics`, `--measure` and tests. No ids, so nothing here tells who did what (R34).

/// Counters since the hub was made, and sizes as of now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct HubMetrics {
    /// Connections that have been welcomed and are open.
    pub connections: u64,
    /// Users known (who ever connected, or are in a conversation).
    pub users: u64,
    /// Conversations known, groups among them.
    pub conversations: u64,
    /// Groups known, dismissed ones too.
    pub groups: u64,
    /// Requests that came, refused ones too.
    pub requests: u64,
    /// Requests answered with an error.
    pub refused: u64,
    /// Of these, refused for coming too fast (9506).
    pub too_frequent: u64,
    /// Connections closed by the service.
    pub closed: u64,
    /// Messages accepted.
    pub messages: u64,
    /// Receipts that were new.
    pub receipts_taken: u64,
    /// Receipts that were there already (R5).
    pub receipts_repeated: u64,
    /// Receipts dropped (R2).
    pub receipts_dropped: u64,
    /// Receipts of messages nobody knows (R2).
    pub receipts_unknown: u64,
    /// Frames pushed.
    pub pushes: u64,
    /// Appends proposed and not landed yet.
    pub proposals: u64,
    /// Appends that the journal refused.
    pub append_failures: u64,
    /// The position applied last.
    pub position: u64,
    /// Live messages held in memory.
    pub live_messages: u64,
    /// Receipts held in memory.
    pub live_receipts: u64,
    /// Bytes that live messages take in memory, receipts apart.
    pub message_bytes: u64,
    /// Bytes that receipts take in memory.
    pub receipt_bytes: u64,
    /// Logs that changed since their last snapshot.
    pub dirty_logs: u64,
    /// Logs of conversations and users that are not served, because a newer SeenBy wrote them.
    pub logs_stopped: u64,
}

impl super::Hub {
    pub(super) fn counted(&self) -> HubMetrics {
        let mut metrics = HubMetrics {
            connections: self.conns.len() as u64,
            users: self.book.users.len() as u64,
            conversations: self.book.convs.len() as u64,
            groups: self.book.groups,
            pushes: self.conns.pushes,
            proposals: self.proposals.len() as u64,
            position: self.book.head,
            dirty_logs: self.book.dirty.len() as u64,
            logs_stopped: self.book.stopped.count() as u64,
            ..self.metrics
        };
        for entry in &self.book.convs {
            let memory = entry.fold.memory();
            metrics.live_messages += memory.message_count as u64;
            metrics.live_receipts += memory.receipt_count as u64;
            metrics.message_bytes += memory.messages as u64;
            metrics.receipt_bytes += memory.receipts as u64;
        }
        metrics
    }
}
