import SeenByCore

/// Groups (R25): ``SeenByClient/groups``. Every function is a call: see ``SeenByClient`` for errors and cancellation.
public struct Groups: Sendable {
    let client: SeenByCore.SeenByClient

    /// Creates a group; without an id the service makes one. Answers the id.
    public func create(
        _ type: GroupType, name: String, members: [String] = [], groupID: String? = nil
    ) async throws -> String {
        try await client.answer {
            $0.createGroup(
                groupType: type.rawValue, groupId: try Text.checked("groupID", groupID), name: try Text.checked("name", name),
                members: try texts("members", members), completion: $1
            )
        } as: {
            if case .text(let text) = $0 { text } else { nil }
        }
    }

    /// Joins a group of a kind that anyone joins.
    public func join(_ groupID: String) async throws {
        try await client.done { $0.joinGroup(groupId: try Text.checked("groupID", groupID), completion: $1) }
    }

    /// Leaves a group.
    public func quit(_ groupID: String) async throws {
        try await client.done { $0.quitGroup(groupId: try Text.checked("groupID", groupID), completion: $1) }
    }

    /// Ends a group of one's own.
    public func dismiss(_ groupID: String) async throws {
        try await client.done { $0.dismissGroup(groupId: try Text.checked("groupID", groupID), completion: $1) }
    }

    /// Brings users into a Work group.
    public func invite(_ users: [String], to groupID: String) async throws -> [MemberResult] {
        try await client.answer({
            $0.inviteToGroup(
                groupId: try Text.checked("groupID", groupID), userIds: try texts("users", users), completion: $1
            )
        }, as: Self.outcomes)
    }

    /// Removes members.
    public func kick(_ users: [String], from groupID: String) async throws -> [MemberResult] {
        try await client.answer({
            $0.kickFromGroup(
                groupId: try Text.checked("groupID", groupID), userIds: try texts("users", users), completion: $1
            )
        }, as: Self.outcomes)
    }

    /// Makes a member an admin, or an admin a member.
    public func setRole(_ role: Role, of userID: String, in groupID: String) async throws {
        try await client.done {
            $0.setMemberRole(
                groupId: try Text.checked("groupID", groupID), userId: try Text.checked("userID", userID),
                roleNumber: role.rawValue, completion: $1
            )
        }
    }

    /// The groups one is in.
    public func joined() async throws -> [GroupInfo] {
        try await client.answer { $0.getJoinedGroups(completion: $1) } as: {
            if case .groups(let groups) = $0 { groups.map(GroupInfo.init) } else { nil }
        }
    }

    /// A page of members, 1 to 100, from `nextSeq` (0 at first).
    public func members(of groupID: String, from nextSeq: Int64 = 0, count: Int32 = 100) async throws -> GroupMemberPage {
        try await client.answer({
            $0.getGroupMembers(groupId: try Text.checked("groupID", groupID), nextSeq: nextSeq, count: count, completion: $1)
        }, as: Self.page)
    }

    /// These members.
    public func members(_ users: [String], of groupID: String) async throws -> [GroupMember] {
        try await client.answer({
            $0.getGroupMembersInfo(
                groupId: try Text.checked("groupID", groupID), userIds: try texts("users", users), completion: $1
            )
        }, as: Self.page).members
    }

    private static func page(_ answer: Answer) -> GroupMemberPage? {
        guard case .groupMembers(let members, let nextSeq) = answer else { return nil }
        return GroupMemberPage(members: members.map(GroupMember.init), nextSeq: nextSeq)
    }

    private static func outcomes(_ answer: Answer) -> [MemberResult]? {
        guard case .memberResults(let results) = answer else { return nil }
        return results.map { MemberResult(userID: $0.userId, outcome: MemberOutcome(rawValue: $0.result) ?? .failed) }
    }
}
