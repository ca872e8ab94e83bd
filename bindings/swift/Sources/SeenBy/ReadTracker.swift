import SeenByCore

/// Turns what a list shows into read receipts (R33): ``SeenByClient/readTracker(for:)``. Messages that were on the screen for
/// ``SeenByConfiguration/seenFor`` are reported, each once; one's own and those without receipts may be among them. Any thread; no
/// call waits. One that is let go of is closed.
///
/// A list tells what it shows by ``show(_:)``, or what comes and goes by ``visible(_:)`` and ``hidden(_:)``; one list does not mix
/// both. For UIKit and SwiftUI there are `show(_:message:)` and `View.seen(_:by:)`.
public final class ReadTracker: Sendable {
    private let tracker: MessageTracker
    private let screen = Screen()

    init(_ tracker: MessageTracker) {
        self.tracker = tracker
    }

    deinit {
        tracker.closeTracker()
    }

    /// These came onto the screen.
    public func visible(_ messages: [any MessageKey]) throws {
        try atOnce { try tracker.visible(messages: messages.core()) }
    }

    /// These left it.
    public func hidden(_ messages: [any MessageKey]) throws {
        try atOnce { try tracker.hidden(messages: messages.core()) }
    }

    /// Exactly these are on the screen now: those that were and are not among them have left it.
    public func show(_ messages: [any MessageKey]) throws {
        try atOnce {
            try screen.show(messages.core()) { came, left in
                if !left.isEmpty { try tracker.hidden(messages: left) }
                if !came.isEmpty { try tracker.visible(messages: came) }
            }
        }
    }

    /// The list came to the foreground, or went to the background: then what was seen for long enough is reported.
    public func setForeground(_ foreground: Bool) throws {
        try atOnce { try tracker.foreground(foreground: foreground) }
    }

    /// Ends it: what was seen for long enough is reported. Later calls end with 90003.
    public func close() { tracker.closeTracker() }
}
