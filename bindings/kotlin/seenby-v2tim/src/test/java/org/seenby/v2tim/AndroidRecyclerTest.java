package org.seenby.v2tim;

import static org.junit.Assert.assertEquals;
import static org.seenby.v2tim.MainThread.until;

import android.app.Activity;
import android.view.View;
import android.view.ViewGroup;
import androidx.recyclerview.widget.RecyclerView;
import com.android.internal.widget.LinearLayoutManager;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.robolectric.Robolectric;
import org.robolectric.RobolectricTestRunner;
import org.robolectric.annotation.Config;

/** A real RecyclerView, Android's own copy of AndroidX's: what comes onto the screen without scrolling is read too (R33). */
@RunWith(RobolectricTestRunner.class)
@Config(sdk = 34, manifest = Config.NONE)
public class AndroidRecyclerTest {
    private static final int ROW = 100;
    private static final int WIDTH = 500;
    private static final int HEIGHT = 1000;

    /** What the list shows: null is a date. */
    private final List<V2TIMMessage> rows = new ArrayList<>();
    private BobsScreen screen;
    private com.android.internal.widget.RecyclerView list;
    private final Rows adapter = new Rows();

    private static final class Holder extends com.android.internal.widget.RecyclerView.ViewHolder {
        Holder(View view) {
            super(view);
        }
    }

    private final class Rows extends com.android.internal.widget.RecyclerView.Adapter<Holder> {
        @Override
        public Holder onCreateViewHolder(ViewGroup parent, int type) {
            View view = new View(parent.getContext());
            view.setLayoutParams(new ViewGroup.LayoutParams(ViewGroup.LayoutParams.MATCH_PARENT, ROW));
            return new Holder(view);
        }

        @Override
        public void onBindViewHolder(Holder holder, int position) {}

        @Override
        public int getItemCount() {
            return rows.size();
        }
    }

    /** It, as AndroidX calls the members that SeenBy uses. */
    private final class AsAndroidX extends RecyclerView {
        private final Map<OnChildAttachStateChangeListener,
                com.android.internal.widget.RecyclerView.OnChildAttachStateChangeListener> attached = new IdentityHashMap<>();

        AsAndroidX(OnScrollListener listener) {
            super(list.getContext());
            layout(0, 0, WIDTH, HEIGHT);
            list.addOnScrollListener(new com.android.internal.widget.RecyclerView.OnScrollListener() {
                @Override
                public void onScrolled(com.android.internal.widget.RecyclerView real, int dx, int dy) {
                    listener.onScrolled(AsAndroidX.this, dx, dy);
                }
            });
        }

        @Override
        public int getChildCount() {
            // It may be asked while it is made.
            return list.getChildCount();
        }

        @Override
        public View getChildAt(int index) {
            return list.getChildAt(index);
        }

        @Override
        public int getChildAdapterPosition(View child) {
            return list.getChildAdapterPosition(child);
        }

        @Override
        public boolean post(Runnable action) {
            return list.post(action);
        }

        @Override
        public void addOnLayoutChangeListener(OnLayoutChangeListener listener) {
            list.addOnLayoutChangeListener((real, left, top, right, bottom, oldLeft, oldTop, oldRight, oldBottom) ->
                    listener.onLayoutChange(this, left, top, right, bottom, oldLeft, oldTop, oldRight, oldBottom));
        }

        @Override
        public void addOnChildAttachStateChangeListener(OnChildAttachStateChangeListener listener) {
            attached.put(listener, new com.android.internal.widget.RecyclerView.OnChildAttachStateChangeListener() {
                @Override
                public void onChildViewAttachedToWindow(View view) {
                    listener.onChildViewAttachedToWindow(view);
                }

                @Override
                public void onChildViewDetachedFromWindow(View view) {
                    listener.onChildViewDetachedFromWindow(view);
                }
            });
            list.addOnChildAttachStateChangeListener(attached.get(listener));
        }

        @Override
        public void removeOnChildAttachStateChangeListener(OnChildAttachStateChangeListener listener) {
            list.removeOnChildAttachStateChangeListener(attached.remove(listener));
        }

        @Override
        protected void onLayout(boolean changed, int left, int top, int right, int bottom) {}
    }

    @Before
    public void open() throws Exception {
        screen = new BobsScreen(Robolectric.buildActivity(Activity.class).setup());
    }

    @After
    public void close() {
        screen.close();
    }

    private void show(boolean reversed, boolean hasFixedSize) {
        list = new com.android.internal.widget.RecyclerView(screen.activity.get());
        list.setHasFixedSize(hasFixedSize);
        list.setLayoutManager(new LinearLayoutManager(screen.activity.get(), LinearLayoutManager.VERTICAL, reversed));
        list.setAdapter(adapter);
        new AsAndroidX(new SeenByRecyclerScrolling(screen.tracker, rows::get));
        screen.activity.get().setContentView(list, new ViewGroup.LayoutParams(WIDTH, HEIGHT));
    }

    /** A chat: the newest at the end, which is the beginning of a reversed list. */
    @Test
    public void aNewMessageInAReversedList() throws Exception {
        for (int i = 0; i < 20; i++) {
            rows.add(0, screen.next("n" + i));
        }
        show(true, false);
        Set<Integer> seen = new TreeSet<>(List.of(10, 11, 12, 13, 14, 15, 16, 17, 18, 19));
        until(() -> screen.read().equals(seen));
        rows.add(0, screen.next("while it is open"));
        adapter.notifyItemInserted(0);
        list.scrollToPosition(0);
        seen.add(20);
        until(() -> screen.read().equals(seen));
    }

    /** Such a list lays itself out, and no layout is heard of. */
    @Test
    public void aRowThatMovesUpInAListOfAFixedSize() throws Exception {
        for (int i = 0; i < 12; i++) {
            rows.add(screen.next("n" + i));
        }
        show(false, true);
        Set<Integer> seen = new TreeSet<>(List.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9));
        until(() -> screen.read().equals(seen));
        rows.remove(3);
        adapter.notifyItemRemoved(3);
        seen.add(10);
        until(() -> screen.read().equals(seen));
        assertEquals("what is below the edge is not read", seen, screen.read());
    }
}
