package org.seenby

import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.SupervisorJob
import kotlinx.coroutines.cancel
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.withContext
import org.seenby.core.Answer
import org.seenby.core.DrawReceipt
import org.seenby.core.Fanout
import org.seenby.core.History
import org.seenby.core.Logs
import org.seenby.core.PlatformTls
import org.seenby.core.Reports
import org.seenby.core.SeenByClient
import org.seenby.core.Threads
import org.seenby.core.trackerOf
import java.util.concurrent.atomic.AtomicBoolean

/**
 * A client: one device of one user at a time.
 *
 * ```
 * val alice = SeenBy.connect(SeenByConfig(1400000001, server = "wss://chat.example"), "alice", userSig)
 * val message = alice.send("Lunch?", Chat.user("bob"))
 * alice.receipts.collect { change -> … }
 * ```
 *
 * Every function may be called from any thread, and from inside listeners and collectors; none blocks. Suspend functions throw
 * [SeenByException]. One whose coroutine is cancelled takes its call back; what was sent takes effect all the same.
 *
 * [close] it when it is not needed any more.
 */
public class SeenBy private constructor(
    private val client: SeenByClient,
    private val listeners: Fanout,
    private val feed: Feed,
    private val scope: CoroutineScope,
    private val platform: AutoCloseable?,
) : AutoCloseable {
    private val closed = AtomicBoolean(false)

    /** Groups. */
    public val groups: Groups = Groups(client)

    /** Conversations and people. */
    public val people: People = People(client)

    /**
     * Everything that happens without having been asked for, in order. Like [receipts] and [messages] it may be collected any number
     * of times, by any dispatcher; each collector gets everything from when it began, the first one everything from the start.
     * It ends when the client is closed.
     *
     * Each collector has a buffer of [SeenByConfig.flowBuffer]. SeenBy never waits for a collector: when one is so slow that its
     * buffer is full, the oldest goes, and it is told how many went ([SeenByEvent.Missed]) before it gets the next.
     */
    public val events: Flow<SeenByEvent> = feed.flow({ listOf(it) }, SeenByEvent::Missed)

    /** Who has read what: the changes (R12, R14). See [events] for how it is buffered. */
    public val receipts: Flow<ReceiptChange> = feed.flow({ event ->
        when (event) {
            is SeenByEvent.ReceiptsChanged -> event.receipts.map(ReceiptChange::OfMessage)
            is SeenByEvent.ConversationsRead -> event.marks.map(ReceiptChange::OfConversation)
            else -> emptyList()
        }
    }, ReceiptChange::Missed)

    /** Messages that come, or are taken back (R18, R32). See [events] for how it is buffered. */
    public val messages: Flow<MessageChange> = feed.flow({ event ->
        when (event) {
            is SeenByEvent.NewMessage -> listOf(MessageChange.New(event.message))
            is SeenByEvent.MessageRevoked ->
                listOf(MessageChange.Revoked(event.conversationId, event.msgId, event.seq, event.operatorId))
            else -> emptyList()
        }
    }, MessageChange::Missed)

    /** Who is logged in, or logging in; empty: nobody. */
    public val loginUser: String get() = atOnce { client.loginUser() }

    /** The device's estimate of the service's clock, in ms. */
    public val serverTimeMs: Long get() = atOnce { client.serverTimeMs() }

    /** Logs in. The same user again renews the userSig and leaves everything as it is; another one logs the first out. */
    public suspend fun login(userId: String, userSig: String): Unit =
        client.done { login(text("userId", userId), text("userSig", userSig), it) }

    /** Logs out. Calls that are out end with 7009; receipts that were not sent yet wait for this user's next login. */
    public suspend fun logout(): Unit = client.done { logout(it) }

    /** Hears events until what is answered is closed. Closing waits for a call of this listener that runs on another thread. */
    public fun addListener(listener: SeenByListener): AutoCloseable {
        val ear = Telling(listener)
        listeners.add(client, ear)
        return AutoCloseable { listeners.remove(client, ear) }
    }

    // Messages

    /** Sends a message; comes back when the service has it. Throws: it is FAILED, and may be sent again with its id (R16). */
    public suspend fun send(message: OutgoingMessage, to: Chat): Message = client.await({
        sendMessage(message.core(), text("the user", to.userId), text("the group", to.groupId), it).call
    }) { (it as Answer.OneMessage).message.toApp() }

    /** Sends a text that wants receipts. */
    public suspend fun send(text: String, to: Chat): Message = send(OutgoingMessage(text), to)

    /** Takes a message of one's own back (R32). */
    public suspend fun revoke(message: MessageKey): Unit = client.done { revokeMessage(message.core(), it) }

    /**
     * A page of history (R18), 1 to 100 messages: older ones than [beside], or newer ones; without it from the end.
     *
     * @param fromSeq begin at this message, with it; 0: not.
     */
    public suspend fun history(
        chat: Chat,
        count: Int = 20,
        beside: MessageKey? = null,
        newer: Boolean = false,
        fromSeq: Long = 0,
    ): MessagePage = client.await({
        val query = History(
            userId = text("the user", chat.userId),
            groupId = text("the group", chat.groupId),
            newer = newer,
            count = count,
            lastMsg = beside?.core(),
            lastMsgSeq = fromSeq,
            timeBeginS = 0,
            timePeriodS = 0,
        )
        getHistory(query, it)
    }, ::messagePage)

    /** The messages with these ids; those that are not known are left out. */
    public suspend fun find(msgIds: Collection<String>): List<Message> =
        client.await({ findMessages(texts("msgIds", msgIds), it) }) { messagePage(it).messages }

    private fun messagePage(answer: Answer): MessagePage {
        answer as Answer.Messages
        return MessagePage(answer.messages.map { it.toApp() }, answer.isFinished)
    }

    // Receipts

    /**
     * "I have read these" (R2): messages of one conversation (R3), any number (R4); none: 6017. Done: they will be sent, also
     * after a crash (R16).
     */
    public suspend fun sendReadReceipts(messages: Collection<MessageKey>): Unit =
        client.done { sendReadReceipts(messages.core(), it) }

    /** How far one's own messages have been read (R10). */
    public suspend fun readReceipts(messages: Collection<MessageKey>): List<Receipt> =
        client.await({ getReadReceipts(messages.core(), it) }, ::receiptList)

    /** What this device remembers, without asking the service (R16). */
    public suspend fun cachedReceipts(msgIds: Collection<String>): List<Receipt> =
        client.await({ cachedReceipts(texts("msgIds", msgIds), it) }, ::receiptList)

    private fun receiptList(answer: Answer): List<Receipt> = (answer as Answer.Receipts).receipts.map { it.toApp() }

    /** A page of who has read a message of one's own in a group, or has not (R11): from [nextSeq] (0 at first), 1 to 100. */
    public suspend fun readMembers(
        message: MessageKey,
        filter: ReadFilter = ReadFilter.READ,
        nextSeq: Long = 0,
        count: Int = 100,
    ): ReadMemberPage = client.await({ getReadMembers(message.core(), filter.number, nextSeq, count, it) }) { answer ->
        answer as Answer.ReadMembers
        val members = answer.members.map { ReadMember(it.userId, it.nickName, it.faceUrl, it.timestampMs) }
        ReadMemberPage(members, answer.nextSeq, answer.isFinished)
    }

    /** All of them, page after page as they are collected. */
    public fun allReadMembers(message: MessageKey, filter: ReadFilter = ReadFilter.READ): Flow<ReadMember> = flow {
        var nextSeq = 0L
        do {
            val page = readMembers(message, filter, nextSeq)
            page.members.forEach { emit(it) }
            nextSeq = page.nextSeq
        } while (!page.isFinished)
    }

    /** Switches one's receipts off or on (R15). */
    public suspend fun setReadReceiptsEnabled(enabled: Boolean): Unit = client.done { setReadReceiptsEnabled(enabled, it) }

    /** Marks everything received here as read (R14). */
    public suspend fun markAsRead(chat: Chat): Unit = client.done {
        if (chat.userId != null) markC2cAsRead(text("the user", chat.userId), it)
        else markGroupAsRead(text("the group", chat.groupId.orEmpty()), it)
    }

    /** Marks everything as read (R14). */
    public suspend fun markAllAsRead(): Unit = client.done { markAllAsRead(it) }

    /** Turns what a list of this chat shows into receipts (R33); null: of any. */
    public fun readTracker(chat: Chat? = null): ReadTracker =
        atOnce { ReadTracker(trackerOf(client, text("chat", chat?.id))) }

    // The app and the system

    /**
     * The app came to the foreground, or went to the background; its read trackers are told as well. With [Android] that happens
     * by itself.
     */
    public fun foreground(foreground: Boolean): Unit = atOnce { client.foreground(foreground) }

    /** The system says that the network is there, or gone. With [Android] that happens by itself. */
    public fun networkAvailable(available: Boolean): Unit = atOnce { client.networkAvailable(available) }

    /** Endpoint, state, outbox, last errors and versions, as JSON (R34). */
    public fun debugState(): String = atOnce { client.debugState() }

    /**
     * Ends this client; never waits. Calls that are out end with 7009, later ones with 90003. Flows end when what waits in them is
     * collected. Receipts that were not sent yet wait in the data folder. A second time: nothing.
     */
    override fun close() {
        if (!closed.compareAndSet(false, true)) return
        platform?.close()
        client.shutdown()
        client.close()
        feed.end()
        scope.cancel()
    }

    public companion object {
        /** Makes a client and logs in. Where that fails, or is cancelled, nothing is left of it. */
        @JvmStatic
        public suspend fun connect(config: SeenByConfig, userId: String, userSig: String): SeenBy {
            var made: SeenBy? = null
            try {
                // It opens the data folder.
                withContext(Dispatchers.IO) { made = open(config) }
                return checkNotNull(made).also { it.login(userId, userSig) }
            } catch (thrown: Throwable) {
                made?.close()
                throw thrown
            }
        }

        /** Makes a client without a login. It opens the data folder, on this thread. */
        @JvmStatic
        public fun open(config: SeenByConfig): SeenBy = atOnce {
            if (config.flowBuffer < 1) {
                val what = "flowBuffer is ${config.flowBuffer}; it must be at least 1"
                throw SeenByException(ErrorCodes.INVALID_PARAMETERS, what)
            }
            Threads.ready()
            val scope = CoroutineScope(SupervisorJob() + Dispatchers.Default)
            val feed = Feed(config.flowBuffer)
            val client = SeenByClient(
                config.core(),
                config.executor?.let(::Executing),
                config.userSigProvider?.let { Renewing(it, scope) },
                config.platform?.tls ?: PlatformTls.withoutContext(),
            )
            val listeners = Fanout()
            listeners.add(client, feed)
            SeenBy(client, listeners, feed, scope, config.platform?.start(client))
        }

        /**
         * Leaves receipts on the disk for the next client of this user in this data folder (R16): for a notification's action, before
         * any login, in any process. They are on the disk when this returns: it writes a file, so not on the main thread.
         */
        @JvmStatic
        public fun enqueueReceipts(config: SeenByConfig, userId: String, messages: Collection<MessageKey>): Unit = atOnce {
            Threads.ready()
            org.seenby.core.enqueueReceipts(
                text("server", config.server),
                config.appId,
                text("dataFolder", config.dataFolder ?: config.platform?.dataFolder),
                text("userId", userId),
                messages.core(),
            )
        }

        /**
         * Gets what listeners, executors and providers of the app throw, and whose it was, on the thread that threw. Null, as at first:
         * it is logged as severe by the logger "org.seenby". One a process.
         */
        @JvmStatic
        public fun onThrown(handler: ((where: String, what: Throwable) -> Unit)?) {
            Reports.handler = handler?.let { Reports.Handler { where, what -> it(where, what) } }
        }

        /**
         * Says where the log of this process goes, and how much of it. Without [lines] it goes to Android's log (tag "SeenBy"), on
         * another JVM to stderr, as at first, up to [LogLevel.WARN]. Lines come one at a time, on a thread of SeenBy's; what
         * [lines] throws is reported ([onThrown]). After this returns the one before is not called any more.
         */
        @JvmStatic
        @JvmOverloads
        public fun log(level: LogLevel, lines: ((level: LogLevel, line: String) -> Unit)? = null): Unit = atOnce {
            Logs.to(level.number, lines?.let { Logs.Lines { number, line -> it(LogLevel.entries[number], line) } })
        }

        /** The version of the library. */
        @JvmStatic
        public val version: String
            get() {
                Threads.ready()
                return org.seenby.core.libraryVersion()
            }
    }
}

/** What to draw beside this message of one's own (R31), with the last that is known of its receipts. */
public fun Message.drawState(receipt: Receipt? = this.receipt): DrawState = drawn(status, isSelf, needReadReceipt, receipt)

/** What to draw beside a message of one's own that another chat carries (R19, R31), of which this is the latest receipt. */
public fun Receipt.drawState(): DrawState = drawn(MessageStatus.SENT, isSelf = true, needReadReceipt = true, this)

private fun drawn(status: MessageStatus, isSelf: Boolean, needReadReceipt: Boolean, receipt: Receipt?): DrawState = atOnce {
    Threads.ready()
    val drawn = receipt?.let { DrawReceipt(it.groupId.isNotEmpty(), it.isPeerRead, it.readCount, it.unreadCount) }
    org.seenby.core.drawState(status.number, isSelf, needReadReceipt, drawn).toApp()
}
