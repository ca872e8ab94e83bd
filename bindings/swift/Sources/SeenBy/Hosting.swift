import Foundation
import SeenByCore

/// An app's listener, as the core calls it.
package final class Telling: EventListener {
    private let listener: @Sendable ([SeenByEvent]) -> Void
    private let held = HeldMark(.listener)

    package init(_ listener: @escaping @Sendable ([SeenByEvent]) -> Void) {
        self.listener = listener
    }

    package func onEvents(events: [Event]) { listener(events.map(SeenByEvent.init)) }
}

/// A listener, for as long as this lives, or until it is cancelled.
public final class SeenByListening: Sendable {
    private let client: SeenByCore.SeenByClient
    private let number: Int64

    init(_ client: SeenByCore.SeenByClient, _ number: Int64) {
        self.client = client
        self.number = number
    }

    deinit {
        cancel()
    }

    /// Ends it. It waits for a call of this listener that runs on another thread; inside a callback it never waits. A second time:
    /// nothing.
    public func cancel() { client.removeListener(number: number) }
}

/// The app's provider of userSigs, for the core.
final class Renewing: UserSigProvider, @unchecked Sendable {
    typealias Provider = @Sendable (String) async throws -> String?

    private let provider: Provider
    private let held = HeldMark(.provider)
    private let lock = NSLock()
    // All of these with the lock held.
    private var tasks: [Int: Task<Void, Never>] = [:]
    private var finished: Set<Int> = []
    private var last = 0
    private var ended = false

    init(_ provider: @escaping Provider) {
        self.provider = provider
    }

    func userSig(userId: String, reply: UserSigReply) {
        let provider = provider
        let number = lock.locked {
            last += 1
            return last
        }
        let task = Task { [weak self] in
            await Self.ask(provider, userId, reply)
            self?.finish(number)
        }
        let late = lock.locked {
            // It may have finished before it was known.
            if finished.remove(number) == nil { tasks[number] = task }
            return ended
        }
        if late { task.cancel() }
    }

    private static func ask(_ provider: Provider, _ user: String, _ reply: UserSigReply) async {
        do {
            if let userSig = try await provider(user) {
                reply.accept(userSig: try Text.checked("the userSig", userSig))
            } else {
                reply.refuse(why: "the app's provider has no userSig for this user now")
            }
        } catch is CancellationError {
            // The client was closed. Let go of without an answer, there is none.
        } catch {
            reply.refuse(why: "the app's provider of userSigs threw")
            Reports.thrown("the provider of userSigs", error)
        }
    }

    private func finish(_ number: Int) {
        lock.locked {
            if tasks.removeValue(forKey: number) == nil { finished.insert(number) }
        }
    }

    func end() {
        let left = lock.locked {
            ended = true
            defer { tasks = [:] }
            return tasks.values.map { $0 }
        }
        left.forEach { $0.cancel() }
    }
}

/// What the library says of itself (R34).
public enum SeenByLog {
    /// How much; the documented numbers.
    public enum Level: Int32, Sendable {
        /// Nothing.
        case off = 0
        /// Errors.
        case error = 1
        /// And warnings; as at first.
        case warning = 2
        /// And what goes well.
        case information = 3
        /// And details, for who looks for a fault.
        case debug = 4
        /// Everything.
        case trace = 5
    }

    private final class Sink: LogSink {
        private let handler: @Sendable (Level, String) -> Void
        private let held = HeldMark(.sink)

        init(_ handler: @escaping @Sendable (Level, String) -> Void) {
            self.handler = handler
        }

        func line(level: Int32, line: String) { handler(Level(rawValue: level) ?? .information, line) }
    }

    /// Gives the log to `handler` from now on, a line at a time, on a thread of its own; nil: to standard error, as at first. At
    /// the level of ``Level/warning`` and below, no line has an id of a user or a message, a body or a token.
    public static func set(level: Level, handler: (@Sendable (Level, String) -> Void)? = nil) throws {
        try atOnce { try setLogSink(level: level.rawValue, sink: handler.map(Sink.init)) }
    }
}
