package org.seenby.example.chat

import org.seenby.v2tim.SeenByDrawState
import org.seenby.v2tim.SeenByV2TIM
import org.seenby.v2tim.V2TIMAdvancedMsgListener
import org.seenby.v2tim.V2TIMCallback
import org.seenby.v2tim.V2TIMConversation
import org.seenby.v2tim.V2TIMManager
import org.seenby.v2tim.V2TIMMessage
import org.seenby.v2tim.V2TIMMessageReceipt
import org.seenby.v2tim.V2TIMSendCallback
import org.seenby.v2tim.V2TIMUserFullInfo
import org.seenby.v2tim.V2TIMValueCallback

/**
 * What a conversation's screen shows: its messages, oldest first, each with its latest receipt. The documented calls, as the
 * documents use them. Everything here runs on the main thread, where callbacks come too.
 *
 * @param id `c2c_<user>` or `group_<id>`
 */
class Conversation(val id: String, private val screen: Screen) {
    /** Who draws it. */
    interface Screen {
        /** Something in it is different. */
        fun changed()

        /** A call was refused. */
        fun failed(code: Int, desc: String)
    }

    private val group = id.removePrefix("group_").takeIf { id.startsWith("group_") }
    private val peer = id.removePrefix("c2c_").takeIf { id.startsWith("c2c_") }
    private val receipts = HashMap<String, V2TIMMessageReceipt>()
    private val shown = ArrayList<V2TIMMessage>()
    private var loading = false
    private var complete = false

    val isGroup: Boolean get() = group != null

    /** What is above the messages. */
    var title: String = group ?: peer.orEmpty()
        private set

    /** Oldest first. */
    val messages: List<V2TIMMessage> get() = shown

    private val listener = object : V2TIMAdvancedMsgListener() {
        override fun onRecvNewMessage(msg: V2TIMMessage) {
            if (msg.seenByConversationID == id) add(listOf(msg))
        }

        override fun onRecvMessageReadReceipts(receiptList: List<V2TIMMessageReceipt>) = take(receiptList)

        override fun onRecvMessageRevoked(msgID: String) {
            if (shown.removeAll { it.msgID == msgID }) screen.changed()
        }
    }

    /** Listens, and loads the newest messages. */
    fun open() {
        V2TIMManager.getMessageManager().addAdvancedMsgListener(listener)
        askTitle()
        older()
    }

    private fun askTitle() {
        fun named(name: String?) {
            if (!name.isNullOrEmpty()) title = name
            screen.changed()
        }
        if (peer != null) {
            val profile = answer<List<V2TIMUserFullInfo>> { named(it.firstOrNull()?.nickName) }
            V2TIMManager.getInstance().getUsersInfo(listOf(peer), profile)
        } else {
            V2TIMManager.getConversationManager().getConversation(id, answer<V2TIMConversation> { named(it.showName) })
        }
    }

    /** Nothing is told after this. */
    fun close() {
        V2TIMManager.getMessageManager().removeAdvancedMsgListener(listener)
    }

    /** Loads a page of what was before. */
    fun older() {
        if (loading || complete) return
        loading = true
        val page = object : V2TIMValueCallback<List<V2TIMMessage>> {
            override fun onSuccess(messages: List<V2TIMMessage>) {
                loading = false
                complete = messages.size < PAGE
                add(messages)
                askReceipts(messages)
            }

            override fun onError(code: Int, desc: String) {
                loading = false
                screen.failed(code, desc)
            }
        }
        val first = shown.firstOrNull { it.seq > 0 }
        val manager = V2TIMManager.getMessageManager()
        if (group != null) {
            manager.getGroupHistoryMessageList(group, PAGE, first, page)
        } else {
            manager.getC2CHistoryMessageList(peer, PAGE, first, page)
        }
    }

    /** How far one's own have been read: pushes tell only of what changes from now on. */
    private fun askReceipts(messages: List<V2TIMMessage>) {
        val own = messages.filter { it.isSelf && it.isNeedReadReceipt }
        if (own.isNotEmpty()) V2TIMManager.getMessageManager().getMessageReadReceipts(own, answer(::take))
    }

    private fun take(list: List<V2TIMMessageReceipt>) {
        list.forEach { receipts[it.msgID] = it }
        screen.changed()
    }

    private fun add(messages: List<V2TIMMessage>) {
        val known = shown.mapTo(HashSet()) { it.msgID }
        shown += messages.filter { known.add(it.msgID) }
        sort()
        screen.changed()
    }

    /** By their numbers; those on their way have none yet, and come last. */
    private fun sort() = shown.sortBy { if (it.seq > 0) it.seq else Long.MAX_VALUE }

    /** Sends a text that wants receipts. */
    fun send(text: String) {
        val message = V2TIMManager.getMessageManager().createTextMessage(text)
        message.isNeedReadReceipt = true
        send(message)
    }

    /** Sends one; again, if it failed: the same object cannot arrive twice. */
    fun send(message: V2TIMMessage) {
        V2TIMManager.getMessageManager().sendMessage(
            message, peer, group, V2TIMMessage.V2TIM_PRIORITY_NORMAL, false, null,
            object : V2TIMSendCallback<V2TIMMessage> {
                override fun onProgress(progress: Int) = Unit

                override fun onSuccess(sent: V2TIMMessage) {
                    sort()
                    screen.changed()
                }

                override fun onError(code: Int, desc: String) {
                    screen.changed()
                    screen.failed(code, desc)
                }
            },
        )
        add(listOf(message))
    }

    /** Moves the unread count to nothing. It makes no receipts: those are for what was really on the screen. */
    fun markRead() {
        val done = object : V2TIMCallback {
            override fun onSuccess() = Unit

            override fun onError(code: Int, desc: String) = screen.failed(code, desc)
        }
        V2TIMManager.getConversationManager().cleanConversationUnreadMessageCount(id, 0, 0, done)
    }

    /** The latest receipt of a message of one's own; null: none is known. */
    fun receipt(message: V2TIMMessage): V2TIMMessageReceipt? = receipts[message.msgID] ?: message.seenByReceipt

    /** What to draw beside it. */
    fun state(message: V2TIMMessage): SeenByDrawState = SeenByV2TIM.drawState(message, receipt(message))

    private fun <T> answer(take: (T) -> Unit) = object : V2TIMValueCallback<T> {
        override fun onSuccess(value: T) = take(value)

        override fun onError(code: Int, desc: String) = screen.failed(code, desc)
    }

    private companion object {
        const val PAGE = 20
    }
}
