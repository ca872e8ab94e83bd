// SPDX-License-Identifier: MIT OR Apache-2.0

#import "SeenByManager.h"

@implementation SeenByV2TIMManager (Group)

- (void)createGroup:(SeenByV2TIMGroupInfo *)info
         memberList:(NSArray<SeenByV2TIMCreateGroupMemberInfo *> *)memberList
               succ:(SeenByV2TIMCreateGroupSucc)succ
               fail:(SeenByV2TIMFail)fail {
    SB_ARENA(arena);
    NSMutableArray *users = [NSMutableArray array];
    for (SeenByV2TIMCreateGroupMemberInfo *member in memberList) {
        const BOOL is = [member isKindOfClass:[SeenByV2TIMCreateGroupMemberInfo class]];
        if (is && member.role != 0 && member.role != SEENBY_ROLE_MEMBER) {
            SBRefuse(self.core, fail, SEENBY_ERR_NOT_SUPPORTED,
                     @"a group is created with plain members; call setGroupMemberRole afterwards");
            return;
        }
        [users addObject:is && member.userID ? member.userID : @""];
    }
    size_t count;
    const seenby_str_t *members = SBTexts(&arena, users, &count);
    seenby_create_group([self.core client], SBText(&arena, info.groupType), SBText(&arena, info.groupID),
                        SBText(&arena, info.groupName), members, count, SB_ENDS(SBEndText, succ, fail));
}

- (void)getJoinedGroupList:(SeenByV2TIMGroupInfoListSucc)succ fail:(SeenByV2TIMFail)fail {
    seenby_get_joined_group_list([self.core client], SB_ENDS(SBEndGroups, succ, fail));
}

- (void)getGroupMemberList:(NSString *)groupID
                    filter:(uint32_t)filter
                   nextSeq:(uint64_t)nextSeq
                      succ:(SeenByV2TIMGroupMemberInfoResultSucc)succ
                      fail:(SeenByV2TIMFail)fail {
    if (filter != 0) {
        SBRefuse(self.core, fail, SEENBY_ERR_NOT_SUPPORTED,
                 @"filters of members are outside of SeenBy; pass V2TIM_GROUP_MEMBER_FILTER_ALL, and look at role");
        return;
    }
    // The documented call has no count.
    [self seenByGetGroupMemberList:groupID nextSeq:nextSeq count:100 succ:succ fail:fail];
}

- (void)getGroupMembersInfo:(NSString *)groupID
                 memberList:(NSArray<NSString *> *)memberList
                       succ:(SeenByV2TIMGroupMemberInfoListSucc)succ
                       fail:(SeenByV2TIMFail)fail {
    SB_ARENA(arena);
    size_t count;
    const seenby_str_t *users = SBTexts(&arena, memberList, &count);
    seenby_get_group_members_info([self.core client], SBText(&arena, groupID), users, count,
                                  SB_ENDS(SBEndMembers, succ, fail));
}

- (void)inviteUserToGroup:(NSString *)groupID
                 userList:(NSArray<NSString *> *)userList
                     succ:(SeenByV2TIMGroupMemberOperationResultListSucc)succ
                     fail:(SeenByV2TIMFail)fail {
    SB_ARENA(arena);
    size_t count;
    const seenby_str_t *users = SBTexts(&arena, userList, &count);
    seenby_invite_user_to_group([self.core client], SBText(&arena, groupID), users, count,
                                SB_ENDS(SBEndResults, succ, fail));
}

- (void)kickGroupMember:(NSString *)groupID
             memberList:(NSArray<NSString *> *)memberList
                 reason:(NSString *)reason
                   succ:(SeenByV2TIMGroupMemberOperationResultListSucc)succ
                   fail:(SeenByV2TIMFail)fail {
    SB_ARENA(arena);
    size_t count;
    const seenby_str_t *users = SBTexts(&arena, memberList, &count);
    seenby_kick_group_member([self.core client], SBText(&arena, groupID), users, count,
                             SB_ENDS(SBEndResults, succ, fail));
}

- (void)kickGroupMember:(NSString *)groupID
             memberList:(NSArray<NSString *> *)memberList
                 reason:(NSString *)reason
               duration:(uint32_t)duration
                   succ:(SeenByV2TIMGroupMemberOperationResultListSucc)succ
                   fail:(SeenByV2TIMFail)fail {
    if (duration != 0) {
        SBRefuse(self.core, fail, SEENBY_ERR_NOT_SUPPORTED,
                 @"keeping a kicked member out for a time is outside of SeenBy; pass the duration 0");
        return;
    }
    [self kickGroupMember:groupID memberList:memberList reason:reason succ:succ fail:fail];
}

- (void)setGroupMemberRole:(NSString *)groupID
                    member:(NSString *)userID
                   newRole:(uint32_t)role
                      succ:(SeenByV2TIMSucc)succ
                      fail:(SeenByV2TIMFail)fail {
    SB_ARENA(arena);
    seenby_set_group_member_role([self.core client], SBText(&arena, groupID), SBText(&arena, userID), SBInt32(role),
                                 SB_ENDS(SBEndDone, succ, fail));
}

- (void)setGroupInfo:(SeenByV2TIMGroupInfo *)info succ:(SeenByV2TIMSucc)succ fail:(SeenByV2TIMFail)fail {
    SBUnsupported(self.core, fail, @"setGroupInfo");
}

- (void)setGroupMemberInfo:(NSString *)groupID
                      info:(SeenByV2TIMGroupMemberFullInfo *)info
                      succ:(SeenByV2TIMSucc)succ
                      fail:(SeenByV2TIMFail)fail {
    SBUnsupported(self.core, fail, @"setGroupMemberInfo");
}

- (void)transferGroupOwner:(NSString *)groupID
                    member:(NSString *)userID
                      succ:(SeenByV2TIMSucc)succ
                      fail:(SeenByV2TIMFail)fail {
    SBUnsupported(self.core, fail, @"transferGroupOwner");
}

- (void)muteGroupMember:(NSString *)groupID
                 member:(NSString *)userID
        muteTimeSeconds:(uint32_t)seconds
                   succ:(SeenByV2TIMSucc)succ
                   fail:(SeenByV2TIMFail)fail {
    SBUnsupported(self.core, fail, @"muteGroupMember");
}

- (void)setGroupAttributes:(NSString *)groupID
                attributes:(NSDictionary<NSString *, NSString *> *)attributes
                      succ:(SeenByV2TIMSucc)succ
                      fail:(SeenByV2TIMFail)fail {
    SBUnsupported(self.core, fail, @"setGroupAttributes");
}

- (void)deleteGroupAttributes:(NSString *)groupID
                         keys:(NSArray<NSString *> *)keys
                         succ:(SeenByV2TIMSucc)succ
                         fail:(SeenByV2TIMFail)fail {
    SBUnsupported(self.core, fail, @"deleteGroupAttributes");
}

- (void)getGroupAttributes:(NSString *)groupID
                      keys:(NSArray<NSString *> *)keys
                      succ:(SeenByV2TIMGroupAttributeSucc)succ
                      fail:(SeenByV2TIMFail)fail {
    SBUnsupported(self.core, fail, @"getGroupAttributes");
}

- (void)getGroupOnlineMemberCount:(NSString *)groupID
                             succ:(SeenByV2TIMGroupOnlineMemberCountSucc)succ
                             fail:(SeenByV2TIMFail)fail {
    SBUnsupported(self.core, fail, @"getGroupOnlineMemberCount");
}

- (void)getJoinedCommunityList:(SeenByV2TIMGroupInfoListSucc)succ fail:(SeenByV2TIMFail)fail {
    SBUnsupported(self.core, fail, @"getJoinedCommunityList");
}

@end
