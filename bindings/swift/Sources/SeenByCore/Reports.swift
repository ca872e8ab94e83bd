import Foundation
#if canImport(os)
import os
#endif

/// What code of the app throws where nobody waits for it comes here, and goes no further. By default it is logged as an error.
package enum Reports {
    /// Gets what was thrown, and whose it was, on the thread that threw.
    package typealias Handler = @Sendable (_ whose: String, _ what: any Error) -> Void

    private static let lock = NSLock()
    nonisolated(unsafe) private static var current: Handler?

    /// One a process; nil: the default.
    package static var handler: Handler? {
        get { lock.locked { current } }
        set { lock.locked { current = newValue } }
    }

    /// Tells the handler.
    package static func thrown(_ whose: String, _ what: any Error) {
        if let handler {
            handler(whose, what)
            return
        }
        #if canImport(os)
        // What the app threw may have a token in it: whoever reads this device's log elsewhere does not see it.
        let log = OSLog(subsystem: "org.seenby", category: "app")
        os_log("%{public}@ of the app threw; SeenBy goes on: %{private}@", log: log, type: .error, whose, "\(what)")
        #else
        FileHandle.standardError.write(Data("seenby: \(whose) of the app threw; SeenBy goes on: \(what)\n".utf8))
        #endif
    }
}
