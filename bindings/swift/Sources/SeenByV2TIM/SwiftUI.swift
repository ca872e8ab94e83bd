#if canImport(SwiftUI)
import SwiftUI

extension View {
    /// Reports this message as read when it was on the screen for long enough (ours, R33): for the row of a `List` or of a lazy stack.
    public func seenBy(_ message: V2TIMMessage, _ tracker: SeenByV2TIMTracker) -> some View {
        onAppear { tracker.visible([message]) }
            .onDisappear { tracker.hidden([message]) }
    }
}
#endif
