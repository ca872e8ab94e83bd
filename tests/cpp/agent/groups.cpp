// Groups and their members.

#include "calls.h"

namespace {

/// What the documented call asks for in a page; it has no parameter for it.
const uint32_t DOCUMENTED_PAGE = 100;

void Create(const Call& call) {
    V2TIMGroupInfo info;
    info.groupType = call.with.Text("groupType");
    info.groupID = call.with.Text("groupID");
    info.groupName = call.with.Text("groupName");
    V2TIMCreateGroupMemberInfoVector members;
    for (const V2TIMString& user : call.with.Texts("members")) {
        V2TIMCreateGroupMemberInfo member;
        member.userID = user;
        members.PushBack(member);
    }
    call.device.Manager().GetGroupManager()->CreateGroup(
        info, members, call.reply.Value<V2TIMString>([](const V2TIMString& id) { return Json(Std(id)); }));
}

/// A page of another size, through seenby.h.
void MemberPage(const Call& call) {
    const V2TIMString group = call.with.Text("groupID");
    const seenby_str_t group_id = {group.CString(), group.Size()};
    seenby_get_group_member_list(
        call.device.SeenBy().GetClient(), group_id, call.with.Number("nextSeq"), call.with.Number32("count"),
        new Reply(call.reply),
        [](void* data, const seenby_error_t* error, const seenby_group_member_t* const* list, size_t count,
           uint64_t next_seq) {
            const Reply& reply = *static_cast<Reply*>(data);
            if (error) return reply.Refuse(error->code, V2TIMString(error->message.data, error->message.len));
            V2TIMGroupMemberInfoResult page;
            page.nextSequence = next_seq;
            for (size_t i = 0; i < count; ++i) page.memberInfoList.PushBack(seenby_v2tim::detail::member_of(*list[i]));
            reply.Answer(JsonOf(page));
        },
        [](void* data) { delete static_cast<Reply*>(data); });
}

}  // namespace

bool CallGroups(const Call& call) {
    V2TIMManager& manager = call.device.Manager();
    const V2TIMString group = call.with.Text("groupID");
    const std::string& name = call.name;
    if (name == "createGroup") {
        Create(call);
    } else if (name == "joinGroup") {
        manager.JoinGroup(group, "", call.reply.Callback());
    } else if (name == "quitGroup") {
        manager.QuitGroup(group, call.reply.Callback());
    } else if (name == "dismissGroup") {
        manager.DismissGroup(group, call.reply.Callback());
    } else if (name == "getJoinedGroupList") {
        manager.GetGroupManager()->GetJoinedGroupList(call.reply.Value<V2TIMGroupInfoVector>(
            [](const V2TIMGroupInfoVector& groups) { return JsonOf(groups); }));
    } else {
        return false;
    }
    return true;
}

bool CallMembers(const Call& call) {
    V2TIMGroupManager& groups = *call.device.Manager().GetGroupManager();
    const V2TIMString group = call.with.Text("groupID");
    const auto results = [](const V2TIMGroupMemberOperationResultVector& list) { return JsonOf(list); };
    const std::string& name = call.name;
    if (name == "inviteUserToGroup") {
        groups.InviteUserToGroup(group, call.with.Texts("users"),
                                 call.reply.Value<V2TIMGroupMemberOperationResultVector>(results));
    } else if (name == "kickGroupMember") {
        groups.KickGroupMember(group, call.with.Texts("users"), "",
                               call.reply.Value<V2TIMGroupMemberOperationResultVector>(results));
    } else if (name == "setGroupMemberRole") {
        groups.SetGroupMemberRole(group, call.with.Text("userID"), call.with.Number32("role"), call.reply.Callback());
    } else if (name == "getGroupMemberList" && call.with.Number("count") == DOCUMENTED_PAGE) {
        groups.GetGroupMemberList(group, V2TIM_GROUP_MEMBER_FILTER_ALL, call.with.Number("nextSeq"),
                                  call.reply.Value<V2TIMGroupMemberInfoResult>(
                                      [](const V2TIMGroupMemberInfoResult& page) { return JsonOf(page); }));
    } else if (name == "getGroupMemberList") {
        MemberPage(call);
    } else if (name == "getGroupMembersInfo") {
        groups.GetGroupMembersInfo(group, call.with.Texts("users"),
                                   call.reply.Value<V2TIMGroupMemberFullInfoVector>(
                                       [](const V2TIMGroupMemberFullInfoVector& list) { return JsonOf(list); }));
    } else {
        return false;
    }
    return true;
}
