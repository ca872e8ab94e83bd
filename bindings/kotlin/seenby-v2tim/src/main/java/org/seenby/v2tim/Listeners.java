package org.seenby.v2tim;

import java.util.IdentityHashMap;
import java.util.Map;
import org.seenby.core.EventListener;
import org.seenby.core.SeenByClient;

/** The listeners of one kind: an object that is added twice hears once. */
final class Listeners<L> {
    private final SeenByClient client;
    private final Map<L, Long> numbers = new IdentityHashMap<>();

    Listeners(SeenByClient client) {
        this.client = client;
    }

    void add(L listener, EventListener events) {
        synchronized (numbers) {
            if (!numbers.containsKey(listener)) {
                numbers.put(listener, client.addListener(events));
            }
        }
    }

    void remove(L listener) {
        Long number;
        synchronized (numbers) {
            number = numbers.remove(listener);
        }
        // Not under the lock: it may wait for a call of the listener that is running, which may call us.
        if (number != null) {
            client.removeListener(number);
        }
    }
}
