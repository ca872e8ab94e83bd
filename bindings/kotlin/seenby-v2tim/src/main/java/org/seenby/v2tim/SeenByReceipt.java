package org.seenby.v2tim;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a receipt has beyond the documents (ours): {@link V2TIMMessageReceipt#getSeenBy()}. */
public final class SeenByReceipt {
    String conversationID = "";
    long seq;
    long timestampMs;
    Map<String, Long> readers = new LinkedHashMap<>();
    boolean moreReaders;
    long position;

    SeenByReceipt() {}

    /** c2c_&lt;peer&gt; or group_&lt;id&gt;. */
    public String getConversationID() {
        return conversationID;
    }

    /** The message's number in its conversation; 0 if this device does not know it. */
    public long getSeq() {
        return seq;
    }

    /** One to one: when the peer read it, in ms; 0 before. */
    public long getTimestampMs() {
        return timestampMs;
    }

    /** Those who have read it since the last push, with the time in ms, if {@link SeenByConfig#setWithReaders} (R12). */
    public Map<String, Long> getReaders() {
        return Collections.unmodifiableMap(readers);
    }

    /** There were more than {@link #getReaders()} has. */
    public boolean hasMoreReaders() {
        return moreReaders;
    }

    /** Of two receipts of one message the one with the higher position is the newer. */
    public long getPosition() {
        return position;
    }
}
