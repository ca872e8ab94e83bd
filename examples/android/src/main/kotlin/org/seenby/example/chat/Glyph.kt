package org.seenby.example.chat

import android.graphics.Canvas
import android.graphics.ColorFilter
import android.graphics.Paint
import android.graphics.Path
import android.graphics.PixelFormat
import android.graphics.drawable.Drawable

/** The app's few pictures, drawn as lines. */
class Glyph(private val kind: Kind, color: Int, private val density: Float) : Drawable() {
    /** Which; width and height in dp. */
    enum class Kind(val width: Float, val height: Float) {
        TICK(13f, 11f), TICKS(18f, 11f), CLOCK(12f, 12f), FAILED(14f, 14f), BACK(24f, 24f), SEND(24f, 24f)
    }

    private val paint = Paint(Paint.ANTI_ALIAS_FLAG).apply {
        this.color = color
        style = Paint.Style.STROKE
        strokeCap = Paint.Cap.ROUND
        strokeJoin = Paint.Join.ROUND
        strokeWidth = if (kind == Kind.BACK) 2f else 1.6f
    }

    private fun tick(left: Float) = Path().apply {
        moveTo(left + 1f, 6f)
        lineTo(left + 4.5f, 9.5f)
        lineTo(left + 11.5f, 1.5f)
    }

    override fun draw(canvas: Canvas) {
        canvas.save()
        canvas.translate(bounds.left.toFloat(), bounds.top.toFloat())
        canvas.scale(density, density)
        when (kind) {
            Kind.TICK -> canvas.drawPath(tick(0f), paint)
            Kind.TICKS -> {
                canvas.drawPath(tick(0f), paint)
                // The second one, without what the first would cross.
                canvas.drawPath(Path().apply {
                    moveTo(8.6f, 8.6f)
                    lineTo(9.5f, 9.5f)
                    lineTo(16.5f, 1.5f)
                }, paint)
            }
            Kind.CLOCK -> {
                paint.strokeWidth = 1.2f
                canvas.drawCircle(6f, 6f, 5f, paint)
                canvas.drawPath(Path().apply { moveTo(6f, 3f); lineTo(6f, 6f); lineTo(8f, 7.2f) }, paint)
            }
            Kind.FAILED -> {
                canvas.drawCircle(7f, 7f, 6f, paint)
                canvas.drawLine(7f, 3.8f, 7f, 7.6f, paint)
                canvas.drawPoint(7f, 10.2f, paint)
            }
            Kind.BACK -> {
                canvas.drawLine(5f, 12f, 19f, 12f, paint)
                canvas.drawPath(Path().apply { moveTo(11f, 6f); lineTo(5f, 12f); lineTo(11f, 18f) }, paint)
            }
            Kind.SEND -> {
                paint.style = Paint.Style.FILL
                canvas.drawPath(Path().apply {
                    moveTo(4f, 4.5f)
                    lineTo(21f, 12f)
                    lineTo(4f, 19.5f)
                    lineTo(6.6f, 12.9f)
                    lineTo(14f, 12f)
                    lineTo(6.6f, 11.1f)
                    close()
                }, paint)
            }
        }
        canvas.restore()
    }

    override fun getIntrinsicWidth(): Int = Math.round(kind.width * density)

    override fun getIntrinsicHeight(): Int = Math.round(kind.height * density)

    override fun setAlpha(alpha: Int) {
        paint.alpha = alpha
    }

    override fun setColorFilter(filter: ColorFilter?) {
        paint.colorFilter = filter
    }

    @Deprecated("Deprecated in Android")
    override fun getOpacity(): Int = PixelFormat.TRANSLUCENT
}
