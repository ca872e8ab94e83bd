// SPDX-License-Identifier: MIT OR Apache-2.0
//
// A stand-in for another library that defines the documented names globally, with symbols of its own. What its functions
// answer is told from what SeenBy's answer.

#ifndef STAND_IN_V2TIM_MANAGER_H
#define STAND_IN_V2TIM_MANAGER_H

#include <cstddef>
#include <cstdint>

// As such a library may have it: a macro, and classes with functions that are not inline.
#define DEFINE_VECTOR(T) \
    class TX##T##Vector { \
    public: \
        size_t Size() const; \
    };

class V2TIMString {
public:
    V2TIMString();
    V2TIMString(const char* text);
    V2TIMString(const V2TIMString& other);
    virtual ~V2TIMString();
    V2TIMString& operator=(const V2TIMString& other);
    bool operator==(const V2TIMString& other) const;
    size_t Size() const;
    bool Empty() const;
    const char* CString() const;
};

enum V2TIMMessagePriority { V2TIM_PRIORITY_DEFAULT = 40 };

enum V2TIMErrorCode { ERR_SUCC = 41 };

struct V2TIMMessage {
    V2TIMMessage();
    V2TIMMessage(const V2TIMMessage& other);
    ~V2TIMMessage();
    bool IsRead() const;
    int padding[4];
};

DEFINE_VECTOR(V2TIMMessage)
typedef TXV2TIMMessageVector V2TIMMessageVector;

class V2TIMCallback {
public:
    V2TIMCallback();
    virtual ~V2TIMCallback();
    virtual void OnSuccess() = 0;
};

class V2TIMMessageManager {
public:
    virtual ~V2TIMMessageManager();
    virtual int WhoseIsThis();
};

class V2TIMManager {
public:
    virtual ~V2TIMManager();
    static V2TIMManager* GetInstance();
    virtual V2TIMMessageManager* GetMessageManager();
    virtual V2TIMString GetVersion();
};

#endif  // STAND_IN_V2TIM_MANAGER_H
