package org.seenby.example.chat;

import android.app.Notification;
import android.app.NotificationChannel;
import android.app.NotificationManager;
import android.app.PendingIntent;
import android.content.Context;
import android.content.Intent;
import android.os.Build;
import org.seenby.v2tim.V2TIMAdvancedMsgListener;
import org.seenby.v2tim.V2TIMMessage;
import org.seenby.v2tim.V2TIMTextElem;

/** A notification for each message that comes while its conversation is not on the screen, with "Mark as read". */
public final class Notifications extends V2TIMAdvancedMsgListener {
    private static final String CHANNEL = "messages";
    private static Notifications shared;

    private final Context context;
    private String inFront;

    private Notifications(Context context) {
        this.context = context;
    }

    /** The app's. */
    public static synchronized Notifications of(Context context) {
        if (shared == null || shared.context != context.getApplicationContext()) {
            shared = new Notifications(context.getApplicationContext());
        }
        return shared;
    }

    /** Which conversation is on the screen; null: none. */
    public static void inFront(Context context, String conversationID) {
        of(context).inFront = conversationID;
    }

    @Override
    public void onRecvNewMessage(V2TIMMessage msg) {
        if (!msg.isSelf() && !msg.getSeenByConversationID().equals(inFront)) {
            manager().notify(msg.getMsgID(), 0, of(msg));
        }
    }

    /** Takes it away. */
    static void cancel(Context context, String msgID) {
        of(context).manager().cancel(msgID, 0);
    }

    private NotificationManager manager() {
        return (NotificationManager) context.getSystemService(Context.NOTIFICATION_SERVICE);
    }

    private Notification of(V2TIMMessage message) {
        String conversation = message.getSeenByConversationID();
        int request = message.getMsgID().hashCode();
        PendingIntent open = PendingIntent.getActivity(context, request,
                ConversationActivity.of(context, conversation), flags());
        PendingIntent markRead = PendingIntent.getBroadcast(context, request, markRead(context, message), flags());
        V2TIMTextElem text = message.getTextElem();
        return builder()
                .setSmallIcon(android.R.drawable.stat_notify_chat)
                .setContentTitle(message.getNickName().isEmpty() ? message.getSender() : message.getNickName())
                .setContentText(text == null ? "" : text.getText())
                .setContentIntent(open)
                .setAutoCancel(true)
                .addAction(new Notification.Action.Builder(
                        android.R.drawable.ic_menu_view, "Mark as read", markRead).build())
                .build();
    }

    /** What the action sends: the message's name is enough. */
    static Intent markRead(Context context, V2TIMMessage message) {
        return new Intent(context, MarkReadReceiver.class)
                .putExtra(MarkReadReceiver.CONVERSATION, message.getSeenByConversationID())
                .putExtra(MarkReadReceiver.MESSAGE, message.getMsgID())
                .putExtra(MarkReadReceiver.SENDER, message.getSender());
    }

    @SuppressWarnings("deprecation")
    private Notification.Builder builder() {
        if (Build.VERSION.SDK_INT < Build.VERSION_CODES.O) {
            return new Notification.Builder(context);
        }
        manager().createNotificationChannel(
                new NotificationChannel(CHANNEL, "Messages", NotificationManager.IMPORTANCE_HIGH));
        return new Notification.Builder(context, CHANNEL);
    }

    private static int flags() {
        int mutability = Build.VERSION.SDK_INT < Build.VERSION_CODES.M ? 0 : PendingIntent.FLAG_IMMUTABLE;
        return mutability | PendingIntent.FLAG_UPDATE_CURRENT;
    }
}
