//! What iOS and Mac apps link. All of it is in `seenby-ffi` (src/capi for Objective-C, src/uni for Swift); this carries its
//! symbols out.

pub use seenby::capi;

seenby::uniffi_reexport_scaffolding!();
