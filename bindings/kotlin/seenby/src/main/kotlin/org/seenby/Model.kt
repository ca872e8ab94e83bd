package org.seenby

/** One to one with a user, or a group. */
public class Chat private constructor(
    /** `c2c_<user>` or `group_<id>`. */
    public val id: String,
    internal val userId: String?,
    internal val groupId: String?,
) {
    override fun equals(other: Any?): Boolean = other is Chat && other.id == id

    override fun hashCode(): Int = id.hashCode()

    override fun toString(): String = id

    public companion object {
        /** One to one with this user. */
        @JvmStatic
        public fun user(userId: String): Chat = Chat("c2c_$userId", userId, null)

        /** This group. */
        @JvmStatic
        public fun group(groupId: String): Chat = Chat("group_$groupId", null, groupId)
    }
}

/** A message, as far as a call needs it: a [Message], or a [MessageRef] for those that SeenBy does not carry. */
public sealed interface MessageKey {
    /** Its id. */
    public val msgId: String

    /** `c2c_<user>` or `group_<id>`; empty: by id alone (R23). */
    public val conversationId: String
}

/**
 * A message of any chat, by reference (R19).
 *
 * @property sender who sent it, where [isSelf] is not known.
 * @property seq its number in the conversation; 0: not known.
 * @property isSelf whether it is one's own; null: not known.
 * @property needReadReceipt whether it has receipts; null: not known.
 */
public data class MessageRef @JvmOverloads constructor(
    override val msgId: String,
    override val conversationId: String = "",
    val sender: String? = null,
    val seq: Long = 0,
    val isSelf: Boolean? = null,
    val needReadReceipt: Boolean? = null,
) : MessageKey

/** What a message says. */
public sealed class Body {
    /** Nothing: a reference (R19), or revoked. */
    public object Nothing : Body() {
        override fun toString(): String = "Nothing"
    }

    /** Text. */
    public data class Text(val text: String) : Body()

    /** Whatever the app means by it. */
    public class Custom @JvmOverloads constructor(
        public val data: ByteArray,
        public val description: String = "",
        public val extension: String = "",
    ) : Body() {
        override fun equals(other: Any?): Boolean = other is Custom && data.contentEquals(other.data) &&
            description == other.description && extension == other.extension

        override fun hashCode(): Int = data.contentHashCode()

        override fun toString(): String = "Custom(${data.size} bytes, $description, $extension)"
    }
}

/** How far a message is. */
public enum class MessageStatus(
    /** The documented number. */
    public val number: Int,
) {
    /** On its way. */
    SENDING(1),

    /** The service has it. */
    SENT(2),

    /** It did not get there. */
    FAILED(3),

    /** Deleted on this device. */
    DELETED(4),

    /** Taken back (R32). */
    REVOKED(6),
    ;

    internal companion object {
        fun of(number: Int): MessageStatus = entries.firstOrNull { it.number == number } ?: SENT
    }
}

/** How urgent a message is. */
public enum class Priority(
    /** The documented number. */
    public val number: Int,
) {
    DEFAULT(0),
    HIGH(1),
    NORMAL(2),
    LOW(3),
    ;

    internal companion object {
        fun of(number: Int): Priority = entries.firstOrNull { it.number == number } ?: DEFAULT
    }
}

/**
 * A message to send.
 *
 * @property needReadReceipt receipts are wanted (R1).
 * @property onlineUserOnly only for who is online (R20).
 * @property msgId null for a new one; the id it got, to send one again that failed (R16).
 * @property cloudCustomData data the app attaches.
 */
public class OutgoingMessage @JvmOverloads constructor(
    public val body: Body,
    public val needReadReceipt: Boolean = true,
    public val priority: Priority = Priority.DEFAULT,
    public val onlineUserOnly: Boolean = false,
    public val isExcludedFromUnreadCount: Boolean = false,
    public val isExcludedFromLastMessage: Boolean = false,
    public val cloudCustomData: ByteArray = ByteArray(0),
    public val msgId: String? = null,
) {
    public constructor(text: String) : this(Body.Text(text))
}

/**
 * A message.
 *
 * @property userId one to one: the peer.
 * @property groupId groups: the group.
 * @property nickName the sender's, when it was delivered (R27).
 * @property seq its number in the conversation.
 * @property timestampMs when the service accepted it.
 * @property needReadReceipt whether receipts are wanted; false again if it was downgraded (R8).
 * @property hasSentReceipt whether the caller's receipt for it was sent (R13).
 * @property isRead whether the caller's mark covers it (R14).
 * @property isPeerRead one to one: whether the peer's mark covers it (R14).
 * @property receipt the last known summary, in history (R18).
 */
public data class Message(
    override val msgId: String,
    override val conversationId: String,
    val userId: String,
    val groupId: String,
    val sender: String,
    val nickName: String,
    val faceUrl: String,
    val seq: Long,
    val timestampMs: Long,
    val status: MessageStatus,
    val priority: Priority,
    val isSelf: Boolean,
    val needReadReceipt: Boolean,
    val hasSentReceipt: Boolean,
    val isRead: Boolean,
    val isPeerRead: Boolean,
    val onlineUserOnly: Boolean,
    val isExcludedFromUnreadCount: Boolean,
    val isExcludedFromLastMessage: Boolean,
    val body: Body,
    val cloudCustomData: Bytes,
    val receipt: Receipt?,
) : MessageKey {
    /** The text, if it is one. */
    public val text: String? get() = (body as? Body.Text)?.text
}

/** Bytes that compare by what they hold. */
public class Bytes(
    /** They; not to be changed. */
    public val array: ByteArray,
) {
    override fun equals(other: Any?): Boolean = other is Bytes && array.contentEquals(other.array)

    override fun hashCode(): Int = array.contentHashCode()

    override fun toString(): String = "${array.size} bytes"
}

/**
 * A message's receipts, counted (R10).
 *
 * @property userId one to one: the peer.
 * @property groupId groups: the group.
 * @property seq the message's number; 0 if this device does not know it.
 * @property isPeerRead one to one: whether the peer has read it.
 * @property timestampMs one to one: when; 0 before.
 * @property readCount groups: how many have read it.
 * @property unreadCount groups: how many have not.
 * @property readers those added since the last push, if asked for (R12).
 * @property moreReaders there were more of them.
 * @property position of two summaries of a message the higher is the newer.
 */
public data class Receipt(
    val msgId: String,
    val conversationId: String,
    val userId: String,
    val groupId: String,
    val seq: Long,
    val isPeerRead: Boolean,
    val timestampMs: Long,
    val readCount: Long,
    val unreadCount: Long,
    val readers: List<Reader>,
    val moreReaders: Boolean,
    val position: Long,
)

/** A reader, and when its receipt was accepted (R6). */
public data class Reader(val userId: String, val timestampMs: Long)

/** Which list of a message's members. */
public enum class ReadFilter(
    /** The documented number. */
    public val number: Int,
) {
    /** Who has read it. */
    READ(0),

    /** Who has not. */
    UNREAD(1),
}

/** An entry of a read or unread list (R11); [timestampMs] is 0 in the unread list. */
public data class ReadMember(val userId: String, val nickName: String, val faceUrl: String, val timestampMs: Long)

/** A page of one; [nextSeq] is what the next call passes. */
public data class ReadMemberPage(val members: List<ReadMember>, val nextSeq: Long, val isFinished: Boolean)

/** A page of history; finished: there are no more in this direction. */
public data class MessagePage(val messages: List<Message>, val isFinished: Boolean)

/** What to draw beside a message of one's own (R31). */
public sealed class DrawState {
    /** On its way. */
    public object Sending : DrawState() {
        override fun toString(): String = "Sending"
    }

    /** It did not get there. */
    public object Failed : DrawState() {
        override fun toString(): String = "Failed"
    }

    /** The service has it. */
    public object Sent : DrawState() {
        override fun toString(): String = "Sent"
    }

    /** One to one: the peer has read it. */
    public object ReadByPeer : DrawState() {
        override fun toString(): String = "ReadByPeer"
    }

    /** Groups: [read] of [of] have read it. */
    public data class ReadBy(val read: Long, val of: Long) : DrawState()

    /** Groups: everybody has. */
    public object AllRead : DrawState() {
        override fun toString(): String = "AllRead"
    }

    /** Nothing can be said. */
    public object Unavailable : DrawState() {
        override fun toString(): String = "Unavailable"
    }
}
