package org.seenby.v2tim;

import java.util.List;

/** Messages and receipts: {@link V2TIMManager#getMessageManager()}. No call waits; each callback comes once. */
public abstract class V2TIMMessageManager {
    V2TIMMessageManager() {}

    /** Hear of messages and receipts. One that is added twice hears once. */
    public abstract void addAdvancedMsgListener(V2TIMAdvancedMsgListener listener);

    /** No call of the listener starts after this has returned. */
    public abstract void removeAdvancedMsgListener(V2TIMAdvancedMsgListener listener);

    /** A text message, not sent yet. */
    public abstract V2TIMMessage createTextMessage(String text);

    /** A message of the app's own making, not sent yet. */
    public abstract V2TIMMessage createCustomMessage(byte[] data);

    /** As {@link #createCustomMessage(byte[])}; the extension is text in UTF-8. */
    public abstract V2TIMMessage createCustomMessage(byte[] data, String description, byte[] extension);

    /** Outside SeenBy: sending it answers 7013. */
    public abstract V2TIMMessage createImageMessage(String imagePath);

    /** Outside SeenBy: sending it answers 7013. */
    public abstract V2TIMMessage createSoundMessage(String soundPath, int duration);

    /** Outside SeenBy: sending it answers 7013. */
    public abstract V2TIMMessage createVideoMessage(String videoFilePath, String type, int duration, String snapshotPath);

    /** Outside SeenBy: sending it answers 7013. */
    public abstract V2TIMMessage createFileMessage(String filePath, String fileName);

    /** Outside SeenBy: sending it answers 7013. */
    public abstract V2TIMMessage createLocationMessage(String desc, double longitude, double latitude);

    /** Outside SeenBy: sending it answers 7013. */
    public abstract V2TIMMessage createFaceMessage(int index, byte[] data);

    /**
     * Sends a message (R18) to a user or a group: exactly one is set. The message gets its id at once, and is brought up to
     * date when the callback comes; sending the same object again cannot store it twice (R16).
     *
     * @return its id; empty if it was refused at once
     */
    public abstract String sendMessage(V2TIMMessage message, String receiver, String groupID, int priority,
            boolean onlineUserOnly, V2TIMOfflinePushInfo offlinePushInfo, V2TIMSendCallback<V2TIMMessage> callback);

    /** Messages with a user, newest first, from before lastMsg (null: from the end). */
    public abstract void getC2CHistoryMessageList(String userID, int count, V2TIMMessage lastMsg,
            V2TIMValueCallback<List<V2TIMMessage>> callback);

    /** Messages of a group, newest first, from before lastMsg (null: from the end). */
    public abstract void getGroupHistoryMessageList(String groupID, int count, V2TIMMessage lastMsg,
            V2TIMValueCallback<List<V2TIMMessage>> callback);

    /** Messages older or newer than a place in a conversation (R18). */
    public abstract void getHistoryMessageList(V2TIMMessageListGetOption option,
            V2TIMValueCallback<List<V2TIMMessage>> callback);

    /** The messages with these ids that the caller may see, in this order. */
    public abstract void findMessages(List<String> messageIDList, V2TIMValueCallback<List<V2TIMMessage>> callback);

    /** Takes a message of one's own back, and with it its receipts (R32). */
    public abstract void revokeMessage(V2TIMMessage msg, V2TIMCallback callback);

    /** Marks everything received from this user as read (R14). Makes no receipts. */
    public abstract void markC2CMessageAsRead(String userID, V2TIMCallback callback);

    /** Marks everything received in this group as read (R14). Makes no receipts. */
    public abstract void markGroupMessageAsRead(String groupID, V2TIMCallback callback);

    /** Marks everything received as read (R14). Makes no receipts. */
    public abstract void markAllMessageAsRead(V2TIMCallback callback);

    /**
     * "I have read these" (R2): messages of one conversation (R3), any number (R4). One's own and those without receipts are
     * skipped. Succeeds when it is durable, on the service or on this device (R16). An empty list: 6017.
     */
    public abstract void sendMessageReadReceipts(List<V2TIMMessage> messageList, V2TIMCallback callback);

    /** How far messages of one's own have been read (R10), in this order; those one may not see are left out. */
    public abstract void getMessageReadReceipts(List<V2TIMMessage> messageList,
            V2TIMValueCallback<List<V2TIMMessageReceipt>> callback);

    /**
     * Who has read a group message, or who has not (R11).
     *
     * @param filter V2TIMMessage.V2TIM_GROUP_MESSAGE_READ_MEMBERS_FILTER_*
     * @param nextSeq 0 first, then what the last page gave
     * @param count 1 to 100
     */
    public abstract void getGroupMessageReadMemberList(V2TIMMessage message, int filter, long nextSeq, int count,
            V2TIMValueCallback<V2TIMGroupMessageReadMemberList> callback);

    /** Outside SeenBy: 7013. */
    public abstract void deleteMessages(List<V2TIMMessage> msgs, V2TIMCallback callback);

    /** Outside SeenBy: 7013. */
    public abstract void deleteMessageFromLocalStorage(V2TIMMessage msg, V2TIMCallback callback);

    /** Outside SeenBy: 7013. */
    public abstract void clearC2CHistoryMessage(String userID, V2TIMCallback callback);

    /** Outside SeenBy: 7013. */
    public abstract void clearGroupHistoryMessage(String groupID, V2TIMCallback callback);

    /** Outside SeenBy: 7013. */
    public abstract void modifyMessage(V2TIMMessage msg, V2TIMValueCallback<V2TIMMessage> callback);

    /** Outside SeenBy: 7013. */
    public abstract void insertGroupMessageToLocalStorage(V2TIMMessage msg, String groupID, String sender,
            V2TIMValueCallback<V2TIMMessage> callback);

    /** Outside SeenBy: 7013. */
    public abstract void insertC2CMessageToLocalStorage(V2TIMMessage msg, String userID, String sender,
            V2TIMValueCallback<V2TIMMessage> callback);

    /** Outside SeenBy: 7013. */
    public abstract void setC2CReceiveMessageOpt(List<String> userIDList, int opt, V2TIMCallback callback);

    /** Outside SeenBy: 7013. */
    public abstract void setGroupReceiveMessageOpt(String groupID, int opt, V2TIMCallback callback);
}
