import Foundation
import SeenByV2TIM

/// One call on one device.
struct Calls {
    let device: Device
    let values: Values
    let with: With
    let reply: Reply

    private var manager: V2TIMManager { device.manager }

    private func message() throws -> V2TIMMessage {
        try values.message(with.fields["message"])
    }

    private func listed() throws -> [V2TIMMessage] {
        try with.list("messages").map { try values.message($0) }
    }

    func perform(_ name: String) throws {
        let (succ, fail) = (reply.succ, reply.fail)
        switch name {
        case "login":
            manager.login(userID: with.text("user"), userSig: with.text("userSig"), succ: succ, fail: fail)
        case "logout":
            manager.logout(succ: succ, fail: fail)
        case "unInit":
            reply.done { manager.unInitSDK() }
        case "getLoginUser":
            reply.answer(JSON(manager.getLoginUser()))
        case "getServerTime":
            reply.answer(JSON(manager.getServerTime()))
        case "debugState":
            reply.atOnce { try JSON.parse(manager.seenByDebugState) }
        case "sendMessage":
            send()
        case "revokeMessage":
            manager.revokeMessage(msg: try message(), succ: succ, fail: fail)
        case "sendMessageReadReceipts":
            manager.sendMessageReadReceipts(messageList: try listed(), succ: succ, fail: fail)
        case "getMessageReadReceipts":
            manager.getMessageReadReceipts(messageList: try listed(), succ: reply.list { values.receipt($0) }, fail: fail)
        case "getGroupMessageReadMemberList":
            try readMembers()
        case "markC2CMessageAsRead":
            manager.markC2CMessage(asRead: with.text("userID"), succ: succ, fail: fail)
        case "markGroupMessageAsRead":
            manager.markGroupMessage(asRead: with.text("groupID"), succ: succ, fail: fail)
        case "markAllMessageAsRead":
            manager.markAllMessage(asRead: succ, fail: fail)
        case "getHistoryMessageList":
            try history()
        case "findMessages":
            manager.findMessages(messageIDList: with.texts("msgIDs"), succ: reply.list { values.message($0) }, fail: fail)
        case "setReadReceiptsEnabled":
            manager.seenBySetReadReceiptsEnabled(with.flag("enabled"), succ: succ, fail: fail)
        case "cachedReceipts":
            manager.seenByCachedReceipts(msgIDs: with.texts("msgIDs"), succ: reply.list { values.receipt($0) }, fail: fail)
        case "messageReference":
            reply.atOnce {
                values.reference(
                    try V2TIMManager.seenByMessageReference(
                        conversationID: with.text("conversationID"), msgID: with.text("msgID"), sender: with.text("sender")))
            }
        case "drawState":
            let message = try self.message()
            let receipt = with.has("receipt") ? try values.receipt(with.fields["receipt"]) : nil
            reply.atOnce { Values.drawState(try V2TIMManager.seenByDrawState(message: message, receipt: receipt)) }
        case "trackerVisible":
            let messages = try listed()
            reply.done { try device.tracker().visible(messages) }
        case "trackerHidden":
            let messages = try listed()
            reply.done { try device.tracker().hidden(messages) }
        case "trackerForeground":
            reply.done { try device.tracker().foreground(with.flag("foreground")) }
        default:
            try groupsAndPeople(name)
        }
    }

    private func groupsAndPeople(_ name: String) throws {
        let (succ, fail) = (reply.succ, reply.fail)
        let group = with.text("groupID")
        switch name {
        case "createGroup":
            createGroup()
        case "joinGroup":
            manager.joinGroup(groupID: group, msg: nil, succ: succ, fail: fail)
        case "quitGroup":
            manager.quitGroup(groupID: group, succ: succ, fail: fail)
        case "dismissGroup":
            manager.dismissGroup(groupID: group, succ: succ, fail: fail)
        case "inviteUserToGroup":
            manager.inviteUserToGroup(
                groupID: group, userList: with.texts("users"), succ: reply.list(Values.result), fail: fail)
        case "kickGroupMember":
            manager.kickGroupMember(
                groupID: group, memberList: with.texts("users"), reason: nil, duration: 0,
                succ: reply.list(Values.result), fail: fail)
        case "setGroupMemberRole":
            manager.setGroupMemberRole(
                groupID: group, memberUserID: with.text("userID"), newRole: with.number("role"), succ: succ, fail: fail)
        case "getJoinedGroupList":
            manager.getJoinedGroupList(succ: reply.list(Values.group), fail: fail)
        case "getGroupMemberList":
            manager.seenByGetGroupMemberList(
                groupID: group, nextSeq: with.number("nextSeq"), count: with.number("count"),
                succ: { nextSeq, members in
                    reply.answer(
                        .object([
                            "nextSeq": JSON(nextSeq), "members": members.map { .list($0.map(Values.member)) } ?? .null,
                        ]))
                }, fail: fail)
        case "getGroupMembersInfo":
            manager.getGroupMembersInfo(
                groupID: group, memberList: with.texts("users"), succ: reply.list(Values.member), fail: fail)
        case "getConversationList":
            manager.getConversationList(
                nextSeq: with.number("nextSeq"), count: with.number("count"),
                succ: { list, nextSeq, isFinished in
                    reply.answer(
                        .object([
                            "conversations": list.map { .list($0.map { values.conversation($0) }) } ?? .null,
                            "nextSeq": JSON(nextSeq), "isFinished": .bool(isFinished),
                        ]))
                }, fail: fail)
        case "getConversation":
            manager.getConversation(
                conversationID: with.text("conversationID"), succ: reply.one { values.conversation($0) }, fail: fail)
        case "getTotalUnreadMessageCount":
            manager.getTotalUnreadMessageCount(succ: { reply.answer(JSON($0)) }, fail: fail)
        case "cleanConversationUnreadMessageCount":
            manager.cleanConversationUnreadMessageCount(
                conversationID: with.text("conversationID"), cleanTimestamp: with.number("cleanTimestamp"),
                cleanSequence: with.number("cleanSequence"), succ: succ, fail: fail)
        case "setSelfInfo":
            let info = V2TIMUserFullInfo()
            if with.has("nickName") { info.nickName = with.text("nickName") }
            if with.has("faceURL") { info.faceURL = with.text("faceURL") }
            manager.setSelfInfo(info: info, succ: succ, fail: fail)
        case "getUsersInfo":
            manager.getUsersInfo(with.texts("users"), succ: reply.list(Values.profile), fail: fail)
        default:
            throw Broken(description: "the call \(name) is not in the vocabulary")
        }
    }

    private func createGroup() {
        let info = V2TIMGroupInfo()
        info.groupType = with.text("groupType")
        info.groupID = with.optional("groupID")
        info.groupName = with.text("groupName")
        let members = with.texts("members").map { user in
            let member = V2TIMCreateGroupMemberInfo()
            member.userID = user
            return member
        }
        manager.createGroup(info: info, memberList: members, succ: reply.one { JSON($0) }, fail: reply.fail)
    }

    private func readMembers() throws {
        guard let filter = V2TIMGroupMessageReadMembersFilter(rawValue: with.number("filter")) else {
            throw Broken(description: "a filter is any number")
        }
        manager.getGroupMessageReadMemberList(
            message: try message(), filter: filter, nextSeq: with.number("nextSeq"), count: with.number("count"),
            succ: { members, nextSeq, isFinished in
                reply.answer(
                    .object([
                        "members": members.map { .list($0.map(Values.reader)) } ?? .null,
                        "nextSeq": JSON(nextSeq), "isFinished": .bool(isFinished),
                    ]))
            }, fail: reply.fail)
    }

    private func history() throws {
        let option = V2TIMMessageListGetOption()
        option.getType = with.flag("newer") ? .GET_CLOUD_NEWER_MSG : .GET_CLOUD_OLDER_MSG
        option.userID = with.optional("userID")
        option.groupID = with.optional("groupID")
        option.count = with.number("count")
        option.lastMsg = with.has("lastMsg") ? try values.message(with.fields["lastMsg"]) : nil
        option.lastMsgSeq = with.number("lastMsgSeq")
        option.getTimeBegin = with.number("getTimeBegin")
        option.getTimePeriod = with.number("getTimePeriod")
        manager.getHistoryMessageList(option: option, succ: reply.list { values.message($0) }, fail: reply.fail)
    }

    private func created(_ given: With) -> V2TIMMessage {
        let message: V2TIMMessage =
            given.has("customData")
            ? manager.createCustomMessage(data: Data(given.text("customData").utf8))
            : manager.createTextMessage(text: given.text("text"))
        message.needReadReceipt = given.flag("needReadReceipt")
        message.isExcludedFromUnreadCount = given.flag("isExcludedFromUnreadCount")
        message.isExcludedFromLastMessage = given.flag("isExcludedFromLastMessage")
        if given.has("cloudCustomData") {
            message.cloudCustomData = Data(given.text("cloudCustomData").utf8)
        }
        if given.has("msgID") {
            message.seenByMsgID = given.text("msgID")
        } else if message.msgID != nil {
            Lines.give(up: "a new message has an id")
        }
        return message
    }

    private func send() {
        let message = values.known(with.fields["message"]) ?? created(with.with("message"))
        let sending = Sending(message, values, reply)
        let id = manager.sendMessage(
            message: message, receiver: with.optional("receiver"), groupID: with.optional("groupID"),
            priority: V2TIMMessagePriority(rawValue: with.number("priority")) ?? .PRIORITY_DEFAULT,
            onlineUserOnly: with.flag("onlineUserOnly"), offlinePushInfo: nil,
            progress: { _ in Lines.give(up: "progress came, without an upload") }, succ: sending.succeeded,
            fail: sending.failed)
        sending.returned(id)
    }
}

/// Waits for both, the return and the end: the end may come first.
private final class Sending: @unchecked Sendable {
    // Unchecked: what it keeps is read and written under the lock.
    private let message: V2TIMMessage
    private let values: Values
    private let reply: Reply
    private let lock = NSLock()
    private var id: String??
    private var end: ((String?) -> Void)?

    init(_ message: V2TIMMessage, _ values: Values, _ reply: Reply) {
        self.message = message
        self.values = values
        self.reply = reply
    }

    private func meet(_ change: () -> Void) {
        lock.lock()
        change()
        let both = end.flatMap { end in id.map { id in { end(id) } } }
        lock.unlock()
        both?()
    }

    func returned(_ id: String?) {
        meet { self.id = .some(id) }
    }

    func succeeded() {
        meet {
            end = { [message, values, reply] id in
                if id != nil, id == message.msgID {
                    reply.answer(values.message(message))
                } else {
                    reply.broken("sendMessage returned the id \(id ?? "nil") and ended with \(message.msgID ?? "nil")")
                }
            }
        }
    }

    func failed(_ code: Int32, _ desc: String?) {
        meet {
            end = { [message, values, reply] _ in reply.refused(code, desc, values.message(message)) }
        }
    }
}
