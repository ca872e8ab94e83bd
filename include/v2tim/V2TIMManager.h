// SPDX-License-Identifier: MIT OR Apache-2.0
//
// The documented entrance; includes everything.

#ifndef SEENBY_V2TIM_MANAGER_H
#define SEENBY_V2TIM_MANAGER_H

#include "V2TIMCallback.h"
#include "V2TIMCommon.h"
#include "V2TIMConversationManager.h"
#include "V2TIMErrorCode.h"
#include "V2TIMFriendshipManager.h"
#include "V2TIMGroupManager.h"
#include "V2TIMListener.h"
#include "V2TIMMessageManager.h"
#include "V2TIMSeenBy.h"

SEENBY_V2TIM_BEGIN

/// One device of one user at a time. Every call may be made from any thread, and from inside a callback; none waits for the
/// network. Before InitSDK calls answer 6013, before Login 6014. docs/v2tim-cpp.md says which call works.
class V2TIMManager {
public:
    virtual ~V2TIMManager() {}

    /// The documented singleton: the client of the process. It is never destroyed. Further managers:
    /// V2TIMSeenByManager::CreateManager.
    static V2TIMManager* GetInstance();

    virtual void AddSDKListener(V2TIMSDKListener* listener) = 0;
    /// No call to it starts after this has returned; outside of callbacks it waits for one that runs.
    virtual void RemoveSDKListener(V2TIMSDKListener* listener) = 0;

    /// Opens the data folder; connects at Login. Where to: config.seenBy.server (R28). false: it was refused, and
    /// V2TIMSeenByManager::LastError() says why.
    virtual bool InitSDK(uint32_t sdkAppID, const V2TIMSDKConfig& config) = 0;
    /// Never waits. Calls that are out end with 7009, possibly after this has returned; later ones with 6013.
    virtual void UnInitSDK() = 0;
    /// Of SeenBy, "0.1.0".
    virtual V2TIMString GetVersion() = 0;
    /// In s; 0 before InitSDK.
    virtual int64_t GetServerTime() = 0;

    /// userSig: a token that the app's backend made (R21). The user who is logged in: renews it (R30).
    virtual void Login(const V2TIMString& userID, const V2TIMString& userSig, V2TIMCallback* callback) = 0;
    virtual void Logout(V2TIMCallback* callback) = 0;
    /// Empty: nobody.
    virtual V2TIMString GetLoginUser() = 0;
    virtual V2TIMLoginStatus GetLoginStatus() = 0;

    virtual void AddSimpleMsgListener(V2TIMSimpleMsgListener* listener) = 0;
    virtual void RemoveSimpleMsgListener(V2TIMSimpleMsgListener* listener) = 0;
    // Messages without receipts; with them: V2TIMMessageManager::SendMessage.
    virtual V2TIMString SendC2CTextMessage(const V2TIMString& text, const V2TIMString& userID,
                                           V2TIMSendCallback* callback) = 0;
    virtual V2TIMString SendC2CCustomMessage(const V2TIMBuffer& customData, const V2TIMString& userID,
                                             V2TIMSendCallback* callback) = 0;
    virtual V2TIMString SendGroupTextMessage(const V2TIMString& text, const V2TIMString& groupID,
                                             V2TIMMessagePriority priority, V2TIMSendCallback* callback) = 0;
    virtual V2TIMString SendGroupCustomMessage(const V2TIMBuffer& customData, const V2TIMString& groupID,
                                               V2TIMMessagePriority priority, V2TIMSendCallback* callback) = 0;

    virtual void AddGroupListener(V2TIMGroupListener* listener) = 0;
    virtual void RemoveGroupListener(V2TIMGroupListener* listener) = 0;
    /// groupType: Work, Public, Meeting, Community or AVChatRoom. groupID empty: one is made. OnSuccess has the id.
    virtual void CreateGroup(const V2TIMString& groupType, const V2TIMString& groupID, const V2TIMString& groupName,
                             V2TIMValueCallback<V2TIMString>* callback) = 0;
    /// `message` is not told to anybody.
    virtual void JoinGroup(const V2TIMString& groupID, const V2TIMString& message, V2TIMCallback* callback) = 0;
    virtual void QuitGroup(const V2TIMString& groupID, V2TIMCallback* callback) = 0;
    virtual void DismissGroup(const V2TIMString& groupID, V2TIMCallback* callback) = 0;

    virtual void GetUsersInfo(const V2TIMStringVector& userIDList,
                              V2TIMValueCallback<V2TIMUserFullInfoVector>* callback) = 0;
    /// Of `info`: nickName and faceURL (R27), as modifyFlag says; without it those that are not empty.
    virtual void SetSelfInfo(const V2TIMUserFullInfo& info, V2TIMCallback* callback) = 0;

    // Outside SeenBy: 7013.
    virtual void SubscribeUserInfo(const V2TIMStringVector& userIDList, V2TIMCallback* callback) = 0;
    virtual void UnsubscribeUserInfo(const V2TIMStringVector& userIDList, V2TIMCallback* callback) = 0;
    virtual void GetUserStatus(const V2TIMStringVector& userIDList,
                               V2TIMValueCallback<V2TIMUserStatusVector>* callback) = 0;
    virtual void SetSelfStatus(const V2TIMUserStatus& status, V2TIMCallback* callback) = 0;
    virtual void SubscribeUserStatus(const V2TIMStringVector& userIDList, V2TIMCallback* callback) = 0;
    virtual void UnsubscribeUserStatus(const V2TIMStringVector& userIDList, V2TIMCallback* callback) = 0;
    virtual void CallExperimentalAPI(const V2TIMString& api, const void* param,
                                     V2TIMValueCallback<V2TIMBaseObject>* callback) = 0;

    virtual V2TIMMessageManager* GetMessageManager() = 0;
    virtual V2TIMGroupManager* GetGroupManager() = 0;
    virtual V2TIMConversationManager* GetConversationManager() = 0;
    virtual V2TIMFriendshipManager* GetFriendshipManager() = 0;
    virtual V2TIMOfflinePushManager* GetOfflinePushManager() = 0;
    virtual V2TIMSignalingManager* GetSignalingManager() = 0;

    /// Ours: what the documented API does not have. nullptr: this is no manager of SeenBy (a test's own, say).
    virtual V2TIMSeenByManager* GetSeenByManager() { return nullptr; }
};

SEENBY_V2TIM_END

#include "detail/manager.h"

#ifndef SEENBY_V2TIM_NO_GLOBAL_NAMES
using seenby_v2tim::V2TIMManager;
#endif

#endif  // SEENBY_V2TIM_MANAGER_H
