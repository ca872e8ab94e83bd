package org.seenby.v2tim;

import java.nio.charset.StandardCharsets;

/** Whatever the app means by it. */
public class V2TIMCustomElem extends V2TIMElem {
    byte[] data = new byte[0];
    String description = "";
    String extension = "";

    /** The data. */
    public byte[] getData() {
        return data;
    }

    /** The data. */
    public void setData(byte[] data) {
        this.data = data == null ? new byte[0] : data;
    }

    /** The description. */
    public String getDescription() {
        return description;
    }

    /** The description. */
    public void setDescription(String description) {
        this.description = description == null ? "" : description;
    }

    /** The extension; it is text, here in UTF-8. */
    public byte[] getExtension() {
        return extension.getBytes(StandardCharsets.UTF_8);
    }

    /** The extension; it is text, here in UTF-8. */
    public void setExtension(byte[] extension) {
        this.extension = extension == null ? "" : new String(extension, StandardCharsets.UTF_8);
    }
}
