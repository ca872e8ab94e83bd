//! One error for everything: a number that is the same in every language, and a sentence (SPEC.md §5).

use std::fmt;

/// What went wrong. The numbers are the documented ones where there is one; ours start at 90000.
///
/// Numbers are never used for another meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(i32)]
#[non_exhaustive]
pub enum ErrorCode {
    /// Web only: the list of messages is empty.
    ReadReceiptListEmpty = 2114,
    /// No answer in time.
    RequestTimeout = 6012,
    /// A call before init.
    NotInitialized = 6013,
    /// A call before login, or after being kicked.
    NotLoggedIn = 6014,
    /// A value is not allowed; the sentence names it.
    InvalidParameters = 6017,
    /// The device knows that its userSig has run out.
    UserSigExpiredLocally = 6206,
    /// Another session of this user and device took over.
    KickedOffline = 6208,
    /// The call was cut short by shutdown or logout.
    Interrupted = 7009,
    /// Not supported here: receipts where the app rejects them (R8), or a call outside SeenBy.
    NotSupported = 7013,
    /// Too many requests; the sentence and `retry_after_ms` tell how long to wait.
    TooFrequent = 9506,
    /// No connection to the service.
    Disconnected = 9508,
    /// Connecting took too long.
    ConnectTimeout = 9510,
    /// The service refused the connection.
    ConnectRefused = 9511,
    /// The service's host cannot be reached.
    Unreachable = 9512,
    /// The request was larger than a frame may be.
    TooLarge = 9522,
    /// The service failed inside; nothing was applied.
    ServiceInternal = 10002,
    /// An id is in use, by something else (R23, R25).
    Conflict = 10004,
    /// Not entitled (R22).
    PermissionDenied = 10007,
    /// The group does not exist, or was dismissed.
    GroupMissing = 10010,
    /// No receipts are known for this message, or not to this caller (R22).
    NoReceipts = 10062,
    /// The userSig has run out.
    UserSigExpired = 70001,
    /// The userSig is wrong: signature, app or user.
    UserSigInvalid = 70003,
    /// The message is longer than 12 KB.
    BodyTooLong = 80002,
    /// A panic was caught; this client is closed for good.
    Panic = 90001,
    /// This call is not allowed inside a callback.
    CalledFromCallback = 90002,
    /// This manager has been closed.
    Closed = 90003,
    /// The data folder failed, is damaged, or belongs to another process.
    Store = 90004,
    /// The server's certificate was refused; the sentence names issuer and host.
    CertificateRefused = 90005,
    /// The service does not speak this version of the protocol.
    VersionRefused = 90006,
    /// A frame that is not of the protocol, or not in this state.
    Protocol = 90007,
}

impl ErrorCode {
    /// Every code, for tables and parity tests.
    pub const ALL: &[ErrorCode] = &[
        Self::ReadReceiptListEmpty,
        Self::RequestTimeout,
        Self::NotInitialized,
        Self::NotLoggedIn,
        Self::InvalidParameters,
        Self::UserSigExpiredLocally,
        Self::KickedOffline,
        Self::Interrupted,
        Self::NotSupported,
        Self::TooFrequent,
        Self::Disconnected,
        Self::ConnectTimeout,
        Self::ConnectRefused,
        Self::Unreachable,
        Self::TooLarge,
        Self::ServiceInternal,
        Self::Conflict,
        Self::PermissionDenied,
        Self::GroupMissing,
        Self::NoReceipts,
        Self::UserSigExpired,
        Self::UserSigInvalid,
        Self::BodyTooLong,
        Self::Panic,
        Self::CalledFromCallback,
        Self::Closed,
        Self::Store,
        Self::CertificateRefused,
        Self::VersionRefused,
        Self::Protocol,
    ];

    /// The number, as every language shows it.
    pub const fn number(self) -> i32 {
        self as i32
    }

    /// The code with this number.
    pub fn from_number(number: i32) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.number() == number)
    }

    /// What went wrong in general, as a sentence for people. An [`Error`]'s own sentence says more.
    pub const fn text(self) -> &'static str {
        match self {
            Self::ReadReceiptListEmpty => "The list of messages is empty; pass at least one.",
            Self::RequestTimeout => "The service did not answer in time; try again.",
            Self::NotInitialized => "The client is not initialized; call init before anything else.",
            Self::NotLoggedIn => "Nobody is logged in; call login first.",
            Self::InvalidParameters => "A value is not allowed.",
            Self::UserSigExpiredLocally => "The userSig has run out by this device's clock; log in with a new one.",
            Self::KickedOffline => "Another session of this user and device took over; log in again.",
            Self::Interrupted => "The call was cut short by shutdown, logout or cancelling.",
            Self::NotSupported => "This is not supported here.",
            Self::TooFrequent => "There were too many requests; wait before the next.",
            Self::Disconnected => "There is no connection to the service.",
            Self::ConnectTimeout => "Connecting to the service took too long.",
            Self::ConnectRefused => "The service refused the connection.",
            Self::Unreachable => "The service's host cannot be reached.",
            Self::TooLarge => "The request is larger than the service takes at once.",
            Self::ServiceInternal => "The service failed inside; nothing was applied.",
            Self::Conflict => "The id is in use by something else; choose another one.",
            Self::PermissionDenied => "The user is not entitled to this.",
            Self::GroupMissing => "The group does not exist, or was dismissed.",
            Self::NoReceipts => "No receipts are known for this message, or not to this user.",
            Self::UserSigExpired => "The userSig has run out; log in with a new one.",
            Self::UserSigInvalid => "The userSig is wrong: its signature, app or user.",
            Self::BodyTooLong => "The message is longer than 12 KB.",
            Self::Panic => "A panic was caught, and this client is closed for good; make another one.",
            Self::CalledFromCallback => "This call is not allowed inside a callback.",
            Self::Closed => "The client was closed, or there is none.",
            Self::Store => "The data folder failed, is damaged, or belongs to another process.",
            Self::CertificateRefused => "The server's certificate was refused.",
            Self::VersionRefused => "The service does not speak this version of the protocol.",
            Self::Protocol => "What came is not of the protocol, or not now.",
        }
    }

    /// Whether the same call may succeed later without anything being changed: the line was down or slow.
    pub const fn is_network(self) -> bool {
        matches!(
            self,
            Self::RequestTimeout
                | Self::Disconnected
                | Self::ConnectTimeout
                | Self::ConnectRefused
                | Self::Unreachable
                | Self::TooFrequent
        )
    }
}

/// A number, and a sentence that names the offending value and what would be right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    /// The documented number is `code.number()`.
    pub code: ErrorCode,
    /// For people; not stable.
    pub message: String,
    /// With [`ErrorCode::TooFrequent`]: when to try again. 0 otherwise.
    pub retry_after_ms: u64,
}

/// The result of everything that can be refused.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    /// An error with its sentence.
    pub fn new(code: ErrorCode, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), retry_after_ms: 0 }
    }

    /// 6017: the sentence says which value, and what would be right.
    pub fn invalid(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::InvalidParameters, message)
    }

    /// 9506, with the time to wait.
    pub fn too_frequent(message: impl Into<String>, retry_after_ms: u64) -> Self {
        Self { code: ErrorCode::TooFrequent, message: message.into(), retry_after_ms }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.message, self.code.number())
    }
}

impl std::error::Error for Error {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_number_is_unique_and_found_again() {
        for (i, code) in ErrorCode::ALL.iter().enumerate() {
            assert_eq!(ErrorCode::from_number(code.number()), Some(*code));
            assert!(ErrorCode::ALL[i + 1..].iter().all(|other| other.number() != code.number()));
        }
        assert_eq!(ErrorCode::from_number(0), None);
    }

    #[test]
    fn every_code_has_a_sentence_of_its_own() {
        for (i, code) in ErrorCode::ALL.iter().enumerate() {
            let text = code.text();
            assert!(text.ends_with('.') && text.starts_with(char::is_uppercase), "{code:?}: {text:?}");
            assert!(ErrorCode::ALL[i + 1..].iter().all(|other| other.text() != text), "{code:?}: {text:?}");
        }
    }
}
