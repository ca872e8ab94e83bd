#if canImport(SwiftUI)
import SwiftUI

/// A row of a list that tells a tracker while it is on the screen (R33).
struct Seen: ViewModifier {
    let message: any MessageKey
    let tracker: ReadTracker

    func body(content: Content) -> some View {
        // A tracker that was closed has nothing to be told.
        content
            .onAppear { try? tracker.visible([message]) }
            .onDisappear { try? tracker.hidden([message]) }
    }
}

extension View {
    /// Reports this message as read when it was on the screen for long enough: for the row of a `List` or of a lazy stack.
    public func seen(_ message: any MessageKey, by tracker: ReadTracker) -> some View {
        modifier(Seen(message: message, tracker: tracker))
    }
}
#endif
