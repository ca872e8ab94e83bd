//! The journal's thread. Everything proposed since the last sync goes into one append; while that syncs, the hubs go on
//! proposing.

use crate::metrics::count;
use crate::service::Shared;
use prost::Message as _;
use seenby_core::hub::{LogKey, Record};
use seenby_core::model::{AppId, Position};
use seenby_store::{DiskUsage, Journal, JournalRecord, StoreError};
use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::sync::mpsc::Receiver;
use std::time::Instant;

/// Records in one append, roughly: bounds the memory of a commit and the time that the first of it waits for the last.
const RECORDS_PER_COMMIT: usize = 16_384;

/// Something for the journal. Tidying need not keep its order with appends: it concerns what has landed already.
pub(crate) enum Job {
    Append { app: AppId, ticket: u64, records: Vec<Record> },
    RollUp { app: AppId, log: LogKey, as_of: Position, parts: Vec<(u64, Option<Vec<u8>>)> },
    Forget(Position),
    DropBodies(Vec<Position>),
    DiskUsage(Box<dyn FnOnce(Option<DiskUsage>) + Send>),
    Close,
}

/// What became of one [`Job::Append`].
pub(crate) struct Landing {
    pub(crate) app: AppId,
    pub(crate) ticket: u64,
    /// The position of the first record and the records; or why none landed.
    pub(crate) records: Result<(Position, Vec<Record>), String>,
}

struct Proposal {
    app: AppId,
    ticket: u64,
    records: Vec<Record>,
}

struct Committer {
    shared: Arc<Shared>,
    journal: Box<dyn Journal>,
    /// Kept between commits for its allocation.
    batch: Vec<JournalRecord>,
    failed: Option<String>,
}

/// Runs until [`Job::Close`], or until the hub thread has gone.
pub(crate) fn run(shared: Arc<Shared>, journal: Box<dyn Journal>, jobs: &Receiver<Job>) {
    let mut committer = Committer { shared, journal, batch: Vec::new(), failed: None };
    let mut waiting: VecDeque<Job> = VecDeque::new();
    let mut proposals: Vec<Proposal> = Vec::new();
    loop {
        if waiting.is_empty() {
            let Ok(job) = jobs.recv() else { break };
            waiting.push_back(job);
        }
        // Whatever came while the last sync ran shares the next one.
        waiting.extend(jobs.try_iter());
        let mut close = false;
        let mut records = 0;
        while let Some(job) = waiting.pop_front() {
            match job {
                Job::Append { app, ticket, records: batch } => {
                    records += batch.len();
                    proposals.push(Proposal { app, ticket, records: batch });
                    if records >= RECORDS_PER_COMMIT {
                        break;
                    }
                }
                Job::Close => {
                    close = true;
                    break;
                }
                other => {
                    // Answers wait for appends: they go first.
                    committer.commit(&mut proposals);
                    records = 0;
                    committer.tidy(other);
                }
            }
        }
        committer.commit(&mut proposals);
        if close {
            break;
        }
    }
    // If the hub thread went without saying so (it panicked), what it proposed is durable all the same.
    committer.close();
    committer.shared.closed.send_replace(true);
}

impl Committer {
    fn commit(&mut self, proposals: &mut Vec<Proposal>) {
        if proposals.is_empty() {
            return;
        }
        let outcome = match &self.failed {
            Some(why) => Err(why.clone()),
            None => self.append(proposals),
        };
        match outcome {
            Ok(mut position) => {
                for Proposal { app, ticket, records } in proposals.drain(..) {
                    let first = position;
                    position += records.len() as Position;
                    self.shared.inbox.land(Landing { app, ticket, records: Ok((first, records)) });
                }
            }
            Err(why) => {
                for Proposal { app, ticket, .. } in proposals.drain(..) {
                    self.shared.inbox.land(Landing { app, ticket, records: Err(why.clone()) });
                }
            }
        }
    }

    fn append(&mut self, proposals: &mut [Proposal]) -> Result<Position, String> {
        let started = Instant::now();
        self.batch.clear();
        for proposal in proposals.iter_mut() {
            let app = proposal.app;
            self.batch.extend(proposal.records.iter_mut().map(|record| JournalRecord {
                app,
                log: record.log,
                event: record.event.encode_to_vec(),
                body: record.body.take(),
            }));
        }
        let (journal, batch) = (&mut self.journal, &self.batch);
        let appended = guarded(|| journal.append(batch));
        // The hub pushes what it proposed: the bodies go back where they were.
        let records = proposals.iter_mut().flat_map(|proposal| &mut proposal.records);
        for (record, written) in records.zip(&mut self.batch) {
            record.body = written.body.take();
        }
        let position = appended.inspect_err(|why| self.fail(why))?;
        let counters = &self.shared.counters;
        let micros = u64::try_from(started.elapsed().as_micros()).unwrap_or(u64::MAX);
        counters.commit_micros.fetch_add(micros, Ordering::Relaxed);
        counters.commit_micros_max.fetch_max(micros, Ordering::Relaxed);
        count(&counters.commits, 1);
        count(&counters.records, self.batch.len());
        Ok(position)
    }

    fn tidy(&mut self, job: Job) {
        let journal = &mut self.journal;
        let done = match job {
            _ if self.failed.is_some() => return,
            Job::RollUp { app, log, as_of, parts } => guarded(|| journal.roll_up(app, log, as_of, &parts)),
            Job::Forget(up_to) => guarded(|| journal.forget(up_to)),
            Job::DropBodies(positions) => guarded(|| journal.drop_bodies(&positions)),
            Job::DiskUsage(answer) => {
                answer(guarded(|| journal.disk_usage()).ok());
                return;
            }
            Job::Append { .. } | Job::Close => return,
        };
        if let Err(why) = done {
            self.fail(&why);
        }
    }

    fn close(&mut self) {
        let journal = &mut self.journal;
        if let Err(why) = guarded(|| journal.close())
            && self.failed.is_none()
        {
            self.fail(&why);
        }
    }

    /// After an error nothing may be assumed about the journal: nothing is appended any more, and everybody is told.
    fn fail(&mut self, why: &str) {
        self.failed = Some(why.to_owned());
        self.shared.fail(&format!("the journal failed: {why}"));
    }
}

/// A panic of a store is a failure of the store, not the end of its thread: callers wait for an answer.
fn guarded<T>(call: impl FnOnce() -> Result<T, StoreError>) -> Result<T, String> {
    match catch_unwind(AssertUnwindSafe(call)) {
        Ok(result) => result.map_err(|e| e.to_string()),
        Err(_) => Err("the journal's code panicked, which is a bug; see what was printed before this".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{AcceptAny, ServiceLimits, SystemClock};
    use seenby_core::ledger::journal::Event;
    use seenby_store::{Bodies, MemoryJournal, SnapshotPart};
    use std::sync::mpsc::{Sender, channel};
    use std::thread::JoinHandle;
    use std::time::Duration;

    /// A journal whose appends wait to be let through, and fail or panic when told.
    struct Gated {
        inner: MemoryJournal,
        gate: Receiver<Gate>,
        began: Sender<usize>,
    }

    enum Gate {
        Go,
        Fail,
        Panic,
    }

    impl Journal for Gated {
        fn epoch(&self) -> u64 {
            self.inner.epoch()
        }
        fn service_id(&self) -> &str {
            self.inner.service_id()
        }
        fn secret(&self) -> [u8; 32] {
            self.inner.secret()
        }
        fn head(&self) -> Position {
            self.inner.head()
        }
        fn append(&mut self, records: &[JournalRecord]) -> Result<Position, StoreError> {
            self.began.send(records.len()).unwrap();
            match self.gate.recv().unwrap() {
                Gate::Go => self.inner.append(records),
                Gate::Fail => Err(StoreError::Io { path: "disk".into(), what: "it is full".into() }),
                Gate::Panic => panic!("a bug in a store (this test wants it)"),
            }
        }
        fn snapshots(
            &self,
            visit: &mut dyn FnMut(AppId, LogKey, Position, Vec<SnapshotPart>) -> Result<(), StoreError>,
        ) -> Result<(), StoreError> {
            self.inner.snapshots(visit)
        }
        fn replay(
            &self,
            after: Position,
            visit: &mut dyn FnMut(Position, JournalRecord) -> Result<(), StoreError>,
        ) -> Result<(), StoreError> {
            self.inner.replay(after, visit)
        }
        fn floor(&self) -> Position {
            self.inner.floor()
        }
        fn roll_up(
            &mut self,
            app: AppId,
            log: LogKey,
            as_of: Position,
            parts: &[(u64, Option<Vec<u8>>)],
        ) -> Result<(), StoreError> {
            self.inner.roll_up(app, log, as_of, parts)
        }
        fn forget(&mut self, up_to: Position) -> Result<(), StoreError> {
            self.inner.forget(up_to)
        }
        fn drop_bodies(&mut self, positions: &[Position]) -> Result<(), StoreError> {
            self.inner.drop_bodies(positions)
        }
        fn bodies(&self) -> Arc<dyn Bodies> {
            self.inner.bodies()
        }
        fn disk_usage(&self) -> Result<DiskUsage, StoreError> {
            self.inner.disk_usage()
        }
        fn close(&mut self) -> Result<(), StoreError> {
            self.inner.close()
        }
    }

    struct Running {
        shared: Arc<Shared>,
        jobs: Sender<Job>,
        gate: Sender<Gate>,
        began: Receiver<usize>,
        thread: JoinHandle<()>,
    }

    fn running() -> Running {
        let (gate, gated) = channel();
        let (starts, began) = channel();
        let journal = Gated { inner: MemoryJournal::new().unwrap(), gate: gated, began: starts };
        let (auth, clock) = (Arc::new(AcceptAny), Arc::new(SystemClock::new()));
        let shared = Arc::new(Shared::new(&journal, auth, "test".into(), clock, ServiceLimits::default()));
        let (jobs, work) = channel();
        let inner = shared.clone();
        let thread = std::thread::spawn(move || run(inner, Box::new(journal), &work));
        Running { shared, jobs, gate, began, thread }
    }

    impl Running {
        fn append(&self, ticket: u64) {
            let record = Record {
                log: LogKey([1; 16]),
                event: Event { time_ms: 5, body: None },
                body: Some(vec![ticket as u8]),
            };
            self.jobs.send(Job::Append { app: AppId(1), ticket, records: vec![record] }).unwrap();
        }

        fn landed(&self, n: usize) -> Vec<Landing> {
            let (mut all, mut landed, mut messages) = (Vec::new(), VecDeque::new(), Vec::new());
            while all.len() < n {
                self.shared.inbox.take(Some(Duration::from_secs(10)), 100, &mut landed, &mut messages);
                assert!(!landed.is_empty() || !messages.is_empty(), "{} of {n} came", all.len());
                all.extend(landed.drain(..));
                messages.clear();
            }
            all
        }

        fn end(self) {
            self.jobs.send(Job::Close).unwrap();
            self.thread.join().unwrap();
            assert!(*self.shared.closed.borrow());
        }
    }

    #[test]
    fn what_comes_during_a_sync_shares_the_next_one() {
        let running = running();
        running.append(0);
        assert_eq!(running.began.recv().unwrap(), 1);
        for ticket in 1..=100 {
            running.append(ticket);
        }
        running.gate.send(Gate::Go).unwrap();
        assert_eq!(running.began.recv().unwrap(), 100, "one append for all of them");
        let first = running.landed(1);
        assert_eq!((first.len(), first[0].ticket), (1, 0), "the answer does not wait for the second sync");
        running.gate.send(Gate::Go).unwrap();
        for (landing, ticket) in running.landed(100).into_iter().zip(1..) {
            assert_eq!(landing.ticket, ticket);
            let (position, records) = landing.records.unwrap();
            assert_eq!(position, ticket + 1);
            assert_eq!(
                records[0].body.as_deref(),
                Some([ticket as u8].as_slice()),
                "bodies come back with their events"
            );
        }
        assert_eq!(running.shared.counters.commits.load(Ordering::Relaxed), 2);
        running.end();
    }

    #[test]
    fn a_journal_that_fails_refuses_everything_from_then_on_and_says_so() {
        for gate in [Gate::Fail, Gate::Panic] {
            let panics = matches!(gate, Gate::Panic);
            let running = running();
            running.append(1);
            running.gate.send(gate).unwrap();
            let why = running.landed(1).remove(0).records.unwrap_err();
            assert!(why.contains(if panics { "panicked" } else { "it is full" }), "{why}");
            running.append(2);
            assert!(running.landed(1).remove(0).records.is_err());
            assert_eq!(running.began.try_iter().count(), 1, "the journal is not asked again");
            assert_eq!(running.shared.refusal().unwrap().code.number(), 10002);
            running.end();
        }
    }
}
