import Foundation

// The documented closures. Each call ends with exactly one call of exactly one of its closures, on the queue of the callbacks
// (``SeenByV2TIMConfig/callbackQueue``), never inside the call. Each may be nil.

/// It is done.
public typealias V2TIMSucc = () -> Void
/// It was refused: with a number of ``SeenByErrorCode`` and a sentence.
public typealias V2TIMFail = (_ code: Int32, _ desc: String?) -> Void
/// Progress of an upload. SeenBy uploads nothing: never called.
public typealias V2TIMProgress = (_ progress: UInt32) -> Void

/// Messages.
public typealias V2TIMMessageListSucc = (_ msgs: [V2TIMMessage]?) -> Void
/// Receipts.
public typealias V2TIMMessageReadReceiptsSucc = (_ receiptList: [V2TIMMessageReceipt]?) -> Void
/// A page of those who have read a message, or have not (R11).
public typealias V2TIMGroupMessageReadMemberListSucc =
    (_ members: [V2TIMGroupMemberInfo]?, _ nextSeq: UInt64, _ isFinished: Bool) -> Void
/// A message was changed, or not.
public typealias V2TIMMessageModifyCompletion = (_ code: Int32, _ desc: String?, _ msg: V2TIMMessage?) -> Void

/// The id of a new group.
public typealias V2TIMCreateGroupSucc = (_ groupID: String?) -> Void
/// Groups.
public typealias V2TIMGroupInfoListSucc = (_ groupList: [V2TIMGroupInfo]?) -> Void
/// A page of members.
public typealias V2TIMGroupMemberInfoResultSucc = (_ nextSeq: UInt64, _ memberList: [V2TIMGroupMemberFullInfo]?) -> Void
/// Members.
public typealias V2TIMGroupMemberInfoListSucc = (_ memberList: [V2TIMGroupMemberFullInfo]?) -> Void
/// What became of each user.
public typealias V2TIMGroupMemberOperationResultListSucc = (_ resultList: [V2TIMGroupMemberOperationResult]?) -> Void
/// Attributes of a group. SeenBy keeps none: never called.
public typealias V2TIMGroupAttributeSucc = (_ groupAttributeList: [String: String]?) -> Void
/// How many members are online. SeenBy does not count them: never called.
public typealias V2TIMGroupOnlineMemberCountSucc = (_ count: Int) -> Void

/// A page of conversations.
public typealias V2TIMConversationResultSucc =
    (_ list: [V2TIMConversation]?, _ nextSeq: UInt64, _ isFinished: Bool) -> Void
/// Conversations.
public typealias V2TIMConversationListSucc = (_ list: [V2TIMConversation]?) -> Void
/// A conversation.
public typealias V2TIMConversationSucc = (_ conv: V2TIMConversation?) -> Void
/// What became of each conversation. Only of calls that are outside SeenBy: never called.
public typealias V2TIMConversationOperationResultListSucc = (_ resultList: [V2TIMConversationOperationResult]?) -> Void
/// How many messages are unread in all.
public typealias V2TIMTotalUnreadMessageCountSucc = (_ totalCount: UInt64) -> Void

/// Profiles.
public typealias V2TIMUserFullInfoListSucc = (_ infoList: [V2TIMUserFullInfo]?) -> Void
/// What an experiment answers. SeenBy has none: never called.
public typealias V2TIMCallExperimentalAPISucc = (_ result: NSObject?) -> Void
/// A line of the log, on a thread of SeenBy.
public typealias V2TIMLogListener = @Sendable (_ logLevel: V2TIMLogLevel, _ logContent: String?) -> Void
