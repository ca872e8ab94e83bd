package org.seenby.v2tim;

/** How the SDK is set up. */
public class V2TIMSDKConfig {
    /** Nothing. */
    public static final int V2TIM_LOG_NONE = 0;
    /** Everything. */
    public static final int V2TIM_LOG_DEBUG = 3;
    /** What an operator may want to know. */
    public static final int V2TIM_LOG_INFO = 4;
    /** What an app's author should know. */
    public static final int V2TIM_LOG_WARN = 5;
    /** What went wrong. */
    public static final int V2TIM_LOG_ERROR = 6;

    private final SeenByConfig seenBy = new SeenByConfig();
    private int logLevel = V2TIM_LOG_WARN;
    private V2TIMLogListener logListener;

    /** Where to connect, and what else the documents have no field for (ours). */
    public SeenByConfig getSeenBy() {
        return seenBy;
    }

    /** How much is logged. */
    public int getLogLevel() {
        return logLevel;
    }

    /** How much is logged. */
    public void setLogLevel(int logLevel) {
        this.logLevel = logLevel;
    }

    /** Who takes the log. */
    public V2TIMLogListener getLogListener() {
        return logListener;
    }

    /** Who takes the log. */
    public void setLogListener(V2TIMLogListener logListener) {
        this.logListener = logListener;
    }
}
