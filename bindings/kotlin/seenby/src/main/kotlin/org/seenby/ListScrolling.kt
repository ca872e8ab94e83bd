package org.seenby

import android.widget.AbsListView

/**
 * Tells a tracker what a ListView or GridView shows (R33): `list.setOnScrollListener(ListScrolling(tracker, messages::getOrNull))`.
 * Headers count as rows there, as they do for the list. A list that goes away while the app stays: close the tracker, or show
 * nothing.
 *
 * @param messageAt which message a row shows; null: none, the row is a date say.
 */
public open class ListScrolling(
    private val tracker: ReadTracker,
    private val messageAt: (row: Int) -> MessageKey?,
) : AbsListView.OnScrollListener {
    override fun onScrollStateChanged(view: AbsListView, scrollState: Int): Unit = Unit

    /** After each layout too: rows that come without scrolling are seen. */
    override fun onScroll(view: AbsListView, firstVisibleItem: Int, visibleItemCount: Int, totalItemCount: Int): Unit =
        tracker.showRows(firstVisibleItem until firstVisibleItem + visibleItemCount, messageAt)
}
