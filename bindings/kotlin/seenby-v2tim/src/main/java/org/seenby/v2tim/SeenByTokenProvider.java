package org.seenby.v2tim;

/** Renews userSigs (ours, R30). */
public interface SeenByTokenProvider {
    /** The userSig of this user has run out, or is about to: answer, now or later. */
    void userSig(String userID, Reply reply);

    /** Takes the answer; one that is never given means that there is none. */
    interface Reply {
        /** The new one. */
        void accept(String userSig);

        /** There is none, for this reason. */
        void refuse(String why);
    }
}
