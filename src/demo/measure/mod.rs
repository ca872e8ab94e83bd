//! `--measure`: what SeenBy does on this machine, over loopback, durable, the server in its own process.

mod load;
mod system;

use super::check::{Result, Trouble};
use super::screen::{Ink, Line, Screen};
use super::server::{APP, PATH, Server};
use futures_util::future::try_join_all;
use hdrhistogram::Histogram;
use load::{Conn, GROUP, in_group, report, taken};
use seenby_client::{Client, Config, Event};
use seenby_core::wire::{self, frame, request};
use std::cell::{Cell, RefCell};
use std::collections::{HashMap, HashSet};
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use tokio::time::MissedTickBehavior;

/// The rate limits are not what is measured.
const LIMITS: &str = "connections_per_ip = 4000\nrequests_per_second = 1000000\nburst = 1000000";
const MEMBERS: usize = 500;
const READERS: usize = MEMBERS - 1;
/// Receipts in one report of a batch.
const BATCH: usize = 30;
/// Messages that are reported in batches, one by one, and for latency.
const IN_BATCHES: u64 = 3_000;
const SINGLES: u64 = 300;
/// How bytes on disk are measured.
const AT_REST: &str = "growth of the whole data folder, index and snapshots included, once it has not changed for 12 s";
/// Connections that report on a schedule: few, so that the load costs little beside what is measured.
const ON_SCHEDULE: usize = 8;
/// How long the latency is looked at.
const LATENCY_FOR: Duration = Duration::from_secs(5);

/// Measures everything, and says how.
pub(crate) async fn measure() -> Result<()> {
    let folder = tempfile::Builder::new().prefix("seenby-measure-").tempdir().map_err(super::place::folder_failed)?;
    let mut shown = Shown { screen: Screen::new() };
    shown.title();
    let syncs = system::syncs_a_second(folder.path())?;
    shown.figure(
        "this disk",
        format!("{} appends a second", count(syncs)),
        "4 KiB each, every one made durable by fdatasync: what one caller alone could get",
    );

    let mut bench = Bench::start(folder.path()).await?;
    bench.messages(&mut shown).await?;
    bench.batches(&mut shown).await?;
    let single = bench.singles(&mut shown).await?;
    bench.latency(&mut shown, 1_000.0, "a light load").await?;
    bench.latency(&mut shown, 10_000.0, "half of the 20 000 aimed at").await?;
    bench.latency(&mut shown, single / 2.0, "half of what was measured above, all for one device").await?;
    Ok(())
}

/// What is measured with.
struct Bench {
    server: Server,
    sigs: Vec<String>,
    /// The group's owner, who sends.
    sender: Conn,
    readers: Vec<Conn>,
    /// Messages so far: the next one's seq less one.
    sent: u64,
    receipts: u64,
    disk_empty: u64,
    folder: std::path::PathBuf,
}

impl Bench {
    async fn start(folder: &Path) -> Result<Self> {
        let server = Server::launch(&folder.join("server"), LIMITS).await?;
        let mut sigs = Vec::new();
        for n in 0..MEMBERS {
            sigs.push(server.user_sig(&user(n))?);
        }
        let mut sender = Conn::open(server.listen(), PATH, APP, &user(0), &sigs[0]).await?;
        let made = sender
            .ask(request::Body::CreateGroup(wire::CreateGroup {
                group: GROUP.to_owned(),
                kind: 1,
                name: "load".to_owned(),
                members: (1..MEMBERS).map(user).collect(),
            }))
            .await?;
        if !matches!(made, frame::Body::GroupCreated(_)) {
            return Err(Trouble::Failed(format!("the group was not made: {made:?}")));
        }
        let disk_empty = system::on_disk(server.folder());
        let folder = folder.to_owned();
        Ok(Self { server, sigs, sender, readers: Vec::new(), sent: 0, receipts: 0, disk_empty, folder })
    }

    fn resident(&self) -> Option<u64> {
        system::resident(self.server.pid())
    }

    /// Sends `n` messages with receipts; nobody else is online.
    async fn send(&mut self, n: u64) -> Result<Duration> {
        let began = Instant::now();
        let from = self.sent;
        let body = |n: u64| {
            request::Body::Send(wire::Send {
                conversation: in_group(),
                id: format!("load-{n:012}"),
                need_receipt: true,
                content: Some(wire::Content {
                    elem: Some(wire::content::Elem::Text(
                        "a message of an ordinary length, as people write".to_owned(),
                    )),
                    cloud_custom_data: Vec::new(),
                }),
                ..Default::default()
            })
        };
        let mut stored = 0;
        self.sender
            .pipeline(256, (from..from + n).map(body), |answer| {
                stored += u64::from(matches!(answer, frame::Body::Sent(_)))
            })
            .await?;
        if stored != n {
            return Err(Trouble::Failed(format!("of {n} messages {stored} were stored")));
        }
        self.sent += n;
        Ok(began.elapsed())
    }

    async fn messages(&mut self, shown: &mut Shown) -> Result<()> {
        let n = IN_BATCHES + SINGLES;
        let before = self.resident();
        let took = self.send(n).await?;
        let rate = n as f64 / took.as_secs_f64();
        let how = format!(
            "{n} texts of 48 bytes to a group of {MEMBERS}, one sender, 256 in flight, each durable when answered"
        );
        shown.figure("messages", format!("{} a second", count(rate)), how);
        if let (Some(before), Some(after)) = (before, self.resident()) {
            let each = after.saturating_sub(before) as f64 / n as f64;
            shown.figure(
                "a message in memory",
                format!("{each:.0} bytes"),
                "growth of the server's resident memory, by message",
            );
        }
        let grown = self.settled().await.saturating_sub(self.disk_empty) as f64 / n as f64;
        shown.figure("a message on disk", format!("{grown:.0} bytes"), AT_REST);
        self.connect(READERS).await
    }

    /// Has this many readers online, as new devices: none is given what was sent before.
    async fn connect(&mut self, readers: usize) -> Result<()> {
        self.readers = try_join_all((1..=readers).map(|n| {
            let sig = &self.sigs[n];
            let address = self.server.listen();
            async move { Conn::open(address, PATH, APP, &user(n), sig).await }
        }))
        .await?;
        Ok(())
    }

    /// Every reader runs `requests` with `window` in flight; gives receipts taken, and the time.
    async fn all_readers<R, I>(&mut self, window: usize, requests: R) -> Result<(u64, Duration)>
    where
        R: Fn() -> I,
        I: IntoIterator<Item = request::Body>,
    {
        let sum = Cell::new(0);
        let began = Instant::now();
        let readers = try_join_all(
            self.readers
                .iter_mut()
                .map(|reader| reader.pipeline(window, requests(), |answer| sum.set(sum.get() + taken(&answer)))),
        );
        // The sender is online: it is told meanwhile, and takes it in.
        let sender = &mut self.sender;
        let hearing = async {
            loop {
                sender.frame().await?;
            }
        };
        tokio::select! {
            done = readers => { done?; }
            broken = hearing => { let broken: Result<()> = broken; broken?; }
        }
        self.receipts += sum.get();
        Ok((sum.get(), began.elapsed()))
    }

    async fn batches(&mut self, shown: &mut Shown) -> Result<()> {
        let (memory, disk) = (self.resident(), system::on_disk(self.server.folder()));
        let seqs: Vec<u64> = (1..=IN_BATCHES).collect();
        let (receipts, took) =
            self.all_readers(2, || seqs.chunks(BATCH).map(|seqs| report(seqs.iter().copied()))).await?;
        let expected = IN_BATCHES * READERS as u64;
        if receipts != expected {
            return Err(Trouble::Failed(format!("of {expected} receipts in batches {receipts} were taken")));
        }
        let rate = receipts as f64 / took.as_secs_f64();
        let how = format!(
            "{READERS} readers report {IN_BATCHES} messages each, {BATCH} a request, 2 requests in flight each; {receipts} receipts, each durable when answered, the sender online"
        );
        shown.figure("receipts in batches", format!("{} a second", count(rate)), how);
        if let (Some(before), Some(after)) = (memory, self.resident()) {
            let each = after.saturating_sub(before) as f64 / receipts as f64;
            shown.figure(
                "a receipt in memory",
                format!("{each:.1} bytes"),
                "growth of the server's resident memory meanwhile, everything included, by receipt",
            );
        }
        let at_once = system::on_disk(self.server.folder()).saturating_sub(disk) as f64 / receipts as f64;
        let grown = self.settled().await.saturating_sub(disk) as f64 / receipts as f64;
        let how = format!("{AT_REST}; just after the load it was {at_once:.1} bytes");
        shown.figure("a receipt on disk", format!("{grown:.1} bytes"), how);
        Ok(())
    }

    async fn singles(&mut self, shown: &mut Shown) -> Result<f64> {
        let seqs = IN_BATCHES + 1..=IN_BATCHES + SINGLES;
        let (receipts, took) = self.all_readers(8, || seqs.clone().map(|seq| report([seq]))).await?;
        let expected = SINGLES * READERS as u64;
        if receipts != expected {
            return Err(Trouble::Failed(format!("of {expected} single receipts {receipts} were taken")));
        }
        let rate = receipts as f64 / took.as_secs_f64();
        let how = format!("{READERS} readers, one receipt a request, 8 requests in flight each; {receipts} receipts");
        shown.figure("receipts one at a time", format!("{} a second", count(rate)), how);
        Ok(rate)
    }

    /// First changes: every report is of another fresh message, on a schedule that does not wait for anybody.
    async fn latency(&mut self, shown: &mut Shown, rate: f64, load: &str) -> Result<()> {
        let first = self.sent + 1;
        let n = (rate * LATENCY_FOR.as_secs_f64()) as u64;
        // While these are sent nobody else is online: 500 people would be given all of them.
        self.readers.clear();
        self.send(n).await?;
        self.connect(ON_SCHEDULE).await?;
        let device = Ear::open(&self.server, &self.sigs[0], &self.folder.join(format!("sender{first}"))).await?;

        let began = Instant::now() + Duration::from_millis(200);
        device.schedule(began, first, rate);
        let (late, answered) = (RefCell::new(histogram()?), RefCell::new(histogram()?));
        let each = self.readers.iter_mut().enumerate().map(|(at, reader)| {
            let (late, answered) = (&late, &answered);
            async move {
                let (mut next, mut out) = (at as u64, HashMap::new());
                let mut tick = tokio::time::interval(Duration::from_millis(1));
                tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
                while next < n || !out.is_empty() {
                    tokio::select! {
                        _ = tick.tick(), if next < n => {
                            let mut fed = false;
                            while next < n {
                                let due = began + Duration::from_secs_f64(next as f64 / rate);
                                let Some(behind) = Instant::now().checked_duration_since(due) else { break };
                                late.borrow_mut().saturating_record(micros(behind));
                                out.insert(reader.feed(report([first + next])).await?, due);
                                (next, fed) = (next + ON_SCHEDULE as u64, true);
                            }
                            if fed {
                                reader.flush().await?;
                            }
                        }
                        answer = reader.answer(), if !out.is_empty() => {
                            if let Some(due) = out.remove(&answer?.0) {
                                answered.borrow_mut().saturating_record(micros(Instant::now().saturating_duration_since(due)));
                            }
                        }
                    }
                }
                Result::<()>::Ok(())
            }
        });
        try_join_all(each).await?;
        let heard = device.all(n).await;
        self.receipts += n;
        let heard_after = device.histogram();
        let ms = |of: &Histogram<u64>, quantile| of.value_at_quantile(quantile) as f64 / 1000.0;
        let both = |of: &Histogram<u64>| format!("p50 {:.1} ms, p99 {:.1} ms", ms(of, 0.5), ms(of, 0.99));
        let how = format!(
            "{heard} of {n} reports, each of a message nobody had read, {} a second ({load}) on a fixed schedule over \
             {ON_SCHEDULE} connections; from the scheduled time to the callback of the sender's client",
            count(rate)
        );
        shown.figure("report to callback", both(&heard_after), how);
        let how = format!(
            "the same reports, from the scheduled time to the answer, when it is durable. The load itself was late by \
             {:.1} ms at p99, which is in both figures",
            ms(&late.borrow(), 0.99)
        );
        shown.figure("report to answer", both(&answered.borrow()), how);
        if heard < n {
            return Err(Trouble::Failed(format!("of {n} first receipts the sender heard of {heard}")));
        }
        Ok(())
    }

    /// Bytes of the data folder, once it has not changed for a while: rolling up goes on in the background.
    async fn settled(&self) -> u64 {
        let mut disk = system::on_disk(self.server.folder());
        let (began, mut same) = (Instant::now(), 0);
        while same < 12 && began.elapsed() < Duration::from_secs(40) {
            tokio::time::sleep(Duration::from_secs(1)).await;
            let now = system::on_disk(self.server.folder());
            same = if now == disk { same + 1 } else { 0 };
            disk = now;
        }
        disk
    }
}

fn histogram() -> Result<Histogram<u64>> {
    Histogram::new_with_bounds(1, 60_000_000, 3).map_err(Trouble::doing("a histogram"))
}

fn micros(time: Duration) -> u64 {
    u64::try_from(time.as_micros()).unwrap_or(u64::MAX).max(1)
}

fn user(n: usize) -> String {
    format!("user{n:03}")
}

/// The sender's own client, and when each message's first change reached its callback.
struct Ear {
    _client: Client,
    state: Arc<Mutex<EarState>>,
    heard: Arc<AtomicU64>,
}

struct EarState {
    schedule: Option<(Instant, u64, f64)>,
    latencies: Histogram<u64>,
    seen: HashSet<u64>,
}

impl Ear {
    async fn open(server: &Server, sig: &str, folder: &Path) -> Result<Self> {
        let client = Client::new(Config::new(APP).server(server.url()).data_dir(folder));
        let client = client.map_err(Trouble::doing("the sender's client"))?;
        let latencies = histogram()?;
        let state = Arc::new(Mutex::new(EarState { schedule: None, latencies, seen: HashSet::new() }));
        let heard = Arc::new(AtomicU64::new(0));
        let listener = {
            let (state, heard) = (Arc::clone(&state), Arc::clone(&heard));
            move |events: &[Event]| {
                let now = Instant::now();
                let mut state = state.lock().unwrap_or_else(PoisonError::into_inner);
                for event in events {
                    let Event::ReadReceipts(receipts) = event else { continue };
                    for receipt in receipts {
                        let Some((began, first, rate)) = state.schedule else { continue };
                        if receipt.seq < first || !state.seen.insert(receipt.seq) {
                            continue;
                        }
                        let due = began + Duration::from_secs_f64((receipt.seq - first) as f64 / rate);
                        state.latencies.saturating_record(micros(now.saturating_duration_since(due)));
                        heard.fetch_add(1, Ordering::Relaxed);
                    }
                }
            }
        };
        client.add_listener(Arc::new(listener));
        client.login(&user(0), sig).await.map_err(Trouble::doing("the sender logs in"))?;
        Ok(Self { _client: client, state, heard })
    }

    fn schedule(&self, began: Instant, first: u64, rate: f64) {
        self.state.lock().unwrap_or_else(PoisonError::into_inner).schedule = Some((began, first, rate));
    }

    /// How many were heard of, once all were or nothing came for a while.
    async fn all(&self, n: u64) -> u64 {
        let mut before = 0;
        let mut quiet = 0;
        loop {
            let heard = self.heard.load(Ordering::Relaxed);
            quiet = if heard == before { quiet + 1 } else { 0 };
            if heard >= n || quiet > 50 {
                return heard;
            }
            before = heard;
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }

    fn histogram(&self) -> Histogram<u64> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner).latencies.clone()
    }
}

/// Figures, each with how it was come by.
struct Shown {
    screen: Screen,
}

impl Shown {
    fn title(&mut self) {
        self.screen.line(
            Line::new()
                .add(Ink::Bold, "SeenBy, measured")
                .add(Ink::Dim, "  over loopback, durable, the server a process of its own, the load on the same cores"),
        );
        self.screen.gap();
    }

    fn figure(&mut self, what: &str, value: String, how: impl Into<String>) {
        let line = Line::new().add(Ink::Plain, format!("  {what}")).to(30).add(Ink::Good, value);
        self.screen.line(line);
        for piece in wrapped(&how.into(), 84) {
            self.screen.line(Line::new().to(30).add(Ink::Dim, piece));
        }
    }
}

fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let last = lines.len() - 1;
        if !lines[last].is_empty() && lines[last].chars().count() + 1 + word.chars().count() > width {
            lines.push(word.to_owned());
        } else {
            if !lines[last].is_empty() {
                lines[last].push(' ');
            }
            lines[last].push_str(word);
        }
    }
    lines
}

/// A number with its thousands apart.
fn count(n: f64) -> String {
    let digits = format!("{n:.0}");
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at) % 3 == 0 {
            out.push(' ');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_stand_apart() {
        assert_eq!((count(7.0), count(1234.0), count(200_000.4)), ("7".into(), "1 234".into(), "200 000".into()));
    }

    #[test]
    fn text_is_wrapped_between_words() {
        assert_eq!(wrapped("one two three", 7), ["one two", "three"]);
    }
}
