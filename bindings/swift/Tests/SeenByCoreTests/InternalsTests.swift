import Foundation
import SeenByCore
import XCTest

final class TextTests: XCTestCase {
    func testHalvesOfACharacterAreFound() {
        XCTAssertNil(Text.loneSurrogate([]))
        XCTAssertNil(Text.loneSurrogate(Array("héllo 😀 e\u{301}".utf16)))
        XCTAssertEqual(Text.loneSurrogate([0x61, 0xD83D]), 1)
        XCTAssertEqual(Text.loneSurrogate([0xDE00, 0x61]), 0)
        XCTAssertEqual(Text.loneSurrogate([0xD83D, 0xD83D, 0xDE00]), 0)
        XCTAssertEqual(Text.loneSurrogate([0xD83D, 0xDE00, 0xDE00]), 2)
    }

    func testTheyAreRefusedAndTheSentenceSaysWhere() {
        XCTAssertThrowsError(try Text.check("the name", units: [0x61, 0xD83D])) {
            guard case Failure.Refused(6017, let text, 0) = $0 else { return XCTFail("\($0)") }
            XCTAssertTrue(text.contains("the name") && text.contains("U+D83D") && text.contains("1 of 2"), text)
        }
        XCTAssertNoThrow(try Text.check("the name", "😀"))
        XCTAssertNoThrow(try Text.check("the name", NSString(string: "gr\u{fc}n 😀") as String))
        XCTAssertEqual(try Text.checked("the name", nil), nil)
    }
}

final class DataFolderTests: XCTestCase {
    func testWhereNothingIsKeptNothingIsMade() throws {
        for server in ["embedded:", "embedded:mem/folder"] {
            XCTAssertNil(try DataFolder.resolve(given: nil, appGroup: "group.none", server: server))
            XCTAssertEqual(try DataFolder.resolve(given: "as/it/is", appGroup: nil, server: server), "as/it/is")
        }
        for server in ["embedded:file/folder", "wss://chat.example"] {
            XCTAssertThrowsError(try DataFolder.resolve(given: nil, appGroup: "group.none", server: server)) {
                guard case Failure.Refused(6017, let text, 0) = $0 else { return XCTFail("\($0)") }
                XCTAssertTrue(text.contains("group.none"), text)
            }
        }
    }

    func testAServerThatIsNoneIsRefusedAsAClientRefusesIt() {
        for server in ["embedded:memory", "chat.example"] {
            XCTAssertThrowsError(try DataFolder.resolve(given: nil, appGroup: nil, server: server)) {
                guard case Failure.Refused(6017, let text, 0) = $0 else { return XCTFail("\($0)") }
                XCTAssertTrue(text.contains("\"\(server)\""), text)
            }
        }
    }
}

final class ScreenTests: XCTestCase {
    private func message(_ id: String, _ conversation: String = "c2c_bob") -> MessageRef {
        MessageRef(msgId: id, conversationId: conversation, sender: nil, seq: 0, isSelf: nil, needReadReceipt: nil)
    }

    func testOnlyWhatCameAndWhatLeftIsTold() {
        let screen = Screen()
        var told: [([String?], [String?])] = []
        let show = { (messages: [MessageRef]) in
            screen.show(messages) { told.append(($0.map(\.msgId), $1.map(\.msgId).sorted { $0 ?? "" < $1 ?? "" })) }
        }
        show([message("a"), message("b"), message("a")])
        show([message("b"), message("c"), message("b", "group_g")])
        show([message("b"), message("c"), message("b", "group_g")])
        show([])
        XCTAssertEqual(told.map(\.0), [["a", "b"], ["c", "b"], [], []])
        XCTAssertEqual(told.map(\.1), [[], ["a"], [], ["b", "b", "c"]])
    }

    func testWhatCouldNotBeToldIsToldAgain() {
        struct Closed: Error {}
        let screen = Screen()
        XCTAssertThrowsError(try screen.show([message("a")]) { _, _ in throw Closed() })
        var came: [String?] = []
        screen.show([message("a")]) { visible, _ in came = visible.map(\.msgId) }
        XCTAssertEqual(came, ["a"])
    }
}

final class ReportsTests: XCTestCase {
    func testAHandlerGetsWhatWasThrown() {
        struct Mine: Error {}
        let lock = NSLock()
        nonisolated(unsafe) var told: [String] = []
        Reports.handler = { whose, what in lock.locked { told.append("\(whose): \(what)") } }
        defer { Reports.handler = nil }
        Reports.thrown("a provider", Mine())
        XCTAssertEqual(told, ["a provider: Mine()"])
    }
}

final class SystemFollowerTests: XCTestCase {
    private final class Client: SystemFollowing {
        let told: @Sendable (Bool) -> Void

        init(_ told: @escaping @Sendable (Bool) -> Void) {
            self.told = told
        }

        func foreground(foreground: Bool) { told(foreground) }
        func networkAvailable(available: Bool) {}
    }

    private func post(_ name: String) {
        NotificationCenter.default.post(name: Notification.Name(rawValue: name), object: nil)
    }

    func testForegroundAndBackgroundAreToldWhileItLives() {
        let lock = NSLock()
        nonisolated(unsafe) var told: [Bool] = []
        let client = Client { now in lock.locked { told.append(now) } }
        var follower: SystemFollower? = SystemFollower(client)
        for name in SystemFollower.toForeground + SystemFollower.toBackground { post(name) }
        XCTAssertEqual(told, [true, true, true, true, false, false])
        XCTAssertNotNil(follower)
        follower = nil
        post(SystemFollower.toBackground[0])
        XCTAssertEqual(told.count, 6)
    }

    func testItHoldsNoClient() {
        var client: Client? = Client { _ in XCTFail("it is gone") }
        weak var gone = client
        let follower = client.map { SystemFollower($0) }
        client = nil
        XCTAssertNil(gone)
        post(SystemFollower.toForeground[0])
        withExtendedLifetime(follower) {}
    }
}
