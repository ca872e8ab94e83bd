package org.seenby.v2tim;

import org.seenby.core.Failure;
import org.seenby.core.Logs;

/** The log of the process, by the documented numbers. */
final class LogLevels {
    private LogLevels() {}

    /** As this configuration has it. */
    static void apply(V2TIMSDKConfig config) throws Failure {
        V2TIMLogListener listener = config.getLogListener();
        Logs.to(in(config.getLogLevel()), listener == null ? null : (level, line) -> listener.onLog(out(level), line));
    }

    private static int in(int level) throws Failure {
        switch (level) {
            case V2TIMSDKConfig.V2TIM_LOG_NONE:
                return Logs.OFF;
            case V2TIMSDKConfig.V2TIM_LOG_DEBUG:
                return Logs.DEBUG;
            case V2TIMSDKConfig.V2TIM_LOG_INFO:
                return Logs.INFO;
            case V2TIMSDKConfig.V2TIM_LOG_WARN:
                return Logs.WARN;
            case V2TIMSDKConfig.V2TIM_LOG_ERROR:
                return Logs.ERROR;
            default:
                throw new Failure.Refused(BaseConstants.ERR_INVALID_PARAMETERS, "logLevel is " + level
                        + "; it must be one of V2TIM_LOG_NONE (0), DEBUG (3), INFO (4), WARN (5) and ERROR (6)", 0);
        }
    }

    private static int out(int level) {
        switch (level) {
            case Logs.ERROR:
                return V2TIMSDKConfig.V2TIM_LOG_ERROR;
            case Logs.WARN:
                return V2TIMSDKConfig.V2TIM_LOG_WARN;
            case Logs.INFO:
                return V2TIMSDKConfig.V2TIM_LOG_INFO;
            default:
                return V2TIMSDKConfig.V2TIM_LOG_DEBUG;
        }
    }
}
