package org.seenby.v2tim;

import java.util.List;

/** Hears of groups (R25). Override what you need. */
public abstract class V2TIMGroupListener {
    /** Users joined. */
    public void onMemberEnter(String groupID, List<V2TIMGroupMemberInfo> memberList) {}

    /** A user left. */
    public void onMemberLeave(String groupID, V2TIMGroupMemberInfo member) {}

    /** Users were invited. */
    public void onMemberInvited(String groupID, V2TIMGroupMemberInfo opUser, List<V2TIMGroupMemberInfo> memberList) {}

    /** Users were kicked. */
    public void onMemberKicked(String groupID, V2TIMGroupMemberInfo opUser, List<V2TIMGroupMemberInfo> memberList) {}

    /** The group was created. */
    public void onGroupCreated(String groupID) {}

    /** The group was dismissed. */
    public void onGroupDismissed(String groupID, V2TIMGroupMemberInfo opUser) {}

    /** Members are admins now. */
    public void onGrantAdministrator(String groupID, V2TIMGroupMemberInfo opUser, List<V2TIMGroupMemberInfo> memberList) {}

    /** Admins are members now. */
    public void onRevokeAdministrator(String groupID, V2TIMGroupMemberInfo opUser, List<V2TIMGroupMemberInfo> memberList) {}

    /** The user left a group, on another device too. */
    public void onQuitFromGroup(String groupID) {}
}
