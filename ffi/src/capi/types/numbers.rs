//! Numbers.

/// No error.
pub const SEENBY_OK: i32 = 0;
/// Web only: the list of messages is empty.
pub const SEENBY_ERR_READ_RECEIPT_LIST_EMPTY: i32 = 2114;
/// No answer in time.
pub const SEENBY_ERR_REQUEST_TIMEOUT: i32 = 6012;
/// A call before init, or after uninit, on the client of the process.
pub const SEENBY_ERR_NOT_INITIALIZED: i32 = 6013;
/// A call before login, or after being kicked.
pub const SEENBY_ERR_NOT_LOGGED_IN: i32 = 6014;
/// A value is not allowed; the sentence names it, and says what would be right.
pub const SEENBY_ERR_INVALID_PARAMETERS: i32 = 6017;
/// The device knows that its userSig has run out.
pub const SEENBY_ERR_USER_SIG_EXPIRED_LOCALLY: i32 = 6206;
/// Another session of this user and device took over.
pub const SEENBY_ERR_KICKED_OFFLINE: i32 = 6208;
/// The call was cut short by shutdown, logout or `seenby_cancel`.
pub const SEENBY_ERR_INTERRUPTED: i32 = 7009;
/// Not supported here: receipts where the app rejects them (R8), or a documented call outside SeenBy.
pub const SEENBY_ERR_NOT_SUPPORTED: i32 = 7013;
/// Too many requests; the sentence and `retry_after_ms` tell how long to wait.
pub const SEENBY_ERR_TOO_FREQUENT: i32 = 9506;
/// No connection to the service.
pub const SEENBY_ERR_DISCONNECTED: i32 = 9508;
/// Connecting took too long.
pub const SEENBY_ERR_CONNECT_TIMEOUT: i32 = 9510;
/// The service refused the connection.
pub const SEENBY_ERR_CONNECT_REFUSED: i32 = 9511;
/// The service's host cannot be reached.
pub const SEENBY_ERR_UNREACHABLE: i32 = 9512;
/// The request was larger than a frame may be.
pub const SEENBY_ERR_TOO_LARGE: i32 = 9522;
/// The service failed inside; nothing was applied.
pub const SEENBY_ERR_SERVICE_INTERNAL: i32 = 10002;
/// An id is in use, by something else (R23, R25).
pub const SEENBY_ERR_CONFLICT: i32 = 10004;
/// Not entitled (R22).
pub const SEENBY_ERR_PERMISSION_DENIED: i32 = 10007;
/// The group does not exist, or was dismissed.
pub const SEENBY_ERR_GROUP_MISSING: i32 = 10010;
/// No receipts are known for this message, or not to this caller (R22).
pub const SEENBY_ERR_NO_RECEIPTS: i32 = 10062;
/// The userSig has run out.
pub const SEENBY_ERR_USER_SIG_EXPIRED: i32 = 70001;
/// The userSig is wrong: signature, app or user.
pub const SEENBY_ERR_USER_SIG_INVALID: i32 = 70003;
/// The message is longer than 12 KB.
pub const SEENBY_ERR_BODY_TOO_LONG: i32 = 80002;
/// A panic was caught; this client is closed for good.
pub const SEENBY_ERR_PANIC: i32 = 90001;
/// This call is not allowed inside a callback.
pub const SEENBY_ERR_CALLED_FROM_CALLBACK: i32 = 90002;
/// This client was closed, or the handle is none (NULL, freed, or of something else).
pub const SEENBY_ERR_CLOSED: i32 = 90003;
/// The data folder failed, is damaged, or belongs to another process.
pub const SEENBY_ERR_STORE: i32 = 90004;
/// The server's certificate was refused; the sentence names issuer and host.
pub const SEENBY_ERR_CERTIFICATE_REFUSED: i32 = 90005;
/// The service does not speak this version of the protocol.
pub const SEENBY_ERR_VERSION_REFUSED: i32 = 90006;
/// A frame that is not of the protocol, or not in this state.
pub const SEENBY_ERR_PROTOCOL: i32 = 90007;

/// A list of those who have read a message (R11).
pub const SEENBY_FILTER_READ: i32 = 0;
/// A list of those who have not.
pub const SEENBY_FILTER_UNREAD: i32 = 1;

/// Logged in; the line may be up or down.
pub const SEENBY_LOGIN_STATUS_LOGINED: i32 = 1;
/// A login is under way.
pub const SEENBY_LOGIN_STATUS_LOGINING: i32 = 2;
/// Nobody is logged in.
pub const SEENBY_LOGIN_STATUS_LOGOUT: i32 = 3;

/// A message on its way.
pub const SEENBY_MESSAGE_SENDING: i32 = 1;
/// The service has it.
pub const SEENBY_MESSAGE_SEND_SUCC: i32 = 2;
/// It did not get there; sending it again with its id cannot store it twice (R16).
pub const SEENBY_MESSAGE_SEND_FAIL: i32 = 3;
/// Deleted.
pub const SEENBY_MESSAGE_HAS_DELETED: i32 = 4;
/// Recalled.
pub const SEENBY_MESSAGE_LOCAL_REVOKED: i32 = 6;

/// A message without a body: a reference (R19), or one that was recalled.
pub const SEENBY_BODY_NONE: i32 = 0;
/// A text message.
pub const SEENBY_BODY_TEXT: i32 = 1;
/// A message of the app's own making.
pub const SEENBY_BODY_CUSTOM: i32 = 2;

/// As the service likes.
pub const SEENBY_PRIORITY_DEFAULT: i32 = 0;
/// High.
pub const SEENBY_PRIORITY_HIGH: i32 = 1;
/// Normal.
pub const SEENBY_PRIORITY_NORMAL: i32 = 2;
/// Low.
pub const SEENBY_PRIORITY_LOW: i32 = 3;

/// A member of a group.
pub const SEENBY_ROLE_MEMBER: i32 = 200;
/// Kicks members too.
pub const SEENBY_ROLE_ADMIN: i32 = 300;
/// Sets roles and dismisses too.
pub const SEENBY_ROLE_OWNER: i32 = 400;

/// An invitation or a kick that could not be done for this user.
pub const SEENBY_MEMBER_FAILED: i32 = 0;
/// It was done.
pub const SEENBY_MEMBER_DONE: i32 = 1;
/// It was a member already.
pub const SEENBY_MEMBER_ALREADY: i32 = 2;

/// What changed in a group: only how many members it has (above 1 000 members, R25).
pub const SEENBY_GROUP_COUNT: i32 = 0;
/// The group was created.
pub const SEENBY_GROUP_CREATED: i32 = 1;
/// Users joined.
pub const SEENBY_GROUP_JOINED: i32 = 2;
/// Users were invited.
pub const SEENBY_GROUP_INVITED: i32 = 3;
/// Users quit.
pub const SEENBY_GROUP_QUIT: i32 = 4;
/// Users were kicked.
pub const SEENBY_GROUP_KICKED: i32 = 5;
/// A member has another role.
pub const SEENBY_GROUP_ROLE_CHANGED: i32 = 6;
/// The group was dismissed.
pub const SEENBY_GROUP_DISMISSED: i32 = 7;

/// Draw a message on its way (R31).
pub const SEENBY_DRAW_SENDING: i32 = 1;
/// Draw that it did not get there.
pub const SEENBY_DRAW_FAILED: i32 = 2;
/// Draw that the service has it; nobody is known to have read it.
pub const SEENBY_DRAW_SENT: i32 = 3;
/// One to one: draw that the peer has read it.
pub const SEENBY_DRAW_READ_BY_PEER: i32 = 4;
/// Groups: draw that `read` of `of` have read it.
pub const SEENBY_DRAW_READ_BY: i32 = 5;
/// Groups: draw that everybody has, and there is somebody.
pub const SEENBY_DRAW_ALL_READ: i32 = 6;
/// Draw nothing: not one's own, without receipts, or deleted.
pub const SEENBY_DRAW_UNAVAILABLE: i32 = 7;

/// Log nothing.
pub const SEENBY_LOG_OFF: i32 = 0;
/// Log what went wrong in SeenBy or its surroundings.
pub const SEENBY_LOG_ERROR: i32 = 1;
/// And what an app's author should know. The default.
pub const SEENBY_LOG_WARN: i32 = 2;
/// And what an operator may want to know.
pub const SEENBY_LOG_INFO: i32 = 3;
/// And what helps to find faults.
pub const SEENBY_LOG_DEBUG: i32 = 4;
/// And everything. May hold ids; never bodies or tokens.
pub const SEENBY_LOG_TRACE: i32 = 5;

/// Not known: for the three-valued fields of `seenby_message_ref_t`.
pub const SEENBY_UNKNOWN: i32 = -1;
