package org.seenby

import androidx.recyclerview.widget.RecyclerView
import org.seenby.core.Rows
import org.seenby.core.RowsFollowed

/**
 * Tells a tracker what a RecyclerView shows, whatever lays its rows out (R33):
 * `list.addOnScrollListener(RecyclerScrolling(tracker, messages::getOrNull))`. It follows the list's layouts too, from the first on: a
 * list that goes away while the app stays ends with its tracker ([ReadTracker.close]), not with `removeOnScrollListener`.
 *
 * @param messageAt which message a row shows; null: none, the row is a date say.
 */
public open class RecyclerScrolling(
    private val tracker: ReadTracker,
    private val messageAt: (row: Int) -> MessageKey?,
) : RecyclerView.OnScrollListener() {
    private val rows = RowsFollowed { list -> tracker.showRows(Rows.of(list), messageAt) }

    /** RecyclerView calls it after its first layout, too. */
    override fun onScrolled(recyclerView: RecyclerView, dx: Int, dy: Int): Unit = rows.scrolled(recyclerView)
}
