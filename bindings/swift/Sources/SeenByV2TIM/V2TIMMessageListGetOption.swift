import Foundation
import SeenByCore

/// Which messages of a conversation (R18). It is read when the call is made; to be used by one thread at a time.
public final class V2TIMMessageListGetOption: NSObject {
    public override init() {}

    /// Older or newer.
    public var getType: V2TIMMessageGetType = .GET_CLOUD_OLDER_MSG
    /// The peer; exactly one of this and the group is set.
    public var userID: String?
    /// The group.
    public var groupID: String?
    /// At most this many, 1 to 100.
    public var count: UInt = 0
    /// Begin beside this message, without it; nil: none.
    public var lastMsg: V2TIMMessage?
    /// Begin at this seq, with it; 0: from the end.
    public var lastMsgSeq: UInt = 0
    /// In seconds since 1970; 0: now.
    public var getTimeBegin: UInt = 0
    /// In seconds; 0: unbounded.
    public var getTimePeriod: UInt = 0

    func history() throws -> History {
        let isNewer = getType == .GET_CLOUD_NEWER_MSG || getType == .GET_LOCAL_NEWER_MSG
        return History(
            userId: try Texts.optional("userID", userID), groupId: try Texts.optional("groupID", groupID), newer: isNewer,
            count: Int32(clamping: count), lastMsg: lastMsg?.ref, lastMsgSeq: Int64(clamping: lastMsgSeq),
            timeBeginS: Int64(clamping: getTimeBegin), timePeriodS: Int64(clamping: getTimePeriod))
    }
}

/// How a message is announced to who is offline. SeenBy sends no pushes: it is taken, and does nothing.
public final class V2TIMOfflinePushInfo: NSObject {
    public override init() {}

    /// The title.
    public var title: String?
    /// The text.
    public var desc: String?
    /// Data that goes along.
    public var ext: String?
    /// Whether none is to be sent.
    public var disablePush = false
}
