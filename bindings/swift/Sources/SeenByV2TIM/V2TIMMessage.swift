import Foundation
import SeenByCore

/// A message. One that is sent is brought up to date when `sendMessage` returns and when it ends, so the same object can be sent again
/// when it failed, and cannot be stored twice (R16).
public final class V2TIMMessage: NSObject, Sendable {
    /// What the service, the device and the app say of it.
    private struct State {
        var known: Message
        var needReadReceipt: Bool
        var cloudCustomData: Data?
        var isExcludedFromUnreadCount: Bool
        var isExcludedFromLastMessage: Bool
        var localCustomData: Data?
        var localCustomInt: Int32 = 0
        /// The id that the app gave.
        var ownID: String?

        init(_ known: Message) {
            self.known = known
            needReadReceipt = known.needReadReceipt
            cloudCustomData = known.cloudCustomData.isEmpty ? nil : known.cloudCustomData
            isExcludedFromUnreadCount = known.isExcludedFromUnreadCount
            isExcludedFromLastMessage = known.isExcludedFromLastMessage
        }

        mutating func update(_ known: Message) {
            var new = State(known)
            (new.localCustomData, new.localCustomInt) = (localCustomData, localCustomInt)
            self = new
        }

        mutating func fail() {
            known = known.failed()
        }
    }

    private let state: Locked<State>
    /// Orders what sending says at once before what its end says.
    private let sends = NSLock()
    /// A reference (R19) says no more than this.
    private let reference: MessageRef?
    /// Where SeenBy cannot carry it: what it would be made of, and the call that made it.
    struct Unsupported {
        let elemType: V2TIMElemType
        let call: String
    }

    let unsupported: Unsupported?

    private init(_ known: Message, reference: MessageRef? = nil, unsupported: Unsupported? = nil) {
        state = Locked(State(known))
        self.reference = reference
        self.unsupported = unsupported
    }

    convenience init(known: Message) {
        self.init(known)
    }

    convenience init(body: Body) {
        self.init(.blank(body))
    }

    convenience init(unsupported elemType: V2TIMElemType, _ call: String, body: Body = .nothing) {
        self.init(.blank(body), unsupported: Unsupported(elemType: elemType, call: call))
    }

    convenience init(reference: MessageRef) {
        self.init(.blank(.nothing, reference: reference), reference: reference)
    }

    /// Nothing: `createTextMessage` and `createCustomMessage` make one that can be sent.
    public override convenience init() {
        self.init(body: .nothing)
    }

    /// Sends it: what its end says of it comes after what sending says at once.
    func sending(_ send: () throws -> Message) rethrows {
        sends.lock()
        defer { sends.unlock() }
        let begun = try send()
        state.with { state in
            if begun.status == V2TIMMessageStatus.MSG_STATUS_SEND_FAIL.rawValue {
                // Refused at once: the answer knows less of it than this object may.
                state.fail()
            } else {
                state.update(begun)
            }
        }
    }

    /// The call that sent it has ended.
    func sent(_ known: Message) {
        sends.lock()
        defer { sends.unlock() }
        state.with { $0.update(known) }
    }

    /// The call that sent it has failed.
    func failed() {
        sends.lock()
        defer { sends.unlock() }
        state.with { $0.fail() }
    }

    /// What is sent.
    func outgoing(priority: Int, onlineUserOnly: Bool) throws -> OutgoingMessage {
        let state = self.state.now
        let body: Body
        switch state.known.body {
        case .text(let text):
            body = .text(text: try Texts.text("text", text))
        case .custom(let data, let description, let ext):
            body = .custom(
                data: data, description: try Texts.text("desc", description), extension: try Texts.text("extension", ext))
        case .nothing:
            body = .nothing
        }
        return OutgoingMessage(
            body: body, msgId: try Texts.optional("msgID", state.ownID ?? state.known.msgId),
            needReadReceipt: state.needReadReceipt, priority: Int32(clamping: priority), onlineUserOnly: onlineUserOnly,
            isExcludedFromUnreadCount: state.isExcludedFromUnreadCount,
            isExcludedFromLastMessage: state.isExcludedFromLastMessage, cloudCustomData: state.cloudCustomData ?? Data())
    }

    /// What a call about it passes.
    var ref: MessageRef {
        if let reference { return reference }
        let known = self.known
        return MessageRef(
            msgId: Texts.orNil(known.msgId), conversationId: Texts.orNil(known.conversationId), sender: nil, seq: known.seq,
            isSelf: known.isSelf, needReadReceipt: known.needReadReceipt)
    }

    /// What is known of it.
    var known: Message { state.now.known }

    /// Its id; nil until it was sent.
    public var msgID: String? { state.with { Texts.orNil($0.ownID ?? $0.known.msgId) } }

    /// When the service accepted it; the device's estimate before. nil until it was sent.
    public var timestamp: Date? {
        let ms = known.timestampMs
        return ms == 0 ? nil : Date(timeIntervalSince1970: Double(ms) / 1000)
    }

    /// Who sent it; nil until it was sent.
    public var sender: String? { Texts.orNil(known.sender) }
    /// The sender's nick name when it was delivered; nil: none (R27).
    public var nickName: String? { Texts.orNil(known.nickName) }
    /// Always nil: SeenBy has no friends.
    public var friendRemark: String? { nil }
    /// Always nil: SeenBy has no names of groups' own.
    public var nameCard: String? { nil }
    /// The sender's face URL when it was delivered; nil: none (R27).
    public var faceURL: String? { Texts.orNil(known.faceUrl) }
    /// Groups: the group. nil one to one.
    public var groupID: String? { Texts.orNil(known.groupId) }
    /// One to one: the peer, in both directions. nil in groups.
    public var userID: String? { Texts.orNil(known.userId) }
    /// Its number in the conversation; 0 until the service gave it.
    public var seq: UInt64 { UInt64(clamping: known.seq) }
    /// Always 0: SeenBy tells messages apart by their ids.
    public var random: UInt64 { 0 }
    /// Where it stands.
    public var status: V2TIMMessageStatus { V2TIMMessageStatus(Int(known.status)) }
    /// How urgent it is.
    public var priority: V2TIMMessagePriority { V2TIMMessagePriority(Int(known.priority)) }
    /// Whether the caller sent it.
    public var isSelf: Bool { known.isSelf }
    /// Whether the caller's mark covers it (R14).
    public var isRead: Bool { known.isRead }
    /// One to one: whether the peer's mark covers it (R14). Not from receipts.
    public var isPeerRead: Bool { known.isPeerRead }

    /// Whether receipts are wanted: set it before sending (R1). False again if the service downgraded it (R8).
    public var needReadReceipt: Bool {
        get { state.now.needReadReceipt }
        set { state.with { $0.needReadReceipt = newValue } }
    }

    /// Does not count as unread: set it before sending.
    public var isExcludedFromUnreadCount: Bool {
        get { state.now.isExcludedFromUnreadCount }
        set { state.with { $0.isExcludedFromUnreadCount = newValue } }
    }

    /// Is no conversation's last message: set it before sending.
    public var isExcludedFromLastMessage: Bool {
        get { state.now.isExcludedFromLastMessage }
        set { state.with { $0.isExcludedFromLastMessage = newValue } }
    }

    /// Data the app attaches: set it before sending.
    public var cloudCustomData: Data? {
        get { state.now.cloudCustomData }
        set { state.with { $0.cloudCustomData = newValue } }
    }

    /// The app's own, on this object alone: SeenBy keeps it nowhere.
    public var localCustomData: Data? {
        get { state.now.localCustomData }
        set { state.with { $0.localCustomData = newValue } }
    }

    /// The app's own, on this object alone: SeenBy keeps it nowhere.
    public var localCustomInt: Int32 {
        get { state.now.localCustomInt }
        set { state.with { $0.localCustomInt = newValue } }
    }

    /// Always nil: SeenBy has no mentions.
    public var groupAtUserList: [String]? { nil }

    /// What it is made of.
    public var elemType: V2TIMElemType {
        switch known.body {
        case .text: return .ELEM_TYPE_TEXT
        case .custom: return .ELEM_TYPE_CUSTOM
        case .nothing: return unsupported?.elemType ?? .ELEM_TYPE_NONE
        }
    }

    /// A copy of the text; nil if it is none.
    public var textElem: V2TIMTextElem? {
        guard case .text(let text) = known.body else { return nil }
        return V2TIMTextElem(text: text)
    }

    /// A copy of the data; nil if it is none.
    public var customElem: V2TIMCustomElem? {
        guard case .custom(let data, let description, let ext) = known.body else { return nil }
        return V2TIMCustomElem(data: data, desc: Texts.orNil(description), ext: Texts.orNil(ext))
    }

    /// An id of the app's own, given before it is sent: 1 to 128 bytes that name one message in the app (ours, R23).
    public var seenByMsgID: String? {
        get { msgID }
        set { state.with { $0.ownID = newValue } }
    }

    /// Whether one's own receipt for it was sent, from any of one's devices (ours, R13).
    public var seenByHasSentReceipt: Bool { known.hasSentReceipt }
    /// The last known receipt, in history; nil if none is known (ours, R18).
    public var seenByReceipt: V2TIMMessageReceipt? { known.receipt.map { V2TIMMessageReceipt($0) } }
    /// c2c_&lt;peer&gt; or group_&lt;id&gt;; nil until it was sent (ours).
    public var seenByConversationID: String? { Texts.orNil(known.conversationId) }
    /// As ``timestamp``, in ms since 1970; 0 until it was sent (ours).
    public var seenByTimestampMs: Int64 { known.timestampMs }

    public override var description: String {
        let known = self.known
        return "V2TIMMessage(\(known.conversationId), \(known.msgId), seq \(known.seq), status \(known.status))"
    }
}

extension Message {
    /// A message that was not sent yet, or that is referred to.
    static func blank(_ body: Body, reference: MessageRef? = nil) -> Message {
        let conversation = reference?.conversationId ?? ""
        let user = conversation.hasPrefix("c2c_") ? String(conversation.dropFirst(4)) : ""
        let group = conversation.hasPrefix("group_") ? String(conversation.dropFirst(6)) : ""
        return Message(
            msgId: reference?.msgId ?? "", conversationId: conversation, userId: user, groupId: group,
            sender: reference?.sender ?? "", nickName: "", faceUrl: "", seq: 0, timestampMs: 0,
            status: Int32(V2TIMMessageStatus.MSG_STATUS_SENDING.rawValue), priority: 0, isSelf: reference == nil,
            needReadReceipt: false, hasSentReceipt: false, isRead: false, isPeerRead: false, onlineUserOnly: false,
            isExcludedFromUnreadCount: false, isExcludedFromLastMessage: false, body: body, cloudCustomData: Data(),
            receipt: nil)
    }

    /// As it was, but for its status.
    func failed() -> Message {
        Message(
            msgId: msgId, conversationId: conversationId, userId: userId, groupId: groupId, sender: sender,
            nickName: nickName, faceUrl: faceUrl, seq: seq, timestampMs: timestampMs,
            status: Int32(V2TIMMessageStatus.MSG_STATUS_SEND_FAIL.rawValue), priority: priority, isSelf: isSelf,
            needReadReceipt: needReadReceipt, hasSentReceipt: hasSentReceipt, isRead: isRead, isPeerRead: isPeerRead,
            onlineUserOnly: onlineUserOnly, isExcludedFromUnreadCount: isExcludedFromUnreadCount,
            isExcludedFromLastMessage: isExcludedFromLastMessage, body: body, cloudCustomData: cloudCustomData,
            receipt: receipt)
    }
}
