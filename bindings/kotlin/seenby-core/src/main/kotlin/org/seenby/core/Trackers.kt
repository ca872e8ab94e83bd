@file:JvmName("Trackers")

package org.seenby.core

/**
 * A tracker for a list of this conversation, or of any (null). UniFFI's constructor takes the client's handle unseen, and a handle that
 * was let go of is memory that is not ours any more: so it is called inside a call of the client's, which looks whether it was closed,
 * and has a handle of its own that nobody can let go of meanwhile.
 */
@Throws(Failure::class)
public fun trackerOf(client: SeenByClient, conversationId: String?): MessageTracker =
    client.callWithHandle { handle -> SeenByClient(UniffiWithHandle, handle).use { MessageTracker(it, conversationId) } }
