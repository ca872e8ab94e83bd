import Dispatch
import Foundation
import SeenBy
import SeenByCore

/// A SeenBy service inside this process, with as many users as a test needs: for apps' own tests.
///
/// ```swift
/// let service = try TestService()
/// let alice = try await service.user("alice")
/// let bob = try await service.user("bob")
/// …
/// service.close()
/// ```
///
/// It is in memory, and alone: two of them know nothing of each other. What an app makes itself meets the users here when it connects
/// to ``server``. ``configure(_:)`` and the two that delete wait, so they are not for the main thread.
public final class TestService: @unchecked Sendable {
    /// Where clients of an app connect: `SeenByConfiguration(appID: service.appID, server: service.server)`.
    public let server: String
    /// The app, sdkAppID.
    public let appID: Int64

    private let service: EmbeddedService
    private let lock = NSLock()
    // With the lock held.
    private var users: [SeenBy.SeenByClient] = []

    /// - Parameter settings: the app's settings as JSON, as the server's configuration has them (docs/operations.md); empty: the
    ///   defaults.
    public init(settings: String = "", appID: Int64 = 1_400_000_001) throws {
        let server = "embedded:mem/test-\(UUID().uuidString)"
        self.server = server
        self.appID = appID
        service = try Self.waiting {
            try EmbeddedService.open(client: ClientConfig(app: appID, server: server), appSettings: settings)
        }
    }

    deinit {
        close()
    }

    /// A client's configuration. Two of a user with different labels are two devices. What is seen counts as read at once.
    public func configuration(device: String, queue: DispatchQueue? = nil) -> SeenByConfiguration {
        var configuration = SeenByConfiguration(appID: appID, server: server)
        configuration.deviceLabel = device
        configuration.queue = queue
        configuration.seenFor = 0.001
        return configuration
    }

    /// A user, logged in, on a device of its own. It is closed with this.
    public func user(_ userID: String, device: String? = nil, queue: DispatchQueue? = nil) async throws -> SeenBy.SeenByClient {
        let configuration = configuration(device: device ?? "device-of-\(userID)", queue: queue)
        let user = try await SeenBy.SeenByClient.connect(configuration, userID: userID, userSig: "")
        keep(user)
        return user
    }

    private func keep(_ user: SeenBy.SeenByClient) {
        lock.lock()
        defer { lock.unlock() }
        users.append(user)
    }

    /// Changes the app's settings from now on.
    public func configure(_ settings: String) throws {
        try Self.waiting { try service.configure(appSettings: settings) }
    }

    /// Deletes a user, as an operator does (R32).
    public func deleteUser(_ userID: String) throws {
        try Self.waiting { try service.deleteUser(userId: userID) }
    }

    /// Deletes a message and its receipts, as an operator does (R32). `chat` is as `user` sees it.
    public func deleteMessage(_ message: any MessageKey, in chat: Chat, seenBy user: String) throws {
        try Self.waiting {
            try service.deleteMessage(seenBy: user, conversationId: chat.id, msgId: message.reference.messageID)
        }
    }

    /// Closes the users, and the service with the last client.
    public func close() {
        lock.lock()
        let users = users
        self.users = []
        lock.unlock()
        users.forEach { $0.close() }
    }

    private static func waiting<T>(_ what: () throws -> T) throws -> T {
        do {
            return try what()
        } catch Failure.Refused(let code, let text, let retryAfterMs) {
            let wait = TimeInterval(retryAfterMs) / 1000
            throw SeenByError(code: .init(rawValue: code), text: text, retryAfter: wait)
        }
    }
}
