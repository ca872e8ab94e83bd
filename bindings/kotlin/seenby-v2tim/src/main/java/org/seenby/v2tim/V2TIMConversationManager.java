package org.seenby.v2tim;

import java.util.List;

/** Conversations (R26): {@link V2TIMManager#getConversationManager()}. No call waits; each callback comes once. */
public abstract class V2TIMConversationManager {
    V2TIMConversationManager() {}

    /** Hear of conversations. One that is added twice hears once. */
    public abstract void addConversationListener(V2TIMConversationListener listener);

    /** No call of the listener starts after this has returned. */
    public abstract void removeConversationListener(V2TIMConversationListener listener);

    /**
     * A page of one's conversations, latest activity first.
     *
     * @param nextSeq 0 first, then what the last page gave
     * @param count 1 to 100
     */
    public abstract void getConversationList(long nextSeq, int count, V2TIMValueCallback<V2TIMConversationResult> callback);

    /** One conversation: c2c_&lt;peer&gt; or group_&lt;id&gt;. */
    public abstract void getConversation(String conversationID, V2TIMValueCallback<V2TIMConversation> callback);

    /** How many messages are unread in all; readable before the line is up. */
    public abstract void getTotalUnreadMessageCount(V2TIMValueCallback<Long> callback);

    /**
     * Marks a conversation as read, or "c2c", "group" or "" for all of a kind or all (R14); time (s) and sequence, where they
     * are not 0, only lower what is marked.
     */
    public abstract void cleanConversationUnreadMessageCount(String conversationID, long cleanTimestamp,
            long cleanSequence, V2TIMCallback callback);

    /** Outside SeenBy: 7013. */
    public abstract void deleteConversation(String conversationID, V2TIMCallback callback);

    /** Outside SeenBy: 7013, of the call: there is no result of any conversation. */
    public abstract void deleteConversationList(List<String> conversationIDList, boolean clearMessage,
            V2TIMValueCallback<List<V2TIMConversationOperationResult>> callback);

    /** Outside SeenBy: 7013. */
    public abstract void pinConversation(String conversationID, boolean isPinned, V2TIMCallback callback);

    /** Outside SeenBy: 7013. */
    public abstract void setConversationDraft(String conversationID, String draftText, V2TIMCallback callback);

    /** Outside SeenBy: 7013. */
    public abstract void getConversationList(List<String> conversationIDList,
            V2TIMValueCallback<List<V2TIMConversation>> callback);
}
