package org.seenby

/** What happens without having been asked for. */
public sealed class SeenByEvent {
    /** R30: once per change each. */
    public object Connecting : SeenByEvent()

    /** The line is up. */
    public object Connected : SeenByEvent()

    /** It could not be opened, or is gone. */
    public data class ConnectFailed(val code: Int, val text: String) : SeenByEvent()

    /** Another session of this user and device took over. */
    public object KickedOffline : SeenByEvent()

    /** Log in again. */
    public object UserSigExpired : SeenByEvent()

    /** A message came (R18). */
    public data class NewMessage(val message: Message) : SeenByEvent()

    /** Summaries of one's own messages changed (R12). */
    public data class ReceiptsChanged(val receipts: List<Receipt>) : SeenByEvent()

    /** Peers read their conversations with us (R14). */
    public data class ConversationsRead(val marks: List<ConversationMark>) : SeenByEvent()

    /** Another device of this user sent receipts for these (R13). */
    public data class ReceiptsSent(val conversationId: String, val msgIds: List<String>) : SeenByEvent()

    /** A message was taken back (R32). */
    public data class MessageRevoked(
        val conversationId: String,
        val msgId: String,
        val seq: Long,
        val operatorId: String,
    ) : SeenByEvent()

    /** These are new, or not as they were (R26). */
    public data class ConversationsChanged(val conversations: List<Conversation>) : SeenByEvent()

    /** How many messages are unread in all (R26). */
    public data class TotalUnreadChanged(val count: Long) : SeenByEvent()

    /** Something happened in a group (R25). */
    public data class GroupChanged(
        val groupId: String,
        val kind: GroupChangeKind,
        val members: List<String>,
        val by: String,
        val role: Role?,
        val memberCount: Int,
    ) : SeenByEvent()

    /** R15: changed from another device. */
    public data class ReadReceiptsEnabledChanged(val enabled: Boolean) : SeenByEvent()

    /** Only in flows: the collector was too slow, and this many events before the next one are lost to it ([SeenBy.events]). */
    public data class Missed(val count: Long) : SeenByEvent()

    override fun toString(): String = javaClass.simpleName
}

/** What happened in a group. */
public enum class GroupChangeKind { COUNT, CREATED, JOINED, INVITED, QUIT, KICKED, ROLE_CHANGED, DISMISSED }

/** A peer's mark (R14): what was sent to [userId] until [timestampMs] is read. */
public data class ConversationMark(val conversationId: String, val userId: String, val timestampMs: Long)

/** A change of what is known of who has read what: [SeenBy.receipts]. */
public sealed class ReceiptChange {
    /** A message of one's own has another summary (R12). */
    public data class OfMessage(val receipt: Receipt) : ReceiptChange()

    /** A peer read the conversation (R14). */
    public data class OfConversation(val mark: ConversationMark) : ReceiptChange()

    /** The collector was too slow: ask for the receipts of what is on the screen ([SeenBy.readReceipts]). */
    public data class Missed(val count: Long) : ReceiptChange()
}

/** A change of what there is to read: [SeenBy.messages]. */
public sealed class MessageChange {
    /** One came (R18). */
    public data class New(val message: Message) : MessageChange()

    /** One was taken back (R32). */
    public data class Revoked(val conversationId: String, val msgId: String, val seq: Long, val operatorId: String) : MessageChange()

    /** The collector was too slow: load what is on the screen again ([SeenBy.history]). */
    public data class Missed(val count: Long) : MessageChange()
}
