// SPDX-License-Identifier: MIT OR Apache-2.0
//
// What an app hears without having asked. Every method has an empty body, so that a listener overrides what it needs.
//
// Listeners are not owned, and must stay valid until they are removed. They may be added before InitSDK and stay through
// UnInitSDK and InitSDK; one that is added twice is told once. They are called one at a time, in the order in which things
// happened, on the delivery thread (or by the dispatcher). After a Remove has returned no call to that listener starts;
// outside of callbacks it also waits for one that runs on another thread. An exception that leaves one is caught and reported.

#ifndef SEENBY_V2TIM_LISTENER_H
#define SEENBY_V2TIM_LISTENER_H

#include "V2TIMConversation.h"
#include "V2TIMFriendship.h"
#include "V2TIMGroup.h"
#include "V2TIMMessage.h"

SEENBY_V2TIM_BEGIN

/// The connection and the login (R30).
class V2TIMSDKListener {
public:
    virtual ~V2TIMSDKListener() {}
    virtual void OnConnecting() {}
    virtual void OnConnectSuccess() {}
    /// SeenBy goes on trying.
    virtual void OnConnectFailed(int /*error_code*/, const V2TIMString& /*error_message*/) {}
    /// Another session of this user and device took over; nobody is logged in any more.
    virtual void OnKickedOffline() {}
    /// Log in again with a new userSig.
    virtual void OnUserSigExpired() {}
    /// Never called.
    virtual void OnSelfInfoUpdated(const V2TIMUserFullInfo& /*info*/) {}
    /// Never called.
    virtual void OnUserStatusChanged(const V2TIMUserStatusVector& /*userStatusList*/) {}
    /// Never called.
    virtual void OnUserInfoChanged(const V2TIMUserFullInfoVector& /*userInfoList*/) {}
};

/// Messages of others, text and custom ones, in short.
class V2TIMSimpleMsgListener {
public:
    virtual ~V2TIMSimpleMsgListener() {}
    virtual void OnRecvC2CTextMessage(const V2TIMString& /*msgID*/, const V2TIMUserFullInfo& /*sender*/,
                                      const V2TIMString& /*text*/) {}
    virtual void OnRecvC2CCustomMessage(const V2TIMString& /*msgID*/, const V2TIMUserFullInfo& /*sender*/,
                                        const V2TIMBuffer& /*customData*/) {}
    virtual void OnRecvGroupTextMessage(const V2TIMString& /*msgID*/, const V2TIMString& /*groupID*/,
                                        const V2TIMGroupMemberFullInfo& /*sender*/, const V2TIMString& /*text*/) {}
    virtual void OnRecvGroupCustomMessage(const V2TIMString& /*msgID*/, const V2TIMString& /*groupID*/,
                                          const V2TIMGroupMemberFullInfo& /*sender*/,
                                          const V2TIMBuffer& /*customData*/) {}
};
SEENBY_V2TIM_POINT_VECTOR(V2TIMSimpleMsgListener)
typedef TXPV2TIMSimpleMsgListenerVector V2TIMSimpleMsgListenerVector;

/// Messages and receipts.
class V2TIMAdvancedMsgListener {
public:
    virtual ~V2TIMAdvancedMsgListener() {}
    /// Also one's own from another device: isSelf (R18).
    virtual void OnRecvNewMessage(const V2TIMMessage& /*message*/) {}
    /// Peers marked conversations as read (R14): userID and timestamp say who and when, msgID is empty.
    virtual void OnRecvC2CReadReceipt(const V2TIMMessageReceiptVector& /*receiptList*/) {}
    /// Messages of one's own were read (R12): the latest summary of each.
    virtual void OnRecvMessageReadReceipts(const V2TIMMessageReceiptVector& /*receiptList*/) {}
    /// A message was recalled (R32).
    virtual void OnRecvMessageRevoked(const V2TIMString& /*msgID*/) {}
    /// As above, called beside it: by whom. The reason is empty.
    virtual void OnRecvMessageRevoked(const V2TIMString& /*msgID*/, const V2TIMUserFullInfo& /*operateUser*/,
                                      const V2TIMString& /*reason*/) {}
    /// Never called.
    virtual void OnRecvMessageModified(const V2TIMMessage& /*message*/) {}
    /// Never called.
    virtual void OnRecvMessageExtensionsChanged(const V2TIMString& /*msgID*/,
                                                const V2TIMMessageExtensionVector& /*extensions*/) {}
    /// Never called.
    virtual void OnRecvMessageExtensionsDeleted(const V2TIMString& /*msgID*/,
                                                const V2TIMStringVector& /*extensionKeys*/) {}
};

/// Groups (R25), batched. In groups above 1 000 members only V2TIMSeenByListener::OnGroupChanged comes, with the count.
/// Members and opUser have a userID, and no names.
class V2TIMGroupListener {
public:
    virtual ~V2TIMGroupListener() {}
    /// Members joined.
    virtual void OnMemberEnter(const V2TIMString& /*groupID*/, const V2TIMGroupMemberInfoVector& /*memberList*/) {}
    /// A member quit.
    virtual void OnMemberLeave(const V2TIMString& /*groupID*/, const V2TIMGroupMemberInfo& /*member*/) {}
    virtual void OnMemberInvited(const V2TIMString& /*groupID*/, const V2TIMGroupMemberInfo& /*opUser*/,
                                 const V2TIMGroupMemberInfoVector& /*memberList*/) {}
    virtual void OnMemberKicked(const V2TIMString& /*groupID*/, const V2TIMGroupMemberInfo& /*opUser*/,
                                const V2TIMGroupMemberInfoVector& /*memberList*/) {}
    /// Never called.
    virtual void OnMemberInfoChanged(const V2TIMString& /*groupID*/,
                                     const V2TIMGroupMemberChangeInfoVector& /*memberChangeInfoList*/) {}
    virtual void OnGroupCreated(const V2TIMString& /*groupID*/) {}
    virtual void OnGroupDismissed(const V2TIMString& /*groupID*/, const V2TIMGroupMemberInfo& /*opUser*/) {}
    /// Never called.
    virtual void OnGroupRecycled(const V2TIMString& /*groupID*/, const V2TIMGroupMemberInfo& /*opUser*/) {}
    /// Only when the group has another owner.
    virtual void OnGroupInfoChanged(const V2TIMString& /*groupID*/,
                                    const V2TIMGroupChangeInfoVector& /*changeInfos*/) {}
    /// Never called.
    virtual void OnGroupAttributeChanged(const V2TIMString& /*groupID*/,
                                         const V2TIMGroupAttributeMap& /*groupAttributeMap*/) {}
    /// Never called.
    virtual void OnGroupCounterChanged(const V2TIMString& /*groupID*/, const V2TIMString& /*key*/,
                                       int64_t /*newValue*/) {}
    /// Never called.
    virtual void OnReceiveJoinApplication(const V2TIMString& /*groupID*/, const V2TIMGroupMemberInfo& /*member*/,
                                          const V2TIMString& /*opReason*/) {}
    /// Never called.
    virtual void OnApplicationProcessed(const V2TIMString& /*groupID*/, const V2TIMGroupMemberInfo& /*opUser*/,
                                        bool /*isAgreeJoin*/, const V2TIMString& /*opReason*/) {}
    /// Members became admins.
    virtual void OnGrantAdministrator(const V2TIMString& /*groupID*/, const V2TIMGroupMemberInfo& /*opUser*/,
                                      const V2TIMGroupMemberInfoVector& /*memberList*/) {}
    /// Admins became members.
    virtual void OnRevokeAdministrator(const V2TIMString& /*groupID*/, const V2TIMGroupMemberInfo& /*opUser*/,
                                       const V2TIMGroupMemberInfoVector& /*memberList*/) {}
    /// Never called: OnMemberLeave tells it.
    virtual void OnQuitFromGroup(const V2TIMString& /*groupID*/) {}
    /// Never called.
    virtual void OnReceiveRESTCustomData(const V2TIMString& /*groupID*/, const V2TIMBuffer& /*customData*/) {}
};

/// Conversations (R26).
class V2TIMConversationListener {
public:
    virtual ~V2TIMConversationListener() {}
    /// Never called.
    virtual void OnSyncServerStart() {}
    /// Never called.
    virtual void OnSyncServerFinish() {}
    /// Never called.
    virtual void OnSyncServerFailed() {}
    /// Never called: OnConversationChanged tells of new ones too.
    virtual void OnNewConversation(const V2TIMConversationVector& /*conversationList*/) {}
    virtual void OnConversationChanged(const V2TIMConversationVector& /*conversationList*/) {}
    virtual void OnTotalUnreadMessageCountChanged(uint64_t /*totalUnreadCount*/) {}
    /// Never called.
    virtual void OnUnreadMessageCountChangedByFilter(const V2TIMConversationListFilter& /*filter*/,
                                                     uint64_t /*totalUnreadCount*/) {}
    /// Never called.
    virtual void OnConversationGroupCreated(const V2TIMString& /*groupName*/,
                                            const V2TIMConversationVector& /*conversationList*/) {}
    /// Never called.
    virtual void OnConversationGroupDeleted(const V2TIMString& /*groupName*/) {}
    /// Never called.
    virtual void OnConversationGroupNameChanged(const V2TIMString& /*oldName*/, const V2TIMString& /*newName*/) {}
    /// Never called.
    virtual void OnConversationsAddedToGroup(const V2TIMString& /*groupName*/,
                                             const V2TIMConversationVector& /*conversationList*/) {}
    /// Never called.
    virtual void OnConversationsDeletedFromGroup(const V2TIMString& /*groupName*/,
                                                 const V2TIMConversationVector& /*conversationList*/) {}
};

/// V2TIMSDKConfig::logListener: lines of the log, on a thread of their own.
class V2TIMLogListener {
public:
    virtual ~V2TIMLogListener() {}
    virtual void OnLog(V2TIMLogLevel /*logLevel*/, const V2TIMString& /*logContent*/) {}
};

/// Never called: friends are outside SeenBy.
class V2TIMFriendshipListener {
public:
    virtual ~V2TIMFriendshipListener() {}
    virtual void OnFriendListAdded(const V2TIMFriendInfoVector& /*userIDList*/) {}
    virtual void OnFriendListDeleted(const V2TIMStringVector& /*userIDList*/) {}
    virtual void OnBlackListAdded(const V2TIMFriendInfoVector& /*infoList*/) {}
    virtual void OnBlackListDeleted(const V2TIMStringVector& /*userIDList*/) {}
    virtual void OnFriendInfoChanged(const V2TIMFriendInfoVector& /*infoList*/) {}
};

/// Never called: signaling is outside SeenBy.
class V2TIMSignalingListener {
public:
    virtual ~V2TIMSignalingListener() {}
    virtual void OnReceiveNewInvitation(const V2TIMString& /*inviteID*/, const V2TIMString& /*inviter*/,
                                        const V2TIMString& /*groupID*/, const V2TIMStringVector& /*inviteeList*/,
                                        const V2TIMString& /*data*/) {}
    virtual void OnInviteeAccepted(const V2TIMString& /*inviteID*/, const V2TIMString& /*invitee*/,
                                   const V2TIMString& /*data*/) {}
    virtual void OnInviteeRejected(const V2TIMString& /*inviteID*/, const V2TIMString& /*invitee*/,
                                   const V2TIMString& /*data*/) {}
    virtual void OnInvitationCancelled(const V2TIMString& /*inviteID*/, const V2TIMString& /*inviter*/,
                                       const V2TIMString& /*data*/) {}
    virtual void OnInvitationTimeout(const V2TIMString& /*inviteID*/, const V2TIMStringVector& /*inviteeList*/) {}
};

/// Ours: something happened in a group (R25).
struct V2TIMSeenByGroupChange {
    V2TIMString groupID;
    /// SEENBY_GROUP_*. SEENBY_GROUP_COUNT: only how many members it has.
    int32_t change = SEENBY_GROUP_COUNT;
    /// SEENBY_GROUP_ROLE_CHANGED: the new role, V2TIMGroupMemberRole. Else 0.
    uint32_t role = 0;
    /// Who did it; may be empty.
    V2TIMString by;
    /// To whom it was done: user ids.
    V2TIMStringVector members;
    /// How many members the group has now.
    uint32_t memberCount = 0;
};

/// Ours.
class V2TIMSeenByListener {
public:
    virtual ~V2TIMSeenByListener() {}
    /// Another device of this user sent receipts for these messages (R13).
    virtual void OnReceiptsSent(const V2TIMString& /*conversationID*/, const V2TIMStringVector& /*msgIDs*/) {}
    /// The privacy switch was changed from another device (R15).
    virtual void OnReadReceiptsEnabledChanged(bool /*enabled*/) {}
    /// All that V2TIMGroupListener hears, and the count in big groups.
    virtual void OnGroupChanged(const V2TIMSeenByGroupChange& /*change*/) {}
    /// As OnRecvMessageRevoked, with the conversation and the seq.
    virtual void OnMessageRevoked(const V2TIMString& /*conversationID*/, const V2TIMString& /*msgID*/,
                                  uint64_t /*seq*/, const V2TIMString& /*operatorID*/) {}
};

SEENBY_V2TIM_END

#ifndef SEENBY_V2TIM_NO_GLOBAL_NAMES
using seenby_v2tim::TXPV2TIMSimpleMsgListenerVector;
using seenby_v2tim::V2TIMAdvancedMsgListener;
using seenby_v2tim::V2TIMConversationListener;
using seenby_v2tim::V2TIMFriendshipListener;
using seenby_v2tim::V2TIMGroupListener;
using seenby_v2tim::V2TIMLogListener;
using seenby_v2tim::V2TIMSDKListener;
using seenby_v2tim::V2TIMSeenByGroupChange;
using seenby_v2tim::V2TIMSeenByListener;
using seenby_v2tim::V2TIMSignalingListener;
using seenby_v2tim::V2TIMSimpleMsgListener;
using seenby_v2tim::V2TIMSimpleMsgListenerVector;
#endif

#endif  // SEENBY_V2TIM_LISTENER_H
