// SPDX-License-Identifier: MIT OR Apache-2.0
//
// Groups (R25). Creating, joining, leaving and dismissing by ids alone, and the listener: V2TIMManager.h.

#ifndef SEENBY_OBJC_V2TIM_MANAGER_GROUP_H
#define SEENBY_OBJC_V2TIM_MANAGER_GROUP_H

#import "V2TIMManager.h"

NS_ASSUME_NONNULL_BEGIN

@interface SeenByV2TIMManager (Group)

/// Of `info`: groupType, groupID (nil: one is made) and groupName. The block has the id.
- (void)createGroup:(nullable SeenByV2TIMGroupInfo *)info
         memberList:(nullable NSArray<SeenByV2TIMCreateGroupMemberInfo *> *)memberList
               succ:(nullable SeenByV2TIMCreateGroupSucc)succ
               fail:(nullable SeenByV2TIMFail)fail NS_SWIFT_NAME(createGroup(info:memberList:succ:fail:));
/// The groups one is in.
- (void)getJoinedGroupList:(nullable SeenByV2TIMGroupInfoListSucc)succ
                      fail:(nullable SeenByV2TIMFail)fail NS_SWIFT_NAME(getJoinedGroupList(succ:fail:));
/// A page of up to 100. `filter`: V2TIM_GROUP_MEMBER_FILTER_ALL; 7013 for another one. nextSeq is 0 first, then what the
/// last page gave.
- (void)getGroupMemberList:(nullable NSString *)groupID
                    filter:(uint32_t)filter
                   nextSeq:(uint64_t)nextSeq
                      succ:(nullable SeenByV2TIMGroupMemberInfoResultSucc)succ
                      fail:(nullable SeenByV2TIMFail)fail;
/// These members; who is none is left out.
- (void)getGroupMembersInfo:(nullable NSString *)groupID
                 memberList:(nullable NSArray<NSString *> *)memberList
                       succ:(nullable SeenByV2TIMGroupMemberInfoListSucc)succ
                       fail:(nullable SeenByV2TIMFail)fail
    NS_SWIFT_NAME(getGroupMembersInfo(groupID:memberList:succ:fail:));
/// Brings users into a Work group.
- (void)inviteUserToGroup:(nullable NSString *)groupID
                 userList:(nullable NSArray<NSString *> *)userList
                     succ:(nullable SeenByV2TIMGroupMemberOperationResultListSucc)succ
                     fail:(nullable SeenByV2TIMFail)fail
    NS_SWIFT_NAME(inviteUserToGroup(groupID:userList:succ:fail:));
/// Removes members. The reason is not told to anybody.
- (void)kickGroupMember:(nullable NSString *)groupID
             memberList:(nullable NSArray<NSString *> *)memberList
                 reason:(nullable NSString *)reason
                   succ:(nullable SeenByV2TIMGroupMemberOperationResultListSucc)succ
                   fail:(nullable SeenByV2TIMFail)fail;
/// `duration`: 0; 7013 for another one.
- (void)kickGroupMember:(nullable NSString *)groupID
             memberList:(nullable NSArray<NSString *> *)memberList
                 reason:(nullable NSString *)reason
               duration:(uint32_t)duration
                   succ:(nullable SeenByV2TIMGroupMemberOperationResultListSucc)succ
                   fail:(nullable SeenByV2TIMFail)fail
    NS_SWIFT_NAME(kickGroupMember(groupID:memberList:reason:duration:succ:fail:));
/// Makes a member an admin, or an admin a member. `newRole`: V2TIMGroupMemberRole.
- (void)setGroupMemberRole:(nullable NSString *)groupID
                    member:(nullable NSString *)userID
                   newRole:(uint32_t)role
                      succ:(nullable SeenByV2TIMSucc)succ
                      fail:(nullable SeenByV2TIMFail)fail
    NS_SWIFT_NAME(setGroupMemberRole(groupID:memberUserID:newRole:succ:fail:));

// Outside SeenBy: 7013.
- (void)setGroupInfo:(nullable SeenByV2TIMGroupInfo *)info
                succ:(nullable SeenByV2TIMSucc)succ
                fail:(nullable SeenByV2TIMFail)fail NS_SWIFT_NAME(setGroupInfo(info:succ:fail:));
- (void)setGroupMemberInfo:(nullable NSString *)groupID
                      info:(nullable SeenByV2TIMGroupMemberFullInfo *)info
                      succ:(nullable SeenByV2TIMSucc)succ
                      fail:(nullable SeenByV2TIMFail)fail NS_SWIFT_NAME(setGroupMemberInfo(groupID:info:succ:fail:));
- (void)transferGroupOwner:(nullable NSString *)groupID
                    member:(nullable NSString *)userID
                      succ:(nullable SeenByV2TIMSucc)succ
                      fail:(nullable SeenByV2TIMFail)fail
    NS_SWIFT_NAME(transferGroupOwner(groupID:memberUserID:succ:fail:));
- (void)muteGroupMember:(nullable NSString *)groupID
                 member:(nullable NSString *)userID
        muteTimeSeconds:(uint32_t)seconds
                   succ:(nullable SeenByV2TIMSucc)succ
                   fail:(nullable SeenByV2TIMFail)fail
    NS_SWIFT_NAME(muteGroupMember(groupID:memberUserID:muteTimeSeconds:succ:fail:));
- (void)setGroupAttributes:(nullable NSString *)groupID
                attributes:(nullable NSDictionary<NSString *, NSString *> *)attributes
                      succ:(nullable SeenByV2TIMSucc)succ
                      fail:(nullable SeenByV2TIMFail)fail
    NS_SWIFT_NAME(setGroupAttributes(groupID:attributes:succ:fail:));
- (void)deleteGroupAttributes:(nullable NSString *)groupID
                         keys:(nullable NSArray<NSString *> *)keys
                         succ:(nullable SeenByV2TIMSucc)succ
                         fail:(nullable SeenByV2TIMFail)fail
    NS_SWIFT_NAME(deleteGroupAttributes(groupID:keys:succ:fail:));
- (void)getGroupAttributes:(nullable NSString *)groupID
                      keys:(nullable NSArray<NSString *> *)keys
                      succ:(nullable SeenByV2TIMGroupAttributeSucc)succ
                      fail:(nullable SeenByV2TIMFail)fail;
- (void)getGroupOnlineMemberCount:(nullable NSString *)groupID
                             succ:(nullable SeenByV2TIMGroupOnlineMemberCountSucc)succ
                             fail:(nullable SeenByV2TIMFail)fail
    NS_SWIFT_NAME(getGroupOnlineMemberCount(groupID:succ:fail:));
- (void)getJoinedCommunityList:(nullable SeenByV2TIMGroupInfoListSucc)succ
                          fail:(nullable SeenByV2TIMFail)fail NS_SWIFT_NAME(getJoinedCommunityList(succ:fail:));

@end

NS_ASSUME_NONNULL_END

#endif  // SEENBY_OBJC_V2TIM_MANAGER_GROUP_H
