package org.seenby.v2tim;

import org.seenby.core.Failure;

/** What a call of ours that answers at once refuses with. */
public final class SeenByException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int code;

    private SeenByException(int code, String text, Throwable cause) {
        super(text, cause);
        this.code = code;
    }

    static SeenByException of(Exception e) {
        if (e instanceof Failure) {
            return new SeenByException(Ends.code((Failure) e), Ends.text((Failure) e), e);
        }
        return new SeenByException(BaseConstants.ERR_SEENBY_PANIC, "SeenBy failed inside: " + e.getMessage(), e);
    }

    static SeenByException invalid(String why) {
        return new SeenByException(BaseConstants.ERR_INVALID_PARAMETERS, why, null);
    }

    /** The documented number. */
    public int getCode() {
        return code;
    }
}
