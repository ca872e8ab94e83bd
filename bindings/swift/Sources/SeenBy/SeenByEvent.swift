/// What happens without having been asked for.
public enum SeenByEvent: Hashable, Sendable {
    /// R30: once per change each.
    case connecting
    /// The line is up.
    case connected
    /// It could not be opened, or is gone.
    case connectFailed(SeenByError)
    /// Another session of this user and device took over.
    case kickedOffline
    /// Log in again.
    case userSigExpired
    /// A message came (R18).
    case newMessage(Message)
    /// Summaries of one's own messages changed (R12).
    case receiptsChanged([Receipt])
    /// Peers read their conversations with us (R14).
    case conversationsRead([ConversationMark])
    /// Another device of this user sent receipts for these (R13).
    case receiptsSent(conversationID: String, messageIDs: [String])
    /// A message was taken back (R32).
    case messageRevoked(Revocation)
    /// These are new, or not as they were (R26).
    case conversationsChanged([Conversation])
    /// How many messages are unread in all (R26).
    case totalUnreadChanged(Int)
    /// Something happened in a group (R25).
    case groupChanged(GroupChange)
    /// R15: changed from another device.
    case readReceiptsEnabledChanged(Bool)
    /// Only in streams: the consumer was too slow, and this many events before the next one are lost to it.
    case missed(Int)
}

/// A message was taken back (R32).
public struct Revocation: Hashable, Sendable {
    /// `c2c_<peer>` or `group_<id>`.
    public let conversationID: String
    /// Its id.
    public let messageID: String
    /// Its number in the conversation.
    public let seq: Int64
    /// Who did it.
    public let operatorID: String
}

/// Something happened in a group (R25).
public struct GroupChange: Hashable, Sendable {
    /// The group.
    public let groupID: String
    /// What happened.
    public let kind: GroupChangeKind
    /// To whom.
    public let members: [String]
    /// By whom; may be empty.
    public let by: String
    /// The new one, where it is about that.
    public let role: Role?
    /// How many members there are now.
    public let memberCount: Int
}

/// A change of what is known of who has read what: ``SeenByClient/receipts``.
public enum ReceiptChange: Hashable, Sendable {
    /// A message of one's own has another summary (R12).
    case ofMessage(Receipt)
    /// A peer read the conversation (R14).
    case ofConversation(ConversationMark)
    /// The consumer was too slow: ask for the receipts of what is on the screen (``SeenByClient/readReceipts(of:)``).
    case missed(Int)
}

/// A change of what there is to read: ``SeenByClient/messages``.
public enum MessageChange: Hashable, Sendable {
    /// One came (R18).
    case new(Message)
    /// One was taken back (R32).
    case revoked(Revocation)
    /// The consumer was too slow: load what is on the screen again (``SeenByClient/history(of:count:beside:newer:fromSeq:)``).
    case missed(Int)
}
