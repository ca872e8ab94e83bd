// The documented enumerations. Each is a number, as Swift sees a C enumeration: one that is none of the named can be held, and is
// refused where it is passed (6017). `switch` therefore needs a `default`.

/// How urgent a group message is. SeenBy keeps it and treats all alike.
public struct V2TIMMessagePriority: RawRepresentable, Hashable, Sendable {
    public let rawValue: Int

    public init?(rawValue: Int) {
        self.init(rawValue)
    }

    init(_ number: Int) {
        rawValue = number
    }

    /// As the service likes.
    public static let PRIORITY_DEFAULT = Self(0)
    /// High.
    public static let PRIORITY_HIGH = Self(1)
    /// Normal.
    public static let PRIORITY_NORMAL = Self(2)
    /// Low.
    public static let PRIORITY_LOW = Self(3)
}

/// Where a message stands.
public struct V2TIMMessageStatus: RawRepresentable, Hashable, Sendable {
    public let rawValue: Int

    public init?(rawValue: Int) {
        self.init(rawValue)
    }

    init(_ number: Int) {
        rawValue = number
    }

    /// On its way.
    public static let MSG_STATUS_SENDING = Self(1)
    /// The service has it.
    public static let MSG_STATUS_SEND_SUCC = Self(2)
    /// It did not get there.
    public static let MSG_STATUS_SEND_FAIL = Self(3)
    /// Deleted.
    public static let MSG_STATUS_HAS_DELETED = Self(4)
    /// Put in on this device. SeenBy never says this.
    public static let MSG_STATUS_LOCAL_IMPORTED = Self(5)
    /// Taken back.
    public static let MSG_STATUS_LOCAL_REVOKED = Self(6)
}

/// What a message is made of.
public struct V2TIMElemType: RawRepresentable, Hashable, Sendable {
    public let rawValue: Int

    public init?(rawValue: Int) {
        self.init(rawValue)
    }

    init(_ number: Int) {
        rawValue = number
    }

    /// Nothing.
    public static let ELEM_TYPE_NONE = Self(0)
    /// Text.
    public static let ELEM_TYPE_TEXT = Self(1)
    /// Data of the app's.
    public static let ELEM_TYPE_CUSTOM = Self(2)
    /// An image; SeenBy carries none.
    public static let ELEM_TYPE_IMAGE = Self(3)
    /// Sound; SeenBy carries none.
    public static let ELEM_TYPE_SOUND = Self(4)
    /// Video; SeenBy carries none.
    public static let ELEM_TYPE_VIDEO = Self(5)
    /// A file; SeenBy carries none.
    public static let ELEM_TYPE_FILE = Self(6)
    /// A place; SeenBy carries none.
    public static let ELEM_TYPE_LOCATION = Self(7)
    /// A face; SeenBy carries none.
    public static let ELEM_TYPE_FACE = Self(8)
    /// What happened in a group; SeenBy carries none.
    public static let ELEM_TYPE_GROUP_TIPS = Self(9)
    /// Merged messages; SeenBy carries none.
    public static let ELEM_TYPE_MERGER = Self(10)
}

/// Which messages of a history.
public struct V2TIMMessageGetType: RawRepresentable, Hashable, Sendable {
    public let rawValue: Int

    public init?(rawValue: Int) {
        self.init(rawValue)
    }

    init(_ number: Int) {
        rawValue = number
    }

    /// Older messages, from the service.
    public static let GET_CLOUD_OLDER_MSG = Self(1)
    /// Newer messages, from the service.
    public static let GET_CLOUD_NEWER_MSG = Self(2)
    /// Older messages; SeenBy keeps no bodies on the device, so as from the service.
    public static let GET_LOCAL_OLDER_MSG = Self(3)
    /// Newer messages; SeenBy keeps no bodies on the device, so as from the service.
    public static let GET_LOCAL_NEWER_MSG = Self(4)
}

/// Which members of a message's audience.
public struct V2TIMGroupMessageReadMembersFilter: RawRepresentable, Hashable, Sendable {
    public let rawValue: Int

    public init?(rawValue: Int) {
        self.init(rawValue)
    }

    init(_ number: Int) {
        rawValue = number
    }

    /// Those who have read it.
    public static let GROUP_MESSAGE_READ_MEMBERS_FILTER_READ = Self(0)
    /// Those who have not.
    public static let GROUP_MESSAGE_READ_MEMBERS_FILTER_UNREAD = Self(1)
}

/// How messages are received. SeenBy knows no such choice.
public struct V2TIMReceiveMessageOpt: RawRepresentable, Hashable, Sendable {
    public let rawValue: Int

    public init?(rawValue: Int) {
        self.init(rawValue)
    }

    init(_ number: Int) {
        rawValue = number
    }

    /// With a notification.
    public static let RECEIVE_MESSAGE = Self(0)
    /// Not at all.
    public static let NOT_RECEIVE_MESSAGE = Self(1)
    /// Without a notification.
    public static let RECEIVE_NOT_NOTIFY_MESSAGE = Self(2)
}

/// Whether somebody is logged in.
public struct V2TIMLoginStatus: RawRepresentable, Hashable, Sendable {
    public let rawValue: Int

    public init?(rawValue: Int) {
        self.init(rawValue)
    }

    init(_ number: Int) {
        rawValue = number
    }

    /// Logged in; the line may be up or down.
    public static let STATUS_LOGINED = Self(1)
    /// A login is under way.
    public static let STATUS_LOGINING = Self(2)
    /// Nobody is logged in.
    public static let STATUS_LOGOUT = Self(3)
}

/// How much is logged.
public struct V2TIMLogLevel: RawRepresentable, Hashable, Sendable {
    public let rawValue: Int

    public init?(rawValue: Int) {
        self.init(rawValue)
    }

    init(_ number: Int) {
        rawValue = number
    }

    /// Nothing.
    public static let LOG_NONE = Self(0)
    /// Everything.
    public static let LOG_DEBUG = Self(3)
    /// What an operator may want to know.
    public static let LOG_INFO = Self(4)
    /// What an app's author should know.
    public static let LOG_WARN = Self(5)
    /// What went wrong.
    public static let LOG_ERROR = Self(6)
}

/// One to one, or a group.
public struct V2TIMConversationType: RawRepresentable, Hashable, Sendable {
    public let rawValue: Int

    public init?(rawValue: Int) {
        self.init(rawValue)
    }

    init(_ number: Int) {
        rawValue = number
    }

    /// Neither.
    public static let UNKNOWN = Self(0)
    /// One to one.
    public static let C2C = Self(1)
    /// A group.
    public static let GROUP = Self(2)
}

/// What a member of a group may do.
public struct V2TIMGroupMemberRole: RawRepresentable, Hashable, Sendable {
    public let rawValue: Int

    public init?(rawValue: Int) {
        self.init(rawValue)
    }

    init(_ number: Int) {
        rawValue = number
    }

    /// Not known.
    public static let GROUP_MEMBER_UNDEFINED = Self(0)
    /// A member.
    public static let GROUP_MEMBER_ROLE_MEMBER = Self(200)
    /// Kicks members too.
    public static let GROUP_MEMBER_ROLE_ADMIN = Self(300)
    /// The owner: sets roles and dismisses too.
    public static let GROUP_MEMBER_ROLE_SUPER = Self(400)
}

/// Which members of a group.
public struct V2TIMGroupMemberFilter: RawRepresentable, Hashable, Sendable {
    public let rawValue: Int

    public init?(rawValue: Int) {
        self.init(rawValue)
    }

    init(_ number: Int) {
        rawValue = number
    }

    /// Every member.
    public static let GROUP_MEMBER_FILTER_ALL = Self(0)
    /// The owner alone. SeenBy: 7013.
    public static let GROUP_MEMBER_FILTER_OWNER = Self(1)
    /// Admins alone. SeenBy: 7013.
    public static let GROUP_MEMBER_FILTER_ADMIN = Self(2)
    /// Members who are neither. SeenBy: 7013.
    public static let GROUP_MEMBER_FILTER_COMMON = Self(4)
}

/// What became of one user of an invitation or a kick.
public struct V2TIMGroupMemberResult: RawRepresentable, Hashable, Sendable {
    public let rawValue: Int

    public init?(rawValue: Int) {
        self.init(rawValue)
    }

    init(_ number: Int) {
        rawValue = number
    }

    /// It could not be done.
    public static let GROUP_MEMBER_RESULT_FAIL = Self(0)
    /// It was done.
    public static let GROUP_MEMBER_RESULT_SUCC = Self(1)
    /// There was nothing to do: it was a member already.
    public static let GROUP_MEMBER_RESULT_INVALID = Self(2)
    /// It waits for somebody's word. SeenBy never answers this.
    public static let GROUP_MEMBER_RESULT_PENDING = Self(3)
}

/// A kind of group: members invite.
public let GroupType_Work = "Work"
/// A kind of group: anyone joins.
public let GroupType_Public = "Public"
/// A kind of group: anyone joins, and sees what was before.
public let GroupType_Meeting = "Meeting"
/// A kind of group without receipts.
public let GroupType_AVChatRoom = "AVChatRoom"
/// A kind of group without receipts.
public let GroupType_Community = "Community"
