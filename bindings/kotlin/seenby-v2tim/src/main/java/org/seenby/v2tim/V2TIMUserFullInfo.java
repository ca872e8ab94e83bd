package org.seenby.v2tim;

/** What a user says of itself (R27). */
public class V2TIMUserFullInfo extends V2TIMUserInfo {
    /** What was set, and so is to be changed: null leaves it. */
    String newNickName;
    String newFaceUrl;

    /** Sets the nick name, at most 256 bytes. */
    public void setNickname(String nickName) {
        this.nickName = nickName == null ? "" : nickName;
        newNickName = this.nickName;
    }

    /** Sets the face URL, at most 512 bytes. */
    public void setFaceUrl(String faceUrl) {
        this.faceUrl = faceUrl == null ? "" : faceUrl;
        newFaceUrl = this.faceUrl;
    }
}
