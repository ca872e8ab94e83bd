package org.seenby

import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.toList
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.seenby.core.Held
import java.io.File
import java.util.concurrent.atomic.AtomicInteger

class CallsTest {
    @Test
    fun `a message is sent, read, and its sender hears of it`() = world { world ->
        val alice = world.user("alice")
        val bob = world.user("bob")
        val sent = alice.send("Lunch? 😀", Chat.user("bob"))
        assertEquals(DrawState.Sent, sent.drawState())

        val came = bob.messages.first() as MessageChange.New
        assertEquals("Lunch? 😀", came.message.text)
        assertEquals(sent.msgId, came.message.msgId)
        assertFalse(came.message.isSelf)
        bob.sendReadReceipts(listOf(came.message))

        val change = alice.receipts.first() as ReceiptChange.OfMessage
        assertEquals(sent.msgId, change.receipt.msgId)
        assertTrue(change.receipt.isPeerRead)
        assertEquals(DrawState.ReadByPeer, sent.drawState(change.receipt))
        assertEquals(DrawState.ReadByPeer, change.receipt.drawState())
        assertEquals(change.receipt.copy(readers = emptyList()), alice.readReceipts(listOf(sent)).single().copy(readers = emptyList()))
        // By reference, as an app does whose messages are carried elsewhere.
        val reference = MessageRef(sent.msgId, "c2c_bob", isSelf = true, needReadReceipt = true)
        assertTrue(alice.readReceipts(listOf(reference)).single().isPeerRead)
        assertTrue(alice.cachedReceipts(listOf(sent.msgId)).single().isPeerRead)
    }

    @Test
    fun `a group's message, its counts and its lists`() = world { world ->
        val alice = world.user("alice")
        val bob = world.user("bob")
        world.user("carol")
        val id = alice.groups.create(GroupType.WORK, "Lunch", listOf("bob", "carol"))
        assertEquals(listOf(id), alice.groups.joined().map { it.groupId })
        assertEquals(3, alice.groups.members(id).members.size)
        assertEquals(Role.OWNER, alice.groups.membersInfo(id, listOf("alice")).single().role)

        val sent = alice.send(OutgoingMessage(Body.Custom(byteArrayOf(0, -1, 7), "d", "e")), Chat.group(id))
        val came = (bob.messages.first() as MessageChange.New).message
        assertEquals(Body.Custom(byteArrayOf(0, -1, 7), "d", "e"), came.body)
        bob.sendReadReceipts(listOf(came))

        val receipt = (alice.receipts.first() as ReceiptChange.OfMessage).receipt
        assertEquals(1L to 1L, receipt.readCount to receipt.unreadCount)
        assertEquals(DrawState.ReadBy(1, 2), sent.drawState(receipt))
        assertEquals(DrawState.ReadBy(1, 2), receipt.drawState())
        assertEquals(listOf("bob"), alice.allReadMembers(sent).toList().map { it.userId })
        assertEquals(listOf("carol"), alice.allReadMembers(sent, ReadFilter.UNREAD).toList().map { it.userId })
        assertEquals(sent.msgId, alice.history(Chat.group(id)).messages.single().msgId)
        assertEquals(sent.msgId, alice.find(listOf(sent.msgId)).single().msgId)
    }

    @Test
    fun `marks and conversations`() = world { world ->
        val alice = world.user("alice")
        val bob = world.user("bob")
        alice.send("one", Chat.user("bob"))
        alice.send("two", Chat.user("bob"))
        until("both") { bob.debugState().isNotEmpty() }
        bob.events.first { it is SeenByEvent.TotalUnreadChanged && it.count == 2L }
        assertEquals(2, bob.people.conversation(Chat.user("alice")).unreadCount)
        assertEquals(2L, bob.people.totalUnread())
        bob.markAsRead(Chat.user("alice"))
        val mark = (alice.receipts.first { it is ReceiptChange.OfConversation } as ReceiptChange.OfConversation).mark
        assertEquals("bob", mark.userId)
        assertEquals(0L, bob.people.totalUnread())
        alice.people.setSelfInfo(nickName = "Alice ✓")
        assertEquals("Alice ✓", bob.people.profiles(listOf("alice")).single().nickName)
    }

    @Test
    fun `what is on the screen is reported`() = world { world ->
        val alice = world.user("alice")
        val bob = world.user("bob")
        val sent = alice.send("seen?", Chat.user("bob"))
        val came = (bob.messages.first() as MessageChange.New).message
        val tracker = bob.readTracker(Chat.user("alice"))
        tracker.visible(listOf(came))
        val change = alice.receipts.first() as ReceiptChange.OfMessage
        assertEquals(sent.msgId, change.receipt.msgId)
        tracker.close()
        tracker.close()
    }

    @Test
    fun `bad input is a documented number, and the sentence has the value`() = world { world ->
        val alice = world.user("alice")
        val group = alice.groups.create(GroupType.WORK, "g")
        val sent = alice.send("hello", Chat.group(group))
        val cases = mapOf<String, suspend () -> Unit>(
            "101" to { alice.readMembers(sent, count = 101) },
            "0" to { alice.readMembers(sent, count = 0) },
            "-3" to { alice.readMembers(sent, nextSeq = -3) },
            "c2c_bob" to {
                alice.sendReadReceipts(listOf(MessageRef("a", "c2c_bob", isSelf = false), MessageRef("b", "c2c_carol", isSelf = false)))
            },
            "empty" to { alice.sendReadReceipts(emptyList()) },
            "neither a user nor a group" to { alice.send("to nobody", Chat.user("")) },
            "flowBuffer is 0" to { SeenBy.open(world.config("x", flowBuffer = 0)) },
        )
        for ((value, call) in cases) {
            val refused = refusal(call)
            assertEquals(ErrorCodes.INVALID_PARAMETERS, refused.code, refused.text)
            assertTrue(refused.text.contains(value), "$value: ${refused.text}")
        }
    }

    @Test
    fun `half a character is refused before anything crosses, and nothing is held`() = world { world ->
        val alice = world.user("alice")
        val half = "a\uD83D"
        until("no call is out") { Held.completions() == 0 }
        val calls = listOf<suspend () -> Unit>(
            { alice.send(half, Chat.user("bob")) },
            { alice.send("x", Chat.user(half)) },
            { alice.send(OutgoingMessage(Body.Custom(ByteArray(0), half)), Chat.user("bob")) },
            { alice.sendReadReceipts(listOf(MessageRef(half, "c2c_bob"))) },
            { alice.readReceipts(listOf(MessageRef("m", half))) },
            { alice.groups.create(GroupType.WORK, half) },
            { alice.groups.create(GroupType.WORK, "g", listOf("bob", half)) },
            { alice.people.profiles(listOf(half)) },
            { alice.people.setSelfInfo(nickName = half) },
            { alice.login(half, "") },
            { alice.readTracker(Chat.group(half)) },
            { SeenBy.open(SeenByConfig(1400000001, server = half)) },
        )
        for ((at, call) in calls.withIndex()) {
            val refused = refusal(call)
            assertEquals(ErrorCodes.INVALID_PARAMETERS, refused.code, "$at: ${refused.text}")
            assertTrue(refused.text.contains("U+D83D"), "$at: ${refused.text}")
        }
        assertEquals(0, Held.completions())
    }

    @Test
    fun `before login and after close`() = world { world ->
        val held = steady()
        val client = SeenBy.open(world.config("early"))
        assertEquals(ErrorCodes.NOT_LOGGED_IN, refusal { client.people.totalUnread() }.code)
        assertEquals("", client.loginUser)
        client.close()
        client.close()
        assertEquals(ErrorCodes.CLOSED, refusal { client.people.totalUnread() }.code)
        assertEquals(ErrorCodes.CLOSED, refusal { client.loginUser }.code)
        until("it is let go of") { Held.count() <= held }
    }

    @Test
    fun `each call ends once, also by the thousand and across close`() = world { world ->
        val alice = world.user("alice")
        val ends = AtomicInteger()
        val calls = 2000
        val threads = (1..4).map {
            Thread {
                test {
                    repeat(calls / 4) {
                        try {
                            alice.people.totalUnread()
                        } catch (e: SeenByException) {
                            assertTrue(e.code == ErrorCodes.INTERRUPTED || e.code == ErrorCodes.CLOSED, e.toString())
                        }
                        if (ends.incrementAndGet() == calls / 2) alice.close()
                    }
                }
            }.apply { start() }
        }
        threads.forEach { it.join(SOON_MS) }
        // A continuation that is resumed twice throws.
        assertEquals(calls, ends.get())
        until("no call is out") { Held.completions() == 0 }
    }

    @Test
    fun `receipts left on the disk`() {
        val folder = File.createTempFile("seenby", "").apply { delete() }
        try {
            val config = SeenByConfig(1400000001, "wss://chat.example.invalid", folder.path)
            SeenBy.enqueueReceipts(config, "bob", listOf(MessageRef("m1", "c2c_alice", isSelf = false, needReadReceipt = true)))
            assertTrue(folder.walk().any { it.isFile && it.length() > 0 })
        } finally {
            folder.deleteRecursively()
        }
    }

    @Test
    fun `the numbers are those of the core`() {
        val core = generateSequence(File("").absoluteFile) { it.parentFile }.map { File(it, "core/src/model/error.rs") }.first { it.exists() }
        val theirs = Regex("""^ {4}(\w+) = (\d+),$""", RegexOption.MULTILINE).findAll(core.readText()).associate {
            it.groupValues[1].replace(Regex("(?<=[a-z])(?=[A-Z])"), "_").uppercase() to it.groupValues[2].toInt()
        }
        val ours = ErrorCodes::class.java.fields.filter { it.type == Int::class.java }.associate { it.name to it.getInt(null) }
        assertTrue(ours.size > 20)
        assertEquals(theirs, ours)
    }
}
