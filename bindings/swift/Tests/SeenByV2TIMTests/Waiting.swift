import Foundation
import SeenByV2TIM
import XCTest

/// Longer than anything takes on a machine that is busy; not a thing that is tested.
private let limit: TimeInterval = 60

/// Runs the main thread's loop, where closures and listeners come, until something is fulfilled.
private func wait(for expectation: XCTestExpectation) -> Bool {
    XCTWaiter().wait(for: [expectation], timeout: limit) == .completed
}

/// The end of a call: once.
final class End<Value>: @unchecked Sendable {
    // Unchecked: what it keeps is read and written under the lock.
    private let lock = NSLock()
    private let over = XCTestExpectation(description: "the call ends")
    private var ends: [Result<Value, Refusal>] = []
    private var wasOnMain = false

    struct Refusal: Error {
        let code: Int32
        let text: String?
    }

    init() {
        over.assertForOverFulfill = false
    }

    func end(_ result: Result<Value, Refusal>) {
        lock.lock()
        ends.append(result)
        wasOnMain = Thread.isMainThread
        lock.unlock()
        over.fulfill()
    }

    var fail: V2TIMFail {
        { code, text in self.end(.failure(Refusal(code: code, text: text))) }
    }

    var value: (Value) -> Void {
        { self.end(.success($0)) }
    }

    /// How often it has ended.
    var times: Int {
        lock.lock()
        defer { lock.unlock() }
        return ends.count
    }

    var cameOnMain: Bool {
        lock.lock()
        defer { lock.unlock() }
        return wasOnMain
    }

    private func ended() throws -> Result<Value, Refusal> {
        XCTAssertTrue(wait(for: over), "the call did not end")
        XCTAssertEqual(times, 1, "a call ends once")
        lock.lock()
        defer { lock.unlock() }
        return try XCTUnwrap(ends.first)
    }

    /// What it answered.
    func answer(file: StaticString = #filePath, line: UInt = #line) throws -> Value {
        switch try ended() {
        case .success(let value):
            return value
        case .failure(let refusal):
            XCTFail("refused with \(refusal.code): \(refusal.text ?? "nil")", file: file, line: line)
            throw refusal
        }
    }

    /// It was refused with this number, and a sentence, which is answered.
    @discardableResult
    func refused(_ code: SeenByErrorCode, file: StaticString = #filePath, line: UInt = #line) throws -> String {
        switch try ended() {
        case .success(let value):
            XCTFail("it succeeded with \(value)", file: file, line: line)
            return ""
        case .failure(let refusal):
            let text = refusal.text ?? ""
            XCTAssertEqual(refusal.code, code.rawValue, text, file: file, line: line)
            XCTAssertGreaterThan(text.count, 10, "a sentence: \(text)", file: file, line: line)
            return text
        }
    }
}

typealias Done = End<Void>

extension End where Value == Void {
    var succ: V2TIMSucc {
        { self.end(.success(())) }
    }
}

extension End {
    /// The closure of a call whose answer is optional, as the headers have them: nil would be wrong.
    func some() -> (Value?) -> Void {
        { value in
            if let value {
                self.end(.success(value))
            } else {
                self.end(.failure(Refusal(code: -1, text: "nil came instead of an answer")))
            }
        }
    }
}

/// What a listener was told, in order.
final class Heard<One>: @unchecked Sendable {
    // Unchecked: what it keeps is read and written under the lock.
    private let lock = NSLock()
    private var all: [One] = []
    private var waiting: XCTestExpectation?

    func add(_ one: One) {
        lock.lock()
        all.append(one)
        let waiting = self.waiting
        self.waiting = nil
        lock.unlock()
        waiting?.fulfill()
    }

    private func take(orWait expectation: XCTestExpectation) -> One? {
        lock.lock()
        defer { lock.unlock() }
        if all.isEmpty {
            waiting = expectation
            return nil
        }
        return all.removeFirst()
    }

    func next(file: StaticString = #filePath, line: UInt = #line) throws -> One {
        let expectation = XCTestExpectation(description: "something is heard")
        if let one = take(orWait: expectation) { return one }
        XCTAssertTrue(wait(for: expectation), "nothing was heard", file: file, line: line)
        return try XCTUnwrap(take(orWait: expectation), file: file, line: line)
    }

    var isEmpty: Bool {
        lock.lock()
        defer { lock.unlock() }
        return all.isEmpty
    }
}

/// Runs the main thread's loop until something is so.
func until(_ what: String, _ isSo: () -> Bool, file: StaticString = #filePath, line: UInt = #line) {
    let end = Date(timeIntervalSinceNow: limit)
    while !isSo() {
        if Date() > end {
            XCTFail("not in \(limit) s: \(what)", file: file, line: line)
            return
        }
        _ = XCTWaiter().wait(for: [XCTestExpectation(description: "a while")], timeout: 0.005)
    }
}
