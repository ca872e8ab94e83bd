//! Services inside this process (R28): managers that name the same one meet in it, and it lives until the last of them
//! has closed.

use super::{FrameSink, FrameStream, Opening, Transport};
use crate::runtime;
use parking_lot::Mutex;
use seenby_core::hub::HubLimits;
use seenby_core::model::{AppSettings, Error, ErrorCode, Result};
use seenby_service::{AcceptAny, Apps, Service, ServiceConfig, ServiceLimits, StartError, SystemClock};
use seenby_store::{DeviceStore, FileJournal, Journal, MemoryJournal, StoreError};
use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock, Weak};
use std::time::Duration;

/// How long opening a durable service waits for its last life in this process to end.
const CLOSING: Duration = Duration::from_secs(10);

#[derive(Clone, PartialEq, Eq, Hash)]
enum Key {
    Memory(String),
    File(PathBuf),
}

/// How a service of this process is set up, if not as it comes.
#[derive(Clone, Default)]
pub(crate) struct Setup {
    pub(crate) settings: Option<AppSettings>,
    pub(crate) limits: HubLimits,
}

/// A service of this process, started when the first device connects.
pub(crate) struct Embedded {
    key: Key,
    setup: Mutex<Setup>,
    service: tokio::sync::Mutex<Option<Arc<Service>>>,
    /// What the devices of a service in memory keep.
    devices: DeviceStore,
}

#[derive(Default)]
struct Registry {
    services: HashMap<Key, Weak<Embedded>>,
    /// Durable ones whose journal is not closed yet.
    closing: HashSet<PathBuf>,
}

static REGISTRY: LazyLock<Mutex<Registry>> = LazyLock::new(Mutex::default);

fn find(key: Key) -> Arc<Embedded> {
    let mut registry = REGISTRY.lock();
    if let Some(service) = registry.services.get(&key).and_then(Weak::upgrade) {
        return service;
    }
    let devices = DeviceStore::in_memory();
    let (setup, service) = (Mutex::default(), tokio::sync::Mutex::new(None));
    let service = Arc::new(Embedded { key: key.clone(), setup, service, devices });
    registry.services.insert(key, Arc::downgrade(&service));
    service
}

/// The service in memory of this name.
pub(crate) fn memory(name: &str) -> Arc<Embedded> {
    find(Key::Memory(name.to_owned()))
}

/// The durable service in this folder.
pub(crate) fn file(folder: &Path) -> Arc<Embedded> {
    find(Key::File(folder.to_owned()))
}

impl Embedded {
    /// Where the devices of a service in memory keep what they keep.
    pub(crate) fn devices(&self) -> DeviceStore {
        self.devices.clone()
    }

    /// From the next start on; false if it is running already.
    pub(crate) fn set_up(&self, setup: Setup) -> bool {
        let Ok(service) = self.service.try_lock() else { return false };
        let stopped = service.is_none();
        if stopped {
            *self.setup.lock() = setup;
        }
        stopped
    }

    /// The service, started if it was not running.
    pub(crate) async fn service(&self) -> Result<Arc<Service>> {
        let mut service = self.service.lock().await;
        if let Some(service) = &*service
            && service.failure().is_none()
        {
            return Ok(service.clone());
        }
        // One that has failed is started again from its journal.
        *service = None;
        if let Key::File(folder) = &self.key {
            wait_for_close(folder).await;
        }
        let (key, setup) = (self.key.clone(), self.setup.lock().clone());
        let started = tokio::task::spawn_blocking(move || start(&key, setup)).await;
        let started = started.map_err(|_| {
            Error::new(ErrorCode::ServiceInternal, "the service inside this process failed while it was starting")
        })??;
        Ok(service.insert(Arc::new(started)).clone())
    }
}

async fn wait_for_close(folder: &Path) {
    let until = tokio::time::Instant::now() + CLOSING;
    while REGISTRY.lock().closing.contains(folder) && tokio::time::Instant::now() < until {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

fn start(key: &Key, setup: Setup) -> Result<Service> {
    let store = |error: StoreError| Error::new(ErrorCode::Store, error.to_string());
    let journal: Box<dyn Journal> = match key {
        Key::Memory(_) => Box::new(MemoryJournal::new().map_err(store)?),
        Key::File(folder) => Box::new(FileJournal::open(folder).map_err(store)?),
    };
    Service::start(ServiceConfig {
        journal,
        apps: Apps::Any { settings: setup.settings, limits: setup.limits },
        authenticator: Arc::new(AcceptAny),
        server_name: concat!("seenby-embedded/", env!("CARGO_PKG_VERSION")).into(),
        clock: Arc::new(SystemClock::new()),
        limits: ServiceLimits::default(),
    })
    .map_err(|error| match error {
        StartError::Thread(_) => Error::new(ErrorCode::ServiceInternal, error.to_string()),
        StartError::Store(_) | StartError::Log { .. } => Error::new(ErrorCode::Store, error.to_string()),
    })
}

impl Drop for Embedded {
    /// The last manager has closed.
    fn drop(&mut self) {
        let mut registry = REGISTRY.lock();
        // Another may have been made meanwhile under the same name.
        if registry.services.get(&self.key).is_some_and(|service| service.strong_count() == 0) {
            registry.services.remove(&self.key);
        }
        let Some(service) = self.service.get_mut().take() else { return };
        let Key::File(folder) = &self.key else { return };
        if let Ok(runtime) = runtime::handle() {
            registry.closing.insert(folder.clone());
            let folder = folder.clone();
            runtime.spawn(async move {
                service.shutdown().await;
                drop(service);
                REGISTRY.lock().closing.remove(&folder);
            });
        }
    }
}

impl Transport for Embedded {
    fn open(&self) -> Opening<'_> {
        Box::pin(async move {
            let service = self.service().await?;
            let (connection, outgoing) = service.connect();
            let sink: FrameSink =
                Box::pin(futures_util::sink::unfold(connection, |mut connection, frame: Vec<u8>| async move {
                    match connection.receive(&frame).await {
                        Ok(()) => Ok(connection),
                        Err(_) => {
                            // Why comes by the other way; until then this end stays.
                            std::future::pending::<()>().await;
                            Err(Error::new(ErrorCode::Disconnected, "the service closed the connection"))
                        }
                    }
                }));
            let stream: FrameStream = Box::pin(futures_util::stream::unfold(outgoing, |mut outgoing| async move {
                let frame = outgoing.next().await?;
                Some((Ok(frame.to_vec()), outgoing))
            }));
            Ok((sink, stream))
        })
    }
}
