package org.seenby.example.chat

import android.app.Activity
import android.content.Context
import android.content.Intent
import android.graphics.Typeface
import android.os.Bundle
import android.view.Gravity
import android.view.View
import android.view.ViewGroup
import android.view.Window
import android.widget.AbsListView
import android.widget.BaseAdapter
import android.widget.EditText
import android.widget.ListView
import android.widget.Toast
import org.seenby.v2tim.SeenByDrawState
import org.seenby.v2tim.SeenByTracker
import org.seenby.v2tim.SeenByV2TIM
import org.seenby.v2tim.V2TIMManager
import org.seenby.v2tim.V2TIMMessage

/** A conversation: messages with their ticks. What is on the screen for long enough is reported as read (R33). */
class ConversationActivity : Activity(), Conversation.Screen {
    /** What is shown. */
    lateinit var conversation: Conversation
        private set

    /** The messages. */
    lateinit var list: ListView
        private set

    /** What is about to be sent. */
    lateinit var entry: EditText
        private set

    private lateinit var tracker: SeenByTracker
    private val rows = Rows()
    private val title by lazy { Style.text(this, 17, Style.INK, bold = true) }
    private val face by lazy { Face(this) }

    override fun onCreate(state: Bundle?) {
        super.onCreate(state)
        requestWindowFeature(Window.FEATURE_NO_TITLE)
        conversation = Conversation(intent.getStringExtra(CONVERSATION).orEmpty(), this)
        tracker = SeenByV2TIM.readTracker(V2TIMManager.getInstance(), conversation.id)
        setContentView(view())
        conversation.open()
    }

    override fun onResume() {
        super.onResume()
        Notifications.inFront(this, conversation.id)
        tracker.foreground(true)
        conversation.markRead()
    }

    override fun onPause() {
        tracker.foreground(false)
        Notifications.inFront(this, null)
        super.onPause()
    }

    override fun onDestroy() {
        tracker.close()
        conversation.close()
        super.onDestroy()
    }

    private fun view(): View {
        list = ListView(this).apply {
            divider = null
            isStackFromBottom = true
            transcriptMode = AbsListView.TRANSCRIPT_MODE_NORMAL
            clipToPadding = false
            setSelector(android.R.color.transparent)
            setPadding(0, Style.dp(context, 8), 0, Style.dp(context, 8))
            adapter = rows
            setOnScrollListener(Scrolling())
        }
        title.text = conversation.title
        face.show(conversation.id, conversation.title)
        return Style.column(this).apply {
            fitsSystemWindows = true
            // The keyboard waits until it is asked for.
            isFocusableInTouchMode = true
            setBackgroundColor(Style.PAPER)
            addView(Style.header(context, { finish() }, face, title, null))
            addView(Style.line(context))
            addView(list, Style.size(Style.MATCH, 0, 1f))
            addView(Style.line(context))
            addView(writing())
        }
    }

    private fun writing(): View {
        entry = EditText(this).apply {
            hint = "Message"
            setTextColor(Style.INK)
            setHintTextColor(Style.FAINT)
            textSize = 16f
            typeface = Typeface.SANS_SERIF
            maxLines = 4
            background = Style.rounded(context, Style.PAPER, 20)
            setPadding(Style.dp(context, 16), Style.dp(context, 9), Style.dp(context, 16), Style.dp(context, 9))
        }
        val send = Style.glyph(this, Glyph.Kind.SEND, Style.WHITE).apply {
            contentDescription = "Send"
            background = Style.rounded(context, Style.ACCENT, 20)
            setOnClickListener { send() }
        }
        return Style.row(this).apply {
            setBackgroundColor(Style.WHITE)
            gravity = Gravity.BOTTOM
            setPadding(Style.dp(context, 12), Style.dp(context, 8), Style.dp(context, 12), Style.dp(context, 8))
            addView(entry, Style.size(0, Style.WRAP, 1f).apply { marginEnd = Style.dp(context, 8) })
            addView(send, Style.size(Style.dp(context, 40), Style.dp(context, 40)))
        }
    }

    /** Sends what was written. */
    fun send() {
        val text = entry.text.toString().trim()
        if (text.isEmpty()) return
        entry.setText("")
        conversation.send(text)
        list.setSelection(rows.count - 1)
    }

    override fun changed() {
        title.text = conversation.title
        face.show(conversation.id, conversation.title)
        rows.notifyDataSetChanged()
    }

    override fun failed(code: Int, desc: String) {
        if (!isDestroyed) Toast.makeText(this, desc, Toast.LENGTH_LONG).show()
    }

    /** Readers of a message of one's own, or another try. */
    private fun tapped(message: V2TIMMessage) {
        if (conversation.state(message).kind == SeenByDrawState.Kind.FAILED) {
            conversation.send(message)
        } else {
            startActivity(ReadMembersActivity.of(this, message))
        }
    }

    private inner class Rows : BaseAdapter() {
        override fun getCount(): Int = conversation.messages.size

        override fun getItem(position: Int): V2TIMMessage = conversation.messages[position]

        override fun getItemId(position: Int): Long = position.toLong()

        override fun getView(position: Int, old: View?, parent: ViewGroup): View {
            val row = old as? MessageRow ?: MessageRow(this@ConversationActivity)
            val message = getItem(position)
            row.show(message, if (message.isSelf) conversation.state(message) else null, conversation.isGroup)
            row.readers.setOnClickListener { tapped(message) }
            return row
        }
    }

    /** Tells the tracker what is on the screen, and asks for older messages at the top. */
    private inner class Scrolling : AbsListView.OnScrollListener {
        private var visible = emptyMap<String, V2TIMMessage>()

        override fun onScroll(view: AbsListView, first: Int, count: Int, total: Int) {
            if (first == 0 && count in 1 until total) conversation.older()
            val messages = conversation.messages
            val now = (first until minOf(first + count, messages.size)).map { messages[it] }.associateBy { it.msgID }
            tracker.hidden(visible.filterKeys { it !in now }.values.toList())
            tracker.visible(now.filterKeys { it !in visible }.values.toList())
            visible = now
        }

        override fun onScrollStateChanged(view: AbsListView, state: Int) = Unit
    }

    companion object {
        private const val CONVERSATION = "conversation"

        /** Opens `c2c_<user>` or `group_<id>`. */
        @JvmStatic
        fun of(context: Context, conversationID: String): Intent =
            Intent(context, ConversationActivity::class.java).putExtra(CONVERSATION, conversationID)
    }
}
