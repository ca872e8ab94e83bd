package org.seenby.v2tim;

import java.util.ArrayList;
import java.util.List;
import org.seenby.core.Failure;
import org.seenby.core.MessageRef;
import org.seenby.core.MessageTracker;
import org.seenby.core.OnScreen;
import org.seenby.core.Reports;

/**
 * Turns what a list shows into reports (ours, R33): a message that was seen for 300 ms in the foreground is reported, once. Any
 * thread; no call waits.
 *
 * <p>Lists: {@link SeenByListScrolling} for ListView and GridView, {@link SeenByRecyclerScrolling} for RecyclerView; for others
 * {@link #show}, whenever what is shown has changed. With a Context it follows the app to the background by itself.
 */
public final class SeenByTracker implements AutoCloseable {
    private final MessageTracker tracker;
    private final OnScreen screen;

    SeenByTracker(MessageTracker tracker) {
        this.tracker = tracker;
        screen = new OnScreen(tracker);
    }

    /** Which message a row of a list shows. */
    public interface Rows {
        /** The message at this position of the list; null: the row shows none, it is a date say. */
        V2TIMMessage messageAt(int position);
    }

    private interface Tell {
        void tell() throws Exception;
    }

    private static void tell(Tell what) {
        try {
            what.tell();
        } catch (Failure e) {
            // Closed, or its manager is: what is seen now is no reading any more. Anything else an app's author should know.
            if (Ends.code(e) == BaseConstants.ERR_INVALID_PARAMETERS) {
                Reports.thrown("a list that a tracker follows", e);
            }
        } catch (Exception e) {
            // Closed.
        }
    }

    /** The messages of a list; null is a row without one. */
    private static List<MessageRef> refs(List<V2TIMMessage> messages) throws Failure {
        List<V2TIMMessage> there = new ArrayList<>();
        for (V2TIMMessage message : Convert.read("messages", messages)) {
            add(message, there);
        }
        return Convert.refs(there);
    }

    /**
     * Exactly these are on the screen now: what was there and is not among them has left it. An empty list (or null): nothing,
     * the list was closed say. Null among them is a row without a message. Either this, or {@link #visible} and {@link #hidden}.
     */
    public void show(List<V2TIMMessage> messages) {
        tell(() -> screen.show(refs(messages)));
    }

    /** As {@link #show}: the rows from the first to the last are on the screen; none if the last is before the first. */
    public void showRows(int first, int last, Rows rows) {
        List<V2TIMMessage> messages = new ArrayList<>();
        for (int position = Math.max(first, 0); position <= last; position++) {
            add(rows.messageAt(position), messages);
        }
        show(messages);
    }

    /** As {@link #show}: these rows are on the screen. */
    void showRows(List<Integer> positions, Rows rows) {
        List<V2TIMMessage> messages = new ArrayList<>();
        for (int position : positions) {
            add(rows.messageAt(position), messages);
        }
        show(messages);
    }

    private static void add(V2TIMMessage message, List<V2TIMMessage> to) {
        if (message != null) {
            to.add(message);
        }
    }

    /** These came onto the screen. One's own and those without receipts may be among them. */
    public void visible(List<V2TIMMessage> messages) {
        tell(() -> tracker.visible(refs(messages)));
    }

    /** These left the screen. */
    public void hidden(List<V2TIMMessage> messages) {
        tell(() -> tracker.hidden(refs(messages)));
    }

    /**
     * The app came to the foreground, or went to the background: then what was seen for long enough is reported at once. With a
     * Context that happens by itself.
     */
    public void foreground(boolean foreground) {
        tell(() -> tracker.foreground(foreground));
    }

    /** Ends it; what was seen for long enough is reported. A second time: nothing. */
    @Override
    public void close() {
        tell(tracker::closeTracker);
        tracker.close();
    }
}
