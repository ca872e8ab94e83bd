package org.seenby

import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.take
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.launch
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test
import org.seenby.core.Event
import java.util.concurrent.CopyOnWriteArrayList

class FlowsTest {
    private fun numbers(feed: Feed) = feed.flow(
        { event -> if (event is SeenByEvent.TotalUnreadChanged) listOf(event.count) else emptyList() },
        { missed -> -missed },
    )

    private fun tell(feed: Feed, numbers: IntRange) = feed.hear(numbers.map { Event.TotalUnreadChanged(it.toLong()) })

    @Test
    fun `a slow collector loses the oldest and is told how many`() = test {
        val feed = Feed(10)
        val flow = numbers(feed)
        tell(feed, 1..25)
        feed.hear(listOf(Event.Connecting, Event.Connected))
        assertEquals(listOf(-15L) + (16L..25L), flow.take(11).toList())
    }

    @Test
    fun `a collector that stops loses what comes while it is stopped, and goes on`() = test {
        val feed = Feed(4)
        val flow = numbers(feed)
        val heard = CopyOnWriteArrayList<Long>()
        val go = CompletableDeferred<Unit>()
        val job = launch(Dispatchers.Default) {
            flow.collect {
                heard.add(it)
                go.await()
            }
        }
        tell(feed, 1..1)
        until("the first") { heard.size == 1 }
        tell(feed, 2..10)
        go.complete(Unit)
        until("the rest") { heard.size == 6 }
        assertEquals(listOf(1L, -5L, 7L, 8L, 9L, 10L), heard.toList())
        job.cancelAndJoin()
    }

    @Test
    fun `the first collector hears from the start, a second from when it began, both to the end`() = test {
        val feed = Feed(10)
        val flow = numbers(feed)
        tell(feed, 1..3)
        val first = async(start = CoroutineStart.UNDISPATCHED) { flow.toList() }
        val second = async(start = CoroutineStart.UNDISPATCHED) { flow.toList() }
        tell(feed, 4..5)
        feed.end()
        tell(feed, 6..6)
        assertEquals(listOf(1L, 2L, 3L, 4L, 5L), first.await())
        assertEquals(listOf(4L, 5L), second.await())
        assertEquals(emptyList<Long>(), flow.toList())
    }

    @Test
    fun `one collector's exception is its own`() = test {
        val feed = Feed(10)
        val flow = numbers(feed)
        val other = async(start = CoroutineStart.UNDISPATCHED) { flow.take(2).toList() }
        val thrown = async(start = CoroutineStart.UNDISPATCHED) {
            runCatching { flow.collect { throw IllegalArgumentException("mine") } }.exceptionOrNull()
        }
        tell(feed, 1..2)
        assertEquals("mine", thrown.await()?.message)
        assertEquals(listOf(1L, 2L), other.await())
    }

    @Test
    fun `a collector may call, whatever it is called with`() = world { world ->
        val alice = world.user("alice")
        val bob = world.user("bob", flowBuffer = 1)
        // On the delivery thread itself: the call's answer comes there too.
        val read = launch(Dispatchers.Unconfined) {
            bob.messages.collect { if (it is MessageChange.New) bob.sendReadReceipts(listOf(it.message)) }
        }
        val sent = alice.send("hello", Chat.user("bob"))
        assertEquals(sent.msgId, (alice.receipts.first() as ReceiptChange.OfMessage).receipt.msgId)
        read.cancelAndJoin()
    }

    @Test
    fun `what came before the first collector is not lost`() = world { world ->
        val bob = world.user("bob")
        val alice = world.user("alice")
        repeat(5) { alice.send("n$it", Chat.user("bob")) }
        bob.events.first { it is SeenByEvent.TotalUnreadChanged && it.count == 5L }
        assertEquals((0..4).map { "n$it" }, bob.messages.take(5).toList().map { (it as MessageChange.New).message.text })
    }

    @Test
    fun `flows end when the client is closed`() = world { world ->
        val alice = world.user("alice")
        val sent = world.user("bob").send("hello", Chat.user("alice"))
        alice.events.first { it is SeenByEvent.NewMessage }
        // Ends come after the events before them: by now every flow was told.
        alice.people.totalUnread()
        alice.close()
        assertEquals(listOf(sent.msgId), alice.messages.toList().map { (it as MessageChange.New).message.msgId })
        assertEquals(emptyList<SeenByEvent>(), alice.events.toList())
    }
}
