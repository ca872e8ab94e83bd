//! Drives hubs with a journal, used alike by the server and by the embedded mode.
//!
//! A [`Service`] has one hub an app, all of them on one thread, and one journal on another. Appends that come while a
//! sync is running are collected into the next one (group commit), and the hubs go on meanwhile; answers go out when what
//! they answer has landed. A transport gives it connections: bytes in through [`Connection`], bytes out through
//! [`Outgoing`].
//!
//! Nothing here holds a rule of SeenBy; those are in `seenby-core`.

mod auth;
mod clock;
mod commit;
mod conn;
mod driver;
mod inbox;
mod metrics;
mod service;

pub use auth::{AcceptAny, Authenticator};
pub use clock::{Clock, SystemClock};
pub use conn::{Connection, Ended, Outgoing};
pub use metrics::ServiceMetrics;
pub use service::{AppConfig, Apps, Service, ServiceConfig, ServiceLimits, StartError};
