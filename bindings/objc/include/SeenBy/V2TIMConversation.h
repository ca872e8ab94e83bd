// SPDX-License-Identifier: MIT OR Apache-2.0

#ifndef SEENBY_OBJC_V2TIM_CONVERSATION_H
#define SEENBY_OBJC_V2TIM_CONVERSATION_H

#import "V2TIMMessage.h"

@class SeenByConversationDetails;

NS_ASSUME_NONNULL_BEGIN

typedef NS_ENUM(NSInteger, SeenByV2TIMConversationType) {
    SEENBY_NAME(V2TIM_UNKNOWN) = 0,
    SEENBY_NAME(V2TIM_C2C) = 1,
    SEENBY_NAME(V2TIM_GROUP) = 2,
};
SEENBY_TYPE_NAME(V2TIMConversationType)

/// A conversation (R26).
SEENBY_OBJC_EXPORT
@interface SeenByV2TIMConversation : NSObject {
  @package
    SeenByV2TIMConversationType _type;
    NSString *_conversationID;
    NSString *_userID;
    NSString *_groupID;
    NSString *_groupType;
    NSString *_showName;
    int _unreadCount;
    SeenByV2TIMMessage *_lastMessage;
    NSUInteger _orderKey;
    uint64_t _groupReadSequence;
    SeenByConversationDetails *_seenBy;
    NSString *_faceUrl;
    SeenByV2TIMReceiveMessageOpt _recvOpt;
    NSString *_draftText;
    BOOL _isPinned;
    uint64_t _c2cReadTimestamp;
}
@property (nonatomic, assign, readonly) SeenByV2TIMConversationType type;
/// c2c_<peer> or group_<id>.
@property (nonatomic, copy, readonly, nullable) NSString *conversationID;
/// One to one: the peer. nil in groups.
@property (nonatomic, copy, readonly, nullable) NSString *userID;
/// Groups: the group. nil one to one.
@property (nonatomic, copy, readonly, nullable) NSString *groupID;
/// Groups: Work, Public, Meeting, Community or AVChatRoom.
@property (nonatomic, copy, readonly, nullable) NSString *groupType;
/// Groups: the name, or the id where there is none. One to one: the peer's id.
@property (nonatomic, copy, readonly, nullable) NSString *showName;
/// Always nil.
@property (nonatomic, copy, readonly, nullable) NSString *faceUrl;
/// Messages of others after this user's mark that count.
@property (nonatomic, assign, readonly) int unreadCount;
/// Not used.
@property (nonatomic, assign, readonly) SeenByV2TIMReceiveMessageOpt recvOpt;
/// The last message that counts; nil: there is none.
@property (nonatomic, strong, readonly, nullable) SeenByV2TIMMessage *lastMessage;
/// Not used, as isPinned.
@property (nonatomic, copy, readonly, nullable) NSString *draftText;
@property (nonatomic, assign, readonly) BOOL isPinned;
/// The time of the last message, in ms: the higher, the further up.
@property (nonatomic, assign, readonly) NSUInteger orderKey;
/// Groups: this user's mark.
@property (nonatomic, assign, readonly) uint64_t groupReadSequence;
/// Always 0: SeenBy marks by sequence.
@property (nonatomic, assign, readonly) uint64_t c2cReadTimestamp;
/// Ours: what the documents have no field for.
@property (nonatomic, strong, readonly) SeenByConversationDetails *seenBy;
@end
SEENBY_CLASS_NAME(V2TIMConversation)

/// Only of calls that are outside SeenBy.
SEENBY_OBJC_EXPORT
@interface SeenByV2TIMConversationOperationResult : NSObject {
  @package
    NSString *_conversationID;
    int _resultCode;
    NSString *_resultInfo;
}
@property (nonatomic, copy, readonly, nullable) NSString *conversationID;
@property (nonatomic, assign, readonly) int resultCode;
@property (nonatomic, copy, readonly, nullable) NSString *resultInfo;
@end
SEENBY_CLASS_NAME(V2TIMConversationOperationResult)

NS_ASSUME_NONNULL_END

#endif  // SEENBY_OBJC_V2TIM_CONVERSATION_H
