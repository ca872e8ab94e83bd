package org.seenby.v2tim;

import androidx.recyclerview.widget.RecyclerView;
import org.seenby.core.Rows;

/**
 * Tells a tracker what a RecyclerView shows, whatever lays its rows out (ours, R33): {@code list.addOnScrollListener(new
 * SeenByRecyclerScrolling(tracker, position -> messages.get(position)))}. A list that goes away while the app stays: {@code
 * tracker.close()}, or {@code tracker.show(null)}.
 */
public class SeenByRecyclerScrolling extends RecyclerView.OnScrollListener {
    private final SeenByTracker tracker;
    private final SeenByTracker.Rows rows;

    /** For a list of which the rows show these. */
    public SeenByRecyclerScrolling(SeenByTracker tracker, SeenByTracker.Rows rows) {
        this.tracker = tracker;
        this.rows = rows;
    }

    /** RecyclerView calls it after a layout that changed what can be seen, too. */
    @Override
    public void onScrolled(RecyclerView list, int dx, int dy) {
        tracker.showRows(Rows.of(list), rows);
    }
}
