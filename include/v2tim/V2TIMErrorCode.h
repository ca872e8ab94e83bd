// SPDX-License-Identifier: MIT OR Apache-2.0
//
// The documented numbers that SeenBy gives, by the documented names, and those of ours from 90000 on. Every error comes with
// a sentence that names the offending value and what would be right.

#ifndef SEENBY_V2TIM_ERROR_CODE_H
#define SEENBY_V2TIM_ERROR_CODE_H

#include "V2TIMDefine.h"

SEENBY_V2TIM_BEGIN

enum V2TIMErrorCode : int {
    ERR_SUCC = SEENBY_OK,
    /// No answer in time.
    ERR_REQUEST_TIME_OUT = SEENBY_ERR_REQUEST_TIMEOUT,
    /// A call before InitSDK, or after UnInitSDK.
    ERR_SDK_NOT_INITIALIZED = SEENBY_ERR_NOT_INITIALIZED,
    /// A call before Login, or after being kicked.
    ERR_SDK_NOT_LOGGED_IN = SEENBY_ERR_NOT_LOGGED_IN,
    /// A value is not allowed; the sentence names it.
    ERR_INVALID_PARAMETERS = SEENBY_ERR_INVALID_PARAMETERS,
    /// The device knows that its userSig has run out.
    ERR_USER_SIG_EXPIRED = SEENBY_ERR_USER_SIG_EXPIRED_LOCALLY,
    /// Another session of this user and device took over.
    ERR_LOGIN_KICKED_OFF_BY_OTHER = SEENBY_ERR_KICKED_OFFLINE,
    /// Cut short by UnInitSDK or Logout.
    ERR_SDK_COMM_INTERRUPT = SEENBY_ERR_INTERRUPTED,
    /// A documented call outside SeenBy, or receipts where the app rejects them (R8).
    ERR_SDK_INTERFACE_NOT_SUPPORT = SEENBY_ERR_NOT_SUPPORTED,
    /// Too many requests.
    ERR_SDK_NET_FREQ_LIMIT = SEENBY_ERR_TOO_FREQUENT,
    /// No connection.
    ERR_SDK_NET_DISCONNECT = SEENBY_ERR_DISCONNECTED,
    ERR_SDK_NET_CONN_TIMEOUT = SEENBY_ERR_CONNECT_TIMEOUT,
    ERR_SDK_NET_CONN_REFUSE = SEENBY_ERR_CONNECT_REFUSED,
    ERR_SDK_NET_NET_UNREACH = SEENBY_ERR_UNREACHABLE,
    ERR_SDK_NET_PKG_SIZE_LIMIT = SEENBY_ERR_TOO_LARGE,
    /// The service failed inside; nothing was applied.
    ERR_SVR_GROUP_INTERNAL_ERROR = SEENBY_ERR_SERVICE_INTERNAL,
    /// An id is in use by something else (R23, R25).
    ERR_SVR_GROUP_INVALID_PARAMETERS = SEENBY_ERR_CONFLICT,
    /// Not entitled (R22).
    ERR_SVR_GROUP_PERMISSION_DENY = SEENBY_ERR_PERMISSION_DENIED,
    /// The group does not exist, or was dismissed.
    ERR_SVR_GROUP_NOT_FOUND = SEENBY_ERR_GROUP_MISSING,
    /// No receipts are known for this message, or not to this caller (R22).
    ERR_SVR_GROUP_READ_RECEIPT_NOT_FOUND = SEENBY_ERR_NO_RECEIPTS,
    ERR_SVR_ACCOUNT_USERSIG_EXPIRED = SEENBY_ERR_USER_SIG_EXPIRED,
    ERR_SVR_ACCOUNT_USERSIG_ILLEGAL = SEENBY_ERR_USER_SIG_INVALID,
    /// The message is longer than 12 KB.
    ERR_SVR_COMM_BODY_SIZE_LIMIT = SEENBY_ERR_BODY_TOO_LONG
    // Ours are the constants SEENBY_ERR_* of seenby.h from 90001 on.
};

SEENBY_V2TIM_END

#ifndef SEENBY_V2TIM_NO_GLOBAL_NAMES
using seenby_v2tim::ERR_INVALID_PARAMETERS;
using seenby_v2tim::ERR_LOGIN_KICKED_OFF_BY_OTHER;
using seenby_v2tim::ERR_REQUEST_TIME_OUT;
using seenby_v2tim::ERR_SDK_COMM_INTERRUPT;
using seenby_v2tim::ERR_SDK_INTERFACE_NOT_SUPPORT;
using seenby_v2tim::ERR_SDK_NET_CONN_REFUSE;
using seenby_v2tim::ERR_SDK_NET_CONN_TIMEOUT;
using seenby_v2tim::ERR_SDK_NET_DISCONNECT;
using seenby_v2tim::ERR_SDK_NET_FREQ_LIMIT;
using seenby_v2tim::ERR_SDK_NET_NET_UNREACH;
using seenby_v2tim::ERR_SDK_NET_PKG_SIZE_LIMIT;
using seenby_v2tim::ERR_SDK_NOT_INITIALIZED;
using seenby_v2tim::ERR_SDK_NOT_LOGGED_IN;
using seenby_v2tim::ERR_SUCC;
using seenby_v2tim::ERR_SVR_ACCOUNT_USERSIG_EXPIRED;
using seenby_v2tim::ERR_SVR_ACCOUNT_USERSIG_ILLEGAL;
using seenby_v2tim::ERR_SVR_COMM_BODY_SIZE_LIMIT;
using seenby_v2tim::ERR_SVR_GROUP_INTERNAL_ERROR;
using seenby_v2tim::ERR_SVR_GROUP_INVALID_PARAMETERS;
using seenby_v2tim::ERR_SVR_GROUP_NOT_FOUND;
using seenby_v2tim::ERR_SVR_GROUP_PERMISSION_DENY;
using seenby_v2tim::ERR_SVR_GROUP_READ_RECEIPT_NOT_FOUND;
using seenby_v2tim::ERR_USER_SIG_EXPIRED;
using seenby_v2tim::V2TIMErrorCode;
#endif

#endif  // SEENBY_V2TIM_ERROR_CODE_H
