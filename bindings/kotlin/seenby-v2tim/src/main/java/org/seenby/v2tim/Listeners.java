package org.seenby.v2tim;

import java.util.IdentityHashMap;
import java.util.Map;
import org.seenby.core.Ear;

/** The listeners of one kind: an object that is added twice hears once. */
final class Listeners<L> {
    private final Core core;
    private final Map<L, Ear> ears = new IdentityHashMap<>();

    Listeners(Core core) {
        this.core = core;
    }

    void add(L listener, Ear ear) {
        synchronized (ears) {
            if (!ears.containsKey(listener)) {
                ears.put(listener, ear);
                core.listeners.add(core.client, ear);
            }
        }
    }

    void remove(L listener) {
        Ear ear;
        synchronized (ears) {
            ear = ears.remove(listener);
        }
        // Not under the lock: it may wait for a call of the listener that is running, which may call us.
        if (ear != null) {
            core.listeners.remove(core.client, ear);
        }
    }
}
