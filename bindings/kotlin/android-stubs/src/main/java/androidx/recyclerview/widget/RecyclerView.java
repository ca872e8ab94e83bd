package androidx.recyclerview.widget;

import android.content.Context;
import android.util.AttributeSet;
import android.view.View;
import android.view.ViewGroup;

/** The few members that SeenBy calls, as AndroidX declares them; what they do here is for tests. */
public abstract class RecyclerView extends ViewGroup {
    /** AndroidX: no row of the adapter. */
    public static final int NO_POSITION = -1;

    public RecyclerView(Context context) {
        super(context);
    }

    public RecyclerView(Context context, AttributeSet attributes) {
        super(context, attributes);
    }

    /** Which row of the adapter a child shows, or NO_POSITION. */
    public abstract int getChildAdapterPosition(View child);

    public abstract void addOnChildAttachStateChangeListener(OnChildAttachStateChangeListener listener);

    public abstract void removeOnChildAttachStateChangeListener(OnChildAttachStateChangeListener listener);

    /** Hears of rows that come and go. */
    public interface OnChildAttachStateChangeListener {
        void onChildViewAttachedToWindow(View view);

        void onChildViewDetachedFromWindow(View view);
    }

    /** Hears of scrolling. */
    public abstract static class OnScrollListener {
        public void onScrollStateChanged(RecyclerView recyclerView, int newState) {}

        public void onScrolled(RecyclerView recyclerView, int dx, int dy) {}
    }
}
