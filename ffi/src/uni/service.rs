//! A service inside the process, held and operated (R28): for apps' own tests.

use super::client::{at_once, config};
use super::types::{ClientConfig, Failure};
use seenby_client::{AppSettings, ConversationId, Error, HubLimits, MessageId, Result, wait};
use std::sync::Arc;

/// A service inside this process. Its functions wait: not for the main thread, and 90002 inside a callback.
#[derive(uniffi::Object)]
pub struct EmbeddedService {
    service: seenby_client::EmbeddedService,
}

fn settings(json: &str) -> Result<Option<AppSettings>> {
    if json.is_empty() {
        return Ok(None);
    }
    serde_json::from_str(json).map(Some).map_err(|error| Error::invalid(format!("the settings {json:?}: {error}")))
}

fn limits(json: &str) -> Result<HubLimits> {
    if json.is_empty() {
        return Ok(HubLimits::default());
    }
    serde_json::from_str(json).map_err(|error| Error::invalid(format!("the limits {json:?}: {error}")))
}

#[uniffi::export]
impl EmbeddedService {
    /// The service that `client` names, with an app's settings and what devices may do (R24), both as JSON (empty: the
    /// defaults).
    #[uniffi::constructor(default(limits_json = ""))]
    pub fn open(
        client: ClientConfig,
        app_settings: String,
        limits_json: String,
    ) -> std::result::Result<Arc<Self>, Failure> {
        at_once(|| {
            let config = config(client, None, None, None)?;
            let (settings, limits) = (settings(&app_settings)?, limits(&limits_json)?);
            Ok(Arc::new(Self { service: seenby_client::EmbeddedService::open(&config, settings, limits)? }))
        })
    }

    /// Changes the app's settings from now on.
    pub fn configure(&self, app_settings: String) -> std::result::Result<(), Failure> {
        at_once(|| wait(self.service.configure(settings(&app_settings)?.unwrap_or_default())))
    }

    /// Deletes a user (R32).
    pub fn delete_user(&self, user_id: String) -> std::result::Result<(), Failure> {
        at_once(|| wait(self.service.delete_user(&user_id)))
    }

    /// Deletes a message and its receipts (R32). The conversation is as `seen_by` sees it.
    pub fn delete_message(
        &self,
        seen_by: String,
        conversation_id: String,
        msg_id: String,
    ) -> std::result::Result<(), Failure> {
        at_once(|| {
            let (conversation, message) = (ConversationId::parse(&conversation_id)?, MessageId::new(msg_id)?);
            wait(self.service.delete_message(&seen_by, &conversation, &message))
        })
    }
}
