package org.seenby.example.chat

import android.content.Context
import android.graphics.Canvas
import android.graphics.Paint
import android.graphics.Typeface
import android.view.View

/** A person or a group: a circle in a colour of theirs, and a letter. */
class Face(context: Context) : View(context) {
    private val paint = Paint(Paint.ANTI_ALIAS_FLAG).apply {
        textAlign = Paint.Align.CENTER
        typeface = Typeface.create("sans-serif-medium", Typeface.NORMAL)
    }
    private var letter = ""
    private var color = COLORS[0]

    /** By id, so that the colour stays when the name changes. */
    fun show(id: String, name: String) {
        val shown = name.ifEmpty { id }
        letter = if (shown.isEmpty()) "" else shown.substring(0, shown.offsetByCodePoints(0, 1)).uppercase()
        color = COLORS[Math.floorMod(id.hashCode(), COLORS.size)]
        invalidate()
    }

    override fun onDraw(canvas: Canvas) {
        val radius = minOf(width, height) / 2f
        paint.color = color
        canvas.drawCircle(width / 2f, height / 2f, radius, paint)
        paint.color = Style.WHITE
        paint.textSize = radius * 0.95f
        canvas.drawText(letter, width / 2f, height / 2f - (paint.ascent() + paint.descent()) / 2, paint)
    }

    private companion object {
        val COLORS = intArrayOf(
            0xFF5B7FDB.toInt(), 0xFFD9705F.toInt(), 0xFF3FA38C.toInt(), 0xFFB077C9.toInt(),
            0xFFD79B3B.toInt(), 0xFF5C9ECB.toInt(), 0xFF8A9A4B.toInt(), 0xFFC8668F.toInt(),
        )
    }
}
