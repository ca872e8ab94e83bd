package org.seenby.v2tim;

import androidx.recyclerview.widget.RecyclerView;
import org.seenby.core.Rows;
import org.seenby.core.RowsFollowed;

/**
 * Tells a tracker what a RecyclerView shows, whatever lays its rows out (ours, R33): {@code list.addOnScrollListener(new
 * SeenByRecyclerScrolling(tracker, position -> messages.get(position)))}. It follows the list's layouts too, from the first on: a
 * list that goes away while the app stays ends with {@code tracker.close()}, not with {@code removeOnScrollListener}.
 */
public class SeenByRecyclerScrolling extends RecyclerView.OnScrollListener {
    private final RowsFollowed followed;

    /** For a list of which the rows show these. */
    public SeenByRecyclerScrolling(final SeenByTracker tracker, final SeenByTracker.Rows rows) {
        followed = new RowsFollowed(list -> tracker.showRows(Rows.of(list), rows));
    }

    /** RecyclerView calls it after its first layout, too. */
    @Override
    public void onScrolled(RecyclerView list, int dx, int dy) {
        followed.scrolled(list);
    }
}
