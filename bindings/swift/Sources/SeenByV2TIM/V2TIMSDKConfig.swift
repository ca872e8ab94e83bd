import Dispatch
import Foundation
import SeenByCore

/// How the SDK is set up. It is read by init; to be used by one thread at a time.
public final class V2TIMSDKConfig: NSObject {
    public override init() {}

    /// How much is logged, of the whole process.
    public var logLevel: V2TIMLogLevel = .LOG_WARN
    /// Who takes the log of the whole process, on threads of SeenBy; nil: it goes where SeenBy puts it. The last init counts.
    public var logListener: V2TIMLogListener?
    /// Where to connect, and what else the documents have no field for (ours).
    public var seenBy = SeenByV2TIMConfig()
}

extension V2TIMSDKConfig {
    /// From init on.
    func takeLog() throws {
        try setLogSink(level: logLevel.detail, sink: logListener.map { Log($0) })
    }
}

extension V2TIMLogLevel {
    /// As the core counts: 0 nothing, 1 errors … 4 everything.
    fileprivate var detail: Int32 {
        switch self {
        case .LOG_NONE: return 0
        case .LOG_ERROR: return 1
        case .LOG_INFO: return 3
        case .LOG_DEBUG: return 4
        default: return 2
        }
    }

    fileprivate init(ofLine level: Int32) {
        switch level {
        case 1: self = .LOG_ERROR
        case 2: self = .LOG_WARN
        case 3: self = .LOG_INFO
        default: self = .LOG_DEBUG
        }
    }
}

/// Where to connect, and what else the documents have no field for (ours): ``V2TIMSDKConfig/seenBy``.
public struct SeenByV2TIMConfig: Sendable {
    /// Where to connect (R28): wss://…, ws://… on loopback, embedded:, embedded:mem/NAME or embedded:file/PATH. nil: the
    /// environment variable SEENBY_SERVER, else embedded:, which is logged as a warning, and which release builds refuse.
    public var server: String?
    /// Allows ws:// to other machines, unencrypted. For tests in a network one trusts.
    public var allowPlain = false
    /// Where the device keeps its outbox, index and cache. nil: a folder in Application Support, or in that of ``appGroup``. What is
    /// made of it is left out of backups. It belongs to one process at a time. Not used with a service in memory.
    public var dataDir: String?
    /// Keeps the data where the app's extensions see it too, so that they can leave receipts
    /// (``V2TIMManager/seenByEnqueueReceipts(_:userID:sdkAppID:config:)``): the identifier of an App Group of the
    /// app. Apple's systems only.
    public var appGroup: String?
    /// Managers that share a data folder and are to count as different devices give different labels (R30).
    public var deviceLabel: String?
    /// Receipts name who has read since the last one (R12).
    public var withReaders = false
    /// A PEM file with the certificates to trust (R29). nil: the platform's.
    public var caFile: String?
    /// Base64 of SHA-256 of the public keys to accept (R29).
    public var pins: [String] = []
    /// http://[user:password@]host:port of an HTTP proxy.
    public var proxy: String?
    /// How long a message must be seen to count as read by a tracker (R33), in ms; 0: 300.
    public var seenForMs: Int32 = 0
    /// How long a request waits for its answer before 6012, in ms; 0: 10 000.
    public var requestTimeoutMs: Int32 = 0
    /// How long opening a connection may take before 9510, in ms; 0: 10 000.
    public var connectTimeoutMs: Int32 = 0
    /// Name and version of the app, for the server's log.
    public var clientName: String = ""
    /// Where closures and listeners run, in order, one at a time. nil: on a thread of SeenBy. On Linux a program that waits in its main
    /// thread without running it (`dispatchMain()`, a run loop) is never called back on the main queue.
    public var callbackQueue: DispatchQueue? = .main
    /// Renews the userSig silently (R30): called with the user when it has run out or is about to, on the callback queue. It answers
    /// now or later. nil: ``V2TIMSDKListener/onUserSigExpired()``.
    public var tokenProvider: (@Sendable (_ userID: String, _ reply: SeenByV2TIMTokenReply) -> Void)?

    /// Foreground, background and the network's changes are followed by the manager itself; Apple's systems only. Off: tell it by
    /// ``V2TIMManager/seenByForeground(_:)`` and ``V2TIMManager/seenByNetworkAvailable(_:)``.
    public var followsSystem = true

    public init() {}

    /// The data folder.
    private func folder() throws -> String? {
        try DataFolder.resolve(
            given: Texts.optional("dataDir", dataDir), appGroup: appGroup, server: Texts.optional("server", server))
    }

    func client(sdkAppID: Int32) throws -> ClientConfig {
        // Numbers from 2^31 are negative in an int.
        ClientConfig(
            app: Int64(UInt32(bitPattern: sdkAppID)), server: try Texts.optional("server", server), allowPlain: allowPlain,
            dataDir: try folder(), deviceLabel: try Texts.optional("deviceLabel", deviceLabel),
            withReaders: withReaders, caFile: try Texts.optional("caFile", caFile), pins: try Texts.list("pin", pins),
            proxy: try Texts.optional("proxy", proxy), seenForMs: seenForMs, requestTimeoutMs: requestTimeoutMs,
            connectTimeoutMs: connectTimeoutMs, clientName: try Texts.text("clientName", clientName))
    }

    var dispatcher: CallbackDispatcher? {
        callbackQueue.map { Place($0) }
    }

    var provider: UserSigProvider? {
        tokenProvider.map { Provider($0) }
    }
}

/// Takes the answer of a token provider, once; one that is let go of without an answer means that there is none.
public final class SeenByV2TIMTokenReply: Sendable {
    private let reply: Locked<UserSigReply?>

    init(_ reply: UserSigReply) {
        self.reply = Locked(reply)
    }

    private func take() -> UserSigReply? {
        reply.with { reply in
            defer { reply = nil }
            return reply
        }
    }

    /// The new one. Only the first answer counts.
    public func accept(_ userSig: String) {
        guard let reply = take() else { return }
        do {
            reply.accept(userSig: try Texts.text("userSig", userSig))
        } catch {
            reply.refuse(why: SeenByV2TIMError(error).text)
        }
    }

    /// There is none, for this reason. Only the first answer counts.
    public func refuse(_ why: String) {
        guard let reply = take() else { return }
        reply.refuse(why: (try? Texts.text("why", why)) ?? "the app has none")
    }
}

/// Takes the log.
private final class Log: LogSink {
    private let listener: V2TIMLogListener
    private let held = HeldMark(.sink)

    init(_ listener: @escaping V2TIMLogListener) {
        self.listener = listener
    }

    func line(level: Int32, line: String) {
        listener(V2TIMLogLevel(ofLine: level), line)
    }
}

private final class Provider: UserSigProvider {
    private let ask: @Sendable (String, SeenByV2TIMTokenReply) -> Void
    private let held = HeldMark(.provider)

    init(_ ask: @escaping @Sendable (String, SeenByV2TIMTokenReply) -> Void) {
        self.ask = ask
    }

    func userSig(userId: String, reply: UserSigReply) {
        ask(userId, SeenByV2TIMTokenReply(reply))
    }
}
