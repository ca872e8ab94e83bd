import Foundation
import SeenByCore

/// The documented entry. ``sharedInstance()`` is the one of the process; ``seenByCreateManager(sdkAppID:config:)`` makes further
/// ones (ours), which end when they are let go of.
///
/// Every call may be made from any thread, and from inside a callback. No call waits; each ends with one call of one of its
/// closures, later, on the queue of the callbacks: the main queue, unless ``SeenByV2TIMConfig/callbackQueue`` says otherwise.
public final class V2TIMManager: NSObject, Sendable {
    private static let shared = V2TIMManager(sharedClient(), isShared: true, queue: .main)

    let core: Core
    private let isShared: Bool
    private let initError = Locked("")
    /// Tells the client what the system tells the app, between init and uninit.
    private let follower = Locked<SystemFollower?>(nil)
    let sdkListeners: Listeners
    let simpleListeners: Listeners
    let advancedListeners: Listeners
    let groupListeners: Listeners
    let conversationListeners: Listeners
    let seenByListeners: Listeners

    init(_ client: SeenByClient, isShared: Bool, queue: DispatchQueue?) {
        core = Core(client: client, queue: queue)
        self.isShared = isShared
        sdkListeners = Listeners(client)
        simpleListeners = Listeners(client)
        advancedListeners = Listeners(client)
        groupListeners = Listeners(client)
        conversationListeners = Listeners(client)
        seenByListeners = Listeners(client)
    }

    deinit {
        // A further manager that nobody has any more is over: what is still out ends with 7009.
        core.client.shutdown()
    }

    /// The manager of the process.
    public class func sharedInstance() -> V2TIMManager! {
        shared
    }

    // MARK: - Set up

    /// Sets it up. Where to connect is ``V2TIMSDKConfig/seenBy``.
    ///
    /// - Returns: whether it was set up; if not, ``seenByLastInitError`` says why.
    @discardableResult
    public func initSDK(_ sdkAppID: Int32, config: V2TIMSDKConfig?) -> Bool {
        guard isShared else {
            initError.with { $0 = "this manager was made by seenByCreateManager, and is set up already" }
            return false
        }
        let own = config?.seenBy ?? SeenByV2TIMConfig()
        do {
            try config?.takeLog()
            try sharedInit(settings: try own.client(sdkAppID: sdkAppID), dispatcher: own.dispatcher, provider: own.provider)
            core.place.with { $0 = own.callbackQueue }
            follow(own)
            initError.with { $0 = "" }
            return true
        } catch {
            let error = SeenByV2TIMError(error)
            initError.with { $0 = "\(error.text) (\(error.code))" }
            return false
        }
    }

    func follow(_ own: SeenByV2TIMConfig) {
        guard own.followsSystem else { return }
        let new = SystemFollower(core.client)
        follower.with { $0 = new }
    }

    /// As ``initSDK(_:config:)``, with a listener that stays until it is removed.
    @discardableResult
    public func initSDK(_ sdkAppID: Int32, config: V2TIMSDKConfig?, listener: (any V2TIMSDKListener)?) -> Bool {
        addIMSDKListener(listener: listener)
        return initSDK(sdkAppID, config: config)
    }

    /// Ends it: calls that are out end with 7009, later ones with 6013 (further managers: 90003). Listeners stay.
    public func unInitSDK() {
        follower.with { $0 = nil }
        core.client.shutdown()
    }

    /// Why the last init failed: a sentence; empty if it did not (ours).
    public var seenByLastInitError: String { initError.now }

    /// Hear of the line and the login. One that is added twice hears once.
    public func addIMSDKListener(listener: (any V2TIMSDKListener)?) {
        if let listener { sdkListeners.add(listener, .sdk(listener)) }
    }

    /// No call of the listener starts after this has returned.
    public func removeIMSDKListener(listener: (any V2TIMSDKListener)?) {
        if let listener { sdkListeners.remove(listener) }
    }

    /// The version of SeenBy.
    public func getVersion() -> String! {
        libraryVersion()
    }

    /// The device's estimate of the service's clock, in seconds since 1970; 0 before init.
    public func getServerTime() -> UInt64 {
        UInt64(clamping: Texts.seconds((try? core.client.serverTimeMs()) ?? 0))
    }

    // MARK: - Who

    /// Logs a user in, with a userSig that the app's backend made (R21). The same user again: renews it (R30).
    public func login(userID: String?, userSig: String?, succ: V2TIMSucc?, fail: V2TIMFail?) {
        core.call(End.done(succ, fail)) { client, end in
            client.login(
                userId: try Texts.text("userID", userID), userSig: try Texts.text("userSig", userSig), completion: end)
        }
    }

    /// Logs out. What waits to be sent stays on the device (R16).
    public func logout(succ: V2TIMSucc?, fail: V2TIMFail?) {
        core.call(End.done(succ, fail)) { client, end in client.logout(completion: end) }
    }

    /// Who is logged in, or logging in; nil: nobody.
    public func getLoginUser() -> String? {
        (try? core.client.loginUser()).flatMap { Texts.orNil($0) }
    }

    /// Whether somebody is logged in.
    public func getLoginStatus() -> V2TIMLoginStatus {
        (try? core.client.loginStatus()).map { V2TIMLoginStatus(Int($0)) } ?? .STATUS_LOGOUT
    }

    /// What these users say of themselves.
    public func getUsersInfo(_ userIDList: [String]?, succ: V2TIMUserFullInfoListSucc?, fail: V2TIMFail?) {
        let end = End.value(succ, fail) { answer in
            if case .profiles(let profiles) = answer { return profiles.map { V2TIMUserFullInfo.of($0) } }
            return nil
        }
        core.call(end) { client, end in
            client.getUsersInfo(userIds: try Texts.list("userID", userIDList), completion: end)
        }
    }

    /// Sets one's nick name and face URL, those that were set (R27).
    public func setSelfInfo(info: V2TIMUserFullInfo?, succ: V2TIMSucc?, fail: V2TIMFail?) {
        let news = info?.news
        core.call(End.done(succ, fail)) { client, end in
            client.setSelfInfo(
                nickName: try news?.nickName.map { try Texts.text("nickName", $0) },
                faceUrl: try news?.faceURL.map { try Texts.text("faceURL", $0) }, completion: end)
        }
    }

    // MARK: - Simple messages

    /// Hear of messages by what they say.
    public func addSimpleMsgListener(listener: (any V2TIMSimpleMsgListener)?) {
        if let listener { simpleListeners.add(listener, .simple(listener)) }
    }

    /// No call of the listener starts after this has returned.
    public func removeSimpleMsgListener(listener: (any V2TIMSimpleMsgListener)?) {
        if let listener { simpleListeners.remove(listener) }
    }

    private func send(
        _ message: V2TIMMessage?, receiver: String? = nil, groupID: String? = nil,
        priority: V2TIMMessagePriority = .PRIORITY_DEFAULT, _ succ: V2TIMSucc?, _ fail: V2TIMFail?
    ) -> String? {
        sendMessage(
            message: message, receiver: receiver, groupID: groupID, priority: priority, onlineUserOnly: false,
            offlinePushInfo: nil, progress: nil, succ: succ, fail: fail)
    }

    /// Sends a text to a user.
    ///
    /// - Returns: the message's id; nil if it was refused at once.
    @discardableResult
    public func sendC2CTextMessage(text: String?, to userID: String?, succ: V2TIMSucc?, fail: V2TIMFail?) -> String! {
        send(createTextMessage(text: text), receiver: userID, succ, fail)
    }

    /// Sends data to a user.
    @discardableResult
    public func sendC2CCustomMessage(customData: Data?, to userID: String?, succ: V2TIMSucc?, fail: V2TIMFail?) -> String! {
        send(createCustomMessage(data: customData), receiver: userID, succ, fail)
    }

    /// Sends a text to a group.
    @discardableResult
    public func sendGroupTextMessage(
        text: String?, to groupID: String?, priority: V2TIMMessagePriority, succ: V2TIMSucc?, fail: V2TIMFail?
    ) -> String! {
        send(createTextMessage(text: text), groupID: groupID, priority: priority, succ, fail)
    }

    /// Sends data to a group.
    @discardableResult
    public func sendGroupCustomMessage(
        customData: Data?, to groupID: String?, priority: V2TIMMessagePriority, succ: V2TIMSucc?, fail: V2TIMFail?
    ) -> String! {
        send(createCustomMessage(data: customData), groupID: groupID, priority: priority, succ, fail)
    }

    /// Outside SeenBy: 7013.
    public func callExperimentalAPI(
        api: String?, param: NSObject?, succ: V2TIMCallExperimentalAPISucc?, fail: V2TIMFail?
    ) {
        core.unsupported("callExperimentalAPI", End.never(fail))
    }
}
