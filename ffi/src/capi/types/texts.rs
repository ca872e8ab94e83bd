//! Texts, bytes, calls.

use std::ffi::c_char;

/// Which interface this header describes; `seenby_abi_version()` says which one the library has. It changes when a program
/// that was built with an older header would no longer work, and only then: what is added leaves it as it is.
pub const SEENBY_ABI_VERSION: u32 = 1;

/// UTF-8 text: a pointer and a length in bytes. As a parameter it lives as long as the call, need not end with a NUL byte,
/// and `{NULL, 0}` or any text of length 0 is "not set". What the library gives ends with a NUL byte, which `len` does not
/// count.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct seenby_str_t {
    /// The bytes.
    pub data: *const c_char,
    /// How many.
    pub len: usize,
}

/// Bytes: a pointer and a length.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct seenby_bytes_t {
    /// The bytes.
    pub data: *const u8,
    /// How many.
    pub len: usize,
}

/// A text that belongs to the caller: `seenby_string_free` frees it.
#[repr(C)]
pub struct seenby_string_t {
    /// The bytes, with a NUL byte behind them.
    pub data: *mut c_char,
    /// How many, without the NUL byte.
    pub len: usize,
}

/// Names a call that is under way, for `seenby_cancel`. 0: the call was refused before there was anything to cancel; its
/// callback comes all the same.
pub type seenby_call_t = u64;

/// Names a listener of one client, for `seenby_remove_listener`.
pub type seenby_listener_id_t = u64;
