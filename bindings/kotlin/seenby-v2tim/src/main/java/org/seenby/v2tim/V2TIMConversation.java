package org.seenby.v2tim;

/** A conversation (R26). */
public class V2TIMConversation {
    /** Neither. */
    public static final int CONVERSATION_TYPE_INVALID = 0;
    /** One to one. */
    public static final int V2TIM_C2C = 1;
    /** A group. */
    public static final int V2TIM_GROUP = 2;

    String conversationID = "";
    int type;
    String userID = "";
    String groupID = "";
    String groupType = "";
    String showName = "";
    int unreadCount;
    V2TIMMessage lastMessage;
    long groupReadSequence;
    long c2cReadTimestamp;

    /** c2c_&lt;peer&gt; or group_&lt;id&gt;. */
    public String getConversationID() {
        return conversationID;
    }

    /** V2TIM_C2C or V2TIM_GROUP. */
    public int getType() {
        return type;
    }

    /** One to one: the peer. */
    public String getUserID() {
        return userID;
    }

    /** Groups: the group. */
    public String getGroupID() {
        return groupID;
    }

    /** Groups: its kind. */
    public String getGroupType() {
        return groupType;
    }

    /** Groups: its name, else its id; one to one: the peer. */
    public String getShowName() {
        return showName;
    }

    /** Messages of others after the caller's mark that count. */
    public int getUnreadCount() {
        return unreadCount;
    }

    /** The last message that counts; null if there is none. */
    public V2TIMMessage getLastMessage() {
        return lastMessage;
    }

    /** Groups: the caller's mark. */
    public long getGroupReadSequence() {
        return groupReadSequence;
    }

    /** Always 0: SeenBy marks by sequence. */
    public long getC2CReadTimestamp() {
        return c2cReadTimestamp;
    }

    long ownReadSequence;
    long peerReadSequence;
    long peerReadTimeMs;

    /** The caller's mark: everything up to this seq is read (ours). */
    public long getSeenByOwnReadSequence() {
        return ownReadSequence;
    }

    /** One to one: the peer's mark, as far as it is shown (ours, R14, R15). */
    public long getSeenByPeerReadSequence() {
        return peerReadSequence;
    }

    /** One to one: when the peer set it, in ms; 0 if never (ours). */
    public long getSeenByPeerReadTimeMs() {
        return peerReadTimeMs;
    }
}
