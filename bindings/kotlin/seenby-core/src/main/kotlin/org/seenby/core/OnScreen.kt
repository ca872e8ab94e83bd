package org.seenby.core

/** What a list shows, told to a tracker as what came and what went. */
public class OnScreen(private val tracker: MessageTracker) {
    private var shown = emptyMap<String, MessageRef>()

    /** Exactly these are on the screen now. Those without an id are left out. */
    @Synchronized
    @Throws(Failure::class)
    public fun show(messages: List<MessageRef>) {
        val now = LinkedHashMap<String, MessageRef>()
        for (message in messages) {
            val id = message.msgId
            if (!id.isNullOrEmpty()) now[id] = message
        }
        val went = shown.filterKeys { it !in now }.values.toList()
        val came = now.filterKeys { it !in shown }.values.toList()
        if (went.isNotEmpty()) tracker.hidden(went)
        // Until this is over nothing counts as told: what is refused is told again.
        shown = shown.filterKeys { it in now }
        if (came.isNotEmpty()) tracker.visible(came)
        shown = now
    }
}
