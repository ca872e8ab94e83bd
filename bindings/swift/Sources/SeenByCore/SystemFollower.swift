import Foundation
#if canImport(Network)
import Network
#endif
#if canImport(UIKit) && !os(watchOS)
import UIKit
#elseif canImport(AppKit)
import AppKit
#endif

/// Tells a client what the system tells the app: foreground and background, the network's coming and going. Nothing to follow but
/// on Apple's systems. It holds the client weakly, and ends when it is let go of.
package final class SystemFollower: @unchecked Sendable {
    // Immutable after init but for nothing: observers are only removed, in deinit.
    private var observers: [any NSObjectProtocol] = []
    #if canImport(Network)
    private let monitor = NWPathMonitor()
    #endif

    package init(_ client: SeenByClient) {
        #if canImport(UIKit) && !os(watchOS)
        // Posted for apps with scenes too; never to an extension, which has no foreground of its own.
        observe(UIApplication.willEnterForegroundNotification, client, foreground: true)
        observe(UIApplication.didBecomeActiveNotification, client, foreground: true)
        observe(UIApplication.didEnterBackgroundNotification, client, foreground: false)
        #elseif canImport(AppKit)
        // A Mac app that is not in front may still be seen; hidden, it is not.
        observe(NSApplication.didUnhideNotification, client, foreground: true)
        observe(NSApplication.didBecomeActiveNotification, client, foreground: true)
        observe(NSApplication.didHideNotification, client, foreground: false)
        #endif
        #if canImport(Network)
        monitor.pathUpdateHandler = { [weak client] path in
            // Also when one network takes another's place: the line over the old one is dead, and the hint makes it anew.
            try? client?.networkAvailable(available: path.status == .satisfied)
        }
        monitor.start(queue: DispatchQueue(label: "org.seenby.network"))
        #endif
    }

    #if canImport(Darwin)
    private func observe(_ name: Notification.Name, _ client: SeenByClient, foreground: Bool) {
        let observer = NotificationCenter.default.addObserver(forName: name, object: nil, queue: nil) { [weak client] _ in
            // A client that was shut down has nothing to be told.
            try? client?.foreground(foreground: foreground)
        }
        observers.append(observer)
    }
    #endif

    deinit {
        #if canImport(Network)
        monitor.cancel()
        #endif
        observers.forEach(NotificationCenter.default.removeObserver)
    }
}
