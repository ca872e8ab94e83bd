import Dispatch
import Foundation
import SeenBy
import SeenByTestKit
import XCTest

import enum SeenByCore.Held
import func SeenByCore.logLine

final class HostingTests: XCTestCase {
    func testAQueueRunsListenersOneAtATime() async throws {
        let service = try TestService()
        defer { service.close() }
        let queue = DispatchQueue(label: "host", attributes: .concurrent)
        let alice = try await service.user("alice", queue: queue)
        let running = Shared((now: 0, most: 0))
        let listening = alice.addListener { _ in
            // Elsewhere it would end the program.
            dispatchPrecondition(condition: .onQueue(queue))
            running.with {
                $0.now += 1
                $0.most = max($0.most, $0.now)
            }
            Thread.sleep(forTimeInterval: 0.0001)
            running.with { $0.now -= 1 }
        }
        let bob = try await service.user("bob")
        let events = alice.events
        for number in 0..<20 { _ = try await bob.send("n\(number)", to: .user("alice")) }
        for await event in events where event == .totalUnreadChanged(20) { break }
        try await until("the listener too") { running.now.most > 0 }
        XCTAssertEqual(running.now.most, 1)
        listening.cancel()
    }

    /// Something like a JWT, that runs out in so many seconds. The service here takes any.
    private func expiring(_ seconds: Int) -> String {
        let claims = #"{"sub":"alice","exp":\#(Int(Date().timeIntervalSince1970) + seconds)}"#
        let coded = Data(claims.utf8).base64EncodedString()
            .replacingOccurrences(of: "+", with: "-").replacingOccurrences(of: "/", with: "_")
            .replacingOccurrences(of: "=", with: "")
        return "h.\(coded).s"
    }

    func testAProviderRenewsTheUserSigSilently() async throws {
        let service = try TestService()
        defer { service.close() }
        let asked = Shared<[String]>([])
        let fresh = expiring(3600)
        var configuration = service.configuration(device: "a")
        configuration.userSigProvider = { user in
            asked.with { $0.append(user) }
            return fresh
        }
        let alice = try await SeenByClient.connect(configuration, userID: "alice", userSig: expiring(61))
        try await until("asked") { !asked.now.isEmpty }
        XCTAssertEqual(asked.now, ["alice"])
        let groups = try await alice.groups.joined()
        XCTAssertEqual(groups, [])
        alice.close()
    }

    func testAProviderThatThrowsIsReportedAndOneThatWaitsIsCancelledByClose() async throws {
        struct Away: Error {}
        let service = try TestService()
        defer { service.close() }
        let held = try await steady()
        let thrown = Shared<[String]>([])
        SeenByClient.onThrown { whose, what in thrown.with { $0.append("\(whose): \(what)") } }
        defer { SeenByClient.onThrown(nil) }
        var configuration = service.configuration(device: "a")
        configuration.userSigProvider = { _ in throw Away() }
        let alice = try await SeenByClient.connect(configuration, userID: "alice", userSig: expiring(30))
        try await until("reported") { thrown.now.contains("the provider of userSigs: Away()") }
        _ = try await alice.send("still here", to: .user("bob"))
        alice.close()

        let waiting = Shared((begun: false, cancelled: false))
        configuration.userSigProvider = { _ in
            waiting.with { $0.begun = true }
            do {
                try await Task.sleep(nanoseconds: 600_000_000_000)
            } catch {
                waiting.with { $0.cancelled = true }
                throw error
            }
            return nil
        }
        let carol = try await SeenByClient.connect(configuration, userID: "carol", userSig: expiring(30))
        try await until("asked") { waiting.now.begun }
        carol.close()
        try await until("cancelled") { waiting.now.cancelled }
        try await until("it is let go of") { Held.count(of: .completion) == 0 && Held.count(of: .provider) <= held + 2 }
    }

    func testTheLogIsTheApps() async throws {
        let lines = Shared<[String]>([])
        try SeenByLog.set(level: .information) { level, line in
            lines.with { $0.append("\(level) \(line)") }
        }
        try logLine(level: 4, line: "not asked for")
        try logLine(level: 3, line: "hello")
        try await until("a line") { lines.now.contains { $0.hasPrefix("information") && $0.contains("hello") } }
        XCTAssertFalse(lines.now.contains { $0.contains("not asked for") })
        try SeenByLog.set(level: .warning)
        try await until("the handler is let go of") { Held.count(of: .sink) == 0 }
    }
}
