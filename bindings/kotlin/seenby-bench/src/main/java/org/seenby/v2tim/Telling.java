package org.seenby.v2tim;

import java.util.List;
import org.seenby.core.Event;
import org.seenby.core.EventListener;

/** What the library tells, told on as seenby-v2tim does: for the benchmark, which has no service that pushes. */
public final class Telling implements EventListener {
    private final Hearing.One ear;

    /** To this listener. */
    public Telling(V2TIMAdvancedMsgListener listener) {
        ear = (Hearing.One) Hearing.advanced(listener);
    }

    @Override
    public void onEvents(List<? extends Event> events) {
        ear.hear(events);
    }
}
