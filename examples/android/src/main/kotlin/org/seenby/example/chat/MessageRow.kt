package org.seenby.example.chat

import android.content.Context
import android.view.Gravity
import android.view.View
import android.widget.LinearLayout
import org.seenby.v2tim.SeenByDrawState
import org.seenby.v2tim.V2TIMMessage

/** A message: who, the text, when, the ticks, and in groups how many have read it. */
class MessageRow(context: Context) : LinearLayout(context) {
    private fun dp(dp: Number) = Style.dp(context, dp)

    private val face = Face(context)
    private val name = Style.text(context, 12, Style.FAINT, bold = true)
    private val text = Style.text(context, 16, Style.INK)
    private val time = Style.text(context, 11, Style.FAINT)
    private val ticks = Style.glyph(context, Glyph.Kind.TICK, Style.FAINT)
    private val bubble = Style.column(context)
    private val column = Style.column(context)

    /** "Read by 3 of 5". */
    val readers = Style.text(context, 12, Style.ACCENT)

    init {
        setPadding(dp(12), dp(4), dp(12), dp(4))
        addView(face, Style.size(dp(32), dp(32)).apply { marginEnd = dp(8); gravity = Gravity.BOTTOM })
        addView(column, Style.size(Style.WRAP, Style.WRAP))
        column.addView(name, Style.size(Style.WRAP, Style.WRAP).apply { leftMargin = dp(12); bottomMargin = dp(3) })
        bubble.setPadding(dp(12), dp(9), dp(10), dp(7))
        column.addView(bubble, Style.size(Style.WRAP, Style.WRAP))
        column.addView(readers, Style.size(Style.WRAP, Style.WRAP))
        readers.setPadding(dp(8), dp(5), dp(4), dp(3))
        text.setLineSpacing(0f, 1.1f)
        bubble.addView(text, Style.size(Style.WRAP, Style.WRAP))
        val foot = Style.row(context)
        foot.addView(time)
        foot.addView(ticks, Style.size(Style.WRAP, dp(14)).apply { marginStart = dp(4) })
        bubble.addView(foot, Style.size(Style.WRAP, Style.WRAP).apply { gravity = Gravity.END; topMargin = dp(4) })
    }

    /** Shows one. [state] is null for other people's: they have no ticks. */
    fun show(message: V2TIMMessage, state: SeenByDrawState?, inGroup: Boolean) {
        val own = message.isSelf
        text.maxWidth = (resources.displayMetrics.widthPixels * 0.7f).toInt()
        text.text = message.textElem?.text.orEmpty()
        time.text = Style.time(message.seenByTimestampMs)
        face.visibility = if (own || !inGroup) View.GONE else View.VISIBLE
        face.show(message.sender, message.nickName)
        name.visibility = face.visibility
        name.text = message.nickName.ifEmpty { message.sender }
        gravity = if (own) Gravity.END else Gravity.START
        column.gravity = gravity
        Style.background(bubble, Style.rounded(context, if (own) Style.OWN else Style.WHITE, 16))

        val glyph = state?.let(ReadText::glyph)
        ticks.visibility = if (glyph == null) View.GONE else View.VISIBLE
        if (state != null && glyph != null) {
            ticks.setImageDrawable(Glyph(glyph, ReadText.color(state), resources.displayMetrics.density))
            ticks.contentDescription = ReadText.description(state)
        }
        val line = state?.let { ReadText.line(it, inGroup) }.orEmpty()
        readers.text = line
        readers.visibility = if (line.isEmpty()) View.GONE else View.VISIBLE
        readers.setTextColor(if (state?.kind == SeenByDrawState.Kind.FAILED) Style.FAILED else Style.ACCENT)
    }
}
