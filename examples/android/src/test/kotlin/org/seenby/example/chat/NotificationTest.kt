package org.seenby.example.chat

import kotlinx.coroutines.runBlocking
import org.junit.After
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertTrue
import org.junit.Before
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.Shadows.shadowOf
import org.seenby.Chat
import org.seenby.Message
import org.seenby.SeenBy
import org.seenby.SeenByConfig
import org.seenby.example.chat.Stage.Companion.until
import org.seenby.v2tim.V2TIMAdvancedMsgListener
import org.seenby.v2tim.V2TIMManager
import org.seenby.v2tim.V2TIMMessage
import java.io.File
import java.util.UUID

/** A notification's "Mark as read": with the app running, and after it has ended. */
@RunWith(RobolectricTestRunner::class)
class NotificationTest {
    private val folder = File("target/notifications/${UUID.randomUUID()}").absoluteFile
    private lateinit var server: String
    private lateinit var stage: Stage
    private lateinit var ben: SeenBy

    @Before
    fun open() {
        // Durable: a receipt that is left on the disk needs a service that is there later, too.
        assertTrue(folder.mkdirs())
        server = "embedded:file/" + File(folder, "service")
        val config = SeenByConfig(APP, server, dataFolder = File(folder, "ben").path)
        ben = runBlocking { SeenBy.connect(config, "ben", "") }
        stage = Stage(server, APP.toInt())
    }

    @After
    fun end() {
        stage.close()
        ben.close()
    }

    private val shown
        get() = shadowOf(stage.notifications).allNotifications

    private fun isRead(message: Message) = runBlocking { ben.readReceipts(listOf(message)) }.single().isPeerRead

    @Test
    fun markAsReadOfARunningApp() {
        val sent = runBlocking { ben.send("Lunch?", Chat.user("alice")) }
        until("a notification") { shown.size == 1 }
        val notification = shown.single()
        assertEquals("ben", notification.extras.getString("android.title"))
        assertEquals("Lunch?", notification.extras.getString("android.text"))
        assertFalse(isRead(sent))
        val action = notification.actions.single()
        assertEquals("Mark as read", action.title)

        MarkReadReceiver().onReceive(stage.context, shadowOf(action.actionIntent).savedIntent)
        until("it is read") { isRead(sent) }
        assertEquals(0, shown.size)
    }

    @Test
    fun markAsReadWhenTheAppHasEnded() {
        val sent = runBlocking { ben.send("Lunch?", Chat.user("alice")) }
        until("a notification") { shown.size == 1 }
        val intent = shadowOf(shown.single().actions.single().actionIntent).savedIntent
        V2TIMManager.getInstance().unInitSDK()

        MarkReadReceiver.markRead(stage.context, intent)
        assertFalse("nobody is signed in", isRead(sent))
        stage.signIn()
        until("it is read") { isRead(sent) }
    }

    @Test
    fun noNotificationOfWhatIsOnTheScreen() {
        Notifications.inFront(stage.context, "c2c_ben")
        val came = ArrayList<String>()
        V2TIMManager.getMessageManager().addAdvancedMsgListener(object : V2TIMAdvancedMsgListener() {
            override fun onRecvNewMessage(msg: V2TIMMessage) {
                came += msg.textElem.text
            }
        })
        runBlocking { ben.send("seen anyway", Chat.user("alice")) }
        until("it came") { "seen anyway" in came }
        Notifications.inFront(stage.context, null)
        runBlocking { ben.send("not seen", Chat.user("alice")) }
        until("a notification") { shown.isNotEmpty() }
        assertEquals(listOf("not seen"), shown.map { it.extras.getString("android.text") })
    }

    private companion object {
        const val APP = 1400000001L
    }
}
