import Foundation

/// A message's receipts, counted (R10).
public struct Receipt: Hashable, Sendable {
    /// The message's id.
    public let messageID: String
    /// `c2c_<peer>` or `group_<id>`.
    public let conversationID: String
    /// One to one: the peer.
    public let userID: String
    /// Groups: the group.
    public let groupID: String
    /// The message's number; 0 if this device does not know it.
    public let seq: Int64
    /// One to one: whether the peer has read it.
    public let isPeerRead: Bool
    /// One to one: when the peer has read it (R6).
    public let readAt: Date?
    /// Groups: how many have read it.
    public let readCount: Int
    /// Groups: how many have not.
    public let unreadCount: Int
    /// Those added since the last push, if asked for (``SeenByConfiguration/withReaders``, R12).
    public let readers: [Reader]
    /// There were more of them.
    public let hasMoreReaders: Bool
    /// Of two summaries of a message the higher is the newer.
    public let position: Int64
}

/// A reader, and when its receipt was accepted (R6).
public struct Reader: Hashable, Sendable {
    /// Who has read it.
    public let userID: String
    /// When.
    public let readAt: Date
}

/// Which list of a message's members; the documented numbers.
public enum ReadFilter: Int32, Hashable, Sendable {
    /// Who has read it.
    case read = 0
    /// Who has not.
    case unread = 1
}

/// An entry of a read or unread list (R11).
public struct ReadMember: Hashable, Sendable, Identifiable {
    /// Who it is.
    public let userID: String
    /// May be empty (R27).
    public let nickName: String
    /// May be empty (R27).
    public let faceURL: String
    /// When it read; nil in the unread list.
    public let readAt: Date?

    /// ``userID``.
    public var id: String { userID }
}

/// A page of a read or unread list.
public struct ReadMemberPage: Hashable, Sendable {
    /// May be fewer than asked for; none only where nothing is left.
    public let members: [ReadMember]
    /// What the next call passes; 0 when finished.
    public let nextSeq: Int64
    /// There are no more.
    public let isFinished: Bool
}

/// A peer's mark (R14): what was sent to ``userID`` until ``timestamp`` is read.
public struct ConversationMark: Hashable, Sendable {
    /// `c2c_<peer>`.
    public let conversationID: String
    /// The peer, who has read.
    public let userID: String
    /// Up to when it is read.
    public let timestamp: Date
}

/// What to draw beside a message of one's own (R31).
public enum DrawState: Hashable, Sendable {
    /// On its way.
    case sending
    /// It did not get there.
    case failed
    /// The service has it.
    case sent
    /// One to one: the peer has read it.
    case readByPeer
    /// Groups: some have.
    case readBy(Int, of: Int)
    /// Groups: everybody has.
    case allRead
    /// Nothing can be said.
    case unavailable
}
