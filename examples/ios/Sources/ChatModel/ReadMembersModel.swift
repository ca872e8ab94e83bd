import SeenBy

/// Who has read a group message, and who has not: two lists that come page by page, and their sizes, which come with the receipt.
public final class ReadMembersModel: Observed {
    /// One of the two.
    public struct Members: Sendable {
        /// Those that have come.
        public fileprivate(set) var members: [ReadMember] = []
        /// There are no more pages.
        public fileprivate(set) var isFinished = false
        fileprivate var nextSeq: Int64 = 0
        fileprivate var isLoading = false
        /// Counts walks, so that a page of the last one is not taken for one of this.
        fileprivate var walk = 0
    }

    public let message: Message
    /// How many have read it, and how many have not; nil until that is known.
    public private(set) var receipt: Receipt?
    private let client: SeenByClient
    private let pageSize: Int32
    private var lists: [ReadFilter: Members] = [.read: Members(), .unread: Members()]
    private var listening: Task<Void, Never>?

    /// - Parameter pageSize: members a page, 1 to 100.
    public init(_ message: Message, client: SeenByClient, pageSize: Int32 = 100) {
        self.message = message
        self.client = client
        self.pageSize = pageSize
        super.init()
    }

    /// Those who have read it, in the order of reading; those who have not, in the order of joining.
    public func members(_ filter: ReadFilter) -> Members { lists[filter] ?? Members() }

    /// What is on the tab.
    public func tab(_ filter: ReadFilter) -> String {
        let name = filter == .read ? "Read" : "Not read"
        guard let receipt else { return name }
        return "\(name) (\(filter == .read ? receipt.readCount : receipt.unreadCount))"
    }

    /// Listens, and asks for the counts and the first pages.
    public func open() async {
        let changes = client.receipts
        listening = Task { [weak self] in for await change in changes { await self?.take(change) } }
        await attempt {
            if let known = try await client.readReceipts(of: [message]).first { keep(known) }
            changed()
        }
        await more(.read)
        await more(.unread)
    }

    /// Nothing changes after this.
    public func close() { listening?.cancel() }

    /// Loads the next page, unless one is on its way or the last one came.
    public func more(_ filter: ReadFilter) async {
        let list = members(filter)
        if !list.isLoading && !list.isFinished { await load(filter, from: list.nextSeq) }
    }

    private func keep(_ known: Receipt) {
        if known.position >= receipt?.position ?? 0 { receipt = known }
    }

    private func take(_ change: ReceiptChange) async {
        switch change {
        case .ofMessage(let known) where known.messageID == message.messageID && known.conversationID == message.conversationID:
            keep(known)
        case .missed: break
        default: return
        }
        // Somebody may have gone from one list to the other.
        for filter in [ReadFilter.read, .unread] {
            lists[filter]?.walk += 1
            await load(filter, from: 0)
        }
    }

    private func load(_ filter: ReadFilter, from: Int64) async {
        lists[filter]?.isLoading = true
        let walk = members(filter).walk
        await attempt {
            defer {
                if members(filter).walk == walk { lists[filter]?.isLoading = false }
            }
            let page = try await client.readMembers(of: message, filter: filter, from: from, count: pageSize)
            var list = members(filter)
            if list.walk != walk { return }
            list.members = (from == 0 ? [] : list.members) + page.members
            list.nextSeq = page.nextSeq
            list.isFinished = page.isFinished
            lists[filter] = list
            changed()
        }
    }
}
