import Foundation
import SeenByV2TIM
import XCTest

/// A further manager, and what it hears.
final class Phone: V2TIMAdvancedMsgListener {
    static let app: Int32 = 1_400_000_001

    let manager: V2TIMManager
    let received = Heard<V2TIMMessage>()
    let receipts = Heard<V2TIMMessageReceipt>()

    /// The name of a service in memory that nobody else has.
    static func service() -> String {
        "embedded:mem/\(UUID().uuidString)"
    }

    static func config(_ service: String, _ label: String? = nil) -> V2TIMSDKConfig {
        let config = V2TIMSDKConfig()
        config.seenBy.server = service
        config.seenBy.deviceLabel = label
        return config
    }

    /// Nobody is logged in.
    init(_ config: V2TIMSDKConfig) throws {
        manager = try V2TIMManager.seenByCreateManager(sdkAppID: Phone.app, config: config)
        manager.addAdvancedMsgListener(listener: self)
    }

    /// A user, logged in.
    convenience init(_ user: String, at service: String) throws {
        try self.init(Phone.config(service, user))
        let login = Done()
        manager.login(userID: user, userSig: "", succ: login.succ, fail: login.fail)
        try login.answer()
    }

    func onRecvNewMessage(msg: V2TIMMessage) {
        received.add(msg)
    }

    func onRecvMessageReadReceipts(receiptList: [V2TIMMessageReceipt]) {
        receiptList.forEach(receipts.add)
    }

    /// Sends a message; how it ends.
    func send(
        _ message: V2TIMMessage?, to receiver: String? = nil, group: String? = nil,
        priority: V2TIMMessagePriority = .PRIORITY_NORMAL
    ) -> (id: String?, end: Done) {
        let sent = Done()
        let id = manager.sendMessage(
            message: message, receiver: receiver, groupID: group, priority: priority, onlineUserOnly: false,
            offlinePushInfo: nil, progress: nil, succ: sent.succ, fail: sent.fail)
        return (id, sent)
    }

    /// Sends a text, with receipts.
    @discardableResult
    func text(_ text: String, to receiver: String? = nil, group: String? = nil) throws -> V2TIMMessage {
        let message = try XCTUnwrap(manager.createTextMessage(text: text))
        message.needReadReceipt = true
        try send(message, to: receiver, group: group).end.answer()
        return message
    }

    /// Sends receipts; how it ends.
    func report(_ messages: [V2TIMMessage]?) -> Done {
        let reported = Done()
        manager.sendMessageReadReceipts(messageList: messages, succ: reported.succ, fail: reported.fail)
        return reported
    }

    /// A Work group with these members.
    func group(_ users: String...) throws -> String {
        let info = V2TIMGroupInfo()
        info.groupType = GroupType_Work
        info.groupName = "team"
        let members = users.map { user in
            let member = V2TIMCreateGroupMemberInfo()
            member.userID = user
            return member
        }
        let made = End<String>()
        manager.createGroup(info: info, memberList: members, succ: made.some(), fail: made.fail)
        return try made.answer()
    }
}

/// Alice and Bob on a service of their own.
class PairTestCase: XCTestCase {
    var alice: Phone!
    var bob: Phone!

    override func setUpWithError() throws {
        let service = Phone.service()
        alice = try Phone("alice", at: service)
        bob = try Phone("bob", at: service)
    }

    override func tearDownWithError() throws {
        alice = nil
        bob = nil
    }
}
