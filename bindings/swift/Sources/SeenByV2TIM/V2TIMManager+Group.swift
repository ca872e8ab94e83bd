import Foundation
import SeenByCore

// Groups (R25).
extension V2TIMManager {
    /// The documents give no count: as many as a page may have.
    private static let page: UInt32 = 100

    /// Hear of groups. One that is added twice hears once.
    public func addGroupListener(listener: (any V2TIMGroupListener)?) {
        guard let listener else { return }
        // Weakly: the core holds what hears, and must not hold itself.
        groupListeners.add(
            listener, .groups(listener, me: { [weak client = core.client] in (try? client?.loginUser()) ?? "" }))
    }

    /// No call of the listener starts after this has returned.
    public func removeGroupListener(listener: (any V2TIMGroupListener)?) {
        if let listener { groupListeners.remove(listener) }
    }

    /// Creates a group; the answer is its id.
    public func createGroup(
        groupType: String?, groupID: String?, groupName: String?, succ: V2TIMCreateGroupSucc?, fail: V2TIMFail?
    ) {
        create(groupType, groupID, groupName, [], succ, fail)
    }

    /// Creates a group with first members; the answer is its id.
    public func createGroup(
        info: V2TIMGroupInfo?, memberList: [V2TIMCreateGroupMemberInfo]?, succ: V2TIMCreateGroupSucc?, fail: V2TIMFail?
    ) {
        create(info?.groupType, info?.groupID, info?.groupName, (memberList ?? []).map { $0.userID ?? "" }, succ, fail)
    }

    private func create(
        _ groupType: String?, _ groupID: String?, _ groupName: String?, _ members: [String],
        _ succ: V2TIMCreateGroupSucc?, _ fail: V2TIMFail?
    ) {
        let end = End.value(succ, fail) { (answer) -> String?? in
            if case .text(let id) = answer { return .some(id) }
            return nil
        }
        core.call(end) { client, end in
            client.createGroup(
                groupType: try Texts.text("groupType", groupType), groupId: try Texts.optional("groupID", groupID),
                name: try Texts.text("groupName", groupName), members: try Texts.list("userID", members), completion: end)
        }
    }

    /// Joins a group of a kind that anyone joins; the message goes nowhere.
    public func joinGroup(groupID: String?, msg: String?, succ: V2TIMSucc?, fail: V2TIMFail?) {
        core.call(End.done(succ, fail)) { client, end in
            client.joinGroup(groupId: try Texts.text("groupID", groupID), completion: end)
        }
    }

    /// Leaves a group.
    public func quitGroup(groupID: String?, succ: V2TIMSucc?, fail: V2TIMFail?) {
        core.call(End.done(succ, fail)) { client, end in
            client.quitGroup(groupId: try Texts.text("groupID", groupID), completion: end)
        }
    }

    /// Ends a group of one's own.
    public func dismissGroup(groupID: String?, succ: V2TIMSucc?, fail: V2TIMFail?) {
        core.call(End.done(succ, fail)) { client, end in
            client.dismissGroup(groupId: try Texts.text("groupID", groupID), completion: end)
        }
    }

    /// The groups one is in.
    public func getJoinedGroupList(succ: V2TIMGroupInfoListSucc?, fail: V2TIMFail?) {
        let end = End.value(succ, fail) { answer in
            if case .groups(let groups) = answer { return groups.map { V2TIMGroupInfo($0) } }
            return nil
        }
        core.call(end) { client, end in client.getJoinedGroups(completion: end) }
    }

    /// A page of members, 100 at most.
    ///
    /// - Parameters:
    ///   - filter: of ``V2TIMGroupMemberFilter`` ALL; any other answers 7013.
    ///   - nextSeq: 0 first, then what the last page gave; 0 again: that was the last.
    public func getGroupMemberList(
        _ groupID: String?, filter: UInt32, nextSeq: UInt64, succ: V2TIMGroupMemberInfoResultSucc?, fail: V2TIMFail?
    ) {
        guard filter == V2TIMGroupMemberFilter.GROUP_MEMBER_FILTER_ALL.rawValue else {
            core.unsupported("getGroupMemberList with the filter \(filter)", End.never(fail))
            return
        }
        seenByGetGroupMemberList(groupID: groupID, nextSeq: nextSeq, count: V2TIMManager.page, succ: succ, fail: fail)
    }

    /// As ``getGroupMemberList(_:filter:nextSeq:succ:fail:)``, with a count of 1 to 100 (ours).
    public func seenByGetGroupMemberList(
        groupID: String?, nextSeq: UInt64, count: UInt32, succ: V2TIMGroupMemberInfoResultSucc?, fail: V2TIMFail?
    ) {
        typealias Page = (UInt64, [V2TIMGroupMemberFullInfo])
        let succeed = succ.map { succ in { (page: Page) in succ(page.0, page.1) } }
        let end = End.value(succeed, fail) { (answer) -> Page? in
            guard case .groupMembers(let members, let nextSeq) = answer else { return nil }
            return (UInt64(clamping: nextSeq), members.map { V2TIMGroupMemberFullInfo.of($0) })
        }
        core.call(end) { client, end in
            client.getGroupMembers(
                groupId: try Texts.text("groupID", groupID), nextSeq: Int64(clamping: nextSeq),
                count: Int32(clamping: count), completion: end)
        }
    }

    /// These members; who is none is left out.
    public func getGroupMembersInfo(
        groupID: String?, memberList: [String]?, succ: V2TIMGroupMemberInfoListSucc?, fail: V2TIMFail?
    ) {
        let end = End.value(succ, fail) { answer in
            if case .groupMembers(let members, _) = answer { return members.map { V2TIMGroupMemberFullInfo.of($0) } }
            return nil
        }
        core.call(end) { client, end in
            client.getGroupMembersInfo(
                groupId: try Texts.text("groupID", groupID), userIds: try Texts.list("userID", memberList), completion: end)
        }
    }

    private static func results(_ answer: Answer) -> [V2TIMGroupMemberOperationResult]? {
        if case .memberResults(let results) = answer { return results.map { V2TIMGroupMemberOperationResult($0) } }
        return nil
    }

    /// Brings users into a Work group.
    public func inviteUserToGroup(
        groupID: String?, userList: [String]?, succ: V2TIMGroupMemberOperationResultListSucc?, fail: V2TIMFail?
    ) {
        core.call(End.value(succ, fail, V2TIMManager.results)) { client, end in
            client.inviteToGroup(
                groupId: try Texts.text("groupID", groupID), userIds: try Texts.list("userID", userList), completion: end)
        }
    }

    /// Removes members; the reason goes nowhere, and they may come back at once: a duration other than 0 answers 7013.
    public func kickGroupMember(
        groupID: String?, memberList: [String]?, reason: String?, duration: UInt32,
        succ: V2TIMGroupMemberOperationResultListSucc?, fail: V2TIMFail?
    ) {
        guard duration == 0 else {
            core.unsupported("kickGroupMember with the duration \(duration)", End.never(fail))
            return
        }
        core.call(End.value(succ, fail, V2TIMManager.results)) { client, end in
            client.kickFromGroup(
                groupId: try Texts.text("groupID", groupID), userIds: try Texts.list("userID", memberList), completion: end)
        }
    }

    /// Removes members; the reason goes nowhere.
    public func kickGroupMember(
        _ groupID: String?, memberList: [String]?, reason: String?, succ: V2TIMGroupMemberOperationResultListSucc?,
        fail: V2TIMFail?
    ) {
        kickGroupMember(groupID: groupID, memberList: memberList, reason: reason, duration: 0, succ: succ, fail: fail)
    }

    /// Makes a member an admin, or an admin a member: a ``V2TIMGroupMemberRole``.
    public func setGroupMemberRole(
        groupID: String?, memberUserID: String?, newRole: UInt32, succ: V2TIMSucc?, fail: V2TIMFail?
    ) {
        core.call(End.done(succ, fail)) { client, end in
            client.setMemberRole(
                groupId: try Texts.text("groupID", groupID), userId: try Texts.text("userID", memberUserID),
                roleNumber: Int32(clamping: newRole), completion: end)
        }
    }
}
