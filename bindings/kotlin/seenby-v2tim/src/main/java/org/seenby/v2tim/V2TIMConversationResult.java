package org.seenby.v2tim;

import java.util.ArrayList;
import java.util.List;

/** A page of conversations. */
public class V2TIMConversationResult {
    List<V2TIMConversation> conversationList = new ArrayList<>();
    long nextSeq;
    boolean isFinished;

    /** They, latest activity first. */
    public List<V2TIMConversation> getConversationList() {
        return conversationList;
    }

    /** What the next call passes; 0 when finished. */
    public long getNextSeq() {
        return nextSeq;
    }

    /** Whether this was the last page. */
    public boolean isFinished() {
        return isFinished;
    }
}
