package org.seenby.v2tim;

/** A first member of a new group. */
public class V2TIMCreateGroupMemberInfo {
    String userID = "";
    int role;

    /** Who. */
    public String getUserID() {
        return userID;
    }

    /** Its role. SeenBy makes first members members, whatever this says. */
    public int getRole() {
        return role;
    }

    /** Who. */
    public void setUserID(String userID) {
        this.userID = userID;
    }

    /** Its role. */
    public void setRole(int role) {
        this.role = role;
    }
}
