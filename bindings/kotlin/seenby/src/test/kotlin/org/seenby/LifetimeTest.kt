package org.seenby

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.condition.EnabledOnOs
import org.junit.jupiter.api.condition.OS
import org.seenby.core.Held
import java.io.File
import java.lang.ref.WeakReference

/** Clients made and closed by the thousand leave nothing behind: counted, and measured. */
class LifetimeTest {
    private fun residentKb(): Long =
        File("/proc/self/status").readLines().first { it.startsWith("VmRSS:") }.filter { it.isDigit() }.toLong()

    private fun threads(): Int = File("/proc/self/task").list().orEmpty().size

    /** What is reachable: the least of several looks, as a collection may not have ended. */
    private fun heapKb(): Long = (1..5).minOf {
        System.gc()
        Thread.sleep(20)
        Runtime.getRuntime().let { it.totalMemory() - it.freeMemory() } / 1024
    }

    /** A client's whole life: logged in, listened to, a listener replaced, a call, a tracker, closed. */
    private suspend fun life(world: World, at: Int) {
        SeenBy.connect(world.config("d${at % 4}"), "u${at % 4}", "").use { client ->
            client.addListener { }.close()
            client.addListener { }
            client.send("n$at", Chat.user("peer"))
            client.readTracker().close()
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX, disabledReason = "memory and threads are read from /proc")
    fun `clients by the thousand leave neither memory nor threads nor callbacks`() {
        val held = steady()
        // The same service for a while, so that what it keeps is the same; a few hundred first, for caches and the JIT.
        val rounds = (1..6).map {
            World().use { world -> test { repeat(250) { life(world, it) } } }
            test { until("everything is let go of") { Held.count() == held } }
            Triple(heapKb(), residentKb(), threads())
        }
        val text = rounds.joinToString("; ") { (heap, resident, threads) -> "heap $heap KB, VmRSS $resident KB, $threads threads" }
        println("250 clients a round: $text")
        // Memory comes and goes with the JVM's own work: the least of the last rounds would still show what grows.
        val before = rounds[1]
        val after = rounds.drop(3).let { last -> Triple(last.minOf { it.first }, last.minOf { it.second }, last.minOf { it.third }) }
        // A leak of two KB a client would be 1000 KB, two rounds later.
        assertTrue(after.first - before.first < 1000, "the heap grows: $text")
        assertTrue(after.second - before.second < 16_000, "native memory grows: $text")
        assertTrue(after.third - before.third < 8, "threads stay: $text")
    }

    @Test
    fun `a client that is forgotten is collected`() = world { world ->
        val held = steady()
        suspend fun forgotten(): WeakReference<SeenBy> {
            val client = SeenBy.open(world.config("forgotten"))
            client.addListener { }
            return WeakReference(client)
        }
        val reference = forgotten()
        until("it is collected") {
            System.gc()
            reference.get() == null && Held.count() == held
        }
        assertEquals(held, Held.count())
    }
}
