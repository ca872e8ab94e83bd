// SPDX-License-Identifier: MIT OR Apache-2.0

#ifndef SEENBY_OBJC_V2TIM_GROUP_H
#define SEENBY_OBJC_V2TIM_GROUP_H

#import "V2TIMMessage.h"

@class SeenByMemberDetails;

NS_ASSUME_NONNULL_BEGIN

#ifndef SEENBY_NO_GLOBAL_NAMES
// The kinds of groups (R25). Receipts: Work, Public and Meeting (R8).
static NSString *const GroupType_Work __attribute__((unused)) = @"Work";
static NSString *const GroupType_Public __attribute__((unused)) = @"Public";
static NSString *const GroupType_Meeting __attribute__((unused)) = @"Meeting";
static NSString *const GroupType_AVChatRoom __attribute__((unused)) = @"AVChatRoom";
static NSString *const GroupType_Community __attribute__((unused)) = @"Community";
#endif

typedef NS_ENUM(NSInteger, SeenByV2TIMGroupMemberRole) {
    SEENBY_NAME(V2TIM_GROUP_MEMBER_UNDEFINED) = 0,
    SEENBY_NAME(V2TIM_GROUP_MEMBER_ROLE_MEMBER) = 200,
    SEENBY_NAME(V2TIM_GROUP_MEMBER_ROLE_ADMIN) = 300,
    SEENBY_NAME(V2TIM_GROUP_MEMBER_ROLE_SUPER) = 400,
};
SEENBY_TYPE_NAME(V2TIMGroupMemberRole)

typedef NS_ENUM(NSInteger, SeenByV2TIMGroupMemberFilter) {
    SEENBY_NAME(V2TIM_GROUP_MEMBER_FILTER_ALL) = 0,
    SEENBY_NAME(V2TIM_GROUP_MEMBER_FILTER_OWNER) = 1,
    SEENBY_NAME(V2TIM_GROUP_MEMBER_FILTER_ADMIN) = 2,
    SEENBY_NAME(V2TIM_GROUP_MEMBER_FILTER_COMMON) = 4,
};
SEENBY_TYPE_NAME(V2TIMGroupMemberFilter)

typedef NS_ENUM(NSInteger, SeenByV2TIMGroupMemberResult) {
    SEENBY_NAME(V2TIM_GROUP_MEMBER_RESULT_FAIL) = 0,
    SEENBY_NAME(V2TIM_GROUP_MEMBER_RESULT_SUCC) = 1,
    /// It was a member already.
    SEENBY_NAME(V2TIM_GROUP_MEMBER_RESULT_INVALID) = 2,
    SEENBY_NAME(V2TIM_GROUP_MEMBER_RESULT_PENDING) = 3,
    SEENBY_NAME(V2TIM_GROUP_MEMBER_RESULT_OVERLIMIT) = 4,
};
SEENBY_TYPE_NAME(V2TIMGroupMemberResult)

typedef NS_ENUM(NSInteger, SeenByV2TIMGroupInfoChangeType) {
    SEENBY_NAME(V2TIM_GROUP_INFO_CHANGE_TYPE_NAME) = 1,
    SEENBY_NAME(V2TIM_GROUP_INFO_CHANGE_TYPE_INTRODUCTION) = 2,
    SEENBY_NAME(V2TIM_GROUP_INFO_CHANGE_TYPE_NOTIFICATION) = 3,
    SEENBY_NAME(V2TIM_GROUP_INFO_CHANGE_TYPE_FACE) = 4,
    SEENBY_NAME(V2TIM_GROUP_INFO_CHANGE_TYPE_OWNER) = 5,
    SEENBY_NAME(V2TIM_GROUP_INFO_CHANGE_TYPE_CUSTOM) = 6,
};
SEENBY_TYPE_NAME(V2TIMGroupInfoChangeType)

typedef NS_ENUM(NSInteger, SeenByV2TIMGroupAddOpt) {
    SEENBY_NAME(V2TIM_GROUP_ADD_FORBID) = 0,
    SEENBY_NAME(V2TIM_GROUP_ADD_AUTH) = 1,
    SEENBY_NAME(V2TIM_GROUP_ADD_ANY) = 2,
};
SEENBY_TYPE_NAME(V2TIMGroupAddOpt)

/// A member, in short.
SEENBY_OBJC_EXPORT
@interface SeenByV2TIMGroupMemberInfo : NSObject {
  @package
    int64_t _readTimestampMs;
    NSString *_userID;
    NSString *_nickName;
    NSString *_friendRemark;
    NSString *_nameCard;
    NSString *_faceURL;
}
@property (nonatomic, copy, nullable) NSString *userID;
/// May be empty (R27).
@property (nonatomic, copy, nullable) NSString *nickName;
/// Always nil, as nameCard.
@property (nonatomic, copy, readonly, nullable) NSString *friendRemark;
@property (nonatomic, copy, nullable) NSString *nameCard;
/// May be empty (R27).
@property (nonatomic, copy, nullable) NSString *faceURL;
/// Ours: what the documents have no field for.
@property (nonatomic, strong, readonly) SeenByMemberDetails *seenBy;
@end
SEENBY_CLASS_NAME(V2TIMGroupMemberInfo)

/// A member.
SEENBY_OBJC_EXPORT
@interface SeenByV2TIMGroupMemberFullInfo : SeenByV2TIMGroupMemberInfo {
  @package
    NSDictionary<NSString *, NSData *> *_customInfo;
    uint32_t _muteUntil;
    uint32_t _role;
    time_t _joinTime;
}
/// Not used.
@property (nonatomic, copy, nullable) NSDictionary<NSString *, NSData *> *customInfo;
/// V2TIMGroupMemberRole.
@property (nonatomic, assign, readonly) uint32_t role;
/// Not used.
@property (nonatomic, assign, readonly) uint32_t muteUntil;
/// When it joined (last), in s.
@property (nonatomic, assign, readonly) time_t joinTime;
@end
SEENBY_CLASS_NAME(V2TIMGroupMemberFullInfo)

/// Who is in a new group from the beginning.
SEENBY_OBJC_EXPORT
@interface SeenByV2TIMCreateGroupMemberInfo : NSObject {
  @package
    NSString *_userID;
    uint32_t _role;
}
@property (nonatomic, copy, nullable) NSString *userID;
/// V2TIM_GROUP_MEMBER_UNDEFINED or _ROLE_MEMBER: createGroup answers 7013 for another one.
@property (nonatomic, assign) uint32_t role;
@end
SEENBY_CLASS_NAME(V2TIMCreateGroupMemberInfo)

/// A group, as the caller sees it.
SEENBY_OBJC_EXPORT
@interface SeenByV2TIMGroupInfo : NSObject {
  @package
    NSString *_groupID;
    NSString *_groupType;
    NSString *_groupName;
    NSString *_notification;
    NSString *_introduction;
    NSString *_faceURL;
    BOOL _allMuted;
    NSDictionary<NSString *, NSData *> *_customInfo;
    SeenByV2TIMGroupAddOpt _groupAddOpt;
    SeenByV2TIMReceiveMessageOpt _recvOpt;
    NSString *_owner;
    uint32_t _createTime;
    uint32_t _memberCount;
    uint32_t _role;
}
@property (nonatomic, copy, nullable) NSString *groupID;
/// Work, Public, Meeting, Community or AVChatRoom.
@property (nonatomic, copy, nullable) NSString *groupType;
@property (nonatomic, copy, nullable) NSString *groupName;
/// Not used, as introduction and faceURL.
@property (nonatomic, copy, nullable) NSString *notification;
@property (nonatomic, copy, nullable) NSString *introduction;
@property (nonatomic, copy, nullable) NSString *faceURL;
/// Not used, as customInfo.
@property (nonatomic, assign) BOOL allMuted;
@property (nonatomic, copy, nullable) NSDictionary<NSString *, NSData *> *customInfo;
/// nil in a group that a registered message made (R19).
@property (nonatomic, copy, readonly, nullable) NSString *owner;
/// In s.
@property (nonatomic, assign, readonly) uint32_t createTime;
/// Not used.
@property (nonatomic, assign) SeenByV2TIMGroupAddOpt groupAddOpt;
@property (nonatomic, assign, readonly) uint32_t memberCount;
/// This user's role: V2TIMGroupMemberRole.
@property (nonatomic, assign, readonly) uint32_t role;
/// Not used.
@property (nonatomic, assign, readonly) SeenByV2TIMReceiveMessageOpt recvOpt;
@end
SEENBY_CLASS_NAME(V2TIMGroupInfo)

/// What became of one user of an invitation or a kick.
SEENBY_OBJC_EXPORT
@interface SeenByV2TIMGroupMemberOperationResult : NSObject {
  @package
    NSString *_userID;
    SeenByV2TIMGroupMemberResult _result;
}
@property (nonatomic, copy, readonly, nullable) NSString *userID;
@property (nonatomic, assign, readonly) SeenByV2TIMGroupMemberResult result;
@end
SEENBY_CLASS_NAME(V2TIMGroupMemberOperationResult)

/// What changed in a group: only its owner, with SeenBy.
SEENBY_OBJC_EXPORT
@interface SeenByV2TIMGroupChangeInfo : NSObject {
  @package
    SeenByV2TIMGroupInfoChangeType _type;
    NSString *_value;
    NSString *_key;
}
@property (nonatomic, assign, readonly) SeenByV2TIMGroupInfoChangeType type;
@property (nonatomic, copy, readonly, nullable) NSString *value;
@property (nonatomic, copy, readonly, nullable) NSString *key;
@end
SEENBY_CLASS_NAME(V2TIMGroupChangeInfo)

NS_ASSUME_NONNULL_END

#endif  // SEENBY_OBJC_V2TIM_GROUP_H
