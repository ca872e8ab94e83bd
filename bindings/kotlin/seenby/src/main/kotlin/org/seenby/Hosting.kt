package org.seenby

import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.launch
import org.seenby.core.CallbackDispatcher
import org.seenby.core.Reports
import org.seenby.core.Text
import org.seenby.core.UserSigReply
import org.seenby.core.Work
import java.util.concurrent.Executor
import org.seenby.core.UserSigProvider as CoreUserSigProvider

/** The app's executor, for the core. One that refuses drops the work: that counts as delivered. */
internal class Executing(private val executor: Executor) : CallbackDispatcher {
    override fun dispatch(work: Work) {
        try {
            executor.execute { work.use { it.run() } }
        } catch (thrown: Throwable) {
            work.use { it.discard() }
            Reports.thrown("the executor", thrown)
        }
    }
}

/** The app's provider of userSigs, for the core. */
internal class Renewing(private val provider: UserSigProvider, private val scope: CoroutineScope) : CoreUserSigProvider {
    override fun userSig(userId: String, reply: UserSigReply) {
        val asked = scope.launch {
            try {
                val userSig = provider.userSig(userId)
                if (userSig == null) {
                    reply.refuse("the app's provider has no userSig for this user now")
                } else {
                    Text.check("the userSig", userSig)
                    reply.accept(userSig)
                }
            } catch (cancelled: CancellationException) {
                throw cancelled
            } catch (thrown: Throwable) {
                reply.refuse("the app's provider of userSigs threw")
                Reports.thrown("the provider of userSigs", thrown)
            }
        }
        // Also where it was cancelled before it began: let go of without an answer, there is none.
        asked.invokeOnCompletion { reply.close() }
    }
}
