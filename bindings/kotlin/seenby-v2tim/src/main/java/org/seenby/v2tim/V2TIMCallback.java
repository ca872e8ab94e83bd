package org.seenby.v2tim;

/** The end of a call that answers nothing: exactly one of the two comes, once. */
public interface V2TIMCallback {
    /** It is done. */
    void onSuccess();

    /**
     * It was refused, or failed.
     *
     * @param code the documented number
     * @param desc a sentence that names the value and what would be right; for people, not stable
     */
    void onError(int code, String desc);
}
