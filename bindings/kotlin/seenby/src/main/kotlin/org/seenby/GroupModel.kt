package org.seenby

/** The kinds of groups (R25). */
public enum class GroupType(
    /** The documented name. */
    public val documented: String,
) {
    WORK("Work"),
    PUBLIC("Public"),
    MEETING("Meeting"),
    COMMUNITY("Community"),
    AV_CHAT_ROOM("AVChatRoom"),
}

/** What a member may do. */
public enum class Role(
    /** The documented number. */
    public val number: Int,
) {
    MEMBER(200),
    ADMIN(300),
    OWNER(400),
    ;

    internal companion object {
        fun of(number: Int): Role? = entries.firstOrNull { it.number == number }
    }
}

/** A group, as the caller sees it; [role] is the caller's. */
public data class GroupInfo(
    val groupId: String,
    val groupType: String,
    val name: String,
    val owner: String,
    val createdMs: Long,
    val memberCount: Int,
    val role: Role,
)

/** A member of a group. Names may be empty (R27). */
public data class GroupMember(
    val userId: String,
    val nickName: String,
    val faceUrl: String,
    val joinedMs: Long,
    val role: Role,
)

/** A page of members; [nextSeq] is what the next call passes, 0 when there are no more. */
public data class GroupMemberPage(val members: List<GroupMember>, val nextSeq: Long)

/** What became of one user of an invitation or a kick. */
public data class MemberResult(val userId: String, val outcome: MemberOutcome)

/** See [MemberResult]. */
public enum class MemberOutcome {
    FAILED,
    DONE,
    WAS_MEMBER,
}

/**
 * A conversation (R26).
 *
 * @property lastMessage the last that counts.
 * @property ownReadSeq the caller's mark.
 * @property peerReadSeq one to one: the peer's mark, set at [peerReadMs].
 * @property unreadCount messages of others after the caller's mark that count.
 */
public data class Conversation(
    val conversationId: String,
    val userId: String,
    val groupId: String,
    val lastMessage: Message?,
    val group: GroupInfo?,
    val lastSeq: Long,
    val ownReadSeq: Long,
    val peerReadSeq: Long,
    val peerReadMs: Long,
    val unreadCount: Int,
)

/** A page of conversations. */
public data class ConversationPage(val conversations: List<Conversation>, val nextSeq: Long, val isFinished: Boolean)

/** What a user says of itself (R27); either may be empty. */
public data class Profile(val userId: String, val nickName: String, val faceUrl: String)
