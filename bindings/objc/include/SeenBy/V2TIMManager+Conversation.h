// SPDX-License-Identifier: MIT OR Apache-2.0
//
// Conversations (R26).

#ifndef SEENBY_OBJC_V2TIM_MANAGER_CONVERSATION_H
#define SEENBY_OBJC_V2TIM_MANAGER_CONVERSATION_H

#import "V2TIMManager.h"

NS_ASSUME_NONNULL_BEGIN

@interface SeenByV2TIMManager (Conversation)

- (void)addConversationListener:(nullable id<SeenByV2TIMConversationListener>)listener
    NS_SWIFT_NAME(addConversationListener(listener:));
- (void)removeConversationListener:(nullable id<SeenByV2TIMConversationListener>)listener
    NS_SWIFT_NAME(removeConversationListener(listener:));

/// A page of 1 to 100, latest activity first. nextSeq is 0 first, then what the last page gave.
- (void)getConversationList:(uint64_t)nextSeq
                      count:(int)count
                       succ:(nullable SeenByV2TIMConversationResultSucc)succ
                       fail:(nullable SeenByV2TIMFail)fail
    NS_SWIFT_NAME(getConversationList(nextSeq:count:succ:fail:));
/// c2c_<peer> or group_<id>.
- (void)getConversation:(nullable NSString *)conversationID
                   succ:(nullable SeenByV2TIMConversationSucc)succ
                   fail:(nullable SeenByV2TIMFail)fail NS_SWIFT_NAME(getConversation(conversationID:succ:fail:));
/// Readable before the line is up.
- (void)getTotalUnreadMessageCount:(nullable SeenByV2TIMTotalUnreadMessageCountSucc)succ
                              fail:(nullable SeenByV2TIMFail)fail
    NS_SWIFT_NAME(getTotalUnreadMessageCount(succ:fail:));
/// Marks as read (R14): c2c_<peer>, group_<id>; all one to one: c2c; all groups: group; everything: nil or an empty text.
/// cleanTimestamp (in s, one to one) and cleanSequence (groups) can only lower the mark; 0: everything.
- (void)cleanConversationUnreadMessageCount:(nullable NSString *)conversationID
                             cleanTimestamp:(uint64_t)cleanTimestamp
                              cleanSequence:(uint64_t)cleanSequence
                                       succ:(nullable SeenByV2TIMSucc)succ
                                       fail:(nullable SeenByV2TIMFail)fail
    NS_SWIFT_NAME(cleanConversationUnreadMessageCount(conversationID:cleanTimestamp:cleanSequence:succ:fail:));

// Outside SeenBy: 7013.
- (void)getConversationList:(nullable NSArray<NSString *> *)conversationIDList
                       succ:(nullable SeenByV2TIMConversationListSucc)succ
                       fail:(nullable SeenByV2TIMFail)fail
    NS_SWIFT_NAME(getConversationList(conversationIDList:succ:fail:));
- (void)deleteConversation:(nullable NSString *)conversationID
                      succ:(nullable SeenByV2TIMSucc)succ
                      fail:(nullable SeenByV2TIMFail)fail NS_SWIFT_NAME(deleteConversation(conversation:succ:fail:));
- (void)deleteConversationList:(nullable NSArray<NSString *> *)conversationIDList
                  clearMessage:(BOOL)clearMessage
                          succ:(nullable SeenByV2TIMConversationOperationResultListSucc)succ
                          fail:(nullable SeenByV2TIMFail)fail
    NS_SWIFT_NAME(deleteConversationList(conversationIDList:clearMessage:succ:fail:));
- (void)setConversationDraft:(nullable NSString *)conversationID
                   draftText:(nullable NSString *)draftText
                        succ:(nullable SeenByV2TIMSucc)succ
                        fail:(nullable SeenByV2TIMFail)fail
    NS_SWIFT_NAME(setConversationDraft(conversationID:draftText:succ:fail:));
- (void)pinConversation:(nullable NSString *)conversationID
               isPinned:(BOOL)isPinned
                   succ:(nullable SeenByV2TIMSucc)succ
                   fail:(nullable SeenByV2TIMFail)fail NS_SWIFT_NAME(pinConversation(conversationID:isPinned:succ:fail:));

@end

NS_ASSUME_NONNULL_END

#endif  // SEENBY_OBJC_V2TIM_MANAGER_CONVERSATION_H
