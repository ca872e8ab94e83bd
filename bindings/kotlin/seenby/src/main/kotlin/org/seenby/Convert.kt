package org.seenby

import org.seenby.core.Text
import org.seenby.core.Body as CoreBody
import org.seenby.core.Conversation as CoreConversation
import org.seenby.core.DrawState as CoreDrawState
import org.seenby.core.Event as CoreEvent
import org.seenby.core.GroupChangeKind as CoreGroupChangeKind
import org.seenby.core.GroupInfo as CoreGroupInfo
import org.seenby.core.GroupMember as CoreGroupMember
import org.seenby.core.Message as CoreMessage
import org.seenby.core.MessageRef as CoreMessageRef
import org.seenby.core.OutgoingMessage as CoreOutgoingMessage
import org.seenby.core.Receipt as CoreReceipt

// What crosses, to and from. No rule is here.

/** Text that may cross; see [Text]. */
internal fun text(what: String, text: String): String = text.also { Text.check(what, it) }

@JvmName("textOrNull")
internal fun text(what: String, text: String?): String? = Text.checked(what, text)

internal fun texts(what: String, texts: Collection<String>): List<String> = texts.map { text(what, it) }

internal fun MessageKey.core(): CoreMessageRef = when (this) {
    is Message -> CoreMessageRef(
        msgId = text("msgId", msgId).ifEmpty { null },
        conversationId = text("conversationId", conversationId),
        sender = text("sender", sender),
        seq = seq,
        isSelf = isSelf,
        needReadReceipt = needReadReceipt,
    )
    is MessageRef -> CoreMessageRef(
        msgId = text("msgId", msgId),
        conversationId = text("conversationId", conversationId),
        sender = text("sender", sender),
        seq = seq,
        isSelf = isSelf,
        needReadReceipt = needReadReceipt,
    )
}

internal fun Collection<MessageKey>.core(): List<CoreMessageRef> = map { it.core() }

internal fun OutgoingMessage.core(): CoreOutgoingMessage = CoreOutgoingMessage(
    body = when (body) {
        is Body.Nothing -> CoreBody.Nothing
        is Body.Text -> CoreBody.Text(text("the message's text", body.text))
        is Body.Custom -> CoreBody.Custom(body.data, text("description", body.description), text("extension", body.extension))
    },
    msgId = text("msgId", msgId),
    needReadReceipt = needReadReceipt,
    priority = priority.number,
    onlineUserOnly = onlineUserOnly,
    isExcludedFromUnreadCount = isExcludedFromUnreadCount,
    isExcludedFromLastMessage = isExcludedFromLastMessage,
    cloudCustomData = cloudCustomData,
)

internal fun CoreMessage.toApp(): Message = Message(
    msgId = msgId,
    conversationId = conversationId,
    userId = userId,
    groupId = groupId,
    sender = sender,
    nickName = nickName,
    faceUrl = faceUrl,
    seq = seq,
    timestampMs = timestampMs,
    status = MessageStatus.of(status),
    priority = Priority.of(priority),
    isSelf = isSelf,
    needReadReceipt = needReadReceipt,
    hasSentReceipt = hasSentReceipt,
    isRead = isRead,
    isPeerRead = isPeerRead,
    onlineUserOnly = onlineUserOnly,
    isExcludedFromUnreadCount = isExcludedFromUnreadCount,
    isExcludedFromLastMessage = isExcludedFromLastMessage,
    body = when (val body = body) {
        is CoreBody.Nothing -> Body.Nothing
        is CoreBody.Text -> Body.Text(body.text)
        is CoreBody.Custom -> Body.Custom(body.data, body.description, body.extension)
    },
    cloudCustomData = Bytes(cloudCustomData),
    receipt = receipt?.toApp(),
)

internal fun CoreReceipt.toApp(): Receipt = Receipt(
    msgId, conversationId, userId, groupId, seq, isPeerRead, timestampMs, readCount, unreadCount,
    readers.map { Reader(it.userId, it.timestampMs) }, moreReaders, position,
)

private fun CoreReceipt.mark(): ConversationMark = ConversationMark(conversationId, userId, timestampMs)

private fun role(number: Int): Role = Role.of(number) ?: Role.MEMBER

internal fun CoreGroupInfo.toApp(): GroupInfo = GroupInfo(groupId, groupType, name, owner, createdMs, memberCount, role(role))

internal fun CoreGroupMember.toApp(): GroupMember = GroupMember(userId, nickName, faceUrl, joinedMs, role(role))

internal fun CoreConversation.toApp(): Conversation = Conversation(
    conversationId, userId, groupId, lastMessage?.toApp(), group?.toApp(), lastSeq, ownReadSeq, peerReadSeq, peerReadMs, unreadCount,
)

internal fun CoreDrawState.toApp(): DrawState = when (this) {
    is CoreDrawState.Sending -> DrawState.Sending
    is CoreDrawState.Failed -> DrawState.Failed
    is CoreDrawState.Sent -> DrawState.Sent
    is CoreDrawState.ReadByPeer -> DrawState.ReadByPeer
    is CoreDrawState.ReadBy -> DrawState.ReadBy(read, of)
    is CoreDrawState.AllRead -> DrawState.AllRead
    is CoreDrawState.Unavailable -> DrawState.Unavailable
}

internal fun CoreEvent.toApp(): SeenByEvent = when (this) {
    is CoreEvent.Connecting -> SeenByEvent.Connecting
    is CoreEvent.Connected -> SeenByEvent.Connected
    is CoreEvent.ConnectFailed -> SeenByEvent.ConnectFailed(code, text)
    is CoreEvent.KickedOffline -> SeenByEvent.KickedOffline
    is CoreEvent.UserSigExpired -> SeenByEvent.UserSigExpired
    is CoreEvent.NewMessage -> SeenByEvent.NewMessage(message.toApp())
    is CoreEvent.ReadReceipts -> SeenByEvent.ReceiptsChanged(receipts.map { it.toApp() })
    is CoreEvent.C2cReadReceipts -> SeenByEvent.ConversationsRead(receipts.map { it.mark() })
    is CoreEvent.ReceiptsSent -> SeenByEvent.ReceiptsSent(conversationId, msgIds)
    is CoreEvent.MessageRevoked -> SeenByEvent.MessageRevoked(conversationId, msgId, seq, operatorId)
    is CoreEvent.ConversationsChanged -> SeenByEvent.ConversationsChanged(conversations.map { it.toApp() })
    is CoreEvent.TotalUnreadChanged -> SeenByEvent.TotalUnreadChanged(count)
    is CoreEvent.GroupChanged -> SeenByEvent.GroupChanged(groupId, kind.toApp(), members, by, Role.of(role), memberCount)
    is CoreEvent.ReadReceiptsEnabledChanged -> SeenByEvent.ReadReceiptsEnabledChanged(enabled)
}

private fun CoreGroupChangeKind.toApp(): GroupChangeKind = when (this) {
    CoreGroupChangeKind.COUNT -> GroupChangeKind.COUNT
    CoreGroupChangeKind.CREATED -> GroupChangeKind.CREATED
    CoreGroupChangeKind.JOINED -> GroupChangeKind.JOINED
    CoreGroupChangeKind.INVITED -> GroupChangeKind.INVITED
    CoreGroupChangeKind.QUIT -> GroupChangeKind.QUIT
    CoreGroupChangeKind.KICKED -> GroupChangeKind.KICKED
    CoreGroupChangeKind.ROLE_CHANGED -> GroupChangeKind.ROLE_CHANGED
    CoreGroupChangeKind.DISMISSED -> GroupChangeKind.DISMISSED
}
