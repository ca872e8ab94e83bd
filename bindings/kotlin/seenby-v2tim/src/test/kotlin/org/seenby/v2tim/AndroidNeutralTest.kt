package org.seenby.v2tim

import android.app.Activity
import android.app.Application
import android.content.Context
import android.net.ConnectivityManager
import kotlinx.coroutines.flow.filterIsInstance
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeout
import org.junit.After
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.Robolectric
import org.robolectric.RobolectricTestRunner
import org.robolectric.RuntimeEnvironment
import org.robolectric.Shadows.shadowOf
import org.robolectric.annotation.Config
import org.robolectric.shadows.ShadowNetwork
import org.seenby.Android
import org.seenby.Chat
import org.seenby.Message
import org.seenby.MessageChange
import org.seenby.SeenBy
import org.seenby.SeenByConfig
import java.io.File

/** What a Context gives to the neutral Kotlin API: here, because this module has Robolectric. */
@RunWith(RobolectricTestRunner::class)
@Config(sdk = [34], manifest = Config.NONE)
class AndroidNeutralTest {
    private val context: Application = RuntimeEnvironment.getApplication()
    private val network = shadowOf(context.getSystemService(Context.CONNECTIVITY_SERVICE) as ConnectivityManager)
    private val service = Phone.service()
    private val open = mutableListOf<SeenBy>()

    @After
    fun end() = open.forEach { it.close() }

    private fun test(what: suspend () -> Unit) = runBlocking { withTimeout(60_000) { what() } }

    private suspend fun user(name: String, server: String = service, platform: Android? = null): SeenBy =
        SeenBy.connect(SeenByConfig(Phone.APP.toLong(), server, deviceLabel = name, seenForMs = 1, platform = platform), name, "")
            .also { open.add(it) }

    private suspend fun isRead(alice: SeenBy, message: Message) = alice.readReceipts(listOf(message)).single().isPeerRead

    @Test
    fun `the device's state is where no backup takes it`() = test {
        val store = File(context.noBackupFilesDir, "service")
        user("alice", "embedded:file/$store", Android(context))
        val data = File(context.noBackupFilesDir, "seenby")
        assertTrue("$data has the device's state", data.list().orEmpty().isNotEmpty())
    }

    @Test
    fun `the network's coming and going is followed until the client is closed`() = test {
        val alice = user("alice", platform = Android(context))
        val callback = network.networkCallbacks.single()
        assertTrue(alice.debugState(), "\"live\"" in alice.debugState())
        network.clearAllNetworks()
        callback.onLost(ShadowNetwork.newInstance(100))
        MainThread.until { "\"live\"" !in alice.debugState() }
        callback.onAvailable(ShadowNetwork.newInstance(101))
        MainThread.until { "\"live\"" in alice.debugState() }
        alice.close()
        assertEquals(0, network.networkCallbacks.size)
    }

    @Test
    fun `what was seen is read while a screen of the app can be seen`() = test {
        val alice = user("alice")
        val bob = user("bob", platform = Android(context))
        val sent = alice.send("read me", Chat.user("bob"))
        val received = bob.messages.filterIsInstance<MessageChange.New>().first().message
        val screen = Robolectric.buildActivity(Activity::class.java).create().start().resume()
        screen.pause().stop()
        val tracker = bob.readTracker(Chat.user("alice"))
        tracker.show(listOf(received))
        // Three hundred times what counts as read.
        Thread.sleep(300)
        assertEquals(false, isRead(alice, sent))
        screen.restart().resume()
        MainThread.until { runBlocking { isRead(alice, sent) } }
        tracker.close()
        screen.close()
    }
}
