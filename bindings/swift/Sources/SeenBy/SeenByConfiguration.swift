import Dispatch
import Foundation
import SeenByCore

/// How a client is set up. `SeenByConfiguration(appID: 1400000001)` is enough for a service inside this process, in a debug build.
public struct SeenByConfiguration: Sendable {
    /// The app, sdkAppID: 1 to 4 294 967 295.
    public var appID: Int64
    /// Where to connect (R28): `wss://…`, `ws://…`, `embedded:`, `embedded:mem/NAME` or `embedded:file/PATH`. nil: the environment
    /// variable `SEENBY_SERVER`, else `embedded:`, which release builds for iOS refuse.
    public var server: String?
    /// Where the device keeps its outbox, index and cache. nil: a folder in Application Support, or in that of ``appGroup``. What is
    /// made of it is left out of backups. It belongs to one process at a time. Not used with a service in memory.
    public var dataFolder: String?
    /// Keeps the data where the app's extensions see it too, so that they can leave receipts
    /// (``SeenByClient/enqueueReceipts(_:userID:for:)``): the identifier of an App Group of the app. Apple's systems only.
    public var appGroup: String?
    /// Allows `ws://` to other machines, unencrypted: for tests in a network one trusts.
    public var allowsPlain = false
    /// Clients that share a data folder and are to count as different devices give different labels (R30).
    public var deviceLabel: String?
    /// Pushes of receipts name the readers added since the last one (R12).
    public var withReaders = false
    /// A PEM file with the certificates to trust, instead of the system's (R29).
    public var caFile: String?
    /// Base64 of SHA-256 of the public keys to accept (R29); empty: any that is valid.
    public var pins: [String] = []
    /// `http://[user:password@]host:port`.
    public var proxy: String?
    /// How long a message must be seen to count as read (R33), in seconds. nil: 0.3.
    public var seenFor: TimeInterval?
    /// How long a request waits for its answer before it ends with 6012, in seconds. nil: 10.
    public var requestTimeout: TimeInterval?
    /// How long opening a connection may take before it ends with 9510, in seconds. nil: 10.
    public var connectTimeout: TimeInterval?
    /// Name and version of the app, for the server's log.
    public var clientName = ""
    /// How many events wait for each stream's consumer, 1 or more; see ``SeenByClient/events``.
    public var streamBuffer = 1024
    /// Where listeners run, one call after the other. nil: a thread of SeenBy's own. Async functions and streams come back where
    /// Swift wants them in any case.
    public var queue: DispatchQueue?
    /// Renews the userSig silently when it runs out (R30): asks the app's backend for one of this user. nil, or an error: there is
    /// none now, and the app hears ``SeenByEvent/userSigExpired``. Its task is cancelled when the client is closed.
    public var userSigProvider: (@Sendable (_ userID: String) async throws -> String?)?
    /// Foreground, background and the network's changes are followed by the client itself; Apple's systems only. Off: tell it by
    /// ``SeenByClient/setForeground(_:)`` and ``SeenByClient/setNetworkAvailable(_:)``.
    public var followsSystem = true

    /// Of this app; the rest as said at the properties.
    public init(appID: Int64, server: String? = nil) {
        self.appID = appID
        self.server = server
    }
}

extension SeenByConfiguration {
    func folder() throws -> String? {
        try DataFolder.resolve(
            given: Text.checked("dataFolder", dataFolder), appGroup: appGroup, server: Text.checked("server", server))
    }

    func core() throws -> ClientConfig {
        ClientConfig(
            app: appID,
            server: try Text.checked("server", server),
            allowPlain: allowsPlain,
            dataDir: try folder(),
            deviceLabel: try Text.checked("deviceLabel", deviceLabel),
            withReaders: withReaders,
            caFile: try Text.checked("caFile", caFile),
            pins: try texts("pins", pins),
            proxy: try Text.checked("proxy", proxy),
            seenForMs: try ms("seenFor", seenFor),
            requestTimeoutMs: try ms("requestTimeout", requestTimeout),
            connectTimeoutMs: try ms("connectTimeout", connectTimeout),
            clientName: try Text.checked("clientName", clientName)
        )
    }

    private func ms(_ what: String, _ seconds: TimeInterval?) throws -> Int32 {
        guard let seconds else { return 0 }
        guard let ms = Int32(exactly: (seconds * 1000).rounded()), ms > 0 else {
            let text = "\(what) is \(seconds) seconds; it must be between 0.001 and 2147483"
            throw SeenByError(code: .invalidParameters, text: text)
        }
        return ms
    }
}
