// SPDX-License-Identifier: MIT OR Apache-2.0

#ifndef SEENBY_OBJC_V2TIM_MESSAGE_H
#define SEENBY_OBJC_V2TIM_MESSAGE_H

#import "SeenByDefines.h"

@class SeenByMessageDetails;
@class SeenByMessageHead;
@class SeenByReader;
@class SeenByReceiptDetails;

NS_ASSUME_NONNULL_BEGIN

typedef NS_ENUM(NSInteger, SeenByV2TIMMessagePriority) {
    SEENBY_NAME(V2TIM_PRIORITY_DEFAULT) = 0,
    SEENBY_NAME(V2TIM_PRIORITY_HIGH) = 1,
    SEENBY_NAME(V2TIM_PRIORITY_NORMAL) = 2,
    SEENBY_NAME(V2TIM_PRIORITY_LOW) = 3,
};
SEENBY_TYPE_NAME(V2TIMMessagePriority)

typedef NS_ENUM(NSInteger, SeenByV2TIMMessageStatus) {
    SEENBY_NAME(V2TIM_MSG_STATUS_SENDING) = 1,
    SEENBY_NAME(V2TIM_MSG_STATUS_SEND_SUCC) = 2,
    SEENBY_NAME(V2TIM_MSG_STATUS_SEND_FAIL) = 3,
    SEENBY_NAME(V2TIM_MSG_STATUS_HAS_DELETED) = 4,
    /// SeenBy never says this.
    SEENBY_NAME(V2TIM_MSG_STATUS_LOCAL_IMPORTED) = 5,
    SEENBY_NAME(V2TIM_MSG_STATUS_LOCAL_REVOKED) = 6,
};
SEENBY_TYPE_NAME(V2TIMMessageStatus)

/// SeenBy carries text and custom ones.
typedef NS_ENUM(NSInteger, SeenByV2TIMElemType) {
    SEENBY_NAME(V2TIM_ELEM_TYPE_NONE) = 0,
    SEENBY_NAME(V2TIM_ELEM_TYPE_TEXT) = 1,
    SEENBY_NAME(V2TIM_ELEM_TYPE_CUSTOM) = 2,
    SEENBY_NAME(V2TIM_ELEM_TYPE_IMAGE) = 3,
    SEENBY_NAME(V2TIM_ELEM_TYPE_SOUND) = 4,
    SEENBY_NAME(V2TIM_ELEM_TYPE_VIDEO) = 5,
    SEENBY_NAME(V2TIM_ELEM_TYPE_FILE) = 6,
    SEENBY_NAME(V2TIM_ELEM_TYPE_LOCATION) = 7,
    SEENBY_NAME(V2TIM_ELEM_TYPE_FACE) = 8,
    SEENBY_NAME(V2TIM_ELEM_TYPE_GROUP_TIPS) = 9,
    SEENBY_NAME(V2TIM_ELEM_TYPE_MERGER) = 10,
};
SEENBY_TYPE_NAME(V2TIMElemType)

/// From the cloud or from the device is the same to SeenBy.
typedef NS_ENUM(NSInteger, SeenByV2TIMMessageGetType) {
    SEENBY_NAME(V2TIM_GET_CLOUD_OLDER_MSG) = 1,
    SEENBY_NAME(V2TIM_GET_CLOUD_NEWER_MSG) = 2,
    SEENBY_NAME(V2TIM_GET_LOCAL_OLDER_MSG) = 3,
    SEENBY_NAME(V2TIM_GET_LOCAL_NEWER_MSG) = 4,
};
SEENBY_TYPE_NAME(V2TIMMessageGetType)

typedef NS_ENUM(NSInteger, SeenByV2TIMGroupMessageReadMembersFilter) {
    SEENBY_NAME(V2TIM_GROUP_MESSAGE_READ_MEMBERS_FILTER_READ) = 0,
    SEENBY_NAME(V2TIM_GROUP_MESSAGE_READ_MEMBERS_FILTER_UNREAD) = 1,
};
SEENBY_TYPE_NAME(V2TIMGroupMessageReadMembersFilter)

typedef NS_ENUM(NSInteger, SeenByV2TIMReceiveMessageOpt) {
    SEENBY_NAME(V2TIM_RECEIVE_MESSAGE) = 0,
    SEENBY_NAME(V2TIM_NOT_RECEIVE_MESSAGE) = 1,
    SEENBY_NAME(V2TIM_RECEIVE_NOT_NOTIFY_MESSAGE) = 2,
};
SEENBY_TYPE_NAME(V2TIMReceiveMessageOpt)

/// A part of a message. A message of SeenBy has one.
SEENBY_OBJC_EXPORT
@interface SeenByV2TIMElem : NSObject
/// Always nil.
- (nullable SeenByV2TIMElem *)nextElem;
@end
SEENBY_CLASS_NAME(V2TIMElem)

SEENBY_OBJC_EXPORT
@interface SeenByV2TIMTextElem : SeenByV2TIMElem {
  @package
    NSString *_text;
}
@property (nonatomic, copy, nullable) NSString *text;
@end
SEENBY_CLASS_NAME(V2TIMTextElem)

SEENBY_OBJC_EXPORT
@interface SeenByV2TIMCustomElem : SeenByV2TIMElem {
  @package
    NSData *_data;
    NSString *_desc;
    NSString *_extension;
}
@property (nonatomic, copy, nullable) NSData *data;
@property (nonatomic, copy, nullable) NSString *desc;
@property (nonatomic, copy, nullable) NSString *extension;
@end
SEENBY_CLASS_NAME(V2TIMCustomElem)

/// SeenBy sends no push notifications: what is set here has no effect.
SEENBY_OBJC_EXPORT
@interface SeenByV2TIMOfflinePushInfo : NSObject {
  @package
    NSString *_title;
    NSString *_desc;
    NSString *_ext;
    BOOL _disablePush;
    NSString *_iOSSound;
    BOOL _ignoreIOSBadge;
    NSString *_AndroidOPPOChannelID;
    NSString *_AndroidFCMChannelID;
    NSString *_AndroidXiaoMiChannelID;
    NSString *_AndroidSound;
    NSInteger _AndroidVIVOClassification;
}
@property (nonatomic, copy, nullable) NSString *title;
@property (nonatomic, copy, nullable) NSString *desc;
@property (nonatomic, copy, nullable) NSString *ext;
@property (nonatomic, assign) BOOL disablePush;
@property (nonatomic, copy, nullable) NSString *iOSSound;
@property (nonatomic, assign) BOOL ignoreIOSBadge;
@property (nonatomic, copy, nullable) NSString *AndroidOPPOChannelID;
@property (nonatomic, copy, nullable) NSString *AndroidFCMChannelID;
@property (nonatomic, copy, nullable) NSString *AndroidXiaoMiChannelID;
@property (nonatomic, copy, nullable) NSString *AndroidSound;
@property (nonatomic, assign) NSInteger AndroidVIVOClassification;
@end
SEENBY_CLASS_NAME(V2TIMOfflinePushInfo)

/// A message. One that is sent is brought up to date when sendMessage returns, and again before its block comes: the same
/// object can be sent again when it failed, and cannot be stored twice (R16). Any thread may read it.
SEENBY_OBJC_EXPORT
@interface SeenByV2TIMMessage : NSObject {
  @package
    SeenByV2TIMElem *_elem;
    NSString *_unsupported;
    uint64_t _attempt;
    uint64_t _endedAttempt;
    BOOL _needReadReceipt;
    NSMutableArray<NSString *> *_groupAtUserList;
    SeenByV2TIMElemType _elemType;
    NSData *_localCustomData;
    int _localCustomInt;
    NSData *_cloudCustomData;
    BOOL _isExcludedFromUnreadCount;
    BOOL _isExcludedFromLastMessage;
    BOOL _supportMessageExtension;
    SeenByMessageHead *_head;
}
/// nil until sendMessage.
@property (nonatomic, copy, readonly, nullable) NSString *msgID;
/// When the service accepted it; the device's estimate before. nil: not known.
@property (nonatomic, strong, readonly, nullable) NSDate *timestamp;
@property (nonatomic, copy, readonly, nullable) NSString *sender;
/// The sender's, when it was delivered (R27).
@property (nonatomic, copy, readonly, nullable) NSString *nickName;
/// Always nil, as nameCard.
@property (nonatomic, copy, readonly, nullable) NSString *friendRemark;
@property (nonatomic, copy, readonly, nullable) NSString *nameCard;
/// The sender's, when it was delivered (R27).
@property (nonatomic, copy, readonly, nullable) NSString *faceURL;
/// Groups: the group. nil one to one.
@property (nonatomic, copy, readonly, nullable) NSString *groupID;
/// One to one: the peer, in both directions. nil in groups.
@property (nonatomic, copy, readonly, nullable) NSString *userID;
/// Its number in the conversation, dense and growing; 0 until the service gave it.
@property (nonatomic, assign, readonly) uint64_t seq;
/// Not used.
@property (nonatomic, assign, readonly) uint64_t random;
@property (nonatomic, assign, readonly) SeenByV2TIMMessageStatus status;
@property (nonatomic, assign, readonly) BOOL isSelf;
/// Whether this user's mark covers it (R14).
@property (nonatomic, assign, readonly) BOOL isRead;
/// One to one: whether the peer's mark covers it (R14). Not from receipts.
@property (nonatomic, assign, readonly) BOOL isPeerRead;
/// Whether receipts are wanted (R1): set it before sendMessage. NO again once it was sent if it was downgraded (R8).
@property (nonatomic, assign) BOOL needReadReceipt;
/// Not used.
@property (nonatomic, assign, readonly) BOOL isBroadcastMessage;
@property (nonatomic, assign, readonly) SeenByV2TIMMessagePriority priority;
/// Outside SeenBy: sendMessage answers 7013 if it is not empty.
@property (nonatomic, copy, nullable) NSMutableArray<NSString *> *groupAtUserList;
@property (nonatomic, assign, readonly) SeenByV2TIMElemType elemType;
/// The text, if elemType is V2TIM_ELEM_TYPE_TEXT.
@property (nonatomic, strong, readonly, nullable) SeenByV2TIMTextElem *textElem;
/// The data, if elemType is V2TIM_ELEM_TYPE_CUSTOM.
@property (nonatomic, strong, readonly, nullable) SeenByV2TIMCustomElem *customElem;
/// Stays in this object; SeenBy does not keep it.
@property (nonatomic, copy, nullable) NSData *localCustomData;
/// As localCustomData.
@property (nonatomic, assign) int localCustomInt;
/// Data the app attaches.
@property (nonatomic, copy, nullable) NSData *cloudCustomData;
@property (nonatomic, assign) BOOL isExcludedFromUnreadCount;
@property (nonatomic, assign) BOOL isExcludedFromLastMessage;
/// Not used.
@property (nonatomic, assign) BOOL supportMessageExtension;
/// Always nil.
@property (nonatomic, strong, readonly, nullable) SeenByV2TIMOfflinePushInfo *offlinePushInfo;
/// Ours: what the documents have no field for, as it is now.
@property (nonatomic, strong, readonly) SeenByMessageDetails *seenBy;
@end
SEENBY_CLASS_NAME(V2TIMMessage)

/// A message's receipts, counted (R10), or a conversation mark of the peer (R14).
SEENBY_OBJC_EXPORT
@interface SeenByV2TIMMessageReceipt : NSObject {
  @package
    NSString *_msgID;
    NSString *_userID;
    NSString *_groupID;
    NSString *_conversationID;
    NSArray<SeenByReader *> *_readers;
    uint64_t _seq;
    uint64_t _position;
    int64_t _timestampMs;
    uint32_t _read;
    uint32_t _unread;
    BOOL _peerRead;
    BOOL _moreReaders;
}
/// Empty: the peer marked the conversation as read. Never nil.
@property (nonatomic, copy, readonly) NSString *msgID;
/// One to one: the peer. nil in groups.
@property (nonatomic, copy, readonly, nullable) NSString *userID;
/// One to one: whether the peer has read it.
@property (nonatomic, assign, readonly) BOOL isPeerRead;
/// One to one, in s: when the peer read it, or marked the conversation. 0 before, and in groups.
@property (nonatomic, assign, readonly) time_t timestamp;
/// nil one to one.
@property (nonatomic, copy, readonly, nullable) NSString *groupID;
/// Groups: how many have read it; 0: nobody.
@property (nonatomic, assign, readonly) int readCount;
/// Groups: how many have not; 0: everybody has read it.
@property (nonatomic, assign, readonly) int unreadCount;
/// Ours: what the documents have no field for.
@property (nonatomic, strong, readonly) SeenByReceiptDetails *seenBy;
@end
SEENBY_CLASS_NAME(V2TIMMessageReceipt)

/// Which messages of a conversation (R18).
SEENBY_OBJC_EXPORT
@interface SeenByV2TIMMessageListGetOption : NSObject {
  @package
    SeenByV2TIMMessageGetType _getType;
    NSString *_userID;
    NSString *_groupID;
    NSUInteger _count;
    NSArray<NSNumber *> *_messageTypeList;
    SeenByV2TIMMessage *_lastMsg;
    NSUInteger _lastMsgSeq;
    NSUInteger _getTimeBegin;
    NSUInteger _getTimePeriod;
}
/// V2TIM_GET_CLOUD_OLDER_MSG unless it is set.
@property (nonatomic, assign) SeenByV2TIMMessageGetType getType;
/// Exactly one of this and groupID.
@property (nonatomic, copy, nullable) NSString *userID;
@property (nonatomic, copy, nullable) NSString *groupID;
/// 1 to 100.
@property (nonatomic, assign) NSUInteger count;
/// Outside SeenBy: 7013 if it is not empty.
@property (nonatomic, copy, nullable) NSArray<NSNumber *> *messageTypeList;
/// Begin beside this message, without it; wins over lastMsgSeq.
@property (nonatomic, strong, nullable) SeenByV2TIMMessage *lastMsg;
/// Begin at this seq, with it; 0: from the end.
@property (nonatomic, assign) NSUInteger lastMsgSeq;
/// In s since 1970; 0: now.
@property (nonatomic, assign) NSUInteger getTimeBegin;
/// In s; 0: unbounded. The interval is closed.
@property (nonatomic, assign) NSUInteger getTimePeriod;
@end
SEENBY_CLASS_NAME(V2TIMMessageListGetOption)

NS_ASSUME_NONNULL_END

#endif  // SEENBY_OBJC_V2TIM_MESSAGE_H
