package org.seenby.example.chat;

import android.content.BroadcastReceiver;
import android.content.Context;
import android.content.Intent;
import android.util.Log;
import java.io.File;
import java.util.Collections;
import org.seenby.v2tim.SeenByException;
import org.seenby.v2tim.SeenByV2TIM;
import org.seenby.v2tim.V2TIMMessage;

/**
 * "Mark as read" of a notification. The app may not run, and there may be no network: the receipt is left on the disk, and goes
 * out with this moment as its time when the app is next connected (R16).
 */
public final class MarkReadReceiver extends BroadcastReceiver {
    static final String CONVERSATION = "conversation";
    static final String MESSAGE = "message";
    static final String SENDER = "sender";

    @Override
    public void onReceive(final Context context, final Intent intent) {
        Notifications.cancel(context, intent.getStringExtra(MESSAGE));
        final PendingResult pending = goAsync();
        // It writes a file: not for the main thread.
        new Thread("mark as read") {
            @Override
            public void run() {
                try {
                    markRead(context, intent);
                } catch (SeenByException e) {
                    Log.w("Chat", "mark as read: " + e.getMessage());
                } finally {
                    if (pending != null) {
                        pending.finish();
                    }
                }
            }
        }.start();
    }

    /** What the action does. */
    static void markRead(Context context, Intent intent) throws SeenByException {
        Account account = Account.of(context);
        if (account == null) {
            return;
        }
        V2TIMMessage message = SeenByV2TIM.messageReference(intent.getStringExtra(CONVERSATION),
                intent.getStringExtra(MESSAGE), intent.getStringExtra(SENDER));
        String dataDir = new File(context.getNoBackupFilesDir(), "seenby").getPath();
        SeenByV2TIM.enqueueReceipts(account.getServer(), account.getApp(), dataDir, account.getUser(),
                Collections.singletonList(message));
    }
}
