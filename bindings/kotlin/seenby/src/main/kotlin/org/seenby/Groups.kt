package org.seenby

import org.seenby.core.Answer
import org.seenby.core.SeenByClient

/** Groups (R25): [SeenBy.groups]. */
public class Groups internal constructor(private val client: SeenByClient) {
    /** Creates a group; without an id the service makes one. Answers the id. */
    public suspend fun create(
        type: GroupType,
        name: String,
        members: Collection<String> = emptyList(),
        groupId: String? = null,
    ): String = client.await({
        createGroup(type.documented, text("groupId", groupId), text("name", name), texts("members", members), it)
    }) { (it as Answer.Text).text }

    /** Joins a group of a kind that anyone joins. */
    public suspend fun join(groupId: String): Unit = client.done { joinGroup(text("groupId", groupId), it) }

    /** Leaves a group. */
    public suspend fun quit(groupId: String): Unit = client.done { quitGroup(text("groupId", groupId), it) }

    /** Ends a group of one's own. */
    public suspend fun dismiss(groupId: String): Unit = client.done { dismissGroup(text("groupId", groupId), it) }

    /** Brings users into a Work group. */
    public suspend fun invite(groupId: String, users: Collection<String>): List<MemberResult> =
        client.await({ inviteToGroup(text("groupId", groupId), texts("users", users), it) }, ::outcomes)

    /** Removes members. */
    public suspend fun kick(groupId: String, users: Collection<String>): List<MemberResult> =
        client.await({ kickFromGroup(text("groupId", groupId), texts("users", users), it) }, ::outcomes)

    /** Makes a member an admin, or an admin a member. */
    public suspend fun setRole(groupId: String, userId: String, role: Role): Unit =
        client.done { setMemberRole(text("groupId", groupId), text("userId", userId), role.number, it) }

    /** The groups one is in. */
    public suspend fun joined(): List<GroupInfo> =
        client.await({ getJoinedGroups(it) }) { answer -> (answer as Answer.Groups).groups.map { it.toApp() } }

    /** A page of members, from [nextSeq] (0 at first). */
    public suspend fun members(groupId: String, nextSeq: Long = 0, count: Int = 100): GroupMemberPage =
        client.await({ getGroupMembers(text("groupId", groupId), nextSeq, count, it) }, ::page)

    /** These members. */
    public suspend fun membersInfo(groupId: String, users: Collection<String>): List<GroupMember> =
        client.await({ getGroupMembersInfo(text("groupId", groupId), texts("users", users), it) }) { page(it).members }

    private fun page(answer: Answer): GroupMemberPage {
        answer as Answer.GroupMembers
        return GroupMemberPage(answer.members.map { it.toApp() }, answer.nextSeq)
    }

    private fun outcomes(answer: Answer): List<MemberResult> = (answer as Answer.MemberResults).results.map {
        val outcome = when (it.result) {
            1 -> MemberOutcome.DONE
            2 -> MemberOutcome.WAS_MEMBER
            else -> MemberOutcome.FAILED
        }
        MemberResult(it.userId, outcome)
    }
}
