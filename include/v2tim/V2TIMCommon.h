// SPDX-License-Identifier: MIT OR Apache-2.0

#ifndef SEENBY_V2TIM_COMMON_H
#define SEENBY_V2TIM_COMMON_H

#include "V2TIMBuffer.h"
#include "V2TIMDefine.h"
#include "V2TIMErrorCode.h"
#include "V2TIMSeenByFields.h"
#include "V2TIMString.h"

SEENBY_V2TIM_BEGIN

enum V2TIMLoginStatus : int {
    V2TIM_STATUS_LOGINED = SEENBY_LOGIN_STATUS_LOGINED,
    V2TIM_STATUS_LOGINING = SEENBY_LOGIN_STATUS_LOGINING,
    V2TIM_STATUS_LOGOUT = SEENBY_LOGIN_STATUS_LOGOUT
};

enum V2TIMLogLevel : int {
    V2TIM_LOG_NONE = 0,
    V2TIM_LOG_DEBUG = 3,
    V2TIM_LOG_INFO = 4,
    V2TIM_LOG_WARN = 5,
    V2TIM_LOG_ERROR = 6
};

enum V2TIMReceiveMessageOpt : int {
    V2TIM_RECEIVE_MESSAGE = 0,
    V2TIM_NOT_RECEIVE_MESSAGE = 1,
    V2TIM_RECEIVE_NOT_NOTIFY_MESSAGE = 2
};

SEENBY_V2TIM_MAP(V2TIMString, V2TIMBuffer)
typedef TXV2TIMStringToV2TIMBufferMap V2TIMCustomInfo;
SEENBY_V2TIM_MAP(V2TIMString, V2TIMString)
typedef TXV2TIMStringToV2TIMStringMap V2TIMStringToV2TIMStringMap;
typedef TXV2TIMStringToV2TIMStringMap V2TIMGroupAttributeMap;
SEENBY_V2TIM_MAP(V2TIMString, int64_t)
typedef TXV2TIMStringToint64_tMap V2TIMStringToInt64Map;
SEENBY_V2TIM_VECTOR(uint64_t)
typedef TXuint64_tVector UInt64Vector;

struct V2TIMBaseObject {
    V2TIMBaseObject() {}
    V2TIMBaseObject(const V2TIMBaseObject&) = default;
    V2TIMBaseObject(V2TIMBaseObject&&) noexcept = default;
    V2TIMBaseObject& operator=(const V2TIMBaseObject&) = default;
    V2TIMBaseObject& operator=(V2TIMBaseObject&&) noexcept = default;
    virtual ~V2TIMBaseObject() {}
};

class V2TIMLogListener;

struct V2TIMSDKConfig {
    /// The data folder, which belongs to one process at a time. Empty: seenby in the user's folder for application data.
    V2TIMString initPath;
    /// Not used: the log goes to logListener, or to stderr.
    V2TIMString logPath;
    /// With logListener: what it gets.
    V2TIMLogLevel logLevel = V2TIM_LOG_DEBUG;
    /// Not owned; stays valid until another one is given, or UnInitSDK has returned. One a process. nullptr: leaves it.
    V2TIMLogListener* logListener = nullptr;
    /// Ours: where to connect, and more.
    V2TIMSeenByConfig seenBy;
};

SEENBY_V2TIM_END

#ifndef SEENBY_V2TIM_NO_GLOBAL_NAMES
using seenby_v2tim::TXV2TIMStringToV2TIMBufferMap;
using seenby_v2tim::TXV2TIMStringToV2TIMStringMap;
using seenby_v2tim::TXV2TIMStringToint64_tMap;
using seenby_v2tim::TXuint64_tVector;
using seenby_v2tim::UInt64Vector;
using seenby_v2tim::V2TIMBaseObject;
using seenby_v2tim::V2TIMCustomInfo;
using seenby_v2tim::V2TIMGroupAttributeMap;
using seenby_v2tim::V2TIMLogLevel;
using seenby_v2tim::V2TIMLogListener;
using seenby_v2tim::V2TIMLoginStatus;
using seenby_v2tim::V2TIMReceiveMessageOpt;
using seenby_v2tim::V2TIMSDKConfig;
using seenby_v2tim::V2TIMStringToInt64Map;
using seenby_v2tim::V2TIMStringToV2TIMStringMap;
using seenby_v2tim::V2TIM_LOG_DEBUG;
using seenby_v2tim::V2TIM_LOG_ERROR;
using seenby_v2tim::V2TIM_LOG_INFO;
using seenby_v2tim::V2TIM_LOG_NONE;
using seenby_v2tim::V2TIM_LOG_WARN;
using seenby_v2tim::V2TIM_NOT_RECEIVE_MESSAGE;
using seenby_v2tim::V2TIM_RECEIVE_MESSAGE;
using seenby_v2tim::V2TIM_RECEIVE_NOT_NOTIFY_MESSAGE;
using seenby_v2tim::V2TIM_STATUS_LOGINED;
using seenby_v2tim::V2TIM_STATUS_LOGINING;
using seenby_v2tim::V2TIM_STATUS_LOGOUT;
#endif

#endif  // SEENBY_V2TIM_COMMON_H
