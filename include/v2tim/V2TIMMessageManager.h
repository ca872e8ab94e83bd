// SPDX-License-Identifier: MIT OR Apache-2.0

#ifndef SEENBY_V2TIM_MESSAGE_MANAGER_H
#define SEENBY_V2TIM_MESSAGE_MANAGER_H

#include "V2TIMCallback.h"
#include "V2TIMListener.h"
#include "V2TIMMessage.h"

// <windows.h> makes SendMessage a macro. The method is SendMessage whatever comes first; a call that the macro changed
// finds its way too.
#if defined(_WIN32)
#pragma push_macro("SendMessage")
#undef SendMessage
#endif

SEENBY_V2TIM_BEGIN

/// Messages, receipts, marks. Which call works and which answers an error: docs/v2tim-cpp.md.
class V2TIMMessageManager {
public:
    virtual ~V2TIMMessageManager() {}

    virtual void AddAdvancedMsgListener(V2TIMAdvancedMsgListener* listener) = 0;
    /// No call to it starts after this has returned; outside of callbacks it waits for one that runs.
    virtual void RemoveAdvancedMsgListener(V2TIMAdvancedMsgListener* listener) = 0;

    /// At most 12 KB: SendMessage answers 80002 otherwise (R18).
    virtual V2TIMMessage CreateTextMessage(const V2TIMString& text) = 0;
    virtual V2TIMMessage CreateCustomMessage(const V2TIMBuffer& data) = 0;
    virtual V2TIMMessage CreateCustomMessage(const V2TIMBuffer& data, const V2TIMString& description,
                                             const V2TIMString& extension) = 0;
    /// A new message with the parts of another one.
    virtual V2TIMMessage CreateForwardMessage(const V2TIMMessage& message) = 0;

    // These make messages that SeenBy does not carry: SendMessage answers 7013.
    virtual V2TIMMessage CreateTextAtMessage(const V2TIMString& text, const V2TIMStringVector& atUserList) = 0;
    virtual V2TIMMessage CreateImageMessage(const V2TIMString& imagePath) = 0;
    virtual V2TIMMessage CreateSoundMessage(const V2TIMString& soundPath, uint32_t duration) = 0;
    virtual V2TIMMessage CreateVideoMessage(const V2TIMString& videoFilePath, const V2TIMString& type,
                                            uint32_t duration, const V2TIMString& snapshotPath) = 0;
    virtual V2TIMMessage CreateFileMessage(const V2TIMString& filePath, const V2TIMString& fileName) = 0;
    virtual V2TIMMessage CreateLocationMessage(const V2TIMString& desc, double longitude, double latitude) = 0;
    virtual V2TIMMessage CreateFaceMessage(uint32_t index, const V2TIMBuffer& data) = 0;
    virtual V2TIMMessage CreateMergerMessage(const V2TIMMessageVector& messageList, const V2TIMString& title,
                                             const V2TIMStringVector& abstractList,
                                             const V2TIMString& compatibleText) = 0;
    virtual V2TIMMessage CreateTargetedGroupMessage(const V2TIMMessage& message,
                                                    const V2TIMStringVector& receiverList) = 0;
    virtual V2TIMMessage CreateAtSignedGroupMessage(const V2TIMMessage& message,
                                                    const V2TIMStringVector& atUserList) = 0;

    /// Sends a message: exactly one of receiver (a user) and groupID is not empty (6017). Note the order: the second
    /// parameter is the user, the third the group.
    ///
    /// `message` gets its id, sender, time and status at once; OnSuccess brings what the service made of it. Sending the
    /// same object again after an error cannot store it twice (R16). Offline it fails with a network error.
    ///
    /// @return The id; empty if it was refused at once, with status V2TIM_MSG_STATUS_SEND_FAIL.
    virtual V2TIMString SendMessage(V2TIMMessage& message, const V2TIMString& receiver, const V2TIMString& groupID,
                                    V2TIMMessagePriority priority, bool onlineUserOnly,
                                    const V2TIMOfflinePushInfo& offlinePushInfo, V2TIMSendCallback* callback) = 0;
#if defined(_WIN32)
    V2TIMString SendMessageA(V2TIMMessage& message, const V2TIMString& receiver, const V2TIMString& groupID,
                             V2TIMMessagePriority priority, bool onlineUserOnly,
                             const V2TIMOfflinePushInfo& offlinePushInfo, V2TIMSendCallback* callback) {
        return SendMessage(message, receiver, groupID, priority, onlineUserOnly, offlinePushInfo, callback);
    }
    V2TIMString SendMessageW(V2TIMMessage& message, const V2TIMString& receiver, const V2TIMString& groupID,
                             V2TIMMessagePriority priority, bool onlineUserOnly,
                             const V2TIMOfflinePushInfo& offlinePushInfo, V2TIMSendCallback* callback) {
        return SendMessage(message, receiver, groupID, priority, onlineUserOnly, offlinePushInfo, callback);
    }
#endif

    /// A page of a conversation: older ones newest first, newer ones oldest first (R18).
    virtual void GetHistoryMessageList(const V2TIMMessageListGetOption& option,
                                       V2TIMValueCallback<V2TIMMessageVector>* callback) = 0;
    virtual void RevokeMessage(const V2TIMMessage& message, V2TIMCallback* callback) = 0;
    virtual void FindMessages(const V2TIMStringVector& messageIDList,
                              V2TIMValueCallback<V2TIMMessageVector>* callback) = 0;

    /// "I have read these" (R2). Messages of one conversation (R3), as many as one likes (R4); one's own and those without
    /// receipts are skipped. An empty list is 6017. OnSuccess: durable on the service, or on this device, from where it goes
    /// out by itself (R16).
    virtual void SendMessageReadReceipts(const V2TIMMessageVector& messageList, V2TIMCallback* callback) = 0;
    /// The summaries that this user may see, in the order of the list; others are left out (R10).
    virtual void GetMessageReadReceipts(const V2TIMMessageVector& messageList,
                                        V2TIMValueCallback<V2TIMMessageReceiptVector>* callback) = 0;
    /// A page of 1 to 100 of those who have read a group message, or have not (R11). nextSeq is 0 first, then what the
    /// last page gave.
    virtual void GetGroupMessageReadMemberList(const V2TIMMessage& message, V2TIMGroupMessageReadMembersFilter filter,
                                               uint64_t nextSeq, uint32_t count,
                                               V2TIMValueCallback<V2TIMGroupMessageReadMemberList>* callback) = 0;

    // Marks (R14): apart from receipts.
    virtual void MarkC2CMessageAsRead(const V2TIMString& userID, V2TIMCallback* callback) = 0;
    virtual void MarkGroupMessageAsRead(const V2TIMString& groupID, V2TIMCallback* callback) = 0;
    virtual void MarkAllMessageAsRead(V2TIMCallback* callback) = 0;

    // Outside SeenBy: 7013.
    virtual void SetC2CReceiveMessageOpt(const V2TIMStringVector& userIDList, V2TIMReceiveMessageOpt opt,
                                         V2TIMCallback* callback) = 0;
    virtual void GetC2CReceiveMessageOpt(const V2TIMStringVector& userIDList,
                                         V2TIMValueCallback<V2TIMReceiveMessageOptInfoVector>* callback) = 0;
    virtual void SetGroupReceiveMessageOpt(const V2TIMString& groupID, V2TIMReceiveMessageOpt opt,
                                           V2TIMCallback* callback) = 0;
    virtual void ModifyMessage(const V2TIMMessage& message, V2TIMCompleteCallback<V2TIMMessage>* callback) = 0;
    virtual void DeleteMessages(const V2TIMMessageVector& messages, V2TIMCallback* callback) = 0;
    virtual void ClearC2CHistoryMessage(const V2TIMString& userID, V2TIMCallback* callback) = 0;
    virtual void ClearGroupHistoryMessage(const V2TIMString& groupID, V2TIMCallback* callback) = 0;
    virtual V2TIMString InsertGroupMessageToLocalStorage(V2TIMMessage& message, const V2TIMString& groupID,
                                                         const V2TIMString& sender,
                                                         V2TIMValueCallback<V2TIMMessage>* callback) = 0;
    virtual V2TIMString InsertC2CMessageToLocalStorage(V2TIMMessage& message, const V2TIMString& userID,
                                                       const V2TIMString& sender,
                                                       V2TIMValueCallback<V2TIMMessage>* callback) = 0;
    virtual void SearchLocalMessages(const V2TIMMessageSearchParam& searchParam,
                                     V2TIMValueCallback<V2TIMMessageSearchResult>* callback) = 0;
    virtual void SetMessageExtensions(const V2TIMMessage& message, const V2TIMMessageExtensionVector& extensions,
                                      V2TIMValueCallback<V2TIMMessageExtensionResultVector>* callback) = 0;
    virtual void GetMessageExtensions(const V2TIMMessage& message,
                                      V2TIMValueCallback<V2TIMMessageExtensionVector>* callback) = 0;
    virtual void DeleteMessageExtensions(const V2TIMMessage& message, const V2TIMStringVector& keys,
                                         V2TIMValueCallback<V2TIMMessageExtensionResultVector>* callback) = 0;
    virtual void TranslateText(const V2TIMStringVector& sourceTextList, const V2TIMString& sourceLanguage,
                               const V2TIMString& targetLanguage,
                               V2TIMValueCallback<V2TIMStringToV2TIMStringMap>* callback) = 0;
};

#if defined(_WIN32)
#pragma pop_macro("SendMessage")
#endif

SEENBY_V2TIM_END

#ifndef SEENBY_V2TIM_NO_GLOBAL_NAMES
using seenby_v2tim::V2TIMMessageManager;
#endif

#endif  // SEENBY_V2TIM_MESSAGE_MANAGER_H
