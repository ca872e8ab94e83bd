package org.seenby.core

/** One who hears events, among others of a [Fanout]. */
public abstract class Ear {
    private val gate = Object()

    /** Calls that run: the singleton's listeners may be told by a client that has ended while the next one begins. */
    private var running = 0

    /** From here on nothing is told: looked at before every event by whoever tells them one by one. */
    @Volatile
    public var isRemoved: Boolean = false
        private set

    /** These happened, in this order. Must not throw. */
    protected abstract fun hear(events: List<Event>)

    internal fun tell(events: List<Event>) {
        synchronized(gate) {
            if (isRemoved) return
            running++
        }
        try {
            hear(events)
        } catch (thrown: Throwable) {
            Reports.thrown("a listener", thrown)
        } finally {
            synchronized(gate) {
                running--
                gate.notifyAll()
            }
        }
    }

    /** After this returns no call starts. Outside every callback it also waits for one that runs on another thread (contract 3). */
    public fun remove() {
        var wasInterrupted = false
        synchronized(gate) {
            isRemoved = true
            if (running == 0 || inCallback()) return
            while (running > 0) {
                try {
                    gate.wait()
                } catch (_: InterruptedException) {
                    wasInterrupted = true
                }
            }
        }
        if (wasInterrupted) Thread.currentThread().interrupt()
    }
}

/**
 * The listeners of a client: one of the core's for all of them, so that each batch crosses once. Who is told a batch is who was
 * there when it came, in the order in which they were added.
 */
public class Fanout {
    private val lock = Any()
    private var listening: Listening? = null

    /** Replaced, never changed. */
    @Volatile
    private var ears = emptyList<Ear>()

    /** The core's listener, from the first ear to the last. */
    private inner class Listening : EventListener {
        @Volatile
        var isOver = false
        var number = 0L

        override fun onEvents(events: List<Event>) {
            // Before the question whether it is over: who comes after that is told by the next one.
            val now = ears
            if (!isOver) now.forEach { it.tell(events) }
        }
    }

    /** Hears from now on. */
    public fun add(client: SeenByClient, ear: Ear) {
        synchronized(lock) {
            ears = ears + ear
            if (listening == null) listening = Listening().also { it.number = client.addListener(it) }
        }
    }

    /** See [Ear.remove]. */
    public fun remove(client: SeenByClient, ear: Ear) {
        val over = synchronized(lock) {
            ears = ears.filter { it !== ear }
            val last = listening.takeIf { ears.isEmpty() }
            if (last != null) listening = null
            last?.also { it.isOver = true }
        }
        // Not under the lock: both may wait for what runs, which may call us.
        ear.remove()
        if (over != null) {
            try {
                client.removeListener(over.number)
            } catch (_: IllegalStateException) {
                // The client was closed, and its listeners with it.
            }
        }
    }
}
