//! What an operator does with a server, for a service inside this process.

use crate::config::Config;
use crate::endpoint::Endpoint;
use crate::runtime;
use crate::transport::embedded::{self, Embedded, Setup};
use seenby_core::hub::HubLimits;
use seenby_core::model::{AppId, AppSettings, ConvKey, ConversationId, Error, ErrorCode, MessageId, Result, UserId};
use seenby_service::Service;
use std::sync::Arc;

/// A service inside this process (R28), held and operated: for demos, tests, and programs that are a service themselves.
/// Clients with the same endpoint meet in it. It lives until this and the last of them are gone.
///
/// A service inside the process needs none of this; without it, it has the default settings.
#[derive(Clone)]
pub struct EmbeddedService {
    embedded: Arc<Embedded>,
    app: AppId,
}

impl std::fmt::Debug for EmbeddedService {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("EmbeddedService").field("app", &self.app).finish_non_exhaustive()
    }
}

impl EmbeddedService {
    /// The service that `config` names, with these settings and limits. It starts when the first device connects.
    ///
    /// 6017 if the endpoint is a server's, or its service is running already: then it has its settings, and
    /// [`Self::configure`] changes them.
    pub fn open(config: &Config, settings: Option<AppSettings>, limits: HubLimits) -> Result<Self> {
        let app = crate::config::app(config.app)?;
        let embedded = match Endpoint::choose(config)? {
            Endpoint::Memory(name) => embedded::memory(&name),
            Endpoint::File(folder) => embedded::file(&folder),
            Endpoint::Server(_) => {
                return Err(Error::invalid(
                    "the configuration's field server names a server; a service inside the process is embedded:, \
                     embedded:mem/NAME or embedded:file/PATH",
                ));
            }
        };
        if !embedded.set_up(Setup { settings, limits }) {
            return Err(Error::invalid("the service runs already; open it before the first client logs in"));
        }
        Ok(Self { embedded, app })
    }

    /// Does this on the runtime thread, whatever executor the caller has.
    async fn operate<F, Fut>(&self, what: F) -> Result<()>
    where
        F: FnOnce(Arc<Service>, AppId) -> Fut + Send + 'static,
        Fut: Future<Output = Result<()>> + Send + 'static,
    {
        let failed = |what: String| Error::new(ErrorCode::ServiceInternal, what);
        let runtime = runtime::handle().map_err(|error| failed(format!("the system gives no thread: {error}")))?;
        let (embedded, app) = (self.embedded.clone(), self.app);
        let task = runtime.spawn(async move { what(embedded.service().await?, app).await });
        task.await.map_err(|_| failed("the operator's call failed inside".to_owned()))?
    }

    /// Changes the app's settings for every call made after this has returned; what was sent before keeps what it was sent with.
    pub async fn configure(&self, settings: AppSettings) -> Result<()> {
        self.operate(move |service, app| async move { service.configure(app, settings).await }).await
    }

    /// Deletes a user (R32).
    pub async fn delete_user(&self, user: &str) -> Result<()> {
        let user = UserId::new(user)?;
        self.operate(move |service, app| async move { service.delete_user(app, user).await }).await
    }

    /// Deletes a message and its receipts (R32). `conversation` is as `seen_by` sees it.
    pub async fn delete_message(
        &self,
        seen_by: &str,
        conversation: &ConversationId,
        message: &MessageId,
    ) -> Result<()> {
        let (key, id): (ConvKey, _) = (conversation.key(&UserId::new(seen_by)?), message.clone());
        self.operate(move |service, app| async move { service.delete_message(app, key, id).await }).await
    }
}
