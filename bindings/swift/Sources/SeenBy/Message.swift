import Foundation

/// What a message says.
public enum Body: Hashable, Sendable {
    /// Nothing: a reference (R19), or revoked.
    case nothing
    /// Text.
    case text(String)
    /// Whatever the app means by it.
    case custom(Data, description: String = "", extension: String = "")
}

/// How far a message is; the documented numbers.
public enum MessageStatus: Int32, Hashable, Sendable {
    /// On its way.
    case sending = 1
    /// The service has it.
    case sent = 2
    /// It did not get there.
    case failed = 3
    /// Deleted on this device.
    case deleted = 4
    /// Taken back (R32).
    case revoked = 6
}

/// How urgent a message is; the documented numbers.
public enum Priority: Int32, Hashable, Sendable {
    /// As the service likes.
    case `default` = 0
    /// More than most.
    case high = 1
    /// As most.
    case normal = 2
    /// Less than most.
    case low = 3
}

/// A message to send.
public struct OutgoingMessage: Hashable, Sendable {
    /// What it says; 12 KB at most.
    public var body: Body
    /// Receipts are wanted (R1).
    public var needsReadReceipt: Bool
    /// How urgent it is.
    public var priority: Priority = .default
    /// Only for who is online (R20).
    public var onlineUserOnly = false
    /// Does not count as unread.
    public var isExcludedFromUnreadCount = false
    /// Is no conversation's last message.
    public var isExcludedFromLastMessage = false
    /// Data the app attaches.
    public var cloudCustomData = Data()
    /// nil for a new one; the id it got, to send one again that failed (R16).
    public var messageID: String?

    /// One that says this.
    public init(_ body: Body, needsReadReceipt: Bool = true) {
        self.body = body
        self.needsReadReceipt = needsReadReceipt
    }

    /// A text that wants receipts.
    public init(_ text: String) {
        self.init(.text(text))
    }
}

/// A message.
public struct Message: MessageKey, Hashable, Sendable, Identifiable {
    /// Empty until it was sent.
    public let messageID: String
    /// `c2c_<peer>` or `group_<id>`.
    public let conversationID: String
    /// One to one: the peer.
    public let userID: String
    /// Groups: the group.
    public let groupID: String
    /// Who sent it.
    public let sender: String
    /// The sender's, when it was delivered (R27); may be empty.
    public let nickName: String
    /// The sender's, when it was delivered (R27); may be empty.
    public let faceURL: String
    /// Its number in the conversation.
    public let seq: Int64
    /// When the service accepted it.
    public let timestamp: Date
    /// Where it stands.
    public let status: MessageStatus
    /// How urgent it is.
    public let priority: Priority
    /// Whether the caller sent it.
    public let isSelf: Bool
    /// Whether receipts are wanted; false again if it was downgraded (R8).
    public let needsReadReceipt: Bool
    /// Whether the caller's receipt for it was sent (R13).
    public let hasSentReceipt: Bool
    /// Whether the caller's mark covers it (R14).
    public let isRead: Bool
    /// One to one: whether the peer's mark covers it (R14).
    public let isPeerRead: Bool
    /// Only for who was online (R20).
    public let onlineUserOnly: Bool
    /// Does not count as unread.
    public let isExcludedFromUnreadCount: Bool
    /// Is no conversation's last message.
    public let isExcludedFromLastMessage: Bool
    /// What it says.
    public let body: Body
    /// Data the app attached.
    public let cloudCustomData: Data
    /// The last known summary, in history (R18).
    public let receipt: Receipt?

    /// Unique among all conversations: an id alone is so in its own only.
    public var id: String { conversationID + "/" + messageID }

    /// The text, if it is one.
    public var text: String? {
        if case .text(let text) = body { return text }
        return nil
    }

    /// By reference, for any call.
    public var reference: MessageReference {
        MessageReference(
            messageID: messageID, conversationID: conversationID, sender: sender, seq: seq, isSelf: isSelf,
            needsReadReceipt: needsReadReceipt
        )
    }
}

/// A page of history.
public struct MessagePage: Hashable, Sendable {
    /// Of this page.
    public let messages: [Message]
    /// There are no more in this direction.
    public let isFinished: Bool
}
