//! Shared by the tests of the ledger.
#![allow(dead_code, unreachable_pub, missing_docs)] // each test uses its part

pub mod events;
pub mod model;
pub mod world;
