//! Devices that are clients of this process, through the Rust API.

use super::calls::{Caller, RUNTIME, enqueue};
use super::convert::Natives;
use super::host::{Broken, Hear, Host, Operation, Outcome, Setup, SpoolFor};
use super::world::APP;
use seenby_client::{Client, Config, ConversationId, EmbeddedService, Event, MessageId, ReadTracker, SpoolTarget};
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

#[derive(Default)]
pub(crate) struct InProcess {
    devices: BTreeMap<String, Device>,
    natives: Natives,
    service: Option<EmbeddedService>,
}

struct Device {
    client: Client,
    tracker: Option<ReadTracker>,
}

impl Drop for InProcess {
    fn drop(&mut self) {
        for device in std::mem::take(&mut self.devices).into_values() {
            device.close();
        }
    }
}

fn text(error: impl std::fmt::Display) -> String {
    error.to_string()
}

impl Device {
    fn close(self) {
        drop(self.tracker);
        self.client.shutdown();
    }
}

fn config(setup: &Setup) -> Config {
    let mut config = Config::new(APP)
        .server(&setup.endpoint)
        .data_dir(&setup.folder)
        .device_label(&setup.label)
        .with_readers(setup.with_readers)
        .client_name("scenarios");
    if let Some(file) = &setup.ca_file {
        config = config.ca_file(file);
    }
    if let Some(ms) = setup.seen_for_ms {
        config = config.seen_for(Duration::from_millis(ms));
    }
    config
}

fn read<T: serde::de::DeserializeOwned>(given: &Map<String, Value>) -> Result<T, Broken> {
    serde_json::from_value(Value::Object(given.clone())).map_err(text)
}

impl InProcess {
    fn device(&mut self, name: &str) -> Result<&mut Device, Broken> {
        self.devices.get_mut(name).ok_or_else(|| format!("{name} is closed"))
    }
}

impl Host for InProcess {
    fn init(&mut self, device: &str, setup: &Setup, hear: Hear) -> Result<Outcome, Broken> {
        let client = match Client::new(config(setup)) {
            Ok(client) => client,
            Err(error) => return Ok(Outcome::Refused(error.into(), None)),
        };
        let natives = self.natives.clone();
        client.add_listener(Arc::new(move |events: &[Event]| {
            let entries = events.iter().flat_map(|event| natives.event(event));
            hear(entries.map(|(callback, entry)| (callback.to_owned(), entry)).collect());
        }));
        self.devices.insert(device.to_owned(), Device { client, tracker: None });
        Ok(Outcome::Answer(Value::Null))
    }

    fn close(&mut self, device: &str) -> Result<(), Broken> {
        self.devices.remove(device).ok_or_else(|| format!("{device} is closed"))?.close();
        Ok(())
    }

    fn call(&mut self, device: &str, name: &str, with: &Map<String, Value>) -> Result<Outcome, Broken> {
        let natives = self.natives.clone();
        let Device { client, tracker } = self.device(device)?;
        Caller { client, natives: &natives, tracker }.call(name, with)
    }

    fn network(&mut self, device: &str, available: bool) -> Result<(), Broken> {
        self.device(device)?.client.network_available(available);
        Ok(())
    }

    fn enqueue_receipts(&mut self, target: &SpoolFor<'_>, with: &Map<String, Value>) -> Result<Outcome, Broken> {
        let target = SpoolTarget {
            server: Some(target.endpoint.to_owned()),
            app: APP,
            user: target.user.to_owned(),
            data_dir: Some(target.folder.to_owned()),
        };
        enqueue(&self.natives, &target, with)
    }

    fn open_service(
        &mut self,
        endpoint: &str,
        app: &Map<String, Value>,
        limits: &Map<String, Value>,
    ) -> Result<(), Broken> {
        let config = Config::new(APP).server(endpoint);
        self.service = Some(EmbeddedService::open(&config, Some(read(app)?), read(limits)?).map_err(text)?);
        Ok(())
    }

    fn operate(&mut self, operation: &Operation<'_>) -> Result<(), Broken> {
        let held = self.service.as_ref().ok_or("the service is gone")?;
        match operation {
            Operation::Configure { app } => RUNTIME.block_on(held.configure(read(app)?)),
            Operation::DeleteUser { user } => RUNTIME.block_on(held.delete_user(user)),
            Operation::DeleteMessage { seen_by, conversation, id } => {
                let conversation = ConversationId::parse(conversation).map_err(text)?;
                let id = MessageId::new(id).map_err(text)?;
                RUNTIME.block_on(held.delete_message(seen_by, &conversation, &id))
            }
        }
        .map_err(text)
    }

    fn close_service(&mut self) -> Result<(), Broken> {
        self.service = None;
        Ok(())
    }

    fn path(&self, path: &Path) -> String {
        path.display().to_string()
    }
}
