package org.seenby

import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow
import org.seenby.core.Ear
import org.seenby.core.Event
import java.util.concurrent.CopyOnWriteArrayList
import java.util.concurrent.atomic.AtomicReference

/**
 * What waits for one collector: bounded; the oldest goes first, and the collector is told how many went.
 *
 * @param select what this flow makes of an event; nothing: it is not for this flow.
 * @param missed says that so many were lost.
 */
internal class Waiting<T : Any>(
    private val capacity: Int,
    private val select: (SeenByEvent) -> List<T>,
    private val missed: (Long) -> T,
) {
    private val lock = Any()
    private val items = ArrayDeque<T>()
    private var lost = 0L
    private var ended = false

    /** Something to look at: items, or the end. */
    private val wake = Channel<Unit>(Channel.CONFLATED)

    /** Never waits. */
    fun add(event: SeenByEvent) {
        val selected = select(event)
        if (selected.isEmpty()) return
        synchronized(lock) {
            if (ended) return
            for (item in selected) {
                if (items.size == capacity) {
                    items.removeFirst()
                    lost++
                }
                items.addLast(item)
            }
        }
        wake.trySend(Unit)
    }

    fun end() {
        synchronized(lock) { ended = true }
        wake.trySend(Unit)
    }

    /** The oldest, or how many were lost before it; null at the end. */
    suspend fun take(): T? {
        while (true) {
            synchronized(lock) {
                if (lost > 0) return missed(lost).also { lost = 0 }
                items.removeFirstOrNull()?.let { return it }
                if (ended) return null
            }
            wake.receive()
        }
    }
}

/** Feeds every flow of a client: one ear for all. It does not know the client. */
internal class Feed(private val capacity: Int) : Ear() {
    private val waiting = CopyOnWriteArrayList<Waiting<*>>()

    @Volatile
    private var ended = false

    public override fun hear(events: List<Event>) {
        for (event in events) {
            val told = event.toApp()
            waiting.forEach { it.add(told) }
        }
    }

    fun end() {
        ended = true
        waiting.forEach { it.end() }
    }

    private fun <T : Any> add(one: Waiting<T>): Waiting<T> {
        waiting.add(one)
        // `end` may have looked already.
        if (ended) one.end()
        return one
    }

    /**
     * A flow of what [select] makes of events. What happens before the first collector comes waits for it: what was missed while
     * the device was away arrives right after the login. Each later one begins where it begins.
     */
    fun <T : Any> flow(select: (SeenByEvent) -> List<T>, missed: (Long) -> T): Flow<T> {
        val first = AtomicReference(add(Waiting(capacity, select, missed)))
        return flow {
            val mine = first.getAndSet(null) ?: add(Waiting(capacity, select, missed))
            try {
                while (true) emit(mine.take() ?: break)
            } finally {
                waiting.remove(mine)
            }
        }
    }
}

/** An app's listener, as the core calls it. */
internal class Telling(private val listener: SeenByListener) : Ear() {
    override fun hear(events: List<Event>): Unit = listener.onEvents(events.map { it.toApp() })
}
