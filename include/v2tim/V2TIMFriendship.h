// SPDX-License-Identifier: MIT OR Apache-2.0
//
// People (R27): a user has a nickName and a faceURL. Friends and the other fields are outside SeenBy and stay empty.

#ifndef SEENBY_V2TIM_FRIENDSHIP_H
#define SEENBY_V2TIM_FRIENDSHIP_H

#include "V2TIMCommon.h"

SEENBY_V2TIM_BEGIN

enum V2TIMGender : int { V2TIM_GENDER_UNKNOWN = 0, V2TIM_GENDER_MALE = 1, V2TIM_GENDER_FEMALE = 2 };

enum V2TIMFriendAllowType : int {
    V2TIM_FRIEND_ALLOW_ANY = 0,
    V2TIM_FRIEND_NEED_CONFIRM = 1,
    V2TIM_FRIEND_DENY_ANY = 2
};

enum V2TIMUserStatusType : int {
    V2TIM_USER_STATUS_UNKNOWN = 0,
    V2TIM_USER_STATUS_ONLINE = 1,
    V2TIM_USER_STATUS_OFFLINE = 2,
    V2TIM_USER_STATUS_UNLOGINED = 3
};

/// What SetSelfInfo changes; added together.
enum V2TIMUserInfoModifyFlag : int {
    V2TIM_USER_INFO_MODIFY_FLAG_UNKNOWN = 0,
    V2TIM_USER_INFO_MODIFY_FLAG_NICK = 1,
    V2TIM_USER_INFO_MODIFY_FLAG_FACE_URL = 2
};

struct V2TIMUserInfo {
    V2TIMUserInfo() {}
    V2TIMUserInfo(const V2TIMUserInfo&) = default;
    V2TIMUserInfo(V2TIMUserInfo&&) noexcept = default;
    V2TIMUserInfo& operator=(const V2TIMUserInfo&) = default;
    V2TIMUserInfo& operator=(V2TIMUserInfo&&) noexcept = default;
    virtual ~V2TIMUserInfo() {}

    V2TIMString userID;
    /// May be empty.
    V2TIMString nickName;
    /// May be empty.
    V2TIMString faceURL;
};
SEENBY_V2TIM_VECTOR(V2TIMUserInfo)
typedef TXV2TIMUserInfoVector V2TIMUserInfoVector;

struct V2TIMUserFullInfo : public V2TIMUserInfo {
    V2TIMString selfSignature;
    V2TIMGender gender = V2TIM_GENDER_UNKNOWN;
    uint32_t role = 0;
    uint32_t level = 0;
    uint32_t birthday = 0;
    V2TIMFriendAllowType allowType = V2TIM_FRIEND_ALLOW_ANY;
    V2TIMCustomInfo customInfo;
    /// For SetSelfInfo: V2TIMUserInfoModifyFlag. 0: nickName and faceURL, each if it is not empty.
    uint32_t modifyFlag = 0;
};
SEENBY_V2TIM_VECTOR(V2TIMUserFullInfo)
typedef TXV2TIMUserFullInfoVector V2TIMUserFullInfoVector;

struct V2TIMUserStatus {
    V2TIMString userID;
    V2TIMUserStatusType statusType = V2TIM_USER_STATUS_UNKNOWN;
    V2TIMString customStatus;
};
SEENBY_V2TIM_VECTOR(V2TIMUserStatus)
typedef TXV2TIMUserStatusVector V2TIMUserStatusVector;

struct V2TIMFriendInfo {
    V2TIMString userID;
    V2TIMString friendRemark;
    uint64_t friendAddTime = 0;
    V2TIMUserFullInfo userFullInfo;
};
SEENBY_V2TIM_VECTOR(V2TIMFriendInfo)
typedef TXV2TIMFriendInfoVector V2TIMFriendInfoVector;

SEENBY_V2TIM_END

#ifndef SEENBY_V2TIM_NO_GLOBAL_NAMES
using seenby_v2tim::TXV2TIMFriendInfoVector;
using seenby_v2tim::TXV2TIMUserFullInfoVector;
using seenby_v2tim::TXV2TIMUserInfoVector;
using seenby_v2tim::TXV2TIMUserStatusVector;
using seenby_v2tim::V2TIMFriendAllowType;
using seenby_v2tim::V2TIMFriendInfo;
using seenby_v2tim::V2TIMFriendInfoVector;
using seenby_v2tim::V2TIMGender;
using seenby_v2tim::V2TIMUserFullInfo;
using seenby_v2tim::V2TIMUserFullInfoVector;
using seenby_v2tim::V2TIMUserInfo;
using seenby_v2tim::V2TIMUserInfoModifyFlag;
using seenby_v2tim::V2TIMUserInfoVector;
using seenby_v2tim::V2TIMUserStatus;
using seenby_v2tim::V2TIMUserStatusType;
using seenby_v2tim::V2TIMUserStatusVector;
using seenby_v2tim::V2TIM_FRIEND_ALLOW_ANY;
using seenby_v2tim::V2TIM_FRIEND_DENY_ANY;
using seenby_v2tim::V2TIM_FRIEND_NEED_CONFIRM;
using seenby_v2tim::V2TIM_GENDER_FEMALE;
using seenby_v2tim::V2TIM_GENDER_MALE;
using seenby_v2tim::V2TIM_GENDER_UNKNOWN;
using seenby_v2tim::V2TIM_USER_INFO_MODIFY_FLAG_FACE_URL;
using seenby_v2tim::V2TIM_USER_INFO_MODIFY_FLAG_NICK;
using seenby_v2tim::V2TIM_USER_INFO_MODIFY_FLAG_UNKNOWN;
using seenby_v2tim::V2TIM_USER_STATUS_OFFLINE;
using seenby_v2tim::V2TIM_USER_STATUS_ONLINE;
using seenby_v2tim::V2TIM_USER_STATUS_UNKNOWN;
using seenby_v2tim::V2TIM_USER_STATUS_UNLOGINED;
#endif

#endif  // SEENBY_V2TIM_FRIENDSHIP_H
