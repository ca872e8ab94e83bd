// SPDX-License-Identifier: MIT OR Apache-2.0
//
// Messages, receipts, marks. docs/apple.md says which call works and which answers an error.

#ifndef SEENBY_OBJC_V2TIM_MANAGER_MESSAGE_H
#define SEENBY_OBJC_V2TIM_MANAGER_MESSAGE_H

#import "V2TIMManager.h"

NS_ASSUME_NONNULL_BEGIN

@interface SeenByV2TIMManager (Message)

- (void)addAdvancedMsgListener:(nullable id<SeenByV2TIMAdvancedMsgListener>)listener
    NS_SWIFT_NAME(addAdvancedMsgListener(listener:));
- (void)removeAdvancedMsgListener:(nullable id<SeenByV2TIMAdvancedMsgListener>)listener
    NS_SWIFT_NAME(removeAdvancedMsgListener(listener:));

/// At most 12 KB: sendMessage answers 80002 otherwise (R18).
- (SeenByV2TIMMessage *)createTextMessage:(nullable NSString *)text NS_SWIFT_NAME(createTextMessage(text:));
- (SeenByV2TIMMessage *)createCustomMessage:(nullable NSData *)data NS_SWIFT_NAME(createCustomMessage(data:));
- (SeenByV2TIMMessage *)createCustomMessage:(nullable NSData *)data
                                       desc:(nullable NSString *)desc
                                  extension:(nullable NSString *)extension
    NS_SWIFT_NAME(createCustomMessage(data:desc:ext:));
/// A new message with what another one says.
- (SeenByV2TIMMessage *)createForwardMessage:(nullable SeenByV2TIMMessage *)message
    NS_SWIFT_NAME(createForwardMessage(message:));

// These make messages that SeenBy does not carry: sendMessage answers 7013.
- (SeenByV2TIMMessage *)createTextAtMessage:(nullable NSString *)text
                                 atUserList:(nullable NSArray<NSString *> *)atUserList
    NS_SWIFT_NAME(createTextAtMessage(text:atUserList:));
- (SeenByV2TIMMessage *)createImageMessage:(nullable NSString *)imagePath NS_SWIFT_NAME(createImageMessage(imagePath:));
- (SeenByV2TIMMessage *)createSoundMessage:(nullable NSString *)audioFilePath
                                  duration:(int)duration
    NS_SWIFT_NAME(createSoundMessage(audioFilePath:duration:));
- (SeenByV2TIMMessage *)createVideoMessage:(nullable NSString *)videoFilePath
                                      type:(nullable NSString *)type
                                  duration:(int)duration
                              snapshotPath:(nullable NSString *)snapshotPath
    NS_SWIFT_NAME(createVideoMessage(videoFilePath:type:duration:snapshotPath:));
- (SeenByV2TIMMessage *)createFileMessage:(nullable NSString *)filePath
                                 fileName:(nullable NSString *)fileName
    NS_SWIFT_NAME(createFileMessage(filePath:fileName:));
- (SeenByV2TIMMessage *)createLocationMessage:(nullable NSString *)desc
                                    longitude:(double)longitude
                                     latitude:(double)latitude
    NS_SWIFT_NAME(createLocationMessage(desc:longitude:latitude:));
- (SeenByV2TIMMessage *)createFaceMessage:(int)index
                                     data:(nullable NSData *)data NS_SWIFT_NAME(createFaceMessage(index:data:));
- (SeenByV2TIMMessage *)createMergerMessage:(nullable NSArray<SeenByV2TIMMessage *> *)messageList
                                      title:(nullable NSString *)title
                               abstractList:(nullable NSArray<NSString *> *)abstractList
                             compatibleText:(nullable NSString *)compatibleText
    NS_SWIFT_NAME(createMergerMessage(messageList:title:abstractList:compatibleText:));
- (SeenByV2TIMMessage *)createTargetedGroupMessage:(nullable SeenByV2TIMMessage *)message
                                      receiverList:(nullable NSArray<NSString *> *)receiverList
    NS_SWIFT_NAME(createTargetedGroupMessage(message:receiverList:));
- (SeenByV2TIMMessage *)createAtSignedGroupMessage:(nullable SeenByV2TIMMessage *)message
                                        atUserList:(nullable NSArray<NSString *> *)atUserList
    NS_SWIFT_NAME(createAtSignedGroupMessage(message:atUserList:));

/// Sends a message: exactly one of receiver (a user) and groupID is set (6017).
///
/// `message` gets its id, sender, time and status at once, and is brought up to date when the service has it. Sending the
/// same object again after an error cannot store it twice (R16). Offline it fails with a network error. `progress` is never
/// called: a message goes in one piece.
///
/// @return The id; nil if it was refused at once, with status V2TIM_MSG_STATUS_SEND_FAIL.
- (nullable NSString *)sendMessage:(nullable SeenByV2TIMMessage *)message
                          receiver:(nullable NSString *)receiver
                           groupID:(nullable NSString *)groupID
                          priority:(SeenByV2TIMMessagePriority)priority
                    onlineUserOnly:(BOOL)onlineUserOnly
                   offlinePushInfo:(nullable SeenByV2TIMOfflinePushInfo *)offlinePushInfo
                          progress:(nullable SeenByV2TIMProgress)progress
                              succ:(nullable SeenByV2TIMSucc)succ
                              fail:(nullable SeenByV2TIMFail)fail
    NS_SWIFT_NAME(sendMessage(message:receiver:groupID:priority:onlineUserOnly:offlinePushInfo:progress:succ:fail:));

/// Messages with a user, newest first, from before lastMsg (nil: from the end). count: 1 to 100.
- (void)getC2CHistoryMessageList:(nullable NSString *)userID
                           count:(int)count
                         lastMsg:(nullable SeenByV2TIMMessage *)lastMsg
                            succ:(nullable SeenByV2TIMMessageListSucc)succ
                            fail:(nullable SeenByV2TIMFail)fail
    NS_SWIFT_NAME(getC2CHistoryMessageList(userID:count:lastMsg:succ:fail:));
/// Messages of a group, newest first, from before lastMsg (nil: from the end). count: 1 to 100.
- (void)getGroupHistoryMessageList:(nullable NSString *)groupID
                             count:(int)count
                           lastMsg:(nullable SeenByV2TIMMessage *)lastMsg
                              succ:(nullable SeenByV2TIMMessageListSucc)succ
                              fail:(nullable SeenByV2TIMFail)fail
    NS_SWIFT_NAME(getGroupHistoryMessageList(groupID:count:lastMsg:succ:fail:));
/// A page of a conversation: older ones newest first, newer ones oldest first (R18).
- (void)getHistoryMessageList:(nullable SeenByV2TIMMessageListGetOption *)option
                         succ:(nullable SeenByV2TIMMessageListSucc)succ
                         fail:(nullable SeenByV2TIMFail)fail
    NS_SWIFT_NAME(getHistoryMessageList(option:succ:fail:));
/// The messages with these ids that the caller may see, in this order.
- (void)findMessages:(nullable NSArray<NSString *> *)messageIDList
                succ:(nullable SeenByV2TIMMessageListSucc)succ
                fail:(nullable SeenByV2TIMFail)fail NS_SWIFT_NAME(findMessages(messageIDList:succ:fail:));
/// Takes a message of one's own back, and with it its receipts (R32).
- (void)revokeMessage:(nullable SeenByV2TIMMessage *)msg
                 succ:(nullable SeenByV2TIMSucc)succ
                 fail:(nullable SeenByV2TIMFail)fail NS_SWIFT_NAME(revokeMessage(msg:succ:fail:));

/// "I have read these" (R2). Messages of one conversation (R3), as many as one likes (R4); one's own and those without
/// receipts are skipped. An empty list is 6017. succ: durable on the service, or on this device, from where it goes out by
/// itself (R16).
- (void)sendMessageReadReceipts:(nullable NSArray<SeenByV2TIMMessage *> *)messageList
                           succ:(nullable SeenByV2TIMSucc)succ
                           fail:(nullable SeenByV2TIMFail)fail
    NS_SWIFT_NAME(sendMessageReadReceipts(messageList:succ:fail:));
/// The summaries that this user may see, in the order of the list; others are left out, and an empty list
/// answers an empty one (R10).
- (void)getMessageReadReceipts:(nullable NSArray<SeenByV2TIMMessage *> *)messageList
                          succ:(nullable SeenByV2TIMMessageReadReceiptsSucc)succ
                          fail:(nullable SeenByV2TIMFail)fail
    NS_SWIFT_NAME(getMessageReadReceipts(messageList:succ:fail:));
/// A page of 1 to 100 of those who have read a group message, or have not (R11). nextSeq is 0 first, then what the last page
/// gave.
- (void)getGroupMessageReadMemberList:(nullable SeenByV2TIMMessage *)message
                               filter:(SeenByV2TIMGroupMessageReadMembersFilter)filter
                              nextSeq:(uint64_t)nextSeq
                                count:(uint32_t)count
                                 succ:(nullable SeenByV2TIMGroupMessageReadMemberListSucc)succ
                                 fail:(nullable SeenByV2TIMFail)fail
    NS_SWIFT_NAME(getGroupMessageReadMemberList(message:filter:nextSeq:count:succ:fail:));

// Marks (R14): apart from receipts.
- (void)markC2CMessageAsRead:(nullable NSString *)userID
                        succ:(nullable SeenByV2TIMSucc)succ
                        fail:(nullable SeenByV2TIMFail)fail NS_SWIFT_NAME(markC2CMessageAsRead(userID:succ:fail:));
- (void)markGroupMessageAsRead:(nullable NSString *)groupID
                          succ:(nullable SeenByV2TIMSucc)succ
                          fail:(nullable SeenByV2TIMFail)fail NS_SWIFT_NAME(markGroupMessageAsRead(groupID:succ:fail:));
- (void)markAllMessageAsRead:(nullable SeenByV2TIMSucc)succ
                        fail:(nullable SeenByV2TIMFail)fail NS_SWIFT_NAME(markAllMessageAsRead(succ:fail:));

// Outside SeenBy: 7013.
- (void)modifyMessage:(nullable SeenByV2TIMMessage *)msg
           completion:(nullable SeenByV2TIMMessageModifyCompletion)completion
    NS_SWIFT_NAME(modifyMessage(msg:completion:));
- (void)deleteMessages:(nullable NSArray<SeenByV2TIMMessage *> *)msgList
                  succ:(nullable SeenByV2TIMSucc)succ
                  fail:(nullable SeenByV2TIMFail)fail NS_SWIFT_NAME(deleteMessages(msgList:succ:fail:));
- (void)deleteMessageFromLocalStorage:(nullable SeenByV2TIMMessage *)msg
                                 succ:(nullable SeenByV2TIMSucc)succ
                                 fail:(nullable SeenByV2TIMFail)fail
    NS_SWIFT_NAME(deleteMessageFromLocalStorage(msg:succ:fail:));
- (void)clearC2CHistoryMessage:(nullable NSString *)userID
                          succ:(nullable SeenByV2TIMSucc)succ
                          fail:(nullable SeenByV2TIMFail)fail NS_SWIFT_NAME(clearC2CHistoryMessage(userID:succ:fail:));
- (void)clearGroupHistoryMessage:(nullable NSString *)groupID
                            succ:(nullable SeenByV2TIMSucc)succ
                            fail:(nullable SeenByV2TIMFail)fail
    NS_SWIFT_NAME(clearGroupHistoryMessage(groupID:succ:fail:));
- (nullable NSString *)insertGroupMessageToLocalStorage:(nullable SeenByV2TIMMessage *)msg
                                                     to:(nullable NSString *)groupID
                                                 sender:(nullable NSString *)sender
                                                   succ:(nullable SeenByV2TIMSucc)succ
                                                   fail:(nullable SeenByV2TIMFail)fail
    NS_SWIFT_NAME(insertGroupMessageToLocalStorage(msg:to:sender:succ:fail:));
- (nullable NSString *)insertC2CMessageToLocalStorage:(nullable SeenByV2TIMMessage *)msg
                                                   to:(nullable NSString *)userID
                                               sender:(nullable NSString *)sender
                                                 succ:(nullable SeenByV2TIMSucc)succ
                                                 fail:(nullable SeenByV2TIMFail)fail
    NS_SWIFT_NAME(insertC2CMessageToLocalStorage(msg:to:sender:succ:fail:));
- (void)setC2CReceiveMessageOpt:(nullable NSArray<NSString *> *)userIDList
                            opt:(SeenByV2TIMReceiveMessageOpt)opt
                           succ:(nullable SeenByV2TIMSucc)succ
                           fail:(nullable SeenByV2TIMFail)fail
    NS_SWIFT_NAME(setC2CReceiveMessageOpt(userIDList:opt:succ:fail:));
- (void)setGroupReceiveMessageOpt:(nullable NSString *)groupID
                              opt:(SeenByV2TIMReceiveMessageOpt)opt
                             succ:(nullable SeenByV2TIMSucc)succ
                             fail:(nullable SeenByV2TIMFail)fail
    NS_SWIFT_NAME(setGroupReceiveMessageOpt(groupID:opt:succ:fail:));

@end

NS_ASSUME_NONNULL_END

#endif  // SEENBY_OBJC_V2TIM_MANAGER_MESSAGE_H
