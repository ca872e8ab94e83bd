// SPDX-License-Identifier: MIT OR Apache-2.0
//
// People (R27): a user has a nickName and a faceURL. Friends and the other fields are outside SeenBy and stay empty.

#ifndef SEENBY_OBJC_V2TIM_USER_H
#define SEENBY_OBJC_V2TIM_USER_H

#import "SeenByDefines.h"

NS_ASSUME_NONNULL_BEGIN

typedef NS_ENUM(NSInteger, SeenByV2TIMGender) {
    SEENBY_NAME(V2TIM_GENDER_UNKNOWN) = 0,
    SEENBY_NAME(V2TIM_GENDER_MALE) = 1,
    SEENBY_NAME(V2TIM_GENDER_FEMALE) = 2,
};
SEENBY_TYPE_NAME(V2TIMGender)

typedef NS_ENUM(NSInteger, SeenByV2TIMFriendAllowType) {
    SEENBY_NAME(V2TIM_FRIEND_ALLOW_ANY) = 0,
    SEENBY_NAME(V2TIM_FRIEND_NEED_CONFIRM) = 1,
    SEENBY_NAME(V2TIM_FRIEND_DENY_ANY) = 2,
};
SEENBY_TYPE_NAME(V2TIMFriendAllowType)

/// Who a user is, in short.
SEENBY_OBJC_EXPORT
@interface SeenByV2TIMUserInfo : NSObject {
  @package
    NSString *_userID;
    NSString *_nickName;
    NSString *_faceURL;
}
@property (nonatomic, copy, nullable) NSString *userID;
/// May be empty.
@property (nonatomic, copy, nullable) NSString *nickName;
/// May be empty.
@property (nonatomic, copy, nullable) NSString *faceURL;
@end
SEENBY_CLASS_NAME(V2TIMUserInfo)

/// What a user says of itself. For setSelfInfo: nickName and faceURL, each if it is not nil; empty clears it.
SEENBY_OBJC_EXPORT
@interface SeenByV2TIMUserFullInfo : SeenByV2TIMUserInfo {
  @package
    NSString *_selfSignature;
    SeenByV2TIMGender _gender;
    uint32_t _birthday;
    SeenByV2TIMFriendAllowType _allowType;
    NSDictionary<NSString *, NSData *> *_customInfo;
    uint32_t _role;
    uint32_t _level;
}
/// Not used, as what follows.
@property (nonatomic, copy, nullable) NSString *selfSignature;
@property (nonatomic, assign) SeenByV2TIMGender gender;
@property (nonatomic, assign) uint32_t birthday;
@property (nonatomic, assign) SeenByV2TIMFriendAllowType allowType;
@property (nonatomic, copy, nullable) NSDictionary<NSString *, NSData *> *customInfo;
@property (nonatomic, assign) uint32_t role;
@property (nonatomic, assign) uint32_t level;
@end
SEENBY_CLASS_NAME(V2TIMUserFullInfo)

NS_ASSUME_NONNULL_END

#endif  // SEENBY_OBJC_V2TIM_USER_H
