package org.seenby

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.ValueSource
import java.io.File
import java.util.Collections
import java.util.IdentityHashMap
import java.util.concurrent.atomic.AtomicInteger

/** Whatever an app calls first in its process, callbacks come on one thread that stays: an attached thread a callback costs far more. */
class FirstTouchTest {
    @ParameterizedTest
    @ValueSource(strings = ["open", "enqueueReceipts", "version", "drawState", "log"])
    fun `callbacks come on one thread`(first: String) {
        val java = File(System.getProperty("java.home"), "bin/java").path
        val process = ProcessBuilder(
            java, "-Djna.nosys=true", "-Djna.library.path=" + System.getProperty("jna.library.path"),
            "-cp", System.getProperty("java.class.path"), "org.seenby.FirstTouchTestKt", first,
        ).redirectError(ProcessBuilder.Redirect.INHERIT).start()
        assertEquals("1 thread", process.inputStream.bufferedReader().readText().trim())
    }
}

/** An app's process. */
fun main(arguments: Array<String>) {
    when (arguments[0]) {
        "enqueueReceipts" -> {
            val config = SeenByConfig(1, "wss://chat.example", createTempDirectory().path)
            SeenBy.enqueueReceipts(config, "bob", listOf(MessageRef("m", "c2c_alice")))
        }
        "version" -> SeenBy.version
        "drawState" -> blank().drawState()
        "log" -> SeenBy.log(LogLevel.WARN)
    }
    world { world ->
        val threads = Collections.synchronizedSet(Collections.newSetFromMap(IdentityHashMap<Thread, Boolean>()))
        val alice = world.user("alice")
        val bob = world.user("bob")
        val heard = AtomicInteger()
        bob.addListener { events ->
            threads.add(Thread.currentThread())
            heard.addAndGet(events.count { it is SeenByEvent.NewMessage })
        }
        repeat(5) { at ->
            alice.send("n$at", Chat.user("bob"))
            until("bob hears") { heard.get() > at }
        }
        println(if (threads.size == 1) "1 thread" else "${threads.size} threads")
    }
}

private fun createTempDirectory(): File = File.createTempFile("seenby", "").also {
    it.delete()
    it.mkdir()
    it.deleteOnExit()
}

private fun blank(): Message = Message(
    "", "", "", "", "", "", "", 0, 0, MessageStatus.SENDING, Priority.DEFAULT, true, false, false, false, false, false, false, false,
    Body.Nothing, Bytes(ByteArray(0)), null,
)
