package org.seenby.v2tim;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;
import static org.seenby.v2tim.MainThread.until;

import android.app.Activity;
import android.content.Context;
import android.view.View;
import android.view.ViewGroup;
import android.widget.BaseAdapter;
import android.widget.ListView;
import androidx.recyclerview.widget.RecyclerView;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.robolectric.Robolectric;
import org.robolectric.RobolectricTestRunner;
import org.robolectric.annotation.Config;

/** Lists that are scrolled, and an app that goes away: what its user has seen arrives at another user (R33). */
@RunWith(RobolectricTestRunner.class)
@Config(sdk = 34, manifest = Config.NONE)
public class AndroidTrackerTest {
    private static final int MESSAGES = 40;
    private static final int ROW = 100;
    /** Ten rows and a half. */
    private static final int HEIGHT = 1050;

    private BobsScreen screen;
    private List<V2TIMMessage> received;
    private SeenByTracker tracker;

    @Before
    public void open() throws Exception {
        screen = new BobsScreen(Robolectric.buildActivity(Activity.class));
        received = screen.received;
        tracker = screen.tracker;
        screen.activity.create().start().resume();
        for (int i = 0; i < MESSAGES; i++) {
            screen.next("n" + i);
        }
    }

    @After
    public void close() {
        screen.close();
    }

    private static Set<Integer> rows(int... ranges) {
        Set<Integer> rows = new TreeSet<>();
        for (int at = 0; at < ranges.length; at += 2) {
            for (int row = ranges[at]; row <= ranges[at + 1]; row++) {
                rows.add(row);
            }
        }
        return rows;
    }

    /** Rows of one height, each a message. */
    private final class Rows extends BaseAdapter {
        @Override
        public int getCount() {
            return received.size();
        }

        @Override
        public Object getItem(int position) {
            return received.get(position);
        }

        @Override
        public long getItemId(int position) {
            return position;
        }

        @Override
        public View getView(int position, View old, ViewGroup parent) {
            View view = new View(screen.activity.get());
            view.setMinimumHeight(ROW);
            view.setLayoutParams(new ViewGroup.LayoutParams(ViewGroup.LayoutParams.MATCH_PARENT, ROW));
            return view;
        }
    }

    private static void layOut(View list) {
        list.measure(View.MeasureSpec.makeMeasureSpec(500, View.MeasureSpec.EXACTLY),
                View.MeasureSpec.makeMeasureSpec(HEIGHT, View.MeasureSpec.EXACTLY));
        list.layout(0, 0, 500, HEIGHT);
    }

    @Test
    public void aListViewThatIsScrolled() throws Exception {
        ListView list = new ListView(screen.activity.get());
        list.setDividerHeight(0);
        list.setAdapter(new Rows());
        list.setOnScrollListener(new SeenByListScrolling(tracker, received::get));
        layOut(list);
        until(() -> screen.read().equals(rows(0, 10)));
        list.setSelection(25);
        layOut(list);
        until(() -> screen.read().equals(rows(0, 10, 25, 35)));
        // The other rows were never on the screen, and are not read.
        assertEquals(rows(0, 10, 25, 35), screen.read());
    }

    /** What RecyclerView does: rows beyond its edges too, and its listeners called after a layout. */
    private final class Recycler extends RecyclerView {
        private int offset;
        private final OnScrollListener listener;

        Recycler(Context context, OnScrollListener listener) {
            super(context);
            this.listener = listener;
            for (int row = 0; row < MESSAGES + 1; row++) {
                View view = new View(context);
                view.setTag(row < MESSAGES ? row : NO_POSITION);
                addView(view);
            }
        }

        @Override
        public int getChildAdapterPosition(View child) {
            return (Integer) child.getTag();
        }

        @Override
        public void addOnChildAttachStateChangeListener(OnChildAttachStateChangeListener listener) {}

        @Override
        public void removeOnChildAttachStateChangeListener(OnChildAttachStateChangeListener listener) {}

        @Override
        protected void onLayout(boolean changed, int left, int top, int right, int bottom) {
            for (int row = 0; row < getChildCount(); row++) {
                // The last one is a row that is about to vanish, over the first.
                int y = (row < MESSAGES ? row : 0) * ROW - offset;
                getChildAt(row).layout(0, y, 500, y + ROW);
            }
            listener.onScrolled(this, 0, 0);
        }

        void scrollTo(int offset) {
            this.offset = offset;
            requestLayout();
            layOut(this);
        }
    }

    @Test
    public void aRecyclerViewThatIsScrolled() throws Exception {
        // Every tenth row is a date.
        SeenByTracker.Rows rows = position -> position % 10 == 0 ? null : received.get(position);
        Recycler list = new Recycler(screen.activity.get(), new SeenByRecyclerScrolling(tracker, rows));
        layOut(list);
        until(() -> screen.read().equals(rows(1, 9)));
        list.scrollTo(20 * ROW + 50);
        until(() -> screen.read().equals(rows(1, 9, 21, 29)));
        assertEquals(rows(1, 9, 21, 29), screen.read());
    }

    @Test
    public void nothingIsReadWhileTheAppIsAway() throws Exception {
        // Turned round: it is made anew, and does not go away.
        screen.activity.pause().stop().restart().resume();
        tracker.show(received.subList(0, 3));
        until(() -> screen.read().equals(rows(0, 2)));
        screen.activity.pause().stop();
        tracker.show(received.subList(0, 10));
        // Three hundred times what counts as read.
        Thread.sleep(300);
        assertEquals(rows(0, 2), screen.read());
        screen.activity.restart().resume();
        until(() -> screen.read().equals(rows(0, 9)));
    }

    @Test
    public void showSaysAllThatThereIs() throws Exception {
        // A row without a message among them.
        tracker.show(Arrays.asList(received.get(0), null, received.get(1)));
        until(() -> screen.read().equals(rows(0, 1)));
        tracker.show(null);
        tracker.showRows(5, 4, received::get);
        tracker.showRows(-3, 2, received::get);
        until(() -> screen.read().equals(rows(0, 2)));
        tracker.close();
        tracker.show(received);
        assertFalse(screen.read().contains(20));
        assertTrue(SeenByV2TIM.debugState(screen.bob).startsWith("{"));
    }
}
