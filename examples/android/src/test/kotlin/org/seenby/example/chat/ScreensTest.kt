package org.seenby.example.chat

import android.content.Intent
import kotlinx.coroutines.runBlocking
import org.junit.After
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertTrue
import org.junit.Before
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.Robolectric
import org.robolectric.RobolectricTestRunner
import org.robolectric.Shadows.shadowOf
import org.robolectric.annotation.Config
import org.seenby.Chat
import org.seenby.SeenBy
import org.seenby.example.chat.Stage.Companion.settle
import org.seenby.example.chat.Stage.Companion.texts
import org.seenby.example.chat.Stage.Companion.until
import org.seenby.testkit.TestService
import java.text.DateFormat
import java.text.FieldPosition
import java.text.ParsePosition
import java.util.Date

/** The screens with several people behind them: what they say, and what they look like. */
@RunWith(RobolectricTestRunner::class)
@Config(qualifiers = "w360dp-h640dp-xhdpi")
class ScreensTest {
    private val service = TestService()
    private val stage = Stage(service.server, 1400000001)

    @Before
    fun fixTheClock() {
        // A picture shows no time of the day on which it was taken.
        Style.time = object : DateFormat() {
            override fun format(date: Date, text: StringBuffer, at: FieldPosition): StringBuffer = text.append("12:04")

            override fun parse(text: String, at: ParsePosition): Date = throw UnsupportedOperationException()
        }
    }

    @After
    fun end() {
        stage.close()
        service.close()
    }

    private fun conversation(chat: Chat) =
        Robolectric.buildActivity(ConversationActivity::class.java, ConversationActivity.of(stage.context, chat.id)).setup()

    /** People with names: ben, carla, … */
    private fun people(count: Int = Stage.NAMES.size): List<SeenBy> = Stage.NAMES.take(count).map { name ->
        service.user(name.lowercase()).also { runBlocking { it.people.setSelfInfo(nickName = name) } }
    }

    private fun write(activity: ConversationActivity, text: String) {
        activity.entry.setText(text)
        activity.send()
        until("\"$text\" is sent") { activity.conversation.messages.any { it.textElem?.text == text && it.seq > 0 } }
    }

    private fun read(reader: SeenBy, chat: Chat, text: String) = runBlocking {
        val history = reader.history(chat).messages
        reader.sendReadReceipts(history.filter { it.text == text })
    }

    @Test
    fun aGroupsScreenShowsHowManyHaveRead() {
        val people = people()
        val (ben, carla, deniz, emeka, fay) = people
        val chat = Stage.group("Lunch", people)
        runBlocking { ben.send("Who is in the office today?", chat) }
        runBlocking { carla.send("I am, from ten.", chat) }
        val screen = conversation(chat)
        val activity = screen.get()
        until("history") { activity.conversation.messages.size == 2 }
        write(activity, "Lunch at noon? There is a new place around the corner.")
        people.forEach { read(it, chat, "Lunch at noon? There is a new place around the corner.") }
        runBlocking { deniz.send("Good idea. Count me in!", chat) }
        write(activity, "I book a table for six.")
        listOf(ben, emeka, fay).forEach { read(it, chat, "I book a table for six.") }
        write(activity, "Meet at the entrance, five to twelve.")
        until("everything is drawn") { texts(activity).containsAll(listOf("Read by everyone", "Read by 3 of 5", "Not read yet")) }

        assertEquals(
            listOf(
                "[Back]", "Lunch",
                "Ben", "Who is in the office today?", "12:04",
                "Carla", "I am, from ten.", "12:04",
                "Lunch at noon? There is a new place around the corner.", "12:04", "[Read by everyone]", "Read by everyone",
                "Deniz", "Good idea. Count me in!", "12:04",
                "I book a table for six.", "12:04", "[Read by 3 of 5]", "Read by 3 of 5",
                "Meet at the entrance, five to twelve.", "12:04", "[Sent]", "Not read yet",
                "[Send]",
            ),
            texts(activity),
        )
        Pictures.check(activity, "android-conversation")
        screen.pause().stop().destroy()
    }

    private fun members(activity: ConversationActivity, text: String, page: Int = 100) =
        Robolectric.buildActivity(
            ReadMembersActivity::class.java,
            ReadMembersActivity.of(activity, activity.conversation.messages.first { it.textElem?.text == text })
                .putExtra(ReadMembersActivity.PAGE, page),
        ).setup()

    @Test
    fun whoHasReadAndWhoHasNotAreTwoTabs() {
        val people = people()
        val chat = Stage.group("Lunch", people)
        val screen = conversation(chat)
        val text = "I book a table for six."
        write(screen.get(), text)
        people.take(3).forEach { read(it, chat, text) }
        until("three have read") { "Read by 3 of 5" in texts(screen.get()) }

        // Tapping "Read by 3 of 5" opens the list for this message.
        val row = screen.get().list.getChildAt(0) as MessageRow
        row.readers.performClick()
        val opened: Intent = shadowOf(screen.get()).nextStartedActivity
        assertEquals(ReadMembersActivity::class.java.name, opened.component?.className)

        val list = Robolectric.buildActivity(ReadMembersActivity::class.java, opened).setup()
        val activity = list.get()
        val top = listOf("[Back]", "Read receipts", text, "Sent 12:04")
        until("the readers") { "Deniz" in texts(activity) }
        assertEquals(
            top + listOf("Read (3)", "Not read (2)", "Ben", "12:04", "Carla", "12:04", "Deniz", "12:04"),
            texts(activity),
        )
        Pictures.check(activity, "android-read")

        activity.show(1)
        settle()
        assertEquals(top + listOf("Read (3)", "Not read (2)", "Emeka", "Fay"), texts(activity))
        Pictures.check(activity, "android-not-read")

        // The others read it while the list is open.
        people.drop(3).forEach { read(it, chat, text) }
        until("nobody is left") { texts(activity) == top + listOf("Read (5)", "Not read (0)", "Everybody has read it") }
        activity.show(0)
        until("five readers") { "Fay" in texts(activity) }
        list.pause().stop().destroy()
        screen.pause().stop().destroy()
    }

    @Test
    fun aLongListComesPageByPage() {
        val many = (1..25).map { service.user("member-%02d".format(it)) }
        val chat = Stage.group("Everybody", many)
        val screen = conversation(chat)
        val text = "The slides are in the folder."
        write(screen.get(), text)
        many.forEach { read(it, chat, text) }
        until("all have read") { "Read by everyone" in texts(screen.get()) }

        val list = members(screen.get(), text, page = 10)
        val rows = { list.get().list().adapter }
        until("two pages, which fill the screen") { rows().count == 20 }
        settle()
        assertEquals("no more than the screen needs", 20, rows().count)
        until("the last page, for having been scrolled to") {
            list.get().list().setSelection(rows().count - 1)
            rows().count == 25
        }
        list.get().list().setSelection(0)
        settle()
        val names = (0 until 25).map { (rows().getItem(it) as org.seenby.v2tim.V2TIMGroupMemberInfo).userID }
        assertEquals("each once, in the order of reading", many.map { it.loginUser }, names)
        list.pause().stop().destroy()
        screen.pause().stop().destroy()
    }

    @Test
    fun whatIsOnTheScreenIsReportedAndNothingElse() {
        val ben = people(1).single()
        val chat = Chat.user("alice")
        val sent = runBlocking { (1..40).map { ben.send("message $it", chat) } }
        until("all came") { shadowOf(stage.notifications).size() == sent.size }
        val screen = conversation(Chat.user("ben"))
        val reported = { runBlocking { ben.readReceipts(sent) }.filter { it.isPeerRead }.map { it.msgId }.toSet() }
        until("the newest is read") { sent.last().msgId in reported() }
        val first = reported()
        assertFalse("what was not scrolled to is not read", sent.first().msgId in first)
        assertTrue("a screenful: ${first.size}", first.size in 2..20)

        // Up to the beginning, page by page.
        val activity = screen.get()
        until("the oldest is read") {
            activity.list.setSelection(0)
            sent.first().msgId in reported()
        }
        screen.pause().stop().destroy()
    }

    @Test
    fun inTheBackgroundNothingIsRead() {
        val ben = people(1).single()
        val screen = conversation(Chat.user("ben"))
        screen.pause()
        val sent = runBlocking { ben.send("Are you there?", Chat.user("alice")) }
        until("it came") { screen.get().conversation.messages.size == 1 }
        // A later message's receipt would overtake one that was made before.
        settle()
        assertFalse(runBlocking { ben.readReceipts(listOf(sent)) }.single().isPeerRead)
        screen.resume()
        until("it is read") { runBlocking { ben.readReceipts(listOf(sent)) }.single().isPeerRead }
        screen.pause().stop().destroy()
    }

    @Test
    fun onePersonHasTicksWithoutWords() {
        val ben = people(1).single()
        val screen = conversation(Chat.user("ben"))
        write(screen.get(), "Hello")
        until("it is drawn") { texts(screen.get()) == listOf("[Back]", "Ben", "Hello", "12:04", "[Sent]", "[Send]") }
        read(ben, Chat.user("alice"), "Hello")
        until("it is read") { "[Read]" in texts(screen.get()) }
        screen.pause().stop().destroy()
    }

    @Test
    fun whatFailsSaysSoAndCanBeSentAgain() {
        people(1)
        val screen = conversation(Chat.user("ben"))
        val activity = screen.get()
        stage.signOut()
        activity.entry.setText("Hello")
        activity.send()
        until("it failed") { "Not sent. Tap to try again" in texts(activity) }
        stage.signIn()
        (activity.list.getChildAt(0) as MessageRow).readers.performClick()
        until("it is sent") { "[Sent]" in texts(activity) }
        assertEquals(1, activity.conversation.messages.size)
        screen.pause().stop().destroy()
    }
}
