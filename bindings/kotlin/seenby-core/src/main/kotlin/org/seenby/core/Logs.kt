package org.seenby.core

import android.util.Log

/** Where the log of the process goes. */
public object Logs {
    /** As the library numbers them. */
    public const val OFF: Int = 0
    public const val ERROR: Int = 1
    public const val WARN: Int = 2
    public const val INFO: Int = 3
    public const val DEBUG: Int = 4
    public const val TRACE: Int = 5

    /** Takes lines; see [to]. */
    public fun interface Lines {
        /** A line; on a thread of SeenBy's. */
        public fun line(level: Int, line: String)
    }

    /**
     * From here on the log goes there, up to this level. Null: to Android's log where there is one, else to stderr. Waits for a
     * call of the one before that is running, but inside callbacks.
     */
    @JvmStatic
    @Throws(Failure::class)
    public fun to(level: Int, lines: Lines?) {
        Threads.ready()
        setLogSink(level, lines?.let(::Passing) ?: if (isAndroid) AndroidLog else null)
    }

    private class Passing(private val lines: Lines) : LogSink {
        override fun line(level: Int, line: String) {
            try {
                lines.line(level, line)
            } catch (thrown: Throwable) {
                Reports.thrown("a log listener", thrown)
            }
        }
    }

    /** android.util.Log, by its tag "SeenBy". */
    private object AndroidLog : LogSink {
        override fun line(level: Int, line: String) {
            val priority = when (level) {
                ERROR -> Log.ERROR
                WARN -> Log.WARN
                INFO -> Log.INFO
                DEBUG -> Log.DEBUG
                else -> Log.VERBOSE
            }
            try {
                Log.println(priority, "SeenBy", line)
            } catch (_: Throwable) {
                // Android's classes are here for a compiler or a test, and do nothing.
                System.err.println("seenby: $line")
            }
        }
    }

    /** Whether there is an android.util.Log. */
    private val isAndroid: Boolean = try {
        Class.forName("android.util.Log", false, Logs::class.java.classLoader)
        true
    } catch (_: ClassNotFoundException) {
        false
    }
}
