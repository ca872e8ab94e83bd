package org.seenby

import kotlinx.coroutines.CoroutineExceptionHandler
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.Job
import kotlinx.coroutines.async
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.onEach
import kotlinx.coroutines.flow.take
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.isActive
import kotlinx.coroutines.launch
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import java.util.concurrent.CopyOnWriteArrayList
import java.util.concurrent.LinkedBlockingQueue
import java.util.concurrent.TimeUnit

class TrackingTest {
    private suspend fun SeenBy.read(sent: List<Message>): List<Boolean> = readReceipts(sent).map { it.isPeerRead }

    private suspend fun untilRead(alice: SeenBy, sent: List<Message>, vararg read: Boolean) {
        while (alice.read(sent) != read.toList()) delay(5)
    }

    @Test
    fun `what a flow shows is read, and nothing when it is cancelled`() = world { world ->
        val alice = world.user("alice")
        val bob = world.user("bob")
        val sent = (0..3).map { alice.send("n$it", Chat.user("bob")) }
        val received = bob.messages.take(4).toList().map { (it as MessageChange.New).message }
        val visible = MutableStateFlow<Collection<MessageKey>>(received.take(2))
        bob.readTracker(Chat.user("alice")).use { tracker ->
            val following = launch { tracker.follow(visible) }
            untilRead(alice, sent, true, true, false, false)
            visible.value = received.subList(1, 3)
            untilRead(alice, sent, true, true, true, false)
            following.cancel()
            following.join()
            // In the background nothing is read; back in front, what was there when it left is there no more.
            bob.foreground(false)
            tracker.showRows(0..3) { row -> received.getOrNull(row).takeIf { row == 3 } }
            tracker.show(emptyList())
            bob.foreground(true)
            assertFalse(alice.read(sent)[3])
            tracker.showRows(-1..4) { row -> received.getOrNull(row) }
            untilRead(alice, sent, true, true, true, true)
        }
    }

    /** A screen goes in any order: its tracker, its list, its client. */
    @Test
    fun `what a list tells after the end is nothing`() = world { world ->
        val bob = world.user("bob")
        val shown = listOf(MessageRef("m", "c2c_alice"))
        val thrown = CopyOnWriteArrayList<Throwable>()
        val screen = CoroutineScope(Job() + Dispatchers.Default + CoroutineExceptionHandler { _, what -> thrown.add(what) })
        val tracker = bob.readTracker()
        val visible = MutableStateFlow<Collection<MessageKey>>(shown)
        var collected = 0
        val following = screen.launch { tracker.follow(visible.onEach { collected++ }) }
        until("the list is followed") { collected == 1 }
        tracker.close()
        visible.value = shown + MessageRef("n", "c2c_alice")
        until("the list changes after the end") { collected == 2 }
        following.cancelAndJoin()
        assertTrue(screen.isActive)
        assertEquals(emptyList<Throwable>(), thrown)
        tracker.show(shown)
        tracker.visible(shown)
        tracker.hidden(shown)
        tracker.foreground(false)
        tracker.close()

        val late = bob.readTracker()
        bob.close()
        late.show(shown)
        late.close()
        late.show(emptyList())
        // Not a read of memory that was given back.
        assertEquals(ErrorCodes.CLOSED, refusal { bob.readTracker() }.code)
    }

    @Test
    fun `a tracker is made while its client is closed`() = world { world ->
        repeat(200) { at ->
            val bob = world.user("bob$at")
            val made = async(Dispatchers.Default) { runCatching { bob.readTracker().close() }.exceptionOrNull() }
            bob.close()
            val refused = made.await()
            assertTrue(refused == null || (refused as SeenByException).code == ErrorCodes.CLOSED, "$refused")
        }
    }

    @Test
    fun `the log goes where the app says`() {
        val lines = LinkedBlockingQueue<Pair<LogLevel, String>>()
        try {
            SeenBy.log(LogLevel.INFO) { level, line -> lines.add(level to line) }
            // Without a server there is only a service in memory, which the log says loudly (R28).
            SeenBy.open(SeenByConfig(1400000001)).close()
            fun next() = checkNotNull(lines.poll(SOON_MS, TimeUnit.MILLISECONDS)) { "the log said nothing" }
            var next = next()
            while (!next.second.contains("no server is configured")) next = next()
            assertEquals(LogLevel.WARN, next.first)
        } finally {
            SeenBy.log(LogLevel.WARN)
        }
    }
}
