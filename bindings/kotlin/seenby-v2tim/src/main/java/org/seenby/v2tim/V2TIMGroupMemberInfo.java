package org.seenby.v2tim;

/** Somebody in a group. */
public class V2TIMGroupMemberInfo {
    String userID = "";
    String nickName = "";
    String friendRemark = "";
    String nameCard = "";
    String faceUrl = "";

    /** Who. */
    public String getUserID() {
        return userID;
    }

    /** May be empty (R27). */
    public String getNickName() {
        return nickName;
    }

    /** Always empty: SeenBy has no friends. */
    public String getFriendRemark() {
        return friendRemark;
    }

    /** Always empty: SeenBy has no names of groups' own. */
    public String getNameCard() {
        return nameCard;
    }

    /** May be empty (R27). */
    public String getFaceUrl() {
        return faceUrl;
    }

    long readTimeMs;

    /** In a list of readers: when it read the message, in ms (ours, R11). 0 otherwise. */
    public long getSeenByReadTimeMs() {
        return readTimeMs;
    }
}
