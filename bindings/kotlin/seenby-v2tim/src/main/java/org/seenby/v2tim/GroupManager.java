package org.seenby.v2tim;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.seenby.core.Answer;
import org.seenby.core.Failure;

/** The documented group calls, converted and forwarded. */
final class GroupManager extends V2TIMGroupManager {
    /** The documents give no count: as many as a page may have. */
    private static final int PAGE = 100;

    private final Core core;

    GroupManager(Core core) {
        this.core = core;
    }

    void create(String groupType, String groupID, String groupName, List<V2TIMCreateGroupMemberInfo> members,
            V2TIMValueCallback<String> callback) {
        core.call(Ends.value(callback, answer -> ((Answer.Text) answer).getText()),
                (client, end) -> client.createGroup(Texts.in("groupType", groupType), Texts.optional("groupID", groupID),
                        Texts.in("groupName", groupName), Texts.list("userID", users(members)), end));
    }

    private static List<String> users(List<V2TIMCreateGroupMemberInfo> members) throws Failure {
        List<String> users = new ArrayList<>();
        for (V2TIMCreateGroupMemberInfo member : Convert.read("members", members)) {
            users.add(member == null ? "" : member.userID);
        }
        return users;
    }

    @Override
    public void createGroup(V2TIMGroupInfo info, List<V2TIMCreateGroupMemberInfo> memberList,
            V2TIMValueCallback<String> callback) {
        V2TIMGroupInfo group = info == null ? new V2TIMGroupInfo() : info;
        create(group.groupType, group.groupID, group.groupName, memberList, callback);
    }

    @Override
    public void getJoinedGroupList(V2TIMValueCallback<List<V2TIMGroupInfo>> callback) {
        core.call(Ends.value(callback, answer -> Convert.list(((Answer.Groups) answer).getGroups(), Convert::group)),
                (client, end) -> client.getJoinedGroups(end));
    }

    @Override
    public void getGroupMemberList(String groupID, int filter, long nextSeq,
            V2TIMValueCallback<V2TIMGroupMemberInfoResult> callback) {
        members(groupID, filter, nextSeq, PAGE, callback);
    }

    void members(String groupID, int filter, long nextSeq, int count,
            V2TIMValueCallback<V2TIMGroupMemberInfoResult> callback) {
        if (filter != V2TIMGroupMemberFullInfo.V2TIM_GROUP_MEMBER_FILTER_ALL) {
            core.unsupported("getGroupMemberList with the filter " + filter, Ends.value(callback, answer -> null));
            return;
        }
        core.call(Ends.value(callback, answer -> {
            V2TIMGroupMemberInfoResult result = new V2TIMGroupMemberInfoResult();
            result.memberInfoList = Convert.list(((Answer.GroupMembers) answer).getMembers(), Convert::groupMember);
            result.nextSeq = ((Answer.GroupMembers) answer).getNextSeq();
            return result;
        }), (client, end) -> client.getGroupMembers(Texts.in("groupID", groupID), nextSeq, count, end));
    }

    @Override
    public void getGroupMembersInfo(String groupID, List<String> memberList,
            V2TIMValueCallback<List<V2TIMGroupMemberFullInfo>> callback) {
        core.call(Ends.value(callback,
                answer -> Convert.list(((Answer.GroupMembers) answer).getMembers(), Convert::groupMember)),
                (client, end) -> client.getGroupMembersInfo(Texts.in("groupID", groupID), Texts.list("userID", memberList), end));
    }

    private static List<V2TIMGroupMemberOperationResult> results(Answer answer) {
        return Convert.list(((Answer.MemberResults) answer).getResults(), Convert::result);
    }

    @Override
    public void inviteUserToGroup(String groupID, List<String> userList,
            V2TIMValueCallback<List<V2TIMGroupMemberOperationResult>> callback) {
        core.call(Ends.value(callback, GroupManager::results),
                (client, end) -> client.inviteToGroup(Texts.in("groupID", groupID), Texts.list("userID", userList), end));
    }

    @Override
    public void kickGroupMember(String groupID, List<String> memberList, String reason,
            V2TIMValueCallback<List<V2TIMGroupMemberOperationResult>> callback) {
        core.call(Ends.value(callback, GroupManager::results),
                (client, end) -> client.kickFromGroup(Texts.in("groupID", groupID), Texts.list("userID", memberList), end));
    }

    @Override
    public void setGroupMemberRole(String groupID, String userID, int role, V2TIMCallback callback) {
        core.call(Ends.done(callback),
                (client, end) -> client.setMemberRole(Texts.in("groupID", groupID), Texts.in("userID", userID), role, end));
    }

    @Override
    public void setGroupInfo(V2TIMGroupInfo info, V2TIMCallback callback) {
        core.unsupported("setGroupInfo", Ends.done(callback));
    }

    @Override
    public void transferGroupOwner(String groupID, String userID, V2TIMCallback callback) {
        core.unsupported("transferGroupOwner", Ends.done(callback));
    }

    @Override
    public void muteGroupMember(String groupID, String userID, int seconds, V2TIMCallback callback) {
        core.unsupported("muteGroupMember", Ends.done(callback));
    }

    @Override
    public void setGroupAttributes(String groupID, Map<String, String> attributes, V2TIMCallback callback) {
        core.unsupported("setGroupAttributes", Ends.done(callback));
    }

    @Override
    public void deleteGroupAttributes(String groupID, List<String> keys, V2TIMCallback callback) {
        core.unsupported("deleteGroupAttributes", Ends.done(callback));
    }

    @Override
    public void getGroupAttributes(String groupID, List<String> keys, V2TIMValueCallback<Map<String, String>> callback) {
        core.unsupported("getGroupAttributes", Ends.value(callback, answer -> null));
    }

    @Override
    public void getGroupOnlineMemberCount(String groupID, V2TIMValueCallback<Integer> callback) {
        core.unsupported("getGroupOnlineMemberCount", Ends.value(callback, answer -> null));
    }
}
