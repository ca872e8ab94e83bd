package org.seenby

import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.async
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.launch
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.seenby.core.Held
import java.net.InetAddress
import java.net.ServerSocket

class CancellationTest {
    private companion object {
        const val CALLS = 150
    }

    /** A server that takes connections and says nothing. */
    private fun silent(what: suspend (SeenByConfig) -> Unit) = ServerSocket(0, 50, InetAddress.getLoopbackAddress()).use { socket ->
        val folder = kotlin.io.path.createTempDirectory("seenby").toFile()
        try {
            test {
                what(SeenByConfig(1400000001, "ws://127.0.0.1:${socket.localPort}", folder.path, requestTimeoutMs = 600_000, connectTimeoutMs = 600_000))
            }
        } finally {
            folder.deleteRecursively()
        }
    }

    @Test
    fun `a call that is cancelled ends at once, and is let go of`() = silent { config ->
        SeenBy.open(config).use { client ->
            test {
                val call = launch(start = CoroutineStart.UNDISPATCHED) { client.login("alice", "") }
                assertEquals(1, Held.completions())
                call.cancelAndJoin()
                assertTrue(call.isCancelled)
                // The core ended it too (7009), and dropped the completion.
                until("it is let go of") { Held.completions() == 0 }
            }
        }
    }

    @Test
    fun `connect that is cancelled leaves no client`() = silent { config ->
        val held = steady()
        test {
            val call = launch { SeenBy.connect(config, "alice", "") }
            until("it logs in") { Held.completions() == 1 }
            call.cancelAndJoin()
            until("the client is gone") { Held.count() <= held }
        }
    }

    @Test
    fun `close ends what is out with 7009`() = silent { config ->
        test {
            val client = SeenBy.open(config)
            val call = async(start = CoroutineStart.UNDISPATCHED) { refusal { client.login("alice", "") } }
            client.close()
            assertEquals(ErrorCodes.INTERRUPTED, call.await().code)
        }
    }

    @Test
    fun `calls cancelled at any moment end once, and the client goes on`() = world { world ->
        val alice = world.user("alice")
        var (cancelled, ended) = 0 to 0
        repeat(CALLS) { at ->
            val call = launch(start = CoroutineStart.UNDISPATCHED) {
                try {
                    alice.send("n$at", Chat.user("bob"))
                    ended++
                } catch (e: SeenByException) {
                    // The service takes 200 requests a second.
                    if (e.code != ErrorCodes.TOO_FREQUENT) throw e
                    ended++
                } catch (e: CancellationException) {
                    cancelled++
                    throw e
                }
            }
            // At once, after a while, or when it has ended.
            when (at % 3) {
                1 -> kotlinx.coroutines.yield()
                2 -> Thread.sleep(0, at * 1000)
            }
            if (at % 10 != 0) call.cancel()
            call.join()
        }
        assertEquals(CALLS, cancelled + ended)
        assertTrue(cancelled > 0 && ended > 0, "$cancelled cancelled, $ended ended")
        alice.people.setSelfInfo("still here")
        until("no call is out") { Held.completions() == 0 }
    }
}
