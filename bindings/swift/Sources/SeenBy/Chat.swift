/// One to one with a user, or a group.
public struct Chat: Hashable, Sendable, CustomStringConvertible {
    let userID: String?
    let groupID: String?

    /// `c2c_<user>` or `group_<id>`.
    public var id: String { userID.map { "c2c_" + $0 } ?? "group_" + (groupID ?? "") }

    /// One to one with this user.
    public static func user(_ userID: String) -> Chat { Chat(userID: userID, groupID: nil) }

    /// This group.
    public static func group(_ groupID: String) -> Chat { Chat(userID: nil, groupID: groupID) }

    /// `c2c_<user>` or `group_<id>`.
    public var description: String { id }
}

/// A message, as far as a call needs it: a ``Message``, or a ``MessageReference`` for those that SeenBy does not carry.
public protocol MessageKey: Sendable {
    /// What is known of it.
    var reference: MessageReference { get }
}

/// A message of any chat, by reference (R19).
public struct MessageReference: MessageKey, Hashable, Sendable {
    /// Its id.
    public var messageID: String
    /// `c2c_<user>` or `group_<id>`; empty: by id alone (R23).
    public var conversationID: String
    /// Who sent it, where ``isSelf`` is not known.
    public var sender: String?
    /// Its number in the conversation; 0: not known.
    public var seq: Int64
    /// Whether it is one's own; nil: not known.
    public var isSelf: Bool?
    /// Whether it has receipts; nil: not known.
    public var needsReadReceipt: Bool?

    /// In the conversation of this id, or (empty) wherever it is.
    public init(
        messageID: String, conversationID: String = "", sender: String? = nil, seq: Int64 = 0, isSelf: Bool? = nil,
        needsReadReceipt: Bool? = nil
    ) {
        self.messageID = messageID
        self.conversationID = conversationID
        self.sender = sender
        self.seq = seq
        self.isSelf = isSelf
        self.needsReadReceipt = needsReadReceipt
    }

    /// In this chat.
    public init(messageID: String, chat: Chat, sender: String? = nil, isSelf: Bool? = nil, needsReadReceipt: Bool? = nil) {
        self.init(
            messageID: messageID, conversationID: chat.id, sender: sender, isSelf: isSelf, needsReadReceipt: needsReadReceipt
        )
    }

    /// Itself.
    public var reference: MessageReference { self }
}
