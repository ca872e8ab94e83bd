import Dispatch

/// Callbacks on a queue of the app's: one after the other, also on a concurrent one, as the next comes when this is over.
package final class Queue: CallbackDispatcher {
    private let queue: DispatchQueue
    private let held = HeldMark(.dispatcher)

    package init(_ queue: DispatchQueue) {
        self.queue = queue
    }

    package func dispatch(work: Work) {
        // Let go of without having been run, it counts as delivered (contract 8).
        queue.async { work.run() }
    }
}
