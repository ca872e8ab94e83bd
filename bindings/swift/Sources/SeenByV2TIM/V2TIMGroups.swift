import Foundation
import SeenByCore

/// A group: one that SeenBy tells of, or one to create.
public final class V2TIMGroupInfo: NSObject, Sendable {
    private struct Own {
        var groupID: String?
        var groupType: String?
        var groupName: String?
        var notification: String?
        var introduction: String?
        var faceURL: String?
        var owner: String?
        var createTime: UInt32 = 0
        var memberCount: UInt32 = 0
        var role: UInt32 = 0
    }

    private let own: Locked<Own>

    public override init() {
        own = Locked(Own())
    }

    init(_ group: GroupInfo) {
        own = Locked(
            Own(
                groupID: group.groupId, groupType: group.groupType, groupName: Texts.orNil(group.name),
                owner: Texts.orNil(group.owner), createTime: UInt32(clamping: Texts.seconds(group.createdMs)),
                memberCount: UInt32(clamping: group.memberCount), role: UInt32(clamping: group.role)))
    }

    /// Its id. To create one: nil, and SeenBy makes one.
    public var groupID: String? {
        get { own.now.groupID }
        set { own.with { $0.groupID = newValue } }
    }

    /// Its kind: GroupType_Work …
    public var groupType: String? {
        get { own.now.groupType }
        set { own.with { $0.groupType = newValue } }
    }

    /// Its name; nil: none.
    public var groupName: String? {
        get { own.now.groupName }
        set { own.with { $0.groupName = newValue } }
    }

    /// nil in what SeenBy gives: it keeps none.
    public var notification: String? {
        get { own.now.notification }
        set { own.with { $0.notification = newValue } }
    }

    /// nil in what SeenBy gives: it keeps none.
    public var introduction: String? {
        get { own.now.introduction }
        set { own.with { $0.introduction = newValue } }
    }

    /// nil in what SeenBy gives: it keeps none.
    public var faceURL: String? {
        get { own.now.faceURL }
        set { own.with { $0.faceURL = newValue } }
    }

    /// Who owns it; may be nil (R19).
    public var owner: String? { own.now.owner }
    /// When it was created, in seconds since 1970.
    public var createTime: UInt32 { own.now.createTime }
    /// How many members it has now.
    public var memberCount: UInt32 { own.now.memberCount }
    /// The caller's ``V2TIMGroupMemberRole``.
    public var role: UInt32 { own.now.role }
}

/// A first member of a new group.
public final class V2TIMCreateGroupMemberInfo: NSObject, Sendable {
    private struct Own {
        var userID: String?
        var role: UInt32 = 0
    }

    private let own = Locked(Own())

    public override init() {}

    /// Who.
    public var userID: String? {
        get { own.now.userID }
        set { own.with { $0.userID = newValue } }
    }

    /// Its role. SeenBy makes first members members, whatever this says.
    public var role: UInt32 {
        get { own.now.role }
        set { own.with { $0.role = newValue } }
    }
}

/// What became of one user of an invitation or a kick.
public final class V2TIMGroupMemberOperationResult: NSObject, Sendable {
    /// Who.
    public let userID: String?
    /// What.
    public let result: V2TIMGroupMemberResult

    init(_ result: MemberResult) {
        userID = result.userId
        self.result = V2TIMGroupMemberResult(Int(result.result))
    }
}
