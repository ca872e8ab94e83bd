package consumer

import kotlinx.coroutines.flow.first
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeout
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test
import org.seenby.Chat
import org.seenby.GroupType
import org.seenby.MessageChange
import org.seenby.testkit.TestService

class TicksTest {
    @Test
    fun `this was compiled by Kotlin 1_9`() {
        assertEquals("1.9", KotlinVersion.CURRENT.run { "$major.$minor" })
        // What the compiler wrote into the class, not only which library is beside it.
        val metadata = checkNotNull(Class.forName("consumer.TicksKt").getAnnotation(Metadata::class.java))
        assertEquals(listOf(1, 9), metadata.metadataVersion.take(2))
    }

    @Test
    fun `an app on Kotlin 1_9 sees its ticks`() = TestService().use { service ->
        runBlocking {
            withTimeout(60_000) {
                val alice = service.user("alice")
                val bob = service.user("bob")
                service.user("carol")
                val group = alice.groups.create(GroupType.WORK, "Lunch", listOf("bob", "carol"))
                val (_, ticks) = send(alice, "Who comes?", Chat.group(group))
                bob.sendReadReceipts(listOf((bob.messages.first() as MessageChange.New).message))
                assertEquals("1 of 2", ticks.first())
            }
        }
    }
}
