import Foundation
import SeenByCore

/// What waits for one stream's consumer: bounded; the oldest goes first, and the consumer is told how many went.
final class Waiting<Element: Sendable>: @unchecked Sendable {
    private let capacity: Int
    private let missed: @Sendable (Int) -> Element
    private let lock = NSLock()
    // All of these with the lock held. A ring would grow to its capacity at once; this grows as it must.
    private var items: [Element] = []
    private var head = 0
    private var lost = 0
    private var ended = false
    private var consumers: [(number: UInt64, continuation: CheckedContinuation<Element?, Never>)] = []
    private var nextConsumer: UInt64 = 0

    init(capacity: Int, missed: @escaping @Sendable (Int) -> Element) {
        self.capacity = capacity
        self.missed = missed
    }

    /// Never waits.
    func add(_ elements: some Sequence<Element>) {
        for element in elements {
            lock.lock()
            if ended {
                lock.unlock()
                return
            }
            if !consumers.isEmpty {
                // Whoever waits has nothing before it.
                let consumer = consumers.removeFirst().continuation
                lock.unlock()
                consumer.resume(returning: element)
                continue
            }
            if items.count - head == capacity {
                _ = removeFirst()
                lost += 1
            }
            items.append(element)
            lock.unlock()
        }
    }

    func end() {
        let left = lock.locked {
            ended = true
            defer { consumers = [] }
            return consumers
        }
        left.forEach { $0.continuation.resume(returning: nil) }
    }

    /// The oldest, or how many were lost before it; nil at the end, or when the task is cancelled.
    func take() async -> Element? {
        let number = lock.locked {
            nextConsumer += 1
            return nextConsumer
        }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let ready: Element?? = lock.locked {
                    // Cancelled before: the handler found nothing to resume.
                    if Task.isCancelled { return .some(nil) }
                    if lost > 0 {
                        defer { lost = 0 }
                        return missed(lost)
                    }
                    if head < items.count { return removeFirst() }
                    if ended { return .some(nil) }
                    consumers.append((number, continuation))
                    return nil
                }
                if case .some(let element) = ready { continuation.resume(returning: element) }
            }
        } onCancel: {
            let mine = lock.locked {
                consumers.firstIndex { $0.number == number }.map { consumers.remove(at: $0).continuation }
            }
            mine?.resume(returning: nil)
        }
    }

    private func removeFirst() -> Element {
        let element = items[head]
        head += 1
        // What was taken is let go of a half at a time.
        if head > 32, head * 2 > items.count {
            items.removeFirst(head)
            head = 0
        }
        return element
    }
}

/// Feeds every stream of a client: one listener for all, so that each event crosses once. It does not know the client.
final class Feed: EventListener, @unchecked Sendable {
    private let capacity: Int
    private let held = HeldMark(.listener)
    private let lock = NSLock()
    // Both with the lock held.
    private var consumers: [(number: Int, add: @Sendable ([SeenByEvent]) -> Void, end: @Sendable () -> Void)] = []
    private var lastNumber = 0
    private var ended = false

    init(capacity: Int) {
        self.capacity = capacity
    }

    func onEvents(events: [Event]) {
        let told = events.map(SeenByEvent.init)
        // Outside the lock: a consumer that is resumed may take a new stream.
        lock.locked { consumers }.forEach { $0.add(told) }
    }

    func end() {
        let all = lock.locked {
            ended = true
            defer { consumers = [] }
            return consumers
        }
        all.forEach { $0.end() }
    }

    fileprivate func remove(_ number: Int) {
        lock.locked { consumers.removeAll { $0.number == number } }
    }

    /// Events from now on, as `select` makes them.
    func waiting<Element: Sendable>(
        _ select: @escaping @Sendable (SeenByEvent) -> [Element], missed: @escaping @Sendable (Int) -> Element
    ) -> Subscription<Element> {
        let waiting = Waiting(capacity: capacity, missed: missed)
        let number: Int? = lock.locked {
            if ended { return nil }
            lastNumber += 1
            consumers.append((lastNumber, { waiting.add($0.lazy.flatMap(select)) }, { waiting.end() }))
            return lastNumber
        }
        if number == nil { waiting.end() }
        return Subscription(waiting, feed: self, number: number ?? 0)
    }
}

/// A stream's place in a feed, for as long as the stream lives.
final class Subscription<Element: Sendable>: Sendable {
    private let waiting: Waiting<Element>
    private let feed: Feed
    private let number: Int

    fileprivate init(_ waiting: Waiting<Element>, feed: Feed, number: Int) {
        self.waiting = waiting
        self.feed = feed
        self.number = number
    }

    deinit {
        feed.remove(number)
    }

    func stream() -> AsyncStream<Element> {
        AsyncStream { await self.waiting.take() }
    }
}

/// Streams of one kind. What happens before the first is taken waits for it: what was missed while the device was away arrives
/// right after the login. Each later one begins when it is taken.
final class Streams<Element: Sendable>: @unchecked Sendable {
    private let feed: Feed
    private let select: @Sendable (SeenByEvent) -> [Element]
    private let missed: @Sendable (Int) -> Element
    private let lock = NSLock()
    // With the lock held.
    private var first: Subscription<Element>?

    init(
        _ feed: Feed, select: @escaping @Sendable (SeenByEvent) -> [Element], missed: @escaping @Sendable (Int) -> Element
    ) {
        self.feed = feed
        self.select = select
        self.missed = missed
        first = feed.waiting(select, missed: missed)
    }

    func next() -> AsyncStream<Element> {
        let mine = lock.locked {
            defer { first = nil }
            return first
        }
        return (mine ?? feed.waiting(select, missed: missed)).stream()
    }
}
