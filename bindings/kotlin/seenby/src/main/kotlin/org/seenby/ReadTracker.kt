package org.seenby

import org.seenby.core.MessageTracker

/**
 * Turns what a list shows into read receipts (R33): [SeenBy.readTracker]. Messages that were on the screen for
 * [SeenByConfig.seenForMs] are reported, each once; one's own and those without receipts may be among them. Any thread; no call
 * waits.
 */
public class ReadTracker internal constructor(private val tracker: MessageTracker) : AutoCloseable {
    /** These came onto the screen. */
    public fun visible(messages: Collection<MessageKey>): Unit = atOnce { tracker.visible(messages.core()) }

    /** These left it. */
    public fun hidden(messages: Collection<MessageKey>): Unit = atOnce { tracker.hidden(messages.core()) }

    /** The app came to the foreground, or went to the background: then what was seen for long enough is reported. */
    public fun foreground(foreground: Boolean): Unit = atOnce { tracker.foreground(foreground) }

    /** Ends it: what was seen for long enough is reported. */
    override fun close() {
        try {
            tracker.closeTracker()
        } catch (_: IllegalStateException) {
            // It was closed before.
        }
        tracker.close()
    }
}
