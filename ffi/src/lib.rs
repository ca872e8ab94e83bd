//! SeenBy for other languages. The only crate with `unsafe`; it converts and forwards, and holds no rule.
//!
//! - `uni`: what UniFFI makes Kotlin and Swift of. Internal to the layers in `bindings`, which are what apps use.
//! - `capi`: the C interface, `include/seenby.h`. What a C caller may rely on is in docs/c-abi.md.

#[cfg(feature = "capi")]
pub mod capi;
#[cfg(any(feature = "capi", feature = "uni"))]
mod log;
mod singleton;
#[cfg(feature = "uni")]
pub mod uni;

#[cfg(feature = "uni")]
uniffi::setup_scaffolding!("seenby");
