// SPDX-License-Identifier: MIT OR Apache-2.0

#ifndef SEENBY_V2TIM_CONVERSATION_MANAGER_H
#define SEENBY_V2TIM_CONVERSATION_MANAGER_H

#include "V2TIMCallback.h"
#include "V2TIMConversation.h"
#include "V2TIMListener.h"

SEENBY_V2TIM_BEGIN

/// Conversations (R26). Which call works and which answers an error: docs/v2tim-cpp.md.
class V2TIMConversationManager {
public:
    virtual ~V2TIMConversationManager() {}

    virtual void AddConversationListener(V2TIMConversationListener* listener) = 0;
    /// No call to it starts after this has returned; outside of callbacks it waits for one that runs.
    virtual void RemoveConversationListener(V2TIMConversationListener* listener) = 0;
    /// A page, by last activity. nextSeq is 0 first, then what the last page gave.
    virtual void GetConversationList(uint64_t nextSeq, uint32_t count,
                                     V2TIMValueCallback<V2TIMConversationResult>* callback) = 0;
    /// c2c_<peer> or group_<id>.
    virtual void GetConversation(const V2TIMString& conversationID, V2TIMValueCallback<V2TIMConversation>* callback) = 0;
    virtual void GetTotalUnreadMessageCount(V2TIMValueCallback<uint64_t>* callback) = 0;
    /// Marks as read (R14): c2c_<peer>, group_<id>; all C2C: c2c; all groups: group; everything: an empty text.
    /// cleanTimestamp (in s, C2C) and cleanSequence (groups) can only lower the mark; 0: everything.
    virtual void CleanConversationUnreadMessageCount(const V2TIMString& conversationID, uint64_t cleanTimestamp,
                                                     uint64_t cleanSequence, V2TIMCallback* callback) = 0;

    // Outside SeenBy: 7013.
    virtual void GetConversationList(const V2TIMStringVector& conversationIDList,
                                     V2TIMValueCallback<V2TIMConversationVector>* callback) = 0;
    virtual void GetConversationListByFilter(const V2TIMConversationListFilter& filter, uint64_t nextSeq,
                                             uint32_t count, V2TIMValueCallback<V2TIMConversationResult>* callback) = 0;
    virtual void DeleteConversation(const V2TIMString& conversationID, V2TIMCallback* callback) = 0;
    virtual void DeleteConversationList(const V2TIMStringVector& conversationIDList, bool clearMessage,
                                        V2TIMValueCallback<V2TIMConversationOperationResultVector>* callback) = 0;
    virtual void SetConversationDraft(const V2TIMString& conversationID, const V2TIMString& draftText,
                                      V2TIMCallback* callback) = 0;
    virtual void SetConversationCustomData(const V2TIMStringVector& conversationIDList, const V2TIMBuffer& customData,
                                           V2TIMValueCallback<V2TIMConversationOperationResultVector>* callback) = 0;
    virtual void PinConversation(const V2TIMString& conversationID, bool isPinned, V2TIMCallback* callback) = 0;
    virtual void MarkConversation(const V2TIMStringVector& conversationIDList, uint64_t markType, bool enableMark,
                                  V2TIMValueCallback<V2TIMConversationOperationResultVector>* callback) = 0;
    virtual void GetUnreadMessageCountByFilter(const V2TIMConversationListFilter& filter,
                                               V2TIMValueCallback<uint64_t>* callback) = 0;
    /// Has no effect.
    virtual void SubscribeUnreadMessageCountByFilter(const V2TIMConversationListFilter& filter) = 0;
    /// Has no effect.
    virtual void UnsubscribeUnreadMessageCountByFilter(const V2TIMConversationListFilter& filter) = 0;
    virtual void CreateConversationGroup(const V2TIMString& groupName, const V2TIMStringVector& conversationIDList,
                                         V2TIMValueCallback<V2TIMConversationOperationResultVector>* callback) = 0;
    virtual void GetConversationGroupList(V2TIMValueCallback<V2TIMStringVector>* callback) = 0;
    virtual void DeleteConversationGroup(const V2TIMString& groupName, V2TIMCallback* callback) = 0;
    virtual void RenameConversationGroup(const V2TIMString& oldName, const V2TIMString& newName,
                                         V2TIMCallback* callback) = 0;
    virtual void AddConversationsToGroup(const V2TIMString& groupName, const V2TIMStringVector& conversationIDList,
                                         V2TIMValueCallback<V2TIMConversationOperationResultVector>* callback) = 0;
    virtual void DeleteConversationsFromGroup(const V2TIMString& groupName,
                                              const V2TIMStringVector& conversationIDList,
                                              V2TIMValueCallback<V2TIMConversationOperationResultVector>* callback) = 0;
};

SEENBY_V2TIM_END

#ifndef SEENBY_V2TIM_NO_GLOBAL_NAMES
using seenby_v2tim::V2TIMConversationManager;
#endif

#endif  // SEENBY_V2TIM_CONVERSATION_MANAGER_H
