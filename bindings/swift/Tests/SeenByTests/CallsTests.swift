import Foundation
import SeenBy
import SeenByTestKit
import XCTest

import enum SeenByCore.Held

final class CallsTests: XCTestCase {
    private func world(_ what: (TestService) async throws -> Void) async throws {
        let service = try TestService()
        defer { service.close() }
        try await what(service)
    }

    func testAMessageIsSentAndReadAndItsSenderHearsOfIt() async throws {
        try await world { service in
            let alice = try await service.user("alice")
            let bob = try await service.user("bob")
            let sent = try await alice.send("Lunch? 😀", to: .user("bob"))
            XCTAssertEqual(try sent.drawState(), .sent)

            let came = try await bob.nextMessage()
            XCTAssertEqual(came.text, "Lunch? 😀")
            XCTAssertEqual(came.messageID, sent.messageID)
            XCTAssertFalse(came.isSelf)
            XCTAssertLessThan(abs(came.timestamp.timeIntervalSinceNow), 600)
            try await bob.sendReadReceipts(for: [came])

            let receipt = try await alice.nextReceipt()
            XCTAssertEqual(receipt.messageID, sent.messageID)
            XCTAssertTrue(receipt.isPeerRead)
            XCTAssertNotNil(receipt.readAt)
            XCTAssertEqual(try sent.drawState(with: receipt), .readByPeer)
            let asked = try await alice.readReceipts(of: [sent])
            XCTAssertEqual(asked.map(\.isPeerRead), [true])
            // By reference, as an app does whose messages are carried elsewhere.
            let reference = MessageReference(messageID: sent.messageID, chat: .user("bob"), isSelf: true, needsReadReceipt: true)
            let referred = try await alice.readReceipts(of: [reference])
            XCTAssertEqual(referred.map(\.messageID), [sent.messageID])
            let cached = try await alice.cachedReceipts(of: [sent.messageID])
            XCTAssertEqual(cached.map(\.isPeerRead), [true])
        }
    }

    func testAGroupsMessageItsCountsAndItsLists() async throws {
        try await world { service in
            let alice = try await service.user("alice")
            let bob = try await service.user("bob")
            _ = try await service.user("carol")
            let id = try await alice.groups.create(.work, name: "Lunch", members: ["bob", "carol"])
            let joined = try await alice.groups.joined()
            XCTAssertEqual(joined.map(\.groupID), [id])
            XCTAssertEqual(joined.first?.type, .work)
            let members = try await alice.groups.members(of: id)
            XCTAssertEqual(Set(members.members.map(\.userID)), ["alice", "bob", "carol"])
            let roles = try await alice.groups.members(["alice"], of: id)
            XCTAssertEqual(roles.map(\.role), [.owner])

            let custom = Body.custom(Data([0, 255, 7]), description: "d", extension: "e")
            let sent = try await alice.send(OutgoingMessage(custom), to: .group(id))
            let came = try await bob.nextMessage()
            XCTAssertEqual(came.body, custom)
            try await bob.sendReadReceipts(for: [came])

            let receipt = try await alice.nextReceipt()
            XCTAssertEqual(receipt.readCount, 1)
            XCTAssertEqual(receipt.unreadCount, 1)
            XCTAssertNil(receipt.readAt)
            XCTAssertEqual(try sent.drawState(with: receipt), .readBy(1, of: 2))
            let read = try await alice.allReadMembers(of: sent).all()
            XCTAssertEqual(read.map(\.userID), ["bob"])
            XCTAssertNotNil(read.first?.readAt)
            let unread = try await alice.allReadMembers(of: sent, filter: .unread).all()
            XCTAssertEqual(unread.map(\.userID), ["carol"])
            let history = try await alice.history(of: .group(id))
            XCTAssertEqual(history.messages.map(\.messageID), [sent.messageID])
            let found = try await alice.find([sent.messageID])
            XCTAssertEqual(found.map(\.messageID), [sent.messageID])
        }
    }

    func testAllPagesOfAListAreWalked() async throws {
        try await world { service in
            let alice = try await service.user("alice")
            let names = (0..<7).map { "reader-\($0)" }
            let id = try await alice.groups.create(.work, name: "g", members: names)
            let sent = try await alice.send("who?", to: .group(id))
            let unread = alice.allReadMembers(of: sent, filter: .unread, pageSize: 3)
            let first = try await unread.all().map(\.userID)
            XCTAssertEqual(Set(first), Set(names))
            XCTAssertEqual(first.count, names.count)
            // Each loop begins anew.
            let second = try await unread.first(2).map(\.userID)
            XCTAssertEqual(second, Array(first.prefix(2)))
            // What is wrong with a page ends the loop.
            let refused = try await refusal { _ = try await alice.allReadMembers(of: sent, pageSize: 101).all() }
            XCTAssertEqual(refused.code, .invalidParameters)
        }
    }

    func testMarksAndConversations() async throws {
        try await world { service in
            let alice = try await service.user("alice")
            let bob = try await service.user("bob")
            let events = bob.events
            _ = try await alice.send("one", to: .user("bob"))
            _ = try await alice.send("two", to: .user("bob"))
            for await event in events where event == .totalUnreadChanged(2) { break }
            let conversation = try await bob.people.conversation(.user("alice"))
            XCTAssertEqual(conversation.unreadCount, 2)
            let page = try await bob.people.conversations()
            XCTAssertEqual(page.conversations.map(\.conversationID), ["c2c_alice"])
            XCTAssertEqual(page.conversations.first?.lastMessage?.text, "two")
            var total = try await bob.people.totalUnread()
            XCTAssertEqual(total, 2)
            let changes = alice.receipts
            try await bob.markAsRead(.user("alice"))
            for await case .ofConversation(let mark) in changes {
                XCTAssertEqual(mark.userID, "bob")
                break
            }
            total = try await bob.people.totalUnread()
            XCTAssertEqual(total, 0)
            try await alice.people.setSelf(nickName: "Alice ✓")
            let profiles = try await bob.people.profiles(["alice"])
            XCTAssertEqual(profiles.map(\.nickName), ["Alice ✓"])
        }
    }

    func testWhatIsOnTheScreenIsReported() async throws {
        try await world { service in
            let alice = try await service.user("alice")
            let bob = try await service.user("bob")
            let receipts = alice.receipts
            let sent = try await alice.send("seen?", to: .user("bob"))
            let came = try await bob.nextMessage()
            let tracker = try bob.readTracker(for: .user("alice"))
            try tracker.show([came])
            try tracker.show([])
            try tracker.show([came])
            for await case .ofMessage(let receipt) in receipts {
                XCTAssertEqual(receipt.messageID, sent.messageID)
                break
            }
            tracker.close()
            tracker.close()
            let refused = try await refusal { try tracker.visible([came]) }
            XCTAssertEqual(refused.code, .closed)
        }
    }

    func testBadInputIsADocumentedNumberAndTheSentenceHasTheValue() async throws {
        try await world { service in
            let alice = try await service.user("alice")
            let group = try await alice.groups.create(.work, name: "g")
            let sent = try await alice.send("hello", to: .group(group))
            let mixed = ["c2c_bob", "c2c_carol"].map { MessageReference(messageID: "a", conversationID: $0, isSelf: false) }
            var buffer = service.configuration(device: "x")
            buffer.streamBuffer = 0
            var time = service.configuration(device: "x")
            time.requestTimeout = -1
            var endless = service.configuration(device: "x")
            endless.seenFor = .infinity
            let (noBuffer, noTime, noEnd) = (buffer, time, endless)
            let cases: [(String, () async throws -> Void)] = [
                ("101", { _ = try await alice.readMembers(of: sent, count: 101) }),
                ("0", { _ = try await alice.readMembers(of: sent, count: 0) }),
                ("-3", { _ = try await alice.readMembers(of: sent, from: -3) }),
                ("c2c_bob", { try await alice.sendReadReceipts(for: mixed) }),
                ("empty", { try await alice.sendReadReceipts(for: []) }),
                ("neither a user nor a group", { _ = try await alice.send("to nobody", to: .user("")) }),
                ("user id", { _ = try await alice.send("x", to: .user(String(repeating: "é", count: 33))) }),
                ("control", { try await alice.login(userID: "a\u{0}b", userSig: "") }),
                ("streamBuffer is 0", { _ = try SeenByClient(noBuffer) }),
                ("requestTimeout is -1", { _ = try SeenByClient(noTime) }),
                ("seenFor is inf", { _ = try SeenByClient(noEnd) }),
                ("4294967296", { _ = try SeenByClient(SeenByConfiguration(appID: 4_294_967_296, server: "embedded:")) }),
                ("http://x", { _ = try SeenByClient(SeenByConfiguration(appID: 1, server: "http://x")) }),
            ]
            for (value, call) in cases {
                let refused = try await refusal { try await call() }
                XCTAssertEqual(refused.code, .invalidParameters, "\(value): \(refused)")
                XCTAssertTrue(refused.text.lowercased().contains(value.lowercased()), "\(value): \(refused)")
            }
            // Empty lists where nothing is asked for are answered with nothing.
            let none = try await alice.readReceipts(of: [])
            XCTAssertEqual(none, [])
            let long = try await refusal { _ = try await alice.send(String(repeating: "x", count: 12 * 1024 + 1), to: .user("bob")) }
            XCTAssertEqual(long.code, .bodyTooLong)
            // As Foundation sees it.
            XCTAssertEqual((long as NSError).domain, "org.seenby")
            XCTAssertEqual((long as NSError).code, 80002)
            XCTAssertEqual(long.localizedDescription, long.text)
        }
    }

    func testHalfACharacterOfAnNSStringCrossesAsTextOrIsRefused() async throws {
        try await world { service in
            let alice = try await service.user("alice")
            let units: [unichar] = [0x61, 0xD83D]
            let half = NSString(characters: units, length: units.count) as String
            do {
                let sent = try await alice.send(half, to: .user("bob"))
                // Where Foundation has repaired it, it is text.
                XCTAssertEqual(sent.text, "a\u{FFFD}")
            } catch let error as SeenByError {
                XCTAssertEqual(error.code, .invalidParameters)
                XCTAssertTrue(error.text.contains("U+D83D"), error.text)
            }
        }
    }

    func testBeforeLoginAndAfterClose() async throws {
        try await world { service in
            let client = try SeenByClient(service.configuration(device: "early"))
            var refused = try await refusal { _ = try await client.people.totalUnread() }
            XCTAssertEqual(refused.code, .notLoggedIn)
            XCTAssertNil(client.loginUser)
            client.close()
            client.close()
            refused = try await refusal { _ = try await client.people.totalUnread() }
            XCTAssertEqual(refused.code, .closed)
            // There is nothing to be told.
            client.setForeground(true)
            client.setNetworkAvailable(false)
            XCTAssertNil(client.loginUser)
        }
    }

    func testEachCallEndsOnceAlsoByTheThousandAndAcrossClose() async throws {
        try await world { service in
            let alice = try await service.user("alice")
            let calls = 2000
            let ends = Shared(0)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<4 {
                    group.addTask {
                        for _ in 0..<calls / 4 {
                            do {
                                _ = try await alice.people.totalUnread()
                            } catch let error as SeenByError {
                                XCTAssertTrue([.interrupted, .closed].contains(error.code), "\(error)")
                            }
                            let ended = ends.with {
                                $0 += 1
                                return $0
                            }
                            if ended == calls / 2 { alice.close() }
                        }
                    }
                }
                try await group.waitForAll()
            }
            // A continuation that is resumed twice ends the program.
            XCTAssertEqual(ends.now, calls)
            try await until("no call is out") { Held.count(of: .completion) == 0 }
        }
    }

    func testReceiptsAreLeftOnTheDisk() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("seenby-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        var configuration = SeenByConfiguration(appID: 1_400_000_001, server: "wss://chat.example.invalid")
        configuration.dataFolder = folder.path
        let message = MessageReference(messageID: "m1", chat: .user("alice"), isSelf: false, needsReadReceipt: true)
        try SeenByClient.enqueueReceipts(configuration, userID: "bob", for: [message])
        let files = FileManager.default.enumerator(atPath: folder.path)?.allObjects ?? []
        XCTAssertFalse(files.isEmpty)
        configuration.appID = 0
        XCTAssertThrowsError(try SeenByClient.enqueueReceipts(configuration, userID: "bob", for: [message])) {
            XCTAssertEqual(($0 as? SeenByError)?.code, .invalidParameters)
        }
    }

    func testTheTestKitsOperatorDeletes() async throws {
        try await world { service in
            let alice = try await service.user("alice")
            let sent = try await alice.send("hello", to: .user("bob"))
            try service.deleteMessage(sent, in: .user("bob"), seenBy: "alice")
            let left = try await alice.readReceipts(of: [sent])
            XCTAssertEqual(left, [])
            XCTAssertThrowsError(try service.configure("{")) {
                XCTAssertEqual(($0 as? SeenByError)?.code, .invalidParameters)
            }
            try service.configure(#"{"unsupported": "reject"}"#)
            try service.deleteUser("bob")
        }
    }

    func testTheNumbersAreThoseOfTheCore() throws {
        let here = URL(fileURLWithPath: #filePath)
        let core = here.pathComponents.dropLast(5).joined(separator: "/").dropFirst()
        let text = try String(contentsOfFile: core + "/core/src/model/error.rs", encoding: .utf8)
        var theirs: [String: Int32] = [:]
        for line in text.split(separator: "\n") where line.hasPrefix("    ") && line.hasSuffix(",") {
            let parts = line.trimmingCharacters(in: CharacterSet(charactersIn: " ,")).components(separatedBy: " = ")
            if parts.count == 2, let number = Int32(parts[1]) { theirs[parts[0].lowercased()] = number }
        }
        let own = try String(contentsOfFile: core + "/bindings/swift/Sources/SeenBy/ErrorCodes.swift", encoding: .utf8)
        var ours: [String: Int32] = [:]
        for line in own.split(separator: "\n") where line.contains("static let") {
            let words = line.replacingOccurrences(of: "`", with: "").split(separator: " ")
            let number = line.split(separator: ":").last?.filter(\.isNumber)
            ours[words[3].lowercased()] = number.flatMap { Int32($0) }
        }
        XCTAssertGreaterThan(ours.count, 20)
        XCTAssertEqual(ours, theirs)
        XCTAssertEqual(SeenByError.Code.conflict.rawValue, 10004)
    }

    func testTheVersionIsTheLibrarys() {
        XCTAssertEqual(SeenByClient.version.split(separator: ".").count, 3, SeenByClient.version)
    }
}
