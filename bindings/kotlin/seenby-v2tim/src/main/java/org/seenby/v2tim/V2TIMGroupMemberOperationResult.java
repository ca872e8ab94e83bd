package org.seenby.v2tim;

/** What became of one user of an invitation or a kick. */
public class V2TIMGroupMemberOperationResult {
    /** It could not be done. */
    public static final int OPERATION_RESULT_FAIL = 0;
    /** It was done. */
    public static final int OPERATION_RESULT_SUCC = 1;
    /** There was nothing to do: it was a member already. */
    public static final int OPERATION_RESULT_INVALID = 2;
    /** It waits for somebody's word. SeenBy never answers this. */
    public static final int OPERATION_RESULT_PENDING = 3;

    String memberID = "";
    int result;

    /** Who. */
    public String getMemberID() {
        return memberID;
    }

    /** One of OPERATION_RESULT_*. */
    public int getResult() {
        return result;
    }
}
