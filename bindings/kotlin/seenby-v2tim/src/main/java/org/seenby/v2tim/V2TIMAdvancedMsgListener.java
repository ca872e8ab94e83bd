package org.seenby.v2tim;

import java.util.List;

/** Hears of messages and receipts. Override what you need. */
public abstract class V2TIMAdvancedMsgListener {
    /** A message came (R18); one's own from another device too. */
    public void onRecvNewMessage(V2TIMMessage msg) {}

    /** Peers marked conversations as read (R14): userID and timestamp say who and when; there is no message id. */
    public void onRecvC2CReadReceipt(List<V2TIMMessageReceipt> receiptList) {}

    /** Messages of one's own were read (R12): the latest of each. */
    public void onRecvMessageReadReceipts(List<V2TIMMessageReceipt> receiptList) {}

    /** A message was taken back (R32). */
    public void onRecvMessageRevoked(String msgID) {}

    /** As above, with who did it. SeenBy knows no reasons: it is empty. */
    public void onRecvMessageRevoked(String msgID, V2TIMUserFullInfo operateUser, String reason) {}

    /** A message was changed. SeenBy changes none: never told. */
    public void onRecvMessageModified(V2TIMMessage msg) {}
}
