package org.seenby.v2tim.scenarios;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.seenby.v2tim.SeenByListener.Change;
import org.seenby.v2tim.V2TIMGroupListener;
import org.seenby.v2tim.V2TIMGroupMemberFullInfo;
import org.seenby.v2tim.V2TIMGroupMemberInfo;

/** What the documented listener of groups tells, to compare it with what ours does. */
final class Groups extends V2TIMGroupListener {
    private final Device device;
    private final Deque<JsonObject> told = new ArrayDeque<>();

    Groups(Device device) {
        this.device = device;
    }

    private void told(Change change, String groupID, List<V2TIMGroupMemberInfo> members) {
        JsonArray ids = new JsonArray();
        members.forEach(member -> ids.add(member.getUserID()));
        JsonObject last = told.peekLast();
        // Who quits is told one at a time.
        boolean goesOn = change == Change.QUIT && last != null && last.get("change").getAsString().equals("quit")
                && last.get("groupID").getAsString().equals(groupID);
        if (goesOn) {
            last.getAsJsonArray("members").addAll(ids);
            return;
        }
        JsonObject one = new JsonObject();
        one.addProperty("change", Values.name(change));
        one.addProperty("groupID", groupID);
        one.add("members", ids);
        told.add(one);
    }

    /** Spoils an entry of ours that the documented listener has told otherwise. */
    void compare(JsonObject entry, Change change, int role) {
        boolean isDocumented = change != Change.COUNT
                && !(change == Change.ROLE_CHANGED && role == V2TIMGroupMemberFullInfo.V2TIM_GROUP_MEMBER_ROLE_OWNER);
        if (!isDocumented) {
            return;
        }
        JsonObject documented = told.isEmpty() ? new JsonObject() : told.poll();
        for (String key : List.of("change", "groupID", "members")) {
            if (!entry.get(key).equals(documented.get(key))) {
                entry.addProperty("change", "the documented listener told something else: " + documented);
                return;
            }
        }
    }

    @Override
    public void onMemberEnter(String groupID, List<V2TIMGroupMemberInfo> memberList) {
        told(Change.JOINED, groupID, memberList);
    }

    @Override
    public void onMemberLeave(String groupID, V2TIMGroupMemberInfo member) {
        told(Change.QUIT, groupID, List.of(member));
    }

    @Override
    public void onMemberInvited(String groupID, V2TIMGroupMemberInfo opUser, List<V2TIMGroupMemberInfo> memberList) {
        told(Change.INVITED, groupID, memberList);
    }

    @Override
    public void onMemberKicked(String groupID, V2TIMGroupMemberInfo opUser, List<V2TIMGroupMemberInfo> memberList) {
        told(Change.KICKED, groupID, memberList);
    }

    @Override
    public void onGroupCreated(String groupID) {
        told(Change.CREATED, groupID, List.of());
    }

    @Override
    public void onGroupDismissed(String groupID, V2TIMGroupMemberInfo opUser) {
        told(Change.DISMISSED, groupID, List.of());
    }

    @Override
    public void onGrantAdministrator(String groupID, V2TIMGroupMemberInfo opUser, List<V2TIMGroupMemberInfo> memberList) {
        told(Change.ROLE_CHANGED, groupID, memberList);
    }

    @Override
    public void onRevokeAdministrator(String groupID, V2TIMGroupMemberInfo opUser, List<V2TIMGroupMemberInfo> memberList) {
        told(Change.ROLE_CHANGED, groupID, memberList);
    }

    @Override
    public void onQuitFromGroup(String groupID) {
        JsonArray me = new JsonArray();
        me.add(device.manager.getLoginUser());
        JsonObject one = new JsonObject();
        one.addProperty("change", "quit");
        one.addProperty("groupID", groupID);
        one.add("members", me);
        told.add(one);
    }
}
