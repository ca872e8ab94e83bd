package org.seenby.core

/** INVALID_PARAMETERS of docs/SPEC.md. */
private const val INVALID_PARAMETERS = 6017

/**
 * Text that may cross. Java's strings may hold halves of a character (lone surrogates), which are no text: those are refused
 * here with 6017, before anything was handed over. [what] names the text in the sentence.
 */
public object Text {
    /** [text], if it is text; null stays null. */
    @JvmStatic
    @Throws(Failure::class)
    public fun checked(what: String, text: String?): String? {
        if (text != null) check(what, text)
        return text
    }

    /** Refuses [text] unless it is text. */
    @JvmStatic
    @Throws(Failure::class)
    public fun check(what: String, text: String) {
        val at = loneSurrogate(text)
        if (at < 0) return
        val unit = String.format("U+%04X", text[at].code)
        throw Failure.Refused(
            INVALID_PARAMETERS,
            "$what holds half of a character ($unit, at $at of ${text.length}); it must be whole text, which UTF-8 can write",
            0,
        )
    }

    /** Where the first lone surrogate is, or -1. */
    @JvmStatic
    public fun loneSurrogate(text: String): Int {
        var at = 0
        while (at < text.length) {
            val unit = text[at]
            if (unit.isSurrogate()) {
                val pair = unit.isHighSurrogate() && at + 1 < text.length && text[at + 1].isLowSurrogate()
                if (!pair) return at
                at++
            }
            at++
        }
        return -1
    }
}
