import Foundation
import SeenBy

/// What a conversation's screen shows: its messages, oldest first, each with its latest receipt.
public final class ConversationModel: Observed {
    /// Whom it is with.
    public let chat: Chat
    public let client: SeenByClient
    /// Tell it what is on the screen: it reports what was there for long enough (R33).
    public let tracker: ReadTracker
    /// What is above the messages.
    public private(set) var title: String
    /// Oldest first; those that are not sent yet are last.
    public private(set) var lines: [Line] = []

    private static let page: Int32 = 20

    /// One's own on the way, or failed.
    private struct Outgoing {
        let message: OutgoingMessage
        let written: Date
        var failed = false
    }

    private var messages: [String: Message] = [:]
    private var receipts: [String: Receipt] = [:]
    private var outgoing: [(id: String, one: Outgoing)] = []
    private var listening: [Task<Void, Never>] = []
    private var isComplete = false
    private var isLoading = false

    /// One to one: the other one.
    private var peer: String? { chat.id.hasPrefix("c2c_") ? String(chat.id.dropFirst(4)) : nil }

    public var isGroup: Bool { peer == nil }

    public init(_ chat: Chat, client: SeenByClient) throws {
        self.chat = chat
        self.client = client
        tracker = try client.readTracker(for: chat)
        title = String(chat.id.drop { $0 != "_" }.dropFirst())
        super.init()
    }

    /// Listens, and loads the newest messages.
    public func open() async {
        let (news, changes) = (client.messages, client.receipts)
        listening = [
            Task { [weak self] in for await change in news { await self?.take(change) } },
            Task { [weak self] in for await change in changes { await self?.take(change) } },
        ]
        await attempt {
            if let peer {
                title = try await client.people.profiles([peer]).first.map(\.nickName).nonEmpty ?? title
            } else {
                title = try await client.people.conversation(chat).group.map(\.name).nonEmpty ?? title
            }
        }
        await older()
    }

    /// Nothing changes after this.
    public func close() {
        listening.forEach { $0.cancel() }
        tracker.close()
    }

    /// Loads a page of what was before.
    public func older() async {
        if isLoading || isComplete { return }
        isLoading = true
        defer { isLoading = false }
        await attempt {
            let oldest = messages.values.min { $0.seq < $1.seq }
            let page = try await client.history(of: chat, count: Self.page, beside: oldest)
            isComplete = page.isFinished
            take(page.messages)
            try await askReceipts(of: page.messages)
        }
    }

    /// How far one's own have been read: the stream tells only of what changes from now on.
    private func askReceipts(of messages: [Message]) async throws {
        let own = messages.filter { $0.isSelf && $0.needsReadReceipt }
        if !own.isEmpty {
            try await client.readReceipts(of: own).forEach(keep)
            draw()
        }
    }

    private func take(_ change: MessageChange) async {
        switch change {
        case .new(let message):
            if message.conversationID == chat.id { take([message]) }
        case .revoked(let revocation):
            if revocation.conversationID == chat.id {
                messages[revocation.messageID] = nil
                draw()
            }
        case .missed:
            await attempt { take(try await client.history(of: chat, count: Self.page).messages) }
        }
    }

    private func take(_ change: ReceiptChange) async {
        switch change {
        case .ofMessage(let receipt):
            keep(receipt)
            draw()
        case .ofConversation: break
        case .missed: await attempt { try await askReceipts(of: Array(messages.values)) }
        }
    }

    private func take(_ new: [Message]) {
        for message in new {
            messages[message.messageID] = message
            if let receipt = message.receipt { keep(receipt) }
        }
        draw()
    }

    private func keep(_ receipt: Receipt) {
        if receipt.position >= receipts[receipt.messageID]?.position ?? 0 {
            receipts[receipt.messageID] = receipt
        }
    }

    /// Sends a text that wants receipts.
    public func send(_ text: String) async {
        let text = text.trimmingCharacters(in: .whitespacesAndNewlines)
        if text.isEmpty { return }
        var message = OutgoingMessage(text)
        // With an id of its own it can be sent again, and arrive once (R16).
        let id = UUID().uuidString
        message.messageID = id
        outgoing.append((id, Outgoing(message: message, written: Date())))
        await send(id: id)
    }

    /// Sends one again that failed.
    public func retry(_ line: Line) async { await send(id: line.id) }

    private func send(id: String) async {
        guard let at = outgoing.firstIndex(where: { $0.id == id }) else { return }
        outgoing[at].one.failed = false
        draw()
        let message = outgoing[at].one.message
        await attempt {
            do {
                let sent = try await client.send(message, to: chat)
                outgoing.removeAll { $0.id == id }
                take([sent])
            } catch {
                if let at = outgoing.firstIndex(where: { $0.id == id }) { outgoing[at].one.failed = true }
                draw()
                throw error
            }
        }
    }

    /// Moves the unread count to nothing. It makes no receipts: those are for what was really on the screen.
    public func markAsRead() async {
        await attempt { try await client.markAsRead(chat) }
    }

    private func draw() {
        let sent = messages.values.sorted { $0.seq < $1.seq }.map { message in
            Line(
                id: message.messageID, text: message.text ?? "", sender: message.sender,
                name: message.nickName.isEmpty ? message.sender : message.nickName, isOwn: message.isSelf,
                time: message.timestamp,
                state: message.isSelf ? try? message.drawState(with: receipts[message.messageID]) : nil,
                message: message)
        }
        lines = sent + outgoing.map { id, one in
            var text = ""
            if case .text(let written) = one.message.body { text = written }
            return Line(
                id: id, text: text, sender: client.loginUser ?? "", name: "", isOwn: true, time: one.written,
                state: one.failed ? .failed : .sending, message: nil)
        }
        changed()
    }
}

extension Optional where Wrapped == String {
    /// nil where there is nothing in it.
    var nonEmpty: String? { self?.isEmpty == false ? self : nil }
}
