// SPDX-License-Identifier: MIT OR Apache-2.0
//
// The end of a call: exactly one of OnSuccess, OnError, OnComplete comes, exactly once, on the delivery thread (or by the
// dispatcher), never inside the call. The object is not touched afterwards, so it may delete itself in it. nullptr instead
// of a callback is legal. An exception that leaves one is caught and reported (docs/v2tim-cpp.md).

#ifndef SEENBY_V2TIM_CALLBACK_H
#define SEENBY_V2TIM_CALLBACK_H

#include "V2TIMMessage.h"
#include "V2TIMString.h"

SEENBY_V2TIM_BEGIN

class V2TIMBaseCallback {
public:
    V2TIMBaseCallback() {}
    virtual ~V2TIMBaseCallback() {}
};

class V2TIMCallback : public V2TIMBaseCallback {
public:
    virtual void OnSuccess() = 0;
    virtual void OnError(int error_code, const V2TIMString& error_message) = 0;
};

template <class T>
class V2TIMValueCallback : public V2TIMBaseCallback {
public:
    /// The value lives until this returns.
    virtual void OnSuccess(const T& value) = 0;
    virtual void OnError(int error_code, const V2TIMString& error_message) = 0;
};

/// The end of a call that gives a value in any case.
template <class T>
class V2TIMCompleteCallback : public V2TIMBaseCallback {
public:
    virtual void OnComplete(int error_code, const V2TIMString& error_message, const T& value) = 0;
};

class V2TIMSendCallback : public V2TIMValueCallback<V2TIMMessage> {
public:
    /// 0 to 100, of uploads. SeenBy's messages have none, so it does not come.
    virtual void OnProgress(uint32_t progress) = 0;
};

class V2TIMDownloadCallback : public V2TIMCallback {
public:
    virtual void OnDownLoadProgress(uint64_t currentSize, uint64_t totalSize) = 0;
};

SEENBY_V2TIM_END

#ifndef SEENBY_V2TIM_NO_GLOBAL_NAMES
using seenby_v2tim::V2TIMBaseCallback;
using seenby_v2tim::V2TIMCallback;
using seenby_v2tim::V2TIMCompleteCallback;
using seenby_v2tim::V2TIMDownloadCallback;
using seenby_v2tim::V2TIMSendCallback;
using seenby_v2tim::V2TIMValueCallback;
#endif

#endif  // SEENBY_V2TIM_CALLBACK_H
