import Dispatch
import SeenByCore
import SeenByV2TIM
import XCTest

/// Init and uninit of the manager of the process, and where callbacks come.
final class LifecycleTests: XCTestCase {
    private var shared: V2TIMManager { V2TIMManager.sharedInstance() }

    override func tearDown() {
        shared.unInitSDK()
    }

    /// Every kind of call.
    private func refusedEverywhere(_ manager: V2TIMManager, _ code: SeenByErrorCode) throws {
        let message: V2TIMMessage = manager.createTextMessage(text: "nobody")
        let calls: [(Done) -> Void] = [
            { manager.login(userID: "alice", userSig: "", succ: $0.succ, fail: $0.fail) },
            { manager.logout(succ: $0.succ, fail: $0.fail) },
            { manager.sendMessageReadReceipts(messageList: [message], succ: $0.succ, fail: $0.fail) },
            { end in manager.getMessageReadReceipts(messageList: [message], succ: { _ in end.succ() }, fail: end.fail) },
            { end in
                manager.getGroupMessageReadMemberList(
                    message: message, filter: .GROUP_MESSAGE_READ_MEMBERS_FILTER_READ, nextSeq: 0, count: 1,
                    succ: { _, _, _ in end.succ() }, fail: end.fail)
            },
            { end in
                manager.sendMessage(
                    message: message, receiver: "bob", groupID: nil, priority: .PRIORITY_DEFAULT, onlineUserOnly: false,
                    offlinePushInfo: nil, progress: nil, succ: end.succ, fail: end.fail)
            },
            { manager.joinGroup(groupID: "g", msg: nil, succ: $0.succ, fail: $0.fail) },
            { end in manager.getConversationList(nextSeq: 0, count: 1, succ: { _, _, _ in end.succ() }, fail: end.fail) },
            { end in manager.getUsersInfo(["bob"], succ: { _ in end.succ() }, fail: end.fail) },
            { manager.seenBySetReadReceiptsEnabled(true, succ: $0.succ, fail: $0.fail) },
        ]
        for call in calls {
            let end = Done()
            call(end)
            XCTAssertEqual(end.times, 0, "never inside the call")
            try end.refused(code)
            XCTAssertTrue(end.cameOnMain, "also without a client, on the main queue")
        }
    }

    func testBeforeInitAndAfterUnInit() throws {
        try refusedEverywhere(shared, ERR_SDK_NOT_INITIALIZED)
        XCTAssertNil(shared.getLoginUser())
        XCTAssertEqual(shared.getLoginStatus(), .STATUS_LOGOUT)
        XCTAssertEqual(shared.getServerTime(), 0)
        XCTAssertEqual(shared.seenByDebugState, "")
        shared.seenByNetworkAvailable(true)
        shared.unInitSDK()

        XCTAssertTrue(shared.initSDK(Phone.app, config: Phone.config(Phone.service())))
        XCTAssertEqual(shared.seenByLastInitError, "")
        XCTAssertFalse(shared.initSDK(Phone.app, config: nil))
        XCTAssertTrue(shared.seenByLastInitError.contains("6017"), shared.seenByLastInitError)
        let login = Done()
        shared.login(userID: "alice", userSig: "", succ: login.succ, fail: login.fail)
        try login.answer()
        XCTAssertTrue(login.cameOnMain, "the main queue is the default")
        XCTAssertEqual(shared.getLoginUser(), "alice")
        XCTAssertEqual(shared.getLoginStatus(), .STATUS_LOGINED)
        XCTAssertGreaterThan(shared.getServerTime(), 1_700_000_000)
        XCTAssertTrue(shared.seenByDebugState.hasPrefix("{"))

        shared.unInitSDK()
        try refusedEverywhere(shared, ERR_SDK_NOT_INITIALIZED)
        XCTAssertNil(shared.getLoginUser())
    }

    func testAWrongConfigurationSaysWhatIsWrong() {
        XCTAssertFalse(shared.initSDK(Phone.app, config: Phone.config("http://example.org")))
        XCTAssertTrue(shared.seenByLastInitError.contains("http://example.org"), shared.seenByLastInitError)
        XCTAssertTrue(shared.initSDK(Phone.app, config: Phone.config(Phone.service())), "the next one works")
        XCTAssertThrowsError(try V2TIMManager.seenByCreateManager(sdkAppID: 0, config: Phone.config(Phone.service()))) {
            XCTAssertEqual(($0 as? SeenByV2TIMError)?.code, ERR_INVALID_PARAMETERS.rawValue)
            XCTAssertFalse($0.localizedDescription.isEmpty)
        }
    }

    func testTheLogGoesWhereTheAppSays() throws {
        let lines = Heard<(V2TIMLogLevel, String)>()
        let config = V2TIMSDKConfig()
        config.seenBy.server = Phone.service()
        config.logLevel = .LOG_DEBUG
        config.logListener = { level, line in lines.add((level, line ?? "")) }
        XCTAssertTrue(shared.initSDK(Phone.app, config: config))
        for (number, level) in [(1, V2TIMLogLevel.LOG_ERROR), (2, .LOG_WARN), (3, .LOG_INFO), (4, .LOG_DEBUG)] {
            let text = "a line of level \(number)"
            try logLine(level: Int32(number), line: text)
            while true {
                let heard = try lines.next()
                guard heard.1.contains(text) else { continue }
                XCTAssertEqual(heard.0, level)
                break
            }
        }
        shared.unInitSDK()
        // The next init gives it back.
        XCTAssertTrue(shared.initSDK(Phone.app, config: Phone.config(Phone.service())))
    }

    func testBeforeLogin() throws {
        XCTAssertTrue(shared.initSDK(Phone.app, config: Phone.config(Phone.service())))
        let marked = Done()
        shared.markC2CMessage(asRead: "bob", succ: marked.succ, fail: marked.fail)
        try marked.refused(ERR_SDK_NOT_LOGGED_IN)
    }

    func testListenersStayOverUnInit() throws {
        final class Lines: V2TIMSDKListener {
            let heard = Heard<String>()
            func onConnectSuccess() { heard.add("connected") }
        }
        let lines = Lines()
        defer { shared.removeIMSDKListener(listener: lines) }
        for _ in 0..<2 {
            XCTAssertTrue(shared.initSDK(Phone.app, config: Phone.config(Phone.service()), listener: lines))
            let login = Done()
            shared.login(userID: "alice", userSig: "", succ: login.succ, fail: login.fail)
            try login.answer()
            XCTAssertEqual(try lines.heard.next(), "connected")
            shared.unInitSDK()
            XCTAssertTrue(lines.heard.isEmpty)
        }
    }

    func testAFurtherManagerIsClosedForGood() throws {
        let alice = try Phone("alice", at: Phone.service())
        XCTAssertFalse(alice.manager.initSDK(Phone.app, config: nil))
        XCTAssertFalse(alice.manager.seenByLastInitError.isEmpty)
        alice.manager.unInitSDK()
        alice.manager.unInitSDK()
        try refusedEverywhere(alice.manager, ERR_SEENBY_CLOSED)
    }

    func testCallbacksComeOnTheQueueThatIsGiven() throws {
        let mine = DispatchSpecificKey<String>()
        for queue in [
            DispatchQueue(label: "serial"), DispatchQueue(label: "concurrent", attributes: .concurrent),
        ] {
            queue.setSpecific(key: mine, value: "mine")
            let config = Phone.config(Phone.service(), "alice")
            config.seenBy.callbackQueue = queue
            let alice = try Phone(config)
            let login = End<String?>()
            alice.manager.login(
                userID: "alice", userSig: "", succ: { login.value(DispatchQueue.getSpecific(key: mine)) }, fail: login.fail)
            XCTAssertEqual(try login.answer(), "mine")
        }
        let config = Phone.config(Phone.service(), "alice")
        config.seenBy.callbackQueue = nil
        let alice = try Phone(config)
        let login = Done()
        alice.manager.login(userID: "alice", userSig: "", succ: login.succ, fail: login.fail)
        try login.answer()
        XCTAssertFalse(login.cameOnMain, "SeenBy's own thread")
    }

    /// What is never run on the queue blocks nobody, and unInit neither.
    func testNoCallBlocksWhereCallbacksNeverRun() throws {
        let queue = DispatchQueue(label: "stuck")
        queue.suspend()
        let config = Phone.config(Phone.service(), "alice")
        config.seenBy.callbackQueue = queue
        let alice = try Phone(config)
        let never = Done()
        alice.manager.login(userID: "alice", userSig: "", succ: never.succ, fail: never.fail)
        let message: V2TIMMessage = alice.manager.createTextMessage(text: "in a tight loop")
        for n in 0..<2_000 {
            alice.manager.sendC2CTextMessage(text: "n\(n)", to: "bob", succ: nil, fail: nil)
            alice.manager.sendMessageReadReceipts(messageList: [message], succ: never.succ, fail: never.fail)
            alice.manager.getMessageReadReceipts(messageList: [message], succ: nil, fail: nil)
            alice.manager.getTotalUnreadMessageCount(succ: nil, fail: nil)
            _ = alice.manager.getLoginStatus()
        }
        alice.manager.unInitSDK()
        XCTAssertEqual(never.times, 0)
        // A queue must not be let go of while it is suspended.
        queue.resume()
    }

    func testACallMayComeFromACallback() throws {
        let alice = try Phone("alice", at: Phone.service())
        let inner = Done()
        alice.manager.markAllMessage(
            asRead: { alice.manager.logout(succ: inner.succ, fail: inner.fail) }, fail: inner.fail)
        try inner.answer()
    }

    func testUnInitInACallback() throws {
        let alice = try Phone("alice", at: Phone.service())
        let closed = Done()
        alice.manager.markAllMessage(
            asRead: {
                alice.manager.unInitSDK()
                closed.succ()
            }, fail: closed.fail)
        try closed.answer()
        let late = Done()
        alice.manager.logout(succ: late.succ, fail: late.fail)
        try late.refused(ERR_SEENBY_CLOSED)
    }

    func testATokenProviderIsAskedOnce() throws {
        let asked = Heard<String>()
        let config = Phone.config(Phone.service(), "alice")
        config.seenBy.tokenProvider = { user, reply in
            asked.add(user)
            reply.accept("\(user)'s")
            reply.refuse("only the first answer counts")
        }
        // A service without a key takes any userSig: nothing runs out, and nobody is asked.
        let alice = try Phone(config)
        let login = Done()
        alice.manager.login(userID: "alice", userSig: "", succ: login.succ, fail: login.fail)
        try login.answer()
        XCTAssertTrue(asked.isEmpty)
    }

    func testAnyThreadMayCall() throws {
        let alice = try Phone("alice", at: Phone.service())
        let manager = alice.manager
        let ends = (0..<64).map { _ in Done() }
        DispatchQueue.concurrentPerform(iterations: ends.count) { n in
            manager.sendC2CTextMessage(text: "n\(n)", to: "bob", succ: ends[n].succ, fail: ends[n].fail)
        }
        try ends.forEach { try $0.answer() }
    }
}
