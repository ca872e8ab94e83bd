//! What crosses the C boundary: numbers, texts, structs, the types of callbacks. `include/seenby.h` is rendered from
//! these and from the functions beside them, with their comments.
//!
//! Structs that the library fills are only ever handed over by pointer (lists are arrays of pointers), so that they can
//! grow at their end. Structs that the host fills begin with their size, for the same reason.

mod callbacks;
mod filled;
mod given;
mod handles;
mod numbers;
mod texts;

pub use callbacks::*;
pub use filled::*;
pub use given::*;
pub use handles::*;
pub use numbers::*;
pub use texts::*;
