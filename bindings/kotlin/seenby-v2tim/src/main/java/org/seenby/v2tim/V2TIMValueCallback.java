package org.seenby.v2tim;

/**
 * The end of a call that answers something: exactly one of the two comes, once.
 *
 * @param <T> what it answers
 */
public interface V2TIMValueCallback<T> {
    /** It is done, and this is the answer. */
    void onSuccess(T t);

    /**
     * It was refused, or failed.
     *
     * @param code the documented number
     * @param desc a sentence that names the value and what would be right; for people, not stable
     */
    void onError(int code, String desc);
}
