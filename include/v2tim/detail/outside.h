// SPDX-License-Identifier: MIT OR Apache-2.0
//
// The managers that are outside SeenBy: every call answers 7013. Not for apps.

#ifndef SEENBY_V2TIM_DETAIL_OUTSIDE_H
#define SEENBY_V2TIM_DETAIL_OUTSIDE_H

#include "../V2TIMFriendshipManager.h"
#include "core.h"

SEENBY_V2TIM_BEGIN

namespace detail {

class FriendshipManager final : public V2TIMFriendshipManager {
public:
    explicit FriendshipManager(Core& core) : core_(core) {}
    void AddFriendListener(V2TIMFriendshipListener*) override {}
    void RemoveFriendListener(V2TIMFriendshipListener*) override {}
    void GetFriendList(V2TIMValueCallback<V2TIMFriendInfoVector>* callback) override {
        unsupported(core_.target(), callback, "GetFriendList");
    }
    void SetFriendInfo(const V2TIMFriendInfo&, V2TIMCallback* callback) override {
        unsupported(core_.target(), callback, "SetFriendInfo");
    }
    void GetBlackList(V2TIMValueCallback<V2TIMFriendInfoVector>* callback) override {
        unsupported(core_.target(), callback, "GetBlackList");
    }

private:
    Core& core_;
};

class OfflinePushManager final : public V2TIMOfflinePushManager {
public:
    explicit OfflinePushManager(Core& core) : core_(core) {}
    void DoBackground(uint32_t, V2TIMCallback* callback) override {
        unsupported(core_.target(), callback, "DoBackground");
    }
    void DoForeground(V2TIMCallback* callback) override { unsupported(core_.target(), callback, "DoForeground"); }

private:
    Core& core_;
};

class SignalingManager final : public V2TIMSignalingManager {
public:
    explicit SignalingManager(Core& core) : core_(core) {}
    void AddSignalingListener(V2TIMSignalingListener*) override {}
    void RemoveSignalingListener(V2TIMSignalingListener*) override {}
    V2TIMString Invite(const V2TIMString&, const V2TIMString&, bool, const V2TIMOfflinePushInfo&, int,
                       V2TIMCallback* callback) override {
        unsupported(core_.target(), callback, "Invite");
        return V2TIMString();
    }
    V2TIMString InviteInGroup(const V2TIMString&, const V2TIMStringVector&, const V2TIMString&, bool, int,
                              V2TIMCallback* callback) override {
        unsupported(core_.target(), callback, "InviteInGroup");
        return V2TIMString();
    }
    void Cancel(const V2TIMString&, const V2TIMString&, V2TIMCallback* callback) override {
        unsupported(core_.target(), callback, "Cancel");
    }
    void Accept(const V2TIMString&, const V2TIMString&, V2TIMCallback* callback) override {
        unsupported(core_.target(), callback, "Accept");
    }
    void Reject(const V2TIMString&, const V2TIMString&, V2TIMCallback* callback) override {
        unsupported(core_.target(), callback, "Reject");
    }

private:
    Core& core_;
};

}  // namespace detail

SEENBY_V2TIM_END

#endif  // SEENBY_V2TIM_DETAIL_OUTSIDE_H
