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
