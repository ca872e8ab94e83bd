import Foundation
import SeenByCore

/// A client: one device of one user at a time.
///
/// ```swift
/// let configuration = SeenByConfiguration(appID: 1400000001, server: "wss://chat.example")
/// let alice = try await SeenByClient.connect(configuration, userID: "alice", userSig: userSig)
/// let message = try await alice.send("Lunch?", to: .user("bob"))
/// for await change in alice.receipts { … }
/// ```
///
/// Every function may be called from any thread or actor, and from inside listeners; none blocks. Async functions throw
/// ``SeenByError``, or `CancellationError` where their task is cancelled: that takes the call back and ends it at once; what was sent
/// takes effect all the same. The others throw ``SeenByError``.
///
/// ``close()`` it when it is not needed any more. One that is let go of is closed.
public final class SeenByClient: Sendable {
    let core: SeenByCore.SeenByClient
    private let feed: Feed
    private let renewing: Renewing?
    private let follower: SystemFollower?
    private let eventStreams: Streams<SeenByEvent>
    private let receiptStreams: Streams<ReceiptChange>
    private let messageStreams: Streams<MessageChange>

    /// Groups.
    public let groups: Groups
    /// Conversations and people.
    public let people: People

    /// Makes a client without a login. It opens the data folder, on this thread.
    public init(_ configuration: SeenByConfiguration) throws {
        (core, feed, renewing) = try atOnce {
            if configuration.streamBuffer < 1 {
                let text = "streamBuffer is \(configuration.streamBuffer); it must be at least 1"
                throw SeenByError(code: .invalidParameters, text: text)
            }
            let renewing = configuration.userSigProvider.map(Renewing.init)
            let core = try SeenByCore.SeenByClient(
                settings: configuration.core(), dispatcher: configuration.queue.map(Queue.init), provider: renewing
            )
            return (core, Feed(capacity: configuration.streamBuffer), renewing)
        }
        eventStreams = Streams(feed, select: { [$0] }, missed: { .missed($0) })
        receiptStreams = Streams(feed, select: Self.receiptChanges, missed: { .missed($0) })
        messageStreams = Streams(feed, select: Self.messageChanges, missed: { .missed($0) })
        groups = Groups(client: core)
        people = People(client: core)
        follower = configuration.followsSystem ? SystemFollower(core) : nil
        _ = core.addListener(listener: feed)
    }

    deinit {
        close()
    }

    /// Makes a client and logs in. Where that fails, or is cancelled, nothing is left of it.
    public static func connect(
        _ configuration: SeenByConfiguration, userID: String, userSig: String
    ) async throws -> SeenByClient {
        let client = try SeenByClient(configuration)
        do {
            try await client.login(userID: userID, userSig: userSig)
        } catch {
            client.close()
            throw error
        }
        return client
    }

    // MARK: What happens

    /// Everything that happens without having been asked for, in order. Like ``receipts`` and ``messages`` each use of this property
    /// is a stream of its own: the first has everything from the start, each later one from when it is taken. It ends when the
    /// client is closed and what waits in it was consumed, and is let go of with the loop.
    ///
    /// Each has a buffer of ``SeenByConfiguration/streamBuffer`` events. SeenBy never waits for a consumer: when one is so slow that
    /// its buffer is full, the oldest event goes, and the next that it gets says how many went (``SeenByEvent/missed(_:)``).
    public var events: AsyncStream<SeenByEvent> { eventStreams.next() }

    /// Who has read what: the changes (R12, R14). See ``events`` for how it is buffered.
    public var receipts: AsyncStream<ReceiptChange> { receiptStreams.next() }

    /// Messages that come, or are taken back (R18, R32). See ``events`` for how it is buffered.
    public var messages: AsyncStream<MessageChange> { messageStreams.next() }

    private static let receiptChanges: @Sendable (SeenByEvent) -> [ReceiptChange] = { event in
        switch event {
        case .receiptsChanged(let receipts): receipts.map(ReceiptChange.ofMessage)
        case .conversationsRead(let marks): marks.map(ReceiptChange.ofConversation)
        default: []
        }
    }

    private static let messageChanges: @Sendable (SeenByEvent) -> [MessageChange] = { event in
        switch event {
        case .newMessage(let message): [.new(message)]
        case .messageRevoked(let revocation): [.revoked(revocation)]
        default: []
        }
    }

    /// Hears events until what is answered is cancelled, or let go of: batches, in order, never empty. On the client's delivery
    /// thread, or ``SeenByConfiguration/queue``: one call at a time, and the next comes when this returns, so it must not wait for a
    /// call of SeenBy.
    public func addListener(_ listener: @escaping @Sendable ([SeenByEvent]) -> Void) -> SeenByListening {
        SeenByListening(core, core.addListener(listener: Telling(listener)))
    }

    // MARK: Session

    /// Logs in. The same user again renews the userSig and leaves everything as it is; another one logs the first out.
    public func login(userID: String, userSig: String) async throws {
        try await core.done {
            $0.login(
                userId: try Text.checked("userID", userID), userSig: try Text.checked("userSig", userSig), completion: $1
            )
        }
    }

    /// Logs out. Calls that are out end with 7009; receipts that were not sent yet wait for this user's next login.
    public func logout() async throws {
        try await core.done { $0.logout(completion: $1) }
    }

    /// Who is logged in, or logging in; nil: nobody.
    public var loginUser: String? {
        guard let user = try? core.loginUser(), !user.isEmpty else { return nil }
        return user
    }

    /// The device's estimate of the service's clock.
    public func serverTime() throws -> Date {
        try atOnce { Date(timeIntervalSince1970: TimeInterval(try core.serverTimeMs()) / 1000) }
    }

    /// Ends this client; never waits. Calls that are out end with 7009, later ones with 90003. Streams end when what waits in them
    /// is consumed. Receipts that were not sent yet wait in the data folder. A second time: nothing.
    public func close() {
        core.shutdown()
        feed.end()
        renewing?.end()
    }

    // MARK: The app and the system

    /// The app came to the foreground, or went to the background: trackers stop counting, and what was seen for long enough is
    /// reported. Not needed with ``SeenByConfiguration/followsSystem``.
    public func setForeground(_ foreground: Bool) { try? core.foreground(foreground: foreground) }

    /// The system says that the network is there, or gone. Not needed with ``SeenByConfiguration/followsSystem``.
    public func setNetworkAvailable(_ available: Bool) { try? core.networkAvailable(available: available) }

    /// Endpoint, state, outbox, last errors and versions, as JSON (R34).
    public func debugState() throws -> String { try atOnce { try core.debugState() } }

    /// The version of the library.
    public static var version: String { libraryVersion() }

    /// Gets what code of the app throws where nobody waits for it (providers of userSigs), and whose it was, on the thread that
    /// threw. nil, as at first: it is logged as an error of the subsystem `org.seenby`. One a process.
    public static func onThrown(_ handler: (@Sendable (_ whose: String, _ what: any Error) -> Void)?) {
        Reports.handler = handler
    }

    /// Leaves receipts on the disk for the next client of this user in this data folder (R16): for a notification's action or
    /// extension, before any login, in any process. They are on the disk when this returns: it writes a file, so not on the main
    /// thread.
    ///
    /// - Parameter configuration: the server, the app, and the data folder (or ``SeenByConfiguration/appGroup``) of that client.
    public static func enqueueReceipts(
        _ configuration: SeenByConfiguration, userID: String, for messages: [any MessageKey]
    ) throws {
        try atOnce {
            try SeenByCore.enqueueReceipts(
                server: Text.checked("server", configuration.server), app: configuration.appID, dataDir: configuration.folder(),
                userId: Text.checked("userID", userID), messages: messages.core()
            )
        }
    }
}
