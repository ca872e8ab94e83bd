package org.seenby

import org.seenby.core.Failure
import org.seenby.core.InternalException

/**
 * Why a call was refused, or failed.
 *
 * @property code the documented number: docs/SPEC.md, "Errors"; those that apps look at are in [ErrorCodes].
 * @property text a sentence for people: it names the offending value and says what would be right.
 * @property retryAfterMs with [ErrorCodes.TOO_FREQUENT]: when to try again, in ms. 0 otherwise.
 */
public class SeenByException @JvmOverloads constructor(
    public val code: Int,
    public val text: String,
    public val retryAfterMs: Long = 0,
    cause: Throwable? = null,
) : Exception("$text ($code)", cause)

/** What is thrown by the layer below, as apps see it. */
internal fun Throwable.forApps(): Throwable = when (this) {
    is Failure.Refused -> SeenByException(code, text, retryAfterMs)
    // The object behind the handle was let go of by `close`.
    is IllegalStateException -> SeenByException(ErrorCodes.CLOSED, "this client was closed; connect another one")
    is InternalException -> SeenByException(ErrorCodes.PANIC, "a panic was caught in SeenBy; please report it, with the log")
    else -> this
}

/** Does what answers at once; what it throws is what apps see. */
internal inline fun <T> atOnce(what: () -> T): T = try {
    what()
} catch (e: Failure) {
    throw e.forApps()
} catch (e: IllegalStateException) {
    throw e.forApps()
} catch (e: InternalException) {
    throw e.forApps()
}
