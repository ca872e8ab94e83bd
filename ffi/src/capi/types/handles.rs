//! Handles. Their values are no addresses: a handle that was freed, or is none, is told from a good one.

/// A client: one device of one user at a time. Made by `seenby_client_new`, freed by `seenby_client_free`; or the one of the
/// process, `seenby_shared_client`, which is never freed.
pub struct seenby_client_t {
    _opaque: [u8; 0],
}

/// Turns what a list shows into reports (R33). Made by `seenby_tracker_new`, freed by `seenby_tracker_free`.
pub struct seenby_tracker_t {
    _opaque: [u8; 0],
}

/// A service inside this process, held and operated (R28). Made by `seenby_service_open`, freed by `seenby_service_free`.
pub struct seenby_service_t {
    _opaque: [u8; 0],
}

/// A piece of work for a dispatcher: run it with `seenby_job_run`, or drop it with `seenby_job_drop`; either ends the
/// handle.
pub struct seenby_job_t {
    _opaque: [u8; 0],
}

/// What takes a new userSig: `seenby_token_accept` or `seenby_token_refuse`; either ends the handle.
pub struct seenby_token_reply_t {
    _opaque: [u8; 0],
}
