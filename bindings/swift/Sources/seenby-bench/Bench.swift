import Foundation
import SeenBy
import SeenByCore
import SeenByTestKit
import SeenByV2TIM

/// What crossing between the library and Swift costs. Run it as README.md says: optimised, with an optimised library.
@main
enum Bench {
    private static let batch: Int32 = 64
    private static let rounds = 9

    static func main() async throws {
        let heard = Heard()
        try measure("an event of a batch of 64, with a receipt, to SeenByCore", each: Int(batch) * 1000) {
            try measureEvents(listener: heard, events: batch, batches: 1000)
        }
        let telling = Telling { heard.count += $0.count }
        try measure("the same, to a listener of SeenBy", each: Int(batch) * 1000) {
            try measureEvents(listener: telling, events: batch, batches: 1000)
        }
        try measure("the same, to a listener of SeenByV2TIM", each: Int(batch) * 1000) {
            heard.count += try Measure.receipts(events: batch, batches: 1000)
        }
        if heard.count != 3 * rounds * Int(batch) * 1000 { fatalError("\(heard.count) events were heard") }

        let service = try TestService()
        defer { service.close() }
        let alice = try await service.user("alice")
        var each: [Double] = []
        for _ in 0..<rounds {
            let begun = DispatchTime.now().uptimeNanoseconds
            for _ in 0..<500 { _ = try await alice.people.totalUnread() }
            each.append(Double(DispatchTime.now().uptimeNanoseconds - begun) / 500)
        }
        tell("an async call, through the service inside the process, and its answer", each.sorted()[rounds / 2], "elapsed")
    }

    /// Counts on one thread.
    private final class Heard: EventListener, @unchecked Sendable {
        var count = 0

        func onEvents(events: [Event]) { count += events.count }
    }

    /// The median of rounds, of this thread's time: on a machine that does other work too, elapsed time says little.
    private static func measure(_ what: String, each count: Int, _ work: () throws -> Void) rethrows {
        var each: [Double] = []
        for _ in 0..<rounds {
            let begun = threadTime()
            try work()
            each.append((threadTime() - begun) / Double(count))
        }
        tell(what, each.sorted()[rounds / 2], "of the thread")
    }

    private static func threadTime() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) * 1e9 + Double(time.tv_nsec)
    }

    private static func tell(_ what: String, _ nanoseconds: Double, _ which: String) {
        print(String(format: "%8.3f µs %@: %@", nanoseconds / 1000, which, what))
    }
}
