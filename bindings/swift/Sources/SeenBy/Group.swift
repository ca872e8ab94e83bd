import Foundation

/// The kinds of groups (R25), by their documented names.
public enum GroupType: String, Hashable, Sendable {
    /// Members invite; has receipts unless the app switched them off (R8).
    case work = "Work"
    /// Anyone joins; has receipts unless the app switched them off (R8).
    case `public` = "Public"
    /// Anyone joins, and sees what was before; has receipts unless the app switched them off (R8).
    case meeting = "Meeting"
    /// Anyone joins; without receipts (R8).
    case community = "Community"
    /// Anyone joins; without receipts (R8).
    case avChatRoom = "AVChatRoom"
}

/// What a member may do; the documented numbers.
public enum Role: Int32, Hashable, Sendable {
    /// Neither of these.
    case member = 200
    /// Kicks members.
    case admin = 300
    /// Kicks members, sets roles, and dismisses the group.
    case owner = 400
}

/// A group, as the caller sees it.
public struct GroupInfo: Hashable, Sendable, Identifiable {
    /// Its id.
    public let groupID: String
    /// nil: of a kind that a later version has.
    public let type: GroupType?
    /// May be empty.
    public let name: String
    /// May be empty (R19).
    public let owner: String
    /// When it was created.
    public let created: Date
    /// How many members there are.
    public let memberCount: Int
    /// The caller's.
    public let role: Role

    /// Its id.
    public var id: String { groupID }
}

/// A member of a group.
public struct GroupMember: Hashable, Sendable, Identifiable {
    /// Who it is.
    public let userID: String
    /// May be empty (R27).
    public let nickName: String
    /// May be empty (R27).
    public let faceURL: String
    /// When it joined (last).
    public let joined: Date
    /// What it may do.
    public let role: Role

    /// ``userID``.
    public var id: String { userID }
}

/// A page of members.
public struct GroupMemberPage: Hashable, Sendable {
    /// Of this page.
    public let members: [GroupMember]
    /// What the next call passes; 0 when there are no more.
    public let nextSeq: Int64
}

/// What became of one user of an invitation or a kick.
public struct MemberResult: Hashable, Sendable {
    /// The user.
    public let userID: String
    /// What became of it.
    public let outcome: MemberOutcome
}

/// See ``MemberResult``; the documented numbers.
public enum MemberOutcome: Int32, Hashable, Sendable {
    /// It could not be done.
    case failed = 0
    /// It was done.
    case done = 1
    /// It was a member already.
    case wasMember = 2
}

/// What happened in a group (R25).
public enum GroupChangeKind: Hashable, Sendable {
    /// Only the number of members is told: it has more than 1 000.
    case count
    /// It was created.
    case created
    /// Users joined.
    case joined
    /// Users were invited.
    case invited
    /// Users quit.
    case quit
    /// Users were kicked.
    case kicked
    /// Members have another role: ``GroupChange/role``.
    case roleChanged
    /// It was dismissed.
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

    /// ``conversationID``.
    public var id: String { conversationID }
}

/// A page of conversations.
public struct ConversationPage: Hashable, Sendable {
    /// Of this page, the last active first.
    public let conversations: [Conversation]
    /// What the next call passes.
    public let nextSeq: Int64
    /// There are no more.
    public let isFinished: Bool
}

/// What a user says of itself (R27); either may be empty.
public struct Profile: Hashable, Sendable, Identifiable {
    /// Who it is.
    public let userID: String
    /// What it is called.
    public let nickName: String
    /// Where its picture is.
    public let faceURL: String

    /// ``userID``.
    public var id: String { userID }
}
