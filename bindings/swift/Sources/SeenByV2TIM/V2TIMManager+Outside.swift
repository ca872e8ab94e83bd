import Foundation

// Documented calls about messages, groups and conversations that are outside of what SeenBy does: each ends with 7013.
extension V2TIMManager {
    /// Outside SeenBy: 7013.
    public func deleteMessages(msgList: [V2TIMMessage]?, succ: V2TIMSucc?, fail: V2TIMFail?) {
        core.unsupported("deleteMessages", End.never(fail))
    }

    /// Outside SeenBy: 7013.
    public func deleteMessageFromLocalStorage(msg: V2TIMMessage?, succ: V2TIMSucc?, fail: V2TIMFail?) {
        core.unsupported("deleteMessageFromLocalStorage", End.never(fail))
    }

    /// Outside SeenBy: 7013.
    public func clearC2CHistoryMessage(userID: String?, succ: V2TIMSucc?, fail: V2TIMFail?) {
        core.unsupported("clearC2CHistoryMessage", End.never(fail))
    }

    /// Outside SeenBy: 7013.
    public func clearGroupHistoryMessage(groupID: String?, succ: V2TIMSucc?, fail: V2TIMFail?) {
        core.unsupported("clearGroupHistoryMessage", End.never(fail))
    }

    /// Outside SeenBy: 7013, with the message as it is.
    public func modifyMessage(msg: V2TIMMessage?, completion: V2TIMMessageModifyCompletion?) {
        core.unsupported("modifyMessage", End.never(completion.map { completion in { completion($0, $1, msg) } }))
    }

    /// Outside SeenBy: 7013. Returns nil.
    @discardableResult
    public func insertGroupMessageToLocalStorage(
        msg: V2TIMMessage?, to groupID: String?, sender: String?, succ: V2TIMSucc?, fail: V2TIMFail?
    ) -> String! {
        core.unsupported("insertGroupMessageToLocalStorage", End.never(fail))
        return nil
    }

    /// Outside SeenBy: 7013. Returns nil.
    @discardableResult
    public func insertC2CMessageToLocalStorage(
        msg: V2TIMMessage?, to userID: String?, sender: String?, succ: V2TIMSucc?, fail: V2TIMFail?
    ) -> String! {
        core.unsupported("insertC2CMessageToLocalStorage", End.never(fail))
        return nil
    }

    /// Outside SeenBy: 7013.
    public func setC2CReceiveMessageOpt(
        userIDList: [String]?, opt: V2TIMReceiveMessageOpt, succ: V2TIMSucc?, fail: V2TIMFail?
    ) {
        core.unsupported("setC2CReceiveMessageOpt", End.never(fail))
    }

    /// Outside SeenBy: 7013.
    public func setGroupReceiveMessageOpt(
        groupID: String?, opt: V2TIMReceiveMessageOpt, succ: V2TIMSucc?, fail: V2TIMFail?
    ) {
        core.unsupported("setGroupReceiveMessageOpt", End.never(fail))
    }

    /// Outside SeenBy: 7013.
    public func setGroupInfo(info: V2TIMGroupInfo?, succ: V2TIMSucc?, fail: V2TIMFail?) {
        core.unsupported("setGroupInfo", End.never(fail))
    }

    /// Outside SeenBy: 7013.
    public func setGroupMemberInfo(groupID: String?, info: V2TIMGroupMemberFullInfo?, succ: V2TIMSucc?, fail: V2TIMFail?) {
        core.unsupported("setGroupMemberInfo", End.never(fail))
    }

    /// Outside SeenBy: 7013.
    public func getJoinedCommunityList(succ: V2TIMGroupInfoListSucc?, fail: V2TIMFail?) {
        core.unsupported("getJoinedCommunityList", End.never(fail))
    }

    /// Outside SeenBy: 7013.
    public func transferGroupOwner(groupID: String?, memberUserID: String?, succ: V2TIMSucc?, fail: V2TIMFail?) {
        core.unsupported("transferGroupOwner", End.never(fail))
    }

    /// Outside SeenBy: 7013.
    public func muteGroupMember(
        groupID: String?, memberUserID: String?, muteTimeSeconds: UInt32, succ: V2TIMSucc?, fail: V2TIMFail?
    ) {
        core.unsupported("muteGroupMember", End.never(fail))
    }

    /// Outside SeenBy: 7013.
    public func setGroupAttributes(
        groupID: String?, attributes: [String: String]?, succ: V2TIMSucc?, fail: V2TIMFail?
    ) {
        core.unsupported("setGroupAttributes", End.never(fail))
    }

    /// Outside SeenBy: 7013.
    public func deleteGroupAttributes(groupID: String?, keys: [String]?, succ: V2TIMSucc?, fail: V2TIMFail?) {
        core.unsupported("deleteGroupAttributes", End.never(fail))
    }

    /// Outside SeenBy: 7013.
    public func getGroupAttributes(
        _ groupID: String?, keys: [String]?, succ: V2TIMGroupAttributeSucc?, fail: V2TIMFail?
    ) {
        core.unsupported("getGroupAttributes", End.never(fail))
    }

    /// Outside SeenBy: 7013.
    public func getGroupOnlineMemberCount(
        groupID: String?, succ: V2TIMGroupOnlineMemberCountSucc?, fail: V2TIMFail?
    ) {
        core.unsupported("getGroupOnlineMemberCount", End.never(fail))
    }

    /// Outside SeenBy: 7013.
    public func deleteConversation(conversation: String?, succ: V2TIMSucc?, fail: V2TIMFail?) {
        core.unsupported("deleteConversation", End.never(fail))
    }

    /// Outside SeenBy: 7013, of the call: there is no result of any conversation.
    public func deleteConversationList(
        conversationIDList: [String]?, clearMessage: Bool, succ: V2TIMConversationOperationResultListSucc?, fail: V2TIMFail?
    ) {
        core.unsupported("deleteConversationList", End.never(fail))
    }

    /// Outside SeenBy: 7013.
    public func pinConversation(conversationID: String?, isPinned: Bool, succ: V2TIMSucc?, fail: V2TIMFail?) {
        core.unsupported("pinConversation", End.never(fail))
    }

    /// Outside SeenBy: 7013.
    public func setConversationDraft(conversationID: String?, draftText: String?, succ: V2TIMSucc?, fail: V2TIMFail?) {
        core.unsupported("setConversationDraft", End.never(fail))
    }

    /// Outside SeenBy: 7013.
    public func getConversationList(
        conversationIDList: [String]?, succ: V2TIMConversationListSucc?, fail: V2TIMFail?
    ) {
        core.unsupported("getConversationList by ids", End.never(fail))
    }
}
