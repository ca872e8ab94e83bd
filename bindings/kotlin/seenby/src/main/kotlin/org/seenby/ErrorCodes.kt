package org.seenby

/** The documented numbers (docs/SPEC.md, "Errors"), as [SeenByException.code] has them. */
public object ErrorCodes {
    /** Web only: the list of messages is empty. */
    public const val READ_RECEIPT_LIST_EMPTY: Int = 2114

    /** No answer in time. */
    public const val REQUEST_TIMEOUT: Int = 6012

    /** A call before init. */
    public const val NOT_INITIALIZED: Int = 6013

    /** A call before login, or after being kicked. */
    public const val NOT_LOGGED_IN: Int = 6014

    /** A value is not allowed; the sentence names it. */
    public const val INVALID_PARAMETERS: Int = 6017

    /** The device knows that its userSig has run out. */
    public const val USER_SIG_EXPIRED_LOCALLY: Int = 6206

    /** Another session of this user and device took over. */
    public const val KICKED_OFFLINE: Int = 6208

    /** The call was cut short by shutdown or logout. */
    public const val INTERRUPTED: Int = 7009

    /** Not supported here: receipts where the app rejects them (R8), or a call outside SeenBy. */
    public const val NOT_SUPPORTED: Int = 7013

    /** Too many requests; the sentence and `retry_after_ms` tell how long to wait. */
    public const val TOO_FREQUENT: Int = 9506

    /** No connection to the service. */
    public const val DISCONNECTED: Int = 9508

    /** Connecting took too long. */
    public const val CONNECT_TIMEOUT: Int = 9510

    /** The service refused the connection. */
    public const val CONNECT_REFUSED: Int = 9511

    /** The service's host cannot be reached. */
    public const val UNREACHABLE: Int = 9512

    /** The request was larger than a frame may be. */
    public const val TOO_LARGE: Int = 9522

    /** The service failed inside; nothing was applied. */
    public const val SERVICE_INTERNAL: Int = 10002

    /** An id is in use, by something else (R23, R25). */
    public const val CONFLICT: Int = 10004

    /** Not entitled (R22). */
    public const val PERMISSION_DENIED: Int = 10007

    /** The group does not exist, or was dismissed. */
    public const val GROUP_MISSING: Int = 10010

    /** No receipts are known for this message, or not to this caller (R22). */
    public const val NO_RECEIPTS: Int = 10062

    /** The userSig has run out. */
    public const val USER_SIG_EXPIRED: Int = 70001

    /** The userSig is wrong: signature, app or user. */
    public const val USER_SIG_INVALID: Int = 70003

    /** The message is longer than 12 KB. */
    public const val BODY_TOO_LONG: Int = 80002

    /** A panic was caught; this client is closed for good. */
    public const val PANIC: Int = 90001

    /** This call is not allowed inside a callback. */
    public const val CALLED_FROM_CALLBACK: Int = 90002

    /** This manager has been closed. */
    public const val CLOSED: Int = 90003

    /** The data folder failed, is damaged, or belongs to another process. */
    public const val STORE: Int = 90004

    /** The server's certificate was refused; the sentence names issuer and host. */
    public const val CERTIFICATE_REFUSED: Int = 90005

    /** The service does not speak this version of the protocol. */
    public const val VERSION_REFUSED: Int = 90006

    /** A frame that is not of the protocol, or not in this state. */
    public const val PROTOCOL: Int = 90007
}
