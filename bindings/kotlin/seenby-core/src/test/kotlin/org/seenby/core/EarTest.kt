package org.seenby.core

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.BeforeEach
import org.junit.jupiter.api.Test
import java.util.concurrent.CountDownLatch
import java.util.concurrent.LinkedBlockingQueue
import java.util.concurrent.TimeUnit
import kotlin.concurrent.thread

class EarTest {
    private val said = LinkedBlockingQueue<String>()
    private val inside = CountDownLatch(2)
    private val go = mapOf("first" to CountDownLatch(1), "second" to CountDownLatch(1))

    private val ear = object : Ear() {
        override fun hear(events: List<Event>) {
            inside.countDown()
            go.getValue(Thread.currentThread().name).await()
            said.add(Thread.currentThread().name)
        }
    }

    private fun next() = checkNotNull(said.poll(60, TimeUnit.SECONDS)) { "nothing came" }

    @BeforeEach
    fun load() = Threads.ready()

    /** A slow call of a client that has ended, and a quick one of the next. */
    @Test
    fun `removing waits for every call that runs`() {
        val events = listOf<Event>(Event.Connecting)
        val telling = go.keys.map { thread(name = it) { ear.tell(events) } }
        inside.await()
        val removing = thread {
            ear.remove()
            said.add("removed")
        }
        while (removing.state != Thread.State.WAITING) Thread.sleep(1)
        go.getValue("second").countDown()
        assertEquals("second", next())
        telling.last().join()
        // It is told, and waits on.
        while (removing.state != Thread.State.WAITING && said.isEmpty()) Thread.sleep(1)
        go.getValue("first").countDown()
        assertEquals("first", next())
        assertEquals("removed", next())
        removing.join()
    }
}
