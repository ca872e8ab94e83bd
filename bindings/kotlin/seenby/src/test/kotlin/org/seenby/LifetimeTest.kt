package org.seenby

import com.sun.jna.NativeLibrary
import com.sun.jna.Structure
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.condition.EnabledOnOs
import org.junit.jupiter.api.condition.OS
import org.seenby.core.Held
import java.io.File
import java.lang.management.ManagementFactory
import java.lang.ref.WeakReference
import javax.management.ObjectName

/** Clients made and closed by the thousand leave nothing behind: counted, and measured. */
class LifetimeTest {
    private fun residentKb(): Long =
        File("/proc/self/status").readLines().first { it.startsWith("VmRSS:") }.filter { it.isDigit() }.toLong()

    /** What the C library's mallinfo2 fills: all arenas together. */
    @Structure.FieldOrder("arena", "ordblks", "smblks", "hblks", "hblkhd", "usmblks", "fsmblks", "uordblks", "fordblks", "keepcost")
    class Allocated : Structure(), Structure.ByValue {
        @JvmField var arena = 0L

        @JvmField var ordblks = 0L

        @JvmField var smblks = 0L

        @JvmField var hblks = 0L

        @JvmField var hblkhd = 0L

        @JvmField var usmblks = 0L

        @JvmField var fsmblks = 0L

        @JvmField var uordblks = 0L

        @JvmField var fordblks = 0L

        @JvmField var keepcost = 0L
    }

    /** What native code has allocated and not freed, but the JVM itself, whose compiler takes and gives back megabytes. */
    private fun nativeKb(): Long {
        val all = NativeLibrary.getProcess().getFunction("mallinfo2").invoke(Allocated::class.java, emptyArray<Any>()) as Allocated
        // Needs -XX:NativeMemoryTracking=summary (pom.xml).
        val report = ManagementFactory.getPlatformMBeanServer().invoke(
            ObjectName("com.sun.management:type=DiagnosticCommand"),
            "vmNativeMemory",
            arrayOf<Any>(arrayOf("summary")),
            arrayOf(Array<String>::class.java.name),
        ) as String
        val ofTheJvm = Regex("""\((?:malloc|arena)=(\d+)KB""").findAll(report).sumOf { it.groupValues[1].toLong() }
        assertTrue(ofTheJvm > 1000, report)
        return (all.uordblks + all.hblkhd) / 1024 - ofTheJvm
    }

    private class Measured(val heap: Long, val native: Long, val resident: Long, val threads: Int) {
        override fun toString() = "heap $heap KB, native $native KB, VmRSS $resident KB, $threads threads"
    }

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
            test { until("everything is let go of") { Held.count() <= held } }
            Measured(heapKb(), nativeKb(), residentKb(), threads())
        }
        val text = rounds.joinToString("; ")
        println("250 clients a round: $text")
        // Memory comes and goes with the JVM's own work: the least of the last rounds would still show what grows.
        val before = rounds[1]
        val after = rounds.drop(3)
        // A leak of two KB a client would be 1000 KB, two rounds later.
        assertTrue(after.minOf { it.heap } - before.heap < 1000, "the heap grows: $text")
        assertTrue(after.minOf { it.native } - before.native < 1000, "native memory grows: $text")
        // What neither of them counts: mappings, stacks, what a heap keeps when it is torn to pieces.
        assertTrue(after.minOf { it.resident } - before.resident < 16_000, "the process grows: $text")
        assertTrue(after.minOf { it.threads } - before.threads < 8, "threads stay: $text")
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
            reference.get() == null && Held.count() <= held
        }
    }
}
