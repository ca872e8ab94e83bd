//! What the operator was answered is in the journal, and holds for everything that comes after.

#![allow(clippy::unwrap_used, reason = "a test that fails says where")]

use seenby_core::hub::{HubLimits, LogKey};
use seenby_core::model::{AppId, AppSettings, ErrorCode, Position, Unsupported, UserId};
use seenby_service::{AcceptAny, AppConfig, Apps, Service, ServiceConfig, ServiceLimits, SystemClock};
use seenby_store::{Bodies, DiskUsage, Journal, JournalRecord, MemoryJournal, SnapshotPart, StoreError};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

const APP: AppId = AppId(1);

/// A journal whose appends take their time, and fail when so many are done.
struct Slow {
    inner: MemoryJournal,
    done: Arc<AtomicUsize>,
    room: usize,
}

impl Journal for Slow {
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
        std::thread::sleep(Duration::from_millis(50));
        if self.done.load(Ordering::SeqCst) == self.room {
            return Err(StoreError::Io { path: "disk".into(), what: "it is full".into() });
        }
        let position = self.inner.append(records);
        self.done.fetch_add(1, Ordering::SeqCst);
        position
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

/// A service, and how many appends its journal has done.
fn start(apps: Apps, room: usize) -> (Service, Arc<AtomicUsize>) {
    let done = Arc::new(AtomicUsize::new(0));
    let journal = Slow { inner: MemoryJournal::new().unwrap(), done: done.clone(), room };
    let service = Service::start(ServiceConfig {
        journal: Box::new(journal),
        apps,
        authenticator: Arc::new(AcceptAny),
        server_name: "test".to_owned(),
        clock: Arc::new(SystemClock::new()),
        limits: ServiceLimits { linger: Duration::ZERO, ..ServiceLimits::default() },
    })
    .unwrap();
    (service, done)
}

fn these(settings: Option<AppSettings>) -> Apps {
    Apps::These(vec![AppConfig { app: APP, settings, limits: HubLimits::default() }])
}

fn rejecting() -> AppSettings {
    AppSettings { unsupported: Unsupported::Reject, ..AppSettings::default() }
}

#[tokio::test]
async fn r8_settings_hold_when_the_operator_is_answered() {
    let (service, done) = start(these(None), usize::MAX);
    service.configure(APP, rejecting()).await.unwrap();
    assert_eq!((service.settings(APP).await.unwrap(), done.load(Ordering::SeqCst)), (rejecting(), 1));
    // The same again is no change, and is answered all the same.
    service.configure(APP, rejecting()).await.unwrap();
    assert_eq!(done.load(Ordering::SeqCst), 1);
    service.configure(APP, AppSettings::default()).await.unwrap();
    assert_eq!(service.settings(APP).await.unwrap(), AppSettings::default());
}

#[tokio::test]
async fn r32_a_deletion_and_a_revocation_are_in_the_journal_when_the_operator_is_answered() {
    let (service, done) = start(these(None), usize::MAX);
    service.revoke_tokens(APP, UserId::new("alice").unwrap()).await.unwrap();
    assert_eq!(done.load(Ordering::SeqCst), 1);
    service.delete_user(APP, UserId::new("alice").unwrap()).await.unwrap();
    assert!(done.load(Ordering::SeqCst) >= 2);
}

#[tokio::test]
async fn r8_nobody_is_served_before_the_settings_of_the_start_hold() {
    let (service, _) = start(these(Some(rejecting())), usize::MAX);
    assert_eq!(service.settings(APP).await.unwrap(), rejecting());
    // An app that is made by its first call.
    let (service, _) = start(Apps::Any { settings: Some(rejecting()), limits: HubLimits::default() }, usize::MAX);
    service.revoke_tokens(APP, UserId::new("alice").unwrap()).await.unwrap();
    assert_eq!(service.settings(APP).await.unwrap(), rejecting());
}

#[tokio::test]
async fn the_operator_hears_that_the_journal_failed() {
    let (service, _) = start(these(None), 1);
    service.configure(APP, rejecting()).await.unwrap();
    let failed = service.configure(APP, AppSettings::default()).await.unwrap_err();
    assert_eq!(failed.code, ErrorCode::ServiceInternal);
    // A start that fails: callers are refused, and nobody waits for ever.
    let (service, _) = start(these(Some(rejecting())), 0);
    assert_eq!(service.configure(APP, rejecting()).await.unwrap_err().code, ErrorCode::ServiceInternal);
}
