import Foundation
import SeenBy
import SeenByTestKit
import XCTest

import enum SeenByCore.Held

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

final class CancellationTests: XCTestCase {
    func testACallThatIsCancelledEndsAtOnceAndIsLetGoOf() async throws {
        let silent = try Silent()
        let client = try SeenByClient(silent.configuration())
        defer { client.close() }
        let call = Task { try await client.login(userID: "alice", userSig: "") }
        try await until("it is out") { Held.count(of: .completion) == 1 }
        call.cancel()
        let result = await call.result
        XCTAssertThrowsError(try result.get()) { XCTAssertTrue($0 is CancellationError, "\($0)") }
        // The core ended it too (7009), and dropped the completion.
        try await until("it is let go of") { Held.count(of: .completion) == 0 }
    }

    func testOneThatWasCancelledBeforeIsNotBegun() async throws {
        let silent = try Silent()
        let client = try SeenByClient(silent.configuration())
        defer { client.close() }
        let call = Task {
            while !Task.isCancelled { await Task.yield() }
            try await client.login(userID: "alice", userSig: "")
        }
        call.cancel()
        let result = await call.result
        XCTAssertThrowsError(try result.get()) { XCTAssertTrue($0 is CancellationError, "\($0)") }
        XCTAssertNil(client.loginUser)
    }

    func testConnectThatIsCancelledLeavesNoClient() async throws {
        let silent = try Silent()
        let held = try await steady()
        let configuration = silent.configuration()
        let call = Task { try await SeenByClient.connect(configuration, userID: "alice", userSig: "") }
        try await until("it logs in") { Held.count(of: .completion) == 1 }
        call.cancel()
        _ = await call.result
        try await until("the client is gone") { Held.count == held }
    }

    func testCloseEndsWhatIsOutWith7009() async throws {
        let silent = try Silent()
        let client = try SeenByClient(silent.configuration())
        let call = Task { try await refusal { try await client.login(userID: "alice", userSig: "") } }
        try await until("it is out") { Held.count(of: .completion) == 1 }
        client.close()
        let refused = try await call.value
        XCTAssertEqual(refused.code, .interrupted)
    }

    func testCallsCancelledAtAnyMomentEndOnceAndTheClientGoesOn() async throws {
        let service = try TestService()
        defer { service.close() }
        let alice = try await service.user("alice")
        let calls = 150
        let counts = Shared((cancelled: 0, ended: 0))
        for number in 0..<calls {
            let call = Task {
                do {
                    _ = try await alice.send("n\(number)", to: .user("bob"))
                    counts.with { $0.ended += 1 }
                } catch let error as SeenByError where error.code == .tooFrequent {
                    // The service takes 200 requests a second.
                    XCTAssertGreaterThan(error.retryAfter, 0)
                    counts.with { $0.ended += 1 }
                } catch is CancellationError {
                    counts.with { $0.cancelled += 1 }
                }
            }
            // At once, after a while, or when it has ended.
            switch number % 3 {
            case 1: await Task.yield()
            case 2: try await Task.sleep(nanoseconds: UInt64(number) * 1000)
            default: break
            }
            if number % 10 != 0 { call.cancel() }
            try await call.value
        }
        let (cancelled, ended) = counts.now
        XCTAssertEqual(cancelled + ended, calls)
        XCTAssertGreaterThan(cancelled, 0)
        XCTAssertGreaterThan(ended, 0)
        try await alice.people.setSelf(nickName: "still here")
        try await until("no call is out") { Held.count(of: .completion) == 0 }
    }
}

/// A server that takes connections and says nothing.
private final class Silent {
    private let socket: Int32
    private let port: UInt16
    private let folder = FileManager.default.temporaryDirectory.appendingPathComponent("seenby-\(UUID().uuidString)")

    struct NoSocket: Error {}

    init() throws {
        #if canImport(Glibc)
        let stream = Int32(SOCK_STREAM.rawValue)
        #else
        let stream = SOCK_STREAM
        #endif
        socket = Foundation.socket(AF_INET, stream, 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let socket = socket
        let bound = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(socket, $0, size) == 0 && listen(socket, 16) == 0 && getsockname(socket, $0, &size) == 0
            }
        }
        guard bound else { throw NoSocket() }
        port = UInt16(bigEndian: address.sin_port)
    }

    deinit {
        close(socket)
        try? FileManager.default.removeItem(at: folder)
    }

    func configuration() -> SeenByConfiguration {
        var configuration = SeenByConfiguration(appID: 1_400_000_001, server: "ws://127.0.0.1:\(port)")
        configuration.dataFolder = folder.path
        configuration.requestTimeout = 600
        configuration.connectTimeout = 600
        return configuration
    }
}
