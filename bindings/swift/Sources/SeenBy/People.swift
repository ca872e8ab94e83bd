import SeenByCore

/// Conversations (R26) and people (R27): ``SeenByClient/people``. Every function is a call: see ``SeenByClient`` for errors and
/// cancellation.
public struct People: Sendable {
    let client: SeenByCore.SeenByClient

    /// A page of one's conversations, by last activity, 1 to 100, from `nextSeq` (0 at first).
    public func conversations(from nextSeq: Int64 = 0, count: Int32 = 100) async throws -> ConversationPage {
        try await client.answer { $0.getConversations(nextSeq: nextSeq, count: count, completion: $1) } as: {
            guard case .conversations(let conversations, let nextSeq, let isFinished) = $0 else { return nil }
            return ConversationPage(
                conversations: conversations.map(Conversation.init), nextSeq: nextSeq, isFinished: isFinished
            )
        }
    }

    /// One conversation.
    public func conversation(_ chat: Chat) async throws -> Conversation {
        try await client.answer {
            $0.getConversation(conversationId: try Text.checked("chat", chat.id), completion: $1)
        } as: {
            if case .oneConversation(let conversation) = $0 { Conversation(conversation) } else { nil }
        }
    }

    /// How many messages are unread in all.
    public func totalUnread() async throws -> Int {
        try await client.answer { $0.getTotalUnread(completion: $1) } as: {
            if case .count(let count) = $0 { Int(count) } else { nil }
        }
    }

    /// Sets one's profile; nil leaves it as it is.
    public func setSelf(nickName: String? = nil, faceURL: String? = nil) async throws {
        try await client.done {
            $0.setSelfInfo(
                nickName: try Text.checked("nickName", nickName), faceUrl: try Text.checked("faceURL", faceURL), completion: $1
            )
        }
    }

    /// What these users say of themselves.
    public func profiles(_ users: [String]) async throws -> [Profile] {
        try await client.answer { $0.getUsersInfo(userIds: try texts("users", users), completion: $1) } as: {
            guard case .profiles(let profiles) = $0 else { return nil }
            return profiles.map { Profile(userID: $0.userId, nickName: $0.nickName, faceURL: $0.faceUrl) }
        }
    }
}
