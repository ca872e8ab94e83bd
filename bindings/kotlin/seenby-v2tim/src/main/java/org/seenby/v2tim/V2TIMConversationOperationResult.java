package org.seenby.v2tim;

/** What became of one conversation. Only of calls that are outside SeenBy, which gives none. */
public class V2TIMConversationOperationResult {
    /** Which. */
    public String getConversationID() {
        return "";
    }

    /** 0: it was done. */
    public int getResultCode() {
        return 0;
    }

    /** Why it was not. */
    public String getResultInfo() {
        return "";
    }
}
