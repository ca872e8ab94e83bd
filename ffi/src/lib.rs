//! SeenBy for other languages. The only crate with `unsafe`; it converts and forwards, and holds no rule.
//!
//! - `capi`: the C interface, `include/seenby.h`. What a C caller may rely on is in docs/c-abi.md.

#[cfg(feature = "capi")]
pub mod capi;
mod singleton;
