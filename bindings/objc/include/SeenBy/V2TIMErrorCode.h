// SPDX-License-Identifier: MIT OR Apache-2.0
//
// The documented numbers that SeenBy gives, by the documented names, and those of ours from 90000 on. Every error comes with
// a sentence that names the offending value and what would be right.

#ifndef SEENBY_OBJC_V2TIM_ERROR_CODE_H
#define SEENBY_OBJC_V2TIM_ERROR_CODE_H

#import "SeenByDefines.h"

typedef NS_ENUM(NSInteger, SeenByV2TIMErrorCode) {
    SEENBY_NAME(ERR_SUCC) = 0,
    /// No answer in time.
    SEENBY_NAME(ERR_REQUEST_TIME_OUT) = 6012,
    /// A call before initSDK, or after unInitSDK.
    SEENBY_NAME(ERR_SDK_NOT_INITIALIZED) = 6013,
    /// A call before login, or after being kicked.
    SEENBY_NAME(ERR_SDK_NOT_LOGGED_IN) = 6014,
    /// A value is not allowed; the sentence names it.
    SEENBY_NAME(ERR_INVALID_PARAMETERS) = 6017,
    /// The device knows that its userSig has run out.
    SEENBY_NAME(ERR_USER_SIG_EXPIRED) = 6206,
    /// Another session of this user and device took over.
    SEENBY_NAME(ERR_LOGIN_KICKED_OFF_BY_OTHER) = 6208,
    /// Cut short by unInitSDK or logout.
    SEENBY_NAME(ERR_SDK_COMM_INTERRUPT) = 7009,
    /// A documented call outside SeenBy, or receipts where the app rejects them (R8).
    SEENBY_NAME(ERR_SDK_INTERFACE_NOT_SUPPORT) = 7013,
    /// Too many requests.
    SEENBY_NAME(ERR_SDK_NET_FREQ_LIMIT) = 9506,
    /// No connection.
    SEENBY_NAME(ERR_SDK_NET_DISCONNECT) = 9508,
    SEENBY_NAME(ERR_SDK_NET_CONN_TIMEOUT) = 9510,
    SEENBY_NAME(ERR_SDK_NET_CONN_REFUSE) = 9511,
    SEENBY_NAME(ERR_SDK_NET_NET_UNREACH) = 9512,
    SEENBY_NAME(ERR_SDK_NET_PKG_SIZE_LIMIT) = 9522,
    /// The service failed inside; nothing was applied.
    SEENBY_NAME(ERR_SVR_GROUP_INTERNAL_ERROR) = 10002,
    /// An id is in use by something else (R23, R25).
    SEENBY_NAME(ERR_SVR_GROUP_INVALID_PARAMETERS) = 10004,
    /// Not entitled (R22).
    SEENBY_NAME(ERR_SVR_GROUP_PERMISSION_DENY) = 10007,
    /// The group does not exist, or was dismissed.
    SEENBY_NAME(ERR_SVR_GROUP_NOT_FOUND) = 10010,
    /// No receipts are known for this message, or not to this caller (R22).
    SEENBY_NAME(ERR_SVR_GROUP_READ_RECEIPT_NOT_FOUND) = 10062,
    SEENBY_NAME(ERR_SVR_ACCOUNT_USERSIG_EXPIRED) = 70001,
    SEENBY_NAME(ERR_SVR_ACCOUNT_USERSIG_ILLEGAL) = 70003,
    /// The message is longer than 12 KB.
    SEENBY_NAME(ERR_SVR_COMM_BODY_SIZE_LIMIT) = 80002,

    /// Ours: SeenBy failed inside; this manager is closed for good.
    SeenByErrorPanic = 90001,
    /// Ours: this call is not allowed inside a callback.
    SeenByErrorCalledFromCallback = 90002,
    /// Ours: this manager, tracker or service is closed.
    SeenByErrorClosed = 90003,
    /// Ours: the data folder failed, is damaged, or belongs to another process.
    SeenByErrorStore = 90004,
    /// Ours: the server's certificate was refused; the sentence names issuer and host.
    SeenByErrorCertificateRefused = 90005,
    /// Ours: the service does not speak this version of the protocol.
    SeenByErrorVersionRefused = 90006,
    /// Ours: a frame that is not of the protocol, or not in this state.
    SeenByErrorProtocol = 90007,
};
SEENBY_TYPE_NAME(V2TIMErrorCode)

#endif  // SEENBY_OBJC_V2TIM_ERROR_CODE_H
