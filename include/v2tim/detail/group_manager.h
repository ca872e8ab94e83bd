// SPDX-License-Identifier: MIT OR Apache-2.0
//
// V2TIMGroupManager and V2TIMConversationManager over seenby.h. Not for apps.

#ifndef SEENBY_V2TIM_DETAIL_GROUP_MANAGER_H
#define SEENBY_V2TIM_DETAIL_GROUP_MANAGER_H

#include "../V2TIMConversationManager.h"
#include "../V2TIMGroupManager.h"
#include "core.h"

SEENBY_V2TIM_BEGIN

namespace detail {

class GroupManager final : public V2TIMGroupManager {
public:
    explicit GroupManager(Core& core) : core_(core) {}

    void CreateGroup(const V2TIMGroupInfo& info, const V2TIMCreateGroupMemberInfoVector& memberList,
                     V2TIMValueCallback<V2TIMString>* callback) override {
        const Target target = core_.target();
        std::vector<seenby_str_t> members;
        members.reserve(memberList.Size());
        for (const V2TIMCreateGroupMemberInfo& member : memberList) {
            if (member.role != V2TIM_GROUP_MEMBER_UNDEFINED && member.role != V2TIM_GROUP_MEMBER_ROLE_MEMBER) {
                refuse(target, callback, SEENBY_ERR_NOT_SUPPORTED,
                       "a group is created with plain members; call SetGroupMemberRole afterwards");
                return;
            }
            members.push_back(view(member.userID));
        }
        const Ending<seenby_text_fn> end = ending(target, callback, static_cast<seenby_text_fn>(&end_text));
        seenby_create_group(target.client, view(info.groupType), view(info.groupID), view(info.groupName),
                            members.data(), members.size(), end.data, end.fn, end.destroy);
    }
    void GetJoinedGroupList(V2TIMValueCallback<V2TIMGroupInfoVector>* callback) override {
        const Target target = core_.target();
        const Ending<seenby_groups_fn> end = ending(target, callback, static_cast<seenby_groups_fn>(&end_groups));
        seenby_get_joined_group_list(target.client, end.data, end.fn, end.destroy);
    }
    void GetGroupMemberList(const V2TIMString& groupID, uint32_t filter, uint64_t nextSeq,
                            V2TIMValueCallback<V2TIMGroupMemberInfoResult>* callback) override {
        const Target target = core_.target();
        if (filter != V2TIM_GROUP_MEMBER_FILTER_ALL) {
            refuse(target, callback, SEENBY_ERR_NOT_SUPPORTED,
                   "filters of members are outside of SeenBy; pass V2TIM_GROUP_MEMBER_FILTER_ALL, and look at role");
            return;
        }
        const Ending<seenby_group_members_fn> end =
            ending(target, callback, static_cast<seenby_group_members_fn>(&end_member_page));
        // The documented call has no count.
        seenby_get_group_member_list(target.client, view(groupID), nextSeq, 100, end.data, end.fn, end.destroy);
    }
    void GetGroupMembersInfo(const V2TIMString& groupID, V2TIMStringVector memberList,
                             V2TIMValueCallback<V2TIMGroupMemberFullInfoVector>* callback) override {
        const Target target = core_.target();
        const std::vector<seenby_str_t> users = views(memberList);
        const Ending<seenby_group_members_fn> end =
            ending(target, callback, static_cast<seenby_group_members_fn>(&end_members));
        seenby_get_group_members_info(target.client, view(groupID), users.data(), users.size(), end.data, end.fn,
                                      end.destroy);
    }
    void InviteUserToGroup(const V2TIMString& groupID, const V2TIMStringVector& userList,
                           V2TIMValueCallback<V2TIMGroupMemberOperationResultVector>* callback) override {
        const Target target = core_.target();
        const std::vector<seenby_str_t> users = views(userList);
        const Ending<seenby_member_results_fn> end =
            ending(target, callback, static_cast<seenby_member_results_fn>(&end_member_results));
        seenby_invite_user_to_group(target.client, view(groupID), users.data(), users.size(), end.data, end.fn,
                                    end.destroy);
    }
    void KickGroupMember(const V2TIMString& groupID, const V2TIMStringVector& memberList, const V2TIMString&,
                         V2TIMValueCallback<V2TIMGroupMemberOperationResultVector>* callback) override {
        const Target target = core_.target();
        const std::vector<seenby_str_t> users = views(memberList);
        const Ending<seenby_member_results_fn> end =
            ending(target, callback, static_cast<seenby_member_results_fn>(&end_member_results));
        seenby_kick_group_member(target.client, view(groupID), users.data(), users.size(), end.data, end.fn,
                                 end.destroy);
    }
    void KickGroupMember(const V2TIMString& groupID, const V2TIMStringVector& memberList, const V2TIMString& reason,
                         uint32_t duration,
                         V2TIMValueCallback<V2TIMGroupMemberOperationResultVector>* callback) override {
        if (duration != 0) {
            refuse(core_.target(), callback, SEENBY_ERR_NOT_SUPPORTED,
                   "keeping a kicked member out for a time is outside of SeenBy; pass the duration 0");
            return;
        }
        KickGroupMember(groupID, memberList, reason, callback);
    }
    void SetGroupMemberRole(const V2TIMString& groupID, const V2TIMString& userID, uint32_t role,
                            V2TIMCallback* callback) override {
        const Target target = core_.target();
        const Ending<seenby_done_fn> end = ending(target, callback, static_cast<seenby_done_fn>(&end_done));
        seenby_set_group_member_role(target.client, view(groupID), view(userID), static_cast<int32_t>(role), end.data,
                                     end.fn, end.destroy);
    }

    void GetGroupsInfo(const V2TIMStringVector&, V2TIMValueCallback<V2TIMGroupInfoResultVector>* callback) override {
        unsupported(core_.target(), callback, "GetGroupsInfo");
    }
    void SearchGroups(const V2TIMGroupSearchParam&, V2TIMValueCallback<V2TIMGroupInfoVector>* callback) override {
        unsupported(core_.target(), callback, "SearchGroups");
    }
    void SetGroupInfo(const V2TIMGroupInfo&, V2TIMCallback* callback) override {
        unsupported(core_.target(), callback, "SetGroupInfo");
    }
    void InitGroupAttributes(const V2TIMString&, const V2TIMGroupAttributeMap&, V2TIMCallback* callback) override {
        unsupported(core_.target(), callback, "InitGroupAttributes");
    }
    void SetGroupAttributes(const V2TIMString&, const V2TIMGroupAttributeMap&, V2TIMCallback* callback) override {
        unsupported(core_.target(), callback, "SetGroupAttributes");
    }
    void DeleteGroupAttributes(const V2TIMString&, const V2TIMStringVector&, V2TIMCallback* callback) override {
        unsupported(core_.target(), callback, "DeleteGroupAttributes");
    }
    void GetGroupAttributes(const V2TIMString&, const V2TIMStringVector&,
                            V2TIMValueCallback<V2TIMGroupAttributeMap>* callback) override {
        unsupported(core_.target(), callback, "GetGroupAttributes");
    }
    void GetGroupOnlineMemberCount(const V2TIMString&, V2TIMValueCallback<uint32_t>* callback) override {
        unsupported(core_.target(), callback, "GetGroupOnlineMemberCount");
    }
    void SetGroupCounters(const V2TIMString&, const V2TIMStringToInt64Map&,
                          V2TIMValueCallback<V2TIMStringToInt64Map>* callback) override {
        unsupported(core_.target(), callback, "SetGroupCounters");
    }
    void GetGroupCounters(const V2TIMString&, const V2TIMStringVector&,
                          V2TIMValueCallback<V2TIMStringToInt64Map>* callback) override {
        unsupported(core_.target(), callback, "GetGroupCounters");
    }
    void IncreaseGroupCounter(const V2TIMString&, const V2TIMString&, int64_t,
                              V2TIMValueCallback<V2TIMStringToInt64Map>* callback) override {
        unsupported(core_.target(), callback, "IncreaseGroupCounter");
    }
    void DecreaseGroupCounter(const V2TIMString&, const V2TIMString&, int64_t,
                              V2TIMValueCallback<V2TIMStringToInt64Map>* callback) override {
        unsupported(core_.target(), callback, "DecreaseGroupCounter");
    }
    void SearchGroupMembers(const V2TIMGroupMemberSearchParam&,
                            V2TIMValueCallback<V2TIMGroupSearchGroupMembersMap>* callback) override {
        unsupported(core_.target(), callback, "SearchGroupMembers");
    }
    void SetGroupMemberInfo(const V2TIMString&, const V2TIMGroupMemberFullInfo&, V2TIMCallback* callback) override {
        unsupported(core_.target(), callback, "SetGroupMemberInfo");
    }
    void MuteGroupMember(const V2TIMString&, const V2TIMString&, uint32_t, V2TIMCallback* callback) override {
        unsupported(core_.target(), callback, "MuteGroupMember");
    }
    void MarkGroupMemberList(const V2TIMString&, const V2TIMStringVector&, uint32_t, bool,
                             V2TIMCallback* callback) override {
        unsupported(core_.target(), callback, "MarkGroupMemberList");
    }
    void TransferGroupOwner(const V2TIMString&, const V2TIMString&, V2TIMCallback* callback) override {
        unsupported(core_.target(), callback, "TransferGroupOwner");
    }
    void GetGroupApplicationList(V2TIMValueCallback<V2TIMGroupApplicationResult>* callback) override {
        unsupported(core_.target(), callback, "GetGroupApplicationList");
    }
    void AcceptGroupApplication(const V2TIMGroupApplication&, const V2TIMString&, V2TIMCallback* callback) override {
        unsupported(core_.target(), callback, "AcceptGroupApplication");
    }
    void RefuseGroupApplication(const V2TIMGroupApplication&, const V2TIMString&, V2TIMCallback* callback) override {
        unsupported(core_.target(), callback, "RefuseGroupApplication");
    }
    void SetGroupApplicationRead(V2TIMCallback* callback) override {
        unsupported(core_.target(), callback, "SetGroupApplicationRead");
    }
    void GetJoinedCommunityList(V2TIMValueCallback<V2TIMGroupInfoVector>* callback) override {
        unsupported(core_.target(), callback, "GetJoinedCommunityList");
    }

private:
    Core& core_;
};

class ConversationManager final : public V2TIMConversationManager {
public:
    explicit ConversationManager(Core& core) : core_(core) {}

    void AddConversationListener(V2TIMConversationListener* listener) override { core_.Add(listener); }
    void RemoveConversationListener(V2TIMConversationListener* listener) override { core_.Remove(listener); }

    void GetConversationList(uint64_t nextSeq, uint32_t count,
                             V2TIMValueCallback<V2TIMConversationResult>* callback) override {
        const Target target = core_.target();
        const Ending<seenby_conversations_fn> end =
            ending(target, callback, static_cast<seenby_conversations_fn>(&end_conversations));
        seenby_get_conversation_list(target.client, nextSeq, count, end.data, end.fn, end.destroy);
    }
    void GetConversation(const V2TIMString& conversationID, V2TIMValueCallback<V2TIMConversation>* callback) override {
        const Target target = core_.target();
        const Ending<seenby_conversation_fn> end =
            ending(target, callback, static_cast<seenby_conversation_fn>(&end_conversation));
        seenby_get_conversation(target.client, view(conversationID), end.data, end.fn, end.destroy);
    }
    void GetTotalUnreadMessageCount(V2TIMValueCallback<uint64_t>* callback) override {
        const Target target = core_.target();
        const Ending<seenby_count_fn> end = ending(target, callback, static_cast<seenby_count_fn>(&end_count));
        seenby_get_total_unread_message_count(target.client, end.data, end.fn, end.destroy);
    }
    void CleanConversationUnreadMessageCount(const V2TIMString& conversationID, uint64_t cleanTimestamp,
                                             uint64_t cleanSequence, V2TIMCallback* callback) override {
        const Target target = core_.target();
        const Ending<seenby_done_fn> end = ending(target, callback, static_cast<seenby_done_fn>(&end_done));
        seenby_clean_conversation_unread_message_count(target.client, view(conversationID), cleanTimestamp,
                                                       cleanSequence, end.data, end.fn, end.destroy);
    }

    void GetConversationList(const V2TIMStringVector&, V2TIMValueCallback<V2TIMConversationVector>* callback) override {
        unsupported(core_.target(), callback, "GetConversationList by ids");
    }
    void GetConversationListByFilter(const V2TIMConversationListFilter&, uint64_t, uint32_t,
                                     V2TIMValueCallback<V2TIMConversationResult>* callback) override {
        unsupported(core_.target(), callback, "GetConversationListByFilter");
    }
    void DeleteConversation(const V2TIMString&, V2TIMCallback* callback) override {
        unsupported(core_.target(), callback, "DeleteConversation");
    }
    void DeleteConversationList(const V2TIMStringVector&, bool,
                                V2TIMValueCallback<V2TIMConversationOperationResultVector>* callback) override {
        unsupported(core_.target(), callback, "DeleteConversationList");
    }
    void SetConversationDraft(const V2TIMString&, const V2TIMString&, V2TIMCallback* callback) override {
        unsupported(core_.target(), callback, "SetConversationDraft");
    }
    void SetConversationCustomData(const V2TIMStringVector&, const V2TIMBuffer&,
                                   V2TIMValueCallback<V2TIMConversationOperationResultVector>* callback) override {
        unsupported(core_.target(), callback, "SetConversationCustomData");
    }
    void PinConversation(const V2TIMString&, bool, V2TIMCallback* callback) override {
        unsupported(core_.target(), callback, "PinConversation");
    }
    void MarkConversation(const V2TIMStringVector&, uint64_t, bool,
                          V2TIMValueCallback<V2TIMConversationOperationResultVector>* callback) override {
        unsupported(core_.target(), callback, "MarkConversation");
    }
    void GetUnreadMessageCountByFilter(const V2TIMConversationListFilter&,
                                       V2TIMValueCallback<uint64_t>* callback) override {
        unsupported(core_.target(), callback, "GetUnreadMessageCountByFilter");
    }
    void SubscribeUnreadMessageCountByFilter(const V2TIMConversationListFilter&) override {}
    void UnsubscribeUnreadMessageCountByFilter(const V2TIMConversationListFilter&) override {}
    void CreateConversationGroup(const V2TIMString&, const V2TIMStringVector&,
                                 V2TIMValueCallback<V2TIMConversationOperationResultVector>* callback) override {
        unsupported(core_.target(), callback, "CreateConversationGroup");
    }
    void GetConversationGroupList(V2TIMValueCallback<V2TIMStringVector>* callback) override {
        unsupported(core_.target(), callback, "GetConversationGroupList");
    }
    void DeleteConversationGroup(const V2TIMString&, V2TIMCallback* callback) override {
        unsupported(core_.target(), callback, "DeleteConversationGroup");
    }
    void RenameConversationGroup(const V2TIMString&, const V2TIMString&, V2TIMCallback* callback) override {
        unsupported(core_.target(), callback, "RenameConversationGroup");
    }
    void AddConversationsToGroup(const V2TIMString&, const V2TIMStringVector&,
                                 V2TIMValueCallback<V2TIMConversationOperationResultVector>* callback) override {
        unsupported(core_.target(), callback, "AddConversationsToGroup");
    }
    void DeleteConversationsFromGroup(const V2TIMString&, const V2TIMStringVector&,
                                      V2TIMValueCallback<V2TIMConversationOperationResultVector>* callback) override {
        unsupported(core_.target(), callback, "DeleteConversationsFromGroup");
    }

private:
    Core& core_;
};

}  // namespace detail

SEENBY_V2TIM_END

#endif  // SEENBY_V2TIM_DETAIL_GROUP_MANAGER_H
