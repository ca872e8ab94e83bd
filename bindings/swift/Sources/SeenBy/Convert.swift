import Foundation
import SeenByCore

// What crosses, to and from. No rule is here.

func texts(_ what: String, _ texts: some Sequence<String>) throws -> [String] {
    try texts.map { try Text.checked(what, $0) }
}

private func date(_ ms: Int64) -> Date { Date(timeIntervalSince1970: TimeInterval(ms) / 1000) }

/// 0 is no time.
private func dateIfAny(_ ms: Int64) -> Date? { ms == 0 ? nil : date(ms) }

private func role(_ number: Int32) -> Role { Role(rawValue: number) ?? .member }

extension Sequence where Element == any MessageKey {
    func core() throws -> [MessageRef] { try map { try $0.reference.core() } }
}

extension MessageReference {
    func core() throws -> MessageRef {
        MessageRef(
            msgId: messageID.isEmpty ? nil : try Text.checked("messageID", messageID),
            conversationId: try Text.checked("conversationID", conversationID),
            sender: try Text.checked("sender", sender),
            seq: seq,
            isSelf: isSelf,
            needReadReceipt: needsReadReceipt
        )
    }
}

extension OutgoingMessage {
    func core() throws -> SeenByCore.OutgoingMessage {
        let said: SeenByCore.Body
        switch body {
        case .nothing: said = .nothing
        case .text(let text): said = .text(text: try Text.checked("the message's text", text))
        case .custom(let data, let description, let `extension`):
            said = .custom(
                data: data,
                description: try Text.checked("description", description),
                extension: try Text.checked("extension", `extension`)
            )
        }
        return SeenByCore.OutgoingMessage(
            body: said,
            msgId: try Text.checked("messageID", messageID),
            needReadReceipt: needsReadReceipt,
            priority: priority.rawValue,
            onlineUserOnly: onlineUserOnly,
            isExcludedFromUnreadCount: isExcludedFromUnreadCount,
            isExcludedFromLastMessage: isExcludedFromLastMessage,
            cloudCustomData: cloudCustomData
        )
    }
}

extension Message {
    init(_ core: SeenByCore.Message) {
        messageID = core.msgId
        conversationID = core.conversationId
        userID = core.userId
        groupID = core.groupId
        sender = core.sender
        nickName = core.nickName
        faceURL = core.faceUrl
        seq = core.seq
        timestamp = date(core.timestampMs)
        status = MessageStatus(rawValue: core.status) ?? .sent
        priority = Priority(rawValue: core.priority) ?? .default
        isSelf = core.isSelf
        needsReadReceipt = core.needReadReceipt
        hasSentReceipt = core.hasSentReceipt
        isRead = core.isRead
        isPeerRead = core.isPeerRead
        onlineUserOnly = core.onlineUserOnly
        isExcludedFromUnreadCount = core.isExcludedFromUnreadCount
        isExcludedFromLastMessage = core.isExcludedFromLastMessage
        switch core.body {
        case .nothing: body = .nothing
        case .text(let text): body = .text(text)
        case .custom(let data, let description, let `extension`):
            body = .custom(data, description: description, extension: `extension`)
        }
        cloudCustomData = core.cloudCustomData
        receipt = core.receipt.map(Receipt.init)
    }
}

extension Receipt {
    init(_ core: SeenByCore.Receipt) {
        messageID = core.msgId
        conversationID = core.conversationId
        userID = core.userId
        groupID = core.groupId
        seq = core.seq
        isPeerRead = core.isPeerRead
        readAt = dateIfAny(core.timestampMs)
        readCount = Int(core.readCount)
        unreadCount = Int(core.unreadCount)
        readers = core.readers.map { Reader(userID: $0.userId, readAt: date($0.timestampMs)) }
        hasMoreReaders = core.moreReaders
        position = core.position
    }
}

extension ConversationMark {
    init(_ core: SeenByCore.Receipt) {
        self.init(conversationID: core.conversationId, userID: core.userId, timestamp: date(core.timestampMs))
    }
}

extension ReadMember {
    init(_ core: SeenByCore.ReadMember) {
        self.init(userID: core.userId, nickName: core.nickName, faceURL: core.faceUrl, readAt: dateIfAny(core.timestampMs))
    }
}

extension GroupInfo {
    init(_ core: SeenByCore.GroupInfo) {
        self.init(
            groupID: core.groupId, type: GroupType(rawValue: core.groupType), name: core.name, owner: core.owner,
            created: date(core.createdMs), memberCount: Int(core.memberCount), role: SeenBy.role(core.role)
        )
    }
}

extension GroupMember {
    init(_ core: SeenByCore.GroupMember) {
        self.init(
            userID: core.userId, nickName: core.nickName, faceURL: core.faceUrl, joined: date(core.joinedMs),
            role: SeenBy.role(core.role)
        )
    }
}

extension Conversation {
    init(_ core: SeenByCore.Conversation) {
        self.init(
            conversationID: core.conversationId, userID: core.userId, groupID: core.groupId,
            lastMessage: core.lastMessage.map(Message.init), group: core.group.map(GroupInfo.init), lastSeq: core.lastSeq,
            ownReadSeq: core.ownReadSeq, peerReadSeq: core.peerReadSeq, peerReadAt: dateIfAny(core.peerReadMs),
            unreadCount: Int(core.unreadCount)
        )
    }
}

extension DrawState {
    init(_ core: SeenByCore.DrawState) {
        switch core {
        case .sending: self = .sending
        case .failed: self = .failed
        case .sent: self = .sent
        case .readByPeer: self = .readByPeer
        case .readBy(let read, let of): self = .readBy(Int(read), of: Int(of))
        case .allRead: self = .allRead
        case .unavailable: self = .unavailable
        }
    }
}

extension SeenByEvent {
    init(_ core: SeenByCore.Event) {
        switch core {
        case .connecting: self = .connecting
        case .connected: self = .connected
        case .connectFailed(let code, let text): self = .connectFailed(SeenByError(code: .init(rawValue: code), text: text))
        case .kickedOffline: self = .kickedOffline
        case .userSigExpired: self = .userSigExpired
        case .newMessage(let message): self = .newMessage(Message(message))
        case .readReceipts(let receipts): self = .receiptsChanged(receipts.map(Receipt.init))
        case .c2cReadReceipts(let receipts): self = .conversationsRead(receipts.map(ConversationMark.init))
        case .receiptsSent(let conversationId, let msgIds):
            self = .receiptsSent(conversationID: conversationId, messageIDs: msgIds)
        case .messageRevoked(let conversationId, let msgId, let seq, let operatorId):
            self = .messageRevoked(
                Revocation(conversationID: conversationId, messageID: msgId, seq: seq, operatorID: operatorId)
            )
        case .conversationsChanged(let conversations): self = .conversationsChanged(conversations.map(Conversation.init))
        case .totalUnreadChanged(let count): self = .totalUnreadChanged(Int(count))
        case .groupChanged(let groupId, let kind, let members, let by, let role, let memberCount):
            self = .groupChanged(
                GroupChange(
                    groupID: groupId, kind: GroupChangeKind(kind), members: members, by: by, role: Role(rawValue: role),
                    memberCount: Int(memberCount)
                )
            )
        case .readReceiptsEnabledChanged(let enabled): self = .readReceiptsEnabledChanged(enabled)
        }
    }
}

extension GroupChangeKind {
    init(_ core: SeenByCore.GroupChangeKind) {
        switch core {
        case .count: self = .count
        case .created: self = .created
        case .joined: self = .joined
        case .invited: self = .invited
        case .quit: self = .quit
        case .kicked: self = .kicked
        case .roleChanged: self = .roleChanged
        case .dismissed: self = .dismissed
        }
    }
}
