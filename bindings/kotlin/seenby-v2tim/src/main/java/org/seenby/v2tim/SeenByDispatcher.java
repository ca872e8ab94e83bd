package org.seenby.v2tim;

/** Runs callbacks and listeners where the app wants them (ours, contract 8). */
public interface SeenByDispatcher {
    /** Run this once, now or later, on any thread. The next one comes when this one is over, so they stay in order. */
    void dispatch(Runnable work);
}
