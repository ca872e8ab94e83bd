package org.seenby.v2tim;

import java.util.List;
import org.seenby.core.Answer;

/** The documented conversation calls, converted and forwarded. */
final class ConversationManager extends V2TIMConversationManager {
    private final Core core;
    private final Listeners<V2TIMConversationListener> listeners;

    ConversationManager(Core core) {
        this.core = core;
        listeners = new Listeners<>(core);
    }

    @Override
    public void addConversationListener(V2TIMConversationListener listener) {
        if (listener != null) {
            listeners.add(listener, Hearing.conversations(listener));
        }
    }

    @Override
    public void removeConversationListener(V2TIMConversationListener listener) {
        listeners.remove(listener);
    }

    @Override
    public void getConversationList(long nextSeq, int count, V2TIMValueCallback<V2TIMConversationResult> callback) {
        core.call(Ends.value(callback, answer -> {
            Answer.Conversations page = (Answer.Conversations) answer;
            V2TIMConversationResult result = new V2TIMConversationResult();
            result.conversationList = Convert.list(page.getConversations(), Convert::conversation);
            result.nextSeq = page.getNextSeq();
            result.isFinished = page.isFinished();
            return result;
        }), (client, end) -> client.getConversations(nextSeq, count, end));
    }

    @Override
    public void getConversation(String conversationID, V2TIMValueCallback<V2TIMConversation> callback) {
        core.call(Ends.value(callback, answer -> Convert.conversation(((Answer.OneConversation) answer).getConversation())),
                (client, end) -> client.getConversation(Texts.in("conversationID", conversationID), end));
    }

    @Override
    public void getTotalUnreadMessageCount(V2TIMValueCallback<Long> callback) {
        core.call(Ends.value(callback, answer -> ((Answer.Count) answer).getCount()),
                (client, end) -> client.getTotalUnread(end));
    }

    @Override
    public void cleanConversationUnreadMessageCount(String conversationID, long cleanTimestamp, long cleanSequence,
            V2TIMCallback callback) {
        core.call(Ends.done(callback),
                (client, end) -> client.cleanUnread(Texts.in("conversationID", conversationID), cleanTimestamp, cleanSequence, end));
    }

    @Override
    public void deleteConversation(String conversationID, V2TIMCallback callback) {
        core.unsupported("deleteConversation", Ends.done(callback));
    }

    @Override
    public void deleteConversationList(List<String> conversationIDList, boolean clearMessage,
            V2TIMValueCallback<List<V2TIMConversationOperationResult>> callback) {
        core.unsupported("deleteConversationList", Ends.value(callback, answer -> null));
    }

    @Override
    public void pinConversation(String conversationID, boolean isPinned, V2TIMCallback callback) {
        core.unsupported("pinConversation", Ends.done(callback));
    }

    @Override
    public void setConversationDraft(String conversationID, String draftText, V2TIMCallback callback) {
        core.unsupported("setConversationDraft", Ends.done(callback));
    }

    @Override
    public void getConversationList(List<String> conversationIDList,
            V2TIMValueCallback<List<V2TIMConversation>> callback) {
        core.unsupported("getConversationList by ids", Ends.value(callback, answer -> null));
    }
}
