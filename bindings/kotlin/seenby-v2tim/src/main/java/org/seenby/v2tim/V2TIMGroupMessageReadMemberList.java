package org.seenby.v2tim;

import java.util.ArrayList;
import java.util.List;

/** A page of those who have read a message, or who have not (R11). */
public class V2TIMGroupMessageReadMemberList {
    List<V2TIMGroupMemberInfo> memberInfoList = new ArrayList<>();
    long nextSeq;
    boolean isFinished;

    /** They: readers in the order of their receipts, the others in the order of joining. */
    public List<V2TIMGroupMemberInfo> getMemberInfoList() {
        return memberInfoList;
    }

    /** What the next call passes; 0 when finished. */
    public long getNextSeq() {
        return nextSeq;
    }

    /** Whether this was the last page. */
    public boolean isFinished() {
        return isFinished;
    }
}
