//! What devices and the service say to each other: `core/proto/wire.proto`, and the codec.

mod codec;

pub use codec::{decode_frame, decode_request, encode_frame, encode_request};
pub use generated::*;

/// Generated from `core/proto/wire.proto` by the test `generated` of the workspace.
#[allow(missing_docs, clippy::all, unreachable_pub, rustdoc::all)]
mod generated {
    include!("generated.rs");
}

/// The protocol's version, in the first frame of each side.
pub const VERSION: u32 = 1;
