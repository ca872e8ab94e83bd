import Foundation
import SeenByCore

/// A conversation (R26).
public final class V2TIMConversation: NSObject, Sendable {
    private let from: Conversation
    /// The last message that counts; nil if there is none.
    public let lastMessage: V2TIMMessage?

    init(_ from: Conversation) {
        self.from = from
        lastMessage = from.lastMessage.map { V2TIMMessage(known: $0) }
    }

    private var isGroup: Bool { !from.groupId.isEmpty }

    /// c2c_&lt;peer&gt; or group_&lt;id&gt;.
    public var conversationID: String? { from.conversationId }
    /// One to one, or a group.
    public var type: V2TIMConversationType { isGroup ? .GROUP : .C2C }
    /// One to one: the peer. nil for groups.
    public var userID: String? { Texts.orNil(from.userId) }
    /// Groups: the group. nil one to one.
    public var groupID: String? { Texts.orNil(from.groupId) }
    /// Groups: its kind. nil one to one.
    public var groupType: String? { from.group.flatMap { Texts.orNil($0.groupType) } }
    /// Groups: its name, else its id; one to one: the peer.
    public var showName: String? { isGroup ? from.group.flatMap { Texts.orNil($0.name) } ?? from.groupId : from.userId }
    /// Always nil: SeenBy keeps no faces of conversations.
    public var faceUrl: String? { nil }
    /// Messages of others after the caller's mark that count.
    public var unreadCount: Int32 { from.unreadCount }
    /// Groups: the caller's mark. 0 one to one.
    public var groupReadSequence: UInt64 { isGroup ? seenByOwnReadSequence : 0 }
    /// Always 0: SeenBy marks by sequence.
    public var c2cReadTimestamp: UInt64 { 0 }

    /// The time of the last message, in ms: the higher, the further up.
    public var orderKey: UInt { UInt(clamping: from.lastMessage?.timestampMs ?? 0) }

    /// The caller's mark: everything up to this seq is read (ours).
    public var seenByOwnReadSequence: UInt64 { UInt64(clamping: from.ownReadSeq) }
    /// One to one: the peer's mark, as far as it is shown (ours, R14, R15).
    public var seenByPeerReadSequence: UInt64 { UInt64(clamping: from.peerReadSeq) }
    /// One to one: when the peer set it, in ms since 1970; 0 if never (ours).
    public var seenByPeerReadTimeMs: Int64 { from.peerReadMs }

    public override var description: String {
        "V2TIMConversation(\(from.conversationId), unread: \(from.unreadCount))"
    }
}

/// What became of one conversation. Only of calls that are outside SeenBy, which gives none.
public final class V2TIMConversationOperationResult: NSObject, Sendable {
    public override init() {}

    /// Which.
    public var conversationID: String? { nil }
    /// 0: it was done.
    public var resultCode: Int32 { 0 }
    /// Why it was not.
    public var resultInfo: String? { nil }
}
