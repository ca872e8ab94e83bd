// SPDX-License-Identifier: MIT OR Apache-2.0

#include "V2TIMManager.h"

V2TIMString::V2TIMString() {}
V2TIMString::V2TIMString(const char*) {}
V2TIMString::V2TIMString(const V2TIMString&) {}
V2TIMString::~V2TIMString() {}
V2TIMString& V2TIMString::operator=(const V2TIMString&) { return *this; }
bool V2TIMString::operator==(const V2TIMString&) const { return false; }
size_t V2TIMString::Size() const { return 4711; }
bool V2TIMString::Empty() const { return false; }
const char* V2TIMString::CString() const { return "stand-in"; }

V2TIMMessage::V2TIMMessage() { padding[0] = 1; }
V2TIMMessage::V2TIMMessage(const V2TIMMessage&) { padding[0] = 2; }
V2TIMMessage::~V2TIMMessage() {}
bool V2TIMMessage::IsRead() const { return true; }
size_t TXV2TIMMessageVector::Size() const { return 4712; }

V2TIMCallback::V2TIMCallback() {}
V2TIMCallback::~V2TIMCallback() {}
V2TIMMessageManager::~V2TIMMessageManager() {}
int V2TIMMessageManager::WhoseIsThis() { return 4713; }
V2TIMManager::~V2TIMManager() {}
V2TIMManager* V2TIMManager::GetInstance() {
    static V2TIMManager manager;
    return &manager;
}
V2TIMMessageManager* V2TIMManager::GetMessageManager() {
    static V2TIMMessageManager manager;
    return &manager;
}
V2TIMString V2TIMManager::GetVersion() { return V2TIMString(); }
