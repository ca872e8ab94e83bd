package org.seenby.testkit

import kotlinx.coroutines.runBlocking
import org.seenby.Chat
import org.seenby.MessageKey
import org.seenby.SeenBy
import org.seenby.SeenByConfig
import org.seenby.SeenByException
import org.seenby.core.ClientConfig
import org.seenby.core.EmbeddedService
import org.seenby.core.Failure
import org.seenby.core.Threads
import java.util.UUID
import java.util.concurrent.CopyOnWriteArrayList
import java.util.concurrent.Executor

/**
 * A SeenBy service inside this process, with as many users as a test needs: for apps' own unit tests, on a JVM without a device.
 *
 * ```
 * TestService().use { service ->
 *     val alice = service.user("alice")
 *     val bob = service.user("bob")
 *     …
 * }
 * ```
 *
 * It is in memory, and alone: two of them know nothing of each other. What an app makes itself meets the users here when it
 * connects to [server]. Its functions wait, so they are not for the main thread.
 *
 * @param settings the app's settings as JSON, as the server's configuration has them (docs/operations.md); empty: the defaults.
 * @property appId the app, sdkAppID, which an app under test passes too.
 */
public class TestService @JvmOverloads constructor(
    settings: String = "",
    public val appId: Long = 1400000001,
) : AutoCloseable {
    /** Where clients of an app connect: `SeenByConfig(appId, server = service.server)`. */
    public val server: String = "embedded:mem/test-${UUID.randomUUID()}"

    private val users = CopyOnWriteArrayList<SeenBy>()
    private val service: EmbeddedService = waiting {
        Threads.ready()
        EmbeddedService.open(ClientConfig(app = appId, server = server), settings)
    }

    /** A client's configuration. Two of a user with different labels are two devices. */
    @JvmOverloads
    public fun config(device: String, executor: Executor? = null): SeenByConfig =
        SeenByConfig(appId, server, deviceLabel = device, executor = executor, seenForMs = 1)

    /** A user, logged in, on a device of its own. It is closed with this. */
    @JvmOverloads
    public fun user(userId: String, device: String = "device-of-$userId", executor: Executor? = null): SeenBy {
        val user = runBlocking { SeenBy.connect(config(device, executor), userId, "") }
        users.add(user)
        return user
    }

    /** Changes the app's settings from now on. */
    public fun configure(settings: String): Unit = waiting { service.configure(settings) }

    /** Deletes a user, as an operator does (R32). */
    public fun deleteUser(userId: String): Unit = waiting { service.deleteUser(userId) }

    /** Deletes a message and its receipts, as an operator does (R32). [chat] is as [seenBy] sees it. */
    public fun deleteMessage(seenBy: String, chat: Chat, message: MessageKey): Unit =
        waiting { service.deleteMessage(seenBy, chat.id, message.msgId) }

    /** Closes the users, and the service with the last client. */
    override fun close() {
        users.forEach { it.close() }
        service.close()
    }

    private inline fun <T> waiting(what: () -> T): T = try {
        what()
    } catch (e: Failure.Refused) {
        throw SeenByException(e.code, e.text, e.retryAfterMs, e)
    }
}
