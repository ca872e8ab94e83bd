// SPDX-License-Identifier: MIT OR Apache-2.0
//
// Friends, signaling and push notifications are outside SeenBy: every call here answers 7013, listeners are never called.

#ifndef SEENBY_V2TIM_FRIENDSHIP_MANAGER_H
#define SEENBY_V2TIM_FRIENDSHIP_MANAGER_H

#include "V2TIMCallback.h"
#include "V2TIMFriendship.h"
#include "V2TIMListener.h"
#include "V2TIMOfflinePush.h"

SEENBY_V2TIM_BEGIN

class V2TIMFriendshipManager {
public:
    virtual ~V2TIMFriendshipManager() {}
    virtual void AddFriendListener(V2TIMFriendshipListener* listener) = 0;
    virtual void RemoveFriendListener(V2TIMFriendshipListener* listener) = 0;
    virtual void GetFriendList(V2TIMValueCallback<V2TIMFriendInfoVector>* callback) = 0;
    virtual void SetFriendInfo(const V2TIMFriendInfo& info, V2TIMCallback* callback) = 0;
    virtual void GetBlackList(V2TIMValueCallback<V2TIMFriendInfoVector>* callback) = 0;
};

class V2TIMSignalingManager {
public:
    virtual ~V2TIMSignalingManager() {}
    virtual void AddSignalingListener(V2TIMSignalingListener* listener) = 0;
    virtual void RemoveSignalingListener(V2TIMSignalingListener* listener) = 0;
    virtual V2TIMString Invite(const V2TIMString& invitee, const V2TIMString& data, bool onlineUserOnly,
                               const V2TIMOfflinePushInfo& offlinePushInfo, int timeout, V2TIMCallback* callback) = 0;
    virtual V2TIMString InviteInGroup(const V2TIMString& groupID, const V2TIMStringVector& inviteeList,
                                      const V2TIMString& data, bool onlineUserOnly, int timeout,
                                      V2TIMCallback* callback) = 0;
    virtual void Cancel(const V2TIMString& inviteID, const V2TIMString& data, V2TIMCallback* callback) = 0;
    virtual void Accept(const V2TIMString& inviteID, const V2TIMString& data, V2TIMCallback* callback) = 0;
    virtual void Reject(const V2TIMString& inviteID, const V2TIMString& data, V2TIMCallback* callback) = 0;
};

class V2TIMOfflinePushManager {
public:
    virtual ~V2TIMOfflinePushManager() {}
    /// To tell SeenBy that the app went to the background: V2TIMSeenByManager::Foreground.
    virtual void DoBackground(uint32_t unreadCount, V2TIMCallback* callback) = 0;
    /// To tell SeenBy that the app came to the foreground: V2TIMSeenByManager::Foreground.
    virtual void DoForeground(V2TIMCallback* callback) = 0;
};

SEENBY_V2TIM_END

#ifndef SEENBY_V2TIM_NO_GLOBAL_NAMES
using seenby_v2tim::V2TIMFriendshipManager;
using seenby_v2tim::V2TIMOfflinePushManager;
using seenby_v2tim::V2TIMSignalingManager;
#endif

#endif  // SEENBY_V2TIM_FRIENDSHIP_MANAGER_H
