package org.seenby.example.chat

import android.content.Context
import android.graphics.Typeface
import android.graphics.drawable.Drawable
import android.graphics.drawable.GradientDrawable
import android.util.TypedValue
import android.view.Gravity
import android.view.View
import android.view.ViewGroup
import android.widget.ImageView
import android.widget.LinearLayout
import android.widget.TextView
import java.text.DateFormat
import java.util.Date

/** Colours, measures and small views. The app has no resources: all of it is here. */
object Style {
    const val PAPER = 0xFFF2F5F9.toInt()
    const val WHITE = 0xFFFFFFFF.toInt()
    const val LINE = 0xFFE3E8EF.toInt()
    const val INK = 0xFF18202B.toInt()
    const val FAINT = 0xFF7A8797.toInt()
    const val ACCENT = 0xFF2563EB.toInt()
    const val READ = 0xFF1D8CF0.toInt()
    const val OWN = 0xFFDBE8FF.toInt()
    const val FAILED = 0xFFD93A3A.toInt()

    /** How times of day are written. */
    @JvmStatic
    var time: DateFormat = DateFormat.getTimeInstance(DateFormat.SHORT)

    @JvmStatic
    fun time(ms: Long): String = time.format(Date(ms))

    @JvmStatic
    fun dp(context: Context, dp: Number): Int = Math.round(dp.toFloat() * context.resources.displayMetrics.density)

    @JvmStatic
    @JvmOverloads
    fun text(context: Context, sp: Int, color: Int, bold: Boolean = false): TextView = TextView(context).apply {
        setTextSize(TypedValue.COMPLEX_UNIT_SP, sp.toFloat())
        setTextColor(color)
        includeFontPadding = false
        if (bold) typeface = Typeface.create("sans-serif-medium", Typeface.NORMAL)
    }

    @JvmStatic
    fun row(context: Context): LinearLayout = LinearLayout(context).apply { gravity = Gravity.CENTER_VERTICAL }

    @JvmStatic
    fun column(context: Context): LinearLayout = LinearLayout(context).apply { orientation = LinearLayout.VERTICAL }

    @JvmStatic
    fun rounded(context: Context, color: Int, dp: Number): GradientDrawable = GradientDrawable().apply {
        setColor(color)
        cornerRadius = dp(context, dp).toFloat()
    }

    @JvmStatic
    fun glyph(context: Context, kind: Glyph.Kind, color: Int): ImageView = ImageView(context).apply {
        setImageDrawable(Glyph(kind, color, context.resources.displayMetrics.density))
        scaleType = ImageView.ScaleType.CENTER
    }

    @JvmStatic
    @JvmOverloads
    fun size(width: Int, height: Int, weight: Float = 0f): LinearLayout.LayoutParams =
        LinearLayout.LayoutParams(width, height, weight)

    /** The top of a screen: back, a picture of who it is about, two lines. */
    @JvmStatic
    fun header(context: Context, back: View.OnClickListener?, face: View?, title: TextView, subtitle: TextView?): View {
        val row = row(context).apply {
            setBackgroundColor(WHITE)
            minimumHeight = dp(context, 56)
            setPadding(dp(context, if (back == null) 16 else 4), dp(context, 6), dp(context, 16), dp(context, 6))
        }
        if (back != null) {
            val arrow = glyph(context, Glyph.Kind.BACK, INK)
            arrow.contentDescription = "Back"
            arrow.setOnClickListener(back)
            row.addView(arrow, size(dp(context, 44), dp(context, 44)))
        }
        if (face != null) {
            row.addView(face, size(dp(context, 38), dp(context, 38)).apply { marginEnd = dp(context, 12) })
        }
        val lines = column(context)
        lines.addView(title)
        if (subtitle != null) lines.addView(subtitle, size(MATCH, WRAP).apply { topMargin = dp(context, 3) })
        row.addView(lines, size(0, WRAP, 1f))
        return row
    }

    /** A thin line across. */
    @JvmStatic
    fun line(context: Context): View = View(context).apply {
        setBackgroundColor(LINE)
        layoutParams = size(MATCH, maxOf(1, dp(context, 0.75)))
    }

    @JvmStatic
    fun background(view: View, drawable: Drawable) {
        view.background = drawable
    }

    const val MATCH: Int = ViewGroup.LayoutParams.MATCH_PARENT
    const val WRAP: Int = ViewGroup.LayoutParams.WRAP_CONTENT
}
