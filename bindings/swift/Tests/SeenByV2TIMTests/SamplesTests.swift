import SeenByV2TIM
import XCTest

/// Programs in the shapes of the documents, on the manager of the process: Alice writes to a group, Bob reads.
final class SamplesTests: XCTestCase, V2TIMAdvancedMsgListener {
    private let heard = Heard<V2TIMMessageReceipt>()
    private var bob: Phone!
    private var group = ""

    override func setUpWithError() throws {
        let service = Phone.service()
        XCTAssertTrue(V2TIMManager.sharedInstance().initSDK(Phone.app, config: Phone.config(service, "alice")))
        let login = Done()
        V2TIMManager.sharedInstance().login(userID: "alice", userSig: "", succ: login.succ, fail: login.fail)
        try login.answer()
        bob = try Phone("bob", at: service)
        let made = End<String>()
        V2TIMManager.sharedInstance().createGroup(
            groupType: GroupType_Public, groupID: "groupA", groupName: "team", succ: made.some(), fail: made.fail)
        group = try made.answer()
        let joined = Done()
        bob.manager.joinGroup(groupID: group, msg: nil, succ: joined.succ, fail: joined.fail)
        try joined.answer()
    }

    override func tearDown() {
        V2TIMManager.sharedInstance().removeAdvancedMsgListener(listener: self)
        V2TIMManager.sharedInstance().unInitSDK()
        bob = nil
    }

    func onRecvMessageReadReceipts(receiptList: [V2TIMMessageReceipt]) {
        for receipt in receiptList {
            let msgID = receipt.msgID
            let isPeerRead = receipt.isPeerRead
            let readCount = receipt.readCount
            XCTAssertNotNil(msgID)
            XCTAssertFalse(isPeerRead)
            XCTAssertGreaterThan(readCount, 0)
            heard.add(receipt)
        }
    }

    private func send() throws -> V2TIMMessage {
        let message: V2TIMMessage = try XCTUnwrap(V2TIMManager.sharedInstance().createTextMessage(text: "read me"))
        message.needReadReceipt = true
        let sent = Done()
        let msgID = V2TIMManager.sharedInstance().sendMessage(
            message: message, receiver: nil, groupID: "groupA", priority: .PRIORITY_NORMAL, onlineUserOnly: false,
            offlinePushInfo: nil, progress: nil
        ) {
            sent.succ()
        } fail: { code, desc in
            sent.fail(code, desc)
        }
        try sent.answer()
        XCTAssertEqual(msgID, message.msgID)
        return message
    }

    func testAReaderReportsAndTheSenderHears() throws {
        V2TIMManager.sharedInstance()?.addAdvancedMsgListener(listener: self)
        let message = try send()
        let msg = try bob.received.next()
        let reported = Done()
        if !msg.isSelf && msg.needReadReceipt {
            bob.manager.sendMessageReadReceipts(
                messageList: [msg],
                succ: {
                    reported.succ()
                },
                fail: { code, desc in
                    reported.fail(code, desc)
                })
        }
        try reported.answer()
        let receipt = try heard.next()
        XCTAssertEqual(receipt.msgID, message.msgID)
        XCTAssertEqual(receipt.groupID, "groupA")
        XCTAssertNil(receipt.userID)
        XCTAssertEqual(receipt.readCount, 1)
        XCTAssertEqual(receipt.unreadCount, 0)
        XCTAssertEqual(try V2TIMManager.seenByDrawState(message: message, receipt: receipt), .allRead)
    }

    func testHistoryAndThenItsReceipts() throws {
        let message = try send()
        try bob.report([try bob.received.next()]).answer()
        let found = End<(Int32, Int32)>()
        V2TIMManager.sharedInstance().getGroupHistoryMessageList(groupID: "groupA", count: 20, lastMsg: nil) { msgs in
            let receiptMsgs = (msgs ?? []).filter { $0.isSelf && $0.needReadReceipt }
            V2TIMManager.sharedInstance().getMessageReadReceipts(messageList: receiptMsgs) { receiptList in
                var param: [String: V2TIMMessageReceipt] = [:]
                for receipt in receiptList ?? [] {
                    if let msgID = receipt.msgID { param[msgID] = receipt }
                }
                for msg in msgs ?? [] where msg.msgID == message.msgID {
                    guard let receipt = param[msg.msgID ?? ""] else { continue }
                    found.value((receipt.readCount, receipt.unreadCount))
                }
            } fail: { code, desc in
                found.fail(code, desc)
            }
        } fail: { code, desc in
            found.fail(code, desc)
        }
        let (read, unread) = try found.answer()
        XCTAssertEqual(read, 1)
        XCTAssertEqual(unread, 0)
    }

    func testWhoHasReadPageByPage() throws {
        let service = try XCTUnwrap(V2TIMManager.sharedInstance()).getLoginUser()
        XCTAssertEqual(service, "alice")
        let message = try send()
        try bob.report([try bob.received.next()]).answer()
        let pages = Heard<String>()
        let ended = Done()
        func page(_ nextSeq: UInt64) {
            V2TIMManager.sharedInstance().getGroupMessageReadMemberList(
                message: message, filter: .GROUP_MESSAGE_READ_MEMBERS_FILTER_READ, nextSeq: nextSeq, count: 100
            ) { members, nextSeq, isFinished in
                for member in members ?? [] { pages.add(member.userID ?? "") }
                if isFinished { ended.succ() } else { page(nextSeq) }
            } fail: { code, desc in
                ended.fail(code, desc)
            }
        }
        page(0)
        try ended.answer()
        XCTAssertEqual(try pages.next(), "bob")
        XCTAssertTrue(pages.isEmpty)
    }
}

/// A screen as apps have it: of the main actor, and its own listener.
final class ScreenTests: XCTestCase {
    @MainActor
    fileprivate final class Screen {
        let manager: V2TIMManager
        var texts: [String] = []
        var status = ""

        init(_ manager: V2TIMManager) {
            self.manager = manager
            manager.addAdvancedMsgListener(listener: self)
        }

        func load() {
            // Written here, they belong to the main actor, and that is where they come.
            manager.getC2CHistoryMessageList(userID: "alice", count: 20, lastMsg: nil) { [weak self] msgs in
                guard let msgs = msgs else { return }
                Task { @MainActor in self?.status = "\(msgs.count) loaded" }
            } fail: { code, desc in
                self.status = "\(code): \(desc ?? "")"
            }
        }
    }

    // Of no actor itself: the list of tests that SwiftPM writes on Linux is not clean with one that is.
    func testAScreenIsToldOnItsActor() throws {
        try MainActor.assumeIsolated { try Self.showAndLoad() }
    }

    @MainActor
    private static func showAndLoad() throws {
        let service = Phone.service()
        let alice = try Phone("alice", at: service)
        let bob = try Phone("bob", at: service)
        let screen = Screen(bob.manager)
        try alice.text("hi", to: "bob")
        until("the screen shows it") { screen.texts == ["hi"] }
        screen.load()
        until("the history is there") { screen.status == "1 loaded" }
    }
}

extension ScreenTests.Screen: V2TIMAdvancedMsgListener {
    nonisolated func onRecvNewMessage(msg: V2TIMMessage) {
        MainActor.assumeIsolated { texts.append(msg.textElem?.text ?? "") }
    }
}
