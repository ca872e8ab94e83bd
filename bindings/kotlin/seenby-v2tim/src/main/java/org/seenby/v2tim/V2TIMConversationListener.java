package org.seenby.v2tim;

import java.util.List;

/** Hears of conversations (R26). Override what you need. */
public abstract class V2TIMConversationListener {
    /** The device has begun to catch up. SeenBy never tells this. */
    public void onSyncServerStart() {}

    /** The device has caught up. SeenBy never tells this. */
    public void onSyncServerFinish() {}

    /** The device could not catch up. SeenBy never tells this. */
    public void onSyncServerFailed() {}

    /** There are new conversations. SeenBy tells them as changed. */
    public void onNewConversation(List<V2TIMConversation> conversationList) {}

    /** Conversations changed. */
    public void onConversationChanged(List<V2TIMConversation> conversationList) {}

    /** The number of all unread messages changed. */
    public void onTotalUnreadMessageCountChanged(long totalUnreadCount) {}
}
