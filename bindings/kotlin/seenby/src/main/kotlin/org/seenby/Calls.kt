package org.seenby

import kotlinx.coroutines.CancellableContinuation
import kotlinx.coroutines.suspendCancellableCoroutine
import org.seenby.core.Answer
import org.seenby.core.Completion
import org.seenby.core.Failure
import org.seenby.core.SeenByClient
import kotlin.coroutines.resume
import kotlin.coroutines.resumeWithException

/** Ends a suspended call. What comes after cancellation is dropped by the continuation. */
private class Resuming<T>(
    private val continuation: CancellableContinuation<T>,
    private val convert: (Answer) -> T,
) : Completion {
    override fun succeeded(answer: Answer) {
        // An answer of another kind would be a mistake of ours; the caller hears of it, and does not wait for ever.
        val result = runCatching { convert(answer) }
        result.fold({ continuation.resume(it) }, { continuation.resumeWithException(it) })
    }

    override fun failed(failure: Failure) {
        continuation.resumeWithException(failure.forApps())
    }

    override fun dropped() {
        val why = "the executor of this client dropped the call's end; it must run what it is given"
        continuation.resumeWithException(SeenByException(ErrorCodes.INTERRUPTED, why))
    }
}

/**
 * Begins a call and suspends until it has ended. A coroutine that is cancelled takes the call back: it is dropped if it was not
 * sent yet; what was sent takes effect all the same. Either way nothing of it is kept.
 */
internal suspend fun <T> SeenByClient.await(begin: SeenByClient.(Completion) -> Long, convert: (Answer) -> T): T =
    suspendCancellableCoroutine { continuation ->
        val call = atOnce { begin(Resuming(continuation, convert)) }
        continuation.invokeOnCancellation {
            try {
                if (call != 0L) cancel(call)
            } catch (_: IllegalStateException) {
                // The client was closed meanwhile: its calls have ended.
            }
        }
    }

/** A call that is answered by nothing but that it is done. */
internal suspend fun SeenByClient.done(begin: SeenByClient.(Completion) -> Long): Unit = await(begin) {}
