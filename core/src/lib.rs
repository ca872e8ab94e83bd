//! The rules of SeenBy, and nothing else: no I/O, no clock, no threads, no unsafe.
//!
//! A conversation is a log, its state is a fold, and receipts merge like a set. [`ledger`] holds the folds, [`hub`] the
//! brain of the service, [`session`] the brain of a device; both brains take inputs with the time passed in and return
//! effects. [`wire`] is what they say to each other, [`model`] the words that all of them share.
//!
//! Who may import whom: `model ← ledger, wire ← hub, session`. A test of the workspace holds that.

pub mod hub;
pub mod ledger;
pub mod model;
pub mod session;
pub mod wire;
