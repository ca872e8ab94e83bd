//! The self-hosted SeenBy server: a listener, TLS, userSigs, an HTTP API for operators, metrics and configuration around a
//! [`seenby_service::Service`]. The program `seenbyd` is [`main_from`]; a process that wants a server inside itself uses
//! [`Server::start`]. docs/operations.md is for those who run it.

mod admin;
mod cli;
mod config;
mod http;
mod keys;
mod listen;
mod metrics;
mod server;
mod tls;
mod token;
mod ws;

pub use cli::main_from;
pub use config::{AppEntry, Config, ConfigError, Limits, Tls};
pub use keys::{AppKey, Keys};
pub use server::{Server, StartError};
pub use token::{TokenKeys, issue};

/// Name and version, as in Welcome and on the first line that `seenbyd` prints.
pub const NAME: &str = concat!("seenbyd ", env!("CARGO_PKG_VERSION"));
