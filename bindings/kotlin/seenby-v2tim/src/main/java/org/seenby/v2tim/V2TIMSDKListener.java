package org.seenby.v2tim;

/** Hears of the line and the login (R30): each once per change. Override what you need. */
public abstract class V2TIMSDKListener {
    /** A connection is being opened. */
    public void onConnecting() {}

    /** The line is up. */
    public void onConnectSuccess() {}

    /** It could not be opened, or is gone; SeenBy goes on trying. */
    public void onConnectFailed(int code, String error) {}

    /** Another session of this user and device took over; nobody is logged in any more. */
    public void onKickedOffline() {}

    /** The userSig has run out: log in again. */
    public void onUserSigExpired() {}

    /** The user changed its own profile. SeenBy never tells this. */
    public void onSelfInfoUpdated(V2TIMUserFullInfo info) {}
}
