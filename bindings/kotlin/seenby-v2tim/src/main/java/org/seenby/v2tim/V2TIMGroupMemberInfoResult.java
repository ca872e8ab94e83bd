package org.seenby.v2tim;

import java.util.ArrayList;
import java.util.List;

/** A page of the members of a group. */
public class V2TIMGroupMemberInfoResult {
    List<V2TIMGroupMemberFullInfo> memberInfoList = new ArrayList<>();
    long nextSeq;

    /** They, in the order of first joining. */
    public List<V2TIMGroupMemberFullInfo> getMemberInfoList() {
        return memberInfoList;
    }

    /** What the next call passes; 0 when finished. */
    public long getNextSeq() {
        return nextSeq;
    }
}
