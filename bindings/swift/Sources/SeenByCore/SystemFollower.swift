import Foundation
#if canImport(Network)
import Network
#endif

/// Who is told what the system tells the app: a client.
package protocol SystemFollowing: AnyObject, Sendable {
    func foreground(foreground: Bool) throws
    func networkAvailable(available: Bool) throws
}

extension SeenByClient: SystemFollowing {}

/// Tells a client what the system tells the app: foreground and background, the network's coming and going. Elsewhere than on
/// Apple's systems nobody says so. It holds the client weakly, and ends when it is let go of.
package final class SystemFollower: @unchecked Sendable {
    // By the names that UIKit and AppKit give them. Not by their constants: those belong to the main actor in some SDKs, and this is
    // made on any thread; and a program without windows needs neither framework.

    /// Posted for apps with scenes too; never to an extension, which has no foreground of its own.
    package static let toForeground = [
        "UIApplicationWillEnterForegroundNotification", "UIApplicationDidBecomeActiveNotification",
        "NSApplicationDidUnhideNotification", "NSApplicationDidBecomeActiveNotification",
    ]
    /// A Mac app that is not in front may still be seen; hidden, it is not.
    package static let toBackground = ["UIApplicationDidEnterBackgroundNotification", "NSApplicationDidHideNotification"]

    // Unchecked for these: they are written in init and read in deinit alone.
    private var observers: [any NSObjectProtocol] = []
    #if canImport(Network)
    private let monitor = NWPathMonitor()
    #endif

    package init(_ client: some SystemFollowing) {
        Self.toForeground.forEach { observe($0, client, foreground: true) }
        Self.toBackground.forEach { observe($0, client, foreground: false) }
        #if canImport(Network)
        monitor.pathUpdateHandler = { [weak client] path in
            // Also when one network takes another's place: the line over the old one may be dead, and is asked then.
            try? client?.networkAvailable(available: path.status == .satisfied)
        }
        monitor.start(queue: DispatchQueue(label: "org.seenby.network"))
        #endif
    }

    private func observe(_ name: String, _ client: some SystemFollowing, foreground: Bool) {
        let name = Notification.Name(rawValue: name)
        let observer = NotificationCenter.default.addObserver(forName: name, object: nil, queue: nil) { [weak client] _ in
            // A client that was shut down has nothing to be told.
            try? client?.foreground(foreground: foreground)
        }
        observers.append(observer)
    }

    deinit {
        #if canImport(Network)
        monitor.cancel()
        #endif
        observers.forEach(NotificationCenter.default.removeObserver)
    }
}
