import Foundation

/// The kinds of groups (R25), by their documented names.
public enum GroupType: String, Hashable, Sendable {
    case work = "Work"
    case `public` = "Public"
    case meeting = "Meeting"
    case community = "Community"
    case avChatRoom = "AVChatRoom"
}

/// What a member may do; the documented numbers.
public enum Role: Int32, Hashable, Sendable {
    case member = 200
    case admin = 300
    case owner = 400
}

/// A group, as the caller sees it.
public struct GroupInfo: Hashable, Sendable, Identifiable {
    public let groupID: String
    /// nil: of a kind that a later version has.
    public let type: GroupType?
    /// May be empty.
    public let name: String
    /// May be empty (R19).
    public let owner: String
    public let created: Date
    public let memberCount: Int
    /// The caller's.
    public let role: Role

    public var id: String { groupID }
}

/// A member of a group.
public struct GroupMember: Hashable, Sendable, Identifiable {
    public let userID: String
    /// May be empty (R27).
    public let nickName: String
    /// May be empty (R27).
    public let faceURL: String
    /// When it joined (last).
    public let joined: Date
    public let role: Role

    public var id: String { userID }
}

/// A page of members.
public struct GroupMemberPage: Hashable, Sendable {
    public let members: [GroupMember]
    /// What the next call passes; 0 when there are no more.
    public let nextSeq: Int64
}

/// What became of one user of an invitation or a kick.
public struct MemberResult: Hashable, Sendable {
    public let userID: String
    public let outcome: MemberOutcome
}

/// See ``MemberResult``; the documented numbers.
public enum MemberOutcome: Int32, Hashable, Sendable {
    case failed = 0
    case done = 1
    case wasMember = 2
}

/// What happened in a group (R25).
public enum GroupChangeKind: Hashable, Sendable {
    /// Only the number of members is told: it has more than 1 000.
    case count
    case created
    case joined
    case invited
    case quit
    case kicked
    case roleChanged
    case dismissed
}

/// A conversation (R26).
public struct Conversation: Hashable, Sendable, Identifiable {
    /// `c2c_<peer>` or `group_<id>`.
    public let conversationID: String
    /// One to one: the peer.
    public let userID: String
    /// Groups: the group.
    public let groupID: String
    /// The last that counts.
    public let lastMessage: Message?
    /// Groups: what is known of it.
    public let group: GroupInfo?
    /// The highest seq.
    public let lastSeq: Int64
    /// The caller's mark.
    public let ownReadSeq: Int64
    /// One to one: the peer's mark.
    public let peerReadSeq: Int64
    /// One to one: when the peer set it.
    public let peerReadAt: Date?
    /// Messages of others after the caller's mark that count.
    public let unreadCount: Int

    public var id: String { conversationID }
}

/// A page of conversations.
public struct ConversationPage: Hashable, Sendable {
    public let conversations: [Conversation]
    /// What the next call passes.
    public let nextSeq: Int64
    public let isFinished: Bool
}

/// What a user says of itself (R27); either may be empty.
public struct Profile: Hashable, Sendable, Identifiable {
    public let userID: String
    public let nickName: String
    public let faceURL: String

    public var id: String { userID }
}
