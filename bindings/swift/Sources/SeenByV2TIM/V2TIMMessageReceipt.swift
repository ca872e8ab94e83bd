import Foundation
import SeenByCore

/// How far a message has been read (R10), or that a peer marked a whole conversation (R14: then there is no message id).
public final class V2TIMMessageReceipt: NSObject, Sendable {
    private let from: Receipt

    init(_ from: Receipt) {
        self.from = from
    }

    /// The message; nil where the peer marked the conversation.
    public var msgID: String? { Texts.orNil(from.msgId) }
    /// One to one: the peer. nil in groups.
    public var userID: String? { Texts.orNil(from.userId) }
    /// One to one: whether the peer has read it.
    public var isPeerRead: Bool { from.isPeerRead }
    /// One to one: when, in seconds since 1970; 0 before, and in groups.
    public var timestamp: time_t { Texts.seconds(from.timestampMs) }
    /// Groups: the group. nil one to one.
    public var groupID: String? { Texts.orNil(from.groupId) }
    /// Groups: how many have read it. 0 one to one.
    public var readCount: Int32 { Int32(clamping: from.readCount) }
    /// Groups: how many have not; 0 with a readCount above 0: everybody has. 0 one to one.
    public var unreadCount: Int32 { Int32(clamping: from.unreadCount) }

    /// c2c_&lt;peer&gt; or group_&lt;id&gt; (ours).
    public var seenByConversationID: String { from.conversationId }
    /// The message's number in its conversation; 0 if this device does not know it (ours).
    public var seenBySeq: UInt64 { UInt64(clamping: from.seq) }
    /// One to one: when the peer read it, in ms since 1970; 0 before (ours).
    public var seenByTimestampMs: Int64 { from.timestampMs }
    /// Who has read it since the last push, if ``SeenByV2TIMConfig/withReaders`` (ours, R12).
    public var seenByReaders: [SeenByV2TIMReader] {
        from.readers.map { SeenByV2TIMReader(userID: $0.userId, timestampMs: $0.timestampMs) }
    }
    /// There were more than ``seenByReaders`` has (ours).
    public var seenByHasMoreReaders: Bool { from.moreReaders }
    /// Of two receipts of one message the one with the higher position is the newer (ours).
    public var seenByPosition: Int64 { from.position }

    var drawn: DrawReceipt {
        DrawReceipt(
            isGroup: !from.groupId.isEmpty, isPeerRead: from.isPeerRead, readCount: from.readCount,
            unreadCount: from.unreadCount)
    }

    public override var description: String {
        "V2TIMMessageReceipt(\(from.conversationId), \(from.msgId), peer read: \(from.isPeerRead), "
            + "read: \(from.readCount), unread: \(from.unreadCount))"
    }
}

/// Somebody who has read a message (ours).
public struct SeenByV2TIMReader: Hashable, Sendable {
    /// Who.
    public let userID: String
    /// When, in ms since 1970.
    public let timestampMs: Int64
}
