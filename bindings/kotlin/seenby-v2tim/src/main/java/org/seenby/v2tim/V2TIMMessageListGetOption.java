package org.seenby.v2tim;

import org.seenby.core.Failure;

/** Which messages of a conversation (R18). */
public class V2TIMMessageListGetOption {
    /** Older messages, from the service. */
    public static final int V2TIM_GET_CLOUD_OLDER_MSG = 1;
    /** Newer messages, from the service. */
    public static final int V2TIM_GET_CLOUD_NEWER_MSG = 2;
    /** Older messages; SeenBy keeps no bodies on the device, so as from the service. */
    public static final int V2TIM_GET_LOCAL_OLDER_MSG = 3;
    /** Newer messages; SeenBy keeps no bodies on the device, so as from the service. */
    public static final int V2TIM_GET_LOCAL_NEWER_MSG = 4;

    int getType = V2TIM_GET_CLOUD_OLDER_MSG;
    String userID = "";
    String groupID = "";
    int count;
    V2TIMMessage lastMsg;
    long lastMsgSeq;
    long getTimeBegin;
    long getTimePeriod;

    /** Whether messages newer than where it begins are wanted, or older ones. */
    boolean isNewer() throws Failure {
        switch (getType) {
            case V2TIM_GET_CLOUD_OLDER_MSG:
            case V2TIM_GET_LOCAL_OLDER_MSG:
                return false;
            case V2TIM_GET_CLOUD_NEWER_MSG:
            case V2TIM_GET_LOCAL_NEWER_MSG:
                return true;
            default:
                throw Convert.invalid("getType is " + getType + "; it must be one of V2TIM_GET_*, 1 to 4");
        }
    }

    /** One of V2TIM_GET_*. */
    public int getGetType() {
        return getType;
    }

    /** The peer; exactly one of this and the group is set. */
    public String getUserID() {
        return userID;
    }

    /** The group. */
    public String getGroupID() {
        return groupID;
    }

    /** At most this many, 1 to 100. */
    public int getCount() {
        return count;
    }

    /** Begin beside this message, without it; null: none. */
    public V2TIMMessage getLastMsg() {
        return lastMsg;
    }

    /** Begin at this seq, with it; 0: from the end. */
    public long getLastMsgSeq() {
        return lastMsgSeq;
    }

    /** In seconds; 0: now. */
    public long getGetTimeBegin() {
        return getTimeBegin;
    }

    /** In seconds; 0: unbounded. */
    public long getGetTimePeriod() {
        return getTimePeriod;
    }

    /** One of V2TIM_GET_*; another number is refused (6017). Not set: V2TIM_GET_CLOUD_OLDER_MSG. */
    public void setGetType(int getType) {
        this.getType = getType;
    }

    /** The peer. */
    public void setUserID(String userID) {
        this.userID = userID;
    }

    /** The group. */
    public void setGroupID(String groupID) {
        this.groupID = groupID;
    }

    /** At most this many. */
    public void setCount(int count) {
        this.count = count;
    }

    /** Begin beside this message. */
    public void setLastMsg(V2TIMMessage lastMsg) {
        this.lastMsg = lastMsg;
    }

    /** Begin at this seq. */
    public void setLastMsgSeq(long lastMsgSeq) {
        this.lastMsgSeq = lastMsgSeq;
    }

    /** In seconds. */
    public void setGetTimeBegin(long getTimeBegin) {
        this.getTimeBegin = getTimeBegin;
    }

    /** In seconds. */
    public void setGetTimePeriod(long getTimePeriod) {
        this.getTimePeriod = getTimePeriod;
    }
}
