// SPDX-License-Identifier: MIT OR Apache-2.0

#ifndef SEENBY_V2TIM_GROUP_MANAGER_H
#define SEENBY_V2TIM_GROUP_MANAGER_H

#include "V2TIMCallback.h"
#include "V2TIMGroup.h"
#include "V2TIMListener.h"

SEENBY_V2TIM_BEGIN

/// Groups (R25). Which call works and which answers an error: docs/v2tim-cpp.md.
class V2TIMGroupManager {
public:
    virtual ~V2TIMGroupManager() {}

    /// Of `info`: groupType, groupID (empty: one is made) and groupName.
    virtual void CreateGroup(const V2TIMGroupInfo& info, const V2TIMCreateGroupMemberInfoVector& memberList,
                             V2TIMValueCallback<V2TIMString>* callback) = 0;
    virtual void GetJoinedGroupList(V2TIMValueCallback<V2TIMGroupInfoVector>* callback) = 0;
    /// A page of up to 100. `filter`: V2TIM_GROUP_MEMBER_FILTER_ALL; 7013 for another one.
    virtual void GetGroupMemberList(const V2TIMString& groupID, uint32_t filter, uint64_t nextSeq,
                                    V2TIMValueCallback<V2TIMGroupMemberInfoResult>* callback) = 0;
    virtual void GetGroupMembersInfo(const V2TIMString& groupID, V2TIMStringVector memberList,
                                     V2TIMValueCallback<V2TIMGroupMemberFullInfoVector>* callback) = 0;
    virtual void InviteUserToGroup(const V2TIMString& groupID, const V2TIMStringVector& userList,
                                   V2TIMValueCallback<V2TIMGroupMemberOperationResultVector>* callback) = 0;
    /// The reason is not told to anybody.
    virtual void KickGroupMember(const V2TIMString& groupID, const V2TIMStringVector& memberList,
                                 const V2TIMString& reason,
                                 V2TIMValueCallback<V2TIMGroupMemberOperationResultVector>* callback) = 0;
    /// `duration`: 0; 7013 for another one.
    virtual void KickGroupMember(const V2TIMString& groupID, const V2TIMStringVector& memberList,
                                 const V2TIMString& reason, uint32_t duration,
                                 V2TIMValueCallback<V2TIMGroupMemberOperationResultVector>* callback) = 0;
    /// `role`: V2TIMGroupMemberRole.
    virtual void SetGroupMemberRole(const V2TIMString& groupID, const V2TIMString& userID, uint32_t role,
                                    V2TIMCallback* callback) = 0;

    // Outside SeenBy: 7013.
    virtual void GetGroupsInfo(const V2TIMStringVector& groupIDList,
                               V2TIMValueCallback<V2TIMGroupInfoResultVector>* callback) = 0;
    virtual void SearchGroups(const V2TIMGroupSearchParam& searchParam,
                              V2TIMValueCallback<V2TIMGroupInfoVector>* callback) = 0;
    virtual void SetGroupInfo(const V2TIMGroupInfo& info, V2TIMCallback* callback) = 0;
    virtual void InitGroupAttributes(const V2TIMString& groupID, const V2TIMGroupAttributeMap& attributes,
                                     V2TIMCallback* callback) = 0;
    virtual void SetGroupAttributes(const V2TIMString& groupID, const V2TIMGroupAttributeMap& attributes,
                                    V2TIMCallback* callback) = 0;
    virtual void DeleteGroupAttributes(const V2TIMString& groupID, const V2TIMStringVector& keys,
                                       V2TIMCallback* callback) = 0;
    virtual void GetGroupAttributes(const V2TIMString& groupID, const V2TIMStringVector& keys,
                                    V2TIMValueCallback<V2TIMGroupAttributeMap>* callback) = 0;
    virtual void GetGroupOnlineMemberCount(const V2TIMString& groupID, V2TIMValueCallback<uint32_t>* callback) = 0;
    virtual void SetGroupCounters(const V2TIMString& groupID, const V2TIMStringToInt64Map& counters,
                                  V2TIMValueCallback<V2TIMStringToInt64Map>* callback) = 0;
    virtual void GetGroupCounters(const V2TIMString& groupID, const V2TIMStringVector& keys,
                                  V2TIMValueCallback<V2TIMStringToInt64Map>* callback) = 0;
    virtual void IncreaseGroupCounter(const V2TIMString& groupID, const V2TIMString& key, int64_t value,
                                      V2TIMValueCallback<V2TIMStringToInt64Map>* callback) = 0;
    virtual void DecreaseGroupCounter(const V2TIMString& groupID, const V2TIMString& key, int64_t value,
                                      V2TIMValueCallback<V2TIMStringToInt64Map>* callback) = 0;
    virtual void SearchGroupMembers(const V2TIMGroupMemberSearchParam& param,
                                    V2TIMValueCallback<V2TIMGroupSearchGroupMembersMap>* callback) = 0;
    virtual void SetGroupMemberInfo(const V2TIMString& groupID, const V2TIMGroupMemberFullInfo& info,
                                    V2TIMCallback* callback) = 0;
    virtual void MuteGroupMember(const V2TIMString& groupID, const V2TIMString& userID, uint32_t seconds,
                                 V2TIMCallback* callback) = 0;
    virtual void MarkGroupMemberList(const V2TIMString& groupID, const V2TIMStringVector& memberList,
                                     uint32_t markType, bool enableMark, V2TIMCallback* callback) = 0;
    virtual void TransferGroupOwner(const V2TIMString& groupID, const V2TIMString& userID,
                                    V2TIMCallback* callback) = 0;
    virtual void GetGroupApplicationList(V2TIMValueCallback<V2TIMGroupApplicationResult>* callback) = 0;
    virtual void AcceptGroupApplication(const V2TIMGroupApplication& application, const V2TIMString& reason,
                                        V2TIMCallback* callback) = 0;
    virtual void RefuseGroupApplication(const V2TIMGroupApplication& application, const V2TIMString& reason,
                                        V2TIMCallback* callback) = 0;
    virtual void SetGroupApplicationRead(V2TIMCallback* callback) = 0;
    virtual void GetJoinedCommunityList(V2TIMValueCallback<V2TIMGroupInfoVector>* callback) = 0;
};

SEENBY_V2TIM_END

#ifndef SEENBY_V2TIM_NO_GLOBAL_NAMES
using seenby_v2tim::V2TIMGroupManager;
#endif

#endif  // SEENBY_V2TIM_GROUP_MANAGER_H
