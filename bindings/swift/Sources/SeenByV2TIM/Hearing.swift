import Foundation
import SeenByCore

// From the core's events to the documented listeners.
extension Hears {
    static func sdk(_ listener: any V2TIMSDKListener) -> Hears {
        weakly({ [weak listener] in listener }) { to, event in
            switch event {
            case .connecting: to.onConnecting()
            case .connected: to.onConnectSuccess()
            case .connectFailed(let code, let text): to.onConnectFailed(code, err: text)
            case .kickedOffline: to.onKickedOffline()
            case .userSigExpired: to.onUserSigExpired()
            default: break
            }
        }
    }

    static func simple(_ listener: any V2TIMSimpleMsgListener) -> Hears {
        weakly({ [weak listener] in listener }) { to, event in
            guard case .newMessage(let message) = event else { return }
            let id = message.msgId
            let group = message.groupId
            switch message.body {
            case .text(let text) where group.isEmpty:
                to.onRecvC2CTextMessage(msgID: id, sender: .of(sender: message), text: text)
            case .text(let text):
                to.onRecvGroupTextMessage(msgID: id, groupID: group, sender: .of(sender: message), text: text)
            case .custom(let data, _, _) where group.isEmpty:
                to.onRecvC2CCustomMessage(msgID: id, sender: .of(sender: message), customData: data)
            case .custom(let data, _, _):
                to.onRecvGroupCustomMessage(msgID: id, groupID: group, sender: .of(sender: message), customData: data)
            case .nothing:
                break
            }
        }
    }

    static func advanced(_ listener: any V2TIMAdvancedMsgListener) -> Hears {
        weakly({ [weak listener] in listener }) { to, event in
            switch event {
            case .newMessage(let message):
                to.onRecvNewMessage(msg: V2TIMMessage(known: message))
            case .readReceipts(let receipts):
                to.onRecvMessageReadReceipts(receiptList: receipts.map { V2TIMMessageReceipt($0) })
            case .c2cReadReceipts(let receipts):
                to.onRecvC2CReadReceipt(receiptList: receipts.map { V2TIMMessageReceipt($0) })
            case .messageRevoked(_, let msgID, _, let operatorID):
                to.onRecvMessageRevoked(msgID)
                to.onRecvMessageRevoked(msgID: msgID, operateUser: .of(userID: operatorID), reason: nil)
            default:
                break
            }
        }
    }

    static func conversations(_ listener: any V2TIMConversationListener) -> Hears {
        weakly({ [weak listener] in listener }) { to, event in
            switch event {
            case .conversationsChanged(let conversations):
                to.onConversationChanged(conversationList: conversations.map { V2TIMConversation($0) })
            case .totalUnreadChanged(let count):
                to.onTotalUnreadMessageCountChanged(totalUnreadCount: UInt64(clamping: count))
            default:
                break
            }
        }
    }

    /// `me` says who is logged in.
    static func groups(_ listener: any V2TIMGroupListener, me: @escaping () -> String) -> Hears {
        weakly({ [weak listener] in listener }) { to, event in
            guard case .groupChanged(let group, let kind, let ids, let opUser, let role, _) = event else { return }
            let members = ids.map { V2TIMGroupMemberInfo.of(userID: $0) }
            let by = V2TIMGroupMemberInfo.of(userID: opUser)
            switch kind {
            case .created:
                to.onGroupCreated(groupID: group)
            case .joined:
                to.onMemberEnter(groupID: group, memberList: members)
            case .invited:
                to.onMemberInvited(groupID: group, opUser: by, memberList: members)
            case .quit:
                for member in members {
                    if member.userID == me() {
                        to.onQuitFromGroup(groupID: group)
                    } else {
                        to.onMemberLeave(groupID: group, member: member)
                    }
                }
            case .kicked:
                to.onMemberKicked(groupID: group, opUser: by, memberList: members)
            case .roleChanged where role == V2TIMGroupMemberRole.GROUP_MEMBER_ROLE_ADMIN.rawValue:
                to.onGrantAdministrator(groupID: group, opUser: by, memberList: members)
            case .roleChanged where role == V2TIMGroupMemberRole.GROUP_MEMBER_ROLE_MEMBER.rawValue:
                to.onRevokeAdministrator(groupID: group, opUser: by, memberList: members)
            case .dismissed:
                to.onGroupDismissed(groupID: group, opUser: by)
            case .count, .roleChanged:
                // The documents have no word for it: SeenByV2TIMListener tells it.
                break
            }
        }
    }

    static func seenBy(_ listener: any SeenByV2TIMListener) -> Hears {
        weakly({ [weak listener] in listener }) { to, event in
            switch event {
            case .receiptsSent(let conversation, let ids):
                to.onReceiptsSent(conversationID: conversation, msgIDs: ids)
            case .readReceiptsEnabledChanged(let enabled):
                to.onReadReceiptsEnabledChanged(enabled: enabled)
            case .groupChanged(let group, let kind, let members, let by, let role, let count):
                to.onGroupChanged(
                    groupID: group, change: SeenByV2TIMGroupChange(kind, role: UInt32(clamping: role)), members: members,
                    by: by, memberCount: UInt32(clamping: count))
            default:
                break
            }
        }
    }
}

extension SeenByV2TIMGroupChange {
    init(_ kind: GroupChangeKind, role: UInt32) {
        switch kind {
        case .count: self = .count
        case .created: self = .created
        case .joined: self = .joined
        case .invited: self = .invited
        case .quit: self = .quit
        case .kicked: self = .kicked
        case .roleChanged: self = .roleChanged(role)
        case .dismissed: self = .dismissed
        }
    }
}
