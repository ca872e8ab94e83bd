package org.seenby.example.chat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.seenby.v2tim.V2TIMAdvancedMsgListener;
import org.seenby.v2tim.V2TIMGroupMemberInfo;
import org.seenby.v2tim.V2TIMGroupMessageReadMemberList;
import org.seenby.v2tim.V2TIMManager;
import org.seenby.v2tim.V2TIMMessage;
import org.seenby.v2tim.V2TIMMessageReceipt;
import org.seenby.v2tim.V2TIMValueCallback;

/**
 * Who has read a group message, and who has not: two lists that come page by page, and their sizes, which come with the
 * receipt. Everything here runs on the main thread, where callbacks come too.
 */
public final class ReadMembers {
    /** Who draws it. */
    public interface Screen {
        /** Something in it is different. */
        void changed();

        /** A call was refused. */
        void failed(int code, String desc);
    }

    /** One of the two lists. */
    public final class Members {
        private final int filter;
        private final List<V2TIMGroupMemberInfo> members = new ArrayList<>();
        private long nextSeq;
        private boolean isFinished;
        private boolean isLoading;
        /** Counts walks, so that a page of the last one is not taken for one of this. */
        private int walk;

        private Members(int filter) {
            this.filter = filter;
        }

        /** Those that have come. */
        public List<V2TIMGroupMemberInfo> members() {
            return Collections.unmodifiableList(members);
        }

        /** There are no more pages. */
        public boolean isFinished() {
            return isFinished;
        }

        /** Asks for the next page, unless one is on its way or the last one came. */
        public void more() {
            if (!isLoading && !isFinished) {
                load(nextSeq);
            }
        }

        private void restart() {
            walk++;
            isLoading = false;
            load(0);
        }

        private void load(final long from) {
            isLoading = true;
            final int mine = walk;
            V2TIMManager.getMessageManager().getGroupMessageReadMemberList(message, filter, from, pageSize,
                    new V2TIMValueCallback<V2TIMGroupMessageReadMemberList>() {
                        @Override
                        public void onSuccess(V2TIMGroupMessageReadMemberList page) {
                            if (mine != walk) {
                                return;
                            }
                            isLoading = false;
                            if (from == 0) {
                                members.clear();
                            }
                            members.addAll(page.getMemberInfoList());
                            nextSeq = page.getNextSeq();
                            isFinished = page.isFinished();
                            screen.changed();
                        }

                        @Override
                        public void onError(int code, String desc) {
                            if (mine == walk) {
                                isLoading = false;
                                screen.failed(code, desc);
                            }
                        }
                    });
        }
    }

    private final V2TIMMessage message;
    private final int pageSize;
    private final Screen screen;
    private final Members read = new Members(V2TIMMessage.V2TIM_GROUP_MESSAGE_READ_MEMBERS_FILTER_READ);
    private final Members unread = new Members(V2TIMMessage.V2TIM_GROUP_MESSAGE_READ_MEMBERS_FILTER_UNREAD);
    private V2TIMMessageReceipt receipt;

    private final V2TIMAdvancedMsgListener listener = new V2TIMAdvancedMsgListener() {
        @Override
        public void onRecvMessageReadReceipts(List<V2TIMMessageReceipt> receiptList) {
            for (V2TIMMessageReceipt one : receiptList) {
                if (one.getMsgID().equals(message.getMsgID())) {
                    receipt = one;
                    // Somebody has gone from one list to the other.
                    read.restart();
                    unread.restart();
                    screen.changed();
                }
            }
        }
    };

    /** @param pageSize members a page: 1 to 100 */
    public ReadMembers(V2TIMMessage message, int pageSize, Screen screen) {
        this.message = message;
        this.pageSize = pageSize;
        this.screen = screen;
    }

    /** Listens, and asks for the counts and the first pages. */
    public void open() {
        V2TIMManager.getMessageManager().addAdvancedMsgListener(listener);
        V2TIMManager.getMessageManager().getMessageReadReceipts(Collections.singletonList(message),
                new V2TIMValueCallback<List<V2TIMMessageReceipt>>() {
                    @Override
                    public void onSuccess(List<V2TIMMessageReceipt> receipts) {
                        if (!receipts.isEmpty()) {
                            receipt = receipts.get(0);
                            screen.changed();
                        }
                    }

                    @Override
                    public void onError(int code, String desc) {
                        screen.failed(code, desc);
                    }
                });
        read.more();
        unread.more();
    }

    /** Nothing is told after this. */
    public void close() {
        V2TIMManager.getMessageManager().removeAdvancedMsgListener(listener);
    }

    /** Those who have read it, in the order of reading. */
    public Members read() {
        return read;
    }

    /** Those who have not, in the order of joining. */
    public Members unread() {
        return unread;
    }

    /** How many have read it; -1 until that is known. */
    public long readCount() {
        return receipt == null ? -1 : receipt.getReadCount();
    }

    /** How many have not; -1 until that is known. */
    public long unreadCount() {
        return receipt == null ? -1 : receipt.getUnreadCount();
    }
}
