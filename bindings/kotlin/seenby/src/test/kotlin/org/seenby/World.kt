package org.seenby

import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.delay
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeout
import org.junit.jupiter.api.Assertions.assertTrue
import org.seenby.core.Held
import java.util.UUID
import java.util.concurrent.CopyOnWriteArrayList
import java.util.concurrent.Executor

/** A service in memory, of its own, and its users. */
internal class World : AutoCloseable {
    private val server = "embedded:mem/${UUID.randomUUID()}"
    private val clients = CopyOnWriteArrayList<SeenBy>()

    fun config(label: String, flowBuffer: Int = 1024, executor: Executor? = null, provider: UserSigProvider? = null): SeenByConfig =
        SeenByConfig(
            1400000001, server, deviceLabel = label, flowBuffer = flowBuffer, executor = executor, userSigProvider = provider, seenForMs = 1,
        )

    suspend fun user(name: String, flowBuffer: Int = 1024, executor: Executor? = null): SeenBy =
        SeenBy.connect(config(name, flowBuffer, executor), name, "").also { clients.add(it) }

    override fun close() = clients.forEach { it.close() }
}

internal const val SOON_MS = 60_000L

internal fun test(what: suspend CoroutineScope.() -> Unit) = runBlocking { withTimeout(SOON_MS) { what() } }

internal fun world(what: suspend CoroutineScope.(World) -> Unit) = World().use { world -> test { what(world) } }

internal suspend fun until(what: String, condition: () -> Boolean) {
    val end = System.nanoTime() + SOON_MS * 1_000_000
    while (!condition()) {
        assertTrue(System.nanoTime() < end, "not in time: $what")
        delay(1)
    }
}

internal suspend fun refusal(what: suspend () -> Unit): SeenByException {
    try {
        what()
    } catch (e: SeenByException) {
        return e
    }
    throw AssertionError("it was not refused")
}

/** What the library holds when no call is out, and nothing of an earlier test's is on its way out. */
internal fun steady(): Int = runBlocking {
    var (held, since) = -1 to 0L
    until("nothing changes") {
        if (Held.count() != held || Held.completions() > 0) {
            held = Held.count()
            since = System.nanoTime()
        }
        System.nanoTime() - since > 100_000_000
    }
    held
}
