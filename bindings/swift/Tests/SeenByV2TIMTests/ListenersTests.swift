import SeenByCore
import XCTest

@testable import SeenByV2TIM

final class ListenersTests: PairTestCase {
    /// Counts, and does what it is told to.
    private final class Counting: V2TIMAdvancedMsgListener {
        var times = 0
        let heard = Heard<String>()
        var act: (Counting) -> Void = { _ in }

        func onRecvNewMessage(msg: V2TIMMessage) {
            times += 1
            act(self)
            heard.add(msg.textElem?.text ?? "")
        }
    }

    /// Sends a text to Bob, and waits until `last` has heard it: it was added last.
    private func tell(_ text: String, _ last: Counting) throws {
        try alice.text(text, to: "bob")
        XCTAssertEqual(try last.heard.next(), text)
    }

    func testAddedTwiceHearsOnceAndRemovedHearsNothing() throws {
        let twice = Counting()
        bob.manager.removeAdvancedMsgListener(listener: twice)
        bob.manager.addAdvancedMsgListener(listener: twice)
        bob.manager.addAdvancedMsgListener(listener: twice)
        let last = Counting()
        bob.manager.addAdvancedMsgListener(listener: last)
        try tell("one", last)
        XCTAssertEqual(twice.times, 1)
        bob.manager.removeAdvancedMsgListener(listener: twice)
        try tell("two", last)
        XCTAssertEqual(twice.times, 1)
        bob.manager.addAdvancedMsgListener(listener: twice)
        let laster = Counting()
        bob.manager.addAdvancedMsgListener(listener: laster)
        try tell("three", laster)
        XCTAssertEqual(twice.times, 2)
    }

    func testOneMayRemoveItselfInItsCallback() throws {
        let once = Counting()
        once.act = { [bob] in bob?.manager.removeAdvancedMsgListener(listener: $0) }
        let last = Counting()
        bob.manager.addAdvancedMsgListener(listener: once)
        bob.manager.addAdvancedMsgListener(listener: last)
        try tell("one", last)
        try tell("two", last)
        XCTAssertEqual(once.times, 1)
    }

    /// Counts receipts, and is over after some.
    private final class Receipts: V2TIMAdvancedMsgListener {
        var times = 0
        var act: (Int) -> Void = { _ in }

        func onRecvMessageReadReceipts(receiptList: [V2TIMMessageReceipt]) {
            times += receiptList.count
            act(times)
        }
    }

    /// In the middle of a batch: the rest of it is not told any more.
    func testRemovedInTheMiddleOfABatchHearsNoMoreOfIt() throws {
        let listener = Receipts()
        let hears = Hears.advanced(listener)
        try measureEvents(listener: hears, events: 64, batches: 2)
        XCTAssertEqual(listener.times, 128)
        listener.act = { if $0 == 131 { hears.end() } }
        try measureEvents(listener: hears, events: 64, batches: 2)
        XCTAssertEqual(listener.times, 131)
    }

    /// It goes in the middle of a batch.
    func testOneThatGoesInTheMiddleOfABatch() throws {
        var listener: Receipts? = Receipts()
        var times = 0
        listener?.act = { times = $0; if $0 == 3 { listener = nil } }
        let hears = Hears.advanced(try XCTUnwrap(listener))
        try measureEvents(listener: hears, events: 64, batches: 2)
        XCTAssertNil(listener)
        XCTAssertEqual(times, 3)
    }

    /// Held weakly: one that is gone is no longer told, and its place is nobody's.
    func testOneThatIsGoneIsNotTold() throws {
        let last = Counting()
        for n in 0..<50 {
            var gone: Counting? = Counting()
            weak var weakly = gone
            bob.manager.addAdvancedMsgListener(listener: gone)
            gone = nil
            XCTAssertNil(weakly, "SeenBy holds it")
            if n == 25 { try alice.text("to those that are gone", to: "bob") }
        }
        bob.manager.addAdvancedMsgListener(listener: last)
        // The one above, if it came late, is not what is counted here.
        until("the first text is heard") { last.times >= 0 && !bob.received.isEmpty }
        _ = try bob.received.next()
        let before = last.times
        try alice.text("to who is there", to: "bob")
        until("it is heard") { last.times == before + 1 }
    }

    /// It goes while events come for it, on another thread.
    func testItMayGoWhileEventsCome() throws {
        let config = Phone.config(Phone.service(), "busy")
        config.seenBy.callbackQueue = nil
        let reader = try Phone(config)
        let login = Done()
        reader.manager.login(userID: "reader", userSig: "", succ: login.succ, fail: login.fail)
        try login.answer()
        let writer = try Phone("writer", at: XCTUnwrap(config.seenBy.server))
        for n in 0..<200 {
            autoreleasing {
                let short = Counting()
                reader.manager.addAdvancedMsgListener(listener: short)
                writer.manager.sendC2CTextMessage(text: "n\(n)", to: "reader", succ: nil, fail: nil)
            }
        }
        try writer.text("last", to: "reader")
        while try reader.received.next().textElem?.text != "last" {}
    }

    private func autoreleasing(_ work: () -> Void) {
        work()
    }

    /// Its deinit may remove it.
    func testOneRemovesItselfInItsDeinit() throws {
        final class Careful: V2TIMAdvancedMsgListener {
            let manager: V2TIMManager
            init(_ manager: V2TIMManager) {
                self.manager = manager
                manager.addAdvancedMsgListener(listener: self)
            }
            deinit { manager.removeAdvancedMsgListener(listener: self) }
        }
        _ = Careful(bob.manager)
        let last = Counting()
        bob.manager.addAdvancedMsgListener(listener: last)
        try tell("goes on", last)
    }

    func testSimpleListenersHearWhatIsSaid() throws {
        final class Simple: V2TIMSimpleMsgListener {
            let heard = Heard<String>()
            func onRecvC2CTextMessage(msgID: String, sender: V2TIMUserInfo, text: String?) {
                heard.add("c2c \(sender.userID ?? "") \(text ?? "")")
            }
            func onRecvC2CCustomMessage(msgID: String, sender: V2TIMUserInfo, customData: Data?) {
                heard.add("c2c \(sender.userID ?? "") data \(customData?.first ?? 0)")
            }
            func onRecvGroupTextMessage(msgID: String, groupID: String?, sender: V2TIMGroupMemberInfo, text: String?) {
                heard.add("\(groupID ?? "") \(sender.userID ?? "") \(text ?? "")")
            }
            func onRecvGroupCustomMessage(
                msgID: String, groupID: String?, sender: V2TIMGroupMemberInfo, customData: Data?
            ) {
                heard.add("\(groupID ?? "") \(sender.userID ?? "") data \(customData?.first ?? 0)")
            }
        }
        let simple = Simple()
        bob.manager.addSimpleMsgListener(listener: simple)
        let group = try alice.group("bob")
        let sent = (0..<4).map { _ in Done() }
        let manager = alice.manager
        let ids = [
            manager.sendC2CTextMessage(text: "hi", to: "bob", succ: sent[0].succ, fail: sent[0].fail),
            manager.sendC2CCustomMessage(customData: Data([7]), to: "bob", succ: sent[1].succ, fail: sent[1].fail),
            manager.sendGroupTextMessage(
                text: "all", to: group, priority: .PRIORITY_HIGH, succ: sent[2].succ, fail: sent[2].fail),
            manager.sendGroupCustomMessage(
                customData: Data([8]), to: group, priority: .PRIORITY_LOW, succ: sent[3].succ, fail: sent[3].fail),
        ]
        try sent.forEach { try $0.answer() }
        XCTAssertEqual(Set(ids.compactMap { $0 }).count, 4)
        var heard: Set<String> = []
        for _ in 0..<4 { heard.insert(try simple.heard.next()) }
        XCTAssertEqual(heard, ["c2c alice hi", "c2c alice data 7", "\(group) alice all", "\(group) alice data 8"])
        bob.manager.removeSimpleMsgListener(listener: simple)
    }

    func testMarksAreHeardWithoutAMessage() throws {
        final class Marks: V2TIMAdvancedMsgListener {
            let heard = Heard<V2TIMMessageReceipt>()
            func onRecvC2CReadReceipt(receiptList: [V2TIMMessageReceipt]) {
                receiptList.forEach(heard.add)
            }
        }
        let marks = Marks()
        alice.manager.addAdvancedMsgListener(listener: marks)
        try alice.text("one", to: "bob")
        _ = try bob.received.next()
        let marked = Done()
        bob.manager.markC2CMessageAsRead(userID: "alice", succ: marked.succ, fail: marked.fail)
        try marked.answer()
        let mark = try marks.heard.next()
        XCTAssertEqual(mark.userID, "bob")
        XCTAssertNil(mark.msgID)
        XCTAssertGreaterThan(mark.timestamp, 1_700_000_000)
        XCTAssertTrue(alice.receipts.isEmpty, "a mark is no receipt")
    }

    func testOneObjectMayHearEverything() throws {
        final class All: V2TIMSDKListener, V2TIMAdvancedMsgListener, V2TIMConversationListener, V2TIMGroupListener,
            SeenByV2TIMListener
        {
            let heard = Heard<String>()
            func onConversationChanged(conversationList: [V2TIMConversation]) {
                conversationList.forEach { heard.add("changed \($0.conversationID ?? "")") }
            }
            func onMemberInvited(groupID: String?, opUser: V2TIMGroupMemberInfo, memberList: [V2TIMGroupMemberInfo]) {
                heard.add("invited \(memberList.map { $0.userID ?? "" })")
            }
            func onGroupChanged(
                groupID: String, change: SeenByV2TIMGroupChange, members: [String], by: String, memberCount: UInt32
            ) {
                heard.add("\(change) \(memberCount)")
            }
        }
        let all = All()
        bob.manager.addIMSDKListener(listener: all)
        bob.manager.addAdvancedMsgListener(listener: all)
        bob.manager.addConversationListener(listener: all)
        bob.manager.addGroupListener(listener: all)
        bob.manager.addSeenByListener(listener: all)
        let group = try alice.group("bob")
        let invited = End<[V2TIMGroupMemberOperationResult]>()
        alice.manager.inviteUserToGroup(groupID: group, userList: ["carol"], succ: invited.some(), fail: invited.fail)
        XCTAssertEqual(try invited.answer().map(\.result), [.GROUP_MEMBER_RESULT_SUCC])
        var heard: Set<String> = []
        while !heard.isSuperset(of: ["invited [\"carol\"]", "invited 3"]) {
            heard.insert(try all.heard.next())
        }
    }
}
