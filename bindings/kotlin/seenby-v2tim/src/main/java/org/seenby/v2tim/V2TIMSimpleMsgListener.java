package org.seenby.v2tim;

/** Hears of messages, by what they say. Override what you need. */
public abstract class V2TIMSimpleMsgListener {
    /** A text from a user. */
    public void onRecvC2CTextMessage(String msgID, V2TIMUserInfo sender, String text) {}

    /** Data from a user. */
    public void onRecvC2CCustomMessage(String msgID, V2TIMUserInfo sender, byte[] customData) {}

    /** A text in a group. */
    public void onRecvGroupTextMessage(String msgID, String groupID, V2TIMGroupMemberInfo sender, String text) {}

    /** Data in a group. */
    public void onRecvGroupCustomMessage(String msgID, String groupID, V2TIMGroupMemberInfo sender, byte[] customData) {}
}
