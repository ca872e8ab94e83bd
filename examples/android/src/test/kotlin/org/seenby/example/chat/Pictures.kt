package org.seenby.example.chat

import android.app.Activity
import android.graphics.Bitmap
import android.graphics.Canvas
import org.junit.Assert.assertTrue
import java.awt.image.BufferedImage
import java.io.File
import javax.imageio.ImageIO
import kotlin.math.abs

/**
 * The documents' pictures are those of the screens. Each is drawn anew into target/pictures; a test fails where the one in
 * docs/pictures shows something else. `-Dpictures.take` puts the new ones there.
 */
object Pictures {
    /** Pixels may differ in this share: fonts are not drawn alike on every machine. */
    private const val TOLERANCE = 0.01

    /** A colour is another one from here on, of 255. */
    private const val NOTICED = 48

    fun check(activity: Activity, name: String) {
        val drawn = picture(activity)
        val file = File("target/pictures", "$name.png")
        file.parentFile.mkdirs()
        ImageIO.write(drawn, "png", file)
        val documented = File(System.getProperty("pictures"), file.name)
        if (System.getProperty("pictures.take") != null) file.copyTo(documented, overwrite = true)
        assertTrue("$documented is there; look at $file, then run with -Dpictures.take", documented.isFile)
        val share = difference(ImageIO.read(documented), drawn)
        assertTrue("$documented shows the screen: it differs from $file in $share of all pixels", share <= TOLERANCE)
    }

    /** What is on the screen. */
    private fun picture(activity: Activity): BufferedImage {
        val view = activity.window.decorView
        val bitmap = Bitmap.createBitmap(view.width, view.height, Bitmap.Config.ARGB_8888)
        view.draw(Canvas(bitmap))
        val pixels = IntArray(view.width * view.height)
        bitmap.getPixels(pixels, 0, view.width, 0, 0, view.width, view.height)
        val image = BufferedImage(view.width, view.height, BufferedImage.TYPE_INT_RGB)
        image.setRGB(0, 0, view.width, view.height, pixels, 0, view.width)
        return image
    }

    private fun difference(one: BufferedImage, other: BufferedImage): Double {
        if (one.width != other.width || one.height != other.height) return 1.0
        val different = (0 until one.height).sumOf { y -> (0 until one.width).count { x -> differs(one.getRGB(x, y), other.getRGB(x, y)) } }
        return different.toDouble() / (one.width * one.height)
    }

    private fun differs(one: Int, other: Int): Boolean =
        listOf(0, 8, 16).any { shift -> abs((one shr shift and 0xff) - (other shr shift and 0xff)) >= NOTICED }
}
