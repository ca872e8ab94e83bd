package org.seenby.v2tim;

/**
 * The end of sending a message.
 *
 * @param <T> the message
 */
public interface V2TIMSendCallback<T> extends V2TIMValueCallback<T> {
    /** How far an upload is, 0 to 100. SeenBy carries texts and data, which are sent at once: it never comes. */
    void onProgress(int progress);
}
