//! The C interface: `include/seenby.h`. Every function is written out, one file a noun; what they share is in `handle`,
//! `input`, `outcome` and `view`. docs/c-abi.md says what callers may rely on, and what is relied on of them.
#![allow(non_camel_case_types)] // the names of the header
#![allow(clippy::missing_safety_doc)] // docs/c-abi.md says it once for all of them; the header shows these comments

// In the order of the header; apart, so that they are not sorted.
pub mod library;

pub mod client;

pub mod listener;

pub mod dispatcher;

pub mod messages;

pub mod receipts;

pub mod marks;

pub mod groups;

pub mod conversations;

pub mod people;

pub mod tracker;

pub mod service;

pub mod layers;

pub mod types;

mod handle;
mod input;
mod outcome;
mod owned;
mod view;
