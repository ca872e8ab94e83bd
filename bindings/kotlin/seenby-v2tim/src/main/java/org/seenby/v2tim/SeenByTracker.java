package org.seenby.v2tim;

import java.util.List;
import org.seenby.core.MessageTracker;

/** Turns what a list shows into reports (ours, R33): a message that was seen for 300 ms in the foreground is reported, once. */
public final class SeenByTracker implements AutoCloseable {
    private final MessageTracker tracker;

    SeenByTracker(MessageTracker tracker) {
        this.tracker = tracker;
    }

    private interface Tell {
        void tell() throws Exception;
    }

    private static void tell(Tell what) {
        try {
            what.tell();
        } catch (Exception e) {
            // Closed, or its manager is: what is seen now is no reading any more.
        }
    }

    /** These came onto the screen. One's own and those without receipts may be among them. */
    public void visible(List<V2TIMMessage> messages) {
        tell(() -> tracker.visible(Convert.refs(messages)));
    }

    /** These left the screen. */
    public void hidden(List<V2TIMMessage> messages) {
        tell(() -> tracker.hidden(Convert.refs(messages)));
    }

    /** The app came to the foreground, or went to the background: then what was seen for long enough is reported at once. */
    public void foreground(boolean foreground) {
        tell(() -> tracker.foreground(foreground));
    }

    /** Ends it; what was seen for long enough is reported. */
    @Override
    public void close() {
        tracker.closeTracker();
        tracker.close();
    }
}
