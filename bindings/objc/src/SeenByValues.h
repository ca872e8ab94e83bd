// SPDX-License-Identifier: MIT OR Apache-2.0
//
// What the library tells, as the documented classes. Not for apps.

#ifndef SEENBY_OBJC_VALUES_H
#define SEENBY_OBJC_VALUES_H

#import "SeenByText.h"

NS_ASSUME_NONNULL_BEGIN

/// What the service and the device know of a message. It does not change; a message that is sent gets another one.
@interface SeenByMessageHead : NSObject {
  @public
    NSString *_Nullable msgID;
    NSString *_Nullable conversationID;
    NSString *_Nullable userID;
    NSString *_Nullable groupID;
    NSString *_Nullable sender;
    NSString *_Nullable nickName;
    NSString *_Nullable faceURL;
    SeenByV2TIMMessageReceipt *_Nullable receipt;
    uint64_t seq;
    int64_t timestampMs;
    int32_t status;
    int32_t priority;
    BOOL isSelf;
    BOOL needReadReceipt;
    BOOL hasSentReceipt;
    BOOL isRead;
    BOOL isPeerRead;
    BOOL onlineUserOnly;
    BOOL isKnown;
}
@end

@interface SeenByV2TIMMessage ()
@property (atomic, strong) SeenByMessageHead *head;
/// One that was not sent yet. `call`: the documented one that made it, where SeenBy cannot carry it.
+ (instancetype)messageWithElem:(nullable SeenByV2TIMElem *)elem
                           type:(SeenByV2TIMElemType)type
                    unsupported:(nullable NSString *)call;
/// A reference (R19).
+ (instancetype)referenceWithID:(nullable NSString *)msgID
                 conversationID:(nullable NSString *)conversationID
                         sender:(nullable NSString *)sender;
- (nullable NSString *)unsupported;
- (void)setUnsupported:(nullable NSString *)call;
/// Begins to send: a number for the two calls that follow. The higher one is the later attempt.
- (uint64_t)beginSending;
/// What sending gave at once; it comes too late if the end came before.
- (void)sending:(uint64_t)attempt began:(const seenby_message_t *_Nullable)message;
/// What became of it. NULL: it failed.
- (void)sending:(uint64_t)attempt ended:(const seenby_message_t *_Nullable)message;
@end

SB_OWNED SeenByV2TIMMessage *SBNewMessage(const seenby_message_t *from);
SB_OWNED SeenByV2TIMMessageReceipt *SBNewReceipt(const seenby_receipt_t *from);
SB_OWNED SeenByV2TIMGroupMemberInfo *SBNewReader(const seenby_read_member_t *from);
SB_OWNED SeenByV2TIMGroupMemberFullInfo *SBNewMember(const seenby_group_member_t *from);
/// A member of whom only this is known.
SB_OWNED SeenByV2TIMGroupMemberInfo *SBNewMemberNamed(NSString *_Nullable user);
SB_OWNED SeenByV2TIMGroupInfo *SBNewGroup(const seenby_group_t *from);
SB_OWNED SeenByV2TIMGroupMemberOperationResult *SBNewResult(const seenby_member_result_t *from);
SB_OWNED SeenByV2TIMConversation *SBNewConversation(const seenby_conversation_t *from);
SB_OWNED SeenByV2TIMUserFullInfo *SBNewProfile(const seenby_profile_t *from);
SB_OWNED SeenByGroupChange *SBNewGroupChange(const seenby_group_change_t *from);
/// The owner is another one now.
SB_OWNED SeenByV2TIMGroupChangeInfo *SBNewOwnerChange(NSString *_Nullable owner);
SB_OWNED SeenByDrawState *SBNewDrawState(const seenby_draw_state_t *from);

SB_OWNED NSMutableArray<SeenByV2TIMMessage *> *SBNewMessages(const seenby_message_t *const _Nonnull *_Nullable list,
                                                             size_t count);
SB_OWNED NSMutableArray<SeenByV2TIMMessageReceipt *> *SBNewReceipts(const seenby_receipt_t *const _Nonnull *_Nullable list,
                                                                    size_t count);
SB_OWNED NSMutableArray<SeenByV2TIMGroupMemberInfo *> *SBNewReaders(
    const seenby_read_member_t *const _Nonnull *_Nullable list, size_t count);
SB_OWNED NSMutableArray<SeenByV2TIMGroupMemberFullInfo *> *SBNewMembers(
    const seenby_group_member_t *const _Nonnull *_Nullable list, size_t count);
SB_OWNED NSMutableArray<SeenByV2TIMGroupInfo *> *SBNewGroups(const seenby_group_t *const _Nonnull *_Nullable list,
                                                             size_t count);
SB_OWNED NSMutableArray<SeenByV2TIMGroupMemberOperationResult *> *SBNewResults(
    const seenby_member_result_t *const _Nonnull *_Nullable list, size_t count);
SB_OWNED NSMutableArray<SeenByV2TIMConversation *> *SBNewConversations(
    const seenby_conversation_t *const _Nonnull *_Nullable list, size_t count);
SB_OWNED NSMutableArray<SeenByV2TIMUserFullInfo *> *SBNewProfiles(const seenby_profile_t *const _Nonnull *_Nullable list,
                                                                  size_t count);

/// What calls take of messages. What is no message is one that was never sent.
const seenby_message_ref_t *_Nullable SBRefs(SBArena *arena, id _Nullable messages, size_t *count);
/// NULL: it is nil.
const seenby_message_ref_t *_Nullable SBRef(SBArena *arena, id _Nullable message);

NS_ASSUME_NONNULL_END

#endif  // SEENBY_OBJC_VALUES_H
