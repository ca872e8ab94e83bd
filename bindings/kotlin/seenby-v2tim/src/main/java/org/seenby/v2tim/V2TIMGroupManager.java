package org.seenby.v2tim;

import java.util.List;
import java.util.Map;

/** Groups (R25): {@link V2TIMManager#getGroupManager()}. No call waits; each callback comes once. */
public abstract class V2TIMGroupManager {
    V2TIMGroupManager() {}

    /** Creates a group with first members; the answer is its id. */
    public abstract void createGroup(V2TIMGroupInfo info, List<V2TIMCreateGroupMemberInfo> memberList,
            V2TIMValueCallback<String> callback);

    /** The groups one is in. */
    public abstract void getJoinedGroupList(V2TIMValueCallback<List<V2TIMGroupInfo>> callback);

    /**
     * A page of members, 100 at most.
     *
     * @param filter V2TIM_GROUP_MEMBER_FILTER_ALL; any other answers 7013
     * @param nextSeq 0 first, then what the last page gave
     */
    public abstract void getGroupMemberList(String groupID, int filter, long nextSeq,
            V2TIMValueCallback<V2TIMGroupMemberInfoResult> callback);

    /** These members; who is none is left out. */
    public abstract void getGroupMembersInfo(String groupID, List<String> memberList,
            V2TIMValueCallback<List<V2TIMGroupMemberFullInfo>> callback);

    /** Brings users into a Work group. */
    public abstract void inviteUserToGroup(String groupID, List<String> userList,
            V2TIMValueCallback<List<V2TIMGroupMemberOperationResult>> callback);

    /** Removes members; the reason goes nowhere. */
    public abstract void kickGroupMember(String groupID, List<String> memberList, String reason,
            V2TIMValueCallback<List<V2TIMGroupMemberOperationResult>> callback);

    /** Makes a member an admin, or an admin a member. */
    public abstract void setGroupMemberRole(String groupID, String userID, int role, V2TIMCallback callback);

    /** Outside SeenBy: 7013. */
    public abstract void setGroupInfo(V2TIMGroupInfo info, V2TIMCallback callback);

    /** Outside SeenBy: 7013. */
    public abstract void transferGroupOwner(String groupID, String userID, V2TIMCallback callback);

    /** Outside SeenBy: 7013. */
    public abstract void muteGroupMember(String groupID, String userID, int seconds, V2TIMCallback callback);

    /** Outside SeenBy: 7013. */
    public abstract void setGroupAttributes(String groupID, Map<String, String> attributes, V2TIMCallback callback);

    /** Outside SeenBy: 7013. */
    public abstract void deleteGroupAttributes(String groupID, List<String> keys, V2TIMCallback callback);

    /** Outside SeenBy: 7013. */
    public abstract void getGroupAttributes(String groupID, List<String> keys,
            V2TIMValueCallback<Map<String, String>> callback);

    /** Outside SeenBy: 7013. */
    public abstract void getGroupOnlineMemberCount(String groupID, V2TIMValueCallback<Integer> callback);
}
