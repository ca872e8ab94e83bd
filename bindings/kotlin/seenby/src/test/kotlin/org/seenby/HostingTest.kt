package org.seenby

import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.take
import kotlinx.coroutines.flow.toList
import org.junit.jupiter.api.AfterEach
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.seenby.core.Held
import java.util.Base64
import java.util.concurrent.CopyOnWriteArrayList
import java.util.concurrent.Executor
import java.util.concurrent.Executors
import java.util.concurrent.RejectedExecutionException
import java.util.concurrent.atomic.AtomicInteger

class HostingTest {
    private val thrown = CopyOnWriteArrayList<Pair<String, Throwable>>()

    @AfterEach
    fun restore() = SeenBy.onThrown(null)

    @Test
    fun `a listener that throws is reported, and the others go on`() = world { world ->
        SeenBy.onThrown { where, what -> thrown.add(where to what) }
        val alice = world.user("alice")
        val heard = AtomicInteger()
        val bad = alice.addListener { throw IllegalStateException("mine") }
        val worse = alice.addListener { throw StackOverflowError("an Error, too") }
        val good = alice.addListener { heard.addAndGet(it.size) }
        world.user("bob").send("hello", Chat.user("alice"))
        alice.messages.first()
        until("the good one heard") { heard.get() > 0 }
        until("both reported") { thrown.map { it.second.message }.toSet() == setOf("mine", "an Error, too") }
        assertTrue(thrown.all { it.first == "a listener" })
        listOf(bad, worse, good).forEach { it.close() }
        // The client goes on, and what was removed hears nothing more.
        val before = heard.get() to thrown.size
        alice.send("still here", Chat.user("bob"))
        assertEquals(before, heard.get() to thrown.size)
        good.close()
    }

    @Test
    fun `a report's handler that throws harms nobody`() = world { world ->
        SeenBy.onThrown { _, _ -> throw IllegalStateException("the handler") }
        val alice = world.user("alice")
        alice.addListener { throw IllegalStateException("mine") }
        alice.send("hello", Chat.user("bob"))
        alice.send("again", Chat.user("bob"))
    }

    @Test
    fun `a listener is removed in itself, and hears nothing more`() = world { world ->
        val alice = world.user("alice")
        val heard = AtomicInteger()
        val itself = CompletableDeferred<AutoCloseable>()
        itself.complete(
            alice.addListener {
                // What comes before there is anything to close does not count.
                if (itself.isCompleted) {
                    heard.incrementAndGet()
                    @OptIn(ExperimentalCoroutinesApi::class)
                    itself.getCompleted().close()
                }
            },
        )
        val bob = world.user("bob")
        repeat(3) { bob.send("n$it", Chat.user("alice")) }
        alice.messages.take(3).toList()
        // Ends come after the events before them: by now it has heard whatever it was told.
        alice.people.totalUnread()
        assertEquals(1, heard.get())
    }

    @Test
    fun `an executor runs listeners and ends, one at a time`() {
        val threads = Executors.newFixedThreadPool(4) { Thread(it, "host") }
        try {
            world { world ->
                val running = AtomicInteger()
                val names = CopyOnWriteArrayList<String>()
                val alice = world.user("alice", executor = threads)
                alice.addListener {
                    assertEquals(1, running.incrementAndGet())
                    names.add(Thread.currentThread().name)
                    Thread.yield()
                    running.decrementAndGet()
                }
                val bob = world.user("bob")
                repeat(20) { bob.send("n$it", Chat.user("alice")) }
                alice.events.first { it is SeenByEvent.TotalUnreadChanged && it.count == 20L }
                until("the listener too") { names.isNotEmpty() }
                assertEquals(setOf("host"), names.toSet())
            }
        } finally {
            threads.shutdownNow()
        }
    }

    @Test
    fun `an executor that refuses drops what it refuses, and its calls end`() = world { world ->
        SeenBy.onThrown { where, what -> thrown.add(where to what) }
        var open = true
        val executor = Executor { if (open) it.run() else throw RejectedExecutionException("the host is closing") }
        val alice = world.user("alice", executor = executor)
        open = false
        val refused = refusal { alice.people.totalUnread() }
        assertEquals(ErrorCodes.INTERRUPTED, refused.code)
        assertTrue("executor" in refused.text, refused.text)
        until("it is reported") { thrown.any { it.first == "the executor" && it.second is RejectedExecutionException } }
        until("it is let go of") { Held.completions() == 0 }
    }

    /** Something like a JWT, that runs out in so many seconds. The service here takes any. */
    private fun expiring(seconds: Long): String {
        val claims = """{"sub":"alice","exp":${System.currentTimeMillis() / 1000 + seconds}}"""
        return "h.${Base64.getUrlEncoder().withoutPadding().encodeToString(claims.toByteArray())}.s"
    }

    @Test
    fun `a provider renews the userSig silently`() = world { world ->
        val asked = CopyOnWriteArrayList<String>()
        val config = world.config("a", provider = { user -> expiring(3600).also { asked.add(user) } })
        SeenBy.connect(config, "alice", expiring(61)).use { alice ->
            until("asked") { asked.size == 1 }
            assertEquals(listOf("alice"), asked.toList())
            assertEquals(emptyList<GroupInfo>(), alice.groups.joined())
        }
    }

    @Test
    fun `a provider that throws, or has none, is asked again`() = world { world ->
        SeenBy.onThrown { where, what -> thrown.add(where to what) }
        val asked = AtomicInteger()
        val config = world.config("a", provider = {
            when (asked.incrementAndGet()) {
                1 -> throw IllegalStateException("the backend is away")
                else -> null
            }
        })
        SeenBy.connect(config, "alice", expiring(30)).use { alice ->
            until("asked") { asked.get() >= 1 }
            until("reported") { thrown.any { it.first == "the provider of userSigs" } }
            alice.send("still here", Chat.user("bob"))
        }
    }
}
