package org.seenby.v2tim;

import android.content.Context;
import java.util.List;
import org.seenby.core.DrawReceipt;
import org.seenby.core.MessageRef;
import org.seenby.core.SeenbyKt;
import org.seenby.core.Text;
import org.seenby.core.Threads;
import org.seenby.core.Trackers;

/**
 * What is ours: what SeenBy does and the documents have no name for. Everything else in this package that is not documented
 * has SeenBy in its name too.
 */
public final class SeenByV2TIM {
    private SeenByV2TIM() {}

    /** Sets the manager of the process up outside of Android, without a Context. */
    public static boolean initSDK(int sdkAppID, V2TIMSDKConfig config) {
        return Manager.shared().init(null, sdkAppID, config);
    }

    /** Why the last initSDK answered false: a sentence; empty if it did not. */
    public static String lastInitError() {
        return Manager.shared().initError;
    }

    /**
     * A further manager, so that one process holds several users (R28). Its managers are {@link #messages},
     * {@link #groups} and {@link #conversations}; after unInitSDK it is closed for good (90003).
     *
     * @throws SeenByException if the configuration is wrong, or the data folder cannot be opened
     */
    public static V2TIMManager createManager(int sdkAppID, V2TIMSDKConfig config) throws SeenByException {
        return Manager.create(null, sdkAppID, config);
    }

    /** As {@link #createManager(int, V2TIMSDKConfig)}, on Android: data folder, main thread and network as with initSDK. */
    public static V2TIMManager createManager(Context context, int sdkAppID, V2TIMSDKConfig config) throws SeenByException {
        return Manager.create(context, sdkAppID, config);
    }

    /** Messages and receipts of a manager. */
    public static V2TIMMessageManager messages(V2TIMManager manager) {
        return of(manager).messages;
    }

    /** Groups of a manager. */
    public static V2TIMGroupManager groups(V2TIMManager manager) {
        return of(manager).groups;
    }

    /** Conversations of a manager. */
    public static V2TIMConversationManager conversations(V2TIMManager manager) {
        return of(manager).conversations;
    }

    private static Manager of(V2TIMManager manager) {
        return manager == null ? Manager.shared() : (Manager) manager;
    }

    /** Hear of what the documents have no listener for. */
    public static void addListener(V2TIMManager manager, SeenByListener listener) {
        if (listener != null) {
            of(manager).seenBy.add(listener, Hearing.seenBy(listener));
        }
    }

    /** No call of the listener starts after this has returned. */
    public static void removeListener(V2TIMManager manager, SeenByListener listener) {
        of(manager).seenBy.remove(listener);
    }

    /**
     * A message that is not at hand (R19): for every call that takes one.
     *
     * @param conversationID c2c_&lt;peer&gt; or group_&lt;id&gt;; null: found by the id alone (R23)
     * @param sender who sent it, or null if that is not known
     * @throws SeenByException 6017 if there is no id, or a value is not within its limits (R23)
     */
    public static V2TIMMessage messageReference(String conversationID, String msgID, String sender) throws SeenByException {
        try {
            Threads.ready();
            MessageRef reference = new MessageRef(Texts.optional("msgID", msgID),
                    Texts.optional("conversationID", conversationID), Texts.optional("sender", sender), 0, null, null);
            SeenbyKt.checkMessageRef(reference);
            return V2TIMMessage.reference(reference);
        } catch (Exception e) {
            throw SeenByException.of(e);
        }
    }

    /** What this device remembers of receipts; works offline (R16). */
    public static void cachedReceipts(V2TIMManager manager, List<String> msgIDs,
            V2TIMValueCallback<List<V2TIMMessageReceipt>> callback) {
        of(manager).core.call(Ends.value(callback, MessageManager::receipts),
                (client, end) -> client.cachedReceipts(Texts.list("msgID", msgIDs), end));
    }

    /** Switches one's receipts off or on, for all of one's devices (R15). Works offline. */
    public static void setReadReceiptsEnabled(V2TIMManager manager, boolean enabled, V2TIMCallback callback) {
        of(manager).core.call(Ends.done(callback), (client, end) -> client.setReadReceiptsEnabled(enabled, end));
    }

    /** As V2TIMGroupManager.getGroupMemberList, with a count of 1 to 100. */
    public static void getGroupMemberList(V2TIMManager manager, String groupID, long nextSeq, int count,
            V2TIMValueCallback<V2TIMGroupMemberInfoResult> callback) {
        of(manager).groups.members(groupID, V2TIMGroupMemberFullInfo.V2TIM_GROUP_MEMBER_FILTER_ALL, nextSeq, count, callback);
    }

    /**
     * Leaves receipts on the disk for the next time this user is logged in (R16): for a notification's action, in any process,
     * without init. On the disk when this returns: not for the main thread.
     *
     * @param dataDir as {@link SeenByConfig#setDataDir}; on Android {@code new File(context.getNoBackupFilesDir(), "seenby")}
     * @throws SeenByException 6017 a wrong value, or a service in memory; 90004 the disk refused
     */
    public static void enqueueReceipts(String server, int sdkAppID, String dataDir, String userID,
            List<V2TIMMessage> messages) throws SeenByException {
        try {
            Threads.ready();
            SeenbyKt.enqueueReceipts(Text.checked("server", server), sdkAppID & 0xffffffffL,
                    Text.checked("dataDir", dataDir), Texts.in("userID", userID),
                    Convert.refs(messages));
        } catch (Exception e) {
            throw SeenByException.of(e);
        }
    }

    /** A tracker that turns what a list shows into reports (R33); of one conversation, or of any (null). Close it. */
    public static SeenByTracker readTracker(V2TIMManager manager, String conversationID) throws SeenByException {
        try {
            return new SeenByTracker(Trackers.trackerOf(of(manager).core.client,
                    Texts.optional("conversationID", conversationID)));
        } catch (Exception e) {
            throw SeenByException.of(e);
        }
    }

    /** What to draw beside a message of one's own (R31), given its latest receipt if one is known. */
    public static SeenByDrawState drawState(V2TIMMessage message, V2TIMMessageReceipt receipt) throws SeenByException {
        if (message == null) {
            throw SeenByException.invalid("the message is null; pass the message that is drawn");
        }
        V2TIMMessageReceipt latest = receipt == null ? message.getSeenByReceipt() : receipt;
        return drawn(message.getStatus(), message.isSelf(), message.isNeedReadReceipt(), latest);
    }

    /**
     * What to draw beside a message of one's own that another chat carries (R19, R31), of which this is the latest receipt: a reference
     * says neither whose it is nor how far it got. null: the message was sent, and nothing is known yet.
     */
    public static SeenByDrawState drawState(V2TIMMessageReceipt receipt) throws SeenByException {
        return drawn(V2TIMMessage.V2TIM_MSG_STATUS_SEND_SUCC, true, true, receipt);
    }

    private static SeenByDrawState drawn(int status, boolean isSelf, boolean needReadReceipt, V2TIMMessageReceipt latest)
            throws SeenByException {
        DrawReceipt summary = latest == null ? null : new DrawReceipt(!latest.getGroupID().isEmpty(),
                latest.isPeerRead(), latest.getReadCount(), latest.getUnreadCount());
        try {
            Threads.ready();
            return SeenByDrawState.of(SeenbyKt.drawState(status, isSelf, needReadReceipt, summary));
        } catch (Exception e) {
            throw SeenByException.of(e);
        }
    }

    /** For people who look for a fault (R34): JSON without ids. Empty before init. */
    public static String debugState(V2TIMManager manager) {
        try {
            return of(manager).core.client.debugState();
        } catch (Exception e) {
            return "";
        }
    }

    /** The system says that the network is there, or gone. With a Context that happens by itself. */
    public static void networkAvailable(V2TIMManager manager, boolean available) {
        try {
            of(manager).core.client.networkAvailable(available);
        } catch (Exception e) {
            // Not initialized: there is no line to open or close.
        }
    }

    /** The device's estimate of the service's clock, in ms; 0 before init. */
    public static long serverTimeMs(V2TIMManager manager) {
        try {
            return of(manager).core.client.serverTimeMs();
        } catch (Exception e) {
            return 0;
        }
    }
}
