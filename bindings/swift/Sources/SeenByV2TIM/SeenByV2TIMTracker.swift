import Foundation
import SeenByCore

/// Turns what a list shows into reports (ours, R33): a message that was seen for 300 ms in the foreground is reported, once.
/// It ends when it is let go of.
public final class SeenByV2TIMTracker: Sendable {
    private let tracker: MessageTracker
    private let screen = Screen()

    init(_ tracker: MessageTracker) {
        self.tracker = tracker
    }

    deinit {
        tracker.closeTracker()
    }

    // Closed, or its manager is: what is seen then is no reading any more, and the errors say no more than that.

    /// These came onto the screen. One's own and those without receipts may be among them.
    public func visible(_ messages: [V2TIMMessage]) {
        try? tracker.visible(messages: messages.map(\.ref))
    }

    /// These left the screen.
    public func hidden(_ messages: [V2TIMMessage]) {
        try? tracker.hidden(messages: messages.map(\.ref))
    }

    /// Exactly these are on the screen now: those that were and are not among them have left it. A list does not mix this with
    /// ``visible(_:)`` and ``hidden(_:)``.
    public func show(_ messages: [V2TIMMessage]) {
        try? screen.show(messages.map(\.ref)) { came, left in
            if !left.isEmpty { try tracker.hidden(messages: left) }
            if !came.isEmpty { try tracker.visible(messages: came) }
        }
    }

    /// The list came to the foreground, or went to the background: then what was seen for long enough is reported at once.
    public func foreground(_ foreground: Bool) {
        try? tracker.foreground(foreground: foreground)
    }

    /// Ends it; what was seen for long enough is reported.
    public func close() {
        tracker.closeTracker()
    }
}
