package org.seenby.example.chat

import android.app.Activity
import android.app.NotificationManager
import android.content.Context
import android.os.Looper
import android.view.View
import android.view.ViewGroup
import android.widget.TextView
import kotlinx.coroutines.runBlocking
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNull
import org.junit.Assert.assertTrue
import org.robolectric.RuntimeEnvironment
import org.robolectric.Shadows.shadowOf
import org.seenby.Chat
import org.seenby.GroupType
import org.seenby.SeenBy
import org.seenby.v2tim.V2TIMCallback
import org.seenby.v2tim.V2TIMManager
import java.util.concurrent.TimeUnit

/** The app, signed in as Alice, and other people around it. */
class Stage(server: String, app: Int) : AutoCloseable {
    val context: Context = RuntimeEnvironment.getApplication()
    val notifications = context.getSystemService(Context.NOTIFICATION_SERVICE) as NotificationManager
    private val account = Account(server, app, "alice", "")

    init {
        account.save(context)
        signIn()
    }

    fun signIn() {
        var ended: String? = null
        val refused = ChatApp.start(context, account, object : V2TIMCallback {
            override fun onSuccess() {
                ended = ""
            }

            override fun onError(code: Int, desc: String) {
                ended = "$code $desc"
            }
        })
        assertNull(refused, refused)
        until("signed in") { ended != null }
        assertEquals("", ended)
    }

    fun signOut() {
        var out = false
        V2TIMManager.getInstance().logout(object : V2TIMCallback {
            override fun onSuccess() {
                out = true
            }

            override fun onError(code: Int, desc: String) = throw AssertionError("$code $desc")
        })
        until("signed out") { out }
    }

    override fun close() {
        // Listeners stay over unInitSDK, and the next test has an application of its own.
        V2TIMManager.getMessageManager().removeAdvancedMsgListener(Notifications.of(context))
        V2TIMManager.getInstance().unInitSDK()
        settle()
    }

    companion object {
        val NAMES = listOf("Ben", "Carla", "Deniz", "Emeka", "Fay")

        /** Lets the main thread do what it has to. */
        fun settle() = shadowOf(Looper.getMainLooper()).idle()

        /** Runs the main thread until this is so. */
        fun until(what: String, condition: () -> Boolean) {
            val end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60)
            while (!condition()) {
                assertTrue("it did not come: $what", System.nanoTime() < end)
                settle()
                Thread.sleep(5)
            }
        }

        /** A group of these, made by the first. */
        fun group(name: String, people: List<SeenBy>): Chat = runBlocking {
            val others = people.drop(1).map { it.loginUser } + "alice"
            Chat.group(people[0].groups.create(GroupType.WORK, name, others, groupId = name.lowercase()))
        }

        /** What a screen says, from top to bottom: the texts that can be seen, and what pictures mean. */
        fun texts(activity: Activity): List<String> = ArrayList<String>().also { said(activity.window.decorView, it) }

        private fun said(view: View, into: MutableList<String>) {
            if (view.visibility != View.VISIBLE) return
            if (view is TextView && view.text.isNotEmpty()) into += view.text.toString()
            view.contentDescription?.let { into += "[$it]" }
            if (view is ViewGroup) (0 until view.childCount).forEach { said(view.getChildAt(it), into) }
        }
    }
}
