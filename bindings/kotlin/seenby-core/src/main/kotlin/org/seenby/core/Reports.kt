package org.seenby.core

import java.util.logging.Level
import java.util.logging.Logger

/**
 * What listeners, callbacks and dispatchers of the app throw comes here, and goes no further: SeenBy and the other listeners go
 * on. By default it is logged as severe by the logger "org.seenby" of java.util.logging, which Android shows in its log.
 */
public object Reports {
    private val log = Logger.getLogger("org.seenby")

    /** Gets what was thrown, and where; on the thread that threw. Null: the default. */
    @Volatile
    @JvmStatic
    public var handler: Handler? = null

    /** See [handler]. */
    public fun interface Handler {
        /** [where] says whose code threw: "a listener", "a callback". */
        public fun thrown(where: String, what: Throwable)
    }

    /** Tells the handler. Never throws. */
    @JvmStatic
    public fun thrown(where: String, what: Throwable) {
        try {
            val handler = handler
            if (handler != null) handler.thrown(where, what) else log.log(Level.SEVERE, "$where of the app threw; SeenBy goes on", what)
        } catch (_: Throwable) {
            // A handler that throws has nobody left to be told.
        }
    }
}
