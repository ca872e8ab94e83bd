//! The C interface, called as C would: what is passed wrongly, at the wrong time or in the wrong place, and that what the
//! host gives is freed exactly once, whatever happens.
//!
//! Tests without a client run under Miri as well: `cargo +nightly miri test -p seenby-ffi --test capi`.
#![allow(clippy::unwrap_used)] // in tests
#![allow(clippy::undocumented_unsafe_blocks)] // every call is one: with what the header asks for, or on purpose not

mod clients;
mod config;
mod dispatchers;
mod handles;
mod library;
mod listeners;
mod log;
mod panics;
mod services;
mod shared;
mod support;
mod trackers;
