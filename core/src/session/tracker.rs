//! What is on the screen, turned into reports (R33). Platforms say what their lists show; when a message counts as read
//! is decided here, alike for all of them.

use crate::model::{MessageId, TimeMs};
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// Reports that fall due within this time of each other leave as one.
const COALESCE_MS: i64 = 50;
/// How many reported messages are remembered, so that each is reported once. The oldest are forgotten first; one that
/// comes back after that is reported again, which the session skips (R13).
const REMEMBERED: usize = 50_000;

/// Turns visible, hidden and foreground into reports: a message that was seen for long enough without a break, while the
/// app was in the foreground and somebody was logged in, is reported once (R33). Sans-I/O: the caller passes the time, and
/// calls [`ReadTracker::tick`] when [`Tracked::wake_at`] says so.
#[derive(Debug)]
pub struct ReadTracker {
    seen_for_ms: i64,
    foreground: bool,
    logged_in: bool,
    /// On the screen, and since when it counts.
    visible: BTreeMap<MessageId, TimeMs>,
    /// Seen for long enough, in that order, not handed out yet.
    due: Vec<MessageId>,
    /// When `due` leaves.
    flush_at: Option<TimeMs>,
    reported: BTreeSet<MessageId>,
    order: VecDeque<MessageId>,
}

/// What a [`ReadTracker`] wants done.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tracked {
    /// Report these as read now, in one call a conversation.
    pub reports: Vec<MessageId>,
    /// Call [`ReadTracker::tick`] at this time; replaces what was asked before. `None`: nothing is waiting.
    pub wake_at: Option<TimeMs>,
}

impl ReadTracker {
    /// A tracker; a message counts as read when it was seen for `seen_for_ms` (a negative number counts as 0;
    /// [`crate::model::limits::SEEN_FOR_MS`] is the default). The app is taken to be in the foreground, and somebody to be
    /// logged in, until it says otherwise.
    pub fn new(seen_for_ms: i64) -> Self {
        Self {
            seen_for_ms: seen_for_ms.max(0),
            foreground: true,
            logged_in: true,
            visible: BTreeMap::new(),
            due: Vec::new(),
            flush_at: None,
            reported: BTreeSet::new(),
            order: VecDeque::new(),
        }
    }

    /// These came onto the screen. One that is there already goes on counting.
    pub fn visible(&mut self, now: TimeMs, ids: &[MessageId]) -> Tracked {
        self.collect(now);
        for id in ids {
            if !self.reported.contains(id) {
                self.visible.entry(id.clone()).or_insert(now);
            }
        }
        self.result(now)
    }

    /// These left the screen: those not seen for long enough begin anew when they come back.
    pub fn hidden(&mut self, now: TimeMs, ids: &[MessageId]) -> Tracked {
        self.collect(now);
        for id in ids {
            self.visible.remove(id);
        }
        self.result(now)
    }

    /// The app came to the foreground, or went to the background: then what was seen for long enough leaves at once,
    /// because the system may end the app, and what is on the screen begins anew when it comes back.
    pub fn foreground(&mut self, now: TimeMs, foreground: bool) -> Tracked {
        self.collect(now);
        let counted = self.counts();
        self.foreground = foreground;
        self.begin_anew(now, counted);
        if !foreground {
            self.flush_at = Some(now);
        }
        self.result(now)
    }

    /// Somebody is logged in, or nobody any more. What nobody sees is not read, and a report would be refused: so the clock stands
    /// still until somebody is there, for whom what is on the screen begins anew. It may be another user, who has reported
    /// nothing.
    pub fn logged_in(&mut self, now: TimeMs, logged_in: bool) -> Tracked {
        self.collect(now);
        let counted = self.counts();
        self.logged_in = logged_in;
        self.begin_anew(now, counted);
        if !logged_in {
            self.due.clear();
            self.flush_at = None;
            self.reported.clear();
            self.order.clear();
        }
        self.result(now)
    }

    /// The user is about to be logged out: what was seen for long enough leaves at once.
    pub fn flush(&mut self, now: TimeMs) -> Tracked {
        self.collect(now);
        self.flush_at = Some(now);
        self.result(now)
    }

    /// Whether what is on the screen is being read.
    fn counts(&self) -> bool {
        self.foreground && self.logged_in
    }

    /// If reading has just begun, nothing on the screen was seen before.
    fn begin_anew(&mut self, now: TimeMs, counted: bool) {
        if self.counts() && !counted {
            self.visible.values_mut().for_each(|since| *since = now);
        }
    }

    /// It is (at least) the time that was asked for.
    pub fn tick(&mut self, now: TimeMs) -> Tracked {
        self.collect(now);
        self.result(now)
    }

    /// Moves what was seen for long enough from the screen to `due`, in the order in which it came to count.
    fn collect(&mut self, now: TimeMs) {
        if !self.counts() {
            return;
        }
        let mut ready: Vec<(TimeMs, MessageId)> = self
            .visible
            .iter()
            .filter(|(_, since)| since.saturating_add(self.seen_for_ms) <= now)
            .map(|(id, since)| (*since, id.clone()))
            .collect();
        ready.sort();
        for (since, id) in ready {
            self.visible.remove(&id);
            let leaves = since.saturating_add(self.seen_for_ms).saturating_add(COALESCE_MS);
            self.flush_at = Some(self.flush_at.map_or(leaves, |at| at.min(leaves)));
            self.remember(id.clone());
            self.due.push(id);
        }
    }

    fn remember(&mut self, id: MessageId) {
        if self.reported.insert(id.clone()) {
            self.order.push_back(id);
        }
        while self.order.len() > REMEMBERED {
            if let Some(oldest) = self.order.pop_front() {
                self.reported.remove(&oldest);
            }
        }
    }

    fn result(&mut self, now: TimeMs) -> Tracked {
        let reports = if self.flush_at.is_some_and(|at| at <= now) {
            self.flush_at = None;
            std::mem::take(&mut self.due)
        } else {
            Vec::new()
        };
        let next = if self.counts() { self.visible.values().min() } else { None };
        // What comes to count within the time of a waiting flush leaves with it; no need to wake before.
        let wake_at = self.flush_at.or_else(|| next.map(|since| since.saturating_add(self.seen_for_ms)));
        Tracked { reports, wake_at }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(names: &[&str]) -> Vec<MessageId> {
        names.iter().map(|name| MessageId::new(name).unwrap()).collect()
    }

    /// Runs the tracker until nothing waits, and says what was reported when.
    fn run(tracker: &mut ReadTracker, mut tracked: Tracked, until: TimeMs) -> Vec<(TimeMs, Vec<MessageId>)> {
        let mut all = Vec::new();
        while let Some(at) = tracked.wake_at.filter(|at| *at <= until) {
            tracked = tracker.tick(at);
            if !tracked.reports.is_empty() {
                all.push((at, tracked.reports.clone()));
            }
        }
        all
    }

    #[test]
    fn r33_seen_for_long_enough_is_reported_once() {
        let mut t = ReadTracker::new(300);
        let tracked = t.visible(1000, &ids(&["a"]));
        assert_eq!(tracked, Tracked { reports: vec![], wake_at: Some(1300) });
        let reported = run(&mut t, tracked, 5000);
        assert_eq!(reported, [(1350, ids(&["a"]))]);
        // Scrolled away and back: not again.
        t.hidden(2000, &ids(&["a"]));
        let tracked = t.visible(2100, &ids(&["a"]));
        assert_eq!(tracked, Tracked::default());
    }

    #[test]
    fn r33_scrolled_past_is_not_read() {
        let mut t = ReadTracker::new(300);
        t.visible(0, &ids(&["a"]));
        t.hidden(299, &ids(&["a"]));
        let tracked = t.visible(400, &ids(&["a"]));
        assert_eq!(tracked.wake_at, Some(700), "it begins anew");
        assert_eq!(t.tick(699).reports, []);
    }

    #[test]
    fn r33_reports_coalesce() {
        let mut t = ReadTracker::new(300);
        t.visible(0, &ids(&["b", "a"]));
        let tracked = t.visible(20, &ids(&["c"]));
        let reported = run(&mut t, tracked, 5000);
        assert_eq!(reported, [(350, ids(&["a", "b", "c"]))]);
    }

    #[test]
    fn r33_the_background_flushes_and_stops_the_clock() {
        let mut t = ReadTracker::new(300);
        t.visible(0, &ids(&["a"]));
        t.visible(200, &ids(&["b"]));
        let tracked = t.foreground(310, false);
        assert_eq!(tracked, Tracked { reports: ids(&["a"]), wake_at: None }, "a was seen for long enough, b was not");
        assert_eq!(t.tick(10_000).reports, [], "nobody looks");
        let tracked = t.foreground(20_000, true);
        assert_eq!(tracked.wake_at, Some(20_300), "b begins anew");
        assert_eq!(run(&mut t, tracked, 30_000), [(20_350, ids(&["b"]))]);
    }

    #[test]
    fn r33_what_nobody_sees_waits_for_who_logs_in() {
        let mut t = ReadTracker::new(300);
        assert_eq!(t.logged_in(0, false), Tracked::default());
        assert_eq!(t.visible(100, &ids(&["a", "b"])), Tracked::default(), "nobody looks");
        assert_eq!(t.tick(10_000).reports, []);
        t.hidden(10_000, &ids(&["b"]));
        // Turned on in the background: still nobody looks.
        t.foreground(11_000, false);
        assert_eq!(t.logged_in(12_000, true), Tracked::default());
        let tracked = t.foreground(20_000, true);
        assert_eq!(run(&mut t, tracked, 30_000), [(20_350, ids(&["a"]))]);
        // Whoever comes next has reported nothing.
        t.logged_in(40_000, false);
        t.logged_in(41_000, true);
        let tracked = t.visible(41_000, &ids(&["a"]));
        assert_eq!(run(&mut t, tracked, 50_000), [(41_350, ids(&["a"]))]);
    }

    #[test]
    fn r33_what_was_seen_leaves_before_a_logout() {
        let mut t = ReadTracker::new(300);
        t.visible(0, &ids(&["a"]));
        t.visible(10, &ids(&["b"]));
        assert_eq!(t.flush(305), Tracked { reports: ids(&["a"]), wake_at: Some(310) });
        // What is due then was seen by who is gone.
        t.tick(311);
        assert_eq!(t.logged_in(312, false), Tracked::default());
        assert_eq!(t.logged_in(313, true), Tracked::default());
    }

    #[test]
    fn r33_what_was_seen_long_enough_before_it_was_hidden_counts() {
        let mut t = ReadTracker::new(300);
        t.visible(0, &ids(&["a"]));
        let tracked = t.hidden(320, &ids(&["a"]));
        assert_eq!(run(&mut t, tracked, 5000), [(350, ids(&["a"]))]);
    }
}
