import Foundation

/// What the library holds of the app's: for tests that look for leaks. Whatever is handed over keeps a ``HeldMark``.
package enum Held {
    /// What can be handed over.
    package enum Kind: Int, CaseIterable, Sendable {
        case completion, listener, dispatcher, provider, sink
    }

    private static let lock = NSLock()
    nonisolated(unsafe) private static var counts = [Int](repeating: 0, count: Kind.allCases.count)

    /// How many have not been let go of.
    package static var count: Int { lock.locked { counts.reduce(0, +) } }

    /// How many of this kind.
    package static func count(of kind: Kind) -> Int { lock.locked { counts[kind.rawValue] } }

    fileprivate static func change(_ kind: Kind, by: Int) {
        lock.locked { counts[kind.rawValue] += by }
    }
}

/// One thing that is held: counted while it lives.
package final class HeldMark: Sendable {
    private let kind: Held.Kind

    package init(_ kind: Held.Kind) {
        self.kind = kind
        Held.change(kind, by: 1)
    }

    deinit {
        Held.change(kind, by: -1)
    }
}

extension NSLock {
    /// As Foundation's `withLock`, which the oldest systems lack.
    @inline(__always)
    package func locked<T>(_ what: () throws -> T) rethrows -> T {
        lock()
        defer { unlock() }
        return try what()
    }
}
