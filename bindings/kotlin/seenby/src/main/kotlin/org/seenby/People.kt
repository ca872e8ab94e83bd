package org.seenby

import org.seenby.core.Answer
import org.seenby.core.SeenByClient

/** Conversations (R26) and people (R27): [SeenBy.people]. */
public class People internal constructor(private val client: SeenByClient) {
    /** A page of one's conversations, from [nextSeq] (0 at first). */
    public suspend fun conversations(nextSeq: Long = 0, count: Int = 100): ConversationPage =
        client.await({ getConversations(nextSeq, count, it) }) { answer ->
            answer as Answer.Conversations
            ConversationPage(answer.conversations.map { it.toApp() }, answer.nextSeq, answer.isFinished)
        }

    /** One conversation. */
    public suspend fun conversation(chat: Chat): Conversation =
        client.await({ getConversation(text("chat", chat.id), it) }) { (it as Answer.OneConversation).conversation.toApp() }

    /** How many messages are unread in all. */
    public suspend fun totalUnread(): Long = client.await({ getTotalUnread(it) }) { (it as Answer.Count).count }

    /** Sets one's profile; null leaves it as it is. */
    public suspend fun setSelfInfo(nickName: String? = null, faceUrl: String? = null): Unit =
        client.done { setSelfInfo(text("nickName", nickName), text("faceUrl", faceUrl), it) }

    /** What these users say of themselves. */
    public suspend fun profiles(users: Collection<String>): List<Profile> =
        client.await({ getUsersInfo(texts("users", users), it) }) { answer ->
            (answer as Answer.Profiles).profiles.map { Profile(it.userId, it.nickName, it.faceUrl) }
        }
}
