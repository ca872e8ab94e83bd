/// The number of an error: documented ones, and SeenBy's own from 90000. `code == ERR_INVALID_PARAMETERS.rawValue`.
public struct SeenByErrorCode: RawRepresentable, Hashable, Sendable {
    public let rawValue: Int32

    public init(rawValue: Int32) {
        self.rawValue = rawValue
    }
}

/// No error.
public let ERR_SUCC = SeenByErrorCode(rawValue: 0)
/// No answer in time.
public let ERR_REQUEST_TIME_OUT = SeenByErrorCode(rawValue: 6012)
/// A call before init, or after uninit.
public let ERR_SDK_NOT_INITIALIZED = SeenByErrorCode(rawValue: 6013)
/// A call before login, or after being kicked.
public let ERR_SDK_NOT_LOGGED_IN = SeenByErrorCode(rawValue: 6014)
/// A value is not allowed; the sentence names it.
public let ERR_INVALID_PARAMETERS = SeenByErrorCode(rawValue: 6017)
/// The device knows that its userSig has run out.
public let ERR_USER_SIG_EXPIRED = SeenByErrorCode(rawValue: 6206)
/// Another session of this user and device took over.
public let ERR_LOGIN_KICKED_OFF_BY_OTHER = SeenByErrorCode(rawValue: 6208)
/// The call was cut short by uninit or logout.
public let ERR_SDK_COMM_INTERRUPT = SeenByErrorCode(rawValue: 7009)
/// Not supported: receipts where the app rejects them (R8), or a call outside SeenBy.
public let ERR_SDK_INTERFACE_NOT_SUPPORT = SeenByErrorCode(rawValue: 7013)
/// Too many requests.
public let ERR_SDK_NET_FREQ_LIMIT = SeenByErrorCode(rawValue: 9506)
/// No connection to the service.
public let ERR_SDK_NET_DISCONNECT = SeenByErrorCode(rawValue: 9508)
/// Connecting took too long.
public let ERR_SDK_NET_CONN_TIMEOUT = SeenByErrorCode(rawValue: 9510)
/// The service refused the connection.
public let ERR_SDK_NET_CONN_REFUSE = SeenByErrorCode(rawValue: 9511)
/// The service's host cannot be reached.
public let ERR_SDK_NET_NET_UNREACH = SeenByErrorCode(rawValue: 9512)
/// The request was too large.
public let ERR_SDK_NET_PKG_SIZE_LIMIT = SeenByErrorCode(rawValue: 9522)
/// The service failed inside; nothing was applied.
public let ERR_SVR_GROUP_INTERNAL_ERROR = SeenByErrorCode(rawValue: 10002)
/// An id is in use, by something else (R23, R25).
public let ERR_SVR_GROUP_INVALID_PARAMETERS = SeenByErrorCode(rawValue: 10004)
/// Not entitled (R22).
public let ERR_SVR_GROUP_PERMISSION_DENY = SeenByErrorCode(rawValue: 10007)
/// The group does not exist, or was dismissed.
public let ERR_SVR_GROUP_NOT_FOUND = SeenByErrorCode(rawValue: 10010)
/// No receipts are known for this message, or not to this caller (R22).
public let ERR_SVR_GROUP_NO_READ_RECEIPT = SeenByErrorCode(rawValue: 10062)
/// The userSig has run out.
public let ERR_SVR_ACCOUNT_USERSIG_EXPIRED = SeenByErrorCode(rawValue: 70001)
/// The userSig is wrong.
public let ERR_SVR_ACCOUNT_USERSIG_ILLEGAL = SeenByErrorCode(rawValue: 70003)
/// The message is longer than 12 KB.
public let ERR_SVR_MSG_BODY_SIZE_LIMIT = SeenByErrorCode(rawValue: 80002)
/// A panic was caught; this manager is closed for good (ours).
public let ERR_SEENBY_PANIC = SeenByErrorCode(rawValue: 90001)
/// Not allowed inside a callback (ours).
public let ERR_SEENBY_CALLED_FROM_CALLBACK = SeenByErrorCode(rawValue: 90002)
/// This manager was closed (ours).
public let ERR_SEENBY_CLOSED = SeenByErrorCode(rawValue: 90003)
/// The data folder failed, is damaged, or belongs to another process (ours).
public let ERR_SEENBY_STORE = SeenByErrorCode(rawValue: 90004)
/// The server's certificate was refused (ours).
public let ERR_SEENBY_CERTIFICATE_REFUSED = SeenByErrorCode(rawValue: 90005)
/// The service does not speak this version of the protocol (ours).
public let ERR_SEENBY_VERSION_REFUSED = SeenByErrorCode(rawValue: 90006)
/// A frame that is not of the protocol (ours).
public let ERR_SEENBY_PROTOCOL = SeenByErrorCode(rawValue: 90007)
