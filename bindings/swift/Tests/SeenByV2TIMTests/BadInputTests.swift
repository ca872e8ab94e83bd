import Foundation
import SeenByCore
import SeenByV2TIM
import XCTest

/// Whatever Swift lets an app pass: documented numbers, and the manager works on.
final class BadInputTests: PairTestCase {
    override func tearDownWithError() throws {
        // Whatever was passed, the next call works.
        try alice.text("still here", to: "bob")
        XCTAssertTrue(alice.manager.seenByDebugState.hasPrefix("{"))
        try super.tearDownWithError()
    }

    func testNilLists() throws {
        try alice.report(nil).refused(ERR_INVALID_PARAMETERS)
        let receipts = End<[V2TIMMessageReceipt]>()
        alice.manager.getMessageReadReceipts(messageList: nil, succ: receipts.some(), fail: receipts.fail)
        XCTAssertEqual(try receipts.answer().count, 0)
        let found = End<[V2TIMMessage]>()
        alice.manager.findMessages(messageIDList: nil, succ: found.some(), fail: found.fail)
        try found.refused(ERR_INVALID_PARAMETERS)
        let people = End<[V2TIMUserFullInfo]>()
        alice.manager.getUsersInfo(nil, succ: people.some(), fail: people.fail)
        try people.refused(ERR_INVALID_PARAMETERS)
        let cached = End<[V2TIMMessageReceipt]>()
        alice.manager.seenByCachedReceipts(msgIDs: nil, succ: cached.some(), fail: cached.fail)
        XCTAssertEqual(try cached.answer().count, 0)
        let info = V2TIMGroupInfo()
        info.groupType = GroupType_Work
        let group = End<String>()
        alice.manager.createGroup(info: info, memberList: nil, succ: group.some(), fail: group.fail)
        XCTAssertFalse(try group.answer().isEmpty)
    }

    func testEmptyLists() throws {
        try alice.report([]).refused(ERR_INVALID_PARAMETERS)
        let receipts = End<[V2TIMMessageReceipt]>()
        alice.manager.getMessageReadReceipts(messageList: [], succ: receipts.some(), fail: receipts.fail)
        XCTAssertEqual(try receipts.answer().count, 0)
    }

    func testNilMessages() throws {
        let sent = alice.send(nil, to: "bob")
        XCTAssertNil(sent.id)
        try sent.end.refused(ERR_INVALID_PARAMETERS)
        let revoked = Done()
        alice.manager.revokeMessage(msg: nil, succ: revoked.succ, fail: revoked.fail)
        try revoked.refused(ERR_INVALID_PARAMETERS)
        let readers = Done()
        alice.manager.getGroupMessageReadMemberList(
            message: nil, filter: .GROUP_MESSAGE_READ_MEMBERS_FILTER_READ, nextSeq: 0, count: 10,
            succ: { _, _, _ in readers.succ() }, fail: readers.fail)
        try readers.refused(ERR_INVALID_PARAMETERS)
        XCTAssertThrowsError(try V2TIMManager.seenByDrawState(message: nil, receipt: nil)) {
            XCTAssertEqual(($0 as? SeenByV2TIMError)?.code, ERR_INVALID_PARAMETERS.rawValue)
        }
        try alice.send(V2TIMMessage(), to: "bob").end.refused(ERR_INVALID_PARAMETERS)
        try bob.report([V2TIMMessage()]).answer()
    }

    func testNilTexts() throws {
        let login = Done()
        alice.manager.login(userID: nil, userSig: nil, succ: login.succ, fail: login.fail)
        try login.refused(ERR_INVALID_PARAMETERS)
        for message in [
            alice.manager.createTextMessage(text: nil), alice.manager.createCustomMessage(data: nil),
            alice.manager.createCustomMessage(data: nil, desc: nil, ext: nil),
        ] {
            try alice.send(message, to: "bob").end.refused(ERR_INVALID_PARAMETERS)
        }
        let marked = Done()
        alice.manager.markC2CMessage(asRead: nil, succ: marked.succ, fail: marked.fail)
        try marked.refused(ERR_INVALID_PARAMETERS)
        let joined = Done()
        alice.manager.joinGroup(groupID: nil, msg: nil, succ: joined.succ, fail: joined.fail)
        try joined.refused(ERR_INVALID_PARAMETERS)
        let group = End<String>()
        alice.manager.createGroup(groupType: nil, groupID: nil, groupName: nil, succ: group.some(), fail: group.fail)
        try group.refused(ERR_INVALID_PARAMETERS)
        let conversation = End<V2TIMConversation>()
        alice.manager.getConversation(conversationID: nil, succ: conversation.some(), fail: conversation.fail)
        try conversation.refused(ERR_INVALID_PARAMETERS)
        XCTAssertThrowsError(
            try V2TIMManager.seenByMessageReference(conversationID: nil, msgID: nil, sender: nil)
        ) { XCTAssertEqual(($0 as? SeenByV2TIMError)?.code, ERR_INVALID_PARAMETERS.rawValue) }
    }

    func testReceiverAndGroup() throws {
        for (receiver, group) in [(nil, nil), ("", ""), ("bob", "group")] as [(String?, String?)] {
            let message = try XCTUnwrap(alice.manager.createTextMessage(text: "to whom?"))
            try alice.send(message, to: receiver, group: group).end.refused(ERR_INVALID_PARAMETERS)
            XCTAssertEqual(message.status, .MSG_STATUS_SEND_FAIL)
        }
    }

    func testNilClosuresListenersAndOptions() throws {
        let message: V2TIMMessage = alice.manager.createTextMessage(text: "nobody waits")
        let id = alice.manager.sendMessage(
            message: message, receiver: "bob", groupID: nil, priority: .PRIORITY_DEFAULT, onlineUserOnly: false,
            offlinePushInfo: V2TIMOfflinePushInfo(), progress: nil, succ: nil, fail: nil)
        XCTAssertNotNil(id)
        XCTAssertEqual(try bob.received.next().textElem?.text, "nobody waits")
        until("the object is brought up to date without closures") { message.status == .MSG_STATUS_SEND_SUCC }
        alice.manager.sendMessageReadReceipts(messageList: nil, succ: nil, fail: nil)
        alice.manager.getMessageReadReceipts(messageList: nil, succ: nil, fail: nil)
        alice.manager.getHistoryMessageList(option: nil, succ: nil, fail: nil)
        alice.manager.deleteMessages(msgList: nil, succ: nil, fail: nil)
        alice.manager.modifyMessage(msg: nil, completion: nil)
        alice.manager.sendC2CTextMessage(text: "nor here", to: "bob", succ: nil, fail: nil)
        XCTAssertEqual(try bob.received.next().textElem?.text, "nor here")
        // Only one of both: the other end is nobody's.
        let failed = Done()
        alice.manager.sendMessageReadReceipts(messageList: nil, succ: nil, fail: failed.fail)
        try failed.refused(ERR_INVALID_PARAMETERS)
        let succeeded = Done()
        alice.manager.markAllMessage(asRead: succeeded.succ, fail: nil)
        try succeeded.answer()

        for manager in [alice.manager] {
            manager.addAdvancedMsgListener(listener: nil)
            manager.removeAdvancedMsgListener(listener: nil)
            manager.addIMSDKListener(listener: nil)
            manager.removeIMSDKListener(listener: nil)
            manager.addGroupListener(listener: nil)
            manager.removeGroupListener(listener: nil)
            manager.addSimpleMsgListener(listener: nil)
            manager.removeSimpleMsgListener(listener: nil)
            manager.addConversationListener(listener: nil)
            manager.removeConversationListener(listener: nil)
            manager.addSeenByListener(listener: nil)
            manager.removeSeenByListener(listener: nil)
        }
        let history = End<[V2TIMMessage]>()
        alice.manager.getHistoryMessageList(option: nil, succ: history.some(), fail: history.fail)
        try history.refused(ERR_INVALID_PARAMETERS)
        let group = End<String>()
        alice.manager.createGroup(info: nil, memberList: nil, succ: group.some(), fail: group.fail)
        try group.refused(ERR_INVALID_PARAMETERS)
        let own = Done()
        alice.manager.setSelfInfo(info: nil, succ: own.succ, fail: own.fail)
        try own.refused(ERR_INVALID_PARAMETERS)
    }

    func testMixedLists() throws {
        let group = try alice.group("bob")
        try alice.text("one to one", to: "bob")
        try alice.text("in the group", group: group)
        let one = try bob.received.next()
        let other = try bob.received.next()
        let why = try bob.report([one, other]).refused(ERR_INVALID_PARAMETERS)
        XCTAssertTrue(why.contains("conversation"), why)
        for message in [one, other] {
            try bob.report([message]).answer()
        }
        // One's own and such without receipts are passed over (R2), and left out of what is answered (R10).
        let plain: V2TIMMessage = bob.manager.createTextMessage(text: "plain")
        try bob.send(plain, to: "alice").end.answer()
        try bob.report([one, plain]).answer()
        let mine = try bob.text("mine", to: "alice")
        let receipts = End<[V2TIMMessageReceipt]>()
        bob.manager.getMessageReadReceipts(messageList: [one, mine, plain], succ: receipts.some(), fail: receipts.fail)
        XCTAssertEqual(try receipts.answer().map(\.msgID), [mine.msgID])
    }

    func testCounts() throws {
        let sent = try alice.text("read me", group: try alice.group("bob"))
        for count in [0, 101, UInt32.max] {
            let readers = Done()
            alice.manager.getGroupMessageReadMemberList(
                message: sent, filter: .GROUP_MESSAGE_READ_MEMBERS_FILTER_READ, nextSeq: 0, count: count,
                succ: { _, _, _ in readers.succ() }, fail: readers.fail)
            let why = try readers.refused(ERR_INVALID_PARAMETERS)
            XCTAssertTrue(why.contains(count > 101 ? "\(Int32.max)" : "\(count)"), why)
        }
        for count in [0, 101, -1, Int32.min, Int32.max] {
            let history = End<[V2TIMMessage]>()
            alice.manager.getC2CHistoryMessageList(
                userID: "bob", count: count, lastMsg: nil, succ: history.some(), fail: history.fail)
            try history.refused(ERR_INVALID_PARAMETERS)
            let conversations = Done()
            alice.manager.getConversationList(
                nextSeq: 0, count: count, succ: { _, _, _ in conversations.succ() }, fail: conversations.fail)
            try conversations.refused(ERR_INVALID_PARAMETERS)
        }
    }

    func testCursors() throws {
        let group = try alice.group("bob")
        let sent = try alice.text("read me", group: group)
        for nextSeq in [1_000_000, 1 << 53, UInt64(Int64.max), UInt64.max] {
            let readers = Done()
            alice.manager.getGroupMessageReadMemberList(
                message: sent, filter: .GROUP_MESSAGE_READ_MEMBERS_FILTER_READ, nextSeq: nextSeq, count: 100,
                succ: { _, _, _ in readers.succ() }, fail: readers.fail)
            try readers.refused(ERR_INVALID_PARAMETERS)
            let members = End<Int>()
            alice.manager.getGroupMemberList(
                group, filter: 0, nextSeq: nextSeq, succ: { members.value($1?.count ?? -1) }, fail: members.fail)
            if nextSeq < 1 << 53 {
                XCTAssertEqual(try members.answer(), 0)
            } else {
                try members.refused(ERR_INVALID_PARAMETERS)
            }
        }
    }

    func testFiltersAndPriorities() throws {
        let sent = try alice.text("read me", group: try alice.group("bob"))
        for number in [2, -1, Int.max, Int.min] {
            let readers = Done()
            alice.manager.getGroupMessageReadMemberList(
                message: sent, filter: try XCTUnwrap(V2TIMGroupMessageReadMembersFilter(rawValue: number)), nextSeq: 0,
                count: 100, succ: { _, _, _ in readers.succ() }, fail: readers.fail)
            try readers.refused(ERR_INVALID_PARAMETERS)
            guard number != 2 else { continue }
            let message: V2TIMMessage = alice.manager.createTextMessage(text: "how urgent?")
            message.needReadReceipt = true
            message.cloudCustomData = Data("stays".utf8)
            let again = alice.send(message, to: "bob", priority: try XCTUnwrap(V2TIMMessagePriority(rawValue: number)))
            XCTAssertNil(again.id)
            try again.end.refused(ERR_INVALID_PARAMETERS)
            XCTAssertTrue(message.needReadReceipt)
            XCTAssertEqual(message.cloudCustomData, Data("stays".utf8))
        }
        let members = Done()
        alice.manager.getGroupMemberList("g", filter: 4, nextSeq: 0, succ: { _, _ in members.succ() }, fail: members.fail)
        try members.refused(ERR_SDK_INTERFACE_NOT_SUPPORT)
    }

    func testEmojiEverywhere() throws {
        let emoji = "👩‍👩‍👧😀"
        let service = Phone.service()
        let from = try Phone(emoji, at: service)
        let to = try Phone("ü\(emoji)", at: service)
        let group = try from.group("ü\(emoji)")
        let message: V2TIMMessage = from.manager.createCustomMessage(data: Data(emoji.utf8), desc: emoji, ext: emoji)
        message.cloudCustomData = Data(emoji.utf8)
        try from.send(message, group: group).end.answer()
        let received = try to.received.next()
        XCTAssertEqual(received.sender, emoji)
        XCTAssertEqual(received.cloudCustomData, Data(emoji.utf8))
        XCTAssertEqual(received.customElem?.data, Data(emoji.utf8))
        XCTAssertEqual(received.customElem?.desc, emoji)
        XCTAssertEqual(received.customElem?.extension, emoji)
    }

    /// An NSString may hold half of an emoji. Where it becomes a String as it is (Apple's systems), it is refused; where it is
    /// mended on the way (Linux), what is sent is text. Neither crashes.
    func testHalvesOfCharacters() throws {
        let half = NSString(characters: [0x61, 0xD83D], length: 2) as AnyObject
        let text = "\(half)"
        let sent = alice.send(alice.manager.createTextMessage(text: text), to: "bob")
        if text.utf16.contains(0xD83D) {
            try sent.end.refused(ERR_INVALID_PARAMETERS)
        } else {
            try sent.end.answer()
            XCTAssertEqual(try bob.received.next().textElem?.text, text)
        }
        // The check itself, of the units that such a string would have.
        for units in [[0x61, 0xD83D], [0xDE00], [0xDE00, 0xD83D], [0xD83D, 0x61], [0xD83D, 0xD83D, 0xDE00]] as [[UInt16]] {
            XCTAssertThrowsError(try Text.check("userID", units: units)) { error in
                guard case Failure.Refused(let code, let text, _) = error else { return XCTFail("\(error)") }
                XCTAssertEqual(code, ERR_INVALID_PARAMETERS.rawValue)
                XCTAssertTrue(text.hasPrefix("userID holds half of a character"), text)
            }
        }
        for units in [[], [0x61], [0xD83D, 0xDE00], [0xD83D, 0xDE00, 0x61]] as [[UInt16]] {
            XCTAssertNoThrow(try Text.check("userID", units: units))
        }
    }

    func testTextsBeyondTheirLimits() throws {
        let long = String(repeating: "x", count: 65)
        try alice.send(alice.manager.createTextMessage(text: "x"), to: long).end.refused(ERR_INVALID_PARAMETERS)
        let huge = String(repeating: "x", count: 12 * 1024 + 1)
        try alice.send(alice.manager.createTextMessage(text: huge), to: "bob").end.refused(ERR_SVR_MSG_BODY_SIZE_LIMIT)
        let name = V2TIMUserFullInfo()
        name.nickName = String(repeating: "n", count: 257)
        let own = Done()
        alice.manager.setSelfInfo(info: name, succ: own.succ, fail: own.fail)
        try own.refused(ERR_INVALID_PARAMETERS)
        try alice.send(alice.manager.createTextMessage(text: "x"), to: "with\u{0}zero").end.refused(ERR_INVALID_PARAMETERS)
    }
}
