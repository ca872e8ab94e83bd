//! A library that was built without services inside the process (feature `embedded`), for devices: those calls are refused.

use crate::config::Config;
use seenby_core::hub::HubLimits;
use seenby_core::model::{AppSettings, ConversationId, Error, MessageId, Result};
use std::convert::Infallible;

/// A service inside this process: there is none in this library.
#[derive(Clone, Debug)]
pub struct EmbeddedService {
    never: Infallible,
}

/// 6017: what [`crate::endpoint::Endpoint::choose`] refuses already.
pub(crate) fn without_services() -> Error {
    Error::invalid("the configuration's field server must be wss://…: this library has no services inside the process")
}

impl EmbeddedService {
    /// 6017: this library was built without.
    pub fn open(config: &Config, _: Option<AppSettings>, _: HubLimits) -> Result<Self> {
        crate::config::app(config.app)?;
        crate::endpoint::Endpoint::choose(config)?;
        Err(without_services())
    }

    /// Never called: there is no such service.
    pub async fn configure(&self, _: AppSettings) -> Result<()> {
        match self.never {}
    }

    /// Never called: there is no such service.
    pub async fn delete_user(&self, _: &str) -> Result<()> {
        match self.never {}
    }

    /// Never called: there is no such service.
    pub async fn delete_message(&self, _: &str, _: &ConversationId, _: &MessageId) -> Result<()> {
        match self.never {}
    }
}
