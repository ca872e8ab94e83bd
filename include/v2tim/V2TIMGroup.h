// SPDX-License-Identifier: MIT OR Apache-2.0

#ifndef SEENBY_V2TIM_GROUP_H
#define SEENBY_V2TIM_GROUP_H

#include "V2TIMCommon.h"

SEENBY_V2TIM_BEGIN

enum V2TIMGroupMemberRole : int {
    V2TIM_GROUP_MEMBER_UNDEFINED = 0,
    V2TIM_GROUP_MEMBER_ROLE_MEMBER = SEENBY_ROLE_MEMBER,
    V2TIM_GROUP_MEMBER_ROLE_ADMIN = SEENBY_ROLE_ADMIN,
    V2TIM_GROUP_MEMBER_ROLE_SUPER = SEENBY_ROLE_OWNER
};

enum V2TIMGroupMemberFilter : int {
    V2TIM_GROUP_MEMBER_FILTER_ALL = 0,
    V2TIM_GROUP_MEMBER_FILTER_OWNER = 1,
    V2TIM_GROUP_MEMBER_FILTER_ADMIN = 2,
    V2TIM_GROUP_MEMBER_FILTER_COMMON = 4
};

enum V2TIMGroupMemberResult : int {
    V2TIM_GROUP_MEMBER_RESULT_FAIL = SEENBY_MEMBER_FAILED,
    V2TIM_GROUP_MEMBER_RESULT_SUCC = SEENBY_MEMBER_DONE,
    /// It was a member already.
    V2TIM_GROUP_MEMBER_RESULT_INVALID = SEENBY_MEMBER_ALREADY,
    V2TIM_GROUP_MEMBER_RESULT_PENDING = 3,
    V2TIM_GROUP_MEMBER_RESULT_OVERLIMIT = 4
};

enum V2TIMGroupInfoChangeType : int {
    V2TIM_GROUP_INFO_CHANGE_TYPE_NAME = 1,
    V2TIM_GROUP_INFO_CHANGE_TYPE_INTRODUCTION = 2,
    V2TIM_GROUP_INFO_CHANGE_TYPE_NOTIFICATION = 3,
    V2TIM_GROUP_INFO_CHANGE_TYPE_FACE = 4,
    V2TIM_GROUP_INFO_CHANGE_TYPE_OWNER = 5,
    V2TIM_GROUP_INFO_CHANGE_TYPE_CUSTOM = 6
};

enum V2TIMGroupAddOpt : int {
    V2TIM_GROUP_ADD_FORBID = 0,
    V2TIM_GROUP_ADD_AUTH = 1,
    V2TIM_GROUP_ADD_ANY = 2
};

struct V2TIMGroupMemberInfo {
    V2TIMString userID;
    /// May be empty (R27).
    V2TIMString nickName;
    V2TIMString friendRemark;
    V2TIMString nameCard;
    /// May be empty (R27).
    V2TIMString faceURL;
    /// Ours.
    V2TIMSeenByMember seenBy;
};
SEENBY_V2TIM_VECTOR(V2TIMGroupMemberInfo)
typedef TXV2TIMGroupMemberInfoVector V2TIMGroupMemberInfoVector;

struct V2TIMGroupMemberFullInfo : public V2TIMGroupMemberInfo {
    V2TIMCustomInfo customInfo;
    /// V2TIMGroupMemberRole.
    uint32_t role = 0;
    uint32_t muteUntil = 0;
    /// In s: when it joined (last).
    int64_t joinTime = 0;
    uint32_t modifyFlag = 0;
};
SEENBY_V2TIM_VECTOR(V2TIMGroupMemberFullInfo)
typedef TXV2TIMGroupMemberFullInfoVector V2TIMGroupMemberFullInfoVector;

struct V2TIMGroupMemberInfoResult {
    /// What the next call passes; 0: this was the last page.
    uint64_t nextSequence = 0;
    V2TIMGroupMemberFullInfoVector memberInfoList;
};

struct V2TIMGroupInfo {
    V2TIMString groupID;
    /// Work, Public, Meeting, Community or AVChatRoom.
    V2TIMString groupType;
    V2TIMString groupName;
    V2TIMString notification;
    V2TIMString introduction;
    V2TIMString faceURL;
    bool allMuted = false;
    V2TIMCustomInfo customInfo;
    /// Empty in a group that a registered message made (R19).
    V2TIMString owner;
    /// In s.
    uint32_t createTime = 0;
    V2TIMGroupAddOpt groupAddOpt = V2TIM_GROUP_ADD_ANY;
    uint32_t lastInfoTime = 0;
    uint32_t lastMessageTime = 0;
    uint32_t memberCount = 0;
    uint32_t onlineCount = 0;
    uint32_t memberMaxCount = 0;
    /// This user's role: V2TIMGroupMemberRole.
    uint32_t role = 0;
    V2TIMReceiveMessageOpt recvOpt = V2TIM_RECEIVE_MESSAGE;
    uint32_t joinTime = 0;
    uint32_t modifyFlag = 0;
};
SEENBY_V2TIM_VECTOR(V2TIMGroupInfo)
typedef TXV2TIMGroupInfoVector V2TIMGroupInfoVector;

struct V2TIMGroupMemberOperationResult {
    V2TIMString userID;
    V2TIMGroupMemberResult result = V2TIM_GROUP_MEMBER_RESULT_FAIL;
};
SEENBY_V2TIM_VECTOR(V2TIMGroupMemberOperationResult)
typedef TXV2TIMGroupMemberOperationResultVector V2TIMGroupMemberOperationResultVector;

struct V2TIMCreateGroupMemberInfo {
    V2TIMString userID;
    /// V2TIM_GROUP_MEMBER_UNDEFINED or _ROLE_MEMBER: CreateGroup answers 7013 for another one.
    uint32_t role = 0;
};
SEENBY_V2TIM_VECTOR(V2TIMCreateGroupMemberInfo)
typedef TXV2TIMCreateGroupMemberInfoVector V2TIMCreateGroupMemberInfoVector;

struct V2TIMGroupChangeInfo {
    V2TIMGroupInfoChangeType type = V2TIM_GROUP_INFO_CHANGE_TYPE_NAME;
    V2TIMString value;
    V2TIMString key;
};
SEENBY_V2TIM_VECTOR(V2TIMGroupChangeInfo)
typedef TXV2TIMGroupChangeInfoVector V2TIMGroupChangeInfoVector;

// Types of documented calls that are outside SeenBy, so that code which mentions them compiles.
struct V2TIMGroupMemberChangeInfo {
    V2TIMString userID;
    uint32_t muteTime = 0;
};
SEENBY_V2TIM_VECTOR(V2TIMGroupMemberChangeInfo)
typedef TXV2TIMGroupMemberChangeInfoVector V2TIMGroupMemberChangeInfoVector;

struct V2TIMGroupInfoResult {
    int resultCode = 0;
    V2TIMString resultMsg;
    V2TIMGroupInfo info;
};
SEENBY_V2TIM_VECTOR(V2TIMGroupInfoResult)
typedef TXV2TIMGroupInfoResultVector V2TIMGroupInfoResultVector;

struct V2TIMGroupSearchParam {
    V2TIMStringVector keywordList;
    bool isSearchGroupID = true;
    bool isSearchGroupName = true;
};

struct V2TIMGroupMemberSearchParam {
    V2TIMStringVector groupIDList;
    V2TIMStringVector keywordList;
    bool isSearchMemberUserID = true;
    bool isSearchMemberNickName = true;
    bool isSearchMemberRemark = true;
    bool isSearchMemberNameCard = true;
};
SEENBY_V2TIM_MAP(V2TIMString, V2TIMGroupMemberFullInfoVector)
typedef TXV2TIMStringToV2TIMGroupMemberFullInfoVectorMap V2TIMGroupSearchGroupMembersMap;

struct V2TIMGroupApplication : public V2TIMBaseObject {
    V2TIMString groupID;
    V2TIMString fromUser;
    V2TIMString fromUserNickName;
    V2TIMString fromUserFaceUrl;
    V2TIMString toUser;
    uint64_t addTime = 0;
    V2TIMString requestMsg;
    V2TIMString handledMsg;
};
SEENBY_V2TIM_VECTOR(V2TIMGroupApplication)
typedef TXV2TIMGroupApplicationVector V2TIMGroupApplicationVector;

struct V2TIMGroupApplicationResult {
    uint64_t unreadCount = 0;
    V2TIMGroupApplicationVector applicationList;
};

SEENBY_V2TIM_END

#ifndef SEENBY_V2TIM_NO_GLOBAL_NAMES
using seenby_v2tim::TXV2TIMCreateGroupMemberInfoVector;
using seenby_v2tim::TXV2TIMGroupApplicationVector;
using seenby_v2tim::TXV2TIMGroupChangeInfoVector;
using seenby_v2tim::TXV2TIMGroupInfoResultVector;
using seenby_v2tim::TXV2TIMGroupInfoVector;
using seenby_v2tim::TXV2TIMGroupMemberChangeInfoVector;
using seenby_v2tim::TXV2TIMGroupMemberFullInfoVector;
using seenby_v2tim::TXV2TIMGroupMemberInfoVector;
using seenby_v2tim::TXV2TIMGroupMemberOperationResultVector;
using seenby_v2tim::TXV2TIMStringToV2TIMGroupMemberFullInfoVectorMap;
using seenby_v2tim::V2TIMCreateGroupMemberInfo;
using seenby_v2tim::V2TIMCreateGroupMemberInfoVector;
using seenby_v2tim::V2TIMGroupAddOpt;
using seenby_v2tim::V2TIMGroupApplication;
using seenby_v2tim::V2TIMGroupApplicationResult;
using seenby_v2tim::V2TIMGroupApplicationVector;
using seenby_v2tim::V2TIMGroupChangeInfo;
using seenby_v2tim::V2TIMGroupChangeInfoVector;
using seenby_v2tim::V2TIMGroupInfo;
using seenby_v2tim::V2TIMGroupInfoChangeType;
using seenby_v2tim::V2TIMGroupInfoResult;
using seenby_v2tim::V2TIMGroupInfoResultVector;
using seenby_v2tim::V2TIMGroupInfoVector;
using seenby_v2tim::V2TIMGroupMemberChangeInfo;
using seenby_v2tim::V2TIMGroupMemberChangeInfoVector;
using seenby_v2tim::V2TIMGroupMemberFilter;
using seenby_v2tim::V2TIMGroupMemberFullInfo;
using seenby_v2tim::V2TIMGroupMemberFullInfoVector;
using seenby_v2tim::V2TIMGroupMemberInfo;
using seenby_v2tim::V2TIMGroupMemberInfoResult;
using seenby_v2tim::V2TIMGroupMemberInfoVector;
using seenby_v2tim::V2TIMGroupMemberOperationResult;
using seenby_v2tim::V2TIMGroupMemberOperationResultVector;
using seenby_v2tim::V2TIMGroupMemberResult;
using seenby_v2tim::V2TIMGroupMemberRole;
using seenby_v2tim::V2TIMGroupMemberSearchParam;
using seenby_v2tim::V2TIMGroupSearchGroupMembersMap;
using seenby_v2tim::V2TIMGroupSearchParam;
using seenby_v2tim::V2TIM_GROUP_ADD_ANY;
using seenby_v2tim::V2TIM_GROUP_ADD_AUTH;
using seenby_v2tim::V2TIM_GROUP_ADD_FORBID;
using seenby_v2tim::V2TIM_GROUP_INFO_CHANGE_TYPE_CUSTOM;
using seenby_v2tim::V2TIM_GROUP_INFO_CHANGE_TYPE_FACE;
using seenby_v2tim::V2TIM_GROUP_INFO_CHANGE_TYPE_INTRODUCTION;
using seenby_v2tim::V2TIM_GROUP_INFO_CHANGE_TYPE_NAME;
using seenby_v2tim::V2TIM_GROUP_INFO_CHANGE_TYPE_NOTIFICATION;
using seenby_v2tim::V2TIM_GROUP_INFO_CHANGE_TYPE_OWNER;
using seenby_v2tim::V2TIM_GROUP_MEMBER_FILTER_ADMIN;
using seenby_v2tim::V2TIM_GROUP_MEMBER_FILTER_ALL;
using seenby_v2tim::V2TIM_GROUP_MEMBER_FILTER_COMMON;
using seenby_v2tim::V2TIM_GROUP_MEMBER_FILTER_OWNER;
using seenby_v2tim::V2TIM_GROUP_MEMBER_RESULT_FAIL;
using seenby_v2tim::V2TIM_GROUP_MEMBER_RESULT_INVALID;
using seenby_v2tim::V2TIM_GROUP_MEMBER_RESULT_OVERLIMIT;
using seenby_v2tim::V2TIM_GROUP_MEMBER_RESULT_PENDING;
using seenby_v2tim::V2TIM_GROUP_MEMBER_RESULT_SUCC;
using seenby_v2tim::V2TIM_GROUP_MEMBER_ROLE_ADMIN;
using seenby_v2tim::V2TIM_GROUP_MEMBER_ROLE_MEMBER;
using seenby_v2tim::V2TIM_GROUP_MEMBER_ROLE_SUPER;
using seenby_v2tim::V2TIM_GROUP_MEMBER_UNDEFINED;
#endif

#endif  // SEENBY_V2TIM_GROUP_H
