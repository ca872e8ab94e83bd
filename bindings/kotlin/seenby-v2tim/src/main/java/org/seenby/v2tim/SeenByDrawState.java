package org.seenby.v2tim;

import org.seenby.core.DrawState;

/** What to draw beside a message of one's own (ours, R31): the same on every platform. */
public final class SeenByDrawState {
    /** Which of the states it is. */
    public enum Kind {
        /** On its way. */
        SENDING,
        /** It did not get there. */
        FAILED,
        /** The service has it; nobody is known to have read it. */
        SENT,
        /** One to one: the peer has read it. */
        READ_BY_PEER,
        /** Groups: some have, {@link #getRead()} of {@link #getOf()}. */
        READ_BY,
        /** Groups: everybody has, and there is somebody. */
        ALL_READ,
        /** Nothing can be said. */
        UNAVAILABLE
    }

    private final Kind kind;
    private final long read;
    private final long of;

    private SeenByDrawState(Kind kind, long read, long of) {
        this.kind = kind;
        this.read = read;
        this.of = of;
    }

    static SeenByDrawState of(DrawState state) {
        if (state instanceof DrawState.ReadBy) {
            DrawState.ReadBy by = (DrawState.ReadBy) state;
            return new SeenByDrawState(Kind.READ_BY, by.getRead(), by.getOf());
        }
        Kind kind = state instanceof DrawState.Sending ? Kind.SENDING
                : state instanceof DrawState.Failed ? Kind.FAILED
                : state instanceof DrawState.Sent ? Kind.SENT
                : state instanceof DrawState.ReadByPeer ? Kind.READ_BY_PEER
                : state instanceof DrawState.AllRead ? Kind.ALL_READ : Kind.UNAVAILABLE;
        return new SeenByDrawState(kind, 0, 0);
    }

    /** Which. */
    public Kind getKind() {
        return kind;
    }

    /** With READ_BY: how many have read it. */
    public long getRead() {
        return read;
    }

    /** With READ_BY: of how many. */
    public long getOf() {
        return of;
    }
}
