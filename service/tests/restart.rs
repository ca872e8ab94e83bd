//! What a service knows after it was started again, from snapshots and the events after them.

#![allow(clippy::unwrap_used, reason = "a test that fails says where")]

use seenby_core::hub::HubLimits;
use seenby_core::wire::{self, frame, request};
use seenby_service::{AcceptAny, Apps, Connection, Outgoing, Service, ServiceConfig, ServiceLimits, SystemClock};
use seenby_store::{FileJournal, Journal as _};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

fn start(folder: &Path) -> Service {
    // Tidies up all the time.
    let limits = HubLimits { housekeeping_ms: 10, roll_up_ms: 10, ..HubLimits::default() };
    Service::start(ServiceConfig {
        journal: Box::new(FileJournal::open(folder).unwrap()),
        apps: Apps::Any { settings: None, limits },
        authenticator: Arc::new(AcceptAny),
        server_name: "test".to_owned(),
        clock: Arc::new(SystemClock::new()),
        limits: ServiceLimits { linger: Duration::ZERO, ..ServiceLimits::default() },
    })
    .unwrap()
}

struct Device {
    connection: Connection,
    outgoing: Outgoing,
    next: u64,
}

impl Device {
    async fn login(service: &Service, app: u32, user: &str) -> Self {
        let (connection, outgoing) = service.connect();
        let mut this = Self { connection, outgoing, next: 1 };
        let hello = wire::Hello {
            version: wire::VERSION,
            app,
            user: user.into(),
            device: "d".into(),
            ..wire::Hello::default()
        };
        assert!(matches!(this.ask(request::Body::Hello(hello)).await, frame::Body::Welcome(_)));
        this
    }

    async fn ask(&mut self, body: request::Body) -> frame::Body {
        let id = self.next;
        self.next += 1;
        let request = wire::Request { id, seen: 0, body: Some(body) };
        self.connection.receive(&wire::encode_request(&request).unwrap()).await.unwrap();
        loop {
            let frame = tokio::time::timeout(Duration::from_secs(10), self.outgoing.next()).await.unwrap().unwrap();
            let frame = wire::decode_frame(&frame).unwrap();
            if frame.request == id {
                return frame.body.unwrap();
            }
        }
    }

    async fn say(&mut self, to: &str, id: &str) -> u64 {
        let send = wire::Send {
            conversation: Some(peer(to)),
            id: id.into(),
            need_receipt: true,
            priority: 2,
            content: Some(wire::Content { elem: Some(wire::content::Elem::Text(id.into())), ..Default::default() }),
            ..wire::Send::default()
        };
        match self.ask(request::Body::Send(send)).await {
            frame::Body::Sent(sent) => sent.seq,
            other => panic!("{other:?}"),
        }
    }

    async fn read(&mut self, of: &str, seq: u64) {
        let report = wire::Report { conversation: Some(peer(of)), seqs: vec![seq], ..wire::Report::default() };
        match self.ask(request::Body::Report(report)).await {
            frame::Body::Reported(reported) => assert_eq!(reported.outcomes, [wire::Outcome::Taken as i32]),
            other => panic!("{other:?}"),
        }
    }

    async fn is_read(&mut self, by: &str, seq: u64) -> bool {
        let get = wire::GetReceipts { conversation: Some(peer(by)), seqs: vec![seq], ids: vec![] };
        match self.ask(request::Body::GetReceipts(get)).await {
            frame::Body::Receipts(receipts) => receipts.receipts[0].peer_read,
            other => panic!("{other:?}"),
        }
    }
}

fn peer(user: &str) -> wire::Conversation {
    wire::Conversation { of: Some(wire::conversation::Of::User(user.into())) }
}

/// Two apps share one journal: what one has rolled up must not make it forget what the other has not.
#[tokio::test(flavor = "multi_thread")]
async fn apps_that_share_a_journal_keep_everything_through_roll_up_and_restart() {
    let folder = tempfile::tempdir().unwrap();
    let rounds = 4;
    for round in 0..rounds {
        let service = start(folder.path());
        for app in [1, 2, 77] {
            // App 77 is heard of once, and then only kept.
            if app == 77 && round > 0 && round + 1 < rounds {
                continue;
            }
            let mut ann = Device::login(&service, app, "ann").await;
            let mut ben = Device::login(&service, app, "ben").await;
            let seen = if app == 77 { u64::from(round > 0) } else { round };
            for n in 1..=seen {
                assert!(ann.is_read("ben", n).await, "app {app}, round {round}: the receipt of {n} is gone");
                assert_eq!(ann.say("ben", &format!("m{n}")).await, n, "R18: the same message as before the restart");
            }
            assert_eq!(ann.say("ben", &format!("m{}", seen + 1)).await, seen + 1);
            ben.read("ann", seen + 1).await;
        }
        // Until everything is rolled up, in every second round; else it ends in the middle of that.
        let (started, wait) = (Instant::now(), round % 2 == 0);
        loop {
            let metrics = service.metrics().await.unwrap();
            if !wait || metrics.apps.iter().all(|(_, hub)| hub.dirty_logs == 0) {
                break;
            }
            assert!(started.elapsed() < Duration::from_secs(20), "{metrics:?}");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        assert_eq!(service.failure(), None);
        service.shutdown().await;
        drop(service);
    }
    let journal = FileJournal::open(folder.path()).unwrap();
    assert!(journal.floor() > 0, "events that are in snapshots are forgotten");
}
