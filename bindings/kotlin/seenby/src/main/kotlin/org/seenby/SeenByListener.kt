package org.seenby

/** Hears events: [SeenBy.addListener]. */
public fun interface SeenByListener {
    /**
     * These happened, in this order; never empty. On the client's delivery thread, or by [SeenByConfig.executor]: one call at a
     * time, and the next comes when this returns, so it must not wait for a call of SeenBy. What it throws is reported
     * ([SeenBy.onThrown]); the other listeners are called all the same.
     */
    public fun onEvents(events: List<SeenByEvent>)
}
