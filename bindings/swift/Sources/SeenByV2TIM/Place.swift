import Dispatch
import Foundation
import SeenByCore

/// The queue of an app's on which callbacks come.
final class Place: CallbackDispatcher {
    private static let key = "org.seenby.place"
    private let queue: DispatchQueue
    private let held = HeldMark(.dispatcher)

    init(_ queue: DispatchQueue) {
        self.queue = queue
    }

    /// Whether this thread runs callbacks for such a queue just now.
    static var isHere: Bool {
        Thread.current.threadDictionary[key] != nil
    }

    func dispatch(work: Work) {
        // Let go of without having been run, it counts as delivered (contract 8).
        queue.async {
            let thread = Thread.current.threadDictionary
            thread[Place.key] = true
            work.run()
            thread[Place.key] = nil
        }
    }
}
