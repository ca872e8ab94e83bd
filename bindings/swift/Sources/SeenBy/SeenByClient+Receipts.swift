import Foundation
import SeenByCore

extension SeenByClient {
    /// "I have read these" (R2): messages of one conversation, as many as there are. Comes back when they will be sent, also after a
    /// crash (R16): the service has them, or this device keeps them until it has.
    public func sendReadReceipts(for messages: [any MessageKey]) async throws {
        try await core.done { $0.sendReadReceipts(messages: try messages.core(), completion: $1) }
    }

    /// How far one's own messages of one conversation have been read (R10).
    public func readReceipts(of messages: [any MessageKey]) async throws -> [Receipt] {
        try await core.answer({ $0.getReadReceipts(messages: try messages.core(), completion: $1) }, as: Self.receiptList)
    }

    /// What this device remembers, without asking the service (R16).
    public func cachedReceipts(of messageIDs: [String]) async throws -> [Receipt] {
        try await core.answer({
            $0.cachedReceipts(msgIds: try texts("messageIDs", messageIDs), completion: $1)
        }, as: Self.receiptList)
    }

    private static func receiptList(_ answer: Answer) -> [Receipt]? {
        guard case .receipts(let receipts) = answer else { return nil }
        return receipts.map(Receipt.init)
    }

    /// A page of who has read a message of one's own in a group, or has not (R11): from `nextSeq` (0 at first), 1 to 100.
    public func readMembers(
        of message: any MessageKey, filter: ReadFilter = .read, from nextSeq: Int64 = 0, count: Int32 = 100
    ) async throws -> ReadMemberPage {
        try await core.answer {
            $0.getReadMembers(
                message: try message.reference.core(), filter: filter.rawValue, nextSeq: nextSeq, count: count, completion: $1
            )
        } as: {
            guard case .readMembers(let members, let nextSeq, let isFinished) = $0 else { return nil }
            return ReadMemberPage(members: members.map(ReadMember.init), nextSeq: nextSeq, isFinished: isFinished)
        }
    }

    /// All of them, page after page as they are consumed; each page has `pageSize` of them, 1 to 100.
    public func allReadMembers(
        of message: any MessageKey, filter: ReadFilter = .read, pageSize: Int32 = 100
    ) -> ReadMembers {
        ReadMembers(client: self, message: message, filter: filter, pageSize: pageSize)
    }

    /// Switches one's receipts off or on, on all of one's devices (R15).
    public func setReadReceiptsEnabled(_ enabled: Bool) async throws {
        try await core.done { $0.setReadReceiptsEnabled(enabled: enabled, completion: $1) }
    }

    /// Marks everything received here as read (R14).
    public func markAsRead(_ chat: Chat) async throws {
        try await core.done {
            if let user = chat.userID {
                $0.markC2cAsRead(userId: try Text.checked("the user", user), completion: $1)
            } else {
                $0.markGroupAsRead(groupId: try Text.checked("the group", chat.groupID ?? ""), completion: $1)
            }
        }
    }

    /// Marks everything as read (R14).
    public func markAllAsRead() async throws {
        try await core.done { $0.markAllAsRead(completion: $1) }
    }

    /// Turns what a list of this chat shows into receipts (R33); nil: of any.
    public func readTracker(for chat: Chat? = nil) throws -> ReadTracker {
        try atOnce {
            ReadTracker(try MessageTracker(client: core, conversationId: try Text.checked("chat", chat?.id)))
        }
    }
}

/// Who has read a message, or has not, all of them: ``SeenByClient/allReadMembers(of:filter:pageSize:)``. Each loop over it begins
/// anew. However many receipts arrive meanwhile, a member that stays in the list comes exactly once (R11).
public struct ReadMembers: AsyncSequence, Sendable {
    public typealias Element = ReadMember

    let client: SeenByClient
    let message: any MessageKey
    let filter: ReadFilter
    let pageSize: Int32

    public func makeAsyncIterator() -> Iterator { Iterator(members: self) }

    /// Asks for a page when the last one is used up.
    public struct Iterator: AsyncIteratorProtocol {
        let members: ReadMembers
        private var page: ArraySlice<ReadMember> = []
        private var nextSeq: Int64 = 0
        private var isFinished = false

        init(members: ReadMembers) {
            self.members = members
        }

        /// The next; nil after the last. What it throws is the page's; the loop is over then.
        public mutating func next() async throws -> ReadMember? {
            while page.isEmpty {
                if isFinished { return nil }
                isFinished = true
                let next = try await members.client.readMembers(
                    of: members.message, filter: members.filter, from: nextSeq, count: members.pageSize
                )
                page = next.members[...]
                (nextSeq, isFinished) = (next.nextSeq, next.isFinished)
            }
            return page.removeFirst()
        }
    }
}
