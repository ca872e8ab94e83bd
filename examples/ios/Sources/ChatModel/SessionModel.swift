import Foundation
import SeenBy

/// Who uses the app, and where the server is. The userSig comes from the app's backend (R21); this app is given one, by a form or
/// by the link that `cargo run --release -- serve` draws as a picture for phones.
public struct Account: Hashable, Sendable {
    public var server: String
    public var appID: Int64
    public var user: String
    public var userSig: String

    public init(server: String, appID: Int64, user: String, userSig: String) {
        self.server = server
        self.appID = appID
        self.user = user
        self.userSig = userSig
    }

    /// Of `seenby:?server=…&app=…&user=…&sig=…`; nil if it lacks something.
    public init?(link: String) {
        guard link.hasPrefix("seenby:?"), let parts = URLComponents(string: link) else { return nil }
        func value(_ name: String) -> String? { parts.queryItems?.first { $0.name == name }?.value }
        guard let server = value("server"), let app = value("app").flatMap(Int64.init), let user = value("user") else {
            return nil
        }
        self.init(server: server, appID: app, user: user, userSig: value("sig") ?? "")
    }
}

/// The signed-in user's client.
public final class SessionModel: Observed {
    /// nil: nobody is signed in.
    public private(set) var client: SeenByClient?

    /// Connects. Why not is ``Observed/trouble``.
    public func signIn(_ account: Account) async {
        await attempt {
            var configuration = SeenByConfiguration(appID: account.appID, server: account.server)
            #if DEBUG
            // ws:// to another machine is for `cargo run --release -- serve --lan`; a server of one's own has wss://.
            configuration.allowsPlain = true
            #endif
            client = try await SeenByClient.connect(configuration, userID: account.user, userSig: account.userSig)
            changed()
        }
    }

    /// Ends it. What waits to be sent stays on the device (R16).
    public func signOut() {
        client?.close()
        client = nil
        changed()
    }
}
