import Foundation
import SeenBy
import SeenByTestKit
import XCTest

import enum SeenByCore.Held

/// Far more than anything here takes.
let soon: TimeInterval = 60

/// Comes back when it holds.
func until(_ what: String, file: StaticString = #filePath, line: UInt = #line, _ holds: () throws -> Bool) async throws {
    let end = Date().addingTimeInterval(soon)
    while try !holds() {
        if Date() > end {
            XCTFail("not in time: \(what)", file: file, line: line)
            throw NotInTime()
        }
        try await Task.sleep(nanoseconds: 1_000_000)
    }
}

struct NotInTime: Error {}

/// What it was refused with.
func refusal(
    file: StaticString = #filePath, line: UInt = #line, _ what: () async throws -> Void
) async throws -> SeenByError {
    do {
        try await what()
    } catch let error as SeenByError {
        return error
    }
    XCTFail("it was not refused", file: file, line: line)
    throw NotInTime()
}

/// What the library holds when no call is out.
func steady() async throws -> Int {
    try await until("no call is out") { Held.count(of: .completion) == 0 }
    return Held.count
}

extension AsyncSequence {
    /// The first so many.
    func first(_ count: Int) async throws -> [Element] {
        var found: [Element] = []
        if count == 0 { return found }
        for try await element in self {
            found.append(element)
            if found.count == count { break }
        }
        return found
    }

    func all() async throws -> [Element] {
        var found: [Element] = []
        for try await element in self { found.append(element) }
        return found
    }
}

extension SeenByClient {
    /// The next message that came.
    func nextMessage() async throws -> Message {
        for await case .new(let message) in messages { return message }
        throw NotInTime()
    }

    /// The next summary.
    func nextReceipt() async throws -> Receipt {
        for await case .ofMessage(let receipt) in receipts { return receipt }
        throw NotInTime()
    }
}

/// Something that many threads change.
final class Shared<Value>: @unchecked Sendable {
    private let lock = NSLock()
    private var value: Value

    init(_ value: Value) {
        self.value = value
    }

    func with<T>(_ what: (inout Value) throws -> T) rethrows -> T {
        lock.lock()
        defer { lock.unlock() }
        return try what(&value)
    }

    var now: Value { with { $0 } }
}
