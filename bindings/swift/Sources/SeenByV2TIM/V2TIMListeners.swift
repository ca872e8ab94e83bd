import Foundation

// The documented listeners. Implement what you need: everything has an empty default. SeenBy holds them weakly: keep them. They are
// told on the queue of the callbacks, one at a time.

/// Hears of the line and the login (R30): each once per change.
public protocol V2TIMSDKListener: AnyObject {
    /// A connection is being opened.
    func onConnecting()
    /// The line is up.
    func onConnectSuccess()
    /// It could not be opened, or is gone; SeenBy goes on trying.
    func onConnectFailed(_ code: Int32, err: String?)
    /// Another session of this user and device took over; nobody is logged in any more.
    func onKickedOffline()
    /// The userSig has run out: log in again.
    func onUserSigExpired()
    /// The user changed its own profile. SeenBy never tells this.
    func onSelfInfoUpdated(info: V2TIMUserFullInfo)
}

extension V2TIMSDKListener {
    public func onConnecting() {}
    public func onConnectSuccess() {}
    public func onConnectFailed(_ code: Int32, err: String?) {}
    public func onKickedOffline() {}
    public func onUserSigExpired() {}
    public func onSelfInfoUpdated(info: V2TIMUserFullInfo) {}
}

/// Hears of messages, by what they say.
public protocol V2TIMSimpleMsgListener: AnyObject {
    /// A text from a user.
    func onRecvC2CTextMessage(msgID: String, sender: V2TIMUserInfo, text: String?)
    /// Data from a user.
    func onRecvC2CCustomMessage(msgID: String, sender: V2TIMUserInfo, customData: Data?)
    /// A text in a group.
    func onRecvGroupTextMessage(msgID: String, groupID: String?, sender: V2TIMGroupMemberInfo, text: String?)
    /// Data in a group.
    func onRecvGroupCustomMessage(msgID: String, groupID: String?, sender: V2TIMGroupMemberInfo, customData: Data?)
}

extension V2TIMSimpleMsgListener {
    public func onRecvC2CTextMessage(msgID: String, sender: V2TIMUserInfo, text: String?) {}
    public func onRecvC2CCustomMessage(msgID: String, sender: V2TIMUserInfo, customData: Data?) {}
    public func onRecvGroupTextMessage(msgID: String, groupID: String?, sender: V2TIMGroupMemberInfo, text: String?) {}
    public func onRecvGroupCustomMessage(
        msgID: String, groupID: String?, sender: V2TIMGroupMemberInfo, customData: Data?
    ) {}
}

/// Hears of messages and receipts.
public protocol V2TIMAdvancedMsgListener: AnyObject {
    /// A message came (R18); one's own from another device too.
    func onRecvNewMessage(msg: V2TIMMessage)
    /// Messages of one's own were read (R12): the latest of each.
    func onRecvMessageReadReceipts(receiptList: [V2TIMMessageReceipt])
    /// Peers marked conversations as read (R14): userID and timestamp say who and when; there is no message id.
    func onRecvC2CReadReceipt(receiptList: [V2TIMMessageReceipt])
    /// A message was taken back (R32).
    func onRecvMessageRevoked(_ msgID: String)
    /// As above, with who did it. SeenBy knows no reasons: it is nil.
    func onRecvMessageRevoked(msgID: String, operateUser: V2TIMUserFullInfo, reason: String?)
    /// A message was changed. SeenBy changes none: never told.
    func onRecvMessageModified(msg: V2TIMMessage)
}

extension V2TIMAdvancedMsgListener {
    public func onRecvNewMessage(msg: V2TIMMessage) {}
    public func onRecvMessageReadReceipts(receiptList: [V2TIMMessageReceipt]) {}
    public func onRecvC2CReadReceipt(receiptList: [V2TIMMessageReceipt]) {}
    public func onRecvMessageRevoked(_ msgID: String) {}
    public func onRecvMessageRevoked(msgID: String, operateUser: V2TIMUserFullInfo, reason: String?) {}
    public func onRecvMessageModified(msg: V2TIMMessage) {}
}

/// Hears of groups (R25).
public protocol V2TIMGroupListener: AnyObject {
    /// Users joined.
    func onMemberEnter(groupID: String?, memberList: [V2TIMGroupMemberInfo])
    /// A user left.
    func onMemberLeave(groupID: String?, member: V2TIMGroupMemberInfo)
    /// Users were invited.
    func onMemberInvited(groupID: String?, opUser: V2TIMGroupMemberInfo, memberList: [V2TIMGroupMemberInfo])
    /// Users were kicked.
    func onMemberKicked(groupID: String?, opUser: V2TIMGroupMemberInfo, memberList: [V2TIMGroupMemberInfo])
    /// The group was created.
    func onGroupCreated(groupID: String?)
    /// The group was dismissed.
    func onGroupDismissed(groupID: String?, opUser: V2TIMGroupMemberInfo)
    /// Members are admins now.
    func onGrantAdministrator(groupID: String?, opUser: V2TIMGroupMemberInfo, memberList: [V2TIMGroupMemberInfo])
    /// Admins are members now.
    func onRevokeAdministrator(groupID: String?, opUser: V2TIMGroupMemberInfo, memberList: [V2TIMGroupMemberInfo])
    /// The user left a group, on another device too.
    func onQuitFromGroup(groupID: String?)
}

extension V2TIMGroupListener {
    public func onMemberEnter(groupID: String?, memberList: [V2TIMGroupMemberInfo]) {}
    public func onMemberLeave(groupID: String?, member: V2TIMGroupMemberInfo) {}
    public func onMemberInvited(groupID: String?, opUser: V2TIMGroupMemberInfo, memberList: [V2TIMGroupMemberInfo]) {}
    public func onMemberKicked(groupID: String?, opUser: V2TIMGroupMemberInfo, memberList: [V2TIMGroupMemberInfo]) {}
    public func onGroupCreated(groupID: String?) {}
    public func onGroupDismissed(groupID: String?, opUser: V2TIMGroupMemberInfo) {}
    public func onGrantAdministrator(
        groupID: String?, opUser: V2TIMGroupMemberInfo, memberList: [V2TIMGroupMemberInfo]
    ) {}
    public func onRevokeAdministrator(
        groupID: String?, opUser: V2TIMGroupMemberInfo, memberList: [V2TIMGroupMemberInfo]
    ) {}
    public func onQuitFromGroup(groupID: String?) {}
}

/// Hears of conversations (R26).
public protocol V2TIMConversationListener: AnyObject {
    /// The device has begun to catch up. SeenBy never tells this.
    func onSyncServerStart()
    /// The device has caught up. SeenBy never tells this.
    func onSyncServerFinish()
    /// The device could not catch up. SeenBy never tells this.
    func onSyncServerFailed()
    /// There are new conversations. SeenBy tells them as changed.
    func onNewConversation(conversationList: [V2TIMConversation])
    /// Conversations changed.
    func onConversationChanged(conversationList: [V2TIMConversation])
    /// The number of all unread messages changed.
    func onTotalUnreadMessageCountChanged(totalUnreadCount: UInt64)
}

extension V2TIMConversationListener {
    public func onSyncServerStart() {}
    public func onSyncServerFinish() {}
    public func onSyncServerFailed() {}
    public func onNewConversation(conversationList: [V2TIMConversation]) {}
    public func onConversationChanged(conversationList: [V2TIMConversation]) {}
    public func onTotalUnreadMessageCountChanged(totalUnreadCount: UInt64) {}
}

/// What happened in a group (ours).
public enum SeenByV2TIMGroupChange: Hashable, Sendable {
    /// Only the number of members is told (above 1 000 members, R25).
    case count
    /// It was created.
    case created
    /// Users joined.
    case joined
    /// Users were invited.
    case invited
    /// Users quit.
    case quit
    /// Users were kicked.
    case kicked
    /// A member has another role: a ``V2TIMGroupMemberRole``.
    case roleChanged(UInt32)
    /// It was dismissed.
    case dismissed
}

/// Hears of what the documents have no listener for (ours).
public protocol SeenByV2TIMListener: AnyObject {
    /// Another device of this user sent receipts for these messages (R13).
    func onReceiptsSent(conversationID: String, msgIDs: [String])
    /// The privacy switch was changed from another device (R15).
    func onReadReceiptsEnabledChanged(enabled: Bool)
    /// Something happened in a group (R25): what, to whom, by whom (may be empty), and how many members there are now.
    func onGroupChanged(
        groupID: String, change: SeenByV2TIMGroupChange, members: [String], by: String, memberCount: UInt32)
}

extension SeenByV2TIMListener {
    public func onReceiptsSent(conversationID: String, msgIDs: [String]) {}
    public func onReadReceiptsEnabledChanged(enabled: Bool) {}
    public func onGroupChanged(
        groupID: String, change: SeenByV2TIMGroupChange, members: [String], by: String, memberCount: UInt32
    ) {}
}
