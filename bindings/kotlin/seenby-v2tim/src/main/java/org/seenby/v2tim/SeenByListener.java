package org.seenby.v2tim;

import java.util.List;

/** Hears of what the documents have no listener for (ours). Override what you need. */
public abstract class SeenByListener {
    /** What happened in a group. */
    public enum Change {
        /** Only the number of members is told (above 1 000 members, R25). */
        COUNT,
        /** It was created. */
        CREATED,
        /** Users joined. */
        JOINED,
        /** Users were invited. */
        INVITED,
        /** Users quit. */
        QUIT,
        /** Users were kicked. */
        KICKED,
        /** A member has another role. */
        ROLE_CHANGED,
        /** It was dismissed. */
        DISMISSED
    }

    /** Another device of this user sent receipts for these messages (R13). */
    public void onReceiptsSent(String conversationID, List<String> msgIDs) {}

    /** The privacy switch was changed from another device (R15). */
    public void onReadReceiptsEnabledChanged(boolean enabled) {}

    /**
     * Something happened in a group (R25).
     *
     * @param members to whom
     * @param by who did it; may be empty
     * @param role with ROLE_CHANGED: the new role
     * @param memberCount how many members there are now
     */
    public void onGroupChanged(String groupID, Change change, List<String> members, String by, int role, int memberCount) {}
}
