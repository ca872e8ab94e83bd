package org.seenby.v2tim;

/** How a message is announced to who is offline. SeenBy sends no pushes: it is taken, and does nothing. */
public class V2TIMOfflinePushInfo {
    String title = "";
    String desc = "";

    /** The title. */
    public String getTitle() {
        return title;
    }

    /** The text. */
    public String getDesc() {
        return desc;
    }

    /** The title. */
    public void setTitle(String title) {
        this.title = title;
    }

    /** The text. */
    public void setDesc(String desc) {
        this.desc = desc;
    }

    private byte[] ext = new byte[0];
    private boolean disablePush;

    /** Data that goes along. */
    public byte[] getExt() {
        return ext;
    }

    /** Data that goes along. */
    public void setExt(byte[] ext) {
        this.ext = ext == null ? new byte[0] : ext;
    }

    /** Whether none is to be sent. */
    public boolean isDisablePush() {
        return disablePush;
    }

    /** Whether none is to be sent. */
    public void disablePush(boolean disable) {
        disablePush = disable;
    }
}
