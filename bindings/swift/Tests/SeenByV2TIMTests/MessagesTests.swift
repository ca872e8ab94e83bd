import SeenByV2TIM
import XCTest

/// The message that an app holds: before it is sent, when sendMessage has returned, when it ends, sent again.
final class MessagesTests: PairTestCase {
    func testItIsBroughtUpToDate() throws {
        let message: V2TIMMessage = alice.manager.createTextMessage(text: "hello")
        XCTAssertNil(message.msgID)
        XCTAssertNil(message.timestamp)
        XCTAssertNil(message.sender)
        XCTAssertEqual(message.seq, 0)
        XCTAssertFalse(message.needReadReceipt)
        XCTAssertEqual(message.elemType, .ELEM_TYPE_TEXT)
        XCTAssertNil(message.customElem)
        message.needReadReceipt = true
        message.cloudCustomData = Data("{\"a\":1}".utf8)
        message.localCustomData = Data("draft 7".utf8)
        message.localCustomInt = 7

        let (id, sent) = alice.send(message, to: "bob", priority: .PRIORITY_HIGH)
        XCTAssertNotNil(id)
        XCTAssertEqual(message.msgID, id)
        XCTAssertEqual(message.sender, "alice")
        XCTAssertEqual(message.userID, "bob")
        XCTAssertNil(message.groupID)
        XCTAssertEqual(message.seenByConversationID, "c2c_bob")
        XCTAssertTrue(message.isSelf)
        XCTAssertEqual(message.status, .MSG_STATUS_SENDING)

        try sent.answer()
        XCTAssertEqual(message.status, .MSG_STATUS_SEND_SUCC)
        XCTAssertEqual(message.msgID, id)
        XCTAssertEqual(message.seq, 1)
        XCTAssertEqual(message.priority, .PRIORITY_HIGH)
        XCTAssertTrue(message.needReadReceipt)
        XCTAssertEqual(message.cloudCustomData, Data("{\"a\":1}".utf8))
        XCTAssertEqual(message.localCustomData, Data("draft 7".utf8))
        XCTAssertEqual(message.localCustomInt, 7)
        let timestamp = try XCTUnwrap(message.timestamp)
        XCTAssertGreaterThan(timestamp.timeIntervalSince1970, 1_700_000_000)

        let received = try bob.received.next()
        XCTAssertEqual(received.msgID, id)
        XCTAssertEqual(received.userID, "alice")
        XCTAssertFalse(received.isSelf)
        XCTAssertEqual(received.cloudCustomData, Data("{\"a\":1}".utf8))
        XCTAssertEqual(received.timestamp, timestamp)
        XCTAssertNil(received.localCustomData)
    }

    func testTheSameObjectIsStoredOnce() throws {
        let message = try alice.text("once", to: "bob")
        let id = message.msgID
        let again = alice.send(message, to: "bob", priority: message.priority)
        XCTAssertEqual(again.id, id)
        try again.end.answer()
        XCTAssertEqual(message.seq, 1)
        let history = End<[V2TIMMessage]>()
        alice.manager.getC2CHistoryMessageList(
            userID: "bob", count: 10, lastMsg: nil, succ: history.some(), fail: history.fail)
        XCTAssertEqual(try history.answer().count, 1)
    }

    func testOneThatFailedIsSentAgain() throws {
        let carol = try Phone(Phone.config(Phone.service(), "carol"))
        let message: V2TIMMessage = carol.manager.createTextMessage(text: "later")
        message.needReadReceipt = true
        message.seenByMsgID = "order-1"
        let early = carol.send(message, to: "bob")
        XCTAssertEqual(message.status, .MSG_STATUS_SEND_FAIL)
        try early.end.refused(ERR_SDK_NOT_LOGGED_IN)
        XCTAssertEqual(message.status, .MSG_STATUS_SEND_FAIL)
        XCTAssertTrue(message.needReadReceipt)
        let login = Done()
        carol.manager.login(userID: "carol", userSig: "", succ: login.succ, fail: login.fail)
        try login.answer()
        let late = carol.send(message, to: "bob")
        XCTAssertEqual(late.id, "order-1")
        try late.end.answer()
        XCTAssertEqual(message.status, .MSG_STATUS_SEND_SUCC)
    }

    func testDataGoesAndComesAsItIs() throws {
        let message: V2TIMMessage = alice.manager.createCustomMessage(data: Data([1, 2, 3]), desc: "desc", ext: "ext")
        message.customElem?.data = Data([9])
        try alice.send(message, to: "bob").end.answer()
        let received = try bob.received.next()
        XCTAssertEqual(received.elemType, .ELEM_TYPE_CUSTOM)
        XCTAssertEqual(received.customElem?.data, Data([1, 2, 3]), "an elem is a copy")
        XCTAssertEqual(received.customElem?.desc, "desc")
        XCTAssertEqual(received.customElem?.extension, "ext")
        XCTAssertNil(received.textElem)

        let conversation = End<V2TIMConversation>()
        bob.manager.getConversation(conversationID: "c2c_alice", succ: conversation.some(), fail: conversation.fail)
        XCTAssertEqual(try conversation.answer().orderKey, UInt(received.seenByTimestampMs))
    }

    func testAReferenceStandsForAMessage() throws {
        let sent = try alice.text("by reference", to: "bob")
        _ = try bob.received.next()
        let reference = try V2TIMManager.seenByMessageReference(
            conversationID: "c2c_alice", msgID: sent.msgID, sender: "alice")
        XCTAssertEqual(reference.userID, "alice")
        XCTAssertEqual(reference.msgID, sent.msgID)
        try bob.report([reference]).answer()
        let receipt = try alice.receipts.next()
        XCTAssertEqual(receipt.msgID, sent.msgID)
        XCTAssertTrue(receipt.isPeerRead)
        XCTAssertEqual(receipt.userID, "bob")
        XCTAssertNil(receipt.groupID)
        XCTAssertGreaterThan(receipt.timestamp, 1_700_000_000)
        XCTAssertEqual(receipt.seenByConversationID, "c2c_bob")
        XCTAssertEqual(try V2TIMManager.seenByDrawState(message: sent, receipt: receipt), .readByPeer)
        try bob.send(reference, to: "alice").end.refused(ERR_INVALID_PARAMETERS)
    }

    func testATrackerReportsWhatWasSeen() throws {
        let config = Phone.config(Phone.service(), "reader")
        config.seenBy.seenForMs = 1
        let carol = try Phone(config)
        let login = Done()
        carol.manager.login(userID: "carol", userSig: "", succ: login.succ, fail: login.fail)
        try login.answer()
        let dave = try Phone("dave", at: XCTUnwrap(config.seenBy.server))
        let sent = try dave.text("look", to: "carol")
        let tracker = try carol.manager.seenByReadTracker(conversationID: nil)
        tracker.visible([try carol.received.next()])
        XCTAssertEqual(try dave.receipts.next().msgID, sent.msgID)
        let next = try dave.text("and this", to: "carol")
        tracker.show([try carol.received.next()])
        XCTAssertEqual(try dave.receipts.next().msgID, next.msgID)
        tracker.show([])
        carol.manager.seenByForeground(false)
        tracker.close()
        tracker.visible([sent])
    }

    func testAMessageIsForwarded() throws {
        let text = try alice.text("as I said", to: "bob")
        let came = try bob.received.next()
        let again: V2TIMMessage = bob.manager.createForwardMessage(message: came)
        XCTAssertNil(again.msgID)
        XCTAssertFalse(again.needReadReceipt)
        try bob.send(again, to: "alice").end.answer()
        let forwarded = try alice.received.next()
        XCTAssertEqual(forwarded.textElem?.text, "as I said")
        XCTAssertNotEqual(forwarded.msgID, text.msgID)
        let data: V2TIMMessage = alice.manager.createCustomMessage(data: Data([1, 2]), desc: "d", ext: "e")
        data.cloudCustomData = Data([3])
        let other: V2TIMMessage = alice.manager.createForwardMessage(message: data)
        XCTAssertEqual(other.customElem?.data, Data([1, 2]))
        XCTAssertEqual(other.customElem?.extension, "e")
        XCTAssertEqual(other.cloudCustomData, Data([3]))
        // Nothing, forwarded, is nothing, and refused when it is sent.
        try alice.send(alice.manager.createForwardMessage(message: nil), to: "bob").end.refused(ERR_INVALID_PARAMETERS)
    }

    func testReceiptsAreRememberedAndLeftForLater() throws {
        let sent = try alice.text("cache me", to: "bob")
        try bob.report([try bob.received.next()]).answer()
        _ = try alice.receipts.next()
        let cached = End<[V2TIMMessageReceipt]>()
        alice.manager.seenByCachedReceipts(msgIDs: [sent.msgID ?? ""], succ: cached.some(), fail: cached.fail)
        XCTAssertEqual(try cached.answer().map(\.msgID), [sent.msgID])
        // A service in memory has no disk to leave anything on.
        XCTAssertThrowsError(
            try V2TIMManager.seenByEnqueueReceipts(
                [sent], userID: "bob", sdkAppID: Phone.app, config: Phone.config(Phone.service(), "bob"))
        ) { XCTAssertEqual(($0 as? SeenByV2TIMError)?.code, ERR_INVALID_PARAMETERS.rawValue) }
        #if !canImport(Darwin)
        // Where it would be left is asked of the system, as init does.
        let config = Phone.config("wss://chat.example.invalid")
        config.seenBy.appGroup = "group.org.seenby.chat"
        XCTAssertThrowsError(
            try V2TIMManager.seenByEnqueueReceipts([sent], userID: "bob", sdkAppID: Phone.app, config: config)
        ) { XCTAssertTrue(($0 as? SeenByV2TIMError)?.text.contains("group.org.seenby.chat") == true, "\($0)") }
        #endif
    }
}
