import Foundation
import SeenByCore

// Messages and receipts.
extension V2TIMManager {
    /// Hear of messages and receipts. One that is added twice hears once.
    public func addAdvancedMsgListener(listener: (any V2TIMAdvancedMsgListener)?) {
        if let listener { advancedListeners.add(listener, .advanced(listener)) }
    }

    /// No call of the listener starts after this has returned.
    public func removeAdvancedMsgListener(listener: (any V2TIMAdvancedMsgListener)?) {
        if let listener { advancedListeners.remove(listener) }
    }

    // MARK: - Receipts

    /// "I have read these" (R2): messages of one conversation (R3), any number (R4). One's own and those without receipts are
    /// skipped. Succeeds when it is durable, on the service or on this device (R16). An empty list: 6017.
    public func sendMessageReadReceipts(messageList: [V2TIMMessage]?, succ: V2TIMSucc?, fail: V2TIMFail?) {
        core.call(End.done(succ, fail)) { client, end in
            client.sendReadReceipts(messages: (messageList ?? []).map(\.ref), completion: end)
        }
    }

    /// How far messages of one's own have been read (R10), in this order; those one may not see are left out.
    public func getMessageReadReceipts(
        messageList: [V2TIMMessage]?, succ: V2TIMMessageReadReceiptsSucc?, fail: V2TIMFail?
    ) {
        core.call(End.value(succ, fail, V2TIMManager.receipts)) { client, end in
            client.getReadReceipts(messages: (messageList ?? []).map(\.ref), completion: end)
        }
    }

    static func receipts(_ answer: Answer) -> [V2TIMMessageReceipt]? {
        if case .receipts(let receipts) = answer { return receipts.map { V2TIMMessageReceipt($0) } }
        return nil
    }

    /// Who has read a group message, or who has not (R11).
    ///
    /// - Parameters:
    ///   - nextSeq: 0 first, then what the last page gave.
    ///   - count: 1 to 100.
    public func getGroupMessageReadMemberList(
        message: V2TIMMessage?, filter: V2TIMGroupMessageReadMembersFilter, nextSeq: UInt64, count: UInt32,
        succ: V2TIMGroupMessageReadMemberListSucc?, fail: V2TIMFail?
    ) {
        typealias Page = ([V2TIMGroupMemberInfo], UInt64, Bool)
        let succeed = succ.map { succ in { (page: Page) in succ(page.0, page.1, page.2) } }
        let end = End.value(succeed, fail) { (answer) -> Page? in
            guard case .readMembers(let members, let nextSeq, let isFinished) = answer else { return nil }
            return (members.map { V2TIMGroupMemberInfo.of($0) }, UInt64(clamping: nextSeq), isFinished)
        }
        core.call(end) { client, end in
            client.getReadMembers(
                message: try V2TIMManager.given(message), filter: Int32(clamping: filter.rawValue),
                nextSeq: Int64(clamping: nextSeq), count: Int32(clamping: count), completion: end)
        }
    }

    private static func given(_ message: V2TIMMessage?) throws -> MessageRef {
        guard let message else {
            throw Failure.invalid("the message is nil; pass one that was sent, received or referred to")
        }
        return message.ref
    }

    // MARK: - Making messages

    /// A text message, not sent yet.
    public func createTextMessage(text: String?) -> V2TIMMessage! {
        V2TIMMessage(body: .text(text: text ?? ""))
    }

    /// A message of the app's own making, not sent yet.
    public func createCustomMessage(data: Data?) -> V2TIMMessage! {
        createCustomMessage(data: data, desc: nil, ext: nil)
    }

    /// As ``createCustomMessage(data:)``, with a description and an extension.
    public func createCustomMessage(data: Data?, desc: String?, ext: String?) -> V2TIMMessage! {
        V2TIMMessage(body: .custom(data: data ?? Data(), description: desc ?? "", extension: ext ?? ""))
    }

    /// A message that says the same, and was not sent yet. Whether it wants receipts is its own.
    public func createForwardMessage(message: V2TIMMessage?) -> V2TIMMessage! {
        guard let message else { return V2TIMMessage() }
        let body = message.known.body
        let forward = message.unsupported.map { V2TIMMessage(unsupported: $0.elemType, $0.call, body: body) }
            ?? V2TIMMessage(body: body)
        forward.cloudCustomData = message.cloudCustomData
        return forward
    }

    /// Outside SeenBy: sending it answers 7013.
    public func createTextAtMessage(text: String?, atUserList: [String]?) -> V2TIMMessage! {
        V2TIMMessage(unsupported: .ELEM_TYPE_TEXT, "createTextAtMessage", body: .text(text: text ?? ""))
    }

    /// Outside SeenBy: sending it answers 7013.
    public func createAtSignedGroupMessage(message: V2TIMMessage?, atUserList: [String]?) -> V2TIMMessage! {
        V2TIMMessage(
            unsupported: message?.elemType ?? .ELEM_TYPE_NONE, "createAtSignedGroupMessage", body: message?.known.body ?? .nothing)
    }

    /// Outside SeenBy: sending it answers 7013.
    public func createTargetedGroupMessage(message: V2TIMMessage?, receiverList: [String]?) -> V2TIMMessage! {
        V2TIMMessage(
            unsupported: message?.elemType ?? .ELEM_TYPE_NONE, "createTargetedGroupMessage", body: message?.known.body ?? .nothing)
    }

    /// Outside SeenBy: sending it answers 7013.
    public func createMergerMessage(
        messageList: [V2TIMMessage]?, title: String?, abstractList: [String]?, compatibleText: String?
    ) -> V2TIMMessage! {
        V2TIMMessage(unsupported: .ELEM_TYPE_MERGER, "createMergerMessage")
    }

    /// Outside SeenBy: sending it answers 7013.
    public func createImageMessage(imagePath: String?) -> V2TIMMessage! {
        V2TIMMessage(unsupported: .ELEM_TYPE_IMAGE, "createImageMessage")
    }

    /// Outside SeenBy: sending it answers 7013.
    public func createSoundMessage(audioFilePath: String?, duration: Int32) -> V2TIMMessage! {
        V2TIMMessage(unsupported: .ELEM_TYPE_SOUND, "createSoundMessage")
    }

    /// Outside SeenBy: sending it answers 7013.
    public func createVideoMessage(
        videoFilePath: String?, type: String?, duration: Int32, snapshotPath: String?
    ) -> V2TIMMessage! {
        V2TIMMessage(unsupported: .ELEM_TYPE_VIDEO, "createVideoMessage")
    }

    /// Outside SeenBy: sending it answers 7013.
    public func createFileMessage(filePath: String?, fileName: String?) -> V2TIMMessage! {
        V2TIMMessage(unsupported: .ELEM_TYPE_FILE, "createFileMessage")
    }

    /// Outside SeenBy: sending it answers 7013.
    public func createLocationMessage(desc: String?, longitude: Double, latitude: Double) -> V2TIMMessage! {
        V2TIMMessage(unsupported: .ELEM_TYPE_LOCATION, "createLocationMessage")
    }

    /// Outside SeenBy: sending it answers 7013.
    public func createFaceMessage(index: Int32, data: Data?) -> V2TIMMessage! {
        V2TIMMessage(unsupported: .ELEM_TYPE_FACE, "createFaceMessage")
    }

    // MARK: - Sending

    /// Sends a message (R18) to a user or a group: exactly one is set. The message gets its id at once, and is brought up to date
    /// when the call ends; sending the same object again cannot store it twice (R16).
    ///
    /// - Returns: its id; nil if it was refused at once.
    @discardableResult
    public func sendMessage(
        message: V2TIMMessage?, receiver: String?, groupID: String?, priority: V2TIMMessagePriority, onlineUserOnly: Bool,
        offlinePushInfo: V2TIMOfflinePushInfo?, progress: V2TIMProgress?, succ: V2TIMSucc?, fail: V2TIMFail?
    ) -> String? {
        guard let message else {
            core.refuse(Failure.invalid("the message is nil; pass one that a create call made"), End.never(fail))
            return nil
        }
        if let unsupported = message.unsupported {
            message.failed()
            core.unsupported("sendMessage of what \(unsupported.call) made", End.never(fail))
            return nil
        }
        // Also without closures: the object is brought up to date.
        let end = End(
            success: { answer in
                if case .oneMessage(let known) = answer { message.sent(known) }
                succ?()
            },
            failure: { code, text in
                message.failed()
                fail?(code, text)
            })
        end.comes(on: core.place.now)
        do {
            var id = ""
            try message.sending {
                let outgoing = try message.outgoing(priority: priority.rawValue, onlineUserOnly: onlineUserOnly)
                let begun = core.client.sendMessage(
                    message: outgoing, receiver: try Texts.optional("receiver", receiver),
                    groupId: try Texts.optional("groupID", groupID), completion: end
                ).message
                id = begun.msgId
                return begun
            }
            return Texts.orNil(id)
        } catch {
            message.failed()
            core.refuse(error, end)
            return nil
        }
    }

    // MARK: - History

    /// Messages with a user, newest first, from before lastMsg (nil: from the end).
    public func getC2CHistoryMessageList(
        userID: String?, count: Int32, lastMsg: V2TIMMessage?, succ: V2TIMMessageListSucc?, fail: V2TIMFail?
    ) {
        older(userID: userID, groupID: nil, count, lastMsg, succ, fail)
    }

    /// Messages of a group, newest first, from before lastMsg (nil: from the end).
    public func getGroupHistoryMessageList(
        groupID: String?, count: Int32, lastMsg: V2TIMMessage?, succ: V2TIMMessageListSucc?, fail: V2TIMFail?
    ) {
        older(userID: nil, groupID: groupID, count, lastMsg, succ, fail)
    }

    private func older(
        userID: String?, groupID: String?, _ count: Int32, _ lastMsg: V2TIMMessage?, _ succ: V2TIMMessageListSucc?,
        _ fail: V2TIMFail?
    ) {
        core.call(End.value(succ, fail, V2TIMManager.messages)) { client, end in
            let query = History(
                userId: try Texts.optional("userID", userID), groupId: try Texts.optional("groupID", groupID), newer: false,
                count: count, lastMsg: lastMsg?.ref, lastMsgSeq: 0, timeBeginS: 0, timePeriodS: 0)
            return client.getHistory(query: query, completion: end)
        }
    }

    /// Messages older or newer than a place in a conversation (R18).
    public func getHistoryMessageList(
        option: V2TIMMessageListGetOption?, succ: V2TIMMessageListSucc?, fail: V2TIMFail?
    ) {
        core.call(End.value(succ, fail, V2TIMManager.messages)) { client, end in
            guard let option else {
                throw Failure.invalid("the option is nil; pass one that says which messages")
            }
            return client.getHistory(query: try option.history(), completion: end)
        }
    }

    private static func messages(_ answer: Answer) -> [V2TIMMessage]? {
        if case .messages(let messages, _) = answer { return messages.map { V2TIMMessage(known: $0) } }
        return nil
    }

    /// The messages with these ids that the caller may see, in this order.
    public func findMessages(messageIDList: [String]?, succ: V2TIMMessageListSucc?, fail: V2TIMFail?) {
        core.call(End.value(succ, fail, V2TIMManager.messages)) { client, end in
            client.findMessages(msgIds: try Texts.list("msgID", messageIDList), completion: end)
        }
    }

    /// Takes a message of one's own back, and with it its receipts (R32).
    public func revokeMessage(msg: V2TIMMessage?, succ: V2TIMSucc?, fail: V2TIMFail?) {
        core.call(End.done(succ, fail)) { client, end in
            client.revokeMessage(message: try V2TIMManager.given(msg), completion: end)
        }
    }

    // MARK: - Marks

    /// Marks everything received from this user as read (R14). Makes no receipts.
    public func markC2CMessage(asRead userID: String?, succ: V2TIMSucc?, fail: V2TIMFail?) {
        core.call(End.done(succ, fail)) { client, end in
            client.markC2cAsRead(userId: try Texts.text("userID", userID), completion: end)
        }
    }

    /// As ``markC2CMessage(asRead:succ:fail:)``, by its name elsewhere.
    public func markC2CMessageAsRead(userID: String?, succ: V2TIMSucc?, fail: V2TIMFail?) {
        markC2CMessage(asRead: userID, succ: succ, fail: fail)
    }

    /// Marks everything received in this group as read (R14). Makes no receipts.
    public func markGroupMessage(asRead groupID: String?, succ: V2TIMSucc?, fail: V2TIMFail?) {
        core.call(End.done(succ, fail)) { client, end in
            client.markGroupAsRead(groupId: try Texts.text("groupID", groupID), completion: end)
        }
    }

    /// As ``markGroupMessage(asRead:succ:fail:)``, by its name elsewhere.
    public func markGroupMessageAsRead(groupID: String?, succ: V2TIMSucc?, fail: V2TIMFail?) {
        markGroupMessage(asRead: groupID, succ: succ, fail: fail)
    }

    /// Marks everything received as read (R14). Makes no receipts.
    public func markAllMessage(asRead succ: V2TIMSucc?, fail: V2TIMFail?) {
        core.call(End.done(succ, fail)) { client, end in client.markAllAsRead(completion: end) }
    }

    /// As ``markAllMessage(asRead:fail:)``, by its name elsewhere.
    public func markAllMessageAsRead(succ: V2TIMSucc?, fail: V2TIMFail?) {
        markAllMessage(asRead: succ, fail: fail)
    }
}
