package org.seenby.testkit

import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeout
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.seenby.Chat
import org.seenby.ErrorCodes
import org.seenby.GroupType
import org.seenby.MessageChange
import org.seenby.OutgoingMessage
import org.seenby.Body
import org.seenby.ReceiptChange
import org.seenby.SeenBy
import org.seenby.SeenByConfig
import org.seenby.SeenByEvent
import org.seenby.SeenByException

class TestServiceTest {
    private fun test(settings: String = "", what: suspend (TestService) -> Unit) =
        TestService(settings).use { service -> runBlocking { withTimeout(60_000) { what(service) } } }

    @Test
    fun `several users and devices in one process`() = test { service ->
        val alice = service.user("alice")
        val bob = service.user("bob")
        val tablet = service.user("bob", device = "tablet")
        val group = alice.groups.create(GroupType.WORK, "Lunch", listOf("bob"))
        val sent = alice.send("Who comes?", Chat.group(group))
        val came = (bob.messages.first() as MessageChange.New).message
        bob.sendReadReceipts(listOf(came))
        // The sender hears, and so does the reader's other device.
        assertEquals(1, (alice.receipts.first() as ReceiptChange.OfMessage).receipt.readCount)
        val told = tablet.events.first { it is SeenByEvent.ReceiptsSent } as SeenByEvent.ReceiptsSent
        assertEquals(listOf(sent.msgId), told.msgIds)
    }

    @Test
    fun `an app's own client meets its users`() = test { service ->
        val bob = service.user("bob")
        SeenBy.connect(SeenByConfig(service.appId, service.server, deviceLabel = "the app"), "alice", "").use { alice ->
            val sent = alice.send("hello", Chat.user("bob"))
            assertEquals(sent.msgId, (bob.messages.first() as MessageChange.New).message.msgId)
        }
    }

    @Test
    fun `two services know nothing of each other`() = test { one ->
        test { other ->
            val alice = one.user("alice")
            val sent = alice.send("hello", Chat.user("bob"))
            assertEquals(emptyList<String>(), other.user("alice").find(listOf(sent.msgId)).map { it.msgId })
            assertEquals(listOf(sent.msgId), alice.find(listOf(sent.msgId)).map { it.msgId })
        }
    }

    @Test
    fun `settings hold, and change`() = test("""{"receipt_kinds":["Public"]}""") { service ->
        val alice = service.user("alice")
        val group = alice.groups.create(GroupType.WORK, "g")
        suspend fun receipts() = alice.send(OutgoingMessage(Body.Text("x")), Chat.group(group)).needReadReceipt
        assertFalse(receipts())
        service.configure("""{"receipt_kinds":["Work"]}""")
        assertTrue(receipts())
        val refused = assertThrows(SeenByException::class.java) { service.configure("""{"receipt_kinds":7}""") }
        assertEquals(ErrorCodes.INVALID_PARAMETERS, refused.code)
        val unmade = assertThrows(SeenByException::class.java) { TestService("""{"receipt_kinds":7}""") }
        assertEquals(ErrorCodes.INVALID_PARAMETERS, unmade.code)
        assertTrue("receipt_kinds" in unmade.text, unmade.text)
        assertThrows(SeenByException::class.java) { TestService(appId = -1) }
    }

    @Test
    fun `an operator deletes`() = test { service ->
        val alice = service.user("alice")
        val sent = alice.send("secret", Chat.user("bob"))
        service.deleteMessage("alice", Chat.user("bob"), sent)
        // Told to the devices, which may have asked a moment before.
        while (alice.history(Chat.user("bob")).messages.any { it.text == "secret" }) delay(10)
    }
}
