package org.seenby.v2tim;

/** A group. */
public class V2TIMGroupInfo {
    String groupID = "";
    String groupType = "";
    String groupName = "";
    String notification = "";
    String introduction = "";
    String faceUrl = "";
    String owner = "";
    long createTime;
    int memberCount;
    int role;

    /** Its id. */
    public String getGroupID() {
        return groupID;
    }

    /** Its kind: V2TIMManager.GROUP_TYPE_*. */
    public String getGroupType() {
        return groupType;
    }

    /** Its name; may be empty. */
    public String getGroupName() {
        return groupName;
    }

    /** Always empty: SeenBy keeps none. */
    public String getNotification() {
        return notification;
    }

    /** Always empty: SeenBy keeps none. */
    public String getIntroduction() {
        return introduction;
    }

    /** Always empty: SeenBy keeps none. */
    public String getFaceUrl() {
        return faceUrl;
    }

    /** Who owns it; may be empty (R19). */
    public String getOwner() {
        return owner;
    }

    /** When it was created, in seconds. */
    public long getCreateTime() {
        return createTime;
    }

    /** How many members it has now. */
    public int getMemberCount() {
        return memberCount;
    }

    /** The caller's role. */
    public int getRole() {
        return role;
    }

    /** Its id; empty: SeenBy makes one. */
    public void setGroupID(String groupID) {
        this.groupID = groupID;
    }

    /** Its kind. */
    public void setGroupType(String groupType) {
        this.groupType = groupType;
    }

    /** Its name. */
    public void setGroupName(String groupName) {
        this.groupName = groupName;
    }
}
