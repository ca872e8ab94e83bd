package org.seenby.example

import kotlinx.coroutines.flow.filterIsInstance
import kotlinx.coroutines.flow.take
import kotlinx.coroutines.runBlocking
import org.seenby.Chat
import org.seenby.GroupType
import org.seenby.MessageRef
import org.seenby.ReceiptChange
import org.seenby.SeenBy
import org.seenby.SeenByConfig

/**
 * Sends a message to a group, and prints who has read it.
 *
 * Alice and Bob are both in this process here, in a service of its own; with `server = "wss://…"` each is on a device of theirs,
 * and the userSig comes from the app's backend.
 */
fun main() = runBlocking {
    val server = "embedded:mem/lunch-kotlin"
    val alice = SeenBy.connect(SeenByConfig(1, server), "alice", userSig = "")
    val bob = SeenBy.connect(SeenByConfig(1, server, deviceLabel = "bob's phone"), "bob", userSig = "")
    alice.groups.create(GroupType.WORK, "Lunch", listOf("bob", "carol"), groupId = "lunch")

    val sent = alice.send("Lunch at noon?", Chat.group("lunch"))

    // On Bob's device, by the id that a notification brings; for messages on the screen there is readTracker.
    bob.sendReadReceipts(listOf(MessageRef(sent.msgId, "group_lunch")))

    // What Alice's screen hears: here the first change alone.
    alice.receipts.filterIsInstance<ReceiptChange.OfMessage>().take(1).collect { change ->
        println("${change.receipt.readCount} have read it, ${change.receipt.unreadCount} have not")
    }
    alice.allReadMembers(sent).collect { reader ->
        println("${reader.userId} has, at ${reader.timestampMs} ms")
    }

    bob.close()
    alice.close()
}
