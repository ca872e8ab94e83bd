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

    /** How much is logged: one of the V2TIM_LOG_… numbers; initSDK refuses others. At WARN and above no line holds an id (R34). */
    public void setLogLevel(int logLevel) {
        this.logLevel = logLevel;
    }

    /** Who takes the log; null: Android's log (tag "SeenBy"), on another JVM stderr. */
    public V2TIMLogListener getLogListener() {
        return logListener;
    }

    /**
     * Who takes the log: of the whole process, from initSDK on. A further manager changes it only if its configuration has a
     * listener.
     */
    public void setLogListener(V2TIMLogListener logListener) {
        this.logListener = logListener;
    }
}
