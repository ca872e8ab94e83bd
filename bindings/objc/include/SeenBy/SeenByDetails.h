// SPDX-License-Identifier: MIT OR Apache-2.0
//
// Ours, not documented: what SeenBy adds to the documented classes. It is always in a property named seenBy.

#ifndef SEENBY_OBJC_DETAILS_H
#define SEENBY_OBJC_DETAILS_H

#import "V2TIMMessage.h"

@class SeenByMessageHead;

NS_ASSUME_NONNULL_BEGIN

/// A reader, and when.
SEENBY_OBJC_EXPORT
@interface SeenByReader : NSObject {
  @package
    NSString *_userID;
    int64_t _timestampMs;
}
@property (nonatomic, copy, readonly) NSString *userID;
/// When its receipt was accepted (R6), in ms.
@property (nonatomic, assign, readonly) int64_t timestampMs;
@end

/// V2TIMMessageReceipt.seenBy.
SEENBY_OBJC_EXPORT
@interface SeenByReceiptDetails : NSObject {
  @package
    SeenByV2TIMMessageReceipt *_receipt;
}
/// c2c_<peer> or group_<id>.
@property (nonatomic, copy, readonly) NSString *conversationID;
/// The message's number in its conversation; 0 if this device does not know it.
@property (nonatomic, assign, readonly) uint64_t seq;
/// As timestamp, in ms.
@property (nonatomic, assign, readonly) int64_t timestampMs;
/// Of two summaries of one message the one with the higher position is the newer.
@property (nonatomic, assign, readonly) uint64_t position;
/// Those added since the last push, if SeenByConfig.withReaders is set (R12); else none.
@property (nonatomic, copy, readonly) NSArray<SeenByReader *> *readers;
/// There were more than readers holds.
@property (nonatomic, assign, readonly) BOOL moreReaders;
@end

/// V2TIMMessage.seenBy: a picture of the message at the time it was asked for.
SEENBY_OBJC_EXPORT
@interface SeenByMessageDetails : NSObject {
  @package
    SeenByMessageHead *_head;
}
/// c2c_<peer> or group_<id>; nil until it was sent.
@property (nonatomic, copy, readonly, nullable) NSString *conversationID;
/// As timestamp, in ms; 0: not known.
@property (nonatomic, assign, readonly) int64_t timestampMs;
/// Whether this user's own receipt for it was sent, from any of its devices (R13).
@property (nonatomic, assign, readonly) BOOL hasSentReceipt;
/// Only for who was online (R20).
@property (nonatomic, assign, readonly) BOOL onlineUserOnly;
/// The last known summary, in history (R18). nil: none.
@property (nonatomic, strong, readonly, nullable) SeenByV2TIMMessageReceipt *receipt;
/// Whether isSelf and needReadReceipt say what is so. NO: a reference (R19), and the service decides.
@property (nonatomic, assign, readonly) BOOL isKnown;
@end

/// V2TIMGroupMemberInfo.seenBy.
SEENBY_OBJC_EXPORT
@interface SeenByMemberDetails : NSObject {
  @package
    int64_t _readTimestampMs;
}
/// In a list of readers (R11): when it read the message, in ms. 0 elsewhere.
@property (nonatomic, assign, readonly) int64_t readTimestampMs;
@end

/// V2TIMConversation.seenBy.
SEENBY_OBJC_EXPORT
@interface SeenByConversationDetails : NSObject {
  @package
    uint64_t _lastSequence;
    uint64_t _ownReadSequence;
    uint64_t _peerReadSequence;
    int64_t _peerReadTimestampMs;
}
/// The highest seq.
@property (nonatomic, assign, readonly) uint64_t lastSequence;
/// This user's mark: everything up to this seq is read (R14).
@property (nonatomic, assign, readonly) uint64_t ownReadSequence;
/// One to one: the peer's mark, as far as it is shown (R14, R15).
@property (nonatomic, assign, readonly) uint64_t peerReadSequence;
/// One to one: when the peer set it, in ms; 0 if never.
@property (nonatomic, assign, readonly) int64_t peerReadTimestampMs;
@end

/// What to draw beside a message of one's own (R31).
typedef NS_ENUM(NSInteger, SeenByDrawKind) {
    SeenByDrawSending = 1,
    SeenByDrawFailed = 2,
    /// The service has it; nobody is known to have read it.
    SeenByDrawSent = 3,
    /// One to one: the peer has read it.
    SeenByDrawReadByPeer = 4,
    /// Groups: `read` of `of` have read it.
    SeenByDrawReadBy = 5,
    /// Groups: everybody has, and there is somebody.
    SeenByDrawAllRead = 6,
    /// Nothing: not one's own, without receipts, or deleted.
    SeenByDrawUnavailable = 7,
};

/// A state to draw, the same on every platform.
SEENBY_OBJC_EXPORT
@interface SeenByDrawState : NSObject {
  @package
    SeenByDrawKind _kind;
    uint32_t _read;
    uint32_t _of;
}
@property (nonatomic, assign, readonly) SeenByDrawKind kind;
/// SeenByDrawReadBy: how many have read it. Else 0.
@property (nonatomic, assign, readonly) uint32_t read;
/// SeenByDrawReadBy: of how many. Else 0.
@property (nonatomic, assign, readonly) uint32_t of;
@end

/// What happened in a group.
typedef NS_ENUM(NSInteger, SeenByGroupChangeKind) {
    /// Only how many members it has (above 1 000 members, R25).
    SeenByGroupCount = 0,
    SeenByGroupCreated = 1,
    SeenByGroupJoined = 2,
    SeenByGroupInvited = 3,
    SeenByGroupQuit = 4,
    SeenByGroupKicked = 5,
    SeenByGroupRoleChanged = 6,
    SeenByGroupDismissed = 7,
};

/// Something that happened in a group (R25).
SEENBY_OBJC_EXPORT
@interface SeenByGroupChange : NSObject {
  @package
    NSString *_groupID;
    SeenByGroupChangeKind _kind;
    uint32_t _role;
    NSString *_by;
    NSArray<NSString *> *_members;
    uint32_t _memberCount;
}
@property (nonatomic, copy, readonly) NSString *groupID;
/// Later versions may have more kinds.
@property (nonatomic, assign, readonly) SeenByGroupChangeKind kind;
/// SeenByGroupRoleChanged: the new role, V2TIMGroupMemberRole. Else 0.
@property (nonatomic, assign, readonly) uint32_t role;
/// Who did it; nil: not known.
@property (nonatomic, copy, readonly, nullable) NSString *by;
/// To whom it was done: user ids.
@property (nonatomic, copy, readonly) NSArray<NSString *> *members;
/// How many members the group has now.
@property (nonatomic, assign, readonly) uint32_t memberCount;
@end

NS_ASSUME_NONNULL_END

#endif  // SEENBY_OBJC_DETAILS_H
