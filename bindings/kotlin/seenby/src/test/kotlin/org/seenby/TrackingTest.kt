package org.seenby

import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.take
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.launch
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Test
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
