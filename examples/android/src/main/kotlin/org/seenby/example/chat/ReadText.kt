package org.seenby.example.chat

import org.seenby.v2tim.SeenByDrawState
import org.seenby.v2tim.SeenByDrawState.Kind

/** What a state (R31) looks like: a glyph, and in groups a line of words. */
object ReadText {
    /** The ticks. */
    fun glyph(state: SeenByDrawState): Glyph.Kind? = when (state.kind) {
        Kind.SENDING -> Glyph.Kind.CLOCK
        Kind.FAILED -> Glyph.Kind.FAILED
        Kind.SENT -> Glyph.Kind.TICK
        Kind.READ_BY, Kind.READ_BY_PEER, Kind.ALL_READ -> Glyph.Kind.TICKS
        Kind.UNAVAILABLE, null -> null
    }

    /** Their colour: blue when nobody is missing. */
    fun color(state: SeenByDrawState): Int = when (state.kind) {
        Kind.READ_BY_PEER, Kind.ALL_READ -> Style.READ
        Kind.FAILED -> Style.FAILED
        else -> Style.FAINT
    }

    /** The words under the message; empty: none. */
    fun line(state: SeenByDrawState, inGroup: Boolean): String = when (state.kind) {
        Kind.FAILED -> "Not sent. Tap to try again"
        Kind.SENT -> if (inGroup) "Not read yet" else ""
        Kind.READ_BY -> "Read by ${state.read} of ${state.of}"
        Kind.ALL_READ -> "Read by everyone"
        else -> ""
    }

    /** What a screen reader says of the ticks. */
    fun description(state: SeenByDrawState): String = when (state.kind) {
        Kind.SENDING -> "On its way"
        Kind.FAILED -> "Not sent"
        Kind.SENT -> "Sent"
        Kind.READ_BY_PEER -> "Read"
        Kind.READ_BY -> "Read by ${state.read} of ${state.of}"
        Kind.ALL_READ -> "Read by everyone"
        Kind.UNAVAILABLE, null -> ""
    }
}
