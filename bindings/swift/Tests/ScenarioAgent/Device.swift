import Foundation
import SeenByV2TIM

/// A manager with listeners for everything.
final class Device: @unchecked Sendable {
    // Unchecked: requests of one world come one at a time, and the listeners have their own thread to themselves.
    let manager: V2TIMManager
    private let heard: Heard
    private let listener: Listener
    private let groups: Groups
    private var ownTracker: SeenByV2TIMTracker?

    init(world: Int64, name: String, values: Values, manager: V2TIMManager) {
        self.manager = manager
        heard = Heard(world: world, device: name)
        groups = Groups { [weak manager] in manager?.getLoginUser() ?? "" }
        listener = Listener(heard, values, groups)
        manager.addIMSDKListener(listener: listener)
        manager.addAdvancedMsgListener(listener: listener)
        manager.addConversationListener(listener: listener)
        // Before ours, which compares.
        manager.addGroupListener(listener: groups)
        manager.addSeenByListener(listener: listener)
    }

    func tracker() throws -> SeenByV2TIMTracker {
        if let ownTracker { return ownTracker }
        let tracker = try manager.seenByReadTracker(conversationID: nil)
        ownTracker = tracker
        return tracker
    }

    /// The app ends without logging out.
    func close() {
        ownTracker?.close()
        manager.unInitSDK()
        manager.removeIMSDKListener(listener: listener)
        manager.removeAdvancedMsgListener(listener: listener)
        manager.removeConversationListener(listener: listener)
        manager.removeGroupListener(listener: groups)
        manager.removeSeenByListener(listener: listener)
    }
}

/// Tells the runner what was heard.
struct Heard: Sendable {
    let world: Int64
    let device: String

    func say(_ callback: String, _ entry: JSON = .object([:])) {
        Lines.say(["world": .whole(world), "device": .text(device), "heard": .text(callback), "entry": entry])
    }
}

/// Hears everything but what the documents say of groups.
private final class Listener: V2TIMSDKListener, V2TIMAdvancedMsgListener, V2TIMConversationListener, SeenByV2TIMListener {
    private let heard: Heard
    private let values: Values
    private let groups: Groups
    private var revoked: [String] = []

    init(_ heard: Heard, _ values: Values, _ groups: Groups) {
        self.heard = heard
        self.values = values
        self.groups = groups
    }

    func onConnecting() {
        heard.say("onConnecting")
    }

    func onConnectSuccess() {
        heard.say("onConnectSuccess")
    }

    func onConnectFailed(_ code: Int32, err: String?) {
        heard.say("onConnectFailed", .object(["code": JSON(code)]))
    }

    func onKickedOffline() {
        heard.say("onKickedOffline")
    }

    func onUserSigExpired() {
        heard.say("onUserSigExpired")
    }

    func onRecvNewMessage(msg: V2TIMMessage) {
        heard.say("onRecvNewMessage", values.message(msg))
    }

    func onRecvMessageReadReceipts(receiptList: [V2TIMMessageReceipt]) {
        receiptList.forEach { heard.say("onRecvMessageReadReceipts", values.receipt($0)) }
    }

    func onRecvC2CReadReceipt(receiptList: [V2TIMMessageReceipt]) {
        receiptList.forEach { heard.say("onRecvC2CReadReceipt", values.receipt($0)) }
    }

    func onRecvMessageRevoked(_ msgID: String) {
        revoked.append(msgID)
    }

    func onRecvMessageRevoked(msgID: String, operateUser: V2TIMUserFullInfo, reason: String?) {
        // Both tell it, the older one first.
        let agree = revoked.first == msgID
        revoked.removeFirst(min(1, revoked.count))
        heard.say(
            "onRecvMessageRevoked",
            .object([
                "msgID": .text(agree ? msgID : "the two callbacks of a recall do not agree"),
                "operator": JSON(operateUser.userID),
            ]))
    }

    func onConversationChanged(conversationList: [V2TIMConversation]) {
        conversationList.forEach { heard.say("onConversationChanged", values.conversation($0)) }
    }

    func onTotalUnreadMessageCountChanged(totalUnreadCount: UInt64) {
        heard.say("onTotalUnreadMessageCountChanged", .object(["totalUnreadCount": JSON(totalUnreadCount)]))
    }

    func onReceiptsSent(conversationID: String, msgIDs: [String]) {
        for id in msgIDs {
            heard.say("onMessageReceiptsSent", .object(["conversationID": .text(conversationID), "msgID": .text(id)]))
        }
    }

    func onReadReceiptsEnabledChanged(enabled: Bool) {
        heard.say("onReadReceiptsEnabledChanged", .object(["enabled": .bool(enabled)]))
    }

    func onGroupChanged(
        groupID: String, change: SeenByV2TIMGroupChange, members: [String], by: String, memberCount: UInt32
    ) {
        let told = Groups.Told(change: Groups.name(change), groupID: groupID, members: members)
        var entry: [String: JSON] = [
            "groupID": .text(groupID), "change": .text(told.change), "members": .list(members.map { .text($0) }),
            "by": .text(by), "memberCount": JSON(memberCount),
        ]
        if case .roleChanged(let role) = change {
            entry["role"] = JSON(role)
        }
        if let other = groups.compare(told, change) {
            entry["change"] = .text("the documented listener told something else: \(other)")
        }
        heard.say("onGroupChanged", .object(entry))
    }
}

/// What the documented listener of groups tells, to compare it with what ours does.
private final class Groups: V2TIMGroupListener {
    struct Told: Equatable {
        let change: String
        let groupID: String
        var members: [String]
    }

    private let me: () -> String
    private var told: [Told] = []

    init(_ me: @escaping () -> String) {
        self.me = me
    }

    static func name(_ change: SeenByV2TIMGroupChange) -> String {
        if case .roleChanged = change { return "roleChanged" }
        return "\(change)"
    }

    /// What the documented listener told instead.
    func compare(_ ours: Told, _ change: SeenByV2TIMGroupChange) -> String? {
        let owner = UInt32(V2TIMGroupMemberRole.GROUP_MEMBER_ROLE_SUPER.rawValue)
        if change == .count || change == .roleChanged(owner) { return nil }
        guard let documented = told.first else { return "nothing" }
        told.removeFirst()
        return documented == ours ? nil : "\(documented)"
    }

    private func tell(_ change: String, _ groupID: String?, _ members: [V2TIMGroupMemberInfo]) {
        told.append(Told(change: change, groupID: groupID ?? "", members: members.map { $0.userID ?? "" }))
    }

    func onMemberEnter(groupID: String?, memberList: [V2TIMGroupMemberInfo]) {
        tell("joined", groupID, memberList)
    }

    func onMemberLeave(groupID: String?, member: V2TIMGroupMemberInfo) {
        // Who quits is told one at a time.
        if let last = told.last, last.change == "quit", last.groupID == groupID {
            told[told.count - 1].members.append(member.userID ?? "")
        } else {
            tell("quit", groupID, [member])
        }
    }

    func onMemberInvited(groupID: String?, opUser: V2TIMGroupMemberInfo, memberList: [V2TIMGroupMemberInfo]) {
        tell("invited", groupID, memberList)
    }

    func onMemberKicked(groupID: String?, opUser: V2TIMGroupMemberInfo, memberList: [V2TIMGroupMemberInfo]) {
        tell("kicked", groupID, memberList)
    }

    func onGroupCreated(groupID: String?) {
        tell("created", groupID, [])
    }

    func onGroupDismissed(groupID: String?, opUser: V2TIMGroupMemberInfo) {
        tell("dismissed", groupID, [])
    }

    func onGrantAdministrator(groupID: String?, opUser: V2TIMGroupMemberInfo, memberList: [V2TIMGroupMemberInfo]) {
        tell("roleChanged", groupID, memberList)
    }

    func onRevokeAdministrator(groupID: String?, opUser: V2TIMGroupMemberInfo, memberList: [V2TIMGroupMemberInfo]) {
        tell("roleChanged", groupID, memberList)
    }

    func onQuitFromGroup(groupID: String?) {
        told.append(Told(change: "quit", groupID: groupID ?? "", members: [me()]))
    }
}
