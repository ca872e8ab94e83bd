//! Weighs the journal against a plain file: what do framing, checksums and tables cost over the sync itself?
//!
//! `cargo run --release -p seenby-store --example weigh [folder] [seconds]`. A commit is one append of 1, 30 or 300 events
//! of 40 bytes, every fifth with a body of 100 bytes, and one sync; plain is the same bytes with one write and one sync.
//! The two take turns within a run, so that a busy machine harms both alike. docs/storage.md has figures.

use seenby_core::hub::LogKey;
use seenby_core::model::AppId;
use seenby_store::{FileJournal, Journal, JournalRecord};
use std::error::Error;
use std::fs::File;
use std::io::Write as _;
use std::path::PathBuf;
use std::time::{Duration, Instant};

const TURN: Duration = Duration::from_millis(250);

fn records(from: u64, count: u64) -> Vec<JournalRecord> {
    let noise = |n: u64| n.wrapping_add(1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let fill = |n: u64, length: usize| -> Vec<u8> { (n..).flat_map(|n| noise(n).to_le_bytes()).take(length).collect() };
    let record = |n: u64| JournalRecord {
        app: AppId(1),
        log: LogKey([(noise(n) % 50) as u8; 16]),
        event: fill(n, 40),
        body: n.is_multiple_of(5).then(|| fill(n ^ 77, 100)),
    };
    (from..from + count).map(record).collect()
}

#[derive(Default)]
struct Tally {
    events: u64,
    busy: Duration,
    commits: Vec<Duration>,
}

impl Tally {
    fn turn(
        &mut self,
        count: u64,
        mut commit: impl FnMut(&[JournalRecord]) -> Result<(), Box<dyn Error>>,
    ) -> Result<(), Box<dyn Error>> {
        let until = Instant::now() + TURN;
        while Instant::now() < until {
            let records = records(self.events + 1, count);
            let began = Instant::now();
            commit(&records)?;
            let took = began.elapsed();
            self.busy += took;
            self.commits.push(took);
            self.events += count;
        }
        Ok(())
    }

    fn rate(&self) -> f64 {
        self.events as f64 / self.busy.as_secs_f64()
    }

    fn percentile(&mut self, of_100: usize) -> Duration {
        self.commits.sort_unstable();
        self.commits.get(self.commits.len() * of_100 / 100).copied().unwrap_or_default()
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let base = arguments.next().map_or_else(|| std::env::temp_dir().join("seenby-weigh"), PathBuf::from);
    let seconds: f64 = arguments.next().as_deref().unwrap_or("4").parse()?;
    println!(
        "{:>6}  {:<8} {:>12} {:>9} {:>9} {:>9}  bytes an event",
        "events", "", "events/s", "of plain", "p50", "p99"
    );
    for count in [1, 30, 300] {
        let folder = base.join(count.to_string());
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder)?;
        let mut file = File::create(folder.join("plain"))?;
        let mut journal = FileJournal::open(&folder.join("journal"))?;
        let (mut plain, mut ours) = (Tally::default(), Tally::default());
        let began = Instant::now();
        while began.elapsed().as_secs_f64() < seconds {
            plain.turn(count, |records| {
                let mut bytes = Vec::new();
                for record in records {
                    bytes.extend_from_slice(&record.event);
                    bytes.extend_from_slice(record.body.as_deref().unwrap_or_default());
                }
                file.write_all(&bytes)?;
                Ok(file.sync_data()?)
            })?;
            ours.turn(count, |records| Ok(journal.append(records).map(drop)?))?;
        }
        let print = |name: &str, tally: &mut Tally, against: f64, bytes: u64| {
            let (p50, p99) = (tally.percentile(50).as_micros(), tally.percentile(99).as_micros());
            let (rate, share) = (tally.rate(), 100.0 * tally.rate() / against);
            let size = bytes as f64 / tally.events as f64;
            println!("{count:>6}  {name:<8} {rate:>12.0} {share:>8.0}% {p50:>7}us {p99:>7}us  {size:.1}");
        };
        let rate = plain.rate();
        print("plain", &mut plain, rate, file.metadata()?.len());
        print("journal", &mut ours, rate, journal.disk_usage()?.events);
        let head = journal.head();
        drop(journal);
        let began = Instant::now();
        let mut journal = FileJournal::open(&folder.join("journal"))?;
        let mut replayed = 0_u64;
        journal.replay(0, &mut |_, _| {
            replayed += 1;
            Ok(())
        })?;
        println!("{:>6}  opened after no clean end, {head} events checked and replayed: {:?}", "", began.elapsed());
        let began = Instant::now();
        journal.forget(head)?;
        let (forgot, usage) = (began.elapsed(), journal.disk_usage()?);
        journal.close()?;
        let began = Instant::now();
        drop(FileJournal::open(&folder.join("journal"))?);
        println!("{:>6}  all forgotten in {forgot:?}, leaving {usage:?}; opened in {:?}", "", began.elapsed());
        assert_eq!(replayed, head);
    }
    std::fs::remove_dir_all(&base)?;
    Ok(())
}
