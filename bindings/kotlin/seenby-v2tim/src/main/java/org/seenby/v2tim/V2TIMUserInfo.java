package org.seenby.v2tim;

/** What a user says of itself. */
public class V2TIMUserInfo {
    String userID = "";
    String nickName = "";
    String faceUrl = "";

    /** Who. */
    public String getUserID() {
        return userID;
    }

    /** May be empty. */
    public String getNickName() {
        return nickName;
    }

    /** May be empty. */
    public String getFaceUrl() {
        return faceUrl;
    }
}
