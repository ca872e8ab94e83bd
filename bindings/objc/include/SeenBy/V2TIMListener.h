// SPDX-License-Identifier: MIT OR Apache-2.0
//
// What an app hears without having asked. Every method is optional.
//
// Listeners are held weakly: one that is deallocated is not told any more. They may be added before initSDK and stay through
// unInitSDK and initSDK; one that is added twice is told once. They are called one at a time, in the order in which things
// happened, on the main queue (SeenByConfig.callbackQueue says otherwise). After a remove has returned no call to that
// listener starts; outside of callbacks it also waits for one that runs on another thread. A listener may remove itself, and
// others, in a call.

#ifndef SEENBY_OBJC_V2TIM_LISTENER_H
#define SEENBY_OBJC_V2TIM_LISTENER_H

#import "V2TIMConversation.h"
#import "V2TIMGroup.h"
#import "V2TIMMessage.h"
#import "V2TIMUser.h"

#ifndef SEENBY_NO_GLOBAL_NAMES
#define V2TIMSDKListener SeenByV2TIMSDKListener
#define V2TIMSimpleMsgListener SeenByV2TIMSimpleMsgListener
#define V2TIMAdvancedMsgListener SeenByV2TIMAdvancedMsgListener
#define V2TIMGroupListener SeenByV2TIMGroupListener
#define V2TIMConversationListener SeenByV2TIMConversationListener
#endif

NS_ASSUME_NONNULL_BEGIN

/// The connection and the login (R30): each once per change.
@protocol SeenByV2TIMSDKListener <NSObject>
@optional
- (void)onConnecting;
- (void)onConnectSuccess;
/// SeenBy goes on trying.
- (void)onConnectFailed:(int)code err:(nullable NSString *)err NS_SWIFT_NAME(onConnectFailed(_:err:));
/// Another session of this user and device took over; nobody is logged in any more.
- (void)onKickedOffline;
/// Log in again with a new userSig.
- (void)onUserSigExpired;
/// Never called.
- (void)onSelfInfoUpdated:(SeenByV2TIMUserFullInfo *)Info NS_SWIFT_NAME(onSelfInfoUpdated(info:));
@end

/// Messages of others, text and custom ones, in short.
@protocol SeenByV2TIMSimpleMsgListener <NSObject>
@optional
- (void)onRecvC2CTextMessage:(NSString *)msgID
                      sender:(SeenByV2TIMUserInfo *)info
                        text:(nullable NSString *)text NS_SWIFT_NAME(onRecvC2CTextMessage(msgID:sender:text:));
- (void)onRecvC2CCustomMessage:(NSString *)msgID
                        sender:(SeenByV2TIMUserInfo *)info
                    customData:(nullable NSData *)data NS_SWIFT_NAME(onRecvC2CCustomMessage(msgID:sender:customData:));
- (void)onRecvGroupTextMessage:(NSString *)msgID
                       groupID:(nullable NSString *)groupID
                        sender:(SeenByV2TIMGroupMemberInfo *)info
                          text:(nullable NSString *)text
    NS_SWIFT_NAME(onRecvGroupTextMessage(msgID:groupID:sender:text:));
- (void)onRecvGroupCustomMessage:(NSString *)msgID
                         groupID:(nullable NSString *)groupID
                          sender:(SeenByV2TIMGroupMemberInfo *)info
                      customData:(nullable NSData *)data
    NS_SWIFT_NAME(onRecvGroupCustomMessage(msgID:groupID:sender:customData:));
@end

/// Messages and receipts.
@protocol SeenByV2TIMAdvancedMsgListener <NSObject>
@optional
/// Also one's own from another device: isSelf (R18).
- (void)onRecvNewMessage:(SeenByV2TIMMessage *)msg NS_SWIFT_NAME(onRecvNewMessage(msg:));
/// Messages of one's own were read (R12): the latest summary of each.
- (void)onRecvMessageReadReceipts:(NSArray<SeenByV2TIMMessageReceipt *> *)receiptList
    NS_SWIFT_NAME(onRecvMessageReadReceipts(receiptList:));
/// Peers marked conversations as read (R14): userID and timestamp say who and when, msgID is empty.
- (void)onRecvC2CReadReceipt:(NSArray<SeenByV2TIMMessageReceipt *> *)receiptList
    NS_SWIFT_NAME(onRecvC2CReadReceipt(receiptList:));
/// A message was recalled (R32). The reason is empty.
- (void)onRecvMessageRevoked:(NSString *)msgID
                 operateUser:(SeenByV2TIMUserFullInfo *)operateUser
                      reason:(nullable NSString *)reason
    NS_SWIFT_NAME(onRecvMessageRevoked(msgID:operateUser:reason:));
/// As above, called beside it.
- (void)onRecvMessageRevoked:(NSString *)msgID NS_SWIFT_NAME(onRecvMessageRevoked(msgID:));
/// Never called.
- (void)onRecvMessageModified:(SeenByV2TIMMessage *)msg NS_SWIFT_NAME(onRecvMessageModified(msg:));
@end

/// Groups (R25), batched. In groups above 1 000 members only SeenByListener's onGroupChanged comes, with the count. Members
/// and opUser have a userID, and no names.
@protocol SeenByV2TIMGroupListener <NSObject>
@optional
/// Members joined.
- (void)onMemberEnter:(nullable NSString *)groupID
           memberList:(NSArray<SeenByV2TIMGroupMemberInfo *> *)memberList
    NS_SWIFT_NAME(onMemberEnter(groupID:memberList:));
/// A member quit; when it is this user: onQuitFromGroup.
- (void)onMemberLeave:(nullable NSString *)groupID
               member:(SeenByV2TIMGroupMemberInfo *)member NS_SWIFT_NAME(onMemberLeave(groupID:member:));
- (void)onMemberInvited:(nullable NSString *)groupID
                 opUser:(SeenByV2TIMGroupMemberInfo *)opUser
             memberList:(NSArray<SeenByV2TIMGroupMemberInfo *> *)memberList
    NS_SWIFT_NAME(onMemberInvited(groupID:opUser:memberList:));
- (void)onMemberKicked:(nullable NSString *)groupID
                opUser:(SeenByV2TIMGroupMemberInfo *)opUser
            memberList:(NSArray<SeenByV2TIMGroupMemberInfo *> *)memberList
    NS_SWIFT_NAME(onMemberKicked(groupID:opUser:memberList:));
- (void)onGroupCreated:(nullable NSString *)groupID NS_SWIFT_NAME(onGroupCreated(groupID:));
- (void)onGroupDismissed:(nullable NSString *)groupID
                  opUser:(SeenByV2TIMGroupMemberInfo *)opUser NS_SWIFT_NAME(onGroupDismissed(groupID:opUser:));
/// Only when the group has another owner.
- (void)onGroupInfoChanged:(nullable NSString *)groupID
            changeInfoList:(NSArray<SeenByV2TIMGroupChangeInfo *> *)changeInfoList
    NS_SWIFT_NAME(onGroupInfoChanged(groupID:changeInfoList:));
/// Members became admins.
- (void)onGrantAdministrator:(nullable NSString *)groupID
                      opUser:(SeenByV2TIMGroupMemberInfo *)opUser
                  memberList:(NSArray<SeenByV2TIMGroupMemberInfo *> *)memberList
    NS_SWIFT_NAME(onGrantAdministrator(groupID:opUser:memberList:));
/// Admins became members.
- (void)onRevokeAdministrator:(nullable NSString *)groupID
                       opUser:(SeenByV2TIMGroupMemberInfo *)opUser
                   memberList:(NSArray<SeenByV2TIMGroupMemberInfo *> *)memberList
    NS_SWIFT_NAME(onRevokeAdministrator(groupID:opUser:memberList:));
/// This user quit, on another device too.
- (void)onQuitFromGroup:(nullable NSString *)groupID NS_SWIFT_NAME(onQuitFromGroup(groupID:));
@end

/// Conversations (R26).
@protocol SeenByV2TIMConversationListener <NSObject>
@optional
/// Never called, as the next two.
- (void)onSyncServerStart;
- (void)onSyncServerFinish;
- (void)onSyncServerFailed;
/// Never called: onConversationChanged tells of new ones too.
- (void)onNewConversation:(NSArray<SeenByV2TIMConversation *> *)conversationList
    NS_SWIFT_NAME(onNewConversation(conversationList:));
- (void)onConversationChanged:(NSArray<SeenByV2TIMConversation *> *)conversationList
    NS_SWIFT_NAME(onConversationChanged(conversationList:));
- (void)onTotalUnreadMessageCountChanged:(uint64_t)totalUnreadCount
    NS_SWIFT_NAME(onTotalUnreadMessageCountChanged(totalUnreadCount:));
@end

NS_ASSUME_NONNULL_END

#endif  // SEENBY_OBJC_V2TIM_LISTENER_H
