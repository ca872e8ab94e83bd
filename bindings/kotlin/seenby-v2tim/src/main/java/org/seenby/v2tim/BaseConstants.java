package org.seenby.v2tim;

/** The numbers of errors: the documented ones, and SeenBy's own from 90000. */
public final class BaseConstants {
    private BaseConstants() {}

    /** No error. */
    public static final int ERR_SUCC = 0;
    /** No answer in time. */
    public static final int ERR_REQUEST_TIME_OUT = 6012;
    /** A call before init, or after uninit. */
    public static final int ERR_SDK_NOT_INITIALIZED = 6013;
    /** A call before login, or after being kicked. */
    public static final int ERR_SDK_NOT_LOGGED_IN = 6014;
    /** A value is not allowed; the sentence names it. */
    public static final int ERR_INVALID_PARAMETERS = 6017;
    /** The device knows that its userSig has run out. */
    public static final int ERR_USER_SIG_EXPIRED = 6206;
    /** Another session of this user and device took over. */
    public static final int ERR_LOGIN_KICKED_OFF_BY_OTHER = 6208;
    /** The call was cut short by uninit or logout. */
    public static final int ERR_SDK_COMM_INTERRUPT = 7009;
    /** Not supported: receipts where the app rejects them (R8), or a call outside SeenBy. */
    public static final int ERR_SDK_INTERFACE_NOT_SUPPORT = 7013;
    /** Too many requests. */
    public static final int ERR_SDK_NET_FREQ_LIMIT = 9506;
    /** No connection to the service. */
    public static final int ERR_SDK_NET_DISCONNECT = 9508;
    /** Connecting took too long. */
    public static final int ERR_SDK_NET_CONN_TIMEOUT = 9510;
    /** The service refused the connection. */
    public static final int ERR_SDK_NET_CONN_REFUSE = 9511;
    /** The service's host cannot be reached. */
    public static final int ERR_SDK_NET_NET_UNREACH = 9512;
    /** The request was too large. */
    public static final int ERR_SDK_NET_PKG_SIZE_LIMIT = 9522;
    /** The service failed inside; nothing was applied. */
    public static final int ERR_SVR_GROUP_INTERNAL_ERROR = 10002;
    /** An id is in use, by something else (R23, R25). */
    public static final int ERR_SVR_GROUP_INVALID_PARAMETERS = 10004;
    /** Not entitled (R22). */
    public static final int ERR_SVR_GROUP_PERMISSION_DENY = 10007;
    /** The group does not exist, or was dismissed. */
    public static final int ERR_SVR_GROUP_NOT_FOUND = 10010;
    /** No receipts are known for this message, or not to this caller (R22). */
    public static final int ERR_SVR_GROUP_NO_READ_RECEIPT = 10062;
    /** The userSig has run out. */
    public static final int ERR_SVR_ACCOUNT_USERSIG_EXPIRED = 70001;
    /** The userSig is wrong. */
    public static final int ERR_SVR_ACCOUNT_USERSIG_ILLEGAL = 70003;
    /** The message is longer than 12 KB. */
    public static final int ERR_SVR_MSG_BODY_SIZE_LIMIT = 80002;
    /** A panic was caught; this manager is closed for good (ours). */
    public static final int ERR_SEENBY_PANIC = 90001;
    /** Not allowed inside a callback (ours). */
    public static final int ERR_SEENBY_CALLED_FROM_CALLBACK = 90002;
    /** This manager was closed (ours). */
    public static final int ERR_SEENBY_CLOSED = 90003;
    /** The data folder failed, is damaged, or belongs to another process (ours). */
    public static final int ERR_SEENBY_STORE = 90004;
    /** The server's certificate was refused (ours). */
    public static final int ERR_SEENBY_CERTIFICATE_REFUSED = 90005;
    /** The service does not speak this version of the protocol (ours). */
    public static final int ERR_SEENBY_VERSION_REFUSED = 90006;
    /** A frame that is not of the protocol (ours). */
    public static final int ERR_SEENBY_PROTOCOL = 90007;
}
