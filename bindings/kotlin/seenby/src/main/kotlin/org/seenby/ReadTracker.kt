package org.seenby

import kotlinx.coroutines.flow.Flow
import org.seenby.core.MessageTracker
import org.seenby.core.OnScreen

/**
 * Turns what a list shows into read receipts (R33): [SeenBy.readTracker]. Messages that were on the screen for
 * [SeenByConfig.seenForMs] are reported, each once; one's own and those without receipts may be among them. Any thread; no call
 * waits. After [close], or the client's, nothing that is told counts: lists are laid out once more while their screen goes.
 *
 * Lists: [ListScrolling] for ListView and GridView, [RecyclerScrolling] for RecyclerView, [follow] for Compose; for others [show],
 * whenever what is shown has changed. With [Android] it follows the app to the background by itself.
 */
public class ReadTracker internal constructor(private val tracker: MessageTracker) : AutoCloseable {
    private val screen = OnScreen(tracker)

    /**
     * Exactly these are on the screen now: what was there and is not among them has left it. None: the list was closed, say.
     * Either this, or [visible] and [hidden].
     */
    public fun show(messages: Collection<MessageKey>): Unit = tell { screen.show(messages.core()) }

    /** As [show]: these rows of a list are on the screen; [messageAt] says what each shows, null: no message, a date say. */
    public inline fun showRows(rows: Iterable<Int>, messageAt: (row: Int) -> MessageKey?): Unit =
        show(rows.mapNotNull { messageAt(it) })

    /**
     * Follows what a list shows until the coroutine is cancelled; then nothing of it is on the screen any more. Whether the tracker is
     * closed before or after makes no difference. For Compose:
     *
     * ```
     * LaunchedEffect(listState, tracker) {
     *     tracker.follow(snapshotFlow { listState.layoutInfo.visibleItemsInfo.mapNotNull { byId[it.key] } })
     * }
     * ```
     */
    public suspend fun follow(visible: Flow<Collection<MessageKey>>) {
        try {
            visible.collect { show(it) }
        } finally {
            show(emptyList())
        }
    }

    /** These came onto the screen. */
    public fun visible(messages: Collection<MessageKey>): Unit = tell { tracker.visible(messages.core()) }

    /** These left it. */
    public fun hidden(messages: Collection<MessageKey>): Unit = tell { tracker.hidden(messages.core()) }

    /**
     * The app came to the foreground, or went to the background: then what was seen for long enough is reported. [SeenBy.foreground]
     * tells all trackers.
     */
    public fun foreground(foreground: Boolean): Unit = tell { tracker.foreground(foreground) }

    /** What comes after the end is nothing. */
    private inline fun tell(what: () -> Unit) {
        try {
            atOnce(what)
        } catch (e: SeenByException) {
            if (e.code != ErrorCodes.CLOSED) throw e
        }
    }

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
