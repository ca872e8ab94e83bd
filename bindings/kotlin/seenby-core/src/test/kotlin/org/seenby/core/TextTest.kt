package org.seenby.core

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Test

class TextTest {
    @Test
    fun `whole text passes`() {
        for (text in listOf("", "a", "ü€", "😀", "a😀b😀", "\uFFFF\u0000")) {
            assertEquals(-1, Text.loneSurrogate(text))
            assertEquals(text, Text.checked("text", text))
        }
        assertNull(Text.checked("text", null))
    }

    @Test
    fun `half a character is refused with its place`() {
        val cases = mapOf("\uD800" to 0, "a\uDC00" to 1, "\uDC00\uD800" to 0, "😀\uD83D" to 2, "\uD83D😀" to 0, "ab\uD800c" to 2)
        for ((text, at) in cases) {
            assertEquals(at, Text.loneSurrogate(text))
            val refused = assertThrows(Failure.Refused::class.java) { Text.check("the text", text) }
            assertEquals(6017, refused.code)
            assertEquals(true, refused.text.contains("the text") && refused.text.contains("at $at of"), refused.text)
        }
    }
}
