package org.seenby.v2tim;

/** Text. */
public class V2TIMTextElem extends V2TIMElem {
    String text = "";

    /** It. */
    public String getText() {
        return text;
    }

    /** It. */
    public void setText(String text) {
        this.text = text;
    }
}
