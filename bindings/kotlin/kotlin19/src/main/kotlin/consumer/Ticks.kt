package consumer

import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.mapNotNull
import org.seenby.Chat
import org.seenby.DrawState
import org.seenby.Message
import org.seenby.ReceiptChange
import org.seenby.SeenBy
import org.seenby.drawState
import org.seenby.v2tim.V2TIMCallback
import org.seenby.v2tim.V2TIMManager
import org.seenby.v2tim.V2TIMMessage

/** What an app draws. */
fun tick(state: DrawState): String = when (state) {
    is DrawState.Sending -> "…"
    is DrawState.Failed -> "!"
    is DrawState.Sent -> "✓"
    is DrawState.ReadByPeer, is DrawState.AllRead -> "✓✓"
    is DrawState.ReadBy -> "${state.read} of ${state.of}"
    is DrawState.Unavailable -> ""
}

/** Sends a message, and what is drawn beside it from then on. */
suspend fun send(client: SeenBy, text: String, to: Chat): Pair<Message, Flow<String>> {
    val sent = client.send(text, to)
    val ticks = client.receipts.mapNotNull { change ->
        (change as? ReceiptChange.OfMessage)?.receipt?.takeIf { it.msgId == sent.msgId }?.let { tick(sent.drawState(it)) }
    }
    return sent to ticks
}

/** The documented call, from Kotlin. */
fun report(messages: List<V2TIMMessage>, done: (Int) -> Unit) =
    V2TIMManager.getMessageManager().sendMessageReadReceipts(
        messages,
        object : V2TIMCallback {
            override fun onSuccess() = done(0)

            override fun onError(code: Int, desc: String) = done(code)
        },
    )
