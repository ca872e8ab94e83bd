package org.seenby.core

import com.sun.jna.Structure
import org.junit.jupiter.api.Assertions.assertSame
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import java.io.File

/** Android 5 and 6: our own classes are checked when they are compiled (pom.xml, animal-sniffer); this is about JNA's. */
class OldestAndroidTest {
    private companion object {
        /** Where a minSdk of 21 is said, or what it takes. */
        val SAYING = listOf("docs/android.md", "docs/packaging.md", "examples/android/build.gradle.kts")
        val SAYS = Regex("core ?library ?desugaring", RegexOption.IGNORE_CASE)
    }

    @Test
    fun `whoever says minSdk 21 says what JNA needs for it`() {
        val structure = Structure::class.java.getResourceAsStream("Structure.class")!!.use { String(it.readBytes(), Charsets.ISO_8859_1) }
        val needs = "java/util/function" in structure
        for (name in SAYING) {
            val says = SAYS.containsMatchIn(File("../../../$name").readText())
            assertTrue(says == needs, "JNA ${if (needs) "needs" else "does without"} java.util.function (Android 7.0); $name says otherwise")
        }
    }

    @Test
    fun `an app that forgot is told`() {
        val failed = NoClassDefFoundError("java/util/function/Function")
        val told = Threads.explained(failed, hasFunctions = false)
        assertTrue("isCoreLibraryDesugaringEnabled" in told.message!!)
        assertSame(failed, told.cause)
        assertSame(failed, Threads.explained(failed, hasFunctions = true))
        val missing = UnsatisfiedLinkError("libseenby_jvm.so")
        assertSame(missing, Threads.explained(missing, hasFunctions = false))
    }
}
