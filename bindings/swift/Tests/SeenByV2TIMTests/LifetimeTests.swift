import Foundation
import SeenByCore
import SeenByV2TIM
import XCTest

@testable import SeenByV2TIM

/// Everything is let go of: no cycle, nothing grows.
final class LifetimeTests: XCTestCase {
    private final class Probe: V2TIMSDKListener, V2TIMAdvancedMsgListener, V2TIMConversationListener, V2TIMGroupListener,
        V2TIMSimpleMsgListener, SeenByV2TIMListener
    {
        /// As a view controller does.
        let manager: V2TIMManager
        init(_ manager: V2TIMManager) { self.manager = manager }
    }

    /// A view controller that holds its manager, listens to everything and captures itself in closures.
    func testAListenerThatHoldsItsManagerGoes() throws {
        let before = Held.count
        weak var manager: V2TIMManager?
        weak var probe: Probe?
        weak var client: AnyObject?
        weak var message: V2TIMMessage?
        weak var tracker: SeenByV2TIMTracker?
        try within {
            let one = try V2TIMManager.seenByCreateManager(
                sdkAppID: Phone.app, config: Phone.config(Phone.service(), "a"))
            let own = Probe(one)
            (manager, probe, client) = (one, own, one.core.client)
            one.addIMSDKListener(listener: own)
            one.addAdvancedMsgListener(listener: own)
            one.addConversationListener(listener: own)
            one.addGroupListener(listener: own)
            one.addSimpleMsgListener(listener: own)
            one.addSeenByListener(listener: own)
            let login = Done()
            one.login(userID: "alice", userSig: "", succ: { _ = own; login.succ() }, fail: login.fail)
            try login.answer()
            let sent = Done()
            let text: V2TIMMessage = one.createTextMessage(text: "hi")
            one.sendMessage(
                message: text, receiver: "bob", groupID: nil, priority: .PRIORITY_DEFAULT, onlineUserOnly: false,
                offlinePushInfo: nil, progress: { _ in _ = own }, succ: { _ = (own, text); sent.succ() },
                fail: { _, _ in _ = own })
            try sent.answer()
            message = text
            let reads = try one.seenByReadTracker(conversationID: nil)
            tracker = reads
            reads.visible([text])
        }
        until("the message goes") { message == nil }
        until("the tracker goes") { tracker == nil }
        until("the listener goes") { probe == nil }
        until("the manager goes") { manager == nil }
        until("the client goes") { client == nil }
        until("the library holds nothing of theirs") { Held.count <= before }
    }

    /// A scope whose objects end with it.
    @inline(never)
    private func within(_ work: () throws -> Void) throws {
        try work()
    }

    /// Closures are let go of when the call ends: also those that were not called, and those of calls that were cut short.
    func testClosuresGoWithTheirCalls() throws {
        final class Captured {}
        let alice = try Phone("alice", at: Phone.service())
        weak var whenItSucceeds: Captured?
        weak var whenItFails: Captured?
        weak var whenItIsCutShort: Captured?
        try within {
            let (one, other, third) = (Captured(), Captured(), Captured())
            (whenItSucceeds, whenItFails, whenItIsCutShort) = (one, other, third)
            let done = Done()
            alice.manager.markAllMessage(asRead: { _ = one; done.succ() }, fail: { _, _ in _ = one })
            try done.answer()
            let refused = Done()
            alice.manager.joinGroup(
                groupID: nil, msg: nil, succ: { _ = other }, fail: { _ = other; refused.fail($0, $1) })
            try refused.refused(ERR_INVALID_PARAMETERS)
            alice.manager.markAllMessage(asRead: { _ = third }, fail: { _, _ in _ = third })
            alice.manager.unInitSDK()
        }
        until("what the call that succeeded captured goes") { whenItSucceeds == nil }
        until("what the call that failed captured goes") { whenItFails == nil }
        until("what the call that was cut short captured goes") { whenItIsCutShort == nil }
    }

    /// A call that is out when its manager is let go of ends all the same, once.
    func testALastCallEndsWithoutItsManager() throws {
        let last = Done()
        try within {
            let alice = try Phone("alice", at: Phone.service())
            alice.manager.sendC2CTextMessage(text: "bye", to: "bob", succ: last.succ, fail: last.fail)
        }
        until("it ends") { last.times > 0 }
        XCTAssertEqual(last.times, 1)
    }

    /// What calls answer and listeners are told is the app's alone: an object of each class goes when the app lets go of it.
    func testWhatIsAnsweredGoes() throws {
        struct Weak { weak var object: NSObject? }
        var kept: [String: Weak] = [:]
        func keep(_ object: NSObject?) {
            guard let object else { return XCTFail("there is no such object") }
            kept["\(type(of: object))"] = Weak(object: object)
        }
        let service = Phone.service()
        let alice = try Phone("alice", at: service)
        let bob = try Phone("bob", at: service)
        try within {
            let made = End<String>()
            alice.manager.createGroup(
                groupType: GroupType_Public, groupID: "team", groupName: "t", succ: made.some(), fail: made.fail)
            let group = try made.answer()
            let joined = Done()
            bob.manager.joinGroup(groupID: group, msg: nil, succ: joined.succ, fail: joined.fail)
            try joined.answer()
            let sent = try alice.text("hi", group: group)
            let came = try bob.received.next()
            keep(came)
            keep(came.textElem)
            try bob.report([came]).answer()
            keep(try alice.receipts.next())
            let readers = End<[V2TIMGroupMemberInfo]>()
            alice.manager.getGroupMessageReadMemberList(
                message: sent, filter: .GROUP_MESSAGE_READ_MEMBERS_FILTER_READ, nextSeq: 0, count: 10,
                succ: { members, _, _ in readers.value(members ?? []) }, fail: readers.fail)
            keep(try readers.answer().first)
            let members = End<[V2TIMGroupMemberFullInfo]>()
            alice.manager.getGroupMemberList(
                group, filter: 0, nextSeq: 0, succ: { members.value($1 ?? []) }, fail: members.fail)
            keep(try members.answer().first)
            let groups = End<[V2TIMGroupInfo]>()
            alice.manager.getJoinedGroupList(succ: groups.some(), fail: groups.fail)
            keep(try groups.answer().first)
            let conversation = End<V2TIMConversation>()
            alice.manager.getConversation(
                conversationID: "group_team", succ: conversation.some(), fail: conversation.fail)
            keep(try conversation.answer())
            let people = End<[V2TIMUserFullInfo]>()
            alice.manager.getUsersInfo(["bob"], succ: people.some(), fail: people.fail)
            keep(try people.answer().first)
            keep(V2TIMSDKConfig())
            keep(V2TIMMessageListGetOption())
            keep(V2TIMOfflinePushInfo())
            keep(V2TIMCustomElem(data: Data()))
        }
        XCTAssertEqual(kept.count, 12)
        for (name, weak) in kept { until("\(name) goes") { weak.object == nil } }
    }

    func testManagersByTheHundred() throws {
        struct Weak { weak var manager: V2TIMManager? }
        let before = Held.count
        var all: [Weak] = []
        let service = Phone.service()
        for n in 0..<200 {
            try within {
                let manager = try V2TIMManager.seenByCreateManager(
                    sdkAppID: Phone.app, config: Phone.config(service, "device \(n)"))
                all.append(Weak(manager: manager))
                manager.login(userID: "alice", userSig: "", succ: nil, fail: nil)
            }
        }
        until("all go") { all.allSatisfy { $0.manager == nil } }
        until("the library holds nothing of theirs") { Held.count <= before }
    }

    func testListenersThatAreGoneLeaveNothing() throws {
        let alice = try Phone("alice", at: Phone.service())
        for _ in 0..<1_000 {
            try within { alice.manager.addIMSDKListener(listener: Probe(alice.manager)) }
        }
        XCTAssertLessThanOrEqual(alice.manager.sdkListeners.count, 1)
    }
}
