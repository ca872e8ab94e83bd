package org.seenby

import org.seenby.core.Logs

/** How much is logged: [SeenBy.log]. */
public enum class LogLevel(internal val number: Int) {
    /** Nothing. */
    OFF(Logs.OFF),

    /** What went wrong. */
    ERROR(Logs.ERROR),

    /** And what an app's author should know. Up to here no line holds an id, a body or a token (R34). */
    WARN(Logs.WARN),

    /** And what an operator may want to know. */
    INFO(Logs.INFO),

    /** And what helps to find a fault. */
    DEBUG(Logs.DEBUG),

    /** Everything. */
    TRACE(Logs.TRACE),
}
