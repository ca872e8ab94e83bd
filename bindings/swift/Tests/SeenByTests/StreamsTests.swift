import Foundation
import SeenByTestKit
import XCTest

import class SeenByCore.HeldMark
import enum SeenByCore.Held
import enum SeenByCore.Event

@testable import SeenBy

final class StreamsTests: XCTestCase {
    private func numbers(_ feed: Feed) -> Streams<Int> {
        Streams(feed, select: { if case .totalUnreadChanged(let count) = $0 { [count] } else { [] } }, missed: { -$0 })
    }

    private func tell(_ feed: Feed, _ numbers: ClosedRange<Int>) {
        feed.onEvents(events: numbers.map { .totalUnreadChanged(count: Int64($0)) })
    }

    func testASlowConsumerLosesTheOldestAndIsToldHowMany() async throws {
        let feed = Feed(capacity: 10)
        let streams = numbers(feed)
        tell(feed, 1...25)
        feed.onEvents(events: [.connecting, .connected])
        let heard = try await streams.next().first(11)
        XCTAssertEqual(heard, [-15] + (16...25))
    }

    func testAConsumerThatStopsLosesWhatComesMeanwhileAndGoesOn() async throws {
        let feed = Feed(capacity: 4)
        var heard: [Int] = []
        tell(feed, 0...0)
        let stream = numbers(feed).next()
        tell(feed, 1...1)
        for await number in stream {
            heard.append(number)
            if number == 1 { tell(feed, 2...10) }
            if number == 10 { break }
        }
        XCTAssertEqual(heard, [1, -5, 7, 8, 9, 10])
    }

    func testALongStreamKeepsItsOrder() async throws {
        let feed = Feed(capacity: 100)
        let stream = numbers(feed).next()
        let consumer = Task { try await stream.first(5000) }
        let all = 1...5000
        for number in all {
            tell(feed, number...number)
            if number % 50 == 0 { try await Task.sleep(nanoseconds: 100_000) }
            await Task.yield()
        }
        feed.end()
        var next = 1
        for number in try await consumer.value {
            if number < 0 { next += -number } else {
                XCTAssertEqual(number, next)
                next += 1
            }
        }
        XCTAssertEqual(next, 5001)
    }

    func testTheFirstHearsFromTheStartASecondFromWhenItWasTakenBothToTheEnd() async throws {
        let feed = Feed(capacity: 10)
        let streams = numbers(feed)
        tell(feed, 1...3)
        let (first, second) = (streams.next(), streams.next())
        tell(feed, 4...5)
        feed.end()
        tell(feed, 6...6)
        let (heardFirst, heardSecond) = (try await first.all(), try await second.all())
        XCTAssertEqual(heardFirst, [1, 2, 3, 4, 5])
        XCTAssertEqual(heardSecond, [4, 5])
        let late = try await streams.next().all()
        XCTAssertEqual(late, [])
    }

    func testAConsumerIsCancelledAtAnyMomentAndNothingWaitsForEver() async throws {
        let feed = Feed(capacity: 10)
        let streams = numbers(feed)
        for round in 0..<300 {
            let stream = streams.next()
            let consumer = Task {
                var count = 0
                for await _ in stream { count += 1 }
                return count
            }
            if round % 3 == 1 { tell(feed, 1...3) }
            if round % 3 == 2 { await Task.yield() }
            consumer.cancel()
            _ = await consumer.value
        }
        // The stream of one that was cancelled is over; another one goes on.
        let stream = streams.next()
        tell(feed, 7...7)
        let heard = try await stream.first(1)
        XCTAssertEqual(heard, [7])
    }

    func testAStreamThatIsLetGoOfIsForgotten() async throws {
        let feed = Feed(capacity: 10)
        let marks = Shared<[WeakBox]>([])
        let streams = Streams<Tracked>(feed, select: { _ in
            let tracked = Tracked()
            marks.with { $0.append(WeakBox(tracked)) }
            return [tracked]
        }, missed: { _ in Tracked() })
        var first: AsyncStream<Tracked>? = streams.next()
        tell(feed, 1...3)
        XCTAssertEqual(marks.now.filter { $0.tracked != nil }.count, 3)
        XCTAssertNotNil(first)
        first = nil
        try await until("what waited is let go of") { marks.now.allSatisfy { $0.tracked == nil } }
        tell(feed, 1...3)
        XCTAssertEqual(marks.now.count, 3, "a stream that is gone was told")
    }

    func testAConsumerMayCallWhateverItIsCalledWith() async throws {
        let service = try TestService()
        defer { service.close() }
        let alice = try await service.user("alice")
        let bob = try await service.user("bob")
        let messages = bob.messages
        let reading = Task {
            // The last of them may be cancelled when its receipt is on its way.
            for await case .new(let message) in messages { try? await bob.sendReadReceipts(for: [message]) }
        }
        let sent = try await alice.send("hello", to: .user("bob"))
        let receipt = try await alice.nextReceipt()
        XCTAssertEqual(receipt.messageID, sent.messageID)
        reading.cancel()
        await reading.value
    }

    func testWhatCameBeforeTheFirstConsumerIsNotLost() async throws {
        let service = try TestService()
        defer { service.close() }
        let bob = try await service.user("bob")
        let alice = try await service.user("alice")
        for number in 0..<5 { _ = try await alice.send("n\(number)", to: .user("bob")) }
        for await event in bob.events where event == .totalUnreadChanged(5) { break }
        let texts = try await bob.messages.first(5).map { change -> String? in
            if case .new(let message) = change { message.text } else { nil }
        }
        XCTAssertEqual(texts, (0..<5).map { "n\($0)" })
    }

    func testStreamsEndWhenTheClientIsClosed() async throws {
        let service = try TestService()
        defer { service.close() }
        let alice = try await service.user("alice")
        let bob = try await service.user("bob")
        // The first stream is fed before the second.
        let (first, second) = (alice.messages, alice.messages)
        let sent = try await bob.send("hello", to: .user("alice"))
        for await case .new in second { break }
        alice.close()
        let left = try await first.all()
        XCTAssertEqual(left.count, 1)
        if case .new(let message) = left.first { XCTAssertEqual(message.messageID, sent.messageID) }
        let none = try await alice.messages.all()
        XCTAssertEqual(none, [])
    }

    func testOnTheMainActor() async throws {
        try await Self.onTheMainActor()
    }

    @MainActor
    private static func onTheMainActor() async throws {
        let service = try TestService()
        defer { service.close() }
        let alice = try await service.user("alice", queue: .main)
        let bob = try await service.user("bob")
        let onMain = Shared<[Bool]>([])
        let listening = alice.addListener { _ in onMain.with { $0.append(Thread.isMainThread) } }
        _ = try await bob.send("hello", to: .user("alice"))
        let came = try await alice.nextMessage()
        try await alice.sendReadReceipts(for: [came])
        XCTAssertTrue(Thread.isMainThread)
        let heard: @Sendable () -> Bool = { !onMain.now.isEmpty }
        try await until("the listener heard", heard)
        XCTAssertEqual(Set(onMain.now), [true])
        listening.cancel()
    }
}

private final class Tracked: Sendable {}

private struct WeakBox: @unchecked Sendable {
    weak var tracked: Tracked?

    init(_ tracked: Tracked) {
        self.tracked = tracked
    }
}
