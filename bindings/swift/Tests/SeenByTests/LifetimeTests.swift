import Foundation
import SeenBy
import SeenByTestKit
import XCTest

import enum SeenByCore.Held

/// What is made is let go of: counted, and measured.
final class LifetimeTests: XCTestCase {
    #if os(Linux)
    private func residentKB() throws -> Int {
        let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") }
        return try XCTUnwrap(Int(line?.filter(\.isNumber) ?? ""))
    }

    private func threads() throws -> Int { try FileManager.default.contentsOfDirectory(atPath: "/proc/self/task").count }

    /// A client's whole life: logged in, listened to, a stream, a call, a tracker, closed or just let go of.
    private func life(_ service: TestService, _ number: Int) async throws {
        let configuration = service.configuration(device: "d\(number % 4)")
        let client = try await SeenByClient.connect(configuration, userID: "u\(number % 4)", userSig: "")
        client.addListener { _ in }.cancel()
        let listening = client.addListener { _ in }
        let stream = client.receipts
        _ = try await client.send("n\(number)", to: .user("peer"))
        _ = try client.readTracker()
        if number % 2 == 0 { client.close() }
        withExtendedLifetime((listening, stream)) {}
    }

    func testClientsByTheThousandLeaveNeitherMemoryNorThreadsNorCallbacks() async throws {
        let held = try await steady()
        var rounds: [(resident: Int, threads: Int)] = []
        for _ in 0..<5 {
            let service = try TestService()
            for number in 0..<250 { try await life(service, number) }
            service.close()
            try await until("everything is let go of") { Held.count == held }
            rounds.append((try residentKB(), try threads()))
        }
        let text = rounds.map { "VmRSS \($0.resident) KB, \($0.threads) threads" }.joined(separator: "; ")
        print("250 clients a round: \(text)")
        // The first two are for caches; the least of the others would still show what grows.
        let last = rounds.dropFirst(3)
        let grown = (last.map(\.resident).min() ?? 0) - rounds[1].resident
        XCTAssertLessThan(grown, 8_000, text)
        XCTAssertLessThan((last.map(\.threads).min() ?? 0) - rounds[1].threads, 8, text)
    }
    #endif

    func testAClientThatIsForgottenIsFreed() async throws {
        let service = try TestService()
        defer { service.close() }
        let held = try await steady()
        weak var forgotten: SeenByClient?
        weak var listening: SeenByListening?
        weak var tracker: ReadTracker?
        do {
            let client = try await SeenByClient.connect(service.configuration(device: "a"), userID: "alice", userSig: "")
            let (ear, eye) = (client.addListener { _ in }, try client.readTracker())
            (forgotten, listening, tracker) = (client, ear, eye)
            XCTAssertGreaterThan(Held.count, held)
            withExtendedLifetime((client, ear, eye)) {}
        }
        XCTAssertNil(forgotten)
        XCTAssertNil(listening)
        XCTAssertNil(tracker)
        try await until("it is let go of") { Held.count == held }
    }

    func testAStreamThatIsConsumedDoesNotKeepItsClient() async throws {
        let service = try TestService()
        defer { service.close() }
        let held = try await steady()
        weak var forgotten: SeenByClient?
        let consumer: Task<Int, Never>
        do {
            let client = try await SeenByClient.connect(service.configuration(device: "a"), userID: "alice", userSig: "")
            let events = client.events
            consumer = Task {
                var count = 0
                for await _ in events { count += 1 }
                return count
            }
            forgotten = client
            withExtendedLifetime(client) {}
        }
        // Its end is the stream's.
        _ = await consumer.value
        XCTAssertNil(forgotten)
        try await until("it is let go of") { Held.count == held }
    }

    func testAListenerIsRemovedInItselfAndHearsNothingMore() async throws {
        let service = try TestService()
        defer { service.close() }
        let alice = try await service.user("alice")
        let bob = try await service.user("bob")
        let held = try await steady()
        let heard = Shared(0)
        let itself = Shared<SeenByListening?>(nil)
        let listening = alice.addListener { _ in
            // What comes before there is anything to cancel does not count.
            guard let own = itself.now else { return }
            heard.with { $0 += 1 }
            own.cancel()
        }
        itself.with { $0 = listening }
        for number in 0..<3 { _ = try await bob.send("n\(number)", to: .user("alice")) }
        _ = try await alice.people.totalUnread()
        try await until("it heard") { heard.now >= 1 }
        try await until("it is let go of") { Held.count == held }
        XCTAssertEqual(heard.now, 1)
    }

    func testAListenerThatGoesWhileEventsComeHarmsNobody() async throws {
        let service = try TestService()
        defer { service.close() }
        let alice = try await service.user("alice")
        let bob = try await service.user("bob")
        let sending = Task {
            for number in 0..<50 { _ = try await bob.send("n\(number)", to: .user("alice")) }
        }
        let seen = alice.messages
        for _ in 0..<500 {
            let listening = alice.addListener { XCTAssertFalse($0.isEmpty) }
            await Task.yield()
            withExtendedLifetime(listening) {}
        }
        try await sending.value
        let all = try await seen.first(50)
        XCTAssertEqual(all.count, 50)
    }
}
