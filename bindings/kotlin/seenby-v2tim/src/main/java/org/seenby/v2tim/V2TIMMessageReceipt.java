package org.seenby.v2tim;

/** How far a message has been read (R10), or that a peer marked a whole conversation (R14: then there is no message id). */
public class V2TIMMessageReceipt {
    String msgID = "";
    String userID = "";
    boolean isPeerRead;
    long timestamp;
    String groupID = "";
    long readCount;
    long unreadCount;

    /** The message; empty where the peer marked the conversation. */
    public String getMsgID() {
        return msgID;
    }

    /** One to one: the peer. Empty in groups. */
    public String getUserID() {
        return userID;
    }

    /** One to one: whether the peer has read it. */
    public boolean isPeerRead() {
        return isPeerRead;
    }

    /** One to one: when, in seconds; 0 before, and in groups. */
    public long getTimestamp() {
        return timestamp;
    }

    /** Groups: the group. Empty one to one. */
    public String getGroupID() {
        return groupID;
    }

    /** Groups: how many have read it. 0 one to one. */
    public long getReadCount() {
        return readCount;
    }

    /** Groups: how many have not; 0 with a readCount above 0: everybody has. 0 one to one. */
    public long getUnreadCount() {
        return unreadCount;
    }

    /** What SeenBy knows beyond the documents. */
    final SeenByReceipt seenBy = new SeenByReceipt();

    /** What SeenBy knows beyond the documents (ours). */
    public SeenByReceipt getSeenBy() {
        return seenBy;
    }
}
