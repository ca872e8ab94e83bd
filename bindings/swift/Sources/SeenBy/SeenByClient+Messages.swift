import Foundation
import SeenByCore

extension SeenByClient {
    /// Sends a message; comes back when the service has it. It throws: the message is failed, and may be sent again with its id
    /// (``OutgoingMessage/messageID``, R16).
    public func send(_ message: OutgoingMessage, to chat: Chat) async throws -> Message {
        try await core.answer {
            $0.sendMessage(
                message: try message.core(), receiver: try Text.checked("the user", chat.userID),
                groupId: try Text.checked("the group", chat.groupID), completion: $1
            ).call
        } as: {
            if case .oneMessage(let message) = $0 { Message(message) } else { nil }
        }
    }

    /// Sends a text that wants receipts.
    public func send(_ text: String, to chat: Chat) async throws -> Message {
        try await send(OutgoingMessage(text), to: chat)
    }

    /// Takes a message of one's own back (R32).
    public func revoke(_ message: any MessageKey) async throws {
        try await core.done { $0.revokeMessage(message: try message.reference.core(), completion: $1) }
    }

    /// A page of history (R18), 1 to 100 messages: older ones than `beside`, or newer ones; without it from the end.
    ///
    /// - Parameter fromSeq: begin at this message, with it; 0: not.
    public func history(
        of chat: Chat, count: Int32 = 20, beside: (any MessageKey)? = nil, newer: Bool = false, fromSeq: Int64 = 0
    ) async throws -> MessagePage {
        try await core.answer({
            let query = History(
                userId: try Text.checked("the user", chat.userID),
                groupId: try Text.checked("the group", chat.groupID),
                newer: newer,
                count: count,
                lastMsg: try beside?.reference.core(),
                lastMsgSeq: fromSeq,
                timeBeginS: 0,
                timePeriodS: 0
            )
            return $0.getHistory(query: query, completion: $1)
        }, as: Self.page)
    }

    /// The messages with these ids; those that are not known are left out.
    public func find(_ messageIDs: [String]) async throws -> [Message] {
        try await core.answer({
            $0.findMessages(msgIds: try texts("messageIDs", messageIDs), completion: $1)
        }, as: Self.page).messages
    }

    private static func page(_ answer: Answer) -> MessagePage? {
        guard case .messages(let messages, let isFinished) = answer else { return nil }
        return MessagePage(messages: messages.map(Message.init), isFinished: isFinished)
    }
}

extension Message {
    /// What to draw beside this message of one's own (R31), with the last that is known of its receipts.
    public func drawState(with receipt: Receipt? = nil) throws -> DrawState {
        let drawn = (receipt ?? self.receipt).map {
            DrawReceipt(
                isGroup: !$0.groupID.isEmpty, isPeerRead: $0.isPeerRead, readCount: Int64($0.readCount),
                unreadCount: Int64($0.unreadCount)
            )
        }
        return try atOnce {
            DrawState(
                try SeenByCore.drawState(
                    status: status.rawValue, isSelf: isSelf, needReadReceipt: needsReadReceipt, receipt: drawn
                )
            )
        }
    }
}
