package org.seenby.v2tim;

/** Takes the log. */
public abstract class V2TIMLogListener {
    /** A line, on a thread of SeenBy. */
    public void onLog(int logLevel, String logContent) {}
}
