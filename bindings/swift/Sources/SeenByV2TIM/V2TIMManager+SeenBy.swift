import Foundation
import SeenByCore

// What is ours: what SeenBy does and the documents have no name for.
extension V2TIMManager {
    /// A further manager, so that one process holds several users (R28). Keep it: it ends when it is let go of, and
    /// after `unInitSDK` it is closed for good (90003).
    ///
    /// - Throws: ``SeenByV2TIMError`` if the configuration is wrong (6017), or the data folder cannot be opened (90004).
    public class func seenByCreateManager(sdkAppID: Int32, config: V2TIMSDKConfig?) throws -> V2TIMManager {
        let own = config?.seenBy ?? SeenByV2TIMConfig()
        do {
            if config?.logListener != nil { try config?.takeLog() }
            let client = try SeenByClient(
                settings: try own.client(sdkAppID: sdkAppID), dispatcher: own.dispatcher, provider: own.provider)
            let manager = V2TIMManager(client, isShared: false, queue: own.callbackQueue)
            manager.follow(own)
            return manager
        } catch {
            throw SeenByV2TIMError(error)
        }
    }

    /// Hear of what the documents have no listener for.
    public func addSeenByListener(listener: (any SeenByV2TIMListener)?) {
        if let listener { seenByListeners.add(listener, .seenBy(listener)) }
    }

    /// No call of the listener starts after this has returned.
    public func removeSeenByListener(listener: (any SeenByV2TIMListener)?) {
        if let listener { seenByListeners.remove(listener) }
    }

    /// A message that is not at hand (R19): for every call that takes one.
    ///
    /// - Parameters:
    ///   - conversationID: c2c_&lt;peer&gt; or group_&lt;id&gt;; nil: found by the id alone (R23).
    ///   - sender: who sent it, or nil if that is not known.
    /// - Throws: ``SeenByV2TIMError`` 6017 if there is no id, or a value is not within its limits (R23).
    public class func seenByMessageReference(
        conversationID: String?, msgID: String?, sender: String?
    ) throws -> V2TIMMessage {
        do {
            let reference = MessageRef(
                msgId: try Texts.optional("msgID", msgID),
                conversationId: try Texts.optional("conversationID", conversationID),
                sender: try Texts.optional("sender", sender), seq: 0, isSelf: nil, needReadReceipt: nil)
            try checkMessageRef(message: reference)
            return V2TIMMessage(reference: reference)
        } catch {
            throw SeenByV2TIMError(error)
        }
    }

    /// What this device remembers of receipts; works offline (R16).
    public func seenByCachedReceipts(msgIDs: [String]?, succ: V2TIMMessageReadReceiptsSucc?, fail: V2TIMFail?) {
        core.call(End.value(succ, fail, V2TIMManager.receipts)) { client, end in
            client.cachedReceipts(msgIds: try Texts.list("msgID", msgIDs), completion: end)
        }
    }

    /// Switches one's receipts off or on, for all of one's devices (R15). Works offline.
    public func seenBySetReadReceiptsEnabled(_ enabled: Bool, succ: V2TIMSucc?, fail: V2TIMFail?) {
        core.call(End.done(succ, fail)) { client, end in
            client.setReadReceiptsEnabled(enabled: enabled, completion: end)
        }
    }

    /// Leaves receipts on the disk for the next time this user is logged in (R16): for a notification's action or extension, in any
    /// process, without init. Of `config`: ``SeenByV2TIMConfig/server``, ``SeenByV2TIMConfig/dataDir`` and
    /// ``SeenByV2TIMConfig/appGroup``, as the app has them. On the disk when this returns: not for the main thread.
    ///
    /// - Throws: ``SeenByV2TIMError`` 6017: a wrong value, or a service in memory; 90004: the disk refused.
    public class func seenByEnqueueReceipts(
        _ messages: [V2TIMMessage]?, userID: String?, sdkAppID: Int32, config: V2TIMSDKConfig?
    ) throws {
        do {
            let settings = try (config?.seenBy ?? SeenByV2TIMConfig()).client(sdkAppID: sdkAppID)
            try enqueueReceipts(
                server: settings.server, app: settings.app, dataDir: settings.dataDir,
                userId: try Texts.text("userID", userID), messages: (messages ?? []).map(\.ref))
        } catch {
            throw SeenByV2TIMError(error)
        }
    }

    /// A tracker that turns what a list shows into reports (R33); of one conversation, or of any (nil). Keep it.
    public func seenByReadTracker(conversationID: String?) throws -> SeenByV2TIMTracker {
        do {
            return SeenByV2TIMTracker(
                try MessageTracker(client: core.client, conversationId: try Texts.optional("conversationID", conversationID)))
        } catch {
            throw SeenByV2TIMError(error)
        }
    }

    /// What to draw beside a message of one's own (R31), given its latest receipt if one is known.
    public class func seenByDrawState(
        message: V2TIMMessage?, receipt: V2TIMMessageReceipt?
    ) throws -> SeenByV2TIMDrawState {
        guard let message else {
            throw SeenByV2TIMError(Failure.invalid("the message is nil; pass the message that is drawn"))
        }
        do {
            let state = try drawState(
                status: Int32(clamping: message.status.rawValue), isSelf: message.isSelf,
                needReadReceipt: message.needReadReceipt, receipt: (receipt ?? message.seenByReceipt)?.drawn)
            return SeenByV2TIMDrawState(state)
        } catch {
            throw SeenByV2TIMError(error)
        }
    }

    /// For people who look for a fault (R34): JSON without ids. Empty before init.
    public var seenByDebugState: String { (try? core.client.debugState()) ?? "" }

    /// The app came to the foreground, or went to the background: then what its trackers saw for long enough is reported at once.
    /// With ``SeenByV2TIMConfig/followsSystem`` it is told on Apple's systems.
    public func seenByForeground(_ foreground: Bool) {
        try? core.client.foreground(foreground: foreground)
    }

    /// The system says that the network is there, or gone. With ``SeenByV2TIMConfig/followsSystem`` it is told on Apple's systems.
    public func seenByNetworkAvailable(_ available: Bool) {
        // Before init there is no line to open or close.
        try? core.client.networkAvailable(available: available)
    }

    /// The device's estimate of the service's clock, in ms since 1970; 0 before init.
    public var seenByServerTimeMs: Int64 { (try? core.client.serverTimeMs()) ?? 0 }
}

/// What to draw beside a message of one's own (ours, R31).
public enum SeenByV2TIMDrawState: Hashable, Sendable {
    /// On its way.
    case sending
    /// It did not get there.
    case failed
    /// The service has it.
    case sent
    /// One to one: the peer has read it.
    case readByPeer
    /// Groups: so many have read it, of so many.
    case readBy(Int64, of: Int64)
    /// Groups: everybody has.
    case allRead
    /// Nothing can be said.
    case unavailable

    init(_ state: DrawState) {
        switch state {
        case .sending: self = .sending
        case .failed: self = .failed
        case .sent: self = .sent
        case .readByPeer: self = .readByPeer
        case .readBy(let read, let of): self = .readBy(read, of: of)
        case .allRead: self = .allRead
        case .unavailable: self = .unavailable
        }
    }
}
