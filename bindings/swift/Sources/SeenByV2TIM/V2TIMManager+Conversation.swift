import Foundation
import SeenByCore

// Conversations (R26).
extension V2TIMManager {
    /// Hear of conversations. One that is added twice hears once.
    public func addConversationListener(listener: (any V2TIMConversationListener)?) {
        if let listener { conversationListeners.add(listener, .conversations(listener)) }
    }

    /// No call of the listener starts after this has returned.
    public func removeConversationListener(listener: (any V2TIMConversationListener)?) {
        if let listener { conversationListeners.remove(listener) }
    }

    /// A page of one's conversations, latest activity first.
    ///
    /// - Parameters:
    ///   - nextSeq: 0 first, then what the last page gave.
    ///   - count: 1 to 100.
    public func getConversationList(
        nextSeq: UInt64, count: Int32, succ: V2TIMConversationResultSucc?, fail: V2TIMFail?
    ) {
        typealias Page = ([V2TIMConversation], UInt64, Bool)
        let succeed = succ.map { succ in { (page: Page) in succ(page.0, page.1, page.2) } }
        let end = End.value(succeed, fail) { (answer) -> Page? in
            guard case .conversations(let conversations, let nextSeq, let isFinished) = answer else { return nil }
            return (conversations.map { V2TIMConversation($0) }, UInt64(clamping: nextSeq), isFinished)
        }
        core.call(end) { client, end in
            client.getConversations(nextSeq: Int64(clamping: nextSeq), count: count, completion: end)
        }
    }

    /// One conversation: c2c_&lt;peer&gt; or group_&lt;id&gt;.
    public func getConversation(conversationID: String?, succ: V2TIMConversationSucc?, fail: V2TIMFail?) {
        let end = End.value(succ, fail) { (answer) -> V2TIMConversation?? in
            if case .oneConversation(let conversation) = answer { return .some(V2TIMConversation(conversation)) }
            return nil
        }
        core.call(end) { client, end in
            client.getConversation(conversationId: try Texts.text("conversationID", conversationID), completion: end)
        }
    }

    /// How many messages are unread in all; readable before the line is up.
    public func getTotalUnreadMessageCount(succ: V2TIMTotalUnreadMessageCountSucc?, fail: V2TIMFail?) {
        let end = End.value(succ, fail) { (answer) -> UInt64? in
            if case .count(let count) = answer { return UInt64(clamping: count) }
            return nil
        }
        core.call(end) { client, end in client.getTotalUnread(completion: end) }
    }

    /// Marks a conversation as read, or "c2c", "group" or "" for all of a kind or all (R14); time (s) and sequence, where they are
    /// not 0, only lower what is marked.
    public func cleanConversationUnreadMessageCount(
        conversationID: String?, cleanTimestamp: UInt64, cleanSequence: UInt64, succ: V2TIMSucc?, fail: V2TIMFail?
    ) {
        core.call(End.done(succ, fail)) { client, end in
            client.cleanUnread(
                conversationId: try Texts.text("conversationID", conversationID), timestampS: Int64(clamping: cleanTimestamp),
                sequence: Int64(clamping: cleanSequence), completion: end)
        }
    }
}
