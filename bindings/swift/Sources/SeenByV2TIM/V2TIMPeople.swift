import Foundation
import SeenByCore

/// What a user says of itself.
public class V2TIMUserInfo: NSObject {
    fileprivate struct Own {
        var userID: String?
        var nickName: String?
        var faceURL: String?
        /// What was set, and so is to be changed.
        var newNickName: String?
        var newFaceURL: String?
    }

    fileprivate let own: Locked<Own>

    fileprivate init(_ own: Own) {
        self.own = Locked(own)
    }

    public override init() {
        own = Locked(Own())
    }

    /// Who.
    public var userID: String? { own.now.userID }

    /// nil: none. Set for `setSelfInfo`: at most 256 bytes; what was not set stays.
    public var nickName: String? {
        get { own.now.nickName }
        set { own.with { ($0.nickName, $0.newNickName) = (newValue, newValue ?? "") } }
    }

    /// nil: none. Set for `setSelfInfo`: at most 512 bytes; what was not set stays.
    public var faceURL: String? {
        get { own.now.faceURL }
        set { own.with { ($0.faceURL, $0.newFaceURL) = (newValue, newValue ?? "") } }
    }

    static func of(sender message: Message) -> V2TIMUserInfo {
        V2TIMUserInfo(
            Own(userID: message.sender, nickName: Texts.orNil(message.nickName), faceURL: Texts.orNil(message.faceUrl)))
    }
}

/// What a user says of itself (R27).
public final class V2TIMUserFullInfo: V2TIMUserInfo, @unchecked Sendable {
    // Unchecked for its superclass, whose only field is locked.

    static func of(_ profile: Profile) -> V2TIMUserFullInfo {
        V2TIMUserFullInfo(
            Own(
                userID: profile.userId, nickName: Texts.orNil(profile.nickName), faceURL: Texts.orNil(profile.faceUrl)))
    }

    static func of(userID: String) -> V2TIMUserFullInfo {
        V2TIMUserFullInfo(Own(userID: userID))
    }

    /// What `setSelfInfo` changes.
    var news: (nickName: String?, faceURL: String?) {
        own.with { ($0.newNickName, $0.newFaceURL) }
    }
}

/// Somebody in a group.
public class V2TIMGroupMemberInfo: NSObject {
    fileprivate struct Own {
        var userID: String?
        var nickName: String?
        var faceURL: String?
        var nameCard: String?
        var role: UInt32 = 0
        var joinTime: Int = 0
        var readTimeMs: Int64 = 0
    }

    fileprivate let own: Locked<Own>

    fileprivate init(_ own: Own) {
        self.own = Locked(own)
    }

    public override init() {
        own = Locked(Own())
    }

    static func of(userID: String) -> V2TIMGroupMemberInfo {
        V2TIMGroupMemberInfo(Own(userID: userID))
    }

    static func of(_ reader: ReadMember) -> V2TIMGroupMemberInfo {
        V2TIMGroupMemberInfo(
            Own(
                userID: reader.userId, nickName: Texts.orNil(reader.nickName), faceURL: Texts.orNil(reader.faceUrl),
                readTimeMs: reader.timestampMs))
    }

    static func of(sender message: Message) -> V2TIMGroupMemberInfo {
        V2TIMGroupMemberInfo(
            Own(userID: message.sender, nickName: Texts.orNil(message.nickName), faceURL: Texts.orNil(message.faceUrl)))
    }

    /// Who.
    public var userID: String? {
        get { own.now.userID }
        set { own.with { $0.userID = newValue } }
    }

    /// nil: none (R27).
    public var nickName: String? { own.now.nickName }
    /// Always nil: SeenBy has no friends.
    public var friendRemark: String? { nil }

    /// nil in what SeenBy gives: it has no names of groups' own.
    public var nameCard: String? {
        get { own.now.nameCard }
        set { own.with { $0.nameCard = newValue } }
    }

    /// nil: none (R27).
    public var faceURL: String? { own.now.faceURL }
    /// In a list of readers: when it read the message, in ms since 1970 (ours, R11). 0 otherwise.
    public var seenByReadTimeMs: Int64 { own.now.readTimeMs }
}

/// A member of a group.
public final class V2TIMGroupMemberFullInfo: V2TIMGroupMemberInfo, @unchecked Sendable {
    // Unchecked for its superclass, whose only field is locked.

    static func of(_ member: GroupMember) -> V2TIMGroupMemberFullInfo {
        V2TIMGroupMemberFullInfo(
            Own(
                userID: member.userId, nickName: Texts.orNil(member.nickName), faceURL: Texts.orNil(member.faceUrl),
                role: UInt32(clamping: member.role), joinTime: Texts.seconds(member.joinedMs)))
    }

    /// A ``V2TIMGroupMemberRole``: 200 member, 300 admin, 400 owner.
    public var role: UInt32 { own.now.role }
    /// When it joined (last), in seconds since 1970.
    public var joinTime: time_t { own.now.joinTime }
}
