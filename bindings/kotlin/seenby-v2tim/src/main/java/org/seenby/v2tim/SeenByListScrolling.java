package org.seenby.v2tim;

import android.widget.AbsListView;

/**
 * Tells a tracker what a ListView or GridView shows (ours, R33): {@code list.setOnScrollListener(new
 * SeenByListScrolling(tracker, position -> messages.get(position)))}. Headers count as rows there, as they do for the list. A
 * list that goes away while the app stays: {@code tracker.close()}, or {@code tracker.show(null)}.
 */
public class SeenByListScrolling implements AbsListView.OnScrollListener {
    private final SeenByTracker tracker;
    private final SeenByTracker.Rows rows;

    /** For a list of which the rows show these. */
    public SeenByListScrolling(SeenByTracker tracker, SeenByTracker.Rows rows) {
        this.tracker = tracker;
        this.rows = rows;
    }

    @Override
    public void onScrollStateChanged(AbsListView view, int scrollState) {}

    /** After each layout too: rows that come without scrolling are seen. */
    @Override
    public void onScroll(AbsListView view, int firstVisibleItem, int visibleItemCount, int totalItemCount) {
        tracker.showRows(firstVisibleItem, firstVisibleItem + visibleItemCount - 1, rows);
    }
}
