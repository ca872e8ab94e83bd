//! The interface of UniFFI: Kotlin and Swift over the Rust client. Internal: apps use the documented classes in `bindings`.
//!
//! Shaped for those layers. Nothing is unsigned (Java cannot call what is), times are ms, a call ends in a [`Completion`] with
//! one [`Answer`], and events come in batches: crossing costs tens of microseconds a call, whatever it carries. Nothing here
//! is async, nothing waits but [`EmbeddedService`], and there is no rule.

mod callback;
mod client;
mod convert;
mod groups;
mod listener;
mod log;
mod measure;
mod messages;
mod people;
mod receipts;
mod service;
#[cfg(test)]
mod tests;
mod tls;
mod tracker;
mod types;

pub use callback::*;
pub use client::*;
pub use listener::*;
pub use log::*;
pub use measure::*;
pub use messages::*;
pub use receipts::*;
pub use service::*;
pub use tls::*;
pub use tracker::*;
pub use types::*;
