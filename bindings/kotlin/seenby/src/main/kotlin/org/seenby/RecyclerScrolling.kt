package org.seenby

import androidx.recyclerview.widget.RecyclerView
import org.seenby.core.Rows

/**
 * Tells a tracker what a RecyclerView shows, whatever lays its rows out (R33):
 * `list.addOnScrollListener(RecyclerScrolling(tracker, messages::getOrNull))`. A list that goes away while the app stays: close
 * the tracker, or show nothing.
 *
 * @param messageAt which message a row shows; null: none, the row is a date say.
 */
public open class RecyclerScrolling(
    private val tracker: ReadTracker,
    private val messageAt: (row: Int) -> MessageKey?,
) : RecyclerView.OnScrollListener() {
    /** RecyclerView calls it after a layout that changed what can be seen, too. */
    override fun onScrolled(recyclerView: RecyclerView, dx: Int, dy: Int): Unit =
        tracker.showRows(Rows.of(recyclerView), messageAt)
}
