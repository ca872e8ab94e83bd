import Foundation
import SeenByV2TIM

/// What calls answer and listeners are told, in the words of the scenarios; and the objects behind, by their numbers.
final class Values: @unchecked Sendable {
    // Unchecked: `natives` is read and written under the lock. They are of one scenario; listeners and closures add to them from
    // SeenBy's thread.
    private let lock = NSLock()
    private var natives: [AnyObject] = []

    private func keep(_ object: AnyObject, _ fields: [String: JSON]) -> JSON {
        lock.lock()
        defer { lock.unlock() }
        natives.append(object)
        return .object(fields.merging(["$native": JSON(natives.count - 1)]) { _, native in native })
    }

    private func find(_ value: JSON?) -> AnyObject? {
        guard case .whole(let number)? = value?["$native"] else { return nil }
        lock.lock()
        defer { lock.unlock() }
        return natives[Int(number)]
    }

    /// The message behind a value; nil if there is none.
    func known(_ value: JSON?) -> V2TIMMessage? {
        find(value) as? V2TIMMessage
    }

    func message(_ value: JSON?) throws -> V2TIMMessage {
        guard let message = known(value) else { throw Broken(description: "\(String(describing: value)) is no message") }
        return message
    }

    func receipt(_ value: JSON?) throws -> V2TIMMessageReceipt {
        guard let receipt = find(value) as? V2TIMMessageReceipt else {
            throw Broken(description: "\(String(describing: value)) is no receipt")
        }
        return receipt
    }

    private static func status(_ status: V2TIMMessageStatus) -> String {
        switch status {
        case .MSG_STATUS_SENDING: return "SENDING"
        case .MSG_STATUS_SEND_SUCC: return "SEND_SUCC"
        case .MSG_STATUS_SEND_FAIL: return "SEND_FAIL"
        case .MSG_STATUS_HAS_DELETED: return "HAS_DELETED"
        case .MSG_STATUS_LOCAL_REVOKED: return "LOCAL_REVOKED"
        default: return "the unknown status \(status.rawValue)"
        }
    }

    /// Whole seconds, towards the past.
    static func seconds(ms: Int64) -> JSON {
        JSON(Int64((Double(ms) / 1000).rounded(.down)))
    }

    private static func text(_ data: Data?) -> JSON {
        .text(data.map { String(decoding: $0, as: UTF8.self) } ?? "")
    }

    func message(_ message: V2TIMMessage) -> JSON {
        var value: [String: JSON] = [
            "msgID": JSON(message.msgID),
            "conversationID": JSON(message.seenByConversationID),
            "userID": JSON(message.userID),
            "groupID": JSON(message.groupID),
            "seq": JSON(message.seq),
            "sender": JSON(message.sender),
            "timestamp": JSON(Int64((message.timestamp?.timeIntervalSince1970 ?? 0).rounded(.down))),
            "status": .text(Values.status(message.status)),
            "isSelf": .bool(message.isSelf),
            "needReadReceipt": .bool(message.needReadReceipt),
            "hasSentReceipt": .bool(message.seenByHasSentReceipt),
            "isRead": .bool(message.isRead),
        ]
        value["isPeerRead"] = .bool(message.isPeerRead)
        value["text"] = JSON(message.textElem?.text)
        value["customData"] = Values.text(message.customElem?.data)
        value["cloudCustomData"] = Values.text(message.cloudCustomData)
        value["priority"] = JSON(message.priority.rawValue)
        value["nickName"] = JSON(message.nickName)
        value["faceURL"] = JSON(message.faceURL)
        value["receipt"] = message.seenByReceipt.map { receipt($0) } ?? .null
        return keep(message, value)
    }

    /// A reference is a message of which nothing else is known.
    func reference(_ message: V2TIMMessage) -> JSON {
        keep(message, ["msgID": JSON(message.msgID)])
    }

    func receipt(_ receipt: V2TIMMessageReceipt) -> JSON {
        let readers = receipt.seenByReaders.map { reader in
            JSON.object(["userID": .text(reader.userID), "timestamp": Values.seconds(ms: reader.timestampMs)])
        }
        return keep(
            receipt,
            [
                "msgID": JSON(receipt.msgID), "userID": JSON(receipt.userID), "groupID": JSON(receipt.groupID),
                "isPeerRead": .bool(receipt.isPeerRead), "timestamp": JSON(receipt.timestamp),
                "readCount": JSON(receipt.readCount), "unreadCount": JSON(receipt.unreadCount),
                "readers": .list(readers), "moreReaders": .bool(receipt.seenByHasMoreReaders),
            ])
    }

    func conversation(_ conversation: V2TIMConversation) -> JSON {
        .object([
            "conversationID": JSON(conversation.conversationID), "userID": JSON(conversation.userID),
            "groupID": JSON(conversation.groupID), "unreadCount": JSON(conversation.unreadCount),
            "lastMessage": conversation.lastMessage.map { message($0) } ?? .null,
            "ownReadSequence": JSON(conversation.seenByOwnReadSequence),
            "peerReadSequence": JSON(conversation.seenByPeerReadSequence),
            "peerReadTimestamp": Values.seconds(ms: conversation.seenByPeerReadTimeMs),
        ])
    }

    static func reader(_ member: V2TIMGroupMemberInfo) -> JSON {
        .object([
            "userID": JSON(member.userID), "nickName": JSON(member.nickName), "faceURL": JSON(member.faceURL),
            "timestamp": seconds(ms: member.seenByReadTimeMs),
        ])
    }

    static func member(_ member: V2TIMGroupMemberFullInfo) -> JSON {
        .object([
            "userID": JSON(member.userID), "nickName": JSON(member.nickName), "faceURL": JSON(member.faceURL),
            "role": JSON(member.role), "joinTime": JSON(member.joinTime),
        ])
    }

    static func group(_ group: V2TIMGroupInfo) -> JSON {
        .object([
            "groupID": JSON(group.groupID), "groupType": JSON(group.groupType), "groupName": JSON(group.groupName),
            "owner": JSON(group.owner), "memberCount": JSON(group.memberCount), "role": JSON(group.role),
        ])
    }

    static func result(_ result: V2TIMGroupMemberOperationResult) -> JSON {
        let what: String
        switch result.result {
        case .GROUP_MEMBER_RESULT_SUCC: what = "done"
        case .GROUP_MEMBER_RESULT_INVALID: what = "alreadyMember"
        case .GROUP_MEMBER_RESULT_FAIL: what = "failed"
        default: what = "the unknown result \(result.result.rawValue)"
        }
        return .object(["userID": JSON(result.userID), "result": .text(what)])
    }

    static func profile(_ profile: V2TIMUserFullInfo) -> JSON {
        .object(["userID": JSON(profile.userID), "nickName": JSON(profile.nickName), "faceURL": JSON(profile.faceURL)])
    }

    static func drawState(_ state: SeenByV2TIMDrawState) -> JSON {
        if case .readBy(let read, let of) = state {
            return .object(["state": "readBy", "read": JSON(read), "of": JSON(of)])
        }
        return .object(["state": .text("\(state)")])
    }
}

extension JSON: ExpressibleByStringLiteral {
    init(stringLiteral text: String) {
        self = .text(text)
    }
}
